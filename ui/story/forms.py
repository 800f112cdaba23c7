"""The forms of a story: a fact, people who are seldom heard, what was said and done, an example, the names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields, replace
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtWidgets import QCheckBox, QWidget

from cqcmock.domain.english import day, shortened
from cqcmock.domain.story import Community, Example, Fact, Story, YouSaid
from ui.story.fields import BoxField, LineField, TicksField
from ui.story.form import Form
from ui.story.reading import Alter
from ui.widgets.buttons import secondary_button
from ui.widgets.card import button_row
from ui.widgets.labels import problem_label

if TYPE_CHECKING:
    from cqcmock.services.story_checks import FactWords

Thing = TypeVar("Thing")

PHRASES_HINT = "How people say it aloud, one a line. An answer with these words is recognised."


class EntryForm(Form):
    """A form for one thing of a list: a new one, or `replacing` one that is there."""

    titles = ("", "")
    """Of a new one, and of one that is changed."""

    def __init__(self, keep: str) -> None:
        super().__init__(keep)
        self.replacing: Any = None

    def begin_new(self, story: Story, today: date) -> None:
        """An empty form."""
        self.replacing = None
        self.begin(story, self.titles[0], self.fresh(story, today))

    def begin_change(self, story: Story, thing: Any) -> None:
        """The form with what is there."""
        self.replacing = thing
        self.begin(story, self.titles[1], self.words_of(thing))

    def fresh(self, story: Story, today: date) -> Mapping[str, str]:
        """What a new one begins with."""
        return {}

    def words_of(self, thing: Any) -> Mapping[str, str]:
        """What a form shows of a thing."""
        raise NotImplementedError


class FactForm(EntryForm):
    """One figure or fact."""

    titles = ("A new fact", "Change this fact")

    def __init__(self) -> None:
        super().__init__("Keep this fact")
        self.months = 3
        self.add(label=LineField("What", placeholder="People waiting for an assessment"))
        self.add(value=LineField("Value", placeholder="212"), unit=LineField("Unit (optional)", placeholder="people"))
        self.add(as_of=LineField("As of"), review_by=LineField("Check again by (optional)"))
        self.add(
            comparator=LineField("Compared with (optional)", placeholder="260 a year ago"),
            owner=LineField("Who knows about it (optional)", placeholder="A team or a role"),
        )
        self.add(source=LineField("Where somebody can look it up", placeholder="Our performance report, October 2026"))
        self.add(phrases=BoxField("Words people use for it (optional)", PHRASES_HINT, height=7.0))
        self.ticks = TicksField("Quality statements (optional)")
        self.add(statements=self.ticks)
        self.finish()

    def fresh(self, story: Story, today: date) -> Mapping[str, str]:
        from cqcmock.services.story_checks import in_months

        return {"as_of": day(today), "review_by": day(in_months(today, self.months))}

    def words_of(self, thing: Fact) -> Mapping[str, str]:
        from cqcmock.services.story_checks import fact_words

        return asdict(fact_words(thing)) | {"statements": " ".join(thing.statements)}

    def _fact_words(self) -> FactWords:
        from cqcmock.services.story_checks import FactWords

        words: dict[str, Any] = {**self.words, "statements": self.ticks.chosen}
        return FactWords(**{field.name: words[field.name] for field in fields(FactWords)})

    def problems(self) -> Mapping[str, str]:
        from cqcmock.services.story_checks import fact_problems

        facts = self.story.facts if self.story else ()
        own = self.replacing.id if self.replacing else ""
        return fact_problems(self._fact_words(), (fact for fact in facts if fact.id != own))

    def alter(self) -> Alter:
        words, replacing = self._fact_words(), self.replacing

        def keep(story: Story) -> Story:
            from cqcmock.services.story_checks import fact_of

            fact = fact_of(words, story, replacing)
            return replace(story, facts=put(story.facts, fact, [known.id == fact.id for known in story.facts]))

        return keep

    @property
    def said(self) -> str:
        return f"“{shortened(self.words['label'], 80)}” is kept."


class PersonalForm(EntryForm):
    """A form whose texts must not lead to a person: what would is pointed at, and somebody decides."""

    checked: tuple[str, ...] = ()

    def add_personal_check(self) -> None:
        """The words about what was found, and what can be done about it."""
        self.found = problem_label()
        self.take_out = secondary_button("Take them out", self._take_out)
        self.nobody = QCheckBox("Nobody can be recognised by this")
        self.nobody.toggled.connect(lambda _: self.say_found())
        self._pointed: tuple[str, ...] = ()
        self.column.addWidget(self.found)
        self.column.addWidget(self.nobody)
        self.column.addLayout(button_row(self.take_out))
        self._found_parts: tuple[QWidget, ...] = (self.found, self.nobody, self.take_out)
        for part in self._found_parts:
            part.hide()

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """What was found stands below the texts in which it was."""
        names, fields = list(self.fields), list(self.fields.values())
        above = 1 + max(map(names.index, self.checked))
        buttons = (self.keep_button, self.leave_button)
        return (*fields[:above], self.nobody, self.take_out, *fields[above:], *buttons)

    def begin(self, story: Story, title: str, words: Mapping[str, str]) -> None:
        """Show these words, and point at once at what is in them."""
        self.nobody.setChecked(False)
        super().begin(story, title, words)
        self._pointed = ()
        self.check()

    def check(self) -> Mapping[str, str]:
        """Look at the texts too, while somebody types."""
        self.say_found()
        return super().check()

    def say_found(self) -> None:
        """Point at what was found in the texts."""
        from cqcmock.services.story_checks import PERSONAL_WORDS, personal_data_in

        said: list[str] = []
        for name in self.checked:
            field = self.fields[name]
            assert isinstance(field, BoxField)
            data = personal_data_in(field.text)
            field.point_at([entry.span for entry in data])
            said += [f"“{shortened(entry.text, 40)}” ({PERSONAL_WORDS[entry.kind]})" for entry in data]
        found = tuple(dict.fromkeys(said))
        if found != self._pointed:
            self._pointed = found
            if self.nobody.isChecked():
                self.nobody.setChecked(False)
        more = f" and {len(found) - 6} more" if len(found) > 6 else ""
        self.found.setText(f"Somebody could be recognised by this: {', '.join(found[:6])}{more}.")
        for part in self._found_parts:
            part.setVisible(bool(found))

    def keep(self) -> None:
        """Not before somebody has decided about what was pointed at."""
        self.say_found()
        if self._pointed and not self.nobody.isChecked() and not self.problems():
            self.say("Take out what is pointed at, or say that nobody can be recognised by it.")
            self.take_out.setFocus()
            return
        super().keep()

    def _take_out(self) -> None:
        from cqcmock.services.story_checks import redacted_text

        for name in self.checked:
            field = self.fields[name]
            assert isinstance(field, BoxField)
            cursor = field.box.textCursor()
            cursor.beginEditBlock()  # so that Ctrl+Z brings the words back
            cursor.select(cursor.SelectionType.Document)
            cursor.insertText(redacted_text(field.text))
            cursor.endEditBlock()
        self.problem.hide()
        self.check()
        self.fields[self.checked[0]].control.setFocus()


class CommunityForm(PersonalForm):
    """People who are seldom heard."""

    titles = ("People who are seldom heard", "Change what is said about these people")
    checked = ("how_we_listen", "what_changed")

    def __init__(self) -> None:
        super().__init__("Keep these people")
        self.add(who=LineField("Who they are", placeholder="Gypsy and Traveller families"))
        self.add(how_we_listen=BoxField("How we listen to them"), what_changed=BoxField("What changed (optional)"))
        self.add_personal_check()
        self.add(source=LineField("Where this is known from", placeholder="Our engagement team"))
        self.add(phrases=BoxField("Words people use for them (optional)", PHRASES_HINT))
        self.finish()

    def fresh(self, story: Story, today: date) -> Mapping[str, str]:
        return {"source": story.place.council}

    def words_of(self, thing: Community) -> Mapping[str, str]:
        return asdict(thing) | {"phrases": "\n".join(thing.phrases)}

    def problems(self) -> Mapping[str, str]:
        from cqcmock.services.story_checks import community_problems

        return community_problems(**self.words)

    def alter(self) -> Alter:
        words, replacing = self.words, self.replacing

        def keep(story: Story) -> Story:
            from cqcmock.services.story_checks import community_of

            new = community_of(words, story, replacing)
            same = [known.id == new.id for known in story.communities]
            return replace(story, communities=put(story.communities, new, same))

        return keep

    @property
    def said(self) -> str:
        return f"“{shortened(self.words['who'], 80)}” is kept."


class YouSaidForm(PersonalForm):
    """Something that people said, and what was done about it."""

    titles = ("Something that people said", "Change what was said and done")
    checked = ("said", "did")

    def __init__(self) -> None:
        super().__init__("Keep this change")
        self.add(said=BoxField("What people said"), did=BoxField("What we did"))
        self.add_personal_check()
        self.add(
            when=LineField("When it was done (optional)", placeholder="22 November 2026"),
            source=LineField("Where this is known from", placeholder="Our carers' forum"),
        )
        self.finish()

    def fresh(self, story: Story, today: date) -> Mapping[str, str]:
        return {"source": story.place.council}

    def words_of(self, thing: YouSaid) -> Mapping[str, str]:
        return {"said": thing.said, "did": thing.did, "source": thing.source,
                "when": day(thing.when) if thing.when else ""}  # fmt: skip

    def problems(self) -> Mapping[str, str]:
        from cqcmock.services.story_checks import you_said_problems

        return you_said_problems(**self.words)

    def alter(self) -> Alter:
        words, replacing = self.words, self.replacing

        def keep(story: Story) -> Story:
            from cqcmock.services.story_checks import you_said_of

            same = [known == replacing for known in story.you_said]
            return replace(story, you_said=put(story.you_said, you_said_of(words), same))

        return keep

    @property
    def said(self) -> str:
        return "What people said, and what was done, is kept."


class ExampleForm(PersonalForm):
    """A practice example in which nobody can be recognised."""

    titles = ("A new practice example", "Change this example")
    checked = ("text",)

    def __init__(self) -> None:
        super().__init__("Keep this example")
        hint = "Two or three sentences. No names, ages, addresses or dates by which somebody could be recognised."
        self.add(text=BoxField("What was done, and what it changed", hint, height=7.0))
        self.add_personal_check()
        self.add(source=LineField("Where this is known from", placeholder="Our hospital team"))
        self.ticks = TicksField("Quality statements (optional)")
        self.add(statements=self.ticks)
        self.finish()

    def fresh(self, story: Story, today: date) -> Mapping[str, str]:
        return {"source": story.place.council}

    def words_of(self, thing: Example) -> Mapping[str, str]:
        return {"text": thing.text, "source": thing.source, "statements": " ".join(thing.statements)}

    def problems(self) -> Mapping[str, str]:
        from cqcmock.services.story_checks import example_problems

        return example_problems(self.words["text"], self.words["source"])

    def alter(self) -> Alter:
        words, ticked, replacing = self.words, self.ticks.chosen, self.replacing

        def keep(story: Story) -> Story:
            from cqcmock.services.story_checks import example_of

            new = example_of(words["text"], words["source"], ticked, story, replacing)
            return replace(story, examples=put(story.examples, new, [known.id == new.id for known in story.examples]))

        return keep

    @property
    def said(self) -> str:
        return "The practice example is kept."


class PlaceForm(Form):
    """The names of the place, and what is to be known about the whole story."""

    def __init__(self) -> None:
        super().__init__("Keep these names")
        self.add(name=LineField("Place"), council=LineField("Council"))
        self.add(checked_on=LineField("The whole story was last checked on"))
        self.add(notes=BoxField("Notes for whoever reads the data pack (optional)", "One a line."))
        self.finish()

    def begin_story(self, story: Story) -> None:
        """The form with what is there."""
        place = story.place
        words = {"name": place.name, "council": place.council, "checked_on": day(place.checked_on)}
        self.begin(story, "Change the names", words | {"notes": "\n".join(place.notes)})

    def problems(self) -> Mapping[str, str]:
        from cqcmock.services.story_checks import place_problems

        words = self.words
        return place_problems(words["name"], words["council"], words["checked_on"])

    def alter(self) -> Alter:
        words = self.words

        def keep(story: Story) -> Story:
            from cqcmock.services.story_checks import place_of

            return replace(story, place=place_of(**words, before=story.place))

        return keep

    @property
    def said(self) -> str:
        return "The names are kept."


def put(things: Sequence[Thing], new: Thing, same: Sequence[bool]) -> tuple[Thing, ...]:
    """The things with `new` in place of the first that is the same, or behind them all."""
    at = next((at for at, is_same in enumerate(same) if is_same), len(things))
    return (*things[:at], new, *things[at + 1 :])
