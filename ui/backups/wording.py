"""What the window says of backups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cqcmock.domain.backups import WHY
from cqcmock.domain.english import day
from ui.widgets.line_list import Line
from ui.widgets.pill import Tone

if TYPE_CHECKING:
    from cqcmock.services.backups import Backup, Preview
    from cqcmock.services.library import BackupInfo
    from cqcmock.services.restoring import Restored
    from ui.backups.copying import Copied

NONE_YET: Final = "No backup has been made yet."
STOPPED: Final = "It was stopped. Nothing was left half done."
ON_AIR: Final = "People are in the middle of something. Finish or leave it first."
NOTHING_LOST: Final = "Nothing was written after it was made, so nothing is lost."
PERHAPS_LOST: Final = "The library was last written to on {}. What came after the copy is in the damaged file only."
CANNOT_BE_READ: Final = "cannot be read"
_WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_PUT_ASIDE: Final = "what was there before another one took its place"
_BROUGHT: Final = "Everything is back. The same six words open it."
_LEFT_OPEN: Final = "It has no lock: whoever can read that folder can read it. Delete it once you no longer need it."


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A backup, or a library that was put aside when a backup took its place."""

    backup: Backup
    is_aside: bool = False

    @property
    def key(self) -> str:
        """Tells it from the others."""
        return self.backup.name


def moment(at: datetime) -> str:
    """A moment as people say it, by this computer's clock."""
    here = at.astimezone()
    return f"{_WEEKDAYS[here.weekday()]} {day(here.date())}, {here:%H:%M}"


def size(number_of_bytes: int) -> str:
    """How large a file is."""
    return f"{number_of_bytes / 1e6:,.1f} MB"


def holds(copy: Backup) -> str:
    """What is in it, on one line."""
    return copy.inside.in_words() if copy.inside is not None else CANNOT_BE_READ


def newest(copies: Sequence[Copy]) -> str:
    """Which backup is the newest that can be read, and what is in it."""
    backups = [copy.backup for copy in copies if not copy.is_aside and copy.backup.inside is not None]
    if not backups:
        return NONE_YET
    return f"The newest is of {moment(backups[0].info.made_at)}. It holds {holds(backups[0])}."


def line(copy: Copy) -> Line:
    """A row of the list."""
    backup = copy.backup
    readable = backup.inside is not None
    why = _PUT_ASIDE if copy.is_aside else WHY[backup.why]
    parts = (holds(backup) if readable else "", why, size(backup.size))
    return Line(
        key=copy.key,
        title=moment(backup.info.made_at),
        about=" · ".join(part for part in parts if part),
        sign="" if readable else CANNOT_BE_READ,
        tone=Tone.QUIET if readable else Tone.OVER,
    )


def newest_rehearsal(backup: Backup) -> str:
    """The rehearsal in it that was changed last, or nothing."""
    found = backup.inside.newest if backup.inside is not None else None
    return f"Its newest rehearsal is “{found.title}”, last changed on {moment(found.changed_at)}." if found else ""


def preview(seen: Preview) -> tuple[str, str, tuple[str, ...]]:
    """What a copy holds, its newest rehearsal, and what restoring it would change."""
    inside = seen.backup.inside
    about = f"It holds {inside.in_words()}." if inside is not None else "It cannot be read."
    return about, newest_rehearsal(seen.backup), seen.difference.in_words() if seen.difference is not None else ()


def made(copied: Copied | None) -> str:
    """What came of a backup that somebody asked for."""
    if copied is None or copied.backup is None:
        return STOPPED
    return f"A backup was made: {moment(copied.backup.made_at)}. {copied.second}".strip()


def would_be_lost(backup: BackupInfo, damaged: Path | None) -> str:
    """What a damaged library had that its newest backup has not, as far as anybody can tell."""
    try:
        written = damaged.stat().st_mtime if damaged is not None else None
        copied = backup.path.stat().st_mtime  # a backup bears the time at which its library was written
    except OSError:
        written = None
    if written is None:
        return ""
    if written <= copied:
        return NOTHING_LOST
    return PERHAPS_LOST.format(moment(datetime.fromtimestamp(written, UTC)))


def brought(restored: Restored) -> str:
    """That everything was brought back from a sealed copy, and what became of what was there."""
    said = [_BROUGHT]
    if left_out := restored.manifest.left_out:
        said.append(f"Packs that could not be read when it was made, and are not in it: {left_out}.")
    if restored.put_aside is not None:
        said.append(f"What was on this computer before is in the folder {restored.put_aside}.")
    if restored.left_open:
        said.append(_LEFT_OPEN)
    return " ".join(said)
