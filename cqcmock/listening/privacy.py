"""Finds what should not stand in an answer, because somebody could be recognised by it.

It would rather warn once too often about a number than miss it. Where two kinds overlap, the surer is kept; names are
read in `cqcmock.listening.names`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from cqcmock.domain.hearing import PersonalData, PersonalKind, Span
from cqcmock.listening.names import names
from cqcmock.listening.numerals import SMALL
from cqcmock.listening.spans import Taken
from cqcmock.listening.speech import Speech
from cqcmock.listening.stems import word_set

WHY: dict[PersonalKind, str] = {
    PersonalKind.NHS_NUMBER: "This is an NHS number: its check digit is right.",
    PersonalKind.NI_NUMBER: "This has the form of a National Insurance number.",
    PersonalKind.DATE_OF_BIRTH: "This reads as somebody's date of birth.",
    PersonalKind.POSTCODE: "A postcode leads to a handful of front doors.",
    PersonalKind.EMAIL: "An e-mail address leads to one person.",
    PersonalKind.PHONE: "A phone number leads to one person.",
    PersonalKind.CASE_NUMBER: "A reference like this leads to one person's record.",
    PersonalKind.NAME: "This reads as the name of a person.",
}

_GAP = "[ \u00a0\u2009.-]"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_NTH = (
    r"(?:[0-3]?[0-9](?:st|nd|rd|th)?|(?:(?:twenty|thirty)[ -])?(?:first|second|third|fourth|fifth|sixth|seventh|eighth"
    r"|ninth)|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth"
    r"|twentieth|thirtieth)"
)
_YEAR_WORDS = r"(?:nineteen|twenty)[ -](?:oh[ -])?[a-z]{3,9}(?:[ -](?:one|two|three|four|five|six|seven|eight|nine)\b)?"
_YEAR = rf"(?:(?:19|20)?[0-9][0-9]|['’][0-9][0-9]|{_YEAR_WORDS})"
_LONG_DATE = rf"(?:{_NTH}(?: of)?[ -]{_MONTH},?[ -]{_YEAR}|{_MONTH} (?:the )?{_NTH},? {_YEAR})"
_SHORT_DATE = (
    r"(?:[0-3]?[0-9] ?[/.-] ?[01]?[0-9] ?[/.-] ?(?:19|20)?[0-9][0-9]|(?:19|20)[0-9][0-9]-[01][0-9]-[0-3][0-9])"
)
_DATE = rf"(?:{_LONG_DATE}|{_SHORT_DATE})"
_BORN = r"\b(?:born|date of birth|birth ?date|birthday|d\.? ?o\.? ?b)\b"

_TEN_DIGITS = re.compile(rf"(?<![0-9A-Za-z+])[0-9](?:{_GAP}?[0-9]){{9}}(?![0-9A-Za-z])")
_NI = re.compile(r"\b[a-z] ?[a-z][ -]?[0-9]{2}[ -]?[0-9]{2}[ -]?[0-9]{2}[ -]?[a-d]\b", re.I)
_NI_CUED = re.compile(
    r"\b(?:national insurance|\bni)(?: (?:number|no))?[^.!?\n0-9]{0,20}"
    r"\b([a-z]{2}[ -]?[0-9]{2}[ -]?[0-9]{2}[ -]?[0-9]{2})\b",
    re.I,
)
_BIRTH = re.compile(rf"{_BORN}[^!?\n0-9]{{0,40}}?\b({_DATE})(?![0-9])", re.I)
_DATE_FIRST = re.compile(rf"\b({_DATE})(?![0-9])[^.!?\n0-9]{{0,30}}?{_BORN}", re.I)
_LAST_CENTURY = re.compile(r"(?<![0-9/.-])[0-3]?[0-9]([/.-])[01]?[0-9]\1(?:19)[0-9][0-9](?![0-9])")
_AREAS = word_set(
    "ab al ba bb bd bh bl bn br bs bt b ca cb cf ch cm co cr ct cv cw da dd de dg dh dl dn dt dy ec eh en ex e fk "
    "fy gl gu gy g ha hd hg hp hr hs hu hx ig im ip iv je ka kt kw ky la ld le ll ln ls lu l me mk ml m ne ng nn "
    "np nr nw n ol ox pa pe ph pl po pr rg rh rm sa se sg sk sl sm sn so sp sr ss st sw sy s ta td tf tn tq tr ts "
    "tw ub wa wc wd wf wn wr ws wv w yo ze"
)
_POSTCODE = re.compile(r"\b[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}\b")
_POSTCODE_SMALL = re.compile(r"\b([a-z]{1,2})[0-9][a-z0-9]? ?[0-9]([a-z]{2})\b", re.I)
_NO_POSTCODE = frozenset(("st", "nd", "rd", "th", "am", "pm", "bn", "kg", "km", "mg", "ml", "mm", "cm"))
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+'-]{1,64}\s?(?:@|\(at\)|\[at\])\s?(?:[a-z0-9-]{1,63}\.){1,6}[a-z]{2,24}\b", re.I)
_SPOKEN_EMAIL = re.compile(
    r"\b[\w-]{1,30}(?: dot [\w-]{1,30}){0,3} at (?:[\w-]{1,30} dot ){1,4}(?:uk|com|org|net|gov|nhs)\b", re.I
)
_PHONE = re.compile(r"(?<![\w/.,£])(?:\+44(?: ?\(0\))?|0044|\(?0)(?:[ \u00a0().-]{0,2}[0-9]){9,10}(?![\w/])")
_LOCAL_PHONE = re.compile(
    r"\b(?:phone|mobile|telephone|landline|number is|ring \w{1,10} on|call \w{1,10} on|text \w{1,10} on|tel)\b"
    r"[^.!?\n0-9]{0,15}([0-9]{3}[ -]?[0-9]{3,4}|[0-9]{5,6}[ -]?[0-9]{5,6})(?![0-9])",
    re.I,
)
_DIGIT_WORDS = frozenset(
    (*(word for word, value in SMALL.items() if value < 10), "oh", "o", "double", "triple", "nought")
)

_CODE = r"((?:(?-i:[A-Z]{1,6}) (?=[0-9]{3}))?(?=[A-Z0-9/-]{0,14}[0-9])[A-Z0-9]{1,12}(?:[/-][A-Z0-9]{1,10}){0,4})"
_RECORD = (
    r"(?:case|file|record|client|person|customer|referral|safeguarding|enquiry|complaint|ombudsman|concern"
    r"|service user)"
)
_SYSTEM = r"(?:mosaic|liquid ?logic|eclipse|azeus|carefirst|framework-?i|paris|rio|systmone|las|lcs)"
_CASE = re.compile(
    rf"\b(?:(?:{_RECORD}|{_SYSTEM})(?:[ -](?:case|record|file))?[ -](?:number|no\b\.?|id|ref(?:erence)?\b\.?)"
    rf"(?: number)?|reference(?: number)?|case number|ref\b\.?(?: no\b\.?)?|case(?! of\b)"
    rf"|{_SYSTEM}|(?:their|his|her) (?:id|number))"
    rf"(?:['’]s)?(?: (?:is|was|being|of|it's))?[ :#,-]{{1,3}}{_CODE}\b",
    re.I,
)
_CODED = re.compile(
    r"(?<![\w/-])(?=[A-Z]{1,6}[/-])[A-Z]{1,6}[/-](?:[A-Z]{1,5}[/-])?[0-9]{2,10}(?:[/-][A-Z0-9]{1,8}){0,2}(?![\w/-])"
)
_LONG_CODE = re.compile(r"(?<![\w/-])(?:[A-Z]{1,5}[0-9]{5,10}|[0-9]{7,9})(?![\w/-])")
_BIRTH_WORDS = word_set("born birth birthday birthdate dob d o b")
_RECORD_WORDS = word_set(
    "case file record client person customer referral safeguarding enquiry complaint ombudsman concern service mosaic "
    "liquid liquidlogic eclipse azeus carefirst framework frameworki paris rio systmone las lcs reference ref number id"
)
_SOME_DIGITS = re.compile(r"[0-9][0-9/., -]{0,2}[0-9]|[a-z][0-9][a-z0-9]? ?[0-9][a-z]", re.I)
_NO_CASE = re.compile(r"(?:COVID|SARS|QS|MI|ICD|DSM|ISO|BS|HB|CR|A|B|M|G|F)-?[0-9]", re.I)


def personal_data(speech: Speech) -> tuple[PersonalData, ...]:
    """All personal data of an answer in order; no two overlap, so that each can be blacked out by itself."""
    taken = Taken()
    found = [(span, kind) for kind, span in _found(speech) if taken.take(span)]
    text = speech.text
    return tuple(
        PersonalData(kind=kind, text=text[span[0] : span[1]], span=span, why=WHY[kind]) for span, kind in sorted(found)
    )


def valid_nhs_number(digits: str) -> bool:
    """Whether the tenth digit is the check digit of the nine before it (modulus 11)."""
    if len(digits) != 10 or not digits.isascii() or not digits.isdecimal() or len(set(digits)) == 1:
        return False
    check = 11 - sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return check != 10 and check % 11 == int(digits[9])


def _found(speech: Speech) -> Iterator[tuple[PersonalKind, Span]]:
    """What was found, the surest first."""
    text = speech.text
    if "@" in text or "(at)" in text or "[at]" in text:
        yield from _spans(PersonalKind.EMAIL, _EMAIL, text)
    if "dot" in speech.words:
        yield from _spans(PersonalKind.EMAIL, _SPOKEN_EMAIL, text)
    known = frozenset(speech.words)
    if _SOME_DIGITS.search(text):
        yield from _in_digits(text, known)
    yield from ((kind, span) for kind, span in _in_number_words(speech))
    if not known.isdisjoint(_BIRTH_WORDS):
        yield from _spans(PersonalKind.DATE_OF_BIRTH, _BIRTH, text)
        yield from _spans(PersonalKind.DATE_OF_BIRTH, _DATE_FIRST, text)
    yield from ((PersonalKind.NAME, span) for span in names(speech))


def _in_digits(text: str, known: frozenset[str]) -> Iterator[tuple[PersonalKind, Span]]:
    for match in _TEN_DIGITS.finditer(text):
        digits = "".join(filter(str.isdecimal, match.group()))
        if not digits.startswith("0") and valid_nhs_number(digits):
            yield PersonalKind.NHS_NUMBER, match.span()
    yield from _spans(PersonalKind.NI_NUMBER, _NI, text)
    yield from _spans(PersonalKind.NI_NUMBER, _NI_CUED, text)
    if not known.isdisjoint(_BIRTH_WORDS):
        yield from _spans(PersonalKind.DATE_OF_BIRTH, _BIRTH, text)
        yield from _spans(PersonalKind.DATE_OF_BIRTH, _DATE_FIRST, text)
    yield from _spans(PersonalKind.DATE_OF_BIRTH, _LAST_CENTURY, text, group=0)
    for match in _CASE.finditer(text) if not known.isdisjoint(_RECORD_WORDS) else ():
        if _is_reference(match.group(1)):
            yield PersonalKind.CASE_NUMBER, match.span(1)
    yield from _spans(PersonalKind.PHONE, _PHONE, text)
    yield from _spans(PersonalKind.PHONE, _LOCAL_PHONE, text)
    yield from _spans(PersonalKind.POSTCODE, _POSTCODE, text)
    for match in _POSTCODE_SMALL.finditer(text):
        if match.group(1).casefold() in _AREAS and match.group(2) not in _NO_POSTCODE:
            yield PersonalKind.POSTCODE, match.span()
    for pattern in (_CODED, _LONG_CODE):
        for match in pattern.finditer(text):
            if not _NO_CASE.match(match.group()) and not _outside_money(text, match.start()):
                yield PersonalKind.CASE_NUMBER, match.span()


def _spans(
    kind: PersonalKind, pattern: re.Pattern[str], text: str, *, group: int | None = None
) -> Iterator[tuple[PersonalKind, Span]]:
    which = min(pattern.groups, 1) if group is None else group
    for match in pattern.finditer(text):
        yield kind, match.span(which)


def _is_reference(code: str) -> bool:
    """A reference has three digits or more, and is no year."""
    digits = sum(character.isdecimal() for character in code)
    return digits >= 3 and not (code.isdecimal() and len(code) == 4 and code[:2] in ("19", "20"))


def _outside_money(text: str, start: int) -> bool:
    return start > 0 and text[start - 1] in "£$€,."


def _in_number_words(speech: Speech) -> Iterator[tuple[PersonalKind, Span]]:
    """Numbers that were read out digit by digit: "oh seven seven double oh nine"."""
    words, at = speech.words, 0
    while at < len(words):
        if words[at] not in _DIGIT_WORDS:
            at += 1
            continue
        first = at
        while at < len(words) and words[at] in _DIGIT_WORDS and speech.sentences[at] == speech.sentences[first]:
            at += 1
        digits = _spelled(words[first:at])
        if len(digits) == 10 and not digits.startswith("0") and valid_nhs_number(digits):
            yield PersonalKind.NHS_NUMBER, speech.span(first, at - 1)
        elif len(digits) in (10, 11) and digits.startswith("0"):
            yield PersonalKind.PHONE, speech.span(first, at - 1)


def _spelled(words: Iterable[str]) -> str:
    digits, times = "", 1
    for word in words:
        if word in ("double", "triple"):
            times = 2 if word == "double" else 3
        else:
            digits += str(SMALL.get(word, 0)) * times
            times = 1
    return digits
