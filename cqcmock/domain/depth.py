"""How deep the questions of an interviewer went.

The *depth* of a question is how many of its probes were answered with something new. New is what was not said before in
this question: a point, a number, an example or somebody's voice where the answers were typed and listened to; where
there is no hearing, NEW_WORDS words that say something; where nothing was typed because everybody was speaking, or no
more than a few words beside it, the interviewer's "good".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from cqcmock.domain.english import count, listed, listed_in_quotes
from cqcmock.domain.hearing import FindingKind, Hearing, Span
from cqcmock.domain.interview import PARTS_JOINED_BY, Take
from cqcmock.domain.interviewing import Interviewing, folded


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What was said to the question, or to one of its probes.

    `hearing` is of these words alone. `good` is whether the interviewer tapped so: it counts where nothing was typed,
    or fewer than NEW_WORDS words, which are a note of what was said aloud.
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

    @property
    def each(self) -> str:
        """How each probe was answered, in plain words."""
        return "; ".join(
            f"the {_ORDINALS[number]} follow-up {answer.why}" for number, answer in enumerate(self.answers)
        )

    @property
    def why(self) -> str:
        """The whole in one sentence."""
        if not self.answers:
            return "No follow-up question was asked."
        return f"Depth {self.reached} of {count(self.asked, 'follow-up')}: {self.each}."


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
    return Depth(reached=reached, asked=len(probes), answers=answers)


def depth_of(now: Interviewing, take: Take, hearing: Hearing | None) -> Depth:
    """How deep the interview about one question went: `take` is what was said, and `hearing` what was heard in it."""
    parts = take.everything_said
    good = (False, *(asked.good for asked in now.asked), *(False for _ in parts))
    replies, begins = [], 0
    for number, part in enumerate(parts):
        ends = begins + len(part)
        heard = _heard_between(hearing, begins, ends) if hearing else None
        replies.append(Reply(text=part, hearing=heard, good=good[number]))
        begins = ends + len(PARTS_JOINED_BY)
    return depth(now.question.text, [probe.text for probe in take.probes], replies)


def _heard_between(hearing: Hearing, begins: int, ends: int) -> Hearing:
    """What was heard in one stretch of everything said. What somebody says they said rests on no words of it."""

    def here(span: Span) -> bool:
        return begins <= span[0] and span[1] <= ends

    points = (replace(point, spans=tuple(span for span in point.spans if here(span))) for point in hearing.points)
    return replace(
        hearing,
        points=tuple(
            replace(point, heard=bool(point.spans), overruled=bool(point.spans) and point.overruled) for point in points
        ),
        numbers=tuple(number for number in hearing.numbers if here(number.span)),
        findings=tuple(finding for finding in hearing.findings if here(finding.span)),
    )


def _judged(reply: Reply, before: Sequence[Reply], words_asked: frozenset[str]) -> Answered:
    judged = _judged_as_written(reply, before, words_asked)
    if reply.good and not judged.new and len(reply.text.split()) < NEW_WORDS:
        return Answered(new=True, why="was answered aloud, and the interviewer tapped “good”")
    return judged


def _judged_as_written(reply: Reply, before: Sequence[Reply], words_asked: frozenset[str]) -> Answered:
    if not reply.text.strip():
        return Answered(new=False, why="was not answered in writing, and the interviewer did not tap “good”")
    if folded(reply.text) in {folded(earlier.text) for earlier in before}:
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
        had = {folded(finding.text) for earlier in heard for finding in earlier.of(kind)}
        fresh = [finding.text for finding in hearing.of(kind) if folded(finding.text) not in had]
        if fresh:
            new.append(f"{name} (“{fresh[0]}”)")
    return new
