"""The rules of the business: the hours that count while a customer waits, the promised time, tiers, feedback, the weights of the score."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, get_args

from amdash.errors import AmdashError
from amdash.insight.cadence import DEFAULTS as USUAL_CADENCE
from amdash.insight.cadence import CadenceRules
from amdash.insight.tiers import DEFAULTS, TierRules
from amdash.metrics.score import WEIGHTS
from amdash.metrics.spec import AttainmentFrom, Category
from amdash.metrics.workdays import OpeningHours

_LONGEST_PROMISE_HOURS = 24.0 * 365
_HEAVIEST = 1_000_000


@dataclass(frozen=True)
class Rules:
    """What a business has set for itself; each rule is as the source document has it until somebody sets another.

    ``opening``: None counts every hour. ``response_target_hours``: within which a customer is promised an answer, of those that count.
    ``cadence``: how often each source gives feedback. ``weights``: of the groups in the weighted score; only their ratios matter.
    ``attainment_from``: which sales are held against the sales targets.
    Errors: promise_out_of_range, weight_unknown, weight_out_of_range, weights_all_zero, attainment_from_unknown.
    """

    opening: OpeningHours | None = None
    response_target_hours: float = 24.0
    tiers: TierRules = DEFAULTS
    cadence: CadenceRules = USUAL_CADENCE
    # A mapping has no hash; equal rules have equal ones without it, too.
    weights: Mapping[Category, float] = field(default_factory=lambda: dict(WEIGHTS), hash=False)
    attainment_from: AttainmentFrom = "sales_amount"

    def __post_init__(self) -> None:
        if not 0 < self.response_target_hours <= _LONGEST_PROMISE_HOURS:
            raise AmdashError("promise_out_of_range", value=self.response_target_hours, most=_LONGEST_PROMISE_HOURS)
        object.__setattr__(self, "weights", _weights(self.weights))
        if self.attainment_from not in get_args(AttainmentFrom):
            raise AmdashError("attainment_from_unknown", value=self.attainment_from, known=list(get_args(AttainmentFrom)))

    def as_dict(self) -> dict[str, Any]:
        """Ready for JSON."""
        return {
            "opening": None if self.opening is None else self.opening.to_dict(),
            "response_target_hours": self.response_target_hours,
            "tiers": self.tiers.as_dict(),
            "cadence": self.cadence.as_dict(),
            "weights": dict(self.weights),
            "attainment_from": self.attainment_from,
        }

    @classmethod
    def from_dict(cls, given: Mapping[str, Any]) -> Rules:
        """What :meth:`as_dict` wrote; what is left out is as nobody had set it. Errors: those of the classes."""
        opening = given.get("opening")
        return cls(
            None if opening is None else OpeningHours.from_dict(opening),
            float(given.get("response_target_hours", cls.response_target_hours)),
            TierRules.from_dict(given.get("tiers", {})),
            CadenceRules.from_dict(given.get("cadence", {})),
            given.get("weights", {}),
            given.get("attainment_from", cls.attainment_from),
        )

    def as_text(self) -> str:
        """As it is kept: the same rules are the same text."""
        return json.dumps(self.as_dict(), ensure_ascii=False, sort_keys=True)


def read(text: str | None) -> Rules:
    """The rules of a document, or those that hold where nobody has set any."""
    return Rules() if text is None else Rules.from_dict(json.loads(text))


def _weights(given: Mapping[Any, Any]) -> dict[Category, float]:
    """A weight for every group, the usual one where none is given."""
    for name, value in given.items():
        if name not in WEIGHTS:
            raise AmdashError("weight_unknown", field=name, known=list(WEIGHTS))
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= _HEAVIEST:
            raise AmdashError("weight_out_of_range", field=name, value=value, least=0, most=_HEAVIEST)
    found: dict[Category, float] = {name: float(given.get(name, usual)) for name, usual in WEIGHTS.items()}
    if not any(found.values()):
        raise AmdashError("weights_all_zero")
    return found
