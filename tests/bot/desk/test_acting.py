"""A case from the desk: the same decisions as in Telegram, for a coordinator who was told or not."""

import asyncio

import pytest

from bot.desk import acting
from dialogs.alert import AlertState
from dialogs.people import Role
from storage import alerts
from tests.bot.desk.conftest import Office
from tests.bot.town import NOW


async def test_a_coordinator_who_was_never_told_takes_a_case_on(inside: Office) -> None:
    """She sits at the desk and sees it: that is as good as being told."""
    case = await inside.raise_case()
    _status, page = await inside.press(case, "have")
    alert = await inside.town.alert(case)
    assert (alert.state, alert.holder) == (AlertState.ACKNOWLEDGED, inside.karin)
    assert "You have case 1" in page
    assert any("Karin will get in touch" in text for text in await inside.town.texts(inside.leyla))
    assert any("Karin has case 1" in text for text in await inside.town.texts(inside.mina))
    assert any("You have case 1" in text for text in await inside.town.texts(inside.karin))
    assert (inside.karin, "case-taken", "case:1") in await inside.did()


async def test_taking_over_tells_everybody_once(inside: Office) -> None:
    """Whoever had it need do nothing more; Leyla hears who comes now, once."""
    case = await inside.raise_case()
    town = inside.town
    await town.take(town.press(21, f"al:{case}:1:have"))
    _status, page = await inside.press(case, "over")
    alert = await town.alert(case)
    assert (alert.state, alert.holder) == (AlertState.ACKNOWLEDGED, inside.karin)
    to_mina, to_leyla = await town.texts(inside.mina), await town.texts(inside.leyla)
    assert sum("Karin has taken case 1 over from you" in text for text in to_mina) == 1
    assert sum("Karin will get in touch" in text for text in to_leyla) == 1
    assert "You have case 1" in page
    assert (inside.karin, "case-taken-over", "case:1") in await inside.did()


async def test_what_somebody_else_has_is_not_taken_by_having_it(inside: Office) -> None:
    """Two at once: the second hears who was faster, at the desk and not in her chat as well."""
    case = await inside.raise_case()
    town, before = inside.town, await inside.town.texts(inside.karin)
    step = str((await town.alert(case)).current_step)
    await town.take(town.press(21, f"al:{case}:1:have"))
    _status, page = await inside.page_after(f"/cases/{case}", answer="have", step=step)
    assert "Mina has case 1 already." in page
    assert (await town.alert(case)).holder == inside.mina
    assert await town.texts(inside.karin) == before
    assert not [each for each in await inside.did() if each[1] == "case-taken"]


async def test_two_presses_at_once_are_one(inside: Office) -> None:
    """A double click must not tell everybody twice."""
    case = await inside.raise_case()
    await asyncio.gather(*(inside.post(f"/cases/{case}", answer="have", step="1") for _press in range(3)))
    assert sum("Karin has case 1" in text for text in await inside.town.texts(inside.mina)) == 1
    assert sum(what == "case-taken" for _who, what, _about in await inside.did()) == 1


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ("safe", AlertState.CLOSED),
        ("talked", AlertState.CLOSED),
        ("more", AlertState.ACKNOWLEDGED),
        ("missed", AlertState.RAISED),
        ("cannot", AlertState.RAISED),
    ],
)
async def test_whoever_has_it_says_how_it_went(inside: Office, answer: str, state: AlertState) -> None:
    """The same outcomes as in her chat."""
    case = await inside.raise_case()
    await inside.press(case, "have")
    await inside.press(case, answer)
    assert (await inside.town.alert(case)).state is state
    assert (inside.karin, "case-answered", "case:1") in await inside.did()


async def test_a_page_that_is_old_changes_nothing(inside: Office) -> None:
    """The case was opened again since; the answer was about what it was before."""
    case = await inside.raise_case()
    await inside.press(case, "have")
    await inside.press(case, "missed")
    _status, page = await inside.page_after(f"/cases/{case}", answer="safe", step="1")
    assert "opened again after that message" in page
    assert (await inside.town.alert(case)).state is AlertState.RAISED


async def test_a_closed_case_stays_closed(inside: Office) -> None:
    """Somebody else was faster with the good news."""
    case = await inside.raise_case()
    await inside.press(case, "have")
    await inside.press(case, "safe")
    _status, page = await inside.press(case, "over")
    assert "closed already" in page


async def test_a_case_that_cannot_be_read_or_is_not_there_is_a_sentence(inside: Office) -> None:
    """Nothing is changed, and nothing breaks."""
    case = await inside.raise_case()
    await inside.town.damage_alert(case)
    assert "Case 1 cannot be read" in (await inside.page_after(f"/cases/{case}", answer="have", step="1"))[1]
    assert "Case 77 is not here" in (await inside.page_after("/cases/77", answer="have", step="1"))[1]
    for fields in ({"answer": "burn", "step": "1"}, {"answer": "have", "step": "x"}, {"answer": "have"}):
        assert (await inside.page_after(f"/cases/{case}", **fields))[0] == 404


async def test_a_coordinator_in_another_town_is_none_of_the_ladder(inside: Office) -> None:
    """A contact person nobody agreed to is still refused: the desk is for coordinators."""
    case = await inside.raise_case()
    josef = await inside.town.contact("Josef", 22)
    became = await inside.town.run(acting.act, inside.town.house, josef, case, "have", 1, NOW)
    assert not became.done
    assert "not yours" in became.refused
    assert (await inside.town.known(josef)).role is Role.CONTACT
    assert [each.state for each in await inside.town.run(alerts.open_alerts)] == [AlertState.RAISED]


async def test_what_she_holds_she_can_answer_in_her_chat_too(inside: Office) -> None:
    """Never told, but hers: typed words find it."""
    case = await inside.raise_case()
    await inside.press(case, "have")
    town = inside.town
    await town.take(town.text(31, "reached and safe"))
    assert (await town.alert(case)).state is AlertState.CLOSED
