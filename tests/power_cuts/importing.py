"""Files that are taken into the library when the power fails: all of a file is there, or what was there before."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import ClassVar

from cqcmock.banks.formats import write_bank
from cqcmock.banks.story_file import story_as_toml
from cqcmock.banks.toml import parse_bank
from cqcmock.clock import system_clock
from cqcmock.domain.questions import Bank
from cqcmock.domain.story import Story
from cqcmock.errors import UserError
from cqcmock.paths import Location, question_banks_folder
from cqcmock.services import bank_files, banks, shipped, stories, story_files
from cqcmock.services import library as libraries
from tests.power_cuts.deed import Deed, HalfDoneError, Heard, LostError, Say
from tests.power_cuts.looks import opened

DATA = "data"
BANK, NEW = "partner", "quite-new"
CLOCK = system_clock()


def a_bank() -> Bank:
    """One of the shipped banks, as it might be a council's own."""
    text = (question_banks_folder() / f"{BANK}.toml").read_text("utf-8")
    return parse_bank(text, BANK, shipped.framework_words())


class ImportingABank(Deed):
    """A bank, and then a second version of it with changed, new and fewer questions."""

    fault = "The power fails while a bank is imported"
    person_sees = "The whole bank, or the library as it was before: the file can be imported again"

    raw_key: ClassVar[str | None] = None

    def prepare(self, folder: Path) -> None:
        libraries.open_library(Location(folder / DATA, raw_key=self.raw_key)).close()
        first = a_bank()
        changed = (replace(one, text=f"{one.text} And how do you know?") for one in first.questions[2:])
        new = replace(first.questions[0], id=NEW, text="What is quite new?")
        second = replace(first, version=first.version + 1, questions=(*changed, new))
        self.versions: list[Bank] = []
        for number, bank in enumerate((first, second)):
            file = folder / f"bank-{number}.toml"
            file.write_bytes(write_bank(bank, file).data)
            self.versions.append(parse_bank(file.read_text("utf-8"), file.name, shipped.framework_words()))

    def do(self, folder: Path, say: Say) -> None:
        with libraries.open_library(Location(folder / DATA, raw_key=self.raw_key)) as library:
            for number in range(2):
                say.begun("import", number)
                bank_files.take_in(library, bank_files.preview(library, folder / f"bank-{number}.toml", CLOCK), CLOCK)
                say.done("import", number)

    def check(self, folder: Path, said: Heard) -> None:
        with opened(folder / DATA, self.raw_key) as library:
            known = [bank.id for bank in banks.list_banks(library)]
            there = banks.show_bank(library, BANK) if BANK in known else None
            if there is not None and there not in self.versions:
                raise HalfDoneError(f"a bank with {len(there.questions)} questions, which nobody wrote")
            number = self.versions.index(there) if there is not None else -1
            _check_number(number, said)
            if (NEW in {match.question for match in banks.search(library, "quite new")}) != (number == 1):
                raise HalfDoneError("the search and the bank do not agree")
            if number < 1:
                last = bank_files.preview(library, folder / "bank-1.toml", CLOCK)
                bank_files.take_in(library, last, CLOCK)
                if banks.show_bank(library, BANK) != self.versions[1]:
                    raise HalfDoneError("importing it again does not bring the whole of it")


class ImportingLocked(ImportingABank):
    """The same into a library with a key."""

    fault = "The power fails while a bank is imported into an encrypted library"
    raw_key = "5a" * 32


class ImportingAStory(Deed):
    """A local story, and then a second form of it."""

    fault = "The power fails while a local story is imported"
    person_sees = "The whole story, or the library as it was before: the file can be imported again"

    def prepare(self, folder: Path) -> None:
        libraries.open_library(Location(folder / DATA)).close()
        first = story_files.read_file(question_banks_folder() / "stories" / "hertfordshire.toml")
        first = replace(first, place=replace(first.place, id="own-county"))
        second = replace(first, place=replace(first.place, name="Own County"), facts=first.facts[3:])
        self.versions: list[Story] = []
        for number, story in enumerate((first, second)):
            file = folder / f"story-{number}.toml"
            file.write_text(story_as_toml(story), "utf-8")
            self.versions.append(story_files.read_file(file))

    def do(self, folder: Path, say: Say) -> None:
        with libraries.open_library(Location(folder / DATA)) as library:
            for number in range(2):
                say.begun("import", number)
                story_files.import_story(library, folder / f"story-{number}.toml", CLOCK)
                say.done("import", number)

    def check(self, folder: Path, said: Heard) -> None:
        with opened(folder / DATA) as library:
            try:
                there = stories.story(library, "own-county")
            except UserError:
                _check_number(-1, said)
            else:
                if there not in self.versions:
                    raise HalfDoneError("a story which nobody wrote")
                _check_number(self.versions.index(there), said)
                if len(stories.history(library, "own-county")) != self.versions.index(there) + 1:
                    raise HalfDoneError("the story and its history do not agree")
            story_files.import_story(library, folder / "story-1.toml", CLOCK)
            if stories.story(library, "own-county") != self.versions[1]:
                raise HalfDoneError("importing it again does not bring the whole of it")


def _check_number(there: int, said: Heard) -> None:
    announced = [-1, *said.done("import")][-1]
    if there not in (announced, *said.under_way("import")):
        raise LostError(f"version {there} is there, announced was {announced}")
