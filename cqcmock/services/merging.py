"""Taking in what reviewers send back: each file looked at on its own, believed or refused, and all of it kept at once.

What is kept is a set of returns, so the outcome depends neither on their order nor on how often a file is merged.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cqcmock import storage
from cqcmock.clock import Clock
from cqcmock.domain.review import PeerMarks, Return, Tally, missing_lenses, wrong_marks
from cqcmock.domain.sitting import SittingSummary
from cqcmock.errors import UserError
from cqcmock.services.reviewing import read_file
from cqcmock.storage.records import MergedReturn, SentPack

if TYPE_CHECKING:
    from cqcmock.review.return_file import SignedReturn
    from cqcmock.services.library import Library


LONGEST_SPOKEN = 10_000_000
"""Characters: where an answer has been deleted, nobody knows any more what a comment on its words points at."""


MOST_RECENT = 10_000
"""More rehearsals than anybody has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """One file that came back. Where `why_refused` says something, nothing of it is taken in.

    `altered` is true for a file that is no longer what the reviewer wrote. `known` is true for one that is in the
    library already. `code` are the words that stand on the reviewer's receipt. `new_key` is true where the reviewer
    signed with a key of their own for the first time; `key_words` are it as words. `other_key` is true for a file that
    is refused for nothing but a key other than before: `look` believes it if the reviewer is among its `new_keys`.
    """

    file: Path
    code: str = ""
    why_refused: str = ""
    altered: bool = False
    known: bool = False
    pack: SentPack | None = None
    returned: MergedReturn | None = None
    new_key: bool = False
    key_words: str = ""
    other_key: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PackTally:
    """How far one pack has come back."""

    pack: SentPack
    tally: Tally
    why_incomplete: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What was expected, what is here now, and what was refused. `altered` counts files that were changed."""

    files: tuple[Incoming, ...]
    packs: tuple[PackTally, ...]

    @property
    def tally(self) -> Tally:
        """All packs together."""
        return Tally(
            expected=sum(one.tally.expected for one in self.packs),
            received=sum(one.tally.received for one in self.packs),
        )

    @property
    def refused(self) -> tuple[Incoming, ...]:
        """The files that were not taken in."""
        return tuple(file for file in self.files if file.why_refused)

    @property
    def altered(self) -> int:
        """How many files are no longer what their reviewers wrote."""
        return sum(file.altered for file in self.files)


def look(
    library: Library, paths: Sequence[Path], clock: Clock, *, new_keys: Collection[str] = ()
) -> tuple[Incoming, ...]:
    """Open and check every file, changing nothing.

    `new_keys` are reviewers whose own key may be another than before.
    """
    with library.reading() as session:
        packs = {pack.id: pack for pack in storage.packs.packs(session)}
        known = storage.packs.known_digests(session)
        pinned = {pack.id: storage.packs.key_of_reviewer(session, pack.reviewer) for pack in packs.values()}
    shelf = _Shelf(packs=packs, pinned=pinned, new_keys=frozenset(name.casefold() for name in new_keys))
    found: list[Incoming] = []
    seen = set(known)
    for path in paths:
        one = _look_at(library, path, shelf, clock.wall())
        if one.returned is not None:
            digest = one.returned.digest
            one = replace(one, known=digest in seen)
            seen.add(digest)
        found.append(one)
    return tuple(found)


def take_in(library: Library, files: Sequence[Incoming]) -> Outcome:
    """Keep all returns that were not refused, in one unit of work, and say what is still missing.

    The count is of every pack in which something of the same sittings was sent; of all packs, where no file said.
    """
    taken = [file for file in files if file.returned is not None and not file.why_refused]
    with library.writing() as work:
        for file in taken:
            assert file.returned is not None
            assert file.pack is not None
            storage.packs.merge(work, file.returned)
            if file.returned.reviewer_key:
                storage.packs.pin_key(work, file.pack.reviewer, file.returned.reviewer_key, file.returned.merged_at)
        work.commit()
    return Outcome(files=tuple(files), packs=tallies(library, [file.pack for file in files if file.pack is not None]))


def sittings_of(library: Library, pack_id: str) -> tuple[SittingSummary, ...]:
    """The rehearsals of which answers were sent in a pack, as far as they are still there, the latest first."""
    with library.reading() as session:
        sent = {sitting for sitting, _code in storage.packs.sheet_places(session, pack_id).values()}
        return tuple(one for one in storage.sittings.recent(session, MOST_RECENT) if one.id in sent)


def tallies(library: Library, named: Collection[SentPack] = ()) -> tuple[PackTally, ...]:
    """How far the packs have come back that hold answers of the same sittings as these; all packs, if none is named."""
    with library.reading() as session:
        packs = storage.packs.packs(session)
        if named:
            places = [storage.packs.sheet_places(session, pack.id) for pack in named]
            sittings = {sitting for place in places for sitting, _code in place.values()}
            packs = storage.packs.of_sittings(session, sittings)
        counted = storage.packs.tallies(session, [pack.id for pack in packs])
        reasons = {one.pack: one.why_incomplete for one in storage.packs.returns(session, [pack.id for pack in packs])}
    return tuple(
        PackTally(pack=pack, tally=counted[pack.id], why_incomplete=reasons.get(pack.id, "")) for pack in packs
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shelf:
    """The packs that were sent, by id, and the key that each one's reviewer signed with the first time, or nothing."""

    packs: dict[str, SentPack]
    pinned: dict[str, str]
    new_keys: frozenset[str]


def _look_at(library: Library, path: Path, shelf: _Shelf, now: datetime) -> Incoming:
    from cqcmock.review import canonical, return_file, words
    from cqcmock.review.errors import OtherKeyError, RefusedError

    code = ""
    try:
        sealed = read_file(path)
        code = words.word_code(canonical.digest(sealed))
        signed = _opened(sealed, shelf)
        pack = shelf.packs[signed.given.pack]
        return_file.check_return(signed, pack.public_key, pack.answers_digest)
        _check_sheets(library, signed.given, pack)
        _check_reviewer(signed, pack, shelf)
    except OtherKeyError as error:
        return Incoming(
            file=path,
            code=code,
            why_refused=str(error),
            pack=pack,
            other_key=True,
            key_words=key_words(signed.reviewer_key),
        )
    except RefusedError as error:
        return Incoming(file=path, code=code, why_refused=str(error), altered=error.altered)
    except UserError as error:
        return Incoming(file=path, code=code, why_refused=str(error))
    given = signed.given
    own_key = signed.reviewer_key
    return Incoming(
        file=path,
        code=code,
        pack=pack,
        new_key=bool(own_key) and own_key != shelf.pinned[pack.id],
        key_words=key_words(own_key),
        returned=MergedReturn(
            digest=canonical.digest(signed.content.encode()),
            pack=pack.id,
            returned_at=given.returned_at,
            merged_at=now,
            sheets={sheet.id: sheet for sheet in given.sheets},
            wholes={whole.candidate: whole for whole in given.wholes},
            reviewer_key=own_key,
            why_incomplete=given.why_incomplete,
        ),
    )


def key_words(public_key: str) -> str:
    """A reviewer's own key as six words that can be read out, or nothing where there is none."""
    from cqcmock.review import canonical, words

    return words.word_code(canonical.digest(bytes.fromhex(public_key)), words.KEY_WORDS) if public_key else ""


def _opened(sealed: bytes, shelf: _Shelf) -> SignedReturn:
    """The return in a sealed file. Raises a RefusedError where it is for none of our packs."""
    from cqcmock.review import return_file, sealing

    if not shelf.packs:
        raise return_file.not_one_of_ours()
    signed = return_file.read_return(sealing.open_with_keys(sealed, [one.return_key for one in shelf.packs.values()]))
    if signed.given.pack not in shelf.packs:
        raise return_file.not_one_of_ours()
    return signed


def _check_sheets(library: Library, given: Return, pack: SentPack) -> None:
    """Raises a RefusedError where the return has sheets or marks that the pack cannot have."""
    from cqcmock.review.errors import AlteredError

    with library.reading() as session:
        places = storage.packs.sheet_places(session, pack.id)
        lengths = {sheet.answer.sheet: len(sheet.answer.spoken) for sheet in storage.packs.sheets(session, [pack.id])}
    codes = {code for _sitting, code in places.values()}
    if all(sheet.id in places for sheet in given.sheets) and all(one.candidate in codes for one in given.wholes):
        wrong = _wrong(given, pack, lengths)
    else:
        wrong = "There are marks in it of answers that were not in the pack."
    if wrong:
        raise AlteredError(f"This file cannot be believed. {wrong}", "Ask the reviewer for it again.")


def _wrong(given: Return, pack: SentPack, lengths: Mapping[str, int]) -> str:
    """The first thing that is wrong with the marks in a return, as a sentence, or nothing."""
    for sheet in given.sheets:
        if wrong := wrong_marks(sheet.marks, pack.rubric, lengths.get(sheet.id, LONGEST_SPOKEN)):
            return wrong
        if missing := missing_lenses(sheet.marks, pack.rubric):
            return f"A submitted sheet has no level for {missing[0]}."
    for whole in given.wholes:
        if wrong := wrong_marks(PeerMarks(overall=whole.overall, comment=whole.comment), pack.rubric, 0):
            return wrong
    return ""


def _check_reviewer(signed: SignedReturn, pack: SentPack, shelf: _Shelf) -> None:
    """Raises a RefusedError where somebody signs for a reviewer with another key than the first time."""
    from cqcmock.review.errors import OtherKeyError

    pinned = shelf.pinned[pack.id]
    if pinned and signed.reviewer_key != pinned and pack.reviewer.casefold() not in shelf.new_keys:
        raise OtherKeyError(
            f"{pack.reviewer} signed with a key of their own before; this file is not signed with it.",
            f"Ask {pack.reviewer} to read out the six words of their key. They were: {key_words(pinned)}.",
        )
