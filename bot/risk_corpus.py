"""
The labelled messages that measure the risk reader, `tests/risk/<locale>.jsonl`.

One JSON object a line: id, text, level 0-3, categories with their levels, kind, held_out; `ambiguous` lists levels
that are all defensible. A fifth is held out: nobody who writes patterns reads it.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from dialogs.risk.categories import CATEGORIES
from dialogs.risk.score import Labelled


class CorpusFaults(Exception):
    """A file of labelled messages breaks its own rules; `faults` says where, one sentence each."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def load(folder: Path, locales: Sequence[str] = ()) -> dict[str, list[Labelled]]:
    """Return the messages of each locale, of all where none is named; raises CorpusFaults."""
    faults: list[str] = []
    corpora = {
        path.stem: list(_read(path, faults))
        for path in sorted(folder.glob("*.jsonl"))
        if not locales or path.stem in locales
    }
    missing = [locale for locale in locales if locale not in corpora]
    faults += [f"there are no messages for {locale} in {folder.name}" for locale in missing]
    if faults:
        raise CorpusFaults(faults)
    return corpora


def _read(path: Path, faults: list[str]) -> Iterator[Labelled]:
    ids: set[str] = set()
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        try:
            message = _message(json.loads(line))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            faults.append(f"{path.name}:{number}: {type(error).__name__}: no labelled message")
            continue
        if message.id in ids:
            faults.append(f"{path.name}:{number}: the id {message.id} stands already above")
        ids.add(message.id)
        faults += [f"{path.name}:{number}: {what}" for what in _faults(message)]
        yield message


def _message(row: dict[str, Any]) -> Labelled:
    return Labelled(
        row["id"],
        row["text"],
        int(row["level"]),
        {str(code): int(level) for code, level in row["categories"].items()},
        row["kind"],
        bool(row.get("held_out", False)),
        tuple(row.get("ambiguous", ())),
    )


def _faults(message: Labelled) -> Iterable[str]:
    if not message.categories.keys() <= set(CATEGORIES):
        yield "names something that is no category"
    if message.level != max(message.categories.values(), default=0):
        yield "the level is not that of its gravest category"
    if not message.text.strip():
        yield "the text is empty"
