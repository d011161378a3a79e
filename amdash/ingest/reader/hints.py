"""What a person can say of a file that its bytes do not tell."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Hints:
    """What a person has said of a file that cannot be told from its bytes. ``encoding``: a codec name for a text file.

    The password is left out of the representation, so that no log and no traceback shows it.
    """

    password: str | None = field(default=None, repr=False)
    encoding: str | None = None


NO_HINTS = Hints()
