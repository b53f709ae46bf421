"""Codes at the desk: each once, five mistakes at most, and a secret nobody reads from the disk."""

from datetime import timedelta

import pyotp
import pytest

from storage import desk_accounts
from storage.desk_accounts import LOCKED_FOR, WRONG_AT_MOST, Answer
from tests.bot.town import NOW, Town


class Karin:
    """Her app, and the account."""

    def __init__(self, town: Town, number: int, secret: str) -> None:
        self.town, self.number, self.secret = town, number, secret

    async def gives(self, code: str, after: timedelta = timedelta(0)) -> Answer:
        """What becomes of a code."""
        box = (await self.town.known(self.number)).box
        return await self.town.run(desk_accounts.check, box, self.number, code, NOW + after)

    def code(self, after: timedelta = timedelta(0)) -> str:
        """What her app shows."""
        return pyotp.TOTP(self.secret).at(NOW + after)


@pytest.fixture
async def karin(town: Town) -> Karin:
    """The secret is shown, and no code was seen yet."""
    number = await town.contact("Karin", 31)
    box = (await town.known(number)).box
    return Karin(town, number, await town.run(desk_accounts.begin, box, number))


async def test_the_first_code_enrols(karin: Karin) -> None:
    """Until then nobody knows whether the app has the secret."""
    assert not await karin.town.run(desk_accounts.enrolled, karin.number)
    assert await karin.gives(karin.code()) is Answer.RIGHT
    assert await karin.town.run(desk_accounts.enrolled, karin.number)


async def test_the_same_secret_is_shown_until_then(karin: Karin) -> None:
    """A page that is loaded again must not make the app's picture worthless."""
    box = (await karin.town.known(karin.number)).box
    assert await karin.town.run(desk_accounts.begin, box, karin.number) == karin.secret
    await karin.town.run(desk_accounts.forget_pending, karin.number)
    assert await karin.town.run(desk_accounts.begin, box, karin.number) != karin.secret


@pytest.mark.parametrize("off", [-30, 0, 30])
async def test_a_clock_may_be_half_a_minute_off(karin: Karin, off: int) -> None:
    """Phones are not all right."""
    assert await karin.gives(karin.code(timedelta(seconds=off))) is Answer.RIGHT


@pytest.mark.parametrize("off", [-60, 60])
async def test_and_not_more(karin: Karin, off: int) -> None:
    """An older code may have been read over her shoulder."""
    assert await karin.gives(karin.code(timedelta(seconds=off))) is Answer.WRONG


async def test_a_code_works_once(karin: Karin) -> None:
    """Nor does one from before it: whoever looked at her screen comes too late."""
    code, earlier = karin.code(), karin.code(timedelta(seconds=-30))
    assert await karin.gives(code) is Answer.RIGHT
    assert await karin.gives(code) is Answer.WRONG
    assert await karin.gives(earlier) is Answer.WRONG
    half_a_minute = timedelta(seconds=30)
    assert await karin.gives(karin.code(half_a_minute), half_a_minute) is Answer.RIGHT


async def test_five_wrong_codes_lock_it_for_a_while(karin: Karin) -> None:
    """Also for the right one; a million tries take years."""
    wrong = [await karin.gives("000000") for _try in range(WRONG_AT_MOST)]
    assert wrong == [Answer.WRONG] * (WRONG_AT_MOST - 1) + [Answer.LOCKED]
    assert await karin.gives(karin.code()) is Answer.LOCKED
    assert await karin.gives(karin.code(LOCKED_FOR), LOCKED_FOR) is Answer.RIGHT


async def test_a_right_code_forgives_the_wrong_ones(karin: Karin) -> None:
    """Slips of a whole year do not add up."""
    for _try in range(WRONG_AT_MOST - 1):
        await karin.gives("000000")
    assert await karin.gives(karin.code()) is Answer.RIGHT
    assert await karin.gives("000000") is Answer.WRONG


@pytest.mark.parametrize("code", ["", "12345", "٣٤", "not a code", "0" * 40])
async def test_what_is_no_code_is_a_wrong_one(karin: Karin, code: str) -> None:
    """Nothing that is typed may break it."""
    assert await karin.gives(code) is Answer.WRONG


async def test_the_secret_is_sealed(karin: Karin) -> None:
    """A stolen file signs nobody in; another person's row does not open."""
    sealed = await karin.town.cell("SELECT sealed_secret FROM desk_accounts")
    assert karin.secret.encode() not in sealed


async def test_it_goes_with_its_person(karin: Karin) -> None:
    """Erased is erased; and a lost phone is told by the operator."""
    assert await karin.town.run(desk_accounts.forget, karin.number)
    assert not await karin.town.run(desk_accounts.forget, karin.number)
    assert await karin.gives(karin.code()) is Answer.WRONG
    box = (await karin.town.known(karin.number)).box
    await karin.town.run(desk_accounts.begin, box, karin.number)
    await karin.town.write("DELETE FROM people WHERE id = ?", karin.number)
    assert await karin.town.cell("SELECT count(*) FROM desk_accounts") == 0
