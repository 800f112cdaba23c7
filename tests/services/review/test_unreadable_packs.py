"""A pack whose files are damaged here hides no other, says what to do, and is opened anew or forgotten."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest

from cqcmock.domain.review import SheetState
from cqcmock.errors import UserError
from cqcmock.paths import Location
from cqcmock.review import pack_file, sealing
from cqcmock.services import pack_folders, reviewer_keys, reviewing
from cqcmock.services.packing import MadePack
from cqcmock.storage import engine
from tests.faults import Tell
from tests.services.review.hands import CLOCK, HAND, Laptops, Send, marks
from tests.some_quickly import some_quickly


class Two(NamedTuple):
    """Two packs on Ann's laptop, one sheet of each submitted; the folder is that of the first."""

    place: Location
    hurt: MadePack
    sound: MadePack
    folder: Path

    @property
    def library(self) -> Path:
        return self.folder / "library.sqlite"


@pytest.fixture
def two(send: Send, laptops: Laptops) -> Two:
    place, packs = laptops("Ann Example"), (send(), send())
    for pack in packs:
        HAND.pass_seconds(60)
        with reviewing.open_pack(place, pack.path, CLOCK) as workspace:
            workspace.submit(workspace.order[0], marks(2), CLOCK)
    return Two(place, *packs, pack_folders.folder_of(place, packs[0].pack.id))


def execute(library: Path, statement: str, *values: object) -> None:
    connection = engine.connect(library)
    try:
        connection.execute(statement, values)
    finally:
        connection.close()


def half_deleted(two: Two) -> None:
    two.library.unlink()


def rubbish(two: Two) -> None:
    two.library.write_bytes(b"not a library any more")


def empty(two: Two) -> None:
    two.library.write_bytes(b"")


def cut_off(two: Two) -> None:
    two.library.write_bytes(two.library.read_bytes()[:9000])


def of_another_program(two: Two) -> None:
    two.library.unlink()
    two.library.touch()
    execute(two.library, "CREATE TABLE recipe (name TEXT)")


def pack_no_json(two: Two) -> None:
    execute(two.library, "UPDATE opened_pack SET payload = substr(payload, 1, 100)")


def pack_contradicts_itself(two: Two) -> None:
    execute(two.library, "UPDATE opened_pack SET payload = replace(payload, '\"expected\":2', '\"expected\":3')")


def pack_no_text(two: Two) -> None:
    execute(two.library, "UPDATE opened_pack SET payload = CAST(x'ff' AS TEXT) || substr(payload, 2)")


def pack_gone(two: Two) -> None:
    execute(two.library, "DELETE FROM opened_pack")


def marks_no_json(two: Two) -> None:
    execute(two.library, "UPDATE marked_sheet SET payload = 'xyz'")


Damage = Callable[[Two], None]
DAMAGES: list[Damage] = [
    half_deleted, rubbish, empty, cut_off, of_another_program,
    pack_no_json, pack_contradicts_itself, pack_no_text, pack_gone, marks_no_json,
]  # fmt: skip
NEVER_OPENED = [damage for damage in DAMAGES if damage is not marks_no_json]
every_damage = pytest.mark.parametrize("damage", DAMAGES)


def listed(place: Location) -> dict[bool, reviewing.PackSummary]:
    """The two packs, by whether they are damaged."""
    found = reviewing.workspaces(place)
    assert len(found) == 2
    return {one.damaged: one for one in found}


@every_damage
def test_a_damaged_pack_is_listed_with_what_to_do_and_hides_no_other(two: Two, damage: Damage, fault: Tell) -> None:
    damage(two)
    for _ in range(2):
        found = listed(two.place)
        assert found[False].id == two.sound.pack.id
        assert found[False].tally.received == 1
        trouble = found[True].trouble
        assert trouble is not None
        assert trouble.what_happened == (
            f"What you marked in “{two.hurt.path.name}” is damaged on this computer and cannot be read."
        )
        assert trouble.what_to_do.startswith("Open the pack again from its file to mark it anew, or forget it")
        assert found[True].file_name == two.hurt.path.name
    fault(
        "What a reviewer marked is damaged on the laptop",
        area="Marking",
        tried=1,
        corrupt=0,
        person_sees=f"{trouble.what_happened} {trouble.what_to_do}",
    )


@every_damage
def test_beside_a_damaged_pack_the_other_is_found_by_id_file_name_and_sheet(two: Two, damage: Damage) -> None:
    damage(two)
    path = two.sound.path
    for name in (two.sound.pack.id, str(path), path.name):
        with reviewing.workspace(two.place, name) as workspace:
            assert workspace.pack.id == two.sound.pack.id
            sheet = workspace.order[1]
    with reviewing.workspace_of_sheet(two.place, sheet) as workspace:
        assert workspace.pack.id == two.sound.pack.id


@pytest.mark.parametrize("damage", some_quickly(NEVER_OPENED, every=4))
@pytest.mark.parametrize("name", ["id", "file", "file name", "as it is listed"])
def test_a_damaged_pack_is_forgotten_by_whatever_name_and_the_other_stays(two: Two, damage: Damage, name: str) -> None:
    damage(two)
    names = {"id": two.hurt.pack.id, "file": str(two.hurt.path), "file name": two.hurt.path.name}
    asked = names.get(name) or listed(two.place)[True].id
    with pytest.raises(reviewing.DamagedPackError, match="damaged"):
        reviewing.workspace(two.place, asked)
    reviewing.forget(two.place, asked)
    assert [one.id for one in reviewing.workspaces(two.place)] == [two.sound.pack.id]
    assert not two.folder.exists()


@pytest.mark.parametrize("damage", NEVER_OPENED)
def test_a_damaged_pack_opened_again_from_its_file_is_marked_anew_and_nothing_is_deleted(
    two: Two, damage: Damage, fault: Tell
) -> None:
    damage(two)
    before = sorted(path.name for path in two.folder.iterdir())
    for again in (False, True):
        with reviewing.open_pack(two.place, two.hurt.path, CLOCK) as workspace:
            assert workspace.begun_anew is not again
            state = SheetState.DRAFT if again else SheetState.UNTOUCHED
            assert workspace.sheets()[workspace.order[0]].state is state
            workspace.save(workspace.order[0], marks(1), CLOCK)
    aside = [one for one in reviewing.workspaces(two.place) if one.damaged]
    assert len(reviewing.workspaces(two.place)) == 3
    (one,) = aside
    assert one.trouble is not None
    assert "before you opened it anew" in one.trouble.what_happened
    (folder,) = (two.place.folder / reviewer_keys.FOLDER).glob("*.damaged-*")
    assert len(list(folder.iterdir())) >= len(before)
    reviewing.forget(two.place, one.id)
    assert not folder.exists()
    with reviewing.workspace(two.place, two.hurt.pack.id) as workspace:
        assert workspace.sheets()[workspace.order[0]].state is SheetState.DRAFT
    fault("A damaged pack is opened again", area="Marking", tried=1, person_sees=one.trouble.what_happened)


def test_a_pack_that_is_damaged_twice_is_put_aside_twice(two: Two) -> None:
    for _ in range(2):
        rubbish(two)
        reviewing.open_pack(two.place, two.hurt.path, CLOCK).close()
    assert [one.damaged for one in reviewing.workspaces(two.place)].count(True) == 2


def test_a_pack_that_only_cannot_be_read_now_is_not_called_damaged_and_is_not_put_aside(two: Two) -> None:
    execute(two.library, "UPDATE alembic_version SET version_num = '9999'")
    unread = [one for one in reviewing.workspaces(two.place) if one.trouble]
    assert [(one.damaged, one.file_name) for one in unread] == [(False, two.hurt.path.name)]
    with pytest.raises(UserError, match="newer version"):
        reviewing.open_pack(two.place, two.hurt.path, CLOCK)
    assert two.library.exists()
    assert len(reviewing.workspaces(two.place)) == 2


def test_a_pack_of_which_even_the_name_is_lost_is_listed_and_forgotten(two: Two) -> None:
    shutil.rmtree(two.folder)
    two.folder.mkdir()
    one = listed(two.place)[True]
    assert one.file_name == pack_folders.NAMELESS
    with pytest.raises(reviewing.NotOpenedError, match=rf"{two.folder.name}  .*\(cannot be read\)") as refused:
        reviewing.workspace(two.place, "nothing")
    assert two.sound.path.name in str(refused.value)
    reviewing.forget(two.place, one.id)
    assert len(reviewing.workspaces(two.place)) == 1


def test_whatever_byte_of_its_files_is_changed_the_other_pack_is_listed(two: Two, fault: Tell) -> None:
    dice = random.Random(20_261_122)
    whole, tried = two.library.read_bytes(), 0
    for _ in range(60):
        for left in two.folder.glob("library.*"):
            left.unlink()
        changed = bytearray(whole)
        for _ in range(8):
            changed[dice.randrange(len(changed))] = dice.randrange(256)
        two.library.write_bytes(changed)
        assert two.sound.pack.id in {one.id for one in reviewing.workspaces(two.place)}
        tried += 1
    fault(
        "Bytes of a pack on the laptop are changed",
        area="Marking",
        tried=tried,
        lost=0,
        person_sees="The other packs, as before",
    )


def another_owners(pack: MadePack, place: Location, path: Path) -> Path:
    """A pack of another owner's, in which the sheets are called as in this one."""
    own = reviewer_keys.own_key(place)
    content = pack_file.read_pack(sealing.open_with_keys(pack.path.read_bytes(), [own.secret]))
    other = replace(content, pack=replace(content.pack, id="another-owners"))
    path.write_bytes(sealing.seal_to(pack_file.written_pack(other), own.address))
    return path


def test_a_sheet_that_is_in_two_packs_is_marked_in_neither_until_it_is_said_which(two: Two, tmp_path: Path) -> None:
    other = another_owners(two.hurt, two.place, tmp_path / "other.cqcpack")
    with reviewing.open_pack(two.place, other, CLOCK) as workspace:
        sheet = workspace.order[0]
    with pytest.raises(UserError) as refused:
        reviewing.workspace_of_sheet(two.place, sheet)
    for word in (two.hurt.path.name, two.hurt.pack.id, "other.cqcpack", "another-owners", "--pack"):
        assert word in str(refused.value)
    for name in (two.hurt.pack.id, "another-owners"):
        with reviewing.workspace_of_sheet(two.place, sheet, name) as workspace:
            assert workspace.pack.id == name
    with pytest.raises(UserError, match="no sheet"):
        reviewing.workspace_of_sheet(two.place, sheet, two.sound.pack.id)


@contextmanager
def held_open(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every folder is held open by another program, as Windows has it: it cannot be renamed."""
    rename = Path.rename

    def refuse(path: Path, to: Path) -> Path:
        if path.is_dir():
            raise PermissionError(13, "The process cannot access the file")
        return rename(path, to)

    with monkeypatch.context() as held:
        held.setattr(Path, "rename", refuse)
        yield


def test_a_pack_that_something_else_holds_open_is_not_forgotten_and_stays_whole(
    two: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    with held_open(monkeypatch), pytest.raises(UserError, match=r"could not be wiped.*cannot access"):
        reviewing.forget(two.place, two.hurt.pack.id)
    assert len(reviewing.workspaces(two.place)) == 2
    with reviewing.workspace(two.place, two.hurt.pack.id) as workspace:
        assert workspace.sheets()[workspace.order[0]].state is SheetState.SUBMITTED


def test_what_could_not_be_deleted_of_a_forgotten_pack_is_wiped_when_packs_are_listed_again(
    two: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    def half(folder: Path, **how: object) -> None:
        (folder / "library.sqlite").unlink(missing_ok=True)
        if not how.get("ignore_errors"):
            raise PermissionError(13, "The process cannot access the file")

    with monkeypatch.context() as held:
        held.setattr(shutil, "rmtree", half)
        with pytest.raises(UserError, match="no longer among those here"):
            reviewing.forget(two.place, two.hurt.pack.id)
    review = two.place.folder / reviewer_keys.FOLDER
    assert len(list(review.glob(".gone-*"))) == 1
    assert [one.id for one in reviewing.workspaces(two.place)] == [two.sound.pack.id]
    assert list(review.glob(".*")) == []


def test_a_pack_that_cannot_be_put_in_its_place_is_told_and_leaves_nothing(
    send: Send, laptops: Laptops, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, place = send(), laptops("Ann Example")
    with held_open(monkeypatch), pytest.raises(UserError, match=r"could not be written.*cannot access"):
        reviewing.open_pack(place, made.path, CLOCK)
    assert [path.name for path in (place.folder / reviewer_keys.FOLDER).iterdir()] == [reviewer_keys.FILE]
    reviewing.open_pack(place, made.path, CLOCK).close()


def test_a_damaged_pack_that_something_else_holds_open_is_not_opened_anew_and_nothing_is_lost(
    two: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    half_deleted(two)
    with held_open(monkeypatch), pytest.raises(UserError, match="cannot be put aside"):
        reviewing.open_pack(two.place, two.hurt.path, CLOCK)
    assert two.folder.exists()
