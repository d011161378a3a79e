"""The rules of the business: the hours that count while a customer waits, the promised time, the tiers of customers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from amdash.errors import AmdashError
from amdash.insight.tiers import DEFAULTS, TierRules
from amdash.metrics.workdays import OpeningHours

_LONGEST_PROMISE_HOURS = 24.0 * 365


@dataclass(frozen=True)
class Rules:
    """``opening``: None counts every hour. ``response_target_hours``: within which a customer is promised an answer, of those that count.

    Errors: promise_out_of_range.
    """

    opening: OpeningHours | None = None
    response_target_hours: float = 24.0
    tiers: TierRules = DEFAULTS

    def __post_init__(self) -> None:
        if not 0 < self.response_target_hours <= _LONGEST_PROMISE_HOURS:
            raise AmdashError("promise_out_of_range", value=self.response_target_hours, most=_LONGEST_PROMISE_HOURS)

    def as_dict(self) -> dict[str, Any]:
        """Ready for JSON."""
        return {
            "opening": None if self.opening is None else self.opening.to_dict(),
            "response_target_hours": self.response_target_hours,
            "tiers": self.tiers.as_dict(),
        }

    @classmethod
    def from_dict(cls, given: Mapping[str, Any]) -> Rules:
        """What :meth:`as_dict` wrote; what is left out is as nobody had set it. Errors: those of the classes."""
        opening = given.get("opening")
        return cls(
            None if opening is None else OpeningHours.from_dict(opening),
            float(given.get("response_target_hours", cls.response_target_hours)),
            TierRules.from_dict(given.get("tiers", {})),
        )

    def as_text(self) -> str:
        """As it is kept: the same rules are the same text."""
        return json.dumps(self.as_dict(), ensure_ascii=False, sort_keys=True)


def read(text: str | None) -> Rules:
    """The rules of a document, or those that hold where nobody has set any."""
    return Rules() if text is None else Rules.from_dict(json.loads(text))
