"""The rooms of the house and the ways between them: every request that a screen emits is answered here.

A room's module is imported when the room is first entered.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, cast

from ui.app_signals import Subject, change
from ui.cafe.ways import CAFE, CafeWays
from ui.commands import CommandId
from ui.desk import Desk
from ui.keeping.ways import KeepingWays
from ui.main_window import MainWindow, Room
from ui.messages import Kind
from ui.screen import Screen

if TYPE_CHECKING:
    from pathlib import Path

    from cqcmock.domain.choosing import QuestionKey
    from cqcmock.domain.sitting import Sitting
    from cqcmock.services.library import BackupInfo
    from cqcmock.services.rehearsing import SetUp
    from ui.home.home_screen import HomeScreen
    from ui.library_door import LibraryDoor
    from ui.lock.gate import Gate

HOME, REHEARSE, QUESTIONS, STORY, REVIEW = "home", "rehearse", "questions", "story", "review"
SETTINGS = "settings"


class Journeys:
    """Takes a person from screen to screen."""

    def __init__(self, desk: Desk, window: Callable[[], MainWindow], door: LibraryDoor, gate: Gate) -> None:
        self._desk = desk
        self._window = window
        self._door = door
        self._gate = gate
        self.cafe = CafeWays(desk, window)
        self.keeping = KeepingWays(desk, window)

    def rooms(self) -> Sequence[Room]:
        """The rooms, in the order of the rail."""
        return (
            Room(id=HOME, title="Home", make=self._make_home, command=CommandId.GO_HOME),
            Room(id=REHEARSE, title="Rehearse", make=self._make_set_up, command=CommandId.NEW_REHEARSAL),
            Room(id=CAFE, title="Café", make=self.cafe.make_first, command=CommandId.CAFE),
            Room(id=QUESTIONS, title="Questions", make=self._make_questions, command=CommandId.QUESTIONS),
            Room(id=STORY, title="Local story", make=self._make_story, command=CommandId.STORY),
            Room(id=REVIEW, title="Peer review", make=self._make_review, command=CommandId.PEER_REVIEW),
            Room(id=SETTINGS, title="Settings", make=self._make_settings, command=CommandId.SETTINGS, at_the_foot=True),
        )

    @property
    def home(self) -> HomeScreen:
        """The home screen, which is always there."""
        return cast("HomeScreen", self._window().screen_of(HOME))

    def _make_home(self) -> Screen:
        from ui.home.home_screen import HomeScreen

        home = HomeScreen(self._desk, self._window().commands)
        home.carry_on_wanted.connect(self.interview)
        home.words_wanted.connect(self.words)
        home.marks_wanted.connect(self.marks)
        home.reflection_wanted.connect(self.reflection)
        home.report_wanted.connect(self.report)
        home.pack_wanted.connect(self.pack_from_home)
        home.practise_wanted.connect(self.practise)
        home.new_rehearsal_wanted.connect(self.set_up)
        home.example_wanted.connect(self._door.open_example)
        home.leave_example_wanted.connect(self._door.open_own)
        home.try_again_wanted.connect(self._door.open_own)
        home.restore_wanted.connect(self._door.restore)
        home.backups_wanted.connect(self.backups)
        home.bring_wanted.connect(self._gate.bring_everything)
        home.start_afresh_wanted.connect(self._door.start_afresh)
        home.kept_wanted.connect(self.keeping.things_from_home)
        return home

    def _make_set_up(self) -> Screen:
        from ui.rehearse.set_up_screen import SetUpScreen

        set_up = SetUpScreen(self._desk)
        set_up.started.connect(self.begin)
        return set_up

    def _make_questions(self) -> Screen:
        from ui.banks.questions_screen import QuestionsScreen

        screen = QuestionsScreen(self._desk, self._window().commands)
        screen.rehearse_wanted.connect(self.rehearse_with)
        screen.change_wanted.connect(self.change_question)
        screen.new_question_wanted.connect(lambda bank: self.change_question(bank, ""))
        screen.new_bank_wanted.connect(lambda: self.change_bank(""))
        screen.change_bank_wanted.connect(self.change_bank)
        screen.import_wanted.connect(self.import_questions)
        return screen

    def _make_story(self) -> Screen:
        from ui.story.story_screen import StoryScreen

        screen = StoryScreen(self._desk, self._window().commands)
        screen.first_story_wanted.connect(self.first_story)
        screen.import_facts_wanted.connect(self.import_facts)
        return screen

    def _make_review(self) -> Screen:
        from ui.review.review_screen import ReviewScreen

        screen = ReviewScreen(self._desk, self._window().commands)
        screen.make_wanted.connect(self.make_pack)
        screen.open_wanted.connect(self.open_pack)
        screen.go_on_wanted.connect(self.mark_pack)
        screen.return_wanted.connect(self.return_pack)
        screen.merge_wanted.connect(self.merge_returns)
        screen.report_wanted.connect(self.peers)
        return screen

    def _make_settings(self) -> Screen:
        from ui.settings.settings_screen import SettingsScreen

        settings = SettingsScreen(self._desk)
        settings.open_folder_wanted.connect(open_folder)
        settings.lock.new_words_wanted.connect(self._gate.new_words)
        settings.lock.lock_now_wanted.connect(self._gate.lock_now)
        settings.lock.remove_wanted.connect(self._gate.remove_lock)
        settings.keeping.see_wanted.connect(self.keeping.things)
        settings.own.wanted.connect(self.keeping.person)
        settings.backups.look_wanted.connect(self.backups)
        settings.backups.lock_wanted.connect(self._gate.new_words)
        settings.backups.bring_wanted.connect(self._gate.bring_everything)
        return settings

    def handle_commands(self) -> None:
        """What of the backups can be done from everywhere."""
        handle, desk = self._window().commands.handle, self._desk
        handle(
            CommandId.BACK_UP_NOW,
            self._back_up_now,
            enabled_when=lambda: self._has_backups() and desk.opened is not None,
        )
        handle(CommandId.BACKUPS, self.backups, enabled_when=self._has_backups)

    def _has_backups(self) -> bool:
        """Not where a server keeps them."""
        return not self._desk.place.database_url

    def _back_up_now(self) -> None:
        from ui.backups import wording

        desk = self._desk
        if not desk.copying.asked_for:
            desk.copying.back_up_now(
                lambda copied: desk.messages.say(wording.made(copied)), desk.messages.tell, owner=self._window()
            )

    def backups(self) -> None:
        """To the backups, from the settings or from home, and back there."""
        from ui.backups.backups_screen import BackupsScreen

        from_home = self._window().room_shown == HOME
        screen = BackupsScreen(self._desk, "Back to home" if from_home else "Back to the settings")
        room = HOME if from_home else SETTINGS
        screen.left_for_now.connect(lambda: self._window().go(room))
        screen.restore_wanted.connect(self._restore)
        self._window().open(screen, room=room)

    def _restore(self, backup: BackupInfo) -> None:
        """Home shows what comes of it."""
        from ui.backups import wording

        if self._window().on_air:
            self._desk.messages.say(wording.ON_AIR, Kind.NOTICE)
        elif self._window().go(HOME):
            self._door.restore(backup)

    def go_home(self) -> None:
        """Back to the home screen."""
        self._window().go(HOME)

    def set_up(self) -> None:
        """To the choices of a new rehearsal."""
        self._window().go(REHEARSE)

    def practise(self, set_up: SetUp) -> None:
        """Start a rehearsal that was suggested, without asking anything more."""
        from ui.rehearse.set_up_screen import start_sitting

        self._desk.tasks.database(lambda: start_sitting(self._desk, set_up), then=self.begin)

    def begin(self, sitting: Sitting) -> None:
        """Into the interview of a sitting that has been read."""
        from cqcmock.services.rehearsing import ready_to_listen
        from ui.rehearse.interview_screen import InterviewScreen

        screen = InterviewScreen(self._desk, self._window().commands, sitting)
        screen.finished.connect(self.interview_over if sitting.plan.scored else self.play_over)
        screen.left_for_now.connect(lambda _: self.go_home())
        self._window().open(screen, room=REHEARSE)
        self._desk.tasks.background(lambda: ready_to_listen(sitting.plan), owner=screen)

    def interview(self, sitting_id: str) -> None:
        """Back into an interview that was left."""

        def read() -> Sitting:
            from cqcmock.services import sittings

            return sittings.load(self._desk.library, sitting_id)

        self._desk.tasks.database(read, then=self.begin)

    def interview_over(self, sitting_id: str) -> None:
        """From the last words to the own marks."""
        self._desk.signals.changed.emit(change(Subject.SITTINGS, ids=(sitting_id,)))
        self.marks(sitting_id)

    def play_over(self, sitting_id: str) -> None:
        """From the last words of a part that was played, which nobody marks, to the reflection."""
        self._desk.signals.changed.emit(change(Subject.SITTINGS, ids=(sitting_id,)))
        self.reflection(sitting_id)

    def marks(self, sitting_id: str) -> None:
        """To the own marks of a sitting."""
        from ui.rehearse.own_marks_screen import OwnMarksScreen

        screen = OwnMarksScreen(self._desk, self._window().commands, sitting_id)
        screen.done.connect(self.reflection)
        screen.left_for_now.connect(lambda _: self.go_home())
        self._window().open(screen, room=REHEARSE)

    def reflection(self, sitting_id: str) -> None:
        """To the reflection on a sitting."""
        from ui.rehearse.reflection_screen import ReflectionScreen

        screen = ReflectionScreen(self._desk, self._window().commands, sitting_id)
        screen.done.connect(self.report)
        screen.left_for_now.connect(lambda _: self.go_home())
        self._window().open(screen, room=REHEARSE)

    def report(self, sitting_id: str) -> None:
        """To the feedback report of a sitting."""
        from ui.rehearse.report_screen import ReportScreen

        screen = ReportScreen(self._desk, self._window().commands, sitting_id)
        screen.home_wanted.connect(self.go_home)
        screen.marks_wanted.connect(self.marks)
        screen.reflection_wanted.connect(self.reflection)
        screen.pack_wanted.connect(self.pack_from_report)
        self._window().open(screen, room=HOME)

    def rehearse_with(self, keys: tuple[QuestionKey, ...]) -> None:
        """To the choices of a new rehearsal, with these questions picked, for a role that may be asked them all."""

        def read() -> str:
            from cqcmock.services import banks

            return banks.role_for(self._desk.library, keys, self._desk.settings.role)

        def offer(role: str) -> None:
            from ui.rehearse.set_up_screen import SetUpScreen

            self._window().go(REHEARSE)
            screen = self._window().screen_of(REHEARSE)
            assert isinstance(screen, SetUpScreen)
            screen.offer(role, keys)

        self._desk.tasks.database(read, then=offer)

    def change_question(self, bank_id: str, question_id: str) -> None:
        """To the form of a question, or of a new one."""
        from ui.banks.question_form_screen import QuestionFormScreen

        screen = QuestionFormScreen(self._desk, self._window().commands, bank_id, question_id)
        screen.done.connect(self._show_question)
        screen.deleted.connect(lambda _: self._window().go(QUESTIONS))
        screen.leave_wanted.connect(lambda: self._window().go(QUESTIONS))
        self._window().open(screen, room=QUESTIONS)

    def _show_question(self, bank_id: str, question_id: str) -> None:
        from ui.banks.questions_screen import QuestionsScreen

        self._window().go(QUESTIONS)
        screen = self._window().screen_of(QUESTIONS)
        assert isinstance(screen, QuestionsScreen)
        screen.show_question(bank_id, question_id)

    def change_bank(self, bank_id: str) -> None:
        """To the form of a bank, or of a new one."""
        from ui.banks.bank_form_screen import BankFormScreen

        screen = BankFormScreen(self._desk, self._window().commands, bank_id)
        screen.done.connect(lambda _: self._window().go(QUESTIONS))
        screen.leave_wanted.connect(lambda: self._window().go(QUESTIONS))
        self._window().open(screen, room=QUESTIONS)

    def import_questions(self, path: Path | None) -> None:
        """To the import of questions from a file, which may have been dropped already."""
        from ui.banks.import_screen import ImportScreen

        screen = ImportScreen(self._desk, self._window().commands, path)
        screen.done.connect(lambda _: self._window().go(QUESTIONS))
        screen.left_for_now.connect(lambda: self._window().go(QUESTIONS))
        self._window().open(screen, room=QUESTIONS)

    def first_story(self) -> None:
        """To the five short steps of a council's first story."""
        from ui.story.first_story_screen import FirstStoryScreen

        screen = FirstStoryScreen(self._desk)
        screen.done.connect(lambda _: self._window().go(STORY))
        screen.left_for_now.connect(lambda *_: self._window().go(STORY))
        self._window().open(screen, room=STORY)

    def import_facts(self, story_id: str) -> None:
        """To the import of facts from a spreadsheet."""
        from ui.story.facts_import_screen import FactsImportScreen

        screen = FactsImportScreen(self._desk, story_id)
        screen.done.connect(lambda _: self._window().go(STORY))
        screen.back_wanted.connect(lambda *_: self._window().go(STORY))
        self._window().open(screen, room=STORY)

    def words(self, sitting_id: str) -> None:
        """To everything that was said in a sitting."""
        from ui.home.words_screen import WordsScreen

        screen = WordsScreen(self._desk, sitting_id)
        screen.back_wanted.connect(self.go_home)
        screen.carry_on_wanted.connect(self.interview)
        screen.marks_wanted.connect(self.marks)
        screen.reflection_wanted.connect(self.reflection)
        screen.report_wanted.connect(self.report)
        self._window().open(screen, room=HOME)

    def _to_review(self, *_: object) -> None:
        self._window().go(REVIEW)

    def make_pack(self, *sittings: str) -> None:
        """To a new pack for a reviewer, with these rehearsals chosen."""
        self._make_pack(sittings, "Back to peer review", self._to_review)

    def pack_from_home(self, sitting_id: str) -> None:
        """To a new pack with the rehearsal that is chosen at home."""
        self._make_pack((sitting_id,), "Back to home", self.go_home)

    def pack_from_report(self, sitting_id: str) -> None:
        """To a new pack with the rehearsal whose report is read."""
        self._make_pack((sitting_id,), "Back to the report", lambda: self.report(sitting_id))

    def _make_pack(self, sittings: tuple[str, ...], back: str, go_back: Callable[[], None]) -> None:
        from ui.review.make_pack_screen import MakePackScreen

        screen = MakePackScreen(self._desk, self._window().commands, sittings, back)
        screen.done.connect(self._to_review)
        screen.left_for_now.connect(go_back)
        screen.rehearsal_wanted.connect(self.set_up)
        screen.home_wanted.connect(self.go_home)
        self._window().open(screen, room=REVIEW)

    def open_pack(self, path: Path | None = None) -> None:
        """To the opening of a pack that somebody was sent."""
        from ui.review.open_pack_screen import OpenPackScreen

        screen = OpenPackScreen(self._desk, self._window().commands, path)
        screen.opened.connect(self.mark_pack)
        screen.left_for_now.connect(self._to_review)
        self._window().open(screen, room=REVIEW)

    def mark_pack(self, pack_id: str, sheet_id: str = "") -> None:
        """To the marking of a pack that is open here, at one of its sheets or where it stopped."""
        from ui.review.mark_pack_screen import MarkPackScreen

        screen = MarkPackScreen(self._desk, self._window().commands, pack_id, sheet_id)
        screen.return_wanted.connect(self.return_pack)
        screen.left_for_now.connect(self._to_review)
        self._window().open(screen, room=REVIEW)

    def return_pack(self, pack_id: str) -> None:
        """To the return of a pack that was marked here."""
        from ui.review.return_screen import ReturnScreen

        screen = ReturnScreen(self._desk, self._window().commands, pack_id)
        screen.done.connect(self._to_review)
        screen.back_wanted.connect(self.mark_pack)
        screen.sheet_wanted.connect(self.mark_pack)
        screen.left_for_now.connect(self._to_review)
        self._window().open(screen, room=REVIEW)

    def merge_returns(self) -> None:
        """To what reviewers sent back."""
        from ui.review.merge_screen import MergeScreen

        screen = MergeScreen(self._desk, self._window().commands)
        screen.done.connect(self._to_review)
        screen.left_for_now.connect(self._to_review)
        self._window().open(screen, room=REVIEW)

    def peers(self, sitting_id: str) -> None:
        """To what peers made of a rehearsal."""
        from ui.review.peers_screen import PeersScreen

        screen = PeersScreen(self._desk, sitting_id)
        screen.report_wanted.connect(self.report)
        screen.marks_wanted.connect(self.marks)
        screen.left_for_now.connect(self._to_review)
        self._window().open(screen, room=REVIEW)


def open_folder(folder: Path) -> None:
    """Show a folder in the system's own file manager."""
    from PySide6.QtCore import QUrl
    from PySide6.QtGui import QDesktopServices

    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
