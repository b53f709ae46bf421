"""The one file with phone numbers, and that no number stands anywhere else."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.library import FOLDER, load, read_sheet
from dialogs.fact_sheet import parse_sheet, ungrouped
from dialogs.lines import parse_lines, values
from dialogs.marked_yaml import GuideFaults
from tests.dialogs.guide_examples import LINES, SHEET, directory, english

ROOT = Path(__file__).parents[2]
PROMISED = {"emergency", "violence-line", "police", "ud-abroad", "suicide-line", "bris"}

BROKEN = {
    "number": ("010-123 45 67", "call us", "number:", "cannot be dialled"),
    "name": ("    name: Help line\n", "", "    number:", "no text for 'name'"),
    "unknown key": ("name:", "nmae:", "nmae:", "unknown key 'nmae'"),
    "confidence": ("verified-in-source", "uncertain", "confidence:", "'uncertain' may not be shown"),
    "link": (
        "link: https://authority.example",
        "link: https://other.example",
        "link:",
        "outside the allowed",
    ),
    "id": ("  help-line:", "  Help_Line:", "number:", "not a name"),
    "date": ("2026-11-23", "23/11", "checked:", "not a date"),
    "twice": ("    fact:", "    name: Again\n    fact:", "Again", "says 'name' twice"),
    "list": ("lines:", "more:", "domains:", "has no 'lines'"),
}


def test_a_number_fills_the_place_of_its_line() -> None:
    """Texts name the line; digits come from one place."""
    assert values(directory().lines) == {"help_line": "010-123 45 67"}


def test_a_line_is_shown_with_its_hours() -> None:
    """Nobody is sent to a line without being told when it answers."""
    assert english((directory().lines["help-line"].shown(),)) == "Help line: 010-123 45 67. Day and night."
    plain = parse_lines("lines.yaml", LINES.replace("    hours: Day and night.\n", "")).lines["help-line"]
    assert english((plain.shown(),)) == "Help line: 010-123 45 67"


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_line_is_refused_with_file_and_line(case: str) -> None:
    """A wrong number can cost a night; an author is told where it stands."""
    old, new, marker, sentence = BROKEN[case]
    broken = LINES.replace(old, new)
    with pytest.raises(GuideFaults) as raised:
        parse_lines("lines.yaml", broken)
    line = next(n for n, text in enumerate(broken.splitlines(), start=1) if marker.strip() in text)
    assert (line, True) in [(fault.line, sentence in fault.sentence) for fault in raised.value.faults]


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("010-123 45 67", "010-123 45 68", "F9.03 does not state the number 0101234568"),
        ("fact: F9.03", "fact: F9.08", "F9.08 is not in the fact sheet"),
        ("fact: F9.03", "also: [F9.02]\n    fact: F9.03", "rests on F9.02, which is uncertain"),
    ],
)
def test_a_line_that_disagrees_with_the_fact_sheet_is_refused(old: str, new: str, sentence: str) -> None:
    """A mistyped digit is found before anybody dials it."""
    with pytest.raises(GuideFaults) as raised:
        parse_lines("lines.yaml", LINES.replace(old, new), parse_sheet(SHEET))
    assert sentence in str(raised.value)


def test_uncertain_hours_are_allowed_where_the_caller_is_told_to_check() -> None:
    """Two pages of one authority disagree; the number is right all the same."""
    text = LINES.replace("fact: F9.03", "fact: F9.03\n    also: [F9.02]\n    ask: true")
    assert parse_lines("lines.yaml", text, parse_sheet(SHEET)).lines["help-line"].number


@pytest.mark.parametrize(
    ("link", "allowed"),
    [
        ("https://authority.example", True),
        ("https://www.authority.example/a?b", True),
        ("http://authority.example", False),
        ("https://notauthority.example", False),
        ("https://authority.example.org", False),
        ("https://authority.example@other.example", False),
        ("https://authority.example:8443/", False),
        ("https://[", False),
    ],
)
def test_only_listed_domains_are_linked(link: str, allowed: bool) -> None:
    """A link in this chat is believed; it must lead where it seems to."""
    assert directory().allows(link) is allowed


def test_the_lines_every_part_of_the_bot_counts_on_are_there() -> None:
    """Emergency texts name them; a line that vanished would leave a hole there."""
    assert load().lines.keys() >= PROMISED


def test_numbers_that_work_only_in_sweden_say_so() -> None:
    """A 116 number reaches the line of the country one is in."""
    for line in load().lines.values():
        if line.number.startswith("116"):
            assert "only inside Sweden" in (line.hours.source if line.hours else "")


@pytest.mark.skipif(read_sheet() is None, reason="the fact sheet is not beside the repository")
def test_our_guides_and_lines_agree_with_the_fact_sheet() -> None:
    """Numbers, confidence, links and figures are as somebody read them in the source."""
    assert load(FOLDER, read_sheet()).guides


def test_no_phone_number_stands_outside_the_one_file() -> None:
    """A number that changes must be changed once."""
    numbers = {ungrouped(line.number) for line in load().lines.values()}
    pattern = re.compile(
        r"(?<![\w.:/+-])(" + "|".join(_loose(number) for number in sorted(numbers)) + r")(?![\w-])"
    )
    found = [f"{path}: {text.strip()[:60]}" for path, text in _texts() if pattern.search(text)]
    assert not found


def _loose(number: str) -> str:
    """Match a number however its digits are grouped."""
    return r"[\s\u00a0-]?".join(re.escape(digit) for digit in number)


def _texts() -> Iterator[tuple[Path, str]]:
    """Yield what we say: strings of the code, lines of guides and catalogues; what a link holds is no number."""
    for folder in ("bot", "dialogs", "locales"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix == ".py":
                yield from ((path.relative_to(ROOT), text) for text in _strings(path))
            elif path.suffix in {".yaml", ".po", ".pot"} and path.name != "lines.yaml":
                lines = path.read_text(encoding="utf-8").splitlines()
                yield from ((path.relative_to(ROOT), line) for line in lines if "https://" not in line)


def _strings(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
