"""Words by which somebody could be recognised: found before anything leaves the laptop, and left out with one key."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import fields, replace

from cqcmock.domain.hearing import Overruling, PersonalData, PersonalKind
from cqcmock.domain.interview import ProbeAnswer, State, Take
from cqcmock.domain.reflection import Reflection
from cqcmock.domain.rubric import MarkSheet
from cqcmock.domain.sitting import Sitting

INSTEAD = {
    PersonalKind.NHS_NUMBER: "[NHS number]",
    PersonalKind.NI_NUMBER: "[National Insurance number]",
    PersonalKind.DATE_OF_BIRTH: "[date of birth]",
    PersonalKind.POSTCODE: "[postcode]",
    PersonalKind.EMAIL: "[e-mail address]",
    PersonalKind.PHONE: "[telephone number]",
    PersonalKind.CASE_NUMBER: "[case number]",
    PersonalKind.NAME: "[name]",
}


def personal_data_in(text: str, overruled: Collection[Overruling] = ()) -> tuple[PersonalData, ...]:
    """What in a text could name somebody, in its order, without what a person has overruled."""
    from cqcmock.listening.privacy import personal_data
    from cqcmock.listening.speech import read_speech
    from cqcmock.listening.stems import read_words

    found = personal_data(read_speech(text, read_words(text)))
    return tuple(data for data in found if Overruling(kind=data.kind, key=data.text) not in overruled)


def redacted_text(text: str, overruled: Collection[Overruling] = ()) -> str:
    """The text with what could name somebody replaced by what it was: a name, a telephone number and so on."""
    for data in reversed(personal_data_in(text, overruled)):
        start, end = data.span
        text = f"{text[:start]}{INSTEAD[data.kind]}{text[end:]}"
    return text


def personal_data_of(sitting: Sitting) -> tuple[PersonalData, ...]:
    """Everything in a sitting that could name somebody and would stand in its report, each wording once."""
    found: dict[tuple[PersonalKind, str], PersonalData] = {}
    for text, overruled in _texts(sitting):
        for data in personal_data_in(text, overruled):
            found.setdefault((data.kind, data.text), data)
    return tuple(found.values())


def _texts(sitting: Sitting) -> list[tuple[str, Collection[Overruling]]]:
    state = sitting.state
    texts: list[tuple[str, Collection[Overruling]]] = []
    for question, takes in enumerate(state.takes):
        for number, take in enumerate(takes):
            texts += [(said, state.overruled(question, number)) for said in take.everything_said]
    others = [state.last_words, *(text for _question, text in state.notes)]
    others += [sitting.sheet.comment, *(marks.comment for marks in sitting.sheet.answers.values())]
    others += [getattr(sitting.reflection, field.name) for field in fields(Reflection)]
    return [*texts, *((text, ()) for text in others)]


def redacted(sitting: Sitting) -> Sitting:
    """The sitting as it may be shown to others: what could name somebody is left out of everything that was written."""
    written = {field.name: redacted_text(getattr(sitting.reflection, field.name)) for field in fields(Reflection)}
    return replace(
        sitting,
        state=_redacted_state(sitting.state),
        sheet=_redacted_sheet(sitting.sheet),
        reflection=Reflection(**written),
    )


def _redacted_state(state: State) -> State:
    takes = tuple(
        tuple(_redacted_take(take, state.overruled(question, number)) for number, take in enumerate(takes))
        for question, takes in enumerate(state.takes)
    )
    notes = tuple((question, redacted_text(text)) for question, text in state.notes)
    return replace(state, takes=takes, notes=notes, last_words=redacted_text(state.last_words))


def _redacted_take(take: Take, overruled: Collection[Overruling]) -> Take:
    def answered(probe: ProbeAnswer) -> ProbeAnswer:
        return replace(probe, answer=redacted_text(probe.answer, overruled))

    return replace(take, text=redacted_text(take.text, overruled), probes=tuple(map(answered, take.probes)))


def _redacted_sheet(sheet: MarkSheet) -> MarkSheet:
    answers = {at: replace(marks, comment=redacted_text(marks.comment)) for at, marks in sheet.answers.items()}
    return replace(sheet, answers=answers, comment=redacted_text(sheet.comment))
