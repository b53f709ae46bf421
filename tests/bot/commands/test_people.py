"""`vidare people`: who is here, without names unless asked."""

from tests.bot.commands.conftest import Operator


async def test_names_are_shown_only_when_asked_for(operator: Operator) -> None:
    """A terminal has onlookers, and a scroll-back buffer."""
    await operator.types("invite", "contact", "--name", "Mina Ek")
    await operator.types("invite", "resident", "--name", "Blue Heron")
    code, out, _err = await operator.types("people")
    assert code == 0
    assert [line.split() for line in out.splitlines()] == [
        ["1", "contact", "invited"],
        ["2", "resident", "invited"],
    ]
    _code, out, _err = await operator.types("people", "--names")
    assert [line.split()[3:] for line in out.splitlines()] == [["Mina", "Ek"], ["Blue", "Heron"]]


async def test_nobody_is_no_line(operator: Operator) -> None:
    """An empty town is no mistake."""
    assert await operator.types("people") == (0, "", "")
