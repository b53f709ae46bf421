"""What is kept about her, how much it is, and how it goes."""

import sqlite3
from dataclasses import replace
from datetime import timedelta

from bot.outgoing import AnswerPress, Delete, Outgoing, Send
from dialogs.codes import Derived
from dialogs.effects import Purpose
from dialogs.events import Pressed, Timer, TimerFell, Wrote
from dialogs.lock import Lock
from dialogs.people import PromisedCall
from dialogs.text import _
from dialogs.words import Word
from storage import activities, check_ins, outbox, people, set_aside, updates
from storage.tombstones import TombstoneFile
from tests.bot.town import NOW, Town

HOUR = timedelta(hours=1)
HAVE_IT = Wrote("I have it", Word.HAVE_IT)


def words(orders: list[Outgoing]) -> list[str]:
    return [each.text for each in orders if isinstance(each, Send)]


async def test_a_day_that_was_asked_is_never_asked_again(town: Town) -> None:
    """The table says so, whatever a state from an old backup believes (R2)."""
    leyla = await town.resident()
    before = await town.known(leyla)
    first = await town.happen(leyla, TimerFell(Timer.CHECK_IN, NOW))
    assert len(words([each.outgoing for each in first.queued])) == 1
    await town.run(people.save_person, before.box, before.person, NOW)
    second = await town.happen(leyla, TimerFell(Timer.CHECK_IN, NOW))
    assert second.queued == []
    assert await town.run(check_ins.count, leyla) == 1


# --- hiding and erasing ---


async def _correspondence(town: Town, person: int, count: int) -> None:
    """`count` messages in each direction: every hour one, the latest a minute ago."""

    def work(db: sqlite3.Connection) -> None:
        box = people.get(db, town.house.keyring, person).box
        for number in range(count):
            at = NOW - timedelta(minutes=1) - number * HOUR / 4
            updates.first_time(db, 10_000 + number, at, person, 20_000 + number)
            row = outbox.put(
                db,
                box,
                person_id=person,
                purpose="reply",
                priority=1,
                due_at=at,
                now=at,
                content=b"",
            )
            outbox.mark_sent(db, row, 30_000 + number, at)

    await town.run(work)


async def test_hiding_deletes_both_sides_in_hundreds_and_nothing_too_old(town: Town) -> None:
    """Telegram takes a hundred at a time and refuses what is older than 48 hours."""
    leyla = await town.resident()
    await _correspondence(town, leyla, 250)
    ordered = await town.happen(leyla, Wrote("hide", Word.HIDE))
    deletes = [each.outgoing for each in ordered.queued if isinstance(each.outgoing, Delete)]
    assert [len(each.message_ids) for each in deletes] == [100, 100, 100, 84]
    gone = {number for each in deletes for number in each.message_ids}
    young = range(48 * 4)
    assert gone == {20_000 + number for number in young} | {30_000 + number for number in young}


async def test_hiding_takes_back_what_was_about_to_be_said(town: Town) -> None:
    """The next line would come to a phone that somebody has just taken; what she must hear comes all the same."""
    leyla = await town.resident()
    rows = {}
    for purpose in (Purpose.REPLY, Purpose.ROUTINE, Purpose.EMERGENCY, Purpose.NOTE, Purpose.CHECK_IN):
        rows[purpose] = (await town.letter(leyla, purpose=purpose)).id
    await town.happen(leyla, Wrote("hide", Word.HIDE))
    states = {purpose: await town.state(row) for purpose, row in rows.items()}
    gone = {purpose for purpose, state in states.items() if state == "dropped"}
    assert gone == {Purpose.REPLY, Purpose.ROUTINE}
    assert (await town.texts(leyla))[-1] == "OK."


async def test_what_is_on_its_way_while_she_hides_goes_as_soon_as_it_is_there(town: Town) -> None:
    """It has no number yet by which it could be deleted; a harmless line may stay."""
    leyla = await town.resident()
    telling, harmless = await town.letter(leyla), await town.letter(leyla)
    await town.write("UPDATE outbox SET lasts = 7200000 WHERE id = ?", telling.id)
    await town.run(outbox.claim, [telling.id, harmless.id])
    await town.happen(leyla, Wrote("hide", Word.HIDE))
    await town.run(outbox.mark_all_sent, [(telling.id, 501), (harmless.id, 502)], NOW)
    handled = await town.run(town.handler.vanish, NOW)
    assert [each.outgoing for each in handled.ordered.queued] == [Delete(11, (501,))]


async def test_a_contact_person_clears_her_chat_the_same_way(town: Town) -> None:
    """One word, both sides; what is open is one tap away."""
    mina = await town.contact()
    await _correspondence(town, mina, 1)
    ordered = await town.happen(mina, Wrote("clear", Word.HIDE))
    order, said = [each.outgoing for each in ordered.queued]
    assert order == Delete(21, (30_000, 20_000))
    assert isinstance(said, Send)
    assert "Older ones only you can remove" in said.text
    assert [button.data for row in said.buttons for button in row] == ["td"]


async def test_my_data_counts_what_hiding_can_delete(town: Town) -> None:
    """She is told the number that is true now."""
    leyla = await town.resident()
    await _correspondence(town, leyla, 3)
    await town.happen(leyla, Wrote("my data", Word.MY_DATA))
    (text,) = await town.texts(leyla)
    assert "6 messages of the last two days" in text


async def test_forgetting_leaves_no_row_and_a_tombstone(town: Town) -> None:
    """Key and rows go; a file beside the database remembers whom a backup must not bring back (R38)."""
    leyla = await town.resident()
    await town.happen(leyla, Pressed("ci:now"))
    assert await town.texts(leyla)
    await town.happen(leyla, Pressed("p:erase"))
    assert not await town.exists(leyla)
    for table, column in (
        ("outbox", "person_id"),
        ("timers", "person_id"),
        ("check_ins", "resident_id"),
        ("alerts", "resident_id"),
    ):
        assert await town.cell(f"SELECT count(*) FROM {table} WHERE {column} = ?", leyla) == 0, table  # noqa: S608
    assert list(TombstoneFile(town.folder / "erased.jsonl")) == [leyla]


async def test_the_last_words_are_sent_and_stored_nowhere(town: Town) -> None:
    """Chat emptied, one goodbye, the press answered: all of it loose, because there is no row to hold it."""
    leyla = await town.resident()
    await _correspondence(town, leyla, 1)
    handled = await town.take(town.press(11, "p:erase"))
    assert [type(each) for each in handled.ordered.loose] == [Delete, Send, AnswerPress]
    assert words(handled.ordered.loose) == [town.say(_("privacy", "Everything is erased. Take care."))]
    assert handled.ordered.queued == []


async def test_who_erases_herself_is_counted_no_longer(town: Town) -> None:
    """The number is all that is kept, and it stays true."""
    system = town.house.doors.system
    at = NOW + timedelta(days=1)
    dinner = await town.run(
        activities.add, system, NOW, place="bergby", begins_at=at, ends_at=at, title="Middag"
    )
    await town.run(activities.count_coming, dinner, 2)
    leyla = await town.resident(coming=(dinner,))
    await town.happen(leyla, Pressed("p:erase"))
    found = await town.run(activities.get, system, dinner)
    assert found is not None
    assert found.coming == 1


async def test_one_message_of_hers_is_deleted(town: Town) -> None:
    """What shows that it is her stays in no chat; where Telegram gave no number there is nothing to delete."""
    leyla = await town.resident(lock=Lock(b"salt", own=b"x" * 32, acted_at=NOW, asked_at=NOW))
    for message in (77, 0):
        written = Wrote("9999", message=message, derived=Derived(b"salt", b"y" * 32))
        await town.happen(leyla, written)
    deleted = [each for each in await town.outbox(leyla) if isinstance(each, Delete)]
    assert [each.message_ids for each in deleted] == [(77,)]


async def test_who_is_erased_is_named_in_nobodys_record_any_more(town: Town) -> None:
    """Talks, promised calls and buttons of helpers name her; one whose record is damaged holds up nothing (R38)."""
    mina, josef = await town.contact(), await town.contact("Josef", 22)
    leyla = await town.resident("Linden", contacts=(mina,))
    known = await town.known(mina)
    named = replace(
        await town.person(mina),
        calls=(PromisedCall(leyla, "Linden", NOW),),
        offered=(("to linden", "tk:to:1"), ("menu", "menu")),
        keyboard=(("linden", "tk:to:1"),),
    )
    await town.run(people.save_person, known.box, named, NOW)
    await town.damage(josef)
    await town.happen(leyla, Pressed("p:erase"))
    assert not await town.exists(leyla)
    left = await town.person(mina)
    assert "linden" not in repr(left).casefold()
    assert left.offered == (("menu", "menu"),)


async def test_what_was_set_aside_of_hers_goes_with_her(town: Town) -> None:
    """It is sealed with the key of the house, so destroying hers would not reach it."""
    leyla = await town.resident()
    raw = town.text(11, "words")
    system = town.house.doors.system
    row = await town.run(set_aside.put, system, 7, "RuntimeError", raw, NOW)
    await town.happen(leyla, Pressed("p:erase"))
    assert await town.run(set_aside.raw_update, system, row) is None
