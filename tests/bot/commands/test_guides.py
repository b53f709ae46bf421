"""`vidare guides`, as an author uses it."""

import argparse
import json
from io import StringIO
from pathlib import Path

import pytest

from bot.commands.guides import add, main
from bot.wiring import opened
from storage import guide_counts
from tests.bot.commands.conftest import Operator
from tests.bot.town import texts
from tests.dialogs.guide_examples import GLOSSARY, GUIDE, LINES, SHEET


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "lines.yaml").write_text(LINES, encoding="utf-8")
    (tmp_path / "glossary.yaml").write_text(GLOSSARY, encoding="utf-8")
    (tmp_path / "example.yaml").write_text(GUIDE, encoding="utf-8")
    sheet = tmp_path / "facts.md"
    sheet.write_text(SHEET, encoding="utf-8")
    monkeypatch.setenv("VIDARE_FACTS", str(sheet))
    return tmp_path


def test_check_says_what_was_checked(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Silence could mean that nothing was looked at."""
    assert main(["--folder", str(folder), "check"]) == 0
    assert capsys.readouterr().out.endswith(
        "1 guides, 7 steps, 1 lines, 1 words, no faults; compared with 3 facts\n"
    )


def test_check_says_when_facts_were_not_compared(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the sheet a wrong number passes; whoever runs the check must know."""
    monkeypatch.setenv("VIDARE_FACTS", str(folder / "nowhere.md"))
    assert main(["--folder", str(folder), "check"]) == 0
    assert "facts not compared" in capsys.readouterr().out


def test_check_names_every_fault_and_fails(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A pull request with a fault is stopped, and its author sees where."""
    (folder / "example.yaml").write_text(GUIDE.replace("60 kr", "70 kr"), encoding="utf-8")
    assert main(["--folder", str(folder), "check"]) == 1
    assert "example.yaml:12: the figure 70 stands in no fact cited here" in capsys.readouterr().out


def test_check_names_a_guide_past_its_date_without_failing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A date that passes must not break everybody's build; the bot warns the reader by itself."""
    old = GUIDE.replace("2026-11-23", "2020-11-23").replace("2027-11-23", "2021-11-23")
    (folder / "example.yaml").write_text(old, encoding="utf-8")
    assert main(["--folder", str(folder), "check"]) == 0
    assert "example: past its date" in capsys.readouterr().out
    main(["--folder", str(folder), "list"])
    assert "PAST ITS DATE" in capsys.readouterr().out


def test_list_names_every_guide(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An overview for whoever plans the next one."""
    assert main(["--folder", str(folder), "list"]) == 0
    assert capsys.readouterr().out.startswith("example: An example (6 pages at most, ")


def test_show_prints_all_a_reviewer_needs(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A shelter worker reads every page, branch, sentence and source."""
    assert main(["--folder", str(folder), "show", "example"]) == 0
    out = capsys.readouterr().out
    for part in (
        "bring: A pen",
        "Take a paper.",
        "> Yes, I have -> [protected]",
        "Jag har skyddade",
        "F9.02 uncertain",
        "end: person",
    ):
        assert part in out


def test_show_and_list_refuse_politely(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A misspelt name is answered with the names there are, a broken file with its fault."""
    assert main(["--folder", str(folder), "show", "exmple"]) == 1
    assert "there are example" in capsys.readouterr().err
    (folder / "lines.yaml").unlink()
    assert main(["--folder", str(folder), "show", "example"]) == 1
    assert main(["--folder", str(folder), "list"]) == 1
    assert "lines.yaml:1" in capsys.readouterr().err


def test_the_command_registers_itself() -> None:
    """`vidare` finds it among the others."""
    parser = argparse.ArgumentParser()
    add(parser.add_subparsers())
    assert callable(parser.parse_args(["guides", "check"]).run)


def test_search_answers_each_line(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line in, one line out, also for a line that is none."""
    (folder / "keywords").mkdir()
    (folder / "keywords" / "sv.yaml").write_text("example: [papper, penna]\n", encoding="utf-8")
    monkeypatch.setattr("sys.stdin", StringIO('{"text": "ett paper", "lang": "sv"}\nnonsense\n{"text": 3}\n'))
    assert main(["--folder", str(folder), "search"]) == 0
    found, *wrong = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert found == {"guides": ["example"]}
    assert len(wrong) == 2
    assert all(each["guides"] == [] and "one JSON object a line" in each["error"] for each in wrong)


async def test_what_helped_is_shown_with_the_worst_first(operator: Operator) -> None:
    """Which step to mend: a number, and nobody behind it."""
    code, out, _err = await operator.types("guides", "helped")
    assert (code, out) == (0, "nothing has been counted yet\n")
    async with opened(operator.settings, texts()) as (db, _house):
        for step, what in (("due", "helped"), ("app", "stuck"), ("app", "not-helped"), ("gone", "stuck")):
            await db.run(guide_counts.add, "bills", step, what)
    code, out, _err = await operator.types("guides", "helped")
    assert out.splitlines() == [
        "bills [app]: not-helped 1, stuck 1",
        "bills [gone]: stuck 1 (the step is gone)",
        "bills [due]: helped 1",
    ]
