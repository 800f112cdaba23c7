"""The part of a feedback report that says what peers made of a rehearsal.

It shows marks beside each other and names the gaps; it takes nobody's side. Until the person's own marks are in, it
says one sentence and nothing that a peer thought.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import fmean

from cqcmock.domain import agreement, english
from cqcmock.domain.peer_review import LensAgreement, Peer, PeerReview, PeerSheet
from cqcmock.domain.review import KeepAndChange, Whole
from cqcmock.domain.rubric import LEVELS, Lens, Rubric
from cqcmock.domain.sitting import Sitting
from cqcmock.reports.content import (
    Bar,
    Block,
    BulletList,
    Chart,
    Heading,
    Line,
    Look,
    Paragraph,
    Run,
    Table,
    Voice,
    named,
    plain,
)
from cqcmock.reports.peer_agreement import LONGEST_NAME, agreement_blocks, own_apart
from cqcmock.reports.question_section import LONGEST_HEADING, LONGEST_REMARK, marked, quoted, remark

TITLE = "What your peers made of it"
YOU = "You"
PEERS_MEAN = "Peers’ mean"
LENSES_PER_TABLE = 6
LONGEST_IN_COLUMN = 32
LONGEST_QUOTATION = 240
MOST_NAMED = 3
TOP = LEVELS[-1]

_WAITING = "waits until your own marks are handed in, so that what you think of your answers is yours alone."


def peer_section(review: PeerReview, sitting: Sitting, tag_names: Mapping[str, str]) -> tuple[Block, ...]:
    """What peers made of a rehearsal, beginning with a heading of level 2."""
    blocks: list[Block] = [Heading(level=2, text=TITLE)]
    if review.hidden:
        return (*blocks, Paragraph(line=plain(_hidden(review))))
    blocks += _returns(review)
    if review.received:
        blocks += _beside(review.lenses)
        blocks += own_apart(review, sitting)
        blocks += agreement_blocks(review, sitting.plan.rubric)
        for question in sorted({one.question for peer in review.peers for one in peer.sheets}):
            blocks += _question(review, sitting, question, tag_names)
    blocks += _wholes(review.peers, sitting)
    return tuple(blocks)


def names(review: PeerReview) -> str:
    """Who was asked, in words; many are counted."""
    if len(review.peers) > MOST_NAMED:
        return english.count(len(review.peers), "peer")
    return english.listed([english.shortened(peer.name, LONGEST_NAME) for peer in review.peers])


def _hidden(review: PeerReview) -> str:
    if not review.received:
        return f"Your answers are with {names(review)}, and nothing has come back yet."
    came = sum(bool(peer.sheets) for peer in review.peers)
    return f"What {english.count(came, 'peer')} made of your answers is here, and {_WAITING}"


def _returns(review: PeerReview) -> list[Block]:
    """How much was sent and how much has come back, from whom, and why not all of it."""
    tally = f"{review.expected} expected, {review.received} received, {review.missing} missing."
    blocks: list[Block] = [Paragraph(line=named("Marked answers", tally))]
    if not review.received:
        return [*blocks, Paragraph(line=plain(f"They are with {names(review)}; nothing has come back yet."))]
    items = [_return_of(peer) for peer in review.peers] if len(review.peers) > 1 or review.missing else []
    return [*blocks, BulletList(items=tuple(items))] if items else blocks


def _return_of(peer: Peer) -> Line:
    words = f"received {len(peer.sheets)} of {peer.expected}"  # no figure next to a name read from the right
    if peer.missing and peer.why_incomplete:
        words += f"; their reason: “{peer.why_incomplete}”"
    return named(peer.name, words)


def keep_and_change_blocks(chosen: KeepAndChange) -> list[Block]:
    """What the owner of the review takes from it, for the page that is read first."""
    blocks: list[Block] = []
    for title, lines in (("To keep", chosen.keep), ("To change", chosen.change)):
        items = tuple(plain(line.strip()) for line in lines if line.strip())
        if items:
            blocks += [Heading(level=3, text=title), BulletList(items=items)]
    return blocks


def peers_sentences(review: PeerReview) -> list[str]:
    """What peers made of it in a line or two, for the page that is read first."""
    means = {one.name: one.peers.mean for one in review.lenses if one.peers is not None}
    if review.hidden or not means:
        return []
    came = english.count(sum(bool(peer.sheets) for peer in review.peers), "peer")
    high, low = max(means.values()), min(means.values())
    if high == low:
        return [f"Peers’ marks, from {came}: a mean of {english.mean(high)} of {TOP} through every lens."]
    highest, lowest = (english.listed_in_quotes([name for name in means if means[name] == at]) for at in (high, low))
    most, least = f"{highest} (mean {english.mean(high)} of {TOP})", f"{lowest} (mean {english.mean(low)})"
    return [f"Peers’ marks, from {came}: highest for {most}, lowest for {least}."]


def _beside(lenses: Sequence[LensAgreement]) -> list[Block]:
    """Own marks beside peers' marks through each lens: a chart, and the same numbers with the gap in words."""
    given = [one for one in lenses if one.peers is not None]
    bars = tuple(_bar(one) for one in given)
    rows = tuple(_beside_row(one) for one in given)
    own = any(one.own is not None for one in given)
    blocks: list[Block] = [
        Heading(level=3, text="Your marks beside theirs"),
        Chart(
            title="Your peers’ marks, and your own",
            value_name="Mean of your peers’ marks",
            target_name="Your own mean" if own else "",
            bars=bars,
            top=float(TOP),
            ticks=tuple((float(level), str(level)) for level in LEVELS),
        ),
        Table(
            caption=f"Through each lens, from 0 to {TOP}",
            header=("Lens", "You", "Peers", "Their range", "What that means"),
            rows=rows,
            shares=(10, 4, 4, 5, 16),
            numeric=frozenset((1, 2, 3)),
        ),
        Paragraph(
            line=plain("Means are over the answers that your peers marked. The range is from their lowest mark to the "
                       "highest. What it means is said of the answers that both you and they marked."),
            voice=Voice.QUIET,
        ),
    ]  # fmt: skip
    return blocks if given else []


def _bar(one: LensAgreement) -> Bar:
    assert one.peers is not None
    return Bar(
        label=english.shortened(one.name, LONGEST_NAME),
        value=one.peers.mean,
        value_text=f"peers {english.mean(one.peers.mean)}",
        target=one.own,
        target_text=english.mean(one.own) if one.own is not None else "",
    )


def _beside_row(one: LensAgreement) -> tuple[str, ...]:
    assert one.peers is not None
    lowest, highest = one.peers.lowest, one.peers.highest
    return (
        english.shortened(one.name, LONGEST_NAME),
        english.mean(one.own) if one.own is not None else "not marked",
        english.mean(one.peers.mean),
        str(lowest) if lowest == highest else f"{lowest} to {highest}",
        one.gap or "You gave no mark to compare with.",
    )


def _question(review: PeerReview, sitting: Sitting, question: int, tag_names: Mapping[str, str]) -> list[Block]:
    """One question: everybody's levels in a table, then what each peer wrote about the answer."""
    rubric = sitting.plan.rubric
    sheets = [(peer, one) for peer in review.peers for one in peer.sheets if one.question == question]
    text = sheets[0][1].answer.question
    if question < len(sitting.plan.questions):
        text = sitting.plan.questions[question].question.text
    blocks: list[Block] = [
        Heading(level=3, text=f"Peers on question {question + 1}: {english.shortened(text, LONGEST_HEADING // 2)}")
    ]
    own = sitting.sheet.answers.get(question)
    markers: list[_Row] = [(YOU, _shown(own.levels), "–")] if own and own.levels else []
    for peer, one in sheets:
        markers.append((peer.name, _shown(one.sheet.marks.levels), _overall(one.sheet.marks.overall)))
    if len(sheets) > 1:
        markers.append(_means([one for _peer, one in sheets]))
    groups = [rubric.lenses[at : at + LENSES_PER_TABLE] for at in range(0, len(rubric.lenses), LENSES_PER_TABLE)]
    blocks += [_levels(question, markers, lenses, last=lenses is groups[-1]) for lenses in groups]
    for peer, one in sheets:
        blocks += _wrote(peer, one, tag_names)
    return blocks


_Row = tuple[str, Mapping[str, str], str]
"""Who, what stands under each lens, and what stands under the overall impression."""


def _shown(levels: Mapping[str, int]) -> dict[str, str]:
    return {lens: str(level) for lens, level in levels.items()}


def _overall(level: int | None) -> str:
    return "–" if level is None else str(level)


def _means(sheets: Sequence[PeerSheet]) -> _Row:
    given: dict[str, list[int]] = {}
    for one in sheets:
        for lens, level in one.sheet.marks.levels.items():
            given.setdefault(lens, []).append(level)
    overall = [one.sheet.marks.overall for one in sheets if one.sheet.marks.overall is not None]
    means = {lens: english.mean(fmean(levels)) for lens, levels in given.items()}
    return PEERS_MEAN, means, english.mean(fmean(overall)) if overall else "–"


def _levels(question: int, markers: Sequence[_Row], lenses: Sequence[Lens], *, last: bool) -> Table:
    rows = []
    for name, levels, overall in markers:
        given = [levels.get(lens.id, "–") for lens in lenses]
        rows.append((english.shortened(name, LONGEST_IN_COLUMN), *given, *((overall,) if last else ())))
    header = ("Who", *(english.shortened(lens.name, LONGEST_NAME) for lens in lenses))
    return Table(
        caption=f"Question {question + 1}: marks from 0 to {TOP}; – stands for none",
        header=(*header, "Overall") if last else header,
        rows=tuple(rows),
        shares=(10, *[5] * (len(lenses) + last)),
    )


def _wrote(peer: Peer, one: PeerSheet, tag_names: Mapping[str, str]) -> list[Block]:
    """What one peer wrote about one answer: the comment, comments on words of it, tags."""
    marks = one.sheet.marks
    blocks = remark("On the answer", marks.comment)
    for pin in marks.pins:
        blocks += pinned(one.quoted(pin), pin.comment)
    if marks.tags:
        blocks.append(Paragraph(line=named("Tagged", "; ".join(tag_names.get(tag, tag) for tag in marks.tags))))
    if one.earlier:
        times = english.count(len(one.earlier) + 1, "time")
        blocks.append(Paragraph(line=plain(f"Submitted {times}; the last counts."), voice=Voice.QUIET))
    return [Heading(level=4, text=f"What {peer.name} says"), *blocks] if blocks else []


def pinned(words: str, comment: str) -> list[Block]:
    """The words that a comment is about, marked as they are where they were said, then the comment."""
    comment = comment.strip()
    quotation = (Run("On “"), Run(english.shortened(words, LONGEST_QUOTATION), Look.HEARD), Run("”:"))
    if len(comment) <= LONGEST_REMARK and not marked(comment, ())[1:]:
        return [Paragraph(line=(*quotation, Run(f" {comment or 'no comment'}")))]
    return [Paragraph(line=quotation), quoted(comment)]


def _wholes(peers: Sequence[Peer], sitting: Sitting) -> list[Block]:
    rubric, own = sitting.plan.rubric, sitting.sheet.overall
    blocks: list[Block] = []
    given = [peer.whole.overall for peer in peers if peer.whole is not None and peer.whole.overall is not None]
    if own is not None and given:
        mean = fmean(given)
        words = f"{own} of {TOP}; your peers’ mean is {english.mean(mean)}. {agreement.gap_in_words(own, mean)}"
        blocks.append(Paragraph(line=named("Your own overall impression", words)))
    for peer in peers:
        if peer.whole is not None and (peer.whole.overall is not None or peer.whole.comment.strip()):
            blocks += [Heading(level=4, text=f"{peer.name} on all of it"), *_whole(peer.whole, rubric)]
    return [Heading(level=3, text="Peers on the whole rehearsal"), *blocks] if blocks else []


def _whole(whole: Whole, rubric: Rubric) -> list[Block]:
    blocks: list[Block] = []
    if whole.overall is not None:
        words = f"{whole.overall} of {TOP}. {rubric.overall[whole.overall]}."
        blocks.append(Paragraph(line=named("Overall impression", words)))
    return [*blocks, *remark("Comment", whole.comment)]
