"""Words that must not be said are found as people write them, and only those."""

from pathlib import Path

import pytest

from bot.locale_folder import offered_locales
from bot.word_lists import FORBIDDEN, TELLING, WordList
from tests.dialogs.cast import library

LOCALES = ("sv", "en", "ar", "fa", "fa_AF", "ckb", "ku", "so", "ti", "tr", "ur", "ps", "uk")


def made(folder: Path, **lists: str) -> WordList:
    """Lists of these locales."""
    for locale, words in lists.items():
        (folder / locale).mkdir()
        (folder / locale / "odd.txt").write_text(words, "utf-8")
    return WordList("odd", folder)


@pytest.mark.parametrize(
    ("entry", "text", "found"),
    [
        ("threat", "a Threatening word", ("threat",)),
        ("threat", "nothreat", ()),
        ("*våld", "hedersvåldet", ("våld",)),
        ("=hot", "ett hot, hotell", ("hot",)),
        ("=hot", "hotell", ()),
        ("no trace", "leaves no\n  trace", ("no trace",)),
        ("100 %", "100 % sure", ("100 %",)),
        ("=آمن", "مكانٌ آمِن هنا", ("امن",)),
        ("*شرطة", "بالشُرطة", ("شرطه",)),
        ("violen", "call {violence_line}", ("violen",)),
        ("a.c", "abc", ()),
    ],
)
def test_an_entry_stands_for_what_its_sign_says(
    tmp_path: Path, entry: str, text: str, found: tuple[str, ...]
) -> None:
    """Case, marks, forms of letters and broken lines hide nothing."""
    assert made(tmp_path, en=f"# a comment\n{entry}  # why\n\n").found(text, "en") == found


def test_a_locale_knows_its_language_and_english_too(tmp_path: Path) -> None:
    """A text that is not translated is English, and Dari may borrow a word."""
    words = made(tmp_path, en="one", fa="two", fa_AF="three", sv="four")
    assert words.found("one two three four", "fa_AF") == ("one", "two", "three")
    assert words.found("one two three four", "sv@easy") == ("one", "four")
    assert words.found("one two three four", "xx") == ("one",)


def test_without_any_list_nothing_is_found_and_that_can_be_seen(tmp_path: Path) -> None:
    """Silence of a list that nobody wrote proves nothing."""
    assert made(tmp_path).found("violence", "en") == ()
    assert made(tmp_path / "x").missing("en")
    assert not TELLING.missing("en")


def test_a_comment_alone_is_no_list(tmp_path: Path) -> None:
    """The empty files ask their translators for words."""
    assert made(tmp_path, ti="# ask somebody\n").missing("ti")


@pytest.mark.parametrize("locale", offered_locales())
def test_what_is_offered_has_lists_of_both_kinds(locale: str) -> None:
    """A language in which nobody knows what tells cannot be shown on a lock screen."""
    assert not TELLING.missing(locale)
    assert not FORBIDDEN.missing(locale)


@pytest.mark.parametrize("locale", [*LOCALES, "sv@easy"])
def test_each_locale_has_a_file_of_claims(locale: str) -> None:
    """Filled, or with a word for its translator."""
    assert FORBIDDEN.path(locale).read_text("utf-8").startswith("#")


def test_numbers_that_are_known_as_such_tell() -> None:
    """A number on a lock screen says more than a word."""
    short = [line.number for line in library().lines.values() if len(line.number) <= len("116 016")]
    assert short
    for number in short:
        assert TELLING.found(f"ring {number} nu", "sv"), number


@pytest.mark.parametrize(
    ("locale", "claim"),
    [
        ("en", "You stay anonymous here."),
        ("en", "It is gone without a trace."),
        ("en", "This is 100 % safe"),
        ("sv", "Du är anonym."),
        ("sv", "Allt försvinner utan spår"),
        ("ar", "أنت مجهولة الهوية هنا"),
        ("ar", "هذا آمنٌ تماماً"),
        ("tr", "Anonim kalırsın"),
        ("uk", "Це повністю безпечно"),
        ("sv@easy", "Här är du helt säker."),
    ],
)
def test_what_telegram_makes_untrue_is_found(locale: str, claim: str) -> None:
    """Each shipped language has its own words for it."""
    assert FORBIDDEN.found(claim, locale)
