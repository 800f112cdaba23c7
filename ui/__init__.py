"""The window: Qt only, no rules, no SQL. It asks `cqcmock.services` and paints the answers."""

from __future__ import annotations
