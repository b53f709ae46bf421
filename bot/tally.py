"""
Plain counts a part keeps of what it did, for whoever asks; it knows nothing of who that is.
"""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate


class Spread:
    """How values are spread over ranges, each from the bound before it up to its own; the last has none."""

    def __init__(self, bounds: Sequence[float]) -> None:
        self._bounds = tuple(bounds)
        self._counts = [0] * (len(self._bounds) + 1)
        self.total = 0.0

    def add(self, value: float) -> None:
        """Count one; below zero, which a clock that was set back makes of a time, counts as zero."""
        value = max(value, 0.0)
        self._counts[bisect_left(self._bounds, value)] += 1
        self.total += value

    def up_to(self) -> list[tuple[float, int]]:
        """Return for each bound how many were at most that, and for infinity how many there were."""
        return list(zip((*self._bounds, float("inf")), accumulate(self._counts), strict=True))
