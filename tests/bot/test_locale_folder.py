"""Which languages there are, and which of them are whole."""

import logging
from pathlib import Path

import pytest
from babel.messages import Catalog

from bot.locale_folder import REVIEWED, base, compiled_locales, offered_locales, reviewed_locales
from tests.bot.town import compile_catalogue


def texts(folder: Path, locale: str, count: int, stale: int = 0) -> None:
    """A catalogue of so many texts, some of which have gone stale since."""
    catalogue = Catalog(locale=locale)
    for number in range(count):
        flags = ("fuzzy",) if number < stale else ()
        catalogue.add(f"Text {number}", f"{locale} {number}", context="t", flags=flags)
    compile_catalogue(folder, locale, "bot", catalogue)


def test_a_language_that_is_still_being_made_is_not_offered(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Whoever chose it would read half a sentence in another language at every turn."""
    texts(tmp_path, "sv", 100)
    texts(tmp_path, "pl", 60)
    with caplog.at_level(logging.WARNING):
        assert offered_locales(tmp_path) == ("en", "sv")
    assert "not whole" in caplog.text
    assert compiled_locales(tmp_path) == {"sv", "pl"}


def test_a_few_stale_texts_do_not_take_a_language_away(tmp_path: Path) -> None:
    """They are said in another language until they are mended (R11); she keeps the rest of hers."""
    texts(tmp_path, "sv", 100)
    texts(tmp_path, "tr", 100, stale=9)
    assert offered_locales(tmp_path) == ("en", "sv", "tr")
    texts(tmp_path, "tr", 100, stale=11)
    assert offered_locales(tmp_path) == ("en", "sv")


def test_a_kind_of_a_language_may_have_fewer(tmp_path: Path) -> None:
    """What it leaves out, the language itself says."""
    texts(tmp_path, "sv", 100)
    texts(tmp_path, "sv@easy", 60)
    assert offered_locales(tmp_path) == ("en", "sv", "sv@easy")
    assert (base("sv@easy"), base("fa_AF"), base("sv")) == ("sv", "fa_AF", "sv")


@pytest.mark.parametrize("content", [b"", b"\x00" * 12, b"text that is no catalogue"])
def test_a_torn_file_has_no_texts(tmp_path: Path, content: bytes) -> None:
    """A copy that broke off must not pass for a language."""
    texts(tmp_path, "sv", 10)
    folder = tmp_path / "tr" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    for domain in ("bot", "guides"):
        (folder / f"{domain}.mo").write_bytes(content)
    assert offered_locales(tmp_path) == ("en", "sv")


def test_nothing_compiled_leaves_the_source(tmp_path: Path) -> None:
    """English needs no catalogue."""
    assert offered_locales(tmp_path) == ("en",)


def test_reviewed_languages_are_named_one_a_line(tmp_path: Path) -> None:
    """The source is nobody's translation, and a comment is none either."""
    assert reviewed_locales(tmp_path) == {"en"}
    (tmp_path / REVIEWED).write_text("# read\ntr\n\n fa_AF # since spring\n", "utf-8")
    assert reviewed_locales(tmp_path) == {"en", "tr", "fa_AF"}
