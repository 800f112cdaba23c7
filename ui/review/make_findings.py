"""The second step of a pack: everything that could name somebody, in its place, each answered by a person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from cqcmock.domain.english import count
from ui.review.make_laying import laid_out_once
from ui.review.make_quote import Quote
from ui.sizes import spaced
from ui.story.fields import LineField
from ui.widgets.buttons import secondary_button
from ui.widgets.card import Card
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import TextLabel, heading, small_label, wrapped_label
from ui.widgets.pill import SHAPES, Tone, pill, restyle

if TYPE_CHECKING:
    from cqcmock.services.packing import Decision, Draft, Finding

AT_ONCE = 12
CUT_AT = 40
"""Characters: where there are so many words around a finding, there are more of them."""
NOTHING = (
    "Nothing was found that could name somebody. The program knows what names, addresses and numbers look like, "
    "and not who lives where: if you are not sure, read the answers once more before you send them."
)
NO_REASON = "Say why, in a few words: it is kept with the pack, and not sent."
CARRIED = (
    "What you decided for {before} is shown here too. Does it hold for {now}? Look at each that is kept, and change it "
    "where it does not."
)
ELSEWHERE = "The local story"
TO_DECIDE, TAKEN, KEPT, WHY = "To decide", "Taken out", "Kept", "Say why"
_TONES = {TO_DECIDE: Tone.QUIET, TAKEN: Tone.IN_HAND, KEPT: Tone.WRAP_UP, WHY: Tone.OVER}

Key = tuple[str, str, str, str, str]
"""By which a finding is known again when the same answers are looked through once more."""

Answer = tuple[bool, str] | None
"""Whether it is kept, and the reason; None while nobody has decided."""


class FindingCard(Card):
    """One finding. `changed` when it is answered; `answered` when its reason was ended with Return."""

    changed = Signal()
    answered = Signal()

    def __init__(self, finding: Finding, kind: str, longest: int) -> None:
        super().__init__()
        self.finding = finding
        self.instead = f"[{kind}]"
        self._keep: bool | None = None
        self.setAccessibleName(f"{finding.where}: “{finding.text}”, {kind}")
        self.body.addWidget(small_label(f"{finding.where} · {kind}"))
        self.quote = Quote(*quoted(finding))
        self.body.addWidget(self.quote)
        deeds = QWidget()
        row = spaced(FlowLayout(deeds), gap=0.5)
        self.take_out = self._button("Take it out", keep=False)
        self.keep = self._button("Keep it", keep=True)
        self.state = pill(TO_DECIDE)
        for part in (self.take_out, self.keep, self.state):
            row.addWidget(part)
        self.body.addWidget(deeds)
        self.about = small_label(f"The reviewer sees {self.instead} instead.")
        self.body.addWidget(self.about)
        self.reason = LineField(f"Why does “{finding.text}” stay in?", NO_REASON)
        self.reason.label.setText("Why does it stay in?")
        self.reason.line.setMaxLength(longest)
        self.reason.changed.connect(self._say)
        self.reason.changed.connect(self.changed)
        self.body.addWidget(self.reason)
        self._say()

    @property
    def answer(self) -> Answer:
        """What somebody decided."""
        return None if self._keep is None else (self._keep, self.reason.text.strip() if self._keep else "")

    @property
    def is_open(self) -> bool:
        """Whether there is anything left to say to it."""
        return is_open(self.answer)

    @property
    def next_stop(self) -> QWidget:
        """Where it is answered."""
        return self.reason.control if self._keep else self.take_out

    def show_answer(self, answer: Answer) -> None:
        """Show what was decided; nobody is told."""
        self._keep = None if answer is None else answer[0]
        if answer is not None and answer[0]:
            self.reason.show_text(answer[1])
        self._say()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        """Return ends the reason."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.reason.line.hasFocus() and not self.is_open:
            self.answered.emit()
        else:
            super().keyPressEvent(event)

    def _button(self, words: str, *, keep: bool) -> QPushButton:
        button = secondary_button(words)
        button.setCheckable(True)
        button.setAccessibleName(f"{words}: {self.finding.text}")
        button.clicked.connect(lambda _checked=False: self._decide(keep))
        return button

    def _decide(self, keep: bool) -> None:
        self._keep = keep
        self._say()
        if keep:
            self.reason.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _say(self) -> None:
        keep = self._keep
        self.take_out.setChecked(keep is False)
        self.keep.setChecked(keep is True)
        self.reason.setVisible(keep is True)
        self.about.setVisible(keep is False)
        word = TO_DECIDE if keep is None else TAKEN if not keep else WHY if self.is_open else KEPT
        if word != self.state.accessibleName():
            self.state.setText(f"{SHAPES[_TONES[word]]}\u2002{word}")
            self.state.setAccessibleName(word)
            self.state.setProperty("light", _TONES[word].value)
            restyle(self.state)
            self.state.updateGeometry()


class FindingsStep(QWidget):
    """`changed` when another one is answered; `all_out` when all of them were taken out, with what was there before.

    `laid_out` says that there are other cards than before.
    """

    changed = Signal()
    laid_out = Signal()
    go_on = Signal()
    all_out = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._findings: tuple[Finding, ...] = ()
        self._answers: dict[Key, Answer] = {}
        self._who: Mapping[str, str] = {}
        self._chunks: list[QWidget] = []
        self._headings: list[TextLabel] = []
        self.cards: list[FindingCard] = []
        self.title = heading("What could name somebody")
        self.lead: TextLabel = wrapped_label()
        self.carried: TextLabel = wrapped_label()
        self.carried.hide()
        self.take_all = secondary_button("Take all of them out", self._take_all)
        self.more = secondary_button("Show more", self._show_more)
        self.left_out = small_label()
        self._holder = QWidget()
        self._list = spaced(QVBoxLayout(self._holder), gap=0.7)
        buttons = QWidget()
        spaced(FlowLayout(buttons), gap=0.4).addWidget(self.take_all)
        below = QWidget()
        spaced(FlowLayout(below), gap=0.4).addWidget(self.more)
        column = spaced(QVBoxLayout(self), gap=0.9)
        for part in (self.title, self.lead, self.carried, buttons, self._holder, below, self.left_out):
            column.addWidget(part)

    def show_draft(self, draft: Draft, who: Mapping[str, str], before: str = "") -> None:
        """Show everything that was found; what was decided about the same words before still holds.

        `who` says which rehearsal is behind each code, `before` for which other reviewer it was decided.
        """
        self._who = who
        self._findings = draft.findings
        self._answers = {key_of(one): self._answers.get(key_of(one)) for one in draft.findings}
        for chunk in self._chunks:
            self._list.removeWidget(chunk)
            chunk.hide()
            chunk.deleteLater()
        self.cards, self._headings, self._chunks = [], [], []
        found = count(len(draft.findings), "place")
        one = len(draft.findings) == 1
        self.lead.setText(
            f"In {found} of what would be sent somebody could be recognised. Decide about {'it' if one else 'each'}: "
            "until then nothing is written, and your own answers stay as they are."
            if draft.findings
            else NOTHING
        )
        carried = any(not is_open(answer) for answer in self._answers.values())
        self.carried.setText(CARRIED.format(before=before, now=draft.pack.reviewer))
        self.carried.setVisible(carried and bool(before))
        self.take_all.setVisible(len(draft.findings) > 1)
        self.left_out.setText("\n".join(draft.left_out))
        self.left_out.setVisible(bool(draft.left_out))
        self._show_more()

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """What Tab comes to, in the order of reading."""
        return (self.take_all, self._holder, self.more)  # cards are made in their order

    @property
    def undecided(self) -> int:
        """How many still need an answer, or a reason."""
        return sum(is_open(answer) for answer in self._answers.values())

    @property
    def found(self) -> int:
        """How many there are."""
        return len(self._findings)

    def decisions(self) -> Mapping[str, Decision]:
        """What was decided, for every finding that has an answer."""
        from cqcmock.services.packing import Decision

        answers = {one.id: self._answers.get(key_of(one)) for one in self._findings}
        return {one: Decision(keep=said[0], reason=said[1]) for one, said in answers.items() if said is not None}

    def tally(self) -> tuple[int, int]:
        """How many are taken out, and how many are kept."""
        kept = sum(said is not None and said[0] for said in self._answers.values())
        return len(self._answers) - kept - sum(said is None for said in self._answers.values()), kept

    def to_first(self) -> FindingCard | None:
        """Take the keyboard to the first that is not answered; returns its card."""
        while self.undecided and not any(card.is_open for card in self.cards) and len(self.cards) < self.found:
            self._show_more()
        card = next((card for card in self.cards if card.is_open), None)
        if card is not None:
            card.next_stop.setFocus(Qt.FocusReason.TabFocusReason)
        return card

    def put_back(self, answers: Mapping[Key, Answer]) -> None:
        """Let these answers stand again."""
        self._answers |= {key: answer for key, answer in answers.items() if key in self._answers}
        with laid_out_once(self._holder):
            for card in self.cards:
                card.show_answer(self._answers[key_of(card.finding)])
        self.changed.emit()

    def forget(self) -> None:
        """Nobody has decided anything."""
        self._answers = {}

    def _take_all(self) -> None:
        before = dict(self._answers)
        self.put_back(dict.fromkeys(before, (False, "")))
        self.all_out.emit(before)

    def _show_more(self) -> None:
        from cqcmock.services.packing import LONGEST_REASON, kind_words

        first = len(self.cards)
        with laid_out_once(self._holder):
            chunk = QWidget()
            self._chunks.append(chunk)
            self._column = spaced(QVBoxLayout(chunk), gap=0.7)
            for finding in self._findings[first : first + AT_ONCE]:
                card = FindingCard(finding, kind_words(finding.kind), LONGEST_REASON)
                card.show_answer(self._answers[key_of(finding)])
                card.changed.connect(lambda card=card: self._answered(card))
                card.answered.connect(self.go_on)
                self._head(finding)
                self.cards.append(card)
                self._column.addWidget(card)
            self._list.addWidget(chunk)
        rest = self.found - len(self.cards)
        self.more.setText(f"Show {min(rest, AT_ONCE)} more of {rest:,}")
        self.more.setAccessibleName(self.more.text())
        self.more.setVisible(rest > 0)
        if first and self.isVisible():
            self.cards[first].take_out.setFocus(Qt.FocusReason.OtherFocusReason)
        self.laid_out.emit()

    def _head(self, finding: Finding) -> None:
        """Above the first that was found in a rehearsal: whose it is, since the codes are new to everybody."""
        before = self.cards[-1].finding.candidate if self.cards else ""
        if finding.candidate == before:
            return
        who = (
            f"Candidate {finding.candidate}: {self._who.get(finding.candidate, '')}" if finding.candidate else ELSEWHERE
        )
        self._headings.append(heading(who, 3))
        self._column.addWidget(self._headings[-1])

    def _answered(self, card: FindingCard) -> None:
        self._answers[key_of(card.finding)] = card.answer
        self.changed.emit()


def is_open(answer: Answer) -> bool:
    """Whether a decision is missing, or its reason."""
    return answer is None or (answer[0] and not answer[1])


def quoted(finding: Finding) -> tuple[str, str, str]:
    """The words before it, it, and the words after it, from whole word to whole word."""
    before, after = finding.before, finding.after
    if len(before) >= CUT_AT and " " in before:
        before = f"… {before.split(' ', 1)[1]}"
    if len(after) >= CUT_AT and " " in after:
        after = f"{after.rsplit(' ', 1)[0]} …"
    return before, finding.text, after


def key_of(finding: Finding) -> Key:
    """The same words in the same place."""
    return (finding.where, str(finding.kind), finding.text, finding.before, finding.after)
