"""The local story room: every deed is saved at once and can be taken back, and nothing that was typed is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from cqcmock.domain.story import Story
from cqcmock.services import stories
from tests.ui.conftest import StandIn
from tests.ui.story.conftest import RUTLAND, ShowStory
from ui.app_signals import Subject, change
from ui.commands import CommandId
from ui.story.fields import BoxField, LineField
from ui.story.form import Form
from ui.story.forms import CommunityForm, ExampleForm
from ui.theme import ThemeChoice

CONTROL = Qt.KeyboardModifier.ControlModifier


def line(form: Form, field: str) -> LineField:
    found = form.fields[field]
    assert isinstance(found, LineField)
    return found


def box(form: Form, field: str) -> BoxField:
    found = form.fields[field]
    assert isinstance(found, BoxField)
    return found


def test_only_the_example_is_there_at_first_and_making_ones_own_is_the_one_thing_to_do(show_story: ShowStory) -> None:
    shown = show_story(None)
    screen = shown.screen
    assert screen.first.make.hasFocus()
    assert screen.first.make.property("kind") == "primary"
    assert screen.stories.delete.isHidden()
    assert "came with the program" in screen.about.text()
    with shown.qtbot.waitSignal(screen.first_story_wanted):
        shown.press(Qt.Key.Key_Return)


def test_the_stories_say_whose_they_are_how_many_facts_they_have_and_how_many_are_out_of_date(
    show_story: ShowStory,
) -> None:
    lines = show_story().screen.stories.list.lines.lines
    assert [line.title for line in lines] == ["Hertfordshire", "Rutland"]
    assert lines[0].about == "Hertfordshire County Council · 19 facts · 3 out of date · came with the program"
    assert lines[1].about == "Rutland County Council · 3 facts · 2 out of date · your council's own"
    assert [line.sign for line in lines] == ["", "In use"]


def test_another_story_is_used_from_now_on_whatever_place_was_set(show_story: ShowStory) -> None:
    shown = show_story()
    shown.desk.settings = replace(shown.desk.settings, place="Kent", council="Kent Council")
    shown.screen.stories.list.setFocus()
    shown.press(Qt.Key.Key_Up)
    assert shown.screen.name.text() == "Hertfordshire"
    shown.screen.stories.use.click()
    shown.settle()
    settings = shown.desk.settings
    assert (settings.story, settings.place, settings.council) == ("hertfordshire", "", "")
    assert shown.screen.stories.list.lines.lines[0].sign == "In use"


def test_the_review_begins_with_what_is_longest_overdue(show_story: ShowStory) -> None:
    screen = show_story().screen
    assert [line.key for line in screen.review.list.lines.lines] == ["carers", "waits"]
    assert screen.review.list.hasFocus()
    assert screen.review.words.text().startswith("2 facts are out of date.")
    assert screen.review.without_day.text() == "1 other fact has no day for the next check."


def test_checked_today_moves_the_next_check_on_by_the_months_chosen_and_can_be_taken_back(
    show_story: ShowStory, messages: StandIn
) -> None:
    shown = show_story()
    shown.screen.review.months.setValue(6)
    shown.screen.review.still_right.click()
    assert shown.fact("carers").review_by == date(2027, 5, 21)
    assert messages.texts == ["“Unpaid carers” is still right. It is checked again by 21 May 2027."]
    assert [line.key for line in shown.screen.review.list.lines.lines] == ["waits"]
    shown.undo()
    assert shown.fact("carers").review_by == date(2026, 6, 1)
    assert len(shown.screen.review.list.lines.lines) == 2


def test_two_checks_in_a_row_are_both_kept(show_story: ShowStory) -> None:
    shown = show_story()
    shown.screen.still_right("carers")
    shown.screen.still_right("waits")
    assert shown.story().facts_due(date(2026, 11, 21)) == ()
    assert shown.screen.review.words.text() == "Nothing is out of date. The next check is on 21 February 2027."


def test_a_fact_is_added_with_the_keyboard_alone(show_story: ShowStory, messages: StandIn) -> None:
    shown = show_story()
    shown.press(Qt.Key.Key_N, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    form = shown.screen.fact_form
    assert line(form, "label").line.hasFocus()
    assert line(form, "review_by").text == "21 February 2027"
    QTest.keyClicks(shown.window.focusWidget(), "Reviews in time")
    for words in ("78.5%", "of reviews", "1/10/2026"):
        shown.press(Qt.Key.Key_Tab)
        QTest.keyClicks(shown.window.focusWidget(), words)
    for _ in range(4):
        shown.press(Qt.Key.Key_Tab)
    QTest.keyClicks(shown.window.focusWidget(), "Our report")
    shown.press(Qt.Key.Key_Tab)
    QTest.keyClicks(shown.window.focusWidget(), "reviewed on time")
    shown.press(Qt.Key.Key_Tab)
    shown.press(Qt.Key.Key_Space)
    shown.type(line(form, "unit").line, "of reviews")
    shown.press(Qt.Key.Key_Return)
    fact = shown.fact("reviews-in-time")
    assert (fact.value, fact.unit, fact.as_of, fact.source) == ("78.5%", "of reviews", date(2026, 10, 1), "Our report")
    assert (fact.statements, fact.phrases) == (("QS1",), ("reviewed on time",))
    assert messages.texts == ["“Reviews in time” is kept."]
    assert shown.screen.facts.list.hasFocus()
    assert shown.screen.facts.list.chosen == "reviews-in-time"


def test_return_changes_the_chosen_fact_and_only_what_was_written(show_story: ShowStory) -> None:
    shown = show_story()
    shown.screen.facts.list.setFocus()
    shown.press(Qt.Key.Key_Return)
    shown.type(line(shown.screen.fact_form, "value").line, "180")
    shown.press(Qt.Key.Key_Return)
    assert shown.fact("waits") == replace(RUTLAND.facts[0], value="180")
    shown.undo()
    assert shown.fact("waits") == RUTLAND.facts[0]


def test_what_is_wrong_is_said_beside_the_field_while_somebody_types_and_stops_nobody(show_story: ShowStory) -> None:
    shown = show_story()
    shown.screen.add(shown.screen.facts)
    form = shown.screen.fact_form
    assert all(field.problem.isHidden() for field in form.fields.values())
    shown.type(line(form, "label").line, "people waiting")
    shown.type(line(form, "as_of").line, "lately")
    shown.qtbot.waitUntil(lambda: not line(form, "as_of").problem.isHidden())
    assert line(form, "as_of").problem.text() == "Type a date such as 22 November 2026 or 22/11/2026."
    assert line(form, "label").problem.text().startswith("There is a fact of this name already.")
    assert line(form, "value").problem.isHidden()
    form.keep_button.click()
    assert line(form, "label").line.hasFocus()
    assert line(form, "value").problem.text() == "Give the figure, or a word such as “good”."
    assert shown.story() == RUTLAND


def test_delete_takes_a_line_away_and_undo_puts_it_back_where_it_was(show_story: ShowStory, messages: StandIn) -> None:
    shown = show_story()
    for part, field in zip(shown.screen.parts, ("facts", "communities", "you_said", "examples"), strict=True):
        part.list.setFocus()
        shown.press(Qt.Key.Key_Delete)
        assert len(getattr(shown.story(), field)) == len(getattr(RUTLAND, field)) - 1
        action = messages.current[-1].action
        assert action is not None
        action.do()
        assert shown.story() == RUTLAND


def test_a_save_that_fails_keeps_every_word_and_says_why(
    show_story: ShowStory, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = show_story()
    shown.screen.change(shown.screen.facts, "waits")
    form = shown.screen.fact_form
    shown.type(line(form, "value").line, "180")
    stories.save(shown.library, replace(RUTLAND, you_said=()), "somebody else", shown.desk.clock)
    form.keep_button.click()
    shown.settle()
    assert form.problem.text().startswith("This is not kept yet. Somebody else has changed this story")
    assert line(form, "value").text == "180"
    assert form.isEnabled()
    form.keep_button.click()
    assert (shown.fact("waits").value, shown.story().you_said) == ("180", ())


def test_words_survive_a_redraw_another_theme_and_a_look_into_another_room(
    show_story: ShowStory, messages: StandIn
) -> None:
    shown = show_story()
    shown.screen.change(shown.screen.facts, "waits")
    shown.type(line(shown.screen.fact_form, "value").line, "180")
    shown.desk.signals.changed.emit(change(Subject.STORIES, Subject.SETTINGS))
    shown.settle()
    shown.desk.theme.set_choice(ThemeChoice.DARK)
    shown.desk.theme.set_percent(200)
    shown.window.go("elsewhere")
    assert messages.texts == ["What you are writing in the local story is not kept yet. Alt+5 goes back."]
    shown.window.go("story")
    shown.settle()
    assert messages.texts == []
    assert line(shown.screen.fact_form, "value").text == "180"
    assert shown.screen.writing is shown.screen.facts


def test_nothing_else_is_opened_and_the_window_stays_while_something_is_not_kept(show_story: ShowStory) -> None:
    shown = show_story()
    screen = shown.screen
    screen.change(screen.facts, "waits")
    shown.type(line(screen.fact_form, "value").line, "180")
    screen.add(screen.examples)
    assert screen.writing is screen.facts
    assert not screen.fact_form.problem.isHidden()
    assert not screen.may_close()
    screen.fact_form.leave_button.click()
    assert screen.may_close()
    screen.add(screen.examples)
    assert screen.writing is screen.examples
    shown.press(Qt.Key.Key_Escape)
    assert screen.writing is None


def test_words_for_a_story_that_is_gone_are_never_put_into_another(show_story: ShowStory) -> None:
    shown = show_story()
    shown.screen.change(shown.screen.facts, "waits")
    shown.type(line(shown.screen.fact_form, "value").line, "180")
    before = stories.story(shown.library, "hertfordshire")
    stories.remove(shown.library, "rutland", shown.desk.clock)
    for _ in range(2):
        shown.screen.fact_form.keep_button.click()
        shown.settle()
    assert "This story is no longer here." in shown.screen.fact_form.problem.text()
    assert line(shown.screen.fact_form, "value").text == "180"
    assert stories.story(shown.library, "hertfordshire") == before
    assert stories.version(shown.library, "rutland") == 0


def test_changing_the_example_makes_the_councils_own_copy_and_deleting_it_brings_the_example_back(
    show_story: ShowStory,
) -> None:
    shown = show_story(None)
    shown.screen.still_right("highest-so-far")
    shown.settle()
    assert stories.version(shown.library, "hertfordshire") > 0
    assert shown.screen.first.isHidden()
    shown.screen.stories.delete.click()
    shown.settle()
    assert stories.version(shown.library, "hertfordshire") == 0
    assert "came with the program" in shown.screen.about.text()


def test_deleting_the_story_in_use_uses_another_until_it_is_taken_back(show_story: ShowStory) -> None:
    shown = show_story()
    shown.screen.stories.delete.click()
    shown.settle()
    assert shown.desk.settings.story == "hertfordshire"
    assert shown.screen.name.text() == "Hertfordshire"
    shown.undo()
    assert shown.story() == RUTLAND
    assert shown.desk.settings.story == "rutland"


def test_an_example_with_somebodys_name_is_not_kept_before_somebody_decides(show_story: ShowStory) -> None:
    shown = show_story()
    screen = shown.screen
    screen.add(screen.examples)
    form = screen.examples.form
    assert isinstance(form, ExampleForm)
    QTest.keyClicks(box(form, "text").box, "We rang Mrs Baker, NHS number 943 476 5919.")
    form.keep_button.click()
    shown.settle()
    assert "“Mrs Baker” (name), “943 476 5919” (NHS number)" in form.found.text()
    assert len(box(form, "text").box.extraSelections()) == 2
    assert form.take_out.hasFocus()
    assert shown.story() == RUTLAND
    form.take_out.click()
    assert box(form, "text").text == "We rang [name], NHS number [NHS number]."
    assert form.found.isHidden()
    form.keep_button.click()
    assert shown.story().examples[-1].text.startswith("We rang [name]")


def test_somebody_may_say_that_nobody_can_be_recognised_until_the_text_changes(show_story: ShowStory) -> None:
    shown = show_story()
    screen = shown.screen
    screen.change(screen.you_said, "0")
    form = screen.you_said.form
    QTest.keyClicks(box(form, "did").box, " Ask Mrs Baker. ")
    form.check()
    form.nobody.setChecked(True)  # type: ignore[attr-defined]
    QTest.keyClicks(box(form, "did").box, "Or Mr Singh. ")
    form.check()
    assert not form.nobody.isChecked()  # type: ignore[attr-defined]
    form.nobody.setChecked(True)  # type: ignore[attr-defined]
    form.keep_button.click()
    assert shown.story().you_said[0].did == "Ask Mrs Baker. Or Mr Singh. We ring."


def test_what_is_said_of_a_community_names_nobody_without_a_decision(show_story: ShowStory) -> None:
    shown = show_story()
    screen = shown.screen
    screen.change(screen.communities, shown.story().communities[0].id)
    form = screen.communities.form
    assert isinstance(form, CommunityForm)
    QTest.keyClicks(box(form, "how_we_listen").box, "Through Mrs Baker. ")
    form.keep_button.click()
    shown.settle()
    assert "“Mrs Baker” (name)" in form.found.text()
    assert form.take_out.hasFocus()
    assert shown.story() == RUTLAND


def test_people_and_names_are_changed_in_their_forms(show_story: ShowStory) -> None:
    shown = show_story()
    screen = shown.screen
    screen.change(screen.communities, "deaf")
    QTest.keyClicks(box(screen.communities.form, "what_changed").box, "An interpreter at the front door.")
    screen.communities.form.keep_button.click()
    assert shown.story().communities[0].what_changed == "An interpreter at the front door."
    screen.names.change.click()
    shown.type(line(screen.place_form, "name").line, "Oakham")
    shown.press(Qt.Key.Key_Return)
    assert shown.story().place == replace(RUTLAND.place, name="Oakham")
    assert screen.name.text() == "Oakham"


def test_an_empty_story_says_what_to_do_first(show_story: ShowStory) -> None:
    shown = show_story(Story(place=RUTLAND.place))
    screen = shown.screen
    assert screen.review.isHidden()
    assert screen.facts.add.hasFocus()
    assert screen.facts.add.property("kind") == "primary"
    assert [part.empty.isHidden() for part in screen.parts] == [False] * 4
    assert [part.list.isHidden() for part in screen.parts] == [True] * 4


def test_a_story_goes_out_to_a_file_and_comes_in_again_and_the_import_can_be_undone(
    show_story: ShowStory, messages: StandIn, tmp_path: Path
) -> None:
    shown = show_story()
    messages.files = [tmp_path / "rutland.toml", tmp_path / "rutland.toml"]
    shown.screen.stories.export.click()
    shown.settle()
    shown.screen.delete(shown.screen.facts, "waits")
    shown.settle()
    shown.screen.stories.take_in.click()
    assert shown.story() == RUTLAND
    shown.settle()
    shown.undo()
    assert len(shown.story().facts) == 2


def test_a_file_that_is_no_story_is_told_in_a_few_lines(
    show_story: ShowStory, messages: StandIn, tmp_path: Path
) -> None:
    shown = show_story()
    path = tmp_path / "bad.toml"
    path.write_text("[place]\n" + "".join(f"key{number} = 1\n" for number in range(30)), encoding="utf-8")
    messages.files = [path]
    shown.screen.import_story()
    shown.settle()
    assert messages.texts[-1].startswith("bad.toml cannot be used as a local story")
    assert messages.texts[-1].count("\n") == 6


def test_the_data_pack_is_written_as_a_word_document_with_one_key(
    show_story: ShowStory, messages: StandIn, tmp_path: Path
) -> None:
    shown = show_story()
    messages.files = [tmp_path / "pack.docx", tmp_path / "pack.html"]
    shown.press(Qt.Key.Key_E, CONTROL)
    assert (tmp_path / "pack.docx").read_bytes().startswith(b"PK")
    shown.screen.pack.buttons[".html"].click()
    shown.settle()
    assert "People waiting" in (tmp_path / "pack.html").read_text(encoding="utf-8")


def test_a_spreadsheet_is_asked_for_with_the_story_that_is_open(show_story: ShowStory) -> None:
    shown = show_story()
    with shown.qtbot.waitSignal(shown.screen.import_facts_wanted) as wanted:
        shown.window.commands.run(CommandId.IMPORT_FACTS)
    assert wanted.args == ["rutland"]


def test_a_story_that_was_made_in_another_screen_is_the_one_that_is_open_on_coming_back(show_story: ShowStory) -> None:
    shown = show_story()
    shown.window.go("elsewhere")
    oakham = replace(RUTLAND, place=replace(RUTLAND.place, id="oakham", name="Oakham"))
    stories.save(shown.library, oakham, "made", shown.desk.clock)
    shown.desk.signals.changed.emit(change(Subject.STORIES, ids=("oakham",)))
    shown.window.go("story")
    shown.settle()
    assert shown.screen.name.text() == "Oakham"
    assert shown.screen.about.text() == "This story is not in use."


def test_undo_is_greyed_out_until_there_is_something_to_take_back(show_story: ShowStory) -> None:
    shown = show_story()
    assert not shown.window.commands.is_possible(CommandId.UNDO)
    shown.screen.still_right("waits")
    shown.settle()
    assert shown.window.commands.is_possible(CommandId.UNDO)
