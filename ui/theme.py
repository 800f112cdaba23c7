"""How everything looks: Fusion, a palette, one small stylesheet and the fonts, all made from tokens.

The theme follows the system (light or dark, and its high contrast) until the person chooses one, and the type
grows from 100 % to 200 % without a restart.
"""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication

from ui.sizes import remeasure
from ui.stylesheet import stylesheet
from ui.tokens import ThemeName, Tokens, load

if TYPE_CHECKING:
    from ui.focus_ring import FocusRing

FAMILIES = ("Atkinson Hyperlegible Next", "DejaVu Sans")
STYLE = "Fusion"
BASE_POINTS = 12.0
SMALLEST, LARGEST, STEP = 100, 200, 10
_FONT_FILES = ("AtkinsonHyperlegibleNext_400Regular.ttf", "AtkinsonHyperlegibleNext_600SemiBold.ttf")
_LATER_FONT_FILES = (
    "DejaVuSans.ttf",
    "AtkinsonHyperlegibleNext_700Bold.ttf",
    "AtkinsonHyperlegibleNext_400Regular_Italic.ttf",
)
_USUAL_DPI = 96.0
_HALF_LIGHT = 128


class ThemeChoice(StrEnum):
    """What a person can choose in the settings."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high-contrast"


class Theme(QObject):
    """The look of the whole program. `tokens` are the colours of now; `changed` says that look or size is new."""

    changed = Signal()

    def __init__(
        self, app: QApplication, resources: Path, *, choice: ThemeChoice = ThemeChoice.SYSTEM, percent: int = 100
    ) -> None:
        super().__init__(app)
        self._app = app
        self._resources = resources
        self._choice = choice
        self._percent = _within(percent)
        self._hints = app.styleHints()
        self._accessibility = self._hints.accessibility()
        self._add_fonts(_FONT_FILES)
        self.tokens: Tokens = load(resources / "themes", self._first_guess())
        self._ring: FocusRing | None = None
        self._apply()
        self._hints.colorSchemeChanged.connect(self._follow_system)
        self._accessibility.contrastPreferenceChanged.connect(self._follow_system)

    @property
    def percent(self) -> int:
        """The size of the type, in percent of 12 points."""
        return self._percent

    @property
    def choice(self) -> ThemeChoice:
        """What the person chose."""
        return self._choice

    @property
    def resources(self) -> Path:
        """Where fonts, icons and sounds are."""
        return self._resources

    def set_percent(self, percent: int) -> None:
        """Make the type larger or smaller, within 100 to 200 percent."""
        if _within(percent) != self._percent:
            self._percent = _within(percent)
            self._apply()

    def set_choice(self, choice: ThemeChoice) -> None:
        """Take this theme, or follow the system again."""
        from PySide6.QtCore import Qt

        self._choice = choice
        match choice:  # the system's own dialogs come along
            case ThemeChoice.SYSTEM:
                self._hints.unsetColorScheme()
            case ThemeChoice.LIGHT:
                self._hints.setColorScheme(Qt.ColorScheme.Light)
            case _:
                self._hints.setColorScheme(Qt.ColorScheme.Dark)
        self._follow_system()

    def complete(self) -> None:
        """Add what nobody sees in the first frame: the rarer fonts, the ring round the focus, the system's wishes."""
        if self._ring is not None:
            return
        from ui.focus_ring import FocusRing

        self._add_fonts(_LATER_FONT_FILES)
        self._ring = FocusRing(self._app, self.tokens.focus)
        self._follow_system()

    def _add_fonts(self, names: tuple[str, ...]) -> None:
        for name in names:
            QFontDatabase.addApplicationFont(str(self._resources / "fonts" / name))

    def _follow_system(self) -> None:
        wanted = self._wanted()
        if wanted != self.tokens.name:
            self.tokens = load(self._resources / "themes", wanted)
            self._apply()

    def _first_guess(self) -> ThemeName:
        """To ask the system takes the enums that the first frame cannot wait for (`ui.first_frame`): until `complete`,
        its palette tells light from dark."""
        if self._choice is not ThemeChoice.SYSTEM:
            return ThemeName(self._choice.value)
        dark = self._app.palette().window().color().lightness() < _HALF_LIGHT
        return ThemeName.DARK if dark else ThemeName.LIGHT

    def _wanted(self) -> ThemeName:
        from PySide6.QtCore import Qt

        if self._choice is not ThemeChoice.SYSTEM:
            return ThemeName(self._choice.value)
        if self._accessibility.contrastPreference() == Qt.ContrastPreference.HighContrast:
            return ThemeName.HIGH_CONTRAST
        dark = self._hints.colorScheme() == Qt.ColorScheme.Dark
        return ThemeName.DARK if dark else ThemeName.LIGHT

    def _apply(self) -> None:
        font = body_font(self._percent)
        self._app.setFont(font)
        self._app.setPalette(palette(self.tokens))
        icons = self._resources / "icons" / self.tokens.name
        self._app.setStyleSheet(stylesheet(self.tokens, QFontInfo(font).pixelSize(), icons))
        if self._ring is not None:
            self._ring.set_colour(self.tokens.focus)
        remeasure()
        self.changed.emit()


def application() -> QApplication:
    """The Qt application in the style that the theme builds on; one that is there already takes it on."""
    there = QApplication.instance()
    if isinstance(there, QApplication):
        there.setStyle(STYLE)
        return there
    # `setStyle` returns a QStyle, and PySide takes 3 ms of the way to the first frame to make that class
    return QApplication([*sys.argv[:1], "-style", STYLE])


def body_font(percent: int = 100) -> QFont:
    """The type of the program; where the screen counts 72 dots to the inch, points grow to the usual size."""
    screen = QApplication.primaryScreen()
    dots = screen.logicalDotsPerInchY() if screen is not None else _USUAL_DPI
    font = QFont()
    font.setFamilies(list(FAMILIES))
    font.setPointSizeF(BASE_POINTS * percent / 100 * max(1.0, _USUAL_DPI / dots))
    return font


def with_tabular_figures(font: QFont) -> QFont:
    """The same font with figures of one width, so that a running clock does not fidget."""
    tabular = QFont(font)
    tabular.setFeature(QFont.Tag("tnum"), 1)
    return tabular


def palette(t: Tokens) -> QPalette:
    """The palette for what the stylesheet leaves to Fusion."""
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    made = QPalette()
    for which, colour in (
        (role.Window, t.page),
        (role.WindowText, t.ink),
        (role.Base, t.card),
        (role.AlternateBase, t.hover),
        (role.Text, t.ink),
        (role.PlaceholderText, t.quiet_ink),
        (role.Button, t.card),
        (role.ButtonText, t.ink),
        (role.BrightText, t.on_accent),
        (role.ToolTipBase, t.card),
        (role.ToolTipText, t.ink),
        (role.Highlight, t.selection),
        (role.HighlightedText, t.on_selection),
        (role.Link, t.accent),
        (role.LinkVisited, t.accent),
        (role.Accent, t.accent),
        (role.Light, t.card),
        (role.Midlight, t.hover),
        (role.Mid, t.hairline),
        (role.Dark, t.control_edge),
        (role.Shadow, t.ink),
    ):
        made.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText, role.PlaceholderText):
        made.setColor(group.Disabled, which, QColor(t.disabled))
    made.setColor(group.Disabled, role.Button, QColor(t.disabled_ground))
    return made


def _within(percent: int) -> int:
    return min(LARGEST, max(SMALLEST, percent))
