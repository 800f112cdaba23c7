"""What the owner has once a pack is saved: where the file is, what to say to whom, and who is who."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from cqcmock.domain.english import count, day
from ui.review import shelf_words
from ui.sizes import spaced
from ui.widgets.card import Card
from ui.widgets.labels import TextLabel, heading, question_label, small_label, wrapped_label

if TYPE_CHECKING:
    from cqcmock.domain.sitting import SittingSummary
    from cqcmock.services.packing import Draft, MadePack

    Find = Callable[[str], SittingSummary | None]

SAME_FILE = (
    "Read these four words to {} over the phone once the file has arrived. "
    "If their program shows the same ones, it is the same file, and nothing in it was changed on the way."
)
ONLY_HERE = (
    "Say them to {} over the phone, never in the same message as the file. "
    "They are shown here for the last time and kept nowhere: write them down until the pack has been opened. "
    "If they are lost, make the pack again."
)
ONLY_YOU = "Only you see this. The marks that come back find their way to the right rehearsal by themselves."


class Receipt(QWidget):
    """Everything that somebody needs from here on."""

    def __init__(self) -> None:
        super().__init__()
        column = spaced(QVBoxLayout(self), gap=0.9)
        self.title = heading("The pack is saved")
        column.addWidget(self.title)
        self.file_card = Card("The file")
        self.file = TextLabel(kind="h3")
        self.folder = wrapped_label()
        self.what = wrapped_label()
        for part in (self.file, self.folder, self.what):
            self.file_card.body.addWidget(part)
        self.words_card = Card("The words that open it")
        self.words = question_label()
        self.words_about = wrapped_label()
        self.code_card = Card("Is it the same file?")
        self.code = TextLabel(kind="lead")
        self.code_about = wrapped_label()
        self.who_card = Card("Who is who")
        self.who = wrapped_label()
        self.left_out = small_label()
        self.kept = small_label()
        for card, parts in (
            (self.words_card, (self.words, self.words_about)),
            (self.code_card, (self.code, self.code_about)),
            (self.who_card, (self.who, small_label(ONLY_YOU))),
        ):
            for part in parts:
                card.body.addWidget(part)
        for card in (self.file_card, self.words_card, self.code_card, self.who_card):
            column.addWidget(card)
        column.addWidget(self.left_out)
        column.addWidget(self.kept)

    def show_made(self, made: MadePack, draft: Draft, passphrase: str, sitting: Find) -> None:
        """Show this pack; `sitting` finds a rehearsal by its id."""
        reviewer = made.pack.reviewer
        self.file.setText(made.path.name)
        self.folder.setText(f"In the folder {made.path.absolute().parent}")
        until = f", and ask to have it back by {day(made.pack.deadline)}" if made.pack.deadline else ""
        self.what.setText(
            f"It holds {count(made.sheets, 'answer')} to be marked. Send it to {reviewer} by e-mail or on a USB "
            f"stick{until}. When their file comes back, take it in under “Peer review”."
        )
        self.words.setText(passphrase)
        self.words_about.setText(ONLY_HERE.format(reviewer))
        self.words_card.setVisible(bool(passphrase))
        self.code.setText(made.code)
        self.code_about.setText(SAME_FILE.format(reviewer))
        self.who.setText("\n".join(f"Candidate {code}: {whom}" for code, whom in who_is_who(draft, sitting).items()))
        self.left_out.setText("\n".join(draft.left_out))
        self.left_out.setVisible(bool(draft.left_out))
        kept = "\n".join(made.pack.kept)
        self.kept.setText(f"Kept, although it could name somebody:\n{kept}" if kept else "")
        self.kept.setVisible(bool(kept))


def who_is_who(draft: Draft, sitting: Find) -> dict[str, str]:
    """For each code, the person and the rehearsal that it stands for; of two that read the same, when they began."""
    known = {sheet.candidate: sitting(sheet.sitting) for sheet in draft.sheets}
    found = {code: one for code, one in known.items() if one is not None}
    titles = shelf_words.titles([*found.values()])
    return {
        code: f"{one.person or 'no name is kept'}, {one.role_name}, “{title}”"
        for (code, one), title in zip(found.items(), titles, strict=True)
    }
