"""The outbox out: each row of design.md 4, and what a crash, a full disk or a stop must not lose."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot import sender as sender_module
from bot.limits import Limits
from bot.ordering import Ordered, Queued
from bot.outgoing import AnswerPress, DeliveryFailed, Edit, Failure, Send
from bot.sender import Sender
from dialogs.alert import AlertState
from dialogs.effects import Purpose
from dialogs.events import Pressed
from storage import notices, outbox, people
from storage.database import StorageFull
from tests.bot.town import NOW, PATIENCE, StillDoor, Town, idle, later, sending, until

SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)
UNCLEAR = DeliveryFailed(Failure.UNCLEAR)


def since(sender: Sender) -> datetime | None:
    return sender.trouble.since


def ordered(*queued: Queued) -> Ordered:
    return Ordered(list(queued))


# --- design.md 4, row by row ---


async def test_an_unclear_alert_goes_again_and_says_so(town: Town, door: StillDoor) -> None:
    """To hear twice is better than never; and whoever hears twice is told that it is the same."""
    mina = await town.contact()
    alert = await town.letter(mina, "help her", Purpose.ALERT, if_repeated="again")
    door.answers = [UNCLEAR]
    sender = town.sender(door)
    sender.offer(ordered(alert))
    async with sending(sender):
        await idle(sender)
        assert (door.texts, await town.state(alert.id)) == (["help her"], "pending")
        await later(town, sender, 6 * SECOND)
    assert door.texts == ["help her", "again\n\nhelp her"]
    assert await town.state(alert.id) == "sent"


@pytest.mark.parametrize("purpose", [Purpose.EMERGENCY, Purpose.NOTE])
async def test_what_she_must_hear_goes_again(town: Town, door: StillDoor, purpose: Purpose) -> None:
    """An emergency text and "a human has seen it" are worth hearing twice."""
    leyla = await town.resident()
    door.answers = [UNCLEAR]
    sender = town.sender(door)
    sender.offer(ordered(await town.letter(leyla, "call 112", purpose)))
    async with sending(sender):
        await idle(sender)
        await later(town, sender, 6 * SECOND)
    assert door.texts == ["call 112", "call 112"]


@pytest.mark.parametrize("purpose", [Purpose.REPLY, Purpose.ROUTINE])
async def test_an_unclear_reply_or_check_in_never_goes_again(
    town: Town, door: StillDoor, purpose: Purpose
) -> None:
    """The next screen repeats a reply; an extra check-in is itself a risk."""
    leyla = await town.resident()
    letter = await town.letter(leyla, "how is today?", purpose)
    door.answers = [UNCLEAR]
    sender = town.sender(door)
    sender.offer(ordered(letter))
    async with sending(sender):
        await idle(sender)
        await later(town, sender, HOUR)
    assert len(door.taken) == 1
    assert await town.state(letter.id) == "unclear"


async def test_an_unclear_edit_is_repeated_freely(town: Town, door: StillDoor) -> None:
    """The same words in the same message disturb nobody."""
    leyla = await town.resident()
    edit = Edit(11, 5, "done")
    door.answers = [UNCLEAR]
    sender = town.sender(door)
    sender.offer(ordered(await town.letter(leyla, purpose="edit", outgoing=edit)))
    async with sending(sender):
        await idle(sender)
        await later(town, sender, 6 * SECOND)
    assert door.taken == [edit, edit]


async def test_429_stops_everything_for_its_time_and_the_urgent_goes_first_then(
    town: Town, door: StillDoor
) -> None:
    """Telegram's pause is about the bot; afterwards a cry for help does not queue behind check-ins."""
    leyla, reza, mina = await town.resident(), await town.resident("Reza", 12), await town.contact()
    door.answers = [DeliveryFailed(Failure.LIMITED, 30)]
    sender = town.sender(door)
    async with sending(sender):
        sender.offer(ordered(await town.letter(leyla, "reply")))
        await idle(sender)
        routine = await town.letter(reza, "check-in", Purpose.ROUTINE)
        sender.offer(ordered(routine, await town.letter(mina, "alert", Purpose.ALERT)))
        await later(town, sender, 29 * SECOND)
        assert door.texts == ["reply"]
        await later(town, sender, SECOND)
    assert door.texts == ["reply", "alert", "reply", "check-in"]


async def test_what_never_left_is_tried_again_with_growing_pauses(town: Town, door: StillDoor) -> None:
    """One, two, four seconds: patient with a network that is down, and never given up."""
    leyla = await town.resident()
    letter = await town.letter(leyla)
    door.answers = [DeliveryFailed(Failure.NOT_SENT)] * 3
    sender = town.sender(door)
    sender.offer(ordered(letter))
    async with sending(sender):
        await idle(sender)
        for tries, pause in enumerate((1, 2, 4), 1):
            await later(town, sender, (pause - 0.5) * SECOND)
            assert len(door.taken) == tries
            await later(town, sender, SECOND / 2)
            assert len(door.taken) == tries + 1
    assert await town.state(letter.id) == "sent"
    assert await town.cell("SELECT attempts FROM outbox WHERE id = ?", letter.id) == 3


async def test_the_pause_never_exceeds_a_minute(town: Town, door: StillDoor) -> None:
    """After a night without network the first message leaves within a minute."""
    mina = await town.contact()
    door.answers = [DeliveryFailed(Failure.NOT_SENT)] * 12
    sender = town.sender(door)
    sender.offer(ordered(await town.letter(mina, purpose=Purpose.ALERT)))
    async with sending(sender):
        await idle(sender)
        for _try in range(12):
            await later(town, sender, 60 * SECOND)
    assert len(door.taken) == 13


@pytest.mark.parametrize("failure", [Failure.UNAUTHORISED, Failure.CONFLICT])
async def test_a_wrong_token_loses_no_message(town: Town, door: StillDoor, failure: Failure) -> None:
    """What the operator can put right is waited for."""
    leyla = await town.resident()
    letter = await town.letter(leyla)
    door.answers = [DeliveryFailed(failure)]
    sender = town.sender(door)
    sender.offer(ordered(letter))
    async with sending(sender):
        await idle(sender)
        assert await town.state(letter.id) == "pending"
        await later(town, sender, 2 * SECOND)
    assert await town.state(letter.id) == "sent"


@pytest.mark.parametrize(
    ("failure", "level"),
    [
        (Failure.NOT_SENT, logging.WARNING),
        (Failure.LIMITED, logging.WARNING),
        (Failure.UNAUTHORISED, logging.ERROR),
        (Failure.CONFLICT, logging.ERROR),
        (Failure.UNCLEAR, logging.WARNING),
    ],
)
async def test_whatever_keeps_an_alert_back_is_said_aloud(
    town: Town, door: StillDoor, caplog: pytest.LogCaptureFixture, failure: Failure, level: int
) -> None:
    """A wrong token and a second bot end only when the operator ends them; and no line says to whom or what."""
    mina = await town.contact()
    door.answers = [DeliveryFailed(failure)]
    sender = town.sender(door)
    sender.offer(ordered(await town.letter(mina, "a secret", Purpose.ALERT)))
    with caplog.at_level(logging.WARNING):
        async with sending(sender):
            await idle(sender)
    assert max(record.levelno for record in caplog.records) == level
    assert "secret" not in caplog.text


async def test_an_alert_that_stays_unclear_is_repeated_more_and_more_slowly(
    town: Town, door: StillDoor
) -> None:
    """A gateway that answers 502 to all it delivers must not ring somebody's phone every five seconds all night."""
    mina = await town.contact()
    door.answers = [UNCLEAR] * 6
    sender = town.sender(door)
    sender.offer(ordered(await town.letter(mina, purpose=Purpose.ALERT)))
    async with sending(sender):
        await idle(sender)
        for tries, pause in enumerate((5, 10, 20, 40, 60, 60), 1):
            await later(town, sender, (pause - 0.5) * SECOND)
            assert len(door.taken) == tries
            await later(town, sender, SECOND / 2)
            assert len(door.taken) == tries + 1


async def test_a_contact_person_who_blocked_the_bot_is_passed_over_at_once(
    town: Town, door: StillDoor
) -> None:
    """Undelivered is not unanswered (R5): the alert hears of it and tells the next."""
    mina, josef = await town.contact(), await town.contact("Josef", 22)
    leyla = await town.resident(contacts=(mina, josef))
    door.answers = [None, DeliveryFailed(Failure.BLOCKED)]
    sender = town.sender(door)
    sender.offer(await town.happen(leyla, Pressed("someone")))
    async with sending(sender):
        await idle(sender)
    assert [each.chat_id for each in door.taken if isinstance(each, Send)] == [11, 21, 22]
    assert not (await town.known(mina)).reachable
    assert (await town.alert(1)).state is AlertState.WAITING


async def test_what_telegram_will_never_take_is_not_tried_again(town: Town, door: StillDoor) -> None:
    """One impossible message must not hold its lane for ever."""
    leyla = await town.resident()
    bad, good = await town.letter(leyla, "bad"), await town.letter(leyla, "good")
    door.answers = [DeliveryFailed(Failure.INVALID)]
    sender = town.sender(door)
    sender.offer(ordered(bad, good))
    async with sending(sender):
        await idle(sender)
    assert [await town.state(each.id) for each in (bad, good)] == ["refused", "sent"]
    assert (await town.known(leyla)).reachable


@pytest.mark.parametrize(
    ("purpose", "hours", "state"),
    [
        (Purpose.REPLY, 1, "dropped"),
        (Purpose.ROUTINE, 1, "sent"),
        (Purpose.ROUTINE, 7, "dropped"),
        (Purpose.ALERT, 700, "sent"),
        (Purpose.NOTE, 700, "sent"),
    ],
)
async def test_after_an_outage_only_what_still_means_something_goes(
    town: Town, door: StillDoor, purpose: Purpose, hours: int, state: str
) -> None:
    """An answer an hour late answers nothing; a cry for help is late, never old."""
    leyla = await town.resident()
    letter = await town.letter(leyla, purpose=purpose)
    town.clock.move(hours * HOUR)
    sender = town.sender(door)
    sender.offer(ordered(letter))
    async with sending(sender):
        await idle(sender)
    assert (await town.state(letter.id), len(door.taken)) == (state, int(state == "sent"))


@pytest.mark.parametrize("at_hand", [True, False])
async def test_a_question_is_not_sent_after_its_end(
    town: Town, door: StillDoor, caplog: pytest.LogCaptureFixture, *, at_hand: bool
) -> None:
    """Her day may end before six hours do; also where the text has to be read first, and it is said aloud."""
    leyla = await town.resident()
    until = town.clock.now() + HOUR
    question = Send(11, "how is today?", until=until)
    letter = await town.letter(leyla, purpose=Purpose.ROUTINE, outgoing=question)
    town.clock.move(HOUR + SECOND)
    sender = town.sender(door)
    if at_hand:
        sender.offer(ordered(letter))
    else:
        await sender.recover()
    with caplog.at_level(logging.WARNING):
        async with sending(sender):
            await idle(sender)
    assert (door.taken, await town.state(letter.id)) == ([], "dropped")
    assert "too old" in caplog.text


@pytest.mark.parametrize(
    "failure", [DeliveryFailed(Failure.LIMITED, 2), DeliveryFailed(Failure.NOT_SENT)], ids=lambda f: f.kind
)
async def test_what_is_tried_again_keeps_its_place(
    town: Town, door: StillDoor, failure: DeliveryFailed
) -> None:
    """A greeting of two messages reads from the first to the second, also when Telegram asked for a pause."""
    leyla = await town.resident()
    letters = [await town.letter(leyla, text) for text in ("first", "second")]
    door.answers = [failure]
    sender = town.sender(door)
    sender.offer(ordered(*letters))
    async with sending(sender):
        await idle(sender)
        await later(town, sender, 5 * SECOND)
    assert door.texts == ["first", "first", "second"]


# --- a wave ---


async def _wave(town: Town, count: int) -> list[Queued]:
    """As many check-ins, each to somebody else."""
    here = [await town.resident(f"R{number}", 1_000 + number) for number in range(count)]
    return [await town.letter(each, f"to {place}", Purpose.ROUTINE) for place, each in enumerate(here)]


@pytest.fixture
def _narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Little room in memory, and few rows a page."""
    monkeypatch.setattr(sender_module, "HELD", 4)
    monkeypatch.setattr(sender_module, "PAGE", 2)


@pytest.mark.usefixtures("_narrow")
async def test_a_wave_stays_in_the_outbox_until_there_is_room(town: Town, door: StillDoor) -> None:
    """A hundred thousand check-ins in memory would make Python stop and count them, while somebody cries for help."""
    letters = await _wave(town, 13)
    sender = town.sender(door)
    for letter in letters[:10]:
        sender.offer(ordered(letter))
    assert sender.held == 4
    async with sending(sender):
        await idle(sender)
        sender.offer(ordered(*letters[10:]))
        await idle(sender)
    assert door.texts == [f"to {place}" for place in range(13)], "all of them, once, in order"


@pytest.mark.usefixtures("_narrow")
async def test_what_comes_while_the_last_page_is_read_is_not_forgotten(
    town: Town, door: StillDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was left behind because there was a wave, and the page that ends the wave was read before it was written."""
    letters, last = await _wave(town, 9), list[Queued]()
    sender = town.sender(door)
    run: Callable[..., Any] = town.db.run

    async def reading(work: Callable[..., Any], *arguments: Any, **more: Any) -> Any:
        result = await run(work, *arguments, **more)
        if work is outbox.waiting and len(result) < 2 and not last:
            last.append(await town.letter(letters[0].person_id, "the last", Purpose.ROUTINE))
            sender.offer(ordered(*last))
        return result

    sender.offer(ordered(*letters))
    monkeypatch.setattr(town.db, "run", reading)
    async with sending(sender):
        await idle(sender)
    assert door.texts == [*(f"to {place}" for place in range(9)), "the last"]


@pytest.mark.usefixtures("_narrow")
async def test_after_a_start_a_wave_does_not_stand_before_an_alert(town: Town, door: StillDoor) -> None:
    """Nor is it read to its end before the first message leaves."""
    await _wave(town, 11)
    await town.letter(await town.contact(), "alert", Purpose.ALERT)
    sender = town.sender(door)
    await sender.recover()
    assert sender.held <= 4 + 2
    async with sending(sender):
        await idle(sender)
    assert door.texts == ["alert", *(f"to {place}" for place in range(11))]


@pytest.mark.usefixtures("_narrow")
async def test_a_wave_loses_no_pace_by_its_pages(town: Town, door: StillDoor) -> None:
    """What waits here already is in the outbox too; taken in twice, it would take a turn for nothing."""
    letters = await _wave(town, 12)
    sender = town.sender(door, per_second=20)
    sender.offer(ordered(*letters))
    async with sending(sender):
        await idle(sender)
        for left in range(len(door.taken), 12):
            assert len(door.taken) == left
            await later(town, sender, SECOND / 20)
    assert door.texts == [f"to {place}" for place in range(12)]


# --- a Telegram that hangs ---


async def test_an_alert_leaves_although_every_ordinary_place_is_taken(
    town: Town, door: StillDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A Telegram that answers check-ins after half a minute must not hold a cry for help for half a minute."""
    monkeypatch.setattr(sender_module, "IN_FLIGHT", 2)
    mina = await town.contact()
    for number in range(3):
        await town.resident(f"R{number}", 30 + number)
    door.opened.clear()
    sender = town.sender(door)
    letters = [await town.letter(mina + 1 + number, "check-in", Purpose.ROUTINE) for number in range(3)]
    sender.offer(ordered(*letters))
    async with sending(sender):
        await until(lambda: len(door.taken) == 2)
        sender.offer(ordered(await town.letter(mina, "alert", Purpose.ALERT)))
        await until(lambda: len(door.taken) == 3)
        assert door.texts == ["check-in", "check-in", "alert"]
        door.opened.set()
        await idle(sender)
    assert door.texts[3:] == ["check-in"]


async def test_an_alert_leaves_although_something_hangs_in_the_same_chat(town: Town, door: StillDoor) -> None:
    """Order matters between a question and its answer; a cry for help answers nothing."""
    mina = await town.contact()
    door.opened.clear()
    sender = town.sender(door)
    sender.offer(ordered(*[await town.letter(mina, text) for text in ("first", "second")]))
    async with sending(sender):
        await until(lambda: door.taken)
        sender.offer(ordered(*[await town.letter(mina, text, Purpose.ALERT) for text in ("alert", "next")]))
        await until(lambda: len(door.taken) == 2)
        assert door.texts == ["first", "alert"]
        door.opened.set()
        await idle(sender)
    assert door.texts == ["first", "alert", "next", "second"]


# --- pace ---


async def test_a_chat_gets_one_message_a_second(town: Town, door: StillDoor) -> None:
    """Faster, and Telegram silences the bot for everybody."""
    leyla = await town.resident()
    sender = town.sender(door, per_chat=1)
    sender.offer(ordered(*[await town.letter(leyla, str(number)) for number in range(3)]))
    async with sending(sender):
        for sent in (1, 2, 3):
            await idle(sender)
            assert len(door.taken) == sent
            town.clock.move(SECOND)


async def test_strangers_are_answered_without_being_stored(town: Town, door: StillDoor) -> None:
    """Of somebody we do not know nothing is kept, not even an answer to them."""
    sender = town.sender(door)
    sender.offer(Ordered(loose=[Send(99, "hello"), AnswerPress("p")]))
    async with sending(sender):
        await idle(sender)
    assert len(door.taken) == 2
    assert await town.cell("SELECT count(*) FROM outbox") == 0


# --- storage fails ---


class Disk:
    """The town's database, which may be full, or slow, at a hop."""

    def __init__(self, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
        self.full, self.hops = False, 0
        self.let_go = asyncio.Event()
        self.let_go.set()
        self._run: Callable[..., Any] = town.db.run
        monkeypatch.setattr(town.db, "run", self.run)
        monkeypatch.setattr(sender_module, "STORAGE_PAUSE", 0.001)

    async def run(self, *arguments: Any) -> Any:
        """What `Database.run` does, or does not."""
        self.hops += 1
        await self.let_go.wait()
        if self.full:
            raise StorageFull("the disk is full")
        return await self._run(*arguments)


async def test_a_full_disk_makes_sending_wait_and_loses_nothing(
    town: Town, door: StillDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What cannot be claimed must not leave: after a crash nobody would know that it did."""
    leyla = await town.resident()
    letters = [await town.letter(leyla, text) for text in ("first", "second")]
    disk = Disk(town, monkeypatch)
    disk.full = True
    sender = town.sender(door)
    sender.offer(ordered(*letters))
    async with sending(sender) as task:
        await until(lambda: disk.hops > 3)
        assert (door.taken, task.done()) == ([], False)
        disk.full = False
        await idle(sender)
    assert sorted(door.texts) == ["first", "second"]
    assert [await town.state(each.id) for each in letters] == ["sent", "sent"]


async def test_a_full_disk_does_not_change_the_order(
    town: Town, door: StillDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A question must not come after its answer."""
    leyla = await town.resident()
    letters = [await town.letter(leyla, text) for text in ("first", "second")]
    disk = Disk(town, monkeypatch)
    disk.full = True
    sender = town.sender(door)
    sender.offer(ordered(*letters))
    async with sending(sender):
        await until(lambda: disk.hops == 1)
        disk.full = False
        await idle(sender)
    assert door.texts == ["first", "second"]


async def test_a_result_that_cannot_be_written_is_written_later(
    town: Town, door: StillDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has left and must not leave again, however long the disk stays full."""
    leyla = await town.resident()
    letter = await town.letter(leyla)
    disk = Disk(town, monkeypatch)
    door.opened.clear()
    sender = town.sender(door)
    sender.offer(ordered(letter))
    async with sending(sender):
        await until(lambda: door.taken)
        disk.full, hops = True, disk.hops
        door.opened.set()
        await until(lambda: disk.hops > hops + 2)
        disk.full = False
        await idle(sender)
    assert (len(door.taken), await town.state(letter.id)) == (1, "sent")


async def test_what_is_in_no_table_leaves_while_the_disk_is_full(
    town: Town, door: StillDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """How else should anybody hear that it is; each chat again and again, and the rest waits its turn."""
    leyla = await town.resident()
    letter = await town.letter(leyla, "stored")
    disk = Disk(town, monkeypatch)
    disk.full = True
    sender = town.sender(door)
    sender.offer(ordered(letter))
    async with sending(sender):
        for number in range(3):
            sender.offer(Ordered(loose=[Send(11, f"loose {number}")]))
            await until(lambda: len(door.taken) == number + 1)  # noqa: B023 -- waited for at once
        assert sender.trouble.since == NOW
        disk.full = False
        await idle(sender)
    assert door.texts == ["loose 0", "loose 1", "loose 2", "stored"]
    assert await town.state(letter.id) == "sent"


async def test_trouble_is_over_once_all_that_waited_is_written(
    town: Town, door: StillDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As long as something waits that could not be written, nobody knows whether it can be now."""
    await town.resident()
    disk = Disk(town, monkeypatch)
    disk.full = True
    sender = town.sender(door)
    sender.offer(Ordered(loose=[Send(11, "loose")]))
    async with sending(sender):
        await until(lambda: sender.trouble.since is None and door.taken)
    assert disk.hops > 0


async def test_trouble_is_not_over_while_something_waits_its_turn(
    town: Town, door: StillDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The chat has had its message for this second; that the next one can be written is not known yet."""
    leyla = await town.resident()
    letter = await town.letter(leyla)
    disk = Disk(town, monkeypatch)
    disk.full = True
    sender = town.sender(door, per_chat=1)
    sender.offer(ordered(letter))
    async with sending(sender):
        await until(lambda: disk.hops)
        await idle(sender)
        for _turn in range(50):
            await asyncio.sleep(0.001)
        assert since(sender) == NOW
        disk.full = False
        await later(town, sender, timedelta(seconds=2))
    assert since(sender) is None
    assert door.texts == ["words"]


# --- stopping ---


async def test_stopping_finishes_what_is_under_way(town: Town, door: StillDoor) -> None:
    """A message that arrived is written down as arrived, or it would be unclear at the next start."""
    leyla = await town.resident()
    first, second = await town.letter(leyla, "first"), await town.letter(leyla, "second")
    door.opened.clear()
    sender = town.sender(door)
    sender.offer(ordered(first, second))
    task = asyncio.create_task(sender.run())
    await until(lambda: door.taken)
    sender.stop()
    door.opened.set()
    await asyncio.wait_for(task, PATIENCE)
    assert [await town.state(each.id) for each in (first, second)] == ["sent", "pending"]


async def test_stopping_in_the_middle_of_a_round_leaves_nothing_half_claimed(
    town: Town, door: StillDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is claimed while we are told to stop still leaves, and is written down."""
    leyla = await town.resident()
    letter = await town.letter(leyla)
    disk = Disk(town, monkeypatch)
    disk.let_go.clear()
    sender = town.sender(door)
    sender.offer(ordered(letter))
    task = asyncio.create_task(sender.run())
    await until(lambda: disk.hops == 1)
    sender.stop()
    disk.let_go.set()
    await asyncio.wait_for(task, PATIENCE)
    assert (len(door.taken), await town.state(letter.id)) == (1, "sent")


async def test_what_does_not_land_before_the_end_is_unclear(
    town: Town, door: StillDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hanging connection does not hold the stop: the alert goes again, the reply does not."""
    monkeypatch.setattr(sender_module, "FINISH_WITHIN", 0.001)
    leyla, mina = await town.resident(), await town.contact()
    reply, alert = await town.letter(leyla), await town.letter(mina, purpose=Purpose.ALERT)
    door.opened.clear()
    sender = town.sender(door)
    sender.offer(ordered(reply, alert))
    task = asyncio.create_task(sender.run())
    await until(lambda: len(door.taken) == 2)
    sender.stop()
    await asyncio.wait_for(task, PATIENCE)
    assert [await town.state(each.id) for each in (reply, alert)] == ["unclear", "pending"]
    assert await town.cell("SELECT repeat FROM outbox WHERE id = ?", alert.id) == 1


# --- the second channels ---


async def test_what_is_offered_with_rings_wakes_whoever_rings(town: Town, door: StillDoor) -> None:
    """Everything that was decided passes here, so this is where the ringer hears of it."""
    woken = []
    sender = Sender(
        town.db,
        town.handler,
        town.house.keyring,
        door,
        Limits(0, 0, 1),
        town.clock,
        lambda: woken.append(True),
    )
    sender.offer(Ordered())
    assert woken == []
    sender.offer(Ordered(ringing=True))
    assert woken == [True]


# --- what whoever watches sees ---


async def test_a_look_at_what_waits_is_a_sign_of_life(town: Town, door: StillDoor) -> None:
    """Also where there is nothing to send; and one after the other, by itself."""
    sender = town.sender(door)
    assert not sender.pulse.well
    async with sending(sender):
        for _look in range(5):
            await until(lambda: sender.pulse.well)
            town.clock.move(61 * SECOND)


async def test_an_outbox_that_cannot_be_written_is_no_sign_of_life(
    town: Town, door: StillDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Trying again and again on a full disk sends nothing."""
    leyla = await town.resident()
    letter = await town.letter(leyla)
    sender, disk = town.sender(door), Disk(town, monkeypatch)
    async with sending(sender):
        await until(lambda: sender.pulse.well)
        disk.full = True
        sender.offer(ordered(letter))
        await until(lambda: disk.hops > 3)
        town.clock.move(61 * SECOND)
        hops = disk.hops
        await until(lambda: disk.hops > hops + 3)
        assert sender.pulse.failing
        disk.full = False
        await until(lambda: sender.pulse.well)


async def test_a_wrong_token_is_said_once_and_written_down(
    town: Town, door: StillDoor, caplog: pytest.LogCaptureFixture
) -> None:
    """However many messages it keeps back."""
    leyla, reza = await town.resident(), await town.resident("Reza", 12)
    door.answers = [DeliveryFailed(Failure.UNAUTHORISED)] * 2
    sender = town.sender(door)
    sender.offer(ordered(await town.letter(leyla), await town.letter(reza)))
    async with sending(sender):
        await idle(sender)
        assert sender.pulse.failing
        await later(town, sender, 2 * SECOND)
    assert [each.message for each in caplog.records if each.levelname == "ERROR"] == [
        "Telegram takes no messages"
    ]
    found = [(each.kind, each.times) for each in await town.run(notices.open_notices)]
    assert found == [("token-refused", 1)]
    assert len(door.taken) == 4


async def test_every_try_is_counted_and_alerts_are_timed(town: Town, door: StillDoor) -> None:
    """How long a cry for help took from the decision to Telegram, all tries together."""
    mina = await town.contact()
    door.answers = [DeliveryFailed(Failure.NOT_SENT)]
    sender = town.sender(door)
    sender.offer(ordered(await town.letter(mina, purpose=Purpose.ALERT), await town.letter(mina)))
    async with sending(sender):
        await idle(sender)
        await later(town, sender, 2 * SECOND)
    assert sender.tally == {("alert", "not-sent"): 1, ("alert", "sent"): 1, ("reply", "sent"): 1}
    assert sender.alert_seconds.total == 2


# --- after a crash ---


async def test_after_a_crash_alerts_go_again_and_check_ins_do_not(
    town: Town, door: StillDoor, caplog: pytest.LogCaptureFixture
) -> None:
    """What was "sending" when the power went may have arrived; only what must be heard goes twice."""
    leyla, mina = await town.resident(), await town.contact()
    alert = await town.letter(mina, "help her", Purpose.ALERT, if_repeated="again")
    reply = await town.letter(leyla, "a secret reply")
    routine = await town.letter(leyla, "a secret question", Purpose.ROUTINE)
    edit = await town.letter(leyla, purpose="edit", outgoing=Edit(11, 5, "done"))
    await town.run(outbox.claim, [each.id for each in (alert, reply, routine, edit)])
    sender = town.sender(door)
    with caplog.at_level(logging.WARNING):
        await sender.recover()
    async with sending(sender):
        await idle(sender)
    assert door.taken == [Send(21, "again\n\nhelp her", if_repeated="again"), Edit(11, 5, "done")]
    states = [await town.state(each.id) for each in (alert, reply, routine, edit)]
    assert states == ["sent", "unclear", "unclear", "sent"]
    assert "secret" not in caplog.text
    assert len([each for each in caplog.records if "unclear" in each.message]) == 2


async def test_after_a_start_everything_that_waited_goes_once(
    town: Town, door: StillDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where it comes in several pages."""
    monkeypatch.setattr(sender_module, "PAGE", 2)
    leyla, mina = await town.resident(), await town.contact()
    for number in range(5):
        await town.letter(leyla, f"reply {number}")
    await town.letter(mina, "alert", Purpose.ALERT)
    sender = town.sender(door)
    await sender.recover()
    async with sending(sender):
        await idle(sender)
    assert door.texts[0] == "alert"
    assert [text for text in door.texts if text != "alert"] == [f"reply {number}" for number in range(5)]


async def test_a_message_erased_meanwhile_is_passed_over(town: Town, door: StillDoor) -> None:
    """Who was forgotten hears nothing more, and holds up nobody."""
    leyla, mina = await town.resident(), await town.contact()
    letters = [await town.letter(leyla, "first"), await town.letter(leyla, "second")]
    sender = town.sender(door)
    sender.offer(ordered(*letters, await town.letter(mina, "for Mina")))
    await town.run(people.erase, leyla)
    async with sending(sender):
        await idle(sender)
    assert door.texts == ["for Mina"]


async def test_a_message_that_does_not_open_is_dropped_and_reported(
    town: Town, door: StillDoor, caplog: pytest.LogCaptureFixture
) -> None:
    """A bad page of the disk costs one message, not the lane behind it."""
    leyla = await town.resident()
    bad = await town.letter(leyla, "bad")
    await town.letter(leyla, "good")
    await town.run(
        lambda db: db.execute("UPDATE outbox SET sealed_message = x'00' WHERE id = ?", (bad.id,)).rowcount
    )
    sender = town.sender(door)
    await sender.recover()
    async with sending(sender):
        await idle(sender)
    assert (door.texts, await town.state(bad.id)) == (["good"], "refused")
    assert "cannot be opened" in caplog.text


async def test_texts_that_were_let_go_are_read_again(
    town: Town, door: StillDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Behind the first two thousand only ids wait."""
    monkeypatch.setattr("bot.lanes.TEXTS_KEPT", 1)
    people_here = [await town.resident(f"R{number}", 30 + number) for number in range(4)]
    sender = town.sender(door)
    sender.offer(ordered(*[await town.letter(each, f"to {each}") for each in people_here]))
    async with sending(sender):
        await idle(sender)
    assert sorted(door.texts) == sorted(f"to {each}" for each in people_here)
