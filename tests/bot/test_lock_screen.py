"""What a stranger reads on her locked screen: a neutral line, in every language, whoever is named in it."""

import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings

from bot import lock_screen
from bot.carrying import Carrier
from bot.ordering import Ordered
from bot.outgoing import Send
from bot.translating import Reader
from bot.word_lists import TELLING
from dialogs import conversation, neutral
from dialogs.effects import Purpose, Say
from dialogs.events import Pressed
from dialogs.people import Resident
from dialogs.text import _
from tests.bot.town import NOW, Town, texts
from tests.dialogs.cast import knowledge, unprompted
from tests.dialogs.near_examples import described
from tests.dialogs.test_conversation import Again, residents
from tests.dialogs.test_neutral import Play, plays

LOCALES = texts().translator.locales
TELLS = (_("odd", "The police will call you."),)
NAMES = ("Mina", "Anna-Karin Söderström", "منى", "Ж", "Pyry")
MOMENTS = tuple(
    datetime(2026, 11, 24, 9, tzinfo=UTC) + timedelta(days=each, hours=each) for each in range(14)
)


def reader(locale: str) -> Reader:
    """Her language, her clock."""
    return Reader(locale, "Europe/Stockholm", NOW)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("name", NAMES)
def test_a_line_of_the_set_tells_nothing_whoever_is_named_in_it(locale: str, name: str) -> None:
    """At every hour of the day and on every day of the week, which are words too."""
    for at in MOMENTS:
        for line in neutral.lines(name, at):
            said = lock_screen.said((line,), reader(locale), texts().translator)
            assert said == texts().translator.full_text((line,), reader(locale)), "it needed no cover"


@pytest.mark.parametrize("locale", LOCALES)
def test_a_long_line_fills_what_is_shown(locale: str) -> None:
    """What stands below it may then be about anything."""
    for line in neutral.LONG:
        assert len(texts().translator.text((line,), reader(locale))) >= neutral.SHOWN, line.source


@pytest.mark.parametrize("locale", LOCALES)
def test_a_name_that_tells_is_put_below_a_line_that_does_not(locale: str) -> None:
    """A contact person may call herself as she likes; her words still come."""
    text = (neutral.is_here("Anna, police"),)
    said = lock_screen.said(text, reader(locale), texts().translator)
    assert not lock_screen.tells(said, locale)
    assert said.endswith(texts().translator.text(text, reader(locale)))


@pytest.mark.parametrize("locale", LOCALES)
def test_a_text_that_opens_otherwise_is_covered_and_whole(
    locale: str, caplog: pytest.LogCaptureFixture
) -> None:
    """A mistake of ours must not be read by who holds her phone, nor cost her the message."""
    said = lock_screen.said(TELLS, reader(locale), texts().translator)
    assert not lock_screen.tells(said, locale)
    assert said.endswith(texts().translator.text(TELLS, reader(locale)))
    (record,) = caplog.records
    assert (record.getMessage(), vars(record)["context"]) == (lock_screen.NOT_APPROVED, "odd")


@pytest.mark.parametrize("locale", LOCALES)
@settings(max_examples=60, deadline=None)
@given(resident=residents, play=plays)
def test_what_a_phone_shows_with_its_buttons_tells_nothing_in_any_language(
    locale: str, resident: Resident, play: Play
) -> None:
    """A translation may say more than its source, and a phone may show the buttons with the words."""
    translator, now, known = texts().translator, NOW, replace(knowledge(), near=described())
    for minutes, event in play:
        now += timedelta(minutes=minutes)
        outcome = conversation.decide(
            resident, event if not isinstance(event, Again) else Pressed("menu"), now, known
        )
        for say in unprompted(outcome.effects):
            words = translator.text(say.text, reader(locale))
            labels = [
                translator.label(button.label, reader(locale))[0] for row in say.keyboard for button in row
            ]
            assert not TELLING.found("\n".join([words[: neutral.SHOWN], *labels]), locale), words
        resident = outcome.person


async def sent(town: Town, person: int, purpose: Purpose) -> list[str]:
    """What she is sent when this is said to her."""

    def work(db: sqlite3.Connection) -> Ordered:
        ordered = Ordered()
        Carrier(db, town.house, NOW, ordered).say(Say(TELLS, to=person, purpose=purpose))
        return ordered

    ordered = await town.run(work)
    return [each.outgoing.text for each in ordered.queued if isinstance(each.outgoing, Send)]


@pytest.mark.parametrize("purpose", neutral.BY_ITSELF)
async def test_what_is_sent_unasked_is_looked_at_last_and_reported(town: Town, purpose: Purpose) -> None:
    """Wrongly begun, and sent all the same: she may be waiting for it."""
    (words,) = await sent(town, await town.resident(), purpose)
    assert words == f"{town.say(neutral.small_note())}\n\nThe police will call you."
    assert await town.notices() == [("not-neutral", "")]


@pytest.mark.parametrize("purpose", [Purpose.REPLY, Purpose.EMERGENCY, Purpose.RELAY])
async def test_an_answer_to_what_she_just_did_is_left_alone(town: Town, purpose: Purpose) -> None:
    """She has the phone in her hand."""
    assert await sent(town, await town.resident(), purpose) == ["The police will call you."]


async def test_a_contact_persons_message_is_left_alone(town: Town) -> None:
    """An alert must say at once what it is."""
    assert await sent(town, await town.contact(), Purpose.NOTE) == ["The police will call you."]
    assert await town.notices() == []
