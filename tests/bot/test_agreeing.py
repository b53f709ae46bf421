"""Cases and neighbours follow whom a resident agreed to, and who is still there."""

from bot.ordering import Ordered
from dialogs import helper_texts
from dialogs.alert import AlertState
from dialogs.events import ContactPersonLeft, Pressed, Wrote
from dialogs.people import Agreed, Resident
from dialogs.words import Word
from storage import channels, links, rings
from tests.bot.town import NOW, Town

HAVE_IT = Wrote("I have it", Word.HAVE_IT)


async def test_choosing_contact_persons_agrees_to_them_and_to_no_others(town: Town) -> None:
    """What the alert reads are the links, not what stands in her own record."""
    mina, josef = await town.contact(), await town.contact("Josef", 22)
    leyla = await town.resident(contacts=(mina, josef))
    await town.happen(leyla, Pressed(f"set:see:{mina}:told:no"))
    assert await _agreed(town, leyla) == [josef]
    await town.happen(leyla, Pressed(f"set:see:{mina}:told:yes"))
    assert await _agreed(town, leyla) == [mina, josef], "the order stays the operator's"


async def _agreed(town: Town, resident: int) -> list[int]:
    found = await town.run(links.contacts_of, resident)
    return [each.contact_id for each in found if each.agreed]


async def test_a_contact_person_who_leaves_hands_her_case_on(town: Town) -> None:
    """A case in the hands of somebody who is gone would be nobody's."""
    mina, josef = await town.contact(), await town.contact("Josef", 22)
    leyla = await town.resident(contacts=(mina, josef))
    await town.happen(leyla, Pressed("someone"))
    await town.told(1)
    await town.happen(mina, Pressed("al:1:1:have"))
    assert (await town.alert(1)).holder == mina
    await town.happen(mina, Pressed("ch:leave-yes"))
    alert = await town.alert(1)
    assert (alert.state, alert.holder) == (AlertState.RAISED, None)
    assert [each.contact for each in alert.told] == [mina, josef]
    assert any("Case 1" in text for text in await town.texts(josef))
    assert not await town.exists(mina)


async def test_a_contact_person_who_leaves_takes_her_channels_along(town: Town) -> None:
    """Her number is gone with her, and nothing rings there any more."""
    mina = await town.contact()
    await town.run(channels.add, (await town.known(mina)).box, mina, "json://gateway.example", NOW)
    await town.run(rings.put, mina, None, NOW)
    await town.happen(mina, Pressed("ch:leave-yes"))
    assert not await town.exists(mina)
    assert await town.run(channels.everybodys) == []
    assert await town.cell("SELECT count(*) FROM rings") == 0


async def test_the_last_contact_person_who_leaves_is_not_asked_again(town: Town) -> None:
    """There is nobody then, and the resident hears that instead."""
    mina = await town.contact()
    leyla = await town.resident(contacts=(mina,))
    await town.happen(leyla, Pressed("someone"))
    await town.told(1)
    await town.happen(mina, Pressed("ch:leave-yes"))
    alert = await town.alert(1)
    assert [each.contact for each in alert.told] == [mina]
    assert alert.next_step_at is not None
    assert any("No answer yet" in text for text in await town.texts(leyla))


async def test_a_resident_hears_that_her_contact_person_left(town: Town) -> None:
    """And nobody who is gone stays among those she can choose."""
    mina, josef = await town.contact(), await town.contact("Josef", 22)
    leyla = await town.resident(contacts=(mina, josef))
    await town.happen(mina, Pressed("ch:leave-yes"))
    person: Resident = await town.person(leyla)
    assert person.contacts == person.proposed == (Agreed(josef, "Josef"),)
    gone = town.say(helper_texts.contact_left("Mina")[1])
    assert any(gone in text for text in await town.texts(leyla))
    assert await _agreed(town, leyla) == [josef]


async def test_a_leaving_contact_person_of_nobody_is_no_news(town: Town) -> None:
    """Residents who do not know her hear nothing."""
    josef = await town.contact("Josef", 22)
    leyla = await town.resident(contacts=(josef,))
    ordered = await town.happen(leyla, ContactPersonLeft(99))
    assert ordered == Ordered()


async def test_a_yes_is_taken_back_also_where_her_case_does_not_open(town: Town) -> None:
    """A bad row must not keep somebody among those who are told against her will."""
    mina = await town.contact()
    leyla = await town.resident(contacts=(mina,))
    await town.happen(leyla, Wrote("someone", Word.SOMEONE))
    await town.damage_alert(1)
    await town.happen(leyla, Pressed(f"set:see:{mina}:told:no"))
    assert (await town.person(leyla)).contacts == ()
    assert not any(link.agreed for link in await town.run(links.contacts_of, leyla))
