"""Where the voice of people who draw on care, carers and families comes into an answer.

Mostly by a verb of saying or wanting whose subject is one of them (`cqcmock.listening.speakers` tells who that is); and
by turns of phrase: their words, a message, a complaint, a survey with what it found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cqcmock.listening.patterns import Match, lines
from cqcmock.listening.speakers import (
    THEIRS,
    VERBS_NOW,
    VERBS_PAST,
    many_of_theirs,
    noun_before,
    one_of_theirs,
    speaker_at,
    subject_further_back,
)
from cqcmock.listening.speech import Speech
from cqcmock.listening.stems import word_set
from cqcmock.listening.vocabulary import STAFF

VOICE = lines(
    """
    <drawing> *4 turned it|that|us|them down|away
    panel|group|forum|board of *4 <drawing> *4 turned it|that|us|them|down
    <drawing> changed their minds|mind
    he|she|they changed his|her|their mind|minds
    they|he|she turned it|that|us|them down|away
    their|his|her|families|carers|residents|people message|verdict|answer|complaint|wish|view|request|plea was|is
    according to *2 <drawing>
    they|he|she were|are|was|is *1 clear|adamant|unanimous|furious|insistent|blunt|plain that|with|about|on
    they|he|she have|has|had|would been *1 clear|adamant|unanimous|furious|insistent|blunt
    <drawing> were|was *1 against|for it|that|them
    satisfaction *6 <drawing>
    satisfaction *3 cent
    what <adverb>? <who> <adverb>? <adverb>? wants|wanted|asked|said|say|told|tell|chose|valued
    what <drawing> *3 wants|wanted|asked|said|say|told|tell|chose
    what matters|mattered to|for|people|them|him|her|residents|carers
    <drawing> words
    <drawing> own words
    <drawing> *4 rewrote|redesigned
    <drawing> *4 threw|voted *1 out|down|against|for
    in his|her|their|people|carers|families|residents own? words|view|opinion
    his|her|their words was|were|to|when
    his|her|their words|phrase *5 was|were
    carers|families words
    his|her|their|carers|families exact|actual|own words|phrase
    the feedback|message|answer|view|voice from|of *2 <drawing>
    feedback|comments|stories|testimony|quotes from|by *2 <drawing>
    feedback tells|told|says|said|shows|suggests
    heard|learned|learnt|hear from|directly *3 <drawing>|them that|is|was|about|how
    heard|learned|learnt from|directly *3 <drawing>
    hear *4 from *2 <drawing> *2 that|is|about
    they|he|she would rather|love|prefer
    <drawing> would rather|love|prefer
    <drawing> did not like|want|trust|feel
    <drawing> felt
    <drawing> have|has|had|were|was|are|is been? *1 clear|adamant|blunt with|about|that|on|when|they
    <drawing> have|has|had|were|was|are|is been? *1 unanimous|furious|angry|insistent with|about|that|on|when|they
    <drawing> have|has been *1 clear|adamant|blunt|unanimous
    the feedback|message|answer *4 from *2 <drawing>
    <drawing> thought it|that|we|they|the
    those who|with|of *5 told|said|asked|wanted us|me|that|to|something
    <drawing> <adverb>? complained|objected|insisted|begged|pleaded|chose|decided
    <drawing> who|that *3 felt|complained|chose|decided
    <drawing> *3 felt|thinks|thought that|we|it|they
    they|<drawing> talked|spoke about
    they|<drawing> did not talk|speak about
    he|she|they|<drawing> have|had|would? rang|rung|phoned us|me *3 for|about|saying
    <drawing> designed|named|picked|crossed|pushed
    <drawing> *4 wrote|described|explained|rejected|voted|interviewed
    complaint|complaints from a|an|the|one|her|his *2 <drawing>
    letter|letters|email|message|note|card|text from *3 <drawing> saying|asking|that|who|about
    survey|surveys|questionnaire|poll *6 said|say|showed|shows|told|found|felt|feel|satisfied
    cent|ten|third|half|quarter|five|most|many|some|thirds *4 said|told|say|felt|feel|reported
    satisfied|dissatisfied with
    read out a|her|his|the letter|words
    you said we did
    asked for it|them|that by *2 <drawing>
    told|asked by *2 <drawing>
    said|says he|she|they|one
    he|she is|was like oh|well|i|you|no|yeah|what|why
    quote|quoting *3 <drawing>
    <drawing> *2 quoted as
    the words of *2 <drawing>
    co designed|chaired by|with *2 <drawing>
    written|chosen|designed|named|picked by *2 <drawing>
    """
)

NOT_VOICE = lines(
    """
    <staff> <adverb>? felt|thought|changed
    they say that|there
    ask|asks|asking|asked *3 what matters|mattered to
    as they say
    so they say
    to say|tell|feel|report
    write|writes|put|record|down *6 own words
    if|whether|unless *3 <drawing> *3 felt|feel|complained|decided|chose
    people|everyone|those|them in|on|at my|our|the team|service|trust|council|office|department|directorate *2 <told>
    would|could|might|can|will|to tell me|us
    people|we|you feel like
    """
)

CLASSES: dict[str, frozenset[str]] = {
    "who": THEIRS | word_set("they she he people most"),
    "drawing": THEIRS - word_set("others orthodox"),
    "adverb": word_set(
        "also always just then still really often actually both all clearly never not consistently repeatedly "
        "regularly very even recently only first simply frequently quite sometimes mostly usually once there"
    ),
    "told": word_set("told said asked wanted say tell explained described wrote complained decided chose felt"),
}
_ONE_TELLING = 7
"""Two verbs of one sentence that stand so close tell one thing."""
_ANYBODY = word_set("most many some cent ten third half quarter five thirds")
_VERBS_GOING_ON = word_set("saying telling asking wanting complaining begging insisting demanding pleading")
_REPORTING = VERBS_PAST | VERBS_NOW | _VERBS_GOING_ON
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
_MODAL = word_set("would could might will may can should must")
_PASSIVE = word_set("was were been being is are am be get gets got")
_NOT_GOES = word_set(
    "to in on out back into off up down home round through for with over upstairs there and downstairs under away by "
    "wrong well quiet without past a an the straight live from ahead along first last every each nights shopping"
)
_TOLD_TO = word_set("me us everyone everybody them him her people the my our")
_CALLED = word_set("rang phoned wrote came stopped emailed called texted")


def _is_their_voice(speech: Speech, match: Match) -> bool:
    """Whether whoever a pattern speaks of is no staff."""
    words = speech.words
    first = words[match.first]
    inside = words[match.first : match.last + 1]
    asked = match.first > 0 and speech.clauses[match.first - 1] == speech.clauses[match.first]
    if first == "what" and asked and inside[-1] in ("want", "wants"):
        return False  # "write down what she wants"
    if first in ("they", "their") or (first in ("what", "in") and {"they", "their"}.intersection(inside)):
        to_us = first == "their" or "us" in words[match.last : match.last + 2]
        return many_of_theirs(speech, match.first, unless_known=to_us and not _asked(words, match))
    if first in ("he", "she", "his", "her") or (first == "what" and {"he", "she"}.intersection(inside)):
        return one_of_theirs(speech, match.first)
    if first in ("said", "says"):
        alone = match.first == 0 or speech.clauses[match.first - 1] != speech.clauses[match.first]
        return alone and one_of_theirs(speech, match.first)
    if words[match.last - 1] == "to" and words[match.last] in CLASSES["told"]:
        return False
    if words[match.last] in ("told", "asked") and words[match.last - 1] in ("been", "was", "were", "being"):
        return False
    named = [word for word in inside if word in THEIRS]
    staff = [word for word in inside if word in STAFF - {"social", "panel", "peer"}]
    if staff and (not named or inside.index(staff[0]) < inside.index(named[0])):
        return False
    return match.first == 0 or words[match.first - 1] not in STAFF - {"hospital", "trust"} or first in _ANYBODY


def _asked(words: list[str], match: Match) -> bool:
    """ "What do they say?" is a question."""
    return bool({"do", "does", "did", "would"}.intersection(words[match.first : match.last + 1]))


def voices(found: Iterable[Match], speech: Speech) -> list[tuple[int, int]]:
    """First and last word of each place where people's voice is heard, none inside another."""
    places = [
        (match.first, match.last)
        for match in found
        if speech.clauses[match.first] == speech.clauses[match.last] and _is_their_voice(speech, match)
    ]
    kept: list[tuple[int, int]] = []
    for first, last in sorted([*places, *_reported(speech)]):
        if kept and _told_at_once(speech, kept[-1][1], first):
            kept[-1] = (kept[-1][0], max(kept[-1][1], last))
        else:
            kept.append((first, last))
    return kept


def _told_at_once(speech: Speech, last: int, first: int) -> bool:
    """Whether two verbs tell one thing: "she wrote to me, four pages, and she said"."""
    return first <= last + 1 or (first - last <= _ONE_TELLING and speech.sentences[last] == speech.sentences[first])


def _reported(speech: Speech) -> Iterator[tuple[int, int]]:
    """First and last word of each place where people who draw on care or their families say or want something."""
    words = speech.words
    for at, word in enumerate(words):
        if word in _REPORTING and at and _is_report(words, at, speech.stops[at]):
            first = _their_subject(speech, at)
            if first is not None:
                yield first, at


def _is_report(words: list[str], at: int, stop: int) -> bool:
    """Whether what follows lets a verb be one of speech: "he goes, oh no", "people ask for", "they put it so"."""
    word, following = words[at], words[at + 1] if at + 1 < stop else ""
    if word == "wrote":
        return bool({"that", "say", "saying", "back"}.intersection(words[at + 1 : at + 4])) or (
            following == "to" and words[at + 2 : at + 3] in (["me"], ["us"])
        )
    if word == "goes":
        return following != "" and following not in _NOT_GOES
    if word in ("put", "puts"):
        return following in ("it", "that") and words[at + 2 : at + 3] != ["in"]
    if word in ("told", "tells") and (following == "you" or words[at + 2 : stop] == ["straight"]):
        return False
    if word in ("tell", "ask"):
        return following in ("us", "me", "for", "them", "our", "that")
    return True


def _their_subject(speech: Speech, verb: int) -> int | None:
    """The first word of the subject of a verb if it is one of those who draw on care, or None."""
    words, past = speech.words, speech.words[verb] in VERBS_PAST
    at = verb - 1
    while at > verb - _MOST_BETWEEN and at >= 0 and words[at] in _BETWEEN:
        at -= 1
    used = words[at + 1 : verb]
    if words[verb] in _VERBS_GOING_ON and not used:
        return subject_further_back(speech, verb)
    if at < 0 or speech.sentences[at] != speech.sentences[verb] or not _in_earnest(speech, verb, used):
        return None
    if speech.clauses[at] != speech.clauses[verb]:
        if not used and past and (beside := noun_before(speech, at)) is not None:
            return beside
        return subject_further_back(speech, at + 1) if used or past or words[verb] == "put" else None
    if words[at] in ("and", "but", "then", "or"):
        return subject_further_back(speech, at) if past else None
    if words[at] == "to" and (called := [here for here in range(max(0, at - 6), at) if words[here] in _CALLED]):
        return subject_further_back(speech, called[0]) or speaker_at(speech, called[0] - 1, verb)
    if words[at] == "to":
        return _used_to(speech, at, verb) if at > 1 and words[at - 1] == "used" else None
    return speaker_at(speech, at, verb)


def _used_to(speech: Speech, at: int, verb: int) -> int | None:
    """The subject of "used to say", but not the speaker's own parents, of whom that is mostly told."""
    subject = speaker_at(speech, at - 2, verb)
    return (
        None
        if subject is None or speech.words[subject] in ("he", "she") or speech.words[subject - 1] == "my"
        else subject
    )


def _in_earnest(speech: Speech, verb: int, used: list[str]) -> bool:
    """Whether something is reported, and not passive ("she was told"), possible ("they'd say") or denied."""
    word, words = speech.words[verb], speech.words
    if "never" in used and word not in ("wanted", "asked"):
        return False
    if word in _VERBS_GOING_ON:
        return not {"not", "never"}.intersection(used) and bool(used) and not _MODAL.intersection(used[:-1])
    if word in ("goes", "put", "puts"):
        return not {"not", "never", *_MODAL}.intersection(used)
    if word in VERBS_PAST and _PASSIVE.intersection(used):
        has = used[-1] == "is" and speech.written(verb - 1).casefold() != "is"
        return has and words[verb + 1 : verb + 2] != [] and words[verb + 1] in _TOLD_TO
    if word in ("say", "tell", "ask", "want", "complain", "prefer", "describe", "insist") and _MODAL.intersection(used):
        return word == "prefer"
    return not {"not", "never"}.intersection(used) or word in ("want", "wanted", "wants", "asked")
