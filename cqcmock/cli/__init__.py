"""The command line: a few lines over services for every command, and one way out for every error."""

from __future__ import annotations

import logging
import sys

from cqcmock.cli.arguments import harmless
from cqcmock.errors import UserError, without_words
from cqcmock.logs import logging_to
from cqcmock.paths import data_folder

DONE, INPUT_AT_FAULT, USAGE, OUR_BUG = 0, 1, 2, 3


def run(arguments: list[str]) -> int:
    """Run one command and return its exit status; a person never sees a traceback."""
    from cqcmock.cli.commands import app

    try:
        app(args=arguments, prog_name="cqcmock")
    except SystemExit as leave:
        return leave.code if isinstance(leave.code, int) else DONE
    except UserError as error:
        return _say(str(error), INPUT_AT_FAULT)
    except KeyboardInterrupt:
        return _say("Stopped. Everything up to here is saved.", INPUT_AT_FAULT)
    except BrokenPipeError:
        return DONE
    except Exception as error:  # noqa: BLE001 - whatever it is, a person never sees it
        folder = data_folder(_value_after("--data-dir", arguments))
        with logging_to(folder):
            logging.getLogger("cqcmock").error("a command failed\n%s", without_words(error))
        return _say(
            "Something went wrong in the program; this is our mistake, not yours. "
            f"The details are in {folder / 'logs' / 'cqcmock.log'}.",
            OUR_BUG,
        )
    return DONE


def rehearse_without_window(arguments: list[str]) -> int:
    """What the bare command does where there is no screen: rehearse in the terminal, or say what can be done."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return _say(
            "There is neither a screen nor a terminal here: “cqcmock demo --out FOLDER” shows what the program does.",
            INPUT_AT_FAULT,
        )
    kept = [argument for argument in arguments if argument not in ("--quit-when-ready", "--json")]
    return run([*kept, "rehearse"])


def _value_after(option: str, arguments: list[str]) -> str | None:
    for at, argument in enumerate(arguments):
        if argument == option:
            return next(iter(arguments[at + 1 :]), None)
        if argument.startswith(f"{option}="):
            return argument.partition("=")[2]
    return None


def _say(sentence: str, status: int) -> int:
    sys.stderr.write(f"{harmless(sentence)}\n")
    return status
