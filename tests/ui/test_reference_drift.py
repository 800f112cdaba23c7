"""PySide6 6.12.0 on Python 3.11 loses a reference to None or True with every call, until the interpreter aborts.

This runs on whatever pair is installed, so that the next such release is found here and not in an interview.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject, QRect, QTimer, Signal
from PySide6.QtGui import QColor, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QLineEdit, QListWidget, QPlainTextEdit, QProgressBar

CALLS = 2000
MOST_DRIFT = 0.01


class Sender(QObject):
    said = Signal(int)
    flagged = Signal(bool)
    given = Signal(object)


def calls(qapp: QApplication) -> dict[str, Callable[[], object]]:
    label, field, text, box = QLabel(), QLineEdit(), QPlainTextEdit(), QCheckBox()
    bar, rows, model, timer, sender, heard = (
        QProgressBar(),
        QListWidget(),
        QStandardItemModel(),
        QTimer(),
        Sender(),
        Sender(),
    )
    sender.said.connect(lambda _: None)
    sender.flagged.connect(heard.flagged)
    sender.given.connect(lambda _: None)
    rect = QRect(0, 0, 10, 10)
    return {
        "QLabel.setText": lambda: label.setText("1:12 of 2:00"),
        "QLabel.setVisible": lambda: label.setVisible(False),
        "QLabel.setEnabled": lambda: label.setEnabled(True),
        "QLabel.setAccessibleName": lambda: label.setAccessibleName("clock"),
        "QLabel.setProperty": lambda: label.setProperty("light", "over"),
        "QLabel.property": lambda: label.property("none of this"),
        "QLabel.isVisible": label.isVisible,
        "QLabel.isEnabled": label.isEnabled,
        "QLabel.update": label.update,
        "QLabel.setGeometry": lambda: label.setGeometry(rect),
        "QLabel.parentWidget": label.parentWidget,
        "QLabel.setToolTip": lambda: label.setToolTip("words"),
        "QLineEdit.setText": lambda: field.setText("words"),
        "QLineEdit.setReadOnly": lambda: field.setReadOnly(False),
        "QLineEdit.text": field.text,
        "QPlainTextEdit.setPlainText": lambda: text.setPlainText("words"),
        "QPlainTextEdit.document.isModified": lambda: text.document().isModified(),
        "QPlainTextEdit.blockSignals": lambda: text.blockSignals(False),
        "QCheckBox.setChecked": lambda: box.setChecked(True),
        "QCheckBox.isChecked": box.isChecked,
        "QProgressBar.setValue": lambda: bar.setValue(44),
        "QListWidget.addItem": lambda: rows.addItem("row"),
        "QListWidget.clear": rows.clear,
        "QStandardItemModel.appendRow": lambda: model.appendRow(QStandardItem("row")),
        "QStandardItemModel.clear": model.clear,
        "QTimer.start and stop": lambda: (timer.start(1000), timer.stop()),
        "QTimer.isActive": timer.isActive,
        "QTimer.setSingleShot": lambda: timer.setSingleShot(True),
        "QColor.isValid": QColor("#0b5563").isValid,
        "QRect.contains": lambda: rect.contains(5, 5),
        "Signal.emit int": lambda: sender.said.emit(1),
        "Signal.emit bool": lambda: sender.flagged.emit(True),
        "Signal.emit None": lambda: sender.given.emit(None),
        "connect and disconnect": lambda: (sender.said.connect(heard.said), sender.said.disconnect(heard.said)),
        "processEvents": qapp.processEvents,
    }


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None, True and False cannot be lost from Python 3.12 on")
def test_no_call_drifts_the_counts_of_none_true_and_false(qapp: QApplication) -> None:
    gc.collect()
    gc.disable()  # what others left behind is none of these calls' doing
    try:
        found = {name: drift(call) for name, call in calls(qapp).items()}
    finally:
        gc.enable()
    assert len(found) >= 30
    assert {name: each for name, each in found.items() if max(map(abs, each)) >= MOST_DRIFT} == {}


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="there is nothing to lose")
def test_a_call_that_loses_references_would_be_found() -> None:
    kept: list[None] = []
    assert drift(lambda: kept.append(None))[0] == pytest.approx(1, abs=MOST_DRIFT)


def drift(call: Callable[[], object]) -> tuple[float, ...]:
    """References to None, True and False gained or lost with each call."""
    call()
    before = [sys.getrefcount(thing) for thing in (None, True, False)]
    for _ in range(CALLS):
        call()
    after = [sys.getrefcount(thing) for thing in (None, True, False)]
    return tuple((now - then) / CALLS for then, now in zip(before, after, strict=True))
