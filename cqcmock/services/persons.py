"""A person's own: whom the library knows by name, everything about one of them exported, or erased, in one deed.

Rehearsals without a name are nobody's here. People's words that mention somebody are theirs who wrote them: they are
counted for whoever decides, and stay.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cqcmock import storage
from cqcmock.clock import Clock
from cqcmock.domain.audit import Deed, Details, Entry, Kind
from cqcmock.domain.english import listed_in_quotes
from cqcmock.domain.person import Where as Where
from cqcmock.domain.person import is_erased, key_of, look_alikes
from cqcmock.domain.retention import Hold
from cqcmock.errors import UserError
from cqcmock.paths import Location
from cqcmock.services import copies, pack_folders, person_data, retention, reviewer_keys, reviewing, wiping
from cqcmock.services.cafe.holding import SOMEBODY
from cqcmock.services.copies import Cleaned
from cqcmock.services.sealed_files import SEALED
from cqcmock.settings import FILE_NAME, PUT_ASIDE, load_settings, save_settings

if TYPE_CHECKING:
    from cqcmock.services.library import Library
    from cqcmock.storage.library import UnitOfWork
    from cqcmock.storage.persons import Theirs


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A name that the library knows: where it stands and how often. `look_alikes` may be the same person's."""

    name: str
    spellings: tuple[str, ...]
    where: Mapping[Where, int]
    look_alikes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """What erasing somebody takes away (`gone`), and what stays without their name (`renamed`), each counted.

    `mentions` are words of others that name them: those stay. `holds` keep it from being done. `unread` are packs on
    this computer that cannot be read, so that nobody knows whom they name; `nameless` rehearsals bear no name. Once
    it is done, `cleaned` says how far the copies of the library were cleaned.
    """

    person: str
    gone: Mapping[Where, int]
    renamed: Mapping[Where, int]
    mentions: Mapping[str, int]
    holds: tuple[Hold, ...] = ()
    look_alikes: tuple[str, ...] = ()
    unread: int = 0
    nameless: int = 0
    cleaned: Cleaned | None = None

    @property
    def is_nothing(self) -> bool:
        """Whether nothing here bears that name."""
        return not self.gone and not self.renamed


class NobodyError(UserError):
    """Nothing here bears the name."""


def people(library: Library, place: Location | None = None) -> tuple[Person, ...]:
    """Every name that the library knows, in alphabetical order; with `place` those in packs and settings there too."""
    with library.reading() as session:
        names = storage.persons.names(session)
    if place is not None:
        names[Where.OPENED] = Counter(person_data.names_in_open_packs(place))
        if (own := load_settings(place.folder).settings.person).strip():
            names[Where.SETTINGS] = Counter([own])
    spelt: dict[str, Counter[str]] = {}
    where: dict[str, Counter[Where]] = {}
    for at, counted in names.items():
        for name, number in counted.items():
            if not is_erased(name) and key_of(name) not in ("", key_of(SOMEBODY)):
                weight = 0 if at is Where.KEY else number  # keys are kept in small letters
                spelt.setdefault(key_of(name), Counter())[" ".join(name.split())] += weight
                where.setdefault(key_of(name), Counter())[at] += number
    shown = {key: _as_mostly_written(counted) for key, counted in sorted(spelt.items())}
    return tuple(
        Person(
            name=name,
            spellings=tuple(sorted(spelt[key])),
            where={at: where[key][at] for at in Where if where[key][at]},
            look_alikes=look_alikes(name, shown.values()),
        )
        for key, name in shown.items()
    )


def _as_mostly_written(spelt: Counter[str]) -> str:
    return min(spelt, key=lambda name: (-spelt[name], name))


def known(library: Library, place: Location, person: str) -> tuple[str, ...]:
    """Other names that may be this person's. Raises NobodyError, with those, where nothing here bears the name."""
    others = [one.name for one in people(library, place)]
    alike = look_alikes(person, others)
    if key_of(storage.text.clean(person)) not in map(key_of, others):
        raise NobodyError(
            f"Nobody here is called “{' '.join(person.split())}”.",
            f"Did you mean {listed_in_quotes(alike)}?" if alike else "“cqcmock person list” shows the names there are.",
        )
    return alike


def would_erase(library: Library, place: Location, person: str) -> Erasure:
    """What `erase` would do, worked out by doing it in a unit of work that is not kept. Changes nothing."""
    opened, unread = person_data.open_packs_naming(place, person)
    with library.writing() as work:
        found = storage.persons.theirs(work, person)
        held = _holds(work, place, found, opened)
        nameless = storage.persons.nameless(work)
        changed = storage.persons.erase(work, found)
        mentioned = storage.persons.mentions(work, person)
    gone = {**changed.gone, **_beside(place, person, opened)}
    alike = look_alikes(person, [one.name for one in people(library, place)])
    return Erasure(
        person=" ".join(person.split()),
        gone=gone,
        renamed=changed.renamed,
        mentions=mentioned,
        holds=held,
        look_alikes=alike,
        unread=unread,
        nameless=nameless,
    )


def erase(library: Library, place: Location, person: str, why: str, clock: Clock) -> Erasure:
    """Erase one person: their things go, and others' things name them no more. Cut short, it is finished by another go.

    `why` stands in the audit trail for good, and so may not name them. Raises UserError, having changed nothing, for a
    name that nothing bears, and where a hold stands on anything that would go or change.
    """
    reason = " ".join(storage.text.clean(why).split())
    if not reason:
        raise UserError("There is no reason yet.", "Say why, such as “asked for by the person”.")
    if key_of(person) in key_of(reason):
        raise UserError(
            "The reason names the person, and it stands in the audit trail for good.", "Say why without the name."
        )
    try:
        alike = known(library, place, person)
    except NobodyError:
        return _finished(library, place, person)
    opened, unread = person_data.open_packs_naming(place, person)
    with library.writing() as work:
        found = storage.persons.theirs(work, person)
        if held := _holds(work, place, found, opened):
            raise storage.holds.held(held[0])
        nameless = storage.persons.nameless(work)
        changed = storage.persons.erase(work, found)
        mentioned = storage.persons.mentions(work, person)
        gone = {**changed.gone, **_beside(place, person, opened)}
        storage.audit.add_all(work, _told(found, opened, gone, changed.renamed, reason, clock))
        work.commit()
    _erase_beside(place, person, opened)
    cleaned = clean_copies(library, place, person)
    return Erasure(
        person=" ".join(person.split()),
        gone=gone,
        renamed=changed.renamed,
        mentions=mentioned,
        look_alikes=alike,
        unread=unread,
        nameless=nameless,
        cleaned=cleaned,
    )


def _finished(library: Library, place: Location, person: str) -> Erasure:
    """What an earlier erasure left in copies of the library is cleaned. Raises NobodyError where there is nothing."""
    with library.reading() as session:
        before = any(True for _ in storage.audit.entries(session, (Deed.PERSON_ERASED,)))
    if before:
        _erase_beside(place, person, ())
    cleaned = clean_copies(library, place, person) if before else Cleaned()
    if not (cleaned.backups or cleaned.put_aside or cleaned.erased):
        known(library, place, person)
    return Erasure(person=" ".join(person.split()), gone={}, renamed={}, mentions={}, cleaned=cleaned)


def _told(
    found: Theirs,
    opened: Sequence[tuple[str, bool]],
    gone: Mapping[Where, int],
    renamed: Mapping[Where, int],
    why: str,
    clock: Clock,
) -> list[Entry]:
    """What the trail says: what was deleted, by id, and how much of each kind; nobody's name."""
    at = clock.wall()
    things = [(Kind.SITTING, one) for one in found.sittings] + [(Kind.OPENED_PACK, pack) for pack, _ in opened]
    for_good: Details = {"rule": "everything about one person", "for good": 1}
    entries = [
        Entry(at=at, deed=Deed.DELETED, kind=kind, subject=one, why=why, details=for_good) for kind, one in things
    ]
    counts = {where.name.lower(): number for where, number in (*gone.items(), *renamed.items())}
    return [*entries, Entry(at=at, deed=Deed.PERSON_ERASED, kind=Kind.PERSON, why=why, details=counts)]


def _holds(work: UnitOfWork, place: Location, found: Theirs, opened: Sequence[tuple[str, bool]]) -> tuple[Hold, ...]:
    """The holds on anything that would go, or be changed: what somebody has asked for is given as it was."""
    by_kind: dict[Kind, set[str]] = {Kind.PERSON: {""}}
    for kind, one in storage.persons.touched(work, found):
        by_kind.setdefault(kind, set()).add(one)
    held = [hold for kind, ids in by_kind.items() for hold in storage.holds.keeping(work, kind, ids).values()]
    standing = storage.holds.standing(work)
    folders = (retention.opened_pack_folder(place, pack) for pack, _ in opened)
    held += [hold for folder in folders if (hold := reviewing.hold_on_pack(standing, place, folder))]
    return tuple({hold.id: hold for hold in held}.values())


def clean_copies(library: Library, place: Location, person: str) -> Cleaned:
    """Leave nothing of somebody who was erased in the file's free room, its log, and the copies of the library.

    Raises UserError where a file cannot be cleaned: another go finishes it.
    """
    if place.database_url:
        return Cleaned()
    gone = {Kind.PERSON: frozenset([key_of(storage.text.clean(person))])}
    cleaned = copies.clean(place, gone, lambda: storage.retention.write_anew(library))
    (place.folder / copies.NOTE).unlink(missing_ok=True)  # it tells whoever guesses the name that it was looked for
    wiping.finish(library, place)
    return cleaned


def _beside(place: Location, person: str, opened: Sequence[tuple[str, bool]]) -> dict[Where, int]:
    """What goes that is not in the library: packs on this computer, and the name in the settings."""
    is_them = key_of(load_settings(place.folder).settings.person) == key_of(person)
    counts = {Where.OPENED: len(opened), Where.SETTINGS: int(is_them)}
    return {where: number for where, number in counts.items() if number}


def _erase_beside(place: Location, person: str, opened: Sequence[tuple[str, bool]]) -> None:
    """Packs on this computer, and in the settings the name, with the reviewer's key that is theirs."""
    for pack, _ in opened:
        pack_folders.wipe(retention.opened_pack_folder(place, pack))
    settings, path = load_settings(place.folder).settings, place.folder / FILE_NAME
    try:
        if key_of(settings.person) == key_of(person):
            key = place.folder / reviewer_keys.FOLDER / reviewer_keys.FILE
            for one in (key, key.with_name(key.name + SEALED)):
                storage.conversion.erase(one)
            old = path.with_name(path.name + storage.conversion.ERASED)
            old.unlink(missing_ok=True)
            with suppress(OSError):  # a stick knows one name for a file
                old.hardlink_to(path)
            save_settings(place.folder, replace(settings, person=""))
            storage.conversion.erase(old)
        aside = place.folder / PUT_ASIDE
        if aside.exists() and key_of(person) in key_of(aside.read_text("utf-8", "replace")):
            storage.conversion.erase(aside)
    except OSError as error:
        raise UserError(
            f"What the settings say of this person could not be erased: {error.strerror or error}.",
            "Everything in the library is erased. Free some space, then erase the person again.",
        ) from error
