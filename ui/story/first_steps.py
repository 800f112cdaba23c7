"""The steps in which a first story is made: each asks one thing, and says what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cqcmock.domain.english import day
from ui.sizes import spaced
from ui.story.fields import BoxField, Field, LineField
from ui.widgets.flow import SideBySide
from ui.widgets.labels import heading, problem_label, wrapped_label

FIGURES = 3
GROUPS = 3
STEPS = 5
_ORDINALS = ("first", "second", "third")
_PLACEHOLDERS = (
    ("People waiting for an assessment", "212", "people"),
    ("Unpaid carers whom we supported last year", "1,400", "carers"),
    ("Safeguarding concerns in a month", "190", "concerns"),
)
CHECK_MILLISECONDS = 150


class Step(QWidget):
    """One page. `number` is what it counts as, `name` tells it from the others."""

    changed = Signal()

    def __init__(self, name: str, number: int, progress: str, title: str, lead: str) -> None:
        super().__init__()
        self.name, self.number = name, number
        self.progress = f"Step {number} of {STEPS}" + (f" · {progress}" if progress else "")
        self.fields: dict[str, Field] = {}
        self.column = spaced(QVBoxLayout(self), gap=0.9)
        self.title = heading(title, 1)
        self.lead = wrapped_label(lead)
        self.column.addWidget(self.title)
        self.column.addWidget(self.lead)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(CHECK_MILLISECONDS)
        self._soon.timeout.connect(self.check)

    def add(self, **fields: Field) -> None:
        """One more row of fields."""
        row = list(fields.values())
        for name, one in fields.items():
            self.fields[name] = one
            one.changed.connect(self._soon.start)
            one.changed.connect(self.changed)
        self.column.addWidget(row[0] if len(row) == 1 else SideBySide(*row, narrowest=15.0, gap=1.0))

    @property
    def words(self) -> dict[str, str]:
        """What stands in each field."""
        return {name: one.text for name, one in self.fields.items()}

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed that would be missed."""
        return not any(text.strip() for text in self.words.values())

    def problems(self) -> Mapping[str, str]:
        """What is wrong, for each field that is wrong."""
        return {}

    def check(self) -> Mapping[str, str]:
        """Say beside each field that was written in what is wrong with it."""
        wrong = self.problems()
        for name, one in self.fields.items():
            one.set_problem(wrong.get(name, "") if one.touched else "")
        return wrong

    def is_right(self) -> bool:
        """Whether it can be kept as it is; otherwise the keyboard goes to what is wrong."""
        self._soon.stop()
        for one in self.fields.values():
            one.touched = True
        wrong = self.check()
        for name, one in self.fields.items():
            if name in wrong:
                one.control.setFocus()
                return False
        return True

    @property
    def to_show(self) -> QWidget:
        """What says why this step cannot be left as it is."""
        return next((one for one in self.fields.values() if not one.problem.isHidden()), self)

    def focus(self) -> None:
        """Begin at the first field."""
        next(iter(self.fields.values())).control.setFocus()


class PlaceStep(Step):
    """The names; the council's is suggested until somebody types another."""

    def __init__(self) -> None:
        super().__init__("place", 1, "", "Which place is it?", "Questions speak of it by these names.")
        self.place = LineField("Place", "As people say it: a county, a city or a borough.", placeholder="Rutland")
        self.council = LineField("Council", placeholder="Rutland Council")
        self.add(name=self.place)
        self.add(council=self.council)
        self.place.changed.connect(self._suggest)

    def _suggest(self) -> None:
        if not self.council.touched:
            from cqcmock.services.story_checks import suggested_council

            self.council.show_text(suggested_council(self.place.text))

    def problems(self) -> Mapping[str, str]:
        from cqcmock.services.story_checks import place_problems

        if self.is_empty:
            return {}
        wrong = place_problems(self.words["name"], self.words["council"] or "-", "2000-01-01")
        return {name: sentence for name, sentence in wrong.items() if name in self.fields}


class FigureStep(Step):
    """One of the figures that everybody here should know."""

    def __init__(self, at: int, today: date) -> None:
        super().__init__(
            f"figure {at + 1}",
            2,
            f"figure {at + 1} of {FIGURES}",
            "A figure that everybody here should know" if at == 0 else f"A {_ORDINALS[at]} figure",
            "One that somebody could be asked about, and that says something about people's lives.",
        )
        what, value, unit = _PLACEHOLDERS[at]
        self.others: tuple[Step, ...] = ()
        self.add(label=LineField("What", placeholder=what))
        self.add(value=LineField("Value", placeholder=value), unit=LineField("Unit (optional)", placeholder=unit))
        self.add(as_of=LineField("As of"), source=LineField("Where somebody can look it up (optional)"))
        self.fields["as_of"].show_text(day(today))

    @property
    def is_empty(self) -> bool:
        """The day alone says nothing."""
        return not (self.words["label"].strip() or self.words["value"].strip())

    def suggest_source(self, source: str) -> None:
        """Figures often come from one report."""
        if not self.fields["source"].text:
            self.fields["source"].show_text(source)

    def problems(self) -> Mapping[str, str]:
        from cqcmock.services.story_checks import figure_problems, figure_words

        return figure_problems(figure_words(self.words), (figure_words(other.words) for other in self.others))


class HeardStep(Step):
    """Who is seldom heard, and how they are listened to."""

    def __init__(self) -> None:
        super().__init__(
            "heard",
            3,
            "",
            "Who is seldom heard here?",
            "Up to three groups of people whom you hear from least. If you do not know yet how you listen to them, "
            "leave that empty.",
        )
        who = ("Gypsy and Traveller families", "People who are deaf", "Carers who work")
        how = ("A worker visits the sites every month", "", "")
        for at in range(GROUPS):
            fields = {
                f"who_{at}": LineField("Who", placeholder=who[at]),
                f"how_{at}": LineField("How we listen to them", placeholder=how[at]),
            }
            for one in fields.values():
                one.control.setAccessibleName(f"{one.title}, {_ORDINALS[at]} group")
            self.add(**fields)

    def problems(self) -> Mapping[str, str]:
        from cqcmock.services.story_checks import LONGEST_LINE

        words = self.words
        wrong = {}
        for at in range(GROUPS):
            if words[f"how_{at}"].strip() and not words[f"who_{at}"].strip():
                wrong[f"who_{at}"] = "Say who they are, or clear what stands beside it."
        for name, text in words.items():
            if len(text) > LONGEST_LINE:
                wrong[name] = f"Make it shorter: at most {LONGEST_LINE} characters."
        return wrong


class SaidStep(Step):
    """One thing that people said, and what was done."""

    def __init__(self) -> None:
        super().__init__(
            "said",
            4,
            "",
            "What did people tell you, and what did you do?",
            "One thing is enough. Name nobody: say “a carer”, not who it was.",
        )
        self.add(said=BoxField("What people said"), did=BoxField("What we did"))
        self._seen = ""
        self.found = problem_label()
        self.found.hide()
        self.column.addWidget(self.found)

    def check(self) -> Mapping[str, str]:
        """Point at what somebody could be recognised by, too."""
        from cqcmock.services.story_checks import PERSONAL_WORDS, personal_data_in

        said = []
        for one in self.fields.values():
            assert isinstance(one, BoxField)
            data = personal_data_in(one.text)
            one.point_at([entry.span for entry in data])
            said += [f"“{entry.text[:40]}” ({PERSONAL_WORDS[entry.kind]})" for entry in data]
        found = f"Somebody could be recognised by this: {', '.join(said[:6])}."
        self.found.setText(f"{found} Take it out. If nobody can be recognised, go on with “Next”.")
        self.found.setVisible(bool(said))
        return super().check()

    @property
    def to_show(self) -> QWidget:
        """What was pointed at, where nothing else is wrong."""
        wrong = any(not one.problem.isHidden() for one in self.fields.values())
        return super().to_show if wrong else self.found

    def is_right(self) -> bool:
        """What was pointed at is decided about: the first time that it is seen, the keyboard stays here."""
        right = super().is_right()
        if right and not self.found.isHidden() and self._seen != self.found.text():
            self._seen = self.found.text()
            self.fields["said"].control.setFocus()
            return False
        return right

    def problems(self) -> Mapping[str, str]:
        from cqcmock.services.story_checks import you_said_problems

        words = self.words
        if self.is_empty:
            return {}
        wrong = you_said_problems(words["said"], words["did"] or "-", "", "-")
        return {name: sentence for name, sentence in wrong.items() if name in self.fields}
