"""What changes from point to point: limits as a band in steps, as wide at each point as its own, and a target as level lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import plotly.graph_objects as go

from amdash.insight.reading import Reading

Band = Sequence[tuple[int, float, float]]


def step_path(band: Band, across: Callable[[float], float], up: Callable[[float], float]) -> str:
    """An SVG path around the band; ``across`` and ``up`` place a point's number and a value. Points apart are bands apart; '' for none."""
    runs: list[list[tuple[int, float, float]]] = []
    for one in band:
        if runs and one[0] == runs[-1][-1][0] + 1:
            runs[-1].append(one)
        else:
            runs.append([one])
    return " ".join(_around(run, across, up) for run in runs)


def steps(aims: Sequence[tuple[int, int, float]], across: Callable[[float], float], up: Callable[[float], float]) -> str:
    """An SVG path of a target that changed: a level line over the points of each stretch. '' for none."""
    return " ".join(f"M{across(first - 0.5):.6g},{up(aim):.6g} L{across(last + 0.5):.6g},{up(aim):.6g}" for first, last, aim in aims)


def draw_target(figure: go.Figure, reading: Reading, factor: float, line: Mapping[str, Any]) -> None:
    """A reading's target, dashed: over the whole plot, or as level lines where it changed."""
    for shape in target_shapes(reading, factor, line):
        figure.add_shape(shape)


def target_shapes(reading: Reading, factor: float, line: Mapping[str, Any], axes: str = "") -> list[dict[str, Any]]:
    """The same for a plot whose axes have the number ``axes``; none without a target."""
    if reading.aims():
        path = steps(reading.aims(), lambda at: at, lambda value: value * factor)
        return [{"type": "path", "xref": f"x{axes}", "yref": f"y{axes}", "path": path, "line": line}]
    if reading.target is None:
        return []
    height = reading.target * factor
    return [{"type": "line", "xref": f"x{axes} domain", "yref": f"y{axes}", "x0": 0, "x1": 1, "y0": height, "y1": height, "line": line}]


def band_shapes(reading: Reading, factor: float, ground: Mapping[str, Any], axes: str = "") -> list[dict[str, Any]]:
    """The limits as a band over the whole plot, or in steps where they differ; none without limits."""
    if reading.band():
        path = step_path(reading.band(), lambda place: place, lambda value: value * factor)
        return [{"type": "path", "xref": f"x{axes}", "yref": f"y{axes}", "path": path, **ground}]
    if reading.limits is None:
        return []
    lower, upper = reading.limits.lower * factor, reading.limits.upper * factor
    return [{"type": "rect", "xref": f"x{axes} domain", "yref": f"y{axes}", "x0": 0, "x1": 1, "y0": lower, "y1": upper, **ground}]


def _around(run: Sequence[tuple[int, float, float]], across: Callable[[float], float], up: Callable[[float], float]) -> str:
    above = [(place + side, upper) for place, _lower, upper in run for side in (-0.5, 0.5)]
    below = [(place + side, lower) for place, lower, _upper in reversed(run) for side in (0.5, -0.5)]
    return "M" + " L".join(f"{across(place):.6g},{up(value):.6g}" for place, value in (*above, *below)) + " Z"
