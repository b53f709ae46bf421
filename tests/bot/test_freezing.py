"""Freezing: not a word into the chat, whoever orders it, and everything else goes on."""

import asyncio
from datetime import timedelta

import pytest

from bot import mending
from bot.carrying import Carrier
from bot.freezing import NoSuchResident, freeze, unfreeze
from bot.handling import Handled
from bot.ordering import Ordered
from bot.outgoing import AnswerPress, Send
from bot.removing import remove
from dialogs import strangers
from dialogs.alert import Acknowledged, Track
from dialogs.effects import Purpose
from dialogs.events import CallPromised, ContactPersonLeft, Pressed, Wrote
from dialogs.people import Role
from dialogs.words import Word
from storage import alerts, notices, outbox
from tests.bot.town import NOW, StillDoor, Town, idle, sending

HELLO = strangers.hello().source


async def _town(town: Town) -> tuple[int, int, int]:
    mina, josef = await town.contact(), await town.contact("Josef", 22)
    karin = await town.contact("Karin", 23, Role.COORDINATOR)
    leyla = await town.resident(contacts=(mina, josef))
    return mina, karin, leyla


async def _freeze(town: Town, leyla: int) -> bool:
    return await town.run(freeze, town.house, leyla, NOW, None)


def _loose(handled: Handled) -> list[str]:
    return [each.text for each in handled.ordered.loose if isinstance(each, Send)]


async def test_her_contact_persons_are_told_and_it_is_noted(town: Town) -> None:
    """All of them; the notice stays open and reminds the coordinators each day."""
    mina, karin, leyla = await _town(town)
    assert await _freeze(town, leyla)
    assert any("may be in other hands" in text for text in await town.texts(mina))
    assert await town.notices() == [("person-frozen", f"person:{leyla}")]
    for day in range(3):
        await town.run(town.handler.tell_notices, NOW + timedelta(days=day))
    assert sum("One chat is frozen" in text for text in await town.texts(karin)) == 3
    assert await town.outbox(leyla) == []


async def test_what_waited_for_her_is_not_sent(town: Town) -> None:
    """Also what was under way and comes back."""
    _mina, _karin, leyla = await _town(town)
    waiting = await town.letter(leyla, "waits")
    flying = await town.letter(leyla, "flies", Purpose.NOTE)
    await town.run(outbox.claim, [flying.id])
    await _freeze(town, leyla)
    await town.run(outbox.put_back, flying.id, NOW, repeat=True, attempts=1)
    assert [await town.state(each.id) for each in (waiting, flying)] == ["dropped", "dropped"]


async def test_a_sender_that_held_it_in_memory_lets_it_go(town: Town) -> None:
    """The desk is another process: the running bot finds the row gone."""
    _mina, _karin, leyla = await _town(town)
    door = StillDoor()
    sender = town.sender(door)
    await town.letter(leyla, "waits")
    await sender.recover()
    await _freeze(town, leyla)
    async with sending(sender):
        await idle(sender)
    assert "waits" not in door.texts


async def test_whoever_writes_there_hears_what_strangers_hear(town: Town) -> None:
    """The same words, in no table; a press only stops waiting."""
    _mina, _karin, leyla = await _town(town)
    await _freeze(town, leyla)
    for raw in (town.text(11, "hello"), town.text(11, "/start"), town.text(11, "settings")):
        assert _loose(await town.take(raw)) == [HELLO]
    assert _loose(await town.take(town.press(11, "p:mydata"))) == [HELLO]
    assert await town.outbox(leyla) == [AnswerPress("press-103", None)]
    assert await town.exists(leyla)


async def test_a_case_about_her_goes_on_without_a_word_to_her(town: Town) -> None:
    """From that chat, or one that was open: told, taken on, closed."""
    mina, _karin, leyla = await _town(town)
    await town.happen(leyla, Wrote("someone", Word.SOMEONE))
    before = await town.texts(leyla)
    assert before
    await _freeze(town, leyla)
    await town.take(town.text(11, "someone"))
    case = await town.alert(1)
    assert "covert" in case.reasons
    assert any("get in touch another way" in text for text in await town.texts(mina))

    def act(db: object) -> None:
        Carrier(db, town.house, NOW, Ordered()).alert_happens(1, Acknowledged(mina))  # type: ignore[arg-type]

    await town.run(act)
    assert (await town.alert(1)).holder == mina
    assert await town.texts(leyla) == []


async def test_nobody_writes_or_promises_a_call_there(town: Town) -> None:
    """A letter or a time would be read by whoever holds the phone."""
    mina, _karin, leyla = await _town(town)
    await _freeze(town, leyla)
    await town.happen(mina, Pressed(f"tk:with:{leyla}"))
    await town.happen(mina, Pressed(f"cl:for:{leyla}"))
    await town.happen(mina, Pressed(f"cl:in:{leyla}:60"))
    assert (await town.person(mina)).calls == ()
    await town.happen(leyla, CallPromised(mina, "Mina", NOW + timedelta(hours=3)))
    await town.happen(leyla, ContactPersonLeft(mina))
    assert await town.texts(leyla) == []
    assert await town.cell("SELECT count(*) FROM talks") == 0


async def test_a_mistake_of_ours_says_no_more_than_that(torn_town: Town) -> None:
    """What cannot be handled is answered too, and there as a stranger is."""
    mina = await torn_town.contact()
    leyla = await torn_town.resident(contacts=(mina,))
    await _freeze(torn_town, leyla)
    assert _loose(await torn_town.take(torn_town.text(11, "torn"))) == [HELLO]


async def test_a_case_out_of_a_mistake_of_ours_says_that_another_may_be_reading(torn_town: Town) -> None:
    """Nobody is told that she knows of it."""
    mina = await torn_town.contact()
    leyla = await torn_town.resident(contacts=(mina,))
    await _freeze(torn_town, leyla)
    await torn_town.run(alerts.raise_unwritten, leyla, Track.URGENT, 2, NOW, NOW)
    await torn_town.run(torn_town.handler.due, NOW, 10)
    assert (await torn_town.alert(1)).reasons == ("unread", "covert")
    assert any("does not know that I tell you this" in text for text in await torn_town.texts(mina))


async def test_unfreezing_gives_it_back(town: Town) -> None:
    """She hears one gentle line; the notice ends, and both are in the audit."""
    _mina, _karin, leyla = await _town(town)
    await _freeze(town, leyla)
    assert await town.run(unfreeze, town.house, leyla, NOW, None)
    assert not await town.run(unfreeze, town.house, leyla, NOW, None)
    (said,) = await town.texts(leyla)
    assert said.startswith("Hello. I am here for you as before.")
    assert await town.notices() == []
    assert [row[0] for row in await town.run(lambda db: db.execute("SELECT did FROM audit").fetchall())] == [
        "person-frozen",
        "person-unfrozen",
    ]
    await town.take(town.text(11, "help"))
    assert len(await town.texts(leyla)) > 1


async def test_two_at_once_freeze_once(town: Town) -> None:
    """Two coordinators, one theft: one note to each contact person."""
    mina, _karin, leyla = await _town(town)
    await asyncio.gather(_freeze(town, leyla), _freeze(town, leyla))
    assert sum("may be in other hands" in text for text in await town.texts(mina)) == 1


async def test_the_notice_ends_with_the_resident(town: Town) -> None:
    """A chat that is gone is not frozen any more."""
    _mina, _karin, leyla = await _town(town)
    await _freeze(town, leyla)
    (notice,) = await town.run(notices.open_notices)

    def look(db: object) -> None:
        mending.look_again(db, town.house, notice, NOW, Carrier(db, town.house, NOW, Ordered()))  # type: ignore[arg-type]

    await town.run(look)
    assert len(await town.notices()) == 1
    await town.write("DELETE FROM people WHERE id = ?", leyla)
    await town.run(look)
    assert await town.notices() == []


async def test_only_residents_are_frozen(town: Town) -> None:
    """A helper is removed; who cannot be read is mended first."""
    mina, _karin, leyla = await _town(town)
    await town.damage(leyla)
    for number in (mina, leyla, 77):
        with pytest.raises(NoSuchResident):
            await _freeze(town, number)


async def test_a_contact_person_who_is_removed_meanwhile_is_no_message_to_her(town: Town) -> None:
    """Her lists change; her chat stays still."""
    mina, _karin, leyla = await _town(town)
    await _freeze(town, leyla)
    await town.run(remove, town.house, mina, NOW, None)
    assert [each.name for each in (await town.person(leyla)).contacts] == ["Josef"]
    assert await town.texts(leyla) == []
    assert await town.run(alerts.open_alerts) == []
