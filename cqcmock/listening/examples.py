"""Finds where one person, family, provider or occasion is brought into an answer.

People are told of by grammar: "a", "one" or "another", perhaps some adjectives, and a word for somebody; then something
that makes them one in particular, as that they did something ("a lad rang"), that they are placed or have an age, or
that somebody met them ("we had a lady"). Occasions come by turns of phrase (`cqcmock.listening.example_phrases`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cqcmock.listening.example_phrases import (
    DEEDS,
    FUNCTION,
    HOUSES,
    KIN,
    KNOWN,
    MANY,
    NO_DOER,
    NOT_PAST,
    PAST,
    ROLES,
    SOMEBODY,
    SPECIFIC,
    TOLD_NOW,
    TOLD_TIME,
)
from cqcmock.listening.first_names import FIRST_NAMES
from cqcmock.listening.patterns import Match
from cqcmock.listening.speech import Speech
from cqcmock.listening.stems import word_set
from cqcmock.listening.vocabulary import AGE_WORDS, DAYS, JOBS, MONTHS, PERSON, STAFF

_ONE = word_set("a an one another this that")
_FEW = word_set("two three four")
_AFTER_NOUN = word_set(
    "called named aged last recently yesterday once again mr mrs um er uh erm where how come though now then one"
)
_OF_THEM = word_set("them those these ours mine the our my their")
_MOST_ADJECTIVES = 5
_SUPPOSING = word_set("if whenever whether imagine suppose unless every any anyone each no say wherever")
_USUALLY = word_set("always usually often sometimes normally mostly typically most you")
_MODAL = word_set("can could should may might must will shall cannot")
_NOT_YET = word_set("as like than being become becoming became into without not never for per only")
"""Just before "a" these make it anybody: "as a mother", "without a carer"."""
_WISHED = word_set("want wanted wants wanting need needs needed needing send ask asking prefer wish wishes expect prefers")
_BE = word_set("is was were are be been am being")
_POINTS_AT = word_set("it this that there here one first last latest case file worst hardest instance exception example")
_HEARER = word_set("he she who i you they we nobody")
_MEETING = word_set(
    "had met saw visited knew know remember lost helped supported moved found heard took spoke sat rang "
    "went have got see thinking think called drove"
)
_MEETING_BEFORE = word_set("had met saw visited knew lost helped supported moved found heard took spoke sat rang went drove")
_PLACING = word_set("in on at from up down over off near out round outside behind")
_AGES = AGE_WORDS | word_set(
    "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty "
    "seventy eighty ninety late early mid"
)
_GOING_ON = word_set("who whose that which and with called named aged of in on at from")
_NOW = word_set("is are has have do does needs wants gets get need want can could should may might must will shall rings")
_AT_WORK = (
    JOBS
    | (STAFF - word_set("social hospital cqc board doctor doctors gp police nurse nurses trust centre committee judge"))
    | word_set(
        "procurement finance clerk crew relations benefits digital services department office commissioning "
        "cabinet portfolio leads chairs heads senior answers leave"
    )
) - word_set("member chair lead")
_OF_WORK_BEFORE = word_set("manager officer director lead commissioner worker team chair advocate consultant")
_FOR_WORK = word_set("under my our by with from ask asked")
_AFTER_NO_TITLE = word_set("and or a b c who i so")
TOLD, BESIDE = "example", "beside an example"
"""Somebody beside an example counts only where nobody else was told of shortly before."""
_ONE_STORY = 60
"""So many words after an example its story still goes on."""
_ONCE = word_set("retired former ex widowed")
_AGED = ["year", "old"]
_RELATED = (["with"], ["who"], ["whose"])
_BESIDES = word_set("not only just about like of for from with to")
_SUBJECTS = word_set("i we they you but he she it there")
_ONE_STRETCH = 14
"""Two examples of one sentence are told as one stretch if no more words than these stand between them."""


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
    return not owns or words[at + 2 : at + 3] in ([word] for word in PERSON | {"kitchen", "house", "flat"})


def _introduced(speech: Speech, at: int) -> bool:
    """Whether a first name begins a sentence or stands by itself, and goes on to a deed: "Joan said", "Joan, who"."""
    following = speech.words[at + 1]
    if following == "who":
        return True
    first = at == 0 or speech.sentences[at - 1] != speech.sentences[at]
    before = speech.words[at - 1] if at else ""
    return (first or before in ("old", "poor", "young", "little")) and (
        _is_past(following) or following in ("has", "is", "would", "will", "at")
    )


def _at_work(speech: Speech, first: int, last: int, *, reach: int = 6) -> bool:
    """Whether somebody is named for their work: "Mr Lyle in procurement", "a woman called Beth from our team"."""
    words, stop = speech.words, min(speech.stops[last], last + 1 + reach)
    if first and words[first - 1] in _FOR_WORK:
        return True
    before = words[max(speech.sentence_start_near(first), first - 6) : first]
    return bool(_AT_WORK.intersection(words[last + 1 : stop]) or _OF_WORK_BEFORE.intersection(before))


def opens_with_somebody(speech: Speech) -> list[Match]:
    """An answer that begins with what one person went through: "She was locked in every afternoon"."""
    words = speech.words[:3]
    if len(words) < 3 or words[0] not in ("he", "she") or words[2] in ("not", "like", "say", "be", "probably"):
        return []
    told = words[1] == "would" or (_is_past(words[1]) and words[1] not in ("did", "said"))
    return [Match("example", 0, min(len(speech.words), 6) - 1)] if told else []


def brought_in(found: Iterable[Match], speech: Speech) -> list[tuple[int, int]]:
    """First and last word of each example; those in one breath are one, and what is only supposed is none."""
    kept: list[tuple[int, int]] = []
    for match in sorted([*found, *_people_told_of(speech)], key=lambda match: (match.first, match.last)):
        if _supposed(speech, match.first) or _called_at_work(speech, match):
            continue
        if kept and _same_breath(speech, kept[-1][1], match.first):
            if match.first - kept[-1][1] <= _ONE_STRETCH:
                kept[-1] = (kept[-1][0], max(kept[-1][1], match.last))
            continue
        if match.kind == BESIDE and kept and match.first - kept[-1][1] < _ONE_STORY:
            continue
        kept.append((match.first, match.last))
    return kept


def _people_told_of(speech: Speech) -> Iterator[Match]:
    words = speech.words
    for at, word in enumerate(words):
        if word == "one" and words[at + 1 : at + 2] == ["of"]:
            found = _one_of_them(speech, at)
        elif word in _ONE or word in _FEW:
            found = _one_in_particular(speech, at)
        elif word == "the":
            found = _the_one_who(speech, at)
        elif word == "my":
            found = _own_kin(speech, at)
        elif word in ("somebody", "someone"):
            found = _somebody_told(speech, at)
        elif word in SPECIFIC and (at == 0 or speech.sentences[at - 1] != speech.sentences[at]):
            titled = words[at + 1 : at + 2] in (["in"], ["with"], ["of"], ["aged"])
            found = Match(TOLD, at, at + 1) if titled else None
        else:
            continue
        if found is not None:
            yield found


def _is_past(word: str) -> bool:
    return word in PAST or (word.endswith("ed") and len(word) > 4 and word not in NOT_PAST)


def _head(speech: Speech, at: int) -> int | None:
    """The word for somebody in which "a", some adjectives and a noun end: in "a very old man rang" it is "man"."""
    words, stop = speech.words, min(speech.stops[at], at + 2 + _MOST_ADJECTIVES)
    for here in range(at + 1, stop):
        word = words[here]
        if (word in FUNCTION and word not in ("very", "too")) or speech.clauses[here] != speech.clauses[at]:
            return None
        following = words[here + 1] if here + 1 < stop else ""
        known = word in SOMEBODY or word in MANY or words[here - 1] in _ONCE or words[here - 1 : here + 1] == _AGED
        if known and following not in SOMEBODY and _noun_ends(speech, here):
            return None if speech.written(here).endswith(("'s", "’s")) else here
        if following in DEEDS and word not in NO_DOER and not _is_past(word) and not word.endswith(("ing", "ly")):
            return here
    return None


def _noun_ends(speech: Speech, at: int) -> bool:
    """Whether no other noun follows, as in "a family decision"."""
    words = speech.words
    if at + 1 >= speech.stops[at] or speech.clauses[at + 1] != speech.clauses[at]:
        return True
    following = words[at + 1]
    return (
        following in FUNCTION
        or following in TOLD_NOW
        or following in _AFTER_NOUN
        or following.endswith("ly")
        or _is_past(following)
        or following.endswith("ing")
        or following[0].isdigit()
        or following in _AGES
    )


def _one_in_particular(speech: Speech, at: int) -> Match | None:
    """Somebody after "a" or "one", if it is told what makes them one in particular."""
    words = speech.words
    head = _head(speech, at)
    if head is None or _in_general(speech, at):
        return None
    noun, one = words[head], words[at]
    if (one in ("this", "that") and noun not in SPECIFIC) or (one in _FEW and noun not in MANY):
        return None
    if one == "one" and words[head + 1 : head + 2] == ["in"] and words[head + 2] in _AGES | _FEW | {"five", "six"}:
        return None
    met = _met(speech, at)
    if met is False:
        return None
    tense = _tense_after(speech, head)
    begins = at == 0 or speech.sentences[at - 1] != speech.sentences[at]
    if noun in ROLES - KNOWN:
        return Match(BESIDE, at, head) if tense == "past" and _deed_after(speech, head) else None
    if noun in SPECIFIC or noun == "old" or words[head - 1] in _ONCE:
        sure = met or begins or _timed(speech, at, head) or _aged(speech, head)
        if sure and (met or tense != "now" or _aged(speech, head)):
            return Match(TOLD, at, head)
        if tense == "past" or (tense is None and (_placed(speech, head) or words[head + 1 : head + 2] in _RELATED)):
            return Match(BESIDE, at, head)
        return None
    placed = _placed(speech, head)
    if tense == "past" and (met or begins or noun in KNOWN | HOUSES):
        return Match(TOLD if met or begins or placed else BESIDE, at, head)
    if met == "past" and tense != "now":
        return Match(TOLD, at, head)
    if tense != "now" and ((met and placed) or _timed(speech, at, head)):
        return Match(TOLD, at, head)
    if met and noun in HOUSES and words[at - 2 : at - 1] == ["there"]:
        return Match(TOLD, at, head)
    if placed and tense != "now" and noun in KNOWN and speech.written(head + 2)[:1].isupper():
        return Match(TOLD, at, head)
    return Match(BESIDE, at, head) if tense == "past" and noun not in SOMEBODY else None


def _deed_after(speech: Speech, head: int) -> bool:
    words = speech.words
    for here in range(head + 1, min(speech.stops[head], head + 8)):
        if words[here] in DEEDS:
            return True
    return False


def _in_general(speech: Speech, at: int) -> bool:
    """Whether anybody is meant: "if a man rings", "as a mother", "you get a lady", "she wanted a woman"."""
    words, clause = speech.words, speech.clauses[at]
    if at and words[at - 1] in _NOT_YET and speech.clauses[at - 1] == clause:
        return not (words[at - 1] == "for" and (words[at] == "one" or words[at + 1] in SPECIFIC or words[at + 2 : at + 3] == ["with"]))
    for here in range(at - 1, max(-1, at - 9), -1):
        if speech.clauses[here] != clause:
            return False
        word = words[here]
        if word in _SUPPOSING or word in _USUALLY or word in _MODAL:
            return True
        if word in _WISHED and at - here < 5:
            return True
        if word == "would" and speech.written(here).casefold() in ("would", "wouldn't"):
            return True
        if word == "to" and here and at - here in (2, 3) and not _is_past(words[here - 1]):
            return words[here + 1] not in FUNCTION and words[here - 1] not in ("go", "going", "goes", "used")
        if word in ("i", "we", "he", "she", "they", "there", "it"):
            return here > 0 and words[here - 1] in _SUPPOSING
        if word in ("and", "but", "because", "so", "then") and at - here > 1:
            return False
    return False


def _met(speech: Speech, at: int) -> str | bool | None:
    """How somebody is led up to: "past" by "we met a", True by "there is a", False where it only says what one is."""
    words = speech.words
    before = at - 1
    while before >= 0 and words[before] in _BESIDES:
        before -= 1
    if before < 0 or speech.sentences[before] != speech.sentences[at]:
        return None
    if words[before] in _BE:
        subject = words[before - 1] if before else ""
        if subject in _POINTS_AT or (subject not in _HEARER and _POINTS_AT.intersection(words[max(0, before - 8) : before])):
            return "past" if words[before] in ("was", "were") else True
        return False if subject in _HEARER or before == at - 1 else None
    for here in range(before, max(-1, before - 3), -1):
        word = words[here]
        if word in _MEETING or (word == "would" and here == at - 1):
            who = words[max(0, here - 3) : here]
            if not who or {"i", "we", "they", "somebody"}.intersection(who):
                return "past" if word in _MEETING_BEFORE or word == "would" else True
            return None
        if word in FUNCTION:
            return None
    return None


def _tense_after(speech: Speech, head: int) -> str | None:
    """Whether what somebody does is "past" or "now", by the first verb that follows in the sentence."""
    words, stop = speech.words, min(speech.stops[head], head + 10)
    for here in range(head + 1, stop):
        word = words[here]
        if word == "would":
            return "now" if speech.written(here).casefold() == "would" else "past"
        if word in _NOW:
            return "now"
        if _is_past(word):
            return "past"
        if word in _SUBJECTS and here > head + 1:
            return None
    return None


def _placed(speech: Speech, head: int) -> bool:
    words = speech.words
    if words[head + 1 : head + 2] == ["there"]:
        return True
    if head + 2 >= speech.stops[head] or words[head + 1] not in _PLACING:
        return False
    following = words[head + 2]
    return following in FUNCTION or following == "one" or speech.written(head + 2)[:1].isupper()


def _aged(speech: Speech, head: int) -> bool:
    return bool(_AGES.intersection(speech.words[head + 1 : head + 4])) or any(
        word.isdigit() for word in speech.words[head + 1 : head + 3]
    )


def _timed(speech: Speech, at: int, head: int) -> bool:
    """Whether it is said when: "last week a", "a lady in January"."""
    words = speech.words
    start = max(speech.sentence_start_near(at), at - 5)
    near = range(start, min(speech.stops[head], head + 5))
    return any(
        words[here] in TOLD_TIME and here and words[here - 1] in ("last", "other", "in", "that", "one") for here in near
    )


def _one_of_them(speech: Speech, at: int) -> Match | None:
    """ "One of our best workers", if it is told what they did."""
    words = speech.words
    if at + 3 >= speech.stops[at] or words[at + 2] not in _OF_THEM or _in_general(speech, at):
        return None
    if at > 1 and words[at - 1] in _BE and words[at - 2] in _POINTS_AT:
        return Match(TOLD, at, at + 3)
    if words[at + 2] in ("them", "those") and words[at + 3] in ("a", "an"):
        return Match(TOLD, at, at + 3)
    for here in range(at + 3, min(speech.stops[at], at + 8)):
        if words[here] in DEEDS:
            return Match(TOLD, at, here)
        if words[here] in ("was", "had") and _AGES.intersection(words[here + 1 : here + 2]):
            return Match(TOLD, at, here)
        if words[here] in FUNCTION:
            return None
    return None


def _the_one_who(speech: Speech, at: int) -> Match | None:
    """ "The man who came to read the meter", "the first lady didn't listen"."""
    words = speech.words
    ranked = words[at + 1] in ("first", "last", "second", "next") if at + 1 < len(words) else False
    for here in range(at + 1, min(speech.stops[at] - 2, at + 6)):
        word = words[here]
        if word in KNOWN or word in HOUSES:
            following, then = words[here + 1], words[here + 2]
            if ranked and _is_past(following):
                return Match(BESIDE, at, here)
            if following in ("who", "that", "i", "we") and _is_past(then) and speech.clauses[at] == speech.clauses[here + 1]:
                return Match(BESIDE, at, here + 2)
            if following not in KNOWN | HOUSES:
                return None
        elif word in FUNCTION:
            return None
    return None


def _own_kin(speech: Speech, at: int) -> Match | None:
    """ "My mum had", if it is told what happened to one of the speaker's own."""
    words = speech.words
    if at + 2 >= speech.stops[at] or words[at + 1] not in KIN | {"neighbour"}:
        return None
    following = words[at + 2]
    return Match(BESIDE, at, at + 1) if _is_past(following) and following != "said" else None


def _somebody_told(speech: Speech, at: int) -> Match | None:
    """Whether "somebody" is one in particular: "somebody rang me", "somebody I know", "somebody up in the north"."""
    words = speech.words
    if at + 2 >= speech.stops[at] or speech.clauses[at] != speech.clauses[at + 1] or _in_general(speech, at):
        return None
    following = words[at + 1]
    there = at > 1 and words[at - 1] in _BE and words[at - 2] in ("there", "it")
    told = following in DEEDS and {"me", "us", "to", "the"}.intersection(words[at + 2 : at + 4])
    if following in ("i", "we") or told or (there and following in _PLACING):
        return Match(TOLD, at, at + 1)
    return None


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
