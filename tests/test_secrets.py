"""
No secret stands in the repository: no token, no key, no password, not even one that opens nothing any more.

A small check of our own. detect-secrets, the usual tool, wants a list of hashes and line numbers of the thirty harmless
places in our tests, which any edit above them makes stale; bandit's look for passwords is ruff's S105 to S107.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[1]
PASSED_OVER: Final = frozenset(
    {".git", ".venv", ".audit", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", "__pycache__"}
)
NOT_TEXT: Final = frozenset({".mo", ".png", ".pyc", ".db", ".index", ".tsv"})
"""Made or drawn; lexicons are ten megabytes of single words."""
PATTERNS: Final = {
    "a bot token": re.compile(r"\b\d{8,10}:([A-Za-z0-9_-]{33,})"),
    "a private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----"),
    "an access key": re.compile(r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b"),
    "a token of a code host": re.compile(r"\b(?:gh[pousr]_|github_pat_|glpat-)[A-Za-z0-9_-]{20,}"),
    "a token of a service": re.compile(r"\b(?:xox[abposr]-|sk-|hf_|npm_|pypi-)[A-Za-z0-9_-]{20,}"),
    "a signed token": re.compile(r"\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}"),
    "a password in an address": re.compile(r"[a-z]+://[^\s/:@\"'<>{}$]+:([^\s/:@\"'<>{}$]+)@"),
    "a key in hexadecimal": re.compile(r"(?<!sha256:)\b[0-9a-f]{64}\b|(?<!sha256:)\b[0-9A-F]{64}\b"),
    "something random": re.compile(r"(?<![A-Za-z0-9+/_=-])[A-Za-z0-9+/_-]{32,}={0,2}(?![A-Za-z0-9+/_=-])"),
}
RANDOM_FROM: Final = 4.3
"""Bits a character: words and paths of ours stay below, 32 random characters of base64 are above."""
SPELLED_OUT: Final = ("a bot token", "something random")
"""Where words in place of what is random show that it is none: "AAtoken-that-opens-nothing"."""
PLACEHOLDERS: Final = frozenset({"password", "PASSWORD", "secret", "door-secret", "b"})
"""Passwords of addresses in the manual and in tests of how they are read."""


def _files() -> Iterator[Path]:
    for path in sorted(ROOT.rglob("*")):
        parts = path.relative_to(ROOT).parts
        if not PASSED_OVER & set(parts) and path.is_file() and path.suffix not in NOT_TEXT:
            yield path


def _entropy(text: str) -> float:
    counts = Counter(text)
    return -sum(count / len(text) * math.log2(count / len(text)) for count in counts.values())


def _is_random(text: str) -> bool:
    """Capitals, small letters and digits mixed, and nearly every sign another one."""
    mixed = all(re.search(kind, text) for kind in ("[a-z]", "[A-Z]", "[0-9]"))
    return mixed and _entropy(text) >= RANDOM_FROM


def found_in(text: str) -> Iterator[tuple[str, str]]:
    """What looks like a secret: its kind, and what of it is secret."""
    for kind, pattern in PATTERNS.items():
        for match in pattern.finditer(text):
            secret = match.group(match.lastindex or 0)
            if secret not in PLACEHOLDERS and (kind not in SPELLED_OUT or _is_random(secret)):
                yield kind, secret


def test_nothing_in_the_repository_is_a_secret() -> None:
    """What is here is here for ever, also where it is taken out again."""
    found = [
        f"{path.relative_to(ROOT)}: {kind}, {len(secret)} characters"
        for path in _files()
        for kind, secret in found_in(path.read_text("utf-8", "replace"))
    ]
    assert not found, "\n".join(found)


RANDOM: Final = "Gk3vQ" + "9zX_1bTr7Lw" + "Yp0Nc8" + "sHd2-Mf5Ja"


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("a bot token", "8123456789" + ":" + "AA" + RANDOM + "x"),
        ("a private key", "-----BEGIN " + "EC PRIVATE KEY-----"),
        ("an access key", "AKIA" + "Z7Q3N5M2P8R4T6V9"),
        ("a token of a code host", "ghp_" + RANDOM),
        ("a token of a service", "sk-" + RANDOM),
        ("a signed token", "eyJhbGciOiJIUzI1" + "." + "eyJzdWIiOiIxMjM0"),
        ("a password in an address", "smtps://mina:" + "hunter2" + "@mail.example"),
        ("a key in hexadecimal", "0123456789abcdef" * 4),
        ("something random", f'"{RANDOM}"'),
    ],
)
def test_each_kind_is_found(kind: str, text: str) -> None:
    """A look that finds nothing proves nothing."""
    assert kind in {found for found, _secret in found_in(f"key = {text}")}


@pytest.mark.parametrize(
    "text",
    [
        "123456789:AAstory-token-that-must-never-be-logged",
        "mailtos://USER:PASSWORD@mail.example",
        "--hash=sha256:" + "ab" * 32,
        "test_a_contact_person_reaches_nobody_who_is_not_his",
        "https://www.example.org/a/rather/long/path/2026/To/Something-Or-Other",
    ],
)
def test_what_only_looks_like_one_is_none(text: str) -> None:
    """Nobody reads a list in which most is no secret."""
    assert list(found_in(text)) == []
