"""Turns text into words that can be compared, so that a phrase is known again however it was said.

Two words are the same when their English stems are: case, plural, tense, apostrophes and accents do not matter.
A hyphen parts two words like a space does; `cqcmock.listening.points` also compares neighbours written as one.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from threading import Lock

from snowballstemmer import stemmer  # type: ignore[import-untyped]

APOSTROPHES = "'’‘ʼ＇\u00ad"
"""Left out inside a word; the soft hyphen, which nobody sees, is treated alike."""

LONGEST_WORD = 40
"""Nothing longer is an English word; its stem is not looked for."""


def word_set(words: str) -> frozenset[str]:
    """A set of words written as one text, which reads better than a list of quoted words."""
    return frozenset(words.split())


_SCAN = re.compile(
    rf"(?P<word>[^\W_]+(?:(?:[{APOSTROPHES}]++(?=[^\W_])|[\u0300-\u036f]++)[^\W_]*)*)"
    r"|(?P<sign>[&%])"
    r"|(?P<stop>[.?!…]++[\"'”’)\]]*+)"
    r"|(?P<paragraph>\n[ \t\r]*+\n)"
    r"|(?P<clause>[,;:()\[\]—]|(?<=\s)[-–](?=\s))"
)

_SIGNS = {"&": ("and",), "%": ("per", "cent")}

# A full stop after these ends no sentence; one after a single letter ("e.g.", "p.m.") does not either.
_ABBREVIATIONS = word_set("mr mrs ms dr st prof rev cllr approx etc vs inc incl dept govt min max no nos para")

# Only forms that stay plain with the apostrophe left out: "we're" would be "were".
_CONTRACTIONS: dict[str, tuple[str, ...]] = {
    **{
        verb + "nt": (verb, "not")
        for verb in word_set("do does did have has had is are was were could would should need")
    },
    **{pronoun + "ve": (pronoun, "have") for pronoun in ("i", "we", "you", "they")},
    **{pronoun + "re": (pronoun, "are") for pronoun in ("you", "they")},
    "im": ("i", "am"),
    "cant": ("can", "not"),
    "cannot": ("can", "not"),
    "wont": ("will", "not"),
    "theyll": ("they", "will"),
    "youll": ("you", "will"),
    "thats": ("that", "is"),
    "theres": ("there", "is"),
}

IRREGULAR: dict[str, str] = {
    form: word
    for word, forms in {
        "person": "people peoples",
        "child": "children childrens",
        "man": "men mens",
        "woman": "women womens",
        "be": "am is are was were been",
        "have": "has had",
        "do": "does did done",
        "go": "went gone",
        "say": "said",
        "tell": "told",
        "hear": "heard",
        "see": "saw seen",
        "speak": "spoke spoken",
        "ring": "rang rung",
        "meet": "met",
        "make": "made",
        "take": "took taken",
        "give": "gave given",
        "get": "got gotten",
        "find": "found",
        "bring": "brought",
        "buy": "bought",
        "think": "thought",
        "know": "knew known",
        "keep": "kept",
        "hold": "held",
        "lead": "led",
        "lose": "lost",
        "leave": "left",
        "feel": "felt",
        "spend": "spent",
        "send": "sent",
        "sit": "sat",
        "run": "ran",
        "write": "wrote written",
        "choose": "chose chosen",
        "become": "became",
        "begin": "began begun",
        "grow": "grew grown",
        "fall": "fell fallen",
        "rise": "rose risen",
        "break": "broke broken",
        "build": "built",
        "pay": "paid",
        "teach": "taught",
        "understand": "understood",
        "come": "came",
        "die": "dying",
        "lie": "lying",
        "tie": "tying",
    }.items()
    for form in forms.split()
}

STOP_WORDS = word_set(
    "a about all also am an and any are as at be been being but by can could did do does doing done for from had has "
    "have having he her here hers him his how i if in into is it its just me more most my no nor not of on one or our "
    "ours out over own she should so some such than that the their theirs them then there these they this those to "
    "too under up us very was we were what when where which while who whom why will with would you your yours"
)

_english = stemmer("english")
_one_at_a_time = Lock()
"""The stemmer keeps the word that it is at in itself, and answers are listened to in more than one thread."""


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """The form that all forms of a plain word share; `word` comes from `plain`."""
    if len(word) > LONGEST_WORD:
        return word
    with _one_at_a_time:
        found: str = _english.stemWord(IRREGULAR.get(word, word))
    return found


def plain(raw: str) -> str:
    """A word as it is compared: lower case, without apostrophes and accents."""
    word = raw.casefold()
    if word.isascii():
        return word.replace("'", "")
    return "".join(character for character in unicodedata.normalize("NFKD", word) if character.isalnum())


def plain_words(raw: str) -> tuple[str, ...]:
    """The words that one piece of text stands for: "don't" stands for two."""
    if raw in _SIGNS:
        return _SIGNS[raw]
    word = plain(raw)
    return _CONTRACTIONS.get(word, (word,))


def phrase_words(phrase: str) -> tuple[str, ...]:
    """The plain words of a phrase, in order. Empty when it holds no letter and no digit."""
    return tuple(
        word
        for found in _SCAN.finditer(phrase)
        if found.lastgroup in ("word", "sign")
        for word in plain_words(found.group())
        if word
    )


@lru_cache(maxsize=4096)
def content_stems(text: str) -> frozenset[str]:
    """The different stems of a text that carry meaning: all but the stop words."""
    return frozenset(stem(word) for word in phrase_words(text) if word not in STOP_WORDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of a text, each list one entry a word; `starts` and `ends` are offsets into the text."""

    plain: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    sentences: list[int] = field(default_factory=list)
    clauses: list[int] = field(default_factory=list)


def read_words(text: str) -> Words:
    """All words of a text with where they stand. Linear in its length."""
    words = Words()
    add_plain, add_start, add_end = words.plain.append, words.starts.append, words.ends.append
    add_sentence, add_clause = words.sentences.append, words.clauses.append
    known: dict[str, tuple[str, ...]] = {}
    sentence = clause = 0
    for found in _SCAN.finditer(text):
        group = found.lastgroup
        if group in ("word", "sign"):
            raw = found.group()
            parts = known.get(raw)
            if parts is None:
                parts = known[raw] = plain_words(raw)
            start, end = found.span()
            for part in parts:
                add_plain(part)
                add_start(start)
                add_end(end)
                add_sentence(sentence)
                add_clause(clause)
        elif group == "clause":
            clause += 1
        elif group == "paragraph" or _ends_sentence(text, found.group(), found.end(), words):
            sentence += 1
            clause += 1
    return words


def _ends_sentence(text: str, marks: str, end: int, words: Words) -> bool:
    """Whether marks that are followed by a space end a sentence; a hesitation ("we … er") and "e.g." do not."""
    if end < len(text) and not text[end].isspace():
        return False
    if marks.startswith((".", "…")):
        if marks.startswith(("..", "…")):
            return False
        before = words.plain[-1] if words.plain and words.ends[-1] == end - len(marks) else ""
        return before not in _ABBREVIATIONS and (len(before) != 1 or before in "ai" or before.isdigit())
    return True
