"""`vidare channels`: an address goes in unseen and never comes out again."""

import io
import sqlite3
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.commands import channels as command
from bot.wiring import opened
from dialogs.notices import NoticeKind
from storage import channels, notices
from tests.bot import gateway
from tests.bot.commands.conftest import Operator
from tests.bot.gateway import Gateway
from tests.bot.town import texts

SECRET = "door-secret"
CONTACT, RESIDENT = "1", "2"


@pytest.fixture
async def server() -> AsyncIterator[Gateway]:
    """Where rings arrive."""
    async with gateway.opened() as server:
        yield server


@pytest.fixture
async def office(operator: Operator, monkeypatch: pytest.MonkeyPatch) -> Operator:
    """Person 1 is a contact person, person 2 a resident."""
    monkeypatch.setattr(command, "read_texts", lambda _settings: texts())
    await operator.types("invite", "contact", "--name", "Mina Ek")
    await operator.types("invite", "resident", "--name", "Blue Heron")
    return operator


class Terminal(io.StringIO):
    """Standard input with a person behind it."""

    def isatty(self) -> bool:
        return True


async def add(
    office: Operator, monkeypatch: pytest.MonkeyPatch, address: str, person: str = CONTACT
) -> tuple[int, str, str]:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{address}\n"))
    return await office.types("channels", "add", person)


async def run(office: Operator, work: Any) -> Any:
    async with opened(office.settings, texts()) as (db, house):
        return await db.run(work, house.keyring)


async def test_an_address_from_a_pipe_is_kept_and_never_shown(
    office: Operator, monkeypatch: pytest.MonkeyPatch, server: Gateway
) -> None:
    """Only its kind is: a terminal has onlookers, and a scroll-back buffer."""
    said = [await add(office, monkeypatch, server.address), await office.types("channels", "list")]
    assert [code for code, _out, _err in said] == [0, 0]
    assert said[0][1] == "channel 1 (json). Try it: vidare channels test 1\n"
    assert said[1][1].split() == ["1", "person", "1", "json", "never", "used"]
    assert SECRET not in repr(said)
    assert server.asked == 0
    assert await run(office, lambda db, keyring: channels.address(db, keyring, 1)) == server.address


async def test_at_a_terminal_it_is_typed_unseen(
    office: Operator, monkeypatch: pytest.MonkeyPatch, server: Gateway
) -> None:
    """As a password is."""
    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr("getpass.getpass", lambda _prompt: f" {server.address} ")
    assert (await office.types("channels", "add", CONTACT))[0] == 0
    assert await run(office, lambda db, keyring: channels.address(db, keyring, 1)) == server.address


async def test_an_address_is_no_argument(office: Operator, server: Gateway) -> None:
    """Every program on the machine reads command lines, and the shell keeps them."""
    with pytest.raises(SystemExit) as ended:
        await office.types("channels", "add", CONTACT, server.address)
    assert ended.value.code == 2
    assert await run(office, lambda db, _keyring: channels.everybodys(db)) == []


@pytest.mark.parametrize(
    ("address", "person", "why"),
    [
        ("json://gateway.example", RESIDENT, "person 2 is a resident"),
        ("json://gateway.example", "99", "person 99 is not here"),
        ("syslog://", CONTACT, "stays on this machine"),
        ("xmpp://a:door-secret@xmpp.example", CONTACT, "further library"),
        ("door-secret", CONTACT, "not an address"),
        ("", CONTACT, "not an address"),
    ],
)
async def test_what_is_no_second_channel_is_refused(
    office: Operator, monkeypatch: pytest.MonkeyPatch, address: str, person: str, why: str
) -> None:
    """In one sentence, and nothing is kept; a resident is written to by the bot alone."""
    code, out, err = await add(office, monkeypatch, address, person)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert why in err
    assert SECRET not in err
    assert await run(office, lambda db, _keyring: channels.everybodys(db)) == []


async def test_an_address_that_cannot_be_tried_is_not_kept(
    office: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A machine without room for one more process says so."""
    monkeypatch.setattr("sys.executable", "/nowhere/python")
    code, _out, err = await add(office, monkeypatch, "json://gateway.example")
    assert (code, err) == (2, "vidare: the program that rings could not be started, or failed\n")


async def test_a_test_rings_now_and_says_what_came_back(
    office: Operator, monkeypatch: pytest.MonkeyPatch, server: Gateway
) -> None:
    """In words that frighten nobody; and it counts, so that the list and the notices are true."""
    await add(office, monkeypatch, server.address)
    assert await office.types("channels", "test", "1") == (
        0,
        "channel 1, person 1: took the test; ask whether it was seen\n",
        "",
    )
    [(title, body)] = server.words
    assert title == "Vidare"
    assert "Mina" not in body
    assert "worked 20" in (await office.types("channels", "list"))[1]
    server.answer = 401
    for _ in range(channels.FAILING_AFTER):
        code, out, _err = await office.types("channels", "test", "1")
        assert (code, out) == (
            1,
            "channel 1, person 1: the server said no, or could not be reached (answer 401)\n",
        )
    assert "failed 3 times since" in (await office.types("channels", "list"))[1]
    [notice] = await run(office, lambda db, _keyring: notices.open_notices(db))
    assert (notice.kind, notice.subject) == (NoticeKind.CHANNEL_FAILING.value, "channel:1")


async def test_a_test_of_all_fails_where_one_does(
    office: Operator, monkeypatch: pytest.MonkeyPatch, server: Gateway
) -> None:
    """A script that runs it every month needs one answer; and a bad one holds up no other."""
    await add(office, monkeypatch, "json://127.0.0.1:9")
    await add(office, monkeypatch, server.address)
    await add(office, monkeypatch, server.address)

    def spoil(db: sqlite3.Connection, _keyring: object) -> int:
        return db.execute("UPDATE channels SET sealed_address = x'00' WHERE id = 3").rowcount

    await run(office, spoil)
    code, out, _err = await office.types("channels", "test", "--all")
    assert code == 1
    assert out.splitlines() == [
        "channel 1, person 1: the server said no, or could not be reached",
        "channel 2, person 1: took the test; ask whether it was seen",
        "channel 3, person 1: the address cannot be opened",
    ]
    assert "unknown" in (await office.types("channels", "list"))[1]


async def test_a_removed_channel_is_gone_with_its_notice(
    office: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody has to look after what is not there."""
    await add(office, monkeypatch, "json://127.0.0.1:9")
    for _ in range(channels.FAILING_AFTER):
        await office.types("channels", "test", "1")
    assert await office.types("channels", "remove", "1") == (0, "channel 1 is removed\n", "")
    assert await office.types("channels", "list") == (0, "", "")
    assert await run(office, lambda db, _keyring: notices.open_notices(db)) == []


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["remove", "7"], "channel 7 is not here"),
        (["test", "7"], "channel 7 is not here"),
        (["test", "--all"], "no second channels"),
    ],
)
async def test_a_channel_that_is_not_there_is_a_sentence(
    office: Operator, words: list[str], why: str
) -> None:
    """A slip of the finger is no traceback."""
    code, _out, err = await office.types("channels", *words)
    assert code == 2
    assert why in err


async def test_the_help_shows_forms_of_addresses(
    office: Operator, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nobody knows them by heart."""
    with pytest.raises(SystemExit):
        await office.types("channels", "add", "--help")
    out = capsys.readouterr().out
    assert all(f"{kind}://" in out for kind in ("mailtos", "46elks", "ntfys", "matrixs", "jsons"))
