"""What stands in the program's windows over a library with cafés: every text of them, in sight or not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from cqcmock.domain.cafe.scene import Stage
from cqcmock.paths import Location
from cqcmock.settings import Settings, save_settings
from tests.services.cafe.exports import Exports, without_ids
from tests.services.cafe.worlds import Cafe, Held, come_and_write
from tests.ui.cafe.conftest import Wait
from ui.app_signals import AppSignals, Subject, change
from ui.cafe.cafe_screen import CafeScreen
from ui.cafe.closing_screen import ClosingScreen
from ui.cafe.papers_offer import PaperKind
from ui.cafe.papers_screen import PapersScreen
from ui.cafe.run_screen import RunScreen
from ui.cafe.run_start import run_start
from ui.cafe.said_screen import SaidScreen
from ui.desk import Desk
from ui.main_window import MainWindow

if TYPE_CHECKING:
    from cqcmock.services.library import Library

_TEXTS = ("text", "toPlainText", "accessibleName", "accessibleDescription", "toolTip", "windowTitle", "statusTip",
          "whatsThis", "placeholderText", "title", "currentText")  # fmt: skip
_ROLES = (
    Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
)  # fmt: skip


def texts(window: QWidget) -> str:
    """Every text of a window and of all that is in it, also of what is out of sight."""
    return "\n".join(line for widget in (window, *window.findChildren(QWidget)) for line in _texts_of(widget) if line)


def _texts_of(widget: QWidget) -> Iterator[str]:
    for name in _TEXTS:
        found = getattr(widget, name, None)
        said = found() if callable(found) else ""
        if isinstance(said, str):
            yield said
    if isinstance(widget, QAbstractItemView) and (model := widget.model()) is not None:
        for row in range(model.rowCount()):
            yield from (str(model.index(row, 0).data(role) or "") for role in _ROLES)


class Windows:
    """One library with cafés at one desk, and what can be looked at there."""

    def __init__(self, held: Held, desk: Desk, window: MainWindow, settle: Wait) -> None:
        self.held, self.desk, self.window, self._settle = held, desk, window, settle

    def everything(self, *, briefly: bool = False) -> Exports:
        """The papers for leaders and every screen that says nothing but what is released, in every state of theirs."""
        found: Exports = {}
        for screen in (CafeScreen(self.desk, self.window.commands), SaidScreen(self.desk, self.window.commands)):
            found[type(screen).__name__] = self._open(screen)
            if isinstance(screen, SaidScreen) and screen.add.isVisible():
                screen.add.click()
                found["an entry"] = texts(screen)
                screen.form.leave.click()
        ids = [cafe.id for cafe in self.held.cafes]
        for one in ids[:1] if briefly else ids:
            found[f"closing {one}, screen"] = self._open(ClosingScreen(self.desk, self.window.commands, one))
            found |= self.papers(one, subsets=not briefly)
        found["window"] = self.window.windowTitle() + texts(self.window.rail)
        found["clipboard"] = QApplication.clipboard().text()
        return without_ids(self.held, found)

    def papers(self, session: str, *, subsets: bool) -> Exports:
        """The screen of one session's papers with the summary for leaders, of these sessions and those."""
        screen = PapersScreen(self.desk, self.window.commands, session)
        found = {f"papers of {session}, screen": self._open(screen)}
        if screen.standing is None or not screen.standing.closed:
            return found
        screen.choice.ticks[PaperKind.LEADERS].box.click()
        self._settle()
        boxes = screen.options.sessions.list.entries()
        sizes = range(len(boxes) + 1) if subsets else (0, 1, len(boxes))
        for some in (some for size in sizes for some in combinations(range(len(boxes)), size)):
            for at, box in enumerate(boxes):
                box.setCheckState(Qt.CheckState.Checked if at in some else Qt.CheckState.Unchecked)
            for _ in range(2 if subsets else 1):
                screen.options.says_next.click()
                self._settle()
                label = f"leaders {session} {some} {screen.options.says_next.isChecked()}"
                found[f"{label}, screen"] = texts(screen)
                if some:
                    assert screen.shown is not None
                    found[f"{label}, file name"] = screen.deeds.paper.file_name
                    found[f"{label}, words"] = "\n".join(screen.shown.words)
                    found[f"{label}, file"] = screen.shown.pdf.decode("latin-1")
                    page = screen.deeds.paper.read()(".html", False)
                    found[f"{label}, web page"] = page.decode()
        return found

    def changed(self) -> None:
        """Something was done to the cafés elsewhere."""
        self.desk.signals.changed.emit(change(Subject.CAFES))
        self._settle()

    def _open(self, screen: CafeScreen | SaidScreen | ClosingScreen | PapersScreen) -> str:
        self.window.open(screen)
        self._settle()
        return texts(screen)

    def room(self, cafe: Cafe) -> Exports:
        """The room's window through one more café, from before its start to after its end, after every deed."""
        found: Exports = {}
        screen = RunScreen(self.desk, self.window.commands, run_start(self.desk, self.held.planned))
        self.window.stay(screen, "cafe")

        def look(when: str) -> None:
            self._settle()
            screen._look()
            found[f"room, {when}"] = texts(screen.projector.window)

        screen.projector.open()
        look("opened")
        steps = 0
        while screen.hand.state.stage is not Stage.FINISHED:
            screen.go_on()
            steps += 1
            look(f"step {steps}")
            if steps == 3:
                screen.hand.do(lambda: come_and_write(screen.hand.opened, cafe))
                look("written")
        look("finished")
        screen.put_by()
        self._settle()
        self.window.leave_room("cafe")
        return without_ids(self.held, found)


@contextmanager
def at_a_desk(library: Library, held: Held, desk: Desk, window: MainWindow, settle: Wait) -> Iterator[Windows]:
    """Sit down at a library; `desk` gives what is the same for every library."""
    folder = library.folder
    own = Desk(
        tasks=desk.tasks,
        messages=desk.messages,
        signals=AppSignals(),
        theme=desk.theme,
        clock=held.hand.clock,
        settings=Settings(),
        keep_settings=lambda settings: save_settings(folder, settings),
        place=Location(folder),
        opened=library,
    )
    yield Windows(held, own, window, settle)
    settle()
    window.back()
    settle()


Look = Callable[[Windows], Exports]


def files_beside_the_library(folder: Path) -> Exports:
    """Every file of a data folder but the library and its backups, by its name: its name and all that is in it."""
    return {
        str(file.relative_to(folder)): f"{file.name}\n{file.read_text(encoding='utf-8', errors='replace')}"
        for file in sorted(folder.rglob("*"))
        if file.is_file() and not file.name.startswith("library.sqlite") and "backups" not in file.parts
    }
