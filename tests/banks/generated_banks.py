"""Banks of every shape, for round trips: with quotation marks, formulas, separators, braces and other alphabets."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from hypothesis import strategies as st

from cqcmock.banks.exchange import BankDefaults
from cqcmock.banks.framework_file import read_framework
from cqcmock.banks.names import framework_names
from cqcmock.domain.questions import Bank, Cue, CueProbe, Kind, Point, Question, Source

FRAMEWORK = read_framework(Path("question_banks/frameworks/cqc-la-2023.toml"))
NAMES = framework_names(FRAMEWORK)
TODAY = date(2026, 11, 22)
DEFAULTS = BankDefaults(checked_on=TODAY, roles=("frontline",))

_AWKWARD = [
    *"\"'\\\n\t;,:=+-@#~<>&[]()/|*_.•£é😀ß中＝＋",
    *(
        "=1+1",
        "'=1",
        '""',
        ";;",
        "\n\n",
        "//",
        "::",
        "&amp;",
        "<b>",
        "]]>",
        "_x0041_",
        "\\n",
        "cqc-",
        "$CATEGORY:",
        "####",
    ),
    *(" ", "a", "b ", "0", "7", "x"),
]
slugs = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,6}){0,2}", fullmatch=True)
raw_texts = st.lists(
    st.sampled_from(_AWKWARD) | st.characters(codec="utf-8", exclude_characters="{}"), max_size=12
).map("".join)
any_texts = raw_texts.filter(lambda text: bool(text.strip()))


def _settled(text: str) -> str:
    """The text as every format can hold it, worked out apart from the code under test."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n").replace("\x0c", "\n")
    kept = "".join("�" if (ord(c) < 32 and c not in "\t\n") or c in "\ufffe\uffff" else c for c in text)
    return kept.strip()


texts = raw_texts.map(_settled).filter(bool)
placed = st.sampled_from(["{place}", "{council}", "in {place}, {council}: "]).flatmap(
    lambda place: texts.map(lambda text: place + text)
)


def several(entries: st.SearchStrategy[str], least: int = 0) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(entries, min_size=least, max_size=4, unique=True).map(tuple)


def ids(field: str, least: int = 0) -> st.SearchStrategy[tuple[str, ...]]:
    return several(st.sampled_from([name for name, _ in NAMES.listing[field]]), least)


def banks_of(free: st.SearchStrategy[str]) -> st.SearchStrategy[Bank]:
    """Banks whose texts are drawn from `free`."""
    spoken = free.filter(lambda text: any(character.isalnum() for character in text))
    points = st.builds(Point, id=slugs, label=free, phrases=several(spoken, 1), probe=free, weight=st.integers(1, 3))
    probes = st.builds(CueProbe, cue=st.sampled_from(Cue), text=free)
    questions = st.builds(
        Question,
        id=slugs,
        text=free | placed,
        kind=st.sampled_from(Kind),
        statements=ids("statements", 1),
        themes=ids("themes"),
        communities=several(free),
        roles=st.sampled_from([(), ("frontline",)]),
        prepare_seconds=st.integers(1, 60),
        target_seconds=st.integers(1, 600),
        limit_seconds=st.integers(600, 7200),
        source=st.sampled_from(Source),
        source_note=free | st.just(""),
        strong=several(free | placed),
        avoid=ids("tags"),
        points=st.lists(points, max_size=3, unique_by=lambda point: point.id).map(tuple),
        probes=st.lists(probes, max_size=4, unique=True).map(tuple),
    )
    return st.builds(
        Bank,
        id=slugs,
        title=free.map(lambda title: " ".join(title.split())),
        version=st.integers(1, 1_000_000),
        checked_on=st.dates(),
        framework=st.just(FRAMEWORK.id),
        roles=st.just(("frontline", "director")),
        language=st.sampled_from(["en-GB", "cy"]),
        questions=st.lists(questions, min_size=1, max_size=3, unique_by=lambda question: question.id).map(tuple),
    )


banks = banks_of(texts)
untidy_banks = banks_of(any_texts)
