"""The start: without a sub-command the window, with one the command line.

Whether a window is wanted is settled before Qt or the command line's library is imported, because either
takes longer than the answer.
"""

from __future__ import annotations

import gc
import sys
import time

STARTED = time.perf_counter()

WINDOW_OPTIONS = {"--data-dir": True, "--database-url": True, "--quit-when-ready": False, "--json": False}
"""What may stand beside the bare command, and whether a value follows it."""


def wants_window(arguments: list[str]) -> dict[str, str] | None:
    """The options of the bare command, or None where a sub-command or anything else was asked for."""
    options: dict[str, str] = {}
    rest = iter(arguments)
    for argument in rest:
        name, equals, value = argument.partition("=")
        if name not in WINDOW_OPTIONS:
            return None
        if WINDOW_OPTIONS[name] and not equals:
            value = next(rest, "")
            if not value:
                return None
        options[name] = value
    return options


def main(arguments: list[str] | None = None) -> int:
    """Run the program; returns its exit status (0 done, 1 the person's input, 2 usage, 3 our bug)."""
    arguments = sys.argv[1:] if arguments is None else arguments
    options = wants_window(arguments)
    if options is None:
        from cqcmock.cli import run

        return run(arguments)
    gc.disable()  # a start throws hardly anything away; `ui.app` has Python collect again once home is there
    try:
        return _open_window(arguments, options)
    finally:
        gc.enable()


def _open_window(arguments: list[str], options: dict[str, str]) -> int:
    from cqcmock import qt_check

    if not qt_check.has_screen():
        from cqcmock.cli import rehearse_without_window

        return rehearse_without_window(arguments)
    if problem := qt_check.qt_problem():
        print(problem, file=sys.stderr)  # noqa: T201 - nothing else can show it
        return 1
    from cqcmock.paths import location
    from ui import app

    return app.run(
        location(options.get("--data-dir"), options.get("--database-url")),
        app.Options(
            quit_when_ready="--quit-when-ready" in options, as_json="--json" in options, process_started=STARTED
        ),
    )


if __name__ == "__main__":
    sys.exit(main())
