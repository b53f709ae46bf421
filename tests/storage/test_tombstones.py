"""Who was erased stays erased, also after a restored backup."""

import errno
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage.database import DatabaseNotWritable, StorageFailed, StorageFull
from storage.tombstones import TombstoneFile

NOW = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "erased.jsonl"


def test_each_erasure_is_kept_in_order(path: Path) -> None:
    """Also those of an earlier run of the program."""
    TombstoneFile(path).add(7, NOW)
    TombstoneFile(path).add(3, NOW)
    assert list(TombstoneFile(path)) == [7, 3]


def test_without_a_file_nobody_was_erased(path: Path) -> None:
    """And asking makes none."""
    assert list(TombstoneFile(path)) == []
    assert not path.exists()


def test_a_line_torn_by_a_power_cut_costs_only_itself(path: Path) -> None:
    """The others must still be found, or a restore would bring them back."""
    tombstones = TombstoneFile(path)
    tombstones.add(7, NOW)
    for torn in ('{"person": 9, "a\n', "\n", "7\n", '{"at": "now"}\n', '{"person": null}\n', "[1]\n"):
        with path.open("a") as file:
            file.write(torn)
    tombstones.add(8, NOW)
    assert list(tombstones) == [7, 8]


def test_a_line_torn_without_its_end_costs_only_itself(path: Path) -> None:
    """A power cut leaves no newline behind: the next erasure must not be swallowed by half a line."""
    path.write_text('{"person": 9, "a')
    tombstones = TombstoneFile(path)
    tombstones.add(8, NOW)
    assert list(tombstones) == [8]


def test_one_file_takes_over_whom_only_the_other_names(path: Path, tmp_path: Path) -> None:
    """After a loss either of them may be the older one: both together know everybody, each once."""
    other = tmp_path / "beside.jsonl"
    for number in (7, 3):
        TombstoneFile(path).add(number, NOW)
    TombstoneFile(other).add(9, NOW)
    TombstoneFile(other).add(7, NOW)
    for _time in range(2):
        TombstoneFile(other).take_over(TombstoneFile(path))
    assert list(TombstoneFile(other)) == [9, 7, 3]
    assert other.read_text().count(NOW.isoformat()) == 3, "with the day on which it was"
    TombstoneFile(other).take_over(TombstoneFile(tmp_path / "gone.jsonl"))
    assert list(TombstoneFile(other)) == [9, 7, 3]


def test_it_says_who_and_when_and_nothing_else(path: Path) -> None:
    """A list of names of people who wanted to be forgotten would be the opposite of forgetting."""
    TombstoneFile(path).add(7, NOW)
    assert path.read_text() == '{"person": 7, "at": "2026-11-24T18:00:00+00:00"}\n'


def test_only_we_can_read_it(path: Path) -> None:
    """Even a number and a day can be too much."""
    TombstoneFile(path).add(7, NOW)
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_folder_that_is_gone_stops_the_erasing(tmp_path: Path) -> None:
    """Written before the rows go: who cannot be remembered as erased is not erased yet."""
    with pytest.raises(OSError, match="No such file"):
        TombstoneFile(tmp_path / "gone" / "erased.jsonl").add(7, NOW)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (errno.ENOSPC, StorageFull),
        (errno.EROFS, DatabaseNotWritable),
        (errno.EIO, StorageFailed),
        (errno.EFBIG, StorageFull),
        (errno.EACCES, PermissionError),
    ],
)
def test_a_full_or_failing_disk_is_no_fault_of_the_one_who_leaves(
    path: Path, monkeypatch: pytest.MonkeyPatch, code: int, kind: type[Exception]
) -> None:
    """Her word is kept at Telegram until there is room; a mistake of ours stays one."""

    def full(_file: int, _line: bytes) -> int:
        raise OSError(code, "the disk says no")

    monkeypatch.setattr("storage.tombstones.os.write", full)
    with pytest.raises(kind):
        TombstoneFile(path).add(7, NOW)
