"""Rings: at least once, never two at a time, and none about what somebody has taken on."""

import sqlite3
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from dialogs.alert import Alert, AlertState, Track
from storage import alerts, channels, people, rings
from storage.people import Known

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


def channel(db: sqlite3.Connection, person: Known, now: datetime) -> int:
    return channels.add(db, person.box, person.id, "json://gateway.example", now)


def alert(db: sqlite3.Connection, leyla: Known, now: datetime, track: Track = Track.URGENT) -> Alert:
    fresh = Alert(0, leyla.id, "Blue Heron", track, 3, ("unsafe",), now, now)
    return alerts.insert(db, leyla.box, fresh)


def states(db: sqlite3.Connection) -> list[str]:
    return [row[0] for row in db.execute("SELECT state FROM rings ORDER BY id")]


def claimed(db: sqlite3.Connection, now: datetime) -> list[int]:
    """What is due, and is ringing now."""
    return [each.id for each in rings.due(db, now, 10) if rings.claim(db, each.id)]


def test_every_channel_of_the_person_rings_once(
    db: sqlite3.Connection, mina: Known, josef: Known, now: datetime
) -> None:
    """Her mailbox and her phone, and nobody else's."""
    hers = [channel(db, mina, now), channel(db, mina, now)]
    channel(db, josef, now)
    assert rings.put(db, mina.id, 8, now) == 2
    assert rings.put(db, mina.id, 8, now) == 0
    found = rings.due(db, now, 10)
    assert [(each.channel_id, each.person_id, each.alert_id) for each in found] == [
        (each, mina.id, 8) for each in hers
    ]
    assert rings.put(db, mina.id, 9, now) == 2, "another alert is another ring"


def test_somebody_without_a_channel_is_no_mistake(db: sqlite3.Connection, mina: Known, now: datetime) -> None:
    """Most contact persons have none; whoever asked sees that nothing will ring."""
    assert rings.put(db, mina.id, 8, now) == 0


def test_something_technical_waits_once_as_well(db: sqlite3.Connection, mina: Known, now: datetime) -> None:
    """No alert is a subject of its own."""
    channel(db, mina, now)
    assert [rings.put(db, mina.id, None, now) for _ in range(2)] == [1, 0]
    assert [each.alert_id for each in rings.due(db, now, 10)] == [None]


def test_one_at_a_time_for_each_channel(
    db: sqlite3.Connection, mina: Known, josef: Known, now: datetime
) -> None:
    """A server that hangs is asked once, and holds up no other."""
    channel(db, mina, now)
    channel(db, josef, now)
    for number in (8, 9):
        for person in (mina, josef):
            rings.put(db, person.id, number, now)
    first = claimed(db, now)
    assert len(first) == 2
    assert rings.due(db, now, 10) == []
    rings.sent(db, first[0])
    assert [each.alert_id for each in rings.due(db, now, 10)] == [9]


def test_a_ring_is_claimed_once(db: sqlite3.Connection, mina: Known, now: datetime) -> None:
    """Two who look at the same time: one of them rings."""
    channel(db, mina, now)
    rings.put(db, mina.id, 8, now)
    [ring] = rings.due(db, now, 10)
    assert [rings.claim(db, ring.id) for _ in range(2)] == [True, False]
    assert rings.underway(db) == {ring.id}


def test_an_alert_goes_before_something_technical_and_the_fresh_before_the_failed(
    db: sqlite3.Connection, mina: Known, josef: Known, leyla: Known, now: datetime
) -> None:
    """What has failed five times must not stand in front of what has not been tried."""
    coordinator = leyla
    for person in (coordinator, mina, josef):
        channel(db, person, now)
    rings.put(db, coordinator.id, None, now)
    rings.put(db, mina.id, 8, now)
    rings.put(db, josef.id, 8, now)
    second = rings.due(db, now, 10)[0]
    rings.claim(db, second.id)
    rings.put_back(db, second.id, now - MINUTE)
    order = [each.person_id for each in rings.due(db, now, 10)]
    assert order == [josef.id, mina.id, coordinator.id]


def test_what_was_tried_or_heard_before_says_again(
    db: sqlite3.Connection, mina: Known, now: datetime
) -> None:
    """A second ring about case 8 must not look like a second case."""
    channel(db, mina, now)
    rings.put(db, mina.id, 8, now)
    [ring] = rings.due(db, now, 10)
    assert not ring.again
    rings.claim(db, ring.id)
    rings.put_back(db, ring.id, now)
    [ring] = rings.due(db, now, 10)
    assert (ring.again, ring.attempts) == (True, 1)
    rings.claim(db, ring.id)
    rings.sent(db, ring.id)
    rings.put(db, mina.id, 8, now)
    rings.put(db, mina.id, 9, now)
    db.execute("UPDATE rings SET due_at = 0 WHERE alert_id = 9")
    [other] = rings.due(db, now, 10)
    assert (other.alert_id, other.again) == (9, False)
    rings.claim(db, other.id)
    rings.sent(db, other.id)
    [later] = rings.due(db, now, 10)
    assert (later.alert_id, later.attempts, later.again) == (8, 0, True)


def test_what_another_heard_is_new_to_her(
    db: sqlite3.Connection, mina: Known, josef: Known, now: datetime
) -> None:
    """ "Again" is about this mailbox, not about the case."""
    for person in (josef, mina):
        channel(db, person, now)
        rings.put(db, person.id, 8, now)
        [ring] = rings.due(db, now, 10)
        assert not ring.again
        rings.claim(db, ring.id)
        rings.sent(db, ring.id)


def test_what_is_put_back_waits_and_a_new_order_hurries_it(
    db: sqlite3.Connection, mina: Known, josef: Known, now: datetime
) -> None:
    """Pausing is for the server's sake; when the round comes to her again, it is tried at once."""
    for person in (mina, josef):
        channel(db, person, now)
        rings.put(db, person.id, 8, now)
    for ring in claimed(db, now):
        rings.put_back(db, ring, now + 15 * MINUTE)
    assert rings.due(db, now + 14 * MINUTE, 10) == []
    assert rings.put(db, mina.id, 8, now + MINUTE) == 0
    assert [each.person_id for each in rings.due(db, now + MINUTE, 10)] == [mina.id]
    assert len(rings.due(db, now + 15 * MINUTE, 10)) == 2


def test_taking_an_alert_on_stops_what_waits_and_what_rings(
    db: sqlite3.Connection, mina: Known, josef: Known, leyla: Known, now: datetime
) -> None:
    """R30: nothing rings any more, and a failure that comes back later starts nothing anew."""
    for person in (mina, josef, leyla):
        channel(db, person, now)
        rings.put(db, person.id, 8, now)
    rings.put(db, mina.id, 9, now)
    heard, ringing, _waiting = rings.due(db, now, 10)
    rings.claim(db, heard.id)
    rings.claim(db, ringing.id)
    rings.sent(db, heard.id)
    assert rings.drop_for_alert(db, 8) == 2
    rings.put_back(db, ringing.id, now)
    assert states(db) == ["sent", "dropped", "dropped", "pending"]
    assert rings.underway(db) == set()


@pytest.mark.parametrize("state", AlertState)
def test_only_an_alert_that_is_closed_or_gone_is_over(
    db: sqlite3.Connection, mina: Known, leyla: Known, now: datetime, state: AlertState
) -> None:
    """Whatever else asked for the ring stands; a case nobody can find any more does not ring for a day."""
    channel(db, mina, now)
    open_alert = alert(db, leyla, now)
    over = state is AlertState.CLOSED
    next_step_at = None if over else now
    alerts.save(db, leyla.box, replace(open_alert, state=state, next_step_at=next_step_at))
    rings.put(db, mina.id, open_alert.id, now)
    rings.put(db, mina.id, None, now)
    assert rings.drop_over(db) == int(over)
    people.erase(db, leyla.id)
    assert rings.drop_over(db) == int(not over)
    assert states(db) == ["dropped", "pending"]


def test_after_a_crash_it_rings_again(db: sqlite3.Connection, mina: Known, now: datetime) -> None:
    """Twice rather than never; and it says so."""
    channel(db, mina, now)
    rings.put(db, mina.id, 8, now)
    claimed(db, now)
    assert rings.recover(db) == 1
    assert rings.recover(db) == 0
    [ring] = rings.due(db, now, 10)
    assert ring.again


def test_a_ring_that_is_given_up_stays_so(db: sqlite3.Connection, mina: Known, now: datetime) -> None:
    """A day is long enough; the operator knows by then."""
    channel(db, mina, now)
    rings.put(db, mina.id, 8, now)
    [ring] = claimed(db, now)
    rings.give_up(db, ring)
    rings.put_back(db, ring, now)
    assert states(db) == ["failed"]


def test_erasing_a_person_takes_her_rings(
    db: sqlite3.Connection, mina: Known, josef: Known, now: datetime
) -> None:
    """Also one that is ringing; what comes back about it finds nothing and breaks nothing."""
    for person in (mina, josef):
        channel(db, person, now)
        rings.put(db, person.id, 8, now)
    ringing, _other = claimed(db, now)
    people.erase(db, mina.id)
    rings.sent(db, ringing)
    assert states(db) == ["sending"]


def test_only_what_is_finished_is_forgotten(db: sqlite3.Connection, mina: Known, now: datetime) -> None:
    """What waits stays, however old."""
    channel(db, mina, now)
    rings.put(db, mina.id, 8, now)
    [ring] = claimed(db, now)
    rings.sent(db, ring)
    rings.put(db, mina.id, 8, now)
    assert rings.forget_older(db, now) == 0
    assert rings.forget_older(db, now + DAY) == 1
    assert states(db) == ["pending"]


def test_a_look_reads_only_what_waits(db: sqlite3.Connection) -> None:
    """It happens every two seconds, over years of rings that are done with."""
    values = {"now": 0, "limit": 1}
    plan = [step[3] for step in db.execute(f"EXPLAIN QUERY PLAN {rings._queries.due.sql}", values)]
    whole = [step for step in plan if step.startswith("SCAN") and "INDEX rings_waiting" not in step]
    assert whole == []
    assert sum("INDEX rings_waiting" in step for step in plan) == 2
