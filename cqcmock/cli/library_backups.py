"""`library backup`, `backups`, `restore`: copies made, listed with what is in them, and put in the library's place."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from cqcmock.cli import passphrases
from cqcmock.cli.arguments import named
from cqcmock.cli.context import ESCROW_KEY_FILE, WORDS_FD, WORDS_FILE, AsJson, given, library_of, show, where
from cqcmock.clock import system_clock
from cqcmock.domain.english import day
from cqcmock.errors import UserError
from cqcmock.services import backups, restoring, sealed_copies, second_place
from cqcmock.services.backups import WHY, Backup, Thing
from cqcmock.services.library import DamagedLibraryError, open_library
from cqcmock.services.locking import LockedError, WrongWordsError
from cqcmock.services.sealed_backups import ENDING, Manifest
from cqcmock.services.sealed_copies import Copied, Lying
from cqcmock.settings import load_settings

SAY_YES = "Nothing was done. Say --yes to do it."


def backup(
    context: typer.Context,
    to: Annotated[
        Path | None, typer.Option(help="Also seal a copy of everything into this folder, such as that of a stick.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Make a backup of the library now; in the second place too, if one was chosen."""
    place = where(context)
    notice = second_place.check_place(place, to) if to else ""
    with library_of(context) as library:
        made = backups.back_up_now(library)
        second = load_settings(place.folder).settings.second_place
        copied = sealed_copies.copy_to(library, to, made.path, system_clock()) if to else None
        said = ""
        if copied is None and second:
            outcome = second_place.bring_up_to_date(library, system_clock())
            copied, said = outcome.copied, outcome.say
    lines = [f"The backup is {named(made.path)}."]
    if copied:
        lines.append(f"A sealed copy of everything is {named(copied.path)}. The six words open it.")
    if copied and copied.manifest.left_out:
        lines.append(f"Packs that cannot be read, and are not in it: {copied.manifest.left_out}.")
    lines += [one for one in (notice, said) if one]
    show({"backup": named(made.path), "rehearsals": made.sittings, "copy": _copy_data(copied)}, lines, as_json)


def list_them(
    context: typer.Context,
    inside: Annotated[
        Path | None, typer.Option("--in", help="The sealed copies in this folder instead of the backups here.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List the backups, the newest first, with what is in each."""
    if inside is not None:
        place = given(context).place
        with suppress(LockedError):  # then nobody can say which of them are of this library
            place = where(context)
        lying = sealed_copies.listed(inside, place)
        lines = [_lying_line(one) for one in lying] or [f"There is no sealed copy in {named(inside)}."]
        show([_lying_data(one) for one in lying], lines, as_json)
        return
    found = backups.listed(where(context))
    show([_data(one) for one in found], [_line(one) for one in found] or ["There is no backup yet."], as_json)


def restore(
    context: typer.Context,
    wanted: Annotated[
        Path, typer.Argument(metavar="BACKUP", help="A backup, see “cqcmock library backups”, or a sealed copy (.age).")
    ],
    yes: Annotated[bool, typer.Option("--yes", help="Do it: without this you are only told what it would do.")] = False,
    as_json: AsJson = False,
) -> None:
    """Say what a backup holds and what would be lost, and with --yes put it in the place of the library."""
    if wanted.suffix == ENDING:
        _restore_sealed(context, wanted, yes, as_json)
    else:
        _restore_own(context, str(wanted), yes, as_json)


def _restore_own(context: typer.Context, name: str, yes: bool, as_json: bool) -> None:
    place = where(context)
    chosen = backups.named(place, name)
    try:
        with open_library(place) as library:
            seen = backups.preview(place, chosen.info, library)
    except DamagedLibraryError:  # that is why it is to be restored
        seen = backups.preview(place, chosen.info)
    if yes:
        backups.restore_backup(place, chosen.info)
    changes = seen.difference
    data = {
        "backup": _data(seen.backup),
        "lost": _things(changes.lost if changes else {}),
        "older": _things(changes.older if changes else {}),
        "back": _things(changes.back if changes else {}),
        "restored": yes,
    }
    show(data, [*seen.in_words(), "It is in place." if yes else SAY_YES], as_json)


def _restore_sealed(context: typer.Context, file: Path, yes: bool, as_json: bool) -> None:
    place = given(context).place
    words, secret = _secrets(context)
    manifest = restoring.preview(file, words=words, secret=secret)
    lines = [restoring.in_words(manifest)]
    if manifest.left_out:
        lines.append(f"Packs that could not be read when it was made, and are not in it: {manifest.left_out}.")
    data: dict[str, Any] = {"copy": named(file), **_manifest_data(manifest), "restored": yes, "put_aside": None}
    if not yes:
        lines += ["What is in the data folder now would be put aside.", SAY_YES]
        show(data, lines, as_json)
        return
    with suppress(LockedError, WrongWordsError):
        place = replace(place, raw_key=where(context).raw_key)
    restored = restoring.restore(place, file, system_clock(), words=words, secret=secret)
    lines.append("Everything is back. The same six words unlock it.")
    if restored.put_aside:
        data["put_aside"] = named(restored.put_aside)
        lines.append(f"What was there before is in {named(restored.put_aside)}.")
    if restored.left_open:
        lines.append("It has no lock: whoever can read that folder can read it. Delete it, or lock it too.")
    show(data, lines, as_json)


def _secrets(context: typer.Context) -> tuple[str, str]:
    """The six words, or the council's secret key. Raises UserError where nobody gave either."""
    what = given(context)
    if what.escrow_key_file is not None:
        return "", passphrases.given_key(what.escrow_key_file)
    if what.words_fd is not None:
        return passphrases.given_through(what.words_fd), ""
    if what.words_file is not None:
        return passphrases.given_passphrase(what.words_file), ""
    if passphrases.can_ask():
        return passphrases.asked("The six words of the library that was copied: "), ""
    raise UserError(
        "A sealed copy is opened by the six words.",
        f"Say before the command where they are, with {WORDS_FILE} FILE or {WORDS_FD} N, or where the council’s secret "
        f"key is, with {ESCROW_KEY_FILE} FILE.",
    )


def _data(one: Backup) -> dict[str, Any]:
    inside = one.inside
    newest, saved = (inside.newest, inside.last_saved) if inside else (None, None)
    return {
        "name": one.name,
        "made_at": one.info.made_at.isoformat(),
        "why": WHY[one.why],
        "bytes": one.size,
        "readable": inside is not None,
        "form": inside.form if inside else None,
        "answers": inside.answers if inside else None,
        "holds": {thing.value: inside.number(thing) for thing in Thing} if inside else None,
        "newest_rehearsal": {"title": newest.title, "at": newest.changed_at.isoformat()} if newest else None,
        "last_saved": saved.isoformat() if saved else None,
    }


def _line(one: Backup) -> str:
    made = one.info.made_at.astimezone()
    holds = one.inside.in_words() if one.inside else "cannot be read"
    return f"{one.name}  {day(made.date())}, {made:%H:%M}, {WHY[one.why]}  {_megabytes(one.size)}  {holds}"


def _lying_data(one: Lying) -> dict[str, Any]:
    return {"path": named(one.path), "made_at": one.made_at.isoformat(), "bytes": one.size, "own": one.own}


def _lying_line(one: Lying) -> str:
    made = one.made_at.astimezone()
    whose = "of this library" if one.own else "of another library, or of other words"
    return f"{named(one.path)}  {day(made.date())}, {made:%H:%M}  {_megabytes(one.size)}  {whose}"


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.1f} MB"


def _copy_data(copied: Copied | None) -> dict[str, Any] | None:
    return {"path": named(copied.path), "bytes": copied.size, **_manifest_data(copied.manifest)} if copied else None


def _manifest_data(manifest: Manifest) -> dict[str, Any]:
    return {
        "made_at": manifest.made_at.isoformat(),
        "form": manifest.form,
        "holds": dict(manifest.holds),
        "files": len(manifest.files),
        "left_out": manifest.left_out,
    }


def _things(some: Any) -> dict[str, list[str]]:
    return {thing.value: [one.title for one in found] for thing, found in some.items()}
