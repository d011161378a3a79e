"""What stands in a PDF, read by poppler's pdftotext as a person's viewer would."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest


def pdftotext(pdf: bytes, *options: str) -> str:
    """The text; the test is skipped visibly where there is no pdftotext, or fails where nothing may be skipped."""
    tool = shutil.which("pdftotext")
    if tool is None:
        if os.environ.get("AMDASH_REQUIRE_ALL") == "1":
            pytest.fail("pdftotext is missing, and here nothing may be skipped")
        pytest.skip("pdftotext is missing")
    done = subprocess.run([tool, *options, "-", "-"], input=pdf, capture_output=True, check=True)
    # A title beyond the basic plane is written by -bbox in two halves, which are no UTF-8.
    return done.stdout.decode(errors="replace")
