"""The order in which what waits may leave."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import lanes
from bot.lanes import Entry, Lanes, Room, from_loose, from_queued, from_waiting
from bot.limits import Limits
from bot.ordering import Queued
from bot.outgoing import AnswerPress, Delete, Send
from storage.outbox import Waiting
from tests.bot.town import NOW

SECOND = timedelta(seconds=1)
MANY = Room(1_000_000, 1_000_000)
ONE = Room(1, 1)


def free() -> Lanes:
    """Lanes that no limit holds back."""
    return Lanes(Limits(0, 0))


def message(number: int, person: int = 1, priority: int = 1, purpose: str = "note") -> Entry:
    return from_queued(
        Queued(number, person, purpose, priority, NOW, None, 0, Send(person, f"message {number}"))
    )


def ids(entries: list[Entry]) -> list[int | None]:
    return [entry.id for entry in entries]


def drained(queue: Lanes) -> list[int | None]:
    """Take one after another until nothing is left."""
    order: list[int | None] = []
    while taken := queue.take(ONE, NOW):
        order += ids(taken)
        queue.done(taken[0])
    return order


def test_a_persons_messages_keep_their_order() -> None:
    """A question must not come after its answer."""
    queue = free()
    for number in range(5):
        queue.put(message(number))
    assert drained(queue) == [0, 1, 2, 3, 4]


def test_one_message_of_a_person_is_under_way_at_a_time() -> None:
    """Two at once may arrive in either order."""
    queue = free()
    queue.put(message(1, person=1))
    queue.put(message(2, person=1))
    queue.put(message(3, person=2))
    first = queue.take(MANY, NOW)
    assert ids(first) == [1, 3]
    assert queue.take(MANY, NOW) == []
    queue.done(first[0])
    assert ids(queue.take(MANY, NOW)) == [2]


def test_an_alert_overtakes_ten_thousand_check_ins() -> None:
    """The evening wave must not stand before a cry for help."""
    queue = free()
    for number in range(10_000):
        queue.put(message(number, person=number + 1, priority=2))
    queue.put(message(99_999, person=99_999, priority=0))
    assert ids(queue.take(ONE, NOW)) == [99_999]


def test_an_alert_overtakes_what_waits_for_the_same_person() -> None:
    """Also within one lane the urgent goes first."""
    queue = free()
    queue.put(message(1, priority=2))
    queue.put(message(2, priority=0))
    first = queue.take(MANY, NOW)
    assert ids(first) == [2], "and not both at once"
    queue.done(first[0])
    assert drained(queue) == [1]


def test_an_alert_passes_what_is_under_way_to_the_same_person() -> None:
    """A check-in that hangs for half a minute must not hold a cry for help, nor the second cry the order."""
    queue = free()
    queue.put(message(1, priority=2))
    hanging = queue.take(MANY, NOW)
    for number, priority in ((2, 1), (3, 0), (4, 0)):
        queue.put(message(number, priority=priority))
    first = queue.take(MANY, NOW)
    assert (ids(hanging), ids(first)) == ([1], [3])
    queue.done(first[0])
    second = queue.take(MANY, NOW)
    assert ids(second) == [4]
    queue.done(second[0])
    assert queue.take(MANY, NOW) == [], "the reply keeps its place behind the check-in"
    queue.done(hanging[0])
    assert drained(queue) == [2]


def test_what_is_urgent_has_room_that_nothing_else_takes() -> None:
    """With every ordinary place taken by messages that hang, an alert still leaves."""
    queue = free()
    for number in range(4):
        queue.put(message(number, person=number + 1, priority=2))
    assert ids(queue.take(Room(3, 2), NOW)) == [0, 1]
    full = Room(1, 0)
    assert (queue.take(full, NOW), queue.opens_at(NOW, full)) == ([], None)
    queue.put(message(9, person=9, priority=0))
    assert queue.opens_at(NOW, full) == NOW
    assert ids(queue.take(full, NOW)) == [9]
    assert queue.take(Room(0, 2), NOW) == [], "there is an end to it: the connections are counted"


def test_a_chat_that_is_too_fast_holds_up_nobody_else() -> None:
    """One message a second in a chat is her limit, not everybody's."""
    queue = Lanes(Limits(0, 1))
    for number, person in enumerate((1, 1, 2)):
        queue.put(message(number, person=person))
    for entry in queue.take(MANY, NOW):
        queue.done(entry)
    assert queue.take(MANY, NOW) == []
    assert queue.opens_at(NOW, MANY) == NOW + SECOND
    assert ids(queue.take(MANY, NOW + SECOND)) == [1]


def test_what_is_no_message_does_not_wait_for_the_chats_pace() -> None:
    """Telegram counts messages; a press is to be answered at once."""
    queue = Lanes(Limits(0, 1))
    queue.put(message(1))
    queue.put(from_queued(Queued(2, 1, "press", 1, NOW, None, 0, AnswerPress("p"))))
    queue.put(from_queued(Queued(3, 1, "edit", 1, NOW, None, 0, Delete(1, (1,)))))
    taken = queue.take(MANY, NOW)
    assert ids(taken) == [1, 2], "the press has a lane of its own"
    queue.done(taken[0])
    assert ids(queue.take(MANY, NOW)) == [3]


def test_a_halt_holds_everything() -> None:
    """429 is about the bot, not about a chat."""
    limits = Limits(0, 0)
    queue = Lanes(limits)
    queue.put(message(1, priority=0))
    limits.halt(NOW + 30 * SECOND)
    assert queue.take(MANY, NOW) == []
    assert queue.opens_at(NOW, MANY) == NOW + 30 * SECOND
    assert ids(queue.take(MANY, NOW + 30 * SECOND)) == [1]


def test_what_is_put_off_leaves_at_its_time() -> None:
    """A repetition waits a little, and what is behind it waits with it: order is order."""
    queue = free()
    first = message(1)
    first.due_at = NOW + 5 * SECOND
    queue.put(first)
    queue.put(message(2))
    assert queue.take(MANY, NOW) == []
    assert queue.opens_at(NOW, MANY) == NOW + 5 * SECOND
    assert ids(queue.take(MANY, NOW + 5 * SECOND)) == [1]


def test_an_empty_queue_knows_no_moment() -> None:
    """Then only a new message ends the waiting."""
    queue = free()
    assert queue.opens_at(NOW, MANY) is None
    queue.put(message(1))
    queue.done(queue.take(ONE, NOW)[0])
    assert (len(queue), queue.opens_at(NOW, MANY)) == (0, None)


def test_texts_beyond_what_is_kept_are_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hundred thousand check-ins must not fill the memory: the outbox has their words."""
    monkeypatch.setattr(lanes, "TEXTS_KEPT", 2)
    queue = free()
    for number in range(4):
        queue.put(message(number, person=number + 1))
    queue.put(from_loose(Send(77, "hello"), NOW, 1))
    kept = {entry.id: entry.outgoing is not None for entry in queue.take(MANY, NOW)}
    assert kept == {0: True, 1: True, 2: False, 3: False, None: True}, "a loose one is nowhere else"


@pytest.mark.parametrize(
    ("purpose", "seconds"), [("reply", 600), ("routine", 6 * 3600), ("press", 60)], ids=str
)
def test_what_is_too_old_expires(purpose: str, seconds: int) -> None:
    """A reply from before the outage answers nothing any more (design.md 4)."""
    entry = message(1, purpose=purpose)
    assert not entry.expired(NOW + seconds * SECOND)
    assert entry.expired(NOW + (seconds + 1) * SECOND)


@pytest.mark.parametrize("purpose", ["alert", "emergency", "note", "edit"])
def test_some_things_are_never_too_old(purpose: str) -> None:
    """A cry for help is late, never old."""
    assert not message(1, purpose=purpose).expired(NOW + timedelta(days=365))


def test_what_expired_is_taken_at_once_so_that_it_can_be_dropped() -> None:
    """It must not keep its lane waiting, nor use up the chat's pace."""
    queue = Lanes(Limits(0, 1))
    first = message(1, purpose="reply")
    first.due_at = NOW + timedelta(days=2)
    queue.put(first)
    queue.put(message(2))
    at = NOW + timedelta(days=1)
    taken = queue.take(MANY, at)
    assert ids(taken) == [1]
    queue.done(taken[0])
    assert ids(queue.take(MANY, at)) == [2]


def test_a_row_found_after_a_start_takes_the_lane_it_had() -> None:
    """A restart changes neither order nor what may overtake what."""
    found = from_waiting(Waiting(7, 1, "alert", 0, NOW, True, 3, 4, 2))
    assert (found.lane, found.priority, found.repeat, found.attempts) == (1, 0, True, 3)
    assert (found.alert_id, found.step, found.outgoing) == (4, 2, None)
    assert from_waiting(Waiting(8, 1, "press", 1, NOW, False, 0, None, 0)).lane == ("press", 8)


def test_strangers_have_lanes_and_paces_apart_from_people() -> None:
    """A stranger's chat id may be any number, also a person's."""
    loose = from_loose(Send(1, "hello"), NOW, 1)
    assert loose.lane != message(1, person=1).lane
    assert loose.pace != message(1, person=1).pace


def test_a_stranger_and_a_resident_do_not_meet_in_the_order() -> None:
    """Rows are numbered by the database, words to strangers by us; the two must never have to be compared."""
    queue = free()
    queue.put(from_loose(Send(77, "hello"), NOW, 1))
    queue.put(message(1))
    queue.put(message(2, person=2))
    assert sorted(drained(queue), key=str) == [1, 2, None]


def test_what_is_put_back_keeps_its_place() -> None:
    """A message that must be tried again does not let the next one of its lane pass."""
    queue = free()
    first = message(1)
    queue.put(first)
    queue.put(message(2))
    queue.take(ONE, NOW)
    queue.put(first)
    queue.done(first)
    assert drained(queue) == [1, 2]


@given(
    st.lists(st.tuples(st.integers(1, 6), st.integers(0, 2), st.integers(0, 40), st.booleans()), max_size=60),
    st.integers(1, 8),
    st.integers(0, 3),
)
def test_whatever_is_put_is_taken_exactly_once(
    written: list[tuple[int, int, int, bool]], most: int, urgent_more: int
) -> None:
    """None is lost and none goes twice, whatever mixes; and within person and urgency the order stands."""
    queue = Lanes(Limits(5, 1, 2))
    for number, (person, priority, delay, late) in enumerate(written):
        entry = message(number, person, priority)
        entry.due_at = NOW + delay * SECOND if late else NOW
        queue.put(entry)
    now, taken, under_way = NOW, list[Entry](), list[Entry]()
    while len(queue) or under_way:
        others = sum(not each.urgent for each in under_way)
        room = Room(most + urgent_more - len(under_way), most - others)
        fresh = queue.take(room, now)
        for entry in fresh:
            beside = [each for each in under_way if each.lane == entry.lane]
            assert all(entry.urgent and not each.urgent for each in beside)
            under_way.append(entry)
        taken += fresh
        if fresh or not under_way:
            opens = queue.opens_at(now, Room(most, most))
            assert opens is not None or under_way or not len(queue), "something waits and nobody will look"
            now = max(opens or now, now + timedelta(milliseconds=100))
        else:
            queue.done(under_way.pop(0))
    assert sorted(ids(taken), key=str) == sorted(range(len(written)), key=str)
    for person in range(1, 7):
        for priority in range(3):
            order = [e.id for e in taken if (e.person_id, e.priority) == (person, priority)]
            assert order == sorted(order, key=lambda number: number or 0)


def test_what_waits_for_a_moment_comes_in_time_though_the_clock_was_set_back() -> None:
    """Also what stands first in its lane, and what nobody has looked at yet."""
    queue, earlier = free(), NOW - timedelta(hours=2)
    queue.put(message(1, person=1))
    queue.put(message(2, person=2))
    assert queue.take(Room(1, 1), earlier) == []
    queue.clock_set_back(timedelta(hours=2), earlier)
    assert ids(queue.take(MANY, earlier)) == [1, 2]


def test_what_is_due_stays_due_when_the_clock_was_set_back() -> None:
    """Nothing is moved into the past that lies there already: who is older than ten minutes is not sent."""
    queue, earlier = free(), NOW - timedelta(hours=2)
    queue.put(message(1))
    queue.clock_set_back(timedelta(hours=2), NOW)
    assert queue.take(Room(1, 1), NOW)[0].due_at == NOW
    assert queue.take(Room(1, 1), earlier) == []
