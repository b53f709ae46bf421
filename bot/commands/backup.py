"""`vidare backup FOLDER`: a consistent copy of the database, while the bot runs; older ones are rotated out."""

import argparse
import sys
from pathlib import Path

from bot.clock import Clock
from bot.settings import Settings, load_settings
from bot.wiring import DATABASE, TOMBSTONES
from storage import backups
from storage.tombstones import TombstoneFile


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Where to, and how many to keep."""
    parser = subparsers.add_parser("backup", help="copy the database, sealed as it is, while the bot runs")
    parser.add_argument("folder", type=Path)
    parser.add_argument(
        "--keep", type=int, default=14, help="how many backups stay in the folder (default 14)"
    )
    parser.set_defaults(run=lambda arguments: _backup(load_settings(), arguments.folder, arguments.keep))


def _backup(settings: Settings, folder: Path, keep: int) -> int:
    database = settings.data_dir / DATABASE
    if not database.is_file() or keep < 1:
        what = (
            "keep at least one backup"
            if database.is_file()
            else f"there is no database in {settings.data_dir}"
        )
        print(f"vidare: {what}", file=sys.stderr)
        return 2
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    target = folder / backups.name_for(Clock().now())
    backups.write(database, target)
    TombstoneFile(folder / TOMBSTONES).take_over(TombstoneFile(settings.data_dir / TOMBSTONES))
    gone = backups.rotate(target, keep)
    print(f"{target.name} written, {gone} old ones deleted. Keep the key elsewhere.")
    return 0
