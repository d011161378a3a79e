"""Who may do what: the one place where it is asked. Whoever sits at this computer may do everything, but has a name."""

from __future__ import annotations

from typing import Literal

from amdash.errors import AmdashError

Action = Literal["read", "write"]


def ask(actor: str, action: Action) -> None:
    """Let the acting person go on. Errors: actor_missing where nobody is named: nothing is read or written by no one."""
    if not actor.strip():
        raise AmdashError("actor_missing", action=action)
