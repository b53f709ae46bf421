"""Every page of the desk is there, and answers nobody who is not signed in."""

from bot.desk.app import CHANGES, LOOKS
from tests.bot.desk.conftest import Office


def _filled(path: str, office: Office) -> str:
    return (
        path.replace("{case}", "1")
        .replace("{person}", str(office.mina))
        .replace("{resident}", str(office.leyla))
        .replace("{name}", "desk.css")
    )


async def test_every_page_answers_who_is_signed_in(inside: Office) -> None:
    """And is whole: a template's hole is an error, not an empty place."""
    await inside.raise_case()
    for path in LOOKS:
        status, page = await inside.get(_filled(path, inside))
        assert status == 200, path
        assert "{{" not in page


async def test_nothing_answers_a_stranger(office: Office) -> None:
    """Neither looks nor changes."""
    for path in LOOKS:
        assert 'id="code"' in (await office.get(_filled(path, office)))[1]
    for path in CHANGES:
        answer = await office.post(
            _filled(path, office), most="1", hours="mon 08:00-09:00", answer="have", step="1"
        )
        assert 'id="code"' in await answer.text()
    assert await office.did() == []


async def test_a_change_is_no_look(inside: Office) -> None:
    """A link that changes something could be followed by a preview."""
    for path in set(CHANGES) - set(LOOKS):
        assert (await inside.get(_filled(path, inside)))[0] == 404
