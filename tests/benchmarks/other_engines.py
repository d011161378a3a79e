"""What bench_reports.py lets others do, in an interpreter that has them: python other_engines.py weasyprint|kaleido FILE.json

FILE.json: a list of HTML pages, or of lists of plotly figures. JSON on standard output: seconds to begin, seconds of each, bytes in all;
or {"missing": why}. Nothing of amdash is needed, and WeasyPrint and kaleido are no dependencies of it.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any


def weasyprint(pages: list[str]) -> dict[str, Any]:
    """An HTML page each."""
    begun = time.perf_counter()
    from weasyprint import HTML
    from weasyprint.text.fonts import FontConfiguration

    # Found once for all, as our fonts are.
    fonts = FontConfiguration()
    return _timed(begun, pages, lambda page: len(HTML(string=page).write_pdf(font_config=fonts, pdf_variant="pdf/ua-1")))


def kaleido(figures: list[list[dict[str, Any]]]) -> dict[str, Any]:
    """Some charts each, as SVG, in one browser that stays open."""
    begun = time.perf_counter()
    os.environ.setdefault("BROWSER_PATH", shutil.which("chromium") or "")
    import kaleido

    kaleido.start_sync_server()
    try:
        return _timed(begun, figures, lambda charts: sum(len(kaleido.calc_fig_sync(chart, opts={"format": "svg"})) for chart in charts))
    finally:
        kaleido.stop_sync_server()


def _timed(begun: float, given: list[Any], make: Callable[[Any], int]) -> dict[str, Any]:
    begin_s, each, size = time.perf_counter() - begun, [], 0
    for one in given:
        start = time.perf_counter()
        size += make(one)
        each.append(time.perf_counter() - start)
    return {"begin_s": begin_s, "each_s": each, "bytes": size}


if __name__ == "__main__":
    work = {"weasyprint": weasyprint, "kaleido": kaleido}[sys.argv[1]]
    try:
        print(json.dumps(work(json.loads(Path(sys.argv[2]).read_text(encoding="utf-8")))))
    except ImportError as error:
        print(json.dumps({"missing": str(error)}))
