"""What the tests of returning begin with.

- `stick`: a folder that stands for the stick.
- `submit`: submits so many sheets on Ann's laptop, in the order of marking; 0 only opens the pack.
- `open_return`: opens the screen, with one sheet submitted and one not unless it is said otherwise.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from cqcmock.services import reviewing
from tests.clocks import HandClock
from tests.services.review.hands import marks
from tests.ui.review.conftest import Sent
from tests.ui.review.returning.hands import Open, Submit, shown
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.review.return_screen import ReturnScreen


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def submit(sent: Sent, hand: HandClock) -> Submit:
    def so_many(number: int) -> None:
        with reviewing.open_pack(sent.laptop, sent.path, hand.clock) as workspace:
            for sheet in workspace.order[:number]:
                hand.pass_seconds(60)
                workspace.submit(sheet, marks(2), hand.clock)
        hand.pass_seconds(60)

    return so_many


@pytest.fixture
def open_return(reviewer_desk: Desk, sent: Sent, window: MainWindow, submit: Submit, qtbot: QtBot) -> Open:
    def start(submitted: int = 1) -> ReturnScreen:
        submit(submitted)
        return shown(reviewer_desk, window, sent.id, qtbot)

    return start
