"""With an interviewer: a colleague asks, taps what they hear, and each tap brings the probe that fits it.

A tap is what an assessor would think on hearing the answer, and always leads to a probe in the same order, first come
first served, none of them twice in a question and three at the most:

    vague               the question's `vague` probes, its points that were not heard (the weightiest first), its
                        `always` probes, then plain ones
    no example          its `no-example` probes, then plain ones
    claim without data  its `no-number` probes, then "How do you know?", its `in-progress` probes (by when could it be
                        known), then more plain ones
    no voice            its `no-voice` probes, then plain ones
    contradicts         plain ones only: no question can know beforehand what will be contradicted
    good                on the answer itself, or a second time running: on to the next question; on the answer to a
                        probe: nothing more of that kind is asked, and another kind may be tapped

The plain probes stand below, as many of each kind as can be asked. Nothing here is chance, and no clock is read:
the same taps (with the same points heard) give the same interview, and undoing a tap is leaving it out.

The *depth* of a question is how many of its probes were answered with something new. New is what was not said before in
this question: a point, a number, an example or somebody's voice where the answers were typed and listened to; where
there is no hearing, NEW_WORDS words that say something; where nothing was typed because everybody was speaking, the
interviewer's "good".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import reduce
from typing import Final

from cqcmock.domain.english import count, listed, listed_in_quotes
from cqcmock.domain.hearing import MISSING_POINT, FindingKind, Hearing, NextProbe
from cqcmock.domain.plan import MOST_PROBES
from cqcmock.domain.questions import Cue, Question


class Tap(StrEnum):
    """What the interviewer taps, in the words that a sitting keeps (`EventKind.TAPPED`) and a report prints."""

    VAGUE = "vague"
    NO_EXAMPLE = "no example"
    CLAIM_WITHOUT_DATA = "claim without data"
    NO_VOICE = "no voice"
    CONTRADICTS = "contradicts"
    GOOD = "good"


CUE_OF: Final[dict[Tap, str]] = {
    Tap.VAGUE: Cue.VAGUE,
    Tap.NO_EXAMPLE: Cue.NO_EXAMPLE,
    Tap.CLAIM_WITHOUT_DATA: Cue.NO_NUMBER,
    Tap.NO_VOICE: Cue.NO_VOICE,
    Tap.CONTRADICTS: "contradicts",
}
"""The reason that is kept with a plain probe. "contradicts" is no cue of a bank: only a person can hear it."""

PLAIN: Final[dict[Tap, tuple[str, ...]]] = {
    Tap.VAGUE: (
        "What does that look like on an ordinary day?",
        "Who does what, and when?",
        "What would I see for myself if I came along tomorrow?",
    ),
    Tap.NO_EXAMPLE: (
        "Can you tell me about one time when that happened?",
        "Think of one person, without naming them. What was different for them?",
        "When did you last see that for yourself?",
    ),
    Tap.CLAIM_WITHOUT_DATA: (
        "How do you know?",
        "Which figure would show me that, and how old is it?",
        "How does that compare with last year, or with councils like yours?",
    ),
    Tap.NO_VOICE: (
        "What do the people it is meant for say about it?",
        "How did you hear that from them?",
        "What has somebody told you that made you change something?",
    ),
    Tap.CONTRADICTS: (
        "I have also heard it told another way. How do the two fit together?",
        "What would explain the difference?",
        "Which of the two would I find if I looked tomorrow?",
    ),
}
"""Asked where the question has none of its own left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tapped:
    """One tap. `heard` are the ids of the points heard by then, where the answer was typed: nobody asks for them."""

    tap: Tap
    heard: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A probe that was asked, the tap that brought it, and whether its answer was tapped "good"."""

    tap: Tap
    probe: NextProbe
    good: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Interviewing:
    """Where the interview about one question stands.

    `done` are the kinds that were tapped "good": they bring no more probes. `over` says that the next question is due.
    `words` say what the last tap did, for the interviewer's window.
    """

    question: Question
    asked: tuple[Asked, ...] = ()
    done: frozenset[Tap] = frozenset()
    over: bool = False
    last: Tap | None = None
    words: str = ""

    @property
    def probe(self) -> NextProbe | None:
        """The probe on screen, or None while the question itself is."""
        return self.asked[-1].probe if self.asked else None

    @property
    def left(self) -> int:
        """How many more probes may be asked."""
        return 0 if self.over else MOST_PROBES - len(self.asked)


def interviewed(question: Question, taps: Iterable[Tap | Tapped]) -> Interviewing:
    """The interview that these taps lead to. `question` comes with the names of its place filled in."""
    return reduce(step, taps, Interviewing(question=question))


def step(now: Interviewing, tap: Tap | Tapped) -> Interviewing:
    """The interview after one more tap. A tap that comes when the question is over changes nothing but `words`."""
    given = tap if isinstance(tap, Tapped) else Tapped(tap=tap)
    if now.over:
        return replace(now, words="This question is over. The next one is due.")
    if given.tap is Tap.GOOD:
        return _after_good(now)
    if not now.left:
        words = f"{MOST_PROBES} probes are the most. On to the next question."
        return replace(now, last=given.tap, over=True, words=words)
    if given.tap in now.done:
        return replace(now, last=given.tap, words=f"“{given.tap}” was answered well already, so nothing more is asked.")
    probe = next(fitting_probes(now, given), None)
    if probe is None:
        return replace(now, last=given.tap, words=f"No question about “{given.tap}” is left. Tap something else.")
    asked = (*now.asked, Asked(tap=given.tap, probe=probe))
    return replace(now, asked=asked, last=given.tap, words=f"Asked: {probe.text}")


def _after_good(now: Interviewing) -> Interviewing:
    asked, done = now.asked, now.done
    if asked:
        asked, done = (*asked[:-1], replace(asked[-1], good=True)), done | {asked[-1].tap}
    if not asked or now.last is Tap.GOOD or not now.left:
        return replace(now, asked=asked, done=done, last=Tap.GOOD, over=True, words="On to the next question.")
    words = f"Nothing more about “{asked[-1].tap}”. Tap what is still missing, or “good” again to go on."
    return replace(now, asked=asked, done=done, last=Tap.GOOD, words=words)


def fitting_probes(now: Interviewing, tapped: Tapped) -> Iterator[NextProbe]:
    """What a tap would bring, in order, leaving out whatever was asked in this question. Empty for "good"."""
    used = {_folded(now.question.text), *(_folded(asked.probe.text) for asked in now.asked)}
    for probe in _in_order(now.question, tapped):
        if (folded := _folded(probe.text)) not in used:
            used.add(folded)
            yield probe


def _in_order(question: Question, tapped: Tapped) -> Iterator[NextProbe]:
    tap = tapped.tap
    if tap is Tap.GOOD:
        return
    plain = [NextProbe(cue=CUE_OF[tap], text=text) for text in PLAIN[tap]]
    match tap:
        case Tap.VAGUE:
            yield from _of(question, Cue.VAGUE)
            yield from _points(question, tapped.heard)
            yield from _of(question, Cue.ALWAYS)
        case Tap.NO_EXAMPLE:
            yield from _of(question, Cue.NO_EXAMPLE)
        case Tap.CLAIM_WITHOUT_DATA:
            yield from _of(question, Cue.NO_NUMBER)
            yield plain[0]
            yield from _of(question, Cue.IN_PROGRESS)
        case Tap.NO_VOICE:
            yield from _of(question, Cue.NO_VOICE)
    yield from plain


def _of(question: Question, cue: Cue) -> Iterator[NextProbe]:
    return (NextProbe(cue=cue, text=probe.text) for probe in question.probes if probe.cue is cue)


def _points(question: Question, heard: frozenset[str]) -> Iterator[NextProbe]:
    for point in sorted(question.points, key=lambda point: -point.weight):
        if point.id not in heard:
            yield NextProbe(cue=MISSING_POINT, text=point.probe, point=point.id)


def _folded(text: str) -> str:
    """The text as it sounds: letters and figures only, so that a full stop makes no new probe."""
    return " ".join(re.findall(r"\w+", text.casefold()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What was said to the question, or to one of its probes.

    `hearing` is of these words alone. `good` is whether the interviewer tapped so: it counts where nothing was typed.
    """

    text: str = ""
    hearing: Hearing | None = None
    good: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """Whether the answer to one probe brought something new, and what, in plain words."""

    new: bool
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Depth:
    """How deep one question went: `reached` of the `asked` probes were answered with something new."""

    reached: int
    asked: int
    answers: tuple[Answered, ...]
    why: str


NEW_WORDS: Final = 5
"""Different words, not said before and saying something, that count as something new where there is no hearing."""

_SHOWN: Final = 3
_ORDINALS: Final = ("first", "second", "third")
_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_LONG_ENOUGH: Final = 4
_FILLING: Final = """
able about absolutely actually after again against almost already also although always another answer anybody anyone
anything anyway anywhere around asked asking basically because become been before being believe best better between
both came cannot can't certainly clear clearly come comes coming could couldn't course didn't different does doesn't
doing done don't down during each either else enough even ever every everybody everyone everything everywhere
example exactly fairly feel felt find first from fully generally getting give given going good great guess happen
happened hasn't have haven't having hear heard help here hers herself himself honest honestly hope however idea
important into isn't it's itself just keep kind knew know known last least less like likely little look looked
looking lots made mainly make makes making many matter maybe mean means might mind more most mostly much must myself
need needed needs neither never next nobody none nothing obviously often okay once only onto other others ought ours
ourselves over particular particularly past perhaps please point possibly possible probably question quite rather
real really recall remember right round said same saying says seem seems seen shall should shouldn't similar simply
since some somebody someone something sometimes somewhere sorry sort speak still stuff such sure surely take talk
tell than thank thanks that that's their theirs them themselves then there there's these they they're thing things
think this those though thought through time times told trying under understand until upon usually various very want
wanted wasn't ways well went were weren't what what's whatever when whenever where whether which while whole whom
whose will with within without won't wonder work would wouldn't yeah year years your yours yourself you're
"""
_SAYING_NOTHING: Final = frozenset(_FILLING.split())


def depth(asked: str, probes: Sequence[str], replies: Sequence[Reply]) -> Depth:
    """How many of the probes were answered with something new.

    `asked` is the text of the question and `probes` those of its probes; `replies` are to the question first and then
    to the probes in order, as far as they came. Words of the questions themselves are never new, nor is a reply that
    was given in the same words before.
    """
    judged = []
    for number, reply in enumerate(replies[1 : len(probes) + 1], start=1):
        words_asked = _telling_words(" ".join((asked, *probes[:number])))
        judged.append(_judged(reply, replies[:number], words_asked))
    unanswered = Answered(new=False, why="was not answered")
    answers = (*judged, *(unanswered for _ in probes[len(judged) :]))
    reached = sum(answer.new for answer in answers)
    return Depth(reached=reached, asked=len(probes), answers=answers, why=_why(reached, answers))


def _judged(reply: Reply, before: Sequence[Reply], words_asked: frozenset[str]) -> Answered:
    if not reply.text.strip():
        if reply.good:
            return Answered(new=True, why="was answered well in the interviewer's ear, and nothing was typed")
        return Answered(new=False, why="was not answered in writing, nor tapped as good")
    if _folded(reply.text) in {_folded(earlier.text) for earlier in before}:
        return Answered(new=False, why="was answered in the same words as before")
    if reply.hearing is None:
        said = words_asked.union(*(_telling_words(earlier.text) for earlier in before))
        return _new_words(reply.text, said)
    new = _new_findings(reply.hearing, before)
    if not new:
        return Answered(new=False, why="brought no point, number, example or voice that was not there before")
    return Answered(new=True, why=f"brought {listed(new)}")


def _new_words(text: str, said: frozenset[str]) -> Answered:
    new = [word for word in dict.fromkeys(_words(text)) if word not in said]
    if len(new) < NEW_WORDS:
        return Answered(
            new=False, why=f"brought {count(len(new), 'word') if new else 'no words'} not said before, too few"
        )
    return Answered(
        new=True, why=f"brought {count(len(new), 'word')} not said before, such as {listed_in_quotes(new[:_SHOWN])}"
    )


def _words(text: str) -> Iterator[str]:
    """The words that say something, in order: figures, and words of four letters or more that are not in the list."""
    for found in _WORD.finditer(text.casefold().replace("’", "'")):
        word = found.group()
        if word[0].isdigit() or (len(word) >= _LONG_ENOUGH and word not in _SAYING_NOTHING):
            yield word


def _telling_words(text: str) -> frozenset[str]:
    return frozenset(_words(text))


def _new_findings(hearing: Hearing, before: Sequence[Reply]) -> list[str]:
    """What the reply has that no reply before it had, in plain words."""
    heard = [earlier.hearing for earlier in before if earlier.hearing]
    points = {point.id for earlier in heard for point in earlier.points if point.counts}
    numbers = {(number.value, number.unit) for earlier in heard for number in earlier.numbers if not number.overruled}
    new = [f"“{point.label}”" for point in hearing.points if point.counts and point.id not in points]
    quoted = [
        number for number in hearing.numbers if not number.overruled and (number.value, number.unit) not in numbers
    ]
    if quoted:
        texts = list(dict.fromkeys(number.text for number in quoted))
        new.append(f"{'a number' if len(texts) == 1 else 'numbers'} ({listed(texts[:_SHOWN])})")
    for kind, name in ((FindingKind.EXAMPLE, "an example"), (FindingKind.VOICE, "what people say")):
        had = {_folded(finding.text) for earlier in heard for finding in earlier.of(kind)}
        fresh = [finding.text for finding in hearing.of(kind) if _folded(finding.text) not in had]
        if fresh:
            new.append(f"{name} (“{fresh[0]}”)")
    return new


def _why(reached: int, answers: Sequence[Answered]) -> str:
    if not answers:
        return "No probe was asked."
    each = "; ".join(f"the {_ORDINALS[number]} probe {answer.why}" for number, answer in enumerate(answers))
    return f"Depth {reached} of {count(len(answers), 'probe')}: {each}."
