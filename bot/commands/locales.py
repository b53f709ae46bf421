"""`vidare locales check|status`: whether every language is whole and promises nothing untrue, and how far each is."""

import argparse

from bot import catalogues, claims


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Two subcommands."""
    parser = subparsers.add_parser("locales", help="check the translations")
    commands = parser.add_subparsers(required=True, metavar="WHAT")
    commands.add_parser("check", help="name every missing, stale or torn translation").set_defaults(
        run=lambda _arguments: _check()
    )
    commands.add_parser("status", help="how complete and how reviewed each language is").set_defaults(
        run=lambda _arguments: _status()
    )


def _check() -> int:
    found = [*catalogues.faults(), *claims.in_pages()]
    for fault in found:
        print(fault)
    print(f"{len(found)} faults in {len(catalogues.locales())} locales")
    return 1 if found else 0


def _status() -> int:
    for status in catalogues.statuses():
        print(f"{status.locale:<6} {status.domain:<7} {status.translated:>4}/{status.of}  {status.review}")
    return 0
