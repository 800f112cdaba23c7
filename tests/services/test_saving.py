"""Files that somebody asked for: what a kill left behind goes at the next save, and nothing of anybody else's."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from cqcmock.errors import UserError
from cqcmock.services import saving
from tests.faults import Tell

KILLED = """
import os, signal, sys
from pathlib import Path
from cqcmock.services import saving
with saving.saved_after(Path(sys.argv[1]), b"half of it", "The return"):
    os.kill(os.getpid(), signal.SIGKILL)
"""


def kill_while_saving(path: Path) -> Path:
    """Save a file in a program that is killed before it is there, and return what it left."""
    before = set(path.parent.iterdir())
    subprocess.run([sys.executable, "-c", KILLED, str(path)], check=False)
    (left,) = set(path.parent.iterdir()) - before
    return left


@pytest.mark.skipif(sys.platform == "win32", reason="no signals")
@pytest.mark.parametrize("name", ["return", "[a-z]*.cqcreturn", "For Ann – été (1).cqcreturn"])
def test_what_a_kill_left_of_a_file_is_gone_after_it_is_saved_again(tmp_path: Path, name: str, fault: Tell) -> None:
    path = tmp_path / name
    killed = 0
    for _ in range(2):
        assert kill_while_saving(path).read_bytes() == b"half of it"
        killed += 1
    saving.save(path, b"all of it", "The return")
    assert list(tmp_path.iterdir()) == [path]
    assert path.read_bytes() == b"all of it"
    fault(
        "The program is killed while a file is saved",
        area="Exporting",
        tried=killed,
        half_done=0,
        person_sees="The whole file, after it is saved again, and nothing left beside it",
    )


def test_files_of_others_are_never_touched_however_they_are_called(tmp_path: Path) -> None:
    path = tmp_path / "return"
    others = [
        ".return.abcdefgh",
        ".return.swp",
        ".return.abcdefgh.cqcmock.bak",
        ".return.abcdefghi.cqcmock",
        ".return.ABCDEFGH.cqcmock",
        ".returns.abcdefgh.cqcmock",
        ".other.abcdefgh.cqcmock",
        "return.abcdefgh.cqcmock",
        ".return.cqcmock",
    ]
    for name in others:
        (tmp_path / name).write_bytes(b"somebody else's")
    (tmp_path / ".return.directry.cqcmock").mkdir()
    saving.save(path, b"all of it", "The return")
    assert {one.name for one in tmp_path.iterdir()} == {*others, ".return.directry.cqcmock", "return"}
    assert all((tmp_path / name).read_bytes() == b"somebody else's" for name in others)


def test_a_file_that_is_being_saved_is_not_taken_for_one_that_was_left_behind(tmp_path: Path) -> None:
    path = tmp_path / "return"
    with saving.saved_after(path, b"the first", "The return"):
        saving.save(path, b"the second", "The return")
        assert path.read_bytes() == b"the second"
    assert path.read_bytes() == b"the first"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_gone_is_told_in_a_sentence(tmp_path: Path, fault: Tell) -> None:
    with pytest.raises(UserError, match="The return could not be written") as told:
        saving.save(tmp_path / "pulled out" / "return", b"all of it", "The return")
    fault("The stick is pulled out before a file is saved", area="Exporting", tried=1, person_sees=str(told.value))
