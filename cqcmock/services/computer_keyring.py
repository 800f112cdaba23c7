"""The system's own keyring: Windows' credential manager, macOS' keychain, the Secret Service or KWallet of a Linux."""

from __future__ import annotations

from typing import Any, Final

from cqcmock.errors import UserError

SERVICE: Final = "CQC Mock library"
_UNSAFE: Final = ("keyring.backends.fail", "keyring.backends.null", "keyrings.alt")
"""No keyring at all, and ones that keep what they are given in a file that anybody can read."""


def is_there() -> bool:
    """Whether this computer has a keyring that keeps a secret."""
    try:
        return _keyring() is not None
    except Exception:  # noqa: BLE001 - whatever another program's service answers, it is then no keyring for us
        return False


def keep(name: str, secret: str) -> None:
    """Give the keyring a secret. Raises UserError where it does not take it."""
    keyring = _keyring()
    try:
        if keyring is None:
            raise LookupError
        keyring.set_password(SERVICE, name, secret)
        if keyring.get_password(SERVICE, name) != secret:
            raise LookupError
    except Exception as error:
        raise UserError(
            "The keyring of this computer did not keep the key.",
            "Unlock the keyring, or go on without it: the recovery words are then asked for at each start.",
        ) from error


def fetch(name: str) -> str:
    """The secret, or nothing where the keyring has none, does not answer, or was not unlocked."""
    try:
        keyring = _keyring()
        return (keyring.get_password(SERVICE, name) if keyring else None) or ""
    except Exception:  # noqa: BLE001 - then the recovery words are asked for
        return ""


def forget(name: str) -> None:
    """Take the secret out of the keyring, if it is there and the keyring answers."""
    try:
        keyring = _keyring()
        if keyring is not None:
            keyring.delete_password(SERVICE, name)
    except Exception:  # noqa: BLE001 - without the file beside the library the secret opens nothing
        return


def _keyring() -> Any:
    import keyring

    found = keyring.get_keyring()
    parts = list(getattr(found, "backends", [])) or [found]
    safe = [one for one in parts if not type(one).__module__.startswith(_UNSAFE)]
    return safe[0] if safe else None
