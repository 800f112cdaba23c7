"""A file is the old one or the whole new one, whichever step fails."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cqcmock.atomic import write_atomically
from tests.faults import Tell


def test_the_new_content_replaces_the_old_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(b"old")
    write_atomically(path, b"new")
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("step", ["fsync", "replace", "chmod"])
def test_a_step_that_fails_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, fault: Tell
) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(b"old")

    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(*((os, step) if step == "fsync" else (Path, step)), fail)
    with pytest.raises(OSError, match="No space left"):
        write_atomically(path, b"new")
    monkeypatch.undo()
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]
    fault(
        "The disk refuses a step of saving a file",
        area="Exporting",
        tried=1,
        lost=0,
        half_done=0,
        person_sees="The old file, whole, and nothing beside it",
    )
