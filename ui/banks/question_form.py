"""The form for one question, in the order in which a person thinks of it: no ids, no file, nothing that blocks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cqcmock.domain.english import count, listed, shortened
from cqcmock.domain.questions import Kind, Question, Source, fill
from ui.banks import wording
from ui.banks.question_form_bank import BankPart
from ui.banks.question_form_fields import ChoiceField, Field, LineField, SecondsField, TextField
from ui.banks.question_form_fold import Fold
from ui.banks.question_form_mistakes import Mistake, Place, Written
from ui.banks.question_form_points import PointsPart
from ui.banks.question_form_probes import ProbesPart
from ui.banks.question_form_ticks import FinderField, TickField
from ui.banks.question_form_try import TryPart
from ui.desk import Desk
from ui.sizes import spaced
from ui.widgets.buttons import secondary_button
from ui.widgets.card import Card, button_row
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import TextLabel, small_label

if TYPE_CHECKING:
    from cqcmock.domain.questions import Bank
    from ui.banks.question_form_reading import Around, Opened

LONGEST_SECONDS = 7200
LONGEST_QUESTION = 2_000
PLACE, COUNCIL = "{place}", "{council}"
_TIMES = (
    ("prepare_seconds", "Time to think", 5),
    ("target_seconds", "A good length", 15),
    ("limit_seconds", "At most", 15),
)
_POINT_PLACE = "point "
_LONGEST_ASKED = 300


class QuestionForm(QWidget):
    """`changed` whenever somebody changed anything; `deleted` has the words about a point, and what brings it back."""

    changed = Signal()
    deleted = Signal(str, object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._around: Around | None = None
        self._question: Question | None = None
        self.text = TextField("The question", "As an assessor would say it: short, open, one thing at a time.",
                              lowest=2, longest=LONGEST_QUESTION)  # fmt: skip
        self.put_place = secondary_button("Put in the place", lambda: self._put_in(PLACE))
        self.put_council = secondary_button("Put in the council", lambda: self._put_in(COUNCIL))
        self.asked: TextLabel = small_label()
        self.kind = ChoiceField("What kind it is", [(kind.value, words) for kind, words in wording.KINDS.items()])
        self.bank = BankPart()
        gone = "not in the framework any more"
        self.statements = TickField("Quality statements", "Which of them it is about. One is enough.", unknown=gone)
        found = "So that it is found, and asked in a rehearsal on a theme."
        self.themes = FinderField("Themes", "Find a theme by its words", found, unknown=gone)
        self.times = {name: SecondsField(words, longest=LONGEST_SECONDS, step=step) for name, words, step in _TIMES}
        self.strong = TextField("What a strong answer does", "One a line: what it does, never a text to learn.")
        self.avoid = TickField("What to avoid", unknown=gone)
        self.source = ChoiceField("What kind of source", [(s.value, words) for s, words in wording.SOURCES.items()])
        self.note = LineField("A note on that", "For instance who asked it, and when.")
        self.communities = TextField("Communities", "One a line. The question is asked where your local story names "
                                     "one of them; leave this empty, and it is asked everywhere.")  # fmt: skip
        self.points = PointsPart()
        self.probes = ProbesPart()
        self.trying = TryPart(desk)
        self.fields: dict[str, Field] = {
            "text": self.text, "kind": self.kind, **self.bank.fields, "statements": self.statements,
            "themes": self.themes, **self.times, "strong": self.strong, "avoid": self.avoid, "source": self.source,
            "source_note": self.note, "communities": self.communities,
        }  # fmt: skip
        self._lay_out()
        for field in self.fields.values():
            field.changed.connect(self._changed)
        self.points.changed.connect(self._changed)
        self.probes.changed.connect(self._changed)
        self.points.deleted.connect(self.deleted)
        self.trying_fold.toggled.connect(lambda _: self._say())

    # --- how it is laid out

    def _lay_out(self) -> None:
        column = spaced(QVBoxLayout(self), gap=1.0)
        first = Card()
        spaced(first.body, gap=0.8, margins=(1.35, 1.15, 1.35, 1.15))
        first.body.addWidget(self.text)
        self.text.column.addLayout(button_row(self.put_place, self.put_council))
        self.text.column.addWidget(self.asked)
        first.body.addWidget(self.kind)
        column.addWidget(first)
        where = Card()
        where.body.addWidget(self.bank)
        column.addWidget(where)
        about = Card("What it is about")
        spaced(about.body, gap=0.8, margins=(1.35, 1.15, 1.35, 1.15))
        about.body.addWidget(self.statements)
        about.body.addWidget(self.themes)
        column.addWidget(about)
        self.times_fold = Fold("How long", _flow(self.times.values()))
        self.good_fold = Fold("A good answer", _column(self.strong, self.avoid))
        self.source_fold = Fold("Where it comes from", _column(self.source, self.note))
        self.more_fold = Fold("More", _column(self.communities))
        finer = Card()
        spaced(finer.body, gap=0.35, margins=(1.1, 0.9, 1.35, 0.9))
        for fold in (self.times_fold, self.good_fold, self.source_fold, self.more_fold):
            finer.body.addWidget(fold)
        column.addWidget(finer)
        heard = Card("What to listen for")
        heard.body.addWidget(self.points)
        column.addWidget(heard)
        self.probes_fold = Fold("More follow-up questions", self.probes)
        self.trying_fold = Fold("Try an answer", self.trying)
        self.trying_fold.set_summary("See what would be recognised, before you keep the question.")
        self.last = Card()
        spaced(self.last.body, gap=0.35, margins=(1.1, 0.9, 1.35, 0.9))
        for fold in (self.probes_fold, self.trying_fold):
            self.last.body.addWidget(fold)
        column.addWidget(self.last)

    def stops(self) -> list[QWidget]:
        """Where Tab goes, in this order."""
        found: list[QWidget] = [self.text, self.put_place, self.put_council, self.kind, *self.bank.fields.values()]
        found += [self.statements, self.themes.words, self.themes.list]
        for fold in (self.times_fold, self.good_fold, self.source_fold, self.more_fold):
            found += [fold.button, fold.content]
        found += self.points.stops()
        for fold in (self.probes_fold, self.trying_fold):
            found += [fold.button, fold.content]
        return found

    # --- what it shows

    def offer(self, around: Around) -> None:
        """These can be chosen and ticked from now on; what is chosen stays so."""
        self._around = around
        choices = around.choices
        self.bank.offer(around.heads, choices.roles)
        self.statements.offer([(name, f"{name}  {words}") for name, words in choices.statements.items()])
        self.themes.offer(list(choices.themes.items()))
        self.avoid.offer([(tag, tag[:1].upper() + tag[1:]) for tag in around.tags])
        self._say()

    def begin(self, opened: Opened, usual_roles: Sequence[str]) -> None:
        """Show the question that was opened, in its bank or in one of one's own."""
        self.offer(opened.around)
        own = {head.id for head in opened.around.heads}
        fixed = opened.question is not None and opened.bank in own
        bank = opened.bank if opened.bank in own else _fitting(opened.around.heads, usual_roles)
        roles = opened.begin_with.roles
        self.bank.begin(bank, roles, fixed=fixed, shipped=opened.shipped, usual_roles=usual_roles)
        self._show(opened.begin_with)

    def show_written(self, written: Written) -> None:
        """Show what was written earlier, with the bank that it was for."""
        if written.bank in {head.id for head in self._around.heads} if self._around else ():
            self.bank.choose(written.bank)
        if written.new_bank:
            self.bank.new_name.show_text(written.new_bank)
            self.bank.new_roles.show_values(written.new_roles)
        self.show_question(written.question)

    def show_question(self, question: Question) -> None:
        """Show this question in place of what is in the form, for the bank that is chosen."""
        self.bank.show_roles(question.roles)
        self._show(question)
        self.changed.emit()

    def _show(self, question: Question) -> None:
        self._question = question
        self.text.show_text(question.text)
        self.kind.show_value(question.kind.value)
        self.statements.show_values(question.statements)
        self.themes.show_values(question.themes)
        for name, part in self.times.items():
            part.show_seconds(getattr(question, name))
        self.strong.show_lines(question.strong)
        self.avoid.show_values(question.avoid)
        self.source.show_value(question.source.value)
        self.note.show_text(question.source_note)
        self.communities.show_lines(question.communities)
        self.points.show_points(question.points)
        self.probes.show_probes(question.probes)
        self._say()

    # --- what stands in it

    def question(self) -> Question:
        """The question as it stands."""
        assert self._question is not None
        return replace(
            self._question,
            text=" ".join(self.text.text.split()),
            kind=Kind(self.kind.value),
            statements=self.statements.values,
            themes=self.themes.values,
            communities=self.communities.lines,
            roles=self.bank.asked(),
            source=Source(self.source.value),
            source_note=self.note.text,
            strong=self.strong.lines,
            avoid=self.avoid.values,
            points=self.points.points(),
            probes=self.probes.probes(),
            prepare_seconds=self.times["prepare_seconds"].seconds,
            target_seconds=self.times["target_seconds"].seconds,
            limit_seconds=self.times["limit_seconds"].seconds,
        )

    def written(self) -> Written:
        """The question as it stands, and where it goes."""
        new = not self.bank.chosen
        return Written(
            question=self.question(),
            bank=self.bank.chosen,
            new_bank=self.bank.new_name.text if new else "",
            new_roles=self.bank.new_roles.values if new else (),
            nobody=self.bank.nobody,
        )

    # --- what is wrong in it

    def show_mistakes(self, mistakes: Sequence[Mistake], *, everything: bool) -> None:
        """Say beside each field what is wrong with it; what is only missing not before somebody has been there."""
        said: dict[Place, str] = {}
        for mistake in mistakes:
            field = self.field(mistake.place)
            if field is not None and (everything or field.touched or not mistake.missing):
                said.setdefault(mistake.place, mistake.sentence)
        for place, field in self._all_fields():
            field.set_problem(said.get(place, ""))

    def field(self, place: Place) -> Field | None:
        """The field at a place, if it is there."""
        return dict(self._all_fields()).get(place)

    def in_order(self, mistakes: Sequence[Mistake]) -> list[Mistake]:
        """The same from the top of the form."""
        order = {place: at for at, (place, _) in enumerate(self._all_fields())}
        return sorted(mistakes, key=lambda mistake: order.get(mistake.place, -1))

    def focus(self, place: Place) -> None:
        """Unfold the field at a place, and take the keyboard there."""
        field = self.field(place)
        if field is None:
            return
        around = field.parentWidget()
        while around is not None and around is not self:
            if isinstance(around, Fold):
                around.set_open(True)
            around = around.parentWidget()
        field.focus()

    def _all_fields(self) -> list[tuple[Place, Field]]:
        found: list[tuple[Place, Field]] = [(("", name), field) for name, field in self.fields.items()]
        for at, part in enumerate(self.points.parts):
            found += [((f"{_POINT_PLACE}{at}", name), field) for name, field in part.fields.items()]
        found += [(("probe", cue.value), field) for cue, field in self.probes.fields.items()]
        return found

    # --- what it says of itself

    def _changed(self) -> None:
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        if self._around is None or self._question is None:
            return
        names, question = self._around.choices.names, self.question()
        filled_in = shortened(fill(question.text, names), _LONGEST_ASKED)
        self.asked.setText(f"Asked in {names.get('place', '')} as: “{filled_in}”" if filled_in else "")
        self.asked.setVisible(bool(filled_in))
        self.times_fold.set_summary(wording.times(question))
        parts = [count(len(question.strong), "thing") + " that it does"] if question.strong else []
        parts += [count(len(question.avoid), "thing") + " to avoid"] if question.avoid else []
        self.good_fold.set_summary(listed(parts) or "Nothing said yet")
        where = (wording.SOURCES[question.source], question.source_note)
        self.source_fold.set_summary(": ".join(part for part in where if part))
        of = listed(question.communities)
        self.more_fold.set_summary(f"Asked where your local story names {of}" if of else "Asked in every place")
        self.probes_fold.set_summary(self.probes.summary())
        if self.trying_fold.is_open:
            self.trying.show_question(question, self._around)

    def _put_in(self, words: str) -> None:
        self.text.edit.insertPlainText(words)
        self.text.focus()


def _fitting(heads: Sequence[Bank], roles: Sequence[str]) -> str:
    """The first bank for any of these roles, or nothing."""
    return next((head.id for head in heads if not {*head.roles}.isdisjoint(roles)), "")


def _column(*parts: QWidget) -> QWidget:
    whole = QWidget()
    column = spaced(QVBoxLayout(whole), gap=0.8)
    for part in parts:
        column.addWidget(part)
    return whole


def _flow(parts: Iterable[QWidget]) -> QWidget:
    whole = QWidget()
    flow = spaced(FlowLayout(whole), gap=1.0)
    for part in parts:
        flow.addWidget(part)
    return whole
