"""People at the desk: aliases, load in words, and a page whose opening is noted."""

import pytest

from tests.bot.desk.conftest import Office


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
