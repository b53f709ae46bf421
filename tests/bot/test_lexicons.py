"""Tests for finding the lexicons on disk."""

from pathlib import Path

import pytest

from bot.lexicons import load_lexicons, load_reader
from dialogs.risk.lexicon import LexiconFaults
from tests.dialogs.risk.lexicons import table


def put(folder: Path, locale: str, source: str) -> None:
    """Lay a lexicon where the loader looks for it."""
    (folder / locale).mkdir()
    (folder / locale / "risk.tsv").write_text(source, "utf-8")


def test_every_locale_with_a_table_is_loaded(tmp_path: Path) -> None:
    """A new language is a new folder and nothing else."""
    put(tmp_path, "sv", table())
    put(tmp_path, "en", table())
    (tmp_path / "uk").mkdir()
    assert [lexicon.locale for lexicon in load_lexicons(tmp_path)] == ["en", "sv"]
    assert load_reader(tmp_path).read("jag vill dö").level == 2


def test_faults_of_all_files_are_told_together(tmp_path: Path) -> None:
    """The bot refuses to start with a table it would misread, and says all of it."""
    put(tmp_path, "sv", table("x\tSU\t7"))
    put(tmp_path, "en", table("x\tSU\t8"))
    with pytest.raises(LexiconFaults) as caught:
        load_lexicons(tmp_path)
    assert [fault.split(":")[0] for fault in caught.value.faults] == ["en/risk.tsv", "sv/risk.tsv"]
