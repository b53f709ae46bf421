"""A contact person's side: every screen is a fresh look, and names whose plan it is."""

from dataclasses import replace
from datetime import date

import pytest

from dialogs import contact_person
from dialogs.effects import AskPlan, GatherPlan, GatherPlans, Toast
from dialogs.events import Event, PlanClosed, PlanGathered, PlansGathered, Pressed, Wrote
from dialogs.outcome import Outcome
from dialogs.people import Contact, Place
from dialogs.plan_entry import Helper, MarkDone, PlanEntry, SayNo, SayYes, Suggest, TakeBack
from dialogs.words import Word
from tests.dialogs import cast
from tests.dialogs.cast import MINA, NOW, offered, only, words

ENTRY = PlanEntry(4, "home-visit", Helper.HERSELF, 2, 1, None, True)


def happens(event: Event, contact: Contact | None = None) -> Outcome[Contact]:
    """To Mina."""
    return contact_person.decide(contact or cast.mina(), event, NOW, cast.knowledge())


def gathered(page: str, *entries: PlanEntry) -> PlanGathered:
    """Leyla's plan, as it was opened for Mina."""
    return PlanGathered(1, "Linden", entries, (MINA,), page)


@pytest.mark.parametrize("event", [Wrote("plan", Word.PLAN), Pressed("sp")])
def test_whose_plans_by_word_and_by_button(event: Event) -> None:
    """Looked up each time: she remembers nobody's yes."""
    assert happens(event).effects == (GatherPlans(),)
    shown = happens(PlansGathered(((1, "Linden"), (7, "Heron"))))
    assert offered(shown.effects) == ["sp:1", "sp:7"]
    assert "No shared plan" in words(happens(PlansGathered(())).effects)


@pytest.mark.parametrize(
    ("data", "page"),
    [
        ("sp:1", ""),
        ("sp:1:new", "new"),
        ("sp:1:a:home", "a:home"),
        ("sp:1:s:home-visit", "s:home-visit"),
        ("sp:1:e:4", "e:4"),
        ("sp:1:d:home-visit:care", "d:home-visit:care"),
        ("sp:1:odd:odd", "odd:odd"),
    ],
)
def test_every_tap_opens_the_plan_anew(data: str, page: str) -> None:
    """So a link taken back closes the next screen, whichever it is."""
    assert only(GatherPlan, happens(Pressed(data)).effects) == [GatherPlan(1, page)]


@pytest.mark.parametrize(
    ("page", "offers"),
    [
        ("", "sp:1:e:4"),
        ("odd", "sp:1:e:4"),
        ("d:odd:care", "sp:1:e:4"),
        ("d:home-visit:odd", "sp:1:e:4"),
        ("e:9", "sp:1:e:4"),
        ("new", "sp:1:a:home"),
        ("a:home", "sp:1:s:home-visit"),
        ("s:home-visit", "sp:1:d:home-visit:partner"),
        ("d:home-visit:care", "sp:1:d:home-visit:care:none"),
        ("e:4", "sp:1:yes:4"),
    ],
)
def test_every_screen_names_whose_plan_it_is_and_leads_on(page: str, offers: str) -> None:
    """Who has three residents must not write into the wrong plan."""
    shown = happens(gathered(page, ENTRY))
    assert words(shown.effects).startswith("Shared plan of Linden")
    assert offers in offered(shown.effects)


@pytest.mark.parametrize(
    ("data", "change"),
    [
        ("sp:1:yes:4", SayYes(4)),
        ("sp:1:no:4", SayNo(4)),
        ("sp:1:done:4", MarkDone(4)),
        ("sp:1:del:4", TakeBack(4)),
        ("sp:1:d:home-visit:care:none", Suggest("home-visit", Helper.CARE)),
        ("sp:1:d:home-visit:partner:20261201", Suggest("home-visit", Helper.PARTNER, date(2026, 12, 1))),
    ],
)
def test_what_she_does_is_asked_of_the_residents_own_plan(data: str, change: object) -> None:
    """Nothing is decided on this side."""
    (ask,) = happens(Pressed(data)).effects
    assert (ask.resident, ask.change) == (1, change) if isinstance(ask, AskPlan) else False


@pytest.mark.parametrize("data", ["sp:1:d:home-visit:odd:none", "sp:1:d:home-visit:care:odd"])
def test_a_button_that_fits_nothing_asks_nothing(data: str) -> None:
    """Data comes back from outside."""
    assert only(Toast, happens(Pressed(data)).effects)


def test_a_day_may_be_written() -> None:
    """And what is no day keeps the question open; another word ends it."""
    asked = happens(Pressed("sp:1:d:home-visit:care"))
    assert asked.person.place is Place.PLAN_DAY
    assert "did not understand" in words(happens(Wrote("soon"), asked.person).effects)
    written = happens(Wrote("24/12"), asked.person)
    assert written.effects == (AskPlan(1, Suggest("home-visit", Helper.CARE, date(2026, 12, 24))),)
    assert (written.person.place, written.person.drafting) == (Place.MENU, "")
    left = happens(Wrote("hours", Word.HOURS), asked.person)
    assert not only(AskPlan, happens(Wrote("24/12"), left.person).effects)


def test_a_closed_plan_says_that_it_is_hers_to_open() -> None:
    """It does not say whether it ever was open, or whether there is anybody."""
    waiting = replace(cast.mina(), place=Place.PLAN_DAY, drafting="1:d:home-visit:care")
    closed = happens(PlanClosed(), waiting)
    assert "not open to you" in words(closed.effects)
    assert closed.person.place is Place.MENU


@pytest.mark.parametrize("event", [Wrote("plan", Word.PLAN), Pressed("sp"), Pressed("sp:1")])
def test_who_has_not_joined_opens_nothing(event: Event) -> None:
    """First the introduction and the test."""
    new = replace(cast.mina(), joined=False, place=Place.INTRODUCTION)
    assert not [each for each in happens(event, new).effects if isinstance(each, GatherPlan | GatherPlans)]


def test_a_full_plan_offers_no_further_line() -> None:
    """The resident has to make room."""
    many = tuple(replace(ENTRY, id=number) for number in range(1, 21))
    assert "sp:1:new" not in offered(happens(gathered("", *many)).effects)
