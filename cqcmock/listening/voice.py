"""Where the voice of people who draw on care, carers and families comes into an answer.

What somebody said or wanted is told by its speaker (`cqcmock.listening.speakers`); here are the other ways in which
their voice is brought in: their words, a message, a complaint, a survey with what it found.
"""

from __future__ import annotations

from collections.abc import Iterable

from cqcmock.listening.patterns import Match, lines
from cqcmock.listening.speakers import THEIRS, many_of_theirs, one_of_theirs, reported
from cqcmock.listening.speech import Speech
from cqcmock.listening.stems import word_set
from cqcmock.listening.vocabulary import STAFF

VOICE = lines(
    """
    <drawing> *4 turned it|that|us|them|down|away
    <drawing> changed their minds|mind
    he|she|they changed his|her|their mind|minds
    they|he|she turned it|that|us|them down|away
    their|his|her|families|carers|residents|people message|verdict|answer|complaint|wish|view|request|plea was|is
    according to *2 <drawing>
    they were|are *1 clear|adamant|unanimous|furious|angry|delighted|insistent|blunt
    satisfaction *6 <drawing>
    satisfaction *3 cent
    what <adverb>? <who> <adverb>? <adverb>? wants|wanted|asked|said|say|told|tell|chose|valued
    what <drawing> *3 wants|wanted|asked|said|say|told|tell|chose
    what matters|mattered to|for|people|them|him|her|residents|carers
    <drawing> words
    <drawing> own words
    <drawing> *4 rewrote|redesigned
    in his|her|their|people|carers|families|residents own? words|view|opinion
    his|her|their|carers|families words
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
    <drawing> thought|think it|that|we|they|the
    <drawing> *3 complained|objected|insisted|begged|pleaded|chose|decided
    <drawing> designed|named|picked|crossed|pushed
    <drawing> *3 wrote|described|explained|rejected|voted|interviewed
    complaint|letter|complaints|letters|card|email|message|call|note|text from a|an|the|one|her|his *2 <drawing>
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
    "have": word_set("have has had"),
}
_ANYBODY = word_set("most many some cent ten third half quarter five thirds")


def _is_their_voice(speech: Speech, match: Match) -> bool:
    """Whether whoever a pattern speaks of is no staff."""
    words = speech.words
    first = words[match.first]
    inside = words[match.first : match.last + 1]
    if first in ("they", "their") or (first in ("what", "in") and {"they", "their"}.intersection(inside)):
        return many_of_theirs(speech, match.first) or (first != "they" and not _asked(words, match))
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
    for first, last in sorted([*places, *reported(speech)]):
        if kept and first <= kept[-1][1] + 1:
            if first <= kept[-1][1] and last > kept[-1][1]:
                kept[-1] = (kept[-1][0], last)
            continue
        kept.append((first, last))
    return kept
