"""Meeting mode: the style of its page, large tiles, what was agreed, and the clock."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape as esc

from amdash.i18n import Translator
from amdash.i18n.words import VARIATIONS
from amdash.insight.narrative import Story
from amdash.insight.reading import Reading
from amdash.insight.wording import verdict_words
from amdash.metrics.spec import Kpi
from amdash.ui.markup.marks import aim, icon, number, spark, spoken

# What the clock starts with; meeting.js fills it.
CLOCK = '<div class="clock" role="timer" aria-live="off"></div>'
CLOCK_STYLE = """
.clock { font-family: var(--st-font); color: var(--st-text-color); font-size: 1.0625rem; font-variant-numeric: tabular-nums;
  white-space: nowrap; display: flex; gap: 0.375rem; align-items: baseline; }
.w { color: var(--st-gray-text-color); font-size: 0.875rem; } .t { font-weight: 600; margin-right: 0.625rem; }
.t:empty, .w:has(+ .t:empty) { display: none; }"""

# Larger type than on other pages, and nothing of Streamlit's around it.
_STYLE = """<style>
html:root { font-size: clamp(14px, min(1.171vw, 2.083vh), 30px) !important; }
[data-testid="stHeader"] { display: none; }
/* The clock listens to the keys and is drawn first; it stands behind the title. */
.st-key-meeting_head > :nth-child(2) { order: -1; }
[data-testid="stMainBlockContainer"] { padding: 0.75rem 1.5rem 0.5rem; }
[data-testid="stVerticalBlock"] { gap: 0.625rem; }
.st-key-agreed_before [data-testid="stCheckbox"] p { font-size: 1.3125rem; line-height: 1.3; }
.st-key-agreed_before [data-testid="stCheckbox"] label { align-items: center; }
.st-key-agreed_before [data-testid="stMarkdownContainer"] { font-size: 1.125rem; }
.st-key-agreed_before [data-testid="stHorizontalBlock"] { border-bottom: 1px solid light-dark(#DEDAD3, #343C46); padding: 0.25rem 0; }
.st-key-today [data-testid="stMarkdownContainer"] p { font-size: 1rem; line-height: 1.35; }
.st-key-today [data-testid*="tertiary"] { min-height: 1.75rem; padding: 0 0.125rem; color: inherit; }
[class*="st-key-said_"] { border-top: 1px solid light-dark(#DEDAD3, #343C46); padding-top: 0.375rem; }
.st-key-today [data-testid="stForm"] { gap: 0.375rem; }
@media (max-width: 640px) {
  [data-testid="stMainBlockContainer"] { padding: 0.75rem 1rem; }
  .st-key-meeting_head > :nth-child(2) { min-width: 100%; }
}
@media (max-width: 900px) { html:root { font-size: 16px !important; } }
</style>"""

_NAMES_HIDDEN = """<style>
.st-key-meeting_names button { background: light-dark(#F2F0EC, #20262E); border-color: currentColor; box-shadow: inset 0 0 0 1px currentColor; }
</style>"""


@dataclass(frozen=True)
class Agreed:
    """A decision as it is shown: ``standing`` says how it stands, ``tone`` done, attention or plain; ``below``: who, by when, and what else."""

    text: str
    standing: str
    tone: str
    below: str


_TONES = {"done": "done", "attention": "no", "plain": "dim"}


def meeting_style(*, names_hidden: bool = False) -> str:
    """The style of the page while a meeting is held; the button that hides names stands out while they are."""
    return _STYLE + (_NAMES_HIDDEN if names_hidden else "")


def clock_face(_: Translator) -> str:
    """Time in all, and on this screen; meeting.js writes it."""
    parts = (("all", _("in all")), ("here", _("here")))
    return "".join(f'<span class="w w-{name}">{esc(words)}</span><b class="t t-{name}"></b>' for name, words in parts)


def title(name: str, about: str) -> str:
    """Who or what the screen is about, with what is to be known of it beside it."""
    return f'<h1 class="mt">{esc(name)}<span class="sub">{esc(about)}</span></h1>'


def large_story(sentences: Story, *, stacked: bool = False) -> str:
    """Sentences in large type, side by side or ``stacked``."""
    inside = "".join(f'<p><span class="lead">{esc(lead)}</span>{esc(said)}</p>' for lead, said in sentences)
    return f'<div class="story large{" one" if stacked else ""}">{inside}</div>'


def tiles(readings: Sequence[tuple[Kpi, Reading]], chosen: str, _: Translator) -> str:
    """A large tile a KPI; the chosen one is marked, each reports its id when it is clicked."""
    return f'<div class="mtiles">{"".join(_tile(kpi, reading, kpi.id == chosen, _) for kpi, reading in readings)}</div>'


def _tile(kpi: Kpi, reading: Reading, chosen: bool, _: Translator) -> str:
    current = ' aria-current="true"' if chosen else ""
    variation = (
        f'<span class="w w-{reading.variation}">{icon(reading.variation)}{esc(_(VARIATIONS[reading.variation]))}</span>'
        if reading.value is not None
        else ""
    )
    verdict = f'<span class="w w-{reading.verdict}">{icon(reading.verdict)}{esc(verdict_words(reading, _))}</span>'
    return (
        f'<button type="button" class="mtile v-{reading.verdict}" data-go="{kpi.id}" aria-label="{esc(spoken(reading, kpi, _))}"{current}>'
        f'<span class="tk">{esc(_(kpi.name))}</span><span class="big">{number(reading.value, kpi.unit, _)}'
        f'<span class="sub">{esc(aim(kpi, reading.target, _))}</span></span><span class="ws">{verdict}{variation}</span>'
        f"{spark(reading, 240, 40, band=True)}</button>"
    )


def ask(lead: str, words: str) -> str:
    """What is to be decided, set apart."""
    return f'<p class="ask"><span class="lead">{esc(lead)}</span>{esc(words)}</p>'


def told(words: str) -> str:
    """What was just done, spoken as well."""
    return f'<p class="said" role="alert">{icon("met")}{esc(words)}</p>'


def agreed(heading: str, items: Iterable[Agreed], empty: str) -> str:
    """A short list of decisions under a heading; ``empty`` where there is none."""
    lines = "".join(
        f'<li><span class="st {_TONES[one.tone]}">{esc(one.standing)}</span>{esc(one.text)}<span class="sub">{esc(one.below)}</span></li>'
        for one in items
    )
    return f'<h4 class="agh">{esc(heading)}</h4><ul class="agreed">{lines or f"""<li class="dim">{esc(empty)}</li>"""}</ul>'


def minutes_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Everything decided, in large type; the last columns are not broken."""
    heads = "".join(f'<th scope="col">{esc(one)}</th>' for one in head)
    body = "".join(f"<tr>{''.join(f'<td{_short(place)}>{esc(value)}</td>' for place, value in enumerate(row))}</tr>" for row in rows)
    return f'<table class="minutes"><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>'


def _short(place: int) -> str:
    return "" if place == 1 else ' class="short"'


def key_list(keys: Iterable[tuple[Sequence[str], str]]) -> str:
    """Keys, and what each does."""
    inside = "".join(f"<li><span>{' '.join(f'<kbd>{esc(one)}</kbd>' for one in names)}</span>{esc(what)}</li>" for names, what in keys)
    return f'<ul class="keys">{inside}</ul>'
