"""Rubrics are data, and a broken one says everything that is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from cqcmock.banks.rubric_file import RubricErrors, read_rubric
from cqcmock.paths import question_banks_folder


def test_the_shipped_rubric_has_six_lenses_with_four_anchors_each() -> None:
    rubric = read_rubric(question_banks_folder() / "rubrics" / "six-lenses.toml")
    assert len(rubric.lenses) == 6
    anchors = [anchor for lens in rubric.lenses for anchor in lens.anchors]
    assert len(set(anchors)) == 24


def test_every_mistake_of_a_rubric_is_named(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(
        '[rubric]\nid = "own"\noverall = ["a", "b", "c"]\ntitel = "x"\n'
        '[[lens]]\nid = "Has Space"\nname = "A"\nanchors = ["a", "b", "c", ""]\n'
    )
    with pytest.raises(RubricErrors) as refused:
        read_rubric(path)
    told = "\n".join(str(problem) for problem in refused.value.problems)
    for expected in ("title", "titel", "overall", "Has Space", "anchors"):
        assert expected in told


def test_a_rubric_without_a_lens_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text('[rubric]\nid = "own"\ntitle = "Own"\noverall = ["a", "b", "c", "d"]\n')
    with pytest.raises(RubricErrors, match=r"own\.toml"):
        read_rubric(path)
