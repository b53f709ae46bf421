"""Small numbers are not told, and nothing that is told gives one away."""

from hypothesis import given
from hypothesis import strategies as st

from dialogs.small_numbers import FEW, tell

Counts = list[list[int]]
COUNTS = st.integers(1, 4).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(0, 12), min_size=width, max_size=width), min_size=1, max_size=4
    )
)


def test_a_cell_below_five_and_every_sum_with_it_is_left_out() -> None:
    """Ten in all and seven shown would be three."""
    table = tell([[7, 3], [8, 9]])
    assert table.cells == ((7, None), (8, 9))
    assert table.rows == (None, 17)
    assert table.columns == (15, None)
    assert table.total is None


def test_large_numbers_are_told_with_their_sums() -> None:
    """Nothing is hidden without a reason."""
    table = tell([[5, 6], [7, 8]])
    assert (table.rows, table.columns, table.total) == ((11, 15), (12, 14), 26)


@given(COUNTS, st.data())
def test_what_is_told_is_the_same_whatever_the_small_numbers_are(counts: Counts, data: st.DataObject) -> None:
    """Then nobody can work them out, however clever: none, one and four look alike."""
    others = [
        [count if count >= FEW else data.draw(st.integers(0, FEW - 1)) for count in row] for row in counts
    ]
    assert tell(counts) == tell(others)
