"""What peers made of a rehearsal, beside the person's own marks; nothing of it until those are in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING
from unicodedata import bidirectional

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from cqcmock.domain import english
from cqcmock.domain.agreement import agreement_in_words
from cqcmock.domain.rubric import LEVELS
from ui.sizes import body_em, spaced
from ui.widgets.card import Card
from ui.widgets.flow import FlowLayout, SideBySide
from ui.widgets.labels import heading, small_label, wrapped_label
from ui.widgets.pill import Tone, pill

if TYPE_CHECKING:
    from cqcmock.domain.agreement import Coefficient
    from cqcmock.domain.peer_review import LensAgreement, Parted, Peer, PeerReview, PeerSheet

TITLE = "What your peers made of it"
TOP = LEVELS[-1]
LONGEST_NAME, LONGEST_QUESTION, LONGEST_QUOTATION = 80, 200, 400
MOST_NAMED = 3
NARROWEST_EMS = 15.0
WAITING = "It is shown once your own marks are handed in, so that your first view stays your own."
KEY = (
    f"Marks go from 0 to {TOP}. ◇ your own mean, ● the mean of your peers, the bar from their lowest mark to their "
    "highest. Means are over the answers that peers have marked."
)

_SCALE_EMS, _SCALE_HIGH_EMS, _END_EMS = 12.0, 2.3, 0.8
_BAR_EMS, _DOT_EMS, _DIAMOND_EMS, _TICK_EMS = 0.5, 0.36, 0.5, 0.22


class PeersCard(Card):
    """Hidden until `show_review` is given something; put it where it belongs first."""

    def __init__(self) -> None:
        super().__init__(TITLE)
        self._inside = QWidget()
        self.body.addWidget(self._inside)
        self.hide()

    def show_review(self, review: PeerReview | None) -> None:
        """Show this, or nothing where the rehearsal was sent to nobody."""
        inside = QWidget()
        column = spaced(QVBoxLayout(inside), gap=0.5)
        for part in _parts(review) if review is not None else ():
            column.addWidget(part)
        self.body.replaceWidget(self._inside, inside)
        self._inside.hide()
        self._inside.deleteLater()
        self._inside = inside
        inside.show()
        self.setVisible(review is not None)

    @property
    def texts(self) -> tuple[str, ...]:
        """Everything that the card says, in order, as it is heard."""
        labels = self._inside.findChildren(QLabel)
        return tuple(label.accessibleName() or label.text() for label in labels)


def _parts(review: PeerReview) -> Iterator[QWidget]:
    yield _counts(review)
    if review.hidden:
        yield wrapped_label(hidden(review))
        return
    for sentence in returned(review):
        yield wrapped_label(sentence)
    if not review.received:
        return
    yield from _lenses(review.lenses)
    yield _section("How far your peers agree")
    for sentence in agreement(review):
        yield wrapped_label(sentence)
    for sentence in parted(review.parted):
        yield wrapped_label(sentence)
    for peer in review.peers:
        if any(wrote(one) for one in peer.sheets) or _whole(peer):
            yield from _comments(peer)


def _counts(review: PeerReview) -> QWidget:
    row = QWidget()
    flow = spaced(FlowLayout(row), gap=0.4)
    flow.addWidget(pill(f"{review.expected:,} expected"))
    flow.addWidget(pill(f"{review.received:,} received", Tone.IN_HAND if review.received else Tone.QUIET))
    flow.addWidget(pill(f"{review.missing:,} missing", Tone.WRAP_UP if review.missing else Tone.QUIET))
    return row


def _section(title: str) -> QWidget:
    """A heading with room above it."""
    part = QWidget()
    spaced(QVBoxLayout(part), gap=0, margins=(0.0, 0.8, 0.0, 0.0)).addWidget(heading(title, 3))
    return part


# --- sentences


def hidden(review: PeerReview) -> str:
    """Why nothing is shown yet."""
    if not review.received:
        return f"Your answers are with {_names(review)}. Nothing has come back yet. {WAITING}"
    came = english.count(sum(bool(peer.sheets) for peer in review.peers), "peer")
    return f"What {came} made of your answers is here. {WAITING}"


def returned(review: PeerReview) -> list[str]:
    """Who sent back how much, where that is not plain from the counts."""
    if not review.received:
        return [f"Your answers are with {_names(review)}. Nothing has come back yet."]
    if len(review.peers) == 1 and not review.missing:
        return [f"From {_name(review.peers[0].name)}."]
    sentences = []
    for peer in review.peers:
        words = f"{_name(peer.name)}: {len(peer.sheets):,} of {peer.expected:,} received."
        why = " ".join(peer.why_incomplete.split())
        sentences.append(f"{words} Why not all: “{why}”" if peer.missing and why else words)
    return sentences


def figures(one: LensAgreement) -> str:
    """Own marks and peers' marks through one lens, in figures."""
    own = f"You: {english.mean(one.own)}" if one.own is not None else "You: not marked"
    if one.peers is None:
        return f"{own}. Peers: not marked"
    low, high = one.peers.lowest, one.peers.highest
    span = f"all of them {low}" if low == high else f"from {low} to {high}"
    return f"{own}. Peers: {english.mean(one.peers.mean)} ({span})"


def agreement(review: PeerReview) -> list[str]:
    """How far peers agree with each other, and whether there is anything on which they part."""
    if sum(bool(peer.sheets) for peer in review.peers) < 2:
        return ["One peer has marked so far, so there is nobody to agree or disagree with."]
    sentences = []
    if review.alpha is not None:
        sentences.append(_agree(review.alpha))
    if review.kappa is not None and review.kappa.value is not None:
        sentences.append(
            f"Between the two of them, weighted kappa is {_figure(review.kappa.value)}, read the same way."
        )
    if review.parted:
        return [*sentences, "Where they are two levels apart or more, it is worth asking why:"]
    return [*sentences, "Nowhere are they two levels apart or more."]


def _agree(figure: Coefficient) -> str:
    if figure.value is None:
        return figure.why_not
    span = ""
    if figure.low is not None and figure.high is not None:
        span = f", 95 % interval {_figure(figure.low)} to {_figure(figure.high)}"
    marks = english.count(figure.units, "mark")
    return (
        f"{agreement_in_words(figure)}: Krippendorff’s alpha is {_figure(figure.value)}{span}, from {marks} that can "
        "be compared. 1 is full agreement, 0 is what chance would give."
    )


def _figure(value: float) -> str:
    return f"{value:.2f}".replace("-", "−")


def parted(several: Sequence[Parted]) -> list[str]:
    """Where peers part, and who gave what: lenses of one answer through which they gave the same stand together."""
    lenses: dict[tuple[int, tuple[tuple[str, int], ...]], list[str]] = {}
    for one in several:
        lenses.setdefault((one.question, tuple(one.levels.items())), []).append(
            english.shortened(one.name, LONGEST_NAME)
        )
    return [
        f"Question {question + 1}, {'; '.join(names)}: "
        f"{english.listed([f'{_name(who)} {level}' for who, level in levels])}"
        for (question, levels), names in lenses.items()
    ]


def wrote(one: PeerSheet) -> bool:
    """Whether a peer said anything about an answer beyond levels."""
    marks = one.sheet.marks
    return bool(marks.comment.strip() or marks.pins or marks.tags)


def _name(name: str) -> str:
    """A name inside a sentence; one that is written from the right turns nothing round beside it."""
    shown = english.shortened(name, LONGEST_NAME)
    from_the_right = any(bidirectional(letter) in ("R", "AL") for letter in shown)
    return f"\u2068{shown}\u2069" if from_the_right else shown


def _names(review: PeerReview) -> str:
    if len(review.peers) > MOST_NAMED:
        return english.count(len(review.peers), "peer")
    return english.listed([_name(peer.name) for peer in review.peers])


# --- lens by lens


def _lenses(lenses: Sequence[LensAgreement]) -> Iterator[QWidget]:
    given = [one for one in lenses if one.peers is not None]
    if not given:
        return
    yield _section("Your marks beside theirs")
    for one in given:
        yield _lens(one)
    yield small_label(KEY)


def _lens(one: LensAgreement) -> QWidget:
    said = QWidget()
    column = spaced(QVBoxLayout(said), gap=0.1)
    column.addWidget(heading(one.name, 3))
    column.addWidget(wrapped_label(figures(one)))
    column.addWidget(wrapped_label(one.gap or "You gave no mark to compare with.", quiet=True))
    return SideBySide(said, _Scale(one), narrowest=NARROWEST_EMS, shares=(3, 2), gap=0.6)


class _Scale(QWidget):
    """The same figures as a picture, for the eye alone: the words beside it say all of it."""

    def __init__(self, one: LensAgreement) -> None:
        super().__init__()
        self._one = one
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's own name
        return QSize(body_em(_SCALE_EMS), body_em(_SCALE_HIGH_EMS))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's own name
        return QSize(body_em(_SCALE_EMS / 2), body_em(_SCALE_HIGH_EMS))

    def _at(self, level: float) -> float:
        end = body_em(_END_EMS)
        width = min(self.width(), body_em(1.6 * _SCALE_EMS)) - 2 * end
        return end + width * level / TOP

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's own name
        """The axis with its levels, the peers' range and mean on it, and the person's own mean."""
        colours = self.palette()
        role = QPalette.ColorRole
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = max(1.0, body_em(1.0) / 14)
        middle = body_em(_DIAMOND_EMS) + line
        tick = body_em(_TICK_EMS)
        painter.setPen(QPen(colours.color(role.PlaceholderText), line))
        painter.drawLine(QPointF(self._at(0), middle), QPointF(self._at(TOP), middle))
        for level in LEVELS:
            at = self._at(level)
            painter.drawLine(QPointF(at, middle - tick), QPointF(at, middle + tick))
            room = QRectF(at - body_em(1), middle + body_em(_DIAMOND_EMS), body_em(2), body_em(1.2))
            painter.drawText(room, int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop), str(level))
        if self._one.peers is not None:
            peers, thick = self._one.peers, body_em(_BAR_EMS)
            accent = colours.color(role.Accent)
            bar = accent.toRgb()
            bar.setAlphaF(0.3)
            left, right = self._at(peers.lowest), self._at(peers.highest)
            painter.setPen(QPen(accent, line))
            painter.setBrush(bar)
            painter.drawRoundedRect(QRectF(left, middle - thick / 2, right - left, thick), thick / 2, thick / 2)
            painter.setBrush(accent)
            painter.drawEllipse(QPointF(self._at(peers.mean), middle), body_em(_DOT_EMS), body_em(_DOT_EMS))
        if self._one.own is not None:
            own, half = self._at(self._one.own), body_em(_DIAMOND_EMS)
            painter.setPen(QPen(colours.color(role.Text), 2 * line))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolygon(
                QPolygonF(
                    [
                        QPointF(own, middle - half),
                        QPointF(own + half, middle),
                        QPointF(own, middle + half),
                        QPointF(own - half, middle),
                    ]
                )
            )


# --- what each of them wrote


def _comments(peer: Peer) -> Iterator[QWidget]:
    yield _section(f"What {_name(peer.name)} says")
    if _whole(peer) and peer.whole is not None:
        overall = "" if peer.whole.overall is None else f" {peer.whole.overall} of {TOP}."
        yield wrapped_label(f"On all of it:{overall} {peer.whole.comment.strip()}".rstrip())
    for one in peer.sheets:
        if wrote(one):
            yield _on_answer(one)


def _on_answer(one: PeerSheet) -> QWidget:
    marks = one.sheet.marks
    part = QWidget()
    column = spaced(QVBoxLayout(part), gap=0.25, margins=(0.0, 0.2, 0.0, 0.2))
    asked = english.shortened(one.answer.question, LONGEST_QUESTION)
    column.addWidget(wrapped_label(f"Question {one.question + 1}: {asked}", quiet=True))
    if marks.comment.strip():
        column.addWidget(wrapped_label(marks.comment.strip()))
    for pin in marks.pins:
        column.addWidget(_Pinned(english.shortened(one.quoted(pin), LONGEST_QUOTATION), pin.comment.strip()))
    if marks.tags:
        column.addWidget(small_label(f"Tagged: {'; '.join(marks.tags)}"))
    if one.earlier:
        times = english.count(len(one.earlier) + 1, "time")
        column.addWidget(small_label(f"Submitted {times}; the last one counts."))
    return part


class _Pinned(QWidget):
    """Words of the answer, and below them what a peer says about them; a bar at the side keeps them together."""

    def __init__(self, quoted: str, comment: str) -> None:
        super().__init__()
        column = spaced(QVBoxLayout(self), gap=0.1, margins=(1.0, 0.1, 0.0, 0.1))
        column.addWidget(wrapped_label(f"“{quoted}”", quiet=True))
        column.addWidget(wrapped_label(comment or "No comment."))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's own name
        """The bar."""
        painter = QPainter(self)
        painter.fillRect(QRectF(0, 0, body_em(0.2), self.height()), self.palette().color(QPalette.ColorRole.Accent))


def _whole(peer: Peer) -> bool:
    return peer.whole is not None and (peer.whole.overall is not None or bool(peer.whole.comment.strip()))
