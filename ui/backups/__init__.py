"""Copies of the library: made, looked into, put in its place, and brought from another computer."""

from __future__ import annotations
