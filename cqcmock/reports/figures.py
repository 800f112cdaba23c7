"""What the figures of a sitting say: points recognised, time kept, marks, and what to practise next.

Everything here is counted from the sitting itself, so that the report's sentences can be checked against it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import zip_longest

from cqcmock.domain import english
from cqcmock.domain.hearing import Hearing
from cqcmock.domain.interview import Light, Take, light
from cqcmock.domain.modes import Timer
from cqcmock.domain.plan import Timing
from cqcmock.domain.rubric import Lens
from cqcmock.domain.sitting import Sitting

TakeKey = tuple[int, int]
"""A take anywhere in the sitting: the position of its question, and its own."""

Hearings = Mapping[TakeKey, Hearing]
"""What was heard in each take. Spans count in `Take.spoken`."""

LOW_MARK = 1
MOST_THEMES = 3
MOST_LENSES = 3


def was_answered(take: Take) -> bool:
    """Whether anything was said or written down as the answer."""
    return bool(take.text.strip()) or take.answer_seconds > 0


def was_written(take: Take) -> bool:
    """Whether there are any words to listen to: somebody may have answered aloud and written nothing."""
    return bool(take.spoken.strip())


def latest_takes(sitting: Sitting) -> tuple[tuple[TakeKey, Take], ...]:
    """The last answered take of each question that has one, in the order of the questions."""
    latest = []
    for question, takes in enumerate(sitting.state.takes):
        answered = [(index, take) for index, take in enumerate(takes) if was_answered(take)]
        if answered:
            index, take = answered[-1]
            latest.append(((question, index), take))
    return tuple(latest)


def _listened(sitting: Sitting, hearings: Hearings) -> tuple[tuple[int, Hearing], ...]:
    """The questions whose latest take could be listened to, with what was heard."""
    return tuple(
        (key[0], hearings[key]) for key, take in latest_takes(sitting) if key in hearings and was_written(take)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """Points over the latest takes of the questions, `questions` of which had any to listen for."""

    heard: int
    points: int
    questions: int


def points_recognised(sitting: Sitting, hearings: Hearings) -> Heard:
    """How many points were recognised in all."""
    found = [hearing.points for _question, hearing in _listened(sitting, hearings) if hearing.points]
    return Heard(
        heard=sum(point.counts for points in found for point in points),
        points=sum(map(len, found)),
        questions=len(found),
    )


def most_often_missed(sitting: Sitting, hearings: Hearings) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """The points not recognised at two questions or more, most often first, with the positions of those questions.

    Questions of one bank share the ids of points of one kind ("carers", "voice"): where the labels differ the id is
    the name.
    """
    missed: dict[tuple[str, str], dict[int, str]] = {}
    for question, hearing in _listened(sitting, hearings):
        bank = sitting.plan.questions[question].bank
        for point in hearing.points:
            if not point.counts:
                missed.setdefault((bank, point.id), {})[question] = point.label
    found = []
    for (_bank, point_id), labels in missed.items():
        if len(labels) > 1:
            same = len(set(labels.values())) == 1
            found.append((next(iter(labels.values())) if same else point_id.replace("-", " "), tuple(labels)))
    return tuple(sorted(found, key=lambda entry: (-len(entry[1]), entry[1])))


def timekeeping(sitting: Sitting) -> dict[Light, tuple[int, ...]]:
    """The questions whose latest answer was within its target, past it, and past its limit."""
    lights: dict[Light, tuple[int, ...]] = dict.fromkeys(Light, ())
    for (question, _index), take in latest_takes(sitting):
        standing = light(take.answer_seconds, sitting.plan.questions[question].timing)
        lights[standing] = (*lights[standing], question)
    return lights


def is_timed(sitting: Sitting) -> bool:
    """Whether time was held against the answers: not where the person had the clock switched off."""
    return sitting.plan.timer is not Timer.OFF


def against(seconds: float, timing: Timing) -> str:
    """How the time of an answer stands against its target and limit, in words."""
    whole = int(seconds + 0.5)
    target, limit = int(timing.target + 0.5), int(timing.limit + 0.5)
    match light(seconds, timing):
        case Light.IN_HAND:
            spare = f", {english.duration(target - whole)} in hand" if whole < target else ""
            return f"within the target of {english.duration(target)}{spare}"
        case Light.WRAP_UP:
            past = f"{english.duration(whole - target)} past" if whole > target else "right on"
            return f"{past} the target of {english.duration(target)}, within the limit of {english.duration(limit)}"
        case Light.OVER:
            past = f"{english.duration(whole - limit)} past" if whole > limit else "right on"
            return f"{past} the limit of {english.duration(limit)}"


def seconds_in_all(sitting: Sitting) -> tuple[float, float]:
    """Seconds spent answering (probes and last words too) and preparing, without pauses."""
    takes = [take for of_question in sitting.state.takes for take in of_question]
    answering = sum(take.answer_seconds + sum(probe.seconds for probe in take.probes) for take in takes)
    return answering + sitting.state.last_words_seconds, sum(take.prepare_seconds for take in takes)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToPractise:
    """Something worth another go, with the figures that say so and the positions of the questions they come from."""

    what: str
    because: str
    questions: tuple[int, ...]


def worth_practising(sitting: Sitting, hearings: Hearings) -> tuple[ToPractise, ...]:
    """What the figures point at, the most telling of each kind first.

    Kinds: themes with most points not recognised, lenses marked 0 or 1 most often, answers over time.
    """
    kinds = (_themes(sitting, hearings), _low_lenses(sitting), _over_time(sitting))
    return tuple(entry for rank in zip_longest(*kinds) for entry in rank if entry)


def _themes(sitting: Sitting, hearings: Hearings) -> tuple[ToPractise, ...]:
    missing: Counter[str] = Counter()
    points: Counter[str] = Counter()
    asked: dict[str, tuple[int, ...]] = {}
    for question, hearing in _listened(sitting, hearings):
        for theme in sitting.plan.questions[question].question.themes:
            missing[theme] += sum(not point.counts for point in hearing.points)
            points[theme] += len(hearing.points)
            asked[theme] = (*asked.get(theme, ()), question)
    names: dict[tuple[int, ...], list[str]] = {}
    for theme, positions in asked.items():
        if missing[theme]:
            names.setdefault(positions, []).append(theme)
    alike = sorted(names.items(), key=lambda entry: (-missing[entry[1][0]], points[entry[1][0]], entry[0]))
    return tuple(
        ToPractise(
            what=_opened(english.listed([sitting.plan.theme_names.get(theme, theme) for theme in themes])),
            because=f"{missing[themes[0]]} of {english.count(points[themes[0]], 'point')} "
            f"{'was' if missing[themes[0]] == 1 else 'were'} not recognised at {english.questions(positions)}",
            questions=positions,
        )
        for positions, themes in alike[:MOST_THEMES]
    )


def _over_time(sitting: Sitting) -> tuple[ToPractise, ...]:
    if not is_timed(sitting):
        return ()
    lights = timekeeping(sitting)
    reasons = [
        f"the answer to {english.questions(lights[standing])} ran past its {edge}"
        if len(lights[standing]) == 1
        else f"the answers to {english.questions(lights[standing])} ran past their {edge}s"
        for standing, edge in ((Light.OVER, "limit"), (Light.WRAP_UP, "target"))
        if lights[standing]
    ]
    if not reasons:
        return ()
    positions = tuple(sorted((*lights[Light.OVER], *lights[Light.WRAP_UP])))
    return (ToPractise(what="Saying it in the time", because=", and ".join(reasons), questions=positions),)


def _low_lenses(sitting: Sitting) -> tuple[ToPractise, ...]:
    low = [(lens, _marked_low(sitting, lens)) for lens in sitting.plan.rubric.lenses]
    low.sort(key=lambda entry: -len(entry[1]))
    return tuple(
        ToPractise(
            what=_opened(lens.name),
            because=f"marked 0 or {LOW_MARK} at {english.questions(positions)}. In the rubric, a 3 reads: "
            f"“{lens.anchors[-1]}”",
            questions=positions,
        )
        for lens, positions in low[:MOST_LENSES]
        if positions
    )


def _marked_low(sitting: Sitting, lens: Lens) -> tuple[int, ...]:
    answers = sorted(sitting.sheet.answers.items())
    return tuple(position for position, marks in answers if marks.levels.get(lens.id, LOW_MARK + 1) <= LOW_MARK)


def _opened(text: str) -> str:
    """The text with a capital letter in front."""
    return text[:1].upper() + text[1:]
