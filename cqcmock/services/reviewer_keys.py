"""A reviewer's own keys, for those whose packs are sealed to them and whose returns are to bear their name."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import msgspec

from cqcmock.errors import UserError
from cqcmock.paths import Location
from cqcmock.services import saving

FOLDER = "review"
"""Inside the data folder: the reviewer's own key, and a folder for each pack that is being marked."""

FILE = "own-key.json"


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
        return msgspec.json.decode(path.read_bytes(), type=OwnKey)
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
    saving.save(path, msgspec.json.encode(asdict(made)), "Your key")
    return made
