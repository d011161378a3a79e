"""One person's scorecard: a row a KPI, with its two words and a small control chart."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape as esc

from amdash.i18n import Translator
from amdash.i18n.words import ASSURED, VARIATIONS
from amdash.insight.reading import Reading
from amdash.insight.wording import verdict_words
from amdash.metrics.spec import Kpi
from amdash.ui.markup.marks import aim, assured, hover, icon, number, spark, spoken


def card(readings: Sequence[tuple[Kpi, Reading]], chosen: str, _: Translator) -> str:
    """The list; the chosen KPI is marked, every row reports '|kpi' when clicked. A list may be in two parts, with something between them."""
    return f'<ul class="card" role="list" style="--units:{len(readings)}">{"".join(_row(kpi, reading, chosen, _) for kpi, reading in readings)}</ul>'


def standing(score: float | None, change: str, _: Translator) -> str:
    """The weighted score and how it changed. ``score``: 1 = all targets just met; None where nothing was measured."""
    if score is None:
        return ""
    note = esc(_("Targets reached, weighted; 100 is all of them"))
    return (
        f'<p class="standing" title="{note}"><span class="nu"><b class="num">{score * 100:.0f}</b></span>'
        f'<span><b>{esc(_("Weighted score"))}</b> {esc(change)} <span class="sub">{esc(_("100 is all targets reached"))}</span></span></p>'
    )


def _row(kpi: Kpi, reading: Reading, chosen: str, _: Translator) -> str:
    current = ' aria-current="true"' if kpi.id == chosen else ""
    variation = (
        f'<span class="w w-{reading.variation}">{icon(reading.variation)}{esc(_(VARIATIONS[reading.variation]))}</span>'
        if reading.value is not None
        else ""
    )
    verdict = f'<span class="w w-{reading.verdict}">{icon(reading.verdict)}{esc(verdict_words(reading, _))}</span>'
    lasting = assured(reading)
    long_run = f'<span class="w w-{lasting}">{icon(lasting)}{esc(_(ASSURED[lasting]))}</span>' if lasting in ASSURED else "<span></span>"
    return (
        f'<li><button type="button" data-go="|{kpi.id}" title="{hover(reading, kpi, _)}" aria-label="{esc(spoken(reading, kpi, _))}"{current}>'
        f'<span class="nmk">{esc(_(kpi.name))}<span class="sub">{esc(aim(kpi, reading.target, _))}</span></span>'
        f'<span class="val">{number(reading.value, kpi.unit, _)}</span><span class="ws">{verdict}{long_run}{variation}</span>'
        f"{spark(reading, 200, 40, band=True)}</button></li>"
    )
