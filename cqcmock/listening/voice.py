"""Patterns by which the voice of people who draw on care, carers and families comes into an answer.

Staff, partners, inspectors and members have a voice too, but not this one: who "they" or "she" is, is told by who was
named last.
"""

from __future__ import annotations

from collections.abc import Iterable

from cqcmock.listening.patterns import Match, lines
from cqcmock.listening.speech import Speech
from cqcmock.listening.stems import word_set
from cqcmock.listening.vocabulary import PEOPLE, PERSON, STAFF

VOICE = lines(
    """
    told|telling|tell|tells|ask|asked|said|says|say|saying to? me|us|them
    <who> <adverb>? <adverb>? <say>
    <who> have|has|had|did|do|were|was|are|is|kept|keep|keeps <adverb>? <say>
    he|she|they did not want
    <who> would said|told|asked|wanted|chosen|decided|complained
    <who> put it|that
    <drawing> *4 turned it|that|us|them down|away
    their|his|her|families|carers|residents|people message|verdict|answer|complaint|wish|view was|is
    according to *2 <drawing>
    they were|are *1 clear|adamant|unanimous|furious|angry|delighted|insistent
    satisfaction *6 <drawing>
    satisfaction *3 cent
    <who> *2 who|that <adverb>? told|said|asked|wanted|say
    said|says he|she|they|one
    what <who> <adverb>? wants|wanted|asked|said|say|told|tell|chose
    what matters|mattered to|for people|them|him|her|residents|carers
    <drawing> words
    <drawing> *4 rewrote|redesigned
    in his|her|their|people|carers|families|residents own? words
    his|her|their words|exact|actual|own were|was|words
    the feedback|message|answer|view from|of *2 <drawing>
    feedback from|by *2 <drawing>
    heard|learned|learnt from|directly *3 <drawing>|them
    hear *4 from *2 <drawing> *2 that|is|about
    feedback tells|told|says|said|shows|suggests
    they|he|she would rather|like|love|prefer
    <drawing> did not like|want|trust|feel
    <drawing> felt
    experts|expert by experience *1 <say>
    <drawing> *3 complained|objected|insisted|begged|pleaded|chose|decided|designed
    <drawing> *3 wrote|described|explained|rejected|voted|pushed|crossed|picked|interviewed
    complaint|letter|complaints|letters|card|email|message|call from a|an|the|one|her|his *2 <drawing>
    survey|surveys|questionnaire *6 said|say|showed|shows|told|found|felt|feel|satisfied
    cent|ten|third|half|quarter|five|most|many|some|thirds *4 said|told|say|felt|feel|reported|report
    satisfied|dissatisfied with
    read out a|her|his|the letter|words
    you said we did
    asked|ask|asking for it|them
    <drawing> at|on|in|from *4 <told>
    because|until|when|and|that|as <who> <adverb>? <say>
    """
)

NOT_VOICE = lines(
    """
    i|we|it|you|that|this|which|report|letter|inspectors|cqc <adverb>? <adverb>? say|says|said|saying
    i|we <have>|would|did|do|can|could|will|must|should *1 say|said|saying|told|tell|ask|asked|asking
    i|we|it|you|report <adverb>? told|tell|tells|ask|asked|asks
    they|people <adverb>? say that|there
    <staff> <adverb>? <adverb>? <say>
    <staff> have|has|had|did|do|will|would|were|was|are|is|kept|keep <adverb>? <say>
    <staff> would|will|can|could|may *1 <saying>
    as they say
    people|they|he|she|most|some|who would|might|could|will|may *1 <saying>
    if|whether|anyone|anybody|nobody|everybody|everyone|until|somebody|someone *3 <say>
    no one *2 <say>
    <who> not *1 <say>
    <who> have|has|had|did|do|would|will|could not *1 say|said|tell|told|ask|asked
    tell|tells|told|ask|asked you
    providers|staff|managers *2 would|will tell|say you
    ask|asking people|carers|families|them|her|him|me|us for|if|whether|how|what|to
    people|everyone|those|them in|on|at my|our|the team|service|trust|council|office|department|directorate *2 <say>
    would|could|might|can|will|to tell me|us
    to|can|could|will|would|should|must|let|please|you|not tell|ask|say me|us
    """
)

_DRAWING = PEOPLE - word_set("others many most public members she he everyone everybody")
CLASSES: dict[str, frozenset[str]] = {
    "who": (PEOPLE - word_set("everyone everybody others")) | word_set("they who one"),
    "drawing": _DRAWING | word_set("experts"),
    "adverb": word_set(
        "also always just then still really often actually both all clearly never not consistently repeatedly "
        "regularly very even recently only first simply frequently quite sometimes mostly usually once there "
        "themselves herself himself here"
    ),
    "say": word_set(
        "say says said saying tell tells told telling ask asks asked asking wants wanted complain complained complains "
        "described explained chose decided insisted preferred report reported valued "
        "wrote prefer objected voted begged"
    ),
    "told": word_set("told said asked wanted say tell explained described wrote complained decided chose"),
    "saying": word_set("say tell ask want complain report feel prefer"),
    "have": word_set("have has had"),
}

_PRONOUNS = word_set("they she he who them somebody someone one nobody anyone")
_NOT_PEOPLE = word_set("i we it you")
_ANY_ONE = word_set("a an no any another every")
_BACK = 40


def is_their_voice(speech: Speech, match: Match) -> bool:
    """Whether the one who speaks draws on care or cares: the last person or group named up to the match is no staff."""
    words = speech.words
    inside = [words[at] for at in range(match.first, match.last + 1)]
    named = [word for word in inside if word not in _PRONOUNS and (word in PEOPLE or word in PERSON)]
    if named and named[0] not in ("she", "he") and (inside[0] in named or not STAFF.intersection(inside)):
        return not _belongs_to_staff(speech, match.first)
    if STAFF.intersection(inside):
        return False
    for at in range(match.first - 1, max(-1, match.first - 1 - _BACK), -1):
        word = words[at]
        if word in STAFF and not (word == "social" and words[at + 1 : at + 2] == ["care"]):
            if at and words[at - 1] in _ANY_ONE:
                continue
            return False
        if word in PERSON or word in _DRAWING:
            return True
        if word in _NOT_PEOPLE and match.first - at <= 2 and speech.clauses[at] == speech.clauses[match.first]:
            return False
    return bool({"she", "he", "they", "her", "his", "their"}.intersection(inside))


def _belongs_to_staff(speech: Speech, at: int) -> bool:
    """ "People in my team said", "the trust's people"."""
    return at > 0 and speech.words[at - 1] in STAFF


def voices(found: Iterable[Match], speech: Speech) -> list[tuple[int, int]]:
    """First and last word of each place where people's voice is heard, no two nearer than five words."""
    kept: list[tuple[int, int]] = []
    for match in found:
        if kept and match.first <= kept[-1][1] + 1:
            continue
        if speech.clauses[match.first] != speech.clauses[match.last]:
            continue
        if is_their_voice(speech, match):
            kept.append((match.first, match.last))
    return kept
