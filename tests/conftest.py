"""What holds for every test: its own data folder, no unexpected log record, no thread left behind.

Nothing here imports Qt: the core's tests run where Qt is not installed. Hooks instead of fixtures, so that
hypothesis may run a test's body many times.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Generator
from pathlib import Path

import pytest

from tests.faults import Tell, telling

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

_GRACE_SECONDS = 5.0
_THREADS = pytest.StashKey[set[threading.Thread]]()
_QT_OPTIONS = ("qt_api", "qt_log_level_fail")


def pytest_addoption(parser: pytest.Parser, pluginmanager: pytest.PytestPluginManager) -> None:
    """Without pytest-qt (the core alone) its options are still in pyproject.toml, and must not be errors."""
    if not pluginmanager.hasplugin("pytest-qt"):
        for option in _QT_OPTIONS:
            parser.addini(option, "of pytest-qt", default="")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "may_log: warnings and errors in the log are what this test is about")
    config.addinivalue_line("markers", "fault: tells of a fault; marked so by itself where the fixture is named")
    config.addinivalue_line("markers", "may_leave_threads: this test leaves a thread behind on purpose")
    if config.pluginmanager.hasplugin("pytest-qt"):
        config.addinivalue_line("qt_log_ignore", "^This plugin does not support propagateSizeHints")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "fault" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.fault)


class _Records(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.seen: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.seen.append(f"{record.levelname} {record.name}: {record.getMessage()}")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None, None, None]:
    item.stash[_THREADS] = set(threading.enumerate())
    return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, None, None]:
    """Fail a test that logs a warning which nobody expected."""
    records = _Records()
    root = logging.getLogger()
    root.addHandler(records)
    try:
        result = yield
    finally:
        root.removeHandler(records)
    if records.seen and item.get_closest_marker("may_log") is None:
        pytest.fail("unexpected log records:\n" + "\n".join(records.seen), pytrace=False)
    return result


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None, None, None]:
    """Fail a test that leaves a thread behind."""
    result = yield
    left = set(threading.enumerate()) - item.stash[_THREADS]
    for thread in left:
        thread.join(_GRACE_SECONDS)
    still = sorted(thread.name for thread in left if thread.is_alive())
    if still and item.get_closest_marker("may_leave_threads") is None:
        pytest.fail(f"threads left behind: {', '.join(still)}", pytrace=False)
    return result


@pytest.fixture(scope="session", autouse=True)
def _no_real_data(tmp_path_factory: pytest.TempPathFactory) -> Generator[None, None, None]:
    """No test can reach the data folder of the person who runs it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CQCMOCK_DATA_DIR", str(tmp_path_factory.mktemp("never-used")))
        patch.delenv("CQCMOCK_DATABASE_URL", raising=False)
        yield


@pytest.fixture
def fault(request: pytest.FixtureRequest) -> Tell:
    """Tell what was tried on purpose to lose something: a row of docs/faults.md."""
    return telling(request.node.user_properties)


@pytest.fixture
def data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh data folder, which is also the one that the environment names."""
    folder = tmp_path / "data"
    monkeypatch.setenv("CQCMOCK_DATA_DIR", str(folder))
    return folder


@pytest.fixture(scope="session")
def prepared_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed library with the shipped banks, which are read once for all tests."""
    folder = tmp_path_factory.mktemp("prepared") / "data"
    from cqcmock.paths import Location
    from cqcmock.services import library as libraries

    with libraries.open_library(Location(folder)) as opened:
        libraries.sync_shipped_banks(opened)
    return folder
