"""Reads one answer and reports what was heard and what was not."""

from __future__ import annotations

from cqcmock.listening.listener import listen
from cqcmock.listening.probes import probes_after

__all__ = ["listen", "probes_after"]
