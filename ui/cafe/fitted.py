"""Words as large as their place allows: for a projector, where everything is measured by the height of the picture."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF

WRAP = int(Qt.TextFlag.TextWordWrap)
_LONGEST_FITTED = 1600
_STEPS = 7


@lru_cache(maxsize=64)
def fitted(
    text: str, families: tuple[str, ...], weight: int, width: int, height: int, largest: int, smallest: int
) -> tuple[str, int]:
    """The text and the size in pixels at which it fits; what does not fit even at the smallest ends in an ellipsis."""
    text = text if len(text) <= _LONGEST_FITTED else f"{text[:_LONGEST_FITTED].rstrip()} …"
    low, high = smallest, max(smallest, largest)
    if not _fits(text, families, weight, width, height, low):
        return _shortened(text, families, weight, width, height, low), low
    for _ in range(_STEPS):
        if low >= high:
            break
        middle = (low + high + 1) // 2
        low, high = (middle, high) if _fits(text, families, weight, width, height, middle) else (low, middle - 1)
    return text, low


def font_of(families: tuple[str, ...], weight: int, pixels: int) -> QFont:
    """A font of the program's faces at so many pixels."""
    font = QFont()
    font.setFamilies(list(families))
    font.setPixelSize(max(1, pixels))
    font.setWeight(QFont.Weight(weight))
    return font


def _fits(text: str, families: tuple[str, ...], weight: int, width: int, height: int, pixels: int) -> bool:
    needed = QFontMetricsF(font_of(families, weight, pixels)).boundingRect(QRectF(0, 0, width, 1 << 20), WRAP, text)
    return needed.height() <= height and needed.width() <= width


def _shortened(text: str, families: tuple[str, ...], weight: int, width: int, height: int, pixels: int) -> str:
    """As many of the words as fit, found by halving."""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if _fits(f"{text[:middle].rstrip()} …", families, weight, width, height, pixels):
            low = middle
        else:
            high = middle - 1
    kept = text[:low]
    return f"{kept.rpartition(' ')[0].rstrip() or kept} …"
