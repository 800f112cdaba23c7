"""The feedback report of one sitting: next steps, what was said and recognised in it, time, marks, reflection.

It points at what was said and counts; it neither praises nor rewrites an answer. A person's stretched time is not
mentioned, because it may say something about their health: targets are shown as they were that day.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from cqcmock.domain import english
from cqcmock.domain.interview import LAST_WORDS_QUESTION, EventKind
from cqcmock.domain.modes import Mode
from cqcmock.domain.peer_review import PeerReview
from cqcmock.domain.reflection import PROMPTS
from cqcmock.domain.review import KeepAndChange
from cqcmock.domain.sitting import Sitting
from cqcmock.reports.at_a_glance import at_a_glance
from cqcmock.reports.content import (
    PRACTICE_WORDS,
    Block,
    BulletList,
    Callout,
    Document,
    Facts,
    Heading,
    Look,
    Paragraph,
    Run,
    named,
    plain,
)
from cqcmock.reports.feedback_tables import marks_blocks, time_blocks, what_marks_mean
from cqcmock.reports.figures import Hearings, seconds_in_all
from cqcmock.reports.peer_section import names, peer_section
from cqcmock.reports.question_section import question_section, quoted

DEFAULT_CLASSIFICATION = "OFFICIAL – SENSITIVE"
TITLE = "Feedback on a practice interview"

_MODES = {
    Mode.PRACTICE: "Practice, with notes and second takes",
    Mode.REALISTIC: "Realistic, as on the day",
    Mode.INTERVIEWER: "With an interviewer: a colleague listened and asked on",
}

_POINTS = (
    "each question has points, and each point has phrases. A point is recognised when one of its phrases is found in "
    "the answer or in the answers to its follow-up questions, also where it was said in the negative. The same words "
    "always give the same result."
)
_ASKED_ON = (
    "a colleague listened and tapped what they noticed, and each tap brought the next fitting question of a fixed "
    "list. Depth is how many of the follow-up questions of a question were answered with something that had not been "
    "said before; where nothing was written down, the interviewer’s “good” counts."
)
_MEAN = (
    "The figure for a lens is the mean of its marks; marks not given are left out, and none is changed afterwards. "
    "They cannot be turned into CQC’s scores, which are for quality statements and go from 1 to 4."
)
_PEERS = (
    "given by each of them alone, before they saw anybody else’s, and combined by arithmetic: a mean, and the lowest "
    "and the highest mark. None is changed afterwards. Where somebody marked an answer again, the later marks count."
)


_AGREEMENT = (
    "Krippendorff’s alpha for levels in an order, over every lens of every answer that two or more peers marked, with "
    "an interval from 500 fresh draws of those marks. Conclusions are called firm from 0.8 and tentative from 0.67. "
    "For two peers, also Cohen’s kappa weighted by squares. Where too little was marked, or too little differs, no "
    "figure is given."
)


def feedback_document(
    sitting: Sitting,
    hearings: Hearings,
    *,
    classification: str = DEFAULT_CLASSIFICATION,
    retention: date | None = None,
    made_on: date,
    tag_names: Mapping[str, str] | None = None,
    peer_review: PeerReview | None = None,
    chosen: KeepAndChange | None = None,
) -> Document:
    """The feedback report of a sitting, as plain data.

    `hearings` holds what was heard in each take, by the positions of question and take; a take without one is shown
    without its points. `retention` is the last day on which the report may be kept. `tag_names` are the names of
    the tags used in marks, by id; a tag without one is shown by its id. `peer_review` is what peers made of the
    sitting, if it was sent to any, and `chosen` what its owner takes from that.
    """
    peers = peer_section(peer_review, sitting, tag_names or {}) if peer_review else ()
    return Document(
        title=TITLE,
        language="en-GB",
        classification=classification.strip() or DEFAULT_CLASSIFICATION,
        practice_words=PRACTICE_WORDS,
        retention=english.kept_until(retention),
        made_on=made_on,
        blocks=(
            *_cover(sitting, made_on),
            *at_a_glance(sitting, hearings, peer_review, chosen),
            *_questions(sitting, hearings, tag_names or {}),
            *_last_words(sitting),
            *_reflection(sitting),
            *time_blocks(sitting),
            *marks_blocks(sitting),
            *peers,
            *_how_put_together(sitting, peer_review),
            *_who_can_read(classification.strip() or DEFAULT_CLASSIFICATION, retention, peer_review),
            *what_marks_mean(sitting, peer_review),
        ),
    )


def _cover(sitting: Sitting, made_on: date) -> tuple[Block, ...]:
    plan = sitting.plan
    asked, planned = len(sitting.state.takes), len(plan.questions)
    answering, preparing = seconds_in_all(sitting)
    questions = str(planned) if asked == planned else f"{asked} of {planned} asked"
    questions += f"; {english.duration(answering)} answering"
    if preparing >= 1:
        questions += f", {english.duration(preparing)} preparing"
    day = sitting.started_at.astimezone().date()
    pairs = (
        ("Who", sitting.person.strip() or "Name not given"),
        ("Role", plan.role_name),
        ("Place", plan.place if plan.council in ("", plan.place) else f"{plan.place} ({plan.council})"),
        ("Date", english.day(day) if made_on == day else f"{english.day(day)}; report made on {english.day(made_on)}"),
        ("Mode", _MODES[plan.mode]),
        ("Questions", questions),
    )
    return (
        Facts(pairs=tuple((name, value) for name, value in pairs if value.strip())),
        Callout(title=PRACTICE_WORDS, lines=(plain("It says nothing about how CQC would see the council."),)),
    )


def _questions(sitting: Sitting, hearings: Hearings, tag_names: Mapping[str, str]) -> list[Block]:
    blocks: list[Block] = []
    for position in sitting.answered:
        blocks += question_section(sitting, position, hearings, tag_names)
    left = sitting.plan.questions[len(sitting.answered) :]
    if left:
        blocks.append(Heading(level=2, text="Questions that were not reached"))
        blocks.append(Paragraph(line=plain("There will be other days for these.")))
        blocks.append(BulletList(items=tuple(plain(planned.question.text) for planned in left)))
    return blocks


def _last_words(sitting: Sitting) -> list[Block]:
    if not any(event.kind is EventKind.LAST_WORDS_ASKED for event in sitting.events):
        return []
    state = sitting.state
    took = f" Answered in {english.duration(state.last_words_seconds)}." if state.last_words.strip() else ""
    return [
        Heading(level=2, text="Last words"),
        Paragraph(line=(Run(LAST_WORDS_QUESTION, Look.STRONG), Run(took))),
        quoted(state.last_words, nothing="Nothing was added."),
    ]


def _reflection(sitting: Sitting) -> list[Block]:
    blocks: list[Block] = [Heading(level=2, text="Reflection")]
    if sitting.reflection.empty:
        prompts = tuple(plain(prompt) for field, prompt in PROMPTS.items() if field != "notes")
        return [
            *blocks,
            Paragraph(line=plain("Nothing is written here yet. These are the questions to think about:")),
            BulletList(items=prompts),
        ]
    for field, prompt in PROMPTS.items():
        text = getattr(sitting.reflection, field)
        if field == "notes" and not text.strip():
            continue
        blocks += [Heading(level=3, text=prompt), quoted(text, nothing="Left open.")]
    return blocks


def _how_put_together(sitting: Sitting, review: PeerReview | None) -> tuple[Block, ...]:
    lenses = english.count(len(sitting.plan.rubric.lenses), "lens", "lenses")
    items = [
        named("Points", _POINTS),
        named("Marks", f"{lenses}, from 0 to 3, given by the person who answered. {_MEAN}"),
        named("Time", "pauses and interruptions are left out, and nobody is cut off."),
    ]
    if review is not None and not review.hidden:
        items.insert(2, named("Peers’ marks", _PEERS))
        if sum(bool(peer.sheets) for peer in review.peers) > 1:
            items.insert(3, named("How far peers agree", _AGREEMENT))
    if sitting.plan.mode is Mode.INTERVIEWER:
        items.insert(1, named("Follow-up questions", _ASKED_ON))
    return (Heading(level=2, text="How this report is put together"), BulletList(items=tuple(items)))


def _who_can_read(classification: str, retention: date | None, review: PeerReview | None) -> tuple[Block, ...]:
    keep = (
        f"Keep it until {english.day(retention)}, then delete every copy" if retention else "Agree a date to delete it"
    )
    sent = "sent to nobody"
    if review is not None:
        sent += f"; the answers alone were sent, sealed, to {names(review)} to be marked"
    notes = (
        (
            f"It is marked {classification}. It belongs to the person who was practising; it was made on their own "
            f"computer and has been {sent}."
        ),
        "Before passing it on, check that nobody who draws on care, and no carer, could be recognised in it.",
        (
            f"A council’s practice notes can be asked for under freedom of information law. {keep}, unless somebody "
            "has asked for it by then."
        ),
    )
    return (
        Heading(level=2, text="Who can read this report"),
        BulletList(items=tuple(plain(note) for note in notes)),
    )
