"""A list that may be long: its rows are measured a few at a time, so that a thousand of them keep nobody waiting."""

from __future__ import annotations

from PySide6.QtWidgets import QListView

from ui.widgets.line_list import LineList

_AT_ONCE = 20


class LongLineList(LineList):
    """As a `LineList`; what is not in sight finds its place while the window goes on."""

    def __init__(self, name: str, *, rows_in_sight: int, about_rows: int) -> None:
        super().__init__(name, rows_in_sight=rows_in_sight, about_rows=about_rows)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(_AT_ONCE)
