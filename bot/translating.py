"""
The one place where texts become somebody's language.

Order: the reader's locale, our default locale, the English source, which always exists. Names, numbers and
Swedish words inside a right-to-left text are isolated (U+2068, U+2069), so that they do not tear it apart.
Phone numbers come from the one file that holds them: `{emergency}` in any text is filled here, and so is
`{organisation}`.

The same place reads typed words the other way round: a label she was shown, a known word in any language.
"""

import gettext
import logging
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Final

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time
from babel.lists import format_list

from dialogs.schedule import zone_of
from dialogs.text import Message, Text, Value
from dialogs.words import LABELS, SPELLINGS, Word

log = logging.getLogger(__name__)

LOCALES: Final = Path(__file__).parent.parent / "locales"
SOURCE_LOCALE: Final = "en"
DOMAINS: Final = ("bot", "guides")
RIGHT_TO_LEFT: Final = frozenset({"ar", "fa", "fa_AF", "ckb", "ur", "ps"})
ISOLATE, END_ISOLATE, RIGHT_MARK = "\u2068", "\u2069", "\u200f"


class CatalogueMissing(Exception):
    """A locale that is to be offered has no compiled catalogue."""

    def __init__(self, locale: str, domain: str) -> None:
        super().__init__(f"the catalogue {domain} of locale {locale} is not compiled: run `make catalogues`")
        self.locale, self.domain = locale, domain


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom a text is written: her language, her clock, and the moment."""

    locale: str
    zone: str
    now: datetime


def offered_locales(folder: Path = LOCALES) -> tuple[str, ...]:
    """The locales whose catalogues are compiled, our source language among them, by code."""
    whole = {path.parent.parent.name for path in folder.glob("*/LC_MESSAGES/bot.mo")}
    strange = {locale for locale in whole if _formats(locale) is None}
    for locale in sorted(strange):
        log.error(
            "a folder of texts is not named after a language and is not offered", extra={"locale": locale}
        )
    return tuple(sorted({*whole - strange, SOURCE_LOCALE}))


def _formats(locale: str) -> Locale | None:
    """How a language writes dates and lists; None where Babel has never heard of it."""
    try:
        return Locale.parse(locale)
    except (UnknownLocaleError, ValueError, TypeError):
        return None


class Translator:
    """All catalogues, loaded once; safe to use from every thread."""

    def __init__(
        self,
        locales: Iterable[str],
        default: str,
        everywhere: Mapping[str, str] | None = None,
        folder: Path = LOCALES,
    ) -> None:
        self.locales = tuple(locales)
        self.default = default
        self._everywhere: dict[str, Value] = dict(everywhere or {})
        self._catalogues = {locale: _load(folder, locale) for locale in {*self.locales, default}}
        self._babel = {locale: _formats(locale) or Locale(SOURCE_LOCALE) for locale in self._catalogues}
        self._words = self._spellings()
        self._labels: dict[tuple[str, str, str], tuple[str, str]] = {}

    def offered(self, locale: str) -> str:
        """Return `locale`, or our default where it is not offered any more: its texts, its side, its dates."""
        return locale if locale in self._catalogues else self.default

    def of_phone(self, language_code: str | None) -> str:
        """Return the locale of a phone's language, "sv-SE" or "sv", where we speak it, else our default."""
        code = (language_code or "").replace("-", "_")
        return next((each for each in (code, code.partition("_")[0]) if each in self.locales), self.default)

    def text(self, text: Text, reader: Reader) -> str:
        """Return the paragraphs, with an empty line between two."""
        said = "\n\n".join(self.message(message, reader) for message in text)
        return _from_the_right(said) if self.offered(reader.locale) in RIGHT_TO_LEFT else said

    def message(self, message: Message, reader: Reader) -> str:
        """Return one message in the reader's language, its values filled in."""
        pattern = self._pattern(message, reader.locale)
        if "{" not in pattern:
            return pattern
        return pattern.format_map(_Filled(self, {**self._everywhere, **dict(message.values)}, reader))

    def label(self, message: Message, reader: Reader) -> tuple[str, str]:
        """Return what stands on a button, and the same folded; kept, where it is the same for everybody."""
        if message.values:
            return self._label(message, reader)
        key = (self.offered(reader.locale), message.context, message.source)
        known = self._labels.get(key)
        if known is None:
            known = self._labels[key] = self._label(message, reader)
        return known

    def _label(self, message: Message, reader: Reader) -> tuple[str, str]:
        text = self.message(message, reader)
        return text, fold(text)

    def word(self, text: str) -> Word | None:
        """Return the known word `text` is, as a command or as a spelling in any of our languages."""
        if text.startswith("/"):
            command = text[1:].split(maxsplit=1)[:1]
            return _COMMANDS.get(command[0].partition("@")[0].casefold()) if command else None
        if len(text) > _LONGEST_WORD:
            return None
        return self._words.get(fold(text))

    def own_name(self, locale: str) -> str:
        """The language's name for itself."""
        name = self._babel[locale].get_display_name(locale) or locale
        return name[:1].upper() + name[1:]

    def _pattern(self, message: Message, locale: str) -> str:
        if not message.context:
            return message.source
        for candidate in (self.offered(locale), self.default):
            for catalogue in self._catalogues.get(candidate, ()):
                found = _look_up(catalogue, message)
                if found is not None:
                    return found
            if candidate == SOURCE_LOCALE:
                break
        if message.plural is None or message.count == 1:
            return message.source
        return message.plural

    def value(self, value: Value, reader: Reader) -> str:
        """Return one value as the reader's language writes it."""
        match value:
            case Message():
                return self.message(value, reader)
            case str():
                return self._isolated(value, reader.locale)
            case int():
                return str(value)
            case datetime():
                return self._isolated(self._moment(value, reader), reader.locale)
            case time():
                return self._isolated(f"{value:%H:%M}", reader.locale)
            case date():
                return self._isolated(
                    format_date(value, "d MMMM y", self._babel_of(reader.locale)), reader.locale
                )
            case _:
                return self._list(value, reader)

    def _list(self, values: Sequence[Message], reader: Reader) -> str:
        return format_list(
            [self.message(each, reader) for each in values], locale=self._babel_of(reader.locale)
        )

    def _moment(self, moment: datetime, reader: Reader) -> str:
        """Only the time where it is today for the reader, else the day with it."""
        zone = zone_of(reader.zone)
        local = moment.astimezone(zone)
        locale = self._babel_of(reader.locale)
        at = format_time(local, "HH:mm", locale=locale)
        if local.date() == reader.now.astimezone(zone).date():
            return at
        return f"{format_date(local, 'EEEE d MMMM', locale)} {at}"

    def _babel_of(self, locale: str) -> Locale:
        return self._babel[self.offered(locale)]

    def _isolated(self, text: str, locale: str) -> str:
        return f"{ISOLATE}{text}{END_ISOLATE}" if self.offered(locale) in RIGHT_TO_LEFT and text else text

    def _spellings(self) -> dict[str, Word]:
        """What is typed in any language; the source's spellings always count."""
        words: dict[str, Word] = {}
        for locale in (*self.locales, SOURCE_LOCALE):
            for word, message in (*LABELS.items(), *SPELLINGS.items()):
                for spelling in (*self._pattern(message, locale).split("|"), *message.source.split("|")):
                    words.setdefault(fold(spelling), word)
        return words


def _from_the_right(text: str) -> str:
    """Mark lines that begin with a number, a sign or a Swedish word: phones guess a line's side from its start."""
    return "\n".join(f"{RIGHT_MARK}{line}" if _begins_otherwise(line) else line for line in text.split("\n"))


def _begins_otherwise(line: str) -> bool:
    return line != "" and unicodedata.bidirectional(line[0]) not in ("R", "AL")


class _Filled(dict[str, Value]):
    """Values, made into words only when a text asks for them. One that is missing tears a hole, not the answer."""

    def __init__(self, translator: Translator, values: Mapping[str, Value], reader: Reader) -> None:
        super().__init__(values)
        self._translator, self._reader = translator, reader

    def __getitem__(self, name: str) -> str:
        if name not in self:
            log.error("a text names a value that was not given", extra={"placeholder": name})
            return "…"
        return self._translator.value(super().__getitem__(name), self._reader)


_COMMANDS: Final = {word.value: word for word in Word}
_LONGEST_WORD: Final = 80
_MARKS: Final = re.compile("[\u0640\u064b-\u065f\u0670\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufe0f]")
_LETTER_FORMS: Final = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه", "ک": "ك", "ی": "ي", "’": "'"}
)


def fold(text: str) -> str:
    """Make texts comparable: case, marks, emoji and outer punctuation away, one space between words."""
    words = ("".join(sign for sign in word if _carries(sign)) for word in plain_letters(text).split())
    return " ".join(word for word in words if word)


def plain_letters(text: str) -> str:
    """Make letters comparable, and leave every other sign as it is."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", text)).casefold().translate(_LETTER_FORMS)


def _carries(sign: str) -> bool:
    return sign.isalnum() or sign in "'-:" or unicodedata.category(sign) in ("Mn", "Mc")


def _load(folder: Path, locale: str) -> tuple[gettext.GNUTranslations, ...]:
    if locale == SOURCE_LOCALE:
        return ()
    return tuple(_catalogue(folder, locale, domain) for domain in DOMAINS)


def _catalogue(folder: Path, locale: str, domain: str) -> gettext.GNUTranslations:
    path = folder / locale / "LC_MESSAGES" / f"{domain}.mo"
    try:
        with path.open("rb") as file:
            return gettext.GNUTranslations(file)
    except FileNotFoundError:
        raise CatalogueMissing(locale, domain) from None


def _look_up(catalogue: gettext.GNUTranslations, message: Message) -> str | None:
    """Return the translation, or None where there is none: gettext itself answers with the source then."""
    if message.plural is None:
        found = catalogue.pgettext(message.context, message.source)
        return found if found is not message.source else None
    found = catalogue.npgettext(message.context, message.source, message.plural, message.count)
    return found if found is not message.source and found is not message.plural else None
