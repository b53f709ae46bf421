"""Activities are found for who asks, and announced once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot import activity_work
from bot.ordering import Ordered
from bot.transaction import Transaction
from dialogs.activity import Draft, Then
from dialogs.effects import FindActivities, FindActivitiesIn, FindMyActivities
from storage import activities
from tests.bot.town import NOW, Town

TOMORROW = NOW + timedelta(days=1)
DINNER = Draft(place="bergby", begins_at=TOMORROW, title="Middag")


async def _announce(town: Town, by: int, draft: Draft) -> None:
    await town.run(lambda db: activity_work.announce(Transaction(db, town.house, NOW, Ordered()), by, draft))


async def _find(town: Town, order: activity_work.Search) -> tuple[list[str], Then]:
    found = await town.run(lambda db: activity_work.find(Transaction(db, town.house, NOW, Ordered()), order))
    return [each.title for each in found.activities], found.then


async def test_what_is_announced_is_on_its_way_at_once(town: Town) -> None:
    """Nobody has to press a second time."""
    await _announce(town, await town.contact(), DINNER)
    wave = await town.run(activities.wave)
    assert wave is not None
    assert await _find(town, FindActivities((wave.activity_id,), Then.NEXT)) == (["Middag"], Then.NEXT)


@pytest.mark.parametrize("missing", ["place", "begins_at", "title"])
async def test_what_is_not_whole_is_not_announced(town: Town, missing: str) -> None:
    """Residents would be told half of it."""
    mina = await town.contact()
    with pytest.raises(ValueError, match="not whole"):
        await _announce(town, mina, replace(DINNER, **{missing: None}))
    assert await town.run(activities.wave) is None


async def test_each_finds_what_is_hers(town: Town) -> None:
    """A resident by her place, whoever announced it by her own name."""
    mina, josef = await town.contact(), await town.contact("Josef", 22)
    await _announce(town, mina, DINNER)
    assert await _find(town, FindActivitiesIn("bergby")) == (["Middag"], Then.NEXT)
    assert await _find(town, FindActivitiesIn("exempelstad")) == ([], Then.NEXT)
    assert await _find(town, FindMyActivities(mina)) == (["Middag"], Then.MINE)
    assert await _find(town, FindMyActivities(josef)) == ([], Then.MINE)
