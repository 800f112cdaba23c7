"""A script, run in a process of its own: the program as its installed command starts it, until home is filled.

The program prints its own steps; this adds at which wall-clock time they began, and how much memory was taken.
With `--stall` it also prints how long the window was kept from its own work after its first frame, and which modules
had been imported by then and since.
"""

from __future__ import annotations

import sys

arguments = [argument for argument in sys.argv[1:] if argument != "--stall"]

if "--stall" not in sys.argv:
    from cqcmock import __main__ as program

    status = program.main(arguments)

    import json
    import time

    from tests.benchmarks.peak_memory import peak_kib

    began_at = time.time() - (time.perf_counter() - program.STARTED)
    print(json.dumps({"began_at": began_at, "peak_kib": peak_kib()}))  # noqa: T201
else:
    import contextlib
    import io
    import json
    import sys

    from PySide6.QtWidgets import QApplication

    from cqcmock import __main__ as program
    from tests.benchmarks.heartbeat import Heartbeat

    heartbeat = Heartbeat(QApplication(sys.argv[:1]))
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        status = program.main(arguments)
    steps = json.loads(printed.getvalue())
    filled = program.STARTED + steps["home filled"] / 1000
    before = heartbeat.modules_at_first_frame
    known = set(before)
    print(  # noqa: T201
        json.dumps(
            {
                "longest_gap_ms": heartbeat.longest_gap_ms(filled),
                "before": before,
                "after": [name for name in sys.modules if name not in known],
            }
        )
    )
sys.exit(status)
