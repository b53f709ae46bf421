"""Rings out: at least once, no name and no word, and silence at once when somebody has taken it on."""

import asyncio
import logging
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from babel.messages import Catalog

from bot import ringer as ringer_module
from bot.channels import AppriseLine, RingFailed, Unrung
from bot.ringer import Ringer
from bot.translating import Translator
from dialogs.alert import Alert, AlertState, Track
from dialogs.people import Role
from storage import alerts, channels, notices, people, rings
from storage.database import StorageFull
from tests.bot import gateway
from tests.bot.town import NOW, PATIENCE, Town, compile_catalogue, until

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
ADDRESS = "json://gateway.example"
REFUSED = RingFailed(Unrung.REFUSED, 500)


class StillLine:
    """
    A `Line` that keeps what it is given. `answers` are used up in order: an error is raised, None is a success.

    Clear `opened` to let rings hang; `ended` counts those that were cancelled.
    """

    def __init__(self) -> None:
        self.rung: list[tuple[str, str, str]] = []
        self.answers: list[Exception | None] = []
        self.opened = asyncio.Event()
        self.opened.set()
        self.ended = 0

    async def ring(self, address: str, title: str, body: str) -> None:
        """Take it, wait while the line is held, answer."""
        self.rung.append((address, title, body))
        answer = self.answers.pop(0) if self.answers else None
        try:
            await self.opened.wait()
        except asyncio.CancelledError:
            self.ended += 1
            raise
        if answer is not None:
            raise answer

    @property
    def bodies(self) -> list[str]:
        """What was said, in order."""
        return [body for _address, _title, body in self.rung]


@pytest.fixture
async def line() -> StillLine:
    """A line that takes everything."""
    return StillLine()


@asynccontextmanager
async def ringing(town: Town, line: Any) -> AsyncIterator[Ringer]:
    """A ringer at work, that has looked once; stopped in good order at the end."""
    ringer = Ringer(town.db, town.house, line, town.clock)
    await ringer.recover()
    task = asyncio.create_task(ringer.run())
    await until(lambda: ringer.idle)
    try:
        yield ringer
    finally:
        ringer.stop()
        await asyncio.wait_for(task, PATIENCE)


async def later(town: Town, ringer: Ringer, by: timedelta) -> None:
    """Move the clock, and let the ringer look then."""
    town.clock.move(by)
    ringer.wake()
    await until(lambda: ringer.idle)


async def channel(town: Town, person: int, address: str = ADDRESS) -> int:
    box = (await town.known(person)).box
    return await town.run(channels.add, box, person, address, NOW)


async def case(town: Town, resident: int) -> int:
    """An open emergency."""
    box = (await town.known(resident)).box
    fresh = Alert(0, resident, "Blue Heron", Track.URGENT, 3, ("unsafe",), NOW, NOW)
    return (await town.run(alerts.insert, box, fresh)).id


async def states(town: Town) -> list[str]:
    found = await town.run(lambda db: db.execute("SELECT state FROM rings ORDER BY id").fetchall())
    return [row[0] for row in found]


async def failing(town: Town) -> list[str]:
    return [each.subject for each in await town.run(notices.open_notices)]


@pytest.fixture
async def mina(town: Town) -> int:
    """A contact person with one second channel."""
    mina = await town.contact("Mina")
    await channel(town, mina)
    return mina


@pytest.fixture
async def alert(town: Town, mina: int) -> int:
    """Leyla's emergency, which Mina is told about."""
    return await case(town, await town.resident("Leyla", contacts=(mina,)))


# --- what leaves ---


async def test_a_ring_says_case_and_app(town: Town, line: StillLine, mina: int, alert: int) -> None:
    """And arrives where her channel is."""
    await town.run(rings.put, mina, alert, NOW)
    async with ringing(town, line):
        pass
    assert line.rung == [(ADDRESS, "Vidare", f"Case {alert}: please open the app.")]
    assert await states(town) == ["sent"]


async def test_nothing_leaves_but_approved_sentences_and_a_number(town: Town) -> None:
    """R29, on the wire, through the real Apprise: whatever is known of anybody stays here."""
    canary = "Canary"
    async with gateway.opened() as server:
        coordinator = await town.contact(f"{canary} Karin", 22, Role.COORDINATOR)
        mina = await town.contact(f"{canary} Mina")
        leyla = await town.resident(f"{canary} Leyla", contacts=(mina,), locale="en")
        for person in (coordinator, mina):
            await channel(town, person, server.address)
        number = await case(town, leyla)
        await town.run(rings.put, mina, number, NOW)
        await town.run(rings.put, coordinator, None, NOW)
        async with ringing(town, AppriseLine()) as ringer:
            await town.run(rings.put, mina, number, NOW)
            ringer.wake()
            await until(lambda: ringer.idle)
    approved = [
        rf"Case {number}: please open the app\.",
        rf"Case {number} again: please open the app\.",
        r"Vidare needs a technical look\. Run: vidare doctor",
    ]
    assert sorted(server.words) == sorted(("Vidare", each.replace("\\", "")) for each in approved)
    assert all(re.fullmatch("|".join(approved), body) for _title, body in server.words)
    assert canary not in repr(server.took)


async def test_it_is_said_in_her_language(town: Town, line: StillLine, mina: int, tmp_path: Path) -> None:
    """A coordinator in Malmö reads Swedish; the number is the same."""
    catalogue = Catalog(locale="sv")
    catalogue.add("Case {case}: please open the app.", "Ärende {case}: öppna appen.", context="ring")
    compile_catalogue(tmp_path, "sv", "bot", catalogue)
    town.house = replace(town.house, translator=Translator(("sv", "en"), "sv", folder=tmp_path))
    josef = await town.contact("Josef", 23)
    person = replace(await town.person(josef), locale="sv")
    await town.run(people.save_person, (await town.known(josef)).box, person, NOW)
    await channel(town, josef)
    number = await case(town, await town.resident("Leyla"))
    for each in (mina, josef):
        await town.run(rings.put, each, number, NOW)
    async with ringing(town, line):
        pass
    assert sorted(line.bodies) == [f"Case {number}: please open the app.", f"Ärende {number}: öppna appen."]


async def test_somebody_whose_row_is_damaged_is_rung_all_the_same(
    town: Town, line: StillLine, mina: int, alert: int
) -> None:
    """Her address is another row; the language is a smaller loss than the ring (R9)."""
    await town.run(rings.put, mina, alert, NOW)
    await town.damage(mina)
    async with ringing(town, line):
        pass
    assert line.bodies == [f"Case {alert}: please open the app."]


# --- failing ---


async def test_a_ring_that_fails_is_tried_again_ever_more_slowly(
    town: Town, line: StillLine, mina: int, alert: int
) -> None:
    """5 s, 15 s, 60 s, 5 min, then every 15 min; the second try says "again", since nobody knows."""
    line.answers = [REFUSED] * 8
    await town.run(rings.put, mina, alert, NOW)
    async with ringing(town, line) as ringer:
        for number, pause in enumerate([5, 15, 60, 300, 900, 900], start=1):
            await later(town, ringer, timedelta(seconds=pause) - SECOND)
            assert len(line.rung) == number, "not yet"
            await later(town, ringer, SECOND)
            assert len(line.rung) == number + 1
    assert line.bodies[:2] == [
        f"Case {alert}: please open the app.",
        f"Case {alert} again: please open the app.",
    ]


async def test_it_looks_by_itself(town: Town, line: StillLine, mina: int, alert: int) -> None:
    """Nobody has to wake it when a pause is over."""
    line.answers = [REFUSED]
    await town.run(rings.put, mina, alert, NOW)
    async with ringing(town, line) as ringer:
        town.clock.move(5 * SECOND)
        assert not ringer.idle
        await until(lambda: ringer.idle)
        assert ringer.alive_at == town.clock.now()
    assert len(line.rung) == 2


async def test_a_clock_that_was_set_back_does_not_put_it_to_sleep(
    town: Town, line: StillLine, mina: int, alert: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two hours wrong for a minute must not be two hours of silence."""
    monkeypatch.setattr(ringer_module, "LOOK_EVERY", timedelta(seconds=0.01))
    async with ringing(town, line):
        town.clock._offset -= 2 * HOUR  # as the machine's own clock would go, without a word to anybody
        await town.run(rings.put, mina, alert, town.clock.now())
        await until(lambda: line.rung)


async def test_after_a_day_it_is_given_up(
    town: Town, line: StillLine, mina: int, alert: int, caplog: pytest.LogCaptureFixture
) -> None:
    """The operator has long been told; the alert itself goes on."""
    line.answers = [REFUSED] * 200
    await town.run(rings.put, mina, alert, NOW)
    async with ringing(town, line) as ringer:
        for _ in range(4 * 25):
            await later(town, ringer, 15 * MINUTE)
    assert await states(town) == ["failed"]
    assert 90 < len(line.rung) <= 4 * 24 + 1
    assert "given up" in caplog.text


async def test_the_third_failure_is_reported_and_a_success_ends_it(
    town: Town, line: StillLine, mina: int, alert: int
) -> None:
    """A channel that fails in silence is a hole in the net that everybody trusts."""
    [hers] = await town.run(channels.of_person, mina)
    line.answers = [REFUSED] * 3
    await town.run(rings.put, mina, alert, NOW)
    async with ringing(town, line) as ringer:
        await later(town, ringer, 5 * SECOND)
        assert await failing(town) == []
        await later(town, ringer, 15 * SECOND)
        assert await failing(town) == [f"channel:{hers.id}"]
        await later(town, ringer, MINUTE)
        assert await failing(town) == []
    [hers] = await town.run(channels.of_person, mina)
    assert (hers.failures, hers.worked_at) == (0, town.clock.now())


async def test_an_address_that_does_not_open_fails_like_another(
    town: Town, line: StillLine, mina: int, alert: int, caplog: pytest.LogCaptureFixture
) -> None:
    """It holds up nobody, is reported, and rings when the row has been mended."""
    josef = await town.contact("Josef", 23)
    await channel(town, josef)
    for each in (mina, josef):
        await town.run(rings.put, each, alert, NOW)
    [hers] = await town.run(channels.of_person, mina)
    whole = await town.cell("SELECT sealed_address FROM channels WHERE id = ?", hers.id)

    async def put(sealed: bytes) -> None:
        await town.run(
            lambda db: (
                db.execute("UPDATE channels SET sealed_address = ? WHERE id = ?", (sealed, hers.id)).rowcount
            )
        )

    await put(b"")
    async with ringing(town, line) as ringer:
        assert len(line.rung) == 1
        for pause in (5, 15):
            await later(town, ringer, pause * SECOND)
        assert await failing(town) == [f"channel:{hers.id}"]
        await put(whole)
        await later(town, ringer, MINUTE)
        assert (len(line.rung), await failing(town)) == (2, [])
    assert "cannot be opened" in caplog.text


@pytest.mark.parametrize("error", [RuntimeError("Leyla"), OSError("Leyla")])
async def test_whatever_breaks_is_a_failure(
    town: Town, line: StillLine, mina: int, alert: int, error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    """A row that stayed "sending" would silence the channel until the next start."""
    line.answers = [error]
    await town.run(rings.put, mina, alert, NOW)
    async with ringing(town, line) as ringer:
        await later(town, ringer, 5 * SECOND)
    assert await states(town) == ["sent"]
    assert "Leyla" not in caplog.text


async def test_no_line_of_the_log_holds_an_address_or_a_word(
    town: Town, line: StillLine, mina: int, alert: int, caplog: pytest.LogCaptureFixture
) -> None:
    """Ids and kinds are enough to find it."""
    caplog.set_level(logging.DEBUG)
    line.answers = [REFUSED]
    await town.run(rings.put, mina, alert, NOW)
    async with ringing(town, line):
        pass
    written = "\n".join(repr(vars(each)) for each in caplog.records if each.name.startswith("bot"))
    assert "'channel': " in written
    assert "'failure': 'refused', 'status': 500" in written
    assert "gateway.example" not in written


# --- one at a time, several at once ---


async def test_a_channel_that_hangs_rings_once_and_holds_up_no_other(
    town: Town, line: StillLine, mina: int, alert: int
) -> None:
    """Otherwise one bad server would eat every place there is."""
    other = await case(town, await town.resident("Reza", 12))
    josef = await town.contact("Josef", 23)
    await channel(town, josef, "json://other.example")
    line.opened.clear()
    for number in (alert, other):
        await town.run(rings.put, mina, number, NOW)
    ringer = Ringer(town.db, town.house, line, town.clock)
    task = asyncio.create_task(ringer.run())
    await until(lambda: line.rung)
    await town.run(rings.put, josef, alert, NOW)
    ringer.wake()
    await until(lambda: len(line.rung) == 2)
    assert [address for address, _title, _body in line.rung] == [ADDRESS, "json://other.example"]
    line.opened.set()
    await until(lambda: len(line.rung) == 3 and ringer.idle)
    ringer.stop()
    await asyncio.wait_for(task, PATIENCE)
    assert await states(town) == ["sent"] * 3


async def test_no_more_than_a_few_ring_at_once(town: Town, line: StillLine, alert: int) -> None:
    """Each is a process; a small machine has room for four."""
    line.opened.clear()
    for number in range(6):
        person = await town.contact(f"C{number}", 40 + number)
        await channel(town, person)
        await town.run(rings.put, person, alert, NOW)
    ringer = Ringer(town.db, town.house, line, town.clock)
    task = asyncio.create_task(ringer.run())
    await until(lambda: len(line.rung) == ringer_module.AT_ONCE)
    ringer.wake()
    await until(lambda: not ringer._wake.is_set())
    assert len(line.rung) == ringer_module.AT_ONCE
    line.opened.set()
    await until(lambda: ringer.idle)
    ringer.stop()
    await asyncio.wait_for(task, PATIENCE)
    assert len(line.rung) == 6


# --- R30: somebody took it on ---


async def test_what_waits_and_what_rings_ends_when_somebody_takes_it_on(
    town: Town, line: StillLine, mina: int, alert: int
) -> None:
    """A ring that arrives after that sends a second person running."""
    josef = await town.contact("Josef", 23)
    await channel(town, josef)
    line.answers = [REFUSED]
    await town.run(rings.put, mina, alert, NOW)
    async with ringing(town, line) as ringer:
        line.opened.clear()
        await town.run(rings.put, josef, alert, NOW)
        ringer.wake()
        await until(lambda: len(line.rung) == 2)
        await town.run(rings.drop_for_alert, alert)
        ringer.wake()
        await until(lambda: ringer.idle)
        assert line.ended == 1
        await later(town, ringer, HOUR)
    assert await states(town) == ["dropped", "dropped"]
    assert len(line.rung) == 2


async def test_an_alert_that_is_closed_rings_no_more_however_it_was_closed(
    town: Town, line: StillLine, mina: int, alert: int
) -> None:
    """Also where nobody thought of the rings."""
    line.answers = [REFUSED]
    await town.run(rings.put, mina, alert, NOW)
    async with ringing(town, line) as ringer:
        found = await town.alert(alert)
        box = (await town.known(found.resident)).box
        await town.run(alerts.save, box, replace(found, state=AlertState.CLOSED, next_step_at=None))
        await later(town, ringer, HOUR)
    assert (len(line.rung), await states(town)) == (1, ["dropped"])


async def test_who_is_erased_is_rung_no_more(town: Town, line: StillLine, mina: int, alert: int) -> None:
    """Not even by what is under way."""
    line.opened.clear()
    await town.run(rings.put, mina, alert, NOW)
    ringer = Ringer(town.db, town.house, line, town.clock)
    task = asyncio.create_task(ringer.run())
    await until(lambda: line.rung)
    await town.run(people.erase, mina)
    ringer.wake()
    await until(lambda: ringer.idle)
    assert line.ended == 1
    ringer.stop()
    await asyncio.wait_for(task, PATIENCE)


# --- crashes, disks, stops ---


async def test_after_a_crash_it_rings_again_and_says_so(
    town: Town, line: StillLine, mina: int, alert: int, caplog: pytest.LogCaptureFixture
) -> None:
    """Between claim and result: at least once, at most one more."""
    await town.run(rings.put, mina, alert, NOW)
    [ring] = await town.run(rings.due, NOW, 1)
    await town.run(rings.claim, ring.id)
    async with ringing(town, line) as ringer:
        await later(town, ringer, HOUR)
    assert line.bodies == [f"Case {alert} again: please open the app."]
    assert "a crash left it unclear" in caplog.text


async def test_it_is_claimed_in_a_committed_transaction_before_it_rings(
    town: Town, line: StillLine, mina: int, alert: int
) -> None:
    """Else a crash would leave a ring nobody knows of."""
    line.opened.clear()
    await town.run(rings.put, mina, alert, NOW)
    ringer = Ringer(town.db, town.house, line, town.clock)
    task = asyncio.create_task(ringer.run())
    await until(lambda: line.rung)
    assert await states(town) == ["sending"]
    line.opened.set()
    await until(lambda: ringer.idle)
    ringer.stop()
    await asyncio.wait_for(task, PATIENCE)


async def test_a_full_disk_makes_it_wait_and_loses_no_result(
    town: Town, line: StillLine, mina: int, alert: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was taken is written down when there is room, and does not ring twice for that."""
    monkeypatch.setattr(ringer_module, "STORAGE_PAUSE", 0.001)
    line.opened.clear()
    await town.run(rings.put, mina, alert, NOW)
    ringer = Ringer(town.db, town.house, line, town.clock)
    task = asyncio.create_task(ringer.run())
    await until(lambda: line.rung)
    run, refusals = town.db.run, 0

    async def full(*_arguments: Any) -> Any:
        nonlocal refusals
        refusals += 1
        raise StorageFull("the disk is full")

    monkeypatch.setattr(town.db, "run", full)
    line.opened.set()
    await until(lambda: refusals > 2)
    monkeypatch.setattr(town.db, "run", run)
    await until(lambda: ringer.idle)
    ringer.stop()
    await asyncio.wait_for(task, PATIENCE)
    assert (len(line.rung), await states(town)) == (1, ["sent"])


async def test_stopping_waits_for_what_rings(town: Town, line: StillLine, mina: int, alert: int) -> None:
    """A second ring after every restart would teach her not to look."""
    line.opened.clear()
    await town.run(rings.put, mina, alert, NOW)
    await town.run(rings.put, mina, None, NOW)
    ringer = Ringer(town.db, town.house, line, town.clock)
    task = asyncio.create_task(ringer.run())
    await until(lambda: line.rung)
    ringer.stop()
    line.opened.set()
    await asyncio.wait_for(task, PATIENCE)
    assert await states(town) == ["sent", "pending"], "and begins nothing new"


async def test_what_does_not_end_in_time_rings_again_after_the_start(
    town: Town, line: StillLine, mina: int, alert: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server that hangs does not hold the stop."""
    monkeypatch.setattr(ringer_module, "FINISH_WITHIN", 0.001)
    line.opened.clear()
    await town.run(rings.put, mina, alert, NOW)
    ringer = Ringer(town.db, town.house, line, town.clock)
    task = asyncio.create_task(ringer.run())
    await until(lambda: line.rung)
    ringer.stop()
    await asyncio.wait_for(task, PATIENCE)
    assert (line.ended, await states(town)) == (1, ["sending"])
    line.opened.set()
    async with ringing(town, line):
        pass
    assert line.bodies[1:] == [f"Case {alert} again: please open the app."]
