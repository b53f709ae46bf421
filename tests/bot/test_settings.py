"""Settings: what is wrong is named, with what to do, and never quoted."""

from pathlib import Path

import pytest

from bot.settings import Settings, SettingsFaulty, load_settings

TOKEN = "123456789:AAtesttesttesttesttesttesttesttest1"
SECRET = "Leyla-0123456789"


@pytest.fixture(autouse=True)
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("os.environ", {"VIDARE_TELEGRAM_TOKEN": TOKEN})
    return tmp_path


def faulty(**overrides: object) -> str:
    with pytest.raises(SettingsFaulty) as caught:
        load_settings(**overrides)
    assert caught.value.__context__ is None
    return str(caught.value)


def test_a_token_is_enough() -> None:
    """Everything else has a default one can start with."""
    settings = load_settings()
    assert settings.telegram_token.get_secret_value() == TOKEN
    assert (settings.default_locale, settings.sends_per_second, settings.sends_per_chat) == ("sv", 30, 1)


def test_a_missing_token_is_named_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first thing everybody meets."""
    monkeypatch.delenv("VIDARE_TELEGRAM_TOKEN")
    assert "VIDARE_TELEGRAM_TOKEN is missing" in faulty()
    assert "@BotFather" in faulty()


def test_overrides_beat_the_environment_and_that_the_file(
    empty_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that a command can ask for something else once."""
    (empty_folder / "vidare.env").write_text("VIDARE_LOG_LEVEL=ERROR\nVIDARE_ORGANISATION=Kvinnojouren\n")
    monkeypatch.setenv("VIDARE_LOG_LEVEL", "WARNING")
    assert load_settings().log_level == "WARNING"
    assert load_settings(log_level="DEBUG").log_level == "DEBUG"
    assert load_settings().organisation == "Kvinnojouren"


def test_a_misspelt_setting_in_the_file_is_refused(empty_folder: Path) -> None:
    """A limit that was never read would show in the worst night."""
    (empty_folder / "vidare.env").write_text(f"VIDARE_MASTERKEY={SECRET}\n")
    sentence = faulty()
    assert "VIDARE_MASTERKEY is not a setting" in sentence
    assert SECRET not in sentence


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("telegram_token", SECRET),
        ("telegram_token", f"{SECRET}:x"),
        ("telegram_api", "ftp://Leyla"),
        ("default_locale", "Leyla"),
        ("locales", "sv, Leyla"),
        ("locales", "sv en"),
        ("sends_per_second", "-1"),
        ("sends_per_chat", "Leyla"),
        ("webhook_url", "http://Leyla"),
        ("webhook_secret", "Leyla is a space"),
        ("webhook_secret", "Leyla"),
        ("webhook_port", "65536"),
        ("backup_keep", "-7"),
        ("health_port", "0"),
        ("health_port", "65536"),
        ("watcher_url", "http://hc.example/Leyla"),
        ("watcher_url", "Leyla"),
        ("watcher_url", "https:///Leyla"),
        ("log_level", "Leyla"),
        ("organisation", "Leyla" * 21),
    ],
)
def test_a_wrong_value_is_named_and_never_quoted(setting: str, value: str) -> None:
    """It may be a secret in the wrong place."""
    sentence = faulty(**{setting: value})
    assert f"VIDARE_{setting.upper()} is not right: " in sentence
    assert value not in sentence


def test_an_operator_switches_languages_on() -> None:
    """In the order they are offered; spaces are how people write, and one named twice is offered once."""
    assert load_settings(telegram_token=TOKEN).offered is None
    settings = load_settings(telegram_token=TOKEN, locales="sv, fa_AF,en,sv", default_locale="sv")
    assert settings.offered == ("sv", "fa_AF", "en")


def test_the_default_language_must_be_offered() -> None:
    """Whoever has not chosen reads it."""
    with pytest.raises(SettingsFaulty, match="VIDARE_DEFAULT_LOCALE is not among"):
        load_settings(telegram_token=TOKEN, locales="en,ar")


def test_a_webhook_needs_a_secret() -> None:
    """Without one anybody may speak as Telegram."""
    assert "VIDARE_WEBHOOK_SECRET is missing" in faulty(webhook_url="https://vidare.example/telegram")


def test_two_master_keys_are_refused() -> None:
    """Which of them sealed the data would be a guess."""
    assert "only one" in faulty(master_key="a", master_passphrase="b")


def test_a_backup_in_the_data_folder_is_refused(tmp_path: Path) -> None:
    """It would be lost with what it is a copy of."""
    for folder in ("data", "data/backups"):
        assert "VIDARE_BACKUP_DIR lies in the data folder" in faulty(
            data_dir=tmp_path / "data", backup_dir=tmp_path / folder
        )


def test_a_key_beside_the_backups_is_refused(tmp_path: Path) -> None:
    """Whoever takes the backups would have the key to them; a link to the folder is the folder."""
    (tmp_path / "backups").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "backups")
    for key in ("backups/master.key", "backups/keys/master.key", "link/master.key"):
        assert "VIDARE_MASTER_KEY_FILE lies in the backup folder" in faulty(
            backup_dir=tmp_path / "backups", master_key_file=tmp_path / key
        )
    load_settings(backup_dir=tmp_path / "backups", master_key_file=tmp_path / "master.key")


def test_a_folder_of_places_that_is_not_there_does_not_stop_the_start(tmp_path: Path) -> None:
    """A disk that is not mounted must not keep an alert from anybody; the bot makes a notice of it."""
    assert load_settings(near_dir=tmp_path / "nowhere").near_dir == tmp_path / "nowhere"
    assert load_settings().near_dir is None


def test_a_folder_of_places_in_the_data_folder_is_refused(tmp_path: Path) -> None:
    """What an operator edits does not lie beside the database."""
    (tmp_path / "data" / "places").mkdir(parents=True)
    assert "lies in the data folder" in faulty(
        data_dir=tmp_path / "data", near_dir=tmp_path / "data" / "places"
    )


@pytest.mark.parametrize("url", ["https://hc.example/ping/0f9a", "http://127.0.0.1:8000/ping/0f9a?create=1"])
def test_a_watcher_is_reached_in_private(url: str) -> None:
    """Over TLS, or on this machine."""
    settings = load_settings(watcher_url=url)
    assert settings.watcher_url is not None
    assert settings.watcher_url.get_secret_value() == url


def test_a_printed_settings_shows_no_secret() -> None:
    """It ends in a log or a bug report."""
    settings: Settings = load_settings(
        master_passphrase=SECRET, webhook_secret=SECRET, watcher_url=f"https://hc.example/{SECRET}"
    )
    assert TOKEN not in f"{settings!r}{settings}"
    assert SECRET not in f"{settings!r}{settings}"
