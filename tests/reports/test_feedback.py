"""What a feedback report says: the facts of the sitting, all of them, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cqcmock.domain.hearing import HeardPoint, Hearing
from cqcmock.domain.modes import Mode
from cqcmock.domain.reflection import Action, Reflection
from cqcmock.domain.rubric import AnswerMarks
from cqcmock.reports.content import Block, BulletList, Facts, Heading, Look, Quote
from cqcmock.reports.feedback import feedback_document
from cqcmock.reports.question_section import marked
from tests.reports.documents import answered, report, worked
from tests.reports.reading import (
    first_list,
    headings,
    heard_words,
    lines_of,
    part,
    says,
    section,
    squeezed,
    tables,
    text_of,
)
from tests.reports.sittings import Asked, Said, SaidProbe, hearings_of, point, question, sitting_of, worked_sitting

# The whole


def test_the_sections_come_in_the_order_in_which_they_are_read() -> None:
    questions = [
        f"{position + 1}. {planned.question.text}" for position, planned in enumerate(worked_sitting().plan.questions)
    ]
    assert headings(worked()) == [
        "At a glance",
        *questions,
        "Last words",
        "Reflection",
        "Time",
        "Own marks, all questions",
        "How this report is put together",
        "Who can read this report",
        "What the marks mean",
    ]
    assert headings(worked(), 3)[:3] == ["What to practise next", "Actions", "The figures"]


def test_every_page_carries_the_classification_the_practice_words_and_the_retention_date() -> None:
    document = worked()
    assert document.title == "Feedback on a practice interview"
    assert document.language == "en-GB"
    assert document.classification == "OFFICIAL – SENSITIVE"
    assert document.practice_words == "Practice feedback: not a CQC rating"
    assert document.retention == "Keep until 21 May 2027"
    assert report(worked_sitting(), classification="OFFICIAL").classification == "OFFICIAL"
    assert report(worked_sitting()).retention == "No date set for deleting"


def test_the_cover_says_who_where_when_and_how_long() -> None:
    cover = next(block for block in worked().blocks if isinstance(block, Facts))
    assert dict(cover.pairs) == {
        "Who": "Councillor Amara Whitfield",
        "Role": "Lead member for adult social care",
        "Date": "21 November 2026; report made on 22 November 2026",
        "Mode": "Practice, with notes and second takes",
        "Place": "Hertfordshire (Hertfordshire County Council)",
        "Questions": "8; 20 min 8 s answering, 1 min 32 s preparing",
    }
    same_day = feedback_document(worked_sitting(), {}, made_on=date(2026, 11, 21))
    assert "Date: 21 November 2026\n" in says(same_day)


def test_a_person_without_a_name_stays_without_one() -> None:
    document = report(replace(worked_sitting(), person=" "))
    assert "Who: Name not given" in says(document)


def test_the_same_sitting_always_makes_the_same_report() -> None:
    assert worked() == worked()


def test_stretched_time_is_not_mentioned_because_it_may_be_about_somebodys_health() -> None:
    sitting = worked_sitting()
    stretched = replace(sitting, plan=replace(sitting.plan, stretch=2.5))
    assert report(stretched) == report(sitting)


def test_no_praise_and_no_rating_is_made_up() -> None:
    spoken_words = {squeezed(line) for block in worked().blocks if isinstance(block, Quote) for line in lines_of(block)}
    ours = "\n".join(line for line in says(worked()).split("\n") if squeezed(line) not in spoken_words).lower()
    for word in ("well done", "excellent", "great", "congratulations", "impressive", "outstanding", "inadequate"):
        assert word not in ours


# Answers


def test_every_answer_of_every_take_stands_in_the_report_in_full() -> None:
    sitting = worked_sitting()
    quotes = [squeezed(says([block])) for block in worked().blocks if isinstance(block, Quote)]
    for of_question in sitting.state.takes:
        for take in of_question:
            for said in take.everything_said:
                assert not said or squeezed(said) in quotes
    assert squeezed(sitting.state.last_words) in quotes


def test_words_that_carried_a_point_are_marked_where_they_were_said() -> None:
    sitting = worked_sitting()
    hearings = hearings_of(sitting)
    for position, of_question in enumerate(sitting.state.takes):
        blocks = section(worked(), f"{position + 1}. ")
        expected = []
        for index, take in enumerate(of_question):
            said = take.spoken
            spans = sorted({span for found in hearings[position, index].points for span in found.spans})
            expected += [said[start:end] for start, end in spans]
        assert heard_words(blocks) == expected
    first = section(worked(), "1. ")
    follow_up = next(at for at, block in enumerate(first) if says([block]).startswith("Follow-up: "))
    assert "unpaid carers" in heard_words(first[follow_up:])


LETTERS = st.sampled_from("ab \nx")


@given(st.text(LETTERS, max_size=60), st.lists(st.tuples(st.integers(-5, 70), st.integers(-5, 70)), max_size=6))
def test_marking_changes_no_letter_and_marks_just_the_spans(text: str, spans: list[tuple[int, int]]) -> None:
    lines = marked(text, spans)
    assert [text_of(line) for line in lines] == [line for line in text.split("\n") if line.strip()]
    covered = {at for start, end in spans for at in range(max(0, start), min(end, len(text)))}
    expected = "".join(
        "".join(letter for at, letter in enumerate(line, begins) if at in covered)
        for begins, line in _lines_with_offsets(text)
        if line.strip()
    )
    assert "".join(run.text for line in lines for run in line if run.look is Look.HEARD) == expected


def _lines_with_offsets(text: str) -> list[tuple[int, str]]:
    found, begins = [], 0
    for line in text.split("\n"):
        found.append((begins, line))
        begins += len(line) + 1
    return found


def test_what_was_recognised_and_what_was_not_are_two_lists_with_the_words_that_say_so() -> None:
    heard = part(section(worked(), "2. "), "Recognised: 4 of 5 points")
    missed = part(section(worked(), "2. "), "Not recognised: 1 of 5 points")
    assert [text_of(item) for block in heard if isinstance(block, BulletList) for item in block.items] == [
        "One ward, estate or village, and what it is like: “estate”",
        "What makes it hard, day by day: “last bus”, “damp” and 1 more",
        "What people who live there say: “She said to me”",
        "Something done there and what came of it: “village agent”",
    ]
    assert [text_of(item) for block in missed if isinstance(block, BulletList) for item in block.items] == [
        "How big the difference is"
    ]


def test_a_list_with_nothing_in_it_is_left_out() -> None:
    assert [name for name in _names(section(worked(), "1. ")) if "ecognised" in name] == ["Recognised: 5 of 5 points"]
    first_take = part(section(worked(), "3. "), "First take")
    assert [name for name in _names(first_take) if "ecognised" in name] == ["Not recognised: 5 of 5 points"]


def _names(blocks: tuple[Block, ...]) -> list[str]:
    return [block.text for block in blocks if isinstance(block, Heading)]


def test_that_the_listener_can_miss_things_is_said_once_before_the_first_list() -> None:
    said = says(worked())
    assert said.count("A point made in other words can be missed") == 1
    assert said.index("A point made in other words") < said.index("1. Tell me about Hertfordshire.")
    assert "in other words" not in says(report(sitting_of([answered()])))
    for word in ("not heard", "not been heard", "was heard", "Heard"):
        assert word not in said


def test_a_point_said_in_the_negative_is_heard_and_called_so() -> None:
    sitting = sitting_of(
        [Asked(question=question(points=[point("carers")]), takes=(Said(answer="We do not hear from unpaid carers."),))]
    )
    found = HeardPoint(
        id="carers", label="Carers", heard=True, negated=True, spans=((20, 33),), words_heard=2, probe="And carers?"
    )
    document = report(sitting, {(0, 0): Hearing(points=(found,), probes=())})
    assert "Carers (said in the negative): “unpaid carers”" in says(section(document, "1. "))
    assert heard_words(document.blocks) == ["unpaid carers"]


def test_the_same_words_said_often_are_shown_once_and_the_rest_is_counted() -> None:
    answer = "one two three four five one"
    spans = ((0, 3), (4, 7), (8, 13), (14, 18), (19, 23), (24, 27))
    found = HeardPoint(id="n", label="Numbers", heard=True, negated=False, spans=spans, words_heard=5, probe="")
    sitting = sitting_of([Asked(question=question(points=[point("n")]), takes=(Said(answer=answer),))])
    document = report(sitting, {(0, 0): Hearing(points=(found,), probes=())})
    assert "Numbers: “one”, “two” and 3 more" in says(document)


def test_follow_up_questions_say_why_they_were_asked_and_hold_their_answers() -> None:
    said = says(section(worked(), "1. "))
    assert "Follow-up: Who is doing most of the caring here, and are they paid for it? Asked because" in said
    assert "Asked because “People who look after somebody unpaid” had not been recognised. Answered in 48 s." in said
    assert "I will have that number for you before the end of the week." in said


@pytest.mark.parametrize(
    ("cue", "why"),
    [
        ("no-number", "Asked because no figure was recognised."),
        ("vague", "Asked because the answer stayed general."),
        ("always", ""),
        ("interviewer", ""),
    ],
)
def test_a_cue_becomes_a_reason_in_words(cue: str, why: str) -> None:
    probe = SaidProbe(cue=cue, text="And?", answer="So.", seconds=7)
    sitting = sitting_of([Asked(question=question(), takes=(Said(answer="Yes.", probes=(probe,)),))])
    assert f"And?{' ' if why else ''}{why} Answered in 7 s." in says(report(sitting))


def test_a_follow_up_without_an_answer_says_so() -> None:
    assert "Follow-up: How do you know? No answer was written down." in says(section(worked(), "3. "))


def test_several_takes_are_shown_each_in_full_and_compared() -> None:
    blocks = section(worked(), "3. ")
    assert "prevention offer" in says(part(blocks, "First take"))
    assert "She went home instead" in says(part(blocks, "Second take"))
    compared = part(blocks, "The takes compared")
    assert tables(compared)[0].rows == (
        ("First take", "2 min 19 s", "113", "0 of 5"),
        ("Second take", "1 min 56 s", "185", "4 of 5"),
    )
    assert "Recognised in the last take and not in the first: “What became different in somebody's life”" in says(
        compared
    )
    assert "The takes compared" not in headings(report(sitting_of([answered()])), 3)


def test_takes_that_brought_out_the_same_are_said_to() -> None:
    asked = question(points=[point("carers")])
    said = Said(answer="We asked unpaid carers.")
    same = report(sitting_of([Asked(question=asked, takes=(said, said))]))
    assert "The first and the last take brought out the same points." in says(same)
    worse = report(sitting_of([Asked(question=asked, takes=(said, Said(answer="No.")))]))
    assert "Recognised in the first take and not in the last: “Carers”" in says(worse)


def test_own_marks_stand_beside_the_answer_on_one_line() -> None:
    said = squeezed(says(section(worked(), "6. ")))
    assert (
        "Own marks, 0 to 3: Answered the question 3 · Evidence 1 · Impact on people 2 · Equity and voice 3 · " in said
    )
    assert "Clear, plain and in time 2 Not marked: “Honest about gaps, with a plan”" in said
    named = report(worked_sitting(), tag_names={"rambling": "rambling on"})
    assert "Tagged: rambling on" in says(section(named, "5. "))


def test_a_short_comment_stands_on_its_line_and_a_long_one_is_a_quote() -> None:
    assert "Own comment: “The second go is the one to keep." in says(section(worked(), "3. "))
    sitting = worked_sitting()
    for long in ("More. " * 100, "One.\n\nTwo."):
        sheet = replace(sitting.sheet, answers={0: AnswerMarks(comment=long)})
        blocks = section(report(replace(sitting, sheet=sheet)), "1. ")
        assert "Own comment:\n" in says(blocks)
        assert squeezed(long) in [squeezed(says([block])) for block in blocks if isinstance(block, Quote)]


def test_notes_and_taps_stand_beside_their_question() -> None:
    asked = Asked(question=question(), takes=(Said(answer="Yes."),), note="Slower.", taps=("vague", "ah", "vague"))
    said = says(section(report(sitting_of([asked])), "1. "))
    assert "Tapped while listening: vague (2 times) and ah (1 time)" in said
    assert "Note kept beside the question: “Slower.”" in said


def test_a_question_without_points_and_one_without_a_hearing_say_nothing_of_points() -> None:
    assert "This question has no points to listen for" in says(section(worked(), "8. "))
    assert not [name for name in headings(report(worked_sitting(), {}), 3) if "ecognised" in name]


def test_an_answer_given_aloud_is_timed_but_not_called_unrecognised() -> None:
    aloud = Asked(question=question(points=[point("carers")]), takes=(Said(answer="", seconds=50),))
    document = report(sitting_of([aloud]))
    assert "Nothing was written down, so there was nothing to listen to." in says(section(document, "1. "))
    assert "Time: 50 s (within the target" in says(section(document, "1. "))
    assert "Recognised" not in says(section(document, "At a glance"))
    assert "carers" not in says(section(document, "What to practise next")).lower()


def test_a_very_long_question_keeps_a_short_heading_and_stands_in_full() -> None:
    text = "Why " + "so " * 300 + "long?"
    document = report(sitting_of([Asked(question=question(text=text), takes=(Said(answer="Yes."),))]))
    assert len(headings(document)[1]) < 90
    assert squeezed(text) in squeezed(says(section(document, "1. ")))


# What is not there


def test_a_sitting_in_which_nothing_was_said_still_makes_a_report() -> None:
    document = report(sitting_of([], unasked=[question()], person=""))
    assert "No question has been answered yet" in says(section(document, "At a glance"))
    assert "1. Tell me" not in says(document)
    assert "Tell me about Hertfordshire." in says(section(document, "Questions that were not reached"))
    assert "Time" not in headings(document)
    assert "Questions: 0 of 1 asked" in says(document)


def test_questions_that_were_not_reached_are_listed() -> None:
    document = report(sitting_of([answered()], unasked=[question("b", "And carers?")]))
    assert "And carers?" in says(section(document, "Questions that were not reached"))
    assert "Questions that were not reached" not in headings(worked())


def test_a_question_that_was_only_shown_is_not_counted_as_answered() -> None:
    asked = [answered(), Asked(question=question("b"), takes=(Said(seconds=0),))]
    document = report(sitting_of(asked))
    assert "This question was shown and not answered." in says(section(document, "2. "))
    assert "1 of 1 answer within the target." in says(section(document, "At a glance"))


def test_empty_sections_are_kind_or_left_out() -> None:
    document = report(sitting_of([answered()]))
    assert "No marks have been given yet." in says(section(document, "Own marks, all"))
    assert "What difference did it make?" in says(section(document, "Reflection"))
    assert "No actions were written down." in says(section(document, "Actions"))
    assert "Last words" not in headings(document)
    assert "Nothing was added." in says(section(report(sitting_of([answered()], last_words="")), "Last words"))
    half = report(sitting_of([answered()], reflection=Reflection(proud="The team.")))
    assert says(section(half, "Reflection")).count("Left open.") == 3


def test_actions_are_listed_with_owner_and_date_or_the_lack_of_one() -> None:
    actions = first_list(section(worked(), "Actions"))
    assert actions[0].endswith("first. Cllr Whitfield, with the equality lead, by 31 January 2027.")
    assert actions[2].endswith("into two minutes. Nobody named, no date set.")


@pytest.mark.parametrize("what", ["Write " + "more " * 200, "A" * 41, "a\n" * 20, "Why?", "Now!"])
def test_an_action_is_written_out_however_long_it_is(what: str) -> None:
    done = Action(id="a", what=what, owner="Performance", due=date(2026, 12, 1), done=date(2026, 12, 3))
    document = report(sitting_of([answered()], actions=(done,)))
    said = squeezed(says(section(document, "Actions")))
    stop = "" if what.endswith(("?", "!")) else "."
    assert said == f"{squeezed(what)}{stop} Performance, by 1 December 2026; done on 3 December 2026."


def test_an_action_of_nothing_but_spaces_is_called_that() -> None:
    document = report(sitting_of([answered()], actions=(Action(id="a", what=" "),)))
    assert first_list(section(document, "Actions")) == ["Nothing written down. Nobody named, no date set."]


def test_a_realistic_sitting_says_so() -> None:
    assert "Mode: Realistic, as on the day" in says(report(sitting_of([answered()], plan={"mode": Mode.REALISTIC})))
