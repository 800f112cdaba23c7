"""The core of CQC Mock: rehearsing the interviews of a CQC local authority assessment, without a window."""

from __future__ import annotations

__version__ = "0.1.0"
