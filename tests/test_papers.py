"""What the papers claim is proved by tests that exist, and the drafts say that they are drafts."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DRAFTS = sorted((ROOT / "docs" / "privacy").glob("*.md"))


def _names() -> set[str]:
    """Every test function of ours."""
    found = set()
    for path in (ROOT / "tests").rglob("test_*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
                found.add(node.name)
    return found


@pytest.mark.parametrize("page", ["docs/threat-model.md", "docs/promises.md"])
def test_each_proof_exists(page: str) -> None:
    """A name that is gone proves nothing."""
    text = (ROOT / page).read_text("utf-8")
    named = set(re.findall(r"`(test_\w+)`", text))
    files = set(re.findall(r"`(tests/[\w/]+\.py)`", text))
    assert named - _names() == set()
    assert {file for file in files if not (ROOT / file).is_file()} == set()


def test_each_proof_could_be_missed() -> None:
    """The search finds names at all."""
    assert "test_each_proof_exists" in _names()


@pytest.mark.parametrize("path", DRAFTS, ids=lambda path: path.stem)
def test_a_draft_says_so(path: Path) -> None:
    """Nobody may take it for advice: law is for the operator's lawyer, and facts are cited by number."""
    text = path.read_text("utf-8")
    assert "(draft)" in text.splitlines()[0]
    assert "is no legal advice" in text
    assert "NGO" in text
    assert "municipality" in text


def test_there_are_four_drafts() -> None:
    """What a start needs: assessment, record, consent, retention."""
    assert [path.stem for path in DRAFTS] == ["consent-text", "dpia", "record-of-processing", "retention"]
