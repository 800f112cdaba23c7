"""Question cards and cue cards of a bank, as a PDF to print and cut."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cqcmock.clock import Clock
from cqcmock.domain.english import kept_until
from cqcmock.domain.questions import Question, filled
from cqcmock.errors import UserError
from cqcmock.paths import resources_folder
from cqcmock.reports.cards import CardKind as CardKind
from cqcmock.reports.cards import Cards, card
from cqcmock.services import rehearsing, saving
from cqcmock.services.banks import show_bank
from cqcmock.services.reports import retention_date
from cqcmock.services.shipped import framework
from cqcmock.settings import Settings

if TYPE_CHECKING:
    from cqcmock.services.library import Library


def cards_pdf(
    questions: Sequence[Question], kind: CardKind, title: str, names: dict[str, str], settings: Settings, clock: Clock
) -> bytes:
    """These questions as cards, filled in for a place. Raises UserError where there are none."""
    from cqcmock.reports.pdf.cards import render

    if not questions:
        raise UserError("There are no questions to print.", "Choose a bank with questions, or other filters.")
    known = framework()
    return render(
        Cards(
            title=title,
            classification=settings.classification,
            retention=kept_until(retention_date(settings)),
            made_on=clock.today(),
            cards=tuple(
                card(filled(question, names), kind, themes=[known.theme_name(theme) for theme in question.themes])
                for question in questions
            ),
        ),
        resources_folder(),
    )


def write_cards(
    library: Library, bank_id: str, kind: CardKind, path: Path, settings: Settings, clock: Clock, *, place: str = ""
) -> None:
    """Write the cards of a whole bank. Raises UserError where that cannot be."""
    bank = show_bank(library, bank_id)
    names = names_for(library, settings, place)
    saving.save(path, cards_pdf(bank.questions, kind, bank.title, names, settings, clock), "The file of cards")


def names_for(library: Library, settings: Settings, place: str = "") -> dict[str, str]:
    """What stands for `{place}` and `{council}`: those of the settings' story, or of the place given."""
    set_up = rehearsing.default_set_up(library, settings)
    if place:
        set_up = rehearsing.at_place(library, set_up, place)
    return {"place": set_up.place, "council": set_up.council or f"{set_up.place} Council"}
