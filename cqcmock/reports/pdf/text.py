"""From people's words to paragraph markup: the one place where text is escaped and finds a font that can show it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby
from operator import itemgetter

from reportlab.lib.fonts import ps2tt, tt2ps  # type: ignore[import-untyped]

from cqcmock.reports.colours import LIGHT
from cqcmock.reports.pdf.fonts import coverage, family_coverage
from cqcmock.reports.pdf.right_to_left import joined, stretches

TURNED = "turned:"  # where the mark of right-to-left words leads: nowhere
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_NEW_LINES = re.compile("\r\n|[\r\n\v\f\x85\u2028\u2029]")
_SPACES = re.compile("[\t\x1c-\x1f\u1680\u2000-\u200a\u205f\u3000]")
# marks that are never seen: soft hyphen, joiners of scripts that are not shaped, direction marks, variation selectors
_UNSEEN = re.compile("[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]")


def markup(text: str, font: str, fallbacks: str | Sequence[str] = ()) -> str:
    """Text from anywhere as markup for a paragraph: shown as it was written, whatever it contains.

    Every character is set in the first of `font` and `fallbacks` that shows it upright, bold and slanted; a character
    that none of them has becomes U+FFFD. Line ends are kept; runs of spaces count as one.
    """
    lines = _NEW_LINES.split(text)
    return "<br/>".join(_line(line, font, fallbacks) for line in lines)


def runs(text: str, font: str, fallbacks: str | Sequence[str] = ()) -> Iterator[tuple[str, str]]:
    """Text cut into (font, text) runs, each in a font that can show it."""
    for name, run, _turned in _runs(text, font, fallbacks):
        yield name, run


def printable(text: str, font: str, instead: str = "?") -> str:
    """Text for a place that knows one font only, such as a chart's label: what the font lacks becomes `instead`."""
    text = _UNSEEN.sub("", _SPACES.sub(" ", text))
    known = coverage(font)
    return text if known.issuperset(text) else "".join(letter if letter in known else instead for letter in text)


def link(words: str, address: str, colour: str = LIGHT["accent"]) -> str:
    """Markup of a link: `words` is markup itself; `address` is http, https, mailto, or # and an anchor's name."""
    return f'<a href="{escape(address)}" color="{escape(colour)}" underline="1">{words}</a>'


def anchor(name: str) -> str:
    """Markup of a place that a link can lead to."""
    return f'<a name="{escape(name)}"/>'


def span(words: str, lang: str) -> str:
    """Markup of words in another language, such as "cy" for Welsh: a screen reader changes its voice for them."""
    return f'<a href="lang:{escape(lang)}">{words}</a>'


def highlight(words: str, colour: str = "#fff3bf") -> str:
    """Markup of words on a tinted ground."""
    return f'<span backcolor="{escape(colour)}">{words}</span>'


def _line(line: str, font: str, fallbacks: str | Sequence[str]) -> str:
    made = []
    for turned, group in groupby(_runs(line, font, fallbacks), itemgetter(2)):
        words = "".join(
            escape(run) if name == font else f'<font name="{_weighted(name, font)}">{escape(run)}</font>'
            for name, run, _turned in group
        )
        made.append(f'<a href="{TURNED}">{words}</a>' if turned else words)
    return "".join(made)


def _runs(text: str, font: str, fallbacks: str | Sequence[str]) -> Iterator[tuple[str, str, bool]]:
    """(font, text, whether it runs from right to left)."""
    text = _UNSEEN.sub("", _SPACES.sub(" ", text))
    names = (font, *((fallbacks,) if isinstance(fallbacks, str) else fallbacks))
    covers = [family_coverage(name) for name in names]
    if covers[0].issuperset(text):
        if text:
            yield font, text, False
        return
    for piece, turned in stretches(text):
        if turned:
            shaped = joined(piece)
            whole = next((name for name, cover in zip(names, covers, strict=True) if cover.issuperset(shaped)), None)
            if whole is not None:
                yield whole, shaped, True
                continue
        for name, run in _letter_by_letter(piece, names, covers):
            yield name, run, turned


def _letter_by_letter(text: str, names: tuple[str, ...], covers: list[frozenset[str]]) -> Iterator[tuple[str, str]]:
    stand_in = next((name for name, cover in zip(names, covers, strict=True) if REPLACEMENT in cover), names[0])
    letter_for_none = REPLACEMENT if REPLACEMENT in coverage(stand_in) else "?"
    current, run = names[0], ""
    for letter in text:
        name = next((names[at] for at, cover in enumerate(covers) if letter in cover), None)
        if name is None:
            name, letter = stand_in, letter_for_none
        elif letter == " ":
            name = current
        if name != current and run:
            yield current, run
            run = ""
        current, run = name, run + letter
    if run:
        yield current, run


def _weighted(fallback: str, font: str) -> str:
    """The fallback's own bold if the font is bold."""
    try:
        _family, bold, italic = ps2tt(font)
        return str(tt2ps(fallback, bold, italic))
    except ValueError:
        return fallback
