"""Where everything is kept: the only room that knows SQLAlchemy and Alembic.

The modules are imported when they are first used, because SQLAlchemy takes longer to import than a window
to open: `from cqcmock import storage` costs nothing. `storage.errors`, `storage.records` and `storage.folder`
never import it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import ModuleType

    from cqcmock.storage import (
        audit,
        backup_contents,
        backups,
        bank_edits,
        banks,
        cafe,
        cafe_holds,
        cafe_records,
        cafe_said,
        checking,
        cipher,
        conversion,
        counting,
        engine,
        errors,
        folder,
        holds,
        home,
        left_log,
        library,
        marks,
        migrate,
        packs,
        persons,
        practice,
        promises,
        records,
        reflections,
        retention,
        schema,
        search,
        seeing,
        server,
        sittings,
        stories,
        text,
        turns,
        undoing,
        workspace,
    )

__all__ = [
    "audit",
    "backup_contents",
    "backups",
    "bank_edits",
    "banks",
    "cafe",
    "cafe_holds",
    "cafe_records",
    "cafe_said",
    "checking",
    "cipher",
    "conversion",
    "counting",
    "engine",
    "errors",
    "folder",
    "holds",
    "home",
    "left_log",
    "library",
    "marks",
    "migrate",
    "packs",
    "persons",
    "practice",
    "promises",
    "records",
    "reflections",
    "retention",
    "schema",
    "search",
    "seeing",
    "server",
    "sittings",
    "stories",
    "text",
    "turns",
    "undoing",
    "workspace",
]


def __getattr__(name: str) -> ModuleType:
    if name in __all__:
        return import_module(f"{__name__}.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
