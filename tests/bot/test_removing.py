"""Removing somebody from outside: the same follows as when she leaves, and she hears one sentence."""

import pytest
from pydantic import SecretStr

from bot.outgoing import Send
from bot.removing import NotToRemove, farewell, remove
from bot.sandbox.server import Sandbox
from bot.settings import load_settings
from dialogs.alert import AlertState
from dialogs.events import Pressed, Wrote
from dialogs.people import Role
from dialogs.words import Word
from storage import desk_sessions, links, talks
from tests.bot.town import NOW, StillClock, Town

TOKEN = "123456789:AAremoving-token-that-must-never-be-shown"


async def test_her_case_goes_on_and_her_residents_hear_of_it(town: Town) -> None:
    """The next one is asked at once; nothing of her stays but a number in the audit."""
    mina, josef = await town.contact(), await town.contact("Josef", 22)
    leyla = await town.resident(contacts=(mina, josef))
    await town.happen(leyla, Wrote("someone", Word.SOMEONE))
    await town.take(town.press(21, "al:1:1:have"))
    words = await town.run(remove, town.house, mina, NOW, None)
    alert = await town.alert(1)
    assert (alert.holder, alert.state) == (None, AlertState.RAISED)
    assert any("Case 1: urgent" in text for text in await town.texts(josef))
    assert any("Mina is no longer one of your contact persons" in text for text in await town.texts(leyla))
    assert not await town.exists(mina)
    assert mina in list(town.house.tombstones)  # type: ignore[call-overload]
    assert [each.contact_id for each in await town.run(links.contacts_of, leyla)] == [josef]
    sentences = [each for each in words if isinstance(each, Send)]
    assert [(each.chat_id, each.text.startswith("Hello. Testköping has ended")) for each in sentences] == [
        (21, True)
    ]
    assert await town.cell("SELECT did FROM audit") == "person-removed"


async def test_talks_and_promised_calls_end(town: Town) -> None:
    """Leyla hears that nothing comes of it."""
    mina = await town.contact()
    leyla = await town.resident(contacts=(mina,))
    await town.happen(mina, Pressed(f"tk:with:{leyla}"))
    await town.happen(mina, Pressed(f"cl:for:{leyla}"))
    await town.happen(mina, Pressed(f"cl:in:{leyla}:60"))
    her = await town.person(leyla)
    assert (her.talk is not None, len(her.calls)) == (True, 1)
    await town.run(remove, town.house, mina, NOW, None)
    assert await town.run(talks.open_of, leyla) == []
    her = await town.person(leyla)
    assert (her.talk, her.calls, her.contacts, her.proposed) == (None, (), (), ())
    assert any("Mina cannot get in touch as promised" in text for text in await town.texts(leyla))


async def test_a_coordinators_sessions_end(town: Town) -> None:
    """The desk is shut at the next request."""
    karin = await town.contact("Karin", 23, Role.COORDINATOR)
    await town.run(desk_sessions.begin, karin, NOW)
    await town.run(remove, town.house, karin, NOW, None)
    assert await town.cell("SELECT count(*) FROM desk_sessions") == 0


async def test_a_resident_is_never_removed(town: Town) -> None:
    """Nor who is not there, nor who cannot be read, nor twice, nor whom this door is not for."""
    mina, karin = await town.contact(), await town.contact("Karin", 23, Role.COORDINATOR)
    leyla = await town.resident(contacts=(mina,))
    await town.run(remove, town.house, mina, NOW, None)
    for number, roles in (
        (leyla, tuple(Role)),
        (77, tuple(Role)),
        (mina, tuple(Role)),
        (karin, (Role.CONTACT,)),
    ):
        with pytest.raises(NotToRemove):
            await town.run(remove, town.house, number, NOW, karin, roles)
    await town.damage(karin)
    with pytest.raises(NotToRemove):
        await town.run(remove, town.house, karin, NOW, None)


async def test_the_sentence_is_sent_or_said_not_to_be(town: Town) -> None:
    """Whoever removed her must know whether to tell her."""
    sandbox = Sandbox(TOKEN, StillClock())
    await sandbox.start()
    settings = load_settings(
        telegram_token=SecretStr(TOKEN), telegram_api=sandbox.url, data_dir=town.folder / "unused"
    )
    phone = sandbox.add_person("Mina").id
    sandbox.start_bot(phone)
    assert await farewell(settings, [Send(phone, "goodbye")])
    assert sandbox.chat(phone).messages[-1].text == "goodbye"
    assert not await farewell(settings, [Send(424242, "goodbye")])
    assert not await farewell(settings, [])
    await sandbox.stop()
