"""
The console command `vidare`, also `python -m bot`.

Each command is a module of `bot.commands` with `add(subparsers)`. Only the one that is called is imported, so
that a pipe through `vidare risk read` does not wait for Telegram's library.
"""

import argparse
import importlib
import sys
from collections.abc import Sequence
from typing import Final

COMMANDS: Final = (
    "run",
    "demo",
    "invite",
    "propose",
    "people",
    "notes",
    "alerts",
    "policy",
    "duty",
    "desk",
    "invites",
    "figures",
    "audit",
    "doctor",
    "channels",
    "guides",
    "near",
    "activities",
    "risk",
    "locales",
    "keys",
    "backup",
    "restore",
    "pin",
    "erase",
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code, 2 where the operator has to put something right."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    parser = argparse.ArgumentParser(
        prog="vidare", description="Vidare: check-ins, guides, and a human who is told."
    )
    subparsers = parser.add_subparsers(required=True, metavar="COMMAND")
    for name in [given[0]] if given and given[0] in COMMANDS else COMMANDS:
        importlib.import_module(f"bot.commands.{name}").add(subparsers)
    chosen = parser.parse_args(given)
    try:
        return int(chosen.run(chosen))
    except _mistakes() as error:
        print(f"vidare: {error}", file=sys.stderr)  # noqa: T201 -- an operator's mistake is answered, not logged
        return 2
    except KeyboardInterrupt:
        return 130


def _mistakes() -> tuple[type[Exception], ...]:
    """What an operator can put right; looked up only when something went wrong."""
    from bot.settings import SettingsFaulty
    from bot.translating import CatalogueMissing
    from dialogs.marked_yaml import GuideFaults
    from dialogs.risk.lexicon import LexiconFaults
    from storage.database import StorageError
    from storage.master_key import MasterKeyError
    from storage.sealing import SealBroken, WrongKey

    return (
        SettingsFaulty,
        CatalogueMissing,
        GuideFaults,
        LexiconFaults,
        StorageError,
        MasterKeyError,
        SealBroken,
        WrongKey,
    )


if __name__ == "__main__":
    raise SystemExit(main())
