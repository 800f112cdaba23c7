"""What the program is made of is told whole, as it is stated, and holds nothing that a council may not be given."""

from __future__ import annotations

import importlib.metadata
import re
import sys
import tomllib
from importlib.metadata import Distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from cqcmock import __version__
from cqcmock.errors import UserError
from cqcmock.services import components
from cqcmock.services.components import NOT_STATED, TO_RUN, Component, inventory

ROOT = Path(__file__).parents[2]
ACCEPTED = frozenset({
    "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "Bitstream-Vera", "CC0-1.0", "ISC", "LGPL-2.1-or-later",
    "LGPL-3.0-only", "LGPL-3.0-or-later", "MIT", "MIT-0", "MIT-CMU", "OFL-1.1", "PSF-2.0", "Zlib", "public domain",
})  # fmt: skip
"""Permissive licences and the LGPL, as SPDX names them."""

SPDX = {
    "MIT License": "MIT",
    "ISC License": "ISC",
    "Apache Software License": "Apache-2.0",
    "BSD license (see license.txt for details), Copyright (c) 2000-2025, ReportLab Inc.": "BSD-3-Clause",
    "BSD-3-Clause, Apache-2.0, dependency licenses": "BSD-3-Clause AND Apache-2.0",
}
"""What libraries write that do not write SPDX. “dependency licenses” are those of PDFium, which is listed itself."""


def acceptable(licence: str) -> bool:
    """Whether one may take the program by this licence: every part of an AND, one part of an OR."""
    expression = SPDX.get(licence, licence)
    return all(
        any(one.strip(" ()") in ACCEPTED for one in part.split(" OR ")) for part in re.split(r" AND ", expression)
    )


def test_every_part_that_is_needed_to_run_has_a_permissive_licence_or_the_lgpl() -> None:
    needed = [one for one in inventory().components if one.needed_for == TO_RUN]
    assert [(one.name, one.licence) for one in needed if not acceptable(one.licence)] == []


@pytest.mark.parametrize(
    "licence",
    ["GPL-3.0-or-later", "AGPL-3.0-only", "MIT AND GPL-2.0-only", "MPL-2.0", "Proprietary", NOT_STATED, "", "SSPL-1.0"],
)
def test_other_licences_are_found(licence: str) -> None:
    assert not acceptable(licence)


@pytest.mark.parametrize("licence", ["MIT", "MIT OR GPL-2.0-only", "(MIT OR Apache-2.0) AND Zlib", "LGPL-3.0-only"])
def test_accepted_licences_pass(licence: str) -> None:
    assert acceptable(licence)


def test_the_libraries_are_those_that_the_markers_ask_for() -> None:
    """Held against the packaging library, which evaluates every marker: nothing may be missing."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    expected: set[str] = set()
    waiting = [(line, "") for line in project["dependencies"]]
    seen = set()
    while waiting:
        line, extra = waiting.pop()
        wanted = Requirement(line)
        if wanted.marker and not wanted.marker.evaluate({"extra": extra}):
            continue
        found = importlib.metadata.distribution(wanted.name)
        expected.add(found.metadata["Name"])
        for one in ("", *wanted.extras):
            if (found.metadata["Name"], one) not in seen:
                seen.add((found.metadata["Name"], one))
                waiting += [(further, one) for further in found.requires or ()]
    told = {one.name for one in inventory().components if one.needed_for == TO_RUN}
    assert expected <= told
    assert {"SQLAlchemy", "sqlcipher3", "PySide6_Essentials", "shiboken6"} <= told


def test_each_part_is_told_once_with_its_version() -> None:
    found = inventory()
    names = [one.name.lower() for one in found.components]
    assert len(names) == len(set(names))
    assert all(one.version and one.version != NOT_STATED for one in found.components)
    by_name = {one.name: one for one in found.components}
    assert by_name["SQLAlchemy"].version == importlib.metadata.version("SQLAlchemy")
    assert by_name["pytest"].needed_for == "extra: test"
    assert by_name["pluggy"].needed_for == "extra: test"
    assert found.cqcmock == __version__
    assert found.python == ".".join(map(str, sys.version_info[:3]))


def test_the_versions_inside_the_driver_and_qt_are_their_own_words() -> None:
    from PySide6.QtCore import qVersion
    from sqlcipher3 import dbapi2

    found = inventory()
    assert found.sqlite == dbapi2.sqlite_version
    assert re.match(r"4\.\d+\.\d+", found.sqlcipher)
    assert re.match(r"3\.\d+\.\d+", found.openssl)
    assert found.qt == qVersion()


def test_typefaces_name_the_licence_files_beside_them() -> None:
    fonts = [one for one in inventory().components if one.name.endswith("(typeface)")]
    assert [one.licence for one in fonts] == ["OFL-1.1", "Bitstream-Vera"]
    for font, words in zip(fonts, ("SIL Open Font License, Version 1.1", "License: bitstream-vera"), strict=True):
        assert words in (ROOT / font.licence_from).read_text(encoding="utf-8")
        assert font.version[0] == "2"


class Library(Distribution):
    """An installed library with these metadata."""

    def __init__(self, metadata: str, folder: Path) -> None:
        self._metadata = metadata
        self._folder = folder

    def read_text(self, filename: str) -> str | None:
        if filename == "METADATA":
            return f"Metadata-Version: 2.4\nVersion: 1.0\n{self._metadata}\n"
        return "LICENSE,,\n" if filename == "RECORD" and (self._folder / "LICENSE").exists() else None

    def locate_file(self, path: object) -> Path:
        return self._folder / str(path)


def told_of(metadata: str, folder: Path) -> Component:
    return components._component(Library(metadata, folder), TO_RUN)


@pytest.mark.parametrize(
    ("stated", "licence", "where"),
    [
        ("License-Expression: MIT\nLicense: other", "MIT", "License-Expression"),
        ("License: BSD", "BSD", "License"),
        ("License: UNKNOWN\nClassifier: License :: OSI Approved :: MIT License", "MIT License", "Classifier"),
        ("Classifier: License :: OSI Approved", NOT_STATED, NOT_STATED),
        ("License: The Licence\n        of many words\n        and lines", "The Licence", "License"),
        ("License:", NOT_STATED, NOT_STATED),
        ("Summary: MIT", NOT_STATED, NOT_STATED),
    ],
)
def test_a_licence_is_told_as_it_is_stated(tmp_path: Path, stated: str, licence: str, where: str) -> None:
    found = told_of(f"Name: example\n{stated}", tmp_path)
    assert (found.licence, found.licence_from) == (licence, where)


def test_a_licence_file_is_believed_only_where_its_words_are_there(tmp_path: Path) -> None:
    (tmp_path / "LICENSE").write_text("The MIT License (MIT)\n\nCopyright", encoding="utf-8")
    assert told_of("Name: pyrage", tmp_path).licence == "MIT"
    (tmp_path / "LICENSE").write_text("All rights reserved.", encoding="utf-8")
    assert told_of("Name: pyrage", tmp_path).licence == NOT_STATED


@pytest.mark.parametrize(
    ("stated", "page"),
    [
        ("Home-page: https://a.example", "https://a.example"),
        ("Home-Page: https://a.example", "https://a.example"),
        ("Project-URL: Source Code, https://s.example\nProject-URL: Homepage, https://h.example", "https://h.example"),
        ("Project-URL: Changelog, https://c.example", NOT_STATED),
        ("Summary: none", NOT_STATED),
    ],
)
def test_the_home_page_is_the_one_that_is_stated(tmp_path: Path, stated: str, page: str) -> None:
    assert told_of(f"Name: example\n{stated}", tmp_path).home_page == page


def test_extras_are_followed_only_where_they_are_asked_for(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    shelf = {
        "plain": "Name: plain\nRequires-Dist: deep; python_version >= '3'\nRequires-Dist: more; extra == 'more'",
        "with-extra": "Name: with_extra\nRequires-Dist: more ; extra == \"more\" and python_version >= '3'",
        "deep": "Name: deep\nRequires-Dist: plain",
        "more": "Name: more",
        "for-tests": "Name: for_tests\nRequires-Dist: deep\nRequires-Dist: only-tests",
        "only-tests": "Name: only-tests",
    }

    def distribution(name: str) -> Library:
        key = re.sub("[._]", "-", name.lower())
        if key not in shelf:
            raise importlib.metadata.PackageNotFoundError(name)
        return Library(shelf[key], tmp_path)

    monkeypatch.setattr(components.metadata, "distribution", distribution)
    base = ["plain>=1", "absent"]
    found = {one.name: one.needed_for for one in components._libraries([*base, "for_tests; extra == 'test'"])}
    assert found == {"plain": TO_RUN, "deep": TO_RUN, "for_tests": "extra: test", "only-tests": "extra: test"}
    found = {one.name for one in components._libraries([*base, "With.Extra[more]~=2.0; python_version < '4'"])}
    assert found == {"plain", "deep", "with_extra", "more"}


def test_an_installed_copy_goes_by_what_pip_noted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("cqcmock.__file__", str(tmp_path / "site-packages" / "cqcmock" / "__init__.py"))
    monkeypatch.setattr(components.metadata, "requires", {"cqcmock": ["msgspec~=0.22", "ruff; extra == 'test'"]}.get)
    found = {one.name: one.needed_for for one in components._libraries(components._own_requirements())}
    assert found["msgspec"] == TO_RUN
    assert found["ruff"] == "extra: test"
    assert "SQLAlchemy" not in found


def test_a_copy_that_does_not_say_what_it_needs_is_told_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "somebody-elses"\n', encoding="utf-8")
    monkeypatch.setattr("cqcmock.__file__", str(tmp_path / "cqcmock" / "__init__.py"))

    def requires(name: str) -> None:
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(components.metadata, "requires", requires)
    with pytest.raises(UserError, match="does not say which libraries"):
        components._own_requirements()
