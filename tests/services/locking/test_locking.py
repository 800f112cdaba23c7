"""The lock of a library, with everything in it: no word lost, none left readable, whatever comes in between."""

from __future__ import annotations

import shutil
import traceback
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from cqcmock.domain.audit import Deed
from cqcmock.errors import UserError, without_words
from cqcmock.paths import Location
from cqcmock.review import passphrases
from cqcmock.services import library as libraries
from cqcmock.services import library_keys, locking, one_at_a_time, sealed_files
from cqcmock.storage import backups, conversion, engine
from cqcmock.storage.errors import DamagedLibraryError, LibraryBusyError, LockedError
from cqcmock.storage.folder import LIBRARY
from tests.faults import Tell
from tests.keyrings import MemoryKeyring
from tests.services.locking import worlds
from tests.services.locking.worlds import CLOCK, OTHER_WORDS, WORDS, World, deeds_of, lock, unlock
from tests.storage.shelves import a_sitting, add


def test_locked_nothing_in_the_whole_folder_can_be_read_and_unlocked_everything_is_there(world: World) -> None:
    assert len(worlds.readable_files(world.folder)) >= 8, "or the check finds nothing"
    before = Location(world.folder)
    place = lock(world)
    assert worlds.readable_files(world.folder) == []
    assert worlds.left_half_done(world.folder) == []
    with pytest.raises(LockedError):
        libraries.open_library(before)
    worlds.everything_is_there(world, place)
    worlds.everything_is_there(world, unlock(world))
    assert deeds_of(place).count(Deed.LOCKED) == 1
    assert worlds.readable_files(world.folder) == []


def test_with_the_lock_off_again_everything_is_there_and_nothing_has_the_old_lock(locked: World) -> None:
    place = unlock(locked)
    assert place.raw_key
    after = locking.remove_lock(place, CLOCK)
    assert after.raw_key is None
    assert not locking.is_locked(after)
    worlds.everything_is_there(locked, after)
    assert worlds.opened_by(locked.folder, place.raw_key) == []
    assert worlds.left_half_done(locked.folder) == []
    assert not (locked.folder / library_keys.FOLDER).exists()
    assert deeds_of(after)[-1] == Deed.LOCK_REMOVED


def test_after_a_change_of_key_the_old_words_and_the_old_key_open_nothing(locked: World) -> None:
    old = unlock(locked)
    assert old.raw_key
    assert len(worlds.opened_by(locked.folder, old.raw_key)) >= 6, "or the check finds nothing"
    new = locking.change_key(old, OTHER_WORDS, CLOCK, computer=False)
    assert worlds.opened_by(locked.folder, old.raw_key) == []
    assert worlds.readable_files(locked.folder) == []
    assert worlds.left_half_done(locked.folder) == []
    with pytest.raises(locking.WrongWordsError):
        unlock(locked)
    with pytest.raises(UserError, match="No council key"):
        locking.unlock_by_escrow(old, locked.escrow[0])
    worlds.everything_is_there(locked, unlock(locked, OTHER_WORDS))
    assert deeds_of(new)[-1] == Deed.KEY_CHANGED
    content = passphrases.opened((locked.folder / "keys" / "words.age").read_bytes(), OTHER_WORDS)
    assert old.raw_key.encode() not in content, "the new key does not carry the old one along"


@pytest.mark.slow
def test_a_place_that_was_unlocked_before_the_key_was_changed_is_told_so(locked: World) -> None:
    old = unlock(locked)
    locking.change_key(old, OTHER_WORDS, CLOCK, computer=False)
    for deed in (
        lambda: locking.change_key(old, WORDS, CLOCK, computer=False),
        lambda: locking.remove_lock(old, CLOCK),
        lambda: locking.trust_computer(old, True),
    ):
        with pytest.raises(LockedError, match="another key meanwhile"):
            deed()
    worlds.everything_is_there(locked, unlock(locked, OTHER_WORDS))


def test_a_person_who_lost_the_keyring_gets_the_library_back_with_the_six_words_on_paper(
    world: World, keyring: MemoryKeyring
) -> None:
    place = Location(world.folder)
    locking.lock(place, WORDS, CLOCK, computer=True)
    assert locking.unlock_by_computer(place) is not None
    keyring.lost()
    assert locking.unlock_by_computer(place) is None
    with pytest.raises(LockedError):
        libraries.open_library(place)
    on_paper = "1. WAGO, 2. lemon 3. Vivid\n4. orbi 5. thumb 6. cradle"
    again = locking.unlock(place, on_paper)
    worlds.everything_is_there(world, again)
    locking.trust_computer(again, True)
    locking.tell_recovered(again, CLOCK)
    by_keyring = locking.unlock_by_computer(place)
    assert by_keyring is not None
    worlds.everything_is_there(world, by_keyring)
    assert deeds_of(again)[-1] == Deed.RECOVERED


@pytest.mark.slow
def test_the_same_with_the_work_that_real_words_take(world: World, keyring: MemoryKeyring) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passphrases, "WORK", 17)
        words = locking.new_words()
        locking.lock(Location(world.folder), words, CLOCK, computer=True)
        keyring.lost()
        worlds.everything_is_there(world, locking.unlock(Location(world.folder), words))


def test_the_council_opens_it_with_its_secret_key_and_with_no_other(locked: World) -> None:
    place = Location(locked.folder)
    worlds.everything_is_there(locked, locking.unlock_by_escrow(place, locked.escrow[0]))
    from cqcmock.review.sealing import new_address

    with pytest.raises(locking.WrongWordsError):
        locking.unlock_by_escrow(place, new_address()[0])
    with pytest.raises(UserError, match="not a secret key"):
        locking.unlock_by_escrow(place, "AGE-SECRET-KEY-1NONE")


def test_a_public_key_that_is_none_is_told_and_nothing_is_locked(world: World) -> None:
    with pytest.raises(UserError, match="council’s public key"):
        locking.lock(Location(world.folder), WORDS, CLOCK, computer=False, escrow="age1nonsense")
    worlds.everything_is_there(world, Location(world.folder))
    assert not locking.is_locked(Location(world.folder))


def test_a_keyring_that_keeps_nothing_is_told_and_nothing_is_locked(world: World, keyring: MemoryKeyring) -> None:
    keyring.locked = True
    with pytest.raises(UserError, match="keyring of this computer did not keep"):
        locking.lock(Location(world.folder), WORDS, CLOCK, computer=True)
    assert not locking.is_locked(Location(world.folder))
    keyring.locked = False
    assert keyring.kept == {}


@pytest.mark.slow
def test_a_keyring_that_is_locked_leaves_the_words_as_the_way_in(world: World, keyring: MemoryKeyring) -> None:
    locking.lock(Location(world.folder), WORDS, CLOCK, computer=True)
    keyring.locked = True
    assert locking.unlock_by_computer(Location(world.folder)) is None
    assert unlock(world).raw_key


@pytest.mark.slow
def test_the_keyring_can_be_told_to_forget(world: World, keyring: MemoryKeyring) -> None:
    place = locking.lock(Location(world.folder), WORDS, CLOCK, computer=True)
    locking.trust_computer(place, False)
    assert keyring.kept == {}
    assert locking.unlock_by_computer(place) is None
    assert not locking.status(place).ways.computer


@pytest.mark.slow
def test_a_change_of_key_takes_the_old_one_out_of_the_keyring(world: World, keyring: MemoryKeyring) -> None:
    place = locking.lock(Location(world.folder), WORDS, CLOCK, computer=True)
    before = dict(keyring.kept)
    place = locking.change_key(place, OTHER_WORDS, CLOCK, computer=True)
    assert len(keyring.kept) == 1
    assert not before.keys() & keyring.kept.keys()
    assert locking.unlock_by_computer(Location(world.folder)) == place
    locking.remove_lock(place, CLOCK)
    assert keyring.kept == {}


def test_a_library_that_is_open_elsewhere_is_neither_locked_nor_changed(world: World, locked: World) -> None:
    with libraries.open_library(Location(world.folder)) as library, library.reading() as session:
        session.connection()
        with pytest.raises(LibraryBusyError):
            lock(world)
    worlds.everything_is_there(world, Location(world.folder))
    assert not locking.is_locked(Location(world.folder))


def test_an_open_library_keeps_its_lock_on(locked: World) -> None:
    place = unlock(locked)
    with libraries.open_library(place) as library, library.reading() as session:
        session.connection()
        for deed in (
            lambda: locking.change_key(place, OTHER_WORDS, CLOCK, computer=False),
            lambda: locking.remove_lock(place, CLOCK),
        ):
            with pytest.raises(LibraryBusyError):
                deed()
    worlds.everything_is_there(locked, unlock(locked))


def test_a_pack_that_is_open_elsewhere_undoes_what_was_begun(world: World) -> None:
    (pack,) = (path for path in (world.folder / "review").glob("*/library.sqlite"))
    with engine_open(pack), pytest.raises(LibraryBusyError):
        lock(world)
    assert not locking.is_locked(Location(world.folder))
    worlds.everything_is_there(world, Location(world.folder))


def engine_open(path: Path):  # type: ignore[no-untyped-def]
    from contextlib import contextmanager

    @contextmanager
    def opened() -> Iterator[None]:
        connection = engine.connect(path)
        connection.execute("pragma journal_mode=wal").fetchall()
        connection.execute("begin")
        connection.execute("select count(*) from sqlite_master").fetchall()
        try:
            yield
        finally:
            connection.close()

    return opened()


def test_two_programs_take_turns_at_the_lock(locked: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(one_at_a_time, "PATIENCE_SECONDS", 0.05)
    with one_at_a_time.alone_with(locked.folder), pytest.raises(LibraryBusyError, match="at work on the lock"):
        unlock(locked)
    assert unlock(locked).raw_key


def test_a_library_that_is_locked_is_not_locked_again(locked: World) -> None:
    with pytest.raises(UserError, match="locked already"):
        lock(locked, OTHER_WORDS)
    worlds.everything_is_there(locked, unlock(locked))


def test_a_folder_without_a_library_gets_a_locked_one(tmp_path: Path) -> None:
    place = locking.lock(Location(tmp_path / "new"), WORDS, CLOCK, computer=False)
    with libraries.open_library(place) as library:
        add(library, a_sitting(person=worlds.NAMED))
    assert worlds.readable_files(tmp_path) == []
    assert (tmp_path / "new" / "keys").stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "new").rglob("*") if path.is_file()} == {0o600}


def test_a_library_on_a_server_is_told_of_in_a_sentence(tmp_path: Path) -> None:
    place = Location(tmp_path, "postgresql://nobody@nowhere/none")
    for deed in (
        lambda: locking.lock(place, WORDS, CLOCK, computer=False),
        lambda: locking.unlock(place, WORDS),
        lambda: locking.unlock_by_escrow(place, "AGE-SECRET-KEY-1"),
        lambda: locking.change_key(place, WORDS, CLOCK, computer=False),
        lambda: locking.remove_lock(place, CLOCK),
        lambda: locking.trust_computer(place, True),
    ):
        with pytest.raises(UserError, match="kept on a database server"):
            deed()
    assert locking.unlock_by_computer(place) is None
    assert not locking.status(place).locked
    assert list(tmp_path.iterdir()) == []


def test_without_a_lock_there_is_nothing_to_unlock_change_or_take_off(world: World) -> None:
    place = Location(world.folder)
    assert locking.unlock_by_computer(place) is None
    for deed in (
        lambda: locking.change_key(place, WORDS, CLOCK, computer=False),
        lambda: locking.remove_lock(place, CLOCK),
        lambda: locking.trust_computer(place, True),
    ):
        with pytest.raises(LockedError, match="no lock"):
            deed()
    worlds.everything_is_there(world, place)


def test_a_driver_without_sqlcipher_locks_nothing_and_opens_nothing_that_is_locked(
    world: World, locked: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sqlite3.dbapi2

    monkeypatch.setattr(engine, "driver", lambda: sqlite3.dbapi2)
    with pytest.raises(UserError, match="cannot lock or unlock"):
        lock(world)
    assert not locking.is_locked(Location(world.folder))
    with pytest.raises(UserError, match="sqlcipher3"):
        unlock(locked)
    with pytest.raises(UserError, match="cannot open a locked library"):
        libraries.open_library(Location(world.folder.parent / "new", raw_key="5a" * 32))


def test_no_key_and_no_word_stands_in_anything_that_is_shown_or_logged(locked: World) -> None:
    place = unlock(locked)
    key = place.raw_key
    assert key
    known = library_keys.by_words(locked.folder, WORDS)
    seal = library_keys.seal_of(locked.folder, key)
    shown = [repr(place), str(place), repr(known), repr(replace(known, previous=key)), repr(seal)]
    try:
        unlock(locked, OTHER_WORDS)
    except UserError as error:
        shown += ["".join(traceback.format_exception(error)), without_words(error)]
    broken = locked.folder / "keys" / "seal"
    broken.write_bytes(b"broken")
    try:
        library_keys.seal_of(locked.folder, key)
    except UserError as error:
        shown += [str(error), without_words(error)]
    assert len(shown) == 9
    secrets = [key, seal.file_key.hex(), repr(seal.file_key), *WORDS.split(), *OTHER_WORDS.split()]
    assert not [(secret, text) for secret in secrets for text in shown if secret in text]


@pytest.mark.slow
def test_a_damaged_backup_keeps_nobody_from_locking_and_is_sealed_as_it_is(world: World) -> None:
    damaged = world.folder / "backups" / worlds.DAMAGED
    content = damaged.read_bytes()
    place = lock(world)
    assert not damaged.exists()
    assert sealed_files.read(place.raw_key, damaged) == content
    plain = locking.remove_lock(place, CLOCK)
    assert damaged.read_bytes() == content
    assert worlds.MADE in {one.made_at for one in backups.sound(plain.folder)}


def test_a_damaged_library_is_not_locked_and_not_lost(world: World, fault: Tell) -> None:
    worlds.spoil(world.folder / LIBRARY)
    content = (world.folder / LIBRARY).read_bytes()
    with pytest.raises(DamagedLibraryError) as told:
        lock(world)
    assert not locking.is_locked(Location(world.folder))
    kept = told.value.put_aside_as or world.folder / LIBRARY
    assert kept.read_bytes()[100:] == content[100:], "but for the header, which says who wrote last"
    assert worlds.MADE in {one.made_at for one in backups.sound(world.folder)}
    fault(
        "The library is damaged when the lock is put on",
        area="Locking",
        tried=1,
        lost=0,
        person_sees=str(told.value).replace(kept.name, "library.damaged-….sqlite"),
    )


def test_a_backup_that_shares_its_file_with_another_name_costs_neither_of_them(locked: World) -> None:
    """As a power cut leaves it while a backup is put in the library's place."""
    place = unlock(locked)
    (locked.folder / "library.replaced-20261121-090000.sqlite").hardlink_to(locked.folder / LIBRARY)
    worlds.everything_is_there(locked, unlock(locked))
    assert place == unlock(locked)


def test_a_sealed_key_outlives_a_kill_while_the_open_one_was_erased(locked: World) -> None:
    """The open one is half written over and still there: it must not be taken for the newer of the two."""
    own = locked.folder / "review" / "own-key.json"
    own.write_bytes(bytes(40))
    worlds.everything_is_there(locked, unlock(locked))
    assert not own.exists()


def test_the_leavings_of_a_backup_between_two_names_are_brought_under_the_lock(world: World) -> None:
    copy = next(one.path for one in backups.sound(world.folder) if one.made_at == worlds.MADE)
    lock(world)
    copy.rename(f"{copy}{conversion.WRITTEN}")
    shutil.copy(world.folder / LIBRARY, f"{copy}{conversion.ERASED}")
    worlds.everything_is_there(world, unlock(world))
    assert worlds.left_half_done(world.folder) == []
