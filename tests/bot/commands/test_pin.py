"""`vidare pin reset`: a resident who has forgotten what she wrote is asked no more."""

from dataclasses import replace

from bot.wiring import opened
from dialogs.lock import Lock
from dialogs.people import Person, Resident
from storage import people
from storage.people import Known
from tests.bot.commands.conftest import Operator
from tests.bot.town import NOW, texts


async def _locked(operator: Operator, person: int) -> None:
    def work(db: object, keyring: object) -> None:
        known: Known = people.get(db, keyring, person)  # type: ignore[arg-type]
        resident: Person = known.person
        assert isinstance(resident, Resident)
        chosen = replace(resident, lock=Lock(b"salt", own=b"x" * 32))
        people.save_person(db, known.box, chosen, NOW)  # type: ignore[arg-type]

    async with opened(operator.settings, texts()) as (db, house):
        await db.run(work, house.keyring)


async def test_it_is_taken_away_once(operator: Operator) -> None:
    """The second time there is nothing to take away; the audit has it, and no name is printed."""
    await operator.types("invite", "resident", "--name", "Linden")
    await _locked(operator, 1)
    code, out, _err = await operator.types("pin", "reset", "1")
    assert code == 0
    assert "resident 1" in out
    assert "Linden" not in out
    code, _out, err = await operator.types("pin", "reset", "1")
    assert code == 2
    assert "no resident 1" in err
    assert "code-reset" in (await operator.types("audit", "list"))[1]
