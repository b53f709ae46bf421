"""Tests of the update queue: what stays, what goes, what comes again."""

from datetime import timedelta

import msgspec
import pytest

from bot.clock import Clock
from bot.sandbox.updates import FUTURE, UpdateQueue


@pytest.fixture
def queue(clock: Clock) -> UpdateQueue:
    """An empty queue on the shared clock."""
    return UpdateQueue(clock.now)


def taken_ids(queue: UpdateQueue, limit: int = 100) -> list[int]:
    return [msgspec.json.decode(body)["update_id"] for body in queue.take(limit)]


def test_unconfirmed_updates_come_again(queue: UpdateQueue) -> None:
    """A bot that dies between fetching and storing must lose nothing."""
    ids = [queue.push("message", {}, 1) for _ in range(3)]
    assert taken_ids(queue) == ids
    assert taken_ids(queue) == ids


def test_a_higher_offset_confirms(queue: UpdateQueue) -> None:
    """Only what is below the offset is forgotten."""
    ids = [queue.push("message", {}, 1) for _ in range(3)]
    queue.confirm(ids[1])
    assert taken_ids(queue) == ids[1:]


def test_a_negative_offset_forgets_all_but_the_last(queue: UpdateQueue) -> None:
    """As the documentation says of negative offsets."""
    ids = [queue.push("message", {}, 1) for _ in range(5)]
    queue.confirm(-2)
    assert taken_ids(queue) == ids[-2:]


def test_an_offset_far_in_the_future_confirms_nothing(queue: UpdateQueue) -> None:
    """After a week of silence the ids start anew; an old bot's offset must not eat the new updates."""
    last = queue.push("message", {}, 1)
    queue.confirm(last + FUTURE + 1)
    assert taken_ids(queue) == [last]


def test_presses_live_150_seconds_and_messages_a_day(queue: UpdateQueue, clock: Clock) -> None:
    """The difference decides what a person may rely on while the bot restarts."""
    message = queue.push("message", {}, 1)
    queue.push("callback_query", {}, 1)
    clock.move(timedelta(seconds=160))
    assert taken_ids(queue) == [message]
    clock.move(timedelta(hours=24))
    assert taken_ids(queue) == []


def test_ids_jump_after_a_week_of_silence(queue: UpdateQueue, clock: Clock) -> None:
    """Who dedupes by "greater than the last one" must notice in a test, not in a year."""
    first = queue.push("message", {}, 1)
    clock.move(timedelta(weeks=1, seconds=1))
    assert queue.push("message", {}, 1) != first + 1


def test_confirmed_updates_can_be_made_to_come_again(queue: UpdateQueue) -> None:
    """Redelivered updates are handed out even to a bot that asks with its old offset, and then confirmed."""
    ids = [queue.push("message", {}, 1) for _ in range(3)]
    queue.confirm(ids[-1] + 1)
    assert queue.redeliver(ids[1]) == 2
    queue.confirm(ids[-1] + 1)
    assert taken_ids(queue) == ids[1:]
    queue.confirm(ids[-1] + 1)
    assert taken_ids(queue) == []


def test_anything_can_be_injected_with_an_old_id(queue: UpdateQueue) -> None:
    """Malformed and repeated updates reach the bot whatever its offset."""
    last = queue.push("message", {}, 1)
    queue.inject({"message": {"text": "no chat"}}, update_id=5)
    fresh = queue.inject({"nonsense": 1})
    queue.confirm(last + 1)
    assert fresh == last + 1
    assert taken_ids(queue) == [5, fresh]


def test_unwanted_kinds_are_not_queued(queue: UpdateQueue) -> None:
    """What is queued already stays when `allowed_updates` changes."""
    message = queue.push("message", {}, 1)
    queue.allow(["callback_query"])
    assert queue.push("message", {}, 1) == 0
    assert taken_ids(queue) == [message]
    queue.allow([])
    assert queue.push("message", {}, 1) == message + 1
    assert queue.push("message_reaction", {}, 1) == 0
