"""Keyrings for tests, behind the `keyring` library's own front: one in memory, one in a file that a child can use too.

PYTHON_KEYRING_BACKEND=tests.keyrings.FileKeyring CQCMOCK_TEST_KEYRING=FILE python -m cqcmock …
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import keyring
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError

FILE = "CQCMOCK_TEST_KEYRING"
BACKEND = "PYTHON_KEYRING_BACKEND"


class MemoryKeyring(KeyringBackend):
    """Keeps what it is given until it is `lost`; `locked` as while somebody has not typed the keyring's password.

    It comes after having none at all, so that nobody gets it who did not ask for it.
    """

    priority = -1  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = False

    def get_password(self, service: str, username: str) -> str | None:
        self._answer()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._answer()
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._answer()
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError

    def lost(self) -> None:
        """The laptop is another one, or was set up anew."""
        self.kept.clear()

    def _answer(self) -> None:
        if self.locked:
            raise KeyringLocked


class FileKeyring(MemoryKeyring):
    """The same, kept in the file that the environment names."""

    @property
    def _path(self) -> Path:
        return Path(os.environ[FILE])

    def get_password(self, service: str, username: str) -> str | None:
        self._read()
        return super().get_password(service, username)

    def set_password(self, service: str, username: str, password: str) -> None:
        self._read()
        super().set_password(service, username, password)
        self._write()

    def delete_password(self, service: str, username: str) -> None:
        self._read()
        super().delete_password(service, username)
        self._write()

    def _read(self) -> None:
        if self._path.exists():
            self.kept = {(one["service"], one["name"]): one["secret"] for one in json.loads(self._path.read_text())}

    def _write(self) -> None:
        kept = [{"service": service, "name": name, "secret": secret} for (service, name), secret in self.kept.items()]
        self._path.write_text(json.dumps(kept))


@contextmanager
def using(backend: KeyringBackend) -> Iterator[None]:
    """The keyring of this computer is that one for a while."""
    before = keyring.get_keyring()
    keyring.set_keyring(backend)
    try:
        yield
    finally:
        keyring.set_keyring(before)
