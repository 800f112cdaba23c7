"""What peers made of a rehearsal: their marks beside each other and beside the person's own, and how far they agree."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from statistics import fmean
from typing import TYPE_CHECKING

from cqcmock import storage
from cqcmock.domain import agreement, english
from cqcmock.domain.hearing import Overruling, PersonalData, PersonalKind
from cqcmock.domain.interview import PARTS_JOINED_BY
from cqcmock.domain.peer_review import LensAgreement as LensAgreement
from cqcmock.domain.peer_review import Parted as Parted
from cqcmock.domain.peer_review import Peer as Peer
from cqcmock.domain.peer_review import PeerReview as PeerReview
from cqcmock.domain.peer_review import PeerSheet as PeerSheet
from cqcmock.domain.review import (
    LONGEST_ADVICE,
    MOST_TO_CHANGE,
    MOST_TO_KEEP,
    KeepAndChange,
    PackedAnswer,
    PackedProbe,
    PeerMarks,
    Pin,
    Sheet,
    in_order,
)
from cqcmock.domain.rubric import LEVELS, MarkSheet, mean_by_lens
from cqcmock.domain.sitting import Sitting
from cqcmock.errors import UserError
from cqcmock.reports.reviewer_feedback import ComparedMarks
from cqcmock.services.privacy import INSTEAD, personal_data_in, redacted_text
from cqcmock.storage.records import MergedReturn, SentSheet

if TYPE_CHECKING:
    from cqcmock.services.library import Library


def peer_review(library: Library, sitting: Sitting) -> PeerReview | None:
    """What peers made of a rehearsal, or None where it was sent to nobody."""
    with library.reading() as session:
        packs = {pack.id: pack for pack in storage.packs.of_sittings(session, [sitting.id])}
        if not packs:
            return None
        sent = [sheet for sheet in storage.packs.sheets(session, packs) if sheet.sitting == sitting.id]
        returns = storage.packs.returns(session, packs)
    by_reviewer: dict[str, list[str]] = {}
    for pack in sorted(packs.values(), key=lambda one: (one.made_at, one.id)):
        by_reviewer.setdefault(pack.reviewer.casefold(), []).append(pack.id)
    peers = tuple(
        _peer(
            packs[ids[0]].reviewer,
            [sheet for sheet in sent if sheet.pack in ids],
            [one for one in returns if one.pack in ids],
        )
        for ids in by_reviewer.values()
    )
    review = PeerReview(sitting=sitting.id, hidden=not sitting.sheet.submitted, peers=peers)
    return review if review.hidden else compared(review, sitting)


def keep_and_change(library: Library, sitting_id: str) -> KeepAndChange:
    """What the owner of a review chose for the person to keep and to change."""
    with library.reading() as session:
        return storage.packs.keep_and_change(session, sitting_id)


def choose_keep_and_change(library: Library, sitting_id: str, keep: Sequence[str], change: Sequence[str]) -> None:
    """Keep the choice; empty lines are left out. Raises UserError for more, or longer, lines than there is room for."""
    advice = KeepAndChange(
        keep=tuple(" ".join(line.split()) for line in keep if line.strip()),
        change=tuple(" ".join(line.split()) for line in change if line.strip()),
    )
    if len(advice.keep) > MOST_TO_KEEP or len(advice.change) > MOST_TO_CHANGE:
        raise UserError(
            f"There is room for {MOST_TO_KEEP} things to keep and {MOST_TO_CHANGE} to change.",
            "Choose those that matter most.",
        )
    if any(len(line) > LONGEST_ADVICE for line in (*advice.keep, *advice.change)):
        raise UserError(f"A line has at most {LONGEST_ADVICE:,} characters.", "Make it shorter.")
    with library.writing() as work:
        storage.packs.save_keep_and_change(work, sitting_id, advice)
        work.commit()


FEWEST_OTHERS, FEWEST_ANSWERS = 2, 3
"""With one other reviewer a mean difference is that one's marks; the marks of one answer lean the same way."""

NEAR_THE_END = 0.25
"""Where the others' mean is so close to the lowest or highest level, it says what each of them gave."""


def compared_marks(
    library: Library, asked: Collection[tuple[Sitting, Collection[int]]], reviewer: str
) -> ComparedMarks:
    """How a reviewer's marks compare with the others' on these questions of these sittings: for that reviewer alone.

    Only answers count that two others or more have marked, so that nobody's marks can be worked out from it, and
    nothing is said where they are too few to say anything.
    """
    units: dict[tuple[str, int, str], dict[str, int]] = {}
    for sitting, questions in asked:
        review = peer_review(library, sitting)
        if review is not None and review.hidden:
            return ComparedMarks(why_not=_WAITS)
        for (question, lens), levels in _units(review.peers if review else ()).items():
            if question in questions:
                units[sitting.id, question, lens] = {name.casefold(): level for name, level in levels.items()}
    own = reviewer.casefold()
    shared = {unit: levels for unit, levels in units.items() if own in levels and len(levels) > FEWEST_OTHERS}
    answers = len({(sitting, question) for sitting, question, _lens in shared})
    difference = agreement.severity({" ".join(map(str, unit)): levels for unit, levels in shared.items()}, own)
    if difference is None or len(shared) < agreement.FEWEST_UNITS or answers < FEWEST_ANSWERS:
        return ComparedMarks(why_not=_too_few(len(shared), answers))
    others = fmean(levels[own] for levels in shared.values()) - difference
    if not LEVELS[0] + NEAR_THE_END < others < LEVELS[-1] - NEAR_THE_END:
        return ComparedMarks(why_not=_WOULD_TELL)
    return ComparedMarks(
        difference=difference,
        marks=len(shared),
        answers=answers,
        lenses=len({lens for _sitting, _question, lens in shared}),
        others=FEWEST_OTHERS,
    )


_WAITS = "Nothing is compared yet: what reviewers marked waits until those who answered have handed in their own marks."
_WOULD_TELL = "Nothing is compared here: the figure would tell you what the others marked."


def _too_few(marks: int, answers: int) -> str:
    there = f"{english.count(marks, 'mark')} of {english.count(answers, 'answer')}" if marks else "none"
    return (
        f"Nothing is compared yet. It takes at least {agreement.FEWEST_UNITS} marks, of at least {FEWEST_ANSWERS} "
        f"answers that at least {FEWEST_OTHERS} other reviewers have marked too: with one, the figure would tell you "
        f"that person’s marks, and with fewer marks it would be chance. So far there are {there}."
    )


def _peer(name: str, sent: Sequence[SentSheet], merged: Sequence[MergedReturn]) -> Peer:
    """One reviewer's part; where several packs held the same answer, the latest submission counts."""
    place = {sheet.answer.sheet: sheet for sheet in sent}
    submitted: dict[int, list[Sheet]] = {}
    for one in merged:
        for sheet in one.sheets.values():
            known = submitted.setdefault(place[sheet.id].question, []) if sheet.id in place else None
            if known is not None and sheet not in known:
                known.append(sheet)
    sheets = []
    for question, several in sorted(submitted.items()):
        *earlier, counts = in_order(several)
        sheets.append(
            PeerSheet(question=question, sheet=counts, answer=place[counts.id].answer, earlier=tuple(earlier))
        )
    codes = {sheet.pack: sheet.candidate for sheet in sent}
    wholes = [whole for one in merged for code, whole in one.wholes.items() if code == codes.get(one.pack)]
    return Peer(
        name=name,
        expected=len({sheet.question for sheet in sent}),
        sheets=tuple(sheets),
        whole=in_order(wholes)[-1] if wholes else None,
        why_incomplete=next((one.why_incomplete for one in reversed(merged) if one.why_incomplete), ""),
    )


def compared(review: PeerReview, sitting: Sitting) -> PeerReview:
    """The review with everything that takes more than one marker to say."""
    units = _units(review.peers)
    names = {lens.id: lens.name for lens in sitting.plan.rubric.lenses}
    both = _marked_by_both(sitting.sheet, units)
    own = mean_by_lens(both, sitting.plan.rubric)
    lenses = []
    for lens, name in names.items():
        given = [level for unit, levels in units.items() if unit[1] == lens for level in levels.values()]
        peers = agreement.spread({str(at): level for at, level in enumerate(given)})
        gap = agreement.own_gap(
            {str(at): marks.levels[lens] for at, marks in both.answers.items() if lens in marks.levels},
            {str(at): levels for (at, of), levels in units.items() if of == lens},
        )
        lenses.append(
            LensAgreement(
                lens=lens,
                name=name,
                peers=peers,
                own=own.get(lens),
                gap="" if gap is None else agreement.gap_in_words(gap, 0.0),
            )
        )
    by_text = {f"{question:05} {lens}": levels for (question, lens), levels in units.items()}
    place = {f"{question:05} {lens}": (question, lens) for question, lens in units}
    parted = tuple(
        Parted(question=place[unit][0], lens=place[unit][1], name=names[place[unit][1]], levels=by_text[unit])
        for unit in agreement.parted(by_text)
    )
    marking = sum(bool(peer.sheets) for peer in review.peers)
    pairs = [tuple(levels.values()) for levels in units.values() if len(levels) == 2]
    return replace(
        review,
        lenses=tuple(lenses),
        parted=parted,
        alpha=agreement.alpha(by_text) if marking > 1 else None,
        kappa=agreement.weighted_kappa([(one, other) for one, other in pairs]) if marking == 2 else None,
    )


Unit = tuple[int, str]
"""A question and a lens."""


def _marked_by_both(sheet: MarkSheet, units: Mapping[Unit, object]) -> MarkSheet:
    """The own marks of what peers have marked too: means over different answers could not be compared."""
    answers = {
        question: replace(
            marks, levels={lens: level for lens, level in marks.levels.items() if (question, lens) in units}
        )
        for question, marks in sheet.answers.items()
    }
    return replace(sheet, answers=answers)


def _units(peers: Sequence[Peer]) -> dict[Unit, dict[str, int]]:
    """What each peer gave to each answer through each lens."""
    units: dict[Unit, dict[str, int]] = {}
    for peer in peers:
        for one in peer.sheets:
            for lens, level in one.sheet.marks.levels.items():
                units.setdefault((one.question, lens), {})[peer.name] = level
    return dict(sorted(units.items()))


# What could name somebody


def personal_data_of(review: PeerReview) -> tuple[PersonalData, ...]:
    """Everything in what peers wrote that could name somebody and would stand in a report, each wording once."""
    if review.hidden:
        return ()
    texts: list[str] = []
    for peer in review.peers:
        texts += [peer.why_incomplete, peer.whole.comment if peer.whole else ""]
        for one in peer.sheets:
            marks = one.sheet.marks
            texts += [marks.comment, *(pin.comment for pin in marks.pins), *marks.tags]
            texts += [one.quoted(pin) for pin in marks.pins]
    found: dict[tuple[PersonalKind, str], PersonalData] = {}
    for text in texts:
        for data in personal_data_in(text):
            found.setdefault((data.kind, data.text), data)
    return tuple(found.values())


def redacted(review: PeerReview, sitting: Sitting) -> PeerReview:
    """The review as it may be shown to others; the words that comments are pinned to are still the same words."""
    return replace(review, peers=tuple(_redacted_peer(peer, sitting) for peer in review.peers))


def _redacted_peer(peer: Peer, sitting: Sitting) -> Peer:
    whole = replace(peer.whole, comment=redacted_text(peer.whole.comment)) if peer.whole else None
    return replace(
        peer,
        sheets=tuple(_redacted_sheet(one, sitting) for one in peer.sheets),
        whole=whole,
        why_incomplete=redacted_text(peer.why_incomplete),
    )


def _redacted_sheet(one: PeerSheet, sitting: Sitting) -> PeerSheet:
    takes = sitting.state.takes[one.question] if one.question < len(sitting.state.takes) else ()
    overruled = sitting.state.overruled(one.question, len(takes) - 1) if takes else ()
    answer, moved = _redacted_answer(one.answer, overruled)
    marks = one.sheet.marks
    left = PeerMarks(
        levels=marks.levels,
        overall=marks.overall,
        comment=redacted_text(marks.comment),
        pins=tuple(
            Pin(start=moved(pin.start, False), end=moved(pin.end, True), comment=redacted_text(pin.comment))
            for pin in marks.pins
        ),
        tags=tuple(map(redacted_text, marks.tags)),
    )
    return replace(one, sheet=replace(one.sheet, marks=left), answer=answer, earlier=())


def _redacted_answer(
    answer: PackedAnswer, overruled: Collection[Overruling]
) -> tuple[PackedAnswer, Callable[[int, bool], int]]:
    """The answer with what could name somebody left out, and where a place in it is now.

    What is left out goes as a whole: a place within it is at its beginning or, for an end, at its end.
    """
    edits: list[tuple[int, int, str]] = []
    parts, begins = [], 0
    for part in (answer.answer, *(probe.answer for probe in answer.probes)):
        found = [(data.span, INSTEAD[data.kind]) for data in personal_data_in(part, overruled)]
        edits += [(begins + start, begins + end, words) for (start, end), words in found]
        left = part
        for (start, end), words in reversed(found):
            left = f"{left[:start]}{words}{left[end:]}"
        parts.append(left)
        begins += len(part) + len(PARTS_JOINED_BY)

    def moved(place: int, is_end: bool) -> int:
        grown = 0
        for start, end, words in edits:
            if place >= end:
                grown += len(words) - (end - start)
            elif place > start:
                return start + grown + (len(words) if is_end else 0)
        return place + grown

    said, *answered = parts
    probes = tuple(
        PackedProbe(text=probe.text, answer=text) for probe, text in zip(answer.probes, answered, strict=True)
    )
    return replace(answer, answer=said, probes=probes), moved
