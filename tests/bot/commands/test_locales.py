"""`vidare locales`: whether every language is whole."""

import pytest

from bot import catalogues
from bot.__main__ import main
from bot.catalogues import Fault, Status


def test_a_fault_is_an_exit_code(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """So that a check in CI stops on it."""
    monkeypatch.setattr(catalogues, "faults", lambda: iter([Fault("sv", "bot", "Hello", "not translated")]))
    monkeypatch.setattr(catalogues, "locales", lambda: ["sv"])
    assert main(["locales", "check"]) == 1
    assert capsys.readouterr().out == (
        "locales/sv/LC_MESSAGES/bot.po: not translated: 'Hello'\n1 faults in 1 locales\n"
    )


def test_no_fault_is_none(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """And says how much was looked at."""
    monkeypatch.setattr(catalogues, "faults", lambda: iter([]))
    monkeypatch.setattr(catalogues, "locales", lambda: ["ar", "sv"])
    assert main(["locales", "check"]) == 0
    assert capsys.readouterr().out == "0 faults in 2 locales\n"


def test_the_status_names_draft_and_reviewer(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever offers a language should know whether somebody has read it."""
    monkeypatch.setattr(catalogues, "statuses", lambda: [Status("ar", "bot", 3, 4, "draft")])
    assert main(["locales", "status"]) == 0
    assert capsys.readouterr().out.split() == ["ar", "bot", "3/4", "draft"]
