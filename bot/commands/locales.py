"""
`vidare locales …`: whether every language is whole, how far each is, who has read it, and how to begin a new one.

docs/translating.md says how the work goes; the catalogues themselves are ordinary gettext files.
"""

import argparse
import sys
from datetime import datetime
from pathlib import Path

import msgspec

from bot import catalogues, claims, new_locale, reviews, text_lengths
from bot.locale_folder import DOMAINS, LOCALES, REVIEWED, reviewed_locales
from bot.reviewing import Reviewing
from bot.terms import TermsTorn

LENGTHS_PAGE = Path("docs") / "lengths.md"


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Six subcommands."""
    parser = subparsers.add_parser("locales", help="check, review and begin translations")
    commands = parser.add_subparsers(required=True, metavar="WHAT")
    commands.add_parser("check", help="name every missing, stale or torn translation").set_defaults(
        run=lambda _arguments: _check()
    )
    status = commands.add_parser("status", help="how complete and how reviewed each language is")
    status.add_argument("--json", action="store_true", help="for programs")
    status.set_defaults(run=lambda arguments: _status(as_json=arguments.json))
    review = commands.add_parser("review", help="read the texts of a language one by one, safety first")
    review.add_argument("locale", metavar="LOCALE")
    review.add_argument("--by", required=True, metavar="NAME", help="who reads; it is kept in the catalogue")
    review.add_argument("--only", choices=DOMAINS, help="one catalogue instead of both")
    review.set_defaults(run=lambda arguments: _review(arguments.locale, arguments.by, arguments.only))
    release = commands.add_parser("release", help="call a language reviewed, once all its texts are")
    release.add_argument("locale", metavar="LOCALE")
    release.set_defaults(run=lambda arguments: _release(arguments.locale))
    new = commands.add_parser("new", help="begin a language: its catalogues and its lists")
    new.add_argument("locale", metavar="LOCALE", help="as Babel writes it: pl, pt_BR")
    new.set_defaults(run=lambda arguments: _new(arguments.locale))
    lengths = commands.add_parser("lengths", help="how long the texts are in each language, and the longest")
    lengths.add_argument("--write", action="store_true", help=f"into {LENGTHS_PAGE}")
    lengths.set_defaults(run=lambda arguments: _lengths(write=arguments.write))


def _check() -> int:
    try:
        found = [*catalogues.faults(), *claims.in_pages()]
    except TermsTorn as torn:
        return _refuse(str(torn))
    for fault in found:
        print(fault)
    print(f"{len(found)} faults in {len(catalogues.locales())} locales")
    return 1 if found else 0


def _status(*, as_json: bool) -> int:
    released = reviewed_locales()
    rows = [
        {
            **msgspec.to_builtins(status),
            "state": "reviewed" if status.locale in released else "draft",
        }
        for status in catalogues.statuses()
    ]
    if as_json:
        print(msgspec.json.encode(rows).decode())
        return 0
    print(f"{'locale':<8} {'texts':<7} {'whole':>11} {'read':>11} {'safety, twice':>14}  state")
    for row in rows:
        whole, read = _of(row["translated"], row["of"]), _of(row["reviewed"], row["of"])
        twice = _of(row["safety_reviewed"], row["for_safety"])
        print(f"{row['locale']:<8} {row['domain']:<7} {whole:>11} {read:>11} {twice:>14}  {row['state']}")
    return 0


def _of(some: int, every: int) -> str:
    return f"{some}/{every}"


def _review(locale: str, name: str, only: str | None) -> int:
    if locale not in catalogues.locales():
        return _refuse(f"there is no locale {locale}: {', '.join(catalogues.locales())}")
    try:
        reviews.check_name(name)
    except reviews.NameUnfit as unfit:
        return _refuse(str(unfit))
    for domain in (only,) if only else DOMAINS:
        if not Reviewing(
            locale, domain, name, datetime.now().astimezone().date(), sys.stdin, sys.stdout
        ).run():
            break
    print(f"Thank you. `vidare locales status` shows how far {locale} is.")
    return 0


def _release(locale: str) -> int:
    if locale not in catalogues.locales():
        return _refuse(f"there is no locale {locale}: {', '.join(catalogues.locales())}")
    mine = catalogues.statuses(only=locale)
    left = sum(status.of - min(status.translated, status.reviewed) for status in mine)
    if left:
        return _refuse(
            f"{locale} is still a draft: {left} texts wait for a reader (`vidare locales review {locale}`)"
        )
    named = sorted({*reviewed_locales(), locale} - {"en"})
    head = "# Locales all of whose texts named people have read; `vidare locales check` refuses one that is not.\n"
    (LOCALES / REVIEWED).write_text(head + "".join(f"{each}\n" for each in named), "utf-8")
    print(f"{locale} is no longer a draft. Commit locales/{REVIEWED} with the catalogues.")
    return 0


def _new(locale: str) -> int:
    try:
        made = new_locale.begin(locale)
    except new_locale.CannotBegin as reason:
        return _refuse(str(reason))
    for path in made:
        print(path.as_posix())
    print("Next: docs/translating.md, “A new language”.")
    return 0


def _lengths(*, write: bool) -> int:
    page = text_lengths.page()
    if write:
        LENGTHS_PAGE.write_text(page, "utf-8")
    else:
        print(page, end="")
    return 0


def _refuse(why: str) -> int:
    print(why, file=sys.stderr)
    return 1
