"""What is said becomes messages in the outbox, and a press is answered."""

import sqlite3
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot import speaking
from bot.ordering import Ordered, Turn
from bot.outgoing import AnswerPress, Edit, Forwarded, Outgoing, Picture, Send, SetCommands, decode
from bot.speaking import Speaking
from bot.transaction import Transaction
from dialogs import helper_screens, menu, vanishing
from dialogs.effects import Say, SendFile
from dialogs.events import Pressed, Timer, TimerFell, Wrote
from dialogs.lock import Lock
from dialogs.people import CheckIn
from dialogs.text import plain
from dialogs.words import Word
from storage import outbox, people
from tests.bot.town import NOW, Town

HAVE_IT = Wrote("I have it", Word.HAVE_IT)


def words(orders: list[Outgoing]) -> list[str]:
    return [each.text for each in orders if isinstance(each, Send)]


async def test_an_answer_to_a_press_changes_the_message_that_was_pressed(town: Town) -> None:
    """A conversation of taps stays one message, and every press ends its waiting circle."""
    leyla = await town.resident(check_in=CheckIn(NOW.date(), "t", NOW))
    handled = await town.take(town.press(11, f"ci:{NOW:%Y%m%d}:t:4", message_id=55))
    edit, *fresh, answer = [each.outgoing for each in handled.ordered.queued]
    assert isinstance(edit, Edit)
    assert edit.message_id == 55
    assert [type(each) for each in fresh] == [Send, Send], "a second text does not overwrite the first"
    assert isinstance(answer, AnswerPress)
    assert await town.outbox(leyla) == [edit, *fresh, answer], "stored before anything is sent"


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


async def test_a_toast_that_is_too_long_for_telegram_is_a_message(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A translation may be longer than its source; what Telegram refuses would be said to nobody."""
    monkeypatch.setattr(speaking, "LONGEST_TOAST", len(town.say(menu.old_button())) - 1)
    await town.resident()
    handled = await town.take(town.press(11, "ci:20200101:d:4"))
    said, answer = [each.outgoing for each in handled.ordered.queued]
    assert isinstance(said, Send)
    assert said.text == town.say(menu.old_button())
    assert isinstance(answer, AnswerPress)
    assert not answer.text


async def test_somebody_without_a_chat_is_sent_nothing(town: Town) -> None:
    """An invitation that was never used has nobody to write to."""
    leyla = await town.resident()
    await town.run(lambda db: db.execute("UPDATE people SET sealed_chat = NULL, chat_hash = NULL").rowcount)
    ordered = await town.happen(leyla, Wrote("hide", Word.HIDE))
    assert ordered == Ordered()


async def test_commands_follow_the_role(town: Town) -> None:
    """A contact person's menu holds nothing of a resident's."""
    mina = await town.contact()
    await town.happen(mina, Pressed("l:en"))
    (commands,) = [each for each in await town.outbox(mina) if isinstance(each, SetCommands)]
    assert [name for name, _text in commands.commands] == [
        word.value for word, _text in helper_screens.COMMANDS
    ]


async def test_news_of_an_alert_does_not_come_into_a_covered_chat(town: Town) -> None:
    """ "Mina has seen it" would be read by whoever holds the phone; also of an alert from before."""
    mina = await town.contact()
    leyla = await town.resident(contacts=(mina,))
    await town.happen(leyla, Pressed("someone"))
    known, person = await town.known(leyla), await town.person(leyla)
    covered = replace(person, lock=Lock(b"salt", own=b"x" * 32, covered=True))
    await town.run(people.save_person, known.box, covered, NOW)
    before = len(await town.outbox(leyla))
    await town.happen(mina, HAVE_IT)
    assert len(await town.outbox(leyla)) == before
    await town.run(people.save_person, known.box, replace(covered, lock=None), NOW)
    await town.happen(mina, Wrote("not reached", Word.NOT_REACHED))
    assert len(await town.outbox(leyla)) == before + 1


# --- how it comes, and how long it stands ---


async def _sends(town: Town, person: int) -> list[Send]:
    return [each for each in await town.outbox(person) if isinstance(each, Send)]


async def test_her_choice_of_silence_and_protection_holds_for_all_she_is_sent(town: Town) -> None:
    """Answers, questions that come by themselves, long texts, pictures and files."""
    leyla = await town.resident(silent=True, protected=True)
    await town.happen(leyla, Pressed("p:where"))
    await town.happen(leyla, Wrote("help", Word.HELP))
    await town.happen(leyla, TimerFell(Timer.CHECK_IN, NOW))
    await _file_comes(town, leyla)
    sent = [each for each in await town.outbox(leyla) if isinstance(each, Send | Picture | Forwarded)]
    assert {type(each) for each in sent} == {Send, Picture, Forwarded}
    assert all(each.silent and each.protect for each in sent)


async def _file_comes(town: Town, person: int) -> None:
    def work(db: sqlite3.Connection) -> None:
        known = people.get(db, town.house.keyring, person)
        speaking = Speaking(Transaction(db, town.house, NOW, Ordered()))
        speaking.send_file(SendFile("photo", "f", "jpg", plain("x"), 1), Turn(known, known.person, None))

    await town.run(work)


async def test_words_that_may_save_her_life_are_heard(town: Town) -> None:
    """She chose silence for check-ins, not for the moment in which she is answered."""
    leyla = await town.resident(silent=True)
    await town.happen(leyla, Pressed("someone"))
    assert not (await _sends(town, leyla))[0].silent


async def test_the_choice_of_one_is_not_the_choice_of_others(town: Town) -> None:
    """An alert rings whatever the resident wants on her own phone."""
    mina = await town.contact()
    leyla = await town.resident(contacts=(mina,), silent=True, protected=True)
    await town.happen(leyla, Pressed("someone"))
    assert not any(each.silent or each.protect for each in await _sends(town, mina))


async def test_only_what_stays_carries_the_keyboard_below_her_input_line(town: Town) -> None:
    """A phone forgets the keyboard with the message that brought it."""
    leyla = await town.resident()
    for event in (
        Wrote("help", Word.HELP),
        Pressed("someone"),
        Wrote("x", Word.RESUME),
        Wrote("hide", Word.HIDE),
    ):
        await town.happen(leyla, event)
    rows = await town.run(
        lambda db: db.execute("SELECT id, lasts FROM outbox WHERE state = 'pending'").fetchall()
    )
    contents = [(await _opened(town, row), lasts) for row, lasts in rows]
    carrying = [
        lasts for each, lasts in contents if isinstance(each, Send) and each.reply_keyboard is not None
    ]
    assert carrying == [None]


async def _opened(town: Town, row: int) -> Outgoing:
    return decode(await town.run(outbox.content, town.house.keyring, row))


async def test_without_buttons_below_the_keyboard_is_taken_away(town: Town) -> None:
    """Its words are read by whoever takes the phone; what they do, she can write."""
    leyla = await town.resident()
    await town.happen(leyla, Pressed("chat:bare:on"))
    assert [each.reply_keyboard for each in await _sends(town, leyla)][-1] == ()
    await town.happen(leyla, Pressed("chat:bare:off"))
    assert [each.reply_keyboard for each in await _sends(town, leyla)][-1]


async def test_an_old_message_gets_no_new_words(town: Town) -> None:
    """After 48 hours they could not be deleted any more, whoever sees them."""
    leyla = await town.resident()
    old, fresh = NOW - vanishing.LONGEST, NOW - vanishing.LONGEST + timedelta(minutes=1)
    for date in (old, fresh):
        await town.take(_pressed(town, date))
    kinds = [type(each) for each in await town.outbox(leyla) if not isinstance(each, AnswerPress)]
    assert kinds == [Send, Edit]
    assert await town.cell("SELECT lasts FROM outbox WHERE purpose = 'edit'") == 60_000


def _pressed(town: Town, sent_at: datetime) -> bytes:
    message = {"message_id": 5, "date": int(sent_at.timestamp()), "chat": {"id": 11, "type": "private"}}
    sender = {"id": 11, "language_code": "en"}
    return town.update(callback_query={"id": "1", "from": sender, "message": message, "data": "chat"})


async def test_what_vanishes_brings_no_keyboard_to_her_and_does_to_a_helper(town: Town) -> None:
    """Whatever somebody orders: hers would go with it, a helper's comes again with the next line of a talk."""
    leyla, mina = await town.resident(), await town.contact()

    def work(db: sqlite3.Connection) -> None:
        for each in (leyla, mina):
            known = people.get(db, town.house.keyring, each)
            speaking = Speaking(Transaction(db, town.house, NOW, Ordered()))
            speaking.say(Say((plain("x"),), menu=True), Turn(known, known.person, None))

    await town.run(work)
    assert [each.reply_keyboard for each in await _sends(town, leyla)] == [None]
    assert [each.reply_keyboard for each in await _sends(town, mina)] == [()]
