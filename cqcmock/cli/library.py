"""`library`: the lock put on, opened, changed and taken off; how things stand, and whether all of it is sound."""

from __future__ import annotations

import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from cqcmock.cli import passphrases
from cqcmock.cli.arguments import named, text
from cqcmock.cli.context import TRIES, AsJson, by_hand, given, library_of, show, where
from cqcmock.clock import system_clock
from cqcmock.domain.audit import Entry, Head
from cqcmock.domain.english import count, listed
from cqcmock.errors import UserError
from cqcmock.paths import Location
from cqcmock.services import audit, library_checks, locking
from cqcmock.services.library_checks import LibraryStatus

WordsOut = Annotated[Path | None, typer.Option(help="Write the new words into this new file, for your eyes alone.")]
OwnWordsFile = Annotated[
    Path | None, typer.Option(help="The file with six words that were made for this before; “-” reads them.")
]
Escrow = Annotated[
    str, typer.Option(help="The council’s public key (age1…): who has its secret key can unlock it.", callback=text)
]

WHO_CAN_READ = "From now on nobody can read it without {}. That is so for its backups and the packs marked here too."
LOST = (
    "Keep the six words on paper, away from this computer. If they are lost, and {} too, nobody can ever read the "
    "library again: not you, not the council, and not whoever made this program."
)
UNLOCKED_NOW = "Whoever can read the folder {} can read everything in the library from now on."


def status(context: typer.Context, as_json: AsJson = False) -> None:
    """Say how things stand with the library. It asks for nothing, and changes nothing."""
    what = given(context)
    found = library_checks.status(where(context) if what.has_secret else what.place)
    data = {
        "folder": named(found.folder),
        "server": found.server,
        "locked": found.lock.locked,
        "ways": {"words": found.lock.ways.words, "keyring": found.lock.ways.computer, "escrow": found.lock.ways.escrow},
        "keyring": found.lock.keyring,
        "escrow_address": found.escrow_address or None,
        "bytes": found.size,
        "form": found.form or None,
        "audit": _head_data(found.head),
        "backup": {"path": named(found.backup), "made_at": made.isoformat() if (made := found.backup_made_at) else None}
        if found.backup
        else None,
        "notices": list(found.notices),
    }
    show(data, list(_status_lines(found)), as_json)


def lock(
    context: typer.Context,
    words_out: WordsOut = None,
    words_file: OwnWordsFile = None,
    no_keyring: Annotated[
        bool, typer.Option("--no-keyring", help="The words are asked for at each start, on this computer too.")
    ] = False,
    escrow: Escrow = "",
    as_json: AsJson = False,
) -> None:
    """Lock the library with six new words."""
    place = given(context).place
    if locking.is_locked(place):
        raise UserError("The library is locked already.", "“cqcmock library change-key” gives it another key.")
    by_keyring = not no_keyring and locking.status(place).keyring
    with _new_words(words_out, words_file, as_json) as words:
        locking.lock(place, words, system_clock(), computer=by_keyring, escrow=escrow)
    _say_locked(place, "The library is locked.", words_out, as_json)


def unlock(
    context: typer.Context,
    no_keyring: Annotated[
        bool, typer.Option("--no-keyring", help="Only check the words; the keyring stays as it is.")
    ] = False,
    forget_keyring: Annotated[
        bool, typer.Option("--forget-keyring", help="Ask for the words at each start from now on.")
    ] = False,
    remove_lock: Annotated[
        bool, typer.Option("--remove-lock", help="Take the lock off for good: everything can then be read.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="With --remove-lock: do not ask.")] = False,
    as_json: AsJson = False,
) -> None:
    """Open the library with the words or the council's key, and let this computer's keyring open it again."""
    if sum((no_keyring, forget_keyring, remove_lock)) > 1:
        raise typer.BadParameter("One of these at a time.", param_hint="--no-keyring, --forget-keyring, --remove-lock")
    what = given(context)
    if what.place.database_url:
        raise UserError("This library is kept on a database server.", "Ask whoever runs it how it is locked.")
    if not locking.is_locked(what.place):
        raise UserError("The library has no lock.", "“cqcmock library lock” gives it one.")
    if remove_lock:
        _remove_lock(context, yes, as_json)
        return
    place = by_hand(what)
    lines = ["The library opens."]
    if forget_keyring:
        locking.trust_computer(place, False)
        lines.append("The keyring of this computer has forgotten it: the words are asked for at each start.")
    elif not no_keyring and locking.status(place).keyring:
        locking.trust_computer(place, True)
        locking.tell_recovered(place, system_clock())
        lines.append("The keyring of this computer opens it from now on, without the words.")
    elif not no_keyring:
        lines.append("This computer has no keyring: the words are asked for at each start.")
    show({"locked": True, "keyring": locking.status(place).ways.computer}, lines, as_json)


def change_key(
    context: typer.Context,
    words_out: WordsOut = None,
    words_file: OwnWordsFile = None,
    keyring: Annotated[
        bool | None, typer.Option("--keyring/--no-keyring", help="Whether this computer's keyring is to open it.")
    ] = None,
    escrow: Escrow = "",
    no_escrow: Annotated[bool, typer.Option("--no-escrow", help="The council's key is to open it no more.")] = False,
    as_json: AsJson = False,
) -> None:
    """Give a locked library another key and six other words; the old ones open nothing afterwards."""
    if escrow and no_escrow:
        raise typer.BadParameter("One of these at a time.", param_hint="--escrow, --no-escrow")
    place = where(context)
    if not locking.is_locked(place):
        raise UserError("The library has no lock.", "“cqcmock library lock” gives it one.")
    before = locking.status(place)
    by_keyring = before.keyring and (before.ways.computer if keyring is None else keyring)
    address = "" if no_escrow else escrow or library_checks.status(place).escrow_address
    with _new_words(words_out, words_file, as_json) as words:
        locking.change_key(place, words, system_clock(), computer=by_keyring, escrow=address)
    _say_locked(place, "The library has another key. The old words open nothing any more.", words_out, as_json)


def check(
    context: typer.Context,
    deep: Annotated[bool, typer.Option("--deep", help="Look at every page of each backup and pack too.")] = False,
    as_json: AsJson = False,
) -> None:
    """Look at every page of the library, its audit trail and its backups, and say what is wrong."""
    looked = library_checks.check(where(context), deep=deep)
    wrong = [one for one in looked if one.wrong]
    data = {"sound": not wrong, "looked_at": [{"what": one.what, "wrong": list(one.wrong)} for one in looked]}
    lines = [f"{one.what}: {'; '.join(one.wrong) if one.wrong else 'sound'}." for one in looked]
    show(data, lines, as_json)
    if wrong:
        typer.echo(
            f"Not everything is sound: {listed([one.what.lower() for one in wrong])}. “cqcmock library backups” shows "
            "what it can be restored from. Nothing has been changed.",
            err=True,
        )
        raise typer.Exit(1)


def audit_trail(
    context: typer.Context,
    head: Annotated[bool, typer.Option("--head", help="Only how many entries there are, and the last hash.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show what was done, entry by entry, and whether anybody changed what was written."""
    with library_of(context) as library:
        trail = audit.trail(library)
    whole = trail.first_wrong is None
    data: dict[str, Any] = {"count": trail.head.count, "head": trail.head.hash, "whole": whole}
    data["first_wrong"] = trail.first_wrong
    lines = []
    if not head:
        data["entries"] = [_entry_data(one) for one in trail.entries]
        lines = [_entry_line(one) for one in trail.entries]
    lines.append(f"{count(trail.head.count, 'entry', 'entries')}, head {trail.head.hash}")
    if whole:
        lines.append("The trail is whole: every entry is as it was written.")
    show(data, lines, as_json)
    if not whole:
        typer.echo(
            f"The trail is not whole: entry {trail.first_wrong} is not as it was written, or is missing. A backup or a "
            "printed report from before shows what stood there.",
            err=True,
        )
        raise typer.Exit(1)


@contextmanager
def _new_words(words_out: Path | None, words_file: Path | None, as_json: bool) -> Iterator[str]:
    """Six words that somebody has, for what is done in the block. Raises UserError where nobody would have them."""
    if words_out and words_file:
        raise typer.BadParameter("One of these is enough.", param_hint="--words-out, --words-file")
    if words_file:
        yield passphrases.given_passphrase(words_file)
        return
    words = locking.new_words()
    if words_out:
        passphrases.write_new(words_out, words)
        try:
            yield words
        except locking.HalfDoneError:
            raise
        except UserError:
            words_out.unlink(missing_ok=True)  # they are the words of nothing
            raise
        return
    if as_json or not (sys.stdout.isatty() and passphrases.can_ask()):
        raise UserError(
            "New words are only shown at a terminal, so that they land nowhere else.",
            "Write them into a new file with --words-out FILE, or bring six words along with --words-file FILE.",
        )
    _show_once(words)
    yield words


def _show_once(words: str) -> None:
    each = words.split()
    typer.echo("These six words unlock the library. Write them on paper now: they are shown only this once.\n")
    typer.echo("\n".join(f"  {number}  {word}" for number, word in enumerate(each, 1)))
    typer.echo("\nTo be sure that they are on the paper, two of them are asked for.")
    for number in sorted(secrets.SystemRandom().sample(range(len(each)), 2)):
        _ask_for(each[number], number + 1)


def _ask_for(word: str, number: int) -> None:
    for _ in range(TRIES):
        if passphrases.asked(f"Word {number} on the paper: ").strip().casefold() == word:
            return
        typer.echo("That is not the word.", err=True)
    raise UserError("The words are not on paper yet.", "Nothing has been changed. Start again, with paper at hand.")


def _remove_lock(context: typer.Context, yes: bool, as_json: bool) -> None:
    place = where(context)
    what_it_means = UNLOCKED_NOW.format(f"“{named(place.folder)}”")
    if not yes:
        if not passphrases.can_ask():
            raise UserError(what_it_means, "Say --yes if that is meant. Nothing has been changed.")
        typer.echo(what_it_means, err=True)
        if not typer.confirm("Take the lock off?", default=False, err=True):
            raise UserError("The library is locked as before.")
    locking.remove_lock(place, system_clock())
    show({"locked": False}, ["The lock is off.", what_it_means], as_json)


def _say_locked(place: Location, done: str, words_out: Path | None, as_json: bool) -> None:
    ways = locking.status(place).ways
    others = [
        *(["this computer’s keyring, for whoever is logged in here as you"] if ways.computer else []),
        *(["the council’s secret key"] if ways.escrow else []),
    ]
    named_words = f"the words in {named(words_out)}" if words_out else "the six words"
    lost = listed(
        [*(["this computer"] if ways.computer else []), *(["the council’s secret key"] if ways.escrow else [])]
    )
    lines = [done, WHO_CAN_READ.format(_either([named_words, *others]))]
    lines.append(LOST.format(lost) if lost else LOST.replace(", and {} too,", ","))
    if words_out:
        lines.append(
            f"Print {named(words_out)}, put the paper away, and delete the file: whoever reads it can unlock it."
        )
    data = {"locked": True, "keyring": ways.computer, "escrow": ways.escrow}
    show(data | {"words_out": named(words_out) if words_out else None}, lines, as_json)


def _either(things: list[str]) -> str:
    return " or ".join([", ".join(things[:-1]), things[-1]] if things[1:] else things)


def _status_lines(found: LibraryStatus) -> Iterator[str]:
    yield f"The library is in {named(found.folder)}."
    if found.lock.locked:
        ways = [
            "the six words",
            *(["this computer’s keyring"] if found.lock.ways.computer else []),
            *(["the council’s secret key"] if found.lock.ways.escrow else []),
        ]
        yield f"It is locked, and unlocked by {_either(ways)}."
    yield f"This computer has {'a' if found.lock.keyring else 'no'} keyring."
    if found.size:
        yield f"Size: {found.size:,} bytes." + (f" Form: {found.form}." if found.form else "")
    elif not found.server:
        yield "There is no library yet: the first start makes one."
    if found.head:
        yield f"Audit trail: {found.head}."
    elif found.lock.locked:
        yield "Audit trail: it can be read once the library is unlocked."
    if found.backup:
        made = found.backup_made_at
        yield f"Newest backup: {named(found.backup)}" + (
            f", made {made.astimezone():%d %B %Y, %H:%M}." if made else "."
        )
    elif not found.server:
        yield "There is no backup."
    yield from found.notices


def _head_data(head: Head | None) -> dict[str, Any] | None:
    return {"count": head.count, "head": head.hash} if head else None


def _entry_data(entry: Entry) -> dict[str, Any]:
    return {
        "number": entry.number,
        "at": entry.at.isoformat(),
        "deed": entry.deed,
        "kind": entry.kind,
        "subject": entry.subject,
        "why": entry.why,
        "details": dict(entry.details),
        "hash": entry.hash,
    }


def _entry_line(entry: Entry) -> str:
    parts = [f"{entry.number:>5}", f"{entry.at.astimezone():%Y-%m-%d %H:%M}", f"{entry.deed}: {entry.kind}"]
    parts += [part for part in (entry.subject, entry.why) if part]
    parts += [f"{name} {value}" for name, value in sorted(entry.details.items())]
    return "  ".join([*parts, entry.hash[:16]])
