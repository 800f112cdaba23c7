"""The process in which a deed is done: `python -m tests.power_cuts.hands NAME FOLDER SAID [WEAKENED]`."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.power_cuts.deed import Say
from tests.power_cuts.deeds import deed
from tests.power_cuts.tracing import be_traced
from tests.power_cuts.weakened import WAYS

CANNOT_BE_TRACED = 77


def main(name: str, folder: str, said: str, *weakened: str) -> int:
    """Do a deed once somebody looks on; weakened as the harness must notice, if a way is named."""
    chosen = deed(name)
    say = Say(Path(said))
    for way in weakened:
        WAYS[way]()
    try:
        be_traced()
    except OSError:
        return CANNOT_BE_TRACED
    chosen.do(Path(folder), say)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
