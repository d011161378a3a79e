"""Words at points: they touch neither points nor one another, or are left out."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from amdash.charts.control import control_chart
from amdash.charts.point_labels import labels
from amdash.charts.theme import Style
from amdash.i18n import translator
from amdash.insight.reading import Limits
from amdash.metrics import catalogue

ZH, EN = translator("zh"), translator("en")
CSAT = catalogue.by_id("csat")
BAND = Limits(0.75, 0.67, 0.82, provisional=False)


def made(one, style: Style, _=ZH, lines=()):
    series = np.array([np.nan if point.value is None else point.value for point in one.points])
    return labels(one, CSAT, series, lines, 0.02, _, style), series


def test_the_last_value_stands_on_the_side_that_its_line_does_not_come_from(reading, style: Style) -> None:
    for values, above in (([0.7, 0.8], True), ([0.8, 0.7], False), ([0.8, 0.8], True), ([None, 0.8], True)):
        (label,), _series = made(reading(values), style)
        assert label.above is above


def test_no_line_strikes_the_last_value_out(reading, style: Style) -> None:
    """Letters are 0.02 high: words that stand above 0.8 reach from 0.811 to 0.837."""
    for heights, above in (
        # Beyond the line it would look as if the value had reached it.
        ((0.82,), False),
        ((0.836,), False),
        ((0.86,), True),
        ((0.8,), True),
        ((0.82, 0.78), True),
        ((0.836, 0.764), True),
        ((), True),
    ):
        (label,), _series = made(reading([0.7, 0.8]), style, lines=[(-0.5, 1.5, height) for height in heights])
        way = 1 if label.above else -1
        near, far = sorted(label.height + way * letters * 0.02 for letters in (label.reach, label.reach + 1.3))
        assert not any(near < height < far for height in heights)
        assert label.above is above
    (label,), _series = made(reading([0.7, 0.7, 0.8]), style, lines=[(-0.5, 0.5, 0.82)])
    assert label.reach == made(reading([0.7, 0.7, 0.8]), style)[0][0].reach


@pytest.mark.parametrize("words", [ZH, EN], ids=["zh", "en"])
def test_words_never_lie_on_points_nor_on_one_another(reading, style: Style, words) -> None:
    rng = np.random.default_rng(3)
    for _ in range(60):
        values = rng.normal(0.75, 0.08, 24).round(3).tolist()
        places = sorted(rng.choice(24, 9, replace=False).tolist())
        signals = [(place, "outside", "improvement" if values[place] > 0.75 else "concern") for place in places]
        found, series = made(reading(values, signals, limits=BAND), dataclasses.replace(style, language=words.language), words)
        for place, label in enumerate(found):
            others = [other for other in found[place + 1 :] if other.above == label.above]
            assert all(label.right <= other.left or other.right <= label.left for other in others)
            if "<b>" not in label.text:
                covered = [series[at] for at in range(24) if at != label.place and label.left <= at <= label.right]
                assert all(value <= series[label.place] if label.above else value >= series[label.place] for value in covered)


def test_a_rule_whose_words_have_no_room_is_told_by_the_pointer_alone(reading, style: Style) -> None:
    values = [0.9, 0.4, 0.9, 0.4, 0.7, 0.4, 0.9, 0.4, 0.9, 0.4]
    one = reading(values, [(4, "run", "improvement")], limits=BAND)
    narrow = dataclasses.replace(style, width=120)
    assert [label.text for label in made(one, narrow)[0]] == ["<b>40.0%</b>"]
    told = control_chart(one, CSAT, ZH, narrow).data[1].customdata
    assert (told[4], told[3]) == ("<b>70.0%</b>  连续七期偏高", "<b>40.0%</b>")


def test_words_at_the_left_edge_are_moved_inwards(reading, style: Style) -> None:
    found, _series = made(reading([0.4] + [0.8] * 11, [(0, "outside", "concern")], limits=BAND), style)
    assert (found[0].text, found[0].anchor, found[0].left) == ("低于下限", "left", 0)


def test_the_last_value_is_moved_beyond_what_it_would_cover(reading, style: Style) -> None:
    narrow = dataclasses.replace(style, width=200, narrow=True)
    (label,), _series = made(reading([0.7] * 20 + [0.95, 0.8, 0.85]), narrow)
    assert (label.place, label.height) == (22, 0.95)
    (label,), _series = made(reading([0.7] * 20 + [0.95, 0.8, 0.85]), dataclasses.replace(style, width=1200))
    assert label.height == 0.85


def test_words_at_the_last_point_end_with_the_plot(reading, style: Style) -> None:
    narrow = dataclasses.replace(style, width=280)
    (label,), _series = made(reading([0.7] * 20), narrow)
    assert (label.anchor, label.right) == ("right", 19.5)
    (note,) = [one for one in control_chart(reading([0.7] * 20, target=None), CSAT, ZH, narrow).layout.annotations if one.text.startswith("<b>")]
    assert (note.x, note.xanchor) == (19.5, "right")
