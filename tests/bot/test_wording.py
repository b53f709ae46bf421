"""What a message says about itself, in its reader's language and by her clock."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.outgoing import Send, SetCommands
from bot.translating import BETWEEN
from bot.wording import Wording
from dialogs import alert_texts, menu
from dialogs.effects import Purpose, Say
from dialogs.events import Pressed, Timer, Wrote
from dialogs.screen import Button
from dialogs.text import plain
from dialogs.words import LABELS, Word
from storage import timers
from tests.bot.town import NOW, Town, texts
from tests.dialogs.near_examples import described

HOUR = timedelta(hours=1)
HAVE_IT = Wrote("I have it", Word.HAVE_IT)


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


async def test_the_menu_names_places_where_there_are_any(town: Town) -> None:
    """A command that leads nowhere is none."""
    leyla = await town.resident()
    await town.happen(leyla, Pressed("l:en"))
    town.house = replace(town.house, knowledge=replace(town.house.knowledge, near=described()))
    await town.happen(leyla, Pressed("l:en"))
    menus = [each for each in await town.outbox(leyla) if isinstance(each, SetCommands)]
    assert [any(name == "near" for name, _text in each.commands) for each in menus] == [False, True]


@pytest.mark.parametrize(("locale", "first"), [("sv", 0), ("ar", -1), ("fa", -1), ("ti", 0)])
async def test_buttons_stand_in_the_reading_order(town: Town, locale: str, first: int) -> None:
    """Telegram lays every row from the left; who reads from the right finds the first one there."""
    person = replace(await town.person(await town.resident()), locale=locale)
    wording = Wording(replace(town.house, translator=texts().translator), NOW)
    two = (Button(plain("one"), "d:1"), Button(plain("two"), "d:2"))
    laid, offered = wording.buttons((two,), person)
    assert laid[0][first].data == "d:1"
    assert [data for _label, data in offered] == ["d:1", "d:2"], "what is typed is looked up in our order"
    keyboard, _offered = wording.reply_keyboard(person)
    guides = texts().translator.message(LABELS[Word.GUIDES], wording.reader(person))
    assert keyboard[0][first] == guides


async def test_an_answer_to_a_press_has_one_language(town: Town) -> None:
    """Telegram takes 200 characters there."""
    person = replace(await town.person(await town.resident()), locale="ar", below="sv")
    wording = Wording(replace(town.house, translator=texts().translator), NOW)
    text = (menu.old_button(),)
    assert BETWEEN not in wording.text(text, person)
    assert BETWEEN in wording.pieces(Say(text), person)[0]
    assert BETWEEN not in wording.pieces(Say(text, purpose=Purpose.RELAY), person)[0]
