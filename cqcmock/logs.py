"""Logs say what the program did and never what a person said."""

from __future__ import annotations

import logging
import logging.handlers
from pathlib import Path

KEPT_FILES = 3
LARGEST_FILE_BYTES = 500_000


def start_logging(folder: Path) -> None:
    """Write warnings and worse to `logs/cqcmock.log` in the data folder; where that cannot be, do without."""
    logs = folder / "logs"
    try:
        logs.mkdir(parents=True, exist_ok=True, mode=0o700)
        handler = logging.handlers.RotatingFileHandler(
            logs / "cqcmock.log", maxBytes=LARGEST_FILE_BYTES, backupCount=KEPT_FILES, encoding="utf-8", delay=True
        )
    except OSError:
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
