"""The visitor's choices and window."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from amdash.ui import session, views
from tests.browser.shoot import AGENTS


@pytest.mark.parametrize(
    ("headers", "phone"), [({"User-Agent": AGENTS["phone"]}, True), ({"User-Agent": "Mozilla/5.0 (Windows NT 10.0)"}, False), ({}, False)]
)
def test_a_phone_is_known_before_it_has_said_how_wide_it_is(monkeypatch: pytest.MonkeyPatch, headers: dict[str, str], phone: bool) -> None:
    monkeypatch.setattr(session.st, "context", SimpleNamespace(headers=headers))
    monkeypatch.setattr(session.st, "session_state", {})
    assert views.is_phone() is phone
    session.set_room([768, 16.0, "", 1366])
    assert not views.is_phone()
