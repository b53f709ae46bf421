"""A crash, a repeated batch, an update nobody can read: nothing is lost, nothing happens twice."""

import asyncio
import os
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.sandbox.server import Sandbox
from dialogs.text import _
from dialogs.words import LABELS, Word
from storage import set_aside
from tests.stories.story import PATIENCE, TOKEN, Phone, Story

URGENT = _("alert", "🟠 Case {case}: urgent. Please read this now.", case=1)


async def test_a_kill_between_risk_message_and_alert_loses_nothing(story: Story) -> None:
    """SIGKILL of the real process after the message was taken and before the alert left: the alert still comes."""
    mina, leyla = await _pair(story)
    await story.sleep()
    story.sandbox.faults.add("refuse", method="sendMessage", count=None, code=429, retry_after=1)
    async with _process(story) as bot:
        story.sandbox.say(leyla.id, "min bror sa att han ska döda mig")
        await _until_confirmed(story.sandbox)
        bot.send_signal(signal.SIGKILL)
        await bot.wait()
    assert not mina.reads(URGENT)

    story.sandbox.faults.clear()
    async with _process(story) as bot:
        await _until(lambda: mina.reads(URGENT))
        bot.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(bot.wait(), 10) == 0, "SIGTERM ends it in good order"


async def test_a_lost_reply_repeats_an_alert_and_says_so(story: Story) -> None:
    """Telegram took the alert, we never heard: at least once, and the second one is marked (R3)."""
    mina, leyla = await _pair(story)
    story.sandbox.faults.add("drop_after", method="sendMessage", chat_id=mina.id, count=1)
    await leyla.types(LABELS[Word.SOMEONE])
    await story.pass_time(seconds=10)
    told = [shown.text for shown in mina.seen if story.say(URGENT, "sv") in shown.text]
    assert len(told) == 2
    repeat = story.say(_("alert", "↻ Repeat of case {case}, in case it did not arrive before.", case=1), "sv")
    assert [repeat in text for text in told] == [False, True]


async def test_a_lost_reply_never_repeats_a_check_in(story: Story) -> None:
    """An extra notification is itself a risk: never twice (R2)."""
    _mina, leyla = await _pair(story)
    question = _("check-in", "Hello. How is today?")
    story.sandbox.faults.add("drop_after", method="sendMessage", chat_id=leyla.id, count=1)
    before = _times(leyla, story.say(question, "sv"))
    await story.until(18)
    await story.pass_time(minutes=30)
    assert _times(leyla, story.say(question, "sv")) == before + 1


async def test_a_batch_that_comes_again_changes_nothing(story: Story) -> None:
    """Every update id is stored with what it did."""
    mina, leyla = await _pair(story)
    await leyla.types(LABELS[Word.SOMEONE])
    hers, minas = len(leyla.seen), len(mina.seen)
    assert story.sandbox.redeliver(1) > 10
    await story.step()
    assert (len(leyla.seen), len(mina.seen)) == (hers, minas)


async def test_an_update_that_cannot_be_read_stops_nobody(story: Story) -> None:
    """One broken update is set aside, sealed; the next ones go on."""
    _mina, leyla = await _pair(story)
    story.sandbox.inject_raw({"message": {"message_id": "not a number", "text": "Leyla bor på Storgatan"}})
    await leyla.write("hej")
    assert leyla.reads(_("menu", "You can choose something here, or ask for a person."))
    assert await story.bot.db.run(_set_aside) == 1


async def test_a_flood_is_answered_with_patience(story: Story) -> None:
    """429 stops all sending for its time; afterwards everything comes, in order."""
    mina, leyla = await _pair(story)
    story.sandbox.faults.add("refuse", method="sendMessage", count=2, code=429, retry_after=30)
    await leyla.types(LABELS[Word.SOMEONE])
    assert not mina.reads(URGENT)
    await story.pass_time(seconds=31)
    assert mina.reads(URGENT)


@pytest.mark.parametrize("word", ["Leyla Canary", "kanariefågel", TOKEN.partition(":")[2]])
async def test_no_planted_word_stands_in_the_clear(
    story: Story, word: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Database, its WAL and the logs hold no name, no word, no Telegram id, no token."""
    caplog.set_level("DEBUG", logger="bot")
    mina = await story.contact("Mina Canary", "sv")
    leyla = await story.resident("Leyla Canary", "sv")
    await leyla.write("min bror sa att han ska döda mig, kanariefågel")
    await mina.types(LABELS[Word.HAVE_IT])
    story.sandbox.inject_raw({"message": {"message_id": 1, "text": word}})
    await story.step()
    for needle in (word, "Mina Canary", str(leyla.id), str(mina.id)):
        for file in story.settings.data_dir.iterdir():
            assert needle.encode() not in file.read_bytes(), file.name
        assert needle not in caplog.text


async def _pair(story: Story) -> tuple[Phone, Phone]:
    mina = await story.contact("Mina", "sv")
    return mina, await story.resident("Leyla", "sv")


def _set_aside(db: sqlite3.Connection) -> int:
    return set_aside.count(db)


def _times(phone: Phone, text: str) -> int:
    return sum(text in shown.text for shown in phone.seen)


@asynccontextmanager
async def _process(story: Story) -> AsyncIterator[asyncio.subprocess.Process]:
    """The bot as an operator runs it: its own process, settings from the environment, real time."""
    environment = {
        **os.environ,
        "VIDARE_TELEGRAM_TOKEN": TOKEN,
        "VIDARE_TELEGRAM_API": story.sandbox.url,
        "VIDARE_DATA_DIR": str(story.settings.data_dir),
        "VIDARE_MASTER_KEY_FILE": str(story.settings.master_key_file),
        "VIDARE_LOG_LEVEL": "ERROR",
    }
    root = Path(__file__).parent.parent.parent
    bot = await asyncio.create_subprocess_exec(sys.executable, "-m", "bot", "run", cwd=root, env=environment)
    try:
        await _until(lambda: story.sandbox.polled)
        yield bot
    finally:
        if bot.returncode is None:
            bot.kill()
            await bot.wait()


async def _until_confirmed(sandbox: Sandbox) -> None:
    await _until(lambda: sandbox.unconfirmed() == 0)


async def _until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not condition():
            await asyncio.sleep(0.02)
