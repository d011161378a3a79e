"""python -m amdash: the same use cases on the command line."""

from amdash.cli import main

raise SystemExit(main())
