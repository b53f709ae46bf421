"""A contact person's day: only what she may see, every name an alias, every line a way on."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from dialogs import contact_person, day
from dialogs.effects import GatherDay, GatherResidents, NoteOpening, OpenResident, Say, ShowTrend, Toast
from dialogs.events import (
    CaseLine,
    DayGathered,
    Event,
    Pressed,
    ResidentLine,
    ResidentOpened,
    ResidentsGathered,
    SilentLine,
    Wrote,
)
from dialogs.kinds import ContactKind, Sight
from dialogs.knowledge import Knowledge
from dialogs.outcome import Outcome
from dialogs.people import CheckIn, Consent, Contact, PromisedCall, Resident
from dialogs.words import Word
from tests.dialogs.cast import NOW, offered, only, words

HOUR = timedelta(hours=1)
OPEN = CheckIn(NOW.date(), "d", NOW - 4 * HOUR)
CASE = CaseLine(7, 3, 2, 1, "Linden", None, "", None)


def happens(contact: Contact, event: Event, knowledge: Knowledge) -> Outcome[Contact]:
    """Let something happen to her now."""
    return contact_person.decide(contact, event, NOW, knowledge)


@pytest.mark.parametrize(
    ("event", "effect"),
    [
        (Wrote("today", Word.TODAY), GatherDay()),
        (Pressed("td"), GatherDay()),
        (Wrote("residents", Word.RESIDENTS), GatherResidents()),
        (Pressed("rs"), GatherResidents()),
        (Pressed("rd:1"), OpenResident(1)),
        (Pressed("rd:1:trend"), ShowTrend(1)),
    ],
)
def test_by_button_and_by_word_it_is_looked_up_anew(
    mina: Contact, knowledge: Knowledge, event: Event, effect: object
) -> None:
    """A yes that was taken back a minute ago counts, so nothing is remembered here."""
    assert happens(mina, event, knowledge).effects == (effect,)


def test_before_she_is_ready_there_is_no_day(mina: Contact, knowledge: Knowledge) -> None:
    """First the introduction and the test."""
    new = replace(mina, joined=False)
    assert only(GatherDay, happens(new, Wrote("today", Word.TODAY), knowledge).effects) == []
    assert only(Toast, happens(new, Pressed("rd:1"), knowledge).effects)


def test_help_leads_to_it(mina: Contact, knowledge: Knowledge) -> None:
    """Nobody finds what stands nowhere."""
    assert {"td", "rs", "pr:begin", "ro:0"} <= set(
        offered(happens(mina, Pressed("ch:help"), knowledge).effects)
    )


# --- what may be seen ---


@pytest.mark.parametrize("kind", ContactKind)
def test_the_kind_decides_unless_she_does(leyla: Resident, mina: Contact, kind: ContactKind) -> None:
    """Her own choice beats every default, in both directions."""
    hers = replace(mina, kind=kind)
    assert not day.may_see(leyla, hers, Sight.TREND)
    shown = replace(leyla, sight=((2, ("trend",)), (3, ())))
    assert day.may_see(shown, hers, Sight.TREND)
    assert not day.may_see(shown, hers, Sight.SIGNS)
    assert not day.may_see(shown, replace(hers, id=3), Sight.SIGNS)


def test_the_association_sees_no_signs_and_the_ordinary_one_does(leyla: Resident, mina: Contact) -> None:
    """As the report has it."""
    assert day.may_see(leyla, mina, Sight.SIGNS)
    told = replace(leyla, contacts=(replace(leyla.contacts[0], kind=ContactKind.CIVIL), *leyla.contacts[1:]))
    assert not day.may_see(told, mina, Sight.SIGNS)


def test_an_unanswered_check_in_is_shown(leyla: Resident, mina: Contact) -> None:
    """Three hours after it was asked."""
    asked = replace(leyla, check_in=OPEN, missed=1)
    assert day.silent_line(asked, mina, NOW) == SilentLine("Linden", OPEN.asked_at, 1)


@pytest.mark.parametrize(
    "changes",
    [
        {"consent": Consent(True, True, False)},
        {"consent": Consent(False, True, True)},
        {"consent": Consent(None, None, None)},
        {"sight": ((2, ("talk",)),)},
        {"check_in": None},
        {"check_in": replace(OPEN, stage="done")},
        {"check_in": replace(OPEN, arrived=False)},
        {"check_in": replace(OPEN, asked_at=NOW - HOUR)},
        {"paused_until": NOW + HOUR},
        {"stopped": True},
    ],
)
def test_what_she_has_not_agreed_to_or_what_is_no_silence_is_not_shown(
    leyla: Resident, mina: Contact, changes: dict[str, Any]
) -> None:
    """Only a yes is a yes, and a pause is no silence (S13)."""
    assert day.silent_line(replace(leyla, **{"check_in": OPEN, **changes}), mina, NOW) is None


def test_a_line_holds_only_what_may_be_seen(leyla: Resident, mina: Contact) -> None:
    """What is not filled in cannot slip out by a text."""
    seen = replace(leyla, last_sign=NOW, faces=((NOW.date(), 4),), sight=((2, ("signs", "trend")),))
    assert day.resident_line(seen, mina, NOW) == ResidentLine(1, "Linden", True, NOW, None, True)
    hidden = replace(seen, sight=((2, ()),), paused_until=NOW + HOUR)
    assert day.resident_line(hidden, mina, NOW) == ResidentLine(1, "Linden", False, None, NOW + HOUR, False)
    over = replace(seen, faces=(), paused_until=NOW - HOUR)
    assert day.resident_line(over, mina, NOW) == ResidentLine(1, "Linden", True, NOW, None, False)


# --- today ---


def test_an_empty_day_says_so(mina: Contact, knowledge: Knowledge) -> None:
    """No screen without words."""
    shown = happens(mina, DayGathered((), (), ()), knowledge)
    assert "Nothing waits" in words(shown.effects)
    assert offered(shown.effects) == ["rs"]


@pytest.mark.parametrize(
    ("line", "said", "data"),
    [
        (CASE, "🟠 Case 7, Linden: nobody has it yet", "al:7:3:have"),
        (replace(CASE, told=False), "🟠 Case 7, Linden: nobody has it yet", "al:7:3:over"),
        (
            replace(CASE, holder=2, holder_name="Mina", until=NOW),
            f"🟠 Case 7, Linden: you have it until {NOW}",
            "td:case:7:3:1",
        ),
        (
            replace(CASE, level=3, holder=3, holder_name="Josef", until=NOW),
            f"🔴 Case 7, Linden: Josef has it until {NOW}",
            "al:7:3:over",
        ),
    ],
)
def test_an_open_case_says_who_has_it_and_leads_on(
    mina: Contact, knowledge: Knowledge, line: CaseLine, said: str, data: str
) -> None:
    """Take it on, take it over, or say how it went."""
    shown = happens(mina, DayGathered((line,), (), (1,)), knowledge)
    assert said in words(shown.effects)
    assert data in offered(shown.effects)


def test_her_own_case_leads_to_its_outcome(mina: Contact, knowledge: Knowledge) -> None:
    """The message with the buttons may be far up in the chat."""
    shown = happens(mina, Pressed("td:case:7:3:1"), knowledge)
    assert {"al:7:3:safe", "al:7:3:missed", "cl:for:1"} <= set(offered(shown.effects))


@pytest.mark.parametrize("data", ["td:case:7:3", "td:case:x:3:1", "td:case:7:3:1:1", "rd:x", "rd:", "td:odd"])
def test_an_old_or_forged_button_shows_nothing(mina: Contact, knowledge: Knowledge, data: str) -> None:
    """It is kindly refused."""
    assert only(Toast, happens(mina, Pressed(data), knowledge).effects)


def test_unanswered_check_ins_stand_below(mina: Contact, knowledge: Knowledge) -> None:
    """With how many days there were before."""
    lines = (SilentLine("Linden", NOW, 0), SilentLine("Björk", NOW, 2))
    said = words(happens(mina, DayGathered((), lines, ()), knowledge).effects)
    assert f"Linden: asked {NOW}" in said
    assert f"Björk: asked {NOW}, and 2 days before that" in said


def test_calls_of_today_stand_there_until_they_are_settled(mina: Contact, knowledge: Knowledge) -> None:
    """Yesterday's as well; tomorrow's not yet, and none about whom she may not see any more."""
    promised = tuple(
        PromisedCall(resident, alias, NOW + timedelta(hours=hours))
        for resident, alias, hours in ((1, "Linden", 1), (4, "Björk", -30), (5, "Rönn", 20), (6, "Asp", 1))
    )
    shown = happens(replace(mina, calls=promised), DayGathered((), (), (1, 4, 5)), knowledge)
    said = words(shown.effects)
    assert "Linden" in said
    assert "Björk: how did it go?" in said
    assert "Rönn" not in said
    assert "Asp" not in said
    assert [data for data in offered(shown.effects) if data.startswith("cl:how:4")]


# --- my residents ---


def test_without_residents_it_says_so(mina: Contact, knowledge: Knowledge) -> None:
    """And promises to tell nothing about anybody."""
    assert "Nobody has agreed" in words(happens(mina, ResidentsGathered(()), knowledge).effects)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (ResidentLine(1, "Linden", True, NOW), f"Last sign: {NOW}, to the hour"),
        (ResidentLine(1, "Linden", True), "Last sign: none yet"),
        (ResidentLine(1, "Linden", False), "Last sign: may not be seen"),
        (ResidentLine(1, "Linden", False, None, NOW), f"Pause until {NOW}"),
    ],
)
def test_each_resident_is_one_paragraph_and_one_button(
    mina: Contact, knowledge: Knowledge, line: ResidentLine, said: str
) -> None:
    """Alias, last sign, pause."""
    shown = happens(mina, ResidentsGathered((line,)), knowledge)
    assert f"Linden:\n{said}" in words(shown.effects).replace("Last sign: may not be seen\nPause", "Pause")
    assert "rd:1" in offered(shown.effects)


def test_opening_a_page_is_noted_and_says_so(mina: Contact, knowledge: Knowledge) -> None:
    """S10: and whoever opens it knows that."""
    shown = happens(mina, ResidentOpened(ResidentLine(1, "Linden", True, NOW)), knowledge)
    assert only(NoteOpening, shown.effects) == [NoteOpening(1)]
    assert "noted" in words(shown.effects)
    assert offered(shown.effects) == ["cl:for:1", "no:read:1", "rs"]


def test_the_picture_is_offered_only_where_she_said_yes(mina: Contact, knowledge: Knowledge) -> None:
    """A button that is refused would tell that there is something."""
    shown = happens(mina, ResidentOpened(ResidentLine(1, "Linden", sees_trend=True)), knowledge)
    assert "rd:1:trend" in offered(shown.effects)


def test_writing_and_the_plan_are_offered_only_where_she_said_yes(
    mina: Contact, knowledge: Knowledge
) -> None:
    """The same, for what else she may have switched off."""
    shown = happens(mina, ResidentOpened(ResidentLine(1, "Linden", sees_plan=True, writes=True)), knowledge)
    assert offered(shown.effects) == ["tk:with:1", "cl:for:1", "sp:1", "no:read:1", "rs"]


def test_whose_page_is_not_hers_shows_nothing_and_notes_nothing(mina: Contact, knowledge: Knowledge) -> None:
    """Whether there is such a person is not said."""
    shown = happens(mina, ResidentOpened(None), knowledge)
    assert only(NoteOpening, shown.effects) == []
    assert "Nothing was shown" in words(shown.effects)
    assert only(Say, shown.effects)
