"""Guides from disk: whole or not at all, and the last good ones stay."""

import shutil
from pathlib import Path

import pytest

from bot.library import FOLDER, load, read_sheet, refreshed
from dialogs.marked_yaml import GuideFaults
from tests.dialogs.guide_examples import GLOSSARY, GUIDE, LINES, SHEET


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "lines.yaml").write_text(LINES, encoding="utf-8")
    (tmp_path / "glossary.yaml").write_text(GLOSSARY, encoding="utf-8")
    (tmp_path / "example.yaml").write_text(GUIDE, encoding="utf-8")
    return tmp_path


def test_our_guides_are_whole_and_in_the_order_of_the_menu() -> None:
    """What is delivered can be shown; the most asked for comes first."""
    guides = load().guides
    assert next(iter(guides)) == "first-weeks"
    assert len(guides) == 20
    assert [guide.place for guide in guides.values()] == sorted(guide.place for guide in guides.values())


def test_a_bad_edit_leaves_the_last_good_version(folder: Path) -> None:
    """R18: an author's slip takes no guide away from anybody."""
    good = load(folder)
    (folder / "example.yaml").write_text(GUIDE.replace("next: opening", "next: x"), encoding="utf-8")
    kept, faults = refreshed(good, folder)
    assert kept is good
    assert [(fault.file, fault.line) for fault in faults] == [("example.yaml", 44)]


def test_a_good_edit_is_taken_over(folder: Path) -> None:
    """A corrected text reaches residents without a restart."""
    good = load(folder)
    (folder / "example.yaml").write_text(GUIDE.replace("Take a paper.", "Take a pen."), encoding="utf-8")
    new, faults = refreshed(good, folder)
    assert not faults
    assert new.guides["example"].steps["start"].text.source == "Take a pen. You have time."


def test_faults_of_all_files_are_told_at_once(folder: Path) -> None:
    """One run shows everything there is to repair."""
    (folder / "example.yaml").write_text(GUIDE.replace("menu: 1", "menu: x"), encoding="utf-8")
    (folder / "other.yaml").write_text("id: [", encoding="utf-8")
    with pytest.raises(GuideFaults) as raised:
        load(folder)
    assert {fault.file for fault in raised.value.faults} == {"example.yaml", "other.yaml"}


def test_two_guides_cannot_have_one_place_in_the_menu(folder: Path) -> None:
    """The order would change with the names of files."""
    (folder / "other.yaml").write_text(GUIDE.replace("id: example", "id: other"), encoding="utf-8")
    with pytest.raises(GuideFaults, match="belongs to 'example' already"):
        load(folder)


def test_a_file_that_cannot_be_read_is_a_fault(folder: Path) -> None:
    """Bytes of another encoding come with the line they stand on; so does a missing file."""
    (folder / "example.yaml").write_bytes(b"id: example\ntitle: \xe5\n")
    with pytest.raises(GuideFaults, match=r"example\.yaml:2: the file is not written in UTF-8"):
        load(folder)
    (folder / "lines.yaml").unlink()
    with pytest.raises(GuideFaults, match=r"lines\.yaml:1: the file cannot be read"):
        load(folder)


def test_the_fact_sheet_is_read_where_the_setting_says(tmp_path: Path) -> None:
    """A team keeps its sheet where it likes; without one the comparison is left out."""
    path = tmp_path / "facts.md"
    assert read_sheet({"VIDARE_FACTS": str(path)}) is None
    path.write_text(SHEET, encoding="utf-8")
    sheet = read_sheet({"VIDARE_FACTS": str(path)})
    assert sheet is not None
    assert list(sheet) == ["F9.01", "F9.02", "F9.03"]


def test_every_file_of_ours_is_read_from_a_copy_elsewhere(tmp_path: Path) -> None:
    """An organisation may keep its own guides beside the program."""
    shutil.copytree(FOLDER, tmp_path / "guides")
    assert load(tmp_path / "guides").guides == load().guides
