"""Colours by meaning, read from resources/themes/*.toml, and the pairs in which the program puts them together.

`PAIRS` is the promise: a test holds each pair of every theme to its contrast, and checks the stylesheet against it.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, fields
from enum import StrEnum
from pathlib import Path


class ThemeName(StrEnum):
    """The themes that are shipped: one file each."""

    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high-contrast"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """One theme: every colour as `#rrggbb`, named by what it means and not by how it looks."""

    name: ThemeName
    dark: bool
    page: str
    card: str
    ink: str
    quiet_ink: str
    hairline: str
    control_edge: str
    hover: str
    track: str
    accent: str
    accent_hover: str
    on_accent: str
    rail: str
    rail_hover: str
    in_hand: str
    in_hand_ground: str
    wrap_up: str
    wrap_up_ground: str
    over: str
    over_ground: str
    danger: str
    danger_hover: str
    on_danger: str
    focus: str
    disabled: str
    disabled_ground: str
    selection: str
    on_selection: str


COLOURS: tuple[str, ...] = tuple(field.name for field in fields(Tokens) if field.name not in ("name", "dark"))

TEXT = 4.5
CONTROL = 3.0

PAIRS: tuple[tuple[str, str, float], ...] = (
    # text on a ground
    ("ink", "page", TEXT),
    ("ink", "card", TEXT),
    ("ink", "hover", TEXT),
    ("ink", "rail", TEXT),
    ("ink", "rail_hover", TEXT),
    ("quiet_ink", "page", TEXT),
    ("quiet_ink", "card", TEXT),
    ("quiet_ink", "hover", TEXT),
    ("quiet_ink", "rail", TEXT),
    ("accent", "page", TEXT),
    ("accent", "card", TEXT),
    ("accent", "rail", TEXT),
    ("accent_hover", "page", TEXT),
    ("accent_hover", "card", TEXT),
    ("on_accent", "accent", TEXT),
    ("on_accent", "accent_hover", TEXT),
    ("in_hand", "page", TEXT),
    ("in_hand", "in_hand_ground", TEXT),
    ("wrap_up", "page", TEXT),
    ("wrap_up", "wrap_up_ground", TEXT),
    ("over", "page", TEXT),
    ("over", "over_ground", TEXT),
    ("ink", "in_hand_ground", TEXT),
    ("ink", "wrap_up_ground", TEXT),
    ("ink", "over_ground", TEXT),
    ("danger", "page", TEXT),
    ("danger", "card", TEXT),
    ("on_danger", "danger", TEXT),
    ("on_danger", "danger_hover", TEXT),
    ("on_selection", "selection", TEXT),
    # what is switched off need not reach the text bar, but people should still be able to read what it was
    ("disabled", "page", CONTROL),
    ("disabled", "card", CONTROL),
    ("disabled", "disabled_ground", CONTROL),
    # the edge by which a control is known, and the ring that shows where the keyboard is
    ("control_edge", "page", CONTROL),
    ("control_edge", "card", CONTROL),
    ("accent", "track", CONTROL),
    ("focus", "page", CONTROL),
    ("focus", "card", CONTROL),
    ("focus", "rail", CONTROL),
    ("focus", "in_hand_ground", CONTROL),
    ("focus", "wrap_up_ground", CONTROL),
    ("focus", "over_ground", CONTROL),
)
"""Every foreground on the ground it is put on, with the contrast that it must reach."""

_COLOUR = re.compile(r"#[0-9a-f]{6}")


def load(folder: Path, name: ThemeName) -> Tokens:
    """Read one theme from `folder`. Raises ValueError where a colour is missing, unknown or misspelt."""
    path = folder / f"{name}.toml"
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    colours: dict[str, str] = table.get("colours", {})
    if wrong := set(colours) ^ set(COLOURS):
        raise ValueError(f"{path.name}: missing or unknown colours: {', '.join(sorted(wrong))}")
    for meaning, colour in colours.items():
        if not _COLOUR.fullmatch(colour):
            raise ValueError(f"{path.name}: {meaning} is {colour!r}, not a colour like #0b5563")
    return Tokens(name=name, dark=bool(table["dark"]), **colours)


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG 2.2 reckons it, from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)
