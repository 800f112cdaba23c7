"""A sealed copy of everything lies on a stick: whole or not there, opened by the six words, and brought back whole."""

from __future__ import annotations

import io
import os
import random
import shutil
import subprocess
import warnings
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest

from cqcmock.clock import Clock
from cqcmock.domain.audit import Deed, Kind
from cqcmock.errors import UserError
from cqcmock.paths import Location
from cqcmock.review import passphrases
from cqcmock.services import (
    audit,
    backups,
    library_keys,
    locking,
    moving_in,
    restoring,
    retention,
    sealed_backups,
    sealed_copies,
    sittings,
    wiping,
)
from cqcmock.services import library as libraries
from cqcmock.services import second_place as second
from cqcmock.services.library_keys import WrongWordsError
from cqcmock.services.sealed_backups import DamagedBackupError
from cqcmock.settings import Settings, load_settings, save_settings
from cqcmock.storage import conversion
from cqcmock.storage.folder import LIBRARY
from tests.clocks import HandClock
from tests.faults import Tell
from tests.services.locking import worlds
from tests.services.locking.worlds import OTHER_WORDS, PACK, SAID, WORDS, World, killed_at, readable_files
from tests.services.review.test_faults import files_at_most
from tests.storage.shelves import a_sitting, add

HAND = HandClock()
CLOCK = HAND.clock
NEW_STICK = "stick"


@pytest.fixture(scope="module", autouse=True)
def little_work() -> Iterator[None]:
    """scrypt is not what is tried here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passphrases, "WORK", 2)
        yield


@pytest.fixture(scope="module")
def once_locked(tmp_path_factory: pytest.TempPathFactory) -> World:
    """A library with a rehearsal, a pack that is being marked and an own key, locked for the council as well."""
    folder = tmp_path_factory.mktemp("locked")
    world = worlds.build(folder / "data", folder / "scratch")
    place = worlds.lock(world)
    shutil.rmtree(world.folder / "backups")
    with libraries.open_library(place) as library:
        backups.back_up_now(library, CLOCK)
    return world


@pytest.fixture
def world(once_locked: World, tmp_path: Path) -> World:
    return worlds.copy_of(once_locked, tmp_path / "data")


@pytest.fixture
def place(world: World) -> Location:
    return worlds.unlock(world)


@pytest.fixture
def stick(tmp_path: Path, world: World) -> Path:
    """The second place of the library's choice."""
    folder = tmp_path / NEW_STICK
    folder.mkdir()
    save_settings(world.folder, replace(load_settings(world.folder).settings, second_place=str(folder), person="Pat"))
    return folder


@pytest.fixture(scope="module")
def sealed(once_locked: World, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sealed copy, with the council's key beside it."""
    folder = tmp_path_factory.mktemp("sealed")
    save_settings(once_locked.folder, Settings(person="Pat"))
    with libraries.open_library(worlds.unlock(once_locked)) as library:
        return sealed_copies.copy_to(library, folder, newest(library), CLOCK).path


@pytest.fixture
def laptop(tmp_path: Path) -> Location:
    """A new one, on which nothing has been started yet."""
    return Location(tmp_path / "new laptop")


def newest(library: libraries.Library) -> Path:
    return backups.listed(Location(library.folder, raw_key=library.raw_key))[0].info.path


def copied(place: Location, clock: Clock = CLOCK) -> second.Outcome:
    with libraries.open_library(place) as library:
        return second.bring_up_to_date(library, clock)


def rehearsed(place: Location) -> None:
    """Something changes, and half an hour later a backup is made."""
    with libraries.open_library(place) as library:
        add(library, a_sitting())
        HAND.pass_seconds(1800)
        assert backups.back_up_if_due(library, CLOCK)


def is_whole(world: World, place: Location) -> None:
    """Every word, mark, key and setting of the world is there."""
    with libraries.open_library(place) as library:
        assert sittings.load(library, worlds.SITTING).state.open_text == SAID
        assert audit.trail(library).first_wrong is None
    from cqcmock.services import reviewer_keys, reviewing

    with reviewing.workspace(place, PACK) as workspace:
        assert workspace.sheets()[world.sheet].marks.comment == worlds.COMMENTED
    assert reviewer_keys.own_key(place) == world.own
    assert load_settings(place.folder).settings.person == "Pat"


def test_the_newest_backup_is_copied_to_the_stick_sealed_and_only_once(
    world: World, place: Location, stick: Path
) -> None:
    outcome = copied(place)
    assert outcome.copied is not None
    assert sorted(path.name for path in stick.iterdir()) == [
        outcome.copied.path.name,
        f"{sealed_backups.COUNCIL_KEY}.age",
    ]
    assert readable_files(stick, "Pat") == []
    assert outcome.copied.manifest.holds["rehearsal"] == 1
    assert copied(place) == second.Outcome()
    rehearsed(place)
    assert copied(place).copied is not None
    own = [one for one in second.status(place).copies if one.own]
    assert len(own) == 2
    assert "The newest copy" in second.status(place).in_words()
    assert not list(world.folder.rglob("review/*/backups")), "the copies of packs are gone again"


def test_a_copy_is_told_in_the_trail(place: Location, stick: Path) -> None:
    with libraries.open_library(place) as library:
        outcome = second.bring_up_to_date(library, CLOCK)
        assert outcome.copied
        last = audit.trail(library).entries[-1]
    assert (last.deed, last.why) == (Deed.BACKED_UP, "copied to a second place")
    assert last.details == {"bytes": outcome.copied.size, "rehearsals": 1}
    assert str(stick) not in str(last)


def test_everything_comes_back_on_a_new_laptop_by_the_six_words(world: World, sealed: Path, laptop: Location) -> None:
    manifest = restoring.preview(sealed, words=WORDS)
    assert restoring.in_words(manifest).endswith("and holds 1 rehearsal and 1 answer.")
    restored = restoring.restore(laptop, sealed, CLOCK, words=" ".join(word[:4] for word in WORDS.split()))
    assert (restored.put_aside, restored.left_open) == (None, False)
    is_whole(world, restored.place)
    again = locking.unlock(laptop, WORDS)
    is_whole(world, again)
    assert worlds.deeds_of(again)[-1] == "backup restored"
    assert {path.name for path in laptop.folder.iterdir()} == {"keys", LIBRARY, "review", "settings.toml"}
    assert all(path.stat().st_mode & 0o077 == 0 for path in laptop.folder.rglob("*"))


def test_the_council_brings_it_back_with_its_secret_key_and_nobody_with_another(
    world: World, sealed: Path, laptop: Location
) -> None:
    from cqcmock.review import sealing

    with pytest.raises(WrongWordsError, match="key does not open"):
        restoring.restore(laptop, sealed, CLOCK, secret=sealing.new_address()[0])
    restored = restoring.restore(laptop, sealed, CLOCK, secret=world.escrow[0])
    is_whole(world, restored.place)
    assert locking.unlock(laptop, WORDS).raw_key == restored.place.raw_key


def test_wrong_words_are_told_and_nothing_is_made(sealed: Path, laptop: Location) -> None:
    for words, sentence in ((OTHER_WORDS, "do not open"), ("wagon lemon", "2 words"), ("", "0 words")):
        with pytest.raises(WrongWordsError, match=sentence):
            restoring.restore(laptop, sealed, CLOCK, words=words)
    assert not laptop.folder.exists()


@pytest.mark.slow
def test_a_library_that_was_there_is_put_aside_whole_and_locked_with_the_same_words(
    world: World, sealed: Path, laptop: Location
) -> None:
    with libraries.open_library(laptop) as library:
        add(library, a_sitting(sitting_id="of this laptop", person="Marmalade"))
        backups.back_up_now(library, CLOCK)
    restored = restoring.restore(laptop, sealed, CLOCK, words=WORDS)
    is_whole(world, restored.place)
    assert restored.put_aside is not None
    assert not restored.left_open
    assert readable_files(laptop.folder) == []
    aside = locking.unlock(Location(restored.put_aside), WORDS)
    with libraries.open_library(aside) as library:
        assert sittings.load(library, "of this laptop").person == "Marmalade"
    assert len(backups.backups(aside)) >= 1
    assert backups.listed(restored.place) == ()


def test_a_locked_library_is_put_aside_with_its_own_keys(world: World, sealed: Path) -> None:
    restored = restoring.restore(Location(world.folder), sealed, CLOCK, words=WORDS)
    is_whole(world, restored.place)
    assert restored.put_aside is not None
    is_whole(world, locking.unlock(Location(restored.put_aside), WORDS))


def test_what_is_held_now_stays_held_and_what_was_deleted_for_good_does_not_come_back(
    world: World, sealed: Path
) -> None:
    place = worlds.unlock(world)
    with libraries.open_library(place) as library:
        gone = [one for one in retention.listed(library, place, Settings()) if one.kept.kind is Kind.SITTING]
        assert gone
        wiping.delete(library, place, gone, "They asked.", CLOCK)
        retention.hold(library, Kind.CAFE, "", "Request 12", CLOCK)
    back = restoring.restore(place, sealed, CLOCK, words=WORDS)
    with libraries.open_library(back.place) as library:
        assert sittings.recent(library) == ()
        assert [hold.why for hold in retention.holds(library)] == ["Request 12"]
        assert audit.trail(library).first_wrong is None


def test_a_library_that_is_open_is_not_replaced(sealed: Path, laptop: Location) -> None:
    with libraries.open_library(laptop) as library:
        add(library, a_sitting())
        with pytest.raises(UserError, match="Another program"):
            restoring.restore(laptop, sealed, CLOCK, words=WORDS)
    assert {path.name for path in laptop.folder.iterdir()} == {LIBRARY}


def test_a_library_without_a_lock_is_not_copied_and_that_is_said_once(tmp_path: Path) -> None:
    folder = tmp_path / NEW_STICK
    folder.mkdir()
    place = Location(tmp_path / "data")
    save_settings(place.folder, Settings(second_place=str(folder)))
    assert "Lock the library first" in copied(place).say
    assert copied(place).say == ""
    with pytest.raises(UserError, match="Lock the library first"):
        second.check_place(place, folder)
    with libraries.open_library(place) as library, pytest.raises(UserError, match="Lock the library first"):
        sealed_copies.copy_to(library, folder, backups.back_up_now(library, CLOCK).path, CLOCK)
    assert list(folder.iterdir()) == []


def test_a_stick_that_is_not_there_is_told_once_and_gets_its_copy_when_it_is_back(place: Location, stick: Path) -> None:
    stick.rmdir()
    assert "is not there" in copied(place).say
    rehearsed(place)
    assert copied(place) == second.Outcome()
    status = second.status(place)
    assert (status.there, status.missing_since is not None) == (False, True)
    assert "has not been reached since" in status.in_words()
    stick.mkdir()
    assert copied(place).copied is not None
    assert second.status(place).missing_since is None
    shutil.rmtree(stick)
    assert "is not there" in copied(place).say, "another time it is told again"


@pytest.mark.slow
def test_ten_copies_are_kept_and_what_others_keep_there_is_left_alone(
    place: Location, stick: Path, sealed: Path
) -> None:
    others = {"cqcmock-backup-20200101-090000.age": b"of somebody else", "letter.txt": b"Dear"}
    for name, content in others.items():
        (stick / name).write_bytes(content)
    for _ in range(12):
        rehearsed(place)
        outcome = copied(place)
        assert outcome.copied
    own = [one for one in sealed_copies.listed(stick, place) if one.own]
    assert len(own) == second.KEPT
    assert own[0].path == outcome.copied.path
    assert all((stick / name).read_bytes() == content for name, content in others.items())


@pytest.mark.slow
def test_after_a_change_of_words_the_copies_that_the_old_ones_open_are_replaced(place: Location, stick: Path) -> None:
    assert copied(place).copied
    changed = locking.change_key(place, OTHER_WORDS, CLOCK, computer=False)
    rehearsed(changed)
    assert copied(changed).copied
    (left,) = [path for path in stick.iterdir() if path.name.startswith("cqcmock")]
    assert restoring.preview(left, words=OTHER_WORDS).holds["rehearsal"] == 2
    with pytest.raises(WrongWordsError):
        restoring.preview(left, words=WORDS)


def test_what_was_deleted_for_good_is_in_no_copy_that_is_left(
    place: Location, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:

    for _ in range(3):
        rehearsed(place)
        assert copied(place).copied
    HAND.pass_seconds(60)
    with libraries.open_library(place) as library:
        sittings.delete_for_good(library, worlds.SITTING)
    erased: list[Path] = []
    from cqcmock.storage import conversion

    over = conversion.erase
    monkeypatch.setattr(conversion, "erase", lambda path: (erased.append(path), over(path)))
    outcome = copied(place)
    assert outcome.copied
    (left,) = sealed_copies.listed(stick, place)
    assert left.path == outcome.copied.path
    assert len(erased) == 3, "the older ones are written over"
    restored = restoring.restore(Location(stick.parent / "elsewhere"), left.path, CLOCK, words=WORDS)
    with libraries.open_library(restored.place) as library, pytest.raises(UserError):
        sittings.load(library, worlds.SITTING)
    assert copied(place) == second.Outcome()


@pytest.mark.slow
def test_two_libraries_can_share_a_folder(place: Location, stick: Path, tmp_path: Path) -> None:
    other = locking.lock(Location(tmp_path / "other"), OTHER_WORDS, CLOCK, computer=False, escrow=_address())
    save_settings(other.folder, Settings(second_place=str(stick)))
    for _ in range(11):
        rehearsed(other)
        assert copied(other).copied
    assert copied(place).copied
    assert [one.own for one in sealed_copies.listed(stick, place)].count(True) == 1
    assert len([one for one in sealed_copies.listed(stick, other) if one.own]) == second.KEPT
    assert len(list(stick.glob(f"{sealed_backups.COUNCIL_KEY}*"))) == 2


def _address() -> str:
    from cqcmock.review import sealing

    return sealing.new_address()[1]


def test_a_stick_that_is_full_is_told_and_nothing_older_is_gone(place: Location, stick: Path, fault: Tell) -> None:
    assert copied(place).copied
    before = {path.name: path.read_bytes() for path in stick.iterdir()}
    with libraries.open_library(place) as library:
        add(library, a_sitting())
        made = backups.back_up_now(library, CLOCK).path
        size = max(map(len, before.values()))
        said = []
        for room in range(0, size, size // 12):
            with files_at_most(room), pytest.raises(UserError, match=r"too little room|disk") as refused:
                sealed_copies.copy_to(library, stick, made, CLOCK)
            assert {path.name: path.read_bytes() for path in stick.iterdir()} == before
            said.append(str(refused.value))
        with files_at_most(size // 2):
            told = second.bring_up_to_date(library, CLOCK).say
            assert "could not be made" in told
            assert second.bring_up_to_date(library, CLOCK).say == ""
        assert second.bring_up_to_date(library, CLOCK).copied
    fault(
        "The stick is full while a backup is copied to it",
        area="Backups",
        tried=len(said),
        lost=0,
        corrupt=0,
        half_done=0,
        person_sees=told,
    )


def test_a_stick_that_is_pulled_out_while_it_is_written_is_told_and_leaves_nothing_that_counts(
    place: Location, stick: Path, fault: Tell
) -> None:
    assert copied(place).copied
    rehearsed(place)

    def pull_out(done: int, total: int) -> None:
        if done > total // 2 and stick.exists():
            stick.rename(stick.with_name("pulled out"))

    with libraries.open_library(place) as library:
        outcome = second.bring_up_to_date(library, CLOCK, pull_out)
        assert outcome.copied is None
        assert "is not there" in outcome.say
        stick.with_name("pulled out").rename(stick)
        assert len(sealed_copies.listed(stick, place)) == 1
        assert second.bring_up_to_date(library, CLOCK).copied
    assert not [path for path in stick.iterdir() if path.name.endswith(".unfinished")]
    assert len(sealed_copies.listed(stick, place)) == 2
    fault(
        "The stick is pulled out while a backup is copied to it",
        area="Backups",
        tried=1,
        lost=0,
        corrupt=0,
        half_done=0,
        person_sees=outcome.say,
    )


def test_a_stick_that_does_not_keep_what_was_written_is_told(
    place: Location, stick: Path, monkeypatch: pytest.MonkeyPatch, fault: Tell
) -> None:
    def spoilt(file: Any) -> None:
        file.seek(20_000)
        file.write(b"spoilt")
        file.flush()

    monkeypatch.setattr(sealed_copies, "_to_the_disk", spoilt)
    told = copied(place).say
    assert "not the same" in told
    assert [path for path in stick.iterdir() if path.name.startswith("cqcmock")] == []
    fault(
        "The stick does not keep what is written to it",
        area="Backups",
        tried=1,
        corrupt=0,
        half_done=0,
        person_sees=told,
    )


def test_a_backup_that_was_changed_or_cut_off_is_refused_and_nothing_changes(
    sealed: Path, laptop: Location, tmp_path: Path, fault: Tell
) -> None:
    _damaged_rounds(sealed, laptop, tmp_path, 25, fault)


@pytest.mark.slow
def test_eight_hundred_damaged_copies_are_all_refused(
    sealed: Path, laptop: Location, tmp_path: Path, fault: Tell
) -> None:
    _damaged_rounds(sealed, laptop, tmp_path, 400, fault)


def _damaged_rounds(sealed: Path, laptop: Location, tmp_path: Path, rounds: int, fault: Tell) -> None:
    dice = random.Random(20_261_122)
    whole = sealed.read_bytes()
    spoilt = tmp_path / sealed.name
    tried = 0
    for number in range(rounds):
        changed = bytearray(whole)
        at = dice.randrange(300) if number % 4 == 0 else dice.randrange(len(whole))
        changed[at] ^= 1 << dice.randrange(8)
        for content in (bytes(changed), whole[: dice.randrange(len(whole))]):
            spoilt.write_bytes(content)
            with pytest.raises(UserError) as told:
                restoring.restore(laptop, spoilt, CLOCK, words=WORDS)
            assert not laptop.folder.exists() or not any(laptop.folder.iterdir())
            tried += 1
    fault(
        "A backup on a stick is changed or cut off",
        area="Backups",
        tried=tried,
        corrupt=0,
        half_done=0,
        person_sees=str(told.value),
    )


def crafted(sealed: Path, to: Path, change: Callable[[dict[str, bytes]], None], **how: Any) -> Path:
    """The copy with something else in its archive, as only somebody with the words could make it."""
    with sealed.open("rb") as file:
        inside = io.BufferedReader(passphrases.reader_by_passphrase(file, WORDS))
        with zipfile.ZipFile(inside) as archive:
            files = {name: archive.read(name) for name in archive.namelist()}
    change(files)
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", **how) as archive:
        warnings.simplefilter("ignore", UserWarning)
        for name, content in files.items():
            archive.writestr(name.replace("manifest.json#", "manifest.json"), content)
    to.write_bytes(passphrases.sealed(out.getvalue(), WORDS))
    return to


def _listed(files: dict[str, bytes], name: str, content: bytes) -> None:
    import hashlib

    manifest = msgspec.json.decode(files["manifest.json"])
    manifest["files"][name] = {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    files["manifest.json"] = msgspec.json.encode(manifest)
    files[name] = content


def _manifest_says(files: dict[str, bytes], **said: object) -> None:
    files["manifest.json"] = msgspec.json.encode(msgspec.json.decode(files["manifest.json"]) | said)


def _with_key_of_another(files: dict[str, bytes]) -> None:
    other = msgspec.json.decode(files["key.json"]) | {"key": "ab" * 32}
    _listed(files, "key.json", msgspec.json.encode(other))


HOSTILE: dict[str, Callable[[dict[str, bytes]], object]] = {
    "a name that leads out": lambda files: _listed(files, "../../escaped", b"out"),
    "a name from the root": lambda files: _listed(files, "/tmp/escaped", b"out"),
    "a name with a drive": lambda files: _listed(files, "C:\\escaped", b"out"),
    "a name inside a pack": lambda files: _listed(files, f"review/{'a' * 32}/../../escaped", b"out"),
    "a name of no file of ours": lambda files: _listed(files, "autorun.inf", b"out"),
    "a folder": lambda files: _listed(files, "review/", b""),
    "a file too large for its kind": lambda files: _listed(files, "settings.toml", b"#" * 1_000_001),
    "a file that is not in the list": lambda files: files.update({"settings.toml ": b"x"}),
    "a file that is missing": lambda files: files.pop("library.sqlite"),
    "no list": lambda files: files.pop("manifest.json"),
    "a list that is none": lambda files: files.update({"manifest.json": b"[]"}),
    "a list twice": lambda files: files.update({"manifest.json#": files["manifest.json"]}),
    "another digest": lambda files: files.update({"key.json": files["key.json"].replace(b"cqcmock", b"cqcmook")}),
    "another kind": lambda files: _manifest_says(files, what="something else"),
    "a time without a zone": lambda files: _manifest_says(files, made_at="2026-11-21T09:00:00"),
    "another end of the trail": lambda files: _manifest_says(files, head="0" * 64),
    "a form of the future": lambda files: _manifest_says(files, form="9999"),
    "a key that opens nothing": _with_key_of_another,
    "no library but noise": lambda files: _listed(files, "library.sqlite", bytes(8192)),
    "an empty library": lambda files: _listed(files, "library.sqlite", b""),
    "keys of another": lambda files: _listed(files, "keys/words.age", passphrases.sealed(b"{}", WORDS)),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_archive_is_refused_and_leaves_nothing(
    what: str, sealed: Path, laptop: Location, tmp_path: Path, fault: Tell
) -> None:
    file = crafted(sealed, tmp_path / "hostile.age", HOSTILE[what])  # type: ignore[arg-type]
    before = set(tmp_path.rglob("*"))
    with pytest.raises(UserError) as told:
        restoring.restore(laptop, file, CLOCK, words=WORDS)
    assert told.value.what_to_do
    assert set(tmp_path.rglob("*")) - before <= {laptop.folder}
    fault(
        "A backup that is made to do harm is brought back",
        area="Hostile files",
        tried=1,
        half_done=0,
        person_sees=str(told.value),
    )


def test_an_archive_that_unfolds_or_has_too_many_files_is_refused(
    sealed: Path, laptop: Location, tmp_path: Path, fault: Tell
) -> None:
    bomb = crafted(
        sealed,
        tmp_path / "bomb.age",
        lambda files: _listed(files, "settings.toml", bytes(900_000)),
        compression=zipfile.ZIP_DEFLATED,
    )
    many = crafted(
        sealed,
        tmp_path / "many.age",
        lambda files: [_listed(files, f"review/{number:032x}/opened-from.txt", b"") for number in range(2001)],  # type: ignore[func-returns-value,arg-type,return-value]
    )
    for file in (bomb, many):
        with pytest.raises(DamagedBackupError) as told:
            restoring.restore(laptop, file, CLOCK, words=WORDS)
    assert not laptop.folder.exists()
    fault(
        "A backup that is made to fill the memory or the disk",
        area="Hostile files",
        tried=2,
        half_done=0,
        person_sees=str(told.value),
    )


def test_a_file_of_another_kind_and_one_that_would_take_all_memory_are_refused(
    sealed: Path, laptop: Location, tmp_path: Path
) -> None:
    greedy = sealed.read_bytes().replace(b" 2\n", b" 30\n", 1)
    for content in (b"", b"a letter", b"age-encryption.org/v1\n", greedy):
        (tmp_path / "some.age").write_bytes(content)
        with pytest.raises(DamagedBackupError):
            restoring.preview(tmp_path / "some.age", words=WORDS)
    with pytest.raises(UserError, match="cannot be read"):
        restoring.preview(tmp_path / "nowhere.age", words=WORDS)


@pytest.mark.skipif(shutil.which("age") is None, reason="the program age is not installed")
def test_the_program_age_and_a_zip_program_open_it_without_this_program(
    world: World, sealed: Path, tmp_path: Path
) -> None:
    (tmp_path / "council.txt").write_text(world.escrow[0])
    beside = sealed.with_name(f"{sealed_backups.COUNCIL_KEY}.age")
    opened = subprocess.run(
        ["age", "-d", "-i", str(tmp_path / "council.txt"), str(beside)], capture_output=True, check=True
    )
    key = msgspec.json.decode(opened.stdout)["key"]
    with zipfile.ZipFile(_opened_by_age(sealed, tmp_path)) as archive:
        assert archive.testzip() is None
        held = msgspec.json.decode(archive.read("key.json"))
        archive.extract(LIBRARY, tmp_path)
    assert held["key"] == key
    from cqcmock.storage import engine

    connection = engine.driver().connect(str(tmp_path / LIBRARY))
    connection.execute(held["type"])
    assert connection.execute("SELECT text FROM event WHERE text <> ''").fetchone()[0] == SAID
    connection.close()


def _opened_by_age(sealed: Path, scratch: Path) -> Path:
    """By its six words, which age reads from a terminal only."""
    import pty

    out = scratch / "opened.zip"
    child, terminal = pty.fork()
    if child == 0:
        os.execvp("age", ["age", "-d", "-o", str(out), str(sealed)])
    os.read(terminal, 200)
    os.write(terminal, f"{WORDS}\n".encode())
    try:
        while os.read(terminal, 1000):
            pass
    except OSError:
        pass
    assert os.waitpid(child, 0)[1] == 0
    os.close(terminal)
    return out


def restored_by_a_child(laptop: Location, sealed: Path, step: int) -> bool:
    return killed_at(step, lambda: restoring.restore(laptop, sealed, CLOCK, words=WORDS))


@pytest.mark.parametrize(
    "step",
    [
        76,
        *(
            pytest.param(step, marks=pytest.mark.slow)
            for step in (*range(1, 68, 4), *range(68, 90), *range(90, 170, 5))
        ),
    ],
)
def test_a_kill_while_it_is_restored_leaves_the_old_library_or_the_whole_copy(
    step: int, world: World, sealed: Path, laptop: Location, fault: Tell
) -> None:
    with libraries.open_library(laptop) as library:
        add(library, a_sitting(sitting_id="of this laptop"))
    killed = restored_by_a_child(laptop, sealed, step)
    if locking.is_locked(laptop):
        is_whole(world, locking.unlock(laptop, WORDS))
        (aside,) = laptop.folder.glob(f"{moving_in.ASIDE}*")
        old = Location(aside)
        old = locking.unlock(old, WORDS) if locking.is_locked(old) else old
    else:
        old = laptop
    with libraries.open_library(old) as library:
        assert [one.id for one in sittings.recent(library)] == ["of this laptop"]
    is_whole(world, restoring.restore(laptop, sealed, CLOCK, words=WORDS).place)
    assert not [path for path in laptop.folder.iterdir() if path.name.startswith("restored")]
    fault(
        "The program is killed while a backup from a stick is brought back",
        area="Backups",
        tried=int(killed),
        lost=0,
        corrupt=0,
        half_done=0,
        person_sees="The library as it was, or the whole backup with the old library put aside",
    )


@pytest.mark.parametrize("step", [24, *(pytest.param(step, marks=pytest.mark.slow) for step in range(1, 40))])
def test_a_kill_while_the_stick_is_written_leaves_only_whole_copies(
    step: int, world: World, place: Location, stick: Path, fault: Tell
) -> None:
    assert copied(place).copied
    rehearsed(place)
    killed = killed_at(step, lambda: copied(place))
    lying = sealed_copies.listed(stick, place)
    assert 1 <= len(lying) <= 2
    assert all(restoring.preview(one.path, words=WORDS).holds["rehearsal"] in (1, 2) for one in lying)
    rehearsed(place)
    assert copied(place).copied
    assert not [path for path in stick.iterdir() if path.name.endswith(".unfinished")]
    assert len(sealed_copies.listed(stick, place)) == len(lying) + 1
    fault(
        "The program is killed while a backup is copied to a stick",
        area="Backups",
        tried=int(killed),
        lost=0,
        corrupt=0,
        half_done=0,
        person_sees="Whole backups only, and the next copy is made as always",
    )


def test_a_place_that_will_not_do_is_told_before_it_is_chosen(place: Location, tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    assert second.check_place(place, tmp_path / "here") == second.SAME_DISK
    for folder, sentence in ((place.folder, "belongs to the library"), (tmp_path / "nowhere", "no folder")):
        with pytest.raises(UserError, match=sentence):
            second.check_place(place, folder)
    with pytest.raises(UserError, match="belongs to the library"):
        second.check_place(place, place.folder / "backups")


def test_without_a_second_place_nothing_is_done_and_the_status_says_what_that_means(place: Location) -> None:
    assert copied(place) == second.Outcome()
    assert "no second place" in second.status(place).in_words()
    assert not (place.folder / second.STATE).exists()


def test_a_pack_that_cannot_be_read_is_left_out_and_counted(place: Location, stick: Path) -> None:
    (pack,) = (path.parent for path in (place.folder / "review").glob("*/library.sqlite"))
    (pack / LIBRARY).write_bytes(b"nothing")
    outcome = copied(place)
    assert outcome.copied
    assert outcome.copied.manifest.left_out == 1


def test_the_key_is_in_no_name_and_in_nothing_that_is_said(place: Location, stick: Path) -> None:
    outcome = copied(place)
    assert outcome.copied
    assert place.raw_key
    said = [repr(outcome), repr(second.status(place)), (place.folder / second.STATE).read_text()]
    assert not any(place.raw_key in one or library_keys.file_key(place.raw_key).hex() in one for one in said)


def test_what_a_power_cut_left_without_its_beginning_is_swept_and_what_others_write_there_is_not(
    place: Location, stick: Path, sealed: Path
) -> None:
    torn, others = (stick / f".cqcmock-backup-20261121-09000{number}.age.unfinished" for number in range(2))
    content = sealed.read_bytes()
    torn.write_bytes(bytes(512) + content[512:])
    of_others = content.replace(content[34:50], b"A" * 16, 1)
    others.write_bytes(of_others)
    assert copied(place).copied
    assert not torn.exists()
    assert others.read_bytes() == of_others


def test_of_copies_of_one_second_the_one_made_last_is_the_newest(place: Location, stick: Path) -> None:
    with libraries.open_library(place) as library:
        made = [sealed_copies.copy_to(library, stick, newest(library), CLOCK).path for _ in range(11)]
        assert [one.path for one in sealed_copies.listed(stick, place)] == made[::-1]
        made[0].unlink()
        made.append(sealed_copies.copy_to(library, stick, newest(library), CLOCK).path)
    assert [one.path for one in sealed_copies.listed(stick, place)] == made[:0:-1]


def test_a_copy_that_is_written_over_has_no_copys_name_any_more(
    place: Location, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with libraries.open_library(place) as library:
        made = sealed_copies.copy_to(library, stick, newest(library), CLOCK).path
    still: list[tuple[sealed_copies.Lying, ...]] = []
    monkeypatch.setattr(conversion, "erase", lambda _path: still.append(sealed_copies.listed(stick, place)))
    sealed_copies.erase(made)
    assert still == [()]
