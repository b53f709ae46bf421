"""The shared plan as both sides read it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from dialogs import sip_texts
from dialogs.plan_entry import Area, Helper, PlanEntry
from dialogs.screen import Keyboard
from dialogs.sip_texts import View
from tests.dialogs.cast import MINA, english

TODAY = date(2026, 11, 24)
HERS = View("sp", 1, "", (MINA,), TODAY)
MINAS = View("sp:1", 2, "Linden", (MINA,), TODAY)
ENTRY = PlanEntry(4, "home-visit", Helper.PARTNER, 2, 1, None, True, True)


def line(entry: PlanEntry, view: View = HERS) -> str:
    """As read in English."""
    return english((sip_texts.line(entry, view),))


def data(keyboard: Keyboard) -> list[str]:
    """Of all buttons."""
    return [button.data for row in keyboard for button in row]


@pytest.mark.parametrize(
    ("entry", "hers", "minas"),
    [
        (ENTRY, "Visit a home (Mina)", "Visit a home (Mina)"),
        (replace(ENTRY, helper=Helper.HERSELF), "Visit a home (you)", "Visit a home (Linden)"),
        (replace(ENTRY, helper=Helper.CARE), "Visit a home (health care)", "Visit a home (health care)"),
        (replace(ENTRY, done=True), "✅ Visit a home (Mina)", "✅ Visit a home (Mina)"),
        (
            replace(ENTRY, on=TODAY - timedelta(days=1)),
            "Visit a home (Mina), was for 2026-11-23",
            "Visit a home (Mina), was for 2026-11-23",
        ),
        (
            replace(ENTRY, on=TODAY),
            "Visit a home (Mina), 2026-11-24",
            "Visit a home (Mina), 2026-11-24",
        ),
        (
            replace(ENTRY, their_yes=None),
            "⏳ Visit a home (Mina): Mina has not answered yet",
            "❔ Visit a home (Mina): waits for your answer",
        ),
        (
            replace(ENTRY, her_yes=False),
            "❔ Visit a home (Mina): waits for your answer",
            "⏳ Visit a home (Mina): Linden has not answered yet",
        ),
        (
            replace(ENTRY, their_yes=False),
            "Visit a home (Mina): Mina said no",
            "Visit a home (Mina): Mina said no",
        ),
    ],
)
def test_both_sides_read_the_same_and_whose_answer_is_missing(
    entry: PlanEntry, hers: str, minas: str
) -> None:
    """One plan, told to each as it concerns her."""
    assert (line(entry), line(entry, MINAS)) == (hers, minas)


def test_who_is_gone_is_nobody_at_present() -> None:
    """The line stays hers; a name would promise help that is not there."""
    assert line(ENTRY, replace(HERS, people=())) == "Visit a home (nobody at present)"


def test_a_step_of_a_newer_program_is_shown_all_the_same() -> None:
    """After a restore of an older one nothing tears."""
    entry = replace(ENTRY, step="home-unheard-of")
    assert line(entry) == "Something else (Mina)"
    assert sip_texts.page(entry, HERS)[1]


@pytest.mark.parametrize(
    ("entry", "hers", "minas"),
    [
        (ENTRY, ["done", "when", "del"], ["done"]),
        (replace(ENTRY, done=True), ["del"], []),
        (replace(ENTRY, their_yes=None), ["when", "del"], ["yes", "no"]),
        (replace(ENTRY, her_yes=False, by=2), ["yes", "no", "when", "del"], ["del"]),
        (replace(ENTRY, their_yes=False), ["when", "del"], []),
        (replace(ENTRY, contact=3), ["done", "del"], []),
    ],
)
def test_each_sees_only_what_she_may_do(entry: PlanEntry, hers: list[str], minas: list[str]) -> None:
    """A button that would be refused is no help."""
    assert data(sip_texts.page(entry, HERS)[1]) == [*(f"sp:{deed}:4" for deed in hers), "sp"]
    assert data(sip_texts.page(entry, MINAS)[1]) == [*(f"sp:1:{deed}:4" for deed in minas), "sp:1"]


def test_a_number_stands_on_the_line_and_on_the_button() -> None:
    """So that it can be typed too."""
    later = replace(ENTRY, id=9, on=TODAY)
    text, keyboard = sip_texts.listed((ENTRY, later), HERS)
    assert english(text).splitlines()[:2] == ["1. Visit a home (Mina), 2026-11-24", "2. Visit a home (Mina)"]
    assert data(keyboard) == ["sp:e:9", "sp:e:4"]
    assert "Nothing stands" in english(sip_texts.listed((), HERS)[0])


def test_each_choice_leads_on_and_out() -> None:
    """From the area to the step to the day."""
    assert data(sip_texts.areas(MINAS)[1]) == [*(f"sp:1:a:{area}" for area in Area), "sp:1"]
    assert "sp:s:home-visit" in data(sip_texts.steps(Area.HOME, HERS)[1])
    shown = data(sip_texts.days("on:4", HERS)[1])
    assert shown[0] == "sp:on:4:20261125"
    assert shown[-2:] == ["sp:on:4:none", "sp"]


@pytest.mark.parametrize(
    ("code", "day"),
    [
        ("20261201", (True, date(2026, 12, 1))),
        ("none", (True, None)),
        ("20261301", (False, None)),
        ("", (False, None)),
        ("tomorrow", (False, None)),
    ],
)
def test_a_day_of_a_button_is_a_day_or_nothing(code: str, day: tuple[bool, date | None]) -> None:
    """Data comes back from outside."""
    assert sip_texts.read_day(code) == day


@pytest.mark.parametrize(("code", "number"), [("7", 7), ("", 0), ("-1", 0), ("٣", 0), ("9" * 30, 0)])
def test_a_number_of_a_button_is_a_number_or_nothing(code: str, number: int) -> None:
    """As above."""
    assert sip_texts.number_of(code) == number
