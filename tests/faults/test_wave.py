"""The wave: what is counted, and what is asked of it. How long anything takes is never asserted."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from faults import wave
from faults.beating import Late
from faults.scale import SHORT
from faults.wave import Ridden, report

GOOD = Ridden(
    due=100_000,
    asked=100_000,
    queued=100_000,
    claimed_in=100.0,
    cpu=40.0,
    memory=2.0**27,
    pauses=0,
    during=[20.0] * 30,
    behind=[10.0] * 30,
    beats=[Late(0, 0.2, 0.01)],
)


def missed(ridden: Ridden) -> list[str]:
    return [each.what for each in report(ridden) if not each.held]


def test_a_good_wave_holds_whatever_the_machine_gave_to_others() -> None:
    """A beat that was late because the processor was elsewhere is not the bot's doing."""
    assert missed(GOOD) == []


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ({"asked": 99_999}, "100 000 check-ins due at once"),
        ({"queued": 99_999}, "100 000 check-ins due at once"),
        ({"behind": [10.0] * 29 + [101.0]}, "alerts behind 100 000 check-ins"),
        ({"during": [101.0]}, "alerts while 100 000 check-ins are claimed"),
        ({"beats": [Late(0, 0.021, 0.021)]}, "longest block of the event loop"),
        ({"pauses": 1}, "pauses Telegram asked for"),
    ],
)
def test_each_promise_can_be_broken(change: dict[str, object], line: str) -> None:
    """One alert too late, one check-in skipped: that is what the table is for."""
    assert missed(replace(GOOD, **change)) == [line]  # type: ignore[arg-type]


def test_less_is_asked_of_a_short_one() -> None:
    """On a busy machine a few milliseconds say little; seconds still do (R40)."""
    short = replace(GOOD, due=3_000, asked=3_000, queued=3_000, behind=[150.0])
    assert missed(short) == []
    assert missed(replace(short, behind=[5_001.0])) == ["alerts behind 3 000 check-ins"]


async def test_a_small_wave_skips_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The real bot in its own process, at the real pace."""
    monkeypatch.setattr(wave, "CRIES", (2, 2))
    monkeypatch.setattr(wave, "SPREAD", 0.05)
    monkeypatch.setattr(wave, "IN", timedelta(0))
    lines = {each.what: each.figure for each in await wave.prove(replace(SHORT, due=200), tmp_path)}
    assert lines["200 check-ins due at once"] == "200 asked, 200 in the outbox"
    assert lines["pauses Telegram asked for"] == "0"
