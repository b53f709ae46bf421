"""What a decision orders becomes rows, all in one transaction."""

import sqlite3
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.carrying import Carrier, Ordered
from bot.outgoing import AnswerPress, Delete, Edit, Outgoing, Send, SetCommands, Unbutton
from dialogs import alert_texts, contact_person, helper_texts, menu
from dialogs.alert import Acknowledged, AlertState, Track
from dialogs.effects import Say
from dialogs.events import ContactPersonLeft, Pressed, Timer, TimerFell, Wrote
from dialogs.people import Agreed, CheckIn, PromisedCall, Resident, Role
from dialogs.text import _
from dialogs.words import Word
from storage import (
    activities,
    alerts,
    channels,
    check_ins,
    links,
    outbox,
    people,
    rings,
    set_aside,
    timers,
    updates,
)
from storage.tombstones import TombstoneFile
from tests.bot.town import NOW, Town
from tests.dialogs.near_examples import described

HOUR = timedelta(hours=1)
HAVE_IT = Wrote("I have it", Word.HAVE_IT)


def words(orders: list[Outgoing]) -> list[str]:
    return [each.text for each in orders if isinstance(each, Send)]


# --- words ---


async def test_an_answer_to_a_press_changes_the_message_that_was_pressed(town: Town) -> None:
    """A conversation of taps stays one message, and every press ends its waiting circle."""
    leyla = await town.resident(check_in=CheckIn(NOW.date(), "t", NOW))
    handled = await town.take(town.press(11, f"ci:{NOW:%Y%m%d}:t:4", message_id=55))
    edit, fresh, answer = [each.outgoing for each in handled.ordered.queued]
    assert isinstance(edit, Edit)
    assert edit.message_id == 55
    assert isinstance(fresh, Send), "a second text does not overwrite the first"
    assert isinstance(answer, AnswerPress)
    assert await town.outbox(leyla) == [edit, fresh, answer], "stored before anything is sent"


async def test_a_typed_press_gets_its_toast_as_a_message(town: Town) -> None:
    """There is no button that could show it."""
    leyla = await town.resident()
    handled = await town.happen(leyla, Pressed("ci:20200101:d:4", typed=True))
    assert words([each.outgoing for each in handled.queued]) == [town.say(menu.old_button())]


async def test_a_pressed_toast_waits_until_it_is_read(town: Town) -> None:
    """It says why nothing happened."""
    await town.resident()
    handled = await town.take(town.press(11, "ci:20200101:d:4"))
    (answer,) = [each.outgoing for each in handled.ordered.queued]
    assert isinstance(answer, AnswerPress)
    assert (answer.text, answer.alert) == (town.say(menu.old_button()), True)


async def test_what_was_offered_is_remembered_with_its_folded_labels(town: Town) -> None:
    """So that typing a label is pressing it."""
    leyla = await town.resident()
    await town.happen(leyla, Pressed("ci:now"))
    assert ("very good", f"ci:{NOW:%Y%m%d}:x1800:5") in (await town.person(leyla)).offered


async def test_what_is_sent_twice_for_safety_can_say_so(town: Town) -> None:
    """Whoever reads a thing twice must know that it is one thing (R3)."""
    leyla = await town.resident(contacts=(await town.contact(),))
    ordered = await town.happen(leyla, Pressed("someone"))
    opens = {
        each.purpose: each.outgoing.if_repeated for each in ordered.queued if isinstance(each.outgoing, Send)
    }
    assert opens == {
        "emergency": town.say(alert_texts.said_before()),
        "alert": town.say(alert_texts.repeat_line(1)),
    }


async def test_a_question_knows_how_long_it_may_wait(town: Town) -> None:
    """After her midnight it is yesterday's; an answer to what she did has no such end."""
    await town.run(timers.set_timer, await town.resident(), Timer.CHECK_IN, NOW)
    handled = await town.run(town.handler.due, NOW, 10)
    (question,) = [each.outgoing for each in handled.ordered.queued]
    assert isinstance(question, Send)
    assert question.until == NOW + 5 * HOUR, "midnight in Stockholm"
    (reply,) = [each.outgoing for each in (await town.take(town.text(11, "/help"))).ordered.queued]
    assert isinstance(reply, Send)
    assert reply.until is None


async def test_somebody_without_a_chat_is_sent_nothing(town: Town) -> None:
    """An invitation that was never used has nobody to write to."""
    leyla = await town.resident()
    await town.run(lambda db: db.execute("UPDATE people SET sealed_chat = NULL, chat_hash = NULL").rowcount)
    ordered = await town.happen(leyla, Wrote("hide", Word.HIDE))
    assert ordered == Ordered()


# --- check-ins ---


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


async def test_the_next_moment_is_a_row(town: Town) -> None:
    """What is only in memory is gone after a restart."""
    leyla = await town.resident()
    await town.happen(leyla, TimerFell(Timer.CHECK_IN, NOW))
    kinds = {each.kind for each in await town.run(timers.of_person, leyla)}
    assert kinds == {Timer.CHECK_IN, Timer.REMINDER}


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


async def test_who_erases_herself_in_need_leaves_word_with_her_helpers(town: Town) -> None:
    """A hand on her phone could do this: whoever was asked about her is told."""
    mina = await town.contact()
    leyla = await town.resident(contacts=(mina,))
    await town.happen(leyla, Pressed("someone"))
    await town.told(1)
    await town.happen(leyla, Pressed("p:erase"))
    assert any("has left the bot" in text for text in await town.texts(mina))
    await town.happen(mina, Pressed("al:1:1:have"))
    assert town.say(helper_texts.case_gone()[0]) in await town.texts(mina)


async def test_a_press_on_a_case_that_is_gone_is_answered(town: Town) -> None:
    """Its resident has left; whoever presses its button still hears something."""
    mina = await town.contact()
    await town.happen(mina, Pressed("al:77:1:have"))
    assert await town.texts(mina) == [town.say(helper_texts.case_gone()[0])]


# --- contact persons ---


async def test_choosing_contact_persons_agrees_to_them_and_to_no_others(town: Town) -> None:
    """What the alert reads are the links, not what stands in her own record."""
    mina, josef = await town.contact(), await town.contact("Josef", 22)
    leyla = await town.resident(contacts=(mina, josef))
    await town.happen(leyla, Pressed(f"set:see:{mina}:told:no"))
    assert await _agreed(town, leyla) == [josef]
    await town.happen(leyla, Pressed(f"set:see:{mina}:told:yes"))
    assert await _agreed(town, leyla) == [mina, josef], "the order stays the operator's"


async def _agreed(town: Town, resident: int) -> list[int]:
    found = await town.run(links.contacts_of, resident)
    return [each.contact_id for each in found if each.agreed]


async def test_a_contact_person_who_leaves_hands_her_case_on(town: Town) -> None:
    """A case in the hands of somebody who is gone would be nobody's."""
    mina, josef = await town.contact(), await town.contact("Josef", 22)
    leyla = await town.resident(contacts=(mina, josef))
    await town.happen(leyla, Pressed("someone"))
    await town.told(1)
    await town.happen(mina, Pressed("al:1:1:have"))
    assert (await town.alert(1)).holder == mina
    await town.happen(mina, Pressed("ch:leave-yes"))
    alert = await town.alert(1)
    assert (alert.state, alert.holder) == (AlertState.RAISED, None)
    assert [each.contact for each in alert.told] == [mina, josef]
    assert any("Case 1" in text for text in await town.texts(josef))
    assert not await town.exists(mina)


async def test_a_contact_person_who_leaves_takes_her_channels_along(town: Town) -> None:
    """Her number is gone with her, and nothing rings there any more."""
    mina = await town.contact()
    await town.run(channels.add, (await town.known(mina)).box, mina, "json://gateway.example", NOW)
    await town.run(rings.put, mina, None, NOW)
    await town.happen(mina, Pressed("ch:leave-yes"))
    assert not await town.exists(mina)
    assert await town.run(channels.everybodys) == []
    assert await town.cell("SELECT count(*) FROM rings") == 0


async def test_the_last_contact_person_who_leaves_is_not_asked_again(town: Town) -> None:
    """There is nobody then, and the resident hears that instead."""
    mina = await town.contact()
    leyla = await town.resident(contacts=(mina,))
    await town.happen(leyla, Pressed("someone"))
    await town.told(1)
    await town.happen(mina, Pressed("ch:leave-yes"))
    alert = await town.alert(1)
    assert [each.contact for each in alert.told] == [mina]
    assert alert.next_step_at is not None
    assert any("No answer yet" in text for text in await town.texts(leyla))


async def test_a_resident_hears_that_her_contact_person_left(town: Town) -> None:
    """And nobody who is gone stays among those she can choose."""
    mina, josef = await town.contact(), await town.contact("Josef", 22)
    leyla = await town.resident(contacts=(mina, josef))
    await town.happen(mina, Pressed("ch:leave-yes"))
    person: Resident = await town.person(leyla)
    assert person.contacts == person.proposed == (Agreed(josef, "Josef"),)
    gone = town.say(helper_texts.contact_left("Mina")[1])
    assert any(gone in text for text in await town.texts(leyla))
    assert await _agreed(town, leyla) == [josef]


async def test_a_leaving_contact_person_of_nobody_is_no_news(town: Town) -> None:
    """Residents who do not know her hear nothing."""
    josef = await town.contact("Josef", 22)
    leyla = await town.resident(contacts=(josef,))
    ordered = await town.happen(leyla, ContactPersonLeft(99))
    assert ordered == Ordered()


# --- alerts ---


async def test_taking_a_case_stops_every_other_ping(town: Town) -> None:
    """Unsent tellings are dropped, sent ones lose their buttons (R30)."""
    mina, josef = await town.contact(), await town.contact("Josef", 22)
    leyla = await town.resident(contacts=(mina, josef))
    await town.happen(leyla, Pressed("someone"))
    await town.told(1)
    await _silence(town, 1)
    assert any("urgent" in text for text in await town.texts(josef))
    await town.happen(mina, Pressed("al:1:1:have"))
    assert not any("urgent" in text for text in await town.texts(josef))
    assert Unbutton(21, 701) in await town.outbox(mina)
    assert town.say(_("alert", "{name} has case {case}.", name="Mina", case=1)) in await town.texts(josef)


async def test_taking_a_case_stops_the_second_channels_too(town: Town) -> None:
    """R30: a mailbox that rings after that sends a second person running; and whoever rings hears of it at once."""
    mina = await town.contact()
    leyla = await town.resident(contacts=(mina,))
    await town.happen(leyla, Pressed("someone"))
    await town.run(channels.add, (await town.known(mina)).box, mina, "json://gateway.example", NOW)
    await town.run(rings.put, mina, 1, NOW)
    assert (await town.take(town.press(21, "al:1:1:have"))).ordered.ringing
    assert await town.cell("SELECT state FROM rings") == "dropped"


async def test_what_rings_nobody_wakes_nobody(town: Town) -> None:
    """Every message hands over what it ordered; most of it is no ring."""
    mina = await town.contact()
    leyla = await town.resident(contacts=(mina,))
    assert not (await town.happen(leyla, Pressed("someone"))).ringing
    assert not (await town.happen(mina, Pressed("al:1:1:have"))).ringing


def test_orders_of_parts_are_orders_of_the_whole() -> None:
    """What one part rang must not be forgotten because the next rang nothing."""
    whole = Ordered()
    whole.add(Ordered(loose=[Unbutton(1, 2)], ringing=True))
    whole.add(Ordered(loose=[Unbutton(3, 4)]))
    assert whole == Ordered([], [Unbutton(1, 2), Unbutton(3, 4)], True)


async def _silence(town: Town, alert: int) -> None:
    """The alert's next time has come."""

    def work(db: sqlite3.Connection) -> None:
        Carrier(db, town.house, NOW + HOUR, Ordered()).alert_happens(alert, None)

    await town.run(work)


async def test_a_telling_of_the_same_transaction_is_taken_back_too(town: Town) -> None:
    """What was ordered a statement ago and is dropped now must not be offered to the sender."""
    mina = await town.contact()
    leyla = await town.resident(contacts=(mina,))

    def work(db: sqlite3.Connection) -> Ordered:
        ordered = Ordered()
        carrier = Carrier(db, town.house, NOW, ordered)
        carrier.happen(people.get(db, town.house.keyring, leyla), Pressed("someone"))
        assert any(each.step for each in ordered.queued)
        carrier.alert_happens(1, Acknowledged(mina))
        return ordered

    ordered = await town.run(work)
    assert not any(each.step for each in ordered.queued)
    waiting = {each.id for each in await town.run(outbox.waiting, 100)}
    assert {each.id for each in ordered.queued} == waiting


async def test_a_second_call_for_help_is_the_same_case(town: Town) -> None:
    """A resident has one open alert on each track; the second sign joins it."""
    mina = await town.contact()
    leyla = await town.resident(contacts=(mina,))
    await town.happen(leyla, Pressed("someone"))
    await town.happen(leyla, Pressed("someone"))
    found = await town.run(alerts.open_alerts)
    assert [(each.id, each.track) for each in found] == [(1, Track.URGENT)]


async def test_a_typed_i_have_it_takes_the_one_open_case(town: Town) -> None:
    """Nobody should have to find the button again."""
    mina = await town.contact()
    await _in_need(town, mina, "Leyla", 11)
    await town.happen(mina, HAVE_IT)
    assert (await town.alert(1)).holder == mina


async def test_a_typed_i_have_it_without_a_case_changes_nothing(town: Town) -> None:
    """And says so."""
    mina = await town.contact()
    await town.happen(mina, HAVE_IT)
    assert await town.texts(mina) == [town.say(helper_texts.no_case()[0])]


async def test_a_typed_i_have_it_with_two_cases_asks_which(town: Town) -> None:
    """A guess could leave the other one to nobody (R27)."""
    mina = await town.contact()
    await _in_need(town, mina, "Leyla", 11)
    await _in_need(town, mina, "Reza", 12)
    await town.happen(mina, HAVE_IT)
    asked = (await town.outbox(mina))[-1]
    assert isinstance(asked, Send)
    assert asked.text == town.say(helper_texts.which_case()[0])
    assert [button.data for row in asked.buttons for button in row] == ["al:1:1:have", "al:2:1:have"]
    await town.happen(mina, Pressed("al:2:1:have"))
    assert [(await town.alert(case)).holder for case in (1, 2)] == [None, mina]


async def test_a_typed_word_never_touches_a_case_of_others(town: Town) -> None:
    """Josef was not asked about Leyla."""
    mina, josef = await town.contact(), await town.contact("Josef", 22)
    await _in_need(town, mina, "Leyla", 11)
    await town.happen(josef, HAVE_IT)
    assert (await town.alert(1)).holder is None
    assert await town.texts(josef) == [town.say(helper_texts.no_case()[0])]


async def _in_need(town: Town, contact: int, name: str, chat: int) -> int:
    resident = await town.resident(name, chat, contacts=(contact,))
    await town.happen(resident, Pressed("someone"))
    return resident


async def test_a_damaged_contact_person_is_passed_over(town: Town) -> None:
    """One bad row among those who are to be told must not keep the others from being told."""
    mina, josef = await town.contact(), await town.contact("Josef", 22)
    leyla = await town.resident(contacts=(mina, josef))
    await town.damage(mina)
    await town.happen(leyla, Pressed("someone"))
    assert any("urgent" in text for text in await town.texts(josef))


async def test_a_damaged_coordinator_keeps_nobody_from_being_told(town: Town) -> None:
    """The last of the chain must not break the first."""
    mina, karin = await town.contact(), await town.contact("Karin", 23, Role.COORDINATOR)
    leyla = await town.resident(contacts=(mina,))
    await town.damage(karin)
    await town.happen(leyla, Pressed("someone"))
    assert any("urgent" in text for text in await town.texts(mina))


async def test_a_damaged_resident_does_not_silence_others_cases(town: Town) -> None:
    """Mina's "I have it" is about Leyla, whatever has become of Reza's row."""
    mina, josef = await town.contact(), await town.contact("Josef", 22)
    await _in_need(town, mina, "Leyla", 11)
    reza = await _in_need(town, josef, "Reza", 12)
    await town.damage(reza)
    await town.happen(mina, HAVE_IT)
    assert (await town.alert(1)).holder == mina


async def test_commands_follow_the_role(town: Town) -> None:
    """A contact person's menu holds nothing of a resident's."""
    mina = await town.contact()
    await town.happen(mina, Pressed("l:en"))
    (commands,) = [each for each in await town.outbox(mina) if isinstance(each, SetCommands)]
    assert [name for name, _text in commands.commands] == [
        word.value for word, _text in contact_person.COMMANDS
    ]


async def test_the_menu_names_places_where_there_are_any(town: Town) -> None:
    """A command that leads nowhere is none."""
    leyla = await town.resident()
    await town.happen(leyla, Pressed("l:en"))
    town.house = replace(town.house, knowledge=replace(town.house.knowledge, near=described()))
    await town.happen(leyla, Pressed("l:en"))
    menus = [each for each in await town.outbox(leyla) if isinstance(each, SetCommands)]
    assert [any(name == "near" for name, _text in each.commands) for each in menus] == [False, True]


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


async def test_an_unchanged_person_is_not_written_again(town: Town) -> None:
    """Writing is what costs; most messages of a contact person change nothing."""
    mina = await town.contact()
    await town.happen(mina, HAVE_IT)
    assert await town.cell("SELECT changed_at FROM people WHERE id = ?", mina) == int(NOW.timestamp() * 1000)
    sealed = await town.cell("SELECT sealed_person FROM people WHERE id = ?", mina)
    await town.happen(mina, HAVE_IT, NOW + HOUR)
    assert await town.cell("SELECT sealed_person FROM people WHERE id = ?", mina) == sealed


async def test_a_contact_person_who_does_not_open_is_passed_over_and_reported(town: Town) -> None:
    """An alert goes to the next; and somebody mends the row before the next alert."""
    mina, josef = await town.contact(), await town.contact("Josef", 22)
    leyla = await town.resident(contacts=(mina, josef))
    await town.damage(mina)
    await town.happen(leyla, Pressed("someone"))
    assert len(await town.texts(josef)) == 1
    assert await town.notices() == [("person-unreadable", f"person:{mina}")]


async def test_saying_something_to_nobody_says_nothing(town: Town) -> None:
    """Without a decision there is nobody it could be meant for."""
    leyla = await town.resident()
    await town.run(lambda db: Carrier(db, town.house, NOW, Ordered()).say(Say((menu.old_button(),))))
    assert await town.outbox(leyla) == []


async def test_only_a_residents_case_is_begun_anew(town: Town) -> None:
    """There is no case about a contact person."""
    mina = await town.known(await town.contact())
    with pytest.raises(people.PersonUnreadable):
        await town.run(lambda db: Carrier(db, town.house, NOW, Ordered()).begin_anew(mina, 1, 2, ()))


# --- what contact persons see and change ---


async def _with_plan(town: Town) -> tuple[int, int]:
    mina = await town.contact()
    leyla = await town.resident("Linden", contacts=(mina,), sight=((mina, ("plan",)),))
    return leyla, mina


async def _audited(town: Town) -> int:
    found: int = await town.cell("SELECT count(*) FROM audit WHERE did = 'opened-plan'")
    return found


async def test_a_new_name_reaches_every_resident_and_no_phone(town: Town) -> None:
    """Also one who was only proposed to; a name that is taken changes nothing."""
    mina = await town.contact()
    await town.contact("Josef", 22)
    leyla = await town.resident(contacts=(mina,))
    await town.happen(mina, Wrote("name", Word.NAME))
    await town.happen(mina, Wrote("josef"))
    assert (await town.person(mina)).name == "Mina"
    await town.happen(mina, Wrote("Elsa"))
    assert (await town.person(mina)).name == "Elsa"
    her = await town.person(leyla)
    assert [each.name for each in (*her.contacts, *her.proposed)] == ["Elsa", "Elsa"]
    assert await town.outbox(leyla) == []


async def test_an_open_case_keeps_the_name_under_which_she_was_told(town: Town) -> None:
    """Whoever looks it up later finds who was asked."""
    mina = await town.contact()
    leyla = await town.resident(contacts=(mina,))
    await town.happen(leyla, Pressed("someone"))
    await town.happen(mina, Wrote("name", Word.NAME))
    await town.happen(mina, Wrote("Elsa"))
    assert "Mina" in str(await town.alert(1))


async def test_a_proposal_of_a_contact_person_waits_in_the_residents_own_record(town: Town) -> None:
    """It is hers; the other one sees it because she lets her."""
    leyla, mina = await _with_plan(town)
    await town.happen(mina, Pressed(f"sp:{leyla}:d:home-visit:partner:none"))
    (entry,) = (await town.person(leyla)).sip
    assert (entry.by, entry.agreed) == (mina, False)
    assert [each.kind for each in await town.run(timers.of_person, leyla)] == [Timer.PLAN]
    assert len(await town.texts(mina)) == 2, "what became of it, and the plan as it is"


async def test_each_look_at_a_plan_is_noted(town: Town) -> None:
    """By ids; choosing what to propose is no look."""
    leyla, mina = await _with_plan(town)
    await town.happen(mina, Pressed(f"sp:{leyla}"))
    await town.happen(mina, Pressed(f"sp:{leyla}:new"))
    assert await _audited(town) == 1
    assert await town.cell("SELECT about FROM audit WHERE actor = ?", mina) == f"person:{leyla}"


async def test_a_closed_plan_is_refused_and_nothing_is_noted_or_changed(town: Town) -> None:
    """The next tap after her no."""
    leyla, mina = await _with_plan(town)
    await town.happen(leyla, Pressed(f"set:see:{mina}:plan:no"))
    for data in (f"sp:{leyla}", f"sp:{leyla}:d:home-visit:partner:none", "sp:99", f"sp:{mina}"):
        await town.happen(mina, Pressed(data))
    assert (await town.person(leyla)).sip == ()
    assert await _audited(town) == 0
    assert set(await town.texts(mina)) == {
        town.say(
            _("sip", "That plan is not open to you. Each resident decides who sees it, and can change that.")
        )
    }


async def test_what_was_looked_up_for_a_press_stands_where_it_was_pressed(town: Town) -> None:
    """A screen of taps stays one message also where the answer needed a look into the tables."""
    leyla, _mina = await _with_plan(town)
    handled = await town.take(town.press(21, f"sp:{leyla}:new", message_id=55))
    edit, answer = [each.outgoing for each in handled.ordered.queued]
    assert isinstance(answer, AnswerPress)
    assert isinstance(edit, Edit)
    assert edit.message_id == 55


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
