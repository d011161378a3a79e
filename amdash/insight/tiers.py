"""Customers in tiers by contribution, purchase frequency and loyalty: each in exactly one of VIP, normal, potential and lapsed."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal, get_args

import numpy as np
import pandas as pd

from amdash.errors import AmdashError
from amdash.insight.customers import listed_of, profiles, sales_of
from amdash.insight.rfm import scores, segments
from amdash.metrics.spec import Facts

Tier = Literal["vip", "normal", "potential", "lapsed"]
# The best first.
TIERS: tuple[Tier, ...] = get_args(Tier)
_MOST_DAYS = 36_500


@dataclass(frozen=True)
class TierRules:
    """The thresholds, in the words of the business; the first rule that holds decides.

    lapsed: has bought, but nothing for ``lapsed_after_days`` days.
    potential: listed or with an open deal and nothing bought yet, or a customer for less than ``new_within_days`` days.
    VIP: all three of contribution, frequency and loyalty: by the revenue of the last 12 months among the top
    ``vip_top_share`` (ratio) of those who bought in them, ``vip_orders`` orders in them, and a customer for ``vip_tenure_days`` days.
    normal: everybody else.

    Errors: AmdashError tier_rule_not_number, tier_rule_out_of_range (field, value, least, most).
    """

    lapsed_after_days: int = 180
    new_within_days: int = 90
    vip_top_share: float = 0.2
    vip_orders: int = 3
    vip_tenure_days: int = 180

    def __post_init__(self) -> None:
        for name, (least, most) in _RANGES.items():
            value = getattr(self, name)
            if isinstance(value, bool) or not isinstance(value, int | float) or (name not in _RATIOS and not float(value).is_integer()):
                raise AmdashError("tier_rule_not_number", field=name, value=value)
            if not least <= value <= most:
                raise AmdashError("tier_rule_out_of_range", field=name, value=value, least=least, most=most)
            # JSON knows one kind of number: 180.0 is 180 days.
            object.__setattr__(self, name, float(value) if name in _RATIOS else int(value))

    def as_dict(self) -> dict[str, int | float]:
        """The thresholds by name, ready for JSON."""
        return asdict(self)

    @classmethod
    def from_dict(cls, given: Mapping[str, Any]) -> TierRules:
        """Thresholds from their names; one that is not given is the default. Errors: as the class, and tier_rule_unknown (field, known)."""
        known = [field.name for field in fields(cls)]
        for name in given:
            if name not in known:
                raise AmdashError("tier_rule_unknown", field=name, known=known)
        return cls(**given)


_RATIOS = {"vip_top_share"}
# A share of nobody, or no order at all, would make the word VIP mean nothing.
_RANGES: dict[str, tuple[float, float]] = {
    "lapsed_after_days": (1, _MOST_DAYS),
    "new_within_days": (0, _MOST_DAYS),
    "vip_top_share": (0.001, 1.0),
    "vip_orders": (1, 1_000),
    "vip_tenure_days": (0, _MOST_DAYS),
}
DEFAULTS = TierRules()


def customer_tiers(facts: Facts, as_of: dt.date | None = None, rules: TierRules = DEFAULTS) -> pd.DataFrame:
    """Every customer known at a date, with scores and tier (see :func:`tiers`); without a date, at the facts' own."""
    return tiers(profiles(sales_of(facts), as_of or facts.as_of, listed_of(facts)), rules)


def tiers(known: pd.DataFrame, rules: TierRules = DEFAULTS) -> pd.DataFrame:
    """The profiles of :func:`amdash.insight.customers.profiles` with scores, segment and tier.

    Rows: as given. Added: r, f, m, t (1-5) and segment (see :mod:`amdash.insight.rfm`); revenue_rank, how many customers
    brought as much or more in the last 12 months (itself included; missing for who bought nothing in them); top, whether that
    is within the share of the VIPs; tier, one of TIERS. Empty: no row, every column.
    """
    scored = scores(known)
    rank = _revenue_rank(known)
    # With few customers the best one is still at the top; customers who tie across the limit all stay below it.
    places = max(1, math.floor(rules.vip_top_share * int(rank.notna().sum()) + 1e-9))
    top = (rank <= places).fillna(value=False).astype("bool") & (known["revenue_12m"] > 0)
    return scored.assign(segment=segments(scored), revenue_rank=rank, top=top, tier=_tier(known, top, rules))


def _revenue_rank(known: pd.DataFrame) -> pd.Series[Any]:
    recent = known.loc[known["orders_12m"] > 0, "revenue_12m"]
    return recent.rank(method="max", ascending=False).reindex(known.index).astype("Int64")


def _tier(known: pd.DataFrame, top: pd.Series[Any], rules: TierRules) -> pd.Series[Any]:
    bought = (known["frequency"] > 0).to_numpy()
    recency = known["recency_days"].to_numpy(dtype="float64", na_value=np.nan)
    tenure = known["tenure_days"].to_numpy(dtype="float64", na_value=np.nan)
    vip = top.to_numpy() & (known["orders_12m"] >= rules.vip_orders).to_numpy() & (tenure >= rules.vip_tenure_days)
    tier = np.select(
        [bought & (recency >= rules.lapsed_after_days), ~bought | (tenure < rules.new_within_days), vip], ["lapsed", "potential", "vip"], "normal"
    )
    return pd.Series(tier, index=known.index, dtype="str")


def by_manager(tiered: pd.DataFrame) -> pd.DataFrame:
    """Customers and revenue of the last 12 months per manager and tier.

    Rows: one per manager (missing where nobody has the customer, last) and tier that occurs, in the order of TIERS.
    Columns: manager, tier, customers, revenue_12m (money). Empty: no row, every column.
    """
    place = tiered["tier"].map({tier: number for number, tier in enumerate(TIERS)})
    groups = tiered.assign(place=place).groupby(["manager", "place", "tier"], dropna=False)
    counted = groups.agg(customers=("who", "size"), revenue_12m=("revenue_12m", "sum")).reset_index()
    return counted.drop(columns="place")
