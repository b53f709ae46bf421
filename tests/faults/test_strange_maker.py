"""Updates that are shaped by chance: most can be read, some cannot, each can be made again."""

import json
from collections import Counter

from bot.telegram_in import UpdateUnreadable, read_update, update_id_of
from dialogs.words import Word
from faults import buttons
from faults.strange_maker import MARK, NOT_PRESSED, Maker

MAKER = Maker(3, (11, 12, 13), 1_796_000_000)
MADE = [MAKER.update(number, 1000 + number) for number in range(1_500)]


def _kinds() -> Counter[str]:
    found: Counter[str] = Counter()
    for made in MADE:
        try:
            found[type(read_update(made).body).__name__] += 1
        except UpdateUnreadable:
            found["unreadable"] += 1
    return found


def test_every_kind_comes_up_and_few_are_spoilt_beyond_reading() -> None:
    """Chance that mostly makes rubbish would try out the reading and nothing behind it."""
    kinds = _kinds()
    assert {"Text", "Press", "Other", "Start", "Block", "Ignored", "unreadable"} <= kinds.keys()
    assert kinds["unreadable"] < len(MADE) / 3
    assert kinds["Text"] + kinds["Press"] > len(MADE) / 3


def test_each_has_the_id_it_is_given() -> None:
    """Whether it is recorded can be seen then."""
    assert [update_id_of(made) for made in MADE] == [1000 + number for number in range(len(MADE))]


def test_one_can_be_made_again_by_its_number_alone() -> None:
    """A number in a report is enough."""
    assert Maker(3, (11, 12, 13), 1_796_000_000).update(77, 1077) == MADE[77]
    assert Maker(4, (11, 12, 13), 1_796_000_000).update(77, 1077) != MADE[77]


def test_words_carry_the_number_and_the_number_knows_its_writer() -> None:
    """Where they turn up says whether they went astray."""
    for number, made in enumerate(MADE[:300]):
        assert {int(found) for found in MARK.findall(made)} <= {number}
    chats = {
        each["message"]["chat"]["id"] for each in map(json.loads, map(_readable, MADE)) if _is_whole(each)
    }
    assert {11, 12, 13} < chats, "and strangers"
    assert MAKER.writer(5) in {11, 12, 13}


def _readable(made: bytes) -> str:
    return made.decode("utf-8", "replace")


def _is_whole(update: object) -> bool:
    return (
        isinstance(update, dict)
        and isinstance(update.get("message"), dict)
        and isinstance(update["message"].get("chat"), dict)
        and "id" in update["message"]["chat"]
        and isinstance(update["message"]["chat"]["id"], int)
    )


def test_every_topic_is_pressed_and_many_words_are_known_ones() -> None:
    """What has no meaning breaks nothing."""
    whole = b"".join(MADE)
    pressed = {buttons.topic_of(form) for form in buttons.forms()}
    found = {topic for topic in pressed if f'"data": "{topic}'.encode() in whole}
    assert len(found) > len(pressed) * 0.8
    assert sum(f'"/{word}"'.encode() in whole for word in Word) > 10
    assert not any(f'"data": "{form}"'.encode() in whole for form in NOT_PRESSED)
