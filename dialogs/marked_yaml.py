"""
YAML that remembers its lines: a mapping is taken apart key by key, and every fault is noted with its line.

Guides are edited by people who do not program. One run names every fault it can find, each as
`file:line: sentence`, and the only exception that ever comes out of here is `GuideFaults`. Files are only
taken apart, never turned into objects, and may hold no aliases, so no file can make us build anything large.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

import yaml

DEPTH = 12
"""Deeper nesting than any file of ours has; composing a file nested without end would exhaust the stack."""

LOADER = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
"""About four times as fast where PyYAML was built with its C part; both only compose here, and build nothing."""

_MAPPING = "tag:yaml.org,2002:map"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and where."""

    file: str
    line: int
    sentence: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.sentence}"


class GuideFaults(Exception):
    """Files of guides are not fit to be shown; `faults` names every place."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


class Notes:
    """The faults found so far in one file."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.faults: list[Fault] = []

    def add(self, line: int, sentence: str) -> None:
        """Note one fault."""
        self.faults.append(Fault(self.file, line, sentence))

    def settle(self) -> None:
        """Raise what was noted, in the order of the file."""
        if self.faults:
            raise GuideFaults(tuple(sorted(self.faults, key=lambda fault: fault.line)))


@dataclass(frozen=True, slots=True)
class Marked:
    """A text and the line it stands on."""

    text: str
    line: int


class Section:
    """One mapping: its keys are taken out by name and kind, and `close` notes those nobody asked for."""

    def __init__(self, node: yaml.Node, notes: Notes, name: str) -> None:
        self.name, self.line, self.notes = name, _line(node), notes
        self._mark = node.start_mark
        self._nodes = dict(_entries(node, notes, name))
        self._lines = {key.text: key.line for key in _keys(node)}
        self._asked: set[str] = set()

    def __contains__(self, key: str) -> bool:
        return key in self._nodes

    def line_of(self, key: str) -> int:
        """Return the line of a key, or of the whole section where the key is missing."""
        return self._lines.get(key, self.line)

    def text(self, key: str) -> Marked:
        """Take a text that must be there."""
        found = self.text_if_any(key)
        if found is None:
            self.notes.add(self.line_of(key), f"{self.name} has no text for '{key}'")
        return found or Marked("", self.line)

    def text_if_any(self, key: str) -> Marked | None:
        """Take a text that may be missing, but not empty."""
        node = self._take(key)
        return None if node is None else _scalar(node, self.notes, f"'{key}' of {self.name}")

    def flag(self, key: str) -> bool:
        """Take a `true` or `false`; a missing one is false."""
        found = self.text_if_any(key)
        if found is not None and found.text not in {"true", "false"}:
            self.notes.add(found.line, f"'{key}' of {self.name} is neither true nor false")
        return found is not None and found.text == "true"

    def day(self, key: str) -> date:
        """Take a date that must be there."""
        return self._read(key, date.fromisoformat, date.min, "a date such as 2026-11-23")

    def number(self, key: str) -> int:
        """Take a whole number that must be there."""
        return self._read(key, int, 0, "a whole number")

    def texts(self, key: str) -> tuple[Marked, ...]:
        """Take a list of texts; a missing list is empty."""
        what = f"an entry in '{key}' of {self.name}"
        found = [_scalar(item, self.notes, what) for item in self._items(key)]
        return tuple(item for item in found if item is not None)

    def sections(self, key: str) -> tuple["Section", ...]:
        """Take a list of mappings; a missing list is empty."""
        return tuple(
            Section(item, self.notes, f"entry {n} in '{key}' of {self.name}")
            for n, item in enumerate(self._items(key), start=1)
        )

    def section(self, key: str) -> "Section":
        """Take a mapping that must be there."""
        node = self._take(key)
        if node is None:
            self.notes.add(self.line, f"{self.name} has no '{key}'")
            node = yaml.MappingNode(_MAPPING, [], self._mark, self._mark)
        return Section(node, self.notes, f"'{key}' of {self.name}")

    def named(self, key: str, kind: str) -> dict[str, "Section"]:
        """Take a mapping of mappings, such as the steps by their names."""
        node = self._take(key)
        if node is None:
            self.notes.add(self.line, f"{self.name} has no '{key}'")
            return {}
        entries = _entries(node, self.notes, f"'{key}' of {self.name}")
        return {name: Section(value, self.notes, f"{kind} '{name}'") for name, value in entries}

    def pairs(self, key: str) -> tuple[tuple[Marked, Marked], ...]:
        """Take a mapping of text to text, in its order; a missing one is empty."""
        node = self._take(key)
        if node is None:
            return ()
        name = f"'{key}' of {self.name}"
        values = dict(_entries(node, self.notes, name))
        read = [(left, _scalar(values[left.text], self.notes, name)) for left in _keys(node)]
        return tuple((left, right) for left, right in read if right is not None)

    def holds_pairs(self, key: str) -> bool:
        """Whether a mapping stands there, where a text may stand as well."""
        return isinstance(self._nodes.get(key), yaml.MappingNode)

    def close(self) -> None:
        """Note every key that nobody took: most often a misspelt one."""
        for key in self._nodes.keys() - self._asked:
            self.notes.add(self.line_of(key), f"{self.name} has an unknown key '{key}'")

    def _take(self, key: str) -> yaml.Node | None:
        self._asked.add(key)
        return self._nodes.get(key)

    def _items(self, key: str) -> list[yaml.Node]:
        node = self._take(key)
        if isinstance(node, yaml.SequenceNode):
            return list(node.value)
        if node is not None:
            self.notes.add(_line(node), f"'{key}' of {self.name} is not a list")
        return []

    def _read(self, key: str, read: Callable[[str], T], otherwise: T, expected: str) -> T:
        found = self.text(key)
        try:
            return read(found.text) if found.text else otherwise
        except ValueError:
            self.notes.add(found.line, f"'{key}' of {self.name} is not {expected}")
            return otherwise


def opened(text: str, notes: Notes, name: str) -> Section:
    """Open the one mapping a file consists of, or raise what keeps it from being read at all."""
    try:
        _refuse_depth_and_aliases(text, notes)
        notes.settle()
        node = yaml.compose(text, LOADER)
    except yaml.MarkedYAMLError as error:
        notes.add(error.problem_mark.line + 1 if error.problem_mark else 1, f"not YAML: {error.problem}")
    except (yaml.YAMLError, ValueError, OverflowError):  # PyYAML lets `"\UFFFFFFFF"` out as a ValueError
        notes.add(1, "not YAML: a character that may not stand there")
    else:
        if isinstance(node, yaml.MappingNode):
            return Section(node, notes, name)
        notes.add(1, f"{name} is empty or not a mapping")
    notes.settle()
    raise AssertionError("a file that cannot be opened has a fault")


def _refuse_depth_and_aliases(text: str, notes: Notes) -> None:
    depth = 0
    for event in yaml.parse(text, LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if isinstance(event, yaml.AliasEvent) or depth > DEPTH:
            notes.add(_line(event), "no aliases, and no nesting as deep as this")
            return


def _line(node: yaml.Node | yaml.Event) -> int:
    return int(node.start_mark.line) + 1 if node.start_mark else 1


def _keys(node: yaml.Node) -> Iterator[Marked]:
    """Yield the keys of a mapping, each once, with their lines."""
    seen = set()
    for key, _value in node.value if isinstance(node, yaml.MappingNode) else ():
        if isinstance(key, yaml.ScalarNode) and key.value not in seen:
            seen.add(key.value)
            yield Marked(key.value, _line(key))


def _entries(node: yaml.Node, notes: Notes, name: str) -> Iterator[tuple[str, yaml.Node]]:
    """Yield keys and values of a mapping; note a key that is no text or stands twice."""
    if not isinstance(node, yaml.MappingNode):
        notes.add(_line(node), f"{name} is not a mapping")
        return
    seen = set()
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            notes.add(_line(key), f"{name} has a key that is not a text")
        elif key.value in seen:
            notes.add(_line(key), f"{name} says '{key.value}' twice")
        else:
            seen.add(key.value)
            yield key.value, value


def _scalar(node: yaml.Node, notes: Notes, name: str) -> Marked | None:
    if isinstance(node, yaml.ScalarNode) and node.value.strip():
        return Marked(node.value.strip(), _line(node))
    notes.add(_line(node), f"{name} is missing its text")
    return None
