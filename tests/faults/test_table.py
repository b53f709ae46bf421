"""The table people read, and the JSON programs read."""

import json

from faults import table
from faults.findings import Finding

FOUND = [
    Finding("kill matrix", "updates lost", "0 of 9", "0", True),
    Finding("kill matrix", "check-ins twice", "2 of 9", "0", False),
    Finding("wave", "skipped", "0", "0", True),
]


def test_a_part_is_named_once_and_what_broke_stands_out() -> None:
    """Forty lines that all begin with the same words are not read."""
    lines = table.lines(FOUND)
    assert [line.split("  ")[0] for line in lines[2:]] == ["kill matrix", "", "wave"]
    assert [line.split()[-1] for line in lines[2:]] == ["held", "BROKEN", "held"]


def test_the_columns_stand_under_their_headings() -> None:
    """A table that is not aligned is a heap."""
    head, _rule, *lines = table.lines(FOUND)
    at = head.index("figure")
    assert [line[at:].split()[0] for line in lines] == ["0", "2", "0"]


def test_a_program_reads_the_same() -> None:
    """With where it was measured."""
    read = json.loads(json.dumps(table.as_json(FOUND, {"cores": 2})))
    assert read["machine"] == {"cores": 2}
    assert [each["held"] for each in read["findings"]] == [True, False, True]
