"""An import that is killed at any moment leaves the workspace as it was before, or as it is after: never between."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).with_name("killing.py")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs os.fork")
def test_a_killed_import_leaves_the_old_workspace_or_the_new_one() -> None:
    """AMDASH_KILLS sets how many times; by hand it is run with 200."""
    rounds = int(os.environ.get("AMDASH_KILLS", "12"))
    environment = {**os.environ, "PYTHONPATH": str(SCRIPT.parents[2])}
    asked = [sys.executable, str(SCRIPT), str(rounds), "20261126"]
    done = subprocess.run(asked, capture_output=True, text=True, timeout=1200, check=True, env=environment)
    found = json.loads(done.stdout)
    assert set(found) <= {"old", "new"}
    assert sum(found.values()) == rounds
