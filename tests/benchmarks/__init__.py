"""How fast the program is, as ratios to something plain that is measured in the same run.

`python -m tests.benchmarks` measures; pytest only sees to it that every benchmark still runs.
"""

from __future__ import annotations
