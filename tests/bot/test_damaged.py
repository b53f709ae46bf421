"""An alert that does not open still reaches people, again and again, until somebody has mended or ended it."""

import logging
import sqlite3
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.damaged import CaseReadable, Fate, end_case, fate
from bot.handling import PUT_OFF_BY, Delivered
from bot.outgoing import Failure, Send
from bot.translating import Reader, Translator
from dialogs import escalation
from dialogs.alert import Alert, AlertState, Track
from dialogs.events import Pressed, Wrote
from dialogs.people import Agreed, Contact, Role
from dialogs.text import Text
from dialogs.words import Word
from storage import alerts, channels, links, outbox, people
from storage.alerts import AlertNotFound
from tests.bot.town import EVERYWHERE, NOW, Town

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


@dataclass
class Case:
    """Leyla has asked for somebody: case 1. Mina and Josef are there for her, Karin coordinates."""

    town: Town
    leyla: int
    mina: int
    josef: int
    karin: int

    async def due(self, now: datetime) -> None:
        """A look at the clock, until nothing is due."""
        while (await self.town.run(self.town.handler.due, now, 100)).done:
            pass

    async def tellings(self, person: int) -> list[str]:
        """What waits to be sent to her about a case that does not open."""
        return [text for text in await self.town.texts(person) if "what this is about" in text]

    async def times_told(self, person: int) -> int:
        """How often."""
        query = "SELECT count(*) FROM outbox WHERE person_id = ? AND purpose = 'alert' AND step = 0"
        return int(await self.town.cell(query, person))


@pytest.fixture
async def case(town: Town) -> Case:
    """Her alert is raised, and its first telling waits to be sent."""
    mina, josef = await town.contact(), await town.contact("Josef", 22)
    karin = await town.contact("Karin", 23, Role.COORDINATOR)
    leyla = await town.resident(contacts=(mina, josef))
    await town.happen(leyla, Pressed("someone"))
    return Case(town, leyla, mina, josef, karin)


async def test_everybody_is_told_what_can_be_told(case: Case) -> None:
    """An alert that reaches nobody is the worst there is; that there is one stands in the clear."""
    await case.town.damage_alert(1)
    await case.due(NOW + HOUR)
    for person in (case.mina, case.josef):
        (text,) = await case.tellings(person)
        assert text.startswith("🟠 Case 1: urgent. Please read this now.\n\nI cannot read what this is about")
        assert "Please get in touch with everybody you have agreed to be there for." in text
        assert "Leyla" not in text
    (text,) = await case.tellings(case.karin)
    assert f"It is about resident number {case.leyla}." in text
    assert "these contact persons to get in touch: Mina and Josef." in text
    rows = await case.town.run(outbox.waiting, 10)
    assert {(each.purpose, each.priority) for each in rows if not each.step and each.alert_id} == {
        ("alert", 0)
    }
    assert await case.town.notices() == [("alert-unreadable", "alert:1")]


async def test_a_damaged_resident_is_told_of_the_same_way(case: Case) -> None:
    """Without her key nothing opens, but who is there for her stands in the clear."""
    await case.town.damage(case.leyla)
    await case.due(NOW + HOUR)
    for person in (case.mina, case.josef, case.karin):
        assert len(await case.tellings(person)) == 1
    assert await case.town.notices() == [
        ("alert-unreadable", "alert:1"),
        ("person-unreadable", f"person:{case.leyla}"),
    ]


@pytest.mark.parametrize(("level", "pace"), [(3, 10 * MINUTE), (2, HOUR), (1, 24 * HOUR)])
async def test_it_is_told_again_at_the_pace_of_its_level(case: Case, level: int, pace: timedelta) -> None:
    """Nobody can take it on, so nobody's answer stops it; and it is looked at more often than told."""
    await case.town.write("UPDATE alerts SET level = ?", level)
    await case.town.damage_alert(1)
    begin = NOW + HOUR
    for step in range(2 * pace // PUT_OFF_BY + 1):
        await case.due(begin + step * PUT_OFF_BY)
    assert await case.times_told(case.mina) == 3
    await case.due(begin + 2 * pace + PUT_OFF_BY - MINUTE)
    assert await case.times_told(case.mina) == 3


async def test_what_could_not_be_sent_is_replaced_and_not_piled_up(case: Case) -> None:
    """After a night without Telegram one such message is enough."""
    await case.town.damage_alert(1)
    for hours in range(1, 9):
        await case.due(NOW + hours * HOUR)
    assert await case.times_told(case.mina) == 8
    assert len(await case.tellings(case.mina)) == 1


async def test_only_who_was_agreed_to_is_told(case: Case) -> None:
    """A proposal she has not said yes to stays a proposal."""
    stranger = await case.town.contact("Sara", 24)
    await case.town.run(links.propose, case.leyla, stranger, 5)
    await case.town.damage_alert(1)
    await case.due(NOW + HOUR)
    assert await case.times_told(stranger) == 0


async def test_a_damaged_contact_person_keeps_it_from_nobody(case: Case) -> None:
    """Two bad rows at once are what a bad disk makes."""
    await case.town.damage_alert(1)
    await case.town.damage(case.mina)
    await case.due(NOW + HOUR)
    assert await case.times_told(case.mina) == 0
    assert len(await case.tellings(case.josef)) == 1
    (text,) = await case.tellings(case.karin)
    assert "to get in touch: Josef." in text


async def test_a_contact_person_who_coordinates_is_told_once(case: Case) -> None:
    """As a contact person: she has agreed to be there."""
    await case.town.run(links.propose, case.leyla, case.karin, 5)
    await case.town.run(links.agree, case.leyla, (case.mina, case.karin))
    await case.town.damage_alert(1)
    await case.due(NOW + HOUR)
    (text,) = await case.tellings(case.karin)
    assert "you are a contact person for" in text


class TornTranslator(Translator):
    """Fails on whatever Josef reads."""

    def text(self, text: Text, reader: Reader) -> str:
        if reader.locale == "torn":
            raise ValueError("a translation is torn")
        return super().text(text, reader)


async def test_one_text_that_cannot_be_made_keeps_it_from_nobody_else(case: Case) -> None:
    """A bad catalogue is one reader's trouble."""
    town = case.town

    def torn(db: sqlite3.Connection) -> None:
        known = people.get(db, town.house.keyring, case.josef)
        assert isinstance(known.person, Contact)
        people.save_person(db, known.box, replace(known.person, locale="torn"), NOW)

    await town.run(torn)
    house = replace(town.house, translator=TornTranslator(("en",), "en", EVERYWHERE))
    town.handler = type(town.handler)(house)
    await town.damage_alert(1)
    await case.due(NOW + HOUR)
    assert [await case.times_told(each) for each in (case.mina, case.josef, case.karin)] == [1, 0, 1]


async def test_nobody_to_tell_is_said_and_looked_at_again(
    town: Town, caplog: pytest.LogCaptureFixture
) -> None:
    """Whoever reads the log must see it."""
    leyla = await town.resident()
    await town.happen(leyla, Pressed("someone"))
    await town.damage_alert(1)
    await town.run(town.handler.due, NOW + HOUR, 100)
    assert "nobody can be told" in caplog.text
    assert [each.next_step_at for each in await town.run(alerts.open_alerts)] == [NOW + HOUR + PUT_OFF_BY]


async def test_a_telling_that_cannot_arrive_marks_who_cannot_be_reached(case: Case) -> None:
    """It has no step, so it moves no case; but that Mina blocked the bot is news."""
    await case.town.damage_alert(1)
    await case.due(NOW + HOUR)
    telling = next(
        each
        for each in await case.town.run(outbox.waiting, 20)
        if each.person_id == case.mina and not each.step
    )
    refused = Delivered(telling.id, case.mina, "alert", 1, 0, failure=Failure.BLOCKED)
    handled = await case.town.run(case.town.handler.settle, [refused], NOW + HOUR)
    assert handled.failed == 0
    assert not (await case.town.known(case.mina)).reachable


# --- mended ---


async def test_a_mended_alert_goes_on_and_those_told_hear_so(case: Case) -> None:
    """What follows is an ordinary telling, and what was damaged is no longer in sight."""
    whole = await case.town.cell("SELECT sealed_alert FROM alerts")
    await case.town.damage_alert(1)
    await case.due(NOW + HOUR)
    await case.town.write("UPDATE alerts SET sealed_alert = ?", whole)
    await case.due(NOW + HOUR + PUT_OFF_BY)
    assert await case.town.notices() == []
    assert (await case.town.alert(1)).step == 2, "the next person is told, as if nothing had been"
    for person in (case.mina, case.josef, case.karin):
        texts = await case.town.texts(person)
        assert "Case 1: I can read it again, and go on as usual." in texts
    await case.due(NOW + 2 * HOUR)
    again = [text for text in await case.town.texts(case.mina) if "read it again" in text]
    assert len(again) == 1, "said once"


async def test_an_alert_that_handling_fails_on_is_told_as_well(
    case: Case, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A mistake of ours must not be what an alert ends in; it is tried again every ten minutes."""

    def torn(*_arguments: Any, **_values: Any) -> None:
        raise RuntimeError("a mistake of ours")

    with monkeypatch.context() as broken:
        broken.setattr(escalation, "decide", torn)
        await case.due(NOW + HOUR)
    (text,) = await case.tellings(case.mina)
    assert "I cannot say what this is about: something in me has failed." in text
    assert await case.town.notices() == [("record-failed", "alert:1")]
    assert ("alert:1", "RuntimeError") in [
        (getattr(each, "about", None), getattr(each, "error", None)) for each in caplog.records
    ]
    await case.due(NOW + HOUR + PUT_OFF_BY)
    assert await case.town.notices() == []
    assert "Case 1: I can read it again, and go on as usual." in await case.town.texts(case.mina)


# --- what else can happen to her meanwhile ---


async def test_another_cry_begins_the_damaged_case_anew(case: Case) -> None:
    """It has a reason again, buttons, and its old number; that there was something before is said."""
    await case.town.damage_alert(1)
    await case.town.write("UPDATE alerts SET level = 3")
    ordered = await case.town.happen(case.leyla, Pressed("someone"), NOW + HOUR)
    alert = await case.town.alert(1)
    assert (alert.level, alert.state, alert.step) == (3, AlertState.RAISED, 2)
    telling = next(each.outgoing for each in ordered.queued if each.step)
    assert isinstance(telling, Send)
    assert telling.buttons
    assert "Leyla asked for somebody." in telling.text
    assert "something about Leyla that I could not read" in telling.text


async def test_her_answer_is_taken_in_although_her_quiet_case_is_damaged(case: Case) -> None:
    """What is broken is about her, and must not be in her way."""
    town = case.town

    def quiet(db: sqlite3.Connection) -> int:
        box = people.get(db, town.house.keyring, case.leyla).box
        alert = Alert(0, case.leyla, "Leyla", Track.QUIET, 1, ("silence:2",), NOW, NOW + 9 * HOUR)
        return alerts.insert(db, box, alert).id

    number = await town.run(quiet)
    await town.damage_alert(number)
    await town.take(town.press(11, "ci:now"))
    handled = await town.take(town.press(11, f"ci:{NOW:%Y%m%d}:x1800:4"))
    assert handled.failed == 0
    assert (await town.person(case.leyla)).check_in.stage == "done"
    steps = {each.id: each.next_step_at for each in await town.run(alerts.open_alerts)}
    assert steps[number] == NOW


@pytest.mark.parametrize("whose", ["alert", "resident"])
async def test_an_answer_to_a_damaged_case_is_answered_and_the_case_looked_at(case: Case, whose: str) -> None:
    """Mina presses "I have it": it cannot be noted, and she must not believe it was."""
    town = case.town
    await town.write("UPDATE alerts SET next_step_at = ?", int((NOW + 9 * HOUR).timestamp() * 1000))
    await (town.damage_alert(1) if whose == "alert" else town.damage(case.leyla))
    handled = await town.take(town.press(21, "al:1:1:have"))
    assert handled.failed == 0
    text = (await town.texts(case.mina))[-1]
    assert text.startswith("I could not note your answer: my record of case 1 is damaged.")
    await case.due(NOW)
    assert await case.times_told(case.josef) == 1


async def test_a_contact_persons_other_cases_go_on(case: Case) -> None:
    """Typed words are about the case that opens."""
    town = case.town
    reza = await town.resident("Reza", 12, contacts=(case.mina,))
    await town.happen(reza, Pressed("someone"))
    await town.damage_alert(1)
    await town.happen(case.mina, Wrote("I have it", Word.HAVE_IT))
    assert (await town.alert(2)).holder == case.mina


async def test_a_case_whose_clear_columns_are_wrong_is_not_due_for_ever(case: Case) -> None:
    """Its record says that it is closed: the columns are put right, and the look ends."""
    alert = replace(await case.town.alert(1), state=AlertState.CLOSED, next_step_at=None, closed_at=NOW)

    def close(db: sqlite3.Connection) -> None:
        alerts.save(db, people.get(db, case.town.house.keyring, case.leyla).box, alert)
        db.execute("UPDATE alerts SET state = 'raised', next_step_at = 1")

    await case.town.run(close)
    await case.due(NOW + HOUR)
    assert await case.town.run(alerts.open_alerts) == []


# --- ended by an operator ---


async def test_an_operator_ends_only_what_does_not_open(case: Case) -> None:
    """Whoever sits at the machine must not be able to end a cry for help that people can read."""
    town = case.town
    with pytest.raises(CaseReadable, match="case 1 can be read: only its contact persons end it"):
        await town.run(end_case, town.house, 1, NOW)
    with pytest.raises(AlertNotFound):
        await town.run(end_case, town.house, 9, NOW)
    await town.damage_alert(1)
    await case.due(NOW + HOUR)
    assert await town.run(end_case, town.house, 1, NOW + HOUR)
    assert not await town.run(end_case, town.house, 1, NOW + HOUR)
    await case.due(NOW + 9 * HOUR)
    assert await case.times_told(case.mina) == 1
    assert await case.tellings(case.mina) == [], "what had not left is dropped"


async def test_an_operator_may_end_what_handling_fails_on(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No contact person can: their answers fail as well."""

    def torn(*_arguments: Any, **_values: Any) -> None:
        raise RuntimeError("a mistake of ours")

    monkeypatch.setattr(escalation, "decide", torn)
    await case.due(NOW + HOUR)
    assert await case.town.run(end_case, case.town.house, 1, NOW + HOUR)
    assert await case.town.run(fate, case.town.house, 1) is Fate.ENDED


async def test_the_log_names_numbers_and_kinds(case: Case, caplog: pytest.LogCaptureFixture) -> None:
    """Whoever reads it learns which record, and nothing about anybody."""
    with caplog.at_level(logging.DEBUG, "bot"):
        await case.town.damage(case.leyla)
        await case.due(NOW + HOUR)
    assert "PersonUnreadable" in caplog.text
    assert not any(name in caplog.text for name in ("Leyla", "Mina", "Josef", "Karin"))


async def test_names_of_those_who_agreed_are_the_ones_she_knows(town: Town) -> None:
    """A contact person who was invited and has not come cannot be told, and is not named as asked."""
    mina = await town.contact()
    karin = await town.contact("Karin", 23, Role.COORDINATOR)
    leyla = await town.resident(contacts=(mina,), proposed=(Agreed(9, "Sara"),))
    await town.happen(leyla, Pressed("someone"))
    await town.write("UPDATE people SET chat_hash = NULL, sealed_chat = NULL WHERE id = ?", mina)
    await town.damage_alert(1)
    await town.run(town.handler.due, NOW + HOUR, 100)
    (text,) = [text for text in await town.texts(karin) if "what this is about" in text]
    assert "I could not ask any contact person." in text


async def test_second_channels_ring_about_it_until_it_is_ended(case: Case) -> None:
    """A number and "open the app": it must not hang on Telegram alone."""
    town = case.town

    def add(db: sqlite3.Connection) -> None:
        box = people.get(db, town.house.keyring, case.mina).box
        channels.add(db, box, case.mina, "json://gateway.example", NOW)

    await town.run(add)
    await town.damage_alert(1)
    await case.due(NOW + HOUR)
    assert await town.cell("SELECT count(*) FROM rings WHERE alert_id = 1 AND state = 'pending'") == 1
    await town.run(end_case, town.house, 1, NOW + HOUR)
    assert await town.cell("SELECT count(*) FROM rings WHERE alert_id = 1 AND state = 'pending'") == 0
