"""`vidare near`: what is wrong with a page about a place, and how it reads."""

from pathlib import Path

import pytest

from tests.bot.commands.conftest import Operator
from tests.dialogs.near_examples import PLACE

CHECKED = PLACE.replace("2026-09-01", "2025-01-01")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "places"
    found.mkdir()
    (found / "exempelstad.yaml").write_text(CHECKED, encoding="utf-8")
    return found


async def test_check_says_what_was_checked(operator: Operator, folder: Path) -> None:
    """Silence could mean that nothing was looked at; an old page is named, but no fault."""
    code, out, err = await operator.types("near", "--folder", str(folder), "check")
    assert (code, err) == (0, "")
    assert "exempelstad: checked on 2025-01-01" in out
    assert out.endswith("1 places are good, 0 faults in 0 files\n")


async def test_check_names_every_fault_with_its_line(
    operator: Operator, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder is the bot's own where none is named; a number of all Sweden is refused."""
    (folder / "bergby.yaml").write_text(CHECKED.replace("tuesday", "tisdag"), encoding="utf-8")
    monkeypatch.setenv("VIDARE_NEAR_DIR", str(folder))
    code, out, _err = await operator.types("near", "check")
    assert code == 1
    assert "bergby.yaml:14: 'tisdag' is no day" in out
    assert "1 places are good, 1 faults in 1 files" in out


async def test_without_a_folder_it_says_what_to_do(operator: Operator) -> None:
    """The feature is off until an operator wants it."""
    code, _out, err = await operator.types("near", "check")
    assert code == 2
    assert "VIDARE_NEAR_DIR is not set" in err


async def test_a_folder_that_is_not_there_is_named(operator: Operator, tmp_path: Path) -> None:
    """A slip in the path is no empty folder."""
    code, _out, err = await operator.types("near", "--folder", str(tmp_path / "nowhere"), "check")
    assert code == 2
    assert "cannot be read" in err


async def test_show_prints_all_languages(operator: Operator, folder: Path) -> None:
    """What somebody reads aloud on the telephone to the office, to check it."""
    code, out, _err = await operator.types("near", "--folder", str(folder), "show", "exempelstad")
    assert code == 0
    for line in (
        "Exempelstad | ar: مدينة (checked 2025-01-01)",
        "[social-services] Socialtjänsten",
        "  phone: 08-465 004 10",
        "  hours: Vardagar 9-15 | en: Weekdays 9-15",
        "[tuesday 17:30] Språkcafé | en: Language café",
    ):
        assert line in out.splitlines()


async def test_show_of_a_place_that_is_not_good_says_why(operator: Operator, folder: Path) -> None:
    """Its faults, and which places there are."""
    (folder / "bergby.yaml").write_text("name: x\n", encoding="utf-8")
    code, _out, err = await operator.types("near", "--folder", str(folder), "show", "bergby")
    assert code == 1
    assert "bergby.yaml:1:" in err
    assert "there are exempelstad" in err
