"""`vidare propose`: somebody new for a resident who is here, and the order of those who are proposed."""

from bot.wiring import opened
from storage import links, people
from tests.bot.commands.conftest import Operator
from tests.bot.town import NOW, texts


async def test_somebody_who_has_come_is_proposed_and_moved_up(operator: Operator) -> None:
    """By numbers; who is not here, and what was done already, is a sentence."""
    await operator.types("invite", "contact", "--name", "Mina")
    await operator.types("invite", "contact", "--name", "Josef")
    await operator.types("invite", "resident", "--name", "Blue Heron", "--contact", "Mina")
    assert (await operator.types("propose", "3", "2"))[0] == 2, "Josef has not come yet"
    async with opened(operator.settings, texts()) as (db, _house):
        await db.run(people.set_state, 2, "active", NOW)
    assert (await operator.types("propose", "3", "2"))[0] == 0
    assert (await operator.types("propose", "3", "2"))[0] == 2
    assert (await operator.types("propose", "2", "3"))[0] == 2
    assert (await operator.types("propose", "3", "2", "--up"))[0] == 0
    assert (await operator.types("propose", "3", "77", "--up"))[0] == 2
    async with opened(operator.settings, texts()) as (db, _house):
        assert [each.contact_id for each in await db.run(links.contacts_of, 3)] == [2, 1]
