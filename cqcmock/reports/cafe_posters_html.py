"""Posters for the room as one self-contained page: a screenful a question, and a sheet of paper a question in print.

A page measures nothing without a script, so its letters are sized by what the words need at most: a little smaller
than those of the PDF, which is the one to print.
"""

from __future__ import annotations

from math import ceil

from cqcmock.domain import english
from cqcmock.reports.cafe_posters import SIZES, Posters
from cqcmock.reports.colours import DARK, LIGHT
from cqcmock.reports.html import escape
from cqcmock.reports.html_style import css_string

_MARGIN = 14.0
_LEADING = 1.15
_WIDE = 0.66
"""The width of a letter over the size of its type, in the widest of the bold typefaces named, on average."""

_LARGEST, _SMALLEST = 84.0, 6.0
"""Sizes of type in millimetres."""


def render(posters: Posters) -> str:
    """The posters as an HTML page; the same posters always give the same text."""
    width, _height = SIZES[posters.paper]
    sections = "\n".join(
        f'<section style="--size: {size_of(text, posters):.1f}"><h1 dir="auto">{escape(text)}</h1></section>'
        for text in posters.questions
    )
    running = f"font: 9pt sans-serif; color: {LIGHT['quiet']};"
    return f"""<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{escape(posters.title)}</title>
<style>
body {{ margin: 0; background: {LIGHT["page"]}; color: {LIGHT["ink"]};
  font-family: "Atkinson Hyperlegible Next", "Atkinson Hyperlegible", "Segoe UI", Verdana, "DejaVu Sans", sans-serif; }}
section {{ min-height: 100vh; box-sizing: border-box; padding: 3vw; display: flex; align-items: center; }}
h1 {{ margin: 0; font-size: calc(var(--size) * 100vw / {width}); line-height: {_LEADING}; overflow-wrap: anywhere; }}
.furniture {{ padding: 0.6rem 1.25rem; display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 2rem; }}
.furniture p {{ margin: 0.15rem 0; overflow-wrap: anywhere; min-width: 0; }}
@media screen and (prefers-color-scheme: dark) {{ body {{ background: {DARK["page"]}; color: {DARK["ink"]}; }} }}
@media print {{
  body {{ background: #fff; }}
  .furniture {{ display: none; }}
  section {{ padding: 0; min-height: 0; height: 98vh; break-inside: avoid; }}
  section + section {{ break-before: page; }}
  h1 {{ font-size: calc(var(--size) * 1mm); }}
}}
@page {{ size: {posters.paper.value} landscape; margin: {_MARGIN:g}mm;
  @top-left {{ content: {css_string(posters.classification)}; {running} }}
  @top-right {{ content: {css_string(posters.words)}; {running} }}
  @bottom-left {{ content: {css_string(posters.retention)}; {running} }}
  @bottom-right {{ content: "Page " counter(page) " of " counter(pages); {running} }} }}
</style>
</head>
<body>
<header class="furniture">
<p>{escape(posters.words)}</p>
<p dir="auto">{escape(posters.classification)}</p>
</header>
<main>
{sections}
</main>
<footer class="furniture">
<p>{escape(posters.words)}</p>
<p>{escape(posters.retention)}</p>
<p>Made on {escape(english.day(posters.made_on))}</p>
</footer>
</body>
</html>
"""


def size_of(text: str, posters: Posters) -> float:
    """The size of type in millimetres with which a question stays on its page and its words whole."""
    width, height = (side - 2 * _MARGIN for side in SIZES[posters.paper])
    size = _LARGEST
    while size > _SMALLEST and _lines(text, int(width / (_WIDE * size))) * size * _LEADING > 0.95 * height:
        size -= 0.5
    return size


def _lines(text: str, letters: int) -> float:
    """How many lines of so many letters the words take; no number of them where a word is longer than a line."""
    if letters < 1:
        return float("inf")
    lines, left = 1, letters
    for word in text.split():
        if len(word) > letters:
            return float(ceil(len(text) / letters) + 1) if letters > 40 else float("inf")
        if len(word) > left:
            lines, left = lines + 1, letters
        left -= len(word) + 1
    return float(lines)
