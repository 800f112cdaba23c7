"""Patterns of claims that are still only under way, and the rule that a date or an owner excuses them."""

from __future__ import annotations

from collections.abc import Iterable

from cqcmock.listening.first_names import FIRST_NAMES
from cqcmock.listening.patterns import Match, lines
from cqcmock.listening.speech import Speech
from cqcmock.listening.stems import word_set
from cqcmock.listening.vocabulary import DAYS, JOBS, MONTHS, SEASONS

IN_PROGRESS = lines(
    """
    <doers> are|is|am <slightly>? <slightly>? <working> <on>?
    <doers> have been <working>
    <doers> are|am|is <slightly>? re <rework>
    <doers> are|am|is <slightly>? taking|bringing|putting|carrying <it>? *2 forward|forwards|in|together
    <doers> are|am|is <slightly>? taking|bringing|putting|carrying <it>? *2 out|on|place|through|back
    <doers> are|am|is <slightly>? bringing|putting|taking in|on|forward|together|out
    <doers> are|am|is <slightly>? bringing|putting *4 in|place|together|forward
    <doers> are|am|is|were meant|supposed|expected|due|hoping to be? <working>|<do>|sort|sorting|fix|fixing|mend|mending
    <doers> are|am|is <slightly>? drawing *3 up|together|out
    <doers> are|am|is <slightly>? pulling *3 together
    <doers> are|am|is <slightly>? getting there|on|better|closer|nearer
    <doers> are|am|is <slightly>? in the process|middle|throes of
    <doers> are|am|is <slightly>? part way|halfway through
    <doers> <have> <slightly>? got it|that|this|them|all *1 in hand|train
    <have> <slightly>? kicked off|launched|embarked
    being <slightly>? taken|picked|moved|brought|carried forward|up|on|through|in|at|into
    being|been <slightly>? worked|looked|drawn|put|rolled forward|up|on|through|in|at|into
    will <slightly>? be taken|picked|considered|brought|looked up|forward|for|in|at|by|into
    will <slightly>? be covered|addressed|included|reflected|built|fed up|forward|for|in|at|by|into
    will <slightly>? be considered|addressed|reviewed|explored|resolved
    it|that|this|they|which will <slightly>? <slightly>? be picked|taken|looked|built|covered up|forward|at|in|by
    be picked up there|through|in|as|by
    a|an|the|our <kind>? review|refresh|redesign|project *8 happening|underway|ongoing|coming
    a|an|the|our <kind>? pilot|consultation|restructure|programme *8 happening|underway|ongoing|coming
    a|an|the|our <kind>? review|refresh|redesign|project|pilot|consultation|restructure|programme *5 under way
    there is|are *9 happening|planned
    <have> got? a|an *2 project|programme|group|team|officer|pilot looking|working|exploring|reviewing
    being co produced|designed|created
    <doers> are|am|is mid|half|part way
    asked officers|colleagues|them|the|my|our *2 to look|review|consider|explore|develop|bring
    <doers> are|am|is doing a|some *2 work|piece|review
    be addressed|resolved|picked|covered|considered in|by|through|as the|our|that|this *1 contract|strategy|plan
    be addressed|resolved in|by|through|as the|our|that|this *1 model|system|programme|priorities
    be picked|covered|considered in|by|through|as the|our|that|this *1 model|system|programme|priorities
    <doers> are|is <slightly>? out to tender|consultation
    going to be doing|looking|reviewing|working|developing|building
    theyre redoing|rewriting|redesigning|rebuilding|reviewing
    plans in place to
    the|our new system|model|strategy|contract|framework will give|address|allow|enable|help|let|mean
    keen|committed|determined to do|improve|develop|build|go|get|move|make
    nearly|almost there
    we are getting there
    on the agenda|cards|horizon|to do
    earmarked for
    scheduled|due|slated to|for <do>|review|refresh|completion
    <doers> are|am|is <slightly>? going|looking|hoping|planning|aiming|intending|proposing to <do>
    <doers> are|am|is <slightly>? seeking|starting|beginning|trying|due|about|set|keen to <do>
    <doers> are|am|is <slightly>? hoping|planning|aiming|looking|seeking to
    going to have|build|open|launch|develop|introduce|review|improve|roll|create
    <doers> <will> <slightly>? try|aim|seek|look|work|continue|start|begin to|at|on|towards
    <doers> <will> <slightly>? be <working>
    <doers> <will> <slightly>? <intend>
    will <slightly>? be <worked>
    it|that|this|they shall be <worked>
    is|are|have|has <slightly>? being|been? <worked> <on>? at|by? the|this? moment|minute|present|time
    is|are <slightly>? <slightly>? being <worked>
    <have> got? plans|started|begun|ambitions|aspirations to
    <have> got? a|an|our <kind>? plan|ambition|intention to
    in discussions|talks|conversations|dialogue with|about
    continue to <intend>
    <doers> are|am <slightly>? committed to <working>
    <doers> are|is <slightly>? drawing|pulling up|together
    taking steps
    has|have been commissioned|initiated
    work|works has|have <slightly>? begun|started|commenced
    roll out is|are|has
    plans afoot
    forward plan
    is coming in|soon|on
    picked up through|in|as
    working through
    is|are <slightly>? under way|development|review|consideration|construction|discussion
    is|are <slightly>? underway|ongoing
    work|works <slightly>? under way
    work|review|project|programme|pilot underway
    in the process of
    in the pipeline
    in development
    is|are <slightly>? in progress|train|hand
    work in progress
    have|has|got it|that|this|them|all *1 in hand
    <work> <slightly>? under way
    there is|are <slightly>? a|some|lots <kind>? <kind>? piece|pieces|bit|lot|bits|programme|plan of work|activity
    there is|are <slightly>? a|an|some <kind>? <kind>? strategy|programme|project|pilot <going>
    there is|are <slightly>? a|an|some <kind>? <kind>? review|plan|plans|work|workstream <going>
    there is|are <slightly>? a|an|some|our? <kind>? plan|plans|intention|ambition|aspiration to
    there are plans to
    <have> got? a|an|some|another <kind>? <kind>? piece|bit|programme of work
    work going on
    work is *2 ongoing|continuing|happening
    going|moving forward|forwards
    it|that is on our|the radar|agenda|horizon|roadmap|list|workplan
    we|i <slightly>? intend|plan|hope|aim|propose|expect to
    the|our plan|aim|intention|ambition|aspiration|hope|idea is|being to|that
    we|council are|is <slightly>? <slightly>? on a|the|our <kind>? journey
    it|that|this|there is|are <slightly>? <slightly>? a|our <kind>? journey
    is|are <slightly>? evolving|emerging|maturing|embedding|progressing|developing
    is|are <slightly>? to be <worked>
    plans are|is being?
    watch this space
    bear with us
    early days
    we are nearly|almost|nearer there
    we want to <intend>
    want|need to do more work
    more work to do|be
    """
)

_WORKING = (
    "working developing looking reviewing building planning designing redesigning writing drafting refreshing rolling "
    "introducing implementing exploring considering scoping piloting testing trialling consulting recruiting "
    "commissioning recommissioning procuring creating setting embedding strengthening improving expanding extending "
    "progressing finalising refining rewriting updating mapping investigating launching preparing establishing "
    "maturing evolving moving transforming modernising shaping investing coproducing thinking talking starting "
    "beginning trying aiming hoping pushing driving addressing tackling growing enhancing continuing engaging "
    "undertaking conducting revisiting rethinking restructuring reorganising reshaping streamlining changing aligning "
    "standardising digitising automating integrating joining revising adopting upgrading replacing reprocuring "
    "retendering tendering negotiating collecting gathering analysing widening deepening simplifying tightening "
    "stepping ramping upskilling deploying sorting overhauling remodelling reconfiguring reforming reimagining "
    "reinventing "
    "realigning rationalising consolidating mobilising operationalising socialising championing pulling drawing trying "
    "seeking progressing curating convening codesigning designing constructing prototyping workshopping benchmarking "
    "bolstering boosting fixing mending tidying sharpening deploying preparing phasing migrating procuring"
)
_WORKED = (
    "worked developed looked reviewed built planned designed redesigned written drafted refreshed rolled introduced "
    "implemented explored considered scoped piloted tested trialled consulted recruited commissioned recommissioned "
    "procured created set embedded strengthened improved expanded extended progressed finalised refined rewritten "
    "updated mapped investigated launched prepared established put brought transformed revised addressed tackled "
    "upgraded replaced produced negotiated discussed rethought restructured reshaped coproduced undertaken "
    "enhanced integrated aligned overhauled remodelled reconfigured sorted fixed finalised scoped resolved deployed "
    "consulted costed modelled phased migrated worked"
)
_DO = (
    "be have do develop look review build plan design redesign write draft refresh roll introduce implement explore "
    "consider scope pilot test trial consult recruit commission procure create set embed strengthen improve expand "
    "extend progress finalise refine rewrite update map investigate launch prepare establish put bring transform "
    "revise address tackle upgrade replace produce work try continue start begin make take get move keep invest "
    "engage grow see focus undertake join adopt reduce increase deliver publish share change enhance integrate"
)
_INTEND = (
    "develop look review design redesign refresh introduce implement explore consider scope pilot consult "
    "recommission procure embed strengthen improve expand extend progress finalise refine map investigate establish "
    "transform revise address tackle upgrade enhance integrate monitor build continue reduce increase deliver engage "
    "invest roll"
)
CLASSES: dict[str, frozenset[str]] = {
    "working": word_set(_WORKING),
    "worked": word_set(_WORKED),
    "doers": word_set(
        "we i they council service team teams officers colleagues partners staff authority directorate department it"
    ),
    "will": word_set("will shall"),
    "intend": word_set(_INTEND),
    "it": word_set("it that this them these those"),
    "rework": word_set(
        "engineering designing commissioning writing modelling thinking tendering procuring shaping building imagining "
        "launching structuring"
    ),
    "kind": word_set(
        "big whole new huge significant real important joint large good great wider broader lot further major clear"
    ),
    "going": word_set("underway being under going to coming developing on"),
    "do": word_set(_DO),
    "slightly": word_set("currently now actively also still just really very much always already all both well only"),
    "on": word_set("on at up out with"),
    "have": word_set("have has"),
    "work": word_set(
        "work plans plan programme project projects review strategy pilot piece discussions conversations"
    ),
}

NOT_UNDER_WAY = lines(
    """
    i|we am|are doing|getting|making|taking a|an|my|our|his|her
    i|we am|are going to say|tell|pretend|be|ask|lie|give|answer|start|talk|mention|read
    i|we will say|tell|be|give|admit|ask|never honest|you|it|that|this|one|two|a|an|the
    i|we will not|come|have|do|take|get|start|keep honest|you|it|that|this|one|two|a|an|the
    i am thinking|talking|looking of|about|forward
    looking forward
    what|where|whom|who i|we am|are <working>
    it is going to be|take|cost|need|get|have
    i am looking at|for|out how|whether|what|who|for|if
    i am working with|till|until
    i|we am|are trying to say|remember|think
    if *4 we|they|i|it will
    what i am|will
    nobody|people|carers|families|person|he|she|who|you|they|it is|are|am|was|were going to
    i am going to
    not|never|nobody going to
    staff|teams|people|officers|colleagues|they|we|team are|is working|looking flat|hard|hours|nights
    staff|teams|people|officers|colleagues|they|we|team are|is working|looking shifts|from|together|alongside|well
    are|am|is working for|in|from|as|at|nights|alongside
    it will look|feel|be|take|come|go|cost|depend|work|need|start
    are|am|is getting on|better with|at
    they are getting
    people|they|he|she are|is getting
    getting there|on on|by|at|in|to|and|late|early
    there is *9 coming in|to|home|out|up
    i am|was bringing|putting|taking
    we are taking|putting|bringing people|her|him|them|it|mum
    it is working|doing|getting|looking|building|moving|setting|starting|bringing|making|taking|talking|continuing
    they are looking after
    i am talking|looking|thinking|moving|trying|starting|building
    i will try to|and
    i have been <working>
    i will be
    looking after
    they are talking
    we are talking about|here
    it will be
    that will be
    we are not
    i am not
    is that going to
    """
)

_UNTIL = word_set("by before from in on this next until during since at end mid early late to for come")
_TIMES = word_set("week month year quarter fortnight tomorrow tonight term")
_DEEDS = (["is"], ["has"], ["will"], ["leads"], ["runs"], ["owns"], ["and"])


def still_under_way(found: Iterable[Match], speech: Speech) -> list[tuple[int, int]]:
    """First and last word of each claim with neither a date nor an owner in its sentence, one in a clause at most."""
    claims: list[tuple[int, int]] = []
    excused: dict[int, bool] = {}
    for match in found:
        first, last = match.first, match.last
        if claims and first <= claims[-1][1]:
            claims[-1] = (claims[-1][0], max(last, claims[-1][1]))
            continue
        if claims and first - claims[-1][1] <= 2 and speech.sentences[first] == speech.sentences[claims[-1][1]]:
            claims[-1] = (claims[-1][0], last)
            continue
        sentence = speech.sentences[first]
        long = speech.stops[first] - speech.sentence_start_near(first) > 60
        if long or sentence not in excused:
            excused[sentence] = has_date(speech, first) or has_owner(speech, first)
        if not excused[sentence]:
            claims.append((first, last))
    return claims


def _around(speech: Speech, at: int) -> range:
    """The sentence in which a word stands; of speech without full stops, thirty words on either side."""
    first, stop = speech.sentence_start_near(at, reach=30), min(speech.stops[at], at + 30)
    return range(first, stop)


def has_date(speech: Speech, at: int) -> bool:
    """Whether the sentence around a word says when: a month, a day, a season, a year, "within six weeks"."""
    words = speech.words
    for here in _around(speech, at):
        word = words[here]
        before = words[here - 1] if here else ""
        if word in DAYS or word == "tomorrow" or (len(word) == 4 and word.isdecimal() and word[:2] in ("19", "20")):
            return True
        if (
            word in MONTHS
            and (word != "may" or before in _UNTIL or before[:1].isdecimal() or before == "of")
            and (word != "march" or before in _UNTIL or before[:1].isdecimal() or before == "of")
        ):
            return True
        if word in SEASONS and (before in _UNTIL or before in ("the", "of")):
            return True
        if (
            word in _TIMES
            and before in ("this", "next", "the")
            and words[here - 2 : here - 1] in (["by"], ["of"], ["end"], ["in"])
        ):
            return True
        if word in _TIMES and before == "next":
            return True
        if word in ("weeks", "months", "days", "years") and _within(words, here):
            return True
    return False


def _within(words: list[str], at: int) -> bool:
    before = words[max(0, at - 5) : at]
    return any(word in ("within", "in") for word in before) and not any(
        word in ("last", "past", "recent", "coming", "few") for word in before
    )


def has_owner(speech: Speech, at: int) -> bool:
    """Whether the sentence around a word says whose it is: a job, or a name."""
    words = speech.words
    around = _around(speech, at)
    for here in around:
        word = words[here]
        if word in JOBS and not (word in ("head", "lead", "member", "leader") and not _job(words, here)):
            return True
        if _named(speech, here) and (here > around.start or words[here + 1 : here + 2] in _DEEDS):
            return True
    return False


def _job(words: list[str], at: int) -> bool:
    """ "head of", "our lead for", "cabinet member": not "go ahead", "lead to" or "members"."""
    before, following = words[at - 1] if at else "", words[at + 1] if at + 1 < len(words) else ""
    if words[at] == "member":
        return before in ("cabinet", "lead", "board", "portfolio")
    return following in ("of", "for") or before in (
        "our",
        "my",
        "the",
        "named",
        "deputy",
        "single",
        "a",
        "programme",
        "project",
    )


def _named(speech: Speech, at: int) -> bool:
    """Whether a capital word in a sentence is somebody's first name."""
    written = speech.written(at)
    return written[:1].isupper() and speech.words[at] in FIRST_NAMES and not written.isupper()
