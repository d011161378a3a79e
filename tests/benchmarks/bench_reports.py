"""How long everybody's PDFs take, beside WeasyPrint, and beside plotly + kaleido for their charts alone:
python tests/benchmarks/bench_reports.py [--managers 100] [--others 100] [--python PYTHON]

A workspace of MANAGERS from generated sheets: thirteen months of sales, tickets, surveys, complaints and targets. Once: finding what all
reports share; for each: its document, and setting it with a compiler of its own or one that is kept. Then the batch, one by one and on all
processors, which must be the same bytes. WeasyPrint gets the same words, tables and charts (as SVG) in plain HTML, kaleido the same large
charts, for the first OTHERS of them. Both are run by PYTHON, an interpreter that has them and need have nothing else:

    apt-get install libpango-1.0-0 libpangoft2-1.0-0 chromium
    python -m venv others && others/bin/pip install weasyprint kaleido plotly
    python tests/benchmarks/bench_reports.py --python others/bin/python

What is missing is said and left out. Ratios are to ours in the same run; seconds are of this machine.
"""

from __future__ import annotations

import argparse
import datetime as dt
import html
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from amdash.config import Settings  # noqa: E402
from amdash.report import pdf as setting  # noqa: E402
from amdash.report.batch import in_order  # noqa: E402
from amdash.service import exports, imports  # noqa: E402
from amdash.service.imports import Upload  # noqa: E402
from amdash.service.workspace import Workspace, open_workspace  # noqa: E402

MONTHS = ["2025-10", "2025-11", "2025-12", *(f"2026-{month:02d}" for month in range(1, 11))]
PERIOD = MONTHS[-1]
OTHERS = Path(__file__).with_name("other_engines.py")
T = TypeVar("T")


def sheets(managers: int) -> Iterable[Upload]:
    """The same for every run."""
    rng = random.Random(7)
    people = [f"经理{number:03d}" for number in range(managers)]
    each = [(month, number, name) for month in MONTHS for number, name in enumerate(people)]

    def day(month: str) -> str:
        return f"{month}-{rng.randrange(1, 29):02d}"

    def ticket(month: str) -> tuple[dt.datetime, dt.datetime]:
        opened = dt.datetime.fromisoformat(day(month)) + dt.timedelta(hours=9)
        return opened, opened + dt.timedelta(minutes=round(rng.expovariate(1 / 900)))

    made: dict[str, tuple[str, list[tuple[object, ...]]]] = {
        "客户经理名单": ("姓名,团队,入职日期", [(name, f"{number // 12 + 1}组", "2024-01-01") for number, name in enumerate(people)]),
        "销售目标": ("月份,客户经理,销售目标(元)", [(month, name, rng.randrange(200_000, 500_000)) for month, _, name in each]),
        "销售明细": (
            "订单编号,下单日期,客户名称,客户经理,金额(元)",
            [
                (f"XS{month}-{number}-{k}", day(month), f"客户{number:03d}{rng.randrange(12)}", name, round(rng.uniform(100, 9e4), 2))
                for month, number, name in each
                for k in range(8)
            ],
        ),
        "工单": (
            "工单编号,提交时间,首次响应时间,客户经理",
            [(f"GD{month}-{number}-{k}", *ticket(month), name) for month, number, name in each for k in range(6)],
        ),
        "满意度": (
            "调查日期,客户名称,客户经理,满意度评分",
            [(day(month), f"客户{number:03d}{k}", name, rng.choice([3, 4, 4, 5, 5, 5])) for month, number, name in each for k in range(6)],
        ),
        "投诉": (
            "投诉编号,投诉日期,客户名称,客户经理,是否解决",
            [(f"TS{month}-{number}", day(month), f"客户{number:03d}1", name, rng.choice("是是是否")) for month, number, name in each],
        ),
    }
    for name, (head, rows) in made.items():
        yield Upload(f"{name}.csv", "\n".join([head, *(",".join(map(str, row)) for row in rows)]).encode())


def seconds(work: Callable[[], T]) -> tuple[T, float, float]:
    """(what came of it, seconds on the clock, of all processors together)."""
    clock, processor = time.perf_counter(), time.process_time()
    found = work()
    return found, time.perf_counter() - clock, time.process_time() - processor


@contextmanager
def processors(count: int) -> Any:
    """As if the machine had so many."""
    whole = os.cpu_count
    os.cpu_count = lambda: count
    try:
        yield
    finally:
        os.cpu_count = whole


def documents(ws: Workspace) -> list[tuple[dict[str, Any], dt.datetime]]:
    """Everybody's, as they are given to be set."""
    kept: list[tuple[dict[str, Any], dt.datetime]] = []
    whole = exports.compile_pdf
    exports.compile_pdf = lambda content, at: kept.append((content, at)) or b""  # type: ignore[misc, assignment, func-returns-value]
    try:
        with processors(1):
            list(exports.reports(ws, PERIOD, "zh"))
    finally:
        exports.compile_pdf = whole
    return kept


def set_anew(given: tuple[dict[str, Any], dt.datetime]) -> bytes:
    """With a compiler of its own."""
    setting._own.__dict__.clear()
    return setting.compile_pdf(*given)


def ours(ws: Workspace) -> tuple[list[dict[str, Any]], float]:
    """Print how long ours take; returns the documents and the seconds of a PDF in the batch."""
    list(exports.reports(ws, PERIOD, "zh", managers=["经理000"]))
    given, clock, processor = seconds(lambda: documents(ws))
    print(f"figures, words and numbers of all: {clock:.2f} s ({processor:.2f} s of processors), {1000 * clock / len(given):.0f} ms a manager")
    sample = given[: min(40, len(given))]
    # Even ones in one way, odd ones in the other, and the other way round, so that neither finds what the other left behind.
    anew, kept = [], []
    for turn in range(2):
        for place, one in enumerate(sample):
            way, taken = (set_anew, anew) if (place + turn) % 2 else ((lambda pair: setting.compile_pdf(*pair)), kept)
            taken.append(seconds(lambda way=way, one=one: way(one))[2])
    print(
        f"setting one: {1000 * statistics.median(anew):.1f} ms of a processor with a compiler of its own, "
        f"{1000 * statistics.median(kept):.1f} ms with one that is kept, ratio {statistics.median(kept) / statistics.median(anew):.2f}"
    )
    one_by_one, alone, alone_cpu = seconds(lambda: [setting.compile_pdf(*one) for one in given])
    together, pooled, pooled_cpu = seconds(lambda: list(in_order(lambda one: setting.compile_pdf(*one), given)))
    print(
        f"setting all {len(given)}: one by one {alone:.2f} s ({alone_cpu:.2f} of processors), on {os.cpu_count()} processors {pooled:.2f} s "
        f"({pooled_cpu:.2f}), ratio {pooled / alone:.2f}; processors busy at once {alone_cpu / alone:.2f} and {pooled_cpu / pooled:.2f}"
    )
    with processors(1):
        first, single, _cpu = seconds(lambda: exports.report_zip(ws, PERIOD, "zh"))
    second, batch, batch_cpu = seconds(lambda: exports.report_zip(ws, PERIOD, "zh"))
    same = one_by_one == together and first == second
    print(
        f"the whole batch, figures and ZIP included: on one thread {single:.2f} s, on {os.cpu_count()} {batch:.2f} s ({batch_cpu:.2f} of "
        f"processors), ratio {batch / single:.2f}; {1000 * batch / len(given):.0f} ms a PDF; {len(second[1]) / len(given) / 1024:.0f} kB each; "
        f"same bytes: {'yes' if same else 'NO'}"
    )
    return [content for content, _at in given], pooled / len(given)


def svg(series: dict[str, Any], alt: str, width: float, height: float) -> str:
    """A series as it is drawn in ours: band of its limits, target, line with gaps, points."""
    known = [value for value in series["values"] if value is not None]
    if not known:
        return ""
    limits, target = series["limits"], series["target"]
    heights = [*known, *([target] if target is not None else []), *(limits or ())]
    low, high = min(heights), max(heights)
    room = (high - low) or 1.0

    def x(place: int) -> float:
        return 3 + (width - 6) * place / max(1, len(series["values"]) - 1)

    def y(value: float) -> float:
        return 2 + (height - 4) * (1 - (value - low) / room)

    parts = []
    if limits:
        parts.append(f'<rect x="0" y="{y(limits[2]):.1f}" width="{width}" height="{y(limits[0]) - y(limits[2]):.1f}" fill="#F2F0EC"/>')
        parts.append(f'<path d="M0 {y(limits[1]):.1f}H{width}" stroke="#7A828E" stroke-width="0.4"/>')
    if target is not None:
        parts.append(f'<path d="M0 {y(target):.1f}H{width}" stroke="#1E252E" stroke-width="0.6" stroke-dasharray="2 2"/>')
    points = [(x(place), y(value), place) for place, value in enumerate(series["values"]) if value is not None]
    pairs = [(one, other) for one, other in pairwise(points) if other[2] == one[2] + 1]
    parts += [f'<path d="M{a:.1f} {b:.1f}L{c:.1f} {d:.1f}" stroke="#5A6270"/>' for (a, b, _), (c, d, _n) in pairs]
    parts += [f'<circle cx="{a:.1f}" cy="{b:.1f}" r="1.4" fill="#1E252E"/>' for a, b, _ in points]
    size = f'width="{width}pt" height="{height}pt" viewBox="0 0 {width} {height}"'
    return f'<svg {size} role="img"><title>{html.escape(alt)}</title>{"".join(parts)}</svg>'


def page(content: dict[str, Any]) -> str:
    """The same page in plain HTML."""

    def text(value: object) -> str:
        return html.escape(str(value))

    rows = "".join(
        f"<tr><th>{text(row['name'])}</th><td><b>{text(row['digits'])}</b> {text(row['unit'])}</td><td>{text(row['range'])}</td>"
        f"<td>{text(row['target'])}</td><td>{text(row['verdict_words'])}</td><td>{text(row['variation_words'])}</td>"
        f"<td>{svg(row['series'], row['alt'], 100, 20)}</td></tr>"
        for row in content["rows"]
    )
    charts = "".join(f"<figure><b>{text(one['name'])}</b> {svg(one['series'], one['alt'], 206, 74)}</figure>" for one in content["charts"])
    head = "".join(f"<th>{text(word)}</th>" for word in content["head"])
    story = "".join(f"<p><b>{text(lead)}</b> {text(said)}</p>" for lead, said in content["story"])
    return (
        f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>{text(content["title"])}</title>'
        '<style>@page{size:A4;margin:15mm 17mm 21mm}body{font:9pt "Noto Sans CJK SC";color:#1E252E}table{width:100%;border-collapse:collapse}'
        "th,td{text-align:left;border-bottom:.4pt solid #DEDAD3;padding:3pt 4pt;font-weight:400}figure{display:inline-block;margin:4pt}</style>"
        f"<h1>{text(content['manager'])}</h1><p>{text(content['team'])} {text(content['period'])}</p>{story}"
        f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>{charts}"
    )


def figure(chart: dict[str, Any]) -> dict[str, Any]:
    """The same large chart for plotly."""
    series = chart["series"]
    shapes = [
        {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": y, "y1": y, "line": {"dash": "dash"}} for y in [series["target"]] if y is not None
    ]
    if series["limits"]:
        low, _centre, high = series["limits"]
        shapes.append(
            {"type": "rect", "xref": "paper", "x0": 0, "x1": 1, "y0": low, "y1": high, "layer": "below", "line": {"width": 0}, "fillcolor": "#F2F0EC"}
        )
    return {
        "data": [{"type": "scatter", "mode": "lines+markers", "y": series["values"], "x": list(chart["labels"])}],
        "layout": {"width": 320, "height": 120, "shapes": shapes, "title": {"text": chart["name"]}},
    }


def beside(python: str, name: str, given: list[Any], ours_s: float, folder: Path, what: str) -> None:
    """Print how long another takes for the same."""
    path = folder / f"{name}.json"
    path.write_text(json.dumps(given), encoding="utf-8")
    done = subprocess.run([python, str(OTHERS), name, str(path)], capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"{name}: LEFT OUT, it failed: {done.stderr.strip().splitlines()[-1]}")
        return
    found = json.loads(done.stdout.splitlines()[-1])
    if "missing" in found:
        print(f"{name}: LEFT OUT, not installed ({found['missing']}); how to: the head of this file")
        return
    each = found["each_s"]
    print(
        f"{name}: {what}: {1000 * statistics.mean(each):.0f} ms a manager (median {1000 * statistics.median(each):.0f}, first "
        f"{1000 * each[0]:.0f}), {sum(each):.1f} s for {len(each)}, after {found['begin_s']:.1f} s to begin; "
        f"{statistics.mean(each) / ours_s:.1f} times setting the whole PDF by ours",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--managers", type=int, default=100)
    parser.add_argument("--others", type=int, default=100)
    parser.add_argument("--python", default=sys.executable, help="an interpreter that has WeasyPrint and kaleido")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        ws = open_workspace(Settings(Path(folder), f"sqlite:///{folder}/amdash.db"))
        imports.confirm(ws, imports.preview(ws, list(sheets(wanted.managers))))
        contents, ours_s = ours(ws)
        given = json.loads(json.dumps(contents[: wanted.others], default=list))
        charts = [[figure(chart) for chart in content["charts"]] for content in given]
        beside(wanted.python, "weasyprint", [page(content) for content in given], ours_s, Path(folder), "the same words and charts as PDF/UA")
        beside(wanted.python, "kaleido", charts, ours_s, Path(folder), f"{statistics.mean(map(len, charts)):.1f} charts alone, as SVG")


if __name__ == "__main__":
    main()
