"""A contact person's day out of a real database: agreements looked up at each opening, calls that both sides know."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.outgoing import Send, Trend
from dialogs.events import Pressed, Timer, TimerFell, Wrote
from dialogs.kinds import ContactKind
from dialogs.load import USUAL
from dialogs.people import CheckIn, Role
from dialogs.words import Word
from storage import links, people, timers
from tests.bot.town import NOW, Town

HOUR = timedelta(hours=1)
TODAY, RESIDENTS = Wrote("today", Word.TODAY), Wrote("residents", Word.RESIDENTS)
FACES = ((NOW.date(), 4),)


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


async def audits(town: Town) -> int:
    """How many openings were noted."""
    return int(await town.cell("SELECT count(*) FROM audit WHERE did = 'opened-resident'"))


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


async def test_opening_a_page_is_noted_and_a_foreign_one_shows_nothing(town: Town) -> None:
    """S10; and whoever guesses a number learns nothing."""
    mina, josef = await town.contact(), await town.contact("Josef", 22)
    leyla = await town.resident("Linden", contacts=(mina,))
    assert "Linden" in await said(town, mina, Pressed(f"rd:{leyla}"))
    assert await audits(town) == 1
    assert await town.cell("SELECT actor || ' ' || about FROM audit") == f"{mina} person:{leyla}"
    assert "Linden" not in await said(town, josef, Pressed(f"rd:{leyla}"))
    assert "Nothing was shown" in await said(town, mina, Pressed("rd:99"))
    await disagree(town, leyla)
    assert "Nothing was shown" in await said(town, mina, Pressed(f"rd:{leyla}"))
    assert await audits(town) == 1


async def test_the_picture_is_sent_only_while_she_lets_it_be_seen(town: Town) -> None:
    """The button may be older than her choice."""
    mina = await town.contact()
    leyla = await town.resident("Linden", contacts=(mina,), faces=FACES)
    assert "Nothing was shown" in await said(town, mina, Pressed(f"rd:{leyla}:trend"))
    await change(town, leyla, sight=((mina, ("trend",)),))
    ordered = await town.happen(mina, Pressed(f"rd:{leyla}:trend"))
    (trend,) = [each.outgoing for each in ordered.queued]
    assert isinstance(trend, Trend)
    assert (trend.faces, trend.last, trend.locale, trend.protect) == (FACES, NOW.date(), "en", True)
    assert "Linden" not in trend.caption
    assert trend in await town.outbox(mina), "sealed, and whole after a restart"
    await disagree(town, leyla)
    assert "Nothing was shown" in await said(town, mina, Pressed(f"rd:{leyla}:trend"))


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


# --- calls ---


async def promised(town: Town, mina: int, leyla: int) -> Any:
    """Mina promises Leyla a call in an hour."""
    await town.happen(mina, Pressed(f"cl:for:{leyla}"))
    return await town.happen(mina, Pressed(f"cl:in:{leyla}:60"))


async def test_a_promise_is_known_to_both_in_one_transaction(town: Town) -> None:
    """Each has a timer, and each a word."""
    mina = await town.contact()
    leyla = await town.resident("Linden", contacts=(mina,))
    ordered = await promised(town, mina, leyla)
    assert "Mina gets in touch with you" in heard(ordered, leyla)
    assert "you call Linden" in heard(ordered, mina)
    assert [call.at for call in (await town.person(mina)).calls] == [NOW + HOUR]
    assert [call.at for call in (await town.person(leyla)).calls] == [NOW + HOUR]
    for person in (mina, leyla):
        assert Timer.CALL in {each.kind for each in await town.run(timers.of_person, person)}


async def test_her_answer_and_the_outcome_reach_the_other(town: Town) -> None:
    """Through the same path, in order, and saved."""
    mina = await town.contact()
    leyla = await town.resident("Linden", contacts=(mina,))
    await promised(town, mina, leyla)
    stamp = int((NOW + HOUR).timestamp()) // 60
    ordered = await town.happen(leyla, Pressed(f"ca:ok:{mina}:{stamp}"))
    assert "Linden: the time suits" in heard(ordered, mina)
    assert (await town.person(mina)).calls[0].suits is True
    ordered = await town.happen(mina, Pressed(f"cl:miss:{leyla}:{stamp}"), NOW + 2 * HOUR)
    assert "Mina has tried" in heard(ordered, leyla)
    assert ((await town.person(mina)).calls, (await town.person(leyla)).calls) == ((), ())


async def test_nobody_promises_a_call_to_somebody_elses_resident(town: Town) -> None:
    """Unless she has a case of hers, as a coordinator may."""
    karin = await town.contact("Karin", 23, Role.COORDINATOR)
    leyla = await town.resident("Linden")
    ordered = await promised(town, karin, leyla)
    assert "not one of yours" in heard(ordered, karin)
    assert heard(ordered, leyla) == ""
    await town.happen(leyla, Pressed("someone"))
    await town.happen(karin, Pressed("al:1:1:have"))
    assert "gets in touch with you" in heard(await promised(town, karin, leyla), leyla)


async def test_a_pause_is_kept_and_a_phone_that_another_may_hold_is_not_written_to(town: Town) -> None:
    """Both are hers to break."""
    mina = await town.contact()
    leyla = await town.resident("Linden", contacts=(mina,), paused_until=NOW + 24 * HOUR, covert="blue door")
    ordered = await promised(town, mina, leyla)
    assert "wants quiet" in heard(ordered, mina)
    assert (await town.person(mina)).calls == ()
    await town.happen(leyla, Wrote("blue door"))
    await town.happen(mina, Pressed("al:1:1:have"))
    ordered = await promised(town, mina, leyla)
    assert "cannot write to Linden" in heard(ordered, mina)
    assert heard(ordered, leyla) == ""


async def test_whoever_is_left_behind_is_told(town: Town) -> None:
    """She erases herself, and another time Mina leaves: the other one hears it in the same transaction."""
    mina = await town.contact()
    leyla = await town.resident("Linden", 11, (mina,))
    bjork = await town.resident("Björk", 12, (mina,))
    await promised(town, mina, leyla)
    await promised(town, mina, bjork)
    ordered = await town.happen(leyla, Pressed("p:erase"))
    assert "The call with Linden" in heard(ordered, mina)
    assert [call.resident for call in (await town.person(mina)).calls] == [bjork]
    ordered = await town.happen(mina, Pressed("ch:leave-yes"))
    assert "cannot get in touch as promised" in heard(ordered, bjork)
    assert not any("is off" in each.text for each in ordered.loose if isinstance(each, Send)), "she knows"
    assert (await town.person(bjork)).calls == ()


async def test_a_yes_taken_back_on_her_screen_ends_the_call(town: Town) -> None:
    """And she herself reads that it does not come."""
    mina = await town.contact()
    leyla = await town.resident("Linden", contacts=(mina,))
    await promised(town, mina, leyla)
    ordered = await town.happen(leyla, Pressed(f"set:see:{mina}:told:no"))
    assert "is off" in heard(ordered, mina)
    assert "cannot get in touch" in heard(ordered, leyla)
    assert await town.cell("SELECT count(*) FROM timers WHERE kind = 'call'") == 0


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


async def test_a_wish_to_talk_says_when_nobody_is_there(town: Town) -> None:
    """She herself is the only coordinator, or the other one has blocked the bot."""
    karin = await town.contact("Karin", 23, Role.COORDINATOR)
    anna = await town.contact("Anna", 24, Role.COORDINATOR)
    assert "The coordinators know" in await said(town, karin, Pressed("db:talk:1"))
    await town.run(people.set_reachable, anna, False, NOW)
    assert "nobody knows yet" in await said(town, karin, Pressed("db:talk:1"))


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
