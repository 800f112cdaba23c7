"""Two people whose things are in each other's: each marked the other's answers and owns something in the other's.

What one of them said is known by words that stand nowhere else, so that a search of every byte finds what is left.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cqcmock import storage
from cqcmock.domain.reflection import Action, Reflection
from cqcmock.domain.rubric import AnswerMarks, MarkSheet
from cqcmock.domain.story import Fact, Place, Story
from cqcmock.paths import Location
from cqcmock.services import library as libraries
from cqcmock.services import merging, packing, reviewer_keys, reviewing, sittings, stories
from cqcmock.services.cafe import holding, planning
from cqcmock.services.packing import Wanted
from cqcmock.settings import Settings, save_settings
from cqcmock.storage.cafe_records import SaidEntry
from tests.clocks import HandClock
from tests.played import planned, played

if TYPE_CHECKING:
    from cqcmock.services.library import Library

ANWEN: Final = "Anwen Quillfeather"
BEDE: Final = "Bede Thistlewood"
SPELLINGS: Final = (ANWEN, "ANWEN QUILLFEATHER", "Anwen  Quillfeather")
HER_WORDS: Final = ("marmalade", "paprika", "zeppelin")
"""In her answers, in her reflection and own marks, and in a note to her."""

HER_OPINION: Final = "bassoon"
"""In what she wrote about his answers: that is about him, and stays."""

STORY: Final = Story(
    place=Place(id="riverton", name="Riverton", council="Riverton Council", checked_on=date(2026, 11, 1)),
    facts=(
        Fact(id="carers", label="Carers", value="9", as_of=date(2026, 1, 1), source="us", owner="anwen quillfeather"),
        Fact(id="homes", label="Homes", value="12", as_of=date(2026, 1, 1), source="us", owner=BEDE),
    ),
)


def entangled(folder: Path, work: Path) -> tuple[str, str]:
    """Fill the library in a folder; `work` is for the reviewers' laptops and files. Returns her sitting and his."""
    place, hand = Location(folder), HandClock()
    with libraries.open_library(place) as library:
        for what in ("Made", "Looked through"):
            stories.save(library, STORY, what, hand.clock)
        hers = _rehearsed(library, hand, ANWEN, BEDE, "marmalade")
        second = played(library, hand, answers=("Only marmalade here.",), person=SPELLINGS[1])
        sittings.delete(library, second, hand.clock)
        his = _rehearsed(library, hand, BEDE, SPELLINGS[2], "fennel")
        _reviewed(library, hand, work, hers, BEDE, "Well told, says the ocarina.")
        _reviewed(library, hand, work, his, ANWEN, "Clear, says the bassoon.", note="For you, with zeppelin.")
        for owner in (SPELLINGS[1], BEDE):
            with library.writing() as unit:
                said = SaidEntry(id=f"said-{owner[:2]}", said="The form is long.", opened_at=hand.wall, owner=owner)
                storage.cafe_said.save(unit, replace(said, did="Cut."))
                unit.commit()
        order = planning.order_from(planning.templates(library)[0], 60).order
        session = planning.plan_session(library, order, hand.clock, day=date(2026, 12, 1), place="Library")
        holding.take(library, session.id, ANWEN, hand.clock)
        save_settings(folder, replace(Settings(), person=ANWEN))
        reviewer_keys.own_key(place)
        libraries.back_up_now(library)
    return hers, his


def _rehearsed(library: Library, hand: HandClock, person: str, owner: str, word: str) -> str:
    plan = replace(planned(library, questions=2), story=STORY)
    words = (f"A carer told us of {word} last month.", f"We are sure of {word}.")
    sitting = played(library, hand, plan, answers=words, replied=f"It was {word}.", person=person)
    own = AnswerMarks(levels={"answered": 2}, comment=f"I said {'paprika' if word == 'marmalade' else 'sorrel'}.")
    sittings.submit_marks(library, sitting, MarkSheet(answers={0: own}, overall=2), hand.clock)
    reflection = Reflection(proud=f"The {'paprika' if word == 'marmalade' else 'sorrel'}.")
    action = Action(id=f"action-{person[:2].lower()}", what="Ring the carers", owner=owner, due=date(2027, 1, 5))
    sittings.finish_reflection(library, sitting, reflection, (action,), hand.clock)
    return sitting


def _reviewed(
    library: Library, hand: HandClock, work: Path, sitting: str, reviewer: str, comment: str, note: str = ""
) -> None:
    from tests.services.review.hands import all_out, marks

    laptop = Location(work / reviewer)
    key = reviewer_keys.own_key(laptop)
    wanted = Wanted(sittings=(sitting,), reviewer=reviewer, note=note)
    ready = packing.draft(library, wanted, hand.clock)
    sent = packing.seal(library, ready, all_out(ready), work / f"{reviewer}.pack", hand.clock, address=key.address)
    with reviewing.open_pack(laptop, sent.path, hand.clock) as workspace:
        hand.pass_seconds(60)
        for sheet in workspace.answers:
            workspace.submit(sheet, marks(2, comment=comment), hand.clock)
        hand.pass_seconds(60)
        for code in workspace.wholes():
            workspace.save_whole(code, 3, comment, hand.clock)
        back = work / f"{reviewer}.return"
        workspace.make_return(back, hand.clock, reviewer_secret=key.signing)
    taken = merging.take_in(library, merging.look(library, [back], hand.clock))
    assert not taken.refused
