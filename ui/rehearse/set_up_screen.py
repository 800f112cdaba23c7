"""Before the first question: who is interviewed, how long, and how close to the real thing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QButtonGroup, QComboBox, QHBoxLayout, QPushButton, QRadioButton, QVBoxLayout, QWidget

from cqcmock.domain.english import count
from cqcmock.domain.modes import Mode
from ui.app_signals import Change, Subject
from ui.desk import Desk
from ui.rehearse.question_picker import Pick, QuestionPicker
from ui.rehearse.set_up_form import SetUpForm
from ui.screen import Rest, Screen
from ui.sizes import sized, spaced
from ui.tab_order import tab_through
from ui.widgets.buttons import link_button, literal, primary_button
from ui.widgets.card import Card
from ui.widgets.labels import heading, problem_label, small_label, wrapped_label
from ui.widgets.scroll_page import ScrollPage

if TYPE_CHECKING:
    from cqcmock.domain.choosing import QuestionKey
    from cqcmock.domain.framework import Preset, Role
    from cqcmock.domain.sitting import Sitting
    from cqcmock.errors import UserError
    from cqcmock.services.rehearsing import SetUp
    from cqcmock.settings import Settings

MODES = {
    Mode.PRACTICE: ("Practice", "Hints, notes, pauses, and another go at a question."),
    Mode.REALISTIC: ("Realistic", "Only the assessor's words. Pauses come between questions."),
    Mode.INTERVIEWER: (
        "With an interviewer",
        "A colleague listens, and asks on from a window of their own. There is no need to type.",
    ),
}
MORE, LESS = "Change the questions and times", "Hide the questions and times"


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen for one role, read in the database lane."""

    roles: tuple[Role, ...]
    role: Role
    presets: tuple[Preset, ...]
    set_ups: dict[str, SetUp]
    picks: tuple[Pick, ...]


class SetUpScreen(Screen):
    """Emits `started` with the new sitting."""

    started = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._choices: Choices | None = None
        self._set_up: SetUp | None = None
        self._showing = False
        self._too_early = False
        self._offered: tuple[str, tuple[QuestionKey, ...]] | None = None
        self._preset_group = QButtonGroup(self)
        self._mode_group = QButtonGroup(self)
        self._lay_out()
        self.roles.box.activated.connect(self._role_chosen)
        self._preset_group.idClicked.connect(self._preset_chosen)
        self._mode_group.idClicked.connect(lambda _: self._told())
        desk.signals.changed.connect(self._changed)
        self._read(desk.settings.role)

    def _lay_out(self) -> None:
        whole = spaced(QVBoxLayout(self), gap=0)
        page = self._page = ScrollPage(gap=0.9)
        column = page.column
        column.addWidget(heading("New rehearsal"))
        self.roles = _RoleCard("Who are you?")
        self.presets = _ChoiceCard("How long have you got?")
        self.modes = _ChoiceCard("How close to the real thing?")
        for card in (self.roles, self.presets, self.modes):
            column.addWidget(card)
        for number, mode in enumerate(Mode):
            self._mode_group.addButton(self.modes.add(*MODES[mode]), number)
        self.more = link_button(MORE, self._toggle_more)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.finer = Card("Questions and times")
        self.finer.title.hide()
        self.form = SetUpForm()
        self.form.changed.connect(self._told)
        self.picker = QuestionPicker()
        self.picker.changed.connect(self._told)
        self.finer.body.addWidget(self.form)
        self.finer.body.addWidget(heading("Pick the questions yourself", 3))
        self.finer.body.addWidget(self.picker)
        self.finer.hide()
        column.addWidget(self.finer)
        whole.addWidget(page, 1)
        whole.addWidget(self._foot())

    def _foot(self) -> QWidget:
        foot = QWidget()
        across = spaced(QHBoxLayout(foot), gap=0, margins=(2.5, 0.5, 2.5, 1.2))
        inside = sized(QWidget(), max_width=60.0)
        column = spaced(QVBoxLayout(inside), gap=0.3)
        self.problem = problem_label()
        self.problem.hide()
        column.addWidget(self.problem)
        row = spaced(QHBoxLayout(), gap=0.8)
        self.start: QPushButton = primary_button("Start", self.begin)
        self.start.setEnabled(False)
        self.told = wrapped_label(quiet=True)
        row.addWidget(self.start)
        row.addWidget(self.told, 1)
        column.addLayout(row)
        across.addWidget(inside, 1)
        return foot

    def rest(self) -> Rest:
        """What was chosen for a rehearsal is wanted again."""
        return Rest.AS_IT_IS

    def arrived(self) -> None:
        """Straight to the button: everything else has a sensible value."""
        self._too_early = not self.start.isEnabled()  # which could not take the focus yet
        self.start.setFocus()

    def left(self) -> None:
        """What comes in later takes no focus away from another screen."""
        self._too_early = False

    def set_up(self) -> SetUp | None:
        """What is chosen now, or None until the choices have been read."""
        if self._set_up is None:
            return None
        chosen = self.picker.picked()
        wanted = self.form.applied_to(self._set_up)
        if wanted.place != self._set_up.place:
            wanted = replace(wanted, story="")  # another place than the one that the story is about
        set_up = replace(wanted, mode=tuple(Mode)[max(self._mode_group.checkedId(), 0)])
        return replace(set_up, chosen=chosen, questions=len(chosen) or set_up.questions)

    def begin(self) -> None:
        """Draw the questions and write the new sitting down."""
        set_up = self.set_up()
        if set_up is None:
            return
        self.start.setEnabled(False)
        self.problem.hide()
        self._desk.tasks.database(
            lambda: start_sitting(self._desk, set_up), then=self._begun, failed=self._refused, owner=self
        )

    def _begun(self, sitting: Sitting) -> None:
        self.start.setEnabled(True)
        self.picker.model.pick_none()
        self.started.emit(sitting)

    def _refused(self, error: UserError) -> None:
        self.start.setEnabled(True)
        self.problem.setText(str(error))
        self.problem.show()

    # --- reading and showing the choices

    def offer(self, role_id: str, keys: tuple[QuestionKey, ...]) -> None:
        """Begin with these questions picked, for this role."""
        self._offered = (role_id, keys)
        self._read(role_id)

    def _changed(self, change: Change) -> None:
        if change.touches(Subject.SETTINGS, Subject.BANKS):
            self._read(self._desk.settings.role)

    def _read(self, role_id: str) -> None:
        settings = self._desk.settings
        self._desk.tasks.database(
            lambda: read_choices(self._desk, settings, role_id), then=self._show, failed=self._refused, owner=self
        )

    def _show(self, choices: Choices) -> None:
        self._showing = True
        if self._choices is None or self._choices.roles != choices.roles:
            self.roles.offer(choices.roles)
        self._choices = choices
        self.roles.show_role(choices.role)
        self.presets.clear(self._preset_group)
        for number, preset in enumerate(choices.presets):
            title = f"{preset.name}: {count(preset.questions, 'question')}"
            self._preset_group.addButton(self.presets.add(title, preset.note), number)
        self._preset_group.button(0).setChecked(True)
        if self._mode_group.checkedId() < 0:  # what somebody chose holds for another role too
            first = choices.set_ups[choices.presets[0].id]
            self._mode_group.button(tuple(Mode).index(first.mode)).setChecked(True)
        self.picker.set_questions(choices.picks)
        if self._offered and self._offered[0] == choices.role.id:  # and not what was read before them
            self.picker.pick(self._offered[1])
            self._offered = None
            if self.finer.isHidden():
                self._toggle_more()
        self._take_preset(choices.presets[0])
        tab_through(self.roles, self.presets, self.modes, self.more, self.finer, self.start)
        self._showing = False
        self.start.setEnabled(True)
        self._told()
        if self._too_early:
            self._too_early = False
            self.start.setFocus()
        self.filled.emit()

    def _role_chosen(self, number: int) -> None:
        assert self._choices is not None
        self._read(self._choices.roles[number].id)

    def _preset_chosen(self, number: int) -> None:
        assert self._choices is not None
        self._take_preset(self._choices.presets[number])
        self._told()

    def _take_preset(self, preset: Preset) -> None:
        assert self._choices is not None
        self._set_up = self._choices.set_ups[preset.id]
        self.form.show_set_up(self._set_up, preset)

    def _toggle_more(self) -> None:
        shown = self.finer.isHidden()
        self.finer.setVisible(shown)
        self.more.setText(LESS if shown else MORE)
        self.more.setAccessibleName(LESS if shown else MORE)
        if shown:
            self.form.questions.setFocus()
            QTimer.singleShot(0, self, self._show_finer)  # once the page knows its new height

    def _show_finer(self) -> None:
        self._page.verticalScrollBar().setValue(self.more.y())

    def _told(self) -> None:
        set_up = self.set_up()
        if set_up is None or self._showing:
            return
        self.form.questions.setEnabled(not set_up.chosen)
        self.problem.hide()
        self.told.setText(summary(set_up))


class _RoleCard(Card):
    """Everybody who can rehearse, and who is meant by the one that is chosen."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self.box = QComboBox()
        self.box.setAccessibleName(title)
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.box.setMaxVisibleItems(20)
        self.who = small_label()
        self.body.addWidget(self.box, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.who)
        self._roles: tuple[Role, ...] = ()

    def offer(self, roles: tuple[Role, ...]) -> None:
        """These are the roles."""
        self._roles = roles
        self.box.clear()
        self.box.addItems([role.name for role in roles])

    def show_role(self, role: Role) -> None:
        """This is the one."""
        self.box.setCurrentIndex(self._roles.index(role))
        self.who.setText(role.who if role.scored else f"{role.who}. Nobody marks the answers.")
        self.box.setAccessibleDescription(self.who.text())


class _ChoiceCard(Card):
    """A question to the person with a few answers, each with a line that explains it."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self._lines: list[QWidget] = []

    def add(self, title: str, meaning: str) -> QRadioButton:
        """One more answer."""
        line = QWidget()
        column = spaced(QVBoxLayout(line), gap=0.1)
        button = QRadioButton(literal(title))
        button.setAccessibleDescription(meaning)
        explained = small_label(meaning)
        explained.setContentsMargins(button.iconSize().width() * 2, 0, 0, 0)
        column.addWidget(button)
        column.addWidget(explained)
        self.body.addWidget(line)
        self._lines.append(line)
        return button

    def clear(self, group: QButtonGroup) -> None:
        """Take every answer away."""
        for button in group.buttons():
            group.removeButton(button)
        for line in self._lines:
            self.body.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines.clear()


def summary(set_up: SetUp) -> str:
    """What will happen, in one line."""
    from cqcmock.services.rehearsing import minutes_expected

    minutes = count(minutes_expected(set_up), "minute")
    place = f" about {set_up.place}" if set_up.place else ""
    return f"{count(set_up.questions, 'question')}{place}, {minutes} or so before marking."


def read_choices(desk: Desk, settings: Settings, role_id: str) -> Choices:
    """In the database lane: everything that can be chosen for this role, or for the first where it has no questions."""
    from cqcmock.domain.questions import fill
    from cqcmock.services import banks, rehearsing, shipped, stories

    roles = banks.roles_with_questions(desk.library)
    role = next((role for role in roles if role.id == role_id), roles[0])
    story = stories.place_of(desk.library, settings.story)
    names = dict(zip(("place", "council"), rehearsing.place_names(settings, story), strict=True))
    picks = tuple(
        Pick(
            bank=candidate.bank,
            question=candidate.question.id,
            text=fill(candidate.question.text, names),
            themes=tuple(shipped.framework().theme_name(theme) for theme in candidate.question.themes),
        )
        for candidate in rehearsing.candidates(desk.library, role.id)
    )
    presets = rehearsing.presets(role)
    set_ups = {preset.id: rehearsing.set_up_for(settings, story, role.id, preset.id) for preset in presets}
    return Choices(roles, role, presets, set_ups, picks)


def start_sitting(desk: Desk, set_up: SetUp) -> Sitting:
    """In the database lane: the plan, and the sitting written down."""
    from cqcmock.services import rehearsing

    plan = rehearsing.make_plan(desk.library, set_up)
    return rehearsing.start(desk.library, plan, set_up.person, desk.clock)
