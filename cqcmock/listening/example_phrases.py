"""Words and turns of phrase by which one person, family, provider or occasion is brought into an answer.

Below the words stands how the phrase around a noun is read: where it ends, when it plays and what it is told of.
"""

from __future__ import annotations

from cqcmock.listening.first_names import FIRST_NAMES
from cqcmock.listening.patterns import lines
from cqcmock.listening.speech import PAST_VERBS, Speech, is_past
from cqcmock.listening.stems import word_set
from cqcmock.listening.vocabulary import AGE_WORDS, DAYS, JOBS, MONTHS, PERSON, SEASONS, SPECIFIC_PERSON, STAFF

EXAMPLES = lines(
    """
    i|we remember|recall a|an|one|the|this|that|when|sitting|standing|going|meeting|visiting|him|her
    i will never|always forget|remember
    i can still? see|picture|hear her|him
    i am thinking of
    i think of one|a|an
    i will|shall just? call|name him|her|them
    we will|shall call|name him|her|them
    let us call him|her|them
    call him|her <name>
    <known> i|we will call|name
    his|her name is|was
    <known>|mr|mrs|miss a|b|c|x|y|z|p
    provider a|b|c|x|y|z
    in|on|take one|a|the single? case|instance|family|household|occasion
    take a|the|this|one <known>|case|family
    look at this one
    call|letter|email|message|complaint|card|note *3 from a|an|one <adj>? <known>
    i|we had a|an|that|one|another *2 in|last|this <month>|<season>|week|night|<day>
    <they> <past-told> <kin> *2 in|last <month>|<season>
    a|an|one|another|the case|situation|instance|occasion|time|day where|when|recently
    the case|story of|that the|a|one|i|we|comes|sticks|stays
    there was|were a|an|one|another|this|some <adj>? <adj>? <event>
    there was|is one|another in|at|on|last|where|who|i|we
    there was the|that *3 who|he|she
    <we> had|have|got a|an|one|another|this <adj>? <happening>
    it was|is a|an|one|just? only? single|individual? <happening>|complaint|fire
    it is a|one single|individual case|complaint
    there was the|that *1 <event>
    it was the|that|this|our|a <told-time>|<event>
    it was|is at|in|on|outside the|a|our|that <told-time>? <event>|<building>
    it was in|on? the? <told-time> last|this|when|that|and
    it was|is in|on the <told-time> *2 <event>
    it was <month>|<season>
    the first|second|third|last|next <day>|night|morning in|of|after <told-time>|that
    on the <ordinal> of this|last
    the <ordinal> of this|last month
    at the *3 <event>|<day> in|last|this|on <told-time>|spring|summer|autumn|winter
    in|on that <month>|<season>
    <they> *1 that <month>|<season>
    <month>|<season> last|this year
    when|since|before|after <the> *3 happened
    the time before|when|that|we|i|he|she
    the day|night|week <they> <past-told>
    there was|were a|an|one|this *3 where|when
    there was|were a|an|one|this *3 in|on|at|over the? <told-time>
    it|this|that is|was a good|classic|perfect example
    take <name>
    the <day>|week|night|day|weekend|morning before|after <told-time>|we|she|he
    the other day|week|night|month|evening|morning
    one|that <weather>? <weather>? evening|afternoon|morning|night|lunchtime|teatime|<day> <they>|a|in|at|with|outside
    a|an <weather>? evening|lunchtime|teatime in|at|with|outside
    one|a|an <weather> evening|afternoon|morning|night|lunchtime|teatime
    ran|held|hosted|did|spent a|an|one <adj>? morning|session|evening|day|afternoon|night at|in|for|with
    when|since|before|after|because|until <the> *4 closed|shut|failed|collapsed|folded|flooded|burned
    week|day|night|morning|winter|summer that <the> *4 closed|shut|failed|collapsed|folded|flooded|burned
    when|since|before|after|because|until <the> *4 handed back
    when|since|before|after *3 went under|bust|bankrupt
    when|since|before|after|because *4 into administration|difficulty|difficulties|liquidation
    when|since|before|after|because|until <the> *2 <died> me|us|in|on|after|last
    when it went|came|fell|happened *2 in|on|last <the>? <told-time>
    i|we did|ran|had|saw|met|lost|raised one in|on|at|last|this|who|where|that|recently|come|came
    had|have|got another one|<known>
    one of mine|ours
    my own|actual <kin>
    old|poor|little|young <name>
    the <adj>? one <they> met|remember|saw|ran|helped
    the one in|at|from|on|about|with *3 <past-told>
    the last|first|worst|hardest|latest|best|next one|case|person|family i|we
    <they> once <past-told>
    <they> <past-told> in|at|on|with *3 once
    a|an|one <thing> that|which <past-told>
    spent <day> at|in|with
    when <they> had the last|first
    in|at <the> *2 team|ward|home|office|hospital|service this|last|over *1 <season>|week|month|year
    last week|night|<day> <they> <past-told>
    <they> slipped|fell|collapsed|broke *5 at|in|on|last <told-time>
    the last|first|second|worst|latest one|case|person|family|visit|review|complaint on|in|at|from|was|came
    it was a|the bank holiday
    the one that|who sticks|stuck|springs|stays|haunts
    the one that|who comes|came to mind
    my favourite|best is|was|one|story
    came|went out|round|along|over *4 with me|us
    the two|three big|large|biggest|largest|old homes|agencies|providers
    the <adj>? <adj>? <thing> <they> <past-told> *4 <told-time>
    one <told-time> in|of|to <known>
    """
)
"""Fixed turns of phrase; people are told of by grammar (`cqcmock.listening.examples`)."""

NOT_EXAMPLES = lines(
    """
    love|like|want|need|needs|is|just|even|only|for|per one night|evening|morning|afternoon
    one day|morning|night you|people|or|per|they
    one day we|it|they|i|you will|might|may|would
    once|twice a|an evening|morning|day|night
    starts|start|starting|begins|due|goes|opens|live|by|until|from on? the <ordinal>
    there was|is a time when|before
    when it comes|came to
    every|any|each|no|for|most case|time|day|occasion|evening|morning|afternoon
    the case|story for|that we|you|they
    """
)

TOLD_NOW = word_set("says goes rings comes sits walks turns puts phones stands tells asks knocks")
"""The present tense in which a story may be told: "last week a chap comes in"."""
DEEDS = word_set(
    "said told asked rang phoned wrote came stood died cried lived wanted stopped complained explained moved fell "
    "went sat turned walked described waited emailed texted thanked knocked shouted begged refused lost counted "
    "noticed met admitted thought whispered pleaded replied nodded says rings walks phones stands tells knocks"
)
"""Only a person or a firm does these: "a sergeant's widow stopped me"."""
NO_DOER = word_set(
    "letter report survey review form email note call law rule poll study message time day week month year number bit "
    "lot few way thing word question place bus door house half part phone point piece minute moment change figure "
    "plan policy decision inspection pause silence line third quarter idea paper card answer bill meeting lift list "
    "queue post wall storm team council service sort kind whole hundred percent cent reason stranger"
)

SPECIFIC = SPECIFIC_PERSON | word_set(
    "grandson granddaughter auntie aunt uncle nephew niece wife son daughter husband veteran grandma brother sister "
    "neighbour refugee sergeant postman joiner"
)
"""Nouns by which one speaks of somebody in particular more than of people in general."""
KNOWN = SPECIFIC | PERSON
HOUSES = word_set(
    "home provider agency practice surgery ward hospice charity company firm hostel school shop church mosque temple "
    "club café cafe pub"
)
"""Providers and the like, of which one may be told as of a person."""
ROLES = (
    STAFF
    | JOBS
    | word_set(
        "physio volunteer driver apprentice judge vicar barrister paramedic constable clerk receptionist bidder head "
        "cleaner girl architect trainee student"
    )
) - (
    HOUSES
    | word_set("social hospital cqc board scrutiny cabinet committee peer peers portfolio lead chair centre trust")
    | word_set("police principal team agencies")
)
"""Those who are told of for their work: they count only for what they did, and not beside somebody else."""
SOMEBODY = KNOWN | ROLES | HOUSES
MANY = word_set("women men ladies families residents neighbours homes") | frozenset(f"{noun}s" for noun in SPECIFIC)
KIN = word_set(
    "mum mam mother nan gran nana grandma aunt auntie uncle brother sister dad father grandad stepdad son wife husband "
    "neighbour"
)

FUNCTION = word_set(
    "a an the this that these those my our your his her their its i we you he she it they who whom whose which what "
    "and or but so because if when while as than then of in on at to for from by with about into over up down off out "
    "round near without through after before since until till under between against around is are was were am be been "
    "being have has had do does did will would can could should may might must shall not no nor never there here me us "
    "him them every each any some all both just only even also"
)
"""Words that end a noun with its adjectives."""
AFTER_NOUN = word_set(
    "called named aged last recently yesterday once again mr mrs um er uh erm where how come though now one"
)
"""Words that may follow a noun and are no other noun."""
MEETING = word_set(
    "had met saw visited knew lost helped supported moved found heard took spoke sat rang went drove involved concerned"
)
MEETING_NOW = word_set("have got know see remember thinking think call called")
"""How one leads up to somebody: "we had a lady", "I know a man"."""
POINTS_AT = word_set(
    "it this that there here one two three first second third other last latest case file worst hardest instance "
    "exception example"
)
"""Before "is" or "was" they bring somebody in: "the last one was a woman"."""
AGES = AGE_WORDS | word_set(
    "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty "
    "seventy eighty ninety late early mid"
)

ONCE = word_set("retired former ex widowed")
SUBJECTS = word_set("i we they you he she it there")
PLACING = word_set("in on at from up down over off near out round outside behind")
_BEFORE_TIME = word_set("last other in that one")
_NOW = word_set("is are has have do does needs wants gets get need want can could should may might must will shall")
PAST, NOW = "past", "now"
_MOST_ADJECTIVES = 5

SUPPOSING = word_set("if whenever whether imagine suppose unless")
ANYBODY = SUPPOSING | word_set(
    "every any anyone each no say wherever always usually often sometimes normally mostly typically most can could "
    "should may might must will shall cannot"
)
"""Before "a man" in its clause they make him anybody."""
WISHED = word_set(
    "want wanted wants wanting need needs needed needing send ask asking prefer wish wishes expect prefers"
)
NOT_YET = word_set("as like than being become becoming became into without not never for per only")
"""Just before "a" these make it anybody: "as a mother", "without a carer"."""

AT_WORK = (
    JOBS
    | (STAFF - word_set("social hospital cqc board doctor doctors gp police nurse nurses trust centre committee judge"))
    | word_set(
        "procurement finance clerk crew relations benefits digital services department office commissioning "
        "cabinet portfolio leads chairs heads senior answers leave"
    )
) - word_set("member chair lead")
WORK_BEFORE = word_set("manager officer director lead commissioner worker team chair advocate consultant")
"""After and before a name they tell that it is of somebody at work."""

_PERIODS = word_set("week month year night spring summer autumn winter morning weekend afternoon evening day")
TOLD_TIME = MONTHS | SEASONS | DAYS | _PERIODS
"""What follows "last" or "in" where it is said when something happened."""

CLASSES: dict[str, frozenset[str]] = {
    "adj": word_set("big small long recent bad difficult awful good real new horrible terrible lovely old nice"),
    "we": word_set("we i they"),
    "they": word_set("i we he she they somebody someone"),
    "the": word_set("the our a one an my"),
    "name": FIRST_NAMES,
    "known": KNOWN,
    "kin": KIN,
    "event": word_set(
        "visit thing discussion meeting presentation proposal session row argument incident inquest "
        "hearing workshop event surgery conference panel complaint moment occasion evening fire flood funeral launch "
        "assembly committee council case time day night call letter business party lunch supper review challenge "
        "inspection audit"
    ),
    "happening": word_set("situation case incident occasion instance fire complaint"),
    "building": word_set("civic hall kitchen library church mosque temple pub hospital café cafe school"),
    "told-time": TOLD_TIME,
    "died": word_set("rang died phoned came left fell broke lost moved resigned wrote"),
    "past-told": PAST_VERBS,
    "thing": word_set(
        "invoice letter email call complaint form visit meeting review bill plan paper afternoon morning"
    ),
    "weather": word_set(
        "wet cold dark snowy rainy foggy hot sunny grey bitter freezing january november december february"
    ),
    "ordinal": word_set(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth thirtieth twenty thirty"
    )
    | frozenset(f"{day}{end}" for day in range(1, 32) for end in ("st", "nd", "rd", "th")),
}

IN_A_PLACE = lines("the one in|at|from *2")
"""These count where one of the last words has a capital: "the one in Berwick"."""


def begins(speech: Speech, at: int) -> bool:
    return at == 0 or speech.sentences[at - 1] != speech.sentences[at]


def head_of(speech: Speech, at: int) -> int | None:
    """The word for somebody in which "a", some adjectives and a noun end: in "a very old man rang" it is "man"."""
    words, stop = speech.words, min(speech.stops[at], at + 2 + _MOST_ADJECTIVES)
    for here in range(at + 1, stop):
        word = words[here]
        if word in FUNCTION or (word == "one" and here > at + 1) or speech.clauses[here] != speech.clauses[at]:
            return None
        following = words[here + 1] if here + 1 < stop else ""
        old = words[here - 1 : here + 1] == ["year", "old"]
        known = word in SOMEBODY or word in MANY or words[here - 1] in ONCE or old
        if known and following not in SOMEBODY and _noun_ends(speech, here):
            return None if _owns(speech, here) else here
        if following in DEEDS and word not in NO_DOER and not is_past(word) and not word.endswith(("ing", "ly")):
            return here
    return None


def _owns(speech: Speech, at: int) -> bool:
    """Whether 's makes somebody the owner of what follows, "a man's chances", and not short for "is" or "has"."""
    if not speech.written(at).endswith(("'s", "’s")):
        return False
    following = speech.words[at + 1] if at + 1 < len(speech.words) else ""
    return (
        following not in FUNCTION and following not in ("got", "gone", "come", "lost") and not following.endswith("ing")
    )


def _noun_ends(speech: Speech, at: int) -> bool:
    """Whether no other noun follows, as in "a family decision"."""
    if at + 1 >= speech.stops[at] or speech.clauses[at + 1] != speech.clauses[at] or speech.words[at] in SPECIFIC:
        return True
    following = speech.words[at + 1]
    known = following in FUNCTION or following in AFTER_NOUN or following in TOLD_NOW or following in AGES
    return known or is_past(following) or following.endswith(("ing", "ly")) or following[0].isdigit()


def tense_after(speech: Speech, head: int) -> str | None:
    """Whether what somebody does is past or goes on now, by the first verb that follows in the sentence."""
    words, stop = speech.words, min(speech.stops[head], head + 10)
    for here in range(head + 1, stop):
        word = words[here]
        if word == "would":
            return NOW if speech.written(here).casefold().startswith("would") else PAST
        if word in _NOW:
            return NOW
        if is_past(word) or word == "been":
            return PAST
        another = here > head + 1 and (word in SUBJECTS or word in SPECIFIC)
        if another or (word == "and" and here + 1 < stop and not is_past(words[here + 1])):
            return None
    return None


def placed_at(speech: Speech, head: int, *, by_name: bool = False) -> bool:
    """Whether it is said where somebody is: "in the flats", "up at Highfields"; `by_name` only if it has a capital."""
    words, stop = speech.words, speech.stops[head]
    at = head + 1
    while at < stop and words[at] in PLACING:
        at += 1
    if at == head + 1 or at >= stop:
        return words[head + 1 : head + 2] == ["there"]
    if words[at] in ("every", "each", "all"):
        return False
    last = min(at + (words[at] == "the"), stop - 1)
    named = speech.written(last)[:1].isupper() and words[last] not in TOLD_TIME | {"i"}
    return named or (not by_name and (words[at] in FUNCTION or words[at] == "one"))


def age_ends(speech: Speech, head: int) -> int | None:
    """The last word of somebody's age, "in her eighties", "of ninety-one", if it stands beside them."""
    found = None
    for here in range(head + 1, min(head + 5, speech.stops[head])):
        word = speech.words[here]
        if word in AGES or (word.isdigit() and here < head + 3):
            found = here
    return found


def timed(speech: Speech, at: int, head: int) -> bool:
    """Whether it is said when: "last week a", "a lady in January", "three weeks ago a"."""
    words = speech.words
    start = max(speech.sentence_start_near(at), at - 5)
    return any(
        words[here] in ("ago", "yesterday") or (here and words[here] in TOLD_TIME and words[here - 1] in _BEFORE_TIME)
        for here in range(start, min(speech.stops[head], head + 5))
    )


def deed_after(speech: Speech, head: int) -> bool:
    """Whether somebody goes on to a deed, "who", "from the team" and the like apart."""
    for word in speech.words[head + 1 : min(speech.stops[head], head + 7)]:
        if word in DEEDS:
            return True
        if word in SUBJECTS or word in ("and", "his", "her", "their") or word in ANYBODY:
            return False
    return False
