"""From which side, with which digits, and what is kept apart inside a line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.typesetting import END_ISOLATE, ISOLATE, RIGHT_MARK, Typesetting, typesetting


def isolated(text: str) -> str:
    """What the eye does not see, shown as brackets."""
    return text.replace(ISOLATE, "[").replace(END_ISOLATE, "]")


def of(locale: str) -> Typesetting:
    found = typesetting(locale)
    assert found is not None
    return found


@pytest.mark.parametrize("locale", ["ar", "fa", "fa_AF", "ckb", "ur", "ps"])
def test_babel_knows_who_reads_from_the_right(locale: str) -> None:
    """A language that is added needs no line of code for it."""
    assert of(locale).right_to_left


@pytest.mark.parametrize("locale", ["sv", "sv@easy", "en", "ku", "so", "ti", "tr", "uk"])
def test_and_who_reads_from_the_left(locale: str) -> None:
    """Kurmanji is written with Latin letters, Sorani is not."""
    assert not of(locale).right_to_left


@pytest.mark.parametrize("name", ["", "xx", "sv-old", "sv_backup_1", "sv_XX@\n"])
def test_what_is_no_language_is_none(name: str) -> None:
    """A folder somebody copied must not stop a start."""
    assert typesetting(name) is None


@pytest.mark.parametrize(
    ("locale", "number"), [("fa", "۰۱۸۹"), ("fa_AF", "۰۱۸۹"), ("ps", "۰۱۸۹"), ("ckb", "٠١٨٩"), ("ar", "0189")]
)
def test_digits_are_those_of_the_language(locale: str, number: str) -> None:
    """As phones of its readers write them."""
    assert of(locale).number("0189") == number


@pytest.mark.parametrize(
    ("pattern", "shown"),
    [
        ("فاتورة (OCR-nummer) هنا.", "فاتورة ([OCR-nummer]) هنا."),
        ("اكتب /pause الآن", "اكتب [/pause] الآن"),
        ("انظر 1177.se.", "انظر [1177.se]."),
        ("بطاقة BankID, Swish", "بطاقة [BankID], [Swish]"),
        ("كلمة socialtjänst i kommunen هي", "كلمة [socialtjänst i kommunen] هي"),
        ("مرحبا {name}، لديك 15 دقيقة", "مرحبا {name}، لديك 15 دقيقة"),
        ("{emergency} SOS", "{emergency} [SOS]"),
        ("", ""),
        ("نص فقط", "نص فقط"),
    ],
)
def test_latin_words_are_isolated_and_placeholders_are_not(pattern: str, shown: str) -> None:
    """A bracket beside a Swedish word would jump to the other side; a placeholder is a value and sees to itself."""
    assert isolated(of("ar").pattern(pattern)) == shown
    assert of("uk").pattern(pattern) == pattern


@given(st.text(alphabet="ab1(){}_.,: /åابت\n", max_size=60))
def test_isolates_come_in_pairs_and_change_no_letter(pattern: str) -> None:
    """What is left when they are taken away is what the translator wrote, whatever that is."""
    said = of("ar").pattern(pattern)
    assert said.replace(ISOLATE, "").replace(END_ISOLATE, "") == pattern
    depth = 0
    for sign in said:
        depth += (sign == ISOLATE) - (sign == END_ISOLATE)
        assert depth in (0, 1)
    assert depth == 0


def test_a_line_that_begins_otherwise_is_marked() -> None:
    """Telegram guesses the side of a line from its first letter."""
    assert of("fa").lines("سلام\n1177\n\n– الف") == f"سلام\n{RIGHT_MARK}1177\n\n{RIGHT_MARK}– الف"
    assert of("en").lines("1177") == "1177"


def test_an_empty_value_needs_no_isolation() -> None:
    """Two invisible signs around nothing are two signs too many."""
    assert of("ar").apart("") == ""
    assert of("ar").apart("Mina") == f"{ISOLATE}Mina{END_ISOLATE}"
    assert of("tr").apart("Mina") == "Mina"
