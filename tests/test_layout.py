"""The house is in order: each source file has its test file, each test says why it is there."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("bot", "dialogs", "storage", "bench", "faults")


def _sources() -> Iterator[Path]:
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            if path.name != "__init__.py" or _says_something(path):
                yield path.relative_to(ROOT)


def _says_something(path: Path) -> bool:
    """A package file that only hands on what stands elsewhere needs no test of its own."""
    handed_on = (ast.Import, ast.ImportFrom, ast.Assign, ast.Expr)
    return any(not isinstance(node, handed_on) for node in ast.parse(path.read_text("utf-8")).body)


def _test_of(source: Path) -> Path:
    name = source.name.strip("_") if source.name.startswith("__") else source.name
    name = "main.py" if source.name == "__main__.py" else name
    folder = Path("sandbox") if source.is_relative_to("bot/sandbox") else source.parent
    return Path("tests") / folder / f"test_{name}"


@pytest.mark.parametrize(
    ("source", "test"),
    [
        ("bot/x.py", "tests/bot/test_x.py"),
        ("bot/__main__.py", "tests/bot/test_main.py"),
        ("bot/commands/x.py", "tests/bot/commands/test_x.py"),
        ("bot/sandbox/x.py", "tests/sandbox/test_x.py"),
        ("bot/sandbox/__main__.py", "tests/sandbox/test_main.py"),
        ("dialogs/risk/x.py", "tests/dialogs/risk/test_x.py"),
    ],
)
def test_a_test_file_stands_where_one_looks_for_it(source: str, test: str) -> None:
    """The same place, one folder over."""
    assert _test_of(Path(source)) == Path(test)


def test_each_source_file_has_its_test_file() -> None:
    """What nobody tries out is only believed."""
    missing = [
        f"{source} -> {_test_of(source)}" for source in _sources() if not (ROOT / _test_of(source)).is_file()
    ]
    assert not missing, "\n".join(missing)


def _tests() -> Iterator[tuple[Path, list[ast.FunctionDef | ast.AsyncFunctionDef]]]:
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        yield (
            path.relative_to(ROOT),
            [
                node
                for node in ast.walk(tree)
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_")
            ],
        )


def test_each_test_says_why() -> None:
    """A name is a rule; the line below it is the reason, and the reason is what is missing in a year."""
    silent = [
        f"{path}: {test.name}" for path, tests in _tests() for test in tests if not ast.get_docstring(test)
    ]
    assert not silent, "\n".join(silent)


def test_no_two_tests_of_a_file_have_the_same_name() -> None:
    """The second would take the first one's place, and nobody would miss it."""
    for path, tests in _tests():
        names = [test.name for test in tests]
        assert len(names) == len(set(names)), path
