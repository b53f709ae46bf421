"""A resident's page: proposing, the order, a frozen chat, and notes."""

from dataclasses import replace

import pytest

from dialogs.internal_notes import InternalNote
from dialogs.people import Consent
from storage import internal_notes, links, people
from tests.bot.desk.conftest import Office
from tests.bot.town import NOW


async def _notes(office: Office, count: int) -> None:
    box = (await office.town.known(office.leyla)).box
    for number in range(count):
        note = InternalNote(f"note-{number:02}", NOW, office.mina)
        await office.town.run(internal_notes.write, box, office.leyla, note)


async def test_somebody_new_is_proposed_from_her_page(inside: Office) -> None:
    """Only who has come and was not proposed; she decides, and it is noted."""
    her = f"/people/{inside.leyla}"
    assert "/propose" not in (await inside.get(her))[1], "there is nobody else"
    josef = await inside.town.contact("Josef", 22)
    assert f'<option value="{josef}">Josef</option>' in (await inside.get(her))[1]
    _status, page = await inside.page_after(f"{her}/propose", contact=str(josef))
    assert ("She decides" in page, "she has not said yes" in page) == (True, True)
    assert any("something you can look at" in text for text in await inside.town.texts(inside.leyla))
    assert (inside.karin, "contact-proposed", f"person:{inside.leyla}") in await inside.did()
    _status, page = await inside.page_after(f"{her}/propose", contact=str(josef))
    assert "Nothing was done" in page
    assert len(await inside.town.texts(inside.leyla)) == 1


async def test_who_is_told_first_is_changed_there(inside: Office) -> None:
    """One place at a time, and no yes is touched."""
    josef = await inside.town.contact("Josef", 22)
    her = f"/people/{inside.leyla}"
    await inside.post(f"{her}/propose", contact=str(josef))
    _status, page = await inside.page_after(f"{her}/order", contact=str(josef))
    assert page.index("Josef</bdi>: she has not said yes") < page.index("Mina</bdi>: she has said yes")
    found = await inside.town.run(links.contacts_of, inside.leyla)
    assert sorted((each.turn, each.contact_id, each.agreed) for each in found) == [
        (0, josef, False),
        (1, inside.mina, True),
    ]
    assert (inside.karin, "order-set", f"person:{inside.leyla}") in await inside.did()


@pytest.mark.parametrize("contact", ["", "x", "-1", "9" * 40])
async def test_a_form_that_names_nobody_changes_nothing(inside: Office, contact: str) -> None:
    """Made by hand, or old."""
    for what in ("propose", "order"):
        status, page = await inside.page_after(f"/people/{inside.leyla}/{what}", contact=contact)
        assert (status, "Nothing was done" in page) == (200, True)


async def test_a_chat_is_frozen_after_a_page_that_says_what_follows(inside: Office) -> None:
    """And unfrozen with one press; the list says it too."""
    her = f"/people/{inside.leyla}"
    assert "are told not to write there" in (await inside.get(f"{her}/freeze"))[1]
    _status, page = await inside.page_after(f"{her}/freeze")
    assert ("This chat is frozen since" in page, "Her contact persons are told" in page) == (True, True)
    assert "frozen" in (await inside.get("/people"))[1]
    assert any("other hands" in text for text in await inside.town.texts(inside.mina))
    assert "One chat is frozen" in (await inside.get("/"))[1]
    _status, page = await inside.page_after(f"{her}/unfreeze")
    assert ("Unfrozen." in page, "is frozen since" in page) == (True, False)
    assert "It was not frozen." in (await inside.page_after(f"{her}/unfreeze"))[1]
    assert [what for _who, what, _about in await inside.did() if "frozen" in what] == [
        "person-frozen",
        "person-unfrozen",
    ]


async def test_where_nobody_may_be_told_the_page_says_so(inside: Office) -> None:
    """Before and after: then it is for the coordinator to do."""
    known = await inside.town.known(inside.leyla)
    silent = replace(await inside.town.person(inside.leyla), consent=Consent(True, True, False))
    await inside.town.run(people.save_person, known.box, silent, NOW)
    assert "tell those who should know yourself" in (await inside.get(f"/people/{inside.leyla}/freeze"))[1]
    assert "Nobody was told" in (await inside.page_after(f"/people/{inside.leyla}/freeze"))[1]
    assert await inside.town.texts(inside.mina) == []


async def test_notes_stand_there_page_by_page_and_opening_is_noted(inside: Office) -> None:
    """The latest ten, then older ones; who wrote each."""
    her = f"/people/{inside.leyla}"
    await inside.get(her)
    assert not [each for each in await inside.did() if each[1] == "opened-notes"], "there was nothing to open"
    await _notes(inside, 12)
    _status, page = await inside.get(her)
    assert ("note-11" in page, "note-02" in page, "note-01" in page) == (True, True, False)
    assert "<bdi>Mina</bdi>: <bdi>note-11</bdi>" in page
    _status, page = await inside.get(f"{her}?before=3")
    assert ("note-01" in page, "note-02" in page, "Latest" in page) == (True, False, True)
    for odd in ("x", "-1", "9" * 40):
        assert "note-11" in (await inside.get(f"{her}?before={odd}"))[1]
    assert (inside.karin, "opened-notes", f"person:{inside.leyla}") in await inside.did()


async def test_a_note_is_written_there_once(inside: Office) -> None:
    """Two presses are one note; it is text, signed, and nothing of it goes to her."""
    her = f"/people/{inside.leyla}"
    for _press in range(2):
        _status, page = await inside.page_after(f"{her}/notes", words=" <b>calm</b> ", once="one")
    assert ("The note is kept." in page, "&lt;b&gt;calm&lt;/b&gt;" in page, "<b>" in page) == (
        True,
        True,
        False,
    )
    assert await inside.town.run(internal_notes.count, inside.leyla) == 1
    assert (inside.karin, "note-written", f"person:{inside.leyla}") in await inside.did()
    assert await inside.town.texts(inside.leyla) == []


@pytest.mark.parametrize("words", ["", "   ", "x" * 1001])
async def test_a_note_that_does_not_fit_stays_in_its_field(inside: Office, words: str) -> None:
    """With the reason beside it."""
    status, page = await inside.page_after(f"/people/{inside.leyla}/notes", words=words, once="one")
    assert (status, "Write 1 to 1000 characters." in page, words in page) == (422, True, True)
    assert await inside.town.run(internal_notes.count, inside.leyla) == 0


async def test_a_helper_has_no_such_page(inside: Office) -> None:
    """Nobody is proposed to Mina, frozen or written about."""
    for what in ("propose", "order", "freeze", "unfreeze", "notes"):
        for person in (inside.mina, inside.karin, 77):
            fields = {"contact": "1", "words": "hello", "once": f"{what}{person}"}
            assert (await inside.page_after(f"/people/{person}/{what}", **fields))[0] == 404
    assert (await inside.get(f"/people/{inside.mina}/freeze"))[0] == 404
    assert (await inside.page_after(f"/people/{inside.mina}/notes", words=""))[0] == 404
