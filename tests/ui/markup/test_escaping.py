"""The only HTML of the house: whatever a value holds, it stays text, and nothing of it is lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amdash.i18n import translator
from amdash.insight.reading import Limits, Point, Reading
from amdash.metrics import catalogue
from amdash.service.boards import Board, TeamGroup
from amdash.ui.markup.card import card
from amdash.ui.markup.coverage import Cell, coverage, gaps
from amdash.ui.markup.issues import Fault, faults
from amdash.ui.markup.lists import Slot, Text, heading, side_by_side, slots, story, table, todo
from amdash.ui.markup.marks import icon, number, spark, spoken
from amdash.ui.markup.matrix import matrix

EN, ZH = translator("en"), translator("zh")
KPIS = tuple(catalogue.KPIS.values())
# Printable text with everything that HTML and attributes stumble over.
anything = st.text(alphabet=st.one_of(st.sampled_from("<>&\"'`=/ \\"), st.characters(exclude_categories=("C", "Z"))), min_size=1, max_size=30)


class Reader(HTMLParser):
    """The tags, attributes and text of markup, as a browser would see them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data


def read(markup: str) -> Reader:
    reader = Reader()
    reader.feed(markup)
    reader.close()
    return reader


def reading(subject: str, kpi: str = "csat") -> Reading:
    points = (Point("2026-09", 0.8, 9), Point("2026-10", 0.9, 9, "outside", "improvement"))
    return Reading(kpi, subject, "2026-10", 0.9, 0.9, 9, 10, 10, "met", "improving", points, Limits(0.7, 0.6, 0.8, provisional=False))


def board(manager: str, team: str) -> Board:
    people = {(kpi.id, manager): reading(manager, kpi.id) for kpi in KPIS}
    teams = {(kpi.id, team): reading(team, kpi.id) for kpi in KPIS}
    return Board("2026-10", "month", KPIS, (TeamGroup(team, (manager,)),), people, teams, {}, (), 1)


BUILDERS: dict[str, Callable[[str], str]] = {
    "story": lambda value: story([(value, value), (value, Text(value, "attention"))]),
    "table": lambda value: table([value], [[value], [Text(value, "dim", code=True)]]),
    "slots": lambda value: slots([(value, value, [Slot(value, "new", value, value, (value, value))])]),
    "todo": lambda value: todo(value, [(value, value)], value),
    "empty todo": lambda value: todo(value, [], value),
    "heading": lambda value: heading(value, value),
    "side by side": lambda value: side_by_side([heading(value), heading(value)]),
    "flowing table": lambda value: table([value], [[value]], flow=True),
    "faults": lambda value: faults([Fault("error", value, value, [(value, value)] * 3, value, value)], 1),
    "coverage": lambda value: coverage(value, value, [value], [(value, [Cell("partial", value)])], [("present", value)]),
    "gaps": lambda value: gaps([("missing", value, value, value)]),
    "card": lambda value: card([(KPIS[0], reading(value))], value, EN),
    "matrix": lambda value: matrix(board(value, value), EN),
}


@pytest.mark.parametrize("name", BUILDERS)
@given(value=anything)
def test_a_value_makes_no_tag_and_no_attribute(name: str, value: str) -> None:
    plain, hostile = read(BUILDERS[name]("x")), read(BUILDERS[name](value))
    assert hostile.tags == plain.tags
    assert [key for key, _value in hostile.attributes] == [key for key, _value in plain.attributes]


@pytest.mark.parametrize("name", ["story", "table", "slots", "todo", "heading", "matrix", "faults", "coverage", "gaps"])
@given(value=anything)
def test_a_value_is_shown_as_it_is(name: str, value: str) -> None:
    assert value in read(BUILDERS[name](value)).text


@given(value=anything)
def test_a_click_reports_the_name_as_it_is(value: str) -> None:
    wishes = [wish for key, wish in read(BUILDERS["matrix"](value)).attributes if key == "data-go"]
    assert f"{value}|" in wishes
    assert f"{value}|csat" in wishes


def test_a_cell_is_spoken_whole() -> None:
    assert spoken(reading("李明"), catalogue.by_id("csat"), ZH) == "李明，客户满意度 90.0%，目标 ≥ 90%，达标，向好"
    assert spoken(reading("Ann"), catalogue.by_id("csat"), EN) == "Ann, Customer satisfaction 90.0%, target ≥ 90%, met, improving"


def test_a_number_has_its_unit_apart() -> None:
    assert read(number(0.931, "ratio", ZH)).text == "93.1%"
    assert '<span class="unit">小时</span>' in number(15.8, "hours", ZH)
    assert read(number(None, "ratio", ZH)).text == "—"


JUDGED = ("met", "missed", "few", "none", "absent", "improving", "worsening", "ordinary", "unknown")
UPLOADED = ("check", "note", "present", "partial", "missing", "not_expected")


@pytest.mark.parametrize("name", JUDGED + UPLOADED)
def test_every_mark_has_a_shape_of_its_own(name: str) -> None:
    shapes = {icon(other).split(">", 1)[1] for other in JUDGED + UPLOADED}
    assert len(shapes) == len(JUDGED + UPLOADED)
    assert 'aria-hidden="true"' in icon(name)


def test_how_grave_a_fault_is_is_told_by_shape_and_word() -> None:
    said = faults([Fault("error", "refused", "a"), Fault("warning", "please check", "b"), Fault("info", "for information", "c")], 5)
    assert [said.index(mark) for mark in ("i-missed", "i-check", "i-note")] == sorted(said.index(mark) for mark in ("i-missed", "i-check", "i-note"))
    assert read(said).text == "refusedaplease checkbfor informationc"
    assert "details" not in read(said).tags


def test_the_cells_beyond_the_first_are_folded_away() -> None:
    said = faults([Fault("error", "refused", "a", [(f"A{row}", "x") for row in range(1, 8)], "7 cells", "and 2 more")], 5)
    before, folded = said.split("<details>")
    assert before.count("<code>") == 5
    assert folded.count("<code>") == 2
    assert "and 2 more" in folded


def test_a_month_says_its_state_to_the_pointer_and_to_screen_readers() -> None:
    said = coverage("Coverage", "Table", ["Aug"], [("Sales", [Cell("missing", "Sales, August, no data")])], [("missing", "no data")])
    assert said.count("Sales, August, no data") == 2
    assert ("title", "Sales, August, no data") in read(said).attributes
    assert ("aria-label", "Coverage") in read(said).attributes


def values(*numbers: float | None) -> Reading:
    points = tuple(Point(f"2026-{month:02d}", value, 9) for month, value in enumerate(numbers, 1))
    return Reading("csat", "x", "2026-10", numbers[-1], None, None, None, 9, "none", "ordinary", points, None)


def test_a_sparkline_lifts_the_pen_over_a_gap() -> None:
    path = spark(values(0.5, 0.6, None, 0.7, 0.8))
    assert path.count("M2.5 ") == 1
    run = path.split('class="run"')[0].rsplit('d="', 1)[1]
    assert (run.count("M"), run.count("L")) == (2, 2)


def test_a_sparkline_without_values_is_empty_and_with_one_has_a_point() -> None:
    assert "<path" not in spark(values(None, None))
    assert 'class="now"' in spark(values(None, 0.5))


def test_a_sparkline_stays_inside_its_box() -> None:
    for one in (values(0.1, 0.9), values(5.0, 5.0), values(-1e9, 1e9)):
        for word in spark(one, 120, 18).split('class="run"')[0].rsplit('d="', 1)[1].strip('" ').replace("M", " ").replace("L", " ").split():
            assert 0 <= float(word) <= 120


def test_the_band_of_limits_that_differ_stays_within_its_picture() -> None:
    one = values(0.5, 0.6, 0.7)
    points = tuple(replace(point, centre=0.6, lower=0.5 - 0.1 * place, upper=0.8) for place, point in enumerate(one.points))
    banded = replace(one, limits=Limits(0.6, 0.4, 0.8, False), points=points)
    (path,) = re.findall(r'<path d="([^"]*)" class="band"/>', spark(banded, 120, 18, band=True))
    places = [float(number) for number in re.findall(r"[ML]([0-9.-]+),", path)]
    assert (min(places), max(places), len(places)) == (0, 120, 12)
    assert 'class="band"' not in spark(banded, 120, 18)
