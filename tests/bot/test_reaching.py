"""A contact person nobody can reach is a hole in the net: the coordinators hear of it at once."""

import pytest

from bot.handling import Delivered
from bot.outgoing import Failure
from dialogs.people import Role
from tests.bot.town import NOW, Town

LOST = "Mina cannot be reached in Telegram any more."


async def lose(town: Town, person: int, way: str) -> None:
    """She blocks the bot, or Telegram says that her account is gone."""
    if way == "blocked":
        await town.take(town.block(21, True))
    else:
        letter = await town.letter(person)
        refused = Delivered(letter.id, person, "reply", None, 0, failure=Failure.BLOCKED)
        await town.run(town.handler.settle, [refused], NOW)


async def heard(town: Town, person: int) -> int:
    return sum(LOST in text for text in await town.texts(person))


@pytest.mark.parametrize("way", ["blocked", "refused"])
async def test_the_coordinators_hear_of_it_at_once_and_once(town: Town, way: str) -> None:
    """Not only at the next audit: an alert may come tonight."""
    mina = await town.contact()
    karin, sara = await town.contact("Karin", 23, Role.COORDINATOR), await town.contact("Sara", 24)
    for _time in range(2):
        await lose(town, mina, way)
    assert (await heard(town, karin), await heard(town, sara)) == (1, 0)
    assert await town.notices() == [("contact-unreachable", f"person:{mina}")]
    assert not (await town.known(mina)).reachable


async def test_once_she_can_be_reached_again_it_is_over(town: Town) -> None:
    """And the next time is news again."""
    mina, karin = await town.contact(), await town.contact("Karin", 23, Role.COORDINATOR)
    await lose(town, mina, "blocked")
    await town.take(town.block(21, False))
    assert await town.notices() == []
    await lose(town, mina, "blocked")
    assert await heard(town, karin) == 2


async def test_whoever_writes_can_be_reached(town: Town) -> None:
    """That she let the bot back may have been lost."""
    mina = await town.contact()
    await lose(town, mina, "refused")
    await town.take(town.text(21, "hello"))
    assert await town.notices() == []


async def test_a_coordinator_who_is_lost_is_told_to_the_others(town: Town) -> None:
    """Telling it to herself would only be refused again."""
    karin = await town.contact("Mina", 21, Role.COORDINATOR)
    sara = await town.contact("Sara", 24, Role.COORDINATOR)
    await lose(town, karin, "blocked")
    assert (await heard(town, karin), await heard(town, sara)) == (0, 1)


async def test_a_resident_who_blocks_is_no_hole_in_the_net(town: Town) -> None:
    """Nor anybody's to be named: it is her choice, and an event of hers (R5)."""
    karin = await town.contact("Karin", 23, Role.COORDINATOR)
    leyla = await town.resident(contacts=())
    await town.take(town.block(11, True))
    assert await town.notices() == []
    assert await town.texts(karin) == []
    assert not (await town.known(leyla)).reachable
