"""A visit: words for the next page are said once, and a form counts once."""

from bot.desk.visit import REMEMBERED, form_token
from tests.bot.desk.conftest import Office


async def test_what_became_of_a_change_is_said_once(inside: Office) -> None:
    """On the next page, and not on the one after that."""
    await inside.post(f"/people/{inside.mina}/limit", most="3")
    assert "Saved." in (await inside.get("/people"))[1]
    assert "Saved." not in (await inside.get("/people"))[1]


async def test_a_form_counts_once_and_what_is_remembered_is_bounded(inside: Office) -> None:
    """However long the desk is open."""
    desk = inside.desk
    assert desk.once("a")
    assert not desk.once("a")
    assert not desk.once("")
    for number in range(2 * REMEMBERED):
        desk.once(str(number))
    assert len(desk.done) == REMEMBERED


def test_each_session_has_forms_of_its_own() -> None:
    """The token of one opens nothing in another, and does not tell the session."""
    assert form_token("a") != form_token("b")
    assert "session" not in form_token("session")
