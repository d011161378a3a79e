"""What a field for a value of a KPI is called."""

from __future__ import annotations

from dataclasses import replace

import pytest

from amdash.i18n import translator
from amdash.metrics import catalogue
from amdash.ui.details import field_label


@pytest.mark.parametrize(
    ("unit", "zh", "en"),
    [
        ("ratio", "目前水平（%）", "Stands at (%)"),
        ("points", "目前水平（分）", "Stands at (points)"),
        ("hours", "目前水平（小时）", "Stands at (h)"),
        ("money", "目前水平（元）", "Stands at"),
        ("customers", "目前水平（家）", "Stands at"),
    ],
)
def test_a_label_has_no_hole_for_a_figure(unit, zh: str, en: str) -> None:
    kpi = replace(catalogue.by_id("csat"), unit=unit)
    for language, label in (("zh", zh), ("en", en)):
        _ = translator(language)  # type: ignore[arg-type]
        assert field_label(_("Stands at"), kpi, _) == label
