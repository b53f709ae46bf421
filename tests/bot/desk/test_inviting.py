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


async def test_what_ran_out_stays_listed_and_is_made_anew(inside: Office) -> None:
    """The same person, a new card, shown once; the slip that was lost opens nothing."""
    await _invite(inside)
    josef = await inside.town.cell("SELECT max(id) FROM people")
    assert "ran out" not in (await inside.get("/invitations"))[1]
    await inside.town.write("UPDATE invitations SET expires_at = 0")
    _status, page = await inside.get("/invitations")
    assert ("ran out" in page, f'action="/invitations/{josef}/renew"' in page) == (True, True)
    status, page = await inside.page_after(f"/invitations/{josef}/renew", once="anew")
    code = re.search(r"https://t\.me/vidare_bot\?start=([\w-]+)", page)
    assert (status, code is not None) == (200, True)
    assert "shown already" in (await inside.page_after(f"/invitations/{josef}/renew", once="anew"))[1]
    assert code is not None
    assert await inside.town.run(invitations.redeem, inside.town.house.doors, code[1], NOW) == josef
    assert "used or taken back" in (await inside.page_after(f"/invitations/{josef}/renew", once="more"))[1]
    assert (inside.karin, "invitation-renewed", f"person:{josef}") in await inside.did()


async def test_a_name_that_somebody_has_since_cannot_be_renewed(inside: Office) -> None:
    """Two of one name would be taken for each other."""
    await _invite(inside)
    josef = await inside.town.cell("SELECT max(id) FROM people")
    await inside.town.write("UPDATE invitations SET expires_at = 0")
    await inside.town.contact("Josef", 22)
    _status, page = await inside.page_after(f"/invitations/{josef}/renew", once="anew")
    assert "Somebody here has that name now" in page


async def test_without_telegram_nothing_is_renewed(inside: Office) -> None:
    """The old link stays what it was."""
    await _invite(inside)
    before = await inside.town.cell("SELECT code_hash FROM invitations")

    async def away() -> str:
        raise DeliveryFailed(Failure.NOT_SENT)

    inside.desk.bot_name = away
    person = await inside.town.cell("SELECT max(id) FROM people")
    status, page = await inside.page_after(f"/invitations/{person}/renew", once="anew")
    assert (status, "Telegram does not answer" in page) == (422, True)
    assert await inside.town.cell("SELECT code_hash FROM invitations") == before


async def test_only_who_has_come_is_offered_and_nobody_is_ticked(inside: Office) -> None:
    """A box that is ticked already would be a proposal by accident."""
    await _invite(inside)
    _status, page = await inside.get("/invitations")
    josef = await inside.town.cell("SELECT max(id) FROM people")
    assert f'name="contact-{inside.mina}" value="yes">' in page
    assert f'name="contact-{josef}"' not in page
    _status, page = await _invite(
        inside, "second", role="resident", name="", **{f"contact__{inside.mina}": "yes"}
    )
    assert f'name="contact-{inside.mina}" value="yes" checked>' in page
