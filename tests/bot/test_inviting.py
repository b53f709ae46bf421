"""An invitation makes a person, and a code that stands nowhere but in the link."""

import sqlite3
from datetime import timedelta

import pytest

from bot.freezing import NoSuchResident
from bot.inviting import (
    LIFETIME,
    NameInUse,
    NoSuchContact,
    NothingToRenew,
    NotToPropose,
    invite,
    move_up,
    propose,
    renew,
)
from dialogs.kinds import ContactKind
from dialogs.people import Agreed, Role
from storage import invitations, links, people
from storage.audit import entries
from tests.bot.town import NOW, Town

SECOND = timedelta(seconds=1)


@pytest.mark.parametrize("role", list(Role))
async def test_the_code_lets_exactly_this_person_in(town: Town, role: Role) -> None:
    """Once, and within a day."""
    person, code = await town.run(invite, town.house, role, "Mina", NOW)
    known = await town.known(person)
    assert (known.role, known.state, known.chat_id) == (role, "invited", None)
    assert await town.run(invitations.redeem, town.house.doors, code, NOW + LIFETIME - SECOND) == person
    with pytest.raises(invitations.InvitationUsed):
        await town.run(invitations.redeem, town.house.doors, code, NOW)


async def test_the_code_ends_after_a_day(town: Town) -> None:
    """A lost slip of paper is worth nothing tomorrow."""
    _person, code = await town.run(invite, town.house, Role.RESIDENT, "Leyla", NOW)
    with pytest.raises(invitations.InvitationExpired):
        await town.run(invitations.redeem, town.house.doors, code, NOW + LIFETIME)


async def test_the_code_fits_a_link_and_stands_in_no_file(town: Town) -> None:
    """Telegram takes 64 letters of A-Z a-z 0-9 _ -; the database keeps a hash."""
    _person, code = await town.run(invite, town.house, Role.RESIDENT, "Leyla", NOW)
    assert len(code) <= 64
    assert code.replace("-", "").replace("_", "").isalnum()
    assert code.isascii()
    assert not any(code.encode() in file.read_bytes() for file in town.folder.iterdir() if file.is_file())


async def test_a_resident_is_offered_every_contact_person_unless_some_are_named(town: Town) -> None:
    """She says yes or no to each herself: nothing is agreed yet."""
    mina, josef = await town.contact(), await town.contact("Josef", 22)
    await town.contact("Karin", 23, Role.COORDINATOR)
    everybody, _code = await town.run(invite, town.house, Role.RESIDENT, "Leyla", NOW)
    assert await _proposed(town, everybody) == [mina, josef]
    named, _code = await town.run(invite, town.house, Role.RESIDENT, "Reza", NOW, ["Josef", str(mina)])
    assert await _proposed(town, named) == [josef, mina]
    assert not any(link.agreed for link in await town.run(links.contacts_of, named))
    assert (await town.person(named)).contacts == ()


async def _proposed(town: Town, resident: int) -> list[int]:
    proposed = [each.id for each in (await town.person(resident)).proposed]
    assert proposed == [each.contact_id for each in await town.run(links.contacts_of, resident)]
    return proposed


@pytest.mark.parametrize("named", ["Nobody", "Mina"])
async def test_a_name_that_is_not_there_or_there_twice_is_refused(town: Town, named: str) -> None:
    """To guess whom an alert shall go to is no option; the sentence shows the choices."""
    first, second = await town.contact("Mina", 21), await town.contact("Mina", 22)

    def work(db: sqlite3.Connection) -> None:
        invite(db, town.house, Role.RESIDENT, "Leyla", NOW, [named])

    with pytest.raises(NoSuchContact, match=rf"Mina \({first}\), Mina \({second}\)"):
        await town.run(work)
    assert await town.cell("SELECT count(*) FROM people") == 2, "nobody was invited half"


async def test_who_has_left_is_not_proposed(town: Town) -> None:
    """She would be told, and there would be nobody."""
    mina = await town.contact()
    await town.run(people.set_state, mina, "left", NOW)
    leyla, _code = await town.run(invite, town.house, Role.RESIDENT, "Leyla", NOW)
    assert await _proposed(town, leyla) == []


async def test_a_contact_person_is_proposed_to_nobody(town: Town) -> None:
    """Only residents have contact persons."""
    await town.contact()
    josef, _code = await town.run(invite, town.house, Role.CONTACT, "Josef", NOW)
    assert await town.run(links.contacts_of, josef) == []


async def test_a_contact_person_has_a_kind_and_a_resident_is_shown_it(town: Town) -> None:
    """What is usual for the kind is what that person sees until she decides otherwise."""
    professional = ContactKind.PROFESSIONAL
    mina, _code = await town.run(invite, town.house, Role.CONTACT, "Mina", NOW, None, professional)
    leyla, _code = await town.run(invite, town.house, Role.RESIDENT, "Leyla", NOW, ["Mina"])
    assert (await town.person(mina)).kind is professional
    assert (await town.person(leyla)).proposed == (Agreed(mina, "Mina", professional),)


async def test_a_coordinator_is_of_no_special_kind(town: Town) -> None:
    """She sees no resident by her kind."""
    karin, _code = await town.run(
        invite, town.house, Role.COORDINATOR, "Karin", NOW, None, ContactKind.PROFESSIONAL
    )
    assert (await town.person(karin)).kind is ContactKind.ORDINARY


async def test_two_of_one_name_are_not_invited(town: Town) -> None:
    """A letter, a case and a choice are known by the name: the wrong one of two would get it (R32)."""
    await town.contact("Mina")
    await town.resident("Linden", 12)
    for role, name in ((Role.CONTACT, "mina"), (Role.COORDINATOR, "Mina "), (Role.RESIDENT, "LINDEN")):
        with pytest.raises(NameInUse):
            await town.run(invite, town.house, role, name, NOW)
    await town.run(invite, town.house, Role.RESIDENT, "Mina", NOW)


async def test_who_has_not_come_is_proposed_only_by_name(town: Town) -> None:
    """An invitation in a drawer is nobody who can be told."""
    await town.run(invite, town.house, Role.CONTACT, "Josef", NOW)
    mina = await town.contact()
    leyla, _code = await town.run(invite, town.house, Role.RESIDENT, "Leyla", NOW)
    assert await _proposed(town, leyla) == [mina]


# --- invitations that ran out ---


@pytest.mark.parametrize("role", list(Role))
async def test_the_same_name_again_renews_what_ran_out(town: Town, role: Role) -> None:
    """The same person and a new code; the old one is dead, and nobody is there twice."""
    person, old = await town.run(invite, town.house, role, "Linden", NOW)
    with pytest.raises(NameInUse):
        await town.run(invite, town.house, role, "linden", NOW + LIFETIME - SECOND)
    again, code = await town.run(invite, town.house, role, "linden", NOW + LIFETIME)
    assert again == person
    with pytest.raises(invitations.InvitationUnknown):
        await town.run(invitations.redeem, town.house.doors, old, NOW + LIFETIME)
    assert await town.run(invitations.redeem, town.house.doors, code, NOW + LIFETIME) == person


async def test_a_renewed_resident_is_offered_whom_is_chosen_now(town: Town) -> None:
    """The choice of the day, not of the slip that was lost."""
    mina, josef = await town.contact(), await town.contact("Josef", 22)
    leyla, _code = await town.run(invite, town.house, Role.RESIDENT, "Linden", NOW, ["Mina"])
    assert await _proposed(town, leyla) == [mina]
    await town.run(invite, town.house, Role.RESIDENT, "Linden", NOW + LIFETIME, ["Josef"])
    assert await _proposed(town, leyla) == [josef]


async def test_another_kind_or_role_is_another_person(town: Town) -> None:
    """Nobody came, so the name is free; the first one cannot come back to it meanwhile."""
    first, _code = await town.run(invite, town.house, Role.CONTACT, "Mina", NOW)
    later = NOW + LIFETIME
    second, _code = await town.run(
        invite, town.house, Role.CONTACT, "Mina", later, None, ContactKind.PROFESSIONAL
    )
    assert second != first
    with pytest.raises(NameInUse):
        await town.run(renew, town.house, first, later, None)
    with pytest.raises(NameInUse):
        await town.run(invite, town.house, Role.CONTACT, "Mina", later)


async def test_renewing_is_for_who_has_not_come(town: Town) -> None:
    """Before and after its end; whoever came needs no link."""
    josef, _old = await town.run(invite, town.house, Role.CONTACT, "Josef", NOW)
    code = await town.run(renew, town.house, josef, NOW, None)
    assert await town.run(invitations.redeem, town.house.doors, code, NOW) == josef
    for number in (josef, await town.contact(), 77):
        with pytest.raises(NothingToRenew):
            await town.run(renew, town.house, number, NOW, None)


# --- proposed later ---


async def test_somebody_new_is_proposed_to_a_resident_who_is_here(town: Town) -> None:
    """The last of the order, agreed to by nobody; she is told that there is something to look at."""
    mina, josef = await town.contact(), await town.contact("Josef", 22)
    leyla = await town.resident(contacts=(mina,))
    await town.run(propose, town.house, leyla, josef, NOW)
    assert await _proposed(town, leyla) == [mina, josef]
    assert [each.id for each in (await town.person(leyla)).contacts] == [mina]
    (said,) = await town.texts(leyla)
    assert "something you can look at" in said
    assert "Josef" not in said
    await town.take(town.press(11, f"set:contact:{josef}"), town.press(11, f"set:see:{josef}:told:yes"))
    assert [link.agreed for link in await town.run(links.contacts_of, leyla)] == [True, True]
    assert (await town.run(entries))[0][2:5] == (None, "contact-proposed", f"person:{leyla}")


async def test_only_a_contact_person_who_has_come_is_proposed_and_once(town: Town) -> None:
    """Nobody in a drawer, no coordinator, no resident; and only to a resident."""
    mina, karin = await town.contact(), await town.contact("Karin", 23, Role.COORDINATOR)
    josef, _code = await town.run(invite, town.house, Role.CONTACT, "Josef", NOW)
    leyla = await town.resident(contacts=(mina,))
    for contact in (mina, karin, josef, leyla, 77):
        with pytest.raises(NotToPropose):
            await town.run(propose, town.house, leyla, contact, NOW)
    with pytest.raises(NoSuchResident):
        await town.run(propose, town.house, mina, mina, NOW)
    assert await town.texts(leyla) == []


async def test_the_order_of_table_and_page_is_the_operators(town: Town) -> None:
    """Who is told first changes, a yes does not; the first one stays the first."""
    mina, josef, sara = [
        await town.contact(name, 21 + at) for at, name in enumerate(("Mina", "Josef", "Sara"))
    ]
    leyla = await town.resident(contacts=(mina, josef))
    await town.run(propose, town.house, leyla, sara, NOW)
    await town.run(move_up, town.house, leyla, josef, NOW)
    await town.run(move_up, town.house, leyla, josef, NOW)
    her = await town.person(leyla)
    assert [each.id for each in her.proposed] == [josef, mina, sara]
    found = await town.run(links.contacts_of, leyla)
    assert [(link.contact_id, link.agreed) for link in found] == [(josef, True), (mina, True), (sara, False)]
    assert [each.id for each in her.contacts] == [josef, mina]
    await town.run(move_up, town.house, leyla, sara, NOW)
    await town.take(town.press(11, f"set:see:{sara}:told:yes"))
    assert await _proposed(town, leyla) == [josef, sara, mina]
    with pytest.raises(NotToPropose):
        await town.run(move_up, town.house, leyla, 77, NOW)
