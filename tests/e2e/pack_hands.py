"""What is done to packs in a process that is going to be killed: each deed is announced only after it has returned.

`python -m tests.e2e.pack_hands reviewer DATA PACK SPARE RETURN SEED`, or `owner DATA RETURNS SEED`.
"""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path
from typing import Any

from cqcmock.clock import system_clock
from cqcmock.domain.review import PeerMarks, ReturnDraft
from cqcmock.paths import Location
from cqcmock.services import library as libraries
from cqcmock.services import merging, reviewing

CLOCK = system_clock()
LENSES = ("evidence", "clarity")
BEGUN, DONE = "begun", "done"


def say(what: str, *about: Any) -> None:
    """One line on stdout, out of our hands when this returns."""
    sys.stdout.write(json.dumps([what, *about]) + "\n")
    sys.stdout.flush()


def numbered(number: int) -> PeerMarks:
    """Marks that can be told apart from all others, some of them long."""
    words = f"{'word ' * (number % 700)}{number}"
    return PeerMarks(levels=dict.fromkeys(LENSES, number % 4), overall=number % 4, comment=words)


def reason(number: int) -> str:
    """A reason as it is being typed: as long as what can be sent, or a word."""
    return f"{'x ' * (number % 900)}{number}"


def review(place: Location, pack: Path, spare: Path, returned: Path, seed: int) -> None:
    """Mark one sheet after the other, return them, and open and forget a second pack in between, for ever."""
    dice = random.Random(seed)
    number = seed * 100_000
    with reviewing.open_pack(place, pack, CLOCK) as workspace:
        say("opened")
        while True:
            number += 1
            sheet = dice.choice(workspace.order)
            deed = dice.choices(
                ("save", "submit", "whole", "reason", "return", "open", "forget"), (4, 4, 1, 3, 2, 1, 1)
            )[0]
            say(BEGUN, deed, sheet, number)
            match deed:
                case "save":
                    workspace.save(sheet, numbered(number), CLOCK)
                case "submit":
                    workspace.submit(sheet, numbered(number), CLOCK)
                case "whole":
                    workspace.save_whole("A", number % 4, numbered(number).comment, CLOCK)
                case "reason":
                    workspace.save_return_draft(
                        ReturnDraft(why_incomplete=reason(number), signed=bool(number % 2)), CLOCK
                    )
                case "return":
                    workspace.make_return(returned, CLOCK, why_incomplete="The train came in.")
                case "open":
                    reviewing.open_pack(place, spare, CLOCK).close()
                case _:
                    if len(reviewing.workspaces(place)) > 1:
                        reviewing.forget(place, str(spare))
            say(DONE, deed, sheet, number)


def merge(place: Location, returns: list[Path], seed: int) -> None:
    """Merge the returns in handfuls, in any order, for ever."""
    dice = random.Random(seed)
    with libraries.open_library(place) as library:
        say("opened")
        while True:
            handful = dice.sample(returns, dice.randint(1, 4))
            say(BEGUN, *(path.name for path in handful))
            merging.take_in(library, merging.look(library, handful, CLOCK))
            say(DONE, *(path.name for path in handful))


if __name__ == "__main__":
    who, data, *files, seed = sys.argv[1:]
    if who == "reviewer":
        review(Location(Path(data)), Path(files[0]), Path(files[1]), Path(files[2]), int(seed))
    else:
        merge(Location(Path(data)), sorted(Path(files[0]).iterdir()), int(seed))
