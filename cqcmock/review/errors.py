"""Why a file was refused: each in a sentence for the person, and nothing has changed when it is raised."""

from __future__ import annotations

from cqcmock.errors import UserError


class RefusedError(UserError):
    """A file that is not taken in. `altered` is true where it was a file of ours and is no longer what was written."""

    altered = False


class NotOursError(RefusedError):
    """A file of another kind, or for another purpose."""


class AlteredError(RefusedError):
    """A file that was cut off, damaged or changed after it was written."""

    altered = True


class NotForUsError(RefusedError):
    """A file that was sealed for somebody else, or with another passphrase."""


class NewerFormatError(RefusedError):
    """A file from a newer version of the program."""


class TooLargeError(RefusedError):
    """A file larger than anything that this program writes."""
