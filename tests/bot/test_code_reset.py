"""Taking a check away: noted, refused where there is none, and an alert that was just called for is still raised."""

from dataclasses import replace

import pytest

from bot import code_reset
from bot.code_reset import NoCode
from dialogs.lock import Lock
from dialogs.people import Place
from storage import alerts, audit
from tests.bot.town import NOW, Town

CHOSEN = Lock(b"salt", own=b"x" * 32, acted_at=NOW)


async def test_it_is_taken_away_and_noted(town: Town) -> None:
    """By ids only; afterwards nothing is asked."""
    leyla = await town.resident(lock=CHOSEN, place=Place.CODE)
    await town.run(code_reset.reset, town.house, leyla, NOW, 9)
    person = await town.person(leyla)
    assert not person.lock.is_set
    assert person.place is Place.MENU
    (entry,) = await town.run(audit.entries)
    assert (entry.actor, entry.did, entry.about) == (9, "code-reset", f"person:{leyla}")
    assert await town.run(audit.verify) is None


async def test_what_was_called_for_is_still_told(town: Town) -> None:
    """Whoever took the phone may also talk somebody into a reset."""
    mina = await town.contact()
    leyla = await town.resident(
        contacts=(mina,), lock=replace(CHOSEN, covered=True, calls=("word", "covert"))
    )
    await town.run(code_reset.reset, town.house, leyla, NOW)
    await town.take(town.text(11, "hello"))
    assert len(await town.run(alerts.open_alerts)) == 1


async def test_where_there_is_none_nothing_is_noted(town: Town) -> None:
    """A contact person, a stranger, a damaged row, and who chose none."""
    mina, leyla = await town.contact(), await town.resident()
    broken = await town.resident("Reza", 12, lock=CHOSEN)
    await town.damage(broken)
    for person in (mina, leyla, broken, 99):
        with pytest.raises(NoCode, match=f"no resident {person} "):
            await town.run(code_reset.reset, town.house, person, NOW)
    assert await town.run(audit.entries) == []
