"""The words of a take, with everything that was noticed in them marked where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from PySide6.QtGui import QFont, QTextCharFormat, QTextCursor

from cqcmock.domain.hearing import POINT, Hearing, Span
from cqcmock.domain.interview import Take
from cqcmock.domain.remarks import Remark, groups
from ui.rehearse.spoken_text import SpokenText

KEY = "Bold: a point was recognised. Dashed: numbers, examples, people. Wavy: worth a second look."

Marks = dict[Span, list[tuple[Remark, bool]]]
"""For each stretch of what was said, the remarks that rest on it, and whether they are worth a second look."""


class SaidWords(SpokenText):
    """Hovering over marked words says why they are marked; `point_at` chooses the words of one remark."""

    def __init__(self) -> None:
        super().__init__("What you said")

    def show_take(self, take: Take, hearing: Hearing) -> bool:
        """Write the words down afresh; says whether anything in them is marked."""
        pieces = pieces_of(hearing)
        asked = [f"Then you were asked: {probe.text}" for probe in take.probes]
        self.write_down(
            take.everything_said, asked, lambda cursor, said, begins: _write_part(cursor, said, begins, pieces)
        )
        return bool(pieces)

    def point_at(self, remark: Remark | None) -> None:
        """Choose the first words that a remark rests on, and bring them into sight."""
        if remark and remark.spans:
            self.choose(remark.spans[0])
        else:
            self.unchoose()
            self.ensureCursorVisible()


def pieces_of(hearing: Hearing) -> Marks:
    """What was said cut where a remark begins or ends, with the remarks on each piece; overruled ones mark nothing."""
    on: list[tuple[Span, Remark, bool]] = [
        (span, remark, group.look_again)
        for group in groups(hearing)
        for remark in group.remarks
        if not (remark.overruled and remark.kind != POINT)
        for span in remark.spans
    ]
    edges = sorted({edge for span, _remark, _again in on for edge in span})
    pieces: Marks = {}
    for start, end in pairwise(edges):
        here = [(remark, again) for (begin, stop), remark, again in on if begin <= start and end <= stop]
        if here:
            pieces[start, end] = here
    return pieces


def _write_part(cursor: QTextCursor, said: str, begins: int, pieces: Marks) -> None:
    plain = QTextCharFormat()
    at = 0
    for (start, end), remarks in sorted(pieces.items(), key=lambda piece: piece[0]):
        start, end = max(start - begins, at), min(end - begins, len(said))
        if start >= end:
            continue
        cursor.insertText(said[at:start], plain)
        cursor.insertText(said[start:end], _look(remarks))
        at = end
    cursor.insertText(said[at:], plain)


def _look(remarks: Iterable[tuple[Remark, bool]]) -> QTextCharFormat:
    look = QTextCharFormat()
    reasons: list[str] = []
    for remark, again in remarks:
        if remark.kind == POINT:
            look.setFontWeight(QFont.Weight.Bold)
            if look.underlineStyle() is QTextCharFormat.UnderlineStyle.NoUnderline:
                look.setFontUnderline(True)
            reasons.append(f"Recognised: {remark.text}")
        else:
            if again:
                look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            elif look.underlineStyle() is QTextCharFormat.UnderlineStyle.NoUnderline:
                look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DashUnderline)
            reasons.append(remark.why)
    look.setToolTip("\n".join(dict.fromkeys(reasons)))
    return look
