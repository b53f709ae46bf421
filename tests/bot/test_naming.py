"""Two helpers of the same name cannot be told apart."""

import pytest

from bot.naming import helpers_called, is_taken, residents_called
from dialogs.people import Role
from storage import people
from tests.bot.town import NOW, Town


@pytest.mark.parametrize("name", ["Josef", "josef", " JOSEF "])
async def test_a_name_is_taken_however_it_is_written(town: Town, name: str) -> None:
    """By a contact person or a coordinator; her own name is hers."""
    mina, josef = await town.contact(), await town.contact("Josef", 22)
    await town.contact("Karin", 23, Role.COORDINATOR)
    assert await town.run(is_taken, town.house.keyring, name, mina)
    assert not await town.run(is_taken, town.house.keyring, name, josef)
    assert await town.run(is_taken, town.house.keyring, "Karin", mina)
    assert not await town.run(is_taken, town.house.keyring, "Elsa", mina)


async def test_a_residents_name_and_that_of_somebody_who_left_are_free(town: Town) -> None:
    """A resident's alias must not be found out by trying names."""
    mina, josef = await town.contact(), await town.contact("Josef", 22)
    await town.resident("Linden")
    await town.run(people.set_state, josef, "left", NOW)
    assert not await town.run(is_taken, town.house.keyring, "Linden", mina)
    assert not await town.run(is_taken, town.house.keyring, "Josef", mina)


async def test_who_is_called_so_is_found_among_her_own(town: Town) -> None:
    """Residents by their alias, helpers by their name; whoever left is none of them."""
    mina, leyla = await town.contact(), await town.resident("Linden")
    assert [each.id for each in await town.run(helpers_called, town.house.keyring, "MINA")] == [mina]
    assert [each.id for each in await town.run(residents_called, town.house.keyring, "linden")] == [leyla]
    assert await town.run(residents_called, town.house.keyring, "Mina") == []
    await town.run(people.set_state, leyla, "left", NOW)
    assert await town.run(residents_called, town.house.keyring, "Linden") == []
