"""Tests for finding the lexicons on disk."""

from collections.abc import Callable
from errno import ENOSPC
from pathlib import Path

import pytest

from bot import lexicons
from bot.lexicons import load_lexicons, load_reader
from dialogs.risk.lexicon import LexiconFaults
from tests.dialogs.risk.lexicons import line, table


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


def test_a_second_start_reads_no_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Thirteen tables cost seconds and a hundred megabytes; what was compiled is kept."""
    put(tmp_path, "sv", table())
    first = load_reader(tmp_path)
    monkeypatch.setattr(lexicons, "load_lexicons", lambda _folder: pytest.fail("a table was read"))
    second = load_reader(tmp_path)
    assert second.lexicon == first.lexicon
    assert second.read("jag vill dö") == first.read("jag vill dö")


def test_a_changed_table_is_heard_at_the_next_start(tmp_path: Path) -> None:
    """Whoever mends a table must not listen to the old one."""
    put(tmp_path, "sv", table())
    before = load_reader(tmp_path)
    new = line(
        id="t.new", category="DI", level=2, pattern="blå ugglor", example="blå ugglor", example_not="ugglor"
    )
    (tmp_path / "sv" / "risk.tsv").write_text(table(new), "utf-8")
    assert before.read("blå ugglor").level == 0
    assert load_reader(tmp_path).read("blå ugglor").level == 2


@pytest.mark.parametrize(
    "spoil", [lambda whole: whole[:-9], lambda whole: whole[:-1] + b"?", lambda _whole: b""]
)
def test_a_torn_index_is_made_anew(tmp_path: Path, spoil: Callable[[bytes], bytes]) -> None:
    """A disk that filled up while it was written must cost a second, not a language."""
    put(tmp_path, "sv", table())
    load_reader(tmp_path)
    index = tmp_path / "risk.index"
    whole = index.read_bytes()
    index.write_bytes(spoil(whole))
    assert load_reader(tmp_path).read("jag vill dö").level == 2
    assert index.read_bytes() == whole


def test_where_nothing_can_be_kept_it_reads_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program folder is often read-only, and a disk may be full; nothing half written stays behind."""
    put(tmp_path, "sv", table())

    def full(path: Path, _content: bytes) -> int:
        path.touch()
        raise OSError(ENOSPC, "full")

    monkeypatch.setattr(Path, "write_bytes", full)
    assert load_reader(tmp_path).read("jag vill dö").level == 2
    assert [path.name for path in tmp_path.iterdir()] == ["sv"]
