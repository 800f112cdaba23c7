from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.ui.conftest import RESOURCES
from ui.stylesheet import stylesheet
from ui.tokens import COLOURS, PAIRS, ThemeName, Tokens, contrast, load


@pytest.fixture(params=list(ThemeName))
def tokens(request: pytest.FixtureRequest) -> Tokens:
    return load(RESOURCES / "themes", request.param)


@pytest.mark.parametrize(("front", "ground", "least"), PAIRS)
def test_every_pair_that_is_put_together_can_be_read(tokens: Tokens, front: str, ground: str, least: float) -> None:
    assert contrast(getattr(tokens, front), getattr(tokens, ground)) >= least


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#ffffff", "#767676") == pytest.approx(4.54, abs=0.01)
    assert contrast("#0b5563", "#0b5563") == 1


def test_text_and_ground_of_one_rule_are_among_the_checked_pairs() -> None:
    """The stylesheet is written with the names of tokens for colours: what it puts together must be in PAIRS."""
    names = {name: name for name in COLOURS}
    named = Tokens(name=ThemeName.LIGHT, dark=False, **names)
    checked = {(front, ground) for front, ground, _ in PAIRS}
    found = set()
    for rule in re.findall(r"\{([^{}]*)\}", stylesheet(named, 16, Path("icons"))):
        text = re.search(r"(?<![-\w])color: (\w+)", rule)
        ground = re.search(r"(?<![-\w])background-color: (\w+)", rule)
        if text and ground and {text.group(1), ground.group(1)} <= set(COLOURS):
            found.add((text.group(1), ground.group(1)))
    assert len(found) >= 10
    assert found <= checked


def test_every_text_colour_of_the_stylesheet_is_checked_on_some_ground() -> None:
    names = {name: name for name in COLOURS}
    sheet = stylesheet(Tokens(name=ThemeName.LIGHT, dark=False, **names), 16, Path("icons"))
    texts = set(re.findall(r"(?<![-\w])color: (\w+)", sheet)) & set(COLOURS)
    assert texts <= {front for front, _, _ in PAIRS}


def test_a_theme_with_a_missing_colour_says_which(tmp_path: Path) -> None:
    text = (RESOURCES / "themes" / "light.toml").read_text(encoding="utf-8")
    (tmp_path / "light.toml").write_text(text.replace("focus =", "focsu ="), encoding="utf-8")
    with pytest.raises(ValueError, match="focsu, focus"):
        load(tmp_path, ThemeName.LIGHT)


def test_a_colour_that_is_no_colour_says_which(tmp_path: Path) -> None:
    text = (RESOURCES / "themes" / "light.toml").read_text(encoding="utf-8")
    (tmp_path / "light.toml").write_text(text.replace("#fbfaf7", "ivory"), encoding="utf-8")
    with pytest.raises(ValueError, match="page is 'ivory'"):
        load(tmp_path, ThemeName.LIGHT)


def test_icons_are_drawn_in_the_colours_of_their_theme(tokens: Tokens) -> None:
    folder = RESOURCES / "icons" / tokens.name
    for icon, colour in (("tick", tokens.on_accent), ("down", tokens.ink), ("up", tokens.ink)):
        assert f'stroke="{colour}"' in (folder / f"{icon}.svg").read_text(encoding="utf-8")


def test_no_size_in_the_stylesheet_is_fixed() -> None:
    tokens = load(RESOURCES / "themes", ThemeName.LIGHT)
    small, large = (stylesheet(tokens, em, Path("icons")) for em in (16, 160))
    sizes = [re.findall(r"(\d+)px", sheet) for sheet in (small, large)]
    assert len(sizes[0]) == len(sizes[1]) > 50
    for one, ten in zip(*sizes, strict=True):
        assert int(ten) >= 7 * int(one)
