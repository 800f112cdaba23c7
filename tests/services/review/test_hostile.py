"""Packs and returns that were made to do harm: refused with a sentence or harmless, quickly and in little memory."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from cqcmock.domain.review import PeerMarks, Sheet, SheetState
from cqcmock.errors import UserError
from cqcmock.paths import Location
from cqcmock.review import pack_file, sealing
from cqcmock.review.errors import RefusedError
from cqcmock.review.pack_file import PackContent
from cqcmock.services import reviewer_keys, reviewing
from tests.faults import Tell
from tests.review.packs import sent
from tests.services.review.hands import CLOCK, Laptops, Send, marks

MOST_SECONDS = 2
MOST_KIB = 200_000
CHECKOUT = Path(__file__).parents[3]
GOOD = pack_file.written_pack(sent().content)
TAGS, CANDIDATES, QUESTION = b'"tags":["rambling"]', b'"candidates":[', b"Question 1?"


def changed(*path: str | int, to: object) -> bytes:
    """The content of a sound pack with one thing in it changed."""
    content = at = msgspec.json.decode(GOOD)
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = to
    return json.dumps(content).encode()


def within(what: bytes, instead_of: bytes) -> bytes:
    """The content of a sound pack with something else written in the place of this."""
    assert instead_of in GOOD
    return GOOD.replace(instead_of, what, 1)


def measured(place: Location, path: Path) -> str:
    """Why opening it was refused, or nothing; within the bars, in a process of its own."""
    child = subprocess.run(
        [sys.executable, "-m", "tests.services.review.one_hostile", str(place.folder), str(path)],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert child.returncode == 0, child.stderr[-3000:]
    said = json.loads(child.stdout)
    assert said["seconds"] < MOST_SECONDS, said
    assert said["grown_kib"] < MOST_KIB, said
    return str(said["refused"])


@pytest.fixture
def place(laptops: Laptops) -> Location:
    one = laptops("Ann Example")
    reviewer_keys.own_key(one)
    return one


@pytest.fixture
def hostile(place: Location, tmp_path: Path) -> Callable[[bytes], Path]:
    """Seals anything to the reviewer's own key."""

    def seal(content: bytes) -> Path:
        path = tmp_path / "hostile"
        path.write_bytes(sealing.seal_to(content, reviewer_keys.own_key(place).address))
        return path

    return seal


HUGE: dict[str, Callable[[], bytes]] = {
    "millions of tags": lambda: within(b'"tags":["a"' + b',"a"' * 3_900_000 + b"]", TAGS),
    "millions of tags with backslashes": lambda: within(b'"tags":["a"' + rb',"\\"' * 3_000_000 + b"]", TAGS),
    "a million candidates": lambda: within(
        CANDIDATES + b'{"code":"c","role_name":"","place":""},' * 350_000, CANDIDATES
    ),
    "millions of empty answers": lambda: within(b'"answers":[' + b"{}," * 5_000_000, b'"answers":['),
    "millions of unknown fields": lambda: GOOD[:-1] + b"".join(b',"f%d":0' % at for at in range(1_200_000)) + b"}",
    "a million levels": lambda: within(
        b'"exemplars":[{"answer":"","id":"e","overall":0,"question":"","role":"","standard":"","levels":{'
        + b",".join(b'"l%d":0' % at for at in range(1_000_000))
        + b"}}]",
        b'"exemplars":[]',
    ),
    "millions of brackets": lambda: GOOD[:-1] + b',"more":' + b"[" * 15_000_000,
    "brackets in a list": lambda: within(b'"tags":' + b"[" * 3_000_000, TAGS),
    "objects in objects": lambda: within(b'"story":' + b'{"place":' * 1_500_000, b'"story":null'),
}


@pytest.mark.slow
@pytest.mark.parametrize("made", HUGE.values(), ids=HUGE.keys())
def test_content_that_would_fill_the_memory_is_refused_before_it_does(
    place: Location, hostile: Callable[[bytes], Path], made: Callable[[], bytes], fault: Tell
) -> None:
    said = measured(place, hostile(made()))
    assert said
    assert reviewing.workspaces(place) == ()
    fault("A pack is made to fill the memory", area="Hostile files", tried=1, half_done=0, person_sees=said)


@pytest.mark.slow
def test_one_text_as_large_as_a_file_can_be_fills_no_memory(place: Location, hostile: Callable[[bytes], Path]) -> None:
    for letter in ("x", "é", "愛", "😀"):
        many = (sealing.LARGEST - 20_000) // len(letter.encode())
        measured(place, hostile(within(letter.encode() * many, QUESTION)))
        mixed = b"x" * (sealing.LARGEST - 20_000) + letter.encode()
        measured(place, hostile(within(mixed, QUESTION)))


def test_a_file_that_is_endless_is_refused_without_being_read(place: Location, tmp_path: Path, fault: Tell) -> None:
    path = tmp_path / "endless"
    with path.open("wb") as file:
        file.write(b"age-encryption.org/v1\n")
        file.truncate(20_000_000_000)
    said = measured(place, path)
    assert "larger than any" in said
    fault("A pack without end", area="Hostile files", tried=1, person_sees=said)


@pytest.mark.parametrize(
    "work", ["18", "20", "24", "30", "63", "64", "99", "4294967296", "9999999999", "023", "00000000030"]
)
def test_an_extreme_work_factor_is_refused_before_any_work_is_done(
    place: Location, tmp_path: Path, work: str, fault: Tell
) -> None:
    path = tmp_path / "busy"
    header = f"age-encryption.org/v1\n-> scrypt FMeVIkszklpbHGNn8l0AZw {work}\n{'A' * 43}\n--- {'A' * 43}\n"
    path.write_bytes(header.encode() + b"x" * 200)
    said = measured(place, path)
    assert said
    fault("A pack is made to keep the computer busy for hours", area="Hostile files", tried=1, person_sees=said)


@pytest.mark.parametrize(
    "stanzas",
    [
        b"-> scrypt FMeVIkszklpbHGNn8l0AZw 10\n%(body)s\n-> scrypt FMeVIkszklpbHGNn8l0AZw 30\n%(body)s\n",
        b"-> scrypt FMeVIkszklpbHGNn8l0AZw 10\n%(body)s\n-> X25519 %(body)s\n%(body)s\n",
        b"-> scrypt FMeVIkszklpbHGNn8l0AZw 30 more\n%(body)s\n",
        b"-> scrypt  30\n%(body)s\n",
        b"-> scrypt FMeVIkszklpbHGNn8l0AZw -1\n%(body)s\n",
        b"-> scrypt FMeVIkszklpbHGNn8l0AZw 0\n%(body)s\n",
        b"-> scrypt A 1\n%(body)s\n",
        b"-> X25519 A\n\n" * 400,
        b"-> X25519 %(body)s\n%(body)s\n" * 100,
        b"-> piv-p256 A A\n%(body)s\n",
        b"",
        b"-> \n\n",
    ],
)
def test_a_header_that_lies_is_refused(place: Location, tmp_path: Path, stanzas: bytes, fault: Tell) -> None:
    path = tmp_path / "header"
    body = b"A" * 43
    header = b"age-encryption.org/v1\n" + stanzas.replace(b"%(body)s", body) + b"--- " + b"A" * 43 + b"\n"
    path.write_bytes(header + b"x" * 200)
    with pytest.raises(RefusedError) as told:
        reviewing.open_pack(place, path, CLOCK, passphrase="any words")
    fault("A pack with a header that lies", area="Hostile files", tried=1, person_sees=str(told.value))


LIES = {
    "more sheets than there are": changed("expected", to=1_000_000),
    "a number of thirty digits": changed("expected", to=10**30),
    "an answer of such a number": changed("pack", "answers", 0, "number", to=10**30),
    "a negative number": changed("pack", "answers", 0, "number", to=-1),
    "a time without end": changed("pack", "answers", 0, "answer_seconds", to=1e300),
    "no number at all": within(b'"answer_seconds":1e999', b'"answer_seconds":0.0'),
    "a number in words": changed("expected", to="4"),
    "a sheet twice": changed("pack", "answers", 1, "sheet", to="pack-1-sheet-0"),
    "a sheet that is called as the pack": changed("pack", "answers", 1, "sheet", to="pack-1"),
    "a sheet without a name": changed("pack", "answers", 1, "sheet", to=""),
    "a sheet with an endless name": changed("pack", "answers", 1, "sheet", to="x" * 101),
    "a sheet whose name cannot be kept": changed("pack", "answers", 1, "sheet", to="she\0et"),
    "a sheet whose name would be another": changed("pack", "answers", 1, "sheet", to="e\u0301"),
    "a pack with an endless name": changed("pack", "id", to="x" * 101),
    "a pack whose name cannot be kept": changed("pack", "id", to="pa\0ck"),
    "a candidate twice": changed("pack", "candidates", to=[{"code": "A", "role_name": "", "place": ""}] * 2),
    "nobody": changed("pack", "candidates", to=[]),
    "a lens twice": changed("pack", "rubric", "lenses", 1, "id", to="evidence"),
    "an exemplar twice": changed(
        "pack",
        "exemplars",
        to=[{"id": "e", "role": "", "standard": "", "question": "", "answer": "", "levels": {}, "overall": 0}] * 2,
    ),
    "an exemplar beyond all levels": changed(
        "pack",
        "exemplars",
        to=[
            {
                "id": "e",
                "role": "",
                "standard": "",
                "question": "",
                "answer": "",
                "levels": {"x": 10**200},
                "overall": 0,
            }
        ],
    ),
    "nowhere to return it": changed("return_address", to="age1nowhere"),
    "nothing to sign with": changed("signing_key", to="00"),
    "what is not text": GOOD[:-1] + b',"more":"\xff"}',
    "half a letter": within(rb"\ud800", QUESTION),
}


@pytest.mark.parametrize("content", LIES.values(), ids=LIES.keys())
def test_a_pack_that_lies_is_refused_and_leaves_nothing_behind(
    place: Location, hostile: Callable[[bytes], Path], content: bytes, fault: Tell
) -> None:
    with pytest.raises(RefusedError) as told:
        reviewing.open_pack(place, hostile(content), CLOCK)
    assert [path.name for path in (place.folder / reviewer_keys.FOLDER).iterdir()] == [reviewer_keys.FILE]
    assert reviewing.workspaces(place) == ()
    fault("A pack with content that lies", area="Hostile files", tried=1, half_done=0, person_sees=str(told.value))


def test_a_pack_that_takes_the_id_of_another_neither_reaches_its_marks_nor_stands_in_for_it(
    send: Send, place: Location, hostile: Callable[[bytes], Path], fault: Tell
) -> None:
    made = send()
    path = hostile(changed("pack", "id", to=made.pack.id))
    with reviewing.open_pack(place, made.path, CLOCK) as workspace:
        workspace.submit(workspace.order[0], marks(3), CLOCK)
    with pytest.raises(UserError, match="calls itself the same") as told:
        reviewing.open_pack(place, path, CLOCK)
    with reviewing.open_pack(place, made.path, CLOCK) as workspace:
        assert workspace.sheets()[workspace.order[0]].marks == marks(3)
    reviewing.forget(place, made.pack.id)
    reviewing.open_pack(place, path, CLOCK).close()
    with pytest.raises(UserError, match="calls itself the same"):
        reviewing.open_pack(place, made.path, CLOCK)
    fault(
        "A pack calls itself as another one",
        area="Hostile files",
        tried=1,
        lost=0,
        corrupt=0,
        person_sees=str(told.value),
    )


TEXTS = (
    "<script>alert(1)</script><b>bold</b>&amp;",
    '=HYPERLINK("http://example.org";"x")',
    "+cmd|'/C calc'!A0",
    "@SUM(1+1)",
    "{place} {0} %s %n ${HOME} $(id)",
    "'; DROP TABLE marked_sheet; --",
    "../../../etc/passwd\0.txt",
    "\u202egnp.exe\u202c \u200b\ufeff",
    "\x1b[2J\x07\x08",
    "a\u0301" * 200,
)


def test_markup_and_formulas_are_shown_as_they_were_written_and_do_nothing(
    place: Location, hostile: Callable[[bytes], Path], tmp_path: Path, fault: Tell
) -> None:
    content = msgspec.json.decode(GOOD, type=PackContent)
    answers = tuple(
        replace(content.pack.answers[0], sheet=f"s{at}", question=text, answer=text, strong=(text,), statements=(text,))
        for at, text in enumerate(TEXTS)
    )
    pack = replace(content.pack, answers=answers, made_by=TEXTS[1], note=TEXTS[5], reviewer=TEXTS[0], tags=TEXTS)
    before = {path for path in tmp_path.rglob("*") if place.folder not in path.parents}
    path = hostile(pack_file.written_pack(replace(content, pack=pack, expected=len(answers))))
    with reviewing.open_pack(place, path, CLOCK) as workspace:
        assert workspace.pack == pack
        for answer in answers:
            workspace.submit(
                answer.sheet, PeerMarks(levels={"evidence": 1, "clarity": 2}, comment=answer.answer), CLOCK
            )
    with reviewing.workspace(place, pack.id) as workspace:
        assert workspace.content.answers_digest == replace(content, pack=pack).answers_digest
        assert all(sheet.state is SheetState.SUBMITTED for sheet in workspace.sheets().values())
        assert workspace.sheets()["s1"].marks.comment == TEXTS[1]
        workspace.make_return(tmp_path / "return", CLOCK)
    after = {path for path in tmp_path.rglob("*") if place.folder not in path.parents}
    assert after - before == {path, tmp_path / "return"}
    fault(
        "A pack full of markup, formulas and commands",
        area="Hostile files",
        tried=len(TEXTS),
        lost=0,
        person_sees="The same text to the letter",
    )


@pytest.mark.parametrize("name", [b"\xff\xfe.pack", b"-rf", b"a\nb\x1b[2J.pack", b"x" * 250])
def test_a_pack_is_opened_whatever_its_file_is_called(
    send: Send, place: Location, tmp_path: Path, name: bytes, fault: Tell
) -> None:
    path = send().path.rename(tmp_path / name.decode("utf-8", "surrogateescape"))
    reviewing.open_pack(place, path, CLOCK).close()
    (summary,) = reviewing.workspaces(place)
    reviewing.forget(place, str(path))
    assert reviewing.workspaces(place) == ()
    assert summary.file_name.encode()
    fault(
        "A pack with a file name that is made to do harm",
        area="Hostile files",
        tried=1,
        person_sees="The pack, opened as any other",
    )


def test_a_sheet_is_not_lost_whatever_is_said_of_it(send: Send, place: Location) -> None:
    with reviewing.open_pack(place, send().path, CLOCK) as workspace:
        sheet = workspace.order[0]
        for text in TEXTS:
            kept: Sheet = workspace.save(sheet, marks(1, comment=text, tags=(text[:100],)), CLOCK)
            assert workspace.sheets()[sheet].marks.levels == kept.marks.levels
