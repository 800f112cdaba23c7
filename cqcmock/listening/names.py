"""Finds people's names: after a title, or where somebody is introduced by first and last name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cqcmock.domain.hearing import Span
from cqcmock.listening.first_names import FAMILY_NAMES, FIRST_NAMES
from cqcmock.listening.speech import Speech
from cqcmock.listening.stems import STOP_WORDS, word_set
from cqcmock.listening.vocabulary import DAYS, MONTHS, PERSON, SEASONS

_TITLES = word_set(
    "mr mrs ms miss mx dr doctor prof professor sir dame rev revd reverend father imam rabbi sister canon lord lady "
    "cllr councillor nurse auntie aunty uncle pastor judge sgt sergeant pc"
)
_ALWAYS_TITLES = word_set("mr mrs ms mx cllr dr")
"""Titles that are never anything else, so that the name after them may be in small letters."""

_NO_NAMES = (
    STOP_WORDS
    | DAYS
    | MONTHS
    | SEASONS
    | word_set(
        "mayor mayoress mayor's christmas day days chair chairman said says told and or the lieutenant justice "
        "chancellor house act service services council team teams trust first home care health carers centre centres "
        "house together project forward independent local people county city town north south east west hub group "
        "forum board association society society's way live life living lives support age mind network partnership "
        "community communities healthwatch programme plan strategy street road lane england wales britain nhs cqc "
        "adass action change chance step steps space friends hospital school college church mosque alliance circle "
        "circles park court lodge gardens close avenue ward wing building crescent square primary academy terrace "
        "better place places voice voices choice choices right rights safe shared liquid logic power bi microsoft "
        "teams last yesterday today next this back us me him her up in at on social again every because about early "
        "late"
    )
)
_INTRODUCED_BY = word_set("called named")
_KNOWN_TO = word_set("met visited rang phoned saw helped remember knew know thank lost")
_NAME_IS = word_set("her his their whose the my client patient man woman lady gentleman mum son daughter wife husband")
_PEOPLE_BEFORE = PERSON | word_set(
    "he she they who someone somebody i people ones lads men women gentlemen ladies guest user worker "
    "colleague manager director officer member chair lead"
)
_PROPER = re.compile(r"[^\W\d_][\w'’-]+\Z")


def names(speech: Speech) -> Iterator[Span]:
    """The spans of names, those after a title first. Offsets into the text of the speech."""
    words = speech.words
    for at, word in enumerate(words):
        if word in _TITLES:
            last = _titled(speech, at)
            if last is not None:
                yield speech.starts[at], _without_possessive(speech, last)
    for at, word in enumerate(words):
        if word in _INTRODUCED_BY and _of_a_person(speech, at):
            yield from _introduced(speech, at + 1, least=2)
        elif word == "name" and at and words[at - 1] in _NAME_IS and words[at + 1 : at + 2] in (["is"], ["was"]):
            yield from _introduced(speech, at + 2, least=1)
        elif word in FIRST_NAMES and _capital(speech, at):
            yield from _introduced(speech, at, least=2)
        elif word in _KNOWN_TO or word in PERSON:
            beside = at + 1 < len(words) and speech.text[speech.ends[at] : speech.starts[at + 1]] == ", "
            yield from _introduced(speech, at + 1, least=2, common=beside and word in PERSON)


def _titled(speech: Speech, at: int) -> int | None:
    """The last word of the name that follows a title, or None. "Mr and Mrs Jones" is one name."""
    words, stop = speech.words, len(speech.words)
    title = words[at]
    small = title in _ALWAYS_TITLES
    if not small and not _capital(speech, at):
        known = at + 1 < stop and words[at + 1] in FAMILY_NAMES and speech.written(at + 1).islower()
        return at + 1 if title in ("councillor", "doctor", "miss", "professor") and known else None
    following = at + 1
    if following + 1 < stop and words[following] == "and" and words[following + 1] in _TITLES:
        following += 2
    if following < stop and words[following] in _TITLES and _near(speech, following):
        following += 1  # Rev. Dr. Smith
    while following < stop and len(words[following]) == 1 and _capital(speech, following) and _near(speech, following):
        following += 1  # an initial
    small = small and following == at + 1 + ("and" in words[at + 1 : at + 2]) * 2  # "Mrs B wanted" names nobody
    if following >= stop or not _near(speech, following) or not _could_be_name(speech, following, small=small):
        return None
    last = following
    while last + 1 < stop and last - following < 2 and _near(speech, last + 1) and _capital(speech, last + 1):
        if not _could_be_name(speech, last + 1, small=False):
            break
        last += 1
    return last


def _introduced(speech: Speech, at: int, *, least: int, common: bool = True) -> Iterator[Span]:
    """A name of one to three words from here on; without capitals only if it is a known first and last name.

    With `common` false, the first must be known as a first name.
    """
    stop = len(speech.words)
    last = at
    while (
        last < stop
        and last - at < 3
        and _could_be_name(speech, last, small=False)
        and (last == at or _near(speech, last))
    ):
        last += 1
    if last - at >= least and (common or speech.words[at] in FIRST_NAMES):
        yield speech.starts[at], _without_possessive(speech, last - 1)
    elif (
        at + 1 < stop
        and speech.words[at] in FIRST_NAMES
        and (speech.words[at + 1] in FAMILY_NAMES or (least == 2 and common and _no_common_word(speech, at + 1)))
        and speech.written(at).islower()
    ):
        yield speech.starts[at], speech.ends[at + 1]
    elif common and least == 1 and at < stop and speech.words[at] in FIRST_NAMES:
        yield speech.starts[at], speech.ends[at]


def _no_common_word(speech: Speech, at: int) -> bool:
    word = speech.words[at]
    return (
        speech.sentences[at] == speech.sentences[at - 1] and word not in _NO_NAMES and word.isalpha() and len(word) > 3
    )


def _of_a_person(speech: Speech, at: int) -> bool:
    """Whether "called" or "named" says what a person is called: a person stands a few words before it."""
    sentence = speech.sentences[at]
    earlier = range(max(0, at - 8), at)
    return any(speech.words[here] in _PEOPLE_BEFORE for here in earlier if speech.sentences[here] == sentence)


def _without_possessive(speech: Speech, at: int) -> int:
    """Where a name ends that is followed by an apostrophe and s."""
    return speech.ends[at] - 2 if speech.written(at).endswith(("'s", "’s")) else speech.ends[at]


def _capital(speech: Speech, at: int) -> bool:
    written = speech.written(at)
    return written[:1].isupper()


def _near(speech: Speech, at: int) -> bool:
    """Whether only a space, a full stop or a hyphen parts a word from the one before it."""
    return speech.text[speech.ends[at - 1] : speech.starts[at]] in (" ", ". ", ".", "-", "\u00a0", " \n", "\n")


def _could_be_name(speech: Speech, at: int, *, small: bool) -> bool:
    written = speech.written(at)
    if len(written) < 2 or not _PROPER.match(written) or speech.words[at] in _NO_NAMES:
        return False
    if small and written[0].islower():
        return len(written) > 2
    return written[0].isupper() and not (written.isupper() and len(written) <= 5 and not speech.text.isupper())
