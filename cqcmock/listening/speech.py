"""An answer as it was spoken: every word in small letters, contractions taken apart, with where it stands.

`cqcmock.listening.stems` reads words so that an apostrophe never matters; here it does, for "we're" says what is going
on and "were" says what went on.
"""

from __future__ import annotations

from dataclasses import dataclass

from cqcmock.domain.hearing import Span
from cqcmock.listening.stems import APOSTROPHES, Words, word_set

_IS_AFTER = word_set("it he she that this there here what who where when how everybody everyone somebody nobody one")
_ENDINGS = {"re": "are", "ve": "have", "ll": "will", "m": "am", "d": "would"}
_UNEVEN: dict[str, tuple[str, ...]] = {
    "won't": ("will", "not"),
    "can't": ("can", "not"),
    "shan't": ("shall", "not"),
    "let's": ("let", "us"),
    **{word: (word[:-1], "is") for word in ("hes", "shes", "whos", "whats", "thats", "theres", "everyones")},
    "theyd": ("they", "would"),
    "youd": ("you", "would"),
}
"""Those that no rule takes apart, and those that can be told with the apostrophe left out."""
_BEFORE_WE = word_set("so and but because cos now er um yeah then what which that well yes no if when")
PAST_VERBS = word_set(
    "was were had did went came said told rang got gave took made found felt left met saw heard knew thought kept lost "
    "broke fell died stood sat ran held wrote spoke brought bought caught taught sent spent built began became chose "
    "drove ate drank slept woke wore won paid put let set cut shut hit hurt lay led lent meant read rode rose sold "
    "shook showed shrank sang sank stuck stole struck swore swept swam threw tore understood withdrew bit blew drew "
    "dealt dug flew forgot forgave froze grew hid hung knelt leapt learnt lit quit sought shot slid spelt split spread "
    "sprang stank strode swung wept wound burst bent bled fed fled"
)
"""Past tenses of irregular verbs."""
_NOT_PAST = word_set(
    "need indeed hundred breed bleed proceed succeed exceed speed naked wicked sacred rugged embed seabed aged related "
    "complicated disabled supported sheltered retired married qualified experienced isolated integrated detailed based "
    "gifted unpaid"
)
"""Words in -ed that are none, and those that mostly stand before a noun."""
_STRAIGHT = str.maketrans(dict.fromkeys("’‘ʼ＇", "'"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """The words of an answer, each list one entry a word.

    `stops` has for each word the first word of the next sentence. Offsets are into `text` as it was given.
    """

    text: str
    words: list[str]
    starts: list[int]
    ends: list[int]
    sentences: list[int]
    clauses: list[int]
    stops: list[int]

    def span(self, first: int, last: int) -> Span:
        """The characters from the first to the last of some words."""
        return self.starts[first], self.ends[last]

    def written(self, at: int) -> str:
        """A word as it was written."""
        return self.text[self.starts[at] : self.ends[at]]

    def sentence_start_near(self, at: int, *, reach: int = 40) -> int:
        """The first word of the sentence in which a word stands, or the word `reach` before it if that comes first."""
        sentence, first = self.sentences[at], max(0, at - reach)
        while at > first and self.sentences[at - 1] == sentence:
            at -= 1
        return at


def read_speech(text: str, read: Words) -> Speech:
    """The spoken words of a text whose words have been read."""
    speech = Speech(text=text, words=[], starts=[], ends=[], sentences=[], clauses=[], stops=[])
    known: dict[str, tuple[str, ...]] = {}
    before = -1
    entries = zip(read.plain, read.starts, read.ends, read.sentences, read.clauses, strict=True)
    for plain, start, end, sentence, clause in entries:
        raw = text[start:end]
        if raw.isalnum() or raw in "&%":
            parts: tuple[str, ...] = _UNEVEN.get(plain) or (plain,)
            if plain.endswith("ing"):
                _mend_were(speech)
                _mend_is(speech)
        elif start == before:
            continue  # the second half of a contraction that has been taken apart here
        else:
            found = known.get(raw)
            parts = known[raw] = _parts(raw, plain) if found is None else found
        before = start
        for part in parts:
            _add(speech, part, start, end, sentence, clause)
    speech.stops.extend(_stops(speech.sentences))
    return speech


def is_past(word: str) -> bool:
    """Whether a word is the past tense of a verb: one of the irregular ones, or most words in -ed."""
    return word in PAST_VERBS or (word.endswith("ed") and len(word) > 4 and word not in _NOT_PAST)


def _add(speech: Speech, word: str, start: int, end: int, sentence: int, clause: int) -> None:
    speech.words.append(word)
    speech.starts.append(start)
    speech.ends.append(end)
    speech.sentences.append(sentence)
    speech.clauses.append(clause)


def _mend_were(speech: Speech) -> None:
    """Reads "so were looking", before "looking" is added, as the "we're" that it was before it was written down."""
    words = speech.words
    if not words or words[-1] != "were":
        return
    if len(words) == 1 or speech.clauses[-2] != speech.clauses[-1] or words[-2] in _BEFORE_WE:
        words[-1] = "we"
        _add(speech, "are", speech.starts[-1], speech.ends[-1], speech.sentences[-1], speech.clauses[-1])


def _parts(raw: str, plain: str) -> tuple[str, ...]:
    word = raw.casefold().translate(_STRAIGHT)
    if word in _UNEVEN:
        return _UNEVEN[word]
    stem, apostrophe, ending = word.rpartition("'")
    if apostrophe and stem and stem.isalpha():
        if ending == "t" and stem.endswith("n"):
            return stem[:-1], "not"
        if ending in _ENDINGS:
            return stem, _ENDINGS[ending]
        if ending == "s":
            return (stem, "is") if stem in _IS_AFTER else (stem,)
    return (plain or "".join(letter for letter in word if letter not in APOSTROPHES),)


def _mend_is(speech: Speech) -> None:
    """Reads "the team's looking", before "looking" is added, as "the team is looking"."""
    if speech.words and speech.words[-1] != "is" and speech.written(len(speech.words) - 1).endswith(("'s", "’s")):
        _add(speech, "is", speech.starts[-1], speech.ends[-1], speech.sentences[-1], speech.clauses[-1])


def _stops(sentences: list[int]) -> list[int]:
    stops = [0] * len(sentences)
    stop = len(sentences)
    for at in range(len(sentences) - 1, -1, -1):
        if at + 1 < len(sentences) and sentences[at] != sentences[at + 1]:
            stop = at + 1
        stops[at] = stop
    return stops
