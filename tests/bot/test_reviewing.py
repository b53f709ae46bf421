"""A reader at a terminal."""

import io
import shutil
from datetime import date
from pathlib import Path

import pytest

from bot import catalogues, reviews
from bot.locale_folder import LOCALES
from bot.reviewing import Reviewing

DAY = date(2026, 11, 27)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Arabic and Swedish as they are, somewhere else."""
    for locale in ("ar", "sv"):
        (tmp_path / locale / "LC_MESSAGES").mkdir(parents=True)
        for domain in ("bot", "guides"):
            name = f"{locale}/LC_MESSAGES/{domain}.po"
            shutil.copy(LOCALES / name, tmp_path / name)
    return tmp_path


def read(folder: Path, answers: str, name: str = "Amina Berg", locale: str = "ar") -> tuple[bool, str]:
    page = io.StringIO()
    went_on = Reviewing(locale, "bot", name, DAY, io.StringIO(answers), page, folder).run()
    return went_on, page.getvalue()


def read_by(folder: Path, name: str) -> list[str]:
    catalogue = catalogues.read("ar", "bot", folder)
    return [
        reviews.source(entry)
        for entry in catalogue
        if entry.id and name in {each.name for each in reviews.reviews(entry)}
    ]


def test_a_yes_is_on_disk_at_once(folder: Path) -> None:
    """Whoever closes the window has lost nothing; the Swedish stands beside for those who know it."""
    went_on, page = read(folder, "y\ny\nq\n")
    assert not went_on
    assert len(read_by(folder, "Amina Berg")) == 2
    assert " sv  " in page
    assert " ar  " in page
    assert "safety: two names" in page


def test_the_end_of_input_is_enough_for_today(folder: Path) -> None:
    """A broken line is no yes."""
    assert read(folder, "y\n")[0] is False
    assert len(read_by(folder, "Amina Berg")) == 1


def test_a_line_that_breaks_off_while_writing_reviews_nothing(folder: Path) -> None:
    """She wanted to mend it, so it is least of all right as it stands."""
    assert read(folder, "e\n")[0] is False
    assert read_by(folder, "Amina Berg") == []


def test_later_and_nonsense_review_nothing(folder: Path) -> None:
    """What is not understood is asked again."""
    read(folder, "n\nwhat\n\nq\n")
    assert read_by(folder, "Amina Berg") == []


def test_a_better_translation_takes_earlier_reviews_away(folder: Path) -> None:
    """Others have not read the new words."""
    read(folder, "y\nq\n", "Rojda Lind")
    (source,) = read_by(folder, "Rojda Lind")
    entry = next(
        each for each in catalogues.read("ar", "bot", folder) if each.id and reviews.source(each) == source
    )
    new = "".join(f"{form} الآن\n" for form in reviews.forms(entry))
    read(folder, f"e\n{new}q\n")
    assert read_by(folder, "Amina Berg") == [source]
    assert read_by(folder, "Rojda Lind") == []


def test_words_that_cannot_stand_are_not_taken(folder: Path) -> None:
    """A placeholder is easily lost; the old words stay and she is told."""
    before = (folder / "ar/LC_MESSAGES/bot.po").read_bytes()
    _went_on, page = read(folder, "e\nكلمات {unknown}\n" + "\n" * 5 + "q\n")
    assert "This cannot stand" in page
    assert (folder / "ar/LC_MESSAGES/bot.po").read_bytes() == before


def test_a_doubt_is_kept_for_others(folder: Path) -> None:
    """With her name, so that somebody can ask."""
    read(folder, "?\nTunisians say it otherwise\nq\n")
    assert "Tunisians say it otherwise (Amina Berg, 2026-11-27)" in (folder / "ar" / "REVIEW.md").read_text()
    assert read_by(folder, "Amina Berg") == []
