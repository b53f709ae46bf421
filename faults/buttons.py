"""
All that a button can carry, read from the source of `dialogs/`: whoever attacks can read it too.

A form is what stands in the code, with `{}` for each value: "al:{}:{}:{}". A topic is what comes before the first
colon. Both are found by reading the code, not by running it, so that no screen that is seldom shown is passed over.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

import dialogs

SOURCE: Final = Path(dialogs.__file__).parent
DOORS: Final = ("conversation.py", "contact_person.py")
"""Where presses are told apart by their topic."""
_DATA = re.compile(r"[a-z][a-z0-9-]*(:[!-~]*)?")


@cache
def topics() -> frozenset[str]:
    """What the doors tell apart, and what stands on a button."""
    at_doors = {each for name in DOORS for each in _matched(_tree(SOURCE / name))}
    return frozenset(at_doors | {topic_of(each) for each in _on_buttons()})


@cache
def forms() -> tuple[str, ...]:
    """All texts of the code that look like a button's data, in order."""
    return tuple(
        sorted({form for _path, tree in _trees() for form in _texts(tree) if topic_of(form) in topics()})
    )


@cache
def words() -> tuple[str, ...]:
    """What the code compares the parts of a button's data with, in order."""
    found = {
        each.value.value
        for _path, tree in _trees()
        for sequence in ast.walk(tree)
        if isinstance(sequence, ast.MatchSequence)
        for each in ast.walk(sequence)
        if isinstance(each, ast.MatchValue)
        and isinstance(each.value, ast.Constant)
        and isinstance(each.value.value, str)
    }
    return tuple(sorted(found))


def topic_of(data: str) -> str:
    """What comes before the first colon."""
    return data.partition(":")[0]


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def _trees() -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted(SOURCE.rglob("*.py")):
        yield path, _tree(path)


def _matched(tree: ast.Module) -> Iterator[str]:
    """The texts that `match topic` and `match topic, rest` compare with."""
    for match in ast.walk(tree):
        if isinstance(match, ast.Match) and _about_topic(match.subject):
            for case in match.cases:
                yield from _first_texts(case.pattern)


def _about_topic(subject: ast.expr) -> bool:
    first = subject.elts[0] if isinstance(subject, ast.Tuple) else subject
    return isinstance(first, ast.Name) and first.id == "topic"


def _first_texts(pattern: ast.pattern) -> Iterator[str]:
    match pattern:
        case ast.MatchValue(ast.Constant(str(text))):
            yield text
        case ast.MatchOr(patterns):
            for each in patterns:
                yield from _first_texts(each)
        case ast.MatchSequence([first, *_]):
            yield from _first_texts(first)


def _on_buttons() -> Iterator[str]:
    """What stands as the second argument of a `Button`; what is only computed there is not found."""
    for _path, tree in _trees():
        known = _constants(tree)
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "Button":
                data = [*call.args[1:2], *(each.value for each in call.keywords if each.arg == "data")]
                for each in data:
                    form = _text(each, known)
                    if form is not None and _DATA.fullmatch(form):
                        yield form


def _texts(tree: ast.Module) -> Iterator[str]:
    known = _constants(tree)
    for each in ast.walk(tree):
        form = _text(each, known)
        if form is not None and _DATA.fullmatch(form):
            yield form


def _text(node: ast.AST, known: dict[str, str]) -> str | None:
    """A text as it stands, a formatted one with `{}` for what is filled in; None for anything else."""
    match node:
        case ast.Constant(str(text)):
            return text
        case ast.Name(name):
            return known.get(name)
        case ast.JoinedStr(parts):
            return "".join(_part(part, known) for part in parts)
        case _:
            return None


def _part(part: ast.expr, known: dict[str, str]) -> str:
    match part:
        case ast.Constant(str(text)):
            return text
        case ast.FormattedValue(ast.Name(name)) if name in known:
            return known[name]
        case _:
            return "{}"


def _constants(tree: ast.Module) -> dict[str, str]:
    """Names of the module that stand for a text."""
    found: dict[str, str] = {}
    for statement in tree.body:
        match statement:
            case ast.AnnAssign(ast.Name(name), value=ast.Constant(str(text))):
                found[name] = text
            case ast.Assign([ast.Name(name)], ast.Constant(str(text))):
                found[name] = text
    return found
