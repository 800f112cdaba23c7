"""Marking a pack in the real window, on the reviewer's own laptop: a real pack, real files."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from cqcmock.domain.review import Pack, PeerMarks, SheetState
from cqcmock.services import reviewing
from cqcmock.services.workspace import Workspace
from cqcmock.storage.errors import StorageFullError
from tests.faults import Tell
from tests.ui.conftest import StandIn
from tests.ui.review.conftest import Sent, Wait
from tests.ui.review.mark_hands import (
    LENSES,
    Open,
    go_to_answer,
    go_to_kind,
    levels,
    on_disk,
    opened,
    press,
    ready,
    sheets,
    shown,
    submit,
    with_pack,
    workspace,
)
from ui.app_signals import Change, Subject
from ui.commands import CommandId
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.rehearse.journal import NOT_SAVED
from ui.rehearse.limited_text import NOT_ALL_SAVED
from ui.review.mark_pack_screen import TITLES, Deed, MarkPackScreen
from ui.review.mark_state import StepKind
from ui.review.mark_steps import HERE, THERE


@pytest.fixture
def open_pack(reviewer_desk: Desk, window: MainWindow, sent: Sent, qtbot: QtBot) -> Open:
    return lambda which=sent: opened(reviewer_desk, window, which, qtbot)


def test_marks_are_on_disk_before_the_screen_says_so_and_are_there_the_next_time(
    open_pack: Open, window: MainWindow, qtbot: QtBot
) -> None:
    screen = open_pack()
    first = screen.marking.step.id
    levels(qtbot, 2, 0)
    assert screen.saved.text() == "Saving…"
    press(qtbot, Qt.Key.Key_C)
    qtbot.keyClicks(QApplication.focusWidget(), "012 npmw: a slow start")
    qtbot.waitUntil(lambda: screen.saved.text() == "Saved")
    with workspace(screen) as there:
        kept = there.sheets()[first]
    assert kept.marks == PeerMarks(levels={"answered": 2, "evidence": 0}, comment="012 npmw: a slow start")
    assert kept.state is SheetState.DRAFT
    again = shown(screen._desk, window, screen.pack_id, qtbot)
    assert again.marking.step.id == first
    assert again.page.card.comment.edit.toPlainText() == "012 npmw: a slow start"
    assert again.page.card.lenses.current == 2


def test_what_is_shown_of_an_answer_is_all_that_a_marker_needs(open_pack: Open) -> None:
    screen = open_pack()
    go_to_answer(screen, 1)
    answer, part = screen.marking.answer, screen.page.answer
    assert part.who.text() == "Candidate A  ·  Lead member  ·  Hertfordshire  ·  Question 1"
    assert part.title.text() == answer.question == "Tell me about Hertfordshire."
    assert all(f"It {does}" in part.strong_words.text() for does in answer.strong)
    said = part.words.toPlainText()
    assert said.startswith(answer.answer)
    assert all(f"Then they were asked: {probe.text}\n{probe.answer}" in said for probe in answer.probes)
    assert part.time.text() == "They took 2 min 10 s; the aim was 2 min."
    assert part.light.accessibleName() == "Past the aim"
    part.strong_link.click()
    assert not part.strong.isVisible()
    go_to_answer(screen, 2)
    assert not part.strong.isVisible()
    row = screen.page.card.lenses.rows[0]
    assert [row.choices.button(level).accessibleName() for level in range(4)] == [
        f"Answered the question: {level}, {anchor}" for level, anchor in enumerate(row.lens.anchors)
    ]


def test_a_sheet_with_lenses_missing_is_not_submitted_and_they_are_named(open_pack: Open, qtbot: QtBot) -> None:
    screen = open_pack()
    levels(qtbot, 1, 1, 1)
    screen.page.card.lenses.open(0)
    screen.forward.click()
    assert screen.problem.isVisible()
    assert "3 lenses have no level yet: Equity and voice; Honest about gaps" in screen.problem.text()
    assert screen.page.card.lenses.current == 3
    assert sheets(qtbot, screen)[screen.marking.step.id].state is SheetState.DRAFT
    levels(qtbot, 1)
    assert not screen.problem.isVisible()


def test_a_submitted_sheet_can_be_changed_and_is_a_draft_until_it_is_submitted_again(
    open_pack: Open, window: MainWindow, qtbot: QtBot
) -> None:
    screen = open_pack()
    changes: list[Change] = []
    screen._desk.signals.changed.connect(changes.append)
    first = screen.marking.step.id
    levels(qtbot, 1, 1, 1, 1, 1, 1, 1)
    submit(qtbot, screen, window)
    assert [(change.subjects, change.ids) for change in changes] == [
        (frozenset({Subject.PACKS}), frozenset({screen.pack_id}))
    ]
    assert screen.marking.step.id != first
    assert sheets(qtbot, screen)[first].state is SheetState.SUBMITTED
    screen.turn(-1)
    assert screen.page.card.state.accessibleName() == "Submitted"
    assert "You may still change it" in screen.page.card.note.text()
    assert screen.deed is Deed.NEXT
    ready(qtbot, screen)
    levels(qtbot, 3)
    assert screen.page.card.state.text() == "◐\u2002Draft"
    assert "draft again" in screen.page.card.note.text()
    assert sheets(qtbot, screen)[first].state is SheetState.DRAFT
    submit(qtbot, screen, window)
    kept = sheets(qtbot, screen)[first]
    assert (kept.state, kept.revision, kept.marks.levels["answered"]) == (SheetState.SUBMITTED, 2, 3)


def test_a_mark_given_just_before_submitting_is_submitted_and_nothing_makes_it_a_draft_afterwards(
    open_pack: Open, window: MainWindow, qtbot: QtBot, settle: Wait
) -> None:
    screen = open_pack()
    first = screen.marking.step.id
    levels(qtbot, 2, 2, 2)
    screen.autosave.save_now()  # this one is on its way while the rest is given
    levels(qtbot, 2, 2, 2, 3)
    submit(qtbot, screen, window)
    settle()
    assert sheets(qtbot, screen)[first].state is SheetState.SUBMITTED
    assert sheets(qtbot, screen)[first].marks == PeerMarks(levels=dict.fromkeys(LENSES, 2), overall=3)


def test_after_a_candidates_last_answer_comes_a_page_about_them_as_a_whole_and_then_the_return(
    open_pack: Open, window: MainWindow, qtbot: QtBot
) -> None:
    screen = open_pack()
    wanted: list[str] = []
    screen.return_wanted.connect(wanted.append)
    for _ in range(2):
        levels(qtbot, 2, 2, 2, 2, 2, 2, 2)
        submit(qtbot, screen, window)
    assert screen.marking.step.kind is StepKind.WHOLE
    assert screen.page.whole.title.text() == "Candidate A as a whole"
    assert screen.page.whole.last_words.text() == "Thank you."
    assert "● answers 1 and 2 submitted" in screen.page.whole.states.text()
    assert screen.page.all_in.isVisible()
    assert screen.forward.text() == TITLES[Deed.RETURN]
    assert not window.commands.is_possible(CommandId.SUBMIT_SHEET)
    press(qtbot, Qt.Key.Key_3, Qt.Key.Key_C)
    qtbot.keyClicks(QApplication.focusWidget(), "Honest throughout.")
    screen.forward.click()
    assert wanted == [screen.pack_id]
    with workspace(screen) as there:
        whole = there.wholes()["A"]
    assert (whole.overall, whole.comment) == (3, "Honest throughout.")


def test_what_is_thought_of_a_candidate_can_be_taken_back(open_pack: Open, qtbot: QtBot) -> None:
    screen = open_pack()
    go_to_kind(screen, StepKind.WHOLE)
    ready(qtbot, screen)
    levels(qtbot, 2)
    qtbot.waitUntil(lambda: screen.autosave.is_saved)
    press(qtbot, Qt.Key.Key_Backspace)
    assert screen.marking.state(screen.marking.at) is SheetState.UNTOUCHED
    qtbot.waitUntil(lambda: screen.autosave.is_saved)
    with workspace(screen) as there:
        assert there.wholes()["A"].overall is None


def test_a_full_disk_is_told_at_once_keeps_the_screen_and_loses_nothing(
    open_pack: Open, qtbot: QtBot, messages: StandIn, monkeypatch: pytest.MonkeyPatch, fault: Tell
) -> None:
    screen = open_pack()
    real = Workspace.save

    def full(*_: object) -> None:
        raise StorageFullError("The disk is full.", "Free some space.")

    monkeypatch.setattr(Workspace, "save", full)
    levels(qtbot, 3)
    qtbot.waitUntil(lambda: any(message.key == NOT_SAVED for message in messages.current))
    assert screen.saved.text() == "Not saved"
    (told,) = [message.text for message in messages.current if message.key == NOT_SAVED]
    assert "The disk is full." in told
    assert not screen.may_close()
    left: list[str] = []
    screen.left_for_now.connect(left.append)
    screen.page.leave.click()
    assert left == []
    levels(qtbot, 1, 1, 1, 1, 1)
    screen.submit()
    assert "not submitted yet" in screen.problem.text()
    monkeypatch.setattr(Workspace, "save", real)
    next(message for message in messages.current if message.key == NOT_SAVED).action.do()
    assert on_disk(qtbot, screen).levels == {**dict.fromkeys(LENSES, 1), "answered": 3}
    assert screen.may_close()
    fault(
        "The disk is full while a pack is marked",
        area="Marking",
        tried=1,
        lost=0,
        person_sees="“Not saved” and why; everything is still on the screen, and saved once there is room",
    )


def test_submitting_that_fails_says_so_and_can_be_tried_again(
    open_pack: Open, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, fault: Tell
) -> None:
    screen = open_pack()
    levels(qtbot, 2, 2, 2, 2, 2, 2)
    real = Workspace.submit

    def full(*_: object) -> None:
        raise StorageFullError("The disk is full.", "Free some space.")

    monkeypatch.setattr(Workspace, "submit", full)
    screen.submit()
    assert not screen.may_close()
    qtbot.waitUntil(screen.problem.isVisible)
    told = screen.problem.text()
    assert "The disk is full." in told
    assert screen.forward.hasFocus()
    monkeypatch.setattr(Workspace, "submit", real)
    submit(qtbot, screen, window)
    assert screen.marking.counts()[SheetState.SUBMITTED] == 1
    fault(
        "The disk is full while a pack is marked",
        area="Marking",
        tried=1,
        lost=0,
        person_sees="Why; everything is still there, and it can be done again once there is room",
    )


def test_a_comment_that_is_too_long_is_told_beside_it_and_keeps_nothing_else_back(
    open_pack: Open, qtbot: QtBot
) -> None:
    screen = open_pack()
    screen.page.card.comment.edit.setPlainText("x" * 20_005)
    assert "5 characters too long" in screen.page.card.comment.problem.text()
    assert screen.saved.text() == NOT_ALL_SAVED
    levels(qtbot, 2)
    assert on_disk(qtbot, screen) == PeerMarks(levels={"answered": 2})
    assert screen.saved.text() == NOT_ALL_SAVED
    at = screen.marking.at
    screen.turn(1)
    assert screen.marking.at == at
    assert not screen.may_close()
    assert screen.saved.text() == NOT_ALL_SAVED
    screen.page.card.comment.edit.setPlainText("x" * 20_000)
    assert on_disk(qtbot, screen).comment == "x" * 20_000
    assert screen.saved.text() == "Saved"
    assert screen.may_close()


def test_leaving_writes_everything_first_and_closes_the_file(
    open_pack: Open, window: MainWindow, qtbot: QtBot, settle: Wait
) -> None:
    screen = open_pack()
    first = screen.marking.step.id
    pack_id, place = screen.pack_id, screen._desk.place
    levels(qtbot, 3)
    screen.page.card.comment.edit.setPlainText("Typed just now")
    at_work = screen._at_work
    assert window.go("home")
    settle()
    assert at_work._workspace is None
    with reviewing.workspace(place, pack_id) as there:
        assert there.sheets()[first].marks == PeerMarks(levels={"answered": 3}, comment="Typed just now")


def test_a_pack_goes_on_being_marked_after_the_window_asked_whether_it_may_close(
    open_pack: Open, qtbot: QtBot, settle: Wait
) -> None:
    screen = open_pack()
    assert screen.may_close()
    settle()
    assert screen._at_work._workspace is None
    levels(qtbot, 1)
    assert on_disk(qtbot, screen).levels == {"answered": 1}


def test_a_pack_that_is_not_here_is_told_and_can_be_tried_again(
    reviewer_desk: Desk, window: MainWindow, sent: Sent, qtbot: QtBot
) -> None:
    screen = MarkPackScreen(reviewer_desk, window.commands, sent.id)
    window.open(screen)
    qtbot.waitUntil(screen.page.trouble.isVisible)
    assert "has not been opened here" in screen.page.trouble.words.text()
    assert not window.commands.is_possible(CommandId.SUBMIT_SHEET)
    reviewing.open_pack(reviewer_desk.place, sent.path, reviewer_desk.clock).close()
    with qtbot.waitSignal(screen.filled):
        screen.page.trouble.again.click()
    assert not screen.page.trouble.isVisible()
    assert screen.page.card.isVisible()


def overflowing(pack: Pack) -> Pack:
    """The same pack with words of all kinds that are too long for any line."""
    endless, long = "e" * 500, "what has changed " * 40
    (candidate,) = pack.candidates
    candidate = replace(candidate, code="C" * 80, role_name=long, place=endless, name="שלום 😀", last_words=endless)
    answers = tuple(
        replace(
            answer,
            candidate=candidate.code,
            question=long + endless,
            answer="y" * 3000,
            strong=(endless,),
            avoid=(long,),
        )
        for answer in pack.answers
    )
    return replace(pack, candidates=(candidate,), answers=answers, tags=(long, endless), note=endless, made_by=endless)


@pytest.mark.parametrize("percent", [100, 200])
def test_nothing_is_wider_than_the_page_at_any_size_of_type(
    open_pack: Open, sent: Sent, qtbot: QtBot, percent: int
) -> None:
    screen = open_pack(with_pack(sent, overflowing))
    screen._desk.theme.set_percent(percent)
    screen.page.card.more_tags.click()
    screen.page.answer.pins.add((0, 2000))
    screen.page.answer.pins.comment.edit.setPlainText("z" * 1000)
    qtbot.waitUntil(lambda: screen.page.both.below == (percent == 200))
    assert screen.page.horizontalScrollBar().maximum() == 0
    go_to_kind(screen, StepKind.WHOLE)
    qtbot.waitUntil(screen.page.whole.isVisible)
    assert screen.page.horizontalScrollBar().maximum() == 0


def test_tab_goes_through_the_marks_from_the_top_to_the_bottom(open_pack: Open) -> None:
    screen = open_pack()
    card = screen.page.card
    card.more_tags.click()
    first = card.lenses.rows[0].choices.button(0)
    chain = [first]
    while (following := chain[-1].nextInFocusChain()) is not first:
        chain.append(following)
    stops = [one for one in chain if one.focusPolicy() & Qt.FocusPolicy.TabFocus and card.isAncestorOf(one)]
    parts = (card.lenses, card.overall, card.comment, card.more_tags, card.tag_area)
    walked = [next(part for part in parts if part is one or part.isAncestorOf(one)) for one in stops]
    assert tuple(dict.fromkeys(walked)) == parts
    tops = [part.mapTo(card, part.rect().topLeft()).y() for part in parts]
    assert tops == sorted(tops)


def test_every_control_has_a_name_and_every_state_a_word(open_pack: Open) -> None:
    screen = open_pack()
    buttons = screen.findChildren(QPushButton)
    assert [
        button for button in buttons if not (button.accessibleName() or button.text()).strip() and button.isVisible()
    ] == []
    assert screen.page.steps.buttons[0].accessibleName() == "Answer 1 of 2, untouched"
    assert [button.accessibleDescription() for button in screen.page.steps.buttons[:2]] == [HERE, THERE]
    assert [label.text() for label in screen.page.steps.legend.values()] == [
        "○\u20022 untouched",
        "◐\u20020 draft",
        "●\u20020 submitted",
    ]
