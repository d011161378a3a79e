"""The field for a day: written as everywhere else, year, month, day."""

from __future__ import annotations

import datetime as dt
from typing import Any

from streamlit.delta_generator import DeltaGenerator

# Streamlit writes slashes unless it is told otherwise.
_FORM = "YYYY-MM-DD"


def day_field(place: DeltaGenerator, label: str, value: dt.date | None, **more: Any) -> Any:
    """A field for one day in a column or container; what comes back, and ``more``, are as Streamlit's date_input has them."""
    return place.date_input(label, value=value, format=_FORM, **more)
