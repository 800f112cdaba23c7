"""Run with two virtual screens: prints as JSON where the room's window is as the projector goes and comes.

The platform has no way to take a screen away, so that it is gone is said by hand, as Qt would say it.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from cqcmock.clock import system_clock
from cqcmock.paths import Location, resources_folder
from cqcmock.settings import Settings, load_settings, save_settings
from ui.app_signals import AppSignals
from ui.cafe.room_sight import RoomSight
from ui.cafe.room_window import Projector
from ui.desk import Desk
from ui.messages import Messages
from ui.tasks import Tasks
from ui.theme import Theme, application

QUESTION = "Tell me about Hertfordshire."


def main(remembered: str) -> dict[str, object]:
    app = application()
    messages = Messages()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        desk = Desk(
            tasks=Tasks(tell=messages.tell, crash=lambda error: sys.exit(str(error))),
            messages=messages,
            signals=AppSignals(),
            theme=Theme(app, resources_folder()),
            clock=system_clock(),
            settings=Settings(cafe_screen=remembered),
            keep_settings=lambda settings: save_settings(folder, settings),
            place=Location(folder),
        )
        facilitator = QWidget()
        facilitator.show()
        projector = Projector(desk, [], beside=facilitator)
        seen: dict[str, object] = {}

        def look(when: str) -> None:
            projector.show_sight(RoomSight(main=QUESTION))
            QTest.qWait(20)
            window = projector.window
            seen[when] = [window.screen().name(), window.isFullScreen(), window.page.sight.main == QUESTION]

        projector.open()
        look("opened")
        second = QGuiApplication.screens()[1]
        app.screenRemoved.emit(second)
        look("unplugged")
        seen["said"] = [message.text for message in messages.current]
        app.screenAdded.emit(second)
        look("plugged in again")
        projector.toggle()
        QTest.qWait(20)
        projector.toggle()
        look("closed and opened")
        desk.tasks.wait_all(5)
        seen["remembered"] = load_settings(folder).settings.cafe_screen
        projector.close()
        facilitator.close()
        desk.tasks.close()
    return seen


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(sys.argv[1])))
