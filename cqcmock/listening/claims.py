"""Patterns of claims that are still only under way, and the rule that a date or an owner excuses them."""

from __future__ import annotations

from collections.abc import Iterable

from cqcmock.listening.first_names import FIRST_NAMES
from cqcmock.listening.patterns import Match, lines, verb_forms
from cqcmock.listening.speech import Speech
from cqcmock.listening.stems import word_set
from cqcmock.listening.vocabulary import DAYS, JOBS, MONTHS, SEASONS

IN_PROGRESS = lines(
    """
    <doers> are|is <adv>? <adv>? <working> <on>?
    i am <adv>? working on
    i am <adv>? developing|drafting|writing|exploring|reviewing|planning|scoping
    we have been <adv>? <working> <on>?
    <doers> are|is <adv>? re <working>
    <doers> are|is <adv>? taking|bringing|putting|drawing|pulling *4 forward|forwards|together
    <doers> are|is <adv>? taking|bringing|putting|drawing|pulling *4 up|out|through|place
    <doers> are|is <adv>? bringing|getting *2 in
    <doers> are|is <adv>? doing a|some|more *3 work|piece|review
    <doers> are|is <adv>? in the process|middle|throes of
    <doers> are|is <adv>? part|mid|half way? through
    <doers> are|is <adv>? mid|part|halfway way|through
    <doers> are|is <adv>? out to tender|consultation
    <doers> are|is <adv>? in discussions|talks|conversations|dialogue|negotiations
    <doers> are|is <adv>? meant|supposed|due|expected to be <working>
    <doers> are|is <adv>? <hoping> to
    <doers> are|is <adv>? hoping|intending|aiming
    <doers> are|is <adv>? expecting|planning that|for|on|it|we
    <said> *3 they|we were <adv>? looking|working|planning|going|hoping at|into|on|to
    is|are <adv>? <adv>? <projecting>
    system|form|website|<things> is|are getting a|an|new|some|another
    going to <intend>|have
    <bodies>|it|they are|is going to be -ing
    <bodies>|they|i will <adv>? be -ing
    <bodies> are|is <adv>? <adv>? going to
    next step|steps|stage|phase is|are|will
    is|are <adv>? planned|proposed|envisaged|intended|anticipated|scheduled
    we <adv>? envisage|anticipate|propose|foresee|mean
    in the near future
    in|over the coming weeks|months|year
    is|are on its|their way
    <bodies> will <adv>? <reform>
    <bodies> will <adv>? try|aim|seek|look|work|continue|start|begin to|at|on|towards
    we|i|council <adv>? intend|plan|hope|aim|propose|expect to
    we|council <adv>? want|need to <intend>
    we would like|love to <intend>
    we need|want to do more|better|further
    will be|form part of
    in the early|final|initial|first stages
    we are on it
    we will get there
    we plan on
    area of|for focus
    focus|priority for us
    to do list
    have commissioned *2 work|review|study|report|piece
    it|that|this|they is|are going to be <worked>|<moved>
    want|need to do more work
    continue to <intend>
    <doers> are|is <adv>? committed to <working>
    <things> is|are <adv>? <adv>? <working>
    is|are <adv>? <adv>? being <adv>? <worked>
    is|are <adv>? <adv>? being <adv>? <moved> forward|up|on|through|in|at|into|together|out
    is|are <adv>? <adv>? being co|re <worked>
    being <adv>? taken|picked|looked|worked forward|up|at|on
    will <adv>? <adv>? be <worked>
    will <adv>? <adv>? be <moved> forward|up|on|through|in|at|into|together|out
    it|that|this|they shall be <worked>
    is|are <adv>? to be <worked>
    has|have been commissioned|initiated
    is|are <adv>? evolving|emerging|maturing|progressing
    is|are <adv>? under way|development|review|consideration|construction|discussion
    is|are <adv>? underway|ongoing
    is|are <adv>? in progress|train|hand|development|discussion
    is|are <adv>? on order|track
    <things> *1 underway|ongoing|planned|afoot
    <things> *1 under way|development|review|consideration|discussion
    <things> *1 in progress|train|hand|development|place to
    <things> has|have <adv>? begun|started|commenced
    a|the|our|any <things> *8 happening|underway|ongoing
    <have> *5 in hand|train
    there is|are *7 happening|planned|underway|ongoing|proposed|afoot
    there is|are *5 <things>|<offer> coming
    there is|are *7 going|under on|way
    there is|are *4 being <worked>
    there are <kind>? plans|proposals to
    there is|are <adv>? <some> <kind>? <kind>? piece|pieces|bit|lot|bits|programme of work|activity
    <have> got? <some> <kind>? <kind>? piece|bit|programme of work
    <have> got? <some>? <kind>? plan|plans|ambition|aspirations|intention|proposals to
    <have> got? <some> *2 project|programme|group|team|officer|pilot|somebody <working>
    <have> <adv>? started|begun to|<working>
    started|begun|opened|opening conversations|talks|discussions|dialogue|work
    <have> <adv>? kicked off|embarked
    it|this|that|which|<things> will be <working>|bringing|taking|putting
    ongoing dialogue|work|conversations|discussions|review|programme|engagement
    work going on
    work is *2 ongoing|continuing|happening
    work in progress
    the|our <kind>? plan|aim|intention|ambition|aspiration|hope|idea is being? to|that
    the|our new system|model|strategy|contract|framework|service will
    asked officers|colleagues|my|our *2 to <intend>
    roll out is|are|has
    taking steps
    keen|committed|determined to do|<intend>
    scheduled|due|slated|earmarked to|for <intend>|completion
    plans are|is being?
    plans afoot
    in the pipeline
    in development
    in the process of
    in due course
    forward plan
    on a|an|our|the|that *1 journey
    is <adv>? a|our <kind>? journey
    going|moving forward|forwards
    on our|the radar|horizon|roadmap|workplan|cards
    nearly|almost there
    are getting there
    watch this space
    bear with us
    early days
    more work to do|be
    """
)

_CHANGE = word_set(
    "work develop look review plan design redesign draft refresh roll introduce implement explore consider scope "
    "pilot test consult recruit commission recommission procure create set strengthen improve expand extend progress "
    "finalise refine update map investigate launch prepare establish mature evolve move transform modernise shape "
    "invest coproduce push address tackle enhance engage undertake conduct revisit restructure reorganise reshape "
    "streamline change align standardise digitise automate integrate join revise adopt upgrade replace reprocure "
    "tender retender negotiate gather analyse widen deepen simplify tighten step ramp deploy sort overhaul remodel "
    "reconfigure reform reimagine reinvent realign rationalise consolidate mobilise operationalise socialise "
    "champion pull draw curate convene codesign construct prototype benchmark bolster boost fix mend tidy sharpen "
    "phase migrate produce deliver increase reduce share resolve cost model discuss include reflect pick appoint "
    "collate reintroduce engineer shift embark trial upskill promote scale transition gear evaluate compile unpick "
    "examine hire reskill lobby collaborate liaise film"
)
_FORMS = frozenset(form for verb in _CHANGE for form in verb_forms(verb))
_HOPES = "hoping planning aiming looking seeking trying intending proposing starting beginning about set keen wanting"
CLASSES: dict[str, frozenset[str]] = {
    "working": frozenset(form for form in _FORMS if form.endswith("ing"))
    | word_set(
        "building writing rewriting embedding beginning thinking rethinking talking trialling growing making "
        "starting continuing driving taking modelling rebuilding remodelling"
    ),
    "worked": frozenset(form for form in _FORMS if form.endswith("ed"))
    | word_set(
        "built written rewritten embedded begun rethought brought put drawn trialled made done set learned learnt "
        "modelled undertaken taken redrawn rebuilt"
    ),
    "projecting": word_set(
        "developing drafting redrafting exploring scoping piloting redesigning refreshing recommissioning procuring "
        "implementing consulting finalising introducing reviewing rewriting retendering mobilising"
    ),
    "intend": _CHANGE
    | word_set("build embed write rewrite rethink monitor continue open make take bring put get send"),
    "reform": _CHANGE
    - word_set("set pick move work pull draw roll share tend test step join fix sort mend cost hold look"),
    "moved": word_set("taken picked moved brought carried put looked worked drawn rolled pulled fed built covered"),
    "doers": word_set(
        "we they council service team teams officers colleagues partners staff authority directorate department "
        "board trust it"
    ),
    "bodies": word_set(
        "we council service team teams officers colleagues partners authority directorate department board trust"
    ),
    "hoping": word_set(_HOPES),
    "things": word_set(
        "work plan plans planning programme programmes project projects review reviews strategy pilot pilots piece "
        "discussions conversations consultation restructure redesign refresh scheme schemes system proposal "
        "proposals recruitment procurement improvement improvements workstream workstreams action actions "
        "initiatives talks"
    ),
    "offer": word_set(
        "model contract service team form portal website app approach process policy framework number line"
    ),
    "said": word_set("say says said told tell"),
    "some": word_set("a an some lots our another several various"),
    "kind": word_set(
        "big whole new huge significant real important joint large good great wider broader lot further major clear"
    ),
    "adv": word_set(
        "currently now actively also still just really very much always already all both well only possibly probably "
        "hopefully definitely certainly soon gradually slowly"
    ),
    "on": word_set("on at up out with"),
    "have": word_set("have has"),
}

NOT_UNDER_WAY = lines(
    """
    we are going to say|tell|pretend|ask|lie|give|answer|start|talk|mention|read|have|need|see|get|hear
    we are <spending> people|her|him|them|it|mum|a|our|his|that|more|too|calls
    we are trying to say|remember|think
    we are talking|thinking|looking after|for|here|of|forward
    we are talking about
    we|they are not
    we will <intend> <anything>
    what|where|whom|who|how i|we am|are <working>
    what i am|will
    they|i will be -ing with|on|in|at|for|there|here
    they are <spending>|talking|thinking|moving|starting|working|trying
    they are looking for|out|like|well|forward|down|up
    it is <spending>|talking|thinking|looking|moving|starting|working|trying|<working> <person>
    it is <spending>|working|looking|moving|setting|starting|building|talking|continuing|trying
    if|until|unless|when *4 we|they|i|it|is|are will|being|working
    nobody|not|never|who|it going to
    who|it|nobody is going to
    <folk> is|are|am being
    <doers> are working flat|hard|hours|nights|shifts|from|together|alongside|well|for|as|in|late
    being made to
    looking after|forward
    coming in|to|home|out|up|from|round|back|through|over|off|on|here|down
    what is|was going on
    is that going to
    going to be all|the|a|an|ok|fine|here|in|at|there
    early days of
    """
)

CLASSES["spending"] = word_set("getting making taking bringing putting doing")
CLASSES["anything"] = word_set("you it her him them me us one")
CLASSES["folk"] = word_set("people she he they you i nobody who somebody anybody")

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
        if (
            _one_day(word, before)
            or word == "tomorrow"
            or (len(word) == 4 and word.isdecimal() and word[:2] in ("19", "20"))
        ):
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
        if word in _TIMES and before == "next" and words[here - 2 : here - 1] != ["the"]:
            return True
        if word in ("weeks", "months", "days", "years") and _within(words, here):
            return True
    return False


def _one_day(word: str, before: str) -> bool:
    """Whether a word is a day that comes once, "on Monday", and not "every Monday"."""
    return word in DAYS and not word.endswith("s") and before not in ("every", "each", "a", "usual", "most")


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
        if word in JOBS and not (word in ("head", "lead", "member", "leader", "executive") and not _job(words, here)):
            return True
        if _named(speech, here) and (here > around.start or words[here + 1 : here + 2] in _DEEDS):
            return True
    return False


def _job(words: list[str], at: int) -> bool:
    """ "head of", "our lead for", "chief executive": not "lead to", "members" or "the executive"."""
    before, following = words[at - 1] if at else "", words[at + 1] if at + 1 < len(words) else ""
    if words[at] == "member":
        return before in ("cabinet", "lead", "board", "portfolio")
    if words[at] == "executive":
        return before == "chief"
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
