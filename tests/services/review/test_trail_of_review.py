"""The audit trail through a peer review, a report and an import: what it tells, and what it never holds."""

from __future__ import annotations

import hashlib
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cqcmock.domain.audit import Deed, Kind
from cqcmock.errors import UserError
from cqcmock.review import pack_file, sealing
from cqcmock.services import audit, bank_files, reports, reviewer_keys, reviewing
from cqcmock.settings import Settings
from cqcmock.storage import engine
from tests.services.review.hands import CLOCK, Laptops, Send, marked, merged

if TYPE_CHECKING:
    from cqcmock.services.library import Library


def deeds(library: Library) -> list[tuple[str, str]]:
    """All but the backups that are made before something is taken in."""
    return [(entry.deed, entry.subject) for entry in audit.trail(library).entries if entry.deed != Deed.BACKED_UP]


def test_a_pack_its_return_and_its_merging_stand_in_both_trails_and_nobody_is_named(
    library: Library, send: Send, laptops: Laptops, sitting: str, tmp_path: Path
) -> None:
    before = len(deeds(library))
    made = send()
    laptop = laptops("Ann Example")
    back = marked(laptop, made.path, tmp_path / "back", 2, 1)
    merged(library, back)
    reports.write_report(library, sitting, tmp_path / "f.pdf", Settings(), CLOCK)

    trail = audit.trail(library)
    assert trail.first_wrong is None
    assert deeds(library)[before:] == [
        (Deed.PACK_MADE, made.pack.id),
        (Deed.RETURN_MERGED, made.pack.id),
        (Deed.REPORT_MADE, sitting),
    ]
    with reviewing.workspace(laptop, made.pack.id) as workspace:
        *_, returned = audit.trail(workspace.library).entries
    assert (returned.deed, returned.kind) == (Deed.RETURN_MADE, Kind.OPENED_PACK)
    assert returned.details["sha256"] == hashlib.sha256(back.read_bytes()).hexdigest()
    everything = str([*trail.entries, returned])
    assert not any(word in everything for word in ("Ann", "Example", "Hertfordshire", "carers"))


def test_the_same_return_again_adds_nothing_to_the_trail(
    library: Library, send: Send, laptops: Laptops, tmp_path: Path
) -> None:
    back = marked(laptops("Ann Example"), send().path, tmp_path / "back", 2, 1)
    merged(library, back)
    once = audit.head(library)
    merged(library, back)
    assert audit.head(library) == once


@pytest.mark.parametrize("ending", [".pdf", ".html"])
def test_a_report_ends_with_the_head_before_it_and_its_digest_stands_in_the_trail(
    library: Library, sitting: str, tmp_path: Path, ending: str
) -> None:
    before = audit.head(library)
    path = tmp_path / f"f{ending}"
    reports.write_report(library, sitting, path, Settings(), CLOCK)
    words = " ".join(reports.page_words(path.read_bytes())) if ending == ".pdf" else path.read_text("utf-8")
    assert f"Audit trail when this was made: {before}" in words if before.count else "no entries yet" in words
    last = audit.trail(library).entries[-1]
    assert last.details["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_report_that_could_not_be_written_is_not_in_the_trail(library: Library, sitting: str, tmp_path: Path) -> None:
    before = audit.head(library)
    with pytest.raises(UserError):
        reports.write_report(library, sitting, tmp_path / "no" / "f.pdf", Settings(), CLOCK)
    assert audit.head(library) == before


def test_a_pack_carries_the_head_so_that_whoever_has_it_sees_whether_the_end_was_cut_off(
    library: Library, send: Send, laptops: Laptops, sitting: str, tmp_path: Path
) -> None:
    reports.write_report(library, sitting, tmp_path / "f.pdf", Settings(), CLOCK)
    before = audit.head(library)
    made = send()
    secret = reviewer_keys.own_key(laptops("Ann Example")).secret
    content = pack_file.read_pack(sealing.open_with_keys(made.path.read_bytes(), [secret]))
    assert (content.audit_entries, content.audit_head) == (before.count, before.hash)
    raw(library, f"DELETE FROM audit WHERE number >= {before.count}")
    cut = audit.trail(library)
    assert cut.first_wrong is None, "a chain that lost its end is whole in itself"
    assert cut.head.count < content.audit_entries


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE audit SET why = 'because' WHERE number = 2",
        "UPDATE audit SET details = '{}' WHERE number = 2",
        "UPDATE audit SET details = 'nonsense' WHERE number = 2",
        "UPDATE audit SET at = '2020-01-01 00:00:00.000000' WHERE number = 2",
        "DELETE FROM audit WHERE number = 2",
    ],
)
def test_an_entry_that_somebody_changed_in_the_file_is_found_at_its_number(
    library: Library, sitting: str, tmp_path: Path, change: str
) -> None:
    for number in range(3):
        reports.write_report(library, sitting, tmp_path / f"{number}.html", Settings(), CLOCK)
    assert audit.trail(library).first_wrong is None
    raw(library, change)
    assert audit.trail(library).first_wrong == 2


def raw(library: Library, statement: str) -> None:
    assert library.path is not None
    with closing(engine.connect(library.path)) as connection:
        assert connection.execute(statement).rowcount


def test_an_import_is_told_by_the_id_of_its_bank(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text(BANK, encoding="utf-8")
    bank_files.take_in(library, bank_files.preview(library, file, CLOCK), CLOCK)
    assert deeds(library)[-1] == (Deed.IMPORTED, "own")


BANK = """
[bank]
id = "own"
title = "Own questions"
version = 1
checked_on = 2026-11-21
framework = "cqc-la-2023"
roles = ["lead-member"]
language = "en-GB"

[[question]]
id = "one"
text = "What do carers tell you?"
kind = "question"
statements = ["QS3"]
themes = ["communities"]
prepare_seconds = 15
target_seconds = 120
limit_seconds = 180
source = "council"
source_note = "Asked of everybody here."
strong = ["says what carers said"]
avoid = []

  [[question.point]]
  id = "carers"
  label = "Unpaid carers"
  phrases = ["unpaid carer"]
  probe = "Where do unpaid carers fit in?"

  [[question.probe]]
  cue = "always"
  text = "How do you know?"
"""
