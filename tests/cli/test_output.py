"""Where a file that was asked for ends up: whole or not at all, and what was there before keeps its kind and its mode."""

from __future__ import annotations

import os
import stat
import threading
from pathlib import Path

import pytest

from amdash.cli.output import write


def test_a_link_stays_one_and_leads_to_the_new_file(tmp_path: Path) -> None:
    real, link = tmp_path / "shared" / "real.pdf", tmp_path / "link.pdf"
    link.symlink_to(real)
    for data in (b"first", b"second"):
        write(link, data)
        assert link.is_symlink()
        assert real.read_bytes() == data
    assert [path.name for path in real.parent.iterdir()] == ["real.pdf"]


def test_a_file_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"before")
    path.chmod(0o640)
    write(path, b"after")
    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) == (b"after", 0o640)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such pipes")
def test_what_is_no_file_gets_the_bytes_and_stays_what_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pipe, got = tmp_path / "pipe", []
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()))
    reader.start()
    write(pipe, b"%PDF")
    reader.join(10)
    assert got == [b"%PDF"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    # Into /dev/stdout the name would follow the bytes.
    assert capsys.readouterr() == ("", f"{pipe}\n")
