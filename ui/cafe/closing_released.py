"""What others see of one session, in words: before it is closed as a preview, and afterwards as it is."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from cqcmock.domain.cafe.release import TITLES, Release, TableKind, people_words, practised_words
from ui.cafe import closing_words as words
from ui.sizes import spaced
from ui.widgets.labels import TextLabel, heading, small_label, wrapped_label


class ReleasedView(QWidget):
    """Call `show_release`; its labels are made once and changed where the words are different."""

    def __init__(self) -> None:
        super().__init__()
        column = spaced(QVBoxLayout(self), gap=0.3)
        self.people = wrapped_label()
        column.addWidget(wrapped_label(words.BESIDES, quiet=True))
        column.addWidget(self.people)
        self.practised = wrapped_label()
        column.addWidget(self.practised)
        self.rows: dict[TableKind, tuple[TextLabel, TextLabel]] = {}
        for kind in TableKind:
            self.rows[kind] = (heading(TITLES[kind], 3), wrapped_label())
            for part in self.rows[kind]:
                column.addWidget(part)
                part.hide()
        self.nothing = wrapped_label(quiet=True)
        self.note = small_label()
        column.addWidget(self.nothing)
        column.addWidget(self.note)
        self.release: Release | None = None

    @property
    def text(self) -> str:
        """Everything that is shown, line by line."""
        parts = [
            self.people,
            self.practised,
            *(part for pair in self.rows.values() for part in pair),
            self.nothing,
            self.note,
        ]
        return "\n".join(part.accessibleName() or part.text() for part in parts if not part.isHidden())

    def show_release(self, release: Release) -> None:
        """Show what others see of this session."""
        if release == self.release:
            return
        self.release = release
        self.people.setText(people_words(release))
        self.practised.setText(f"Practised: {practised_words(release)}." if release.practised else "")
        self.practised.setVisible(bool(release.practised))
        shown = dict(words.rows_shown(release))
        for kind, (title, rows) in self.rows.items():
            rows.setText("\n".join(f"•\u2002{row}" for row in shown.get(kind, ())))
            title.setVisible(kind in shown)
            rows.setVisible(kind in shown)
        for label, text in ((self.nothing, words.nothing_shown(release)), (self.note, " ".join(words.notes(release)))):
            label.setText(text)
            label.setVisible(bool(text))
