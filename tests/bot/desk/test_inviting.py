"""Invitations at the desk: shown once, told nobody, taken back."""

import re

from bot.outgoing import DeliveryFailed, Failure
from storage import invitations, links
from storage.tombstones import TombstoneFile
from tests.bot.desk.conftest import Office
from tests.bot.town import NOW


async def _invite(office: Office, once: str = "first", **fields: str) -> tuple[int, str]:
    return await office.page_after(
        "/invitations", once=once, **{"role": "contact", "name": "Josef", **fields}
    )


async def test_a_link_and_its_picture_are_shown_once(inside: Office) -> None:
    """The database has only a hash, so there is no second time."""
    status, page = await _invite(inside)
    code = re.search(r"https://t\.me/vidare_bot\?start=([\w-]+)", page)
    assert status == 200
    assert code is not None
    assert "data:image/svg+xml" in page
    person = await inside.town.run(invitations.redeem, inside.town.house.doors, code[1], NOW)
    assert (await inside.town.person(person)).name == "Josef"
    assert code[1] not in (await inside.get("/invitations"))[1]
    assert (inside.karin, "invited", f"person:{person}") in await inside.did()


async def test_two_presses_at_once_invite_one(inside: Office) -> None:
    """Also a page that is loaded again."""
    await _invite(inside)
    _status, page = await _invite(inside)
    assert "shown already" in page
    assert await inside.town.cell("SELECT count(*) FROM invitations") == 1


async def test_a_resident_is_offered_whom_was_chosen(inside: Office) -> None:
    """And nobody else; nobody at all is asked about first."""
    josef = await inside.town.contact("Josef", 22)
    status, page = await _invite(inside, role="resident", name="Blue Heron")
    assert (status, "Choose at least one contact person." in page) == (422, True)
    await _invite(inside, role="resident", name="Blue Heron", **{f"contact__{josef}": "yes"})
    heron = await inside.town.cell("SELECT max(id) FROM people")
    assert [each.contact_id for each in await inside.town.run(links.contacts_of, heron)] == [josef]


async def test_what_is_missing_is_said_beside_its_field(inside: Office) -> None:
    """What was written stays."""
    status, page = await _invite(inside, role="", name="Jo")
    assert (status, "Choose one." in page, 'value="Jo"' in page) == (422, True, True)
    status, page = await _invite(inside, name="x" * 41)
    assert (status, "Write a name of 1 to 40 characters." in page) == (422, True)
    status, page = await _invite(inside, role="resident", name="H", contact__999="yes")
    assert (status, "Choose from the list." in page) == (422, True)
    assert await inside.town.cell("SELECT count(*) FROM invitations") == 0


async def test_without_telegram_there_is_no_link(inside: Office) -> None:
    """And nobody is invited."""

    async def away() -> str:
        raise DeliveryFailed(Failure.NOT_SENT)

    inside.desk.bot_name = away
    status, page = await _invite(inside)
    assert (status, "Telegram does not answer" in page) == (422, True)
    assert await inside.town.cell("SELECT count(*) FROM invitations") == 0


async def test_an_invitation_is_taken_back_with_who_never_came(inside: Office) -> None:
    """Lost on the tram: the link is worthless, and nothing of the person stays."""
    await _invite(inside)
    josef = await inside.town.cell("SELECT max(id) FROM people")
    assert "Josef" in (await inside.get("/invitations"))[1]
    _status, page = await inside.page_after(f"/invitations/{josef}/revoke")
    assert "taken back" in page
    assert not await inside.town.exists(josef)
    assert josef in list(TombstoneFile(inside.town.folder / "erased.jsonl"))
    _status, page = await inside.page_after(f"/invitations/{josef}/revoke")
    assert "used or taken back already" in page
    _status, page = await inside.page_after(f"/invitations/{inside.mina}/revoke")
    assert await inside.town.exists(inside.mina), "who has come stays"


async def test_whoever_was_proposed_is_proposed_no_more(inside: Office) -> None:
    """A resident is not asked about somebody who will never come."""
    await _invite(inside)
    josef = await inside.town.cell("SELECT max(id) FROM people")
    await _invite(inside, "second", role="resident", name="Blue Heron", **{f"contact__{josef}": "yes"})
    heron = await inside.town.cell("SELECT max(id) FROM people")
    await inside.page_after(f"/invitations/{josef}/revoke")
    assert await inside.town.run(links.contacts_of, heron) == []
    assert (await inside.town.person(heron)).proposed == ()
