"""
Canaries: marked words are planted through every flow that takes any, their owner is erased, and nobody finds one.

Searched are the bytes of database, log, index and tombstones, the lines of the program's log, the page of figures,
what is sent to Telegram afterwards, and, with every key that is left, all that still opens. Then an older backup comes
back, and she does not.
"""

import io
import logging
import shutil
import socket
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import msgspec
import pytest

from bot.logs import CAPS, JsonLines
from bot.wiring import DATABASE, TOMBSTONES
from dialogs.people import Role
from dialogs.text import _
from dialogs.words import LABELS, Word
from storage import audit, backups, people
from storage.people import Known
from storage.sealing import Box, SealBroken
from tests.stories.story import Phone, Story
from tests.stories.test_restore import Operator

GONE = _("privacy", "Everything is erased. Take care.")
STRANGER = _("stranger", "Hello. This chat works by invitation.")
PLACE = "canaryplace"
EXAMPLE = Path(__file__).parents[2] / "docs" / "near-example" / "exempelstad.yaml"


@dataclass
class House:
    """The story, its people, what the program logged, and where its backups are."""

    story: Story
    mina: Phone
    leyla: Phone
    log: io.StringIO
    backups: Path

    @property
    def canaries(self) -> list[bytes]:
        """Everything that was planted; all of it begins the same way, but the number of her chat."""
        return [b"canary", b"%d" % self.leyla.id]

    def files(self) -> dict[str, bytes]:
        """What lies beside each other on the disk."""
        folder = self.story.settings.data_dir
        names = (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", TOMBSTONES)
        return {name: (folder / name).read_bytes() for name in names if (folder / name).exists()}


@contextmanager
def logging_all(into: io.StringIO) -> Iterator[None]:
    """As `setup_logs("DEBUG")` does, but into a string."""
    handler, root = logging.StreamHandler(into), logging.getLogger()
    handler.setFormatter(JsonLines())
    root.addHandler(handler)
    before = {name: logging.getLogger(name).level for name in ("", *CAPS)}
    root.setLevel(logging.DEBUG)
    for name, cap in CAPS.items():
        logging.getLogger(name).setLevel(cap)
    try:
        yield
    finally:
        root.removeHandler(handler)
        for name, level in before.items():
            logging.getLogger(name).setLevel(level)


def free_port() -> int:
    """One that nobody listens on at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
async def house(story: Story, tmp_path: Path) -> AsyncIterator[House]:
    """Everything that can be planted is."""
    log, folder, near = io.StringIO(), tmp_path / "backups", tmp_path / "places"
    folder.mkdir()
    near.mkdir()
    shutil.copy(EXAMPLE, near / f"{PLACE}.yaml")
    story.more.update(backup_dir=folder, near_dir=near, health_port=free_port())
    with logging_all(log):
        await story.step()
        mina = await story.contact("Mina", "sv")
        leyla = await join(story)
        planted = House(story, mina, leyla, log, folder)
        await plant(planted)
        yield planted


async def join(story: Story) -> Phone:
    """She joins with an alias and a name that are canaries."""
    phone = story.person("canaryphone", "sv")
    await phone.start(await story.code(Role.RESIDENT, "Canaryalias", ["Mina"]))
    for data in ("l:sv", "j:what", "j:check-ins:yes", "j:reading:yes", "j:telling:yes"):
        await phone.press(data)
    await phone.write("Canaryname")
    await phone.press("ph:skip")
    await phone.press("j:contact:…")
    for data in ("j:contacts", "j:zone", "t:1800", "j:days:all", "j:missed:2", "ci:…:t:write"):
        await phone.press(data)
    await phone.write("canaryanswer")
    return phone


async def plant(house: House) -> None:
    """A word in every place that takes one; the last are still on their way or unopened."""
    story, mina, leyla = house.story, house.mina, house.leyla
    await leyla.write("/settings")
    await leyla.press("cw-word:ask")
    await leyla.write("canarycovert")
    await leyla.press("set", newest=True)
    await leyla.press("hd")
    await leyla.press("hd:add")
    await leyla.write("8/3 canaryday")
    await leyla.write("/near")
    await leyla.press(f"near:open:{PLACE}")
    await leyla.press(f"near:keep:{PLACE}")
    await leyla.write("/guides")
    await leyla.press("g:shelf:money")
    await leyla.press("g:open:bills")
    await leyla.press("g:bills:…:stuck")
    await leyla.press("g:bills:…:write")
    await leyla.write("canarywords")
    await mina.press("al:1:…:have")
    await mina.press("al:1:…:safe")
    her = (await story.bot.db.run(people.ids, Role.RESIDENT, "active"))[0]
    await mina.types(LABELS[Word.RESIDENTS])
    await mina.press(f"rd:{her}")
    await mina.press(f"no:read:{her}")
    await mina.press(f"no:write:{her}")
    await mina.write("canarynote")
    await leyla.types(LABELS[Word.SOMEONE])
    await mina.press("al:2:…:have")
    await mina.press("tk:open:2")
    await mina.press(f"cl:for:{her}")
    await mina.press(f"cl:in:{her}:60")
    await story.pass_time(seconds=2)
    await leyla.write("canaryletter")
    await story.pass_time(minutes=30)
    await mina.write("canaryreply")
    await leyla.write("canary, min bror sa att han ska döda mig")
    await leyla.write("/mydata")
    await leyla.press("p:file")


async def test_what_was_planted_is_there(house: House) -> None:
    """Or the searches below would find nothing for the wrong reason."""
    opened = await house.story.bot.db.read(everything, house.story)
    for word in ("alias", "name", "answer", "covert", "day", "note", "words", "place"):
        assert f"canary{word}".encode() in opened.lower(), word
    for name, data in house.files().items():
        assert not hits(data, house.canaries), f"{name} holds it in the clear"


async def test_after_erasing_nobody_finds_anything(house: House) -> None:
    """Files, log, figures, Telegram, and all that any key left opens: no hit (R38)."""
    story, canaries = house.story, house.canaries
    wrapped = await story.bot.db.read(
        lambda db: [row[0] for row in db.execute("SELECT wrapped_key FROM people")]
    )
    calls = len(story.sandbox.calls)
    await house.leyla.write("/forget")
    await house.leyla.press("p:erase")
    assert house.leyla.last.text == story.say(GONE, "sv")
    left = await story.bot.db.read(
        lambda db: [row[0] for row in db.execute("SELECT wrapped_key FROM people")]
    )
    destroyed = [key for key in wrapped if key not in left]
    assert len(destroyed) == 1
    await story.bot.due.tidy()
    await story.settle()

    for name, data in house.files().items():
        assert not hits(data, [*canaries, *destroyed]), name
    assert await story.bot.db.read(lambda db: db.execute("PRAGMA freelist_count").fetchone()[0]) == 0
    assert not hits(await story.bot.db.read(everything, story), [b"canary"])
    assert not hits(house.log.getvalue().encode(), canaries), "the log"
    assert not hits(await figures(story), canaries), "the page of figures"
    assert len(house.files()[TOMBSTONES].splitlines()) == 1
    erased = len(story.sandbox.calls)
    await story.until(18)
    await house.mina.types(LABELS[Word.TODAY])
    await house.mina.types(LABELS[Word.RESIDENTS])
    later = [repr(call).encode() for call in story.sandbox.calls[erased:]]
    assert calls < erased < len(story.sandbox.calls)
    assert not any(hits(call, [b"canary"]) for call in later), "what is sent to whoever stayed"
    assert await story.bot.db.run(audit.verify) is None


async def test_an_older_backup_does_not_bring_her_back(
    house: House, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of the night before, when she was still there: it holds her locked, and restored it holds her not at all."""
    story, canaries = house.story, house.canaries
    await story.until(3, 16)
    backup = backups.newest(house.backups)
    assert backup is not None
    assert not hits(backup.path.read_bytes(), canaries), "the backup itself"
    await house.leyla.write("/forget")
    await house.leyla.press("p:erase")
    await story.sleep()

    operator = Operator(story, monkeypatch, capsys)
    monkeypatch.setenv("VIDARE_BACKUP_DIR", str(house.backups))
    code, said = await operator.types("restore", str(backup.path), "--bot-is-stopped")
    assert (code, "1 people who had been erased" in said) == (0, True)
    assert not hits(said.encode(), canaries)
    await story.wake()
    await story.settle()
    for name, data in house.files().items():
        assert not hits(data, canaries), name
    assert not hits(await story.bot.db.read(everything, story), [b"canary"])
    await house.leyla.write("hej")
    assert house.leyla.last.text == story.say(STRANGER, "sv")


async def test_a_contact_person_who_leaves_is_forgotten_too(story: Story) -> None:
    """Her name goes out of the residents' records at once, and out of closed cases with their words."""
    mina = await story.contact("Canarymina", "sv")
    await story.contact("Josef", "sv")
    leyla = await story.resident("Leyla", "sv", contacts=["Canarymina", "Josef"])
    await leyla.press("someone")
    await mina.press("al:1:…:have")
    await mina.press("al:1:…:safe")
    await mina.write("/stop")
    await mina.press("ch:leave-yes")
    await story.pass_time(hours=25)
    await story.bot.due.tidy()
    assert not hits(await story.bot.db.read(everything, story), [b"canary", b"%d" % mina.id])
    for name in (DATABASE, f"{DATABASE}-wal"):
        assert not hits((story.settings.data_dir / name).read_bytes(), [b"canary", b"%d" % mina.id]), name


def hits(data: bytes, wanted: list[bytes]) -> list[bytes]:
    """Which of them stand in it, in whatever letters."""
    return [each for each in wanted if each.lower() in data.lower()]


async def figures(story: Story) -> bytes:
    """What Prometheus reads."""
    url = f"http://127.0.0.1:{story.settings.health_port}/metrics"
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        assert answer.status == 200
        return await answer.read()


def everything(db: sqlite3.Connection, story: Story) -> bytes:
    """All that any key of anybody who is there opens, whatever table it stands in."""
    known = people.list_people(db, story.bot.house.keyring)
    boxes = [story.bot.house.doors.system, *(each.box for each in known)]
    return b"\n".join([*opened(db, boxes), *(_plain(each) for each in known)])


def _plain(known: Known) -> bytes:
    return msgspec.json.encode(known.person) + b" %d" % (known.chat_id or 0)


def opened(db: sqlite3.Connection, boxes: list[Box]) -> Iterator[bytes]:
    """Every sealed column of the schema, tried with every box."""
    for (table,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall():
        columns = db.execute(f"PRAGMA table_info({table})").fetchall()
        key = next((row[1] for row in columns if row[5]), "rowid")
        for column in (row[1] for row in columns if row[1].startswith("sealed_")):
            query = f"SELECT {key}, {column} FROM {table} WHERE {column} IS NOT NULL"  # noqa: S608 -- of our schema
            for number, sealed in db.execute(query).fetchall():
                yield from _with_any(boxes, sealed, f"{table}.{column}:{number}")


def _with_any(boxes: list[Box], sealed: bytes, place: str) -> Iterator[bytes]:
    for box in boxes:
        try:
            yield box.open(sealed, place)
        except SealBroken:
            continue
