"""Meeting mode: a tile says the same of a figure as a card does."""

from __future__ import annotations

from amdash.i18n import translator
from amdash.insight.reading import Point, Reading
from amdash.metrics import catalogue
from amdash.ui.markup.card import card
from amdash.ui.markup.meeting import tiles

CSAT = catalogue.by_id("csat")
READING = Reading("csat", "Ann", "2026-10", 0.5, 0.9, 1, 2, 2, "few", "unknown", (Point("2026-10", 0.5, 2),), None)


def test_too_few_cases_are_said_with_their_number() -> None:
    for made in (tiles([(CSAT, READING)], "", translator("en")), card([(CSAT, READING)], "", translator("en"))):
        assert "</svg>too few · 2</span>" in made
