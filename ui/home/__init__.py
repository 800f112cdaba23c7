"""The first screen: what to go on with, what to practise next, and what was done before."""

from __future__ import annotations
