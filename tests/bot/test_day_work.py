"""What a contact person opens is noted, what she promises is known to both, and coordinators are told."""

from typing import Any

from bot.outgoing import Send, Trend
from dialogs.events import Pressed, Timer, Wrote
from dialogs.people import Role
from storage import people, timers
from tests.bot.test_day import HOUR, change, disagree, heard, said
from tests.bot.town import NOW, Town

FACES = ((NOW.date(), 4),)


async def audits(town: Town) -> int:
    """How many openings were noted."""
    return int(await town.cell("SELECT count(*) FROM audit WHERE did = 'opened-resident'"))


# --- what she opens ---


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


# --- coordinators ---


async def test_a_wish_to_talk_says_when_nobody_is_there(town: Town) -> None:
    """She herself is the only coordinator, or the other one has blocked the bot."""
    karin = await town.contact("Karin", 23, Role.COORDINATOR)
    anna = await town.contact("Anna", 24, Role.COORDINATOR)
    assert "The coordinators know" in await said(town, karin, Pressed("db:talk:1"))
    await town.run(people.set_reachable, anna, False, NOW)
    assert "nobody knows yet" in await said(town, karin, Pressed("db:talk:1"))
