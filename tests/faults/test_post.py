"""What people send, on its way."""

import json
from datetime import timedelta
from random import Random

import pytest

from bot.telegram_in import Other, Press, Text, read_update
from faults.post import Post
from faults.theatre import BEGIN

SOON = timedelta(seconds=1)


@pytest.fixture
def post() -> Post:
    """Nothing is on its way."""
    return Post(Random(1))


def test_everything_reads_as_telegrams_own(post: Post) -> None:
    """Words, a picture, a change, a press; each with an id of its own."""
    said = post.say(7, BEGIN, "hello", reply_to=5)
    post.say(7, BEGIN, "look", photo="a file")
    post.edit(7, BEGIN, said, "hello!")
    post.press(8, BEGIN, 6, "tk:list")
    read = [read_update(each) for each in post.hand_out(BEGIN)]
    words, picture, change, press = [each.body for each in read]
    assert (words, change, press) == (Text("hello"), Text("hello!", edited=True), Press("tk:list"))
    assert isinstance(picture, Other)
    assert picture.file is not None
    assert (picture.caption, picture.file.id) == ("look", "a file")
    assert (read[0].reply_to, read[0].message_id, read[3].chat_id) == (5, said, 8)
    assert len({each.update_id for each in read}) == 4
    assert post.hand_out(BEGIN) == []


def test_a_press_that_waits_too_long_is_lost_and_words_are_not(post: Post) -> None:
    """As Telegram does it."""
    post.say(7, BEGIN, "hello")
    post.press(7, BEGIN + SOON, 6, "tk:list")
    assert len(post.hand_out(BEGIN + timedelta(seconds=151))) == 1
    assert post.lost == 1


def test_a_press_overtakes_the_words_just_before_it_now_and_then(post: Post) -> None:
    """Only the same person's, and only those of a moment before."""
    for place in range(100):
        at = BEGIN + place * timedelta(minutes=1)
        post.say(7, at, "words")
        post.press(7, at + SOON, 6, "tk:list")
    waiting = [each.is_press for each in post.waiting]
    assert 10 < post.overtaken < 60
    assert (
        sum(first and not second for first, second in zip(waiting[::2], waiting[1::2], strict=True))
        == post.overtaken
    )
    post.overtaken = 0
    for place in range(100):
        at = BEGIN + place * timedelta(minutes=1)
        post.say(8, at, "words")
        post.press(7, at + SOON, 6, "tk:list")
        post.say(7, at, "words")
        post.press(7, at + timedelta(seconds=9), 6, "tk:list")
    assert post.overtaken == 0


def test_bodies_are_json(post: Post) -> None:
    """The handler reads bytes."""
    post.say(7, BEGIN, "hello")
    (raw,) = post.hand_out(BEGIN)
    assert json.loads(raw)["message"]["chat"] == {"id": 7, "type": "private"}
    assert (post.next_number(), post.next_number()) == (1, 2)
