"""Everything about one person, exported or erased, while the other's things stay whole."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from cqcmock import storage
from cqcmock.domain.audit import Deed, Kind
from cqcmock.domain.person import ERASED, ERASED_REVIEWER, Where
from cqcmock.errors import UserError
from cqcmock.paths import Location
from cqcmock.services import copies, locking, person_data, person_export, persons, reviewing, sittings, wiping
from cqcmock.services import library as libraries
from cqcmock.settings import Settings, load_settings, save_settings
from tests.clocks import HandClock
from tests.entangled import ANWEN, BEDE, HER_OPINION, HER_WORDS, SPELLINGS, entangled
from tests.played import played

if TYPE_CHECKING:
    from cqcmock.services.library import Library

WHY = "asked for in writing"
CLOCK = HandClock().clock


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory, prepared_library: Path) -> tuple[Path, str, str]:
    """A data folder with both people in it, closed, and the ids of her rehearsal and of his."""
    work = tmp_path_factory.mktemp("entangled")
    folder = Path(shutil.copytree(prepared_library, work / "data"))
    return folder, *entangled(folder, work)


@pytest.fixture
def place(world: tuple[Path, str, str], tmp_path: Path) -> Location:
    return Location(Path(shutil.copytree(world[0], tmp_path / "data")))


@pytest.fixture
def library(place: Location) -> Iterator[Library]:
    with libraries.open_library(place) as opened:
        yield opened


def data_of(library: Library, place: Location, person: str, settings: Settings | None = None) -> dict[str, Any]:
    used = settings or load_settings(place.folder).settings
    return person_data.everything(library, place, person, used, CLOCK.wall(), {})


def every_byte(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def where_found(folder: Path, *words: str) -> list[tuple[str, str]]:
    """The files in which any of these words is left, whatever its capitals."""
    return [
        (name, word)
        for name, content in every_byte(folder).items()
        for word in words
        if word.casefold().encode() in content.lower()
    ]


def test_people_are_listed_with_where_their_names_stand_however_they_are_spelt(
    library: Library, place: Location
) -> None:
    found = {one.name: one for one in persons.people(library, place)}

    anwen = found[ANWEN]
    assert dict(anwen.where) == {
        Where.SITTING: 2,
        Where.REVIEWED: 1,
        Where.ACTION: 1,
        Where.CAFE: 1,
        Where.SAID: 1,
        Where.KEY: 1,
        Where.FACT: 1,
        Where.FACT_KEPT: 2,
        Where.FACT_BEFORE: 1,
        Where.SETTINGS: 1,
    }
    assert "ANWEN QUILLFEATHER" in anwen.spellings
    assert dict(found[BEDE].where)[Where.SITTING] == 1
    assert not {one for one in found if one.casefold() == ANWEN.casefold()} - {ANWEN}


def test_a_name_that_is_nearly_the_same_is_offered_and_never_taken_for_it(library: Library, place: Location) -> None:
    played(library, HandClock(), answers=("The anvil.",), person="Anwen Quilfeather")

    assert persons.known(library, place, ANWEN) == ("Anwen Quilfeather",)
    assert len(data_of(library, place, ANWEN)["rehearsals"]) == 2
    with pytest.raises(UserError, match="Did you mean “Anwen Quilfeather” and “Anwen Quillfeather”"):
        persons.known(library, place, "Anwen")


def test_an_export_is_one_private_folder_with_a_first_page_the_data_and_the_feedback(
    library: Library, place: Location, tmp_path: Path
) -> None:
    out = tmp_path / "hers"
    made = person_export.export(library, place, "anwen QUILLFEATHER", out, Settings(person=ANWEN), CLOCK)

    assert {path.name for path in out.iterdir()} == {*made.files}
    assert {*made.files} == {
        "index.html",
        "data.json",
        *(f"rehearsal-{number}.{ending}" for number in (1, 2) for ending in ("pdf", "html")),
    }
    assert out.stat().st_mode & 0o777 == 0o700
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in out.iterdir())
    page = (out / "index.html").read_text("utf-8")
    assert "This folder is not locked" in page
    assert 'href="rehearsal-1.pdf"' in page
    assert 'href="data.json"' in page
    assert (out / "rehearsal-1.pdf").read_bytes().startswith(b"%PDF")
    assert not list(tmp_path.glob(".hers*"))
    told = [entry for entry in trail(library) if entry.deed == Deed.PERSON_EXPORTED]
    assert [(entry.subject, dict(entry.details)) for entry in told] == [("", {"files": 6, "rehearsals": 2})]


def test_the_data_has_all_that_is_hers_and_says_what_each_key_holds(library: Library, place: Location) -> None:
    data = data_of(library, place, ANWEN)

    assert data.keys() == data["about"].keys() == person_data.KEYS.keys()
    text = json.dumps(data, ensure_ascii=False)
    assert all(word in text for word in (*HER_WORDS, HER_OPINION))
    assert data["rehearsals"][0]["marks_by_others"][0]["by"] == BEDE
    assert "ocarina" in json.dumps(data["rehearsals"])  # what he made of her answers is about her
    assert data["packs_sent"][0]["to"] == BEDE
    assert data["packs_reviewed"][0]["note"] == "For you, with zeppelin."
    assert data["packs_reviewed"][0]["returns"][0]["marks"][0]["comment"] == "Clear, says the bassoon."
    assert [action["what"] for action in data["actions_owned"]] == ["Ring the carers"]
    assert data["own_key"].keys() == {"public_key", "address", "words"}
    assert data["settings"]["person"] == ANWEN
    assert [fact["id"] for fact in data["facts_owned"]] == ["carers"]
    assert data["audit"]


def test_what_others_said_is_not_in_it(library: Library, place: Location, tmp_path: Path) -> None:
    person_export.export(library, place, ANWEN, tmp_path / "hers", Settings(), CLOCK)

    for word in ("fennel", "sorrel", "The form is long"):
        for path in (tmp_path / "hers").glob("*.[hj]*"):
            assert word not in path.read_text("utf-8")
    key = json.loads((place.folder / "review" / "own-key.json").read_text())
    assert not where_found(tmp_path / "hers", key["secret"], key["signing"])


@pytest.mark.parametrize("there", ["a file in it", "a file of that name", "inside the data folder"])
def test_an_export_goes_into_a_new_folder_or_nowhere(
    library: Library, place: Location, tmp_path: Path, there: str
) -> None:
    out = tmp_path / "hers"
    if there == "a file in it":
        out.mkdir()
        (out / "kept.txt").write_text("mine")
    elif there == "a file of that name":
        out.write_text("mine")
    else:
        out = place.folder / "hers"
    before = every_byte(tmp_path)

    with pytest.raises(UserError):
        person_export.export(library, place, ANWEN, out, Settings(), CLOCK)

    assert {name: content for name, content in every_byte(tmp_path).items() if "library" not in name} == {
        name: content for name, content in before.items() if "library" not in name
    }


def test_an_export_that_fails_half_way_leaves_nothing(
    library: Library, place: Location, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> bytes:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(person_export.reports, "feedback_html", full)
    with pytest.raises(UserError, match="No space left"):
        person_export.export(library, place, ANWEN, tmp_path / "hers", Settings(), CLOCK)

    assert [path.name for path in tmp_path.iterdir()] == ["data"]
    assert not [entry for entry in trail(library) if entry.deed == Deed.PERSON_EXPORTED]


def test_the_preview_counts_what_goes_and_what_stays_and_changes_nothing(library: Library, place: Location) -> None:
    before = dump(library)

    found = persons.would_erase(library, place, ANWEN)

    assert dict(found.gone) == {Where.SITTING: 2, Where.KEY: 1, Where.SETTINGS: 1}
    assert found.renamed[Where.ACTION] == found.renamed[Where.REVIEWED] == found.renamed[Where.SAID] == 1
    assert not found.mentions
    assert dump(library) == before


def test_after_an_erasure_no_byte_of_the_data_folder_knows_her_name_or_her_words(place: Location) -> None:
    assert {word for _, word in where_found(place.folder, *HER_WORDS)} == {*HER_WORDS}
    with libraries.open_library(place) as library:
        done = persons.erase(library, place, SPELLINGS[1], WHY, CLOCK)

        assert done.cleaned is not None
        assert done.cleaned.backups == len(storage.backups.files(place.folder)) > 0
        assert not where_found(place.folder, ANWEN, "quillfeather", *HER_WORDS)
    assert not where_found(place.folder, ANWEN, "quillfeather", *HER_WORDS)
    assert {word for _, word in where_found(place.folder, BEDE, "fennel", "sorrel", HER_OPINION)} == {
        BEDE,
        "fennel",
        "sorrel",
        HER_OPINION,
    }


@pytest.mark.slow
def test_what_an_erasure_takes_is_what_the_export_before_it_held(library: Library, place: Location) -> None:
    held = data_of(library, place, ANWEN)
    theirs = {one["id"] for one in held["rehearsals"]}

    done = persons.erase(library, place, ANWEN, WHY, CLOCK)

    assert len(theirs) == done.gone[Where.SITTING]
    with library.reading() as session:
        assert not storage.persons.theirs(session, ANWEN).counts
    assert {one.id for one in (*sittings.recent(library), *sittings.deleted(library))}.isdisjoint(theirs)
    assert all(one.name != ANWEN for one in persons.people(library, place))
    empty = data_of(library, place, ANWEN)
    assert not any(empty[key] for key in held if isinstance(held[key], list) or key in ("own_key", "settings"))


def test_everything_of_the_other_is_as_before_but_for_the_names_that_were_replaced(
    library: Library, place: Location, world: tuple[Path, str, str]
) -> None:
    his = Settings(person=BEDE)
    before = data_of(library, place, BEDE, his)

    persons.erase(library, place, ANWEN, WHY, CLOCK)
    after = data_of(library, place, BEDE, his)

    expected = json.loads(json.dumps(before))
    (rehearsal,) = expected["rehearsals"]
    rehearsal["actions"][0]["owner"] = ERASED
    rehearsal["marks_by_others"][0]["by"] = ERASED_REVIEWER
    (sent,) = expected["packs_sent"]
    sent["to"], sent["note"] = ERASED_REVIEWER, ""
    (reviewed,) = expected["packs_reviewed"]  # the answers that he marked were hers, and his marks of them go with them
    reviewed["returns"][0]["marks"], reviewed["returns"][0]["impressions"] = [], []
    expected["actions_owned"] = []  # they were in her rehearsal
    expected["own_key"] = None  # it was hers, by the settings of this computer
    assert after == expected
    kept = sittings.load(library, world[2])
    assert kept.plan.story is not None
    assert [fact.owner for fact in kept.plan.story.facts] == [ERASED, BEDE]


@pytest.mark.slow
def test_two_reviewers_who_were_erased_stay_two(
    library: Library, place: Location, world: tuple[Path, str, str]
) -> None:
    persons.erase(library, place, ANWEN, WHY, CLOCK)
    persons.erase(library, place, BEDE, WHY, CLOCK)

    with library.reading() as session:
        names = {pack.reviewer for pack in storage.packs.packs(session)}
    assert names == {ERASED_REVIEWER, f"{ERASED_REVIEWER} (2)"}


@pytest.mark.slow
def test_the_trail_tells_of_it_without_a_name_and_is_whole(library: Library, place: Location) -> None:
    persons.erase(library, place, ANWEN, WHY, CLOCK)

    from cqcmock.services import audit

    found = audit.trail(library)
    assert found.first_wrong is None
    (erased,) = [entry for entry in found.entries if entry.deed == Deed.PERSON_ERASED]
    assert (erased.kind, erased.subject, erased.why) == (Kind.PERSON, "", WHY)
    assert erased.details["sitting"] == 2
    assert len([entry for entry in found.entries if entry.deed == Deed.DELETED and entry.kind == Kind.SITTING]) == 2


@pytest.mark.parametrize("kind", [None, Kind.SITTING, Kind.PACK])
def test_what_is_held_is_not_erased_nor_changed(library: Library, place: Location, kind: Kind | None) -> None:
    with library.writing() as work:
        storage.holds.place(work, kind, "", "a request of May", CLOCK.wall())
        work.commit()
    before = dump(library)

    assert [hold.why for hold in persons.would_erase(library, place, ANWEN).holds] == ["a request of May"]
    with pytest.raises(UserError, match="a request of May"):
        persons.erase(library, place, ANWEN, WHY, CLOCK)

    assert dump(library) == before
    assert load_settings(place.folder).settings.person == ANWEN


def test_a_hold_on_the_others_rehearsal_keeps_her_name_in_it(
    library: Library, place: Location, world: tuple[Path, str, str]
) -> None:
    with library.writing() as work:
        storage.holds.place(work, Kind.SITTING, world[2], "his own request", CLOCK.wall())
        work.commit()

    with pytest.raises(UserError, match="his own request"):
        persons.erase(library, place, ANWEN, WHY, CLOCK)


@pytest.mark.parametrize("why", ["", "  ", "for anwen  QUILLFEATHER"])
def test_a_reason_is_needed_and_does_not_name_her(library: Library, place: Location, why: str) -> None:
    with pytest.raises(UserError):
        persons.erase(library, place, ANWEN, why, CLOCK)
    assert len(data_of(library, place, ANWEN)["rehearsals"]) == 2


@pytest.mark.slow
def test_words_of_others_that_mention_her_are_counted_and_stay(library: Library, place: Location) -> None:
    said = "I learnt it from anwen\nquillfeather, and Anwen Quillfeatherstone too."
    played(library, HandClock(), answers=(said,), replied="", person="Cai Example")

    done = persons.erase(library, place, ANWEN, WHY, CLOCK)

    assert dict(done.mentions) == {"answers and notes": 1}
    assert where_found(place.folder, "quillfeatherstone")


@pytest.mark.slow
def test_a_pack_on_this_computer_that_she_marks_goes_with_its_marks(
    library: Library, place: Location, world: tuple[Path, str, str]
) -> None:
    laptop = world[0].parent / ANWEN
    shutil.rmtree(place.folder / "review")
    shutil.copytree(laptop / "review", place.folder / "review")
    assert [one["they_mark_it"] for one in data_of(library, place, ANWEN)["packs_open_here"]] == [True]

    done = persons.erase(library, place, ANWEN, WHY, CLOCK)

    assert done.gone[Where.OPENED] == 1
    assert not reviewing.workspaces(place)
    assert not where_found(place.folder, ANWEN, *HER_WORDS)


@pytest.mark.slow
def test_an_erasure_that_was_cut_short_is_finished_by_another(
    library: Library, place: Location, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(*_: object, **__: object) -> None:
        raise UserError("The disk is full.", "Free some space.")

    with monkeypatch.context() as broken:
        broken.setattr(persons.copies, "clean", cut)
        with pytest.raises(UserError, match="disk is full"):
            persons.erase(library, place, ANWEN, WHY, CLOCK)
    assert where_found(place.folder, "quillfeather")

    persons.erase(library, place, ANWEN, WHY, CLOCK)

    assert not where_found(place.folder, "quillfeather", *HER_WORDS)


@pytest.mark.slow
def test_old_settings_that_a_kill_left_half_erased_go_at_the_next_start(library: Library, place: Location) -> None:
    left = place.folder / "settings.toml.erased"
    left.write_text(f'person = "{ANWEN}"')
    wiping.at_start(library, place, Settings(), CLOCK)
    assert not left.exists()


def test_what_was_not_understood_goes_when_an_erasure_that_was_cut_short_is_finished(
    library: Library, place: Location
) -> None:
    persons.erase(library, place, ANWEN, WHY, CLOCK)
    left = place.folder / "settings.not-understood.toml"
    left.write_text(f'person = "{ANWEN}"')
    with pytest.raises(persons.NobodyError):  # nothing else is left
        persons.erase(library, place, ANWEN, WHY, CLOCK)
    assert not left.exists()


def test_a_name_that_settings_hold_and_were_not_understood_goes_too(library: Library, place: Location) -> None:
    (place.folder / "settings.not-understood.toml").write_text(f'person = "{ANWEN.upper()}"\n')
    save_settings(place.folder, replace(load_settings(place.folder).settings, role="director"))

    persons.erase(library, place, ANWEN, WHY, CLOCK)

    assert load_settings(place.folder).settings == replace(Settings(), role="director")
    assert not where_found(place.folder, "quillfeather")


@pytest.mark.slow
def test_a_locked_library_and_its_backups_are_cleaned_as_well(place: Location, tmp_path: Path) -> None:
    locked = locking.lock(place, locking.new_words(), CLOCK, computer=False)
    gone = {Kind.PERSON: frozenset([ANWEN])}
    with libraries.open_library(locked) as library:
        person_export.export(library, locked, ANWEN, tmp_path / "hers", Settings(person=ANWEN), CLOCK)
        assert copies.that_hold(locked, gone) > 0

        done = persons.erase(library, locked, ANWEN, WHY, CLOCK)

        assert done.cleaned is not None
        assert [*done.cleaned.unread, *done.cleaned.waiting, *done.cleaned.erased] == []
        assert copies.that_hold(locked, gone) == 0
        assert not any(persons_left(library))
    assert (tmp_path / "hers" / "index.html").is_file()
    assert not list((place.folder / "review").glob("own-key*"))


def persons_left(library: Library) -> list[str]:
    return [row for row in dump(library) if "quillfeather" in row.casefold()]


def trail(library: Library) -> list[Any]:
    with library.reading() as session:
        return list(storage.audit.entries(session))


def dump(library: Library) -> list[str]:
    """Everything in the library, row by row."""
    with library.driver_connection() as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return [repr(row) for name in tables for row in connection.execute(f'SELECT * FROM "{name}"')]
