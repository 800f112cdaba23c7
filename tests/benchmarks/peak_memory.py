"""The most memory that a process has held so far.

`getrusage` will not do on Linux: it begins with what the parent held when it started the process.
"""

from __future__ import annotations

import sys


def peak_kib(platform: str = sys.platform) -> int | None:
    """The largest resident set of this process in KiB, or nothing where the system does not say."""
    if platform.startswith("linux"):
        with open("/proc/self/status", encoding="ascii") as status:  # noqa: PTH123 - no imports at this point
            line = next(line for line in status if line.startswith("VmHWM"))
        return int(line.split()[1])
    if platform == "darwin":
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return None
