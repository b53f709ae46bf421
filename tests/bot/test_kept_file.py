"""A cache on disk that is used only while it is right, and is never missed."""

import logging
from pathlib import Path

import pytest

from bot.kept_file import HEAD, keep, kept

ONE, OTHER = b"1" * 32, b"2" * 32


def test_what_was_kept_comes_back(tmp_path: Path) -> None:
    """Where it was made of the same."""
    keep(tmp_path / "a.index", ONE, b"content")
    found = kept(tmp_path / "a.index", ONE)
    assert found is not None
    assert bytes(found) == b"content"
    assert kept(tmp_path / "a.index", OTHER) is None
    assert [path.name for path in tmp_path.iterdir()] == ["a.index"], "nothing is left beside it"


@pytest.mark.parametrize("at", [0, HEAD // 2, HEAD, -1])
def test_a_letter_that_changed_on_disk_makes_it_useless(tmp_path: Path, at: int) -> None:
    """Better made again than read wrong."""
    path = tmp_path / "a.index"
    keep(path, ONE, b"content")
    torn = bytearray(path.read_bytes())
    torn[at] ^= 1
    path.write_bytes(torn)
    assert kept(path, ONE) is None


@pytest.mark.parametrize("content", [b"", b"short", ONE])
def test_a_file_that_broke_off_is_none(tmp_path: Path, content: bytes) -> None:
    """And so is one that is not there."""
    path = tmp_path / "a.index"
    path.write_bytes(content)
    assert kept(path, ONE) is None
    assert kept(tmp_path / "none.index", ONE) is None


def test_one_that_is_in_use_stays_whole(tmp_path: Path) -> None:
    """A newer one takes its name and not its bytes."""
    path = tmp_path / "a.index"
    keep(path, ONE, b"old content")
    found = kept(path, ONE)
    keep(path, OTHER, b"new")
    assert found is not None
    assert bytes(found) == b"old content"


def test_where_nothing_can_be_written_the_log_says_so(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The caller has what it made and goes on."""
    with caplog.at_level(logging.INFO):
        keep(tmp_path / "no folder" / "a.index", ONE, b"content")
    assert "a.index is not kept" in caplog.text
