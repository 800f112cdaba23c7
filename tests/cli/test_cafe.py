"""The café on the command line: others' lists come from releases, and the full record says that it is confidential."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from cqcmock.domain.cafe.cards import CardKind
from cqcmock.paths import Location
from cqcmock.services import library as libraries
from cqcmock.services.cafe import cards, closing, deleting, planning
from cqcmock.services.cafe.papers import CONFIDENTIAL
from tests.cli.conftest import Run
from tests.clocks import HandClock
from tests.services.cafe.hands import DAY, begun, people_came, plan, themed

HAND = HandClock()
SECRETS = ("Lighthouse", "Windmill", "Harbour", "Parking", "My manager shouts")


@pytest.fixture
def there(cqcmock: Run, tmp_path: Path) -> SimpleNamespace:
    """The ids of a session that is closed, one that is planned, and one that was closed and deleted."""
    with libraries.open_library(Location(tmp_path / "data")) as library:
        ids = []
        for _ in range(2):
            cafe = begun(library, HAND)
            people_came(cafe, North=5, South=5, Harbour=2)
            themed(cafe, CardKind.WORRY, "Forms", 6)
            themed(cafe, CardKind.WORRY, "Parking", 2)
            cards.write(cafe.cards, CardKind.WORRY, "My manager shouts", psw_only=True)
            planning.change_details(
                library, cafe, HAND.clock, day=DAY, place="Windmill", title="Lighthouse", team="Harbour"
            )
            cafe.run.finish()
            closing.close(library, cafe, HAND.clock, same_people=False)
            ids.append(cafe.id)
        deleting.delete(library, ids[1], HAND.clock)
        return SimpleNamespace(closed=ids[0], deleted=ids[1], planned=plan(library, HAND, team="Harbour"))


def test_before_there_is_a_session_the_list_says_so(cqcmock: Run) -> None:
    assert cqcmock("cafe", "list").out == "No café session has been closed yet.\n"
    assert cqcmock("cafe", "list", "--json").data == []
    assert "has been planned yet" in cqcmock("cafe", "list", "--for", "psw").out


def test_others_are_listed_and_shown_the_release_alone(cqcmock: Run, there: SimpleNamespace) -> None:
    listed = cqcmock("cafe", "list", "--json")
    (one,) = listed.data
    assert one == cqcmock("cafe", "show", there.closed, "--json").data
    assert (one["session"], one["minutes"], one["people"], one["k"]) == (there.closed, 45, 12, 5)
    assert one["tables"]["worries"] == [{"name": "Forms", "share": "k-or-more"}]
    shown = cqcmock("cafe", "show", there.closed)
    assert one["practised"] == ["you-said-we-did"]
    assert "\nPractised: “You said, we did”.\n" in shown.out
    assert "12 people came." in shown.out
    assert "  Forms: five or more people" in shown.out
    for outcome in (listed, shown, cqcmock("cafe", "list"), cqcmock("cafe", "show", there.closed, "--json")):
        assert (outcome.status, outcome.err) == (0, "")
        assert there.closed in outcome.out or outcome is shown
        assert not any(secret in outcome.out for secret in (*SECRETS, there.planned, there.deleted))


def test_the_full_list_and_session_say_that_they_are_confidential(cqcmock: Run, there: SimpleNamespace) -> None:
    data = cqcmock("cafe", "list", "--for", "psw", "--json").data
    assert data["confidential"] is True
    assert {one["id"]: one["state"] for one in data["sessions"]} == {there.closed: "closed", there.planned: "planning"}
    assert cqcmock("cafe", "list", "--for", "psw").out.startswith(CONFIDENTIAL)
    shown = cqcmock("cafe", "show", there.closed, "--for", "psw")
    assert shown.out.startswith(CONFIDENTIAL)
    whole = cqcmock("cafe", "show", there.closed, "--for", "psw", "--json")
    assert whole.data["confidential"] is True
    for secret in SECRETS:
        assert secret in shown.out
        assert secret in whole.out
    assert {"team": "Harbour", "role": "Social worker", "people": 2} in whole.data["groups"]
    assert whole.data["in_no_theme"] == [{"kind": "worry", "text": "My manager shouts", "psw_only": True}]
    assert "hand" not in json.dumps(whole.data["themes"])
    assert whole.data["released"]["people"] == 12


def test_what_is_not_closed_or_not_there_is_said_in_a_sentence(
    cqcmock: Run, there: SimpleNamespace, tmp_path: Path
) -> None:
    out = tmp_path / "a.html"
    for session, words in (
        (there.planned, "not closed yet"),
        (there.deleted, "no closed café session"),
        ("nothing", "no longer in the library"),
    ):
        for asked in (("show", session), ("report", session, "--out", out)):
            refused = cqcmock("cafe", *asked, "--json")
            assert (refused.status, refused.out) == (1, "")
            assert words in refused.err
            assert refused.err.count("\n") == 1
    for paper in ("psw", "facilitator", "posters"):
        assert cqcmock("cafe", "report", there.deleted, "--out", out, "--for", paper).status == 1
    assert not out.exists()


def test_reports_are_written_and_leaders_is_the_default(cqcmock: Run, there: SimpleNamespace, tmp_path: Path) -> None:
    out = tmp_path / "a.html"
    written = cqcmock("cafe", "report", there.closed, "--out", out, "--next", "2027-01-14", "--json")
    assert written.data == {"session": there.closed, "for": "leaders", "report": str(out), "confidential": False}
    page = out.read_text(encoding="utf-8")
    assert "14 January 2027" in page
    assert not any(secret in page for secret in SECRETS)
    full = cqcmock("cafe", "report", there.closed, "--out", out, "--for", "psw")
    assert CONFIDENTIAL in full.out
    assert all(secret in out.read_text(encoding="utf-8") for secret in SECRETS)
    pdf = tmp_path / "sheet.pdf"
    assert cqcmock("cafe", "report", there.planned, "--out", pdf, "--for", "facilitator").status == 0
    assert pdf.read_bytes().startswith(b"%PDF")


def test_what_cannot_be_asked_for_is_refused(cqcmock: Run, there: SimpleNamespace, tmp_path: Path) -> None:
    out = tmp_path / "a.html"
    posters = cqcmock("cafe", "report", there.planned, "--out", out, "--for", "posters")
    assert (posters.status, "no question yet" in posters.err) == (1, True)
    late = cqcmock("cafe", "report", there.planned, "--out", out, "--for", "facilitator", "--next", "2027-01-14")
    assert (late.status, "Only a summary" in late.err) == (1, True)
    assert cqcmock("cafe", "report", there.closed, "--out", tmp_path / "a.docx").status == 1
    assert cqcmock("cafe", "show", there.closed, "--for", "everybody").status == 2
    assert not out.exists()
