"""What happened, in a chart: where the lines stand, and that their words never lie on one another."""

from __future__ import annotations

import dataclasses
import itertools

import pytest

from amdash.charts.control import control_chart
from amdash.charts.events import Event, height_ems, tags
from amdash.charts.theme import PALETTES, Style, ems
from amdash.charts.trends import lines, small_multiples
from amdash.i18n import translator
from amdash.metrics import catalogue
from amdash.metrics.period import last_periods

ZH = translator("zh")
CSAT = catalogue.by_id("csat")
PERIODS = last_periods("2026-10", 12)
TRAINING = Event("2026-06", "培训", "2026 年 6 月  培训：全员沟通培训")


def spans(found, style: Style) -> list[tuple[int, float, float]]:
    """(row, left, right) in pixels of all words."""
    across = style.width / len(PERIODS)
    drawn = []
    for tag in found:
        at, wide = (tag.place + 0.5) * across, ems(tag.text) * style.size
        drawn.append((tag.row, at - wide if tag.turned else at, at if tag.turned else at + wide))
    return [one for one, tag in zip(drawn, found, strict=True) if tag.text]


def test_an_event_stands_at_its_period_with_its_sign_over_the_line(style: Style) -> None:
    (tag,) = tags([TRAINING, Event("2019-01", "太早")], PERIODS, style)
    assert (tag.place, tag.text, tag.row, tag.words) == (7, "▼ 培训", 0, "2026 年 6 月  培训：全员沟通培训")


def test_events_of_one_period_share_a_line_and_are_all_told(style: Style) -> None:
    (tag,) = tags([TRAINING, Event("2026-06", "涨价"), TRAINING], PERIODS, style)
    assert tag.text == "▼ 培训 · 涨价"
    assert tag.words.split("<br>") == [TRAINING.words, "涨价"]


@pytest.mark.parametrize("word", ["培训", "工作方式", "price change"])
def test_words_never_touch_however_many_there_are(style: Style, word: str) -> None:
    found = tags([Event(period, word) for period in PERIODS], PERIODS, style)
    assert len(found) == 12
    for one, other in itertools.combinations(spans(found, style), 2):
        assert one[0] != other[0] or one[2] <= other[1] or other[2] <= one[1]


def test_words_that_would_leave_the_plot_stand_on_the_other_side(style: Style) -> None:
    (tag,) = tags([Event("2026-10", "工作方式有变")], PERIODS, style)
    assert tag.turned
    assert tag.text == "工作方式有变 ▼"


def test_where_there_is_no_room_for_all_the_first_have_it(style: Style) -> None:
    crowd = [Event(period, "工作方式") for period in PERIODS]
    found = tags([Event("2026-03", "到期"), *crowd], PERIODS, style, rows=1)
    assert next(tag.text for tag in found if tag.place == 4).startswith("▼ 到期")
    assert "" in [tag.text for tag in found]


def test_what_is_taken_stays_free(style: Style) -> None:
    (tag,) = tags([Event(PERIODS[0], "培训")], PERIODS, style, rows=1, taken=200)
    assert tag.text == ""
    assert height_ems([tag]) == 0


def test_a_label_is_never_markup(style: Style) -> None:
    (tag,) = tags([Event("2026-06", "<b>x</b>", "a & b")], PERIODS, style)
    assert (tag.text, tag.words) == ("▼ &lt;b&gt;x&lt;/b&gt;", "a &amp; b")


def test_the_control_chart_draws_a_violet_dotted_line_and_makes_room_for_its_word(reading, style: Style) -> None:
    one = reading([0.8] * 12)
    figure = control_chart(one, CSAT, ZH, style, [TRAINING])
    (line,) = [shape for shape in figure.layout.shapes if shape.line.dash == "dot"]
    assert (line.x0, line.x1, line.line.color) == (7, 7, PALETTES["light"].event)
    (word,) = [note for note in figure.layout.annotations if note.text == "▼ 培训"]
    assert (word.x, word.y, word.yanchor, word.font.color) == (7, 1, "bottom", PALETTES["light"].event_text)
    assert figure.layout.margin.t >= word.font.size * 1.3
    crowded = control_chart(one, CSAT, ZH, style, [TRAINING, Event("2026-07", "工作方式有变化了")])
    assert crowded.layout.margin.t > figure.layout.margin.t
    assert crowded.data[-1].text == (TRAINING.words, "工作方式有变化了")


def test_without_events_charts_are_as_they_were(reading, style: Style) -> None:
    one = reading([0.8] * 12)
    assert len(control_chart(one, CSAT, ZH, style).data) == 2
    assert len(lines([one], CSAT, style).data) == 1
    assert len(small_multiples([one], CSAT, ZH, style).data) == 1


def test_lines_and_small_charts_have_them_too(reading, style: Style) -> None:
    people = [reading([0.8] * 12, subject=name) for name in ("甲", "乙")]
    figure = lines(people, CSAT, style, [TRAINING])
    assert [shape.x0 for shape in figure.layout.shapes if shape.line.dash == "dot"] == [7]
    wide = dataclasses.replace(style, width=1200)
    figure = small_multiples(people, CSAT, ZH, wide, 2, {"乙": [TRAINING]})
    (line,) = [shape for shape in figure.layout.shapes if shape.line.dash == "dot"]
    assert (line.xref, line.x0) == ("x2", 7)
    (word,) = [note for note in figure.layout.annotations if note.text == "▼ 培训"]
    assert word.xref == "x2"


def test_beside_a_long_name_a_small_chart_has_the_line_alone(reading, style: Style) -> None:
    one = reading([0.8] * 12, subject="欧阳娜娜娜娜娜娜娜娜娜娜")
    figure = small_multiples([one], CSAT, ZH, dataclasses.replace(style, width=300), 1, {one.subject: [TRAINING]})
    assert [shape.x0 for shape in figure.layout.shapes if shape.line.dash == "dot"] == [7]
    assert [note for note in figure.layout.annotations if "▼" in note.text] == []
