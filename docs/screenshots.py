"""Takes every picture in this folder again: `python -m docs.screenshots`.

The real screens, in the real window, on a library made for the purpose. Nothing is drawn that a person would not see.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from cqcmock.clock import system_clock
from cqcmock.domain.interview import EventKind, Phase
from cqcmock.paths import Location
from cqcmock.services import examples, library, rehearsing, sittings
from cqcmock.services.live import LiveInterview
from cqcmock.settings import Settings, load_settings, save_settings
from docs.cafe import CafeWalk
from docs.peer_review import Review, bob_has_answered
from ui.app import House, StepTimes, compose
from ui.banks.import_screen import ImportScreen
from ui.banks.questions_screen import QuestionsScreen
from ui.crash import CrashReports
from ui.main_window import TITLE
from ui.rehearse.interview_screen import InterviewScreen
from ui.rooms import HOME, QUESTIONS, SETTINGS, STORY
from ui.theme import ThemeChoice

HERE = Path(__file__).parent
SPREADSHEET = """Question,Quality statements,Who is asked,Target (seconds),Point 1,Point 1: phrases,Point 1: probe
When did somebody last go home too soon?,QS6,Lead member,90,One person,a man; a woman; his wife,Who was it?
What do families say about Fridays?,QS66,Lead member,90,Their words,she said; he told me,What did they say?
Who checks that the bed has come?,QS6,Lead member,soon,Somebody by name,rings the ward; goes round,Who is that?
"""
SIZES = {100: (1180, 760), 200: (1280, 860)}
LOOKS = (("light", ThemeChoice.LIGHT, 100), ("dark", ThemeChoice.DARK, 100), ("200", ThemeChoice.LIGHT, 200))
ANSWER = (
    "Hertfordshire is ten districts and more than a million people. What makes us different is that somebody from "
    "London moves here every day, and somebody who has lived here all their life cannot find a carer.\n\n"
    "Where I am less sure of myself is the north of the county."
)


def prepare(folder: Path) -> str:
    """A library with the worked example, whose id it returns, a review of it, and an interrupted interview."""
    place = Location(folder)
    opened = library.open_library(place)
    clock = system_clock()
    settings = Settings(practising_for=clock.today() + timedelta(days=46))
    try:
        library.sync_shipped_banks(opened)
        done = examples.rehearse_example(opened, settings, clock)
        set_up = replace(rehearsing.default_set_up(opened, settings), seed=11)
        sitting = rehearsing.start(opened, rehearsing.make_plan(opened, set_up), "", clock)
        with sittings.recorder(opened, sitting.id) as keep:
            live = LiveInterview(sitting.plan, (), clock, keep)
            for _ in range(3):
                live.show_next()
                live.begin_answer()
                live.end_answer(ANSWER, ask_on=False)
            live.show_next()
            live.begin_answer()
            live.save_text("We do not hear from")
            live.leave()
        bob_has_answered(opened, done.id, clock)
    finally:
        opened.close()
    save_settings(folder, settings)
    return done.id


def settle(house: House) -> None:
    """Let everything that is under way arrive and be painted, and what follows from it too."""
    for _ in range(4):
        QTest.qWait(120)
        house.desk.tasks.wait_all(10)
    QTest.qWait(120)


def take(
    house: House, name: str, before: Callable[[], None] = lambda: None, shown: Callable[[], QWidget] | None = None
) -> None:
    """Save what the window shows, or another one."""
    settle(house)
    before()
    path = HERE / f"{name}.png"
    (shown() if shown else house.window).grab().save(str(path))
    print(path.relative_to(HERE.parent))


def interview(house: House) -> None:
    """Three moments of an interview: answering, being asked on, and between two questions."""
    set_up = replace(rehearsing.default_set_up(house.desk.library, house.desk.settings), seed=5, questions=3)
    plan = rehearsing.make_plan(house.desk.library, set_up)
    house.journeys.begin(rehearsing.start(house.desk.library, plan, "", house.desk.clock))
    screen = house.window.current
    assert isinstance(screen, InterviewScreen)
    screen.go_on()
    QTest.keyClicks(screen.answer, ANSWER.replace("\n", " "))


def walk(house: House, done: str, look: str, cafe: CafeWalk) -> None:
    """Through the program, a picture of each screen."""
    shots: list[tuple[str, Callable[[], object]]] = [
        ("home", house.journeys.go_home),
        ("set-up", house.journeys.set_up),
        ("interview", lambda: interview(house)),
        ("probe", lambda: _screen(house).go_on()),
        ("between", lambda: _to_between(house)),
        ("marking", lambda: _marking(house, done)),
        ("reflection", lambda: _reflecting(house, done)),
        ("report", lambda: house.journeys.report(done)),
        ("questions", lambda: _question(house)),
        ("question-form", lambda: house.journeys.change_question("lead-member", "how-many-waiting")),
        ("import", lambda: _importing(house)),
        ("story", lambda: house.window.go(STORY)),
        ("first-story", house.journeys.first_story),
        ("settings", lambda: house.window.go(SETTINGS)),
    ]
    for name, go in shots:
        go()
        take(house, f"{name}-{look}")
    for name, go, shown in cafe.pictures():
        go()
        take(house, f"{name}-{look}", shown=shown)
    cafe.end()
    review = Review(house, done, lambda: settle(house))
    for name, go in review.pictures():
        go()
        take(house, f"{name}-{look}", review.hide_the_machine)
    review.end()


def _screen(house: House) -> InterviewScreen:
    screen = house.window.current
    assert isinstance(screen, InterviewScreen)
    return screen


def _to_between(house: House) -> None:
    while _screen(house).live.state.phase is Phase.PROBE:
        _screen(house).go_on()


def _marking(house: House, done: str) -> None:
    """The own marks of the worked example's answers, not handed in."""
    original = sittings.load(house.desk.library, done)
    copy = rehearsing.start(house.desk.library, original.plan, "", house.desk.clock)
    over = next(number for number, event in enumerate(original.events) if event.kind is EventKind.FINISHED)
    sittings.keep_events(house.desk.library, copy.id, list(enumerate(original.events[: over + 1])))
    marks = {question: original.sheet.answers[question] for question in (0, 1)}
    marks[1] = replace(marks[1], levels=dict(list(marks[1].levels.items())[:2]))
    sittings.save_marks(house.desk.library, copy.id, replace(original.sheet, answers=marks, submitted=False))
    house.journeys.marks(copy.id)


def _question(house: House) -> None:
    house.window.go(QUESTIONS)
    settle(house)
    screen = house.window.current
    assert isinstance(screen, QuestionsScreen)
    screen.show_question("lead-member", "how-many-waiting")


def _importing(house: House) -> None:
    """A spreadsheet with two mistakes, as somebody in a hurry makes them."""
    file = Path(tempfile.mkdtemp(prefix="cqcmock-docs-")) / "our-hospital-team.csv"
    file.write_bytes(SPREADSHEET.encode())
    house.journeys.import_questions(file)
    settle(house)
    screen = house.window.current
    assert isinstance(screen, ImportScreen)
    screen.file_name.setText(f"{file.name}, in Documents")  # and not in this machine's temporary folder


def _reflecting(house: House, done: str) -> None:
    house.journeys.reflection(done)


def main() -> int:
    """Take them all."""
    app = QApplication(sys.argv[:1])
    app.setApplicationDisplayName(TITLE)
    with tempfile.TemporaryDirectory(prefix="cqcmock-docs-") as folder:
        done = prepare(Path(folder))
        settings = load_settings(Path(folder)).settings
        house = compose(app, Location(Path(folder)), settings, CrashReports(Path(folder) / "logs"), StepTimes(None))
        house.window.show()
        house.window.go(HOME)
        house.door.open_own()
        settle(house)
        cafe = CafeWalk(house, lambda: settle(house))
        for look, choice, percent in LOOKS:
            house.desk.theme.set_choice(choice)
            house.desk.theme.set_percent(percent)
            house.window.go(SETTINGS)
            house.window.resize(*SIZES[percent])
            settle(house)
            walk(house, done, look, cafe)
        house.window.close()
        house.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
