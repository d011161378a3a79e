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


def draw_target(figure: go.Figure, reading: Reading, factor: float, line: Mapping[str, Any], **place: Any) -> None:
    """A reading's target, dashed: over the whole plot, or as level lines where it changed. ``place``: row and column of the plot, and its layer."""
    if reading.aims():
        path = steps(reading.aims(), lambda at: at, lambda value: value * factor)
        figure.add_shape(type="path", path=path, line=line, **place)
    elif reading.target is not None:
        figure.add_hline(y=reading.target * factor, line=line, **place)


def _around(run: Sequence[tuple[int, float, float]], across: Callable[[float], float], up: Callable[[float], float]) -> str:
    above = [(place + side, upper) for place, _lower, upper in run for side in (-0.5, 0.5)]
    below = [(place + side, lower) for place, lower, _upper in reversed(run) for side in (0.5, -0.5)]
    return "M" + " L".join(f"{across(place):.6g},{up(value):.6g}" for place, value in (*above, *below)) + " Z"
