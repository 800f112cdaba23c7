"""The room of the rehearsal: set up, interview, own marks, reflection, report."""

from __future__ import annotations
