"""Reports as plain data (`content`), made from a sitting (`feedback`), and written as a page (`html`) or a PDF (`pdf`).

Nothing is imported here: the PDF layer is slow to load, and most of the program never needs it.
"""

from __future__ import annotations
