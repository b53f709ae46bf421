"""How things stand: open for so long, shut after guessing, covered until the own one is written."""

from dataclasses import replace
from datetime import timedelta

import msgspec
import pytest

from dialogs import lock
from dialogs.codes import Derived
from dialogs.lock import LONG_SILENCE, MOST_WRONG, SHUT_FOR, Entry, Lock
from tests.dialogs.cast import NOW, SALT, a_lock, fingerprint

MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("text", "entry"), [("4711", Entry.OWN), ("2580", Entry.SECOND), ("1111", Entry.WRONG)]
)
def test_each_code_is_known_for_what_it_is(text: str, entry: Entry) -> None:
    """One working of scrypt answers for both."""
    assert lock.entered(a_lock(), Derived(SALT, fingerprint(text))) is entry


def test_the_right_one_under_another_salt_is_wrong() -> None:
    """It was worked out before she chose anew."""
    assert lock.entered(a_lock(), Derived(b"other", fingerprint("4711"))) is Entry.WRONG


@pytest.mark.parametrize(("minutes", "lasts"), [(5, 5 * MINUTE), (30, 30 * MINUTE), (0, LONG_SILENCE)])
def test_it_closes_after_as_long_as_she_chose(minutes: int, lasts: timedelta) -> None:
    """Each thing she does begins the time anew."""
    opened = lock.opened(a_lock(minutes=minutes), NOW)
    assert opened.is_open(NOW + lasts - MINUTE)
    assert not opened.is_open(NOW + lasts)
    went_on = lock.acted(opened, NOW + lasts - MINUTE)
    assert went_on.is_open(NOW + lasts + MINUTE)
    assert not lock.acted(opened, NOW + lasts).is_open(NOW + lasts), "doing something opens nothing"


def test_covered_is_never_open_and_ends_with_the_own_one() -> None:
    """However often something else is done meanwhile."""
    covered = lock.covered(lock.opened(a_lock(), NOW), NOW, ("word", "covert"))
    assert covered.covered
    assert not lock.acted(covered, NOW).is_open(NOW)
    assert lock.opened(covered, NOW).is_open(NOW)


def test_five_wrong_ones_shut_it_and_each_time_for_longer() -> None:
    """Guessing gets slower; people are told once for each time."""
    mine, now, lasted = a_lock(), NOW, []
    for _ in range(7):
        for _ in range(MOST_WRONG):
            assert not mine.is_shut(now)
            mine = lock.missed(mine, now)
        assert mine.is_shut(now)
        assert mine.calls[-1] == lock.TRIED
        assert mine.shut_until is not None
        lasted.append(mine.shut_until - now)
        now, mine = mine.shut_until, replace(mine, calls=())
    assert lasted[0] == SHUT_FOR
    assert lasted == sorted(lasted)
    assert lasted[-1] == lock.LONGEST_SHUT
    assert lock.opened(mine, now).shuts == 0


def test_wrong_ones_that_are_far_apart_shut_nothing() -> None:
    """Everybody mistypes; nobody does so five times in a quarter of an hour."""
    mine = a_lock()
    for count in range(20):
        mine = lock.missed(mine, NOW + count * timedelta(minutes=4))
    assert mine.shut_until is None


def test_where_people_know_already_guessing_tells_them_nothing_new() -> None:
    """Covered, but shut all the same: the own one could be found by trying."""
    mine = replace(a_lock(), covered=True)
    for _ in range(MOST_WRONG):
        mine = lock.missed(mine, NOW)
    assert (mine.is_shut(NOW), mine.calls, mine.shuts) == (True, (), 0)


def test_a_script_is_another_hand_only_beside_others_of_late() -> None:
    """Her first words are nobody's surprise, and two scripts of her own are two of her own."""
    mine = a_lock()
    assert not mine.in_another_hand("arabic", NOW)
    mine = lock.written(mine, "arabic", NOW)
    assert mine.in_another_hand("latin", NOW)
    assert not mine.in_another_hand("", NOW)
    both = lock.written(mine, "latin", NOW)
    assert not both.in_another_hand("arabic", NOW)
    assert not both.in_another_hand("cyrillic", NOW + lock.LATELY), "what was long ago is no habit"


def test_a_clock_that_is_set_back_shuts_nobody_out() -> None:
    """An open lock stays open."""
    assert lock.opened(a_lock(), NOW).is_open(NOW - timedelta(hours=1))


def test_it_is_kept_and_read_again_and_an_empty_one_is_none() -> None:
    """It stands in the sealed document as JSON; a later program adds fields with defaults."""
    mine = lock.written(lock.missed(a_lock(), NOW), "arabic", NOW)
    assert msgspec.json.decode(msgspec.json.encode(mine), type=Lock) == mine
    assert not msgspec.json.decode(b"{}", type=Lock).is_set


def test_what_is_kept_is_not_printed() -> None:
    """A fingerprint of four digits is four digits to whoever has time."""
    assert "own=" not in repr(a_lock())
