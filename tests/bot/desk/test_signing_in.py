"""Signing in: a link, a code, and nobody told why it did not work."""

from datetime import timedelta

import pytest

from bot.desk import signing_in
from bot.desk.signing_in import Enrolling, NoCoordinator, SignedIn
from dialogs.events import Wrote
from dialogs.words import Word
from storage import desk_accounts
from storage.desk_accounts import LOCKED_FOR, WRONG_AT_MOST
from tests.bot.desk.conftest import Office
from tests.bot.town import NOW

A_MINUTE = timedelta(minutes=1)


async def test_the_first_link_enrols_and_demands_a_code(office: Office) -> None:
    """Nothing is opened before the app has shown that it has the secret."""
    link = await office.link()
    assert 'data-testid="secret"' not in (await office.get(link))[1], "a preview must not see it"
    answer = await office.post(link, code="")
    page = await answer.text()
    assert 'data-testid="secret"' in page
    assert "data:image/svg+xml" in page
    assert "Set-Cookie" not in answer.headers
    assert 'id="code"' in (await office.get("/"))[1]
    await office.sign_in()
    assert "Open cases" in (await office.get("/"))[1]


async def test_a_wrong_code_at_enrolment_shows_the_picture_again(office: Office) -> None:
    """A slip is no reason to call the operator; but five are."""
    link = await office.link()
    first = await (await office.post(link, code="")).text()
    for _try in range(WRONG_AT_MOST - 1):
        page = await (await office.post(link, code="000000")).text()
        assert "not right" in page
        assert page.split('secret">')[1][:20] == first.split('secret">')[1][:20]
    assert "secret" not in await (await office.post(link, code="000000")).text()


async def test_a_link_works_once(office: Office) -> None:
    """Who finds it in the chat tomorrow finds nothing."""
    await office.sign_in()
    await office.post("/sign-out")
    link = await office.link()
    office.town.clock.move(A_MINUTE)
    for _look in range(3):
        await office.get(link)
    assert (await office.post(link, code=office.code())).status == 303
    await office.read_token()
    await office.post("/sign-out")
    office.town.clock.move(A_MINUTE)
    assert (await office.post(link, code=office.code())).status == 200


async def test_a_wrong_code_does_not_use_the_link_up(office: Office) -> None:
    """She tries again with the next one."""
    await office.sign_in()
    link = await office.link()
    office.town.clock.move(A_MINUTE)
    assert (await office.post(link, code="000000")).status == 200
    assert (await office.post(link, code="")).status == 200
    spaced = f" {office.code()[:3]} {office.code()[3:]} "
    assert (await office.post(link, code=spaced)).status == 303
    did = [what for _who, what, _about in await office.did()]
    assert did.count("sign-in-failed") == 1
    assert did.count("signed-in") == 2


async def test_arabic_digits_are_digits(office: Office) -> None:
    """Her phone may show them so."""
    await office.sign_in()
    link = await office.link()
    office.town.clock.move(A_MINUTE)
    eastern = office.code().translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert (await office.post(link, code=eastern)).status == 303


async def test_five_wrong_codes_lock_the_account_whatever_the_link(office: Office) -> None:
    """A new link is no new try."""
    await office.sign_in()
    link = await office.link()
    for _try in range(WRONG_AT_MOST):
        await office.post(link, code="000000")
    office.town.clock.move(A_MINUTE)
    fresh = await office.link()
    assert (await office.post(fresh, code=office.code())).status == 200
    office.town.clock.move(LOCKED_FOR)
    fresh = await office.link()
    assert (await office.post(fresh, code=office.code())).status == 303


async def test_a_code_that_was_used_opens_nothing(office: Office) -> None:
    """Whoever read it over her shoulder has a link, at the most."""
    await office.sign_in()
    link = await office.link()
    assert (await office.post(link, code=office.code())).status == 200


async def test_only_a_coordinator_gets_a_link(office: Office) -> None:
    """Neither a contact person nor a resident has a desk."""
    for person in (office.mina, office.leyla, 999):
        with pytest.raises(NoCoordinator):
            await office.link(person)


async def test_a_link_of_the_bot_comes_after_the_first_sign_in_only(office: Office) -> None:
    """Before that a stolen phone would be enough."""
    town = office.town
    await town.happen(office.karin, Wrote("/desk", Word.DESK))
    assert "makes the first link" in (await town.texts(office.karin))[-1]
    await office.sign_in()
    await town.happen(office.karin, Wrote("desk", Word.DESK))
    said = (await town.texts(office.karin))[-1]
    assert "http://127.0.0.1:8434/in/" in said
    link = "/in/" + said.rpartition("/in/")[2].strip()
    town.clock.move(A_MINUTE)
    assert (await office.post(link, code=office.code())).status == 303
    town.clock.move(6 * A_MINUTE)
    assert (await office.post(link, code=office.code())).status == 200


async def test_a_contact_person_who_writes_desk_gets_the_ordinary_help(office: Office) -> None:
    """Nothing tells her that there is one."""
    await office.town.happen(office.mina, Wrote("desk", Word.DESK))
    said = (await office.town.texts(office.mina))[-1]
    assert "/in/" not in said
    assert "Until then there is nothing to do here" in said


async def test_a_lost_phone(office: Office) -> None:
    """Signed out everywhere, and the next link enrols anew with another secret."""
    await office.sign_in()
    assert await office.town.run(signing_in.reset, office.karin, NOW)
    assert 'id="code"' in (await office.get("/"))[1]
    before = office.secret
    await office.sign_in()
    assert office.secret != before
    assert not await office.town.run(signing_in.reset, office.mina, NOW)
    assert (None, "account-reset", f"person:{office.karin}") in await office.did()


async def test_a_secret_seen_under_an_older_link_is_worth_nothing(office: Office) -> None:
    """Somebody may have looked, and not enrolled."""
    town, house = office.town, office.town.house

    async def secret(link: str) -> str:
        shown = await town.run(signing_in.attempt, house, link.removeprefix("/in/"), "", NOW)
        assert isinstance(shown, Enrolling)
        return shown.secret

    assert await secret(await office.link()) != await secret(await office.link())


async def test_nothing_secret_is_printed() -> None:
    """A log may print anything."""
    assert "ABC" not in repr(Enrolling(1, "ABCDEFG", False))
    assert "token" not in repr(SignedIn("token"))
    assert desk_accounts.DIGITS == 6
