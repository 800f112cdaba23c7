"""The power fails at any moment of each deed: nothing is damaged, nothing that was announced is lost, nothing is half
done."""

from __future__ import annotations

import pytest

from tests.faults import Tell
from tests.power_cuts.cutting import Result, cut, quick_folder, record
from tests.power_cuts.deeds import DEEDS

CUTS = 300
A_FEW = 20
QUICK = "saving-a-little"


def cut_short(name: str, cuts: int, fault: Tell) -> Result:
    """Cut the power on a deed, and tell what came of it."""
    with quick_folder() as folder:
        recording = record(name, folder / "recording")
        cuts_folder = folder / "cuts"
        cuts_folder.mkdir()
        result = cut(recording, cuts, cuts_folder)
    fault(
        result.fault,
        area="Power",
        tried=result.tried,
        lost=len(result.lost),
        corrupt=len(result.corrupt),
        half_done=len(result.half_done),
        person_sees=result.person_sees,
    )
    return result


def test_a_few_power_cuts_while_an_answer_is_typed_lose_no_word_that_was_kept(fault: Tell) -> None:
    result = cut_short(QUICK, A_FEW, fault)
    assert result.harmless, str(result)
    assert result.tried == A_FEW


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", DEEDS)
def test_three_hundred_power_cuts_damage_nothing_lose_nothing_and_leave_nothing_half_done(
    name: str, fault: Tell
) -> None:
    result = cut_short(name, CUTS, fault)
    assert result.harmless, str(result)
    assert result.tried == CUTS
    assert result.amid > CUTS // 20, "hardly anything was under way when the power failed"
