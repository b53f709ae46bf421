"""Tests for reading a risk table, and for saying all that is wrong with it."""

import pytest

from dialogs.risk.lexicon import COLUMNS, Choice, Gap, LexiconFaults, read_lexicon, read_what_holds
from tests.dialogs.risk.lexicons import ROWS, line, table, tiny


def faults_of(*rows: str) -> list[str]:
    """The faults of the tiny table with these rows added."""
    with pytest.raises(LexiconFaults) as caught:
        read_lexicon(table(*rows), "t/risk.tsv", "t")
    return caught.value.faults


def danger(**cells: object) -> str:
    """A row that is right, but for what is changed."""
    right: dict[str, object] = {
        "id": "t.x", "category": "SU", "level": 2, "pattern": "så trött", "example": "så trött", "example_not": "pigg",
    }  # fmt: skip
    return line(**{**right, **cells})


def test_a_right_table_is_read_whole() -> None:
    """Every row that is no class becomes a pattern."""
    lexicon = tiny()
    assert len(lexicon.patterns) == len(ROWS)
    assert lexicon.classes["<now>"] == {("nu",), ("just", "nu"), ("ikväll",), ("idag",)}


def test_a_pattern_is_read_into_steps() -> None:
    """Alternatives, beginnings, classes, gaps and words that may be missing."""
    lexicon = read_lexicon(table(danger(pattern="_ Dö|sjUk* _ _ <kin> (inte|ej) _")), "t/risk.tsv", "t")
    assert lexicon.patterns[-1].steps == (
        Choice(frozenset({("dö",), ("sjuk*",)})),
        Gap(6),
        Choice(frozenset({("<kin>",)})),
        Choice(frozenset({("inte",), ("ej",)}), optional=True),
    )


def test_a_scene_is_its_parts_and_how_far_apart_they_may_stand() -> None:
    """One sign joins all parts; where it stands twice, people may tell more in between."""
    near = read_lexicon(table(danger(pattern="<kin> & dö|sjuk")), "t/risk.tsv", "t").patterns[-1]
    far = read_lexicon(table(danger(pattern="<kin> && dö|sjuk && hem")), "t/risk.tsv", "t").patterns[-1]
    assert near.steps == (Choice(frozenset({("<kin>",)})), Choice(frozenset({("dö",), ("sjuk",)})))
    assert (near.spread, far.spread, far.length) == (3, 8, 3)
    assert tiny().patterns[0].spread is None


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({"id": "t.su.1"}, "the id t.su.1 stands already in line"),
        ({"id": ""}, "the id is missing"),
        ({"category": "XX"}, "XX is no category"),
        ({"level": 4}, "4 is no level"),
        ({"pattern": ""}, "the pattern is missing"),
        ({"pattern": "<aunt> dör"}, "there is no class <aunt>"),
        ({"pattern": "(a) _ (b)"}, "all words stand in brackets"),
        ({"pattern": "a) b"}, "brackets do not fit"),
        ({"pattern": "a !!"}, "nothing can be read in !!"),
        ({"pattern": "a & b && c"}, "all with &&"),
        ({"pattern": "a & b _ c"}, "all with &&"),
        ({"pattern": "^ a & b"}, "all with &&"),
        ({"pattern": "a & b c"}, "between each two"),
        ({"pattern": "a & & b"}, "between each two"),
        ({"pattern": "a &"}, "two or more parts"),
        ({"pattern": "a & (b)"}, "must be there"),
        ({"key": "K2"}, "K2 is no key"),
        ({"person": "we"}, "we is no person"),
        ({"blocks": "SU"}, "only a block row has blocks"),
        ({"example": ""}, "the example is missing"),
        ({"example_not": ""}, "the example_not is missing"),
        ({"category": "block", "level": ""}, "a block row must say"),
        ({"category": "block", "level": "", "blocks": "SU,YY"}, "blocks names something"),
    ],
)
def test_every_fault_is_told_with_its_line(cells: dict[str, object], sentence: str) -> None:
    """Who mends a table needs the place and the reason."""
    (fault,) = faults_of(danger(**cells))
    assert fault.startswith("t/risk.tsv:")
    assert sentence in fault


def test_all_faults_come_at_once() -> None:
    """Nobody should have to run it twenty times to mend twenty rows."""
    assert len(faults_of(danger(level=9), danger(id="t.y", key="K9"), "a\t" * 20)) == 3


def test_a_missing_class_is_a_fault() -> None:
    """Without its negations a language would alert on every "I do not"."""
    faults = read_what_holds("\t".join(COLUMNS), "t/risk.tsv", "t")[1]
    assert any("<neg>" in fault for fault in faults)


def test_a_table_without_its_header_is_a_fault() -> None:
    """Columns that moved must not be read as others."""
    assert read_what_holds("id\tlevel", "t/risk.tsv", "t")[1][0].startswith("t/risk.tsv:1: the first row")


def test_rows_without_fault_are_read_beside_others() -> None:
    """An author sees how far the table works while it is still being written."""
    lexicon, faults = read_what_holds(table(danger(level=9)), "t/risk.tsv", "t")
    assert len(lexicon.patterns) == len(ROWS)
    assert len(faults) == 1


def test_another_table_has_another_digest() -> None:
    """The record of a reading says which lexicon was used."""
    assert tiny().digest == tiny().digest != read_lexicon(table(danger()), "t/risk.tsv", "t").digest
