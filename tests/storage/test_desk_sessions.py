"""Sessions at the desk end: after half an hour of nothing, after a working day, and when she says so."""

from datetime import timedelta

from storage import desk_sessions
from storage.desk_sessions import IDLE, LONGEST
from tests.bot.town import NOW, Town

A_MINUTE = timedelta(minutes=1)


async def test_it_ends_when_nothing_is_done(town: Town) -> None:
    """A desk that somebody left is not left open."""
    karin = await town.contact("Karin", 31)
    token = await town.run(desk_sessions.begin, karin, NOW)
    assert await town.run(desk_sessions.whose, token, NOW + IDLE - A_MINUTE) == karin
    assert await town.run(desk_sessions.whose, token, NOW + 2 * IDLE - 2 * A_MINUTE) == karin
    assert await town.run(desk_sessions.whose, token, NOW + 3 * IDLE) is None
    assert await town.cell("SELECT count(*) FROM desk_sessions") == 0


async def test_a_page_that_looks_by_itself_keeps_nothing_alive(town: Town) -> None:
    """Else it would never end."""
    token = await town.run(desk_sessions.begin, await town.contact("Karin", 31), NOW)
    for minute in range(1, 30):
        assert await town.run(desk_sessions.whose, token, NOW + minute * A_MINUTE, active=False)
    assert await town.run(desk_sessions.whose, token, NOW + IDLE, active=False) is None


async def test_it_ends_after_a_working_day_in_any_case(town: Town) -> None:
    """However busy she is."""
    karin = await town.contact("Karin", 31)
    token, now = await town.run(desk_sessions.begin, karin, NOW), NOW
    while now < NOW + LONGEST - IDLE / 2:
        assert await town.run(desk_sessions.whose, token, now) == karin
        now += IDLE / 2
    assert await town.run(desk_sessions.whose, token, NOW + LONGEST) is None


async def test_signing_out_here_and_everywhere(town: Town) -> None:
    """One device, or all of them."""
    karin = await town.contact("Karin", 31)
    here, there, elsewhere = [await town.run(desk_sessions.begin, karin, NOW) for _device in range(3)]
    await town.run(desk_sessions.end, here)
    assert await town.run(desk_sessions.whose, here, NOW) is None
    assert await town.run(desk_sessions.whose, there, NOW) == karin
    assert await town.run(desk_sessions.end_all, karin) == 2
    assert await town.run(desk_sessions.whose, elsewhere, NOW) is None


async def test_only_a_hash_is_kept_and_what_is_over_goes(town: Town) -> None:
    """Whoever reads the file is not signed in with it."""
    karin = await town.contact("Karin", 31)
    token = await town.run(desk_sessions.begin, karin, NOW)
    assert len(token) >= 43
    assert token.encode() not in await town.cell("SELECT token_hash FROM desk_sessions")
    await town.run(desk_sessions.begin, karin, NOW + LONGEST)
    assert await town.cell("SELECT count(*) FROM desk_sessions") == 1


async def test_a_restored_backup_signs_nobody_in(town: Town) -> None:
    """Also one from before there was a desk."""
    token = await town.run(desk_sessions.begin, await town.contact("Karin", 31), NOW)
    await town.run(desk_sessions.end_everybodys)
    assert await town.run(desk_sessions.whose, token, NOW) is None
    await town.write("DROP TABLE desk_sessions")
    await town.run(desk_sessions.end_everybodys)
