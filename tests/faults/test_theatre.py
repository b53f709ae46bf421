"""Where faults are played: the real bot, a clock that is moved, people put straight into the database."""

import logging
from datetime import timedelta

from dialogs.events import Timer
from faults.theatre import Theatre, listening
from storage import people, timers


async def test_settling_waits_for_the_answer(theatre: Theatre) -> None:
    """What is looked at before it has happened proves nothing."""
    leyla = await theatre.resident((await theatre.contact("Mina"),))
    theatre.sandbox.say(leyla.chat, "/help")
    await theatre.settle()
    assert "I can ask how you are" in theatre.seen(leyla)[-1].text


async def test_time_that_passes_brings_what_is_due(theatre: Theatre) -> None:
    """Moved, never slept."""
    leyla = await theatre.resident(())
    due = theatre.clock.now() + timedelta(hours=1)
    await theatre.bot.db.run(timers.set_timer, leyla.id, Timer.CHECK_IN, due)
    await theatre.settle()
    assert theatre.seen(leyla) == []
    await theatre.pass_time(timedelta(hours=1, seconds=1))
    assert "How is today?" in theatre.seen(leyla)[-1].text


async def test_the_bot_sleeps_and_wakes_with_what_it_knew(theatre: Theatre) -> None:
    """An outage is nothing else."""
    leyla = await theatre.resident(())
    await theatre.sleep()
    theatre.sandbox.say(leyla.chat, "/help")
    theatre.clock.move(timedelta(hours=2))
    await theatre.wake()
    await theatre.settle()
    assert len(theatre.seen(leyla)) == 1


async def test_who_played_one_scene_is_not_in_the_next(theatre: Theatre) -> None:
    """Alerts that were left open would ring on through all that follows."""
    mina = await theatre.contact("Mina")
    leyla = await theatre.resident((mina,))
    theatre.sandbox.say(leyla.chat, "I need someone")
    await theatre.settle()
    told = len(theatre.seen(mina))
    await theatre.forget(leyla, mina)
    await theatre.pass_time(timedelta(days=1))
    assert not await theatre.bot.db.run(people.exists, leyla.id)
    assert len(theatre.seen(mina)) == told == 1


def test_warnings_are_heard_and_not_printed() -> None:
    """Here they are what was asked for; in an operator's log they would be trouble."""
    with listening() as heard:
        logging.getLogger("bot.sender").warning("expected")
        logging.getLogger("bot.sender").info("not worth it")
        assert [record.message if hasattr(record, "message") else record.msg for record in heard.taken()] == [
            "expected"
        ]
        assert heard.taken() == []
    assert logging.getLogger("bot").propagate
