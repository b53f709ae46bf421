"""A contact person's day out of a real database: agreements looked up at each opening."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.outgoing import Send
from dialogs.events import Pressed, Timer, TimerFell, Wrote
from dialogs.kinds import ContactKind
from dialogs.load import USUAL
from dialogs.people import CheckIn, Role
from dialogs.words import Word
from storage import links, people, timers
from tests.bot.town import NOW, Town

HOUR = timedelta(hours=1)
TODAY, RESIDENTS = Wrote("today", Word.TODAY), Wrote("residents", Word.RESIDENTS)


async def change(town: Town, person: int, **changes: Any) -> None:
    """Change somebody by hand."""
    known = await town.known(person)
    await town.run(people.save_person, known.box, replace(known.person, **changes), NOW)


async def disagree(town: Town, resident: int) -> None:
    """She takes every yes back, in the table only."""
    await town.run(links.agree, resident, ())


async def said(town: Town, person: int, event: Any, now: Any = NOW) -> str:
    """What is written to this person, and to nobody else, because of `event`."""
    ordered = await town.happen(person, event, now)
    mine = [each.outgoing for each in ordered.queued if each.person_id == person]
    return "\n\n".join(each.text for each in mine if isinstance(each, Send))


def heard(ordered: Any, person: int) -> str:
    """What somebody else is written because of what was ordered."""
    theirs = [each.outgoing for each in ordered.queued if each.person_id == person]
    return "\n\n".join(each.text for each in theirs if isinstance(each, Send))


# --- residents ---


async def test_my_residents_are_those_who_agreed(town: Town) -> None:
    """By alias; a proposal is no agreement, and a yes taken back counts at once."""
    mina = await town.contact()
    await town.resident("Linden", 11, (mina,))
    bjork = await town.resident("Björk", 12, (mina,))
    asp = await town.resident("Asp", 13)
    await town.run(links.propose, asp, mina, 0)
    shown = await said(town, mina, RESIDENTS)
    assert ("Linden" in shown, "Björk" in shown, "Asp" in shown) == (True, True, False)
    await disagree(town, bjork)
    assert "Björk" not in await said(town, mina, RESIDENTS)


async def test_a_damaged_resident_hides_no_other(town: Town) -> None:
    """R9."""
    mina = await town.contact()
    leyla = await town.resident("Linden", 11, (mina,))
    await town.resident("Björk", 12, (mina,))
    await town.damage(leyla)
    assert "Björk" in await said(town, mina, RESIDENTS)
    assert "Nothing waits" in await said(town, mina, TODAY)


# --- today ---


async def test_today_shows_cases_and_unanswered_check_ins(town: Town) -> None:
    """What she was told about and may see; the other one's is not hers."""
    mina, josef = await town.contact(), await town.contact("Josef", 22)
    asked = CheckIn(NOW.date(), "d", NOW - 4 * HOUR)
    leyla = await town.resident("Linden", 11, (mina, josef), check_in=asked)
    await town.resident("Björk", 12, (josef,), check_in=asked)
    await town.happen(leyla, Pressed("someone"))
    shown = await said(town, mina, TODAY)
    assert "🟠 Case 1, Linden: nobody has it yet" in shown
    assert "Björk" not in shown
    assert "Linden: asked" in shown, "a press is no answer to a check-in (R7)"
    assert "Case" not in await said(town, josef, TODAY), "he was not told yet"
    await town.happen(mina, Pressed("al:1:1:have"))
    assert "you have it until" in await said(town, mina, TODAY)


async def test_a_case_of_somebody_who_no_longer_agrees_is_not_shown(town: Town) -> None:
    """To contact persons; a coordinator sees what she was told about."""
    mina, karin = await town.contact(), await town.contact("Karin", 23, Role.COORDINATOR)
    leyla = await town.resident("Linden", contacts=(mina,))
    await town.happen(leyla, Pressed("someone"))
    await town.happen(mina, Pressed("al:1:1:cannot"))
    await disagree(town, leyla)
    assert "Case 1" not in await said(town, mina, TODAY)
    assert "Case 1" in await said(town, karin, TODAY)


async def test_a_coordinator_sees_every_open_case_and_takes_it_over(town: Town) -> None:
    """Also one she was not asked about yet, and then her word counts."""
    mina, karin = await town.contact(), await town.contact("Karin", 23, Role.COORDINATOR)
    leyla = await town.resident("Linden", contacts=(mina,))
    await town.happen(leyla, Pressed("someone"))
    assert "nobody has it yet" in await said(town, karin, TODAY)
    assert ("case 1: take it over", "al:1:1:over") in (await town.person(karin)).offered
    ordered = await town.happen(karin, Pressed("al:1:1:over"))
    assert "Karin has case 1" in heard(ordered, mina)
    await town.happen(karin, Wrote("safe", Word.SAFE))
    assert (await town.alert(1)).closed_by == karin


async def test_the_kind_decides_whether_silence_is_seen(town: Town) -> None:
    """The association's contact person sees no check-ins."""
    mina = await town.contact()
    linden = await town.resident(
        "Linden", contacts=(mina,), check_in=CheckIn(NOW.date(), "d", NOW - 4 * HOUR)
    )
    assert "Linden: asked" in await said(town, mina, TODAY)
    known = (await town.person(linden)).contacts[0]
    await change(town, linden, contacts=(replace(known, kind=ContactKind.CIVIL),))
    assert "Linden" not in await said(town, mina, TODAY)


# --- after an emergency, and on Mondays ---


async def emergency(town: Town, leyla: int, mina: int) -> Any:
    """An emergency that Mina takes on and ends."""
    await town.happen(leyla, Wrote("blue door"))
    await town.happen(mina, Pressed("al:1:1:have"))
    return await town.happen(mina, Pressed("al:1:1:safe"))


async def test_whoever_ended_an_emergency_is_asked_about_it_the_next_day(town: Town) -> None:
    """The one who pressed is the one whose page is being saved: what is passed on to her comes after."""
    mina, karin = await town.contact(), await town.contact("Karin", 23, Role.COORDINATOR)
    leyla = await town.resident("Linden", contacts=(mina,), covert="blue door")
    await emergency(town, leyla, mina)
    assert (await town.person(mina)).heavy == (1,)
    assert Timer.DEBRIEF in {each.kind for each in await town.run(timers.of_person, mina)}
    morning = NOW + 15 * HOUR
    assert "Case 1 was a heavy one" in await said(town, mina, TimerFell(Timer.DEBRIEF, morning), morning)
    ordered = await town.happen(mina, Pressed("db:talk:1"), morning)
    assert "Mina had case 1" in heard(ordered, karin)
    assert "The coordinators know" in heard(ordered, mina)


async def test_a_week_counts_what_she_did(town: Town) -> None:
    """And coordinators see the load of each contact person."""
    mina, karin = await town.contact(), await town.contact("Karin", 23, Role.COORDINATOR)
    leyla = await town.resident("Linden", 11, (mina,), covert="blue door")
    await town.resident("Björk", 12, (mina,), paused_until=NOW + 72 * HOUR)
    await emergency(town, leyla, mina)
    await town.happen(leyla, Pressed("someone"))
    await town.happen(mina, Pressed("al:2:1:have"))
    monday = TimerFell(Timer.WEEK, NOW)
    shown = await said(town, mina, monday, NOW - 8 * HOUR)
    for line in ("took on: 2", "closed: 1", "with you now: 1", "pause: 1"):
        assert line in shown
    assert "Residents for each" not in shown
    assert f"Mina: 2 of {USUAL}" in await said(town, karin, monday, NOW - 8 * HOUR)
    assert "took on: 1" in await said(town, mina, monday, NOW + 8 * 24 * HOUR - 8 * HOUR), (
        "what is open counts on"
    )
