"""The figures: what is counted where, and how sure one may be of it."""

import pytest

from dialogs.risk.reader import Reading, Signal
from dialogs.risk.score import CATEGORY_RIGHT, Labelled, Share, missed, score


def labelled(
    level: int, kind: str = "explicit", *, text: str = "", allowed: tuple[int, ...] = ()
) -> Labelled:
    """A message whose text says how it will be read: `TV2` is heard as that."""
    categories = {"TV": level} if level else {}
    return Labelled(
        f"x-{level}-{kind}-{text}", text or f"TV{level}", level, categories, kind, allowed=allowed
    )


def read(text: str) -> Reading:
    """Hears what the text says."""
    level = int(text[2:])
    signals = (Signal(text[:2], level, "p", "said", 0, 1),) if level else ()
    return Reading(level, signals, "test")


def test_each_message_counts_where_it_belongs() -> None:
    """An alert that came is no question that came; a film is no ordinary day."""
    shares = score(
        [
            labelled(3),
            labelled(3, text="TV1"),
            labelled(2),
            labelled(2, text="TV0"),
            labelled(1, "typo"),
            labelled(1, text="TV2"),
            labelled(0, "film", text="TV2"),
            labelled(0, "everyday"),
            labelled(0, "practical", text="TV1"),
        ],
        read,
    )
    assert shares["level 3 alerted"] == Share(1, 2)
    assert shares["levels 2-3 seen"] == Share(3, 4)
    assert shares["levels 2-3 alerted"] == Share(2, 4)
    assert shares["level 1 seen"] == Share(2, 2)
    assert shares["level 1 alerted"] == Share(1, 2)
    assert shares["variants seen"] == Share(1, 1)
    assert shares["hard negatives alerted"] == Share(1, 1)
    assert shares["everyday alerted"] == Share(0, 2)
    assert shares["everyday asked"] == Share(1, 2)
    assert shares["false emergencies"] == Share(0, 3)


def test_a_category_is_right_where_one_that_was_meant_was_heard() -> None:
    """An alert that says suicide where somebody was threatened sends help with the wrong words."""
    wrong = Labelled("a", "SU2", 2, {"TV": 2}, "explicit")
    assert score([wrong, labelled(2)], read)[CATEGORY_RIGHT] == Share(1, 2)


def test_two_defensible_levels_are_both_right() -> None:
    """People who label disagree too; what is torn counts against nobody."""
    torn = labelled(2, text="TV1", allowed=(1, 2))
    assert missed([torn, labelled(1), labelled(0, "film")], read) == []
    assert score([labelled(1, allowed=(1, 2), text="TV2")], read)["level 1 alerted"] == Share(0, 0)


def test_misses_come_gravest_first() -> None:
    """Whoever has an hour mends the emergency that was not heard."""
    quiet, deaf = labelled(2, text="TV1"), labelled(3, text="TV0")
    assert [message.id for message, _reading in missed([quiet, deaf], read)] == [deaf.id, quiet.id]


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"), [(9, 10, 0.60, 0.98), (0, 10, 0.0, 0.28), (146, 150, 0.93, 0.99)]
)
def test_an_interval_says_how_little_a_few_messages_show(hits: int, of: int, low: float, high: float) -> None:
    """Wilson, 95 %; the last line is risk.md's own example."""
    found = Share(hits, of).interval
    assert list(found) == pytest.approx([low, high], abs=0.01)


def test_nothing_measured_shows_nothing() -> None:
    """No message of a kind is no hundred per cent."""
    assert Share(0, 0).value == 0.0
    assert Share(0, 0).interval == (0.0, 1.0)
