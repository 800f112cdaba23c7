"""Tagged PDF (PDF/UA-1) over reportlab: import these modules inside functions, reportlab is slow to load."""

from __future__ import annotations
