"""
`vidare near check|show PLACE`: the operator's pages about places, with every fault by file and line.

`--folder` reads a folder that no bot uses yet; without it the setting VIDARE_NEAR_DIR says which.
"""

import argparse
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from bot.clock import Clock
from bot.library import load
from bot.near import Reading, read_folder
from bot.settings import SettingsFaulty, load_settings
from dialogs.near_file import DAYS, Entry, NearPlace, Weekly, Words
from dialogs.schedule import DEFAULT_ZONE, local_day


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Two subcommands."""
    parser = subparsers.add_parser("near", help="check or show the pages about places")
    parser.add_argument("--folder", type=Path, help="where the files lie; default: VIDARE_NEAR_DIR")
    actions = parser.add_subparsers(required=True, metavar="WHAT")
    actions.add_parser("check", help="name every fault with file and line").set_defaults(run=_check)
    show = actions.add_parser("show", help="print the page of one place in all its languages")
    show.add_argument("place", metavar="PLACE")
    show.set_defaults(run=_show)


def _read(args: argparse.Namespace) -> Reading:
    folder = args.folder or load_settings().near_dir
    if folder is None:
        raise SettingsFaulty("VIDARE_NEAR_DIR is not set: name the folder of your places, or give --folder")
    ours = frozenset(line.number for line in load().lines.values())
    try:
        return read_folder(folder, _today(), ours)
    except OSError as error:
        raise SettingsFaulty(f"the folder of places cannot be read: {error.strerror}") from error


def _check(args: argparse.Namespace) -> int:
    reading = _read(args)
    faults = [fault for found in reading.faults.values() for fault in found]
    for fault in faults:
        print(fault)
    for place in reading.places.values():
        if place.is_old(_today()):
            print(f"{place.id}: checked on {place.checked}, more than half a year ago; its readers are told")
    print(f"{len(reading.places)} places are good, {len(faults)} faults in {len(reading.faults)} files")
    return 1 if faults else 0


def _show(args: argparse.Namespace) -> int:
    reading = _read(args)
    place = reading.places.get(args.place)
    if place is None:
        for fault in reading.faults.get(args.place, ()):
            print(fault, file=sys.stderr)
        print(f"no good file is called so; there are {', '.join(reading.places) or 'none'}", file=sys.stderr)
        return 1
    print("\n".join(_page(place)))
    return 0


def _page(place: NearPlace) -> Iterator[str]:
    yield f"{_said(place.name)} (checked {place.checked})"
    for entry in place.entries:
        yield ""
        yield from _entry(entry)
    for weekly in place.activities:
        yield ""
        yield from _weekly(weekly)


def _entry(entry: Entry) -> Iterator[str]:
    yield f"[{entry.kind}] {_said(entry.name)}"
    for label, words in (("hours", entry.hours), ("note", entry.note)):
        if words is not None:
            yield f"  {label}: {_said(words)}"
    for label, text in (("phone", entry.phone), ("link", entry.link)):
        if text is not None:
            yield f"  {label}: {text}"


def _weekly(weekly: Weekly) -> Iterator[str]:
    yield f"[{DAYS[weekly.day - 1]} {weekly.at:%H:%M}] {_said(weekly.title)}"
    yield f"  who: {_said(weekly.who)}"
    yield f"  where: {_said(weekly.where)}"
    if weekly.note is not None:
        yield f"  note: {_said(weekly.note)}"


def _said(words: Words) -> str:
    """Swedish first, the others behind it."""
    ordered = sorted(words.texts, key=lambda pair: pair[0] != "sv")
    return " | ".join(text if locale == "sv" else f"{locale}: {text}" for locale, text in ordered)


def _today() -> date:
    return local_day(Clock().now(), DEFAULT_ZONE)
