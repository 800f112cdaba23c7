"""Lists and tables, ready for the stylesheet's padding."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtWidgets import QAbstractItemView

ViewT = TypeVar("ViewT", bound=QAbstractItemView)


def list_view(view: ViewT, name: str) -> ViewT:
    """Give a new list, tree or table its name for screen readers, and its style before its first row.

    Qt measures rows when they come in; without this they would be measured without their padding.
    """
    view.setAccessibleName(name)
    view.setTabKeyNavigation(False)
    view.ensurePolished()
    return view
