"""The local story room: the figures, communities and changes that a good answer draws on, made and kept up to date."""

from __future__ import annotations
