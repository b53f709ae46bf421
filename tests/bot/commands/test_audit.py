"""`vidare audit`: who did what, and whether the list is whole."""

from bot.wiring import opened
from storage import audit
from storage.audit import Did
from tests.bot.commands.conftest import Operator, spoil
from tests.bot.town import NOW, texts


async def test_rows_are_listed_and_checked(operator: Operator) -> None:
    """By ids; a dash is the operator."""
    assert (await operator.types("audit", "verify"))[:2] == (0, "nothing has been noted yet\n")
    async with opened(operator.settings, texts()) as (db, _house):
        await db.run(audit.note, NOW, 7, Did.SIGNED_IN, "person:7")
        await db.run(audit.note, NOW, None, Did.INVITED, "person:8")
    code, out, _err = await operator.types("audit", "list")
    assert code == 0
    assert [line.split() for line in out.splitlines()] == [
        ["2", "2026-11-24", "18:00:00", "UTC", "-", "invited", "person:8"],
        ["1", "2026-11-24", "18:00:00", "UTC", "7", "signed-in", "person:7"],
    ]
    code, out, _err = await operator.types("audit", "verify")
    assert (code, out.startswith("2 rows, each follows")) == (0, True)
    spoil(operator, "UPDATE audit SET actor = 9 WHERE id = 2")
    code, out, _err = await operator.types("audit", "verify")
    assert (code, out.startswith("from row 2 on")) == (1, True)


async def test_what_an_operator_changes_is_noted(operator: Operator) -> None:
    """Hours, limits, invitations and what was taken back; and no name among it."""
    await operator.types("invite", "contact", "--name", "Mina")
    await operator.types("duty", "set", "1", "mon-fri 08:00-17:00")
    await operator.types("duty", "limit", "1", "3")
    await operator.types("duty", "always", "1")
    await operator.types("duty", "back", "1")
    await operator.types("invite", "resident", "--name", "Blue Heron")
    await operator.types("policy", "reset", "2")
    await operator.types("invites", "revoke", "1")
    _code, out, _err = await operator.types("audit", "list", "--limit", "20")
    did = [line.split()[5] for line in reversed(out.splitlines())]
    assert did == [
        "invited",
        "hours-set",
        "limit-set",
        "hours-set",
        "back-set",
        "invited",
        "policy-set",
        "invitation-revoked",
    ]
    assert "Mina" not in out
    assert "Heron" not in out
