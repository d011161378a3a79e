"""What goes with satisfaction, one after another: how much, how it is rated, and what the method does about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape as esc

from amdash.ui.markup.marks import chart_point


@dataclass(frozen=True)
class Advice:
    """One driver. ``field``: where it stands in the chart, '' where that is unclear; ``urgent``: the field to work on first.

    ``facts``: how it is rated and how much goes with it. ``steps``: what to do. ``caution``: what to look at before, else ''.
    """

    name: str
    field: str
    urgent: bool
    facts: str
    steps: Sequence[str]
    caution: str = ""


def advice(items: Sequence[Advice], lead: str) -> str:
    """The list; ``lead`` stands before the steps."""
    return f'<ul class="advice" role="list">{"".join(_item(one, lead) for one in items)}</ul>'


def _item(one: Advice, lead: str) -> str:
    shape = chart_point("missed") if one.urgent else ""
    field = f'<span class="rw {"no" if one.urgent else "dim"}">{shape}{esc(one.field)}</span>' if one.field else ""
    steps = "".join(f"<li>{esc(step)}</li>" for step in one.steps)
    caution = f'<p class="no">{esc(one.caution)}</p>' if one.caution else ""
    doing = f'<div class="steps"><span class="sub">{esc(lead)}</span><ul>{steps}</ul></div>' if steps else ""
    return f'<li><div class="an"><b>{esc(one.name)}</b>{field}</div><span class="sub">{esc(one.facts)}</span>{caution}{doing}</li>'
