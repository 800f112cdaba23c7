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


def without_words(error: BaseException) -> str:
    """Where and what kind, along the chain of causes; no error text, because it may quote what somebody wrote."""
    import traceback  # not for the first frame
    from pathlib import Path

    lines: list[str] = []
    seen: set[int] = set()
    link: BaseException | None = error
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        lines.append(f"{type(link).__module__}.{type(link).__qualname__}")
        lines.extend(
            f"  {Path(frame.filename).name}:{line} {frame.name}"
            for frame, line in ((frame, frame.lineno) for frame in traceback.extract_tb(link.__traceback__))
        )
        link = link.__cause__ or link.__context__
    return "\n".join(lines)
