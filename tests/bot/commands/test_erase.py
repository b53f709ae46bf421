"""`vidare erase`: a role that ended, a stolen phone, a row that is lost; the same second (S10)."""

from typing import Any

import pytest

from bot.commands.erase import erase
from dialogs.alert import AlertState
from dialogs.events import Pressed
from storage import audit, people
from tests.bot.commands.conftest import Operator, spoil
from tests.bot.conftest import town
from tests.bot.town import NOW, Town
from tests.dialogs.cast import a_lock

__all__ = ["town"]


async def test_it_asks_for_a_word_and_says_what_it_did(operator: Operator) -> None:
    """One wrong digit erases somebody else."""
    await operator.types("invite", "contact", "--name", "Mina")
    code, _out, err = await operator.types("erase", "1")
    assert (code, "Read the number again" in err) == (2, True)
    assert (await operator.types("people"))[1] != ""
    code, out, err = await operator.types("erase", "1", "--for-good")
    assert (code, "Person 1 is erased" in out, err) == (0, True, "")
    assert (await operator.types("people"))[1] == ""
    assert (operator.settings.data_dir / "erased.jsonl").read_text().count('"person": 1') == 1
    assert "erased" in (await operator.types("audit", "list"))[1]
    code, _out, err = await operator.types("erase", "1", "--for-good")
    assert (code, err) == (2, "vidare: person 1 is not here\n")


async def test_a_row_that_does_not_open_can_be_erased(operator: Operator) -> None:
    """Nothing else helps there but a backup."""
    await operator.types("invite", "contact", "--name", "Mina")
    spoil(operator, "UPDATE people SET sealed_person = x'00'")
    assert (await operator.types("erase", "1", "--for-good"))[0] == 0
    assert (await operator.types("people"))[1] == ""


async def test_without_telegram_it_is_done_all_the_same(operator: Operator) -> None:
    """A stolen phone does not wait for the network."""
    await operator.types("invite", "contact", "--name", "Mina")
    await operator.sandbox.stop()
    code, out, _err = await operator.types("erase", "1", "--for-good")
    assert (code, "Person 1 is erased" in out) == (0, True)


async def test_a_contact_persons_case_moves_on_at_once(town: Town) -> None:
    """Whoever has her phone now has no case, and Josef is asked."""
    mina, josef = await town.contact(), await town.contact("Josef", 22)
    leyla = await town.resident(contacts=(mina, josef))
    await town.happen(leyla, Pressed("someone"))
    await town.happen(mina, Pressed("al:1:1:have"))
    ordered = await town.run(erase, town.house, mina, NOW)
    alert = await town.alert(1)
    assert (alert.state, alert.holder) == (AlertState.RAISED, None)
    assert any(text.startswith("🟠 Case 1") for text in await town.texts(josef))
    assert not await town.exists(mina)
    assert {each.chat_id for each in ordered.loose if hasattr(each, "chat_id")} == {21}
    assert [each.did for each in await town.run(audit.entries)] == ["erased"]


@pytest.mark.parametrize("held", [{"frozen": NOW}, {"lock": a_lock()}])
async def test_neither_a_frozen_chat_nor_a_code_stands_in_the_way(town: Town, held: dict[str, Any]) -> None:
    """She may have lost both phone and number, and asks somebody of the organisation."""
    leyla = await town.resident(**held)
    await town.run(erase, town.house, leyla, NOW)
    assert not await town.exists(leyla)


async def test_a_resident_is_erased_as_if_she_had_asked(town: Town) -> None:
    """And nobody is erased twice."""
    leyla = await town.resident()
    assert (await town.run(erase, town.house, leyla, NOW)).erased
    assert list(town.house.tombstones) == [leyla]  # type: ignore[call-overload]
    with pytest.raises(people.PersonNotFound):
        await town.run(erase, town.house, leyla, NOW)
