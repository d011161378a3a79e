"""The words of every page explained: verdicts, variation, assurance, customer tiers, the weighted score."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from amdash.i18n import Translator, formats
from amdash.i18n.words import ASSURED, ASSURED_MEANINGS, FAMILIES, TIERS, VARIATION_MEANINGS, VARIATIONS, VERDICT_MEANINGS, VERDICTS
from amdash.service import scorecards
from amdash.service.rules import Rules
from amdash.ui.markup.dictionary import Explained


@dataclass(frozen=True)
class Term:
    """A group of words that belong together, with a sentence before them and one below."""

    title: str
    said: str
    explained: tuple[Explained, ...]
    note: str = ""

    def holds(self, text: str) -> bool:
        """Whether a folded text stands anywhere in it."""
        return any(text in one.casefold() for one in (self.title, self.said, self.note, *(f"{word.word} {word.meaning}" for word in self.explained)))


def terms(rules: Rules, _: Translator) -> Mapping[str, Term]:
    """All of them by name, in the translator's language, with the thresholds and weights that hold."""
    return {name: make(rules, _) for name, make in _MAKERS.items()}


def _marked(words: Mapping[str, str], meanings: Mapping[str, str], _: Translator) -> tuple[Explained, ...]:
    return tuple(Explained(mark, _(words[mark]), _(meaning)) for mark, meaning in meanings.items())


def _verdict(_rules: Rules, _: Translator) -> Term:
    return Term(_("Is the target met?"), _("The mark before a figure: the figure against its target."), _marked(VERDICTS, VERDICT_MEANINGS, _))


def _variation(_rules: Rules, _: Translator) -> Term:
    return Term(
        _("Has anything changed?"),
        _("The mark behind a figure: the figure against its own past, whatever the target."),
        _marked(VARIATIONS, VARIATION_MEANINGS, _),
        _(
            "Ordinary is the grey band of the charts: the mean, 2.66 times the usual step from one period to the next up and down. "
            "A figure beyond it is a change; so are seven in a row on one side of the mean, or seven in one direction."
        ),
    )


def _assurance(_rules: Rules, _: Translator) -> Term:
    return Term(
        _("Will it be met?"),
        _("What to expect of the next months if nothing is done differently: the grey band against the target."),
        _marked(ASSURED, ASSURED_MEANINGS, _),
        _("A band around the target changes only when the work does: another wish changes nothing."),
    )


def _tiers(rules: Rules, _: Translator) -> Term:
    tiers = rules.tiers
    share = formats.written(tiers.vip_top_share, "ratio", _.language).replace(".0%", "%")
    meanings = {
        "vip": _(
            "Among the top {share} by revenue of the last twelve months, {orders} orders or more in them, and a customer for {days} days.",
            share=share,
            orders=tiers.vip_orders,
            days=tiers.vip_tenure_days,
        ),
        "normal": _("Everybody else who buys."),
        "potential": _(
            "On the list or with an open deal and nothing bought yet, or a customer for less than {days} days.", days=tiers.new_within_days
        ),
        "lapsed": _("Has bought, but nothing for {days} days.", days=tiers.lapsed_after_days),
    }
    explained = tuple(Explained("", _(TIERS[name]), meaning) for name, meaning in meanings.items())
    return Term(_("Customer tiers"), _("Every customer is in exactly one of four."), explained, _("The limits are set on the page of settings."))


def _score(rules: Rules, _: Translator) -> Term:
    whole = sum(rules.weights.values())
    explained = []
    for category, weight in rules.weights.items():
        names = _.comma.join(_(kpi.name) for kpi in scorecards.kpis() if kpi.weighted and kpi.category == category)
        share = formats.written(weight / whole, "ratio", _.language).replace(".0%", "%")
        explained.append(Explained("", f"{_(FAMILIES[category])} {share}", names))
    return Term(
        _("Weighted score"),
        _("One figure for all targets of a person: 100 is every target just reached."),
        tuple(explained),
        _(
            "Every KPI counts by how much of its target is reached, up to 120 %. Within a group all count alike. "
            "What was not measured, or on too few cases, is left out, and the rest counts the more."
        ),
    )


_MAKERS: Mapping[str, Callable[[Rules, Translator], Term]] = {
    "verdict": _verdict,
    "variation": _variation,
    "assurance": _assurance,
    "tiers": _tiers,
    "score": _score,
}
