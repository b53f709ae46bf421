"""
Updates that are shaped by chance, and those that broke something once: the bot goes on, and nobody reads what they say.

`python -m faults --part "strange updates"` hands out a hundred thousand of them to a process of its own.
"""

import json
import logging
from functools import partial
from typing import Any, Final

import pytest

from bot.logs import JsonLines
from faults.strange_maker import MARK, Maker
from tests.attacks.siege import Siege

COUNT: Final = 2_000
SEED: Final = 7
AT_ONCE: Final = 400


def _nested(depth: int) -> bytes:
    return b'{"update_id":7,"message":' + b'{"a":' * depth + b"1" + b"}" * depth + b"}"


def _update(update_id: Any = 7, **message: Any) -> bytes:
    said = {"message_id": 1, "date": 1_796_000_000, "chat": {"id": 5, "type": "private"}, "text": "zqx0xqz"}
    return json.dumps({"update_id": update_id, "message": {**said, **message}}).encode()


BROKE_SOMETHING: Final = {
    "braces deeper than the reader reads": _nested(2_000),
    "braces deeper than anybody reads": _nested(100_000),
    "an id beyond 64 bits": _update(2**64),
    "an id beyond what a table holds": _update(2**63),
    "an id that is a text": _update("7"),
    "a message's number beyond 64 bits": _update(message_id=2**70),
    "a chat's number beyond 64 bits": _update(chat={"id": -(2**70), "type": "private"}),
    "a date beyond the calendar": _update(date=10**18),
    "half a character": _update(text="\ud800 zqx0xqz"),
    "bytes that are no text": b'{"update_id":7,"message":{"text":"\xff zqx0xqz"}}',
    "no object": b"[1,2]",
    "nothing": b"",
}


async def test_what_broke_something_once_breaks_nothing(siege: Siege) -> None:
    """Each comes with another one, which is handled, by the way of a webhook; it is recorded or set aside."""
    for number, (name, raw) in enumerate(BROKE_SOMETHING.items()):
        before = len(siege.mina.seen)
        good = _update(10**9 + number, chat={"id": siege.mina.id, "type": "private"}, text="/help")
        await siege.bot.intake.take([raw, good])
        await siege.settle()
        assert len(siege.mina.seen) == before + 1, name
        assert set(await siege.set_aside()) <= {"UpdateUnreadable"}, name


def _said(records: list[logging.LogRecord]) -> str:
    """What stands in the log, as an operator reads it, and before it is made harmless."""
    lines = JsonLines()
    return "\n".join(f"{lines.format(each)} {each.getMessage()} {each.exc_text}" for each in records)


async def test_whatever_comes_is_recorded_and_said_to_nobody(
    siege: Siege, caplog: pytest.LogCaptureFixture
) -> None:
    """Words go to whom they are written, and to no log, no notice and no stranger; what cannot be read is set aside."""
    people = [siege.leyla, siege.linden, siege.mina, siege.josef, siege.karin, siege.stranger]
    maker = Maker(SEED, [each.id for each in people], siege.sandbox.timestamp())
    sent = []
    for number in range(COUNT):
        sent.append(siege.sandbox.queue.inject_bytes(partial(maker.update, number)))
        if number % AT_ONCE == 0:
            await siege.settle()
    await siege.settle()
    recorded = await siege.bot.db.run(
        lambda db: {row[0] for row in db.execute("SELECT update_id FROM updates")}
    )
    assert set(sent) <= recorded
    assert set(await siege.set_aside()) == {"UpdateUnreadable"}
    assert not MARK.search(_said(caplog.records).encode("utf-8", "replace"))
    assert not [each.getMessage() for each in caplog.records if each.exc_info]
    _nobody_reads_a_strangers_words(siege, maker)


def _nobody_reads_a_strangers_words(siege: Siege, maker: Maker) -> None:
    strangers = {siege.stranger.id}
    for person, chat in siege.sandbox.chats.items():
        shown = "\n".join(each.text for each in chat.messages if each.from_bot)
        writers = {maker.writer(int(found)) for found in MARK.findall(shown.encode("utf-8", "replace"))}
        assert not writers & strangers, person
        if person in strangers:
            assert not writers, "a stranger reads somebody's words"
