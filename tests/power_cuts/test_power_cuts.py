"""The power fails at any moment of each deed: nothing is damaged, nothing that was announced is lost, nothing is half
done."""

from __future__ import annotations

import pytest

from tests.power_cuts.cutting import Result, cut, quick_folder, record
from tests.power_cuts.deeds import DEEDS

CUTS = 300
A_FEW = 20
QUICK = "saving"


def cut_short(name: str, cuts: int, request: pytest.FixtureRequest) -> Result:
    """Cut the power on a deed, and note what came of it as properties of the test, as `record_property` does (which
    warns where the report is of today's form)."""
    with quick_folder() as folder:
        recording = record(name, folder / "recording")
        cuts_folder = folder / "cuts"
        cuts_folder.mkdir()
        result = cut(recording, cuts, cuts_folder)
    request.node.user_properties.extend(result.as_properties().items())
    return result


def test_a_few_power_cuts_while_an_answer_is_typed_lose_no_word_that_was_kept(
    request: pytest.FixtureRequest,
) -> None:
    result = cut_short(QUICK, A_FEW, request)
    assert result.harmless, str(result)
    assert result.tried == A_FEW


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("name", DEEDS)
def test_three_hundred_power_cuts_damage_nothing_lose_nothing_and_leave_nothing_half_done(
    name: str, request: pytest.FixtureRequest
) -> None:
    result = cut_short(name, CUTS, request)
    assert result.harmless, str(result)
    assert result.tried == CUTS
    assert result.amid > CUTS // 20, "hardly anything was under way when the power failed"
