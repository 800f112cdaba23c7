"""The person's choices, and what can be done with the library as a whole."""

from __future__ import annotations
