"""Reads one answer and reports what was heard and what was not."""

from __future__ import annotations

from cqcmock.listening.points import listen

__all__ = ["listen"]
