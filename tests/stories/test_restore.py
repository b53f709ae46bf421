"""A night's backup, a house that goes on, a machine that dies, and back again: without whom it erased (R38)."""

import asyncio
import shutil
import signal
from datetime import timedelta
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.wiring import TOMBSTONES
from dialogs.text import _
from dialogs.words import LABELS, Word
from storage import alerts, backups
from storage.master_key import create_key_file
from tests.stories.story import TOKEN, Phone, Story
from tests.stories.test_nothing_is_lost import _process, _until

URGENT = _("alert", "🟠 Case {case}: urgent. Please read this now.", case=1)
STRANGER = _("stranger", "Hello. This chat works by invitation.")


FORGET = "p:erase"


class Operator:
    """Who stands before the machine, with the settings in the environment."""

    def __init__(
        self, story: Story, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self._capsys, self._monkeypatch = capsys, monkeypatch
        monkeypatch.chdir(story.folder)
        monkeypatch.setenv("VIDARE_TELEGRAM_TOKEN", TOKEN)
        monkeypatch.setenv("VIDARE_DATA_DIR", str(story.settings.data_dir))
        self.key(story.settings.master_key_file)

    def key(self, file: Path | None) -> None:
        """Use this one."""
        self._monkeypatch.setenv("VIDARE_MASTER_KEY_FILE", str(file))

    async def types(self, *words: str) -> tuple[int, str]:
        """Run `vidare …`; returns exit code and what it said."""
        code = await asyncio.to_thread(main, words)
        said = self._capsys.readouterr()
        return code, said.out + said.err


async def test_a_restored_house_goes_on_without_whom_it_erased(
    story: Story, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The whole way, as an operator would have to walk it on a bad morning."""
    folder = story.folder / "backups"
    folder.mkdir()
    story.more["backup_dir"] = folder
    await story.step()
    mina = await story.contact("Mina Canary", "sv")
    leyla, reza = await story.resident("Leyla Canary", "sv"), await story.resident("Reza Canary", "sv")
    await leyla.types(LABELS[Word.SOMEONE])
    await story.until(3, 16)
    backup = backups.newest(folder)
    assert backup is not None
    assert len(list(folder.glob("*.db"))) == 1
    for canary in (b"Canary", str(leyla.id).encode(), TOKEN.encode()):
        assert canary not in backup.path.read_bytes()

    await story.sleep()
    await _forgets_and_the_machine_dies(story, reza)
    operator = Operator(story, monkeypatch, capsys)
    await _refusals(story, operator, backup.path)
    code, said = await operator.types("restore", str(backup.path), "--bot-is-stopped")
    assert (code, "1 people who had been erased" in said) == (0, True)

    await story.wake()
    await story.settle()
    [alert] = await story.bot.db.run(alerts.open_alerts)
    assert alert.id == 1
    told = _told(mina)
    await story.pass_time(minutes=30)
    assert _told(mina) > told, "the open case goes on until somebody takes it on"
    await mina.types(LABELS[Word.HAVE_IT])
    await mina.types(LABELS[Word.SAFE])
    assert await story.bot.db.run(alerts.open_alerts) == []
    await leyla.write("/menu")
    assert not leyla.reads(STRANGER)
    assert not reza.reads(STRANGER)
    await reza.write("hej")
    assert reza.reads(STRANGER), "who was erased is somebody the bot has never seen"


async def _forgets_and_the_machine_dies(story: Story, reza: Phone) -> None:
    """He asks to be forgotten in the morning; the process is killed as soon as that is written down."""
    async with _process(story) as bot:
        story.sandbox.say(reza.id, "/forget")
        await _until(lambda: _yes(reza) is not None)
        shown = _yes(reza)
        assert shown is not None
        story.sandbox.press(reza.id, shown, FORGET)
        await _until((story.settings.data_dir / TOMBSTONES).exists)
        await _until(lambda: story.sandbox.unconfirmed() == 0)
        bot.send_signal(signal.SIGKILL)
        await bot.wait()


def _yes(phone: Phone) -> int | None:
    """The message whose button erases."""
    buttons = ((shown.message_id, each.data) for shown in phone.seen for row in shown.buttons for each in row)
    return next((message for message, data in buttons if data == FORGET), None)


async def _refusals(story: Story, operator: Operator, backup: Path) -> None:
    """What must not take the place of a database: each is one sentence, and every byte stays as it was."""
    data = story.settings.data_dir
    before = _files(data)
    code, said = await operator.types("restore", str(backup))
    assert (code, "Stop it" in said) == (2, True)

    create_key_file(story.folder / "other.key")
    operator.key(story.folder / "other.key")
    code, said = await operator.types("restore", str(backup), "--bot-is-stopped")
    assert (code, "not the master key of this database" in said) == (2, True)
    operator.key(story.settings.master_key_file)

    torn = story.folder / "torn.db"
    shutil.copy(backup, torn)
    with torn.open("r+b") as file:
        file.truncate(torn.stat().st_size // 2)
    code, said = await operator.types("restore", str(torn), "--bot-is-stopped")
    assert (code, "damaged" in said) == (2, True)
    assert _files(data) == before


def _files(folder: Path) -> dict[str, bytes]:
    """All but the index SQLite keeps of its log, which it makes anew when somebody looks."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix != ".db-shm"}


def _told(phone: Phone) -> int:
    said = phone.story.say(URGENT, phone.locale)
    return sum(said in shown.text for shown in phone.seen)


async def test_a_night_in_which_the_bot_was_down_is_made_up_for(story: Story) -> None:
    """And a start does not do a night a second time."""
    folder = story.folder / "backups"
    folder.mkdir()
    story.more["backup_dir"] = folder
    await story.step()
    await story.settle()
    await story.until(3, 16)
    await story.step()
    assert len(list(folder.glob("*.db"))) == 1
    await story.sleep()
    story.clock.move(timedelta(days=2, hours=5))
    await story.wake()
    await story.settle()
    assert len(list(folder.glob("*.db"))) == 2
