"""Whose plan may be opened: the link and her own document both say yes, each time."""

from dataclasses import replace
from functools import partial
from typing import Any

from bot import chain, plans
from dialogs.events import PlanClosed, PlanGathered
from dialogs.people import Resident
from dialogs.plan_entry import Helper, PlanEntry
from storage import links, people
from tests.bot.town import NOW, Town

SEES = ("plan",)


async def leyla_and_mina(town: Town) -> tuple[int, int]:
    """Leyla lets Mina see her plan; one line is agreed."""
    mina = await town.contact()
    entry = PlanEntry(1, "home-visit", Helper.PARTNER, mina, mina, None, True, True)
    leyla = await town.resident("Linden", contacts=(mina,), sight=((mina, SEES),), sip=(entry,))
    return leyla, mina


async def opened(town: Town, resident: int, contact: int) -> PlanGathered | PlanClosed:
    """As the carrier asks."""

    def work(db: Any) -> PlanGathered | PlanClosed:
        return plans.opened(db, partial(chain.readable, db, town.house), resident, contact, "")

    return await town.run(work)


async def open_to(town: Town, contact: int) -> tuple[tuple[int, str], ...]:
    """Whose plans."""

    def work(db: Any) -> tuple[tuple[int, str], ...]:
        return plans.open_to(db, partial(chain.readable, db, town.house), contact)

    return await town.run(work)


async def test_whom_she_lets_see_it_is_given_the_plan(town: Town) -> None:
    """By her alias, and with the names of those who see it."""
    leyla, mina = await leyla_and_mina(town)
    plan = await opened(town, leyla, mina)
    assert isinstance(plan, PlanGathered)
    assert (plan.alias, len(plan.entries), [each.name for each in plan.people]) == ("Linden", 1, ["Mina"])
    assert await open_to(town, mina) == ((leyla, "Linden"),)


async def test_a_link_taken_back_closes_it_whatever_her_document_says(town: Town) -> None:
    """Asked in storage, not remembered."""
    leyla, mina = await leyla_and_mina(town)
    await town.run(links.agree, leyla, ())
    assert await opened(town, leyla, mina) == PlanClosed()
    assert await open_to(town, mina) == ()


async def test_her_choice_closes_it_whatever_the_link_says(town: Town) -> None:
    """Mina is told when something is wrong, and no more."""
    leyla, mina = await leyla_and_mina(town)
    known = await town.known(leyla)
    assert isinstance(known.person, Resident)
    await town.run(people.save_person, known.box, replace(known.person, sight=((mina, ()),)), NOW)
    assert await opened(town, leyla, mina) == PlanClosed()
    assert await open_to(town, mina) == ()


async def test_who_is_not_there_or_does_not_open_is_closed(town: Town) -> None:
    """A damaged row, somebody who left, a made-up id, a contact person's id: all look the same."""
    leyla, mina = await leyla_and_mina(town)
    for other in (99, mina):
        assert await opened(town, other, mina) == PlanClosed()
    await town.damage(leyla)
    assert await opened(town, leyla, mina) == PlanClosed()
    assert await open_to(town, mina) == ()


def test_only_what_shows_the_plan_is_worth_a_note() -> None:
    """Choosing what to propose shows none of it."""
    assert [
        page for page in ("", "e:1", "odd", "new", "a:home", "s:x", "d:x:y") if plans.shows_entries(page)
    ] == [
        "",
        "e:1",
        "odd",
    ]
