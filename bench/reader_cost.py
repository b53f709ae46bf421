"""What the risk reader takes for a message, in all languages at once, as the bot uses it."""

import random
from collections.abc import Sequence
from time import perf_counter_ns
from typing import Final

from bench.figures import percentile
from bench.messages import ORDINARY, RISKY
from bench.scale import Scale
from bench.table import Row, row
from bot.lexicons import load_lexicons
from dialogs.risk.reader import Reader

SEED: Final = 20261124
"""The same order in every run."""


def measure(scale: Scale) -> list[Row]:
    """Ordinary messages, and the lexicons' own examples of danger and of harmless likeness, mixed."""
    lexicons = load_lexicons()  # anew, so that its reader has met no words yet
    patterns = [pattern for lexicon in lexicons for pattern in lexicon.patterns]
    examples = [text for each in patterns for text in (each.example, each.example_not) if text]
    reader = Reader(lexicons)
    first = _read(reader, _shuffled([*ORDINARY, *RISKY, *examples]))
    everyday = _read(reader, _repeated(ORDINARY, scale.readings))
    mixed = _read(reader, _repeated([*ORDINARY * 20, *RISKY, *examples], scale.readings))
    return [
        *_rows("risk reader, ordinary messages", everyday),
        *_rows("risk reader, mixed with the lexicons’ examples", mixed),
        *_rows("risk reader, words met for the first time", first),
    ]


def _read(reader: Reader, texts: Sequence[str]) -> list[float]:
    """Microseconds for each text."""
    taken = []
    for text in texts:
        begun = perf_counter_ns()
        reader.read(text)
        taken.append((perf_counter_ns() - begun) / 1000)
    return taken


def _shuffled(texts: Sequence[str]) -> list[str]:
    mixed = list(texts)
    random.Random(SEED).shuffle(mixed)  # noqa: S311 -- an order, not a secret
    return mixed


def _repeated(texts: Sequence[str], count: int) -> list[str]:
    return random.Random(SEED).choices(texts, k=count)  # noqa: S311 -- an order, not a secret


def _rows(what: str, taken: Sequence[float]) -> list[Row]:
    mean = sum(taken) / len(taken)
    return [row(f"{what}, mean", mean, "us"), row(f"{what}, p99", percentile(taken, 0.99), "us")]
