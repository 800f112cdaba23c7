"""The local story: chosen, looked at again every quarter, and changed part by part. Every deed is saved at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cqcmock.domain.english import day, shortened
from cqcmock.errors import UserError
from ui import undo
from ui.app_signals import Change, Subject
from ui.commands import CommandId, Commands, first_key
from ui.desk import Desk
from ui.screen import Rest, Screen
from ui.sizes import spaced
from ui.story import deeds, files, wording
from ui.story.alterations import to_be_checked, without
from ui.story.form import UNKEPT
from ui.story.forms import CommunityForm, EntryForm, ExampleForm, FactForm, PlaceForm, YouSaidForm
from ui.story.pack_card import PackCard
from ui.story.part import FormCard, NamesCard, PartCard
from ui.story.reading import Alter, Keeper, Shelf
from ui.story.review_card import ReviewCard
from ui.story.shelf_card import FirstCard, ShelfCard
from ui.tab_order import tab_through
from ui.widgets.buttons import make_primary, secondary_button
from ui.widgets.card import Card
from ui.widgets.labels import heading, problem_label, wrapped_label
from ui.widgets.scroll_page import ScrollPage

if TYPE_CHECKING:
    from cqcmock.services.stories import StoryEdit

STILL_WRITING = "still-writing-in-the-story"


class StoryScreen(Screen):
    """`first_story_wanted`; `import_facts_wanted` carries the id of the story that facts are for."""

    first_story_wanted = Signal()
    import_facts_wanted = Signal(str)

    def __init__(self, desk: Desk, commands: Commands) -> None:
        super().__init__()
        self._desk = desk
        self._commands = commands
        self._keeper = Keeper(desk)
        self.shelf: Shelf | None = None
        self._wanted = ""
        self._arriving = False
        self._added: PartCard | None = None
        self.page = ScrollPage(gap=1.0)
        self.first = FirstCard()
        self.stories = ShelfCard()
        self.review = ReviewCard()
        self.fact_form = FactForm()
        self.import_button = secondary_button("Import from a spreadsheet…", self.import_facts)
        self.facts = PartCard(
            "Facts", self.fact_form, add="Add a fact", empty=wording.NO_FACTS, others=(self.import_button,)
        )
        self.communities = PartCard(
            "People who are seldom heard", CommunityForm(), add="Add people", empty=wording.NO_COMMUNITIES
        )
        self.you_said = PartCard(
            "You said, we did", YouSaidForm(), add="Add what people said", empty=wording.NO_YOU_SAID
        )
        self.examples = PartCard("Practice examples", ExampleForm(), add="Add an example", empty=wording.NO_EXAMPLES)
        self.place_form = PlaceForm()
        self.names = NamesCard(self.place_form)
        self.parts = (self.facts, self.communities, self.you_said, self.examples)
        self.cards: tuple[FormCard, ...] = (*self.parts, self.names)
        self._lay_out()
        self._connect()
        self._handle_commands()

    # --- made once

    def _lay_out(self) -> None:
        spaced(QVBoxLayout(self), gap=0).addWidget(self.page)
        column = self.page.column
        top = spaced(QVBoxLayout(), gap=0.3)
        top.addWidget(heading("Local story"))
        top.addWidget(wrapped_label(wording.INTRODUCTION, quiet=True))
        column.addLayout(top)
        self.trouble = Card()
        self.trouble_words = problem_label()
        self.trouble.body.addWidget(self.trouble_words)
        self.trouble.add_buttons(secondary_button("Try again", self._read))
        self.trouble.hide()
        self.opened = QWidget()
        inside = spaced(QVBoxLayout(self.opened), gap=1.0)
        self.name = heading("", 2)
        self.about = wrapped_label(quiet=True)
        self.pack = PackCard()
        self.facts.add.setToolTip(first_key(CommandId.NEW_FACT))
        self.import_button.setToolTip(first_key(CommandId.IMPORT_FACTS))
        named = spaced(QVBoxLayout(), gap=0.3)
        named.addWidget(self.name)
        named.addWidget(self.about)
        inside.addLayout(named)
        within: tuple[QWidget, ...] = (self.review, *self.cards, self.pack)
        for part in within:
            inside.addWidget(part)
        whole: tuple[QWidget, ...] = (self.trouble, self.first, self.stories, self.opened)
        for part in whole:
            column.addWidget(part)
        for part in whole[1:]:
            part.hide()

    def _connect(self) -> None:
        self.first.make_wanted.connect(self.first_story_wanted)
        stories = self.stories
        stories.make_wanted.connect(self.first_story_wanted)
        stories.open_wanted.connect(self._open_wanted)
        stories.use_wanted.connect(self.use)
        stories.delete_wanted.connect(self.delete_story)
        stories.import_wanted.connect(self.import_story)
        stories.export_wanted.connect(lambda _: self.export_story())
        self.review.checked.connect(self.still_right)
        self.review.change_wanted.connect(partial(self.change, self.facts))
        for part in self.parts:
            part.add_wanted.connect(partial(self.add, part))
            part.change_wanted.connect(partial(self.change, part))
            part.delete_wanted.connect(partial(self.delete, part))
        self.names.change_wanted.connect(self.change_names)
        for card in self.cards:
            card.form.keep_wanted.connect(partial(self._keep, card))
            card.form.left.connect(card.close_form)
            card.closed.connect(partial(self.first.stand_back, False))
            card.form.height_changed.connect(self._show_focus)
        self.pack.wanted.connect(self.data_pack)
        self._desk.signals.changed.connect(self._changed)

    def _handle_commands(self) -> None:
        handle = partial(self._commands.handle, screen=self)
        is_open = self._is_open
        handle(CommandId.NEW_FACT, partial(self.add, self.facts), enabled_when=is_open)
        handle(CommandId.IMPORT_FACTS, self.import_facts, enabled_when=is_open)
        handle(CommandId.DATA_PACK, self.data_pack, enabled_when=is_open)
        desk, stories = self._desk, Subject.STORIES
        handle(CommandId.UNDO, lambda: undo.undo_last(desk, stories), enabled_when=lambda: undo.can_undo(desk, stories))

    # --- coming and going

    def arrived(self) -> None:
        """Read again, and begin where there is something to do."""
        self._desk.messages.clear(STILL_WRITING)
        self._arriving = True
        self._read()

    def may_close(self) -> bool:
        """What is being written is kept or left first."""
        return self._may_leave_form()

    def rest(self) -> Rest:
        """What is being written stays as it is."""
        return Rest.OVER if self._may_leave_form() else Rest.KEPT

    def left(self) -> None:
        """Say that something was left in the middle: it stays here, but it is not kept."""
        if self.writing is not None and self.writing.form.is_unkept:
            words = f"What you are writing in the local story is not kept yet. {first_key(CommandId.STORY)} goes back."
            self._desk.messages.keep(STILL_WRITING, words)

    def open_story(self, story_id: str) -> None:
        """Show this story below the list, unless something is being written in the one that is open."""
        if self._may_leave_form():
            self._wanted = story_id
            self._read()

    def _is_open(self) -> bool:
        return self.shelf is not None

    @property
    def writing(self) -> FormCard | None:
        """The card whose form is open."""
        return next((card for card in self.cards if card.is_writing), None)

    def _may_leave_form(self) -> bool:
        card = self.writing
        if card is None:
            return True
        if card.form.is_unkept:
            card.form.say(UNKEPT)
            card.form.keep_button.setFocus()
            self.page.bring(card.form.problem)
            return False
        card.close_form()
        return True

    # --- reading

    def _read(self) -> None:
        self.trouble.hide()
        wanted = self._wanted
        self._desk.tasks.database(lambda: self._keeper.read(wanted), then=self._fill, failed=self._not_read, owner=self)

    def _not_read(self, error: UserError) -> None:
        self.trouble_words.setText(str(error))
        self.trouble.show()
        self.filled.emit()

    def _fill(self, shelf: Shelf | None) -> None:
        if shelf is not None:
            self.shelf = shelf
            self._wanted = shelf.story.place.id
            self._show(shelf)
            if self._arriving and self.isVisible():
                self._arriving = False
                self._begin()
            self._commands.refresh()
        self.filled.emit()

    def _show(self, shelf: Shelf) -> None:
        story, today = shelf.story, self._desk.clock.today()
        only_example = all(summary.origin == "shipped" for summary in shelf.summaries)
        used = "" if self._desk.settings.place else self._desk.settings.story
        self.first.setVisible(only_example)
        self.stories.show_shelf(shelf, used, only_example=only_example)
        self.name.setText(story.place.name)
        self.about.setText(wording.about(shelf.summary, used, self._desk.settings.place))
        self.review.show_story(story, today)
        self.facts.show_lines(wording.fact_lines(story, today))
        self.communities.show_lines(wording.community_lines(story))
        self.you_said.show_lines(wording.you_said_lines(story))
        self.examples.show_lines(wording.example_lines(story, dict(shelf.statements)))
        place = story.place
        self.names.words.setText(f"{place.name}, {place.council}. Last checked on {day(place.checked_on)}.")
        self.names.notes.setText("\n".join(place.notes))
        self.names.notes.setVisible(bool(place.notes))
        for form in (self.fact_form, self.examples.form):
            form.ticks.offer(shelf.statements)  # type: ignore[attr-defined]
        make_primary(self.facts.add, not story.facts and not only_example)
        for card in self.cards:
            card.form.story = story if card.form.story and card.form.story.place.id == place.id else card.form.story
        if self._added is not None:  # go on from what was added last
            self._added.list.choose(self._added.list.lines.lines[-1].key)
            self._added = None
        for part in (self.stories, self.opened):
            part.show()
        if self.review.had_focus:
            self.facts.focus_list()
        self._order()

    def _order(self) -> None:
        """Tab goes as the eye does, though ticks and lists were made late."""
        forms = [stop for card in self.cards for stop in (card.list_side, *card.form.stops)]
        tab_through(self.first, self.stories, self.review, *forms, self.pack)

    def _begin(self) -> None:
        """The focus, where work begins."""
        if (card := self.writing) is not None:
            card.form.focus()
        elif not self.first.isHidden():
            self.first.make.setFocus()
            self.page.to_top()
        elif not self.review.list.isHidden():
            self.review.list.setFocus()
            self.page.bring(self.review.list)
        else:
            self.facts.focus_list()
            self.page.bring(self.facts.add if self.facts.list.isHidden() else self.facts.list)

    def _show_focus(self) -> None:
        card = self.writing
        focus = self.window().focusWidget()
        if card is not None and focus is not None and card.form.isAncestorOf(focus):
            self.page.bring(focus)

    def _changed(self, what: Change) -> None:
        if not self.isVisible():
            if what.touches(Subject.STORIES) and self.writing is None:  # made or filled elsewhere: shown on coming back
                self._wanted = next(iter(what.ids), self._wanted)
        elif what.touches(Subject.STORIES, Subject.SETTINGS, Subject.BANKS):
            self._read()

    # --- the stories

    def _open_wanted(self, story_id: str) -> None:
        self.open_story(story_id)
        if self.shelf is not None and self._wanted != story_id:  # it stays where it was
            self.stories.list.choose(self.shelf.story.place.id)

    def use(self, story_id: str) -> None:
        """Rehearsals speak of this story from now on."""
        self._desk.change_settings(replace(self._desk.settings, story=story_id, place="", council=""))
        if self.shelf is not None:
            self._desk.messages.say(f"Rehearsals now speak of {self.shelf.story.place.name}.")
        self.stories.list.setFocus()

    def delete_story(self, story_id: str) -> None:
        """Take a story of the council's own away; it can be taken back."""
        if self._may_leave_form() and self.shelf is not None:
            self._wanted = ""
            files.delete_story(self._desk, story_id, self.shelf.story.place.name, owner=self)
            self.stories.list.setFocus()

    def import_story(self) -> None:
        """Take a story in from a file."""
        if self._may_leave_form():
            files.import_story(self._desk, self.open_story)

    def export_story(self) -> None:
        """Write the open story to a file."""
        if self.shelf is not None:
            files.export_story(self._desk, self.shelf.story)

    def data_pack(self, ending: str = ".docx") -> None:
        """Write the open story as a data pack for staff."""
        if self.shelf is not None:
            files.data_pack(self._desk, self.shelf.story, ending)

    def import_facts(self) -> None:
        """To the spreadsheet of facts for the open story."""
        if self.shelf is not None and self._may_leave_form():
            self.import_facts_wanted.emit(self.shelf.story.place.id)

    # --- parts of the open story

    def add(self, part: PartCard) -> None:
        """Begin something new in this part."""
        if self.shelf is None or not self._may_leave_form():
            return
        form = part.form
        assert isinstance(form, EntryForm)
        self.fact_form.months = self.review.months.value()
        form.begin_new(self.shelf.story, self._desk.clock.today())
        self._write(part)

    def change(self, part: PartCard, key: str) -> None:
        """Write something that is there differently."""
        if self.shelf is None or not self._may_leave_form():
            return
        form = part.form
        assert isinstance(form, EntryForm)
        part.list.choose(key)
        form.begin_change(self.shelf.story, self._thing(part, key))
        self._write(part)

    def change_names(self) -> None:
        """Write the names of the place differently."""
        if self.shelf is not None and self._may_leave_form():
            self.place_form.begin_story(self.shelf.story)
            self._write(self.names)

    def _write(self, card: FormCard) -> None:
        self.first.stand_back(True)
        card.open_form()
        self.page.bring(card.form)
        self.page.bring(card.form.title)

    def delete(self, part: PartCard, key: str) -> None:
        """Take something away; it can be taken back."""
        if self.shelf is None or not self._may_leave_form():
            return
        thing, field = self._thing(part, key), self._field(part)
        title = next(line.title for line in part.list.lines.lines if line.key == key)

        words = f"Deleted: {shortened(title, 80)}"
        self._do(self.shelf.story.place.id, without(field, thing), words, words)

    def still_right(self, fact_id: str) -> None:
        """Somebody has checked this fact today: its next check is some months on."""
        if self.shelf is None:
            return
        from cqcmock.services.story_checks import in_months

        due = in_months(self._desk.clock.today(), self.review.months.value())
        name = shortened(next(fact.label for fact in self.shelf.story.facts if fact.id == fact_id), 80)
        said = f"“{name}” is still right. It is checked again by {day(due)}."
        alter = to_be_checked(fact_id, due)
        self._do(self.shelf.story.place.id, alter, f"Checked, still right: {name}", said)

    def _keep(self, card: FormCard) -> None:
        form = card.form
        assert form.story is not None
        form.setEnabled(False)
        said = form.said

        def kept() -> None:
            form.setEnabled(True)
            card.close_form()
            if isinstance(card, PartCard) and isinstance(form, EntryForm) and form.replacing is None:
                self._added = card

        self._do(form.story.place.id, form.alter(), said.rstrip("."), said, kept, form.not_kept)

    def _do(
        self,
        story_id: str,
        alter: Alter,
        what: str,
        said: str,
        then: Callable[[], None] | None = None,
        failed: Callable[[UserError], None] | None = None,
    ) -> None:
        desk = self._desk

        def done(edit: StoryEdit) -> None:
            if then is not None:
                then()
            deeds.did(desk, edit, said)

        def not_done(error: UserError) -> None:
            (failed or desk.messages.tell)(error)
            self._read()

        desk.tasks.database(lambda: self._keeper.alter(story_id, alter, what), then=done, failed=not_done, owner=self)

    def _field(self, part: PartCard) -> str:
        fields = ("facts", "communities", "you_said", "examples")
        return fields[self.parts.index(part)]

    def _thing(self, part: PartCard, key: str) -> object:
        assert self.shelf is not None
        things = getattr(self.shelf.story, self._field(part))
        if part is self.you_said:
            return things[int(key)]
        return next(thing for thing in things if thing.id == key)
