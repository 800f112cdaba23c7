"""The person's choices, in `settings.toml` of the data folder."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from pathlib import Path
from typing import Any

from cqcmock.atomic import write_atomically
from cqcmock.domain.audit import Kind
from cqcmock.domain.cafe.smallest_group import LOWEST_K, USUAL_K
from cqcmock.domain.modes import LEAST_STRETCH, MOST_STRETCH, Mode, Timer
from cqcmock.domain.retention import RULED
from cqcmock.errors import UserError

FILE_NAME = "settings.toml"
PUT_ASIDE = "settings.not-understood.toml"

MOST_MONTHS = 120
AS_ALL = -1
"""In place of a number of months: as long as everything else is kept."""

THEMES = ("system", "light", "dark", "high-contrast")
SMALLEST_TEXT, LARGEST_TEXT = 100, 200
LONGEST_IDLE_MINUTES = 240


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Every choice with what it is until somebody chooses.

    `text_percent` is 100 to 200. `stretch` is this person's factor for every time, 1 to 10.
    `practising_for` is the date of the assessment; everything is due to go `keep_months` after it, as reports say, and
    recordings, packs and cafés sooner or later where they have months of their own. Nothing goes by itself, unless
    `delete_when_due` says so.
    `second_place` is a folder, on a stick or another drive, to which backups are copied, sealed.
    `window` is the window's place on screen, as text that only the window reads. In a café `cafe_screen` is the name of
    the screen that the room sees, `cafe_role` whose questions are asked, `cafe_sound` a soft sound at the lights, and
    `cafe_smallest_group` the fewest people who may stand behind anything that others see.
    `lock_asked` once somebody has said whether the library is to be locked, and `lock_not_now` how often they put it
    off; a locked one locks itself again after `lock_after_minutes` without a key or the mouse, or never where it is 0.
    """

    person: str = ""
    role: str = "lead-member"
    story: str = "hertfordshire"
    place: str = ""
    council: str = ""
    practising_for: date | None = None
    theme: str = "system"
    text_percent: int = 100
    stretch: float = 1.0
    timer: str = "shown"
    mode: str = "practice"
    classification: str = "OFFICIAL – SENSITIVE"
    keep_months: int = 6
    keep_months_recordings: int = AS_ALL
    keep_months_packs: int = AS_ALL
    keep_months_cafe: int = AS_ALL
    delete_when_due: bool = False
    window: str = ""
    second_place: str = ""
    cafe_screen: str = ""
    cafe_role: str = "frontline"
    cafe_sound: bool = False
    cafe_smallest_group: int = USUAL_K
    lock_asked: bool = False
    lock_not_now: int = 0
    lock_after_minutes: int = 10


def months_kept(settings: Settings) -> dict[Kind, int]:
    """How many months each kind of thing is kept after the assessment."""
    own = {
        Kind.RECORDING: settings.keep_months_recordings,
        Kind.PACK: settings.keep_months_packs,
        Kind.OPENED_PACK: settings.keep_months_packs,
        Kind.CAFE: settings.keep_months_cafe,
    }
    months = {kind: own.get(kind, AS_ALL) for kind in RULED}
    return {kind: settings.keep_months if given == AS_ALL else given for kind, given in months.items()}


_CHECKS: dict[str, tuple[Callable[[Any], bool], str]] = {
    "theme": (lambda value: value in THEMES, f"one of {', '.join(THEMES)}"),
    "timer": (lambda value: value in set(Timer), f"one of {', '.join(Timer)}"),
    "mode": (lambda value: value in set(Mode), f"one of {', '.join(Mode)}"),
    "text_percent": (
        lambda value: SMALLEST_TEXT <= value <= LARGEST_TEXT,
        f"a whole number from {SMALLEST_TEXT} to {LARGEST_TEXT}",
    ),
    "stretch": (lambda value: LEAST_STRETCH <= value <= MOST_STRETCH, "a number from 1 to 10"),
    "cafe_smallest_group": (lambda value: value >= LOWEST_K, f"a whole number from {LOWEST_K}"),
    "lock_not_now": (lambda value: value >= 0, "a whole number from 0"),
    "lock_after_minutes": (
        lambda value: 0 <= value <= LONGEST_IDLE_MINUTES,
        f"a whole number of minutes up to {LONGEST_IDLE_MINUTES}, or 0 for never",
    ),
    "keep_months": (lambda value: 0 <= value <= MOST_MONTHS, f"a whole number of months up to {MOST_MONTHS}"),
    **dict.fromkeys(
        ("keep_months_recordings", "keep_months_packs", "keep_months_cafe"),
        (
            lambda value: AS_ALL <= value <= MOST_MONTHS,
            f"a whole number of months up to {MOST_MONTHS}, or {AS_ALL} for as long as the rest",
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class LoadedSettings:
    """The settings, and a sentence for each line of the file that could not be used."""

    settings: Settings
    problems: tuple[str, ...]


def load_settings(folder: Path) -> LoadedSettings:
    """Read the settings; what cannot be used stays as it was shipped, and is told."""
    path = folder / FILE_NAME
    try:
        text = path.read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return LoadedSettings(Settings(), ())
    except (OSError, UnicodeDecodeError) as error:
        return LoadedSettings(Settings(), (f"The settings in {path} could not be read ({error}).",))
    try:
        written = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return LoadedSettings(Settings(), (f"The settings in {path} are not valid TOML: {error}.",))
    settings, problems = Settings(), []
    known = {field.name: field for field in fields(Settings)}
    for name, value in written.items():
        if name not in known:
            problems.append(f"{path.name}: “{name}” is not a setting of this version; it was left alone.")
        elif wrong := _wrong(name, value):
            problems.append(f"{path.name}: {name} should be {wrong}; the usual one is used instead.")
        else:
            settings = replace(settings, **{name: value})
    return LoadedSettings(settings, tuple(problems))


def _wrong(name: str, value: object) -> str:
    """What a value should have been, or nothing if it will do."""
    usual = getattr(Settings(), name)
    expected: tuple[type, ...] = (date,) if name == "practising_for" else (type(usual),)
    if expected == (float,):
        expected = (float, int)
    if type(value) not in expected:
        return {str: "text", int: "a whole number", float: "a number", bool: "true or false", date: "a date"}.get(
            expected[0], "something else"
        )
    check, meaning = _CHECKS.get(name, (lambda _: True, ""))
    return "" if check(value) else meaning


def save_settings(folder: Path, settings: Settings) -> None:
    """Write the settings; a file that was not understood is put aside first, so that nothing in it is lost.

    Raises UserError where the folder cannot be written; the old file is then untouched.
    """
    lines = [f"{name} = {_as_toml(value)}\n" for name, value in asdict(settings).items() if value is not None]
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if load_settings(folder).problems:
            write_atomically(folder / PUT_ASIDE, (folder / FILE_NAME).read_bytes())
        write_atomically(folder / FILE_NAME, "".join(lines).encode())
    except OSError as error:
        raise UserError(
            f"Your settings could not be saved in {folder} ({error.strerror or error}).",
            "Check that the folder can be written and that the disk has room. They hold until you close the program.",
        ) from error


def _as_toml(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            escaped = "".join(_escaped(character) for character in value)
            return f'"{escaped}"'
        case date():
            return value.isoformat()
        case _:
            return str(value)


def _escaped(character: str) -> str:
    if character in '"\\':
        return "\\" + character
    code = ord(character)
    return f"\\u{code:04x}" if code < 0x20 or code == 0x7F else character
