"""Whoever wrote what could not be handled hears something, and a cry for somebody is not swallowed."""

import logging
from datetime import datetime, timedelta

import pytest

from bot.damaged import end_case
from bot.inviting import invite
from bot.outgoing import AnswerPress, Outgoing, Send
from dialogs import menu
from dialogs.alert import Track
from dialogs.people import Resident, Role
from storage import alerts, set_aside
from tests.bot.town import NOW, Town

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


def texts(loose: list[Outgoing]) -> list[str]:
    return [each.text for each in loose if isinstance(each, Send)]


async def wrote(town: Town, *raws: bytes, now: datetime = NOW) -> list[Outgoing]:
    """What is sent outside the tables; each of these updates fails."""
    handled = await town.take(*raws, now=now)
    assert handled.failed == len(raws)
    return handled.ordered.loose


async def look(town: Town, now: datetime) -> None:
    while (await town.run(town.handler.due, now, 100)).done:
        pass


async def times_told(town: Town, person: int) -> int:
    query = "SELECT count(*) FROM outbox WHERE person_id = ? AND purpose = 'alert' AND step = 0"
    return int(await town.cell(query, person))


# --- her row does not open ---


async def test_a_resident_whose_page_does_not_open_hears_where_help_is(town: Town) -> None:
    """In the language of her phone: hers stands on the page."""
    mina = await town.contact()
    leyla = await town.resident(contacts=(mina,))
    await town.damage(leyla)
    (text,) = texts(await wrote(town, town.text(11, "I need someone")))
    assert text.startswith("I cannot open your page right now.\n\n")
    assert "I am telling people who are there for you that you have written." in text
    assert "call 112" in text
    assert "116 016" in text
    assert await town.run(set_aside.count) == 1, "what she wrote is kept for whoever mends her page"
    assert await town.notices() == [("person-unreadable", f"person:{leyla}")]


async def test_people_are_told_that_she_wrote(town: Town) -> None:
    """Nobody can know what: it may have been a cry, so it is urgent, and it is a case with a number."""
    mina, karin = await town.contact(), await town.contact("Karin", 23, Role.COORDINATOR)
    leyla = await town.resident(contacts=(mina,))
    await town.damage(leyla)
    await wrote(town, town.text(11, "hello"))
    await look(town, NOW)
    (text,) = await town.texts(mina)
    assert text.startswith("🟠 Case 1: urgent.")
    assert "I cannot read what this is about" in text
    assert f"resident number {leyla}" in (await town.texts(karin))[0]
    (case,) = await town.run(alerts.open_alerts)
    assert (case.resident_id, case.track, case.level) == (leyla, Track.URGENT, 2)


async def test_they_are_told_at_most_once_an_hour_and_she_is_answered_each_time(town: Town) -> None:
    """Somebody in fear writes often; a hail of the same would not bring help sooner."""
    mina = await town.contact()
    leyla = await town.resident(contacts=(mina,))
    await town.damage(leyla)
    for minutes in range(0, 60, 5):
        now = NOW + minutes * MINUTE
        assert len(texts(await wrote(town, town.text(11, "hello"), now=now))) == 1
        await look(town, now)
        assert await times_told(town, mina) == 1
    await look(town, NOW + HOUR)
    assert await times_told(town, mina) == 2


async def test_a_case_an_operator_ended_does_not_make_it_faster(town: Town) -> None:
    """She writes again: people hear of it, an hour after they last did, and it is not lost until then."""
    mina = await town.contact()
    leyla = await town.resident(contacts=(mina,))
    await town.damage(leyla)
    await wrote(town, town.text(11, "hello"))
    await look(town, NOW)
    await town.run(end_case, town.house, 1, NOW)
    await wrote(town, town.text(11, "hello"), now=NOW + MINUTE)
    await look(town, NOW + MINUTE)
    assert await times_told(town, mina) == 1
    await look(town, NOW + HOUR)
    assert await times_told(town, mina) == 2


async def test_an_older_case_of_hers_is_told_at_once(town: Town) -> None:
    """Mina had it for eight hours when the page broke: what she writes now may be something else."""
    mina = await town.contact()
    leyla = await town.resident(contacts=(mina,))
    await town.take(town.press(11, "someone"))
    await town.write("UPDATE alerts SET next_step_at = next_step_at + 28800000")
    await town.damage(leyla)
    await wrote(town, town.text(11, "hello"))
    await look(town, NOW)
    assert await times_told(town, mina) == 1
    assert len(await town.run(alerts.open_alerts)) == 1


async def test_once_her_page_opens_again_the_case_is_an_ordinary_one(town: Town) -> None:
    """With her name, with buttons, and with what is not known said plainly."""
    mina = await town.contact()
    leyla = await town.resident(contacts=(mina,))
    whole = await town.cell("SELECT sealed_person FROM people WHERE id = ?", leyla)
    await town.damage(leyla)
    await wrote(town, town.text(11, "hello"))
    await look(town, NOW)
    await town.write("UPDATE people SET sealed_person = ? WHERE id = ?", whole, leyla)
    await look(town, NOW + 10 * MINUTE)
    alert = await town.alert(1)
    assert (alert.alias, alert.reasons, alert.step) == ("Leyla", ("unread",), 1)
    telling = next(each for each in await town.outbox(mina) if isinstance(each, Send) and each.buttons)
    assert "There is something about Leyla that I could not read or act upon." in telling.text
    assert "Case 1: I can read it again, and go on as usual." in await town.texts(mina)


async def test_nobody_is_promised_where_nobody_is(town: Town) -> None:
    """She is told what is true, and whom to call."""
    leyla = await town.resident()
    await town.damage(leyla)
    (text,) = texts(await wrote(town, town.text(11, "hello")))
    assert "I am telling" not in text
    assert "call 112" in text


async def test_a_press_of_hers_is_ended(town: Town) -> None:
    """The circle on the button must not turn for ever."""
    await town.damage(await town.resident())
    loose = await wrote(town, town.press(11, "someone"))
    assert [type(each) for each in loose] == [Send, AnswerPress]


@pytest.mark.parametrize("blocked", [True, False])
async def test_a_page_that_does_not_open_can_still_be_marked_as_out_of_reach(
    town: Town, blocked: bool
) -> None:
    """That stands in the clear; who blocked us cannot be answered, and asks for nothing."""
    leyla = await town.resident()
    await town.damage(leyla)
    assert await wrote(town, town.block(11, blocked)) == []
    assert await town.cell("SELECT reachable FROM people") == int(not blocked)
    assert await town.run(alerts.open_alerts) == []


async def test_a_contact_person_whose_page_does_not_open_hears_that_nothing_counts(town: Town) -> None:
    """Mina believes to have taken a case on; it goes on without her, and she is asked to help all the same."""
    mina = await town.contact()
    leyla = await town.resident(contacts=(mina,))
    await town.take(town.press(11, "someone"))
    await town.damage(mina)
    loose = await wrote(town, town.press(21, "al:1:1:have"))
    assert [type(each) for each in loose] == [Send, AnswerPress]
    assert "What you answered does not count." in texts(loose)[0]
    assert (await town.alert(1)).holder is None
    assert await town.notices() == [("person-unreadable", f"person:{mina}")]
    assert len(await town.run(alerts.open_alerts)) == 1
    assert leyla == (await town.alert(1)).resident


async def test_an_update_that_comes_again_is_answered_once(town: Town) -> None:
    """It is confirmed and remembered like any other."""
    await town.damage(await town.resident())
    raw = town.text(11, "hello")
    await wrote(town, raw)
    again = await town.take(raw)
    assert (again.failed, again.ordered.loose) == (0, [])


# --- her row opens, but handling fails ---


async def test_who_ran_into_a_mistake_of_ours_hears_so(torn_town: Town) -> None:
    """Silence would look like indifference; nothing is claimed to have happened."""
    mina = await torn_town.contact()
    await torn_town.resident(contacts=(mina,))
    (text,) = texts(await wrote(torn_town, torn_town.text(11, "torn and secret")))
    assert text.startswith("That did not work: something in me has failed. Nothing was changed.")
    assert "Write “someone” if you need a person." in text
    assert "secret" not in text
    assert await torn_town.run(alerts.open_alerts) == [], "words nobody could read alarm nobody"


@pytest.mark.parametrize("way", ["pressed", "typed"])
async def test_a_wish_for_somebody_survives_a_mistake_of_ours(
    town: Town, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    """It is the one thing that must not end in a log."""
    mina = await town.contact()
    await town.resident(contacts=(mina,))
    raw = town.press(11, "someone") if way == "pressed" else town.text(11, "I need someone")

    def torn(_resident: Resident) -> None:
        raise RuntimeError("a mistake of ours")

    with monkeypatch.context() as broken:
        broken.setattr(menu, "someone", torn)
        (text,) = texts(await wrote(town, raw))
    assert "I am telling people who are there for you that you have written." in text
    await look(town, NOW)
    assert (await town.alert(1)).reasons == ("unread",)
    telling = next(each for each in await town.outbox(mina) if isinstance(each, Send))
    assert telling.text.startswith("🟠 Case 1: urgent.")
    assert telling.buttons


async def test_a_case_that_is_underway_is_not_hurried_by_a_mistake_of_ours(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mina has it: her eight hours must not end because a button failed."""
    mina = await town.contact()
    await town.resident(contacts=(mina,))
    await town.take(town.press(11, "someone"), town.press(21, "al:1:1:have"))
    before = (await town.alert(1)).next_step_at

    def torn(_resident: Resident) -> None:
        raise RuntimeError("a mistake of ours")

    monkeypatch.setattr(menu, "someone", torn)
    await wrote(town, town.press(11, "someone"))
    (case,) = await town.run(alerts.open_alerts)
    assert case.next_step_at == before


async def test_a_helper_who_ran_into_a_mistake_of_ours_hears_that_nothing_counts(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And that somebody may still wait for her."""

    def torn(*_arguments: object) -> None:
        raise RuntimeError("a mistake of ours")

    await town.contact()
    monkeypatch.setattr("dialogs.conversation.decide_contact", torn)
    (text,) = texts(await wrote(town, town.text(21, "I have it")))
    assert "What you answered does not count." in text


async def test_strangers_and_groups_hear_nothing_of_it(torn_town: Town) -> None:
    """Whoever is not known here is answered by the door, not by a failure."""
    await torn_town.resident()
    for raw in (
        torn_town.update(message={"message_id": "not a number"}),
        torn_town.update(message={"message_id": 1, "date": 0, "chat": {"id": 99, "type": 5}}),
    ):
        assert await wrote(torn_town, raw) == []


async def test_a_failure_of_the_answer_itself_costs_nobody_anything(
    torn_town: Town, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The others of the batch are handled, and the log says that somebody was left without a word."""

    def torn(*_arguments: object) -> None:
        raise RuntimeError("and this too")

    await torn_town.resident()
    monkeypatch.setattr("bot.unhandled.answer", torn)
    with caplog.at_level(logging.DEBUG, "bot"):
        handled = await torn_town.take(torn_town.text(11, "torn"), torn_town.text(11, "hello"))
    assert (handled.done, handled.failed) == (2, 1)
    assert "could not be answered" in caplog.text
    assert len(handled.ordered.queued) == 1


async def test_an_invitation_that_leads_to_a_damaged_page_is_no_dead_end(town: Town) -> None:
    """She was invited: she hears where to get another link, and learns nothing else."""
    leyla, code = await town.run(invite, town.house, Role.RESIDENT, "Leyla", NOW)
    await town.damage(leyla)
    handled = await town.take(town.text(99, f"/start {code}"))
    assert texts(handled.ordered.loose) == [
        "This link does not work. Please ask for a new one where you got it."
    ]
    assert await town.notices() == [("person-unreadable", f"person:{leyla}")]
