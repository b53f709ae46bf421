"""A new language is one command."""

import shutil
from pathlib import Path

import pytest

from bot import catalogues, reviews
from bot.locale_folder import DOMAINS, LOCALES
from bot.new_locale import LISTS, CannotBegin, begin


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for domain in DOMAINS:
        shutil.copy(LOCALES / f"{domain}.pot", tmp_path / f"{domain}.pot")
    return tmp_path


def test_it_makes_empty_catalogues_and_all_lists(folder: Path) -> None:
    """With the language's own plural forms, and every text waiting."""
    made = begin("pl", folder)
    assert {path.name for path in made} == {"bot.po", "guides.po", *LISTS}
    assert catalogues.locales(folder) == ["pl"]
    catalogue = catalogues.read("pl", "bot", folder)
    assert catalogue.num_plurals == 3
    assert not catalogue.fuzzy
    assert "Polish texts of Vidare" in catalogue.header_comment
    wanted = {entry.id for entry in catalogues.sources("bot") if entry.id}
    assert {entry.id for entry in catalogue if entry.id} == wanted
    assert all(not any(reviews.forms(entry)) for entry in catalogue if entry.id)


def test_every_text_of_it_is_missing_and_said_so(folder: Path) -> None:
    """An empty language must not pass for a whole one."""
    begin("pl", folder)
    faults = list(catalogues.faults(folder))
    assert {fault.what for fault in faults} == {"not translated"}
    assert len(faults) == sum(
        len(list(catalogues.wanted(catalogues.sources(each), "pl"))) for each in DOMAINS
    )


def test_a_kind_of_a_language_is_one_too(folder: Path) -> None:
    """Easy Finnish, say."""
    assert begin("fi@easy", folder)
    assert "Finnish" in catalogues.read("fi@easy", "bot", folder).header_comment


@pytest.mark.parametrize("name", ["", "xx", "../sv", "sv-old", "a b"])
def test_what_is_no_language_is_refused(folder: Path, name: str) -> None:
    """Before anything is made."""
    with pytest.raises(CannotBegin, match="no language that Babel knows"):
        begin(name, folder)
    assert {path.name for path in folder.iterdir()} == {f"{domain}.pot" for domain in DOMAINS}


def test_one_that_is_there_is_not_begun_again(folder: Path) -> None:
    """Nothing of it is lost; lists that somebody wrote before stay too."""
    (folder / "pl").mkdir()
    (folder / "pl" / "telling.txt").write_text("mine\n")
    begin("pl", folder)
    with pytest.raises(CannotBegin, match="there already"):
        begin("pl", folder)
    assert (folder / "pl" / "telling.txt").read_text() == "mine\n"
