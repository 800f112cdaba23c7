"""What the program is made of: every part that came with it, its version and its licence, for whoever signs it off.

The libraries are found by walking from our own requirements through what each library says that it requires, as far
as it is installed. Of a marker only `extra == "…"` is looked at; any other (`python_version < "3.12"`) is left to pip,
which did not install what it rules out. So the list can name a library too many where something else on the computer
brought it, and never one too few. A licence is told as it is stated, with the place where it is stated, never guessed.
"""

from __future__ import annotations

import platform
import re
import struct
import subprocess
import sys
import tomllib
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import metadata
from pathlib import Path
from typing import Any, Final

import cqcmock
from cqcmock import qt_check
from cqcmock.errors import UserError
from cqcmock.paths import resources_folder

OURS: Final = "cqcmock"
TO_RUN: Final = "run"
NOT_STATED: Final = "not stated"
NOT_INSTALLED: Final = "not installed"

_SECONDS: Final = 60
_LONGEST_LICENCE: Final = 100
_REQUIREMENT = re.compile(r"\s*([A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:\[([^]]*)\])?[^;]*(?:;(.*))?", re.DOTALL)
_EXTRA = re.compile(r"""extra\s*==\s*["']([^"']+)["']|["']([^"']+)["']\s*==\s*extra""")
_NAME = re.compile(r"[-_.]+")
_HOME_PAGES: Final = ("homepage", "home", "repository", "source", "sourcecode", "github", "documentation")

_IN_A_FILE: Final = {
    "pyrage": ("LICENSE", "The MIT License (MIT)", "MIT"),
    "sqlcipher3": ("LICENSE", "This software is provided 'as-is', without any express or implied", "Zlib"),
}
"""Libraries whose metadata name no licence: their licence file, words that stand in it, and that licence's name.

It is told only where the installed copy has the file and the words are in it.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """One part: `licence_from` says where its licence is stated, `needed_for` is “run” or “extra: NAME”."""

    name: str
    version: str
    licence: str
    licence_from: str
    home_page: str
    needed_for: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Inventory:
    """The whole program. A version is “not installed” where the part is not there."""

    cqcmock: str
    python: str
    sqlite: str
    sqlcipher: str
    openssl: str
    qt: str
    components: tuple[Component, ...]


def inventory() -> Inventory:
    """Everything there is of the program on this computer. Raises UserError where it does not say what it needs."""
    libraries = sorted(_libraries(_own_requirements()), key=lambda one: (one.needed_for != TO_RUN, one.name.lower()))
    driver = _driver_versions()
    qt = _qt_version()
    return Inventory(
        cqcmock=cqcmock.__version__,
        python=platform.python_version(),
        sqlite=driver["sqlite"],
        sqlcipher=driver["sqlcipher"],
        openssl=driver["openssl"],
        qt=qt,
        components=(*libraries, *_inside({one.name.lower(): one for one in libraries}, driver, qt), *_fonts()),
    )


def _own_requirements() -> Sequence[str]:
    """What we ask pip for: in a checkout from `pyproject.toml`, otherwise from what pip noted at installing."""
    project_file = Path(cqcmock.__file__).resolve().parents[1] / "pyproject.toml"
    if project_file.is_file():
        project = tomllib.loads(project_file.read_text(encoding="utf-8")).get("project", {})
        if project.get("name") == OURS:
            extras: Mapping[str, Sequence[str]] = project.get("optional-dependencies", {})
            return [
                *project.get("dependencies", ()),
                *(_of_extra(line, extra) for extra, lines in extras.items() for line in lines),
            ]
    try:
        return metadata.requires(OURS) or ()
    except metadata.PackageNotFoundError:
        raise UserError(
            "This copy of the program does not say which libraries it needs.",
            "Install it with pip, or run it from its source folder.",
        ) from None


def _of_extra(requirement: str, extra: str) -> str:
    """A line of an extra in `pyproject.toml` as pip would note it."""
    wanted, _, marker = requirement.partition(";")
    return f'{wanted}; ({marker.strip()}) and extra == "{extra}"' if marker else f'{wanted}; extra == "{extra}"'


def _libraries(own: Sequence[str]) -> Iterator[Component]:
    """Every installed library that our own requirements lead to, once: first those that are needed to run."""
    seen: set[tuple[str, str]] = set()
    told: set[str] = set()
    extras = sorted({extra for line in own for extra in _extras_in(_parted(line)[2])})
    for ours in ("", *extras):
        waiting = deque((line, ours) for line in own if bool(_extras_in(_parted(line)[2])) == bool(ours))
        while waiting:
            line, extra = waiting.popleft()
            name, asked, marker = _parted(line)
            if (limits := _extras_in(marker)) and extra not in limits:
                continue
            try:
                found = metadata.distribution(name)
            except metadata.PackageNotFoundError:
                continue
            key = _NAME.sub("-", name).lower()
            for one in ("", *asked):
                if (key, one) not in seen:
                    seen.add((key, one))
                    waiting.extend((further, one) for further in found.requires or ())
            if key not in told:
                told.add(key)
                yield _component(found, f"extra: {ours}" if ours else TO_RUN)


def _parted(requirement: str) -> tuple[str, tuple[str, ...], str]:
    """The name, the extras asked for, and the marker of a requirement."""
    match = _REQUIREMENT.match(requirement)
    if match is None:
        return requirement, (), ""
    name, extras, marker = match.groups()
    return name, tuple(part.strip() for part in (extras or "").split(",") if part.strip()), marker or ""


def _extras_in(marker: str) -> frozenset[str]:
    return frozenset(left or right for left, right in _EXTRA.findall(marker))


def _component(found: metadata.Distribution, needed_for: str) -> Component:
    licence, stated_in = _licence(found)
    return Component(
        name=found.metadata["Name"],
        version=found.version,
        licence=licence,
        licence_from=stated_in,
        home_page=_home_page(found),
        needed_for=needed_for,
    )


def _licence(found: metadata.Distribution) -> tuple[str, str]:
    """The licence as the library states it, and where."""
    said = _fields(found)
    for field in ("License-Expression", "License"):
        text = next(iter(said.get(field, ())), "").strip()
        if text and text.upper() != "UNKNOWN" and "\n" not in text and len(text) <= _LONGEST_LICENCE:
            return text, field
    classifiers = [line.split(" :: ") for line in said.get("Classifier", ()) if line.startswith("License :: ")]
    if named := [parts[-1] for parts in classifiers if parts[1:] not in (["OSI Approved"], ["DFSG approved"])]:
        return ", ".join(named), "Classifier"
    if said.get("License"):
        first = said["License"][0].strip().splitlines()[0].strip() if said["License"][0].strip() else ""
        if first and first.upper() != "UNKNOWN":
            return first[:_LONGEST_LICENCE], "License"
    return _licence_in_file(found)


def _licence_in_file(found: metadata.Distribution) -> tuple[str, str]:
    if known := _IN_A_FILE.get(_NAME.sub("-", found.metadata["Name"]).lower()):
        file_name, words, licence = known
        for path in found.files or ():
            if path.name == file_name and words in " ".join(path.read_text(encoding="utf-8").split()):
                return licence, f"{path.parent.name}/{path.name} of its installation"
    return NOT_STATED, NOT_STATED


def _home_page(found: metadata.Distribution) -> str:
    said = _fields(found)
    page = next(iter(said.get("Home-page", ())), "").strip()
    if page and page.upper() != "UNKNOWN":
        return page
    pages: dict[str, str] = {}
    for line in said.get("Project-URL", ()):
        label, _, address = line.partition(",")
        pages.setdefault("".join(label.lower().split()).replace("-", ""), address.strip())
    return next((pages[label] for label in _HOME_PAGES if label in pages), NOT_STATED)


def _fields(found: metadata.Distribution) -> dict[str, list[str]]:
    """The fields of the metadata by their usual names: some tools write `Home-Page` for `Home-page`."""
    said: dict[str, list[str]] = {}
    usual = {name.lower(): name for name in ("License-Expression", "License", "Classifier", "Home-page", "Project-URL")}
    for field, value in _items(found.metadata):
        if field.lower() in usual:
            said.setdefault(usual[field.lower()], []).append(str(value))
    return said


def _items(message: Any) -> list[tuple[str, Any]]:
    """`importlib.metadata` hands out an e-mail message, and types less of it than that."""
    return list(message.items())


def _inside(libraries: Mapping[str, Component], driver: Mapping[str, str], qt: str) -> Iterator[Component]:
    """What some libraries carry in them and their metadata do not tell; each licence with the page that states it."""
    python = Component(
        name="Python",
        version=platform.python_version(),
        licence="PSF-2.0",
        licence_from="https://docs.python.org/3/license.html",
        home_page="https://www.python.org",
        needed_for=TO_RUN,
    )
    yield python
    if driver["sqlcipher"] != NOT_INSTALLED:
        yield replace(
            python,
            name="SQLCipher (in sqlcipher3)",
            version=driver["sqlcipher"],
            licence="BSD-3-Clause",
            licence_from="https://www.zetetic.net/sqlcipher/license/",
            home_page="https://www.zetetic.net/sqlcipher/",
        )
        yield replace(
            python,
            name="OpenSSL (in sqlcipher3)",
            version=driver["openssl"],
            licence="Apache-2.0",
            licence_from="https://openssl-library.org/source/license/",
            home_page="https://openssl-library.org",
        )
    yield replace(
        python,
        name="SQLite (in the database driver)",
        version=driver["sqlite"],
        licence="public domain",
        licence_from="https://www.sqlite.org/copyright.html",
        home_page="https://www.sqlite.org",
    )
    if qt != NOT_INSTALLED:
        yield replace(
            python,
            name="Qt (in PySide6)",
            version=qt,
            licence="LGPL-3.0-only",
            licence_from="https://doc.qt.io/qt-6/licensing.html",
            home_page="https://www.qt.io",
        )
    if "cryptography" in libraries:
        yield replace(
            python,
            name="OpenSSL (in cryptography)",
            version=_version_in_cryptography(),
            licence="Apache-2.0",
            licence_from="https://openssl-library.org/source/license/",
            home_page="https://openssl-library.org",
        )
    if "pypdfium2" in libraries:
        yield replace(
            python,
            name="PDFium (in pypdfium2)",
            version=_pdfium_version(),
            licence="BSD-3-Clause",
            licence_from="https://pdfium.googlesource.com/pdfium/+/refs/heads/main/LICENSE",
            home_page="https://pdfium.googlesource.com/pdfium/",
        )


def _version_in_cryptography() -> str:
    try:
        from cryptography.hazmat.backends.openssl import backend
    except (ImportError, OSError):
        return NOT_STATED
    return backend.openssl_version_text().removeprefix("OpenSSL ")


def _pdfium_version() -> str:
    try:
        from pypdfium2.version import PDFIUM_INFO  # type: ignore[import-untyped]
    except (ImportError, OSError):
        return NOT_STATED
    return str(PDFIUM_INFO)


def _fonts() -> Iterator[Component]:
    """The typefaces that we ship, with the licence files beside them."""
    for name, file_name, licence, licence_file, page in (
        (
            "Atkinson Hyperlegible Next (typeface)",
            "AtkinsonHyperlegibleNext_400Regular.ttf",
            "OFL-1.1",
            "OFL.txt",
            "https://github.com/googlefonts/atkinson-hyperlegible-next",
        ),
        (
            "DejaVu Sans (typeface)",
            "DejaVuSans.ttf",
            "Bitstream-Vera",
            "DejaVu-licence.txt",
            "https://dejavu-fonts.github.io/",
        ),
    ):
        yield Component(
            name=name,
            version=_font_version(resources_folder() / "fonts" / file_name),
            licence=licence,
            licence_from=f"resources/fonts/{licence_file}",
            home_page=page,
            needed_for=TO_RUN,
        )


def _font_version(path: Path) -> str:
    """The revision that a TrueType file states of itself, in its table `head`."""
    font = path.read_bytes()
    (tables,) = struct.unpack_from(">H", font, 4)
    for number in range(tables):
        tag, _, offset, _ = struct.unpack_from(">4sIII", font, 12 + 16 * number)
        if tag == b"head":
            (revision,) = struct.unpack_from(">i", font, offset + 4)
            return f"{revision / 65536:.3f}"
    return NOT_STATED


def _driver_versions() -> dict[str, str]:
    """What the database driver says of itself. SQLCipher names its OpenSSL only to a connection that has a key."""
    from cqcmock.storage import engine

    driver = engine.driver()
    connection = driver.connect(":memory:")
    try:
        connection.execute("PRAGMA key = 'only to be told'")
        asked = {
            name: next(iter(connection.execute(f"PRAGMA {name}").fetchall()), (NOT_INSTALLED,))[0]
            for name in ("cipher_version", "cipher_provider_version")
        }
    finally:
        connection.close()
    return {
        "sqlite": str(driver.sqlite_version),
        "sqlcipher": str(asked["cipher_version"]),
        "openssl": str(asked["cipher_provider_version"]).removeprefix("OpenSSL "),
    }


def _qt_version() -> str:
    """What Qt says of itself, asked in a process of its own: nothing here may import it."""
    if qt_check.qt_version() is None:
        return NOT_INSTALLED
    asking = "from PySide6.QtCore import qVersion; print(qVersion())"
    ran = subprocess.run(  # noqa: S603 - our own interpreter, and words of ours
        [sys.executable, "-I", "-c", asking], capture_output=True, text=True, timeout=_SECONDS, check=False
    )
    return ran.stdout.strip() if ran.returncode == 0 else f"does not load ({qt_check.qt_version()})"
