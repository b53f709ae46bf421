"""The outbox: what was decided is sent, and what is unclear is settled as design.md 4 says."""

import sqlite3
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from dialogs.alert import Alert, Track
from storage import alerts, outbox, people
from storage.outbox import MessageGone, Position, Unclear
from storage.people import Known
from storage.sealing import Doors, Keyring, SealBroken

HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)


def put(
    db: sqlite3.Connection,
    to: Known,
    now: datetime,
    purpose: str = "reply",
    priority: int = 1,
    alert_id: int | None = None,
    lasts: timedelta | None = None,
    changes: int | None = None,
) -> int:
    return outbox.put(
        db,
        to.box,
        person_id=to.id,
        purpose=purpose,
        priority=priority,
        due_at=now,
        now=now,
        content=b"words for one person",
        alert_id=alert_id,
        lasts=lasts,
        changes=changes,
        step=3,
    )


def row(db: sqlite3.Connection, message: int) -> tuple[str, int, bool]:
    """State, repeat, and whether there is still content."""
    found = db.execute(
        "SELECT state, repeat, sealed_message IS NOT NULL FROM outbox WHERE id = ?", (message,)
    ).fetchone()
    return found[0], found[1], found[2] == 1


def test_the_content_is_sealed_and_opens_for_the_sender(
    db: sqlite3.Connection, keyring: Keyring, doors: Doors, mina: Known, now: datetime
) -> None:
    """With her address, in one look."""
    people.bind_chat(db, doors, mina.box, mina.id, 4711, now)
    message = put(db, mina, now)
    assert outbox.content(db, keyring, message) == b"words for one person"
    assert outbox.letter(db, keyring, message) == (mina.id, 4711, True, b"words for one person")
    assert "words" not in repr(db.execute("SELECT * FROM outbox").fetchall())


def test_content_moved_to_another_message_does_not_open(
    db: sqlite3.Connection, keyring: Keyring, mina: Known, now: datetime
) -> None:
    """Not even between two messages to one person."""
    first, second = put(db, mina, now), put(db, mina, now)
    db.execute(
        "UPDATE outbox SET sealed_message = (SELECT sealed_message FROM outbox WHERE id = ?)", (first,)
    )
    assert outbox.content(db, keyring, first)
    with pytest.raises(SealBroken):
        outbox.content(db, keyring, second)


def test_the_urgent_one_overtakes(db: sqlite3.Connection, mina: Known, leyla: Known, now: datetime) -> None:
    """By priority, then in the order of writing; page by page."""
    routine = put(db, leyla, now, "routine", 2)
    reply = put(db, leyla, now)
    alert = put(db, mina, now, "alert", 0)
    found = outbox.waiting(db, 10)
    assert [waiting.id for waiting in found] == [alert, reply, routine]
    assert found[0] == (alert, mina.id, "alert", 0, now, False, 0, None, 3)
    assert [w.id for w in outbox.waiting(db, 1, after=Position(0, alert))] == [reply]


def test_what_is_due_later_waits(db: sqlite3.Connection, leyla: Known, now: datetime) -> None:
    """A message put back must not be in the way of others."""
    message = put(db, leyla, now)
    outbox.put_back(db, message, now + HOUR, repeat=True, attempts=2)
    assert outbox.waiting(db, 10, due_by=now) == []
    [waiting] = outbox.waiting(db, 10, due_by=now + HOUR)
    assert (waiting.repeat, waiting.attempts, waiting.due_at) == (True, 2, now + HOUR)
    assert outbox.next_due(db) == now + HOUR


def test_once_it_may_have_arrived_it_stays_a_repeat(
    db: sqlite3.Connection, leyla: Known, now: datetime
) -> None:
    """A later refusal does not undo an earlier doubt."""
    message = put(db, leyla, now)
    outbox.put_back(db, message, now, repeat=True, attempts=1)
    outbox.put_back(db, message, now, repeat=False, attempts=2)
    assert row(db, message) == ("pending", 1, True)


def test_a_message_is_claimed_once(db: sqlite3.Connection, leyla: Known, now: datetime) -> None:
    """Two senders, one message: one of them gets it."""
    first, second = put(db, leyla, now), put(db, leyla, now)
    assert outbox.claim(db, [first]) == [first]
    assert outbox.claim(db, [first, second, 99]) == [second]
    assert outbox.waiting(db, 10) == []


def test_a_sent_message_keeps_its_row_without_its_content(
    db: sqlite3.Connection, keyring: Keyring, leyla: Known, now: datetime
) -> None:
    """Its number is needed to edit or delete it; its words are not."""
    first, second, third = (put(db, leyla, now, alert_id=8) for _ in range(3))
    outbox.mark_sent(db, first, 101, now)
    outbox.mark_all_sent(db, [(second, 102), (third, None)], now + HOUR)
    assert row(db, first) == ("sent", 0, False)
    with pytest.raises(MessageGone):
        outbox.content(db, keyring, first)
    assert outbox.sent_about(db, 8) == [
        (first, leyla.id, 101, now, 3),
        (second, leyla.id, 102, now + HOUR, 3),
        (third, leyla.id, None, now + HOUR, 3),
    ]
    assert outbox.messages_since(db, leyla.id, now) == [101, 102]
    assert outbox.messages_since(db, leyla.id, now + HOUR) == [102]
    assert outbox.count(db, leyla.id) == 3


@pytest.mark.parametrize(
    ("finish", "state"),
    [(outbox.mark_unclear, "unclear"), (outbox.mark_refused, "refused"), (outbox.drop, "dropped")],
)
def test_a_finished_message_is_emptied_and_never_comes_back(
    db: sqlite3.Connection,
    leyla: Known,
    now: datetime,
    finish: Callable[[sqlite3.Connection, int], None],
    state: str,
) -> None:
    """There is nothing left that could be sent."""
    message = put(db, leyla, now)
    finish(db, message)
    outbox.put_back(db, message, now, repeat=True, attempts=1)
    assert row(db, message) == (state, 0, False)


@pytest.mark.parametrize(
    ("purpose", "expected"),
    [
        ("alert", ("pending", 1, True)),
        ("emergency", ("pending", 1, True)),
        ("note", ("pending", 1, True)),
        ("edit", ("pending", 0, True)),
        ("reply", ("unclear", 0, False)),
        ("routine", ("unclear", 0, False)),
        ("press", ("unclear", 0, False)),
        ("of a newer program", ("unclear", 0, False)),
    ],
)
def test_what_was_being_sent_when_the_bot_stopped(
    db: sqlite3.Connection, leyla: Known, now: datetime, purpose: str, expected: tuple[str, int, bool]
) -> None:
    """An alert twice rather than never; a notification never twice."""
    message = put(db, leyla, now, purpose)
    outbox.claim(db, [message])
    found = outbox.recover(db, now + timedelta(days=1))
    assert row(db, message) == expected
    gone = expected[0] == "unclear"
    assert found == (0 if gone else 1, [Unclear(message, leyla.id, purpose)] if gone else [], 0)


@pytest.mark.parametrize(
    ("purpose", "age", "state"),
    [
        ("reply", timedelta(minutes=10), "pending"),
        ("reply", timedelta(minutes=11), "dropped"),
        ("press", timedelta(seconds=60), "pending"),
        ("press", timedelta(seconds=61), "dropped"),
        ("routine", timedelta(days=1), "pending"),
        ("alert", timedelta(days=1), "pending"),
        ("emergency", timedelta(days=1), "pending"),
        ("note", timedelta(days=1), "pending"),
        ("edit", timedelta(days=1), "pending"),
    ],
)
def test_what_was_waiting_when_the_bot_stopped(
    db: sqlite3.Connection, leyla: Known, now: datetime, purpose: str, age: timedelta, state: str
) -> None:
    """An old answer confuses; an old alert does not."""
    message = put(db, leyla, now, purpose)
    found = outbox.recover(db, now + age)
    assert row(db, message) == (state, 0, state == "pending")
    assert found == (0, [], int(state == "dropped"))


def test_what_is_pending_about_an_alert_can_be_dropped(
    db: sqlite3.Connection, mina: Known, now: datetime
) -> None:
    """Somebody took it on: who was not told yet need not be (R30). What is on its way stays on its way."""
    waiting, going, other = (
        put(db, mina, now, "alert", 0, 8),
        put(db, mina, now, "alert", 0, 8),
        put(db, mina, now),
    )
    outbox.claim(db, [going])
    assert outbox.drop_for_alert(db, 8) == 1
    assert [row(db, message)[0] for message in (waiting, going, other)] == ["dropped", "sending", "pending"]


def test_all_that_waits_for_one_person_can_be_dropped(
    db: sqlite3.Connection, leyla: Known, mina: Known, now: datetime
) -> None:
    """Her chat may be in other hands: what is under way may arrive once, and does not come back to be sent again."""
    waiting, going, other = put(db, leyla, now), put(db, leyla, now, "note"), put(db, mina, now)
    outbox.claim(db, [going])
    assert outbox.drop_for_person(db, leyla.id) == 2
    outbox.put_back(db, going, now, repeat=True, attempts=1)
    assert [row(db, message)[0] for message in (waiting, going, other)] == ["dropped", "dropped", "pending"]
    outbox.mark_sent(db, going, 7, now)
    assert row(db, going)[0] == "sent"


def test_only_finished_messages_are_forgotten(db: sqlite3.Connection, leyla: Known, now: datetime) -> None:
    """What is not sent yet stays, however old; piece by piece."""
    pending, *sent = (put(db, leyla, now) for _ in range(4))
    outbox.mark_all_sent(db, [(message, 1) for message in sent], now)
    assert outbox.forget_older(db, now) == 0
    assert outbox.forget_older(db, now + HOUR, limit=2) == 2
    assert outbox.forget_older(db, now + HOUR) == 1
    assert [waiting.id for waiting in outbox.waiting(db, 10)] == [pending]


def test_the_order_of_sending_is_read_from_an_index(db: sqlite3.Connection) -> None:
    """A hundred thousand check-ins that wait must not slow an alert down."""
    values = {"priority": 0, "id": 0, "due_by": 0, "limit": 1}
    plan = db.execute(f"EXPLAIN QUERY PLAN {outbox._queries.waiting.sql}", values).fetchall()
    assert [step[3] for step in plan] == ["SEARCH outbox USING INDEX outbox_waiting (priority>?)"]


def test_who_was_told_about_an_unreadable_case_is_known_by_its_missing_step(
    db: sqlite3.Connection, leyla: Known, mina: Known, josef: Known, now: datetime
) -> None:
    """They hear when it can be read again, and not more often than its level says."""
    alert = alerts.insert(
        db, leyla.box, Alert(0, leyla.id, "Blue Heron", Track.URGENT, 2, ("someone",), now, now)
    )

    def tell(to: Known, at: datetime, step: int = 0, purpose: str = "alert") -> None:
        values = {"person_id": to.id, "purpose": purpose, "priority": 0, "due_at": at, "now": at}
        outbox.put(db, to.box, content=b"words", alert_id=alert.id, step=step, **values)  # type: ignore[arg-type]

    assert outbox.last_told_about(db, leyla.id) is None
    tell(mina, now)
    tell(mina, now + HOUR)
    tell(josef, now, step=1)
    tell(josef, now, purpose="note")
    assert outbox.told_unread(db, alert.id) == {mina.id: now + HOUR}
    assert outbox.last_told_about(db, leyla.id) == now + HOUR
    outbox.drop_unread(db, alert.id)
    waiting = outbox.waiting(db, 10)
    assert [(each.person_id, each.step, each.purpose) for each in waiting] == [
        (josef.id, 1, "alert"),
        (josef.id, 0, "note"),
    ]


def test_what_waits_for_a_later_moment_can_be_brought_forward(
    db: sqlite3.Connection, leyla: Known, now: datetime
) -> None:
    """After a clock was set back; what is due already, or done with, stays as it is."""
    due, waits, under_way, sent = (
        put(db, leyla, moment) for moment in (now, now + HOUR, now + HOUR, now + HOUR)
    )
    outbox.claim(db, [under_way, sent])
    outbox.mark_sent(db, sent, 5, now)
    outbox.bring_forward(db, now, HOUR)
    found = dict(db.execute("SELECT id, due_at FROM outbox"))
    assert found[due] == found[waits] == found[under_way] == found[sent] - 3_600_000


def test_what_was_written_since_is_of_one_priority_and_in_order(
    db: sqlite3.Connection, mina: Known, now: datetime
) -> None:
    """Another process may have written a wave of reminders before one alert."""
    rows = [
        outbox.put(
            db, mina.box, person_id=mina.id, purpose="note", priority=each, due_at=now, now=now, content=b"x"
        )
        for each in (1, 2, 0, 1)
    ]
    assert outbox.last_id(db) == rows[-1]
    assert [each.id for each in outbox.written_since(db, 1, 0, 10)] == [rows[0], rows[3]]
    assert [each.id for each in outbox.written_since(db, 1, rows[0], 10)] == [rows[3]]
    assert [each.id for each in outbox.written_since(db, 1, 0, 1)] == [rows[0]]
    outbox.drop(db, rows[3])
    assert outbox.written_since(db, 1, rows[0], 10) == []


# --- what deletes itself ---


def vanishing(db: sqlite3.Connection, person: Known, by: datetime) -> list[int]:
    return sorted(number for number, _since in outbox.take_vanishing(db, person.id, by))


def test_the_time_of_a_message_begins_when_it_was_sent(
    db: sqlite3.Connection, leyla: Known, now: datetime
) -> None:
    """It may have waited for hours before; and what has no time stays."""
    message, stays = put(db, leyla, now, lasts=HOUR), put(db, leyla, now)
    assert outbox.whose_vanish(db, now + 9 * HOUR, 10) == []
    outbox.mark_all_sent(db, [(message, 101), (stays, 102)], now + 3 * HOUR)
    assert outbox.whose_vanish(db, now + 4 * HOUR - SECOND, 10) == []
    assert outbox.whose_vanish(db, now + 4 * HOUR, 10) == [leyla.id]
    assert outbox.take_vanishing(db, leyla.id, now + 4 * HOUR) == [(101, now + 3 * HOUR)]
    assert outbox.whose_vanish(db, now + 9 * HOUR, 10) == [], "taken once"
    assert (outbox.is_going(db, leyla.id, 101), outbox.is_going(db, leyla.id, 102)) == (True, False)


def test_a_change_is_a_message_with_the_number_of_the_one_it_changes(
    db: sqlite3.Connection, leyla: Known, now: datetime
) -> None:
    """What it says has its own time, and is counted once."""
    message = put(db, leyla, now)
    outbox.mark_sent(db, message, 101, now)
    change = put(db, leyla, now, lasts=HOUR, changes=101)
    outbox.mark_sent(db, change, None, now + HOUR)
    assert outbox.messages_since(db, leyla.id, now) == [101]
    assert vanishing(db, leyla, now + 2 * HOUR) == [101]


def test_a_clock_that_was_set_back_makes_no_message_stay_longer(
    db: sqlite3.Connection, leyla: Known, now: datetime
) -> None:
    """Telegram's 48 hours pass all the same."""
    message = put(db, leyla, now, lasts=3 * HOUR)
    outbox.mark_sent(db, message, 101, now)
    outbox.vanish_sooner(db, now - 2 * HOUR, 2 * HOUR)
    assert vanishing(db, leyla, now + HOUR) == [101]
