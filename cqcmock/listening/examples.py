"""Finds where one person, family, provider or occasion is brought into an answer.

People are told of by grammar: "a", "one" or "another", perhaps some adjectives, and a word for somebody; then something
that makes them one in particular, as that they did something ("a lad rang"), that they are placed or have an age, or
that somebody met them ("we had a lady"). Occasions come by turns of phrase (`cqcmock.listening.example_phrases`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cqcmock.listening.example_phrases import (
    AGES,
    ANYBODY,
    AT_WORK,
    DEEDS,
    FUNCTION,
    HOUSES,
    KIN,
    KNOWN,
    MANY,
    MEETING,
    MEETING_NOW,
    NOT_YET,
    NOW,
    ONCE,
    PAST,
    PLACING,
    POINTS_AT,
    ROLES,
    SPECIFIC,
    SUBJECTS,
    SUPPOSING,
    WISHED,
    WORK_BEFORE,
    age_ends,
    begins,
    deed_after,
    head_of,
    placed_at,
    tense_after,
    timed,
)
from cqcmock.listening.first_names import FIRST_NAMES
from cqcmock.listening.patterns import Match
from cqcmock.listening.speech import Speech, is_past
from cqcmock.listening.stems import word_set
from cqcmock.listening.vocabulary import DAYS, MONTHS, PERSON

TOLD, BESIDE = "somebody", "beside somebody"
"""Somebody beside another is told of only where nobody else was shortly before."""

_ONE = word_set("a an one another this that")
_FEW = word_set("two three four")
_OF_THEM = word_set("them those these ours mine the our my their")
_BE = word_set("is was were are be been am being")
_HEARER = word_set("he she who i you they we nobody")
_BESIDES = word_set("not only just about like of for from with to")
_BEFELL = word_set("had was been went fell died came got broke lost lived waited needed rang ended collapsed spent")
_FOR_WORK = word_set("under my our by with from ask asked")
_AFTER_NO_TITLE = word_set("and or a b c who i so the")
_HER_OWN = PERSON | {"kitchen", "house", "flat", "front"}
_ONE_STRETCH = 14
"""Two examples of one sentence are told as one stretch if no more words than these stand between them."""
_ONE_STORY = 100
"""For so many words after somebody was told of, their story goes on."""


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
    if words[at] not in ("mr", "mrs", "miss") or words[at + 1] in _AFTER_NO_TITLE | {"the"}:
        return False
    if words[at] == "miss" and not (speech.written(at)[0].isupper() and speech.written(at + 1)[0].isupper()):
        return False
    owns = speech.written(at + 1).endswith(("'s", "’s"))
    return not owns or (at + 2 < len(words) and words[at + 2] in _HER_OWN)


def _introduced(speech: Speech, at: int) -> bool:
    """Whether a first name begins a sentence or stands by itself, and goes on to a deed: "Joan said", "Joan, who"."""
    following = speech.words[at + 1]
    if following == "who":
        return True
    first = at == 0 or speech.sentences[at - 1] != speech.sentences[at]
    before = speech.words[at - 1] if at else ""
    return (first or before in ("old", "poor", "young", "little")) and (
        is_past(following) or following in ("has", "is", "would", "will", "at")
    )


def _at_work(speech: Speech, first: int, last: int, *, reach: int = 6) -> bool:
    """Whether somebody is named for their work: "Mr Lyle in procurement", "a woman called Beth from our team"."""
    words, stop = speech.words, min(speech.stops[last], last + 1 + reach)
    if first and words[first - 1] in _FOR_WORK:
        return True
    before = words[max(speech.sentence_start_near(first), first - 6) : first]
    return bool(AT_WORK.intersection(words[last + 1 : stop]) or WORK_BEFORE.intersection(before))


def opens_with_somebody(speech: Speech) -> list[Match]:
    """An answer that begins with what one person went through: "She was locked in every afternoon"."""
    words = speech.words[:3]
    if len(words) < 3 or words[0] not in ("he", "she") or words[2] in ("not", "like", "say", "be", "probably"):
        return []
    lately = words[1] in ("would", "had") and (words[2] in ("been", "got", "gone", "come") or is_past(words[2]))
    told = lately or (is_past(words[1]) and words[1] not in ("did", "said"))
    return [Match("example", 0, min(len(speech.words), 6) - 1)] if told else []


def brought_in(found: Iterable[Match], speech: Speech) -> list[tuple[int, int]]:
    """First and last word of each example; those in one breath are one, and what is only supposed is none."""
    kept: list[tuple[int, int]] = []
    person: int | None = None
    for match in sorted([*found, *_people_told_of(speech)], key=lambda match: (match.first, match.last)):
        if _supposed(speech, match.first) or _called_at_work(speech, match):
            continue
        if kept and _same_breath(speech, kept[-1][1], match.first):
            kept[-1] = (kept[-1][0], max(kept[-1][1], match.last))
        elif not (_goes_on(speech, match) and person is not None and match.first - person < _ONE_STORY):
            kept.append((match.first, match.last))
        else:
            continue
        person = match.last if match.kind in (TOLD, BESIDE) else person
    return kept


def _people_told_of(speech: Speech) -> Iterator[Match]:
    for at, word in enumerate(speech.words):
        if word == "one" and speech.words[at + 1 : at + 2] == ["of"]:
            found = _one_of_them(speech, at)
        elif word in _ONE or word in _FEW:
            found = _one_in_particular(speech, at)
        elif word == "the":
            found = _the_one_who(speech, at)
        elif word in ("my", "our"):
            found = _own_kin(speech, at)
        elif word in ("somebody", "someone"):
            found = _somebody_told(speech, at)
        elif word in SPECIFIC and begins(speech, at):
            clipped = speech.words[at + 1 : at + 2] in (["in"], ["with"], ["of"], ["aged"])
            found = Match(TOLD, at, at + 1) if clipped else None
        else:
            continue
        if found is not None:
            yield found


def _one_in_particular(speech: Speech, at: int) -> Match | None:
    """Somebody after "a" or "one", if it is told what makes them one in particular."""
    head = head_of(speech, at)
    if head is None or _in_general(speech, at, head) or _only_counted(speech, at, head):
        return None
    met = _met(speech, at, head)
    if met == "":
        return None
    noun, tense = speech.words[head], tense_after(speech, head)
    if speech.words[at] in _FEW and placed_at(speech, head, by_name=True):
        return Match(TOLD, at, head)
    if noun in ROLES - KNOWN:
        return Match(BESIDE, at, head) if tense == PAST and deed_after(speech, head) else None
    if noun in SPECIFIC or noun == "old" or speech.words[head - 1] in ONCE:
        return _somebody_specific(speech, at, head, met, tense)
    return _somebody_known(speech, at, head, met, tense)


def _only_counted(speech: Speech, at: int, head: int) -> bool:
    """ "This resident", "three people", "one person in ten", "a couple of weeks", "thirty-one men"."""
    words = speech.words
    one, noun, after = words[at], words[head], words[head + 1 : head + 3]
    if one in ("this", "that"):
        return noun not in SPECIFIC and words[at + 1] != "one"
    if one in _FEW:
        return noun not in MANY
    if one == "one" and (
        (at and words[at - 1] in AGES) or (after[:1] == ["in"] and after[-1] in AGES | {"five", "six"})
    ):
        return True
    return after[:1] == ["or"] or (noun == "couple" and after[:1] == ["of"])


def _somebody_specific(speech: Speech, at: int, head: int, met: str | None, tense: str | None) -> Match | None:
    """ "A lady", "one chap": somebody in particular, if anything says so and nothing against it."""
    singled_out, age = speech.words[at] == "one" and tense == PAST, age_ends(speech, head)
    if age is not None:
        return Match(TOLD, at, age)
    if met or singled_out or placed_at(speech, head, by_name=True):
        return Match(TOLD, at, head)
    if tense != NOW and timed(speech, at, head):
        return Match(TOLD, at, head)
    if tense != NOW and begins(speech, at):
        return Match(BESIDE if speech.words[head] in KIN else TOLD, at, head)
    related = speech.words[head + 1 : head + 2] in (["with"], ["who"], ["whose"])
    if tense == PAST or (tense is None and (related or placed_at(speech, head))):
        return Match(BESIDE, at, head)
    return None


def _somebody_known(speech: Speech, at: int, head: int, met: str | None, tense: str | None) -> Match | None:
    """ "A family", "one provider", of whom one may also speak in general: it has to be told what happened, or where."""
    words, placed = speech.words, placed_at(speech, head)
    if tense == PAST:
        return Match(TOLD if met or placed or begins(speech, at) else BESIDE, at, head)
    if met and words[head] in HOUSES and words[at - 2] == "there":
        return Match(TOLD, at, head)
    if tense == NOW:
        return None
    by_name = words[head] in KNOWN | MANY and placed_at(speech, head, by_name=True)
    if met == PAST or by_name or (met and placed) or (words[head] in KNOWN and timed(speech, at, head)):
        return Match(TOLD, at, head)
    return None


def _in_general(speech: Speech, at: int, head: int) -> bool:
    """Whether anybody is meant: "if a man rings", "as a mother", "you get a lady", "she wanted a woman"."""
    words, clause = speech.words, speech.clauses[at]
    if at and words[at - 1] in NOT_YET and speech.clauses[at - 1] == clause:
        return words[at - 1] != "for" or not (words[at] == "one" or words[head] in SPECIFIC)
    for here in range(at - 1, max(-1, at - 9), -1):
        if speech.clauses[here] != clause:
            return False
        word = words[here]
        if word in ANYBODY or (word in WISHED and at - here < 5):
            return True
        if word == "would" and speech.written(here).casefold() in ("would", "wouldn't"):
            return True
        if word == "you" and words[here + 1] not in FUNCTION:
            return True
        if word == "to" and at - here in (2, 3) and words[at - 1] not in _BE and _is_infinitive(words, here):
            return True
        if word in SUBJECTS:
            return here > 0 and words[here - 1] in ANYBODY
        if word in ("and", "but", "because", "so", "then") and at - here > 1:
            return False
    return False


def _is_infinitive(words: list[str], at: int) -> bool:
    """Whether "to" goes on to what is only meant to be done: "to send a man", but not "I went to see a man"."""
    before = words[at - 1] if at else ""
    return words[at + 1] not in FUNCTION and not is_past(before) and before not in ("go", "going", "goes", "used")


def _met(speech: Speech, at: int, head: int) -> str | None:
    """How somebody is led up to: "we met a" is past, "there is a" now, and "" that it only says what one is."""
    words = speech.words
    after = words[head + 1 : head + 3]
    if words[at : at + 2] == ["this", "one"] or (len(after) == 2 and after[0] in ("i", "we") and _meets(after[1])):
        return PAST
    before = at - 1
    while before >= 0 and words[before] in _BESIDES:
        before -= 1
    if before < 1 or speech.sentences[before] != speech.sentences[at]:
        return PAST if before == 0 and words[before] in MEETING else None
    if words[before] == "by" and is_past(words[before - 1]) and words[before - 2] in _BE:
        return PAST
    if words[before] == "be":
        return ""
    if words[before] in _BE:
        pointed = any(word in POINTS_AT or word.endswith("est") for word in words[max(0, before - 8) : before])
        pointed = pointed and words[head] in SPECIFIC and words[before - 1] not in _HEARER
        if words[before - 1] in POINTS_AT or pointed:
            return PAST if words[before] in ("was", "were") else NOW
        return "" if words[before - 1] in _HEARER or before == at - 1 else None
    for here in range(before, max(-1, before - 3), -1):
        word = words[here]
        had = word == "would" and here == at - 1  # "I'd a lady last week"
        if _meets(word) or had:
            who = words[max(0, here - 3) : here]
            led_up = not who or not {"i", "we", "they", "somebody"}.isdisjoint(who) or word in ("involved", "concerned")
            return (PAST if word in MEETING or had else NOW) if led_up else None
        if word in FUNCTION:
            return None
    return None


def _meets(word: str) -> bool:
    return word in MEETING or word in MEETING_NOW


def _one_of_them(speech: Speech, at: int) -> Match | None:
    """ "One of our best workers", if it is told what they did."""
    words = speech.words
    if at + 3 >= speech.stops[at] or words[at + 2] not in _OF_THEM or _in_general(speech, at, at):
        return None
    if at > 1 and words[at - 1] in _BE and words[at - 2] in POINTS_AT:
        return Match(TOLD, at, at + 3)
    if words[at + 2] in ("them", "those") and words[at + 3] in {"a", "an", *AGES}:
        return Match(TOLD, at, at + 3)
    for here in range(at + 3, min(speech.stops[at], at + 8)):
        failed = is_past(words[here]) and words[here - 1].endswith("s") and words[here] not in ("was", "were", "had")
        if words[here] in DEEDS or failed:
            return Match(TOLD if words[at + 2] in ("them", "those", "ours", "mine") else BESIDE, at, here)
        if words[here] in ("i", "we") and words[here + 1 : here + 2] and _meets(words[here + 1]):
            return Match(TOLD, at, here)
        if words[here] in ("was", "had") and AGES.intersection(words[here + 1 : here + 2]):
            return Match(TOLD, at, here)
        if words[here] in FUNCTION and words[here] not in PLACING | {"the"}:
            return None
    return None


def _the_one_who(speech: Speech, at: int) -> Match | None:
    """ "The man who came to read the meter", "the first lady didn't listen"."""
    words = speech.words
    for here in range(at + 1, min(speech.stops[at] - 3, at + 6)):
        if words[here] in SPECIFIC or words[here] in HOUSES:
            following, then = words[here + 1], words[here + 2]
            if then in ("all", "both", "had", "would"):
                then = words[here + 3]
            ranked = words[at + 1] in ("first", "last", "second", "next") and is_past(following)
            related = following in ("who", "that", "i", "we") and is_past(then)
            if ranked or (related and speech.clauses[at] == speech.clauses[here + 1]):
                return Match(BESIDE, at, here + 1)
            if following not in KNOWN | HOUSES:
                return None
        elif words[here] in FUNCTION:
            return None
    return None


def _own_kin(speech: Speech, at: int) -> Match | None:
    """ "My mum had", if it is told what happened to one of the speaker's own."""
    words = speech.words
    if at + 4 >= speech.stops[at] or words[at + 1] not in (FIRST_NAMES if words[at] == "our" else KIN):
        return None
    following = words[at + 4 if words[at + 2 : at + 4] == ["in", "law"] else at + 2]
    return Match(BESIDE, at, at + 1) if following in _BEFELL else None


def _somebody_told(speech: Speech, at: int) -> Match | None:
    """Whether "somebody" is one in particular: "somebody rang me", "somebody I know", "somebody up in the north"."""
    words = speech.words
    if at + 2 >= speech.stops[at] or speech.clauses[at] != speech.clauses[at + 1] or _in_general(speech, at, at):
        return None
    following = words[at + 1]
    there = at > 1 and words[at - 1] in _BE and words[at - 2] in ("there", "it")
    told = following in DEEDS and words[at + 2] in ("me", "us", "to", "the") and words[at - 1 : at] != ["with"]
    met = at > 1 and _meets(words[at - 1]) and words[at - 2] in ("i", "we") and following in ("who", *PLACING)
    if following in ("i", "we") or told or met or (there and placed_at(speech, at)):
        return Match(TOLD, at, at + 1)
    return None


def _called_at_work(speech: Speech, match: Match) -> bool:
    """Whether it is somebody "called Beth Lomas" who is named for their work."""
    for at in range(match.first + 1, min(match.last + 2, len(speech.words) - 2)):
        if speech.words[at] in ("called", "named"):
            return _at_work(speech, at + 1, at + 2, reach=12)
    return False


def _goes_on(speech: Speech, match: Match) -> bool:
    """Whether it may belong to the story that is being told: "a girl came", "I can see him"."""
    return match.kind == BESIDE or speech.words[match.last] in ("him", "her")


def _same_breath(speech: Speech, last: int, first: int) -> bool:
    return first <= last + 3 or (first - last <= _ONE_STRETCH and speech.sentences[last] == speech.sentences[first])


def _supposed(speech: Speech, at: int) -> bool:
    """Whether "if" or the like stands shortly before in the clause: "if a man rings us"."""
    words, clause = speech.words, speech.clauses[at]
    for here in range(at - 1, max(-1, at - 7), -1):
        if speech.clauses[here] != clause:
            return False
        if words[here] in SUPPOSING:
            return True
        if words[here] in SUBJECTS and words[here - 1 : here] not in ([word] for word in SUPPOSING):
            return False
    return False
