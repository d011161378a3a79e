"""The company on the command line: said, shown, refused, and on the reports."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image


@pytest.fixture
def logo(tmp_path: Path) -> Path:
    path = tmp_path / "my logo.png"
    Image.new("RGB", (30, 10), (15, 92, 110)).save(path)
    return path


def test_it_is_said_and_shown(run, copied: Path, logo: Path) -> None:
    assert run(copied, "company", "show", "--json").json == {"name": "", "sender": "", "colour": "", "language": "", "logo": None}
    said = run(copied, "company", "set", "name=云峰商贸", "colour=#0F5C6E", f"logo={logo}")
    assert (said.status, said.out) == (0, "Done; the workspace is at revision 3.\n")
    shown = run(copied, "company", "show").out
    assert shown.splitlines() == ["name=云峰商贸", "sender=", "colour=#0f5c6e", "language=", "logo=png 30 × 10"]
    found = run(copied, "company", "show", "--json").json
    assert found["logo"] == {"kind": "png", "width": 30, "height": 10, "bytes": logo.stat().st_size}
    assert run(copied, "company", "set", "logo=none", "--json").json == {"revision": 4}
    assert run(copied, "company", "show").out.splitlines()[-1] == "logo="


def test_what_is_wrong_is_said(run, copied: Path, logo: Path) -> None:
    logo.write_bytes(b"hello")
    for text, words in (
        (f"logo={logo}", "neither a PNG nor a JPEG"),
        ("logo=gone.png", "gone.png"),
        ("city=X", "city=X"),
        ("colour=#ffee00", "too light"),
    ):
        said = run(copied, "company", "set", text)
        assert said.status == 1
        assert words in said.err
    assert run(copied, "company", "show", "--json").json["logo"] is None
