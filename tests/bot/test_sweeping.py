"""Messages delete themselves: in time, from both sides, after a stop or an outage too, and whoever's row is damaged."""

import sqlite3
from datetime import datetime, timedelta

import pytest

from bot import sweeping
from bot.due import Due
from bot.handling import Delivered
from bot.outgoing import Delete, DeliveryFailed, Failure, Send
from dialogs.effects import Purpose
from dialogs.events import Pressed
from dialogs.vanishing import LONGEST
from storage import outbox, updates
from tests.bot.town import NOW, StillDoor, Town, sending, until

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


async def told(town: Town, person: int, number: int, lasts: timedelta | None, at: datetime = NOW) -> None:
    """A message of ours that stands in her chat as `number`."""
    row = await town.letter(person)
    milliseconds = None if lasts is None else lasts // timedelta(milliseconds=1)
    await town.write("UPDATE outbox SET lasts = ? WHERE id = ?", milliseconds, row.id)
    await town.run(outbox.mark_sent, row.id, number, at)


async def swept(town: Town, now: datetime) -> list[Delete]:
    """What one look orders away."""
    handled = await town.run(town.handler.vanish, now)
    return [each.outgoing for each in handled.ordered.queued if isinstance(each.outgoing, Delete)]


async def test_both_sides_go_when_their_time_has_come(town: Town) -> None:
    """Half a conversation tells as much as a whole one."""
    leyla = await town.resident()
    await told(town, leyla, 501, 2 * HOUR)
    await told(town, leyla, 502, None)
    await town.run(updates.first_time, 1, NOW, leyla, 601, NOW + 2 * HOUR)
    assert await swept(town, NOW + 2 * HOUR - 2 * MINUTE) == []
    assert await swept(town, NOW + 2 * HOUR) == [Delete(11, (501, 601))]
    assert await swept(town, NOW + 3 * HOUR) == [], "ordered once"


async def test_what_is_due_in_a_moment_goes_along(town: Town) -> None:
    """A conversation of thirty lines is not thirty orders."""
    leyla = await town.resident()
    for number in range(5):
        await told(town, leyla, 501 + number, 2 * HOUR, NOW + number * 20 * timedelta(seconds=1))
    assert await swept(town, NOW + 2 * HOUR) == [Delete(11, (501, 502, 503, 504))]


async def test_more_than_a_hundred_are_several_orders(town: Town) -> None:
    """Telegram takes a hundred at a time."""
    leyla = await town.resident()
    for number in range(120):
        await told(town, leyla, 501 + number, 2 * HOUR)
    assert [len(each.message_ids) for each in await swept(town, NOW + 2 * HOUR)] == [100, 20]


async def test_some_chats_a_look_and_the_longest_due_first(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After an outage all are due at once, and a hasty bot is told by Telegram to be silent: alerts too."""
    monkeypatch.setattr(sweeping, "CHATS_A_LOOK", 2)
    people = [await town.resident(f"R{number}", 30 + number) for number in range(5)]
    for place, each in enumerate(people):
        await told(town, each, 501 + place, 2 * HOUR, NOW - place * MINUTE * 10)
    looks = [await swept(town, NOW + 2 * HOUR) for _look in range(3)]
    assert [[each.chat_id for each in look] for look in looks] == [[34, 33], [32, 31], [30]]


@pytest.mark.parametrize("outage", [0, 30])
@pytest.mark.parametrize("lasts", [15 * MINUTE, 2 * HOUR, 12 * HOUR, LONGEST])
async def test_every_deletion_is_ordered_by_hour_47(
    town: Town, door: StillDoor, lasts: timedelta, outage: int
) -> None:
    """Whatever she chose, and where the bot was down for thirty hours from the first hour on (R36)."""
    leyla = await town.resident()
    await told(town, leyla, 501, lasts)
    town.clock.move(timedelta(hours=outage))
    for hour in range(outage, 47):
        await Due(town.db, town.handler, town.sender(door), town.clock).look()
        if await town.outbox(leyla):
            assert hour == max(outage, -(-lasts // HOUR))
            break
        town.clock.move(HOUR)
    assert await town.outbox(leyla) == [Delete(11, (501,))]


async def test_the_order_survives_a_kill_before_it_is_known_to_have_arrived(
    town: Town, door: StillDoor
) -> None:
    """Taken and written down in one transaction; a second deletion deletes nothing more."""
    leyla = await town.resident()
    await told(town, leyla, 501, 2 * HOUR)
    town.clock.move(2 * HOUR)
    await town.run(town.handler.vanish, town.clock.now())  # and the process dies
    sender = town.sender(door)
    await sender.recover()
    async with sending(sender):
        await until(lambda: sender.idle)
    assert door.taken == [Delete(11, (501,))]
    again = town.sender(door)
    await again.recover()
    assert again.held == 0


async def test_a_deletion_is_tried_until_telegram_answers(town: Town, door: StillDoor) -> None:
    """It may be away at that hour."""
    leyla = await town.resident()
    await told(town, leyla, 501, 2 * HOUR)
    town.clock.move(2 * HOUR)
    sender = town.sender(door)
    door.answers = [DeliveryFailed(Failure.NOT_SENT), DeliveryFailed(Failure.UNCLEAR)]
    sender.offer((await town.run(town.handler.vanish, town.clock.now())).ordered)
    async with sending(sender):
        for _try in range(2):
            await until(lambda: sender.idle)
            town.clock.move(MINUTE)
        await until(lambda: len(door.taken) == 3)
    assert set(door.taken) == {Delete(11, (501,))}


async def test_what_is_too_old_is_given_up_and_remembered(town: Town) -> None:
    """She is told when she hides the chat, and not in the night."""
    leyla = await town.resident()
    await told(town, leyla, 501, LONGEST)
    await told(town, leyla, 502, 2 * HOUR, NOW + 20 * HOUR)
    assert await swept(town, NOW + 49 * HOUR) == [Delete(11, (502,))]
    assert (await town.person(leyla)).remains
    assert await town.texts(leyla) == []
    assert await swept(town, NOW + 50 * HOUR) == []


async def test_telegrams_refusal_is_remembered_as_well(town: Town) -> None:
    """Nobody made a mistake: no notice, and no message by itself."""
    leyla = await town.resident()
    row = await town.letter(leyla, purpose="edit", outgoing=Delete(11, (501,)))
    refused = Delivered(row.id, leyla, "edit", None, 0, failure=Failure.REMAINS)
    handled = await town.run(town.handler.settle, [refused], NOW)
    assert (await town.person(leyla)).remains
    assert handled.ordered.queued == []
    assert await town.notices() == []


async def test_a_damaged_row_does_not_keep_her_words_on_the_phone(town: Town) -> None:
    """Key and chat are enough for deleting; the others go on in any case (R9)."""
    leyla, reza = await town.resident(), await town.resident("Reza", 12)
    await told(town, leyla, 501, LONGEST)
    await told(town, reza, 502, LONGEST)
    await told(town, leyla, 503, 2 * HOUR, NOW + 20 * HOUR)
    await town.damage(leyla)
    assert await swept(town, NOW + 47 * HOUR) == [Delete(11, (501, 503)), Delete(12, (502,))]


async def test_a_chat_that_does_not_open_is_put_off_and_stops_nobody(town: Town) -> None:
    """It may be mended in time."""
    leyla, reza = await town.resident(), await town.resident("Reza", 12)
    await told(town, leyla, 501, 2 * HOUR, NOW - MINUTE)
    await told(town, reza, 502, 2 * HOUR)
    chat = await town.cell("SELECT sealed_chat FROM people WHERE id = ?", leyla)
    await town.write("UPDATE people SET sealed_chat = x'00' WHERE id = ?", leyla)
    assert await swept(town, NOW + 2 * HOUR) == [Delete(12, (502,))]
    await town.write("UPDATE people SET sealed_chat = ? WHERE id = ?", chat, leyla)
    assert await swept(town, NOW + 2 * HOUR + 9 * MINUTE) == []
    assert await swept(town, NOW + 2 * HOUR + 10 * MINUTE) == [Delete(11, (501,))]


async def test_who_lets_the_bot_back_is_rid_of_what_stayed_meanwhile(town: Town) -> None:
    """Telegram may have refused while she had blocked us; what is gone is passed over."""
    leyla = await town.resident()
    await told(town, leyla, 501, 2 * HOUR)
    await told(town, leyla, 502, None)
    await town.take(town.block(11, True))
    assert await swept(town, NOW + 2 * HOUR) == [Delete(11, (501,))]
    await town.take(town.block(11, False), now=NOW + 3 * HOUR)
    assert await swept(town, NOW + 3 * HOUR) == [Delete(11, (501,))]


async def test_a_reminder_goes_once_she_has_been_there(town: Town) -> None:
    """Before that it waits for her; a check-in that is open waits longer."""
    leyla = await town.resident()
    for number, purpose in ((501, Purpose.ROUTINE), (502, Purpose.CHECK_IN)):
        row = await town.letter(leyla, purpose=purpose)
        await town.write(
            "UPDATE outbox SET lasts = ? WHERE id = ?", LONGEST // timedelta(milliseconds=1), row.id
        )
        await town.run(outbox.mark_sent, row.id, number, NOW)
    assert await swept(town, NOW + 10 * HOUR) == []
    await town.take(town.press(11, "menu"), now=NOW + 10 * HOUR)
    assert await swept(town, NOW + 12 * HOUR) == [Delete(11, (501,))]
    assert await swept(town, NOW + 46 * HOUR) == [Delete(11, (502,))]


async def test_a_shorter_time_holds_for_what_stands_there(town: Town) -> None:
    """Of both sides; what waits to be sent as well."""
    leyla = await town.resident()
    await told(town, leyla, 501, 2 * HOUR, NOW - HOUR)
    await town.run(updates.first_time, 1, NOW - HOUR, leyla, 601, NOW + HOUR)
    waiting = await town.letter(leyla)
    await town.write("UPDATE outbox SET lasts = 7200000 WHERE id = ?", waiting.id)
    await town.happen(leyla, Pressed("chat:15"))
    assert await swept(town, NOW) == [Delete(11, (501, 601))]
    assert await town.cell("SELECT lasts FROM outbox WHERE id = ?", waiting.id) == 15 * 60 * 1000


async def test_a_case_that_is_closed_leaves_the_phones_of_those_who_were_told(town: Town) -> None:
    """A helper's phone is lost too, one day."""
    mina = await town.contact()
    leyla = await town.resident(contacts=(mina,))
    await town.happen(leyla, Pressed("someone"))
    await town.told(1)
    assert await town.cell("SELECT vanish_at - sent_at FROM outbox WHERE message_id = 701") == (
        LONGEST // timedelta(milliseconds=1)
    )
    await town.happen(mina, Pressed("al:1:1:have"))
    await town.happen(mina, Pressed("al:1:1:safe"), NOW + HOUR)
    assert await swept(town, NOW + HOUR) == []
    assert Delete(21, (701,)) in await swept(town, NOW + 3 * HOUR)


async def test_a_press_on_a_message_that_is_being_deleted_is_answered_below(town: Town) -> None:
    """Else the answer would be written into nothing."""
    leyla = await town.resident()
    await told(town, leyla, 501, 2 * HOUR)
    await swept(town, NOW + 2 * HOUR)
    handled = await town.take(town.press(11, "chat", message_id=501), now=NOW + 2 * HOUR)
    assert isinstance(handled.ordered.queued[0].outgoing, Send)


async def test_the_time_of_a_changed_message_begins_anew(town: Town) -> None:
    """She reads it now; it goes by its own hour 46 all the same."""
    leyla = await town.resident()
    await told(town, leyla, 501, 2 * HOUR)
    later = NOW + HOUR + 50 * MINUTE
    handled = await town.take(town.press(11, "chat", message_id=501), now=later)
    edit = handled.ordered.queued[0]
    await town.run(outbox.mark_sent, edit.id, None, later)
    assert await swept(town, NOW + 2 * HOUR) == []
    assert await swept(town, later + 2 * HOUR) == [Delete(11, (501,))]


async def test_a_question_that_would_stay_goes_once_it_holds_her_answer(town: Town) -> None:
    """What is written into a harmless line makes it one that tells something."""
    leyla = await town.resident()
    await told(town, leyla, 501, None)
    handled = await town.take(town.press(11, "chat", message_id=501))
    await town.run(outbox.mark_sent, handled.ordered.queued[0].id, None, NOW)
    assert await swept(town, NOW + 2 * HOUR) == [Delete(11, (501,))]


async def test_nothing_is_due_where_nothing_stands(town: Town) -> None:
    """A look every second must cost nothing: it is answered from an index."""

    def plan(db: sqlite3.Connection) -> list[str]:
        query = "EXPLAIN QUERY PLAN SELECT person_id FROM {} WHERE vanish_at <= 1 ORDER BY vanish_at LIMIT 9"
        return [row[3] for table in ("outbox", "updates") for row in db.execute(query.format(table))]

    found = await town.run(plan)
    assert [each.split("INDEX ")[1] for each in found] == [
        "outbox_vanishing (vanish_at<?)",
        "updates_vanishing (vanish_at<?)",
    ]
