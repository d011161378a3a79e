"""The use cases on the command line: python -m amdash."""

from amdash.cli.main import main

__all__ = ["main"]
