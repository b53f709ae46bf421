"""Counters: what is remembered, for how long, and what several weak signs say together."""

from datetime import UTC, datetime, timedelta

import pytest

from dialogs.people import Heard
from dialogs.risk import behaviour
from dialogs.risk.reader import Reading, Signal
from tests.dialogs.cast import NOW

ZONE = "Europe/Stockholm"
NIGHT = datetime(2026, 11, 24, 1, 30, tzinfo=UTC)
"""Half past two in Stockholm."""


def reading(*codes: str) -> Reading:
    """What was heard, by codes."""
    signals = tuple(Signal(code[:-1], int(code[-1]), "p", "said", 0, 1) for code in codes)
    return Reading(max((signal.level for signal in signals), default=0), signals, "test")


def test_the_gravest_sign_is_remembered_for_a_week_and_never_the_words() -> None:
    """A category, a level, a moment, a script: enough to count, too little to give her away (S8)."""
    (heard,) = behaviour.remember((), reading("DI1", "TV2"), "min bror", NOW)
    assert heard == Heard(NOW, "TV", 2, "latin")
    assert behaviour.remember((heard,), reading(), "hej", NOW + timedelta(days=7)) == ()


def test_a_wish_for_a_person_is_no_sign() -> None:
    """Asking for somebody is a good thing and counts as nothing."""
    assert behaviour.remember((), reading("HU1"), "kan jag prata med någon", NOW) == ()


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("min bror", "latin"),
        ("أخي", "arabic"),
        ("ሓወይ", "ethiopic"),
        ("брат", "cyrillic"),
        ("123 !", ""),
        ("hej أخي ok", "latin"),
    ],
)
def test_a_text_is_of_the_script_most_of_its_letters_are_of(text: str, script: str) -> None:
    """People mix; one word of another language is no other hand."""
    assert behaviour.script_of(text) == script


def test_only_the_small_hours_are_nights() -> None:
    """On her own clock, and of this week."""
    assert behaviour.at_night((), NIGHT, ZONE) == (NIGHT,)
    assert behaviour.at_night((NIGHT,), NOW, ZONE) == (NIGHT,)
    assert behaviour.at_night((NIGHT,), NOW + timedelta(days=8), ZONE) == ()


def test_nights_count_only_with_something_worrying_among_them() -> None:
    """Many write at night; sleepless and afraid is another thing."""
    nights = (NIGHT, NIGHT + timedelta(minutes=5), NIGHT + timedelta(days=1))
    worrying = (Heard(NIGHT, "DI", 1),)
    now = NIGHT + timedelta(days=1)
    assert behaviour.together(worrying, nights, now, ZONE) == behaviour.AT_NIGHT
    assert behaviour.together((), nights, now, ZONE) is None
    one_night = (NIGHT, NIGHT + timedelta(minutes=5), NIGHT + timedelta(minutes=9))
    assert behaviour.together(worrying, one_night, now, ZONE) is None


def test_graver_signs_are_not_weak_ones() -> None:
    """They were acted upon already, each by itself."""
    heard = tuple(Heard(NOW, category, 2) for category in ("TV", "LF", "DI"))
    assert behaviour.together(heard, (), NOW, ZONE) is None


@pytest.mark.parametrize(
    ("before", "face", "expected"),
    [
        ([5, 5, 4, 5], 3, True),
        ([5, 5, 4, 5], 4, False),
        ([5, 5, 5], 1, False),
        ([3, 3, 3, 3], 2, False),
        ([2, 4, 4, 4], 2, True),
    ],
)
def test_a_fall_is_measured_against_her_own_two_weeks(before: list[int], face: int, expected: bool) -> None:
    """ "So-so" is nothing for one and much for another; three days are no habit."""
    today = NOW.date()
    faces = [(today - timedelta(days=number + 1), value) for number, value in enumerate(before)]
    assert behaviour.fell(faces, today, face) is expected
    assert not behaviour.fell(faces, today + timedelta(days=30), face)


def test_faces_are_forgotten_after_two_weeks() -> None:
    """Nobody needs a diary of her months."""
    today = NOW.date()
    old, recent = (today - timedelta(days=15), 5), (today - timedelta(days=14), 4)
    assert behaviour.faces_with((old, recent), today, 3) == (recent, (today, 3))
