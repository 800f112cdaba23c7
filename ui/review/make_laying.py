"""Many parts come to a page, or change, at once: laid out when all of them are there, and not for each of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget


@contextmanager
def laid_out_once(holder: QWidget) -> Iterator[None]:
    """While a part is seen Qt lays out the whole page for every change in it: meanwhile it is not seen.

    The keyboard stays where it was, if that is still there.
    """
    focus = QApplication.focusWidget()
    inside = focus is not None and holder.isAncestorOf(focus)
    holder.hide()
    yield
    holder.show()
    if inside and focus is not None and holder.isAncestorOf(focus):
        focus.setFocus(Qt.FocusReason.OtherFocusReason)
