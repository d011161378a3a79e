"""Contrast on white by WCAG, and the nearest shade that can be read."""

from __future__ import annotations

import colorsys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amdash.report.accent import LEAST_CONTRAST, contrast_on_white, is_colour, readable


@pytest.mark.parametrize(
    # As the contrast checkers of W3C and WebAIM give them.
    ("colour", "contrast"),
    [("#ffffff", 1.0), ("#000000", 21.0), ("#767676", 4.54), ("#777777", 4.48), ("#ff0000", 4.0), ("#0000ff", 8.59), ("#ffff00", 1.07)],
)
def test_contrast_is_that_of_wcag(colour: str, contrast: float) -> None:
    assert contrast_on_white(colour) == pytest.approx(contrast, abs=0.005)


@pytest.mark.parametrize("text", ["", "red", "#fff", "#12345g", "#1234567", "#1D6FB8", "#1d6fb8;}"])
def test_what_is_no_colour(text: str) -> None:
    assert not is_colour(text)


def test_a_readable_colour_stays_and_a_light_one_keeps_its_hue() -> None:
    assert readable("#0f5c6e") == "#0f5c6e"
    darker = readable("#f2c94c")
    hues = [colorsys.rgb_to_hls(*(int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)))[0] for colour in ("#f2c94c", darker)]
    assert hues[1] == pytest.approx(hues[0], abs=0.01)


@given(st.integers(0, 0xFFFFFF))
def test_the_shade_can_always_be_read_and_is_no_darker_than_it_must_be(number: int) -> None:
    colour = f"#{number:06x}"
    found = readable(colour)
    assert is_colour(found)
    assert contrast_on_white(found) >= LEAST_CONTRAST
    assert found == colour or contrast_on_white(found) < LEAST_CONTRAST * 1.1
