"""Logs say what the program did and never what a person said."""

from __future__ import annotations

import logging
import logging.handlers
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

KEPT_FILES = 3
LARGEST_FILE_BYTES = 500_000


@contextmanager
def logging_to(folder: Path) -> Iterator[None]:
    """While the block runs, keep what happened in `logs/cqcmock.log` of the data folder.

    Where that file cannot be, do without.
    """
    logs = folder / "logs"
    try:
        logs.mkdir(parents=True, exist_ok=True, mode=0o700)
        handler = logging.handlers.RotatingFileHandler(
            logs / "cqcmock.log", maxBytes=LARGEST_FILE_BYTES, backupCount=KEPT_FILES, encoding="utf-8", delay=True
        )
    except OSError:
        yield
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    try:
        yield
    finally:
        root.removeHandler(handler)
        handler.close()
