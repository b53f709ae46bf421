"""What a decision orders becomes rows, all in one transaction."""

from datetime import timedelta

from bot.carrying import Carrier
from bot.ordering import Ordered
from bot.outgoing import AnswerPress, Edit
from dialogs import menu
from dialogs.effects import Say
from dialogs.events import Timer, TimerFell, Wrote
from dialogs.words import Word
from storage import timers
from tests.bot.town import NOW, Town

HOUR = timedelta(hours=1)
HAVE_IT = Wrote("I have it", Word.HAVE_IT)


async def test_the_next_moment_is_a_row(town: Town) -> None:
    """What is only in memory is gone after a restart."""
    leyla = await town.resident()
    await town.happen(leyla, TimerFell(Timer.CHECK_IN, NOW))
    kinds = {each.kind for each in await town.run(timers.of_person, leyla)}
    assert kinds == {Timer.CHECK_IN, Timer.REMINDER}


async def test_an_unchanged_person_is_not_written_again(town: Town) -> None:
    """Writing is what costs; most messages of a contact person change nothing."""
    mina = await town.contact()
    await town.happen(mina, HAVE_IT)
    assert await town.cell("SELECT changed_at FROM people WHERE id = ?", mina) == int(NOW.timestamp() * 1000)
    sealed = await town.cell("SELECT sealed_person FROM people WHERE id = ?", mina)
    await town.happen(mina, HAVE_IT, NOW + HOUR)
    assert await town.cell("SELECT sealed_person FROM people WHERE id = ?", mina) == sealed


async def test_saying_something_to_nobody_says_nothing(town: Town) -> None:
    """Without a decision there is nobody it could be meant for."""
    leyla = await town.resident()
    await town.run(lambda db: Carrier(db, town.house, NOW, Ordered()).say(Say((menu.old_button(),))))
    assert await town.outbox(leyla) == []


async def test_what_was_looked_up_for_a_press_stands_where_it_was_pressed(town: Town) -> None:
    """A screen of taps stays one message also where the answer needed a look into the tables."""
    mina = await town.contact()
    leyla = await town.resident("Linden", contacts=(mina,), sight=((mina, ("plan",)),))
    handled = await town.take(town.press(21, f"sp:{leyla}:new", message_id=55))
    edit, answer = [each.outgoing for each in handled.ordered.queued]
    assert isinstance(answer, AnswerPress)
    assert isinstance(edit, Edit)
    assert edit.message_id == 55
