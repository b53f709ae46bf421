"""`vidare invite`: a link that works once, and its QR code."""

import re

import pytest

from bot.clock import Clock
from bot.sandbox import Sandbox
from bot.wiring import running
from dialogs.people import Role
from tests.bot.commands.conftest import TOKEN, Operator
from tests.bot.town import texts, until

LINK = re.compile(r"https://t\.me/(\w+)\?start=([A-Za-z0-9_-]+)")


@pytest.mark.parametrize("role", [role.value for role in Role])
async def test_it_prints_a_link_and_its_qr_code(operator: Operator, role: str) -> None:
    """To be scanned from the screen: no messenger needs to carry the link."""
    code, out, _err = await operator.types("invite", role, "--name", "Mina")
    link = LINK.search(out)
    assert code == 0
    assert link is not None
    assert link[1] == operator.sandbox.bot_json["username"]
    assert len(link[2]) <= 64, "Telegram takes no longer ones"
    assert any(block in out for block in "▀▄█"), "the QR code"
    assert TOKEN not in out
    assert "Mina" not in out.replace(link[0], ""), "a terminal has onlookers"


async def test_the_id_it_names_is_the_persons(operator: Operator) -> None:
    """The operator needs it to name her again."""
    await operator.types("invite", "contact", "--name", "Mina")
    _code, out, _err = await operator.types("invite", "contact", "--name", "Josef")
    assert out.startswith("contact 2.")


@pytest.mark.parametrize("name", ["", "   ", "x" * 41])
async def test_a_name_that_cannot_be_one_is_refused(operator: Operator, name: str) -> None:
    """It would stand on other people's screens."""
    code, _out, err = await operator.types("invite", "resident", "--name", name)
    assert (code, err) == (2, "vidare: give a name of 1 to 40 characters\n")


async def test_a_contact_person_who_is_not_there_invites_nobody(operator: Operator) -> None:
    """The sentence shows whom there is."""
    await operator.types("invite", "contact", "--name", "Mina")
    code, _out, err = await operator.types("invite", "resident", "--name", "Leyla", "--contact", "Josef")
    assert (code, "Mina (1)" in err) == (2, True)
    _code, out, _err = await operator.types("people")
    assert len(out.splitlines()) == 1


async def test_a_wrong_token_invites_nobody(operator: Operator, monkeypatch: pytest.MonkeyPatch) -> None:
    """The link would lead nowhere."""
    monkeypatch.setenv("VIDARE_TELEGRAM_TOKEN", "987654321:AAanother-token-than-the-one-of-this-bot")
    code, _out, err = await operator.types("invite", "resident", "--name", "Leyla")
    assert code == 2
    assert err.startswith("vidare: ")
    assert "another-token" not in err
    _code, out, _err = await operator.types("people")
    assert out == ""


async def test_the_link_lets_her_in(operator: Operator) -> None:
    """From the terminal to the first question."""
    _code, out, _err = await operator.types("invite", "resident", "--name", "Leyla")
    link = LINK.search(out)
    assert link is not None
    sandbox: Sandbox = operator.sandbox
    leyla = sandbox.add_person("Leyla", "sv")
    async with running(operator.settings, Clock(), texts()):
        sandbox.start_bot(leyla.id, link[2])
        await until(lambda: any(each.has_button("l:sv") for each in sandbox.chat(leyla.id).messages))


async def test_the_kind_of_a_contact_person_is_named_and_shown(operator: Operator) -> None:
    """As what she is there decides what she may see at first."""
    code, _out, _err = await operator.types(
        "invite", "contact", "--name", "Sara", "--kind", "social-services"
    )
    assert code == 0
    _code, out, _err = await operator.types("people")
    assert out.split() == ["1", "contact", "social-services", "invited"]
