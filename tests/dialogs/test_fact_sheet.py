"""Reading the fact sheet, and seeing where a copied fact differs from it."""

import pytest

from dialogs.fact_sheet import disagreements, parse_sheet, ungrouped

PAGE = """\
Some words.
- **F1.01** You answer within three weeks and pay 2 000 kr, at most 15 percent. — Source: page \
https://one.example/a, https://two.example/b. (2026, official) — **verified-in-source** (old)
- **F1.02** The number is +46 8 405 50 05. — Source: same page (undated) — **verified-in-source**
- **F1.03** Nobody knows. — Source: no source found (—) — **known-but-not-found**
- A line without a number.
"""


def test_every_fact_is_read_with_its_links_and_confidence() -> None:
    """ "Same page" means the links of the fact above."""
    sheet = parse_sheet(PAGE)
    assert list(sheet) == ["F1.01", "F1.02", "F1.03"]
    assert sheet["F1.01"].links == sheet["F1.02"].links == ("https://one.example/a", "https://two.example/b")
    assert sheet["F1.03"].links == ()
    assert sheet["F1.03"].confidence == "known-but-not-found"


@pytest.mark.parametrize(
    ("figure", "stated"), [("3", True), ("2000", True), ("15", True), ("5", False), ("20", False)]
)
def test_a_figure_is_found_in_digits_and_in_words(figure: str, stated: bool) -> None:
    """The sheet writes "three weeks" and "2 000"; neither part of a number counts as a number."""
    assert parse_sheet(PAGE)["F1.01"].states(figure) is stated


def test_a_phone_number_is_found_however_it_is_grouped() -> None:
    """Grouping is taste, digits are not."""
    fact = parse_sheet(PAGE)["F1.02"]
    assert fact.holds_phone("+46 8-405 5005")
    assert not fact.holds_phone("+46 8 405 50 06")
    assert ungrouped("116 016") == "116016"


def test_a_copied_fact_is_compared_in_every_part() -> None:
    """Number, confidence, link and figures."""
    sheet = parse_sheet(PAGE)
    assert not list(disagreements(sheet, "F1.01", "verified-in-source", "https://one.example/a", ("3",)))
    told = list(disagreements(sheet, "F1.01", "uncertain", "https://one.example", ("4",)))
    assert len(told) == 3
    assert list(disagreements(sheet, "F7.07", "uncertain", "")) == ["F7.07 is not in the fact sheet"]
