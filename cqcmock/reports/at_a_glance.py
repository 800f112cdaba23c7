"""The first page of a feedback report: what to practise next, what to do about it, and the figures in a few lines.

Somebody who reads nothing else, the week before the interview, reads this.
"""

from __future__ import annotations

from cqcmock.domain import english
from cqcmock.domain.interview import Light
from cqcmock.domain.peer_review import PeerReview
from cqcmock.domain.reflection import Action
from cqcmock.domain.review import KeepAndChange
from cqcmock.domain.rubric import mean_by_lens
from cqcmock.domain.sitting import Sitting
from cqcmock.reports.content import (
    Block,
    BulletList,
    Heading,
    Line,
    Look,
    Paragraph,
    Run,
    Voice,
    named,
    plain,
)
from cqcmock.reports.figures import (
    Hearings,
    ToPractise,
    is_timed,
    latest_takes,
    most_often_missed,
    points_recognised,
    timekeeping,
    worth_practising,
)
from cqcmock.reports.peer_section import keep_and_change_blocks, peers_sentences

MOST_MISSED_SHOWN = 3
MOST_TO_PRACTISE = 3

_LISTENER = (
    "“Recognised” means that one of the phrases listed for a point was found. A point made in other words can be "
    "missed, so “not recognised” is something to think about and not a verdict."
)


def at_a_glance(
    sitting: Sitting, hearings: Hearings, review: PeerReview | None = None, chosen: KeepAndChange | None = None
) -> list[Block]:
    """What matters first, beginning with a heading of level 2.

    `review` is what peers made of it and `chosen` what the owner takes from that: nothing of either while it is hidden.
    """
    shown = review is not None and not review.hidden
    return [
        Heading(level=2, text="At a glance"),
        *_practise_next(sitting, hearings),
        *(keep_and_change_blocks(chosen) if shown and chosen else ()),
        *_actions(sitting.actions),
        *_figures(sitting, hearings, peers_sentences(review) if review else []),
    ]


def _practise_next(sitting: Sitting, hearings: Hearings) -> list[Block]:
    found = worth_practising(sitting, hearings)
    blocks: list[Block] = [Heading(level=3, text="What to practise next")]
    if found:
        first, more = found[:MOST_TO_PRACTISE], found[MOST_TO_PRACTISE:]
        blocks.append(BulletList(items=tuple(map(_to_practise, first))))
        if more:
            others = english.listed([f"“{entry.what}” ({english.questions(entry.questions)})" for entry in more])
            blocks.append(Paragraph(line=named("Also worth another go", f"{others}.")))
    else:
        nothing = "The figures point at nothing in particular. Choose the question you would least like to be asked."
        blocks.append(Paragraph(line=plain(nothing)))
    if points_recognised(sitting, hearings).points:
        blocks.append(Paragraph(line=plain(_LISTENER), voice=Voice.QUIET))
    return blocks


def _to_practise(entry: ToPractise) -> Line:
    stop = "" if entry.because.endswith("”") else "."
    return (Run(f"{entry.what}: ", Look.STRONG), Run(f"{entry.because}{stop}"))


def _actions(actions: tuple[Action, ...]) -> list[Block]:
    heading = Heading(level=3, text="Actions")
    if not actions:
        return [heading, Paragraph(line=plain("No actions were written down."))]
    return [heading, BulletList(items=tuple(map(_action, actions)))]


def _action(action: Action) -> Line:
    what = action.what.strip() or "Nothing written down"
    who = action.owner.strip() or "Nobody named"
    by = f"by {english.day(action.due)}" if action.due else "no date set"
    done = f"; done on {english.day(action.done)}" if action.done else ""
    stop = "" if what.endswith((".", "!", "?")) else "."
    return (Run(f"{what}{stop} "), Run(f"{who}, {by}{done}.", Look.STRONG))


def _figures(sitting: Sitting, hearings: Hearings, of_peers: list[str]) -> list[Block]:
    heading = Heading(level=3, text="The figures")
    if not latest_takes(sitting):
        return [heading, Paragraph(line=plain("No question has been answered yet, so there is nothing to count."))]
    sentences = [*_recognised_sentences(sitting, hearings), *_time_sentence(sitting), *_marks_sentence(sitting)]
    sentences += of_peers
    blocks: list[Block] = [heading, BulletList(items=tuple(map(plain, sentences)))]
    if any(point.counts for hearing in hearings.values() for point in hearing.points):
        line = (
            Run("In the answers, "),
            Run("words in bold and underlined", Look.HEARD),
            Run(" are those in which a point was recognised."),
        )
        blocks.append(Paragraph(line=line, voice=Voice.QUIET))
    return blocks


def _recognised_sentences(sitting: Sitting, hearings: Hearings) -> list[str]:
    found = points_recognised(sitting, hearings)
    if not found.points:
        return []
    several = any(len(takes) > 1 for takes in sitting.state.takes)
    latest = ", taking the last take of each question" if several else ""
    points = english.count(found.points, "point")
    over = english.count(found.questions, "question")
    sentences = [f"Recognised: {found.heard} of {points} that an assessor might listen for, over {over}{latest}."]
    missed = most_often_missed(sitting, hearings)[:MOST_MISSED_SHOWN]
    if missed:
        most = english.listed([f"“{name}” ({english.questions(positions)})" for name, positions in missed])
        sentences.append(f"Most often not recognised: {most}.")
    return sentences


def _time_sentence(sitting: Sitting) -> list[str]:
    if not is_timed(sitting):
        return ["Time: the clock was switched off, so answers are not held against a target."]
    lights = timekeeping(sitting)
    answers = sum(map(len, lights.values()))
    parts = [f"{len(lights[Light.IN_HAND])} of {english.count(answers, 'answer')} within the target"]
    if lights[Light.WRAP_UP]:
        parts.append(f"{len(lights[Light.WRAP_UP])} past the target ({english.questions(lights[Light.WRAP_UP])})")
    if lights[Light.OVER]:
        parts.append(f"{len(lights[Light.OVER])} past the limit ({english.questions(lights[Light.OVER])})")
    return [f"Time: {english.listed(parts)}."]


def _marks_sentence(sitting: Sitting) -> list[str]:
    means = mean_by_lens(sitting.sheet, sitting.plan.rubric)
    if not means:
        return ["Own marks: none given yet."] if sitting.plan.scored else []
    names = {lens.id: lens.name for lens in sitting.plan.rubric.lenses}
    high, low = max(means.values()), min(means.values())
    if high == low:
        return [f"Own marks: a mean of {english.mean(high)} of 3 through every lens that was marked."]
    highest = english.listed_in_quotes([names[lens] for lens, value in means.items() if value == high])
    lowest = english.listed_in_quotes([names[lens] for lens, value in means.items() if value == low])
    top, bottom = english.mean(high), english.mean(low)
    return [f"Own marks: highest for {highest} (mean {top} of 3), lowest for {lowest} (mean {bottom})."]
