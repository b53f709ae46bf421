"""Brute force: codes of invitations, links to the desk and its one-time codes, the webhook's secret."""

import io
import secrets
import string
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Final

import aiohttp
import pytest

from bot.fetching import WEBHOOK_PATH
from bot.threshold import PER_CHAT
from dialogs import strangers
from dialogs.people import Role
from storage import desk_accounts, desk_links, invitations
from storage.invitations import InvitationUnknown
from tests.attacks.siege import Siege
from tests.bot.town import NOW, Town, built
from tests.stories.story import awake
from tests.stories.test_webhook import SECRET, UPDATE, Hooked

GUESSES: Final = 10_000
OPEN: Final = 50
ALPHABET: Final = string.ascii_letters + string.digits + "-_"


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    """Nobody is there."""
    async with built(tmp_path) as empty:
        yield empty


def _near(code: str, chance: Random) -> str:
    """What somebody who saw a part of it would try: one sign other, one less, the other case, turned round."""
    at = chance.randrange(len(code))
    tries = (code[:at] + chance.choice(ALPHABET) + code[at + 1 :], code[:-1], code.swapcase(), code[::-1])
    return chance.choice(tries)


async def test_a_million_guesses_open_no_invitation(town: Town) -> None:
    """
    Ten thousand are tried here, half of them near a real code; a million follow by arithmetic.

    A code has 18 random bytes: one guess meets one of a thousand open invitations with a probability of
    1000 / 2**144, a million guesses with less than 1e-34. Telegram lets one account write about once a second: a
    million guesses take it eleven days, and each invitation lives for one.
    """
    codes = []
    for place in range(OPEN):
        person = await town.contact(f"Mina {place}", 1_000 + place)
        codes.append(await town.run(invitations.create, town.house.doors, person, NOW, timedelta(hours=24)))
    chance = Random(7)
    guesses = [secrets.token_urlsafe(invitations.CODE_BYTES) for _ in range(GUESSES // 2)]
    guesses += [_near(chance.choice(codes), chance) for _ in range(GUESSES // 2)]
    assert len(codes[0]) * 6 >= 144
    opened = await town.run(
        lambda db: [each for each in guesses if each not in codes and _opens(db, town, each)]
    )
    assert opened == []
    assert await town.run(invitations.redeem, town.house.doors, codes[0], NOW), "and the real one still does"


def _opens(db: object, town: Town, code: str) -> bool:
    try:
        invitations.redeem(db, town.house.doors, code, NOW)  # type: ignore[arg-type]
    except InvitationUnknown:
        return False
    return True


async def test_whoever_guesses_is_soon_not_answered_and_still_let_in_with_a_real_code(siege: Siege) -> None:
    """Three hundred guesses from one chat and one each from three hundred: Sara comes in the middle of it."""
    before = await siege.dump()
    for _ in range(300):
        siege.sandbox.start_bot(siege.stranger.id, secrets.token_urlsafe(invitations.CODE_BYTES))
    crowd = [siege.person("Somebody", "en") for _ in range(300)]
    for each in crowd:
        siege.sandbox.start_bot(each.id, secrets.token_urlsafe(invitations.CODE_BYTES))
    await siege.settle()
    assert len(siege.stranger.seen) == PER_CHAT
    assert sum(bool(each.seen) for each in crowd) < 100
    assert await siege.dump() == before
    for phone in (siege.stranger, siege.person("Sara", "en")):
        await phone.start(await siege.code(Role.RESIDENT, f"Sara {phone.id}", ["Mina"]))
        assert phone.offers("l:en"), "she is asked for her language"


PAYLOADS: Final = (
    "' OR '1'='1",
    "%",
    "_" * 24,
    "*",
    "../../keys/master.key",
    "\u202e",
    "A" * 64,
    "A" * 4_000,
    "{0.__class__}",
    "%00",
    "\x00",
    "-- ",
    "null",
    "٣" * 24,
)


async def test_no_payload_is_more_than_a_wrong_code(siege: Siege) -> None:
    """What a link cannot carry is words of a stranger, and a pattern of SQL matches nothing."""
    before = await siege.dump()
    for payload in PAYLOADS:
        somebody = siege.person("Somebody", "en")
        await somebody.write(f"/start {payload}")
        assert [each.text for each in somebody.seen] == [siege.say(strangers.hello(), "en")], payload
    assert await siege.dump() == before
    assert await siege.set_aside() == []


async def test_a_code_of_one_door_opens_no_other(town: Town) -> None:
    """An invitation is no link to the desk, and a link to the desk is no invitation."""
    karin = await town.contact("Karin", 31, Role.COORDINATOR)
    code = await town.run(invitations.create, town.house.doors, karin, NOW, timedelta(hours=1))
    link = await town.run(desk_links.create, town.house.doors, karin, NOW, timedelta(hours=1))
    assert await town.run(desk_links.whose, town.house.doors, code, NOW) is None
    assert not await town.run(_opens, town, link)


async def test_guessed_links_lead_nowhere(town: Town) -> None:
    """They have 192 bits; what is tried near a real one leads nowhere either."""
    karin = await town.contact("Karin", 31, Role.COORDINATOR)
    link = await town.run(desk_links.create, town.house.doors, karin, NOW, timedelta(hours=1))
    chance = Random(7)
    guesses = {_near(link, chance) for _ in range(GUESSES)} - {link}
    found = await town.run(
        lambda db: [each for each in guesses if desk_links.whose(db, town.house.doors, each, NOW) is not None]
    )
    assert found == []


async def test_one_time_codes_are_guessed_five_times_while_a_link_lives(town: Town) -> None:
    """
    A thousand tries within the life of a link are five.

    Three of a million codes fit at a moment, so somebody who has stolen a link comes in with a probability of 15 in a
    million; the lock outlives the link, and each further try needs another stolen link.
    """
    karin = await town.known(await town.contact("Karin", 31, Role.COORDINATOR))
    await town.run(desk_accounts.begin, karin.box, karin.id)
    answers = []
    for second in range(1_000):
        at = NOW + second * desk_links.BY_OPERATOR / 1_000
        guess = f"{second:06}"
        answers.append(await town.run(desk_accounts.check, karin.box, karin.id, guess, at))
    assert answers.count(desk_accounts.Answer.WRONG) <= desk_accounts.WRONG_AT_MOST - 1
    assert desk_accounts.LOCKED_FOR > desk_links.BY_OPERATOR


# --- the webhook ---

HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"


@pytest.fixture
async def hooked(tmp_path: Path) -> AsyncIterator[Hooked]:
    """It is awake."""
    async with awake(Hooked(tmp_path)) as story:
        yield story


WRONG_SECRETS: Final = (
    None,
    "",
    " ",
    SECRET[:-1],
    SECRET + "x",
    SECRET.upper(),
    SECRET[::-1],
    f" {SECRET} x",
    "ö" * 20,
    "x" * 7_000,
)


async def test_nothing_opens_the_webhook_but_its_secret(hooked: Hooked) -> None:
    """Whoever finds the address learns nothing, and changes nothing; what is too large is not read."""
    url = f"http://127.0.0.1:{hooked.port}{WEBHOOK_PATH}"
    async with aiohttp.ClientSession() as session:
        for wrong in WRONG_SECRETS:
            headers = {} if wrong is None else {HEADER: wrong}
            async with session.post(url, json=UPDATE, headers=headers) as answer:
                assert (answer.status, await answer.text()) == (401, ""), wrong
        async with session.get(url, headers={HEADER: SECRET}) as answer:
            assert answer.status == 405
        async with session.post(url + "/..%2f", json=UPDATE, headers={HEADER: SECRET}) as answer:
            assert answer.status == 404
        async with session.post(url, data=io.BytesIO(b"[" * 1_100_000), headers={HEADER: SECRET}) as answer:
            assert answer.status == 413
    recorded = await hooked.bot.db.run(lambda db: db.execute("SELECT count(*) FROM updates").fetchone()[0])
    assert recorded == 0


async def test_rubbish_with_the_secret_stops_nobody(hooked: Hooked) -> None:
    """It is set aside, and what comes next is handled."""
    url = f"http://127.0.0.1:{hooked.port}{WEBHOOK_PATH}"
    somebody = hooked.person("Somebody", "en")
    hooked.sandbox.people[somebody.id].started = True
    chat = {"id": somebody.id, "type": "private"}
    good = {"update_id": 9, "message": {"message_id": 1, "date": 1, "chat": chat, "text": "hej"}}
    async with aiohttp.ClientSession(headers={HEADER: SECRET}) as session:
        for rubbish in (b"", b"{", b"\xff", b"[]", b"null", b"[" * 20_000, b'{"update_id": 1e999}'):
            async with session.post(url, data=rubbish) as answer:
                assert answer.status == 200, rubbish
        async with session.post(url, json=good) as answer:
            assert answer.status == 200
    await hooked.settle()
    assert [each.text for each in somebody.seen] == [hooked.say(strangers.hello(), "sv")]
