"""Labelled messages: read whole, or refused with the line that is wrong."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.risk_corpus import CorpusFaults, load

GOOD = {"id": "sv-1", "text": "hej", "level": 0, "categories": {}, "kind": "everyday"}


def _file(folder: Path, *rows: Any) -> Path:
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    (folder / "sv.jsonl").write_text("\n".join(lines))
    return folder


def test_messages_are_read_with_their_labels(tmp_path: Path) -> None:
    """And what is torn between two levels keeps both."""
    danger = {
        **GOOD,
        "id": "sv-2",
        "level": 2,
        "categories": {"TV": 2},
        "held_out": True,
        "ambiguous": [1, 2],
    }
    first, second = load(_file(tmp_path, GOOD, danger))["sv"]
    assert (first.level, first.held_out, first.allowed) == (0, False, ())
    assert (second.categories, second.held_out, second.allowed) == ({"TV": 2}, True, (1, 2))


@pytest.mark.parametrize(
    ("row", "hint"),
    [
        ("{", "no labelled message"),
        ({"id": "x"}, "no labelled message"),
        ({**GOOD, "categories": []}, "no labelled message"),
        ({**GOOD, "level": 2}, "not that of its gravest category"),
        ({**GOOD, "categories": {"XX": 0}}, "no category"),
        ({**GOOD, "text": "  "}, "empty"),
        (GOOD, "stands already above"),
    ],
)
def test_a_faulty_line_is_named(tmp_path: Path, row: Any, hint: str) -> None:
    """A wrong label would measure the wrong thing for years."""
    with pytest.raises(CorpusFaults, match=hint) as found:
        load(_file(tmp_path, GOOD, row))
    assert "sv.jsonl:2" in found.value.faults[0]


def test_a_language_without_messages_is_said(tmp_path: Path) -> None:
    """A slip in the name must not read as "nothing wrong"."""
    with pytest.raises(CorpusFaults, match="no messages for xx"):
        load(_file(tmp_path, GOOD), ["xx"])


def test_our_own_messages_are_whole() -> None:
    """At least 500 a language, a fifth of them held out, every level and every hard kind among them."""
    corpora = load(Path(__file__).parents[1] / "risk")
    assert corpora
    for locale, messages in corpora.items():
        levels = [message.level for message in messages]
        assert len(messages) >= 500, locale
        assert sum(level >= 2 for level in levels) >= 130, locale
        assert levels.count(1) >= 130, locale
        assert levels.count(0) >= 240, locale
        assert abs(sum(message.held_out for message in messages) / len(messages) - 0.2) < 0.01, locale
