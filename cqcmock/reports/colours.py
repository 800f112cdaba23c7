"""The colours of every report, by what they are for; on paper the light ones hold."""

from __future__ import annotations

LIGHT = {
    "page": "#fbfaf7",
    "card": "#ffffff",
    "ink": "#1f2328",
    "quiet": "#57606a",
    "hairline": "#d0d4d9",
    "accent": "#0b5563",
    "tint": "#e6f0f1",
    "edge": "#5f9aa4",
    "bar": "#3b8793",
}
DARK = {
    "page": "#15191c",
    "card": "#1d2327",
    "ink": "#e9ecef",
    "quiet": "#a8b1ba",
    "hairline": "#343c43",
    "accent": "#6cc3d1",
    "tint": "#20343a",
    "edge": "#4b8995",
    "bar": "#3b8793",
}
"""Text on page, card and tint is 4.5:1 or more, bars and their marks 3:1."""
