"""The same as the installed command, for those who have only the folder."""

from __future__ import annotations

import sys

from cqcmock.__main__ import main

if __name__ == "__main__":
    sys.exit(main())
