from __future__ import annotations

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QLabel, QListWidget, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Show
from ui.theme import Theme
from ui.widgets.buttons import danger_button, link_button, literal, primary_button, secondary_button
from ui.widgets.card import Card, button_row
from ui.widgets.fields import date_field, spin_box
from ui.widgets.flow import SideBySide
from ui.widgets.labels import TextLabel, heading, wrapped_label
from ui.widgets.lists import list_view
from ui.widgets.pill import SHAPES, Tone, pill
from ui.widgets.scroll_page import ScrollPage

MARKUP = "<b>Bold</b> <a href='x'>&amp;</a>"


@pytest.mark.parametrize("label", [TextLabel, wrapped_label, heading], ids=lambda made: made.__name__)
def test_words_of_people_are_shown_as_they_are(theme: Theme, label: type[TextLabel]) -> None:
    made = label(MARKUP)
    assert made.textFormat() == Qt.TextFormat.PlainText
    assert made.text() == MARKUP


def test_a_word_without_end_does_not_push_the_page_wider(theme: Theme, show: Show) -> None:
    label = wrapped_label("x" * 5000)
    show(label)
    assert label.minimumSizeHint().width() < 1200
    assert label.text().replace("\u200b", "") == "x" * 5000
    assert label.accessibleName() == "x" * 5000
    label.setText("short")
    assert label.accessibleName() == ""


@pytest.mark.parametrize("make", [primary_button, secondary_button, danger_button, link_button])
def test_a_button_does_its_deed_by_mouse_space_and_return(make, show: Show, qtbot: QtBot) -> None:  # type: ignore[no-untyped-def]
    done: list[int] = []
    button = make("Save & close", lambda: done.append(1))
    show(button)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert done == [1, 1]
    assert button.accessibleName() == "Save & close"
    assert button.text() == "Save && close"


def test_return_presses_the_focused_button_of_a_window(theme: Theme, show: Show, qtbot: QtBot) -> None:
    done: list[str] = []
    window = QWidget()
    column = QVBoxLayout(window)
    for name in ("one", "two"):
        column.addWidget(secondary_button(name, lambda name=name: done.append(name)))
    show(window)
    two = window.findChildren(QPushButton)[1]
    two.setFocus()
    qtbot.keyClick(two, Qt.Key.Key_Return)
    assert done == ["two"]


def test_a_status_word_has_a_shape_and_is_read_as_the_word() -> None:
    assert len(set(SHAPES.values())) == len(Tone)
    made = pill("Interrupted", Tone.WRAP_UP)
    assert made.text().startswith("▲")
    assert made.accessibleName() == "Interrupted"


def test_a_card_without_a_title_takes_no_room_for_one(theme: Theme, show: Show) -> None:
    with_title, without = Card("Open actions"), Card()
    for card in (with_title, without):
        card.body.addWidget(QLabel("one"))
        show(card)
    assert without.sizeHint().height() < with_title.sizeHint().height()
    assert with_title.title.isVisible()
    assert with_title.accessibleName() == "Open actions"


def test_nothing_here_shows_itself_before_it_is_part_of_a_window(theme: Theme) -> None:
    """A widget without a parent that is shown becomes a window of its own for a moment, and takes the focus."""
    before = len(QApplication.topLevelWidgets())
    card = Card("Title", pill=pill("Saved"))
    assert not card.isVisible()
    assert not [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
    assert len(QApplication.topLevelWidgets()) == before + 1


def test_buttons_that_do_not_fit_beside_each_other_go_below(theme: Theme, show: Show) -> None:
    window = QWidget()
    buttons = [secondary_button(f"See what I said {number}") for number in range(4)]
    outer = QVBoxLayout(window)
    outer.addLayout(button_row(*buttons))
    outer.addStretch(1)
    show(window)
    window.resize(1200, 300)
    assert len({button.y() for button in buttons}) == 1
    window.resize(320, 300)
    assert len({button.y() for button in buttons}) == 4
    assert all(button.geometry().right() <= 320 for button in buttons)


def test_parts_side_by_side_go_below_each_other_when_the_type_is_large(theme: Theme, show: Show, qtbot: QtBot) -> None:
    one, two = Card("Practise again"), Card("Open actions")
    both = SideBySide(one, two)
    show(both)
    both.resize(800, 400)
    qtbot.waitUntil(lambda: one.y() == two.y() and two.x() > one.x())
    theme.set_percent(200)
    qtbot.waitUntil(lambda: one.x() == two.x() and two.y() > one.y())
    theme.set_percent(100)
    qtbot.waitUntil(lambda: one.y() == two.y())


def test_a_page_is_one_column_of_a_widest_width(theme: Theme, show: Show, qtbot: QtBot) -> None:
    page = ScrollPage()
    page.column.addWidget(wrapped_label("words " * 200))
    show(page)
    page.resize(QSize(2000, 600))

    def margins() -> tuple[int, int]:
        left = page.content.mapTo(page.viewport(), page.content.rect().topLeft()).x()
        return left, page.viewport().width() - left - page.content.width()

    qtbot.waitUntil(lambda: abs(margins()[0] - margins()[1]) <= 1)
    assert page.content.width() == page.content.maximumWidth() == 60 * 16


def test_a_page_that_does_not_fit_scrolls_by_keyboard_alone(theme: Theme, show: Show, qtbot: QtBot) -> None:
    page = ScrollPage()
    show(page)
    page.resize(400, 300)
    assert page.focusPolicy() == Qt.FocusPolicy.NoFocus
    for _ in range(60):
        page.column.addWidget(wrapped_label("a line of words"))
    qtbot.waitUntil(lambda: page.focusPolicy() == Qt.FocusPolicy.TabFocus)
    page.setFocus()
    qtbot.keyClick(page, Qt.Key.Key_PageDown)
    assert page.verticalScrollBar().value() > 0


def test_the_rows_of_a_list_have_their_padding_from_the_start(theme: Theme, show: Show) -> None:
    rows = list_view(QListWidget(), "Sittings")
    rows.addItems(["one", "two", "three"])
    rows.setCurrentRow(1)
    show(rows)
    boxes = [rows.visualItemRect(rows.item(at)) for at in range(3)]
    assert boxes[1].top() == boxes[0].bottom() + 1
    assert boxes[2].top() == boxes[1].bottom() + 1
    assert rows.accessibleName() == "Sittings"


def test_fields_have_a_name_and_keep_their_figures_off_the_edge(theme: Theme, show: Show) -> None:
    number = spin_box("Number of questions", 1, 20, suffix=" questions")
    show(number)
    assert number.accessibleName() == "Number of questions"
    assert (number.minimum(), number.maximum()) == (1, 20)
    assert number.lineEdit().textMargins().left() >= 8
    assert date_field("Practising for").calendarPopup()


def test_an_ampersand_is_not_an_access_key() -> None:
    assert literal("Health & care") == "Health && care"
