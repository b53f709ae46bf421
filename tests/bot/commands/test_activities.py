"""`vidare activities`: kept, sent, counted and cancelled from a terminal."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import Clock
from bot.wiring import opened
from dialogs.schedule import DEFAULT_ZONE, zone_of
from storage import activities
from tests.bot.commands.conftest import Operator
from tests.bot.town import texts
from tests.dialogs.near_examples import PLACE


def day(ahead: int) -> str:
    """So many days from now, in the evening, as an operator writes it."""
    return f"{Clock().now().astimezone(zone_of(DEFAULT_ZONE)) + timedelta(days=ahead):%Y-%m-%d} 18:00"


@pytest.fixture(autouse=True)
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "places"
    folder.mkdir()
    (folder / "exempelstad.yaml").write_text(PLACE.replace("2026-09-01", "2025-01-01"), encoding="utf-8")
    monkeypatch.setenv("VIDARE_NEAR_DIR", str(folder))


async def add(
    operator: Operator, *more: str, at: str = "", place: str = "exempelstad"
) -> tuple[int, str, str]:
    """Add a dinner."""
    words = ("--place", place, "--at", at or day(3), "--title", "Middag", *more)
    return await operator.types("activities", "add", *words)


async def test_adding_tells_nobody_yet(operator: Operator, tmp_path: Path) -> None:
    """What is kept is a draft, with its words and until when one may come."""
    (tmp_path / "words.txt").write_text("Mat finns.\n", encoding="utf-8")
    code, out, _err = await add(operator, "--text-file", str(tmp_path / "words.txt"), "--until", day(4))
    assert code == 0
    assert "vidare activities send 1" in out
    async with opened(operator.settings, texts()) as (db, house):
        found = await db.run(activities.get, house.doors.system, 1)
        assert await db.run(activities.wave) is None
    assert found is not None
    assert (found.words, found.ends_at - found.begins_at) == ("Mat finns.", timedelta(days=1))


async def test_it_is_sent_once_listed_and_cancelled(operator: Operator) -> None:
    """Each step says what it did, and a second time that it was done before."""
    await add(operator)
    assert "draft" in (await operator.types("activities", "list"))[1]
    assert (await operator.types("activities", "send", "1"))[:2] == (0, "activity 1 goes out\n")
    assert "before" in (await operator.types("activities", "send", "1"))[1]
    _code, out, _err = await operator.types("activities", "list")
    assert " ".join(out.split()) == f"1 sent {day(3)} exempelstad 0 come Middag 1 activities"
    assert "is cancelled" in (await operator.types("activities", "cancel", "1"))[1]
    assert "before" in (await operator.types("activities", "cancel", "1"))[1]


@pytest.mark.parametrize("what", ["send", "cancel"])
async def test_one_that_is_not_there_is_named(operator: Operator, what: str) -> None:
    """A slip in the number changes nothing."""
    assert await operator.types("activities", what, "9") == (2, "", "vidare: there is no activity 9\n")


async def test_what_is_over_is_not_sent(operator: Operator) -> None:
    """A draft may lie about until its day is past."""
    await add(operator)
    async with opened(operator.settings, texts()) as (db, _house):
        await db.run(lambda each: each.execute("UPDATE activities SET ends_at = 1000").rowcount)
    code, _out, err = await operator.types("activities", "send", "1")
    assert (code, err) == (2, "vidare: activity 1 is over; nobody is told\n")
    assert "over" in (await operator.types("activities", "list"))[1]


@pytest.mark.parametrize(
    ("more", "changes", "sentence"),
    [
        ((), {"at": "yesterday"}, "--at is no moment"),
        ((), {"at": "2020-01-01 18:00"}, "--at is no moment"),
        (("--until", "2020-01-01 18:00"), {}, "--until is no moment"),
        ((), {"place": "nowhere"}, "there are exempelstad"),
        (("--title", "Ring 08-465 004 10"), {}, "--title: Please leave phone numbers out"),
        (("--title", "x" * 61), {}, "at most 60 characters"),
        (("--text-file", "nowhere.txt"), {}, "--text-file cannot be read"),
    ],
)
async def test_what_cannot_be_announced_is_refused(
    operator: Operator, more: tuple[str, ...], changes: dict[str, str], sentence: str
) -> None:
    """With a sentence that says what to do; nothing is kept."""
    code, _out, err = await add(operator, *more, **changes)
    assert code == 2
    assert sentence in err
    assert (await operator.types("activities", "list"))[1] == "0 activities\n"
