"""What stands about one manager beside the figures."""

from __future__ import annotations

import re

from amdash.i18n import translator
from amdash.ui.person import why


def test_points_that_are_written_alike_look_alike() -> None:
    found = [{"kpi": "csat", "value_before": 0.9, "value_after": 0.8, "points": points} for points in (-0.0054, -0.0049, -0.0046, -0.0044, 0.0054)]
    told = re.findall(r"<td class=short[^>]*>(?:<span class=\"(\w+)\">)?([^<]*)(?:</span>)?</td></tr>", why(found, translator("en")))
    assert told == [("no", "−0.5"), ("no", "−0.5"), ("no", "−0.5"), ("", "−0.4"), ("", "+0.5")]
