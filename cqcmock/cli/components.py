"""`--components`: what the program is made of, for whoever signs it off."""

from __future__ import annotations

from dataclasses import asdict

from cqcmock.cli.context import show
from cqcmock.services.components import TO_RUN, Component, Inventory, inventory

_WIDEST = 44


def show_all(*, as_json: bool) -> None:
    """Print every part with its version, its licence, where that is stated, and its home page."""
    found = inventory()
    show(asdict(found), _lines(found), as_json)


def _lines(found: Inventory) -> list[str]:
    inside = f"SQLite {found.sqlite}, SQLCipher {found.sqlcipher}, OpenSSL {found.openssl}, Qt {found.qt}"
    lines = [f"cqcmock {found.cqcmock}", f"Python {found.python}, {inside}"]
    for needed_for in dict.fromkeys((TO_RUN, *(one.needed_for for one in found.components))):
        lines += ["", "Needed to run:" if needed_for == TO_RUN else f"Not needed to run, {needed_for}:"]
        lines += _table([one for one in found.components if one.needed_for == needed_for])
    return lines


def _table(components: list[Component]) -> list[str]:
    names = [f"{one.name} {one.version}" for one in components]
    first, second = (min(_WIDEST, max(map(len, column))) for column in (names, [one.licence for one in components]))
    return [
        f"  {name:{first}}  {one.licence:{second}}  {one.home_page}"
        for name, one in zip(names, components, strict=True)
    ]
