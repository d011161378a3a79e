"""Changing the rules of the business, in words that a person can type: hours=mon-fri 09:00-12:00 13:00-18:00."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, cast

from amdash.errors import AmdashError
from amdash.insight.cadence import CadenceRules
from amdash.insight.tiers import TierRules
from amdash.metrics.score import WEIGHTS
from amdash.metrics.spec import AttainmentFrom, Category
from amdash.metrics.workdays import WEEKDAYS, OpeningHours
from amdash.service import access
from amdash.service.rules import Rules, read
from amdash.service.workspace import OWNER, Workspace

ALWAYS = "always"
NONE = "none"
# Nine to six from Monday to Friday, with an hour at noon: where a country is named before any hours are.
_USUAL = "mon-fri 09:00-12:00 13:00-18:00"


def change(ws: Workspace, texts: Sequence[str], *, actor: str = OWNER) -> int:
    """Set some rules, each as NAME=VALUE; returns the revision from which they hold, the present one where nothing changes.

    Names: hours (always, or days and spans such as 'mon-fri 09:00-12:00 13:00-18:00; sat 09:00-12:00'), country, subdivision, closing_days,
    extra_days (days with commas between them), response_target_hours, the thresholds of :class:`amdash.insight.tiers.TierRules`,
    feedback_supervisor, feedback_team and feedback_customer (week, month, quarter, year or never), feedback_due_within_days, the weights of
    the score (weight_business, weight_service, weight_people) and attainment_from (sales_amount or net_sales).
    Figures as at older revisions keep the rules of then. Errors: setting_unknown, setting_not_number, and those of the rules.
    """
    access.ask(actor, "write")
    return ws.store.set_rules(lambda text: _changed(text, texts), actor=actor, at=ws.now())


def _changed(text: str | None, texts: Sequence[str]) -> str | None:
    """The document after the changes; None where it says the same as before."""
    before = read(text)
    after = parse(texts, before)
    return None if after == before else after.as_text()


def parse(texts: Sequence[str], before: Rules) -> Rules:
    """The rules with these changes. Errors: as :func:`change`."""
    rules, opening = before, before.opening
    tiers, cadence, weights = dict(rules.tiers.as_dict()), rules.cadence.as_dict(), dict(rules.weights)
    for text in texts:
        name, sign, value = (part.strip() for part in text.partition("="))
        if not sign or name not in names():
            raise AmdashError("setting_unknown", value=text, known=[*names()])
        if name == "hours":
            opening = None if value == ALWAYS else _with(opening, week=_week(value))
        elif name in _OPENING:
            opening = _with(opening, **{name: _OPENING[name](value)})
        elif name == "response_target_hours":
            rules = replace(rules, response_target_hours=_number(name, value))
        elif name == "attainment_from":
            rules = replace(rules, attainment_from=cast(AttainmentFrom, value))
        elif name in _CADENCE:
            cadence[_CADENCE[name]] = _number(name, value) if name == _DUE_WITHIN else value
        elif name in _WEIGHTS:
            weights[_WEIGHTS[name]] = _number(name, value)
        else:
            tiers[name] = _number(name, value)
    # Not before all are read: one weight may become 0 only because another is none.
    return replace(rules, opening=opening, tiers=TierRules.from_dict(tiers), cadence=CadenceRules.from_dict(cadence), weights=weights)


def names() -> tuple[str, ...]:
    """Everything that can be set."""
    return ("hours", *_OPENING, "response_target_hours", *Rules().tiers.as_dict(), *_CADENCE, *_WEIGHTS, "attainment_from")


def written(rules: Rules) -> dict[str, str]:
    """The rules as a person would type them."""
    opening = rules.opening.to_dict() if rules.opening else {}
    return {
        "hours": _week_text(opening["week"]) if opening else ALWAYS,
        **{name: ", ".join(value) if isinstance(value, list) else value or NONE for name, value in opening.items() if name != "week"},
        "response_target_hours": _text(rules.response_target_hours),
        **{name: _text(value) for name, value in rules.tiers.as_dict().items()},
        **{name: str(rules.cadence.as_dict()[rule]) for name, rule in _CADENCE.items()},
        **{name: _text(rules.weights[category]) for name, category in _WEIGHTS.items()},
        "attainment_from": rules.attainment_from,
    }


def standard() -> dict[str, str]:
    """What holds where nobody has set anything, as a person would type it."""
    return written(Rules())


def back(before: Rules, after: Rules) -> list[str]:
    """What takes a change back: the texts that set again what held before it; none where nothing changed."""
    was, now = written(before), written(after)
    hours = before.opening != after.opening
    # Hours are set from nothing, so that no day or region of now speaks against those of before.
    opening = [f"hours={ALWAYS}", *(f"{name}={was[name]}" for name in ("hours", *_OPENING) if name in was)] if hours else []
    return [*opening, *(f"{name}={value}" for name, value in was.items() if name not in ("hours", *_OPENING) and value != now[name])]


def _with(opening: OpeningHours | None, **changes: Any) -> OpeningHours:
    given = OpeningHours.from_dict({"week": _week(_USUAL)}).to_dict() if opening is None else opening.to_dict()
    return OpeningHours.from_dict({**given, **changes})


def _week(text: str) -> dict[str, list[list[str]]]:
    """'mon-fri 09:00-12:00 13:00-18:00; sat 09:00-12:00' as spans by weekday. Errors: hours_unreadable, hours_weekday_unknown."""
    week: dict[str, list[list[str]]] = {}
    for part in filter(None, (one.strip().lower() for one in text.split(";"))):
        days, *spans = part.split()
        if not spans:
            raise AmdashError("hours_unreadable", key=part)
        for day in _days(days):
            week[day] = [span.split("-", 1) if "-" in span else [span, ""] for span in spans]
    return week


def _days(text: str) -> list[str]:
    found: list[str] = []
    for part in text.split(","):
        first, _dash, last = part.partition("-")
        for day in (first, last or first):
            if day not in WEEKDAYS:
                raise AmdashError("hours_weekday_unknown", weekday=day, known=list(WEEKDAYS))
        start, stop = WEEKDAYS.index(first), WEEKDAYS.index(last or first)
        # fri-mon goes over the week's end.
        found += [WEEKDAYS[(start + step) % 7] for step in range((stop - start) % 7 + 1)]
    return found


def _week_text(week: dict[str, list[list[str]]]) -> str:
    """Days that have the same hours and follow one another as one."""
    parts: list[tuple[str, str, str]] = []
    for day in WEEKDAYS:
        spans = " ".join("-".join(span) for span in week.get(day, []))
        if spans and parts and parts[-1][2] == spans and WEEKDAYS.index(parts[-1][1]) == WEEKDAYS.index(day) - 1:
            parts[-1] = (parts[-1][0], day, spans)
        elif spans:
            parts.append((day, day, spans))
    return "; ".join(f"{first if first == last else f'{first}-{last}'} {spans}" for first, last, spans in parts)


def _list(text: str) -> list[str]:
    return [] if text == NONE else [part.strip() for part in text.split(",") if part.strip()]


def _code(text: str) -> str | None:
    return None if text == NONE else text


def _text(value: float) -> str:
    """The number in as few digits as are read again as the same one."""
    short = f"{value:g}"
    return short if float(short) == value else repr(value)


def _number(name: str, text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise AmdashError("setting_not_number", field=name, value=text) from None


# Name of a setting -> the rule that it sets: 'team=week' alone would not say what the team does every week.
_CADENCE: dict[str, str] = {f"feedback_{name}": name for name in CadenceRules().as_dict()}
_DUE_WITHIN = "feedback_due_within_days"
_WEIGHTS: dict[str, Category] = {f"weight_{category}": category for category in WEIGHTS}
_OPENING: dict[str, Callable[[str], Any]] = {"country": _code, "subdivision": _code, "closing_days": _list, "extra_days": _list}
