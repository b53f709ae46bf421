"""`vidare invites`: what is open or ran out, renewing it, and taking it back."""

from tests.bot.commands.conftest import Operator, spoil


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


async def test_one_that_ran_out_stays_listed_and_is_renewed(operator: Operator) -> None:
    """Nobody came in time: the same person once more, by number or by the same name."""
    await operator.types("invite", "contact", "--name", "Mina")
    spoil(operator, "UPDATE invitations SET expires_at = 0")
    _code, out, _err = await operator.types("invites", "list")
    assert "ran out at" in out
    assert out.endswith("0 open\n")
    code, out, _err = await operator.types("invites", "renew", "1")
    assert (code, "person 1." in out, "https://t.me/" in out) == (0, True, True)
    spoil(operator, "UPDATE invitations SET expires_at = 0")
    code, out, _err = await operator.types("invite", "contact", "--name", "Mina")
    assert (code, out.startswith("contact 1.")) == (0, True)
    code, _out, err = await operator.types("invites", "renew", "2")
    assert (code, err.count("\n")) == (2, 1)
