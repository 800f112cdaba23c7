"""The lock of the library in the window: asked about once, put on by hand or after a while, opened with six words."""

from __future__ import annotations
