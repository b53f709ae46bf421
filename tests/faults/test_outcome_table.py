"""The outcome table: whole, made of known words, and the page that shows it is the one that is checked."""

from pathlib import Path

from faults.outcome_table import ANSWERS, FATES, KINDS, cells, page

ROOT = Path(__file__).parents[2]


def test_the_table_has_every_cell_once() -> None:
    """What is not asked for is not checked (R5)."""
    table = cells()
    assert len(table) == len(ANSWERS) * len(KINDS)
    assert {(cell.answer.name, cell.kind.name) for cell in table} == {(a, k) for a in ANSWERS for k in KINDS}
    assert {cell.word for cell in table} == set(FATES), "and no word of the legend is unused"


def test_nothing_urgent_is_ever_given_up_as_unclear() -> None:
    """design.md 4, first row: at least once."""
    for cell in cells():
        if cell.kind.name in ("alert", "emergency"):
            assert cell.word != "flagged"


def test_a_check_in_never_goes_twice() -> None:
    """design.md 4: an extra notification is itself a risk."""
    for cell in cells():
        if cell.kind.name in ("check-in", "reminder"):
            assert cell.word not in ("repeats", "freely")


def test_the_page_is_the_table() -> None:
    """Made by `python -m faults.outcome_table > docs/outcomes.md`."""
    assert (ROOT / "docs" / "outcomes.md").read_text("utf-8") == page()
