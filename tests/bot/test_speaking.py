"""What is said becomes messages in the outbox, and a press is answered."""

from dataclasses import replace

from bot.ordering import Ordered
from bot.outgoing import AnswerPress, Edit, Outgoing, Send, SetCommands
from dialogs import helper_screens, menu
from dialogs.events import Pressed, Wrote
from dialogs.lock import Lock
from dialogs.people import CheckIn
from dialogs.words import Word
from storage import people
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
