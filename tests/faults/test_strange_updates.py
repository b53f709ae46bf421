"""Strange updates, counted: each line of the table can be red."""

from dataclasses import replace

import pytest

from bot.sandbox.people import Message
from faults.stage import Stage
from faults.strange_maker import Maker
from faults.strange_updates import Seen, report, wrongly_shown

WELL = Seen(
    fed=100,
    unrecorded=0,
    set_aside={"UpdateUnreadable": 20},
    errors=0,
    in_log=0,
    in_database=0,
    in_wrong_chats=0,
    notices=("update-set-aside",),
    early=100 * 2.0**20,
    late=110 * 2.0**20,
)


def test_a_bot_that_bore_it_is_green() -> None:
    """With its memory in figures."""
    found = report(WELL)
    assert all(each.held for each in found)
    assert found[-1].figure == "100 MB after a tenth, 110 MB in the end"


@pytest.mark.parametrize(
    "changes",
    [
        {"unrecorded": 1},
        {"set_aside": {"UpdateUnreadable": 20, "OverflowError": 1}},
        {"set_aside": {}},
        {"errors": 1},
        {"in_log": 1},
        {"in_database": 1},
        {"in_wrong_chats": 1},
        {"notices": ("message-refused",)},
        {"late": 200 * 2.0**20},
    ],
)
def test_whatever_is_wrong_is_red(changes: dict[str, object]) -> None:
    """One line for each."""
    found = report(replace(WELL, **changes))  # type: ignore[arg-type]
    assert [each.held for each in found].count(False) == 1


def _shows(stage: Stage, person: int, text: str) -> None:
    chat = stage.sandbox.chat(stage.chats[person])
    message = Message(stage.sandbox.next_message_id(), True, stage.sandbox.clock.now(), text=text)
    chat.by_id[message.message_id] = message


async def test_words_in_anothers_chat_are_found(stage: Stage) -> None:
    """Her own chat may quote her, and the one she may write with."""
    maker = Maker(3, (stage.chats[stage.resident(0)],), 1_796_000_000)
    number = next(each for each in range(50) if maker.writer(each) == stage.chats[stage.resident(0)])
    for person in (stage.resident(0), stage.contact_of(stage.resident(0))):
        _shows(stage, person, f"… zqx{number}xqz …")
    assert list(wrongly_shown(stage, maker)) == []
    _shows(stage, stage.resident(1), f"… zqx{number}xqz …")
    assert list(wrongly_shown(stage, maker)) == [number]
