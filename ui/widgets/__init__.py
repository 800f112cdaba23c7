"""The few widgets that more than one room uses."""

from __future__ import annotations
