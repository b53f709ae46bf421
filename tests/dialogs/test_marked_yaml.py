"""Taking a file apart: kinds, lines, and what is left over."""

from datetime import date

import pytest

from dialogs.marked_yaml import GuideFaults, Notes, Section, opened

FILE = """\
name: Leyla
day: 2026-11-24
count: 3
flag: true
list: [a, b]
pairs:
  first: one
  second: two
"""


def test_values_are_taken_by_name_and_kind() -> None:
    """A kind is asked for, never guessed: `no` stays a word."""
    top, notes = _open(FILE)
    assert (top.text("name").text, top.text("name").line) == ("Leyla", 1)
    assert (top.day("day"), top.number("count"), top.flag("flag")) == (date(2026, 11, 24), 3, True)
    assert [entry.text for entry in top.texts("list")] == ["a", "b"]
    assert [(left.text, right.text, left.line) for left, right in top.pairs("pairs")] == [
        ("first", "one", 7),
        ("second", "two", 8),
    ]
    top.close()
    assert not notes.faults


def test_faults_are_raised_in_the_order_of_the_file() -> None:
    """An author reads them from top to bottom."""
    top, notes = _open(FILE)
    top.text("missing")
    top.number("name")
    top.close()
    with pytest.raises(GuideFaults) as raised:
        notes.settle()
    assert [fault.line for fault in raised.value.faults] == sorted(
        fault.line for fault in raised.value.faults
    )
    assert str(raised.value.faults[-1]) == "x.yaml:6: the file has an unknown key 'pairs'"


@pytest.mark.parametrize(
    "text", ["", "just words", "- a", "a: b: c", "a: [", "\x07", "a: &x b\nc: *x", "? [a]\n: b"]
)
def test_what_is_no_mapping_of_texts_is_a_fault(text: str) -> None:
    """Whatever a file holds, it comes out as a fault."""
    with pytest.raises(GuideFaults):
        _open(text)[1].settle()


def test_deep_nesting_is_a_fault_and_no_crash() -> None:
    """A recursion error would stop the bot; a fault keeps the last good guides."""
    with pytest.raises(GuideFaults, match="nesting"):
        _open("a: " + "[" * 5000)


def _open(text: str) -> tuple[Section, Notes]:
    notes = Notes("x.yaml")
    return opened(text, notes, "the file"), notes
