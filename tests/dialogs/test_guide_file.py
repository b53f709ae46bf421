"""A guide's file: what a broken edit is told, and that a good one is read as it was written."""

from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.fact_sheet import parse_sheet
from dialogs.guide import End, Guide
from dialogs.marked_yaml import GuideFaults
from tests.dialogs.guide_examples import GUIDE, SHEET, read_example

BILLS = Path(__file__).parents[2] / "dialogs" / "guides" / "bills.yaml"
NEW_FACT = """\
  - number: F9.04
    confidence: known-but-not-found
    authority: Somebody
    link: https://authority.example
    checked: 2026-11-23
"""

# (what an author's edit replaces, by what, the text on the line the fault must name, a part of its sentence)
BROKEN = {
    "not YAML": ("menu: 1", "menu: [1", "title:", "not YAML"),
    "forbidden character": ("An example", "An \x00 example", "id: example", "not YAML"),
    "impossible character": ("id: example", 'id: "\\UFFFFFFFF"', "id: ", "not YAML"),
    "alias": ("title: An example", "title: &a An example\nmore: *a", "more:", "aliases"),
    "nested without end": ("title: An example", "title: " + "[" * 40 + "]" * 40, "title:", "nesting"),
    "not a mapping": (GUIDE, "- one\n- two\n", "- one", "not a mapping"),
    "unknown key of the guide": ("menu: 1", "menu: 1\ncolour: red", "colour:", "unknown key 'colour'"),
    "unknown key of a step": ("    next: opening", "    nxt: x\n    next: opening", "nxt:", "unknown key 'nxt'"),
    "unknown key of a fact": ("    figures:", "    figure: 3\n    figures:", "figure: 3", "unknown key"),
    "unknown key of a sentence": ("        meaning: I", "        tone: x\n        meaning: I", "tone:", "unknown"),
    "key twice": ("menu: 1", "menu: 1\nmenu: 2", "menu: 2", "says 'menu' twice"),
    "step twice": (
        "  unsure:\n", "  start:\n    text: Once.\n    end: action\n  unsure:\n", "start: #2", "'start' twice",
    ),
    "choice twice": ("No, I do not: answer", "Yes, I have: answer", "Yes, I have: answer", "twice"),
    "fact twice": ("number: F9.02", "number: F9.01", "- number: F9.01 #2", "stands here twice"),
    "id unlike the file": ("id: example", "id: other", "id: other", "not the name of the file"),
    "missing text": ("    text: Then ask your contact person.\n", "", "    icon: 🤔", "no text for 'text'"),
    "empty text": ("text: Then ask your contact person.", "text:", "text: #only", "missing its text"),
    "missing title": ("title: An example\n", "", "id: example", "no text for 'title'"),
    "list for a text": ("title: An example", "title: [a, b]", "title:", "missing its text"),
    "text for a list": ("cites: [F9.01]", "cites: F9.01", "cites: F9.01", "not a list"),
    "text for the steps": ("    text: Take a paper.", "    x: y\n    text: Take a paper.", "x: y", "unknown key"),
    "no whole number": ("menu: 1", "menu: first", "menu: first", "not a whole number"),
    "no date": ("expires: 2027-11-23", "expires: next year", "expires:", "not a date"),
    "flag neither true nor false": ("ask: true", "ask: maybe", "ask: maybe", "neither true nor false"),
    "unreachable step": ("I am not sure: unsure", "I am not sure: answer", "text: Then ask", "no way leads"),
    "dead end": ("    end: person\n", "", "text: Call", "dead end"),
    "two ways on": ("    end: person", "    end: person\n    next: start", "text: Call", "more than one"),
    "no icon": ("    icon: 📄\n", "", "    text: Take a paper", "no text for 'icon'"),
    "a word for an icon": ("icon: 📄", "icon: a", "icon: a", "use one emoji"),
    "unknown group": ("group: life", "group: fun", "group: fun", "no group"),
    "nothing to know before": ("before:", "befor:", "id: example", "no 'before'"),
    "nothing to bring": ("  bring: [A pen, Your paper]\n", "", "  takes:", "things to bring"),
    "a long thing to bring": ("A pen", "A pen and " + "a " * 9 + "pen", "bring:", "at most 10 words"),
    "a long text before": ("They may say no.", "They may say no. " * 9, "wrong:", "at most 30 words"),
    "unknown word": ("[hjalp]", "[hjalp, help]", "terms:", "'help' is not in the glossary"),
    "unknown picture": ("    icon: 📄", "    icon: 📄\n    picture: x", "picture: x", "no picture 'x'"),
    "unknown reminder": ("    icon: 📄", "    icon: 📄\n    remind: daily", "remind: daily", "no remind"),
    "fact that expires too late": (
        "checked: 2026-11-23\n", "checked: 2026-11-23\n    expires: 2029-01-01\n", "expires: 2029", "within a year",
    ),
    "unknown end": ("end: person", "end: nowhere", "end: nowhere", "'action' or 'person'"),
    "unknown target": ("next: opening", "next: openng", "next: openng", "'openng', which does not exist"),
    "unknown first step": ("first: start", "first: begin", "first: begin", "does not exist"),
    "circle": ("    end: person", "    next: start", "text: Take a paper", "leads back to itself"),
    "figure without a fact": ("Take a paper.", "Take 3 papers.", "Take 3", "the figure 3"),
    "figure of another fact": ("costs 60 kr", "costs 70 kr", "costs 70", "the figure 70"),
    "deadline in words": ("You have time.", "You have three weeks.", "three weeks", "the figure 3"),
    "figure in a label": ("No, I do not: answer", "No, since 2020: answer", "since 2020", "the figure 2020"),
    "cites an unlisted fact": ("cites: [F9.01]", "cites: [F9.01, F9.09]", "F9.09", "not listed under facts"),
    "fact nobody cites": ("    cites: [F9.02]\n", "", "facts:", "no step cites it"),
    "fact that was not found": (
        "    cites: [F9.02]", "    cites: [F9.02, F9.04]", "cites: [F9.02, F9.04]", "not found in any source",
    ),
    "uncertain fact stated": ("    ask: true\n", "", "cites: [F9.02]", "uncertain"),
    "ask without a question": ("Ask when they are open.", "They open early.", "ask: true", "asks nothing"),
    "unknown confidence": ("confidence: uncertain", "confidence: sure", "confidence: sure", "no word for"),
    "link outside the list": ("example/answer", "example.org/answer", "example.org", "outside the allowed"),
    "link without https": ("https://www.auth", "http://www.auth", "http://", "outside the allowed"),
    "link that hides its host": ("//www.auth", "//a@www.auth", "//a@www", "outside the allowed"),
    "link in a text": ("Take a paper.", "See https://authority.example now.", "See https", "holds a link"),
    "site in a text": ("Take a paper.", "Look at bank.com now.", "bank.com", "names bank.com"),
    "too many words": ("Take a paper.", "Take a paper. " * 20, "Take a paper.", "words is too long"),
    "too many characters": ("Take a paper.", "Taaaaaaaaaake. " * 55, "Taaaa", "is too long"),
    "sentence too long": ("Take a paper.", "Take a paper and " + "then " * 20 + "rest.", "then then", "a sentence"),
    "label too long": ("No, I do not: answer", "No" + " or no" * 8 + ": answer", "No or no", "a button of"),
    "sentence to copy too long": ("swedish: Jag", "swedish: " + "Hej. " * 55 + "Jag", "Hej. Hej.", "to copy"),
    "no protected branch": ("    branch: protected-identity\n", "", "protected_identity:", "no step has"),
    "unknown branch": ("branch: protected-identity", "branch: bank", "branch: bank", "one of protected"),
    "branch without not sure": (
        "      I am not sure: unsure\n  protected:", "  protected:", "branch: protected", "not sure",
    ),
    "no reason for no branch": (
        "protected_identity: branch", "protected_identity: not-needed", "protected_identity:", "and why",
    ),
    "asks for the address": ("You have time.", "What is your address?", "What is", "asks for an address"),
    "asks where she lives": ("You have time.", "Where do you live now?", "Where do", "asks for an address"),
    "asks for the number": (
        "You have time.", "Write me your personal number.", "Write me", "asks for an address or a personal number",
    ),
    "digits of a line": ("Take a paper.", "Call 0101234567 now.", "Call 010", "digits of a phone number"),
    "digits of any phone": ("Take a paper.", "Call 08-555 123 now.", "Call 08", "digits of a phone number"),
    "line nobody knows": ("lines: [help-line]", "lines: [help-line, x]", "help-line, x", "does not exist"),
    "placeholder without its line": ("Take a paper.", "Call {help_line}.", "Call {help_line}.", "placeholder"),
    "brace": ("Take a paper.", "Take a {paper.", "Take a {", "brace"),
    "expires too late": ("expires: 2027-11-23", "expires: 2029-11-23", "expires:", "within a year"),
    "expires before its check": ("expires: 2027-11-23", "expires: 2026-11-23", "expires:", "within a year"),
    "data too long": ("  unsure:\n    text", "  " + "u" * 60 + ":\n    text", "text: Then ask", "64 bytes"),
    "step with a strange name": ("  unsure:\n    text", "  Un Sure:\n    text", "text: Then ask", "is not a name"),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_edit_is_refused_with_file_and_line(case: str) -> None:
    """An author is told where to look, not that something somewhere is wrong."""
    old, new, marker, sentence = BROKEN[case]
    assert old in GUIDE
    broken = GUIDE.replace(old, new, 1) + (NEW_FACT if "F9.04" in new else "")
    with pytest.raises(GuideFaults) as raised:
        read_example(broken)
    named = [(fault.file, fault.line) for fault in raised.value.faults if sentence in fault.sentence]
    assert ("example.yaml", _line(broken, marker)) in named, str(raised.value)


def test_a_long_way_without_anything_to_do_is_refused() -> None:
    """R15: after seven pages at most there is something to do."""
    chain = "".join(f"  s{n}:\n    text: Read on.\n    next: s{n + 1}\n" for n in range(7))
    chain += "  s7:\n    text: Do it.\n    end: action\n"
    before, after = GUIDE.split("steps:\n")
    broken = before.replace("first: start", "first: s0") + "steps:\n" + chain + after[after.index("facts:") :]
    assert "more than 7 pages before 's7'" in _refused(broken)


def test_a_guide_of_five_steps_is_refused() -> None:
    """A guide that short is a page, and pages are not checked as guides are."""
    short = GUIDE.replace("    next: opening", "    end: action")
    short = short[: short.index("  opening:")] + short[short.index("facts:") :]
    assert "fewer than 6 steps" in _refused(short)


def test_every_fault_is_named_in_one_run() -> None:
    """Nobody should have to fix, run, fix and run again."""
    broken = (
        GUIDE.replace("menu: 1", "menu: x").replace("next: opening", "next: y").replace("end: person", "")
    )
    told = _refused(broken)
    assert "whole number" in told
    assert "'y', which does not exist" in told
    assert "dead end" in told


def test_a_good_guide_is_read_as_it_was_written() -> None:
    """What the author wrote is what the resident walks through."""
    guide = _example()
    assert (guide.id, guide.title.source, guide.title.context) == ("example", "An example", "guide example")
    assert (guide.checked, guide.expires) == (date(2026, 11, 23), date(2027, 11, 23))
    assert guide.steps["question"].targets == ("protected", "answer", "unsure")
    assert guide.steps["call"].end is End.PERSON
    assert guide.steps["call"].lines == ("help-line",)
    assert guide.steps["protected"].say[0].swedish == "Jag har skyddade personuppgifter."


def test_a_guide_may_say_why_it_needs_no_branch() -> None:
    """A guide about cooking has none, but somebody must have thought about it."""
    reason = "protected_identity: not-needed because nobody is told anything"
    text = GUIDE.replace("protected_identity: branch", reason).replace("    branch: protected-identity\n", "")
    assert read_example(text).protected_identity.startswith("not-needed")


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("figures: [\"10\", \"60\"]", "figures: [\"10\", \"60\", \"99\"]", "F9.01 does not state the figure 99"),
        ("confidence: uncertain", "confidence: verified-in-source", "F9.02 is 'uncertain' in the fact sheet"),
        ("example/answer", "example/other", "does not have this link for F9.01"),
        ("F9.02", "F9.08", "F9.08 is not in the fact sheet"),
    ],
)  # fmt: skip
def test_a_guide_that_disagrees_with_the_fact_sheet_is_refused(old: str, new: str, sentence: str) -> None:
    """A copied fact must not drift away from the page it was copied from."""
    text = GUIDE.replace(old, new)
    read_example(text)
    with pytest.raises(GuideFaults) as raised:
        read_example(text, parse_sheet(SHEET))
    assert sentence in str(raised.value)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_edit_raises_anything_but_faults(data: st.DataObject) -> None:
    """A slip in an editor must never stop the bot in an unforeseen way."""
    text = BILLS.read_text(encoding="utf-8") if data.draw(st.booleans()) else GUIDE
    lines = text.splitlines()
    for _edit in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(lines) - 1))
        junk = st.text(st.sampled_from("{}[]:-&*!|>'\"#%@ \t\\abc10,?\U0001f600\x85\ufeff"), max_size=8)
        lines[at] = data.draw(
            st.sampled_from([lines[at - 1], "", lines[at][1:], lines[at] + data.draw(junk)])
        )
    with suppress(GuideFaults):
        read_example("\n".join(lines))


def _example() -> Guide:
    return read_example(GUIDE, parse_sheet(SHEET))


def _refused(text: str) -> str:
    with pytest.raises(GuideFaults) as raised:
        read_example(text)
    return str(raised.value)


def _line(text: str, marker: str) -> int:
    """Find a marker's line; `#2` asks for the second such line, `#only` for the whole line."""
    wanted, _hash, which = marker.partition(" #")
    hits = [
        number
        for number, line in enumerate(text.split("\n"), start=1)
        if (line.strip() == wanted.strip() if which == "only" else wanted in line)
    ]
    return hits[1 if which == "2" else 0]
