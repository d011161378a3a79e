"""The blank workbooks to fill in, Chinese and English, as they can also be downloaded: made from the canonical tables and the vocabulary.

    python -m data.templates.make [FOLDER]

Run from the project's own folder, after every change of a table, a field or a word. Two runs write the same bytes.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

# openpyxl writes other bytes where lxml happens to be installed.
os.environ["OPENPYXL_LXML"] = "False"

from amdash.service import templates

FOLDER = Path(__file__).resolve().parent


def main(folder: Path) -> None:
    templates.write_all(folder)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
