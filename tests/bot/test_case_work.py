"""Cases are begun, told, taken on and taken back, all in one transaction."""

import sqlite3
from datetime import timedelta

import pytest

from bot.carrying import Carrier
from bot.ordering import Ordered
from bot.outgoing import Send, Unbutton
from dialogs import helper_texts
from dialogs.alert import Acknowledged, Track
from dialogs.events import Pressed, Wrote
from dialogs.people import Role
from dialogs.text import _
from dialogs.words import Word
from storage import alerts, channels, outbox, people, rings
from tests.bot.town import NOW, Town

HOUR = timedelta(hours=1)
HAVE_IT = Wrote("I have it", Word.HAVE_IT)


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


async def test_only_a_residents_case_is_begun_anew(town: Town) -> None:
    """There is no case about a contact person."""
    mina = await town.known(await town.contact())
    with pytest.raises(people.PersonUnreadable):
        await town.run(lambda db: Carrier(db, town.house, NOW, Ordered()).begin_anew(mina, 1, 2, ()))


# --- what was typed or pressed ---


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


async def test_a_coordinator_takes_over_what_she_was_not_told_about(town: Town) -> None:
    """By word as by button, but never by guessing: she is asked which one, also where there is one."""
    mina, karin = await town.contact(), await town.contact("Karin", 23, Role.COORDINATOR)
    await _in_need(town, mina, "Leyla", 11)
    await town.happen(mina, HAVE_IT)
    await town.happen(karin, Wrote("take over", Word.TAKE_OVER))
    asked = (await town.outbox(karin))[-1]
    assert isinstance(asked, Send)
    assert [button.data for row in asked.buttons for button in row] == ["al:1:1:over"]
    assert (await town.alert(1)).holder == mina
    await town.happen(karin, Pressed("al:1:1:over"))
    assert (await town.alert(1)).holder == karin


async def test_a_contact_person_takes_over_only_what_she_was_told_about(town: Town) -> None:
    """Another resident's case is none of hers."""
    mina, josef = await town.contact(), await town.contact("Josef", 22)
    await _in_need(town, mina, "Leyla", 11)
    await town.happen(josef, Wrote("take over", Word.TAKE_OVER))
    assert await town.texts(josef) == [town.say(helper_texts.no_case()[0])]


async def _in_need(town: Town, contact: int, name: str, chat: int) -> int:
    resident = await town.resident(name, chat, contacts=(contact,))
    await town.happen(resident, Pressed("someone"))
    return resident


async def test_a_damaged_resident_does_not_silence_others_cases(town: Town) -> None:
    """Mina's "I have it" is about Leyla, whatever has become of Reza's row."""
    mina, josef = await town.contact(), await town.contact("Josef", 22)
    await _in_need(town, mina, "Leyla", 11)
    reza = await _in_need(town, josef, "Reza", 12)
    await town.damage(reza)
    await town.happen(mina, HAVE_IT)
    assert (await town.alert(1)).holder == mina


# --- cases that are gone ---


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
