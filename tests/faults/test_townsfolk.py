"""Residents in every state an outage may meet."""

from faults.theatre import Theatre
from faults.townsfolk import LEFT_ALONE, State, settle_in
from storage import alerts, outbox, people, timers


async def test_everybody_is_in_the_state_she_is_said_to_be_in(theatre: Theatre) -> None:
    """Else an outage meets nobody it is meant to meet."""
    folk = await settle_in(theatre, 2 * len(State))
    assert [each.state for each in folk] == 2 * list(State)
    db, keyring = theatre.bot.db, theatre.bot.house.keyring
    opened = {each.resident_id: each.state.value for each in await db.run(alerts.open_alerts)}
    for who in folk:
        known = await db.run(people.get, keyring, who.person.id)
        falling = await db.run(timers.of_person, who.person.id)
        assert bool(falling) is (who.state not in LEFT_ALONE)
        assert known.reachable is (who.state is not State.BLOCKED)
        expected = {
            State.ALERT_RAISED: "raised",
            State.ALERT_WAITING: "waiting",
            State.ALERT_TAKEN: "acknowledged",
        }
        assert opened.get(who.person.id) == expected.get(who.state)


async def test_one_question_waits_unsent(theatre: Theatre) -> None:
    """And nothing else, but for the alert that may not have arrived."""
    folk = await settle_in(theatre, len(State))
    unsent = next(each.person.id for each in folk if each.state is State.UNSENT)
    waiting = await theatre.bot.db.run(outbox.waiting, 100)
    assert {(each.purpose, each.repeat) for each in waiting} == {
        ("alert", True),
        (waiting[-1].purpose, False),
    }
    assert waiting[-1].person_id == unsent
