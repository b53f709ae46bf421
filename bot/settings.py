"""
What an operator sets: from the environment (`VIDARE_…`), then the file `vidare.env`, then these defaults.

A setting that is missing, misspelt or out of range stops the start with a sentence that names it and says what to
do. The sentence never holds the value: it may be a secret, or a secret put in the wrong place.
"""

import re
from pathlib import Path
from typing import Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "VIDARE_"
FILE = "vidare.env"
_LOCALE = "[a-z]{2,3}(_[A-Z]{2})?(@[a-z]+)?"

_WHAT_TO_DO = {
    "telegram_token": "set it to the token @BotFather gave you, as 123456789:AA...",
    "telegram_api": "give the address of a Bot API server, as https://api.telegram.org",
    "data_dir": "name the folder of the database",
    "master_key_file": "name a file outside the data folder (`vidare keys create` makes one)",
    "default_locale": "give a locale code, as sv or fa_AF",
    "locales": "give locale codes with a comma between, as sv,en,fa_AF, or leave it out for all that are whole",
    "sends_per_second": "give a number from 0 to 1000; 0 means no limit",
    "sends_per_chat": "give a number from 0 to 100; 0 means no limit",
    "webhook_url": "give the address that begins with https:// and leads to us, or leave it out to fetch updates",
    "webhook_secret": "give 16 to 256 of A-Z a-z 0-9 _ -",
    "webhook_port": "give a number from 1 to 65535",
    "backup_dir": "name a folder outside the data folder and away from the key, best on another disk",
    "backup_keep": "give a number from 1 to 1000",
    "health_port": "give a number from 1 to 65535, or leave it out for none",
    "watcher_url": "give the address that your watcher gave you; it begins with https://",
    "near_dir": "name the folder of your places (docs/near.md), or leave it out for none",
    "desk_port": "give a number from 1 to 65535",
    "log_level": "use DEBUG, INFO, WARNING or ERROR",
    "keep_answers": "give a number of days from 7 to 365",
    "keep_alerts": "give a number of days from 30 to 730",
    "keep_notes": "give a number of days from 1 to 730",
    "keep_audit": "give a number of days from 90 to 3650",
    "organisation": "give a name of at most 100 characters",
    "bot_name": "give a name of at most 64 characters, neutral and not false, or leave it out to keep BotFather's",
    "profile": "use set, or keep for what was set with BotFather",
}


class SettingsFaulty(Exception):
    """The bot cannot start with these settings; the sentence is meant for the operator."""


class Settings(BaseSettings):
    """Secrets are SecretStr, so that a printed Settings shows stars."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=FILE,
        env_ignore_empty=True,
        extra="forbid",
        frozen=True,
        hide_input_in_errors=True,
    )

    telegram_token: SecretStr
    telegram_api: str = "https://api.telegram.org"
    data_dir: Path = Path("data")
    master_key_file: Path | None = None
    master_key: SecretStr | None = None
    master_passphrase: SecretStr | None = None
    default_locale: str = Field(default="sv", pattern=rf"^{_LOCALE}$")
    locales: str | None = Field(default=None, pattern=rf"^{_LOCALE}(\s*,\s*{_LOCALE})*$")
    sends_per_second: float = Field(default=30.0, ge=0, le=1000)
    sends_per_chat: float = Field(default=1.0, ge=0, le=100)
    webhook_url: str | None = Field(default=None, pattern=r"^(https://|http://127\.0\.0\.1:)[^/\s]+")
    webhook_secret: SecretStr | None = None
    webhook_port: int = Field(default=8443, ge=1, le=65535)
    backup_dir: Path | None = None
    backup_keep: int = Field(default=14, ge=1, le=1000)
    health_port: int | None = Field(default=None, ge=1, le=65535)
    watcher_url: SecretStr | None = None
    near_dir: Path | None = None
    desk_port: int = Field(default=8434, ge=1, le=65535)
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    organisation: str = Field(default="", max_length=100)  # shown to residents
    bot_name: str | None = Field(default=None, max_length=64)  # shown to everybody
    profile: Literal["set", "keep"] = "set"
    keep_answers: int = Field(default=90, ge=7, le=365)  # days, as all four; residents read them
    keep_alerts: int = Field(default=365, ge=30, le=730)
    keep_notes: int = Field(default=365, ge=1, le=730)
    keep_audit: int = Field(default=730, ge=90, le=3650)

    @property
    def offered(self) -> tuple[str, ...] | None:
        """The locales an operator has chosen, in that order and each once; None for all that are whole."""
        if self.locales is None:
            return None
        return tuple(dict.fromkeys(each.strip() for each in self.locales.split(",")))

    @field_validator("telegram_token")
    @classmethod
    def _has_the_shape_of_a_token(cls, token: SecretStr) -> SecretStr:
        number, colon, rest = token.get_secret_value().partition(":")
        if not (number.isascii() and number.isdigit() and colon and _is_simple(rest)):
            raise ValueError
        return token

    @field_validator("telegram_api")
    @classmethod
    def _is_an_address(cls, address: str) -> str:
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError
        return address.rstrip("/")

    @field_validator("webhook_secret")
    @classmethod
    def _is_what_telegram_takes(cls, secret: SecretStr | None) -> SecretStr | None:
        if secret is not None and not (16 <= len(secret) <= 256 and _is_simple(secret.get_secret_value())):
            raise ValueError
        return secret

    @field_validator("watcher_url")
    @classmethod
    def _is_a_private_address(cls, url: SecretStr | None) -> SecretStr | None:
        """Whoever reads the address on its way could keep the watcher quiet."""
        if url is not None and not re.fullmatch(
            r"(https://|http://127\.0\.0\.1:)[^/\s]+\S*", url.get_secret_value()
        ):
            raise ValueError
        return url

    @model_validator(mode="after")
    def _fit_together(self) -> Self:
        if self.webhook_url and self.webhook_secret is None:
            raise SettingsFaulty(
                f"{PREFIX}WEBHOOK_SECRET is missing: a webhook needs one; make it up yourself"
            )
        keys = (self.master_key_file, self.master_key, self.master_passphrase)
        if sum(key is not None for key in keys) > 1:
            raise SettingsFaulty(
                f"Set only one of {PREFIX}MASTER_KEY_FILE, {PREFIX}MASTER_KEY and {PREFIX}MASTER_PASSPHRASE"
            )
        if self.offered is not None and self.default_locale not in self.offered:
            raise SettingsFaulty(
                f"{PREFIX}DEFAULT_LOCALE is not among {PREFIX}LOCALES: who has not chosen a language gets it"
            )
        self._check_backup_dir()
        self._check_near_dir()
        return self

    def _check_near_dir(self) -> None:
        """A folder that is not there is a notice and no reason not to start: alerts matter more than pages."""
        if self.near_dir is not None and self.near_dir.resolve().is_relative_to(self.data_dir.resolve()):
            raise SettingsFaulty(
                f"{PREFIX}NEAR_DIR lies in the data folder: choose one that you may edit freely"
            )

    def _check_backup_dir(self) -> None:
        """A backup is to survive the data, and to open for nobody who has only the backups."""
        if self.backup_dir is None:
            return
        folder = self.backup_dir.resolve()
        if folder.is_relative_to(self.data_dir.resolve()):
            raise SettingsFaulty(
                f"{PREFIX}BACKUP_DIR lies in the data folder, and would be lost with it: choose another folder"
            )
        if self.master_key_file is not None and self.master_key_file.resolve().is_relative_to(folder):
            raise SettingsFaulty(
                f"{PREFIX}MASTER_KEY_FILE lies in the backup folder: whoever has one would have both. Move the key."
            )


def _is_simple(text: str) -> bool:
    return text.isascii() and text != "" and text.replace("-", "a").replace("_", "a").isalnum()


def load_settings(**overrides: Any) -> Settings:
    """Return the settings; `overrides` beat environment and file. Raises SettingsFaulty."""
    try:
        return Settings(**overrides)
    except ValidationError as error:
        sentence = "\n".join(_explained(each["type"], each["loc"]) for each in error.errors())
    except UnicodeDecodeError:
        sentence = f"The file {FILE} is not UTF-8 text"
    raise SettingsFaulty(sentence)  # outside `except`: what was caught holds the values


def _explained(fault: str, place: tuple[int | str, ...]) -> str:
    field = str(place[0]).lower() if place else "settings"
    setting = PREFIX + field.upper()
    if fault == "extra_forbidden":
        return f"{field.upper()} is not a setting of Vidare: correct its spelling in {FILE}, or remove it"
    fault_words = "is missing" if fault == "missing" else "is not right"
    return f"{setting} {fault_words}: {_WHAT_TO_DO.get(field, 'see docs/operating.md')}"
