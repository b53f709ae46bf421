"""People at the desk: aliases, load in words, and a page whose opening is noted."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.outgoing import Outgoing, Send
from dialogs.people import Role
from storage import people
from tests.bot.desk.conftest import Office
from tests.bot.town import NOW


async def test_residents_and_contact_persons_are_listed(inside: Office) -> None:
    """Who is here, who can be reached, and for whom Mina is there."""
    _status, page = await inside.get("/people")
    for words in ("Leyla", "Mina", "Karin", "1 of 5", "Coordinator", "not lately"):
        assert words in page, words
    assert "too many" not in page


async def test_more_than_she_can_is_said_in_words(inside: Office) -> None:
    """Not everybody sees a colour."""
    status, page = await inside.page_after(f"/people/{inside.mina}/limit", most="0")
    assert status == 200
    assert "Saved." in page
    assert "too many" in page
    assert "too many" in (await inside.get("/people"))[1]
    assert (inside.karin, "limit-set", f"person:{inside.mina}") in await inside.did()
    await inside.page_after(f"/people/{inside.mina}/limit", most="")
    assert (await inside.town.person(inside.mina)).most is None


@pytest.mark.parametrize("most", ["-1", "51", "many", "<b>", "9" * 300])
async def test_a_limit_that_is_none_is_kept_in_its_field(inside: Office, most: str) -> None:
    """With the reason beside it; nothing was changed."""
    status, page = await inside.page_after(f"/people/{inside.mina}/limit", most=most)
    assert status == 422
    assert "Write a number from 0 to 50." in page
    assert "<b>" not in page
    assert (await inside.town.person(inside.mina)).most is None


async def test_opening_a_page_is_noted(inside: Office) -> None:
    """S10; a page that is not there is not."""
    assert "Leyla" in (await inside.get(f"/people/{inside.leyla}"))[1]
    assert (await inside.get("/people/999"))[0] == 404
    assert (await inside.get("/people/99999999999999999999"))[0] == 404
    opened = [each for each in await inside.did() if each[1] == "person-opened"]
    assert opened == [(inside.karin, "person-opened", f"person:{inside.leyla}")]


async def test_a_resident_has_no_limit(inside: Office) -> None:
    """Only who is there for others has one."""
    assert (await inside.page_after(f"/people/{inside.leyla}/limit", most="3"))[0] == 404


async def test_who_would_be_told_now_stands_there_by_name(inside: Office) -> None:
    """For each resident and level; nobody is said in capitals."""
    _status, page = await inside.get("/who")
    assert page.count("<li><bdi>Mina</bdi></li>") == 3
    assert "NOBODY" not in page
    assert "Emergency" in page


async def test_numbers_stand_in_the_list(inside: Office) -> None:
    """Commands and notices name people by number."""
    _status, page = await inside.get("/people")
    assert page.count('data-label="Number"') == 3
    assert f'data-label="Number">{inside.leyla}<' in page


async def test_her_last_sign_is_shown_only_where_somebody_may_see_it(inside: Office) -> None:
    """Her switches hold here too; an open case is a reason to look for her."""
    town = inside.town
    known = await town.known(inside.leyla)
    seen = replace(await town.person(inside.leyla), last_sign=NOW - timedelta(days=1))
    await town.run(people.save_person, known.box, seen, NOW)
    assert "23 November" in (await inside.get(f"/people/{inside.leyla}"))[1]
    hidden = replace(seen, sight=((inside.mina, ()),))
    await town.run(people.save_person, known.box, hidden, NOW)
    for path in ("/people", f"/people/{inside.leyla}"):
        _status, page = await inside.get(path)
        assert ("23 November" in page, "not shown" in page) == (False, True), path
    await inside.raise_case()
    assert "not shown" not in (await inside.get("/people"))[1]


async def test_a_contact_person_is_removed_after_a_page_that_says_what_follows(inside: Office) -> None:
    """She hears it, Leyla does, and it is noted by whom."""
    page = (await inside.get(f"/people/{inside.mina}"))[1]
    assert f'href="/people/{inside.mina}/remove"' in page
    status, page = await inside.get(f"/people/{inside.mina}/remove")
    assert (status, "It cannot be undone." in page) == (200, True)
    assert await inside.town.exists(inside.mina)
    _status, page = await inside.page_after(f"/people/{inside.mina}/remove")
    assert "Removed. I have told that person." in page
    assert not await inside.town.exists(inside.mina)
    assert [each.chat_id for each in inside.heard if isinstance(each, Send)] == [21]
    assert any("no longer one of your" in text for text in await inside.town.texts(inside.leyla))
    assert (inside.karin, "person-removed", f"person:{inside.mina}") in await inside.did()
    assert (await inside.page_after(f"/people/{inside.mina}/remove"))[0] == 404


async def test_nobody_removes_herself_another_coordinator_or_a_resident(inside: Office) -> None:
    """From the desk only contact persons."""
    other = await inside.town.contact("Elsa", 32, Role.COORDINATOR)
    for person in (inside.karin, other, inside.leyla, 77):
        assert "/remove" not in (await inside.get(f"/people/{person}"))[1]
        assert (await inside.get(f"/people/{person}/remove"))[0] == 404
        assert (await inside.page_after(f"/people/{person}/remove"))[0] == 404
    assert inside.heard == []


async def test_who_could_not_be_told_is_said(inside: Office) -> None:
    """Then somebody has to do it in person."""

    async def nobody(_words: Sequence[Outgoing]) -> bool:
        return False

    inside.desk.farewell = nobody
    assert "please do it yourself" in (await inside.page_after(f"/people/{inside.mina}/remove"))[1]
