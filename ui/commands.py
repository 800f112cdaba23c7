"""Everything that can be done from the keyboard, in one table.

The menu bar, the command palette and the shortcut sheet are drawn from `COMMANDS`; a screen says with `handle`
what it can do now.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget


class CommandId(StrEnum):
    """The name by which code speaks of a command."""

    GO_HOME = "go-home"
    NEW_REHEARSAL = "new-rehearsal"
    QUESTIONS = "questions"
    STORY = "story"
    PEER_REVIEW = "peer-review"
    SETTINGS = "settings"
    LOCK_NOW = "lock-now"
    KEPT = "kept-how-long"
    HOLD_EVERYTHING = "hold-everything"
    ONE_PERSON = "one-person"
    BACK_UP_NOW = "back-up-now"
    BACKUPS = "backups"
    PALETTE = "palette"
    SHORTCUTS = "shortcuts"
    QUIT = "quit"
    UNDO = "undo"
    LARGER_TEXT = "larger-text"
    SMALLER_TEXT = "smaller-text"
    NORMAL_TEXT = "normal-text"
    TOGGLE_CLOCK = "toggle-clock"
    SKIP_PREPARATION = "skip-preparation"
    FINISH_ANSWER = "finish-answer"
    PAUSE = "pause"
    HINT = "hint"
    NOTE = "note"
    ANSWER_AGAIN = "answer-again"
    INTERVIEWER_WINDOW = "interviewer-window"
    SAVE_REPORT = "save-report"
    PRINT_REPORT = "print-report"
    FIND_QUESTION = "find-question"
    NEW_QUESTION = "new-question"
    RETIRE = "retire"
    IMPORT_QUESTIONS = "import-questions"
    EXPORT_QUESTIONS = "export-questions"
    PRINT_CARDS = "print-cards"
    SAVE_QUESTION = "save-question"
    NEW_FACT = "new-fact"
    IMPORT_FACTS = "import-facts"
    DATA_PACK = "data-pack"
    OVERRULE = "overrule"
    NEW_PACK = "new-pack"
    OPEN_PACK = "open-pack"
    MERGE_RETURNS = "merge-returns"
    SUBMIT_SHEET = "submit-sheet"
    RETURN_PACK = "return-pack"
    PACK_PAPERS = "pack-papers"
    CAFE = "cafe"
    NEW_CAFE = "new-cafe"
    YOU_SAID = "you-said"
    NEXT_ROUND = "next-round"
    SWAP = "swap"
    ADD_MINUTE = "add-minute"
    PAUSE_CAFE = "pause-cafe"
    SKIP_ROUND = "skip-round"
    ROUND_BEFORE = "round-before"
    DRAW_QUESTION = "draw-question"
    PICK_QUESTION = "pick-question"
    SHOW_QUESTION = "show-question"
    LISTEN_FOR = "listen-for"
    FIT_REST_IN = "fit-rest-in"
    ROOM_WINDOW = "room-window"
    SOUND = "sound"
    FINISH_CAFE = "finish-cafe"


class Place(StrEnum):
    """Where a command holds. What holds everywhere shares its keys with nothing."""

    EVERYWHERE = "Everywhere"
    INTERVIEW = "In an interview"
    CAFE = "In a café"
    REPORT = "In a report"
    QUESTIONS = "Among the questions"
    STORY = "In the local story"
    REVIEW = "In peer review"


class Menu(StrEnum):
    """The menus, in their order."""

    GO = "&Go"
    EDIT = "&Edit"
    VIEW = "&View"
    INTERVIEW = "&Interview"
    CAFE = "&Café"
    REPORT = "&Report"
    QUESTIONS = "&Questions"
    STORY = "&Story"
    REVIEW = "&Peer review"
    HELP = "&Help"


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One line of the table. `keys` are portable key names, the first of them is the one shown in menus;
    `room` is the room of the window that the command belongs to, or nothing."""

    id: CommandId
    title: str
    keys: tuple[str, ...] = ()
    place: Place = Place.EVERYWHERE
    room: str = ""
    menu: Menu = Menu.GO


def _interview(command: CommandId, title: str, *keys: str) -> Command:
    return Command(id=command, title=title, keys=keys, place=Place.INTERVIEW, room="rehearse", menu=Menu.INTERVIEW)


def _report(command: CommandId, title: str, *keys: str) -> Command:
    return Command(id=command, title=title, keys=keys, place=Place.REPORT, room="rehearse", menu=Menu.REPORT)


def _cafe(command: CommandId, title: str, *keys: str) -> Command:
    return Command(id=command, title=title, keys=keys, place=Place.CAFE, room="cafe", menu=Menu.CAFE)


def _questions(command: CommandId, title: str, *keys: str) -> Command:
    return Command(id=command, title=title, keys=keys, place=Place.QUESTIONS, room="questions", menu=Menu.QUESTIONS)


def _story(command: CommandId, title: str, *keys: str) -> Command:
    return Command(id=command, title=title, keys=keys, place=Place.STORY, room="story", menu=Menu.STORY)


def _review(command: CommandId, title: str, *keys: str) -> Command:
    return Command(id=command, title=title, keys=keys, place=Place.REVIEW, room="review", menu=Menu.REVIEW)


COMMANDS: tuple[Command, ...] = (
    Command(id=CommandId.GO_HOME, title="Go home", keys=("Alt+1", "Ctrl+1"), room="home"),
    Command(id=CommandId.NEW_REHEARSAL, title="New rehearsal", keys=("Ctrl+N", "Alt+2"), room="rehearse"),
    Command(id=CommandId.CAFE, title="Café", keys=("Alt+3",), room="cafe"),
    Command(id=CommandId.QUESTIONS, title="Questions", keys=("Alt+4",), room="questions"),
    Command(id=CommandId.STORY, title="Local story", keys=("Alt+5",), room="story"),
    Command(id=CommandId.PEER_REVIEW, title="Peer review", keys=("Alt+6",), room="review"),
    Command(id=CommandId.SETTINGS, title="Settings", keys=("Ctrl+,",), room="settings"),
    Command(id=CommandId.LOCK_NOW, title="Lock now", keys=("Ctrl+L",)),
    Command(id=CommandId.BACK_UP_NOW, title="Back up now"),
    Command(id=CommandId.BACKUPS, title="Backups…"),
    Command(id=CommandId.KEPT, title="What is due to go…"),
    Command(id=CommandId.HOLD_EVERYTHING, title="Put everything on hold…"),
    Command(id=CommandId.ONE_PERSON, title="Everything about one person…"),
    Command(id=CommandId.PALETTE, title="Find a command", keys=("Ctrl+K",)),
    Command(id=CommandId.QUIT, title="Quit", keys=("Ctrl+Q",)),
    Command(id=CommandId.UNDO, title="Undo", keys=("Ctrl+Z",), menu=Menu.EDIT),
    Command(id=CommandId.LARGER_TEXT, title="Larger text", keys=("Ctrl++", "Ctrl+="), menu=Menu.VIEW),
    Command(id=CommandId.SMALLER_TEXT, title="Smaller text", keys=("Ctrl+-",), menu=Menu.VIEW),
    Command(id=CommandId.NORMAL_TEXT, title="Normal text size", keys=("Ctrl+0",), menu=Menu.VIEW),
    Command(id=CommandId.TOGGLE_CLOCK, title="Show or hide the clock", keys=("Ctrl+T",), menu=Menu.VIEW),
    _interview(CommandId.SKIP_PREPARATION, "Skip preparation", "Ctrl+B"),
    _interview(CommandId.FINISH_ANSWER, "Finish this answer", "Ctrl+Enter", "Ctrl+Return"),
    _interview(CommandId.PAUSE, "Pause or carry on", "Ctrl+P"),
    _interview(CommandId.HINT, "Show a hint", "Ctrl+H"),
    _interview(CommandId.NOTE, "Write a note", "Ctrl+M"),
    _interview(CommandId.ANSWER_AGAIN, "Answer this question again", "Ctrl+R"),
    _interview(CommandId.INTERVIEWER_WINDOW, "Show the interviewer's window", "F5"),
    _interview(CommandId.OVERRULE, "Overrule what was recognised", "Ctrl+D"),
    _cafe(CommandId.NEW_CAFE, "Plan a café…", "Ctrl+Shift+N"),
    _cafe(CommandId.YOU_SAID, "You said, we did", "Ctrl+Shift+Y"),
    _cafe(CommandId.ROOM_WINDOW, "Open or close the room window", "F5"),
    _cafe(CommandId.NEXT_ROUND, "Start, or begin the next round", "Ctrl+Enter", "Ctrl+Return"),
    _cafe(CommandId.SWAP, "Swap, or on to the next speaker", "Ctrl+B"),
    _cafe(CommandId.PAUSE_CAFE, "Pause or carry on", "Ctrl+P"),
    _cafe(CommandId.ADD_MINUTE, "Add a minute", "Ctrl+M"),
    _cafe(CommandId.SKIP_ROUND, "Skip the rest of this round", "Ctrl+Shift+K"),
    _cafe(CommandId.ROUND_BEFORE, "Back to the round before", "Ctrl+Shift+B"),
    _cafe(CommandId.FIT_REST_IN, "Fit the rest into the time left", "Ctrl+Shift+F"),
    _cafe(CommandId.DRAW_QUESTION, "Draw another question", "Ctrl+D"),
    _cafe(CommandId.PICK_QUESTION, "Pick a question…", "Ctrl+F"),
    _cafe(CommandId.SHOW_QUESTION, "Show or hide the question", "Ctrl+H"),
    _cafe(CommandId.LISTEN_FOR, "Show or hide what to listen for", "Ctrl+Shift+L"),
    _cafe(CommandId.SOUND, "Soft sound at the lights, or silence", "Ctrl+Shift+S"),
    _cafe(CommandId.FINISH_CAFE, "Finish the session", "Ctrl+Shift+E"),
    _report(CommandId.SAVE_REPORT, "Save the report as…", "Ctrl+S"),
    _report(CommandId.PRINT_REPORT, "Print the report…", "Ctrl+Shift+P"),
    _questions(CommandId.FIND_QUESTION, "Find questions", "Ctrl+F"),
    _questions(CommandId.NEW_QUESTION, "New question", "Ctrl+Shift+N"),
    _questions(CommandId.RETIRE, "Retire or restore", "Ctrl+D"),
    _questions(CommandId.SAVE_QUESTION, "Keep the question", "Ctrl+S"),
    _questions(CommandId.IMPORT_QUESTIONS, "Import questions…", "Ctrl+I"),
    _questions(CommandId.EXPORT_QUESTIONS, "Export questions…", "Ctrl+E"),
    _questions(CommandId.PRINT_CARDS, "Print cards…", "Ctrl+Shift+P"),
    _story(CommandId.NEW_FACT, "New fact", "Ctrl+Shift+N"),
    _story(CommandId.IMPORT_FACTS, "Import facts…", "Ctrl+I"),
    _story(CommandId.DATA_PACK, "Data pack for staff…", "Ctrl+E"),
    _review(CommandId.NEW_PACK, "New pack for a reviewer…", "Ctrl+Shift+N"),
    _review(CommandId.OPEN_PACK, "Open a pack that you were sent…", "Ctrl+O"),
    _review(CommandId.MERGE_RETURNS, "Take in what came back…", "Ctrl+I"),
    _review(CommandId.SUBMIT_SHEET, "Submit this sheet", "Ctrl+Enter", "Ctrl+Return"),
    _review(CommandId.RETURN_PACK, "Return the pack…", "Ctrl+E"),
    _review(CommandId.PACK_PAPERS, "Mark sheets and receipts on paper…", "Ctrl+Shift+P"),
    Command(id=CommandId.SHORTCUTS, title="Keyboard shortcuts", keys=("F1",), menu=Menu.HELP),
)

FOR_GUESTS = frozenset({CommandId.LARGER_TEXT, CommandId.SMALLER_TEXT, CommandId.NORMAL_TEXT, CommandId.SHORTCUTS})
"""What somebody may do who is only handed the laptop."""

_MENU_ROLES = {
    CommandId.QUIT: QAction.MenuRole.QuitRole,
    CommandId.SETTINGS: QAction.MenuRole.PreferencesRole,
}


def key_text(key: str) -> str:
    """A key as this machine writes it (⌘ on a Mac); the one that Qt calls Return is Enter on British keyboards."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText).replace("Return", "Enter")


def first_key(command: CommandId) -> str:
    """The key of a command that is shown to people, as this machine writes it."""
    return next(key_text(known.keys[0]) for known in COMMANDS if known.id is command)


def always() -> bool:
    """For commands that are possible whenever their screen is shown."""
    return True


@dataclass(frozen=True, slots=True)
class _Handler:
    do: Callable[[], object]
    enabled_when: Callable[[], bool]


class Commands(QObject):
    """The commands of one window: who does them now, and the actions that menus and keys go through.

    A handler for a screen holds while that screen is shown and goes before one for the whole window.
    A command that nobody does, or whose `enabled_when` says no, is greyed out and its key does nothing.
    """

    refreshed = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._screen: QWidget | None = None
        self._handlers: dict[QWidget | None, dict[CommandId, _Handler]] = {None: {}}
        self._in_other_hands: dict[QWidget, Callable[[], bool]] = {}
        self._actions: dict[CommandId, QAction] = {}
        for command in COMMANDS:
            action = QAction(command.title, window)
            action.setObjectName(command.id)
            action.setShortcuts([QKeySequence(key) for key in command.keys])
            action.setAutoRepeat(command.menu is Menu.VIEW)  # a key that is held down answers one question, not three
            action.setMenuRole(_MENU_ROLES.get(command.id, QAction.MenuRole.NoRole))
            action.setEnabled(False)
            action.triggered.connect(lambda _checked=False, command=command.id: self.run(command))
            window.addAction(action)
            self._actions[command.id] = action

    def handle(
        self,
        command: CommandId,
        do: Callable[[], object],
        *,
        screen: QWidget | None = None,
        enabled_when: Callable[[], bool] = always,
    ) -> None:
        """From now on `do` does this command, while `screen` is shown (or always), whenever `enabled_when` agrees.

        Call `refresh` when something that `enabled_when` looks at has changed.
        """
        if screen is not None and screen not in self._handlers:
            self._handlers[screen] = {}
            screen.destroyed.connect(lambda: self._forget(screen))
        self._handlers[screen][command] = _Handler(do, enabled_when)
        self.refresh()

    def withhold(self, screen: QWidget, while_it_holds: Callable[[], bool]) -> None:
        """While this holds, nothing of the window is possible on `screen` but help and larger text: a guest has it."""
        self._in_other_hands[screen] = while_it_holds
        self.refresh()

    def show_screen(self, screen: QWidget | None) -> None:
        """This screen is shown now: its handlers hold, those of others do not."""
        self._screen = screen
        self.refresh()

    def refresh(self) -> None:
        """Ask every `enabled_when` again."""
        for command, action in self._actions.items():
            action.setEnabled(self.is_possible(command))
        self.refreshed.emit()

    def is_possible(self, command: CommandId) -> bool:
        """Whether the command can be done here and now."""
        handler = self._handler(command)
        return handler is not None and handler.enabled_when()

    def run(self, command: CommandId) -> bool:
        """Do the command if it is possible, and say whether it was."""
        handler = self._handler(command)
        if handler is None or not handler.enabled_when():
            return False
        handler.do()
        self.refresh()
        return True

    def action(self, command: CommandId) -> QAction:
        """The action of a command, for a menu."""
        return self._actions[command]

    def _handler(self, command: CommandId) -> _Handler | None:
        of_screen = self._handlers.get(self._screen, {}).get(command)
        if of_screen is not None or command in FOR_GUESTS or not self._is_withheld():
            return of_screen or self._handlers[None].get(command)
        return None

    def _is_withheld(self) -> bool:
        withheld = self._in_other_hands.get(self._screen) if self._screen is not None else None
        return withheld is not None and withheld()

    def _forget(self, screen: QWidget) -> None:
        self._handlers.pop(screen, None)
        self._in_other_hands.pop(screen, None)
        if self._screen is screen:
            self._screen = None
