"""Tests for the command that measures everything."""

import pytest

from bench import __main__ as bench
from dialogs.risk.lexicon import LexiconFaults


def test_what_cannot_be_measured_is_said_and_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A missed goal is a result; no figures at all are a failure."""

    def faulty(_settings: object) -> object:
        raise LexiconFaults(["sv/risk.tsv:7: broken"])

    monkeypatch.setattr(bench, "read_texts", faulty)
    monkeypatch.setattr(bench, "two_cores", lambda: None)
    assert bench.main(["--quick"]) == 1
    assert "broken" in capsys.readouterr().err
