"""Exemplars: those that are shipped, and every mistake of a file that cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest

from cqcmock.banks.exemplar_file import STANDARDS, ExemplarErrors, read_exemplars
from cqcmock.services import shipped

ROLES = {"lead-member", "director", "frontline", "principal-social-worker", "manager", "occupational-therapist"}


def test_every_main_role_has_a_weak_a_borderline_and_a_strong_exemplar() -> None:
    found = shipped.exemplars(ROLES)
    assert {(one.role, one.standard) for one in found} == {(role, standard) for role in ROLES for standard in STANDARDS}
    for role in ROLES:
        totals = [
            sum(one.levels.values())
            for standard in STANDARDS
            for one in found
            if (one.role, one.standard) == (role, standard)
        ]
        assert totals == sorted(totals), role
        assert totals[0] < totals[1] < totals[2]


def test_the_words_that_a_reason_quotes_stand_in_the_answer() -> None:
    for one in shipped.exemplars(ROLES):
        for reason in one.reasons.values():
            for quoted in reason.split("“")[1:]:
                assert quoted.partition("”")[0].rstrip(".,?!") in one.answer, one.id


def test_every_mistake_is_listed_at_once(tmp_path: Path) -> None:
    path = tmp_path / "exemplars.toml"
    path.write_text(
        '[[exemplar]]\nid = "One"\nrole = ""\nstandard = "good"\nquestion = 3\nanswer = "x"\noverall = 7\n'
        "levels = { answered = true }\nreasons = {}\nmore = 1\n",
        encoding="utf-8",
    )
    with pytest.raises(ExemplarErrors) as refused:
        read_exemplars(path, shipped.rubric())
    assert {problem.field for problem in refused.value.problems} == {
        "id", "role", "standard", "question", "overall", "levels", "reasons", "more",
    }  # fmt: skip
