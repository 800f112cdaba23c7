"""One-time keys by which the owner of a pack knows that a return was written by somebody who could open the pack."""

from __future__ import annotations

from typing import Final

DOMAIN: Final = b"cqcmock return v1\n"
"""Stands before what is signed, so that no signature can be taken for one of another purpose."""


def new_signing_key() -> tuple[str, str]:
    """A fresh Ed25519 key pair, in hexadecimal: the secret half, and the public one."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    key = Ed25519PrivateKey.generate()
    return key.private_bytes_raw().hex(), key.public_key().public_bytes_raw().hex()


def public_half(secret: str) -> str:
    """The public half of a secret key, in hexadecimal."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(secret)).public_key().public_bytes_raw().hex()


def sign(content: bytes, secret: str) -> str:
    """The signature of these bytes, in hexadecimal."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(secret)).sign(DOMAIN + content).hex()


def is_signed(content: bytes, signature: str, public: str) -> bool:
    """Whether the holder of the secret half of `public` signed these bytes."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public))
        key.verify(bytes.fromhex(signature), DOMAIN + content)
    except (InvalidSignature, ValueError):
        return False
    return True
