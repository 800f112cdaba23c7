"""The window: Qt only, no rules, no SQL. It asks `cqcmock.services` and paints the answers.

PySide puts an import hook of its own in the place of Python's, which reads the source of every module that is imported
later, for features that nothing here uses (`from __feature__`, `import *`). It goes again before anything else comes.
"""

from __future__ import annotations

import builtins

_plain_import = builtins.__import__

import PySide6.QtCore  # noqa: E402, F401 - the hook comes with it, and only once

builtins.__import__ = _plain_import
