"""What stands behind the figures of a page: everybody by name, and the rows behind a number."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from amdash.i18n import Translator, formats
from amdash.i18n.words import row_words
from amdash.metrics import catalogue, period
from amdash.metrics.spec import Kpi
from amdash.schema import TABLES
from amdash.service import drilldown
from amdash.ui import reads, session, tables

# Seconds are nothing that anybody looks for.
_MINUTES = "YYYY-MM-DD HH:mm"


def manager_names() -> list[str]:
    """Everybody, in the order of the roster."""
    return list(reads.managers())


def field_label(words: str, kpi: Kpi, _: Translator) -> str:
    """What a field for a value of a KPI is called, with the unit to write it in where it has one: '目前水平（家）', 'Stands at (%)'."""
    unit = formats.figure(0.0, kpi.unit, _.language)[1]
    return _("{field} ({unit})", field=words, unit=unit) if unit else words


def rows_table(kpi: str, manager: str, wanted: str, height: int = 260) -> None:
    """The facts that a figure of a manager counts, with file, sheet and row at the end; ``height`` in pixels."""
    _ = session.words()
    months = period.months_of(wanted)
    rows = drilldown.rows_behind(reads.workspace(), kpi, manager=manager, start=months[0], end=months[-1])
    count = f":gray[{_.plural('{n} row', '{n} rows', len(rows))}]"
    if not rows:
        st.markdown(count)
        return
    chosen = TABLES[catalogue.by_id(kpi).rows]
    # A figure may come from the monthly summary where no detail is there.
    titles = {field.name: _(field.title) for table in (TABLES["summary"], chosen) for field in table.fields}
    titles |= {"waiting_hours": _("Still waiting, hours")}
    known = pd.DataFrame(
        [
            {
                # Whose rows they are is said above, and takes the room of the customer's name.
                **{titles[name]: row_words(name, value, _) for name, value in row.values.items() if name in titles and name != "manager"},
                _("File"): row.file,
                _("Sheet"): row.sheet,
                _("Row"): row.row,
            }
            for row in rows
        ]
    ).dropna(axis="columns", how="all")
    # Behind the day comes who it was about, wherever the sheet says that: what stands further right must be scrolled for.
    customer = titles.get("customer")
    order = sorted(known.columns, key=lambda title: (title != known.columns[0], title != customer))
    days = {titles[field.name]: st.column_config.DateColumn() for field in chosen.fields if field.kind == "date"}
    days |= {titles[field.name]: st.column_config.DatetimeColumn(format=_MINUTES) for field in chosen.fields if field.kind == "datetime"}
    name = " · ".join((_(catalogue.by_id(kpi).name), manager, formats.month(wanted, _.language)))
    tables.frame(name, known[order], "rows_behind", note=count, height=height, column_config=days)
