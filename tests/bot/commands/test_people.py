"""`vidare people`: who is here, without names unless asked."""

from dataclasses import replace
from datetime import timedelta

from bot.clock import Clock
from bot.wiring import opened
from dialogs.people import Consent, Resident
from storage import check_ins, people
from tests.bot.commands.conftest import Operator, spoil
from tests.bot.town import texts


async def test_names_are_shown_only_when_asked_for(operator: Operator) -> None:
    """A terminal has onlookers, and a scroll-back buffer."""
    await operator.types("invite", "contact", "--name", "Mina Ek")
    await operator.types("invite", "resident", "--name", "Blue Heron")
    code, out, _err = await operator.types("people")
    assert code == 0
    assert [line.split() for line in out.splitlines()] == [
        ["1", "contact", "ordinary", "invited"],
        ["2", "resident", "-", "invited"],
    ]
    _code, out, _err = await operator.types("people", "--names")
    assert [line.split()[4:] for line in out.splitlines()] == [["Mina", "Ek"], ["Blue", "Heron"]]


async def test_nobody_is_no_line(operator: Operator) -> None:
    """An empty town is no mistake."""
    assert await operator.types("people") == (0, "", "")


async def test_who_cannot_be_read_is_listed_by_number(operator: Operator) -> None:
    """The operator must see whose row to mend, and everybody else as ever."""
    await operator.types("invite", "contact", "--name", "Mina")
    await operator.types("invite", "contact", "--name", "Josef")
    spoil(operator, "UPDATE people SET sealed_person = x'00' WHERE id = 1")
    code, out, _err = await operator.types("people", "--names")
    assert code == 0
    assert [line.split() for line in out.splitlines()] == [
        ["1", "cannot", "be", "read"],
        ["2", "contact", "ordinary", "invited", "Josef"],
    ]


async def test_whose_check_ins_had_no_answer(operator: Operator) -> None:
    """By number; the agreed name only when it is asked for."""
    await operator.types("invite", "resident", "--name", "Blue Heron")
    yesterday = (Clock().now() - timedelta(days=1)).date()
    async with opened(operator.settings, texts()) as (db, house):
        known = await db.run(people.get, house.keyring, 1)
        assert isinstance(known.person, Resident)
        open_to_it = replace(known.person, consent=Consent(check_ins=True, telling=True))
        await db.run(people.save_person, known.box, open_to_it, Clock().now())
        await db.run(check_ins.record, known.box, 1, yesterday, "d", "missed", None, Clock().now())
    _code, out, _err = await operator.types("people", "--unanswered")
    assert out.split() == ["1", yesterday.isoformat(), "missed"]
    assert "Blue Heron" in (await operator.types("people", "--unanswered", "--names"))[1]


async def test_a_contact_person_is_removed_by_number(operator: Operator) -> None:
    """Whoever cannot or will not leave by herself; a resident is never removed from outside."""
    await operator.types("invite", "contact", "--name", "Mina")
    await operator.types("invite", "resident", "--name", "Blue Heron")
    code, out, _err = await operator.types("people", "remove", "1")
    assert (code, out.startswith("person 1 is removed")) == (0, True)
    assert [line.split()[0] for line in (await operator.types("people"))[1].splitlines()] == ["2"]
    for number in ("1", "2"):
        code, _out, err = await operator.types("people", "remove", number)
        assert (code, err.count("\n")) == (2, 1)


async def test_a_residents_chat_is_frozen_and_unfrozen(operator: Operator) -> None:
    """The sentence says who still has to be told."""
    await operator.types("invite", "contact", "--name", "Mina")
    await operator.types("invite", "resident", "--name", "Blue Heron")
    code, out, _err = await operator.types("people", "freeze", "2")
    assert (code, "do so yourself" in out) == (0, True)
    assert "is hers again" in (await operator.types("people", "unfreeze", "2"))[1]
    assert "was not frozen" in (await operator.types("people", "unfreeze", "2"))[1]
    assert (await operator.types("people", "freeze", "1"))[0] == 2
    assert (await operator.types("people", "unfreeze", "77"))[0] == 2
