"""The master key: ours alone, or the bot does not start."""

import base64
import stat
from pathlib import Path

import pytest

from storage.master_key import (
    KeyFileBroken,
    KeyFileMisplaced,
    KeyFileTooOpen,
    NoMasterKey,
    PassphraseTooShort,
    create_key_file,
    from_file,
    from_passphrase,
    from_text,
    new_key_line,
    read_master_keys,
)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    return tmp_path / "data"


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    create_key_file(tmp_path / "key")
    return tmp_path / "key"


def test_a_new_key_file_is_ours_alone_and_can_be_read(key_file: Path, data: Path) -> None:
    """What we make must be what we accept."""
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
    assert [len(key) for key in from_file(key_file, data)] == [32]


def test_a_key_file_is_never_overwritten(key_file: Path) -> None:
    """Everything would be lost with it."""
    before = key_file.read_bytes()
    with pytest.raises(FileExistsError):
        create_key_file(key_file)
    assert key_file.read_bytes() == before


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o660, 0o604, 0o700])
def test_a_key_file_open_to_others_is_refused(key_file: Path, data: Path, mode: int) -> None:
    """And the sentence says what to do."""
    key_file.chmod(mode)
    with pytest.raises(KeyFileTooOpen, match="chmod 600"):
        from_file(key_file, data)


def test_a_key_file_nobody_may_write_is_fine(key_file: Path, data: Path) -> None:
    """0400 is what secret mounts use."""
    key_file.chmod(0o400)
    assert from_file(key_file, data)


def test_a_key_file_of_somebody_else_is_refused(
    key_file: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its owner could exchange it."""
    monkeypatch.setattr("storage.master_key.os.geteuid", lambda: key_file.stat().st_uid + 1)
    with pytest.raises(KeyFileTooOpen, match="chown"):
        from_file(key_file, data)


def test_a_key_in_the_data_directory_is_refused(data: Path, tmp_path: Path) -> None:
    """Also behind a link: a copy of the directory would hold both."""
    create_key_file(data / "key")
    (tmp_path / "link").symlink_to(data / "key")
    for path in (data / "key", tmp_path / "link"):
        with pytest.raises(KeyFileMisplaced):
            from_file(path, data)


def test_a_key_file_that_is_not_there_says_so(tmp_path: Path, data: Path) -> None:
    """Nothing is made up in its place."""
    with pytest.raises(NoMasterKey, match="cannot be read"):
        from_file(tmp_path / "nowhere", data)


def test_keys_are_read_newest_first_without_comments() -> None:
    """Turning the key means putting a line on top."""
    first, second = new_key_line(), new_key_line()
    keys = from_text(f"# new\n{first.strip()} # since May\n\n{second}", "a test")
    assert keys == [base64.b64decode(first), base64.b64decode(second)]


@pytest.mark.parametrize("text", ["", "# only words", "not base64!", base64.b64encode(b"short").decode()])
def test_what_is_no_key_is_refused_without_showing_it(text: str) -> None:
    """The message ends in a log."""
    with pytest.raises(KeyFileBroken) as raised:
        from_text(text, "a test")
    assert not text or text not in str(raised.value)


def test_a_key_given_twice_is_refused() -> None:
    """Somebody meant to turn it and did not."""
    line = new_key_line()
    with pytest.raises(KeyFileBroken, match="twice"):
        from_text(line + line, "a test")


def test_the_file_goes_before_the_environment(key_file: Path, data: Path) -> None:
    """What lies on the disk is what the operator sees."""
    environment = {"VIDARE_MASTER_KEY": new_key_line()}
    from_disk = read_master_keys(key_file=key_file, data_directory=data, environment=environment, salt=b"")
    assert from_disk == from_file(key_file, data)
    given = read_master_keys(key_file=None, data_directory=data, environment=environment, salt=b"")
    assert given == [base64.b64decode(environment["VIDARE_MASTER_KEY"])]


def test_without_any_key_there_is_no_start(data: Path) -> None:
    """Sealing with an empty key would look like sealing."""
    with pytest.raises(NoMasterKey, match="VIDARE_MASTER_KEY"):
        read_master_keys(key_file=None, data_directory=data, environment={}, salt=b"")


def test_a_passphrase_means_another_key_in_another_database(data: Path) -> None:
    """Else one table of guesses would serve for all of them."""
    words = "six random words are good enough"
    environment = {"VIDARE_MASTER_PASSPHRASE": words}
    keys = read_master_keys(key_file=None, data_directory=data, environment=environment, salt=b"a" * 16)
    assert keys == [from_passphrase(words, b"a" * 16)]
    assert keys != [from_passphrase(words, b"b" * 16)]


def test_a_short_passphrase_is_refused() -> None:
    """It could be guessed by whoever has a backup."""
    with pytest.raises(PassphraseTooShort):
        from_passphrase("hemligt", b"a" * 16)
