"""The model behind the list of cards, and which theme is meant by what somebody types."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, QPersistentModelIndex
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from cqcmock.domain.cafe.cards import CardKind
from cqcmock.services.cafe import cards
from ui.cafe.cards_meant import meant, themes_of
from ui.cafe.cards_model import CardModel, CardRow
from ui.cafe.hand import Hand


@given(
    steps=st.lists(
        st.lists(st.tuples(st.integers(0, 12), st.sampled_from(["x", "y"])), unique_by=lambda one: one[0], max_size=10),
        min_size=1,
        max_size=5,
    )
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_model_tells_views_exactly_what_changes(qapp: QApplication, steps: list[list[tuple[int, str]]]) -> None:
    model = CardModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    for step in steps:
        rows = tuple(CardRow(str(number), text, "") for number, text in step)
        kept: dict[str, QPersistentModelIndex] = {
            row.id: QPersistentModelIndex(model.index(at)) for at, row in enumerate(model.rows)
        }
        resets: list[int] = []
        model.modelReset.connect(lambda resets=resets: resets.append(1))
        model.show(rows)
        assert model.rows == rows
        for at, row in enumerate(rows):
            if row.id in kept and not resets:
                assert kept[row.id].row() == at
    assert model.rowCount(QModelIndex()) == len(model.rows)


def test_a_theme_is_meant_by_its_number_its_name_or_the_beginning_of_one_alone(cafe: Hand) -> None:
    for name in ("Ringing back", "Ringing round", "Duty"):
        cards.make_theme(cafe.opened.cards, CardKind.PRIDE, name)
    themes = themes_of(cafe.opened.cards.state, CardKind.PRIDE)
    assert meant(themes, "3").theme == themes[2]
    assert meant(themes, "du").theme == themes[2]
    assert meant(themes, "ringing BACK ").theme == themes[0]
    assert meant(themes, "Ringing").new == "Ringing"
    assert meant(themes, "0").problem
    assert meant(themes, "  ").problem
