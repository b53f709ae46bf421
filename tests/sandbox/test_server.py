"""Tests of the Bot API server: doors, polling, accidents, the log, and a port that is taken."""

import asyncio
from datetime import timedelta
from typing import Any

import aiohttp
import pytest

from bot.clock import Clock
from bot.sandbox import FaultKind, Person, PortTaken, Sandbox
from tests.sandbox.conftest import TOKEN, Api, until


async def test_a_wrong_token_and_an_unknown_method(sandbox: Sandbox, session: aiohttp.ClientSession) -> None:
    """401 and 404 in Telegram's shape; the case of a method's name does not matter."""
    async with session.get(f"{sandbox.url}/bot1:wrong/getMe") as answer:
        assert await answer.json() == {"ok": False, "error_code": 401, "description": "Unauthorized"}
    async with session.get(f"{sandbox.url}/bot{TOKEN}/getYou") as answer:
        assert await answer.json() == {"ok": False, "error_code": 404, "description": "Not Found"}
    async with session.get(f"{sandbox.url}/bot{TOKEN}/GETME") as answer:
        assert (await answer.json())["ok"]


async def test_updates_come_again_until_a_higher_offset(api: Api, sandbox: Sandbox, leyla: Person) -> None:
    """The whole offset contract, over HTTP."""
    ids = [sandbox.say(leyla.id, text) for text in ("one", "two", "three")]
    assert [each["update_id"] for each in await api.ok("getUpdates")] == ids
    assert [each["update_id"] for each in await api.ok("getUpdates", limit=1)] == ids[:1]
    assert [each["update_id"] for each in await api.ok("getUpdates", offset=ids[1])] == ids[1:]
    assert sandbox.unconfirmed() == 2
    assert [each["update_id"] for each in await api.ok("getUpdates", offset=-1)] == ids[2:]
    assert await api.ok("getUpdates", offset=ids[2] + 1) == []
    assert sandbox.unconfirmed() == 0


async def test_a_long_poll_ends_with_the_first_update(api: Api, sandbox: Sandbox, leyla: Person) -> None:
    """Nobody waits for the timeout when there is something to tell."""
    poll = asyncio.create_task(api.ok("getUpdates", timeout=50))
    await until(lambda: sandbox.polled)
    sandbox.say(leyla.id, "help")
    assert (await poll)[0]["message"]["text"] == "help"


async def test_a_second_poll_ends_the_first(api: Api, sandbox: Sandbox) -> None:
    """Two copies of a bot must notice each other."""
    first = asyncio.create_task(api.refusal("getUpdates", timeout=50))
    await until(lambda: sandbox.polled)
    assert await api.ok("getUpdates") == []
    code, reason = await first
    assert code == 409
    assert reason.startswith("Conflict: terminated by other getUpdates request")


async def test_old_presses_expire_before_old_messages(
    api: Api, sandbox: Sandbox, clock: Clock, leyla: Person
) -> None:
    """What a person may rely on while the bot is away: words for a day, buttons for 150 seconds."""
    markup = {"inline_keyboard": [[{"text": "Safe", "callback_data": "safe"}]]}
    sent = await api.ok("sendMessage", chat_id=leyla.id, text="Well?", reply_markup=markup)
    sandbox.say(leyla.id, "I am safe")
    sandbox.press(leyla.id, sent["message_id"], "safe")
    clock.move(timedelta(seconds=160))
    assert [list(each)[1] for each in await api.ok("getUpdates")] == ["message"]
    clock.move(timedelta(hours=24))
    assert await api.ok("getUpdates") == []


async def test_allowed_updates_are_remembered(api: Api, sandbox: Sandbox, leyla: Person) -> None:
    """For the calls after it as well."""
    await api.ok("getUpdates", allowed_updates=["callback_query"])
    assert sandbox.say(leyla.id, "unheard") == 0
    assert await api.ok("getUpdates") == []


@pytest.mark.parametrize("kind", [FaultKind.DROP_BEFORE, FaultKind.DROP_AFTER])
async def test_a_dropped_connection_looks_the_same_delivered_or_not(
    api: Api, sandbox: Sandbox, leyla: Person, kind: FaultKind
) -> None:
    """The bot cannot tell; the phone can."""
    sandbox.faults.add(kind, method="sendMessage")
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await api("sendMessage", chat_id=leyla.id, text="Hi")
    delivered = sandbox.chat(leyla.id).messages[-1].from_bot
    assert delivered == (kind is FaultKind.DROP_AFTER)


async def test_a_bad_gateway_may_have_delivered(api: Api, sandbox: Sandbox, leyla: Person) -> None:
    """And its body is no JSON, nor is that of garbage."""
    for kind, status in ((FaultKind.BAD_GATEWAY, 502), (FaultKind.GARBAGE, 200)):
        sandbox.faults.add(kind)
        async with api.session.post(
            f"{sandbox.url}/bot{TOKEN}/sendMessage", json={"chat_id": leyla.id, "text": kind.value}
        ) as answer:
            assert answer.status == status
            assert answer.content_type == "text/html"
        assert sandbox.chat(leyla.id).messages[-1].text == kind.value


@pytest.mark.parametrize(("kind", "delivered"), [("delay_before", False), ("delay_after", True)])
async def test_a_delay_outlasts_a_caller(
    api: Api, sandbox: Sandbox, leyla: Person, kind: str, delivered: bool
) -> None:
    """A caller that gives up does not know whether it was heard."""
    sandbox.faults.add(kind, seconds=0.3)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(api("sendMessage", chat_id=leyla.id, text="Hi"), 0.1)
    assert sandbox.chat(leyla.id).messages[-1].from_bot == delivered
    await sandbox.quiet()
    assert sandbox.chat(leyla.id).messages[-1].from_bot


async def test_what_hangs_is_never_done(api: Api, sandbox: Sandbox, leyla: Person) -> None:
    """The other half of "nobody knows": the caller gives up, and nothing ever comes of it."""
    sandbox.faults.add("hang", seconds=0.2)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(api("sendMessage", chat_id=leyla.id, text="Hi"), 0.1)
    await sandbox.quiet()
    assert not sandbox.chat(leyla.id).messages[-1].from_bot


async def test_faults_are_bounded_and_choose_their_victims(api: Api, sandbox: Sandbox, leyla: Person) -> None:
    """By method, by chat, by count, after some that pass."""
    mina = sandbox.add_person("Mina")
    sandbox.start_bot(mina.id)
    sandbox.faults.add(
        "refuse", method="sendMessage", chat_id=leyla.id, skip=1, code=429, description="slow", retry_after=7
    )
    outcomes = []
    for person in (leyla, mina, leyla, mina, leyla):
        answer = await api("sendMessage", chat_id=person.id, text="Hi")
        outcomes.append(answer.get("parameters", {}).get("retry_after"))
    assert outcomes == [None, None, 7, None, None]
    sandbox.faults.add("refuse", count=None)
    for _ in range(3):
        assert (await api.refusal("getMe"))[0] == 500
    sandbox.faults.clear()
    await api.ok("getMe")
    with pytest.raises(ValueError, match="at least once"):
        sandbox.faults.add("refuse", count=0)


async def test_redelivered_and_malformed_updates_reach_the_bot(
    api: Api, sandbox: Sandbox, leyla: Person
) -> None:
    """Over HTTP, with the offset a careful bot would use."""
    update = sandbox.say(leyla.id, "once")
    await api.ok("getUpdates", offset=update + 1)
    sandbox.redeliver(update)
    sandbox.inject_raw({"message": {"text": "no chat"}})
    again = await api.ok("getUpdates", offset=update + 1)
    assert [each["message"]["text"] for each in again] == ["once", "no chat"]


async def test_calls_are_logged_with_their_answers(api: Api, sandbox: Sandbox, leyla: Person) -> None:
    """Tests ask what the bot did, not only what came of it."""
    await api.ok("sendMessage", chat_id=leyla.id, text="Hi")
    call = sandbox.calls_of("sendMessage")[-1]
    assert call.parameters == {"chat_id": leyla.id, "text": "Hi"}
    assert call.answer["result"]["text"] == "Hi"
    assert call.status == 200


async def test_the_log_can_be_off(clock: Clock) -> None:
    """A benchmark does not measure it."""
    assert Sandbox(TOKEN, clock, log_calls=False).calls == []


async def test_a_taken_port_is_said_plainly(sandbox: Sandbox, clock: Clock) -> None:
    """The demo's commonest mishap deserves a sentence."""
    other = Sandbox(TOKEN, clock, port=sandbox.port)
    with pytest.raises(PortTaken, match=f"port {sandbox.port} on 127.0.0.1 is taken"):
        await other.start()


def test_the_sandbox_listens_on_this_machine_only(clock: Clock) -> None:
    """It has no locks."""
    with pytest.raises(ValueError, match="loopback"):
        Sandbox(TOKEN, clock, host="0.0.0.0")  # noqa: S104 - the point of the test


async def test_quiet_waits_for_the_confirmation(api: Api, sandbox: Sandbox, leyla: Person) -> None:
    """Nothing unconfirmed and nothing in flight; otherwise it says so."""
    update = sandbox.say(leyla.id, "Hi")
    with pytest.raises(TimeoutError):
        await sandbox.quiet(timeout=0.05, settle=0.01)
    await api.ok("getUpdates", offset=update + 1)
    await sandbox.quiet()


async def test_a_moved_clock_calls_the_hook(clock: Clock) -> None:
    """So that a bot in the same process looks at what is due."""
    seen: list[Any] = []

    async def look() -> None:
        seen.append(clock.now())

    sandbox = Sandbox(TOKEN, clock, on_clock_moved=look)
    before = clock.now()
    await sandbox.move_clock(timedelta(hours=8))
    assert seen[0] - before >= timedelta(hours=8)
