"""The command that does everything to the bot; what it does is done by `make faults`, not here."""

import json
from pathlib import Path

import pytest

from faults import __main__ as faults
from faults.findings import Finding
from faults.scale import SHORT, WHOLE, Scale


def _found(*held: bool) -> "faults.Proof":
    async def prove(scale: Scale, folder: Path) -> list[Finding]:
        assert folder.is_dir()
        return [Finding("a part", "lost", f"{scale.kills} kills", "0", each) for each in held]

    return prove


async def _breaks(_scale: Scale, _folder: Path) -> list[Finding]:
    raise RuntimeError("the sandbox is on fire")


def _with(monkeypatch: pytest.MonkeyPatch, **parts: "faults.Proof") -> None:
    monkeypatch.setattr(faults, "proofs", lambda names: {name: parts[name] for name in parts if names})


def test_whatever_did_not_hold_fails_the_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """CI looks at the exit code, people at the table."""
    _with(monkeypatch, one=_found(True))
    assert faults.main(["--short"]) == 0
    _with(monkeypatch, one=_found(True, False), two=_found(True))
    assert faults.main(["--short"]) == 1
    assert "BROKEN" in capsys.readouterr().out


def test_a_part_that_breaks_is_a_finding_and_the_others_go_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """No table at all would say less than a table with a hole that is named."""
    _with(monkeypatch, one=_breaks, two=_found(True))
    assert faults.main([]) == 1
    shown = capsys.readouterr().out
    assert "could not be tried" in shown
    assert "RuntimeError" in shown
    assert f"{WHOLE.kills} kills" in shown


def test_nothing_tried_is_no_success(monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty table holds everything, and proves nothing."""
    _with(monkeypatch)
    assert faults.main([]) == 1


def test_the_findings_can_be_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """With the seed, so that the same can be tried again."""
    _with(monkeypatch, one=_found(True))
    assert faults.main(["--short", "--seed", "7", "--json", str(tmp_path / "found.json")]) == 0
    kept = json.loads((tmp_path / "found.json").read_text("utf-8"))
    assert kept["machine"]["seed"] == 7
    assert kept["findings"][0]["figure"] == f"{SHORT.kills} kills"


def test_a_part_that_is_asked_for_is_the_only_one() -> None:
    """While one thing is mended, the others need not be waited for."""
    assert list(faults.proofs(["kill matrix"])) == ["kill matrix"]
    with pytest.raises(SystemExit):
        faults.main(["--part", "no such part"])


def test_every_part_that_is_there_can_be_tried() -> None:
    """A part whose module lost its door would be passed over in silence."""
    found = faults.proofs(list(faults.PARTS))
    assert {"kill matrix", "disk and clock"} <= found.keys()
    assert all(callable(each) for each in found.values())
