"""The dialogs behind `ui/messages.py`, which alone uses them: apart, because the first frame needs none of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QDir, QStandardPaths, Qt
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMainWindow, QMessageBox, QWidget


def question(text: str, *, yes: str, no: str, then: Callable[[bool], None], detail: str) -> QDialog:
    """A question with two answers; `no` is the one that Return and Escape give."""
    box = QMessageBox(_window())
    box.setWindowTitle(QApplication.applicationDisplayName())
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(text)
    box.setInformativeText(detail)
    agree = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    refuse = box.addButton(no, QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(refuse)
    box.setEscapeButton(refuse)
    box.finished.connect(lambda _: then(box.clickedButton() is agree))
    return box


def save_file(title: str, suggestion: str, kinds: str, then: Callable[[Path], None]) -> QDialog:
    """Where to save a file that may be called `suggestion`."""
    dialog = _file_dialog(title, kinds, then)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.selectFile(suggestion)
    dialog.setDefaultSuffix(Path(suggestion).suffix.removeprefix("."))
    dialog.filterSelected.connect(lambda kind: dialog.setDefaultSuffix(_first_ending(kind)))
    return dialog


def _first_ending(kind: str) -> str:
    """The ending that a name filter such as `PDF (*.pdf)` speaks of first."""
    return kind.partition("*.")[2].split(" ")[0].rstrip(")")


def open_file(title: str, kinds: str, then: Callable[[Path], None]) -> QDialog:
    """Which file to open."""
    dialog = _file_dialog(title, kinds, then)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    return dialog


def folder(title: str, then: Callable[[Path], None]) -> QDialog:
    """Which folder to use."""
    dialog = QFileDialog(_window(), title)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.fileSelected.connect(lambda name: then(Path(name)))
    return dialog


def _file_dialog(title: str, kinds: str, then: Callable[[Path], None]) -> QFileDialog:
    dialog = QFileDialog(_window(), title)
    dialog.setNameFilter(kinds)
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    if dialog.directory() == QDir.current() and QDir(documents).exists():  # afterwards Qt knows where one was last
        dialog.setDirectory(documents)
    dialog.fileSelected.connect(lambda name: then(Path(name)))
    return dialog


def _window() -> QWidget | None:
    """The window that a question belongs to, also while another program is in front."""
    windows = (widget for widget in QApplication.topLevelWidgets() if isinstance(widget, QMainWindow))
    return QApplication.activeWindow() or next(windows, None)
