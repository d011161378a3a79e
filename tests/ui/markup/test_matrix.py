"""The matrix: who stands where, what a screen reader is told of it, and which marks the legend explains."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from amdash.i18n import translator
from amdash.insight.reading import Point, Reading
from amdash.metrics import catalogue
from amdash.service.boards import Board, TeamGroup
from amdash.ui.markup.matrix import View, columns, matrix

EN = translator("en")
KPIS = tuple(kpi for kpi in catalogue.KPIS.values() if kpi.on_board)
HOURS: dict[str, float | None] = {"Ann": 20.0, "Bob": None, "Cy": 10.0, "Di": 20.0}


def reading(name: str, kpi: str) -> Reading:
    value = HOURS[name]
    verdict = "absent" if value is None else "met"
    return Reading(kpi, name, "2026-10", value, 24.0, value, 1, 5, verdict, "ordinary", (Point("2026-10", value, 5),), None)  # type: ignore[arg-type]


@pytest.fixture
def board() -> Board:
    readings = {(kpi.id, name): reading(name, kpi.id) for kpi in KPIS for name in HOURS}
    teams = {(kpi.id, team): replace(reading("Ann", kpi.id), subject=team) for kpi in KPIS for team in ("East", "West")}
    return Board("2026-10", "month", KPIS, (TeamGroup("East", ("Ann", "Bob")), TeamGroup("West", ("Cy", "Di"))), readings, teams, {}, (), 1)


def names(html: str) -> list[str]:
    return re.findall(r'class="nm">([^<]*)', html)


def test_everybody_has_their_place_under_their_team(board: Board) -> None:
    html = matrix(board, EN)
    assert names(html) == ["Ann", "Bob", "Cy", "Di"]
    assert html.count('class="team"') == 2
    assert "aria-sort" not in html
    assert "Back to the usual order" not in html


@pytest.mark.parametrize(
    ("best_first", "order", "sort"), [(True, ["Cy", "Ann", "Di", "Bob"], "ascending"), (False, ["Ann", "Di", "Cy", "Bob"], "descending")]
)
def test_the_best_is_the_quickest_and_who_has_no_figure_comes_last(board: Board, best_first: bool, order: list[str], sort: str) -> None:
    html = matrix(board, EN, View(order=("response_time", best_first)))
    assert names(html) == order
    assert re.findall(r'aria-sort="(\w+)"><button[^>]*data-go="([^"]*)"', html) == [(sort, "||response_time")]
    # Without team rows the team stands beside the name.
    assert 'class="team"' not in html
    assert "West · " in html


def test_who_has_too_few_cases_is_no_best_and_says_how_many(board: Board) -> None:
    values = {"Ann": (0.9, 40, "met"), "Bob": (1.0, 4, "few"), "Cy": (0.95, 30, "few"), "Di": (None, 0, "absent")}
    given = {name: replace(reading("Ann", "csat"), subject=name, value=value, n=n, verdict=verdict) for name, (value, n, verdict) in values.items()}
    mixed = replace(board, readings={**board.readings, **{("csat", name): one for name, one in given.items()}})  # type: ignore[dict-item]
    html = matrix(mixed, EN, View(order=("csat", True)))
    assert names(html) == ["Cy", "Ann", "Bob", "Di"]
    # Undecided is said of so many cases too; what is judged needs no number.
    assert re.findall(r'class="nn">([^<]*)', html) == ["n 30", "n 4"]
    assert "Too few cases to say stand at the end." in html
    assert "Too few" not in matrix(mixed, EN, View(order=("response_time", True)))


def test_sparklines_begin_together_with_the_first_period_that_anybody_has(board: Board) -> None:
    known = {"Ann": (None, 0.8, 0.9), "Bob": (None, None, 0.9), "Cy": (None, None, None), "Di": (None, 0.9, None)}
    points = {name: tuple(Point(f"2026-0{place}", value, 40) for place, value in enumerate(some, 1)) for name, some in known.items()}
    given = {(kpi.id, name): replace(reading("Ann", kpi.id), subject=name, points=points[name]) for kpi in KPIS for name in HOURS}
    html = matrix(replace(board, readings=given), EN)
    lines = re.findall(r'<path d="([^"]*)" class="run"', html)
    # From the left edge to the right one; whose figure stands alone has no line, and no empty frame either.
    assert {re.sub(r" [\d.]+", "", line) for line in lines} == {"M2.5L117.5"}
    assert html.count('<svg class="spark"') == len(lines) == len(columns(board))


def test_an_unknown_order_is_the_usual_one(board: Board) -> None:
    assert matrix(board, EN, View(order=("nps", True))) == matrix(board, EN)


def test_a_kpi_from_outside_the_board_has_a_column_of_its_own_family(board: Board) -> None:
    kpi = catalogue.by_id("improvement")
    html = matrix(board, EN, View(more=[(kpi, {name: reading(name, kpi.id) for name in HOURS})]))
    assert re.findall(r'colspan="(\d+)"><span class="fam">([^<]*)', html)[-1] == ("1", "People KPIs")
    # It is told from the others, and counted no second time: as many are met as the sentences above say.
    assert f"{len(columns(board))} of {len(columns(board))} met" in html
    assert 'data-go="Ann|improvement"' in html


def test_the_legend_explains_the_marks_that_are_there_and_no_others(board: Board) -> None:
    said = re.findall(r'<span class="li" title="([^"]+)"><svg[^>]*>.*?</svg>([^<]+)', matrix(board, EN))
    assert [words for _meaning, words in said] == ["met", "no data", "ordinary"]
    assert {words: meaning for meaning, words in said}["ordinary"].startswith("The ups and downs that this figure always has.")


def test_a_target_that_is_not_applied_has_a_mark_of_its_own(board: Board) -> None:
    kpi = catalogue.by_id("improvement")
    there = {name: replace(reading(name, kpi.id), verdict="none") for name in HOURS}
    html = matrix(board, EN, View(more=[(kpi, there)]))
    assert html.count(" waived") == 3
    assert "</svg>target not applied<" in html
    assert " waived" not in matrix(board, EN, View(more=[(kpi, {name: replace(one, target=None) for name, one in there.items()})]))


def test_an_empty_cell_says_why_to_the_pointer_and_to_a_screen_reader(board: Board) -> None:
    html = matrix(board, EN, View(notes={("response_time", "Bob"): "nothing was measured <before>"}))
    cell = re.search(r'data-go="Bob\|response_time"[^>]*title="([^"]*)" aria-label="([^"]*)"', html)
    assert cell is not None
    assert all("nothing was measured &lt;before&gt;" in said for said in cell.groups())
    assert html.count("nothing was measured") == 2


def test_plans_are_marked_and_beside_a_team_they_are_counted(board: Board) -> None:
    html = matrix(board, EN, View(plans={("csat", "Ann"): 1, ("csat", "Bob"): 2}))
    east, west = re.findall(r'<tr class="team">.*?</tr>', html)
    assert re.findall(r'title="([^"]*)">.*?<span aria-hidden="true">(\d)</span>', east) == [("3 plans run: Ann, Bob", "3")]
    assert "i-flag" not in west
    cell = re.search(r'data-go="Ann\|csat".*?</td>', html)
    assert cell is not None
    assert "1 plan runs" in cell[0]
    assert "</svg>plan runs<" in html
    assert "i-flag" not in matrix(board, EN)


def test_the_opened_cell_says_so(board: Board) -> None:
    html = matrix(board, EN, View(opened=("Cy", "csat")))
    assert re.findall(r'data-go="([^"]*)"[^>]*aria-expanded="true"', html) == ["Cy|csat"]
