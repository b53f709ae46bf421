"""
`vidare guides`: check what authors wrote, list the guides, read one as a resident would, find one by a question.

`check` compares every file with the rules and, where the fact sheet is at hand, with the facts; it ends with
1 when something is wrong, so that no pull request brings it in. A guide past its date is named, but no fault.
"""

import argparse
import asyncio
import json
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.library import FOLDER, Library, load, read_sheet
from bot.locale_folder import SOURCE_LOCALE, offered_locales
from bot.searching import Search
from bot.settings import load_settings
from bot.translating import Translator
from bot.wiring import opened, read_texts
from dialogs.effects import StepCount
from dialogs.guide import Guide, Step, overdue, pages_after
from dialogs.lines import values
from dialogs.marked_yaml import GuideFaults
from storage import guide_counts

if TYPE_CHECKING:
    Parsers = argparse._SubParsersAction[argparse.ArgumentParser]


def add(subparsers: "Parsers") -> None:
    """Register `guides` with its three actions."""
    parser = subparsers.add_parser("guides", help="check, list or show the guides")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where the guides lie")
    parser.set_defaults(run=_list)
    actions = parser.add_subparsers(title="actions")
    actions.add_parser("check", help="name every fault with file and line").set_defaults(run=_check)
    actions.add_parser("list", help="name the guides and how fresh they are").set_defaults(run=_list)
    search = actions.add_parser("search", help="find guides: JSON lines {text} in, {guides} out")
    search.set_defaults(run=_search)
    helped = actions.add_parser("helped", help="which steps help and which fail, counted without persons")
    helped.set_defaults(run=lambda given: asyncio.run(_helped(given)))
    show = actions.add_parser("show", help="print all pages of one guide in English")
    show.add_argument("guide")
    show.set_defaults(run=_show)


def main(arguments: list[str] | None = None) -> int:
    """Run this command alone: `python -m bot.commands.guides check`."""
    parser = argparse.ArgumentParser(prog="vidare")
    add(parser.add_subparsers(required=True))
    given = sys.argv[1:] if arguments is None else arguments
    args = parser.parse_args(["guides", *given])
    return int(args.run(args))


def _check(args: argparse.Namespace) -> int:
    sheet = read_sheet()
    try:
        library = load(args.folder, sheet)
    except GuideFaults as faults:
        print(faults)
        print(f"{len(faults.faults)} faults")
        return 1
    for guide in overdue(library.guides, _today()):
        print(f"{guide}: past its date, check its facts again")
    compared = f"compared with {len(sheet)} facts" if sheet else "no fact sheet at hand, facts not compared"
    print(f"{_counted(library)}, no faults; {compared}")
    return 0


def _list(args: argparse.Namespace) -> int:
    library = _loaded(args.folder)
    if library is None:
        return 1
    late = overdue(library.guides, _today())
    for guide in library.guides.values():
        longest = 1 + pages_after(guide.steps, guide.first)
        mark = "PAST ITS DATE" if guide.id in late else f"good until {guide.expires}"
        print(f"{guide.id}: {guide.title.source} ({longest} pages at most, {mark})")
    return 0


def _search(args: argparse.Namespace) -> int:
    """One line in, one line out; a line that is no such thing is answered with what is wrong."""
    library = _loaded(args.folder)
    if library is None:
        return 1
    search = Search(library, Translator(offered_locales(), SOURCE_LOCALE, values(library.lines)))
    for line in sys.stdin:
        print(json.dumps(_found(search, line), ensure_ascii=False), flush=True)
    return 0


def _found(search: Search, line: str) -> dict[str, object]:
    try:
        asked = json.loads(line)
    except ValueError:
        asked = None
    text = asked.get("text") if isinstance(asked, dict) else None
    if not isinstance(text, str):
        return {
            "guides": [],
            "error": 'write one JSON object a line, such as {"text": "how do I pay a bill"}',
        }
    return {"guides": list(search.find(text))}


async def _helped(args: argparse.Namespace) -> int:
    """The steps that fail most come first."""
    settings = load_settings()
    async with opened(settings, read_texts(settings)) as (db, _house):
        counts = await db.run(guide_counts.totals)
    library = _loaded(args.folder)
    if library is None:
        return 1
    if not counts:
        print("nothing has been counted yet")
    for (guide, step), times in sorted(counts.items(), key=lambda each: (-_failed(each[1]), each[0])):
        said = ", ".join(f"{what} {count}" for what, count in sorted(times.items()))
        known = guide in library.guides and step in library.guides[guide].steps
        print(f"{guide} [{step}]: {said}" + ("" if known else " (the step is gone)"))
    return 0


def _failed(times: Mapping[str, int]) -> int:
    return times.get(StepCount.NOT_HELPED, 0) + times.get(StepCount.STUCK, 0)


def _show(args: argparse.Namespace) -> int:
    library = _loaded(args.folder)
    if library is None:
        return 1
    guide = library.guides.get(args.guide)
    if guide is None:
        print(f"no guide is called so; there are {', '.join(library.guides)}", file=sys.stderr)
        return 1
    print(f"{guide.title.source}: {guide.summary.source}")
    print("\n".join(f"  bring: {item.source}" for item in guide.before.bring))
    for message in (guide.before.takes, guide.before.costs, guide.before.wrong):
        print(f"  {message.source}")
    for step in guide.steps.values():
        print("\n".join(("", *_shown(guide, step))))
    return 0


def _shown(guide: Guide, step: Step) -> Iterator[str]:
    """Print a step as reviewers need it: with its facts and where it leads."""
    yield f"[{step.id}]" + (" asks, does not state" if step.ask else "")
    yield step.text.source
    for term in step.terms:
        yield f"  {term.word} ({term.sounds.source}): {term.meaning.source}"
    if step.picture:
        yield f"  picture: {step.picture}"
    if step.remind:
        yield f"  remind: {step.remind}"
    for sentence in step.say:
        yield f'  say: "{sentence.swedish}" ({sentence.meaning.source})'
    for line in step.lines:
        yield f"  line: {line}"
    for choice in step.choices:
        yield f"  > {choice.label.source} -> [{choice.to}]"
    if step.next:
        yield f"  -> [{step.next}]"
    if step.end:
        yield f"  end: {step.end}"
    for fact in (guide.facts[number] for number in step.cites):
        yield f"  {fact.number} {fact.confidence}: {fact.authority}, {fact.link}, {fact.checked}"


def _loaded(folder: Path) -> Library | None:
    try:
        return load(folder)
    except GuideFaults as faults:
        print(faults, file=sys.stderr)
        return None


def _counted(library: Library) -> str:
    steps = sum(len(guide.steps) for guide in library.guides.values())
    return f"{len(library.guides)} guides, {steps} steps, {len(library.lines)} lines, {len(library.glossary)} words"


def _today() -> date:
    return datetime.now(UTC).date()


if __name__ == "__main__":
    sys.exit(main())
