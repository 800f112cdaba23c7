"""What hands do while a pack is marked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cqcmock.domain.review import Pack, PeerMarks, Sheet
from cqcmock.review import pack_file, sealing
from cqcmock.services import reviewer_keys, reviewing
from cqcmock.services.reviewing import Workspace
from tests.ui.review.conftest import Sent
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.review.mark_pack_screen import MarkPackScreen
from ui.review.mark_state import StepKind

LENSES = ("answered", "evidence", "impact", "equity", "honesty", "clarity")
Open = Callable[..., MarkPackScreen]


def opened(desk: Desk, window: MainWindow, sent: Sent, qtbot: QtBot) -> MarkPackScreen:
    """The pack on the reviewer's laptop, on screen and ready for the first mark."""
    reviewing.open_pack(desk.place, sent.path, desk.clock).close()
    return shown(desk, window, sent.id, qtbot)


def shown(desk: Desk, window: MainWindow, pack_id: str, qtbot: QtBot) -> MarkPackScreen:
    window.resize(1280, 800)
    screen = MarkPackScreen(desk, window.commands, pack_id)
    with qtbot.waitSignal(screen.filled):
        window.open(screen)
    ready(qtbot, screen)
    return screen


def ready(qtbot: QtBot, screen: MarkPackScreen) -> None:
    """Wait until the keyboard is where the work on a step begins."""
    parts = (screen.page.answer, screen.page.card, screen.page.whole)
    qtbot.waitUntil(lambda: any(part.isAncestorOf(QApplication.focusWidget() or screen) for part in parts))


def press(qtbot: QtBot, *keys: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    for key in keys:
        focus = QApplication.focusWidget()
        assert focus is not None
        qtbot.keyClick(focus, key, modifier)


def levels(qtbot: QtBot, *given: int) -> None:
    press(qtbot, *(Qt.Key(Qt.Key.Key_0 + level) for level in given))


def submit(qtbot: QtBot, screen: MarkPackScreen, window: MainWindow) -> None:
    """Submit the sheet with its key, and wait until it is."""
    sheet = screen.marking.step.id
    qtbot.keyClick(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: sheets(qtbot, screen)[sheet].revision > 0 and not screen._submitting)
    ready(qtbot, screen)


def workspace(screen: MarkPackScreen) -> Workspace:
    return reviewing.workspace(screen._desk.place, screen.pack_id)


def sheets(qtbot: QtBot, screen: MarkPackScreen) -> dict[str, Sheet]:
    """Every sheet as it is on disk, once all of it is."""
    qtbot.waitUntil(lambda: screen.autosave.is_saved, timeout=5000)
    with workspace(screen) as there:
        return there.sheets()


def on_disk(qtbot: QtBot, screen: MarkPackScreen) -> PeerMarks:
    """The marks of the answer on screen, as they are on disk."""
    return sheets(qtbot, screen)[screen.marking.step.id].marks


def go_to_answer(screen: MarkPackScreen, number: int) -> None:
    """To the answer to one question."""
    wanted = next(answer.sheet for answer in screen.marking.pack.answers if answer.number == number)
    screen.go_to(next(at for at, step in enumerate(screen.marking.steps) if step.id == wanted))


def go_to_kind(screen: MarkPackScreen, kind: StepKind) -> None:
    """To the first step of a kind."""
    screen.go_to(next(at for at, step in enumerate(screen.marking.steps) if step.kind is kind))


def with_pack(sent: Sent, change: Callable[[Pack], Pack]) -> Sent:
    """The same pack, with something else in it."""
    own = reviewer_keys.own_key(sent.laptop)
    content = pack_file.read_pack(sealing.open_with_keys(sent.path.read_bytes(), [own.secret]))
    pack = change(content.pack)
    content = replace(content, pack=pack, expected=len(pack.answers))
    sent.path.write_bytes(sealing.seal_to(pack_file.written_pack(content), own.address))
    return sent


def with_answers(sent: Sent, number: int) -> Sent:
    """The same pack with so many answers of its one candidate."""

    def more(pack: Pack) -> Pack:
        first = pack.answers[0]
        return replace(
            pack, answers=tuple(replace(first, sheet=f"sheet{at:04}", number=at + 1) for at in range(number))
        )

    return with_pack(sent, more)
