"""The rules of the rehearsal: plain data and pure functions that know neither window, file nor database."""

from __future__ import annotations
