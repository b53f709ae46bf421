"""One row that does not open keeps nobody else from being told."""

from dialogs.events import Pressed, Wrote
from dialogs.people import Role
from dialogs.words import Word
from tests.bot.town import Town

HAVE_IT = Wrote("I have it", Word.HAVE_IT)


async def test_a_damaged_contact_person_is_passed_over(town: Town) -> None:
    """One bad row among those who are to be told must not keep the others from being told."""
    mina, josef = await town.contact(), await town.contact("Josef", 22)
    leyla = await town.resident(contacts=(mina, josef))
    await town.damage(mina)
    await town.happen(leyla, Pressed("someone"))
    assert any("urgent" in text for text in await town.texts(josef))


async def test_a_damaged_coordinator_keeps_nobody_from_being_told(town: Town) -> None:
    """The last of the chain must not break the first."""
    mina, karin = await town.contact(), await town.contact("Karin", 23, Role.COORDINATOR)
    leyla = await town.resident(contacts=(mina,))
    await town.damage(karin)
    await town.happen(leyla, Pressed("someone"))
    assert any("urgent" in text for text in await town.texts(mina))


async def test_a_contact_person_who_does_not_open_is_passed_over_and_reported(town: Town) -> None:
    """An alert goes to the next; and somebody mends the row before the next alert."""
    mina, josef = await town.contact(), await town.contact("Josef", 22)
    leyla = await town.resident(contacts=(mina, josef))
    await town.damage(mina)
    await town.happen(leyla, Pressed("someone"))
    assert len(await town.texts(josef)) == 1
    assert await town.notices() == [("person-unreadable", f"person:{mina}")]
