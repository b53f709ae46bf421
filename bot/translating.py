"""
The one place where texts become somebody's language.

Order: the reader's locale, what it is a kind of (`sv` for `sv@easy`), our default locale, the English source, which
always exists. How the words are set stands in `typesetting.py`. Phone numbers come from the one file that holds them:
`{emergency}` in any text is filled here, and so is `{organisation}`.

A second language may stand below the first (R14): one she chose, or our default, where a text that her safety hangs on
has only a draft in hers, or none (R11).

The same place reads typed words the other way round: a label she was shown, a known word in any language.
"""

import gettext
import logging
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Final

from babel import Locale
from babel.dates import format_date, format_time
from babel.lists import format_list

from bot.locale_folder import DOMAINS, LOCALES, SOURCE_LOCALE, base, compiled_locales, reviewed_locales
from bot.typesetting import Typesetting, typesetting
from dialogs import languages
from dialogs.schedule import zone_of
from dialogs.text import Message, Text, Value
from dialogs.words import LABELS, SPELLINGS, Word

log = logging.getLogger(__name__)

BETWEEN: Final = "\n\n— — —\n\n"
"""Between two languages of one message."""
LONGEST_MESSAGE: Final = 4096
"""Characters Telegram takes (platform.md 1.5)."""


class CatalogueMissing(Exception):
    """A locale that is to be offered has no compiled catalogue."""

    def __init__(self, locale: str, domain: str) -> None:
        super().__init__(f"the catalogue {domain} of locale {locale} is not compiled: run `make catalogues`")
        self.locale, self.domain = locale, domain


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom a text is written: her language, her clock, the moment, and the language she wants below it."""

    locale: str
    zone: str
    now: datetime
    below: str | None = None


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
        named = {*self.locales, default}
        bases = {base(locale) for locale in named} & {*named, *compiled_locales(folder)}
        self._catalogues = {locale: _load(folder, locale) for locale in named | bases}
        self._set = {locale: typesetting(locale) or _SOURCE_SET for locale in self._catalogues}
        self.drafts = frozenset(self._catalogues) - reviewed_locales(folder)
        self.right_to_left = frozenset(each for each, written in self._set.items() if written.right_to_left)
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
        """Return the paragraphs, with an empty line between two; in one language, for where there is room for one."""
        said = "\n\n".join(self.message(message, reader) for message in text)
        return self._set_of(reader.locale).lines(said)

    def full_text(self, text: Text, reader: Reader) -> str:
        """Return the same with what stands below it: a language she chose, and ours where hers is only a draft."""
        locale, second = self.offered(reader.locale), self.second(reader)
        lacking = tuple(each for each in text if self._lacks(each, locale))
        said = self.text((*text, languages.not_in_yours()) if lacking else text, reader)
        if second is not None:
            both = self._with_below(said, text, replace(reader, locale=second))
            said, second = (both, second) if len(both) <= LONGEST_MESSAGE else (said, None)
        if second is not None and (second == self.default or second not in self.drafts):
            return said
        is_ours = base(locale) in (base(self.default), SOURCE_LOCALE)
        unsure = () if is_ours or locale not in self.drafts else filter(languages.is_for_safety, text)
        stale = tuple(each for each in unsure if each not in lacking)
        return self._with_below(said, stale, replace(reader, locale=self.default))

    def second(self, reader: Reader) -> str | None:
        """Return the language that is to stand below hers; None where there is none, or it is the same."""
        wanted = reader.below
        known = wanted is not None and wanted in self.locales
        return wanted if known and wanted != self.offered(reader.locale) else None

    def _with_below(self, said: str, below: Text, reader: Reader) -> str:
        """Only paragraphs that read differently: a name or her own words need not be said twice."""
        above = {_bare(each) for each in said.split("\n\n")}
        paragraphs = (self.text((each,), reader) for each in below)
        new = [each for each in paragraphs if _bare(each) not in above]
        return said + BETWEEN + "\n\n".join(new) if new else said

    def _lacks(self, message: Message, locale: str) -> bool:
        """Whether a text that her safety hangs on is not there in her language; ours and the source lack none."""
        if base(locale) in (base(self.default), SOURCE_LOCALE):
            return False
        return any(
            self._found(each, (locale, base(locale))) is None
            for each in languages.parts(message)
            if languages.is_for_safety(each)
        )

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
        """The language's name for itself, as its translator wrote it, else as Babel knows it."""
        message = languages.name_of_this()
        found = message.source if locale == SOURCE_LOCALE else self._found(message, (locale,))
        name = found or self._set[locale].formats.get_display_name(base(locale)) or locale
        return name[:1].upper() + name[1:]

    def _pattern(self, message: Message, locale: str) -> str:
        offered = self.offered(locale)
        if not message.context:
            return message.source
        hers = self._found(message, (offered,))
        if hers is not None:
            return self._set[offered].pattern(hers)
        found = self._found(message, self._order(offered))
        if found is not None:
            return found
        if message.plural is None or message.count == 1:
            return message.source
        return message.plural

    def untypeset(self, message: Message, locale: str) -> str:
        """Return a text as it stands in the catalogue, its values open: for machines, not for people."""
        found = self._found(message, self._order(self.offered(locale)))
        return message.source if found is None else found

    def _order(self, locale: str) -> Iterator[str]:
        """Where a text is looked for; whoever reads the source never meets the default."""
        for candidate in (locale, base(locale), self.default):
            yield candidate
            if candidate == SOURCE_LOCALE:
                return

    def _found(self, message: Message, locales: Iterable[str]) -> str | None:
        catalogues = (each for locale in locales for each in self._catalogues.get(locale, ()))
        looked_up = (_look_up(catalogue, message) for catalogue in catalogues)
        return next((found for found in looked_up if found is not None), None)

    def value(self, value: Value, reader: Reader) -> str:
        """Return one value as the reader's language writes it."""
        written = self._set_of(reader.locale)
        match value:
            case Message():
                return self.message(value, reader)
            case str():
                return written.apart(value)
            case int():
                return written.number(str(value))
            case datetime():
                return written.apart(written.number(self._moment(value, reader)))
            case time():
                return written.apart(written.number(f"{value:%H:%M}"))
            case date():
                return written.apart(written.number(format_date(value, "d MMMM y", written.formats)))
            case _:
                return self._list(value, reader)

    def _list(self, values: Sequence[Message], reader: Reader) -> str:
        return format_list(
            [self.message(each, reader) for each in values], locale=self._set_of(reader.locale).formats
        )

    def _moment(self, moment: datetime, reader: Reader) -> str:
        """Only the time where it is today for the reader, else the day with it."""
        zone = zone_of(reader.zone)
        local = moment.astimezone(zone)
        locale = self._set_of(reader.locale).formats
        at = format_time(local, "HH:mm", locale=locale)
        if local.date() == reader.now.astimezone(zone).date():
            return at
        return f"{format_date(local, 'EEEE d MMMM', locale)} {at}"

    def _set_of(self, locale: str) -> Typesetting:
        return self._set[self.offered(locale)]

    def _spellings(self) -> dict[str, Word]:
        """What is typed in any language; the source's spellings always count."""
        words: dict[str, Word] = {}
        for locale in (*self.locales, SOURCE_LOCALE):
            for word, message in (*LABELS.items(), *SPELLINGS.items()):
                for spelling in (*self._pattern(message, locale).split("|"), *message.source.split("|")):
                    words.setdefault(fold(spelling), word)
        return words


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


_SOURCE_SET: Final = Typesetting(Locale(SOURCE_LOCALE), right_to_left=False, digits=None)
_COMMANDS: Final = {word.value: word for word in Word}
_LONGEST_WORD: Final = 80
_MARKS: Final = re.compile("[\u0307\u0640\u064b-\u065f\u0670\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufe0f]")
_ROWS_ALIKE: Final = (("ሠ", "ሰ"), ("ኀ", "ሐ"), ("ፀ", "ጸ"))
"""Ge'ez letters that Tigrinya speaks alike; each stands for a row of seven in the code table."""
_LETTER_FORMS: Final = {
    **str.maketrans("أإآىةکیےېۍہھەۀۂګڪ’ʼı", "ااايهكييييهههههگك''i"),
    **{ord(one) + at: ord(other) + at for one, other in _ROWS_ALIKE for at in range(7)},
}
"""What phones of one language write for a letter that another's write otherwise: Arabic, Persian, Urdu, Kurdish, Pashto
keyboards have signs of their own that look the same."""


def fold(text: str) -> str:
    """Make texts comparable: case, marks, emoji and outer punctuation away, one space between words."""
    words = ("".join(sign for sign in word if _carries(sign)) for word in plain_letters(text).split())
    return " ".join(word for word in words if word)


def plain_letters(text: str) -> str:
    """Make letters comparable, and leave every other sign as it is."""
    folded = unicodedata.normalize("NFKC", text).casefold()  # of “İ” casefold leaves a dot of its own behind
    return _MARKS.sub("", folded).translate(_LETTER_FORMS)


def _bare(text: str) -> str:
    """The letters alone, for telling whether two paragraphs say the same."""
    return _MARKS.sub("", text).strip()


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
