"""A disk that fills, refuses, or is held by somebody else while somebody types: the words stay, and reach it later."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from cqcmock.storage import engine
from tests.e2e.letters import letters
from tests.e2e.program import PAGE, Program, facts, fill
from tests.faults import Tell

ANSWER = "Your answer"
NOT_SAVED = "Your words are on the screen but not saved yet."
STAYS = "What you did last is on the screen but not saved"


def _on_disk(folder: Path) -> str:
    ((text,),) = facts(
        folder / "library.sqlite", "SELECT text FROM event WHERE kind = 'text-saved' ORDER BY seq DESC LIMIT 1"
    )
    return str(text)


def _sound(folder: Path) -> bool:
    return facts(folder / "library.sqlite", "pragma integrity_check") == [("ok",)]


def _kept_on_screen(program: Program, words: str, why: str) -> str:
    """The save failed: the screen says so and why, and still has every word. Returns what it says."""
    seen = program.do("not_saved")
    (banner,) = [text for text in seen["banners"] if text.startswith(NOT_SAVED)]
    assert why in banner
    assert program.do("text_in", ANSWER) == words
    return str(banner)


def _saved_at_the_first_try(program: Program, folder: Path, words: str) -> None:
    """The cause is gone: one press of the button, and every word is on disk and the banner gone."""
    program.do("click", "Try again now")
    program.do("saved")
    assert not any(text.startswith(NOT_SAVED) for text in program.do("see")["banners"])
    assert program.do("text_in", ANSWER) == words
    assert _on_disk(folder) == words


def _fill(disk: Path, leave: int) -> Path:
    fill(disk / "ballast", leave)
    return disk / "ballast"


def _moved(folder: Path, disk: Path) -> Path:
    return Path(shutil.copytree(folder, disk / "data"))


def test_a_disk_that_fills_at_any_write_and_is_freed_costs_no_word(folder: Path, small_disk: Path, fault: Tell) -> None:
    place = _moved(folder, small_disk)
    with Program("obey", place) as program:
        program.do("begin")
        words, told = "", []
        for leave in range(0, 4 * PAGE, PAGE):
            ballast = _fill(small_disk, leave)
            words = letters(len(words) + 30_000)
            program.do("paste_into", ANSWER, words)
            told.append(_kept_on_screen(program, words, "is full"))
            words = letters(len(words) + 1)
            program.do("type_into", ANSWER, words[-1])
            ballast.unlink()
            _saved_at_the_first_try(program, place, words)
        assert program.end() == []
    assert _on_disk(place) == words
    assert _sound(place)
    fault(
        "The disk fills up while an answer is typed",
        area="Disk",
        tried=len(told),
        lost=0,
        corrupt=0,
        person_sees=told[-1],
    )


@pytest.mark.slow
def test_what_could_not_be_saved_is_tried_again_by_itself_once_there_is_room(
    folder: Path, small_disk: Path, fault: Tell
) -> None:
    place = _moved(folder, small_disk)
    with Program("obey", place) as program:
        program.do("begin")
        ballast = _fill(small_disk, 0)
        program.do("paste_into", ANSWER, letters(30_000))
        told = _kept_on_screen(program, letters(30_000), "is full")
        ballast.unlink()
        program.do("saved")
        assert not any(text.startswith(NOT_SAVED) for text in program.do("see")["banners"])
        assert program.end() == []
    assert _on_disk(place) == letters(30_000)
    fault("The disk fills up while an answer is typed", area="Disk", tried=1, lost=0, person_sees=told)


def test_a_window_with_words_that_cannot_be_saved_does_not_close(folder: Path, small_disk: Path, fault: Tell) -> None:
    place = _moved(folder, small_disk)
    with Program("obey", place) as program:
        program.do("begin")
        ballast = _fill(small_disk, 0)
        program.do("paste_into", ANSWER, letters(30_000))
        program.do("not_saved")
        program.do("click", "Leave for now")
        program.do("try_to_close")
        seen = program.do("not_saved")
        assert seen["screen"] == "InterviewScreen"
        (told,) = [text for text in seen["banners"] if text.startswith(NOT_SAVED)]
        assert program.do("text_in", ANSWER) == letters(30_000)
        ballast.unlink()
        assert program.end() == []
    assert _on_disk(place) == letters(30_000)
    fault(
        "The window is to be closed while the disk is full",
        area="Disk",
        tried=1,
        lost=0,
        person_sees=f"The window stays open, with the words in it: “{told}”",
    )


def _refuse_each_write(folder: Path, steps: range, fault: Tell) -> None:
    """No rights of root needed: the system refuses to let the log grow past a size, at one write after the other."""
    log = folder / "library.sqlite-wal"
    with Program("obey", folder) as program:
        program.do("begin")
        words, told = "", []
        for number, more in enumerate(steps):
            program.do("files_at_most", str(log), more)
            words = letters(20_000 + number)
            program.do("paste_into", ANSWER, words)
            told.append(_kept_on_screen(program, words, "reported an error"))
            program.do("files_at_most", str(log), None)
            _saved_at_the_first_try(program, folder, words)
        assert program.end() == []
    assert _on_disk(folder) == words
    assert _sound(folder)
    fault(
        "The disk refuses to write an answer, at one write after the other",
        area="Disk",
        tried=len(told),
        lost=0,
        corrupt=0,
        person_sees=told[-1],
    )


def test_a_write_that_the_system_refuses_costs_no_word(folder: Path, fault: Tell) -> None:
    _refuse_each_write(folder, range(0, 12_000, 3_000), fault)


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_whichever_of_two_hundred_writes_the_system_refuses_no_word_is_lost(folder: Path, fault: Tell) -> None:
    _refuse_each_write(folder, range(0, 8_000, 40), fault)


def test_marks_and_reflection_that_cannot_be_saved_stay_and_are_saved_later(folder: Path, fault: Tell) -> None:
    log = folder / "library.sqlite-wal"
    with Program("obey", folder) as program:
        program.do("begin")
        program.do("finish_interview")
        told = []
        for screen, field, way_on in (
            ("OwnMarksScreen", "Comment", ("Go to the end", "Hand in my marks")),
            ("ReflectionScreen", "How do we know?", ("Leave for now",)),
        ):
            program.do("screen", screen)
            program.do("files_at_most", str(log), 0)
            program.do("type_into", field, "Worth keeping.")
            seen = program.do("not_saved")
            (banner,) = [text for text in seen["banners"] if text.startswith(STAYS)]
            told.append(banner)
            program.do("files_at_most", str(log), None)
            program.do("click", "Try again now")
            program.do("saved")
            assert program.do("text_in", field) == "Worth keeping."
            for title in way_on:
                program.do("click", title)
        program.do("screen", "HomeScreen")
        assert program.end() == []
    assert facts(folder / "library.sqlite", "SELECT know FROM reflection") == [("Worth keeping.",)]
    assert _sound(folder)
    fault(
        "The disk refuses to save a mark or a reflection",
        area="Disk",
        tried=len(told),
        lost=0,
        corrupt=0,
        person_sees=told[-1],
    )


@contextmanager
def _held_by_another(folder: Path) -> Iterator[None]:
    with closing(engine.connect(folder / "library.sqlite")) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@pytest.mark.slow
def test_words_typed_while_another_program_writes_are_saved_when_it_is_done(folder: Path, fault: Tell) -> None:
    with Program("obey", folder) as program:
        program.do("begin")
        with _held_by_another(folder):
            program.do("type_into", ANSWER, "While you write.")
            told = _kept_on_screen(program, "While you write.", "Another program is using the library")
            program.do("type_into", ANSWER, " And more.")
        _saved_at_the_first_try(program, folder, "While you write. And more.")
        assert program.end() == []
    fault("Another program holds the library while somebody types", area="Disk", tried=1, lost=0, person_sees=told)


@contextmanager
def _unchangeable(*paths: Path) -> Iterator[None]:
    """Also for root, unlike mode bits, and for files that are open: writing is refused."""
    made = subprocess.run(["chattr", "+i", *map(str, paths)], capture_output=True, check=False)
    if made.returncode != 0:
        pytest.skip("files cannot be made unchangeable here (that needs the rights of root, and ext4 or the like)")
    try:
        yield
    finally:
        subprocess.run(["chattr", "-i", *map(str, paths)], check=True)


@pytest.mark.slow
def test_a_folder_that_turns_read_only_while_it_is_open_costs_no_word(folder: Path, fault: Tell) -> None:
    with Program("obey", folder) as program:
        program.do("begin")
        program.do("type_into", ANSWER, "Before.")
        program.do("saved")
        with _unchangeable(folder / "library.sqlite", folder / "library.sqlite-wal", folder):
            program.do("type_into", ANSWER, " Meanwhile.")
            told = _kept_on_screen(
                program, "Before. Meanwhile.", f"The disk with the library in “{folder}” reported an error"
            )
        _saved_at_the_first_try(program, folder, "Before. Meanwhile.")
        assert program.end() == []
    assert _sound(folder)
    fault("The folder turns read-only while somebody types", area="Disk", tried=1, lost=0, corrupt=0, person_sees=told)


def test_a_mistake_of_ours_in_a_save_keeps_the_words_on_screen_and_is_told(folder: Path, fault: Tell) -> None:
    with Program("obey", folder) as program:
        program.do("begin")
        program.do("err_in_a_save", "Mrs Example")
        program.do("type_into", ANSWER, "Still here.")
        seen = program.do("not_saved")
        (told,) = [text for text in seen["banners"] if text.startswith("Something went wrong in the program.")]
        assert program.do("text_in", ANSWER) == "Still here."
        _saved_at_the_first_try(program, folder, "Still here.")
        assert program.end() == []
    assert "Mrs" not in (folder / "logs" / "crash.log").read_text()
    fault("A mistake of the program while an answer is saved", area="Saving", tried=1, lost=0, person_sees=told)
