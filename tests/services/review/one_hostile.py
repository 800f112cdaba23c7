"""Opens one hostile file in a process of its own, and says what came of it, how long it took, and in how much memory.

`python -m tests.services.review.one_hostile DATA FILE`; the key that opens the file is in the data folder.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path

from cqcmock.clock import system_clock
from cqcmock.errors import UserError
from cqcmock.paths import Location
from cqcmock.review import pack_file, sealing
from cqcmock.services import reviewer_keys, reviewing
from tests.benchmarks.peak_memory import peak_kib
from tests.review.packs import sent

CLOCK = system_clock()


def opened(place: Location, path: Path) -> str:
    """Why the file was refused, or nothing. What is opened can be looked at and returned as well."""
    try:
        with reviewing.open_pack(place, path, CLOCK, passphrase="any words") as workspace:
            workspace.summary()
            workspace.make_return(path.with_name("return"), CLOCK, why_incomplete="It looks odd.")
    except UserError as error:
        return str(error)
    return ""


def main(data: str, path: str) -> None:
    """Warm up with a harmless pack, so that what is measured is the file and not the program."""
    own = reviewer_keys.own_key(Location(Path(data)))
    with tempfile.TemporaryDirectory() as folder:
        harmless = Path(folder) / "pack"
        harmless.write_bytes(sealing.seal_to(pack_file.written_pack(sent().content), own.address))
        elsewhere = Location(Path(folder) / "data")
        (elsewhere.folder / reviewer_keys.FOLDER).mkdir(parents=True)
        key = reviewer_keys.FOLDER, reviewer_keys.FILE
        elsewhere.folder.joinpath(*key).write_bytes(Path(data).joinpath(*key).read_bytes())
        assert not opened(elsewhere, harmless)
    before, began = peak_kib() or 0, time.process_time()
    refused = opened(Location(Path(data)), Path(path))
    seconds = time.process_time() - began
    print(json.dumps({"refused": refused, "seconds": seconds, "grown_kib": (peak_kib() or 0) - before}))  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
