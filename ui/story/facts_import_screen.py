"""Facts out of a spreadsheet: what it would do is shown before it is done, and it is done whole or not at all."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from cqcmock.domain.english import count, day, listed, shortened
from cqcmock.domain.story import Fact
from cqcmock.errors import UserError
from ui.desk import Desk
from ui.screen import Screen
from ui.sizes import spaced
from ui.story import deeds
from ui.story.wording import figure
from ui.widgets.buttons import link_button, make_primary, primary_button, secondary_button
from ui.widgets.card import Card
from ui.widgets.labels import heading, problem_label, wrapped_label
from ui.widgets.line_list import Line, LineList
from ui.widgets.pill import Tone
from ui.widgets.scroll_page import ScrollPage

if TYPE_CHECKING:
    from cqcmock.services.fact_files import ChangedFact, FactsPreview
    from cqcmock.services.stories import StoryEdit

SPREADSHEETS = "Spreadsheets (*.xlsx *.csv)"
TEMPLATES = "Excel workbooks (*.xlsx);;CSV tables (*.csv)"
OPENING = (
    "A row for each fact. You see what a spreadsheet would add and change before anything is done, and it can be "
    "undone afterwards."
)
FIELDS = {
    "label": "what", "value": "value", "unit": "unit", "as_of": "as of", "comparator": "compared with",
    "source": "source", "owner": "owner", "review_by": "review by", "statements": "quality statements",
    "phrases": "words people use",
}  # fmt: skip
_SPELLED_OUT = ("value", "unit", "as_of", "review_by", "owner")
MOST_LINES = 2_000


class FactsImportScreen(Screen):
    """Into the story `story_id`, or the one in use; `path` is a file that was chosen already.

    `done` carries the id of the story once the facts are in it; `back_wanted` when nobody wants that.
    """

    done = Signal(str)
    back_wanted = Signal()

    def __init__(self, desk: Desk, story_id: str = "", path: Path | None = None) -> None:
        super().__init__()
        self._desk = desk
        self._story_id = story_id or desk.settings.story
        self.path = path
        self.seen: FactsPreview | None = None
        self._importing = False
        self._lay_out()

    def _lay_out(self) -> None:
        spaced(QVBoxLayout(self), gap=0).addWidget(page := ScrollPage(gap=1.0))
        self.page = page
        top = spaced(QHBoxLayout(), gap=0.8)
        top.addWidget(heading("Facts from a spreadsheet"), 1)
        self.back = link_button("Back to the story", self.back_wanted.emit)
        top.addWidget(self.back)
        page.column.addLayout(top)
        page.column.addWidget(wrapped_label(OPENING, quiet=True))
        self.choose = primary_button("Choose a spreadsheet…", self.choose_file)
        self.template = secondary_button("Get a spreadsheet to fill in…", self.save_template)
        self.template.setAccessibleDescription("It has the facts that are in the story now, and says how to fill it in")
        self.file_card = Card("The spreadsheet")
        self.file_card.body.addWidget(
            wrapped_label("No spreadsheet yet? Get one: it has the facts of the story, and says how to fill it in.")
        )
        self.file_card.add_buttons(self.choose, self.template)
        page.column.addWidget(self.file_card)
        self.card = Card("What it would do")
        self.card.setAccessibleName("What it would do")
        self.words = wrapped_label()
        self.problem = problem_label()
        self.list = LineList("What the spreadsheet would do", rows_in_sight=8, about_rows=4)
        self.notes = wrapped_label(quiet=True)
        self.take = primary_button("Import", self.take_in)
        self.again = secondary_button("Read it again", self.read)
        self.again.setAccessibleDescription("After something was put right in the spreadsheet")
        for part in (self.words, self.problem, self.list, self.notes):
            self.card.body.addWidget(part)
        self.card.add_buttons(self.take, self.again)
        page.column.addWidget(self.card)
        self.card.hide()

    def arrived(self) -> None:
        """Look at the file that was handed over, or ask for one."""
        if self.path is not None and self.seen is None:
            self.read()
        else:
            self.choose.setFocus()
            self.filled.emit()

    def may_close(self) -> bool:
        """Not while facts are on their way in."""
        return not self._importing

    def choose_file(self) -> None:
        """Ask which spreadsheet."""
        self._desk.messages.choose_open_file("Choose a spreadsheet of facts", SPREADSHEETS, self._chosen)

    def _chosen(self, path: Path) -> None:
        self.path = path
        self.read()

    def save_template(self) -> None:
        """Ask where to save a spreadsheet, and write the facts there are into it."""
        desk, story_id = self._desk, self._story_id

        def chosen(path: Path) -> None:
            def write() -> None:
                from cqcmock.services import fact_files, stories

                fact_files.write_template(path, stories.story(desk.library, story_id).facts)

            said = f"The spreadsheet is saved as {path}. Fill it in, and choose it here."
            desk.tasks.database(write, then=lambda _: desk.messages.say(said))

        desk.messages.choose_save_file("Save a spreadsheet to fill in", f"{story_id} facts.xlsx", TEMPLATES, chosen)

    # --- looking at it

    def read(self) -> None:
        """Read the file, and show what it would do."""
        path, desk, story_id = self.path, self._desk, self._story_id
        if path is None or self._importing:
            return

        def look() -> FactsPreview:
            from cqcmock.services import fact_files

            return fact_files.preview(desk.library, story_id, path)

        desk.tasks.database(look, then=self._show, failed=self._not_read, doing="Reading the spreadsheet…", owner=self)

    def _not_read(self, error: UserError) -> None:
        self.seen = None
        self.list.show_lines(())
        self._say(self.path.name if self.path else "", "", str(error))
        self.take.hide()
        self.again.setFocus()
        self.filled.emit()

    def _show(self, seen: FactsPreview) -> None:
        self.seen = seen
        lines = lines_of(seen)
        self.list.show_lines(lines[:MOST_LINES])
        self._say(seen.file, told(seen), wrong(seen))
        self.notes.setText("\n".join(seen.notes))
        self.notes.setVisible(bool(seen.notes))
        self.take.setVisible(seen.does_something)
        words = f"Import {count(len(seen.added) + len(seen.changed), 'fact')}"
        self.take.setText(words)
        self.take.setAccessibleName(words)
        (self.take if seen.does_something else self.again).setFocus()
        self.page.bring(self.card)
        self.filled.emit()

    def _say(self, file: str, words: str, problem: str) -> None:
        self.card.title.setText(shortened(file, 100))
        self.words.setText(words)
        self.words.setVisible(bool(words))
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        self.list.setVisible(bool(self.list.lines.lines))
        self.choose.setText("Choose another…")
        self.choose.setAccessibleName("Choose another spreadsheet")
        make_primary(self.choose, False)
        self.card.show()

    # --- taking it in

    def take_in(self) -> None:
        """Do what was shown."""
        seen, desk = self.seen, self._desk
        if seen is None or not seen.does_something or self._importing:
            return
        self._importing = True

        def take() -> StoryEdit:
            from cqcmock.services import fact_files

            return fact_files.take_in(desk.library, seen, desk.clock)

        desk.tasks.database(take, then=partial(self._taken, seen), failed=self._not_taken, owner=self)

    def _taken(self, seen: FactsPreview, edit: StoryEdit) -> None:
        self._importing = False
        number = count(len(seen.added) + len(seen.changed), "fact is", "facts are")
        deeds.did(self._desk, edit, f"{number} in the story of {seen.story.place.name}.")
        self.done.emit(seen.story.place.id)

    def _not_taken(self, error: UserError) -> None:
        self._importing = False
        self.problem.setText(f"Nothing was imported. {error}")
        self.problem.show()
        self.again.setFocus()


def told(seen: FactsPreview) -> str:
    """What the file would do, in a sentence."""
    if seen.problems:
        return ""
    parts = [
        f"{len(seen.added):,} new" if seen.added else "",
        f"{len(seen.changed):,} changed" if seen.changed else "",
        f"{len(seen.unchanged):,} the same as now" if seen.unchanged else "",
    ]
    found = listed([part for part in parts if part])
    stays = count(len(seen.kept), "fact that it does not mention stays", "facts that it does not mention stay")
    rest = f" {stays} as {'it is' if len(seen.kept) == 1 else 'they are'}." if seen.kept else ""
    if not seen.does_something:
        return f"There is nothing to import: {found}.{rest}"
    return f"For {seen.story.place.name}: {found}.{rest}"


def wrong(seen: FactsPreview) -> str:
    """That nothing can be imported yet, and why."""
    if not seen.problems:
        return ""
    mistakes = count(len(seen.problems), "mistake")
    return (
        f"This spreadsheet has {mistakes}, so nothing is imported. Put right what is listed here, save it, and read it "
        "again."
    )


def lines_of(seen: FactsPreview) -> list[Line]:
    """Each row's outcome: what is wrong first, then what is new, changed and the same."""
    lines = [
        Line(
            key=f"wrong {at}",
            title=place_of(problem.where, problem.field),
            about=f"expected {problem.expected}, but found {problem.found}",
            sign="To put right",
            tone=Tone.OVER,
        )
        for at, problem in enumerate(seen.problems)
    ]
    lines += [_line(fact, "New", Tone.IN_HAND, f"on {day(fact.as_of)}") for fact in seen.added]
    lines += [_line(each.after, "Changed", Tone.WRAP_UP, differences(each)) for each in seen.changed]
    return lines + [_line(fact, "The same", Tone.QUIET, "") for fact in seen.unchanged]


def place_of(where: str, field: str) -> str:
    """Where something is wrong, as it begins a line: Row 4, As of."""
    place = ", ".join(part for part in (where, field) if part)
    return place[:1].upper() + place[1:] or "The whole file"


def _line(fact: Fact, sign: str, tone: Tone, about: str) -> Line:
    return Line(key=fact.id, title=f"{fact.label}: {figure(fact)}", about=about, sign=sign, tone=tone)


def differences(each: ChangedFact) -> str:
    """Which parts of a fact change; short ones with what they were and will be."""
    said = []
    for name in each.fields:
        before, after = getattr(each.before, name), getattr(each.after, name)
        if name not in _SPELLED_OUT:
            said.append(FIELDS[name])
            continue
        was, will = (day(value) if hasattr(value, "year") else str(value or "") for value in (before, after))
        said.append(f"{FIELDS[name]}: {shortened(was, 60) or 'nothing'} → {shortened(will, 60) or 'nothing'}")
    return " · ".join(said)
