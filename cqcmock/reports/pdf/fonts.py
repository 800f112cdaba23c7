"""The typefaces of a report, registered once per process, and which letters each of them can show."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

from reportlab.lib.fonts import addMapping, tt2ps  # type: ignore[import-untyped]
from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]
from reportlab.pdfbase.ttfonts import TTFont  # type: ignore[import-untyped]

from cqcmock.reports.pdf.right_to_left import plain_letter

TEXT = "AtkinsonHyperlegibleNext"
FALLBACK = "DejaVuSans"

# name, file, (family, bold, italic)...
_FACES: tuple[tuple[str, str, tuple[tuple[str, int, int], ...]], ...] = (
    (TEXT, "AtkinsonHyperlegibleNext_400Regular.ttf", ((TEXT, 0, 0),)),
    (f"{TEXT}-Bold", "AtkinsonHyperlegibleNext_700Bold.ttf", ((TEXT, 1, 0),)),
    (f"{TEXT}-Italic", "AtkinsonHyperlegibleNext_400Regular_Italic.ttf", ((TEXT, 0, 1),)),
    (f"{TEXT}-BoldItalic", "AtkinsonHyperlegibleNext_700Bold_Italic.ttf", ((TEXT, 1, 1),)),
    # no slanted DejaVu is shipped: it stands in for single letters, upright
    (FALLBACK, "DejaVuSans.ttf", ((FALLBACK, 0, 0), (FALLBACK, 0, 1))),
    (f"{FALLBACK}-Bold", "DejaVuSans-Bold.ttf", ((FALLBACK, 1, 0), (FALLBACK, 1, 1))),
)
_MAPPED = re.compile("(?<=> )<([0-9A-F]{4,6})>")
_registering = Lock()


class EmbeddedFont(TTFont):  # type: ignore[misc]
    """A font whose text can be copied out again, which reportlab gets wrong for emoji and for joined Arabic."""

    def addObjects(self, doc: Any) -> None:
        """Write the font into the document, with a map back to Unicode in UTF-16 and to the letters as typed."""
        super().addObjects(doc)
        for name, stream in doc.idToObject.items():
            if name.startswith("toUnicodeCMap:"):
                stream.content = _MAPPED.sub(_utf16, stream.content)


@dataclass(frozen=True, slots=True, kw_only=True)
class Faces:
    """The names to hand to styles and to `markup`."""

    text: str = TEXT
    bold: str = f"{TEXT}-Bold"
    italic: str = f"{TEXT}-Italic"
    fallback: str = FALLBACK


def folder() -> Path:
    """The `resources` folder of this installation. Raises FileNotFoundError if the installation is incomplete."""
    package = Path(__file__).resolve().parents[2]
    for candidate in (package / "_shipped" / "resources", package.parent / "resources"):
        if (candidate / "fonts").is_dir():
            return candidate
    raise FileNotFoundError(f"No fonts beside {package}.")


def register(resources_folder: Path) -> Faces:
    """Make the report's fonts known to reportlab; reading them costs some 0.1 s, once per process."""
    with _registering:
        known = set(pdfmetrics.getRegisteredFontNames())
        for name, file, roles in _FACES:
            if name not in known:
                pdfmetrics.registerFont(EmbeddedFont(name, str(resources_folder / "fonts" / file)))
            for family, bold, italic in roles:
                addMapping(family, bold, italic, name)
    return Faces()


@cache
def coverage(font: str) -> frozenset[str]:
    """The characters that a registered font has glyphs for."""
    glyphs: dict[int, int] = getattr(pdfmetrics.getFont(font).face, "charToGlyph", {})
    return frozenset(chr(code) for code, glyph in glyphs.items() if glyph)


@cache
def family_coverage(font: str) -> frozenset[str]:
    """The characters that a font shows upright, bold and slanted alike, so that markup can set any of them."""
    members = {font}
    for bold, italic in ((0, 0), (0, 1), (1, 0), (1, 1)):
        try:
            members.add(tt2ps(font, bold, italic))
        except ValueError:  # not a family
            continue
    return frozenset.intersection(*(coverage(member) for member in members))


def _utf16(code: re.Match[str]) -> str:
    return f"<{plain_letter(int(code[1], 16)).encode('utf-16-be').hex().upper()}>"
