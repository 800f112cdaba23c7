"""Tells who speaks where somebody is reported to have said, asked or wanted something.

People who draw on care, carers and families are told from staff, partners, inspectors and members: by the noun before
the verb, and for "she" or "they" by whoever was named last.
"""

from __future__ import annotations

from collections.abc import Iterator

from cqcmock.listening.first_names import FIRST_NAMES
from cqcmock.listening.heritages import FAITHS, HERITAGES
from cqcmock.listening.speech import Speech
from cqcmock.listening.stems import word_set
from cqcmock.listening.vocabulary import JOBS, PEOPLE, PERSON, STAFF

_PRONOUNS = word_set(
    "she he they who them somebody someone one nobody anyone everyone everybody others many most public"
)
THEIRS = (PEOPLE | PERSON | HERITAGES | FAITHS) - _PRONOUNS - word_set("teacher nurse partner") | word_set(
    "folk gypsy gypsies traveller travellers refugees refugee deaf elders elder grandmothers grandfathers wives "
    "brothers sisters cousin cousins mums aunties uncles nans survivors learners experts householder villagers"
)
"""Words for people who draw on care and support, and for those around them."""

_ONE_OF_STAFF = word_set(
    "worker officer manager executive director practitioner nurse doctor gp consultant councillor cllr chair leader "
    "inspector "
    "sergeant commissioner psychiatrist therapist colleague deputy matron owner boss minister assessor treasurer "
    "sister-in-charge advocate accountant solicitor headteacher consultant registrar paramedic physio psychologist "
    "supervisor mentor editor journalist auditor reviewer surveyor cleaner builder receptionist dr professor bishop "
    "predecessor constable coroner mp"
)
_MANY_STAFF = STAFF - word_set("social centre board care")
_VERBS_PAST = word_set(
    "said told asked wanted replied answered explained described complained insisted admitted wrote preferred chose "
    "decided refused begged pleaded mentioned reported shouted whispered objected rejected voted wished reckoned "
    "warned demanded declined confided valued"
)
_VERBS_NOW = word_set(
    "say says tell tells ask asks want wants complain complains prefer prefers reckon reckons describe describes "
    "insist insists wish wishes value goes put puts"
)
_VERBS_GOING_ON = word_set("saying telling asking wanting complaining begging insisting demanding pleading")
REPORTING = _VERBS_PAST | _VERBS_NOW | _VERBS_GOING_ON

_SKIPPED = word_set(
    "also always just then still really often actually both all clearly not consistently repeatedly regularly very "
    "even recently only first simply frequently quite sometimes mostly usually once there themselves herself himself "
    "here again later finally each never nearly well definitely specifically openly quietly politely once twice"
)
_AUXILIARIES = word_set(
    "have has had having did do does was were is are am been being be kept keep keeps would could might will may can "
    "should must got get gets"
)
_BETWEEN = _SKIPPED | _AUXILIARIES
_MOST_BETWEEN = 9
_ASKING = word_set("do does did would will can could should had")
"""Before a subject they ask: "what did she say?"."""
_AS_THEY_WANT = word_set("life lives care support help way home services service outcomes things how where when as")
"""Before "they want": "the lives they want to lead" is what everybody writes."""
_MODAL = word_set("would could might will may can should must")
_PASSIVE = word_set("was were been being is are am be get gets got")
_NO_SPEAKER = word_set(
    "i we it you this there which nobody anybody anyone noone somebody someone everybody everyone whoever nothing "
    "something what us me him them the a an for of with if or"
)
_PREPOSITIONS = word_set("to for by with from at of in against about on under asked told rang said tell ask wrote")
_POSSESSIVE_OR_ASIDE = _PREPOSITIONS | word_set("her his their my")
_JOINING = word_set("and but because when so then that until")
_SUPPOSING = word_set("if whether unless whenever anyone anybody nobody imagine")
_HALL_OF = word_set("in on at from of with up down near round behind out outside by who over")
_NOT_GOES = word_set(
    "to in on out back into off up down home round through for with over upstairs there and downstairs under away by "
    "wrong well quiet without past a an the straight live from ahead along first last every each nights shopping"
)
_OWN_PEOPLE = word_set("wife husband colleague boss predecessor")
_GATHERED = word_set("forum group board panel club network parliament circle assembly association")
_OF_WHOM = word_set(
    "disability health autism autistic dementia youth experience carers parents deaf users residents reference"
)
"""A board of people who draw on care is known by what it is named after: "the mental health board"."""
_BACK = 90


def reported(speech: Speech) -> Iterator[tuple[int, int]]:
    """First and last word of each place where people who draw on care or their families say or want something."""
    words = speech.words
    for at, word in enumerate(words):
        if word in REPORTING and at and _is_report(words, at, speech.stops[at]):
            first = _their_subject(speech, at)
            if first is not None:
                yield first, at


def _is_report(words: list[str], at: int, stop: int) -> bool:
    """Whether what follows lets a verb be one of speech: "he goes, oh no", "people ask for", "they put it so"."""
    word, following = words[at], words[at + 1] if at + 1 < stop else ""
    if word == "goes":
        return following != "" and following not in _NOT_GOES
    if word in ("put", "puts"):
        return following in ("it", "that") and words[at + 2 : at + 3] != ["in"]
    if word in ("tell", "ask"):
        return following in ("us", "me", "for", "them", "our", "that")
    return True


def _their_subject(speech: Speech, verb: int) -> int | None:
    """The first word of the subject of a verb if it is one of those who draw on care, or None."""
    words, past = speech.words, speech.words[verb] in _VERBS_PAST
    at = verb - 1
    while at > verb - _MOST_BETWEEN and at >= 0 and words[at] in _BETWEEN:
        at -= 1
    used = words[at + 1 : verb]
    if at < 0 or speech.sentences[at] != speech.sentences[verb] or not _in_earnest(words, verb, used):
        return None
    if speech.clauses[at] != speech.clauses[verb]:
        if not used and past and (beside := _noun_before(speech, at)) is not None:
            return beside
        return _subject_further_back(speech, at + 1) if used or past or words[verb] == "put" else None
    if words[at] in ("and", "but", "then", "or"):
        return _subject_further_back(speech, at) if past else None
    if words[at] == "to":
        return _used_to(speech, at, verb) if at > 1 and words[at - 1] == "used" else None
    return _speaker_at(speech, at, verb)


def _speaker_at(speech: Speech, at: int, verb: int) -> int | None:
    """The subject that ends at a word, if it is one of those who draw on care, or None."""
    words = speech.words
    if (at and words[at - 1] in _ASKING) or _supposed(speech, at):
        return None
    if words[verb] in ("want", "wants") and words[verb - 1] != "not" and at and words[at - 1] in _AS_THEY_WANT:
        return None
    if words[at] in ("he", "she"):
        return at if one_of_theirs(speech, at) else None
    if words[at] in ("they", "both", "some", "most", "many", "one", "another"):
        object_at = verb + 2 if words[verb + 1 : verb + 2] == ["to"] else verb + 1
        to_us = words[object_at : object_at + 1] in (["us"], ["me"])
        return at if many_of_theirs(speech, at, unless_known=to_us) else None
    if words[at] in ("who", "that"):
        return _whose(speech, at)
    return None if words[at] in _NO_SPEAKER else _noun_before(speech, at)


def _used_to(speech: Speech, at: int, verb: int) -> int | None:
    """The subject of "used to say", but not the speaker's own parents, of whom that is mostly told."""
    subject = _speaker_at(speech, at - 2, verb)
    return None if subject is None or "my" in speech.words[max(0, subject - 30) : subject] else subject


def _in_earnest(words: list[str], verb: int, used: list[str]) -> bool:
    """Whether something is reported, and not passive ("she was told"), possible ("they'd say") or denied."""
    word = words[verb]
    if "never" in used and word not in ("wanted", "asked"):
        return False
    if word in _VERBS_GOING_ON:
        return not {"not", "never"}.intersection(used) and bool(used) and not _MODAL.intersection(used[:-1])
    if word in ("goes", "put", "puts"):
        return not {"not", "never", *_MODAL}.intersection(used)
    if word in _VERBS_PAST and _PASSIVE.intersection(used):
        return False
    if word in ("say", "tell", "ask", "want", "complain", "prefer", "describe", "insist") and _MODAL.intersection(used):
        return word == "prefer"
    return not {"not", "never"}.intersection(used) or word in ("want", "wanted", "wants", "asked")


def _supposed(speech: Speech, at: int) -> bool:
    clause = speech.clauses[at]
    for here in range(at - 1, max(-1, at - 6), -1):
        if speech.clauses[here] != clause:
            return False
        if speech.words[here] in _SUPPOSING:
            return True
    return False


def _noun_before(speech: Speech, at: int) -> int | None:
    """The noun that ends at a word, or the one further back to which "on the board" belongs."""
    words = speech.words
    if words[at] in _ONE_OF_STAFF:
        return None
    if words[at] in THEIRS or (words[at] == "partner" and words[at - 1] in ("her", "his", "their")):
        return None if _of_staff(speech, at) else at
    if words[at] in _GATHERED and (words[at - 1] in THEIRS or words[at - 1] in _OF_WHOM):
        return at
    if name_of_theirs(speech, at) is not None:
        return at if name_of_theirs(speech, at) else None
    for here in range(at - 1, max(-1, at - 9), -1):
        if words[here] in FIRST_NAMES and words[here + 1] in _HALL_OF and name_of_theirs(speech, here):
            return here
        if words[here] in ("i", "we", "you") and here and words[here - 1] in THEIRS and at - here <= 4:
            return here - 1  # "every family I've met says"
        if speech.clauses[here] != speech.clauses[at] or words[here] in ("i", "we", "he", "she", "they", "you", "and"):
            return None
        if words[here] in THEIRS and words[here + 1] in _HALL_OF:
            return None if _of_staff(speech, here) or _at_work(words, here) else here
        if words[here] in _ONE_OF_STAFF:
            return None
    return None


def _of_staff(speech: Speech, at: int) -> bool:
    """ "The trust's people", "my wife", "no carer"."""
    before = speech.words[at - 1] if at else ""
    if before in STAFF - {"social", "hospital"} and speech.clauses[at - 1] == speech.clauses[at]:
        return True
    return (before == "my" and speech.words[at] in _OWN_PEOPLE) or before in ("no", "any", "if", "to")


def _at_work(words: list[str], at: int) -> bool:
    """ "People in my team", "those on our board"."""
    return words[at + 2 : at + 3] in (["my"], ["our"], ["the"]) and words[at + 3 : at + 4] in (
        ["team"],
        ["service"],
        ["department"],
        ["office"],
        ["directorate"],
        ["trust"],
        ["council"],
    )


def _whose(speech: Speech, at: int) -> int | None:
    """The person before "who" or "that"."""
    for here in range(at - 1, max(-1, at - 7), -1):
        if speech.sentences[here] != speech.sentences[at]:
            return None
        word = speech.words[here]
        if word in _ONE_OF_STAFF or word in ("nobody", "somebody", "someone", "anyone"):
            return None
        if word in THEIRS:
            return None if _of_staff(speech, here) or _supposed(speech, here) else here
    return None


def _subject_further_back(speech: Speech, at: int) -> int | None:
    """The subject of the sentence so far, for a verb that shares it: "A woman put her bags down and said"."""
    words = speech.words
    for here in range(at - 1, max(-1, at - 26), -1):
        if speech.sentences[here] != speech.sentences[at]:
            return None
        word, following = words[here], words[here + 1]
        if word in ("i", "we", "you", "it", "which", "nobody", "everybody"):
            return None
        if word in ("he", "she", "they"):
            theirs = many_of_theirs(speech, here) if word == "they" else one_of_theirs(speech, here)
            return here if theirs else None
        if word in _ONE_OF_STAFF and following != "and":
            return None
        if word in THEIRS and (words[here - 1] not in _POSSESSIVE_OR_ASIDE or _begins(speech, here - 1)):
            return None if _of_staff(speech, here) or _supposed(speech, here) else here
    return None


def _begins(speech: Speech, at: int) -> bool:
    """Whether "her", as in "her husband rang", begins what is told."""
    before = speech.words[at - 1] if at else ""
    possessive = speech.words[at] in ("her", "his", "their")
    return possessive and (at == 0 or speech.clauses[at - 1] != speech.clauses[at] or before in _JOINING)


def one_of_theirs(speech: Speech, at: int) -> bool:
    """Whether "he" or "she" is not one of staff: so it is taken unless one of staff was named last."""
    words = speech.words
    for here in range(at - 1, max(-1, at - 1 - _BACK), -1):
        word = words[here]
        if word in _ONE_OF_STAFF:
            if here == at - 1 or not _aside(speech, here):
                return False
        elif word in THEIRS and not (here and words[here - 1] == "my" and word in _OWN_PEOPLE):
            return True
        elif (name := name_of_theirs(speech, here)) is not None:
            return name
    return True


def many_of_theirs(speech: Speech, at: int, *, unless_known: bool = False) -> bool:
    """Whether "they" are people who draw on care, or carers, as those named last are; `unless_known` if nobody was."""
    words = speech.words
    for here in range(at - 1, max(-1, at - 1 - _BACK), -1):
        word = words[here]
        if word in _MANY_STAFF | _ONE_OF_STAFF and not (word == "care" or _aside(speech, here)):
            return False
        if word in THEIRS:
            return not _of_staff(speech, here) or words[here - 1] in ("no", "any", "to")
    return unless_known


def _aside(speech: Speech, at: int) -> bool:
    """Whether one of staff is only spoken to or about, "said to our worker", "for my manager"."""
    for here in range(at - 1, max(-1, at - 4), -1):
        if speech.clauses[here] != speech.clauses[at]:
            return False
        if speech.words[here] in _PREPOSITIONS or (
            here == at - 1 and speech.words[here] in ("a", "no", "any", "social")
        ):
            return True
    return False


def name_of_theirs(speech: Speech, at: int) -> bool | None:
    """Whether a name stands here, and if so whether it is of somebody who draws on care: "Mrs Okafor", "Jean"."""
    words = speech.words
    before = words[at - 1] if at else ""
    titled = before in ("mr", "mrs", "miss", "ms") and words[at] not in STAFF
    familiar = before in ("old", "poor", "young", "little") or speech.written(at)[:1].isupper()
    if not titled and not (words[at] in FIRST_NAMES and familiar):
        return None
    near = words[at + 1 : at + 7]
    job = any(word in JOBS or word in _ONE_OF_STAFF or word in ("team", "finance", "our") for word in near)
    return not job
