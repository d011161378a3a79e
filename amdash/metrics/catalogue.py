"""All KPIs, found by looking into amdash/metrics/kpi; adding one touches nothing else."""

from __future__ import annotations

import importlib
import pkgutil

from amdash.errors import AmdashError
from amdash.metrics import kpi as package
from amdash.metrics.spec import Kpi


def _discover() -> dict[str, Kpi]:
    found: list[Kpi] = [importlib.import_module(f"{package.__name__}.{module.name}").KPI for module in pkgutil.iter_modules(package.__path__)]
    return {item.id: item for item in sorted(found, key=lambda item: (item.rank, item.id))}


KPIS: dict[str, Kpi] = _discover()


def by_id(name: str) -> Kpi:
    """The KPI with an id. Errors: kpi_unknown, with the known ids."""
    if name not in KPIS:
        raise AmdashError("kpi_unknown", kpi=name, known=list(KPIS))
    return KPIS[name]
