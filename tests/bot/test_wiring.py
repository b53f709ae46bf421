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
from bot.ordering import Ordered
from bot.ringer import Ringer
from bot.sandbox import Sandbox
from bot.sender import Sender
from bot.settings import Settings, SettingsFaulty, load_settings
from bot.wiring import DATABASE, opened, read_texts, running
from dialogs.notices import NoticeKind
from dialogs.people import Contact, Role
from storage import channels, notices, people, rings
from storage.database import DatabaseDamaged, DatabaseTooNew, StorageError
from storage.master_key import (
    KeyFileBroken,
    KeyFileMisplaced,
    KeyFileTooOpen,
    MasterKeyError,
    NoMasterKey,
    create_key_file,
)
from storage.sealing import Keyring, WrongKey
from tests.bot import gateway
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


async def test_what_was_ringing_when_it_crashed_rings_in_the_running_bot(
    lived_in: Path, sandbox: Sandbox
) -> None:
    """The whole way, with the real Apprise: a row in the database becomes a word at a server."""
    settings = made(lived_in, telegram_api=sandbox.url)

    def work(db: sqlite3.Connection, keyring: Keyring) -> None:
        now = Clock().now()
        karin = people.create_person(
            db, keyring, Role.COORDINATOR, lambda each: Contact(each, "Karin", Role.COORDINATOR, "en"), now
        )
        channels.add(db, karin.box, karin.id, server.address, now)
        rings.put(db, karin.id, None, now)
        rings.claim(db, rings.due(db, now, 1)[0].id)

    async with gateway.opened() as server:
        async with opened(settings, texts()) as (db, house):
            await db.run(work, house.keyring)
        async with running(settings, Clock(), texts()) as bot:
            await until(lambda: server.took and bot.ringer.idle)
    assert server.words == [("Vidare", "Vidare needs a technical look. Run: vidare doctor")]


async def test_a_press_that_ends_an_alert_wakes_the_ringer(lived_in: Path, sandbox: Sandbox) -> None:
    """The sender hands it on; two seconds are long when somebody runs for nothing."""
    async with running(made(lived_in, telegram_api=sandbox.url), Clock(), texts()) as bot:
        await until(lambda: bot.ringer.idle)
        bot.sender.offer(Ordered(ringing=True))
        assert not bot.ringer.idle


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


async def test_with_a_webhook_telegram_is_asked_again_whether_it_knows_where_we_are(
    lived_in: Path, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Silence may be a quiet night, or somebody who took the updates; the next ask mends that and is a sign of life."""
    monkeypatch.setattr("bot.wiring.AGREE_EVERY", 0.01)
    settings = made(
        lived_in,
        telegram_api=sandbox.url,
        webhook_url=f"http://127.0.0.1:{_free_port()}",
        webhook_secret=SecretStr("a-secret-of-the-webhook"),
        webhook_port=_free_port(),
    )
    async with running(settings, Clock(), texts()) as bot:
        await until(lambda: bot.intake.pulse.well)
        await until(lambda: len([call for call in sandbox.calls if call.method == "setWebhook"]) > 3)


# --- watched ---


async def _get(url: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        return answer.status, await answer.text()


async def test_how_it_is_can_be_asked_on_this_machine(
    lived_in: Path, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Well once every part has shown that it works; and with the bot the pages go."""
    monkeypatch.setattr("bot.due.LOOK_EVERY", 0.01)
    settings = made(lived_in, telegram_api=sandbox.url, health_port=_free_port())
    url = f"http://127.0.0.1:{settings.health_port}"
    async with running(settings, Clock(), texts()) as bot:
        await until(lambda: bot.health.well)
        assert (await _get(f"{url}/health"))[0] == 200
        status, page = await _get(f"{url}/metrics")
        assert status == 200
        assert 'vidare_part_well{part="storage"} 1.0' in page
    with pytest.raises(aiohttp.ClientConnectorError):
        await _get(url)


async def test_a_health_port_that_is_taken_ends_the_start(lived_in: Path, sandbox: Sandbox) -> None:
    """With one sentence, and before anything is sent."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        settings = made(lived_in, telegram_api=sandbox.url, health_port=taken.getsockname()[1])
        with pytest.raises(SettingsFaulty, match="VIDARE_HEALTH_PORT"):
            async with running(settings, Clock(), texts()):
                pass
    assert sandbox.calls == []


async def test_without_a_port_nothing_listens_and_nobody_is_told(
    lived_in: Path, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Watching is switched on by whoever runs it."""

    def never(*_arguments: object) -> None:
        raise AssertionError("nobody asked for this")

    monkeypatch.setattr("bot.wiring.listen", never)
    monkeypatch.setattr("bot.wiring.Watcher", never)
    async with running(made(lived_in, telegram_api=sandbox.url), Clock(), texts()):
        pass


async def test_the_chores_of_the_house(lived_in: Path, sandbox: Sandbox) -> None:
    """Tidying, telling notices and the audit always, backups where there is a folder for them."""
    settings = made(lived_in, telegram_api=sandbox.url)
    with_backups = made(lived_in, telegram_api=sandbox.url, backup_dir=lived_in / "backups")
    (lived_in / "places").mkdir()
    with_places = made(lived_in, telegram_api=sandbox.url, near_dir=lived_in / "places")
    planned: list[set[str]] = []
    for each in (settings, with_backups, with_places):
        async with running(each, Clock(), texts(), ticking=False) as bot:
            await bot.due.look()
            planned.append(await bot.db.run(_chores))
    always = {"tidy", "notices", "audit", "profile"}
    backups = {*always, "backup", "tombstones"}
    assert planned == [always, backups, {*backups, "near"}]  # a row stays when its setting goes


def _chores(db: sqlite3.Connection) -> set[str]:
    return {row[0] for row in db.execute("SELECT name FROM chores") if " " not in row[0]}


@pytest.mark.parametrize("webhook", [False, True])
async def test_a_wrong_token_is_seen_from_the_first_moment(
    lived_in: Path, sandbox: Sandbox, webhook: bool
) -> None:
    """Before anything is fetched or sent: health is red and a notice is stored."""
    more: dict[str, Any] = {}
    if webhook:
        more = {
            "webhook_url": "https://bot.example",
            "webhook_secret": SecretStr("a-secret-of-the-webhook"),
            "webhook_port": _free_port(),
        }
    wrong = load_settings(
        telegram_token=SecretStr("123456789:AAanother-token"),
        telegram_api=sandbox.url,
        data_dir=lived_in / "data",
        master_key_file=lived_in / "master.key",
        **more,
    )
    async with running(wrong, Clock(), texts(), ticking=False) as bot:
        await until(lambda: bot.intake.pulse.failing)
        async with asyncio.timeout(PATIENCE):
            while not await bot.db.run(notices.open_notices):
                await asyncio.sleep(0.001)
        [notice] = await bot.db.run(notices.open_notices)
    assert notice.kind == NoticeKind.TOKEN_REFUSED


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@pytest.mark.parametrize("part", [Sender, Ringer])
async def test_a_part_that_fails_is_seen(
    lived_in: Path,
    sandbox: Sandbox,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    part: type,
) -> None:
    """A bot that looks alive and is deaf is worse than one that ends and is started again."""

    async def fails(_self: object) -> None:
        raise RuntimeError("no more")

    monkeypatch.setattr(part, "run", fails)
    with caplog.at_level(logging.CRITICAL):
        async with running(made(lived_in, telegram_api=sandbox.url), Clock(), texts()) as bot:
            await asyncio.wait_for(bot.broken.wait(), PATIENCE)
    assert "a part of the bot stopped" in caplog.text


def test_only_the_chosen_languages_are_offered() -> None:
    """And one of which there are no texts stops the start with a list of those there are."""
    chosen = load_settings(telegram_token=SecretStr(TOKEN), locales="ar,sv")
    read = read_texts(chosen)
    assert [code for code, _own in read.knowledge.locales] == ["ar", "sv"]
    assert read.translator.offered("en") == "sv"
    with pytest.raises(SettingsFaulty, match=r"names tlh, of which there are no texts; there are .*sv"):
        read_texts(load_settings(telegram_token=SecretStr(TOKEN), locales="sv,tlh"))


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
