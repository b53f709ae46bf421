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


def same_hand(ones: Sequence[float], others: Sequence[float]) -> float:
    """
    How probable it is that two lists of one kind differ as much as these: Mann-Whitney, two-sided.

    A small value says that they can be told apart; 0.5 is as good as 0.9. Asks for the order only, so that one value
    far out counts no more than any other. The normal approximation, which is good from some twenty values on.
    """
    together = sorted([(value, 0) for value in ones] + [(value, 1) for value in others])
    ranks, ties, at = 0.0, 0.0, 0
    while at < len(together):
        until = at
        while until < len(together) and together[until][0] == together[at][0]:
            until += 1
        count = until - at
        ranks += (at + until + 1) / 2 * sum(1 for _value, which in together[at:until] if which == 0)
        ties += count**3 - count
        at = until
    first, second, all_of_them = len(ones), len(others), len(together)
    middle = first * second / 2
    spread_of = first * second / 12 * (all_of_them + 1 - ties / (all_of_them * (all_of_them - 1)))
    if spread_of == 0:
        return 1.0
    distance = abs(ranks - first * (first + 1) / 2 - middle) / math.sqrt(spread_of)
    return math.erfc(distance / math.sqrt(2))
