"""Trouble with the disk begins with the first part that cannot write, and ends with the last one that can again."""

from datetime import datetime, timedelta

from bot.storage_trouble import HELD_FOR_LONG, StorageTrouble
from storage.database import DatabaseNotWritable, StorageBusy, StorageFull
from tests.bot.town import NOW

SECOND = timedelta(seconds=1)


def since(trouble: StorageTrouble) -> datetime | None:
    return trouble.since


def test_all_is_well_until_something_fails() -> None:
    """And what works says nothing new."""
    trouble = StorageTrouble()
    trouble.worked("due")
    assert since(trouble) is None
    assert not trouble.is_worth_telling(NOW)


def test_it_lasts_from_the_first_failure() -> None:
    """Whoever watches sees since when nothing is kept."""
    trouble = StorageTrouble()
    trouble.failed("intake", StorageFull("full"), NOW)
    trouble.failed("due", DatabaseNotWritable("read-only"), NOW + SECOND)
    assert since(trouble) == NOW
    assert trouble.is_worth_telling(NOW)


def test_it_is_over_when_every_part_works_again() -> None:
    """A heartbeat that finds room on an old page does not mean that there is room for what she wrote."""
    trouble = StorageTrouble()
    trouble.failed("intake", StorageFull("full"), NOW)
    trouble.worked("due")
    trouble.worked("sender")
    assert since(trouble) == NOW
    trouble.worked("intake")
    assert since(trouble) is None
    trouble.failed("intake", StorageFull("full"), NOW + SECOND)
    assert since(trouble) == NOW + SECOND, "the next one is another"


def test_a_database_that_is_held_for_a_moment_is_not_worth_a_word() -> None:
    """A backup or a command at the terminal lets go; what does not let go within a minute is trouble like any other."""
    trouble = StorageTrouble()
    trouble.failed("intake", StorageBusy("held"), NOW)
    assert not trouble.is_worth_telling(NOW + HELD_FOR_LONG - SECOND)
    assert trouble.is_worth_telling(NOW + HELD_FOR_LONG)
    trouble.worked("intake")
    trouble.failed("intake", StorageBusy("held"), NOW + HELD_FOR_LONG)
    assert not trouble.is_worth_telling(NOW + HELD_FOR_LONG)
    trouble.failed("intake", StorageFull("full"), NOW + HELD_FOR_LONG)
    assert trouble.is_worth_telling(NOW + HELD_FOR_LONG)
