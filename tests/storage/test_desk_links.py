"""One-time links: looked at as often as one likes, used once."""

from datetime import timedelta

from storage import desk_links
from storage.desk_links import BY_BOT
from tests.bot.town import NOW, Town


async def test_looking_uses_nothing_up_and_using_does(town: Town) -> None:
    """A messenger's preview opens every link before she does."""
    karin = await town.contact("Karin", 31)
    doors = town.house.doors
    code = await town.run(desk_links.create, doors, karin, NOW, BY_BOT)
    for _look in range(3):
        assert await town.run(desk_links.whose, doors, code, NOW) == karin
    assert await town.run(desk_links.use, doors, code, NOW)
    assert not await town.run(desk_links.use, doors, code, NOW)
    assert await town.run(desk_links.whose, doors, code, NOW) is None


async def test_it_ends_by_itself_or_with_the_next_one(town: Town) -> None:
    """What lies in a chat must not open anything tomorrow."""
    karin = await town.contact("Karin", 31)
    doors = town.house.doors
    first = await town.run(desk_links.create, doors, karin, NOW, BY_BOT)
    second = await town.run(desk_links.create, doors, karin, NOW, BY_BOT)
    assert await town.run(desk_links.whose, doors, first, NOW) is None
    assert await town.run(desk_links.whose, doors, second, NOW + BY_BOT - timedelta(seconds=1)) == karin
    assert await town.run(desk_links.whose, doors, second, NOW + BY_BOT) is None
    assert not await town.run(desk_links.use, doors, second, NOW + BY_BOT)
    third = await town.run(desk_links.create, doors, karin, NOW, BY_BOT)
    await town.run(desk_links.withdraw, karin)
    assert await town.run(desk_links.whose, doors, third, NOW) is None


async def test_only_a_hash_is_kept(town: Town) -> None:
    """Whoever reads the file cannot come in with it."""
    karin = await town.contact("Karin", 31)
    code = await town.run(desk_links.create, town.house.doors, karin, NOW, BY_BOT)
    assert len(code) >= 32
    stored = await town.cell("SELECT code_hash FROM desk_links")
    assert stored != code.encode()
    assert stored != town.house.doors.code_hash(code), "an invitation's code must not open the desk"
    assert desk_links.address("http://127.0.0.1:8434", code) == f"http://127.0.0.1:8434/in/{code}"
