"""What a person can say of a file that its bytes do not tell."""

from __future__ import annotations

from dataclasses import dataclass, field, replace


@dataclass(frozen=True)
class Hints:
    """What a person has said of files that cannot be told from their bytes. ``encoding``: a codec name for text files.

    ``passwords`` are tried in turn on every locked file; they are left out of the representation, so that no log and no traceback shows them.
    """

    passwords: tuple[str, ...] = field(default=(), repr=False)
    encoding: str | None = None

    def reading(self, encoding: str | None) -> Hints:
        """The same with another encoding, where one was said of a file."""
        return replace(self, encoding=encoding) if encoding else self


NO_HINTS = Hints()
