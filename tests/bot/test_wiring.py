"""Starting: everything fits, or it ends with one sentence and everything is as it was."""

import asyncio
import logging
import re
import socket
import sqlite3
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from pydantic import SecretStr

from bot.clock import Clock
from bot.fetching import WEBHOOK_PATH
from bot.sandbox import Sandbox
from bot.sender import Sender
from bot.settings import Settings, load_settings
from bot.wiring import DATABASE, opened, running
from storage.database import DatabaseDamaged, DatabaseTooNew, StorageError
from storage.master_key import (
    KeyFileBroken,
    KeyFileMisplaced,
    KeyFileTooOpen,
    MasterKeyError,
    NoMasterKey,
    create_key_file,
)
from storage.sealing import WrongKey
from tests.bot.town import PATIENCE, texts, until

TOKEN = "123456789:AAwiring-token-that-must-never-be-logged"


def made(folder: Path, key: str | None = "master.key", **others: Any) -> Settings:
    """Settings with the data in `folder/data` and the key beside it."""
    key_file = None if key is None else folder / key
    return load_settings(
        telegram_token=SecretStr(TOKEN), data_dir=folder / "data", master_key_file=key_file, **others
    )


async def _open(settings: Settings) -> None:
    async with opened(settings, texts()):
        pass


@pytest.fixture
async def lived_in(tmp_path: Path) -> Path:
    """A folder with a key and a database that was opened once."""
    create_key_file(tmp_path / "master.key")
    await _open(made(tmp_path))
    return tmp_path


def _files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def untouched(lived_in: Path) -> Iterator[Path]:
    """The same folder; after the test every byte of the data is as it was."""
    data = lived_in / "data"
    before = _files(data)
    yield lived_in
    assert _files(data) == before


# --- nothing is touched until everything fits ---


async def test_another_key_is_refused(untouched: Path) -> None:
    """A database sealed with two keys would be half a database for ever."""
    create_key_file(untouched / "other.key")
    with pytest.raises(WrongKey, match="not the master key of this database"):
        await _open(made(untouched, "other.key"))


async def test_a_missing_key_file_is_refused(untouched: Path) -> None:
    """The bot never makes a new key by itself."""
    with pytest.raises(NoMasterKey, match="cannot be read"):
        await _open(made(untouched, "gone.key"))


async def test_without_any_key_it_does_not_start(untouched: Path) -> None:
    """There is no such thing as an empty key."""
    with pytest.raises(NoMasterKey, match="no master key"):
        await _open(made(untouched, None))


async def test_the_sentence_about_the_key_names_settings_that_there_are(tmp_path: Path) -> None:
    """Whoever does what it says must get on."""
    with pytest.raises(NoMasterKey) as refusal:
        await _open(made(tmp_path, None))
    named = re.findall(r"VIDARE_([A-Z_]+)", str(refusal.value))
    assert {name.lower() for name in named} <= set(Settings.model_fields)


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o660, 0o604])
async def test_a_key_file_others_can_read_is_refused(untouched: Path, mode: int) -> None:
    """What everybody on the machine can read locks nothing."""
    (untouched / "master.key").chmod(mode)
    with pytest.raises(KeyFileTooOpen, match="chmod 600"):
        await _open(made(untouched))


async def test_a_key_file_without_a_key_is_refused(untouched: Path) -> None:
    """An empty file is a slip, not a key."""
    (untouched / "master.key").write_text("# nothing here\n")
    with pytest.raises(KeyFileBroken):
        await _open(made(untouched))


async def test_a_key_inside_the_data_folder_is_refused(lived_in: Path) -> None:
    """Whoever copies the one would copy the other."""
    create_key_file(lived_in / "data" / "master.key")
    before = _files(lived_in)
    with pytest.raises(KeyFileMisplaced, match="lies in the data directory"):
        await _open(made(lived_in, "data/master.key"))
    assert _files(lived_in) == before


async def test_a_database_of_a_newer_program_is_left_alone(lived_in: Path) -> None:
    """An older program would read it wrongly, and write it worse."""
    path = lived_in / "data" / DATABASE
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(DatabaseTooNew, match="99"):
        await _open(made(lived_in))
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"this is no database " * 400, b"SQLite format 3\x00" + b"\xff" * 8000])
async def test_a_damaged_database_is_left_alone(lived_in: Path, content: bytes) -> None:
    """It may still be mended, but not after we wrote into it."""
    path = lived_in / "data" / DATABASE
    path.write_bytes(content)
    with pytest.raises(DatabaseDamaged, match="restore a backup"):
        await _open(made(lived_in))
    assert path.read_bytes() == content


async def test_a_bad_key_makes_no_database(tmp_path: Path) -> None:
    """A first start that fails leaves no file behind that a second one would stumble over."""
    for settings in (made(tmp_path, "gone.key"), made(tmp_path, None)):
        with pytest.raises(MasterKeyError):
            await _open(settings)
    assert _files(tmp_path) == {}


async def test_a_data_folder_that_is_a_file_is_an_operators_mistake(tmp_path: Path) -> None:
    """One sentence, as for every other mistake, and not a traceback."""
    create_key_file(tmp_path / "master.key")
    (tmp_path / "data").write_text("in the way")
    with pytest.raises(StorageError):
        await _open(made(tmp_path))


async def test_a_passphrase_opens_what_it_closed(tmp_path: Path) -> None:
    """And no other passphrase does."""
    right = {"master_passphrase": SecretStr("six random words are good enough")}
    await _open(made(tmp_path, None, **right))
    await _open(made(tmp_path, None, **right))
    with pytest.raises(WrongKey):
        await _open(made(tmp_path, None, master_passphrase=SecretStr("another six words that are wrong")))


async def test_the_data_folder_is_ours_alone(lived_in: Path) -> None:
    """Others on the machine have no business there."""
    assert (lived_in / "data").stat().st_mode & 0o777 == 0o700
    assert (lived_in / "data" / DATABASE).stat().st_mode & 0o777 == 0o600


# --- running ---


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    """Telegram on this machine."""
    sandbox = Sandbox(TOKEN, Clock(), limits=None)
    await sandbox.start()
    yield sandbox
    await sandbox.stop()


async def test_a_stranger_is_answered_and_leaving_ends_every_task(lived_in: Path, sandbox: Sandbox) -> None:
    """The parts fit together, and nothing runs on afterwards."""
    before = asyncio.all_tasks()
    reza = sandbox.add_person("Reza", "en")
    async with running(made(lived_in, telegram_api=sandbox.url), Clock(), texts()) as bot:
        sandbox.start_bot(reza.id)
        await until(lambda: [each for each in sandbox.chat(reza.id).messages if each.from_bot])
        assert not bot.broken.is_set()
    await until(lambda: {each for each in asyncio.all_tasks() if "bot/" in repr(each)} <= before)


async def test_a_webhook_serves_instead_of_asking(lived_in: Path, sandbox: Sandbox) -> None:
    """Then nobody polls, and only who knows the secret is heard."""
    settings = made(
        lived_in,
        telegram_api=sandbox.url,
        webhook_url="https://bot.example/telegram",
        webhook_secret=SecretStr("a-secret-of-the-webhook"),
        webhook_port=_free_port(),
    )
    async with running(settings, Clock(), texts()):
        url = f"http://127.0.0.1:{settings.webhook_port}{WEBHOOK_PATH}"
        async with aiohttp.ClientSession() as session, session.post(url, data=b"{}") as answer:
            assert answer.status == 401
        assert not sandbox.polled


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


async def test_a_part_that_fails_is_seen(
    lived_in: Path,
    sandbox: Sandbox,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A bot that looks alive and is deaf is worse than one that ends and is started again."""

    async def fails(_self: object) -> None:
        raise RuntimeError("no more")

    monkeypatch.setattr(Sender, "run", fails)
    with caplog.at_level(logging.CRITICAL):
        async with running(made(lived_in, telegram_api=sandbox.url), Clock(), texts()) as bot:
            await asyncio.wait_for(bot.broken.wait(), PATIENCE)
    assert "a part of the bot stopped" in caplog.text


def test_texts_name_the_organisation_and_every_number() -> None:
    """Whatever a text may name is there before the first message."""
    knowledge = texts().knowledge
    assert knowledge.organisation == "Vidare"
    assert "Europe/Stockholm" in knowledge.zones
    assert [code for code, _name in knowledge.locales] == list(texts().translator.locales)
    assert "emergency" in knowledge.lines


async def test_a_clock_set_back_is_noticed_at_the_start_and_while_it_runs(
    lived_in: Path, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Nobody tells the bot; an alert that waits two hours for it has reached nobody."""
    monkeypatch.setattr("bot.clock_watch.LOOK_EVERY", 0.01)
    clock, settings = Clock(), made(lived_in, telegram_api=sandbox.url)
    async with running(settings, clock, texts()) as bot:
        await bot.db.run(bot.handler.beat, clock.now() + timedelta(hours=2))
    async with running(settings, clock, texts()):
        assert caplog.text.count("the clock was set back") == 1
        clock.move(timedelta(hours=-2))
        await until(lambda: caplog.text.count("the clock was set back") == 2)
