"""Sealed packs for peer review: what goes into a file, what comes out of one, and how both are kept from harm.

A file is in the age format, so that a council can open it without this program. Age keeps its content secret and whole
but says nothing of who wrote it: what comes back is therefore signed as well (see `signing`).
"""
