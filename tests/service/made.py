"""What tests of services make: an error that is worded in both languages, a copy of a workspace to be changed, the end of a batch."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from concurrent.futures import wait
from pathlib import Path
from typing import Any

import pytest

from amdash.errors import AmdashError
from amdash.i18n import translator
from amdash.i18n.messages import error_text
from amdash.service.batches import Batch
from amdash.service.workspace import Workspace


def code(run: Callable[[], Any]) -> str:
    """The code of the error that something ends in, which has words in both languages."""
    with pytest.raises(AmdashError) as caught:
        run()
    for language in ("en", "zh"):
        assert "{" not in error_text(translator(language), caught.value)
    return caught.value.code


def ended(batch: Batch, timeout_s: float) -> bool:
    """Wait for the end of the work on everybody's PDFs, however it ended; whether it came in time."""
    return bool(wait([batch._made], timeout_s).done)


def copied(original: Workspace, folder: Path, open_at: Callable[[Path], Workspace]) -> Workspace:
    """A copy of a workspace in another folder. The facts are the same: what they come to need not be measured again."""
    for path in original.settings.workspace.glob("amdash.db*"):
        shutil.copy(path, folder / path.name)
    ws = open_at(folder)
    original.cells()
    ws._measured.update(original._measured)
    return ws
