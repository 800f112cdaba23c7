"""Writing TOML: the few shapes that banks and stories have, each text escaped so that it reads back as it was."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

_UNPRINTED = re.compile(r'["\\\x00-\x1f\x7f]')


def lines(entry: Mapping[str, object]) -> list[str]:
    """A line for each key; what is empty is left out, as a reader takes it for empty anyway."""
    return [f"{key} = {value_as_toml(value)}" for key, value in entry.items() if value not in ("", [], (), None)]


def value_as_toml(value: object) -> str:
    """One value: text, a number, a date, or a list of texts."""
    if isinstance(value, str):
        return f'"{_UNPRINTED.sub(_escaped, value)}"'
    if isinstance(value, list | tuple):
        return f"[{', '.join(value_as_toml(entry) for entry in value)}]"
    return value.isoformat() if isinstance(value, date) else str(value)


def _escaped(found: re.Match[str]) -> str:
    character = found.group()
    return f"\\{character}" if character in '"\\' else f"\\u{ord(character):04x}"
