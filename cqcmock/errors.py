"""Whose fault it is: a UserError is for the person, every other exception is a mistake of ours."""

from __future__ import annotations


class UserError(Exception):
    """Something that the person can put right.

    Both sentences are shown as they are: `what_happened` says what went wrong, `what_to_do` how to go on.
    """

    def __init__(self, what_happened: str, what_to_do: str = "") -> None:
        super().__init__(f"{what_happened} {what_to_do}".strip())
        self.what_happened = what_happened
        self.what_to_do = what_to_do
