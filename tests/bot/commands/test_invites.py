"""`vidare invites`: what is open, and taking it back."""

from tests.bot.commands.conftest import Operator


async def test_what_is_open_is_listed_without_names_and_taken_back(operator: Operator) -> None:
    """Role and end are enough to know which one it is."""
    assert await operator.types("invites", "list") == (0, "0 open\n", "")
    await operator.types("invite", "contact", "--name", "Mina")
    _code, out, _err = await operator.types("invites", "list")
    assert out.split()[:4] == ["1", "contact", "works", "until"]
    assert "Mina" not in out
    assert (await operator.types("invites", "revoke", "1"))[0] == 0
    assert (await operator.types("invites", "list"))[1] == "0 open\n"
    assert (await operator.types("people"))[1] == ""
    code, _out, err = await operator.types("invites", "revoke", "1")
    assert (code, err) == (2, "vidare: there is no open invitation of person 1\n")
