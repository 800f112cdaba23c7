"""How long things are kept, what a request holds, and what is kept about one person."""

from __future__ import annotations
