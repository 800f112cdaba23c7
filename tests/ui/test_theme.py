from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QFontMetrics, QRawFont
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui import focus_ring
from ui.sizes import body_em, sized, spaced
from ui.theme import FAMILIES, Theme, ThemeChoice, body_font, with_tabular_figures
from ui.tokens import ThemeName
from ui.widgets.pill import SHAPES


def test_the_type_is_the_one_that_is_shipped(theme: Theme) -> None:
    assert QFontInfo(QApplication.font()).family() == FAMILIES[0]
    assert QFontInfo(QApplication.font()).pointSizeF() == pytest.approx(12)


def test_the_shapes_that_the_type_lacks_come_from_the_fallback(theme: Theme) -> None:
    assert QApplication.font().families() == list(FAMILIES)
    kept, fallback = (QRawFont.fromFont(QFont(family)) for family in FAMILIES)
    assert fallback.familyName() == FAMILIES[1]
    for shape in SHAPES.values():
        assert kept.supportsCharacter(ord(shape)) or fallback.supportsCharacter(ord(shape))


@pytest.mark.parametrize(("asked", "given"), [(150, 150), (90, 100), (500, 200)])
def test_the_type_grows_from_100_to_200_percent(theme: Theme, asked: int, given: int) -> None:
    theme.set_percent(asked)
    assert theme.percent == given
    assert QFontInfo(QApplication.font()).pointSizeF() == pytest.approx(12 * given / 100)


def test_spacing_and_limits_grow_with_the_type(theme: Theme, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    column = spaced(QVBoxLayout(window), gap=1.0, margins=(2.0, 0.0, 2.0, 0.0))
    inner = spaced(QVBoxLayout(), gap=0.5)
    column.addLayout(inner)
    label = sized(QLabel("words"), max_width=10)
    inner.addWidget(label)
    before = (column.spacing(), column.contentsMargins().left(), inner.spacing(), label.maximumWidth())

    theme.set_percent(200)

    after = (column.spacing(), column.contentsMargins().left(), inner.spacing(), label.maximumWidth())
    assert after == tuple(2 * size for size in before)
    assert before[3] == 160


def test_headings_grow_with_the_type(theme: Theme, qtbot: QtBot) -> None:
    label = QLabel("Good morning")
    label.setProperty("kind", "h1")
    qtbot.addWidget(label)
    label.show()
    before = label.fontMetrics().height()
    theme.set_percent(200)
    assert label.fontMetrics().height() == pytest.approx(2 * before, rel=0.05)


def test_choosing_a_theme_changes_palette_and_tokens(theme: Theme, qtbot: QtBot) -> None:
    with qtbot.waitSignal(theme.changed):
        theme.set_choice(ThemeChoice.DARK)
    assert theme.tokens.name is ThemeName.DARK
    assert QApplication.palette().window().color() == QColor(theme.tokens.page)
    theme.set_choice(ThemeChoice.HIGH_CONTRAST)
    assert theme.tokens.name is ThemeName.HIGH_CONTRAST


class SystemHints:
    """The system's wishes, as a person sets them elsewhere."""

    def __init__(self, scheme: Qt.ColorScheme, contrast: Qt.ContrastPreference) -> None:
        self.scheme, self.contrast = scheme, contrast

    def colorScheme(self) -> Qt.ColorScheme:  # noqa: N802
        return self.scheme

    def contrastPreference(self) -> Qt.ContrastPreference:  # noqa: N802
        return self.contrast

    def setColorScheme(self, scheme: Qt.ColorScheme) -> None:  # noqa: N802
        """Only the system's own dialogs follow this."""

    def unsetColorScheme(self) -> None:  # noqa: N802
        """Nor here."""


USUAL, HIGH = Qt.ContrastPreference.NoPreference, Qt.ContrastPreference.HighContrast


@pytest.mark.parametrize(
    ("scheme", "contrast", "name"),
    [
        (Qt.ColorScheme.Light, USUAL, ThemeName.LIGHT),
        (Qt.ColorScheme.Dark, USUAL, ThemeName.DARK),
        (Qt.ColorScheme.Unknown, USUAL, ThemeName.LIGHT),
        (Qt.ColorScheme.Dark, HIGH, ThemeName.HIGH_CONTRAST),
        (Qt.ColorScheme.Light, HIGH, ThemeName.HIGH_CONTRAST),
    ],
)
def test_the_theme_follows_the_system_at_once_until_the_person_chooses(
    theme: Theme,
    monkeypatch: pytest.MonkeyPatch,
    scheme: Qt.ColorScheme,
    contrast: Qt.ContrastPreference,
    name: ThemeName,
) -> None:
    system = SystemHints(Qt.ColorScheme.Dark if name is ThemeName.LIGHT else Qt.ColorScheme.Light, USUAL)
    with monkeypatch.context() as patch:
        patch.setattr(theme, "_hints", system)
        patch.setattr(theme, "_accessibility", system)
        theme.set_choice(ThemeChoice.SYSTEM)
        assert theme.tokens.name is not name
        system.scheme, system.contrast = scheme, contrast
        QApplication.styleHints().colorSchemeChanged.emit(scheme)
        assert theme.tokens.name is name
        theme.set_choice(ThemeChoice.DARK)
        QApplication.styleHints().colorSchemeChanged.emit(scheme)
        assert theme.tokens.name is ThemeName.DARK


def test_the_theme_hears_when_the_system_asks_for_more_contrast(theme: Theme, monkeypatch: pytest.MonkeyPatch) -> None:
    system = SystemHints(Qt.ColorScheme.Light, USUAL)
    with monkeypatch.context() as patch:
        patch.setattr(theme, "_hints", system)
        heard = theme._accessibility
        patch.setattr(theme, "_accessibility", system)
        theme.set_choice(ThemeChoice.SYSTEM)
        system.contrast = HIGH
        heard.contrastPreferenceChanged.emit(HIGH)
        assert theme.tokens.name is ThemeName.HIGH_CONTRAST


@pytest.mark.parametrize("choice", [ThemeChoice.LIGHT, ThemeChoice.DARK])
def test_until_the_first_frame_the_palette_tells_light_from_dark(
    theme: Theme, monkeypatch: pytest.MonkeyPatch, choice: ThemeChoice
) -> None:
    theme.set_choice(choice)
    monkeypatch.setattr(theme, "_choice", ThemeChoice.SYSTEM)
    assert theme._first_guess() == choice.value


@pytest.mark.parametrize(("contrast", "name"), [(USUAL, ThemeName.LIGHT), (HIGH, ThemeName.HIGH_CONTRAST)])
def test_a_wrong_guess_is_put_right_after_the_first_frame(
    theme: Theme, monkeypatch: pytest.MonkeyPatch, contrast: Qt.ContrastPreference, name: ThemeName
) -> None:
    system = SystemHints(Qt.ColorScheme.Light, contrast)
    theme.set_choice(ThemeChoice.DARK)
    with monkeypatch.context() as patch:
        patch.setattr(focus_ring, "FocusRing", lambda *_: None)  # there is one already
        patch.setattr(theme, "_ring", None)
        patch.setattr(theme, "_choice", ThemeChoice.SYSTEM)
        patch.setattr(theme, "_hints", system)
        patch.setattr(theme, "_accessibility", system)
        assert theme.tokens.name is ThemeName.DARK
        theme.complete()
        assert theme.tokens.name is name


def test_the_figures_of_a_clock_are_all_of_one_width(theme: Theme) -> None:
    tabular = QFontMetrics(with_tabular_figures(body_font()))
    assert len({tabular.horizontalAdvance(figure) for figure in "0123456789"}) == 1
    plain = QFontMetrics(body_font())
    assert len({plain.horizontalAdvance(figure) for figure in "0123456789"}) > 1


def test_an_em_is_the_size_of_the_type_and_never_nothing(theme: Theme) -> None:
    assert body_em(2) == 2 * QFontInfo(QApplication.font()).pixelSize()
    assert body_em(0.001) == 1
    assert body_em(0) == 0
