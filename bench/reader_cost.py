"""What the risk reader takes for a message, in all languages at once, as the bot uses it."""

import random
import sys
from collections.abc import Sequence
from pathlib import Path
from subprocess import run
from time import perf_counter_ns
from typing import Final

from bench.figures import percentile
from bench.messages import ORDINARY, RISKY
from bench.scale import Scale
from bench.table import Goal, Row, row
from bot.lexicons import load_lexicons, load_reader
from dialogs.risk.reader import Reader

SEED: Final = 20261124
"""The same order in every run."""
LONGEST: Final = 4096
"""Characters of one message, as Telegram allows them."""
START: Final = """
from time import perf_counter
from psutil import Process
from bot.lexicons import load_reader
before = Process().memory_info().rss
begun = perf_counter()
reader = load_reader()
print(perf_counter() - begun, (Process().memory_info().rss - before) / 2**20)
"""
"""A start of its own: seconds and MB, once the code is there and the index is kept. The peak would be the parent's."""


def measure(scale: Scale) -> list[Row]:
    """Ordinary messages, and the lexicons' own examples of danger and of harmless likeness, mixed."""
    patterns = [pattern for lexicon in load_lexicons() for pattern in lexicon.patterns]
    examples = [text for each in patterns for text in (each.example, each.example_not) if text]
    reader = load_reader()  # it has met no words yet
    first = _read(reader, _shuffled([*ORDINARY, *RISKY, *examples]))
    everyday = _read(reader, _repeated(ORDINARY, scale.readings))
    mixed = _read(reader, _repeated([*ORDINARY * 20, *RISKY, *examples], scale.readings))
    longest = _read(reader, _long(_shuffled(examples)))
    seconds, megabytes = _start()
    return [
        *_rows("risk reader, ordinary messages", everyday),
        *_rows("risk reader, mixed with the lexicons’ examples", mixed),
        *_rows("risk reader, words met for the first time", first),
        row(
            "risk reader, 4 096 characters of examples, p99",
            percentile(longest, 0.99) / 1000,
            "ms",
            Goal("at most", 10),
        ),
        row("risk reader, start", seconds * 1000, "ms", Goal("at most", 300)),
        row("risk reader, memory at the start", megabytes, "MB", Goal("at most", 40)),
    ]


def _start() -> tuple[float, float]:
    """Seconds and megabytes; in a process that has read nothing before."""
    root = Path(__file__).resolve().parent.parent
    said = run([sys.executable, "-c", START], cwd=root, capture_output=True, text=True, check=True).stdout
    seconds, megabytes = said.split()
    return float(seconds), float(megabytes)


def _read(reader: Reader, texts: Sequence[str]) -> list[float]:
    """Microseconds for each text."""
    taken = []
    for text in texts:
        begun = perf_counter_ns()
        reader.read(text)
        taken.append((perf_counter_ns() - begun) / 1000)
    return taken


def _long(texts: Sequence[str]) -> list[str]:
    """As many messages of the greatest length as these texts fill."""
    whole = " ".join(texts)
    return [whole[begin : begin + LONGEST] for begin in range(0, len(whole) - LONGEST, LONGEST)]


def _shuffled(texts: Sequence[str]) -> list[str]:
    mixed = list(texts)
    random.Random(SEED).shuffle(mixed)  # noqa: S311 -- an order, not a secret
    return mixed


def _repeated(texts: Sequence[str], count: int) -> list[str]:
    return random.Random(SEED).choices(texts, k=count)  # noqa: S311 -- an order, not a secret


def _rows(what: str, taken: Sequence[float]) -> list[Row]:
    mean = sum(taken) / len(taken)
    return [
        row(f"{what}, mean", mean, "us", Goal("at most", 60)),
        row(f"{what}, p99", percentile(taken, 0.99), "us", Goal("at most", 400)),
    ]
