"""Begin a language: empty catalogues with its plural forms, and the lists a translator fills in."""

from pathlib import Path
from typing import Final

from babel.messages import Catalog
from babel.messages.pofile import read_po

from bot import catalogues
from bot.locale_folder import DOMAINS, LOCALES, base
from bot.reviewing import DOUBTS
from bot.terms import FILE as TERMS
from bot.typesetting import typesetting
from bot.word_lists import FORBIDDEN, TELLING

LISTS: Final = {
    f"{TELLING.kind}.txt": (
        "# Words that may not show on a locked screen, in the profile or under a shared link.\n"
    ),
    f"{FORBIDDEN.kind}.txt": (
        "# Claims that nobody may make, because Telegram makes them untrue: your words for anonymous, without a\n"
        "# trace, completely safe, 100 per cent, nobody else can read this.\n"
    ),
    TERMS: "# term (English)\twhat we say\tstems, one of which stands in every text with the term (| between)\n",
    DOUBTS: "# Doubts for a reader of this language\n\nDraft. Nobody whose language it is has read it yet.\n\n",
}


class CannotBegin(Exception):
    """The sentence says why, and what to do."""


def begin(locale: str, folder: Path = LOCALES) -> list[Path]:
    """Return the files it has made; raises `CannotBegin` and then makes none."""
    written = typesetting(locale)
    if written is None:
        raise CannotBegin(f"“{locale}” is no language that Babel knows; write it as pl, ckb or pt_BR")
    here = folder / locale
    if (here / "LC_MESSAGES").exists():
        raise CannotBegin(f"locales/{locale} is there already: `make catalogues` brings it up to date")
    (here / "LC_MESSAGES").mkdir(parents=True)
    made = []
    for domain in DOMAINS:
        empty = _empty(locale, domain, folder)
        catalogues.write(empty, locale, domain, folder)
        made.append(here / "LC_MESSAGES" / f"{domain}.po")
    for name, head in LISTS.items():
        if not (here / name).exists():
            (here / name).write_text(head, "utf-8")
            made.append(here / name)
    return made


def _empty(locale: str, domain: str, folder: Path) -> Catalog:
    with (folder / f"{domain}.pot").open("rb") as file:
        template = read_po(file)
    catalogue = Catalog(locale=locale, domain=domain, project="Vidare", version="1", fuzzy=False)
    catalogue.msgid_bugs_address = "the issue tracker"
    name = typesetting(base(locale))
    english = name.formats.english_name if name is not None else locale
    catalogue.header_comment = f"# {english} texts of Vidare, catalogue {domain}. Licence: Apache-2.0."
    catalogue.last_translator, catalogue.language_team = "Vidare draft", english or locale
    catalogue.update(template, no_fuzzy_matching=True)
    catalogue.fuzzy = False
    return catalogue
