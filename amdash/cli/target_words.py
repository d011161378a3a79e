"""Targets as a person types and reads them on the command line."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from amdash.errors import AmdashError
from amdash.i18n import Translator, formats
from amdash.metrics import catalogue
from amdash.metrics.spec import Kpi

# 120,000 and 1,200,000.50; 1,5 is somebody else's one and a half.
_GROUPED = re.compile(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?[%％]?")


def aim(kpi: Kpi, value: float | None, _: Translator) -> str:
    """'≥ 95%' or 'no target'."""
    return formats.target(value, kpi.unit, kpi.higher_is_better, _.language) or _("no target")


def number(kpi: str, text: str) -> float:
    """What a person types: 95%, 0.95, 120000, 120,000. Errors: target_value_invalid."""
    plain = text.strip()
    try:
        if "," in plain and not _GROUPED.fullmatch(plain.lstrip("-")):
            raise ValueError(plain)
        plain = plain.replace(",", "")
        return float(Decimal(plain[:-1]) / 100) if plain.endswith(("%", "％")) else float(plain)
    except (ValueError, InvalidOperation):
        raise AmdashError("target_value_invalid", value=text, field=catalogue.by_id(kpi).name) from None
