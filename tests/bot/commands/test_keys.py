"""`vidare keys`: made once, turned without losing anybody."""

import pytest

from storage import people
from storage.master_key import new_key_line
from tests.bot.commands.conftest import Operator, spoil


async def test_a_new_key_is_ours_alone(operator: Operator) -> None:
    """And the operator is told to keep a copy apart."""
    file = operator.folder / "new.key"
    code, out, _err = await operator.types("keys", "create", str(file))
    assert (code, "Keep a copy" in out) == (0, True)
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.read_text().splitlines()[-1] not in out, "the key itself is shown to nobody"


async def test_a_key_is_never_overwritten(operator: Operator) -> None:
    """Everything that was sealed with the old one would be gone."""
    file = operator.folder / "master.key"
    before = file.read_bytes()
    code, _out, err = await operator.types("keys", "create", str(file))
    assert (code, file.read_bytes()) == (2, before)
    assert "never overwritten" in err


async def test_a_folder_that_is_not_there_is_a_sentence(operator: Operator) -> None:
    """No traceback for a typing mistake."""
    code, _out, err = await operator.types("keys", "create", str(operator.folder / "gone" / "a.key"))
    assert (code, err.count("\n")) == (2, 1)
    assert "cannot be written" in err


async def test_turning_the_key_keeps_everybody(operator: Operator) -> None:
    """Old key, both, new only: nobody is lost, and the old one opens nothing any more."""
    await operator.types("invite", "contact", "--name", "Mina")
    file = operator.folder / "master.key"
    old, new = file.read_text().splitlines()[-1], new_key_line()
    file.write_text(f"{new}{old}\n")
    code, out, _err = await operator.types("keys", "rotate")
    assert (code, "newest master key" in out) == (0, True)
    file.write_text(new)
    assert "Mina" in (await operator.types("people", "--names"))[1]
    file.write_text(f"{old}\n")
    code, _out, err = await operator.types("people")
    assert (code, "not the master key" in err) == (2, True)


async def test_turning_goes_through_everybody(operator: Operator, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where it takes more than one step."""
    rewrap = people.rewrap
    monkeypatch.setattr(people, "rewrap", lambda db, keyring, after: rewrap(db, keyring, after, limit=1))
    for name in ("Mina", "Josef", "Karin"):
        await operator.types("invite", "contact", "--name", name)
    file = operator.folder / "master.key"
    new = new_key_line()
    file.write_text(new + file.read_text())
    assert (await operator.types("keys", "rotate"))[0] == 0
    file.write_text(new)
    assert len((await operator.types("people"))[1].splitlines()) == 3


async def test_a_damaged_key_is_named_and_stops_nobody(operator: Operator) -> None:
    """The others are turned; whose key it is can be read on the error output."""
    for name in ("Mina", "Josef"):
        await operator.types("invite", "contact", "--name", name)
    spoil(operator, "UPDATE people SET wrapped_key = x'00' WHERE id = 1")
    file = operator.folder / "master.key"
    new = new_key_line()
    file.write_text(new + file.read_text())
    code, _out, err = await operator.types("keys", "rotate")
    assert (code, err) == (0, "vidare: person 1 cannot be read; her key was left as it is\n")
    file.write_text(new)
    assert "Josef" in (await operator.types("people", "--names"))[1]
