"""One word for one thing."""

from pathlib import Path

import pytest

from bot import catalogues, terms
from bot.terms import Term, TermsTorn

CASE = Term("case", "ärende", ("ärend",))


def written(tmp_path: Path, lines: str) -> Path:
    (tmp_path / "sv").mkdir()
    (tmp_path / "sv" / terms.FILE).write_text(lines, "utf-8")
    return tmp_path


def test_a_list_is_read_line_by_line(tmp_path: Path) -> None:
    """Comments and empty lines are for people."""
    folder = written(tmp_path, "# what it is\n\ncheck-in\tavstämning\tavstämning|Stäm av\n")
    assert terms.read("sv", "bot", folder) == (Term("check-in", "avstämning", ("avstämning", "stäm av")),)
    assert terms.read("ti", "bot", folder) == ()


def test_a_term_may_be_meant_for_one_catalogue(tmp_path: Path) -> None:
    """A case of ours is not a case at a court."""
    folder = written(tmp_path, "case\tärende\tärende\tbot\nbill\träkning\träkning\n")
    assert [each.source for each in terms.read("sv", "bot", folder)] == ["case", "bill"]
    assert [each.source for each in terms.read("sv", "guides", folder)] == ["bill"]


@pytest.mark.parametrize("line", ["case", "case\tärende", "case\t\tärend", "a\tb\tc\td\te"])
def test_a_torn_line_is_named(tmp_path: Path, line: str) -> None:
    """A tab that an editor turned into spaces is easily made and hard to see."""
    with pytest.raises(TermsTorn, match=r"locales/sv/terms.tsv line 2"):
        terms.read("sv", "bot", written(tmp_path, f"# head\n{line}\n"))


@pytest.mark.parametrize(
    ("source", "has"),
    [
        ("Case {case} is closed.", True),
        ("Open cases:", True),
        ("Just in case you need it", False),
        ("{case}: {cases} days", False),
        ("In that suitcase", False),
    ],
)
def test_a_term_is_a_word_and_not_a_part_of_one(source: str, has: bool) -> None:
    """“Suitcase” is no case, and neither is “in case”."""
    assert CASE.is_in(source) is has


def test_a_stem_is_enough() -> None:
    """Languages bend their words."""
    assert CASE.is_kept("Ärendet är stängt")
    assert not CASE.is_kept("Fallet är stängt")
    assert Term("landlord", "صاحب‌خانه", (terms.folded("صاحب‌خانه"),)).is_kept("به صاحب خانه")


@pytest.mark.parametrize("locale", catalogues.locales())
def test_every_language_has_its_terms(locale: str) -> None:
    """Where nobody wrote down what a thing is called, it is called many things."""
    assert len(terms.read(locale, "bot")) >= 15
