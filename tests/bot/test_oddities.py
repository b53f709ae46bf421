"""A language or a zone this program does not know: she is served all the same, and it is reported once."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from babel.messages import Catalog

from bot import oddities
from bot.outgoing import Send
from bot.translating import Translator
from dialogs.events import Pressed, Timer
from dialogs.people import Contact, Rhythm
from dialogs.schedule import DEFAULT_ZONE
from storage import people, timers
from tests.bot.town import EVERYWHERE, NOW, Town, compile_catalogue

DAY = timedelta(days=1)


@pytest.fixture
def speaks_swedish(town: Town, tmp_path: Path) -> Town:
    """A house whose default is Swedish; Arabic was taken out."""
    swedish = Catalog(locale="sv")
    swedish.add("Hello. How is today?", "Hej. Hur är det i dag?", context="check-in")
    compile_catalogue(tmp_path / "locales", "sv", "bot", swedish)
    translator = Translator(("en", "sv"), "sv", EVERYWHERE, tmp_path / "locales")
    town.house = replace(town.house, translator=translator)
    town.handler = type(town.handler)(town.house)
    return town


async def asked(town: Town, person: int, now: datetime = NOW) -> list[str]:
    """Her check-in falls due."""
    await town.run(timers.set_timer, person, Timer.CHECK_IN, now)
    handled = await town.run(town.handler.due, now, 100)
    assert handled.failed == 0
    return [each.outgoing.text for each in handled.ordered.queued if isinstance(each.outgoing, Send)]


@pytest.mark.parametrize("locale", ["ar", "sv-old", "xx_XX@nonsense", "", "a" * 500])
async def test_whose_language_is_gone_is_asked_in_the_default(speaks_swedish: Town, locale: str) -> None:
    """One catalogue that was taken out ended every later message elsewhere (requirements.md, lesson 5)."""
    leyla = await speaks_swedish.resident(locale=locale)
    (text,) = await asked(speaks_swedish, leyla)
    assert text == "Hej. Hur är det i dag?"
    assert await speaks_swedish.notices() == [("locale-gone", f"person:{leyla}")]
    assert await speaks_swedish.run(timers.of_person, leyla) != [], "and she is asked again tomorrow"


async def test_what_is_reported_is_reported_once(speaks_swedish: Town) -> None:
    """However often she is spoken with."""
    leyla = await speaks_swedish.resident(locale="ar")
    for days in range(3):
        await asked(speaks_swedish, leyla, NOW + days * DAY)
    assert len(await speaks_swedish.notices()) == 1


@pytest.mark.parametrize("zone", ["Nowhere/Land", "", "../etc/passwd", "Europe"])
async def test_whose_zone_is_unknown_is_asked_by_our_clock(town: Town, zone: str) -> None:
    """An hour off is better than never; her own choice stays as it is, for when it is known again."""
    rhythm = Rhythm(zone=zone)
    leyla = await town.resident(rhythm=rhythm)
    reza = await town.resident("Reza", 12, rhythm=replace(rhythm, zone=DEFAULT_ZONE))
    assert len(await asked(town, leyla)) == 1
    assert len(await asked(town, reza)) == 1
    ours, hers = await town.run(timers.of_person, reza), await town.run(timers.of_person, leyla)
    assert [each.due_at for each in hers] == [each.due_at for each in ours]
    assert (await town.person(leyla)).rhythm.zone == zone
    assert await town.notices() == [("zone-unknown", f"person:{leyla}")]


async def test_every_screen_opens_for_whose_zone_and_language_are_unknown(town: Town) -> None:
    """Times, days and dates are on many of them; none may tear."""
    leyla = await town.resident(locale="gone", rhythm=Rhythm(zone="Nowhere/Land"))
    screens = (
        "ci:now",
        "set",
        "set:time",
        "set:days",
        "set:pause",
        "set:pause:3",
        "set:pause-over",
        "menu",
        "someone",
    )
    handled = await town.take(*(town.press(11, data) for data in screens))
    assert handled.failed == 0
    assert len(await town.texts(leyla)) >= len(screens)


async def test_a_contact_person_is_noted_when_she_is_told_something(speaks_swedish: Town) -> None:
    """She may never write herself."""
    mina = await speaks_swedish.contact()
    known = await speaks_swedish.known(mina)
    assert isinstance(known.person, Contact)
    await speaks_swedish.run(people.save_person, known.box, replace(known.person, locale="ar"), NOW)
    leyla = await speaks_swedish.resident(locale="sv", contacts=(mina,))
    await speaks_swedish.happen(leyla, Pressed("someone"))
    assert await speaks_swedish.notices() == [("locale-gone", f"person:{mina}")]
    assert len(await speaks_swedish.texts(mina)) == 1


async def test_a_contact_person_has_no_zone_of_her_own(town: Town) -> None:
    """Nothing to be unknown."""
    assert not oddities.zone_unknown(town.house, await town.known(await town.contact()))
