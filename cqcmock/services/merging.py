"""Taking in what reviewers send back: each file looked at on its own, believed or refused, and all of it kept at once.

What is kept is a set of returns, so the outcome depends neither on their order nor on how often a file is merged.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cqcmock import storage
from cqcmock.clock import Clock
from cqcmock.domain.audit import Deed, Entry, Kind
from cqcmock.domain.review import PeerMarks, Return, Tally, missing_lenses, wrong_marks
from cqcmock.domain.sitting import SittingSummary
from cqcmock.errors import UserError
from cqcmock.services import backups
from cqcmock.services.backups import Why
from cqcmock.services.reviewing import read_file
from cqcmock.storage.records import MergedReturn, SentIn, SentPack

if TYPE_CHECKING:
    from cqcmock.services.library import Library


LONGEST_SPOKEN = 10_000_000
"""Characters: where an answer has been deleted, nobody knows any more what a comment on its words points at."""


MOST_RECENT = 10_000
"""More rehearsals than anybody has."""

PACK_ENDING = ".cqcpack"


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """One file that came back. Where `why_refused` says something, nothing of it is taken in.

    `altered` is true for a file that is no longer what the reviewer wrote. `known` is true for one that is in the
    library already. `code` are the words that stand on the reviewer's receipt. `new_key` is true where the reviewer
    signed with a key of their own for the first time; `key_words` are it as words. `other_key` is true for a file that
    is refused for nothing but a key other than before: `look` believes it if the reviewer is among its `new_keys`.
    `pinned` is the reviewer's own key as the library knew it when the file was looked at.
    """

    file: Path
    code: str = ""
    why_refused: str = ""
    altered: bool = False
    known: bool = False
    pack: SentPack | None = None
    sittings: frozenset[str] = frozenset()
    returned: MergedReturn | None = None
    new_key: bool = False
    key_words: str = ""
    other_key: bool = False
    pinned: str = ""


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
    from cqcmock.review import return_file

    with library.reading() as session:
        packs = {pack.id: pack for pack in storage.packs.packs(session)}
        known = storage.packs.known_digests(session)
        pinned = storage.packs.keys_of_reviewers(session, {pack.reviewer for pack in packs.values()})
    keys = [(return_file.hint(pack.id), pack.return_key) for pack in packs.values()]
    opened = [_opened(path, keys, packs) for path in paths]
    named = {one.given.pack for one in opened if one.given}
    pointed = {sheet.id for one in opened if one.given for sheet in one.given.sheets if sheet.marks.pins}
    with library.reading() as session:
        sent = storage.packs.sent_in(session, named, pointed)
    checked = [_checked(one, packs, sent, clock.wall()) for one in opened]
    return _each_once(_by_their_keys(checked, known, pinned, new_keys), known)


def _new(files: Sequence[Incoming], before: Collection[str]) -> Iterable[MergedReturn]:
    """The returns that are taken in for the first time, each once."""
    return {
        one.returned.digest: one.returned for one in files if one.returned and one.returned.digest not in before
    }.values()


def _told(returned: MergedReturn) -> Entry:
    return Entry(
        at=returned.merged_at,
        deed=Deed.RETURN_MERGED,
        kind=Kind.PACK,
        subject=returned.pack,
        details={"sheets": len(returned.sheets), "sha256": returned.digest},
    )


def take_in(library: Library, files: Sequence[Incoming]) -> Outcome:
    """Keep all returns that were not refused, in one unit of work, and say what is still missing.

    The count is of every pack in which something of the same sittings was sent; of all packs, where no file said.
    Raises UserError, having kept nothing, where a pack or what is known of a reviewer's key is no longer as it was
    when the files were looked at. A backup is made before, where anything new is among them.
    """
    if any(file.returned and not file.known for file in files):
        backups.back_up_before(library, Why.IMPORT)
    with library.writing() as work:
        before = storage.packs.known_digests(work)
        storage.packs.merge(work, [file.returned for file in files if file.returned])
        _check_pinned(files, storage.packs.keys_of_reviewers(work, {one.pack.reviewer for one in files if one.pack}))
        for at in _as_written(files):
            pack, returned = files[at].pack, files[at].returned
            if pack and returned and returned.reviewer_key and not files[at].known:
                storage.packs.pin_key(work, pack.reviewer, returned.reviewer_key, returned.merged_at)
        storage.audit.add_all(work, [_told(one) for one in _new(files, before)])
        work.commit()
    sittings = {sitting for file in files for sitting in file.sittings}
    return Outcome(files=tuple(files), packs=tallies(library, sittings, [file.pack for file in files if file.pack]))


def sittings_of(library: Library, pack_id: str) -> tuple[SittingSummary, ...]:
    """The rehearsals of which answers were sent in a pack, as far as they are still there, the latest first."""
    with library.reading() as session:
        sent = storage.packs.sittings_of(session, [pack_id])[pack_id]
        return tuple(one for one in storage.sittings.recent(session, MOST_RECENT) if one.id in sent)


def rehearsals(library: Library) -> dict[str, tuple[SittingSummary, ...]]:
    """As `sittings_of`, for every pack."""
    with library.reading() as session:
        recent = storage.sittings.recent(session, MOST_RECENT)
        sent = storage.packs.sittings_of(session, [pack.id for pack in storage.packs.packs(session)])
    return {pack: tuple(one for one in recent if one.id in there) for pack, there in sent.items()}


def _latest_first(pack: SentPack) -> tuple[float, str]:
    return -pack.made_at.timestamp(), pack.id


def tallies(
    library: Library, sittings: Collection[str] = (), known: Collection[SentPack] = ()
) -> tuple[PackTally, ...]:
    """How far the packs have come back that hold answers of these sittings; all packs, if none is named.

    Those that are `known` are not read again.
    """
    with library.reading() as session:
        if sittings:
            ids = storage.packs.ids_of_sittings(session, sittings)
            here = {pack.id: pack for pack in known if pack.id in ids}
            others = storage.packs.packs(session, ids - here.keys()) if ids - here.keys() else ()
            packs = tuple(sorted((*here.values(), *others), key=_latest_first))
        else:
            packs = storage.packs.packs(session)
        counted = storage.packs.tallies(session, packs)
        reasons = storage.packs.reasons(session, [pack.id for pack in packs])
    return tuple(
        PackTally(pack=pack, tally=counted[pack.id], why_incomplete=reasons.get(pack.id, "")) for pack in packs
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Opened:
    """A file, the words of its receipt, and the return in it if its signature is right; or why there is none.

    `digest` is that of what was signed.
    """

    path: Path
    code: str = ""
    given: Return | None = None
    digest: str = ""
    reviewer_key: str = ""
    refused: UserError | None = None


def _opened(path: Path, keys: Iterable[tuple[str, str]], packs: Mapping[str, SentPack]) -> _Opened:
    from cqcmock.review import canonical, return_file, words
    from cqcmock.review.errors import NotForUsError

    code = ""
    sealed = b""
    try:
        sealed = read_file(path)
        code = words.word_code(canonical.digest(sealed))
        signed = return_file.read_return(return_file.open_return(sealed, path.name, keys))
        if signed.given.pack not in packs:
            raise return_file.not_one_of_ours()
        pack = packs[signed.given.pack]
        return_file.check_return(signed, pack.public_key, pack.answers_digest)
        return _Opened(
            path=path,
            code=code,
            given=signed.given,
            digest=canonical.digest(signed.content.encode()),
            reviewer_key=signed.reviewer_key,
        )
    except NotForUsError as error:
        return _Opened(path=path, code=code, refused=_as_a_pack(path, sealed) or error)
    except UserError as error:
        return _Opened(path=path, code=code, refused=error)


def _as_a_pack(path: Path, sealed: bytes) -> UserError | None:
    """What to say of a file that looks like one that goes to a reviewer: it lies beside the other on the same stick."""
    from cqcmock.review import sealing

    if path.suffix.lower() != PACK_ENDING and not (sealed and sealing.needs_passphrase(sealed)):
        return None  # a return is never sealed with a passphrase
    return UserError(
        "This looks like a pack on its way to a reviewer, and not like the file that comes back.",
        "Choose the file that the reviewer saved when they returned the pack.",
    )


def _checked(one: _Opened, packs: Mapping[str, SentPack], sent: Mapping[str, SentIn], now: datetime) -> Incoming:
    """What a file holds, if it can be believed whoever signed it."""
    refused, given = one.refused, one.given
    if given:
        try:
            _check_sheets(given, packs[given.pack], sent[given.pack])
        except UserError as error:
            refused = error
    if refused or not given:
        return Incoming(
            file=one.path, code=one.code, why_refused=str(refused), altered=getattr(refused, "altered", False)
        )
    pack = packs[given.pack]
    return Incoming(
        file=one.path,
        code=one.code,
        pack=pack,
        sittings=frozenset(sent[pack.id].sittings),
        key_words=key_words(one.reviewer_key),
        returned=MergedReturn(
            digest=one.digest,
            pack=pack.id,
            returned_at=given.returned_at,
            merged_at=now,
            sheets={sheet.id: sheet for sheet in given.sheets},
            wholes={whole.candidate: whole for whole in given.wholes},
            reviewer_key=one.reviewer_key,
            why_incomplete=" ".join(given.why_incomplete.split()),
        ),
    )


def key_words(public_key: str) -> str:
    """A reviewer's own key as six words that can be read out, or nothing where there is none."""
    from cqcmock.review import canonical, words

    return words.word_code(canonical.digest(bytes.fromhex(public_key)), words.KEY_WORDS) if public_key else ""


def _check_sheets(given: Return, pack: SentPack, sent: SentIn) -> None:
    """Raises a RefusedError where the return has sheets or marks that the pack cannot have."""
    from cqcmock.review.errors import AlteredError

    ours = all(sheet.id in sent.sheets for sheet in given.sheets)
    if ours and all(one.candidate in sent.codes for one in given.wholes):
        wrong = _wrong(given, pack, sent.lengths)
    else:
        wrong = "There are marks in it of answers that were not in the pack."
    if wrong:
        raise AlteredError(f"This file cannot be believed. {wrong}", "Ask the reviewer for it again.")


def _wrong(given: Return, pack: SentPack, lengths: Mapping[str, int]) -> str:
    """The first thing that is wrong with the marks in a return, as a sentence, or nothing."""
    for sheet in given.sheets:
        if wrong := wrong_marks(sheet.marks, pack.rubric, lengths.get(sheet.id, LONGEST_SPOKEN)):
            return wrong
        if len(sheet.marks.levels) < len(pack.rubric.lenses):
            return f"A submitted sheet has no level for {missing_lenses(sheet.marks, pack.rubric)[0]}."
    for whole in given.wholes:
        if wrong := wrong_marks(PeerMarks(overall=whole.overall, comment=whole.comment), pack.rubric, 0):
            return wrong
    return ""


def _by_their_keys(
    files: Sequence[Incoming], known: Collection[str], pinned: Mapping[str, str], new_keys: Collection[str]
) -> tuple[Incoming, ...]:
    """Refuse files in which somebody signs for a reviewer with another key than the first time.

    Of files that come together, the first is the one that was written first. What is in the library already was
    believed once, and counts: it is not judged again.
    """
    keys = {name.casefold(): key for name, key in pinned.items()}
    expected = {" ".join(storage.text.clean(name).split()).casefold() for name in new_keys}
    judged = [*files]
    for at in _as_written(files):
        file = files[at]
        assert file.pack
        assert file.returned
        name, key = file.pack.reviewer.casefold(), file.returned.reviewer_key
        if file.returned.digest in known:
            continue
        if before := pinned.get(file.pack.reviewer):
            file = judged[at] = replace(file, pinned=before)
        if keys.get(name) and key != keys[name] and name not in expected:
            judged[at] = _of_another_key(file, keys[name])
        elif key:
            judged[at] = replace(file, new_key=key != keys.get(name))
            keys[name] = key
    return tuple(judged)


def _check_pinned(files: Iterable[Incoming], pinned: Mapping[str, str]) -> None:
    """Raises UserError where a reviewer's key is another than the one that a file was judged by."""
    for file in files:
        if file.pack and file.returned and not file.known:
            now = pinned.get(file.pack.reviewer, "")
            if now not in (file.pinned, file.returned.reviewer_key):
                raise UserError(
                    f"Since these files were looked at, another one was merged that {file.pack.reviewer} signed with "
                    "a key of their own.",
                    "Choose the files again. Nothing was merged.",
                )


def _as_written(files: Sequence[Incoming]) -> list[int]:
    """Where the returns stand among the files, in the order in which they were written and not that of the files."""
    written = [(file.returned.returned_at, file.returned.digest, at) for at, file in enumerate(files) if file.returned]
    return [at for _when, _digest, at in sorted(written)]


def _of_another_key(file: Incoming, pinned: str) -> Incoming:
    assert file.pack
    who = file.pack.reviewer
    return replace(
        file,
        returned=None,
        other_key=True,
        why_refused=f"{who} signed with a key of their own before; this file is not signed with it. "
        f"Ask {who} to read out the six words of their key. They were: {key_words(pinned)}.",
    )


def _each_once(files: Iterable[Incoming], known: Collection[str]) -> tuple[Incoming, ...]:
    """The files, with those known whose return was in the library before, or in a file before them."""
    seen, found = {*known}, []
    for file in files:
        digest = file.returned.digest if file.returned else ""
        found.append(replace(file, known=True) if digest in seen else file)
        seen |= {digest} - {""}
    return tuple(found)
