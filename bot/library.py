"""
The library: the guides and phone lines as they stand on disk, read and checked as one.

A library is whole or it is not there: one fault in one file, and `load` raises `GuideFaults`. A running bot
calls `refreshed`, which then keeps the last good library: an author's slip takes no guide from a resident.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from dialogs.fact_sheet import Sheet, parse_sheet
from dialogs.glossary import Glossary, parse_glossary
from dialogs.guide import Guide, Guides
from dialogs.guide_file import parse_guide
from dialogs.keywords import parse_keywords
from dialogs.lines import Directory, Lines, parse_lines
from dialogs.marked_yaml import Fault, GuideFaults
from dialogs.pictures.gallery import PICTURES

FOLDER = Path(__file__).parent.parent / "dialogs" / "guides"
LINES_FILE = "lines.yaml"
GLOSSARY_FILE = "glossary.yaml"
KEYWORDS = "keywords"
"""A folder with a file for each language."""
_NO_GUIDES = frozenset({LINES_FILE, GLOSSARY_FILE})
_SHEET = Path(__file__).parent.parent.parent / "shared" / "facts" / "sweden.md"


@dataclass(frozen=True, slots=True)
class Library:
    """What residents can read: the guides in the order of the menu, the lines they show, and all Swedish words."""

    guides: Guides
    lines: Lines
    glossary: Glossary
    phrases: Mapping[str, tuple[str, ...]]
    """What people might call each guide, in all languages together."""


def load(folder: Path = FOLDER, sheet: Sheet | None = None) -> Library:
    """Read every guide of a folder; raise all faults of all files at once."""
    directory = parse_lines(LINES_FILE, _text(folder / LINES_FILE), sheet)
    glossary = parse_glossary(GLOSSARY_FILE, _text(folder / GLOSSARY_FILE))
    guides, faults = _guides(folder, directory, glossary, sheet)
    faults.extend(_doubled_places(guides))
    if faults:
        raise GuideFaults(tuple(faults))
    ordered = sorted(guides, key=lambda guide: guide.place)
    by_id = {guide.id: guide for guide in ordered}
    phrases = _phrases(folder / KEYWORDS, by_id)
    return Library(by_id, directory.lines, glossary, phrases)


def refreshed(last_good: Library, folder: Path = FOLDER) -> tuple[Library, tuple[Fault, ...]]:
    """Read the folder again; where it has faults, return the last good library and what is wrong."""
    try:
        return load(folder), ()
    except GuideFaults as faults:
        return last_good, faults.faults


def read_sheet(environment: Mapping[str, str] = os.environ) -> Sheet | None:
    """Read the fact sheet named by VIDARE_FACTS or lying beside the repository; None where there is none."""
    path = Path(environment.get("VIDARE_FACTS") or _SHEET)
    return parse_sheet(path.read_text(encoding="utf-8")) if path.is_file() else None


def _guides(
    folder: Path, directory: Directory, glossary: Glossary, sheet: Sheet | None
) -> tuple[list[Guide], list[Fault]]:
    guides: list[Guide] = []
    faults: list[Fault] = []
    for path in sorted(folder.glob("*.yaml")):
        if path.name in _NO_GUIDES:
            continue
        try:
            guides.append(parse_guide(path.name, _text(path), directory, glossary, PICTURES.keys(), sheet))
        except GuideFaults as found:
            faults.extend(found.faults)
    return guides, faults


def _phrases(folder: Path, guides: Guides) -> dict[str, tuple[str, ...]]:
    """Read what people call each guide; its title and summary count as well."""
    found = {guide.id: [guide.title.source, guide.summary.source] for guide in guides.values()}
    for path in sorted(folder.glob("*.yaml")):
        for guide, phrases in parse_keywords(f"{KEYWORDS}/{path.name}", _text(path), guides.keys()).items():
            found.setdefault(guide, []).extend(phrases)
    return {guide: tuple(phrases) for guide, phrases in found.items()}


def _doubled_places(guides: Iterable[Guide]) -> Iterator[Fault]:
    taken: dict[int, str] = {}
    for guide in guides:
        other = taken.setdefault(guide.place, guide.id)
        if other != guide.id:
            yield Fault(
                f"{guide.id}.yaml", 1, f"place {guide.place} in the menu belongs to '{other}' already"
            )


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise GuideFaults((Fault(path.name, 1, "the file cannot be read"),)) from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise GuideFaults((Fault(path.name, line, "the file is not written in UTF-8"),)) from error
