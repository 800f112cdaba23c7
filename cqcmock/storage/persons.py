"""One person in the library: where their name stands, and how everything that is theirs goes.

Names are the same where their letters and words are, whatever their capitals and spaces: nothing is guessed. What looks
and erases here does so in a library of any form, for backups of earlier ones are cleaned as well.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import msgspec
from sqlalchemy import delete, func, inspect, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from cqcmock.domain.audit import Kind
from cqcmock.domain.person import ERASED, ERASED_REVIEWER, Where, key_of
from cqcmock.storage import packs
from cqcmock.storage.base import Base
from cqcmock.storage.cafe_schema import CafeHoldRow, CafeSaidRow
from cqcmock.storage.marks import SELF
from cqcmock.storage.marks import load as load_marks
from cqcmock.storage.person_columns import COLUMNS, MENTIONS, Holds
from cqcmock.storage.review_schema import KnownReviewerRow, PackReturnRow, PackRow, PackSheetRow
from cqcmock.storage.schema import ActionRow, PlanRow, SheetRow, SittingRow, StoryEditRow, StoryRow
from cqcmock.storage.text import clean
from cqcmock.storage.turns import Turn, alone

_NAMES: Final[dict[Where, InstrumentedAttribute[str]]] = {
    Where.SITTING: SittingRow.person,
    Where.MARKED: SheetRow.marker,
    Where.ACTION: ActionRow.owner,
    Where.REVIEWED: PackRow.reviewer,
    Where.KEY: KnownReviewerRow.name,
    Where.CAFE: CafeHoldRow.who,
    Where.SAID: CafeSaidRow.owner,
}
"""The columns that hold a name and nothing else."""

_STORIES: Final[dict[Where, tuple[InstrumentedAttribute[Any], InstrumentedAttribute[Any]]]] = {
    Where.FACT: (StoryRow.id, StoryRow.payload),
    Where.FACT_KEPT: (PlanRow.sitting_id, PlanRow.payload),
    Where.FACT_BEFORE: (StoryEditRow.number, StoryEditRow.before),
}
"""Where local stories stand, in whose facts somebody may be named as the owner: by id and payload."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Theirs:
    """Everything in the library that is one person's, or names them, by id.

    `key` is what their names have in common, `spellings` how they stand in each place. `sent` are packs with answers of
    theirs, `reviewed` those that went to them. Actions and sheets are those in rehearsals of others.
    """

    key: str
    spellings: Mapping[Where, tuple[str, ...]]
    sittings: tuple[str, ...]
    sent: tuple[str, ...]
    reviewed: tuple[str, ...]
    actions: tuple[str, ...]
    marked: tuple[str, ...]
    said: tuple[str, ...]
    cafes: tuple[str, ...]
    keys: tuple[str, ...]
    facts: Mapping[Where, tuple[str | int, ...]] = field(default_factory=dict)

    @property
    def counts(self) -> dict[Where, int]:
        """How many there are of each, and only of those that there are."""
        found = {
            Where.SITTING: self.sittings,
            Where.MARKED: self.marked,
            Where.ACTION: self.actions,
            Where.REVIEWED: self.reviewed,
            Where.KEY: self.keys,
            Where.CAFE: self.cafes,
            Where.SAID: self.said,
            **self.facts,
        }
        return {where: len(ids) for where, ids in found.items() if ids}


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """What an erasure did: how many of each kind went, and how many stay under another name."""

    gone: Mapping[Where, int]
    renamed: Mapping[Where, int]


# Looking


def names(session: Session) -> dict[Where, Counter[str]]:
    """Every name in the library as it is written, by where it stands and how often."""
    found: dict[Where, Counter[str]] = {}
    for where, column in _NAMES.items():
        rows = session.execute(select(column, func.count()).where(column.not_in(("", SELF))).group_by(column))
        found[where] = Counter({name: count for name, count in rows})  # noqa: C416 - rows, not tuples
    found[Where.ACTION] = Counter()
    pairs = (
        select(ActionRow.owner, SittingRow.person, func.count())
        .join(SittingRow, SittingRow.id == ActionRow.sitting_id)
        .where(ActionRow.owner != "")
        .group_by(ActionRow.owner, SittingRow.person)
    )
    for owner, person, count in session.execute(pairs):
        if key_of(owner) != key_of(person):
            found[Where.ACTION][owner] += count
    for where in _STORIES:
        found[where] = Counter(owner for _, owners in _owners(session, where) for owner in {*owners} if owner)
    return found


def nameless(session: Session) -> int:
    """How many rehearsals bear no name: whose they are, nobody can tell by a name."""
    return session.execute(select(func.count()).where(SittingRow.person == "")).scalar_one()


def theirs(session: Session, person: str) -> Theirs:
    """Everything that is this person's."""
    own, tables = key_of(clean(person)), _tables(session)
    spelt: dict[Where, tuple[str, ...]] = dict.fromkeys(_NAMES, ())
    for where, column in _NAMES.items():
        if column.class_.__tablename__ in tables:
            there = session.execute(select(column).distinct()).scalars()
            spelt[where] = tuple(sorted(name for name in there if name not in ("", SELF) and key_of(name) == own))

    def ids(column: InstrumentedAttribute[Any], where: Where, *conditions: Any) -> tuple[Any, ...]:
        if not spelt[where]:
            return ()
        query = select(column).where(_NAMES[where].in_(spelt[where]), *conditions).order_by(column)
        return tuple(session.execute(query).scalars())

    own_sittings = ids(SittingRow.id, Where.SITTING)
    sent: frozenset[str] = frozenset()
    if own_sittings and PackSheetRow.__tablename__ in tables:
        sent = packs.ids_of_sittings(session, own_sittings)
    facts: dict[Where, tuple[str | int, ...]] = {}
    for where in _STORIES:
        if _STORIES[where][0].class_.__tablename__ in tables:
            named = [one for one, owners in _owners(session, where) if own in map(key_of, owners)]
            facts[where] = tuple(one for one in named if where is not Where.FACT_KEPT or one not in own_sittings)
    return Theirs(
        key=own,
        spellings=spelt,
        sittings=own_sittings,
        sent=tuple(sorted(sent)),
        reviewed=ids(PackRow.id, Where.REVIEWED),
        actions=ids(ActionRow.id, Where.ACTION, ActionRow.sitting_id.not_in(own_sittings)),
        marked=ids(SheetRow.id, Where.MARKED, SheetRow.sitting_id.not_in(own_sittings)),
        said=ids(CafeSaidRow.id, Where.SAID),
        cafes=ids(CafeHoldRow.session_id, Where.CAFE),
        keys=ids(KnownReviewerRow.name, Where.KEY),
        facts=facts,
    )


def _tables(session: Session) -> frozenset[str]:
    return frozenset(inspect(session.connection()).get_table_names())


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """What an export tells of things that are not a person's own, but name them."""

    actions: list[dict[str, Any]]
    sheets: list[dict[str, Any]]
    keys: list[dict[str, Any]]
    facts: list[dict[str, Any]]
    said: list[dict[str, Any]]
    cafes: list[dict[str, Any]]


def rows(session: Session, found: Theirs) -> Rows:
    """The things of others that name somebody, without others' words."""
    facts: list[dict[str, Any]] = []
    for one in found.facts.get(Where.FACT, ()):
        story = msgspec.json.decode(session.execute(select(StoryRow.payload).where(StoryRow.id == one)).scalar_one())
        facts += [{"story": one, **fact} for fact in story["facts"] if key_of(fact.get("owner", "")) == found.key]
    sheets = []
    for sheet in session.scalars(select(SheetRow).where(SheetRow.id.in_(found.marked)).order_by(SheetRow.id)):
        marks = load_marks(session, sheet.sitting_id, sheet.marker)
        sheets.append({"rehearsal": sheet.sitting_id, "written_as": sheet.marker, "marks": marks})
    columns: tuple[tuple[Any, Any, Collection[str], tuple[Any, ...]], ...] = (
        (ActionRow.id, ActionRow.due, found.actions, (ActionRow.what, ActionRow.owner, ActionRow.due, ActionRow.done)),
        (
            KnownReviewerRow.name,
            KnownReviewerRow.name,
            found.keys,
            (KnownReviewerRow.public_key, KnownReviewerRow.since),
        ),
        (
            CafeSaidRow.id,
            CafeSaidRow.opened_at,
            found.said,
            (CafeSaidRow.owner, CafeSaidRow.due, CafeSaidRow.did, CafeSaidRow.done_on, CafeSaidRow.opened_at),
        ),
        (CafeHoldRow.session_id, CafeHoldRow.session_id, found.cafes, (CafeHoldRow.who, CafeHoldRow.since)),
    )
    actions, keys, said, cafes = (
        [
            dict(row._mapping)  # noqa: SLF001 - public in spite of its name
            for row in session.execute(select(id_, *shown).where(id_.in_(ids)).order_by(order, id_))
        ]
        for id_, order, ids, shown in columns
    )
    return Rows(actions=actions, sheets=sheets, keys=keys, facts=facts, said=said, cafes=cafes)


def mentions(session: Session, person: str) -> dict[str, int]:
    """How often people's own words mention somebody, by what the words are. Nothing is decided by it."""
    own = key_of(clean(person))
    found: dict[str, int] = {}
    for table in Base.metadata.sorted_tables:
        searched = [
            column
            for column in table.columns
            if COLUMNS.get(f"{table.name}.{column.name}") in (Holds.WORDS, Holds.NAMES_WITHIN)
        ]
        if table.name not in MENTIONS or not searched:
            continue
        rows = session.execute(select(*searched).execution_options(yield_per=_AT_ONCE))
        count = sum(any(text and _mentions(text, own) for text in row) for row in rows)
        if count:
            found[MENTIONS[table.name]] = count
    return found


_AT_ONCE = 200


def _mentions(text: str, own: str) -> bool:
    """Whether the name stands in a text as whole words."""
    folded = text.casefold()
    first = own.partition(" ")[0]
    if first not in folded:
        return False
    line = " ".join(folded.replace("\\n", " ").split())
    at = line.find(own)
    while at >= 0:
        before, after = line[at - 1 : at], line[at + len(own) : at + len(own) + 1]
        if not (before.isalnum() or after.isalnum()):
            return True
        at = line.find(own, at + 1)
    return False


def touched(session: Session, found: Theirs) -> set[tuple[Kind, str]]:
    """Everything that an erasure would delete or change, for whoever asks whether a hold stands on it."""
    things = {(Kind.SITTING, one) for one in found.sittings}
    things |= {(Kind.PACK, one) for one in (*found.sent, *found.reviewed)}
    things |= {(Kind.CAFE, one) for one in found.cafes}
    things |= {(Kind.SITTING, str(one)) for one in found.facts.get(Where.FACT_KEPT, ())}
    things |= {(Kind.STORY, str(one)) for one in found.facts.get(Where.FACT, ())}
    for kind, column, row, ids in (
        (Kind.SITTING, ActionRow.sitting_id, ActionRow.id, found.actions),
        (Kind.SITTING, SheetRow.sitting_id, SheetRow.id, found.marked),
        (Kind.CAFE, CafeSaidRow.session_id, CafeSaidRow.id, found.said),
    ):
        if ids:
            things |= {(kind, one or "") for one in session.execute(select(column).where(row.in_(ids))).scalars()}
    return things


# Erasing


def erase(session: Session, found: Theirs) -> Changed:
    """Delete what is theirs, and put another name where somebody else's things name them.

    Whether a hold stands on any of it is for the caller to ask. Nothing of it can be read in the file once it was
    written anew; copies made earlier still hold it.
    """
    alone(session.connection(), Turn.PACKS)
    if found.sent:
        _forget_their_packs(session, found)
        packs.forget_words(session, found.sittings)
    _in(session, delete(SittingRow), SittingRow.id, found.sittings)
    _in(session, delete(KnownReviewerRow), KnownReviewerRow.name, found.keys)
    _rename_reviews(session, found.reviewed)
    _rename_sheets(session, found.marked)
    _in(session, update(ActionRow).values(owner=ERASED), ActionRow.id, found.actions)
    _in(session, update(CafeSaidRow).values(owner=ERASED), CafeSaidRow.id, found.said)
    _in(session, update(CafeHoldRow).values(who=ERASED), CafeHoldRow.session_id, found.cafes)
    for where, ids in found.facts.items():
        _rename_owners(session, where, ids, found.key)
    session.expire_all()
    counts = found.counts
    gone: dict[Where, int] = {where: n for where, n in counts.items() if where in (Where.SITTING, Where.KEY)}
    return Changed(gone=gone, renamed={where: count for where, count in counts.items() if where not in gone})


def _in(session: Session, statement: Any, column: InstrumentedAttribute[Any], ids: Collection[str]) -> None:
    """Do it to those of these ids, if there are any: a library of an earlier form may not have the table."""
    if ids:
        session.execute(statement.where(column.in_(ids)), execution_options={"synchronize_session": False})


def _forget_their_packs(session: Session, found: Theirs) -> None:
    """In packs with answers of theirs: the words written about those. That they were sent and came back stays known."""
    for pack, kept in session.execute(select(PackRow.id, PackRow.kept).where(PackRow.id.in_(found.sent))).all():
        rows = select(PackSheetRow.candidate, PackSheetRow.sitting_id).where(PackSheetRow.pack_id == pack)
        codes = {code: sitting in found.sittings for code, sitting in session.execute(rows)}
        gone = tuple(f"Candidate {code}," for code, is_theirs in codes.items() if is_theirs)
        lines = [line for line in msgspec.json.decode(kept, type=list[str]) if not line.startswith(gone)]
        values = {"note": "", "kept": "[]"} if all(codes.values()) else {"kept": msgspec.json.encode(lines).decode()}
        _in(session, update(PackRow).values(values), PackRow.id, [pack])


def _rename_reviews(session: Session, reviewed: Collection[str]) -> None:
    """The packs of a reviewer keep their marks under one name that nobody else has: two who were erased stay two."""
    if not reviewed:
        return
    taken = {key_of(name) for name in session.execute(select(PackRow.reviewer).distinct()).scalars()}
    name = _free(ERASED_REVIEWER, taken)
    _in(session, update(PackRow).values(reviewer=name, note=""), PackRow.id, reviewed)
    returned = update(PackReturnRow).values(reviewer_key="", why_incomplete="")
    _in(session, returned, PackReturnRow.pack_id, reviewed)


def _rename_sheets(session: Session, marked: Collection[str]) -> None:
    of_theirs = select(SheetRow.id, SheetRow.sitting_id).where(SheetRow.id.in_(marked))
    for sheet, sitting in session.execute(of_theirs).all():
        taken = session.execute(select(SheetRow.marker).where(SheetRow.sitting_id == sitting)).scalars()
        name = _free(ERASED_REVIEWER, {key_of(one) for one in taken})
        _in(session, update(SheetRow).values(marker=name), SheetRow.id, [sheet])


def _free(name: str, taken: Collection[str]) -> str:
    numbered = (f"{name} ({number})" for number in range(2, len(taken) + 3))
    return name if name not in taken else next(one for one in numbered if one not in taken)


# The owners of facts, in stories wherever they are kept


class _Fact(msgspec.Struct):
    owner: str = ""


class _Story(msgspec.Struct):
    facts: tuple[_Fact, ...] = ()


class _Plan(msgspec.Struct):
    story: _Story | None = None


def _owners(session: Session, where: Where) -> Iterator[tuple[str | int, tuple[str, ...]]]:
    """The owners of the facts of each story."""
    column, payload = _STORIES[where]
    kind: type[_Plan | _Story] = _Plan if where is Where.FACT_KEPT else _Story
    decoder: msgspec.json.Decoder[_Plan | _Story] = msgspec.json.Decoder(kind)
    rows = session.execute(select(column, payload).order_by(column).execution_options(yield_per=_AT_ONCE))
    for one, text in rows:
        if text is None or '"owner"' not in text:
            continue
        found = decoder.decode(text)
        story = found.story if isinstance(found, _Plan) else found
        yield one, tuple(fact.owner for fact in story.facts) if story else ()


def _rename_owners(session: Session, where: Where, ids: Iterable[str | int], own: str) -> None:
    column, payload = _STORIES[where]
    for one in ids:
        text = session.execute(select(payload).where(column == one)).scalar_one()
        data = msgspec.json.decode(text)
        for fact in (data["story"] if where is Where.FACT_KEPT else data)["facts"]:
            if key_of(fact.get("owner", "")) == own:
                fact["owner"] = ERASED
        _in(session, update(payload.class_).values({payload: msgspec.json.encode(data).decode()}), column, [one])  # type: ignore[list-item]
