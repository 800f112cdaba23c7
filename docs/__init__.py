"""Pictures for people, and the script that takes them."""

from __future__ import annotations
