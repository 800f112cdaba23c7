"""A reviewer's own keys, for those whose packs are sealed to them and whose returns are to bear their name."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from pathlib import Path

import msgspec

from cqcmock.errors import UserError
from cqcmock.paths import Location
from cqcmock.services import saving, sealed_files

FOLDER = "review"
"""Inside the data folder: the reviewer's own key, and a folder for each pack that is being marked."""

FILE = "own-key.json"

SIGNED_FOR = "signed-for.json"
"""Beside the key: for which councils returns are signed with it. No name of any council stands in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnKey:
    """What a reviewer signs and opens with. `public` and `address` may be given to anybody."""

    signing: str
    public: str
    secret: str
    address: str


def own_key(place: Location) -> OwnKey:
    """The reviewer's own key on this computer, made when it is first asked for.

    Raises UserError for a damaged one, and where it cannot be kept.
    """
    path = place.folder / FOLDER / FILE
    try:
        return msgspec.json.decode(sealed_files.read(place.raw_key, path), type=OwnKey)
    except FileNotFoundError:
        pass
    except (OSError, msgspec.MsgspecError) as error:
        raise UserError(
            f"Your key in {path} cannot be read.", "Put it back from a copy, or delete it for a new one."
        ) from error
    from cqcmock.review.sealing import new_address
    from cqcmock.review.signing import new_signing_key

    signing, public = new_signing_key()
    secret, address = new_address()
    made = OwnKey(signing=signing, public=public, secret=secret, address=address)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(
            f"Your key cannot be kept in {path.parent}: {error.strerror or error}.", "Free some space, then try again."
        ) from error
    sealed_files.write(place.folder, place.raw_key, path, msgspec.json.encode(asdict(made)), "Your key")
    return made


def signs_for(place: Location, made_by: str) -> bool:
    """Whether the returns of packs from this council are signed with the own key, as it was settled the last time."""
    return _named(made_by) in _signed_for(place.folder / FOLDER / SIGNED_FOR)


def remember_signing(place: Location, made_by: str, signed: bool) -> None:
    """Remember it for the next pack from the same council: one that has the key believes no return without it.

    Raises UserError where it cannot be kept.
    """
    path = place.folder / FOLDER / SIGNED_FOR
    before, council = _signed_for(path), _named(made_by)
    after = before | {council} if signed else before - {council}
    if after != before:
        saving.save(path, msgspec.json.encode(sorted(after)), "How you sign")


def _signed_for(path: Path) -> frozenset[str]:
    """What cannot be read is no reason to keep anybody from returning a pack: they tick it once more."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=frozenset[str])
    except (OSError, msgspec.MsgspecError):
        return frozenset()


def _named(made_by: str) -> str:
    return hashlib.sha256(" ".join(made_by.casefold().split()).encode("utf-8", "surrogatepass")).hexdigest()
