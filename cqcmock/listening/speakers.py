"""Tells who speaks where somebody is reported to have said, asked or wanted something.

People who draw on care, carers and families are told from staff, partners, inspectors and members: by the noun before
the verb, and for "she" or "they" by whoever of that sex or number was named last and did something.
"""

from __future__ import annotations

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
VERBS_PAST = word_set(
    "said told asked wanted replied answered explained described complained insisted admitted wrote preferred chose "
    "decided refused begged pleaded mentioned reported shouted whispered objected rejected voted wished reckoned "
    "warned demanded declined confided valued"
)
VERBS_NOW = word_set(
    "say says tell tells ask asks want wants complain complains prefer prefers reckon reckons describe describes "
    "insist insists wish wishes value goes put puts"
)

_ASKING = word_set("do does did would will can could should had")
"""Before a subject they ask: "what did she say?"."""
_AS_THEY_WANT = word_set("life lives care support help way home services service outcomes things how where when as")
"""Before "they want": "the lives they want to lead" is what everybody writes."""
_NO_SPEAKER = word_set(
    "i we it you this there which nobody anybody anyone noone somebody someone everybody everyone whoever nothing "
    "something what us me him them the a an for of with if or"
)
_PREPOSITIONS = word_set("to for by with from at of in against about on under asked told rang said tell ask wrote")
_POSSESSIVE_OR_ASIDE = _PREPOSITIONS | word_set("her his their my")
_JOINING = word_set("and but because when so then that until")
_SUPPOSING = word_set("hope if whether unless whenever anyone anybody imagine")
_HALL_OF = word_set("in on at from of with up down near round behind out outside by who over")
_WORKPLACES = word_set(
    "team service department office directorate trust council housing finance hospital agency centre place surgery "
    "insurance ward benefits contracts school"
)
_OFFICES = word_set("team service department office directorate trust council housing finance agency")
_MEN = word_set(
    "man gentleman gent chap bloke fella fellow lad boy guy dad father son brother husband widower uncle"
) | word_set("nephew grandad granddad grandfather grandson")
_WOMEN = word_set(
    "woman lady girl lass mum mam mother daughter sister wife widow gran nan grandmother aunt auntie"
) | word_set("niece granddaughter nana grandma")
_AFTER_OBJECT = word_set("and or to for with in on at from about up down round out i we but so because when who that")
_BEFORE_NOUN = word_set("the a an our my this that one then and but so when head senior social care")
_SUBJECTS = word_set("i we he she they you")
_AT_A_PLACE = word_set("ward wards hospital surgery clinic")
_PAID = word_set("home paid night care agency")
_OWN_PEOPLE = word_set("wife husband colleague boss predecessor")
_GATHERED = word_set("forum group board panel club network parliament circle assembly association")
_OF_WHOM = word_set(
    "production disability health autism autistic dementia youth experience carers parents deaf users residents "
    "reference"
)
"""A board of people who draw on care is known by what it is named after: "the mental health board"."""
_BACK = 90
_NEAR = 14
"""Staff seldom want: whoever wants is taken for one of theirs unless one of staff was named so shortly before."""


def speaker_at(speech: Speech, at: int, verb: int) -> int | None:
    """The subject that ends at a word, if it is one of those who draw on care, or None."""
    words, said = speech.words, speech.words[verb]
    word, before = words[at], words[at - 1] if at and speech.clauses[at - 1] == speech.clauses[at] else ""
    if before == "not" or _is_question(words, at) or _supposed(speech, at):
        return None
    if (said in ("want", "wants") or before == "as") and _wished_in_general(speech, at, verb):
        return None
    if word == "person" and said in VERBS_NOW:
        return None
    if word in ("he", "she"):
        wished = said in ("wanted", "wished", "begged", "refused", "preferred")
        return at if one_of_theirs(speech, at, back=_NEAR if wished else _BACK) else None
    if word in ("them", "those") and before == "of":
        return at - 1 if many_of_theirs(speech, at - 1) else None
    if word in ("they", "both", "some", "most", "many", "one", "another"):
        object_at = verb + 2 if words[verb + 1 : verb + 2] == ["to"] else verb + 1
        to_us = words[object_at : object_at + 1] == ["us"]
        return at if many_of_theirs(speech, at, unless_known=to_us) else None
    if word in ("who", "that"):
        return _whose(speech, at, past=said in VERBS_PAST)
    return None if word in _NO_SPEAKER else noun_before(speech, at)


def _is_question(words: list[str], at: int) -> bool:
    """ "What did she say?", but not "when they did she said"."""
    return at > 0 and words[at - 1] in _ASKING and (at < 2 or words[at - 2] not in _SUBJECTS)


def _wished_in_general(speech: Speech, at: int, verb: int) -> bool:
    """Whether anybody is meant: "people who want to", "ask what she wants", "the lives they want", "as long as he"."""
    words, before = speech.words, speech.words[at - 1] if at else ""
    if (
        words[at] == "who"
        or (before == "as" and words[at - 2 : at - 1] == ["long"])
        or (before == "what" and at > 1 and speech.clauses[at - 2] == speech.clauses[at])
    ):
        return True
    return words[verb - 1] != "not" and not _AS_THEY_WANT.isdisjoint(words[max(0, at - 2) : at])


def _supposed(speech: Speech, at: int) -> bool:
    clause = speech.clauses[at]
    for here in range(at - 1, max(-1, at - 6), -1):
        if speech.clauses[here] != clause:
            return False
        if speech.words[here] in _SUPPOSING:
            return True
    return False


def noun_before(speech: Speech, at: int) -> int | None:
    """The noun that ends at a word, or the one further back to which "on the board" belongs."""
    words = speech.words
    if words[at] in _ONE_OF_STAFF or speech.written(at).endswith(("'s", "’s")):
        return None
    if words[at] in THEIRS or (words[at] == "partner" and words[at - 1] in ("her", "his", "their")):
        return None if _of_staff(speech, at) else at
    if words[at] == "members" and (words[at - 1] in _OF_WHOM or words[at - 1] in ("autistic", "disabled", "forum")):
        return at
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
    if (
        before in (STAFF | _WORKPLACES) - {"social", "hospital", "service"}
        and speech.clauses[at - 1] == speech.clauses[at]
    ):
        return True
    if speech.words[at] in ("carer", "carers") and before in _PAID:
        return True
    return (before == "my" and speech.words[at] in _OWN_PEOPLE) or before in ("no", "any", "if", "to", "each")


def _at_work(words: list[str], at: int) -> bool:
    """ "People in my team", "a lad from the carers' place", "the woman from housing"."""
    if words[at + 1 : at + 2] not in (["in"], ["from"], ["at"], ["on"]):
        return False
    near = words[at + 2 : at + 6]
    places = _WORKPLACES if words[at + 1] == "from" else _OFFICES
    return bool(places.intersection(near if near[:1] in (["my"], ["our"], ["the"], ["a"]) else near[:1]))


def _whose(speech: Speech, at: int, *, past: bool) -> int | None:
    """The person before "who" or "that"; "a carer who says" may be anybody."""
    reach = 12 if speech.words[at] == "who" else 3
    for here in range(at - 1, max(-1, at - reach), -1):
        if speech.sentences[here] != speech.sentences[at]:
            return None
        word = speech.words[here]
        if word in _ONE_OF_STAFF or word in _SUBJECTS or word in ("nobody", "somebody", "someone", "anyone"):
            return None
        if word in THEIRS and speech.words[here - 1] not in ("a", "any", "every", "no"):
            return None if _of_staff(speech, here) or _supposed(speech, here) else here
        if word in THEIRS:
            return here if past and word not in ("person", "carer") else None
    return None


def subject_further_back(speech: Speech, at: int) -> int | None:
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


def one_of_theirs(speech: Speech, at: int, *, back: int = _BACK) -> bool:
    """Whether "he" or "she" is not one of staff: so it is taken unless one of staff was told of last.

    One of the other sex is passed over, and so is whoever does something to "him", for that is another.
    """
    words = speech.words
    other = _WOMEN if words[at] in ("he", "his") else _MEN
    object_form = "him" if other is _WOMEN else "her"
    done_to = -1
    for here in range(at - 1, max(-1, at - 1 - back), -1):
        word = words[here]
        if word == object_form and (word == "him" or words[here + 1] in _AFTER_OBJECT):
            done_to = speech.sentences[here]
        elif word in _ONE_OF_STAFF or (word in _MANY_STAFF and words[here - 3 : here - 1] == ["one", "of"]):
            doer = _is_doer(speech, here) or at - here <= 2
            if doer and not (done_to == speech.sentences[here] and at - here < 20):
                return False
            if not doer and done_to > speech.sentences[here]:
                return False
        elif (
            word in THEIRS
            and word not in other
            and not word.endswith(("s", "people", "men", "folk"))
            and not (words[here - 1] == "my" and word in _OWN_PEOPLE)
        ):
            if words[here - 1] not in ("no", "any", "each", "every"):
                return not _of_staff(speech, here) and not _at_work(words, here)
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
        if word in _AT_A_PLACE and _aside(speech, here):
            return False
        counted = word not in _MEN | _WOMEN or _together(words, here)
        if word in THEIRS and counted and not speech.written(here).endswith(("'s", "’s")):
            return not _of_staff(speech, here) or words[here - 1] in ("no", "any", "to")
    return unless_known


def _together(words: list[str], at: int) -> bool:
    """Whether one is named with another: "a young man and his girlfriend", "a brother and sister"."""
    after, before = words[at + 1 : at + 4], words[max(0, at - 3) : at]
    return (after[:1] == ["and"] and not THEIRS.isdisjoint(after)) or (
        "and" in before[-2:] and not THEIRS.isdisjoint(before)
    )


def _is_doer(speech: Speech, at: int) -> bool:
    """Whether one of staff does something there, and is not only met or spoken to: "my manager", "and the nurse."."""
    if speech.written(at).endswith(("'s", "’s")):
        return True
    if speech.words[at - 2 : at - 1] == ["of"]:
        return True
    last = at + 1 >= len(speech.words) or speech.clauses[at + 1] != speech.clauses[at]
    if last or speech.words[at + 1] in _AFTER_OBJECT:
        return speech.words[at - 1 : at] in (["that"], ["this"]) or _first_in_clause(speech, at)
    return at == 0 or not _aside(speech, at)


def _first_in_clause(speech: Speech, at: int) -> bool:
    """Whether nothing but "the", "our" and the like stands before it in its clause."""
    here = at - 1
    while here >= 0 and speech.clauses[here] == speech.clauses[at] and at - here < 4:
        if speech.words[here] not in _BEFORE_NOUN and here != at - 1:
            return False
        here -= 1
    return here < 0 or speech.clauses[here] != speech.clauses[at]


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
    if speech.words[at - 2 : at - 1] == ["an"] or before in _ONE_OF_STAFF:
        return False
    job = any(word in JOBS or word in _ONE_OF_STAFF or word in ("team", "finance") for word in near)
    return not job
