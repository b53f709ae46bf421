"""
What she agrees to write, so that it is known who is reading: a number of four to six digits, or a word.

Only what scrypt makes of it is kept, and scrypt is worked at the door (`bot/codes.py`). Here it is known what can be
such a code, in every script's digits, and how two results are compared: both always, and each in the same time.
"""

import hmac
import unicodedata
from dataclasses import dataclass, field
from typing import Final

FEWEST_DIGITS, MOST_DIGITS = 4, 6
SHORTEST_WORD, LONGEST_WORD = 3, 40
DIGEST_BYTES: Final = 32
NO_CODE: Final = bytes(DIGEST_BYTES)
"""Stands where there is none, so that there is always something to compare with; scrypt does not come to it."""


@dataclass(frozen=True, slots=True)
class Code:
    """What was typed, as it is compared: digits as 0 to 9, words in one case and with single spaces."""

    plain: str = field(repr=False)
    digits: bool


@dataclass(frozen=True, slots=True)
class Derived:
    """What scrypt made of something that was typed: `salt` went in, `digest` came out."""

    salt: bytes = field(repr=False)
    digest: bytes = field(repr=False)


def read(text: str) -> Code | None:
    """What was typed, where it can be a code."""
    closed = "".join(text.split())
    if closed.isdecimal():
        plain = "".join(str(unicodedata.decimal(sign)) for sign in closed)
        return Code(plain, True) if FEWEST_DIGITS <= len(plain) <= MOST_DIGITS else None
    word = " ".join(unicodedata.normalize("NFKC", text).split()).casefold()
    if text.startswith("/") or not SHORTEST_WORD <= len(word) <= LONGEST_WORD:
        return None
    return Code(word, False)


def is_easy(code: Code) -> bool:
    """The numbers that are tried first: one digit again and again, and digits in a row."""
    if not code.digits:
        return False
    steps = {int(after) - int(before) for before, after in zip(code.plain, code.plain[1:], strict=False)}
    return steps in ({0}, {1}, {-1})


def same(kept: bytes, derived: Derived) -> bool:
    """Whether it is the one that is kept; takes as long where it is not."""
    return hmac.compare_digest(kept, derived.digest)
