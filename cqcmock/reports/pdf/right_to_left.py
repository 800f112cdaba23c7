"""Hebrew and Arabic for a renderer that only knows left to right.

Letters are joined with the presentation forms that Unicode keeps for such renderers, and turned round where they are
painted, line by line, so that they look right; a reader and the clipboard get the words as they were typed, from the
element's ActualText and the font's map. Not done: paragraphs that begin at the right, marks placed by the font, and
the scripts whose joining Unicode has no forms for (Syriac, N'Ko, the Indic scripts).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

_LETTERS = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_ANY = re.compile(f"[{_LETTERS}]")
# from one such letter to the last one before a letter of another direction
_STRETCH = re.compile(f"[{_LETTERS}](?:[{_LETTERS}\\W\\d_]*[{_LETTERS}])?")
_NUMBER = re.compile(r"\d+(?:[.,:/]\d+)*")
_MIRRORED = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")


def stretches(text: str) -> Iterator[tuple[str, bool]]:
    """The text in pieces, with whether each runs from right to left."""
    at = 0
    for found in _STRETCH.finditer(text):
        if found.start() > at:
            yield text[at : found.start()], False
        yield found[0], True
        at = found.end()
    if at < len(text):
        yield text[at:], False


def has_any(text: str) -> bool:
    """Whether any of the text runs from right to left."""
    return _ANY.search(text) is not None


def joined(text: str) -> str:
    """Arabic with each letter in the form that its neighbours ask for."""
    forms, ligatures = _forms()
    letters = [letter for letter in text if not unicodedata.combining(letter)]
    shaped: list[str] = []
    before = ""  # the letter before, if it reaches out to the next
    at = skip = 0
    for letter in text:
        if unicodedata.combining(letter):
            shaped.append(letter)
            continue
        at += 1
        if skip:
            skip -= 1
            continue
        after = letters[at] if at < len(letters) else ""
        known = forms.get(letter, {})
        if (letter, after) in ligatures:
            shaped.append(ligatures[letter, after]["final" if before else "isolated"])
            before, skip = "", 1
            continue
        reaches = "initial" in known and "final" in forms.get(after, {})
        form = ("medial" if reaches else "final") if before else ("initial" if reaches else "isolated")
        shaped.append(known.get(form, letter))
        before = letter if reaches else ""
    return "".join(shaped)


def typed(text: str) -> str:
    """The letters as they were before `joined`."""
    plain = _plain()
    return "".join(plain.get(letter, letter) for letter in text) if has_any(text) else text


def painted(text: str) -> str:
    """The text in the order in which its letters stand on the line, from the left."""
    if not has_any(text):
        return text
    return "".join(_turned(piece) if turned else piece for piece, turned in stretches(text))


def plain_letter(code: int) -> str:
    """The letter that a presentation form stands for; any other character, and a ligature of two, is itself.

    Programs that copy text turn the letters of a line round but not those of one glyph, so a ligature stays one.
    """
    letter = _plain().get(chr(code), "")
    return letter if len(letter) == 1 else chr(code)


def _turned(stretch: str) -> str:
    units: list[str] = []
    at = 0
    while at < len(stretch):
        number = _NUMBER.match(stretch, at)
        unit = number[0] if number else stretch[at].translate(_MIRRORED)
        at += len(unit)
        if units and unicodedata.combining(unit[0]):
            units[-1] += unit
        else:
            units.append(unit)
    return "".join(reversed(units))


@cache
def _forms() -> tuple[dict[str, dict[str, str]], dict[tuple[str, str], dict[str, str]]]:
    """Per letter its forms, and per pair of letters its ligatures, from Unicode's own tables."""
    forms: dict[str, dict[str, str]] = {}
    ligatures: dict[tuple[str, str], dict[str, str]] = {}
    for code in (*range(0xFB50, 0xFBB2), *range(0xFBD3, 0xFC00), *range(0xFE80, 0xFEFD)):
        kind, *bases = unicodedata.decomposition(chr(code)).split(" ")
        letters = [chr(int(base, 16)) for base in bases]
        if len(letters) == 1:
            forms.setdefault(letters[0], {})[kind.strip("<>")] = chr(code)
        elif len(letters) == 2 and code >= 0xFEF5:  # lam and alef, the ligature that must be made
            ligatures.setdefault((letters[0], letters[1]), {})[kind.strip("<>")] = chr(code)
    return forms, ligatures


@cache
def _plain() -> dict[str, str]:
    forms, ligatures = _forms()
    back = {form: letter for letter, kinds in forms.items() for form in kinds.values()}
    return back | {form: "".join(pair) for pair, kinds in ligatures.items() for form in kinds.values()}
