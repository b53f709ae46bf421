"""Two helpers of the same name cannot be told apart."""

import pytest

from bot.naming import helpers_called, is_taken, residents_called
from dialogs.events import Pressed, Wrote
from dialogs.people import Role
from dialogs.words import Word
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


async def test_a_new_name_reaches_every_resident_and_no_phone(town: Town) -> None:
    """Also one who was only proposed to; a name that is taken changes nothing."""
    mina = await town.contact()
    await town.contact("Josef", 22)
    leyla = await town.resident(contacts=(mina,))
    await town.happen(mina, Wrote("name", Word.NAME))
    await town.happen(mina, Wrote("josef"))
    assert (await town.person(mina)).name == "Mina"
    await town.happen(mina, Wrote("Elsa"))
    assert (await town.person(mina)).name == "Elsa"
    her = await town.person(leyla)
    assert [each.name for each in (*her.contacts, *her.proposed)] == ["Elsa", "Elsa"]
    assert await town.outbox(leyla) == []


async def test_an_open_case_keeps_the_name_under_which_she_was_told(town: Town) -> None:
    """Whoever looks it up later finds who was asked."""
    mina = await town.contact()
    leyla = await town.resident(contacts=(mina,))
    await town.happen(leyla, Pressed("someone"))
    await town.happen(mina, Wrote("name", Word.NAME))
    await town.happen(mina, Wrote("Elsa"))
    assert "Mina" in str(await town.alert(1))


async def test_who_is_called_so_is_found_among_her_own(town: Town) -> None:
    """Residents by their alias, helpers by their name; whoever left is none of them."""
    mina, leyla = await town.contact(), await town.resident("Linden")
    assert [each.id for each in await town.run(helpers_called, town.house.keyring, "MINA")] == [mina]
    assert [each.id for each in await town.run(residents_called, town.house.keyring, "linden")] == [leyla]
    assert await town.run(residents_called, town.house.keyring, "Mina") == []
    await town.run(people.set_state, leyla, "left", NOW)
    assert await town.run(residents_called, town.house.keyring, "Linden") == []
