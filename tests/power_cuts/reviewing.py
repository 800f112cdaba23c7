"""A reviewer's laptop and stick when the power fails: marks that were saved are there, and no returned file is torn."""

from __future__ import annotations

from pathlib import Path

from cqcmock.clock import system_clock
from cqcmock.domain.review import ReturnDraft, Sheet, SheetState
from cqcmock.errors import UserError
from cqcmock.paths import Location
from cqcmock.review import canonical, return_file, sealing
from cqcmock.services import reviewer_keys, reviewing
from cqcmock.services.workspace import Workspace
from cqcmock.storage.folder import LIBRARY
from tests.e2e.pack_hands import numbered, reason
from tests.power_cuts.deed import DONE, CorruptError, Deed, HalfDoneError, Heard, LostError, Say
from tests.power_cuts.looks import check_sound
from tests.review.packs import Sent, a_pack, sent

DATA, STICK = "data", "stick"
PACK, SPARE = "pack-1", "pack-2"
CLOCK = system_clock()
WHY = "The train came in."


class _OnALaptop(Deed):
    """A laptop on which one pack was opened before, and a stick with that pack and another one."""

    def prepare(self, folder: Path) -> None:
        place, stick = Location(folder / DATA), folder / STICK
        stick.mkdir()
        address = reviewer_keys.own_key(place).address
        self.ours = sent(a_pack(8, PACK))
        for one in (self.ours, sent(a_pack(2, SPARE))):
            sealed = sealing.seal_to(canonical.canonical(one.content), address)
            (stick / one.content.pack.id).write_bytes(sealed)
        reviewing.open_pack(place, stick / PACK, CLOCK).close()


def _workspace(folder: Path) -> Workspace:
    try:
        return reviewing.workspace(Location(folder / DATA), PACK)
    except UserError as error:
        raise CorruptError(f"the pack does not open: {error}") from error


def _number_in(comment: str) -> int:
    number = int(comment.split()[-1]) if comment else 0
    if comment != (numbered(number).comment if number else ""):
        raise HalfDoneError("a comment is there in part")
    return number


class Marking(_OnALaptop):
    """Sheets that are saved and submitted, and meanwhile another pack that is opened and forgotten."""

    fault = "The power fails while a pack is marked"
    person_sees = "The pack opens with every mark that was shown as saved"

    def do(self, folder: Path, say: Say) -> None:
        place, number = Location(folder / DATA), 0
        with reviewing.workspace(place, PACK) as workspace:
            for lap in range(3):
                for sheet in workspace.order:
                    number += 97
                    deed = "submit" if (number + lap) % 2 else "save"
                    say.begun(deed, [sheet, number])
                    (workspace.submit if deed == "submit" else workspace.save)(sheet, numbered(number), CLOCK)
                    say.done(deed, [sheet, number])
                say.begun("whole", number)
                workspace.save_whole("A", number % 4, numbered(number).comment, CLOCK)
                say.done("whole", number)
                say.begun("reason", number)
                workspace.save_return_draft(ReturnDraft(why_incomplete=reason(number), signed=bool(number % 2)), CLOCK)
                say.done("reason", number)
                say.begun("open")
                reviewing.open_pack(place, folder / STICK / SPARE, CLOCK).close()
                say.done("open")
                if lap < 2:
                    say.begun("forget")
                    reviewing.forget(place, SPARE)
                    say.done("forget")

    def check(self, folder: Path, said: Heard) -> None:
        with _workspace(folder) as workspace:
            sheets, whole = workspace.sheets(), workspace.wholes()["A"]
            draft = workspace.return_draft()
        self._check_sheets(sheets, said)
        _check_latest("the whole", _number_in(whole.comment), said, "whole")
        there = int(draft.why_incomplete.split()[-1]) if draft.why_incomplete else 0
        if there and (draft.why_incomplete, draft.signed) != (reason(there), bool(there % 2)):
            raise HalfDoneError("the reason is there in part")
        _check_latest("the reason", there, said, "reason")
        self._check_spare(folder, said)
        for library in (folder / DATA).glob(f"{reviewer_keys.FOLDER}/*/{LIBRARY}"):
            check_sound(library)

    def _check_sheets(self, sheets: dict[str, Sheet], said: Heard) -> None:
        marked = [line for line in said.lines if line[0] == DONE and line[1] in ("save", "submit")]
        latest = {sheet: (number, what == "submit") for _done, what, (sheet, number) in marked}
        begun = {
            sheet: (number, what == "submit") for what in ("save", "submit") for sheet, number in said.under_way(what)
        }
        for sheet_id, sheet in sheets.items():
            there = (_number_in(sheet.marks.comment), sheet.state is SheetState.SUBMITTED)
            if there not in (latest.get(sheet_id, (0, False)), begun.get(sheet_id)):
                raise LostError(f"the marks of {sheet_id} are {there}, announced were {latest.get(sheet_id)}")

    def _check_spare(self, folder: Path, said: Heard) -> None:
        place = Location(folder / DATA)
        summaries = {one.id: one for one in reviewing.workspaces(place)}
        if troubled := [str(one.trouble) for one in summaries.values() if one.trouble]:
            raise CorruptError(f"in the list of packs: {troubled}")
        if not said.under_way("open", "forget"):
            settled = [what for state, what, _about in said.lines if state == DONE and what in ("open", "forget")]
            if (SPARE in summaries) != (settled[-1:] == ["open"]):
                raise LostError(f"the other pack: {settled[-1:]}, but in the list are {sorted(summaries)}")
        reviewing.open_pack(place, folder / STICK / SPARE, CLOCK).close()
        reviewing.forget(place, SPARE)
        if left := [one.name for one in (place.folder / reviewer_keys.FOLDER).iterdir() if one.is_dir()][1:]:
            raise HalfDoneError(f"folders of a forgotten pack are left: {left}")


def _check_latest(what: str, there: int, said: Heard, deed: str) -> None:
    announced = [0, *said.done(deed)][-1]
    if there not in (announced, *said.under_way(deed)):
        raise LostError(f"{what} is that of {there}, announced was {announced}")


class Returning(_OnALaptop):
    """A return that is made again and again under the same name, each time with one sheet more."""

    fault = "The power fails while a return is made"
    person_sees = "The file is the last one that was made, or the one before it, or it is not there: never a part of it"

    def do(self, folder: Path, say: Say) -> None:
        with reviewing.workspace(Location(folder / DATA), PACK) as workspace:
            for number, sheet in enumerate(workspace.order, 1):
                workspace.submit(sheet, numbered(number * 300), CLOCK)
                say.begun("return", number)
                receipt = workspace.make_return(folder / STICK / "return", CLOCK, why_incomplete=WHY)
                say.done("return", receipt.returned)

    def check(self, folder: Path, said: Heard) -> None:
        file = folder / STICK / "return"
        announced = [0, *said.done("return")][-1]
        may_be = {announced, *said.under_way("return")}
        if file.exists():
            there = _sheets_in(file, self.ours)
        elif announced:
            raise LostError("the file that was made is not there")
        else:
            there = 0
        if there not in may_be:
            raise LostError(f"the file holds {there} sheets, and should one of {may_be}")
        with _workspace(folder) as workspace:
            if (receipts := len(workspace.receipts())) not in may_be:
                raise LostError(f"{receipts} receipts, and should be one of {may_be}")
            submitted = sum(sheet.state is SheetState.SUBMITTED for sheet in workspace.sheets().values())
            if submitted < max(may_be):
                raise LostError(f"{submitted} sheets are submitted, and should be {max(may_be)}")
            if not submitted:
                workspace.submit(workspace.order[0], numbered(1), CLOCK)
            again = workspace.make_return(file, CLOCK, why_incomplete=WHY)
        if _sheets_in(file, self.ours) != again.returned:
            raise CorruptError("the return that was made afterwards is not whole")
        if left := {one.name for one in file.parent.iterdir()} - {PACK, SPARE, "return"}:
            raise HalfDoneError(f"beside the return lies {left}")


def _sheets_in(file: Path, ours: Sent) -> int:
    try:
        signed = return_file.read_return(sealing.open_with_keys(file.read_bytes(), [ours.return_key]))
        return_file.check_return(signed, ours.public_key, ours.content.answers_digest)
    except UserError as error:
        raise CorruptError(f"the return cannot be read: {error}") from error
    for sheet in signed.given.sheets:
        _number_in(sheet.marks.comment)
    return len(signed.given.sheets)
