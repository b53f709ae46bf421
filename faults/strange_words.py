"""
Texts nobody would write, and somebody will: control characters, half characters, other scripts, and what programs read.

Each is made from a seed. A mark, which is in no language, can stand in each of them, so that it is found again.
"""

from random import Random
from typing import Final

CONTROLS: Final = "".join(map(chr, (*range(0x20), 0x7F, *range(0x80, 0xA0))))
TURNING: Final = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
UNSEEN: Final = "\u00ad\u034f\u061c\u115f\u180e\u200b\u200c\u200d\u2060\u2061\ufe0f\ufeff\U000e0001\U000e0041"
HALVES: Final = "\ud800\udbff\udc00\udfff"
ODD: Final = "\ufffe\uffff\U0001fffe\U0010ffff\ufffd\ue000\u0000\u2028\u2029\u0085"
DIGITS: Final = "٣৩๓３𝟛²½Ⅷ〇"
LETTERS: Final = "aåßİıŁﷺςΣдШ한中日ሀبپێ🏳️‍🌈👩‍👩‍👧‍👦𝒜"
PILED: Final = "".join(map(chr, range(0x300, 0x36F)))
READ_BY_PROGRAMS: Final = (
    "%s%s%n%x",
    "%(name)s",
    "{0.__class__.__mro__}",
    "{name!r:>{width}}",
    "{}",
    "{{",
    "}",
    "$ {jndi:ldap://127.0.0.1/a}",
    "'; DROP TABLE people; --",
    '" OR 1=1 /*',
    "../../../../etc/passwd",
    "C:\\con\\nul",
    "<script>alert(1)</script>",
    "<b>&lt;i&gt;</b>",
    "[x](tg://user?id=1)",
    "*_`~|>",
    '\n{"level": "critical", "event": "made up"}\n',
    "\x1b[2J\x1b[31m",
    "\r\nHTTP/1.1 200 OK\r\n\r\n",
    "@everyone /stop",
    "tel:112",
    "https://127.0.0.1/?q=",
)
LARGE: Final = (4096, 20_000, 100_000)


def text(chance: Random, mark: str = "") -> str:
    """One text with `mark` somewhere in it."""
    pieces = [_piece(chance) for _ in range(chance.randint(0, 4))]
    pieces.insert(chance.randint(0, len(pieces)), mark)
    return chance.choice(("", " ", "\n")).join(pieces)


def _piece(chance: Random) -> str:
    """A few of one kind; now and then very many."""
    kinds = (CONTROLS, TURNING, UNSEEN, HALVES, ODD, DIGITS, LETTERS, PILED)
    match chance.randrange(12):
        case 0:
            return chance.choice(READ_BY_PROGRAMS)
        case 1:
            return chance.choice(LETTERS) + PILED * chance.randint(1, 5)
        case 2 if chance.random() < 0.02:
            return chance.choice("".join(kinds)) * chance.choice(LARGE)
        case _:
            return "".join(chance.choices(chance.choice(kinds), k=chance.randint(1, 12)))
