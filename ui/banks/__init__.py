"""The questions room: finding, reading, changing, bringing in and handing out questions."""

from __future__ import annotations
