"""An import killed at random moments, again and again: PYTHONPATH=. python tests/service/killing.py ROUNDS SEED prints what was found as JSON.

Every round starts from the same workspace, imports a corrected month in a process of its own and kills that process (SIGKILL) at a random
moment between its start and a third beyond its usual end. Then the workspace must be the old one or the new one, whole.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from amdash.config import Settings
from amdash.service import imports, rebuilding, scorecards
from amdash.service.imports import Upload
from amdash.service.workspace import Workspace, open_workspace

HEADER = "日期,客户经理,金额,订单编号\n"


def rows(factor: int) -> bytes:
    lines = (f"2026-{month:02d}-{1 + n % 28:02d},经理{n % 7},{factor * n},S{month}-{n}" for month in range(1, 7) for n in range(100))
    return (HEADER + "\n".join(lines)).encode()


def opened(folder: Path) -> Workspace:
    return open_workspace(Settings(folder, f"sqlite:///{folder / 'amdash.db'}"), now=lambda: dt.datetime(2026, 11, 24, 9, 0))


def store(folder: Path, data: bytes) -> None:
    ws = opened(folder)
    imports.confirm(ws, imports.preview(ws, [Upload("销售.csv", data)]))


def figures(ws: Workspace) -> str:
    return hashlib.sha256(scorecards.scorecard(ws, every="month").to_csv().encode()).hexdigest()


def killed_after(folder: Path, data: bytes, seconds: float) -> None:
    child = os.fork()
    if child == 0:
        store(folder, data)
        os._exit(0)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def outcome(folder: Path, old: str, new: str) -> str:
    """'old' or 'new', or what is wrong."""
    ws = opened(folder)
    revision, found = ws.revision(), figures(ws)
    if (revision, found) not in ((1, old), (2, new)):
        return f"neither old nor new: revision {revision}"
    for row in imports.history(ws):
        if any(hashlib.sha256(ws.store.original(sha256)).hexdigest() != sha256 for _, sha256 in row.files):
            return "an original is not what it was"
    if not rebuilding.rebuild(ws).identical or figures(ws) != found:
        return "rebuilt to other figures"
    return "old" if revision == 1 else "new"


def run(rounds: int, seed: int) -> dict[str, int]:
    """How often the workspace was found in which state."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as name:
        base, after = Path(name) / "base", Path(name) / "after"
        store(base, rows(1))
        old = figures(opened(base))
        shutil.copytree(base, after)
        begun = time.monotonic()
        store(after, rows(2))
        usual = time.monotonic() - begun
        new = figures(opened(after))
        found: Counter[str] = Counter()
        for number in range(rounds):
            folder = Path(name) / f"round{number}"
            shutil.copytree(base, folder)
            killed_after(folder, rows(2), chance.uniform(0, 1.33 * usual))
            found[outcome(folder, old, new)] += 1
            shutil.rmtree(folder)
    return dict(found)


if __name__ == "__main__":
    print(json.dumps(run(int(sys.argv[1]), int(sys.argv[2])), ensure_ascii=False))
