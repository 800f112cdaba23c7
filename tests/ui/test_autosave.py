from __future__ import annotations

import threading
from collections.abc import Iterator
from time import perf_counter

import pytest
from pytestqt.qtbot import QtBot

from cqcmock.errors import UserError
from tests.ui.conftest import StandIn
from ui import autosave as module
from ui.autosave import Autosave
from ui.tasks import Tasks

FULL = UserError("The disk is full.", "Your words stay on the screen.")


class Disk:
    """Where saves go; it can be full, and it can be slow."""

    def __init__(self) -> None:
        self.written: list[str] = []
        self.tries = 0
        self.problem: BaseException | None = None
        self.gate = threading.Event()
        self.gate.set()

    def save(self, text: str) -> None:
        self.tries += 1
        assert self.gate.wait(5)
        if self.problem is not None:
            raise self.problem
        self.written.append(text)


class Typing:
    """A text on screen; counts how often it is read."""

    def __init__(self) -> None:
        self.text = ""
        self.reads = 0

    def read(self) -> str:
        self.reads += 1
        return self.text


@pytest.fixture
def disk() -> Disk:
    return Disk()


@pytest.fixture
def typing() -> Typing:
    return Typing()


@pytest.fixture
def autosave(tasks: Tasks, disk: Disk, typing: Typing) -> Iterator[Autosave[str]]:
    made = Autosave(typing.read, disk.save, tasks)
    yield made
    disk.gate.set()
    made.stop()


def type_words(autosave: Autosave[str], typing: Typing, words: str) -> None:
    for letter in words:
        typing.text += letter
        autosave.touch()


def test_a_pause_in_typing_saves_everything_once(
    autosave: Autosave[str], typing: Typing, disk: Disk, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(autosave.saved, timeout=2000):
        type_words(autosave, typing, "Hertfordshire is ten districts")
    assert disk.written == ["Hertfordshire is ten districts"]
    assert typing.reads == 1
    assert autosave.is_saved


def test_steady_typing_is_saved_at_most_a_second_late(
    autosave: Autosave[str], typing: Typing, disk: Disk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a clock that the test moves: somebody who never pauses for 300 ms."""
    now = [100.0]
    monkeypatch.setattr(module, "monotonic", lambda: now[0])
    for _ in range(20):
        type_words(autosave, typing, "x")
        now[0] += 0.1
        if now[0] < 101.0 - 1e-9:
            autosave._paused()
            assert disk.tries == 0
            assert autosave._pause.isActive()
    autosave._paused()
    with qtbot.waitSignal(autosave.saved):
        pass
    assert len(disk.written) == 1


def test_nothing_is_called_saved_before_it_is(
    autosave: Autosave[str], typing: Typing, disk: Disk, qtbot: QtBot
) -> None:
    disk.gate.clear()
    with qtbot.assertNotEmitted(autosave.saved):
        type_words(autosave, typing, "a")
        autosave.save_now()
        qtbot.waitUntil(lambda: disk.tries == 1)
        assert not autosave.is_saved
    with qtbot.waitSignal(autosave.saved):
        disk.gate.set()
    assert disk.written == ["a"]


def test_while_a_save_is_under_way_only_the_newest_waits(
    autosave: Autosave[str], typing: Typing, disk: Disk, qtbot: QtBot
) -> None:
    disk.gate.clear()
    for letter in "abcde":
        type_words(autosave, typing, letter)
        autosave.save_now()
    qtbot.waitUntil(lambda: disk.tries == 1)
    with qtbot.waitSignal(autosave.saved):
        disk.gate.set()
    assert disk.written == ["a", "abcde"]


def test_a_save_that_fails_is_told_kept_and_tried_again(
    autosave: Autosave[str], typing: Typing, disk: Disk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "RETRY_MS", 10)
    disk.problem = FULL
    with qtbot.waitSignal(autosave.failed) as told:
        type_words(autosave, typing, "words")
        autosave.save_now()
    assert told.args == [FULL]
    assert autosave.is_failing
    assert not autosave.is_saved
    qtbot.waitUntil(lambda: disk.tries >= 3)
    with qtbot.waitSignal(autosave.saved):
        disk.problem = None
    assert disk.written == ["words"]
    assert not autosave.is_failing


def test_the_same_failure_is_told_once(
    autosave: Autosave[str], typing: Typing, disk: Disk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "RETRY_MS", 1)
    told: list[UserError] = []
    autosave.failed.connect(told.append)
    disk.problem = FULL
    type_words(autosave, typing, "words")
    autosave.save_now()
    qtbot.waitUntil(lambda: disk.tries >= 5)
    assert told == [FULL]
    disk.problem = read_only = UserError("The folder cannot be written.")
    qtbot.waitUntil(lambda: len(told) == 2)
    assert told[1] is read_only


def test_the_next_change_tries_again_at_once_with_the_newest_words(
    autosave: Autosave[str], typing: Typing, disk: Disk, qtbot: QtBot
) -> None:
    disk.problem = FULL
    type_words(autosave, typing, "old")
    with qtbot.waitSignal(autosave.failed):
        autosave.save_now()
    disk.problem = None
    with qtbot.waitSignal(autosave.saved, timeout=1500):  # sooner than the retry after 2 s
        type_words(autosave, typing, " and new")
    assert disk.written == ["old and new"]


def test_a_mistake_of_the_program_in_a_save_is_reported_and_the_words_are_kept(
    autosave: Autosave[str], typing: Typing, disk: Disk, qtbot: QtBot, crashes: list[BaseException]
) -> None:
    disk.problem = mistake = KeyError("lens")
    type_words(autosave, typing, "words")
    with qtbot.waitSignal(autosave.failed):
        autosave.save_now()
    assert crashes.pop() is mistake
    disk.problem = None
    assert autosave.flush()
    assert disk.written == ["words"]


def test_flush_returns_once_everything_is_on_disk(autosave: Autosave[str], typing: Typing, disk: Disk) -> None:
    type_words(autosave, typing, "last words")
    assert autosave.flush()
    assert disk.written == ["last words"]
    assert autosave.flush(), "nothing to do"
    assert disk.tries == 1


def test_flush_waits_for_a_save_under_way_and_then_saves_what_is_newer(
    autosave: Autosave[str], typing: Typing, disk: Disk, qtbot: QtBot
) -> None:
    disk.gate.clear()
    type_words(autosave, typing, "a")
    autosave.save_now()
    qtbot.waitUntil(lambda: disk.tries == 1)
    type_words(autosave, typing, "b")
    threading.Timer(0.05, disk.gate.set).start()
    assert autosave.flush()
    assert disk.written == ["a", "ab"]


def test_flush_says_so_when_the_disk_is_full(autosave: Autosave[str], typing: Typing, disk: Disk) -> None:
    disk.problem = FULL
    type_words(autosave, typing, "words")
    assert not autosave.flush()
    disk.problem = None
    assert autosave.flush()
    assert disk.written == ["words"]


def test_flush_gives_up_in_time_when_the_disk_hangs(autosave: Autosave[str], typing: Typing, disk: Disk) -> None:
    disk.gate.clear()
    type_words(autosave, typing, "words")
    assert not autosave.flush(timeout=0.02)


def test_what_is_handed_in_after_save_now_finds_the_words_on_disk(
    autosave: Autosave[str], typing: Typing, disk: Disk, tasks: Tasks
) -> None:
    found: list[list[str]] = []
    type_words(autosave, typing, "words")
    autosave.save_now()
    tasks.database(lambda: list(disk.written), then=found.append)
    assert tasks.wait_all(5)
    assert found == [["words"]]


def test_a_keystroke_costs_the_window_next_to_nothing(autosave: Autosave[str], typing: Typing) -> None:
    typing.text = "x" * 1_000_000
    began = perf_counter()
    for _ in range(1000):
        autosave.touch()
    assert (perf_counter() - began) / 1000 < 0.000_1
    assert typing.reads == 0


def test_a_failure_is_shown_even_if_the_autosave_is_gone(
    tasks: Tasks, messages: StandIn, disk: Disk, typing: Typing
) -> None:
    from shiboken6 import Shiboken

    disk.gate.clear()
    disk.problem = FULL
    autosave = Autosave(typing.read, disk.save, tasks)
    type_words(autosave, typing, "words")
    autosave.save_now()
    Shiboken.delete(autosave)
    disk.gate.set()
    assert tasks.wait_all(5)
    assert messages.texts == [str(FULL)]
