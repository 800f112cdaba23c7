"""The one small stylesheet, made from tokens and the size of the type.

Kinds of widgets are told apart by the dynamic property `kind`. Nothing here draws the focus: `ui/focus_ring.py` does.
"""

from __future__ import annotations

from pathlib import Path

from ui.tokens import Tokens


def stylesheet(t: Tokens, em: float, icons: Path) -> str:
    """Qt style sheet for a theme: `em` is the body type's size in logical pixels, `icons` the theme's own folder."""

    def px(ems: float) -> str:
        return f"{max(1, round(em * ems))}px"

    edge = px(0.07)
    radius = px(0.5)
    return f"""
QFrame[kind="card"] {{ background-color: {t.card}; border: {edge} solid {t.hairline}; border-radius: {px(0.7)}; }}
QFrame[kind="rail"] {{ background-color: {t.rail}; border: none; }}
QScrollArea[kind="rail"] {{ background-color: {t.rail}; border: none; border-right: {_ring(t, t.hairline, edge)}; }}
QFrame[kind="rule"] {{ background-color: {t.hairline}; border: none; }}
QScrollArea[kind="page"] {{ background-color: {t.page}; border: none; }}

QLabel {{ color: {t.ink}; }}
QLabel:disabled {{ color: {t.disabled}; }}
QLabel[kind="h1"] {{ font-size: {px(1.75)}; font-weight: 600; }}
QLabel[kind="h2"] {{ font-size: {px(1.2)}; font-weight: 600; }}
QLabel[kind="h3"] {{ font-size: {px(1.0)}; font-weight: 600; }}
QLabel[kind="question"] {{ font-size: {px(2.0)}; font-weight: 600; }}
QLabel[kind="lead"] {{ font-size: {px(1.15)}; }}
QLabel[kind="quiet"] {{ color: {t.quiet_ink}; }}
QLabel[kind="small"] {{ color: {t.quiet_ink}; font-size: {px(0.9)}; }}
QLabel[kind="problem"] {{ color: {t.danger}; font-weight: 600; }}
QLabel[kind="key"] {{
    background-color: {t.hover}; color: {t.ink}; border: {edge} solid {t.control_edge}; border-radius: {px(0.3)};
    padding: {px(0.05)} {px(0.45)}; }}
QLabel[kind="pill"] {{ border-radius: {px(0.4)}; padding: {px(0.15)} {px(0.65)}; font-weight: 600; }}
QLabel[light="quiet"] {{ background-color: {t.hover}; color: {t.ink}; border: {edge} solid {t.hairline}; }}
QLabel[light="in-hand"] {{
    background-color: {t.in_hand_ground}; color: {t.in_hand}; border: {_ring(t, t.in_hand, edge)}; }}
QLabel[light="wrap-up"] {{
    background-color: {t.wrap_up_ground}; color: {t.wrap_up}; border: {_ring(t, t.wrap_up, edge)}; }}
QLabel[light="over"] {{ background-color: {t.over_ground}; color: {t.over}; border: {_ring(t, t.over, edge)}; }}
QLabel[kind="clock"] {{ padding: {px(0.15)} {px(0.65)}; border-radius: {px(0.4)}; }}
QLabel[kind="clock"][large="true"] {{ font-size: {px(2.0)}; font-weight: 600; }}
QLabel[kind="clock"][light="in-hand"] {{
    background-color: transparent; color: {t.ink}; border: {edge} solid transparent; }}
QLabel[kind="clock"][light="quiet"] {{
    background-color: transparent; color: {t.quiet_ink}; border: {edge} solid transparent; }}

QFrame[kind="banner"] {{ border-radius: {radius}; }}
QFrame[kind="banner"][light="in-hand"] {{ background-color: {t.in_hand_ground}; border: {edge} solid {t.in_hand}; }}
QFrame[kind="banner"][light="wrap-up"] {{ background-color: {t.wrap_up_ground}; border: {edge} solid {t.wrap_up}; }}
QFrame[kind="banner"][light="over"] {{ background-color: {t.over_ground}; border: {edge} solid {t.over}; }}
QFrame[kind="banner"] QLabel[kind="sign"] {{ font-weight: 700; }}

QPushButton {{
    background-color: {t.card}; color: {t.ink}; border: {edge} solid {t.control_edge}; border-radius: {radius};
    padding: {px(0.5)} {px(0.9)}; margin: {px(0.125)}; outline: none; }}
QPushButton:hover {{ background-color: {t.hover}; border-color: {t.ink}; }}
QPushButton:pressed, QPushButton:checked {{ background-color: {t.hover}; border-color: {t.accent}; }}
QPushButton:disabled {{ background-color: {t.disabled_ground}; color: {t.disabled}; border-color: {t.hairline}; }}
QPushButton[kind="primary"] {{
    background-color: {t.accent}; color: {t.on_accent}; border-color: {t.accent}; font-weight: 600; }}
QPushButton[kind="primary"]:hover, QPushButton[kind="primary"]:pressed {{
    background-color: {t.accent_hover}; color: {t.on_accent}; border-color: {t.accent_hover}; }}
QPushButton[kind="danger"] {{
    background-color: {t.danger}; color: {t.on_danger}; border-color: {t.danger}; font-weight: 600; }}
QPushButton[kind="danger"]:hover, QPushButton[kind="danger"]:pressed {{
    background-color: {t.danger_hover}; color: {t.on_danger}; border-color: {t.danger_hover}; }}
QPushButton[kind="primary"]:disabled, QPushButton[kind="danger"]:disabled {{
    background-color: {t.disabled_ground}; color: {t.disabled}; border-color: {t.hairline}; }}
QPushButton[kind="link"] {{
    background-color: transparent; color: {t.accent}; border: none; text-decoration: underline;
    padding: {px(0.2)} {px(0.15)}; text-align: left; }}
QPushButton[kind="link"]:hover {{ color: {t.accent_hover}; background-color: transparent; }}
QPushButton[kind="link"]:disabled {{ color: {t.disabled}; background-color: transparent; }}
QFrame[kind="banner"] QPushButton[kind="link"] {{ color: {t.ink}; }}
QPushButton[kind="rail"] {{
    background-color: transparent; color: {t.ink}; border: {edge} solid transparent; text-align: left;
    padding: {px(0.55)} {px(0.75)}; margin: {px(0.06)}; }}
QPushButton[kind="rail"]:hover {{ background-color: {t.rail_hover}; }}
QPushButton[kind="rail"]:checked {{
    background-color: {t.card}; font-weight: 600; border-color: {t.hairline}; }}

QLineEdit, QPlainTextEdit, QTextEdit, QTextBrowser, QSpinBox, QDoubleSpinBox, QDateEdit, QComboBox {{
    background-color: {t.card}; color: {t.ink}; border: {edge} solid {t.control_edge}; border-radius: {radius};
    selection-background-color: {t.selection}; selection-color: {t.on_selection}; }}
QLineEdit, QComboBox {{ padding: {px(0.4)} {px(0.6)}; }}
QSpinBox, QDoubleSpinBox, QDateEdit {{ padding: {px(0.4)} {px(0.2)}; }}
QAbstractSpinBox QLineEdit, QComboBox QLineEdit {{ border: none; border-radius: 0; padding: 0 {px(0.4)}; }}
QLineEdit, QPlainTextEdit, QTextEdit {{ placeholder-text-color: {t.quiet_ink}; }}
QPlainTextEdit, QTextEdit, QTextBrowser {{ padding: {px(0.5)}; }}
QPlainTextEdit[kind="answer"] {{ font-size: {px(1.15)}; padding: {px(0.8)}; border-color: {t.control_edge}; }}
QLineEdit:disabled, QPlainTextEdit:disabled, QSpinBox:disabled, QDateEdit:disabled,
QComboBox:disabled {{
    background-color: {t.disabled_ground}; color: {t.disabled}; border-color: {t.hairline}; }}
QComboBox::drop-down, QDateEdit::drop-down {{ border: none; width: {px(1.9)}; }}
QComboBox::down-arrow, QDateEdit::down-arrow, QSpinBox::down-arrow, QDoubleSpinBox::down-arrow {{
    image: url("{(icons / "down.svg").as_posix()}"); width: {px(0.9)}; height: {px(0.9)}; }}
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow {{
    image: url("{(icons / "up.svg").as_posix()}"); width: {px(0.9)}; height: {px(0.9)}; }}
QSpinBox::up-button, QSpinBox::down-button, QDoubleSpinBox::up-button, QDoubleSpinBox::down-button {{
    border: none; background-color: transparent; width: {px(1.7)}; }}

QCheckBox, QRadioButton {{ color: {t.ink}; spacing: {px(0.55)}; padding: {px(0.25)}; outline: none; }}
QCheckBox:disabled, QRadioButton:disabled {{ color: {t.disabled}; }}
QCheckBox::indicator, QRadioButton::indicator, QListView::indicator, QTableView::indicator {{
    width: {px(1.0)}; height: {px(1.0)}; background-color: {t.card}; border: {px(0.1)} solid {t.control_edge}; }}
QCheckBox::indicator, QListView::indicator, QTableView::indicator {{ border-radius: {px(0.25)}; }}
QRadioButton::indicator {{ border-radius: {px(0.6)}; }}
QCheckBox::indicator:hover, QRadioButton::indicator:hover {{ border-color: {t.accent}; }}
QCheckBox::indicator:checked, QListView::indicator:checked, QTableView::indicator:checked {{
    background-color: {t.accent}; border-color: {t.accent}; image: url("{(icons / "tick.svg").as_posix()}"); }}
QRadioButton::indicator:checked {{
    border-color: {t.accent};
    background-color: qradialgradient(cx: 0.5, cy: 0.5, radius: 0.5, fx: 0.5, fy: 0.5,
        stop: 0 {t.accent}, stop: 0.58 {t.accent}, stop: 0.66 {t.card}, stop: 1 {t.card}); }}
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled {{ border-color: {t.hairline}; }}

QTabWidget::pane {{ border: none; border-top: {edge} solid {t.hairline}; }}
QTabBar::tab {{
    color: {t.quiet_ink}; padding: {px(0.5)} {px(0.9)}; border: {px(0.14)} solid transparent;
    border-bottom: {px(0.2)} solid transparent; }}
QTabBar::tab:hover {{ color: {t.ink}; }}
QTabBar::tab:selected {{ color: {t.ink}; font-weight: 600; border-bottom-color: {t.accent}; }}
QTabBar::tab:focus {{ border-color: {t.focus}; }}

QListView, QTreeView, QTableView {{
    background-color: {t.card}; alternate-background-color: {t.hover}; color: {t.ink};
    border: {edge} solid {t.control_edge}; border-radius: {px(0.3)}; gridline-color: {t.hairline};
    selection-background-color: {t.selection}; selection-color: {t.on_selection}; outline: none; }}
QListView::item, QTreeView::item {{ padding: {px(0.4)} {px(0.5)}; border: {px(0.1)} solid transparent; }}
QTableView::item {{ padding: {px(0.2)} {px(0.5)}; }}
QTableView::indicator {{ margin-right: {px(0.5)}; }}
QListView[kind="lines"] {{ border: none; background-color: transparent; }}
QListView[kind="lines"]::item {{ padding: {px(0.12)} {px(0.2)}; }}
QListView::item:hover, QTreeView::item:hover {{ background-color: {t.hover}; color: {t.ink}; }}
QListView::item:selected, QTreeView::item:selected, QTableView::item:selected {{
    background-color: {t.selection}; color: {t.on_selection}; }}
QListView::item:focus, QTreeView::item:focus, QTableView::item:focus {{ border: {px(0.14)} solid {t.focus}; }}
QListView::item:disabled, QTreeView::item:disabled {{ color: {t.disabled}; }}
QHeaderView::section {{
    background-color: {t.page}; color: {t.quiet_ink}; border: none; border-bottom: {edge} solid {t.hairline};
    padding: {px(0.4)} {px(0.5)}; font-weight: 600; }}

QProgressBar {{
    background-color: {t.track}; border: {_ring(t, t.control_edge, edge)}; border-radius: {px(0.28)};
    min-height: {px(0.55)}; max-height: {px(0.55)}; color: transparent; }}
QProgressBar::chunk {{ background-color: {t.accent}; border-radius: {px(0.26)}; }}

QScrollBar:vertical {{ background-color: transparent; width: {px(0.85)}; margin: 0; border: none; }}
QScrollBar:horizontal {{ background-color: transparent; height: {px(0.85)}; margin: 0; border: none; }}
QScrollBar::handle {{ background-color: {t.control_edge}; border-radius: {px(0.24)}; margin: {px(0.18)}; }}
QScrollBar::handle:vertical {{ min-height: {px(2)}; }}
QScrollBar::handle:horizontal {{ min-width: {px(2)}; }}
QScrollBar::handle:hover {{ background-color: {t.ink}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; border: none; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background-color: transparent; }}

QMenuBar {{ background-color: {t.page}; color: {t.ink}; border-bottom: {edge} solid {t.hairline}; }}
QMenuBar::item {{ padding: {px(0.25)} {px(0.6)}; background-color: transparent; }}
QMenuBar::item:selected {{ background-color: {t.selection}; color: {t.on_selection}; }}
QMenu {{ background-color: {t.card}; color: {t.ink}; border: {edge} solid {t.control_edge}; padding: {px(0.25)}; }}
QMenu::item {{ padding: {px(0.35)} {px(1.6)} {px(0.35)} {px(1.0)}; }}
QMenu::item:selected {{ background-color: {t.selection}; color: {t.on_selection}; }}
QMenu::item:disabled {{ color: {t.disabled}; }}
QMenu::separator {{ height: {edge}; background-color: {t.hairline}; margin: {px(0.25)} 0; }}
QToolTip {{ background-color: {t.card}; color: {t.ink}; border: {edge} solid {t.control_edge}; padding: {px(0.3)}; }}
"""


def _ring(t: Tokens, colour: str, edge: str) -> str:
    """An edge only where the ground alone would not show: in a theme whose grounds are all the same."""
    return f"{edge} solid {colour if t.card == t.page else 'transparent'}"
