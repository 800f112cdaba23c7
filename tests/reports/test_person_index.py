"""The first page of a person's own export: everything escaped, and links to files beside it only."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cqcmock.reports.content import Run
from cqcmock.reports.html import render
from cqcmock.reports.person_index import NOT_LOCKED, index_document

NAME = "Ann <script>alert(1)</script> & Co"


def data(**more: Any) -> dict[str, Any]:
    empty: dict[str, Any] = dict.fromkeys(
        (
            *("rehearsals", "actions_owned", "packs_sent", "packs_reviewed", "packs_open_here", "sheets_marked"),
            *("reviewer_keys", "facts_owned", "you_said_we_did", "cafe_sessions_open", "audit"),
        ),
        (),
    )
    own = {"person": NAME, "spellings": [NAME], "made_at": "2026-11-21T09:00:00Z", "mentioned": {}}
    return {**empty, **own, "own_key": None, "settings": None, **more}


def page(**more: Any) -> str:
    document = index_document(data(**more), classification="OFFICIAL", retention="", made_on=date(2026, 11, 21))
    return render(document)


def test_a_page_about_somebody_of_whom_there_is_nothing_still_says_what_it_is() -> None:
    assert NOT_LOCKED in page()
    assert "There are none under this name." in page()
    assert 'href="data.json"' in page()


def test_what_people_wrote_is_never_markup() -> None:
    action = {"what": "<b>Ring</b>", "owner": NAME, "due": "2027-01-05", "done": None}
    shown = page(actions_owned=[action], mentioned={"answers and notes": 3})

    assert "<script" not in shown
    assert "&lt;b&gt;Ring&lt;/b&gt;" in shown
    assert "due 5 January 2027" in shown
    assert "answers and notes: 3" in shown


@pytest.mark.parametrize(
    "link",
    ["../secret.pdf", "/etc/passwd", "a/b.html", "javascript:alert(1)", "file:x.pdf", ".html", "x.exe", "X.pdf\n"],
)
def test_a_link_leads_to_a_plain_file_beside_the_page_or_nowhere(link: str) -> None:
    assert Run("here", link=link).address == ""


def test_a_plain_file_beside_the_page_is_a_link() -> None:
    assert Run("here", link="rehearsal-1.pdf").address == "rehearsal-1.pdf"
