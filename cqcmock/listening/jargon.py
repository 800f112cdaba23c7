"""Finds words of the trade and acronyms that a resident would not know, where nobody explains them.

A term counts at its first use only, and not where the same or the next sentence says what it means. A spelling that is
all capitals or could be another word ("OT", "SAR") only counts in capitals.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from cqcmock.domain.glossary import Term
from cqcmock.domain.hearing import Finding, FindingKind, Span
from cqcmock.listening.spans import Taken, words_in
from cqcmock.listening.speech import Speech
from cqcmock.listening.stems import STOP_WORDS, content_stems, phrase_words, stem, word_set

KNOWN_TO_ALL = word_set(
    "NHS CQC GP GPs A&E IT HR BSL UK USA US EU UN N/A BBC ITV TV MP MPs PhD MA BA ID OK PDF DVD CD CV AGM VAT TB "
    "HIV AIDS "
    "LGBT LGBTQ LGBTQ+ LGBTQIA RAF GCSE GCSEs CEO FAQ PC SMS AI PM AM BC DIY MOT RSPCA RSPB RNLI WI YMCA ADHD IQ "
    "CCTV WC PE NI DWP HMRC PIP ESA COVID WhatsApp SOS VIP VIPs PS QR USB PIN EV HGV AA RAC B&B BNB DJ ATM FA MBE "
    "OBE CBE I II III IV X ICU PPE ME MS HMP POW M25 M1 A1 XL SUV SUVs DNA STI IVF PR ASAP GMT BST AC DC TikTok KFC "
    "MRI CT ECG X-ray OAP OAPs NO YES NOT ALLAND THE VERY NEVER EVERY MUST IS WAS WE YOU IT'S ONE SO BUT OUR MY HE "
    "SHE THEY"
)
"""Acronyms that everybody knows, and words that are shouted."""

_ACRONYM = re.compile(
    r"(?<![\w&/@.£-])(?:[A-Z]{2,7}s?|[A-Z]{1,4}[0-9][A-Z0-9]{0,3}|[A-Z]{1,3}[&/][A-Z]{1,3}|[A-Z]{1,2}[a-z][A-Z]{1,3}s?"
    r"|[A-Z][a-z]?[A-Z][a-z]?[A-Z][A-Za-z]?)(?![\w&@])(?!-[A-Z0-9])(?!/[A-Za-z0-9])(?!\.[a-z])(?!\s[0-9]{4})"
)
_SECTION = re.compile(r"(?<![\w/.-])[Ss]\.?[0-9]{1,3}[A-Z]?(?![\w/-])")
"""A section of an act by its number alone, such as "s114"."""
_ROMAN_OR_ROAD = re.compile(r"(?:[IVX]+|[ABM][0-9]{1,4}|Q[1-4]|QS[1-9]|H[1-6]|P[0-9]|[A-Z]{1,2}[0-9]{1,2})\Z")
_EXPLAINS = frozenset(
    (
        *(("which", second) for second in ("is", "are", "means", "was")),
        *(("that", second) for second in ("is", "means", "stands")),
        *(("who", second) for second in ("is", "are")),
        *(("where", second) for second in ("we", "somebody", "people", "you", "someone")),
        *(
            ("stands", "for"),
            ("short", "for"),
            ("in", "other"),
            ("by", "that"),
            ("it", "means"),
        ),
        *(
            ("i", "mean"),
            ("or", "rather"),
            ("in", "plain"),
            ("what", "we"),
            ("the", "people"),
        ),
        *(("i", "e"), ("to", "you"), ("for", "short"), ("as", "in")),
    )
)
"""Two words that begin an explanation."""

_POINTS_BACK = word_set("it they this these")
_SAYS_WHAT = (["when"], ["where"], ["how"], ["what"], ["people"], ["who"], ["basically"], ["just"], ["short"])
_EXPLAINS_ALONE = word_set("meaning ie basically namely")
_NAMED_BEFORE = (
    ("what", "we", "call"),
    ("what", "is", "called"),
    ("known", "as"),
    ("we", "call"),
    ("called",),
    ("the", "so"),
)
_WEAK_STEMS = frozenset(stem(word) for word in word_set("people person care help council support who social work way"))
REACH = 3
"""How many words after a term its explanation begins at the latest."""


@dataclass(frozen=True, slots=True)
class _Entry:
    term: Term
    words: tuple[str, ...]
    capitals: bool
    spelling: str


@lru_cache(maxsize=8)
def _entries(glossary: tuple[Term, ...]) -> dict[str, tuple[_Entry, ...]]:
    """Every spelling of every term, by its first word, the longest first."""
    found: dict[str, list[_Entry]] = {}
    for term in glossary:
        for spelling in (term.short, *term.also):
            words = phrase_words(spelling)
            capitals = len(words) == 1 and (spelling.isupper() or sum(c.isupper() for c in spelling) >= 2)
            for form in {words, _plural(words)}:
                found.setdefault(form[0], []).append(_Entry(term, form, capitals, spelling))
    return {
        word: tuple(sorted(entries, key=lambda entry: (-len(entry.words), entry.words)))
        for word, entries in found.items()
    }


def _plural(words: tuple[str, ...]) -> tuple[str, ...]:
    last = words[-1]
    more = last[:-1] + "ies" if last.endswith("y") and last[-2:-1] not in "aeiou" else last + "s"
    return (*words[:-1], more)


def jargon(speech: Speech, glossary: Sequence[Term], without: Sequence[Span] = ()) -> list[Finding]:
    """Unexplained terms in the order of the text. `without` are stretches that are something else, a postcode say."""
    found: list[Finding] = []
    used: set[str] = set()
    taken = Taken(without)
    entries = _entries(tuple(glossary))
    at = 0
    while at < len(speech.words):
        entry = _entry_at(speech, at, entries)
        if entry is None:
            at += 1
            continue
        last = at + len(entry.words) - 1
        span = speech.span(at, last)
        if entry.term.short not in used and not taken.overlaps(span):
            used.add(entry.term.short)
            if not entry.term.everyday and not _explained(speech, at, last, entry):
                found.append(_finding(speech, span, _why(entry)))
        taken.take(span)
        at = last + 1
    found.extend(_acronyms(speech, taken))
    return sorted(found, key=lambda finding: finding.span)


def _finding(speech: Speech, span: Span, why: str) -> Finding:
    return Finding(kind=FindingKind.JARGON, text=speech.text[span[0] : span[1]], span=span, why=why)


def _why(entry: _Entry) -> str:
    term = entry.term
    if term.full:
        return f"Not everybody knows this: {term.short} is {term.full}, {_small(term.plain)}"
    return f"Not everybody knows this: {term.short} means {_small(term.plain)}"


def _small(plain: str) -> str:
    """Plain words as they go on in a sentence, with a full stop."""
    first = plain.split(" ", 1)[0]
    begun = plain if first.isupper() and len(first) > 1 else plain[:1].lower() + plain[1:]
    return begun.rstrip(".") + "."


def _entry_at(speech: Speech, at: int, entries: dict[str, tuple[_Entry, ...]]) -> _Entry | None:
    candidates = entries.get(speech.words[at])
    if candidates is None:
        return None
    words = speech.words
    for entry in candidates:
        stop = at + len(entry.words)
        if stop > speech.stops[at] or tuple(words[at:stop]) != entry.words:
            continue
        if not entry.capitals or _as_capitals(speech, at, entry):
            return entry
    return None


def _as_capitals(speech: Speech, at: int, entry: _Entry) -> bool:
    """Whether a short word is written as the acronym that it is: "OT", "OTs", "DoLS"; "s42" and "S42" are one."""
    written = speech.written(at)
    if entry.words != phrase_words(entry.spelling) and not written.endswith("s"):
        return False  # LAS is not several LA
    if any(letter.isdecimal() for letter in entry.spelling):
        return written.casefold() == entry.spelling.casefold()
    return written[0].isupper() and sum(letter.isupper() for letter in written) >= 2


def _explained(speech: Speech, first: int, last: int, entry: _Entry) -> bool:
    """Whether the same or the next sentence says what the term means."""
    words = speech.words
    begin, stop = speech.sentence_start_near(first), _next_stop(speech, last)
    full = [word for word in phrase_words(entry.term.full) if word not in STOP_WORDS]
    around = {stem(word) for word in (*words[begin:first], *words[last + 1 : stop]) if word not in STOP_WORDS}
    if full and {stem(word) for word in full} <= around:
        return True
    if entry.spelling.casefold() == entry.term.full.casefold() and entry.term.short.casefold() in words[begin:stop]:
        return True
    plain = content_stems(entry.term.plain) - _WEAK_STEMS
    said = {stem(word) for word in words[last + 1 : stop] if word not in STOP_WORDS}
    if len(plain) >= 2 and len(plain & said) >= max(2, (len(plain) + 1) // 2):
        return True
    return _introduced(words, first) or _goes_on_to_explain(speech, last)


def _next_stop(speech: Speech, last: int) -> int:
    """The first word after the next sentence, at most forty words on."""
    stop = speech.stops[last]
    if stop < len(speech.words):
        stop = speech.stops[stop]
    return min(stop, last + 40)


def _introduced(words: list[str], first: int) -> bool:
    return any(tuple(words[max(0, first - len(cue)) : first]) == cue for cue in _NAMED_BEFORE)


def _goes_on_to_explain(speech: Speech, last: int) -> bool:
    """Whether "which is", "that's", "meaning" or an opening bracket follows, in the clause after the term."""
    words = speech.words
    stop = min(len(words), last + 1 + REACH)
    for at in range(last + 1, stop):
        gap = speech.text[speech.ends[at - 1] : speech.starts[at]]
        fresh = any(mark in gap for mark in ",(;:—–.") or at == last + 1
        following = words[at + 1] if at + 1 < len(words) else ""
        cue = words[at] in _EXPLAINS_ALONE or (words[at], following) in _EXPLAINS
        cue = cue or (words[at] in _POINTS_BACK and following in ("is", "are") and words[at + 2 : at + 3] in _SAYS_WHAT)
        if cue and fresh and (at > last + 1 or gap.strip()):
            return True
        if "(" in gap and at == last + 1 and words[at] not in ("see", "and"):
            return True
        if at == last + 1 and gap.strip() in (",", "–", "—", "-") and words[at] in ("a", "an", "or"):
            return not _one_of_a_list(speech, at)
    return False


def _one_of_a_list(speech: Speech, at: int) -> bool:
    """Whether "a" after a comma goes on with a list, "a SAR, a DHR or a PiPoT", and explains nothing."""
    for here in range(at + 1, min(speech.stops[at], at + 12)):
        if speech.clauses[here] != speech.clauses[at]:
            return speech.words[here] in ("or", "and", "a", "an")
        if speech.words[here] in ("or", "and") and speech.words[here + 1 : here + 2] in (["a"], ["an"]):
            return True
    return False


def _acronyms(speech: Speech, taken: Taken) -> list[Finding]:
    text, found, used = speech.text, [], set()
    if text.isupper():
        return []
    places = sorted((*_ACRONYM.finditer(text), *_SECTION.finditer(text)), key=lambda match: match.start())
    for match in places:
        short = match.group()
        base = short[:-1] if short.endswith("s") and len(short) > 2 else short
        if short in KNOWN_TO_ALL or base in KNOWN_TO_ALL or base in used or taken.overlaps(match.span()):
            continue
        if _ROMAN_OR_ROAD.match(short) or _shouted(text, match.span()):
            continue
        used.add(base)
        if not _spelled_out(speech, base, match.span()):
            found.append(_finding(speech, match.span(), f"“{short}” is not spelled out, and not everybody knows it."))
    return found


def _shouted(text: str, span: Span) -> bool:
    """Whether it is a word that is shouted: those beside it are in capitals too, or it is there in small letters."""
    word = text[span[0] : span[1]]
    if len(word) > 3 and word.isalpha() and re.search(rf"\b{word.lower()}\b", text):
        return True
    before, after = text[max(0, span[0] - 40) : span[0]].split()[-1:], text[span[1] : span[1] + 40].split()[:1]
    beside = [word.strip(".,!?") for word in (*before, *after)]
    return any(len(word) > 3 and word.isupper() for word in beside)


def _spelled_out(speech: Speech, short: str, span: Span) -> bool:
    """Whether words with these first letters stand near, or a cue says that an explanation follows."""
    inside = words_in(speech.starts, speech.ends, span)
    at, last = inside[0], inside[-1]
    begin, stop = speech.sentence_start_near(at), _next_stop(speech, last)
    letters = [letter.casefold() for letter in short if letter.isalpha()]
    while last + 2 < stop and speech.words[last + 1] in ("and", "or", "versus") and speech.written(last + 2).isupper():
        last += 2  # "N&A versus R&P, which is": one explanation for both
        if last + 1 < stop and speech.text[speech.ends[last]] == "&":
            last += 1
    small = ("of", "the", "and", "for", "in", "on", "to", "with", "a")
    before = _initials(speech, range(begin, at), small)[-len(letters) - 1 :]
    after = _initials(speech, range(last + 1, stop), small)
    wanted = "".join(letters)
    near = after if len(wanted) > 2 else after[:5]
    own = len(wanted) >= 2 and (wanted in "".join(before) or wanted in "".join(near))
    return own or _introduced(speech.words, at) or _goes_on_to_explain(speech, last)


def _initials(speech: Speech, words: range, small: tuple[str, ...]) -> list[str]:
    """The first letters of words that are neither small words nor acronyms themselves."""
    return [
        speech.words[at][0]
        for at in words
        if speech.words[at] not in small and not (len(speech.words[at]) > 1 and speech.written(at).isupper())
    ]
