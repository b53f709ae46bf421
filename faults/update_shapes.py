"""
What an update may look like, after Telegram's own page: names of fields, their types, and which must be there.

`update_shapes.json` is made from a machine-readable Bot API (PaulSonOfLars/telegram-bot-api-spec, `api.json`, MIT):
`python -m faults.update_shapes API.json` writes it anew. Kept are the kinds of update we know and two levels of what
they hold; deeper down any object may stand.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

FILE: Final = Path(__file__).with_name("update_shapes.json")
ROOT: Final = "Update"
BEGIN: Final = ("Message", "CallbackQuery", "ChatMemberUpdated", "User", "Chat", "MessageEntity")
LEVELS: Final = 2
PLAIN: Final = frozenset({"Integer", "String", "Boolean", "Float"})
LIST_OF: Final = "Array of "
ONE_OF: Final = "|"
"""Stands for a field where a type is one of several others."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a type; `kinds` are plain ones, names of types, or "Array of …"."""

    name: str
    kinds: tuple[str, ...]
    required: bool


Shapes = dict[str, tuple[Field, ...]]


def read(file: Path = FILE) -> Shapes:
    """Return the types by name."""
    kept = json.loads(file.read_text("utf-8"))["types"]
    return {
        name: tuple(
            Field(field.removesuffix("!"), tuple(kinds.split("|")), field.endswith("!"))
            for field, kinds in fields.items()
        )
        for name, fields in kept.items()
    }


def inner(kind: str) -> str:
    """The type in a list of lists of it."""
    while kind.startswith(LIST_OF):
        kind = kind.removeprefix(LIST_OF)
    return kind


def kept_of(api: dict[str, Any]) -> dict[str, Any]:
    """Return what is kept of a machine-readable Bot API."""
    types = api["types"]
    wanted, edge = {ROOT}, set(BEGIN)
    for _level in range(LEVELS):
        wanted |= edge
        edge = {each for name in edge for each in _held_by(types.get(name, {}))} - wanted
    wanted |= {each for name in wanted for each in types.get(name, {}).get("subtypes", ())}
    return {
        "source": f"{api['version']}, {api['release_date']}; made by faults/update_shapes.py",
        "types": {name: _fields(types[name]) for name in sorted(wanted & types.keys())},
    }


def _held_by(described: dict[str, Any]) -> Iterator[str]:
    for field in described.get("fields", ()):
        yield from (inner(kind) for kind in field["types"])
    yield from described.get("subtypes", ())


def _fields(described: dict[str, Any]) -> dict[str, str]:
    """A field that must be there ends in "!"."""
    if described.get("subtypes"):
        return {ONE_OF: "|".join(described["subtypes"])}
    return {
        f"{field['name']}{'!' if field['required'] else ''}": "|".join(field["types"])
        for field in described.get("fields", ())
    }


def main(arguments: Sequence[str]) -> int:
    """Write the file anew."""
    (api,) = arguments
    kept = kept_of(json.loads(Path(api).read_text("utf-8")))
    lines = [f" {json.dumps(name)}: {json.dumps(fields)}" for name, fields in kept["types"].items()]
    head = f'{{"source": {json.dumps(kept["source"])},\n"types": {{\n'
    FILE.write_text(head + ",\n".join(lines) + "\n}}\n", "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
