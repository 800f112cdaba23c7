"""What peers made of a rehearsal, on a card: out of a real library, from real returns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout
from pytestqt.qtbot import QtBot

from cqcmock.domain.agreement import Coefficient
from cqcmock.domain.peer_review import PeerReview
from cqcmock.domain.review import PeerMarks, Pin
from cqcmock.domain.rubric import AnswerMarks, MarkSheet
from cqcmock.paths import Location
from cqcmock.services import merging, packing, peers, reviewer_keys, reviewing, sittings
from cqcmock.services.packing import Decision, Wanted
from tests.clocks import HandClock
from tests.played import played
from tests.services.review.hands import LENSES
from ui.main_window import MainWindow
from ui.rehearse import peers_card
from ui.rehearse.peers_card import PeersCard
from ui.screen import Screen
from ui.theme import Theme, ThemeChoice
from ui.widgets.scroll_page import ScrollPage

if TYPE_CHECKING:
    from cqcmock.services.library import Library

SAID = "Hertfordshire is about 1.2 million people. One carer told us that she waited nine days."
QUOTED = "1.2 million people"
WHY = "The train came in."
COMMENT = "A clear beginning. What came of it?"
SECRETS = (COMMENT, QUOTED, WHY, "Good: a number", "Krippendorff", "Evidence")

Peer = Callable[..., None]
Review = Callable[[], PeerReview]


@pytest.fixture
def sitting(library: Library, hand: HandClock) -> str:
    return played(library, hand, answers=(SAID, SAID, SAID))


@pytest.fixture
def send(library: Library, sitting: str, hand: HandClock, tmp_path: Path) -> Peer:
    """Sends the rehearsal to somebody, who gives these levels to the first answers, by lens, and returns it."""

    def to(name: str, *levels: tuple[int, ...], back: bool = True, comment: str = COMMENT) -> None:
        place = Location(tmp_path / name.replace(" ", "-"))
        pack, out = tmp_path / f"{name}.cqcpack", tmp_path / f"{name}.cqcreturn"
        ready = packing.draft(library, Wanted(sittings=(sitting,), reviewer=name), hand.clock)
        decisions = {finding.id: Decision() for finding in ready.findings}
        packing.seal(library, ready, decisions, pack, hand.clock, address=reviewer_keys.own_key(place).address)
        if not back:
            return
        with reviewing.open_pack(place, pack, hand.clock) as workspace:
            by_number = sorted(workspace.answers, key=lambda sheet: workspace.answers[sheet].number)
            for number, (sheet, given) in enumerate(zip(by_number, levels, strict=False)):
                hand.pass_seconds(60)
                start = workspace.answers[sheet].spoken.find(QUOTED)
                pin = Pin(start=start, end=start + len(QUOTED), comment="Good: a number")
                first = number == 0
                marks = PeerMarks(
                    levels=dict(zip(LENSES, given, strict=True)),
                    overall=2,
                    comment=comment if first else "",
                    pins=(pin,) if first else (),
                    tags=workspace.pack.tags[:1] if first else (),
                )
                workspace.submit(sheet, marks, hand.clock)
            workspace.save_whole("A", 2, "Calm throughout.", hand.clock)
            workspace.make_return(out, hand.clock, why_incomplete=WHY)
        merging.take_in(library, merging.look(library, [out], hand.clock))

    return to


@pytest.fixture
def review(library: Library, sitting: str) -> Review:
    def read() -> PeerReview:
        found = peers.peer_review(library, sittings.load(library, sitting))
        assert found is not None
        return found

    return read


@pytest.fixture
def hand_in(library: Library, sitting: str, hand: HandClock) -> Callable[[], None]:
    """Own marks: every answer gets these levels; one lens is left out."""
    own: Mapping[str, int] = {"answered": 3, "evidence": 2, "impact": 2, "equity": 1, "honesty": 3}

    def submit() -> None:
        sheet = MarkSheet(answers={at: AnswerMarks(levels=own) for at in range(3)}, overall=2)
        sittings.submit_marks(library, sitting, sheet, hand.clock)

    return submit


@pytest.fixture
def page(window: MainWindow) -> ScrollPage:
    screen = Screen()
    column = QVBoxLayout(screen)
    page = ScrollPage()
    column.addWidget(page)
    window.open(screen)
    return page


@pytest.fixture
def card(page: ScrollPage) -> PeersCard:
    made = PeersCard()
    page.column.addWidget(made)
    return made


def words(card: PeersCard) -> str:
    return "\n".join(card.texts)


def test_nothing_is_on_screen_where_the_rehearsal_was_sent_to_nobody(
    card: PeersCard, send: Peer, review: Review
) -> None:
    assert not card.isVisible()
    card.show_review(None)
    assert not card.isVisible()
    send("Ann Example", back=False)
    card.show_review(review())
    assert card.isVisible()
    card.show_review(None)
    assert not card.isVisible()
    assert card.texts == ()


def test_until_own_marks_are_in_only_the_count_is_shown_and_why(card: PeersCard, send: Peer, review: Review) -> None:
    send("Ann Example", (2, 1, 2, 3, 1, 2))
    card.show_review(review())
    said = words(card)
    assert "3 expected" in said
    assert "1 received" in said
    assert "2 missing" in said
    assert "once your own marks are handed in" in said
    everything = "\n".join(
        f"{label.text()} {label.toolTip()} {label.accessibleName()} {label.accessibleDescription()}"
        for label in card.findChildren(QLabel)
    )
    assert not [secret for secret in SECRETS if secret in everything]


def test_before_anything_came_back_it_says_with_whom_the_answers_are(
    card: PeersCard, send: Peer, review: Review, hand_in: Callable[[], None]
) -> None:
    send("Ann Example", back=False)
    card.show_review(review())
    assert "Your answers are with Ann Example. Nothing has come back yet." in words(card)
    assert "once your own marks are handed in" in words(card)
    hand_in()
    card.show_review(review())
    assert "Your answers are with Ann Example. Nothing has come back yet." in words(card)
    assert "handed in" not in words(card)
    assert "How far your peers agree" not in words(card)


def test_each_lens_has_own_and_peers_marks_and_the_gap_in_words(
    card: PeersCard, send: Peer, review: Review, hand_in: Callable[[], None]
) -> None:
    send("Ann Example", (2, 1, 2, 3, 1, 2), (3, 2, 1, 2, 1, 3))
    hand_in()
    card.show_review(review())
    texts = card.texts
    at = texts.index("Answered the question")
    assert texts[at + 1] == "You: 3.0. Peers: 2.5 (from 2 to 3)"
    assert texts[at + 2] == "You marked yourself a little higher than your peers did."
    at = texts.index("Honest about gaps, with a plan")
    assert texts[at + 1] == "You: 3.0. Peers: 1.0 (all of them 1)"
    assert texts[at + 2] == "You marked yourself much higher than your peers did."
    at = texts.index("Clear, plain and in time")
    assert texts[at + 1] == "You: not marked. Peers: 2.5 (from 2 to 3)"
    assert texts[at + 2] == "You gave no mark to compare with."
    assert "One peer has marked so far, so there is nobody to agree or disagree with." in texts
    assert "Ann Example: 2 of 3 received. Why not all: “The train came in.”" in texts


def test_where_peers_part_and_how_far_they_agree_is_said(
    card: PeersCard, send: Peer, review: Review, hand_in: Callable[[], None]
) -> None:
    send("Ann Example", (2, 1, 2, 3, 1, 2), (3, 2, 1, 2, 1, 3), (1, 1, 1, 1, 1, 1))
    send("Bob Example", (2, 3, 2, 3, 1, 2), (3, 2, 1, 2, 1, 3))
    hand_in()
    found = review()
    card.show_review(found)
    assert "Question 1, Evidence: Ann Example 1 and Bob Example 3" in card.texts
    assert found.alpha is not None
    assert found.alpha.value is not None
    figure = next(text for text in card.texts if "Krippendorff’s alpha" in text)
    assert f"is {found.alpha.value:.2f}, 95 % interval" in figure
    assert "from 12 marks that can be compared" in figure
    assert found.kappa is not None
    assert any(f"weighted kappa is {found.kappa.value:.2f}" in text for text in card.texts)
    assert "Ann Example: 3 of 3 received." in card.texts


def test_lenses_on_which_peers_part_in_the_same_way_stand_in_one_line(
    card: PeersCard, send: Peer, review: Review, hand_in: Callable[[], None]
) -> None:
    send("Ann Example", (1, 1, 2, 2, 1, 0))
    send("Bob Example", (3, 3, 2, 2, 3, 2))
    hand_in()
    card.show_review(review())
    assert [text for text in card.texts if text.startswith("Question 1, ")] == [
        "Question 1, Answered the question; Evidence; Honest about gaps, with a plan: Ann Example 1 and Bob Example 3",
        "Question 1, Clear, plain and in time: Ann Example 0 and Bob Example 2",
    ]


def test_where_a_figure_would_say_nothing_a_sentence_says_so(
    card: PeersCard, send: Peer, review: Review, hand_in: Callable[[], None]
) -> None:
    send("Ann Example", (2, 1, 2, 3, 1, 2))
    send("Bob Example", (2, 2, 2, 3, 1, 2))
    hand_in()
    card.show_review(review())
    assert "Only 6 marks can be compared. A figure would say nothing below 10." in card.texts
    assert "Nowhere are they two levels apart or more." in card.texts
    assert "alpha" not in words(card)


@pytest.mark.parametrize(
    ("value", "low", "said"),
    [
        (0.9, 0.7, "They agree closely"),
        (0.7, 0.5, "They agree fairly well"),
        (0.4, 0.1, "They agree in part"),
        (0.9, -0.2, "Whether they agree cannot be told from this yet"),
        (-0.3, -0.6, "They agree no more than chance would have it"),
    ],
)
def test_the_agreement_is_named_no_more_firmly_than_the_figure_bears(
    send: Peer, review: Review, value: float, low: float, said: str
) -> None:
    send("Ann Example", (2, 1, 2, 3, 1, 2))
    send("Bob Example", (2, 1, 2, 3, 1, 2))
    figure = Coefficient(value=value, low=low, high=0.95, units=24)
    first = peers_card.agreement(replace(review(), alpha=figure))[0]
    assert first.startswith(said)
    assert f"{value:.2f}".replace("-", "−") in first
    assert "-" not in first


def test_comments_stand_under_their_reviewer_with_the_words_they_are_about(
    card: PeersCard, send: Peer, review: Review, hand_in: Callable[[], None]
) -> None:
    send("Ann Example", (2, 1, 2, 3, 1, 2))
    send("Bob Example", (2, 1, 2, 3, 1, 2), comment="<b>Not bold</b> & plain")
    hand_in()
    found = review()
    card.show_review(found)
    texts = card.texts
    ann, bob = texts.index("What Ann Example says"), texts.index("What Bob Example says")
    of_ann, of_bob = texts[ann:bob], texts[bob:]
    assert "On all of it: 2 of 3. Calm throughout." in of_ann
    assert COMMENT in of_ann
    assert of_ann[of_ann.index(f"“{QUOTED}”") + 1] == "Good: a number"
    assert f"Tagged: {found.peers[0].sheets[0].sheet.marks.tags[0]}" in of_ann
    assert "<b>Not bold</b> & plain" in of_bob
    assert COMMENT not in of_bob
    plain = {label.textFormat() for label in card.findChildren(QLabel)}
    assert plain == {Qt.TextFormat.PlainText}


def test_marks_that_were_submitted_again_say_so(
    card: PeersCard, send: Peer, review: Review, hand_in: Callable[[], None]
) -> None:
    send("Ann Example", (2, 1, 2, 3, 1, 2))
    hand_in()
    found = review()
    peer = found.peers[0]
    sheet = peer.sheets[0]
    again = replace(found, peers=(replace(peer, sheets=(replace(sheet, earlier=(sheet.sheet,)),)),))
    card.show_review(found)
    assert "Submitted" not in words(card)
    card.show_review(again)
    assert "Submitted 2 times; the last one counts." in card.texts


def test_a_name_written_from_the_right_leaves_the_figures_beside_it_in_place(
    card: PeersCard, send: Peer, review: Review, hand_in: Callable[[], None]
) -> None:
    send("منى", (2, 1, 2, 3, 1, 2))
    hand_in()
    card.show_review(review())
    assert any(text.startswith("\u2068منى\u2069: 1 of 3 received.") for text in card.texts)


@pytest.mark.parametrize("choice", list(ThemeChoice)[1:])
def test_the_picture_beside_the_figures_shows_peers_and_own_marks_in_every_theme(
    card: PeersCard, send: Peer, review: Review, hand_in: Callable[[], None], theme: Theme, choice: ThemeChoice
) -> None:
    send("Ann Example", (2, 1, 2, 3, 1, 2))
    hand_in()
    theme.set_choice(choice)
    card.show_review(review())
    QApplication.processEvents()
    scales = card.findChildren(peers_card._Scale)
    assert len(scales) == 6

    def colours(scale: peers_card._Scale) -> set[str]:
        image = scale.grab().toImage()
        return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}

    accent, ink = QColor(theme.tokens.accent).name(), QColor(theme.tokens.ink).name()
    seen = [colours(scale) for scale in scales]
    assert all(accent in here for here in seen)
    assert all(ink in here for here in seen[:5])
    if theme.tokens.ink != theme.tokens.quiet_ink:
        assert ink not in seen[5]  # no own mark through the last lens


@pytest.mark.parametrize("percent", [100, 200])
def test_the_longest_words_fit_the_page(
    card: PeersCard,
    page: ScrollPage,
    window: MainWindow,
    send: Peer,
    review: Review,
    hand_in: Callable[[], None],
    theme: Theme,
    percent: int,
    qtbot: QtBot,
) -> None:
    send("Ann " + "مرحبا 😀 " * 3, (2, 1, 2, 3, 1, 2), comment=f"{'W' * 10_000} {'word ' * 500}")
    hand_in()
    window.resize(1280, 800)
    theme.set_percent(percent)
    card.show_review(review())
    qtbot.waitUntil(lambda: page.verticalScrollBar().maximum() > 0)
    assert page.horizontalScrollBar().maximum() == 0
    assert all(label.height() >= label.heightForWidth(label.width()) for label in card.findChildren(QLabel)
               if label.wordWrap() and label.isVisible())  # fmt: skip
