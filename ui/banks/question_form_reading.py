"""What the form for a question reads and writes, in the database lane: it imports the services only there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from ui.app_signals import AppSignals
from ui.banks.question_form_mistakes import Mistake, Written, mistakes_in
from ui.banks.reading import Choices, Key, read_choices

if TYPE_CHECKING:
    from cqcmock.domain.questions import Bank, Question
    from cqcmock.domain.story import Story
    from cqcmock.services.bank_editing import Deed
    from cqcmock.services.library import Library
    from ui.desk import Desk

SHIPPED = "shipped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What a question is written from: the banks that can be changed, what can be ticked, and the place."""

    choices: Choices
    tags: tuple[str, ...]
    heads: tuple[Bank, ...]
    story: Story | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """Where the form begins: `question` as it is in `bank`, or None for a new one."""

    around: Around
    bank: str
    question: Question | None
    shipped: bool
    begin_with: Question


def read_around(desk: Desk) -> Around:
    """Everything but the question."""
    from cqcmock.services import bank_trying, rehearsing, shipped, stories

    choices = read_choices(desk)
    assert choices is not None
    set_up = rehearsing.default_set_up(desk.library, desk.settings)
    return Around(
        choices=choices,
        tags=tuple(tag.name for tag in shipped.framework().tags),
        heads=bank_trying.heads(desk.library),
        story=stories.story(desk.library, set_up.story) if set_up.story else None,
    )


def read_opened(desk: Desk, bank_id: str, question_id: str) -> Opened:
    """Everything, with the question. Raises UserError where it has gone."""
    from cqcmock.services import bank_editing, banks

    around = read_around(desk)
    if question_id:
        question = banks.show_question(desk.library, bank_id, question_id)
        summary = around.choices.bank(bank_id)
        from_outside = summary is not None and summary.origin == SHIPPED
        return Opened(around=around, bank=bank_id, question=question, shipped=from_outside, begin_with=question)
    own = next((head for head in around.heads if head.id == bank_id), next(iter(around.heads), None))
    empty = bank_editing.new_question(own) if own is not None else _empty()
    return Opened(around=around, bank=own.id if own else "", question=None, shipped=False, begin_with=empty)


def _empty() -> Question:
    from cqcmock.domain.questions import Kind, Question, Source

    return Question(
        id="",
        text="",
        kind=Kind.QUESTION,
        prepare_seconds=15,
        target_seconds=120,
        limit_seconds=180,
        source=Source.COUNCIL,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What came of keeping: a deed, or what has to be mended first."""

    deed: Deed | None = None
    mistakes: tuple[Mistake, ...] = ()


def keep(desk: Desk, opened: Opened, written: Written) -> Kept:
    """Keep the question, and the new bank that it is for if there is to be one: both or neither."""
    from cqcmock.services import bank_editing

    mistakes = mistakes_in(written, opened.around.heads)
    if mistakes:
        return Kept(mistakes=mistakes)
    bank = written.bank or bank_editing.NewBank(title=written.new_bank, roles=written.new_roles)
    question = written.question
    if opened.question is None:
        return Kept(deed=bank_editing.save_question(desk.library, bank, question, desk.clock))
    question = replace(question, id=opened.question.id)
    if opened.shipped:
        deed = bank_editing.change_shipped_question(desk.library, opened.bank, question, bank, desk.clock)
    else:
        deed = bank_editing.save_question(desk.library, bank, question, desk.clock, replacing=opened.question)
    return Kept(deed=deed)


_PUT_BY: WeakKeyDictionary[AppSignals, dict[Key, tuple[Library, Written]]] = WeakKeyDictionary()
"""What was written and left without keeping it, for each window, until the program ends."""


def put_by(desk: Desk, key: Key, written: Written) -> None:
    """Keep this in mind for when the form is opened again."""
    _PUT_BY.setdefault(desk.signals, {})[key] = (desk.library, written)


def was_put_by(desk: Desk, key: Key) -> Written | None:
    """What was left of this question in the library that is open."""
    library, written = _PUT_BY.get(desk.signals, {}).get(key, (None, None))
    return written if library is desk.opened else None


def forget_put_by(desk: Desk, key: Key) -> None:
    """It is kept now, or thrown away."""
    _PUT_BY.get(desk.signals, {}).pop(key, None)
