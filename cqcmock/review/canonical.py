"""The one way in which packs and returns are written down, so that the same content always has the same bytes."""

from __future__ import annotations

import hashlib
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")

MOST_TEXTS = 500_000
"""Texts and names of fields in one file: 2,000 answers have 90,000. Millions of tiny ones would fill the memory."""


def canonical(value: Any) -> bytes:
    """The value as JSON whose keys stand in a fixed order."""
    return msgspec.json.encode(value, order="deterministic")


def digest(content: bytes) -> str:
    """The SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def decoded(content: bytes, kind: type[T]) -> T:
    """The value of this kind that stands in the bytes. Raises msgspec.MsgspecError for anything else."""
    if len(content) > 2 * MOST_TEXTS and content.count(b'"') - content.count(rb"\"") > 2 * MOST_TEXTS:
        raise msgspec.DecodeError("more texts than any file of ours has")
    try:
        return msgspec.json.decode(content, type=kind)
    except RecursionError as error:
        raise msgspec.DecodeError("nested too deeply") from error
