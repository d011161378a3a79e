"""Plans as a list: every value escaped, the grade by mark and word, and a small chart that lifts its pen over gaps."""

from __future__ import annotations

from dataclasses import replace

import pytest

from amdash.ui.markup.plan import PlanLine, Progress, plan_list, progress

SHOWN = Progress([0.5, 0.6, None, 0.7, 0.8], started=1, due=4, goal=0.9)
LINE = PlanLine(
    "7", "李明", "客户满意度", "每周回访", "26年3月 – 26年6月", "70% → ≥ 90%", "80%", "已过期未结束", True, "worked", "有效", SHOWN, "李明，有效"
)


def test_a_line_says_who_what_and_how_it_stands_and_reports_its_plan() -> None:
    found = plan_list([LINE, replace(LINE, go="8", late=False)], chosen="7")
    assert found.count("<li>") == 2
    assert 'data-go="7" aria-label="李明，有效" aria-current="true"' in found
    assert 'data-go="8" aria-label="李明，有效">' in found
    assert "i-check" in found.partition('data-go="8"')[0]
    assert "i-check" not in found.partition('data-go="8"')[2]


@pytest.mark.parametrize(("grade", "mark"), [("worked", "improving"), ("worse", "worsening"), ("no_change", "ordinary"), ("too_few", "unknown")])
def test_a_grade_has_a_mark_beside_its_word(grade: str, mark: str) -> None:
    assert f"i-{mark}" in plan_list([replace(LINE, grade=grade)], "")


def test_every_value_is_escaped() -> None:
    bad = '<img src=x onerror=y>&"'
    names = ("go", "manager", "kpi", "action", "about", "figures", "now", "state", "grade_words", "spoken")
    found = plan_list([replace(LINE, **dict.fromkeys(names, bad))], "")
    assert "<img" not in found
    assert found.count("&lt;img src=x onerror=y&gt;&amp;") == len(names)


def test_the_small_chart_marks_start_due_and_goal() -> None:
    found = progress(SHOWN)
    assert found.count('class="ev"') == 1
    assert found.count('class="ev due"') == 1
    assert found.count('class="target"') == 1
    # Before the start one stroke; after it the pen is lifted over the gap.
    assert '<path d="M3.0 41.0L51.5 31.5" class="run"/>' in found
    assert found.partition("run since")[0].rpartition('d="')[2].count("M") == 2


def test_without_goal_or_values_there_is_less_to_draw() -> None:
    assert "target" not in progress(replace(SHOWN, goal=None))
    assert "<path" not in progress(Progress([None, None], 0, 1))
    assert "<path" in progress(Progress([0.5], 0, 0))
