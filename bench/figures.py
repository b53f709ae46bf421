"""What a list of measurements says: its middle, its edges, and how two lists compare."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Spread:
    """A middle value with the lowest and the highest beside it."""

    middle: float
    low: float
    high: float


def spread(values: Sequence[float]) -> Spread:
    """The median of `values`, with the least and the greatest."""
    return Spread(median(values), min(values), max(values))


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> Spread:
    """
    The ratio of the medians; low and high are those of the single rounds.

    The lists belong together round by round. A round that was slow for all then moves no ratio.
    """
    rounds = [mine / other for mine, other in zip(ours, theirs, strict=True)]
    return Spread(median(ours) / median(theirs), min(rounds), max(rounds))


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` of all values do not exceed: a measured one, never between two."""
    if not 0 < share <= 1:
        raise ValueError("a share is above 0 and at most 1")
    ordered = sorted(values)
    return ordered[math.ceil(share * len(ordered)) - 1]
