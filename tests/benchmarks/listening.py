"""Listening to an answer of 600 words, everything that is listened for, after the first call."""

from __future__ import annotations

import statistics
import time
import tomllib
from itertools import cycle, islice
from pathlib import Path

from tests.benchmarks.figures import Bar, Figure, Scale, quartiles

LISTEN = Bar(
    name="listen",
    path="listening to an answer of 600 words, all kinds of findings",
    baseline="none: it stands between two questions",
    at_most=10,
    unit="ms",
)
WORDS = 600
ANSWERS = Path(__file__).parents[1] / "banks" / "answers" / "lead-member.toml"


def measure(scale: Scale, folder: Path) -> tuple[Figure, ...]:
    """The median over answers made of real ones, each new to the listener as a whole."""
    from cqcmock.banks import read_bank
    from cqcmock.domain.questions import filled
    from cqcmock.listening import listen
    from cqcmock.paths import question_banks_folder
    from cqcmock.services import shipped
    from cqcmock.services.shipped import stories

    story = stories()[0]
    bank = read_bank(question_banks_folder() / "lead-member.toml")
    said = " ".join(answer["text"] for answer in tomllib.loads(ANSWERS.read_text("utf-8"))["answer"]).split()
    questions = [filled(question, story.place.names) for question in bank.questions if question.points]
    taken = []
    for number, question in enumerate(islice(cycle(questions), scale.answers + len(questions))):
        start = number * 37 % max(1, len(said) - WORDS)
        answer = " ".join(said[start : start + WORDS])
        began = time.perf_counter()
        listen(answer, question, story, glossary=shipped.glossary(), on=story.place.checked_on)
        if number >= len(questions):  # the first call for a question learns its phrases
            taken.append((time.perf_counter() - began) * 1000)
    samples = {"answers": len(taken), "slowest_ms": round(max(taken), 2)}
    return (Figure(bar=LISTEN, measured=statistics.median(taken), spread=quartiles(taken), samples=samples),)
