"""What a person can do, one function a deed: the only way in for the window and for the command line."""

from __future__ import annotations
