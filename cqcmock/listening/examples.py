"""Finds where one person, family, provider or occasion is brought into an answer."""

from __future__ import annotations

from collections.abc import Iterable

from cqcmock.listening.example_phrases import CLASSES
from cqcmock.listening.first_names import FIRST_NAMES
from cqcmock.listening.patterns import Match
from cqcmock.listening.speech import Speech
from cqcmock.listening.stems import word_set
from cqcmock.listening.vocabulary import DAYS, JOBS, MONTHS, PERSON, STAFF

_OF_WORK = (
    JOBS
    | (STAFF - word_set("social hospital cqc board doctor doctors gp police nurse nurses trust centre committee judge"))
    | word_set(
        "procurement finance clerk crew relations benefits digital services department office commissioning "
        "cabinet portfolio leads chairs heads senior answers leave"
    )
) - word_set("member chair lead")
_OF_WORK_BEFORE = word_set("manager officer director lead commissioner worker team chair advocate consultant")
_FOR_WORK = word_set("under my our by with from ask asked")
_AFTER_NO_TITLE = word_set("and or a b c who i")
_ONE_STRETCH = 14
"""Two examples of one sentence are told as one stretch if no more words than these stand between them."""
_SUPPOSING = word_set("if whenever whether imagine suppose unless every any anyone")


def in_named_places(found: Iterable[Match], speech: Speech) -> list[Match]:
    """Those of them that end in a name, which is written with a capital; what follows the name is left out."""
    kept = []
    for match in found:
        for at in range(match.first + 2, match.last + 1):
            if speech.written(at)[:1].isupper() and speech.words[at] not in ("i", *MONTHS, *DAYS):
                kept.append(Match(match.kind, match.first, at))
                break
    return kept


def by_name(speech: Speech) -> list[Match]:
    """Where somebody is brought in by name, "Jean, who runs the urn", "That was Mrs Okafor"; not for a job."""
    found: list[Match] = []
    told: set[str] = set()
    for at, word in enumerate(speech.words[:-1]):
        titled = _is_title(speech, at)
        named = word in FIRST_NAMES and speech.written(at)[:1].isupper() and _introduced(speech, at)
        if not (titled or named):
            continue
        name = speech.words[at + 1] if titled else word
        if name not in told and not _at_work(speech, at, at + titled):
            found.append(Match("example", at, at + 1))
        told.add(name)
    return found


def _is_title(speech: Speech, at: int) -> bool:
    """Whether a name follows a title; "Mrs Gethin's" counts only where it is of her own people, "Mr Rahimi's wife"."""
    words = speech.words
    if words[at] not in ("mr", "mrs", "miss") or words[at + 1] in _AFTER_NO_TITLE:
        return False
    if words[at] == "miss" and not (speech.written(at)[0].isupper() and speech.written(at + 1)[0].isupper()):
        return False
    owns = speech.written(at + 1).endswith(("'s", "’s"))
    return not owns or words[at + 2 : at + 3] in ([word] for word in PERSON)


def _introduced(speech: Speech, at: int) -> bool:
    """Whether a first name begins a sentence or stands by itself, and goes on to a deed: "Joan said", "Joan, who"."""
    following = speech.words[at + 1]
    if following == "who":
        return True
    first = at == 0 or speech.sentences[at - 1] != speech.sentences[at]
    return first and following in CLASSES["did"] | CLASSES["spoke"] | word_set("taught has is would will")


def _at_work(speech: Speech, first: int, last: int, *, reach: int = 6) -> bool:
    """Whether somebody is named for their work: "Mr Lyle in procurement", "a woman called Beth from our team"."""
    words, stop = speech.words, min(speech.stops[last], last + 1 + reach)
    if first and words[first - 1] in _FOR_WORK:
        return True
    before = words[max(speech.sentence_start_near(first), first - 6) : first]
    return bool(_OF_WORK.intersection(words[last + 1 : stop]) or _OF_WORK_BEFORE.intersection(before))


def opens_with_somebody(speech: Speech) -> list[Match]:
    """An answer that begins with what one person went through: "She was locked in every afternoon"."""
    words = speech.words[:3]
    past = len(words) > 2 and words[0] in ("he", "she") and words[1] in CLASSES["did"] | word_set("had would lay rang")
    return [Match("example", 0, 1)] if past and words[2] not in ("not", "like", "say", "be", "probably") else []


def brought_in(found: Iterable[Match], speech: Speech) -> list[tuple[int, int]]:
    """First and last word of each example; those in one breath are one, and what is only supposed is none."""
    kept: list[tuple[int, int]] = []
    for match in sorted(found, key=lambda match: (match.first, match.last)):
        if _supposed(speech, match.first) or _owns(speech, match.last) or _called_at_work(speech, match):
            continue
        if kept and _same_breath(speech, kept[-1][1], match.first):
            if match.first - kept[-1][1] <= _ONE_STRETCH:
                kept[-1] = (kept[-1][0], max(kept[-1][1], match.last))
            continue
        kept.append((match.first, match.last))
    return kept


def _owns(speech: Speech, at: int) -> bool:
    """Whether it goes on to a thing, "a man's chances", and not to another person, "a woman's husband"."""
    following = speech.words[at + 1] if at + 1 < len(speech.words) else ""
    return speech.written(at).endswith(("'s", "’s")) and following not in PERSON | {"is", "been", "got", "had"}


def _called_at_work(speech: Speech, match: Match) -> bool:
    """Whether it is somebody "called Beth Lomas" who is named for their work."""
    words = speech.words
    for at in range(match.first + 1, min(match.last + 2, len(words) - 2)):
        if words[at] in ("called", "named"):
            return _at_work(speech, at + 1, at + 2, reach=12)
    return False


def _same_breath(speech: Speech, last: int, first: int) -> bool:
    if first <= last + 3:
        return True
    return speech.sentences[last] == speech.sentences[first] and first - last < 25


def _supposed(speech: Speech, at: int) -> bool:
    """Whether "if" or the like stands shortly before in the clause: "if a man rings us"."""
    clause = speech.clauses[at]
    for here in range(at - 1, max(-1, at - 9), -1):
        if speech.clauses[here] != clause:
            return False
        if speech.words[here] in _SUPPOSING:
            return True
    return False
