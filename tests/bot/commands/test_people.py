"""`vidare people`: who is here, without names unless asked."""

from tests.bot.commands.conftest import Operator, spoil


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
