"""Updates in: handled and committed first, confirmed after."""

import asyncio
import logging
from typing import Any

import aiohttp
import msgspec
import pytest
from aiohttp import web

from bot.fetching import WEBHOOK_PATH, FetchFailed, webhook_routes
from bot.intake import LONG_POLL, Intake
from bot.outgoing import Failure
from dialogs.notices import NoticeKind
from storage import notices
from storage.database import StorageFull
from tests.bot.town import PATIENCE, StillDoor, Town, until


class StillSource:
    """An `UpdateSource` that gives what it was told to, in order, and then waits as a long poll does."""

    def __init__(self, *answers: list[bytes] | Exception) -> None:
        self.answers = list(answers)
        self.offsets: list[int | None] = []
        self.patience: list[float] = []

    async def fetch(
        self,
        offset: int | None,
        limit: int = 100,  # noqa: ARG002 -- the source's shape
        timeout: float = 50.0,  # noqa: ASYNC109 -- the source's shape
    ) -> list[msgspec.Raw]:
        """Remember what was confirmed."""
        self.offsets.append(offset)
        self.patience.append(timeout)
        if not self.answers:
            await asyncio.Event().wait()
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return [msgspec.Raw(each) for each in answer]


def made(town: Town, door: StillDoor, source: StillSource) -> Intake:
    return Intake(source, town.db, town.handler, town.sender(door), town.clock)


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Pauses are noted and not waited for."""
    pauses: list[float] = []
    sleep = asyncio.sleep

    async def noted(seconds: float) -> None:
        pauses.append(seconds)
        await sleep(0)

    monkeypatch.setattr("bot.intake.asyncio.sleep", noted)
    return pauses


async def _run(intake: Intake, source: StillSource, fetches: int) -> None:
    """Run until the source was asked so often."""
    task = asyncio.create_task(intake.run())
    try:
        while len(source.offsets) < fetches:
            await asyncio.wait({task}, timeout=0.001)
            assert not task.done()
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_a_batch_is_confirmed_only_after_its_commit(
    town: Town, door: StillDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What Telegram was told to forget must stand in our database."""
    leyla = await town.resident()
    source = StillSource([town.text(11, "hello")])
    confirmed_too_early: list[Any] = []
    run = town.db.run

    async def watched(*arguments: Any) -> Any:
        confirmed_too_early.extend(each for each in source.offsets if each is not None)
        return await run(*arguments)

    with monkeypatch.context() as watching:
        watching.setattr(town.db, "run", watched)
        await _run(made(town, door, source), source, 2)
    assert source.offsets == [None, 102]
    assert confirmed_too_early == []
    assert len(await town.texts(leyla)) == 1


async def test_an_empty_batch_moves_nothing(town: Town, door: StillDoor) -> None:
    """A quiet night confirms nothing, again and again."""
    source = StillSource([], [])
    await _run(made(town, door, source), source, 3)
    assert source.offsets == [None, None, None]


async def test_a_batch_that_cannot_be_stored_is_not_confirmed(
    town: Town, door: StillDoor, hasty: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It comes again when there is room, and is handled then."""
    leyla = await town.resident()
    batch = [town.text(11, "hello")]
    source = StillSource(batch, batch)
    run, full = town.db.run, [True]

    async def failing(*arguments: Any) -> Any:
        if full and full.pop():
            raise StorageFull("the disk is full")
        return await run(*arguments)

    monkeypatch.setattr(town.db, "run", failing)
    await _run(made(town, door, source), source, 3)
    assert source.offsets == [None, None, 102]
    assert hasty == [1.0]
    assert len(await town.texts(leyla)) == 1


async def test_failing_to_fetch_backs_off_and_recovers(
    town: Town, door: StillDoor, hasty: list[float]
) -> None:
    """Longer and longer while the network is down, at most half a minute; at once ready again afterwards."""
    down = FetchFailed(Failure.NOT_SENT)
    source = StillSource(*[down] * 7, [], down, [town.text(99, "hello")])
    await _run(made(town, door, source), source, 11)
    assert hasty == [1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0, 1.0]
    assert source.offsets[-1] == 102


async def test_telegrams_own_pause_is_kept(town: Town, door: StillDoor, hasty: list[float]) -> None:
    """429 names its time."""
    source = StillSource(FetchFailed(Failure.LIMITED, 17.0))
    await _run(made(town, door, source), source, 2)
    assert hasty == [17.0]


@pytest.mark.parametrize(
    ("failure", "level"),
    [
        (Failure.UNAUTHORISED, "ERROR"),
        (Failure.CONFLICT, "ERROR"),
        (Failure.UNCLEAR, "WARNING"),
        (Failure.NOT_SENT, "WARNING"),
    ],
)
async def test_only_what_somebody_must_mend_is_an_error(
    town: Town,
    door: StillDoor,
    hasty: list[float],
    caplog: pytest.LogCaptureFixture,
    failure: Failure,
    level: str,
) -> None:
    """A wrong token or a second bot does not mend itself; a lost connection does."""
    source = StillSource(FetchFailed(failure))
    with caplog.at_level(logging.INFO):
        await _run(made(town, door, source), source, 2)
    assert len(hasty) == 1
    assert [each.levelname for each in caplog.records if each.name == "bot.intake"] == [level]


@pytest.mark.parametrize(
    ("failure", "kind"),
    [(Failure.UNAUTHORISED, NoticeKind.TOKEN_REFUSED), (Failure.CONFLICT, NoticeKind.SECOND_BOT)],
)
async def test_being_turned_away_is_a_notice_and_said_once_a_minute(
    town: Town,
    door: StillDoor,
    hasty: list[float],
    caplog: pytest.LogCaptureFixture,
    failure: Failure,
    kind: NoticeKind,
) -> None:
    """Nobody can be told by Telegram just then: it stands in the log, in the database, and health is red."""
    source = StillSource(*[FetchFailed(failure)] * 5, [])
    intake = made(town, door, source)
    await _run(intake, source, 7)
    assert len(hasty) == 5
    assert len([each for each in caplog.records if each.levelname == "ERROR"]) == 1
    found = [(each.kind, each.times) for each in await town.run(notices.open_notices)]
    assert found == [(kind.value, 1)]
    assert intake.pulse.failing, "although the last ask was answered"


async def test_a_notice_that_cannot_be_stored_stops_nothing(
    town: Town, door: StillDoor, hasty: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A wrong token on a full disk: both are waited for."""

    async def full(*_arguments: object) -> object:
        raise StorageFull("the disk is full")

    monkeypatch.setattr(town.db, "run", full)
    source = StillSource(FetchFailed(Failure.UNAUTHORISED))
    await _run(made(town, door, source), source, 2)
    assert len(hasty) == 1


async def test_only_an_answer_that_was_handled_is_a_sign_of_life(
    town: Town, door: StillDoor, hasty: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An intake that fetches and cannot store hears nobody; nor does one that asks a Telegram that is away."""
    batch = [town.text(11, "hello")]
    source = StillSource(FetchFailed(Failure.NOT_SENT), batch, batch)
    intake = made(town, door, source)
    well: list[bool] = []
    run = town.db.run

    async def full_once(*arguments: Any) -> Any:
        well.append(intake.pulse.well)
        if len(well) == 1:
            raise StorageFull("the disk is full")
        return await run(*arguments)

    monkeypatch.setattr(town.db, "run", full_once)
    await _run(intake, source, 4)
    assert len(hasty) == 2
    assert [*well, intake.pulse.well] == [False, False, True]


@pytest.mark.usefixtures("hasty")
async def test_after_a_failure_telegram_is_asked_without_waiting(town: Town, door: StillDoor) -> None:
    """That it is back shows at once, and not after a long poll of nearly a minute."""
    source = StillSource([], [], FetchFailed(Failure.UNCLEAR), [], [])
    await _run(made(town, door, source), source, 6)
    assert source.patience == [0, LONG_POLL, LONG_POLL, 0, LONG_POLL, LONG_POLL]


async def test_updates_are_counted_by_what_came_of_them(torn_town: Town, door: StillDoor) -> None:
    """A figure that grows shows what no single line in a log does."""
    await torn_town.resident()
    intake = made(torn_town, door, StillSource())
    await intake.take([torn_town.text(11, "hello"), torn_town.text(11, "torn")])
    assert intake.tally == {"handled": 1, "set-aside": 1}


async def test_being_stopped_in_the_middle_of_a_batch_finishes_it(
    town: Town, door: StillDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A batch is whole or not there; and its answers are handed to the sender."""
    leyla = await town.resident()
    begun, let_go, run = asyncio.Event(), asyncio.Event(), town.db.run

    async def slow(*arguments: Any) -> Any:
        begun.set()
        await let_go.wait()
        return await run(*arguments)

    monkeypatch.setattr(town.db, "run", slow)
    intake = made(town, door, StillSource([town.text(11, "hello")]))
    task = asyncio.create_task(intake.run())
    await asyncio.wait_for(begun.wait(), PATIENCE)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    settled = asyncio.create_task(intake.settled())
    await until(task.cancelled)
    assert not settled.done()
    let_go.set()
    await asyncio.wait_for(settled, PATIENCE)
    assert len(await town.texts(leyla)) == 1


async def test_a_webhook_is_answered_after_the_commit(town: Town, door: StillDoor) -> None:
    """200 is the confirmation there; what cannot be stored is answered with "come again"."""
    leyla = await town.resident()
    intake = made(town, door, StillSource())

    async def handle(raw: bytes) -> None:
        await intake.take([raw])

    runner = web.AppRunner(webhook_routes("a-secret-of-the-webhook", handle))
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        assert await _post(runner, town.text(11, "hello"), "a-secret-of-the-webhook") == 200
        assert len(await town.texts(leyla)) == 1
        assert await _post(runner, town.text(11, "hello"), "a guess") == 401
        assert len(await town.texts(leyla)) == 1
    finally:
        await runner.cleanup()


async def _post(runner: web.AppRunner, update: bytes, secret: str) -> int:
    host, port = runner.addresses[0][:2]
    headers = {"X-Telegram-Bot-Api-Secret-Token": secret}
    url = f"http://{host}:{port}{WEBHOOK_PATH}"
    async with aiohttp.ClientSession() as session, session.post(url, data=update, headers=headers) as answer:
        return answer.status


async def test_two_webhook_calls_at_once_are_handled_one_after_the_other(town: Town, door: StillDoor) -> None:
    """Telegram opens many connections; the order within one person must hold."""
    leyla = await town.resident()
    intake = made(town, door, StillSource())
    await asyncio.gather(*(intake.take([town.text(11, f"/unknown{number}")]) for number in range(5)))
    assert len(await town.texts(leyla)) == 5


async def test_a_batch_that_cannot_be_stored_is_trouble_until_one_can(
    town: Town, door: StillDoor, hasty: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever watches sees it; and where nothing waits any more, nothing fails any more."""
    await town.resident()
    batch = [town.text(11, "hello")]
    run, seen = town.db.run, []

    async def failing(*_arguments: Any) -> Any:
        raise StorageFull("the disk is full")

    intake = made(town, door, StillSource(batch, []))
    monkeypatch.setattr(town.db, "run", failing)
    with pytest.raises(StorageFull):
        await intake._once()
    seen.append(intake._sender.trouble.since)
    await intake._once()
    seen.append(intake._sender.trouble.since)
    monkeypatch.setattr(town.db, "run", run)
    assert seen == [town.clock.now(), None]
    assert hasty == []
