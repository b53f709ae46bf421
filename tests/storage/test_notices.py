"""Notices: once for each subject, until it has ended."""

import sqlite3
from datetime import datetime, timedelta

from dialogs.notices import NoticeKind, channel, person
from storage import notices

HOUR = timedelta(hours=1)


def test_the_same_trouble_is_one_notice_that_counts(db: sqlite3.Connection, now: datetime) -> None:
    """A row that fails every ten minutes must not bury what failed once."""
    assert notices.report(db, NoticeKind.PERSON_UNREADABLE, now, person(7))
    assert not notices.report(db, NoticeKind.PERSON_UNREADABLE, now + HOUR, person(7))
    assert notices.report(db, NoticeKind.PERSON_UNREADABLE, now, person(8))
    seven, eight = notices.open_notices(db)
    assert (seven.subject, seven.times, seven.first_at, seven.last_at) == ("person:7", 2, now, now + HOUR)
    assert (eight.subject, eight.times) == ("person:8", 1)


def test_what_has_ended_may_begin_again_as_a_new_notice(db: sqlite3.Connection, now: datetime) -> None:
    """Whoever was told once is told again when it comes back."""
    notices.report(db, NoticeKind.CHANNEL_FAILING, now, channel(3))
    [first] = notices.open_notices(db)
    notices.mark_told(db, [first.id], now)
    assert notices.end(db, NoticeKind.CHANNEL_FAILING, now, channel(3))
    assert not notices.end(db, NoticeKind.CHANNEL_FAILING, now, channel(3))
    assert notices.report(db, NoticeKind.CHANNEL_FAILING, now + HOUR, channel(3))
    [second] = notices.open_notices(db)
    assert second.id != first.id
    assert second.told_at is None


def test_an_audit_ends_what_it_no_longer_finds(db: sqlite3.Connection, now: datetime) -> None:
    """The list of a kind is what the last look found, and only news is returned."""
    assert notices.agree(db, NoticeKind.NOBODY_TO_TELL, {person(1), person(2)}, now) == [person(1), person(2)]
    notices.report(db, NoticeKind.BACKUP_FAILED, now)
    assert notices.agree(db, NoticeKind.NOBODY_TO_TELL, {person(2), person(3)}, now + HOUR) == [person(3)]
    found = {(each.kind, each.subject) for each in notices.open_notices(db)}
    assert found == {
        ("nobody-to-tell", "person:2"),
        ("nobody-to-tell", "person:3"),
        ("backup-failed", ""),
    }


def test_an_event_is_quiet_news_after_a_while(db: sqlite3.Connection, now: datetime) -> None:
    """A message that was unclear on Monday is no open question on Friday, unless it goes on."""
    notices.report(db, NoticeKind.MESSAGE_UNCLEAR, now, person(1))
    notices.report(db, NoticeKind.MESSAGE_UNCLEAR, now + HOUR, person(2))
    ended = notices.end_quiet(db, [NoticeKind.MESSAGE_UNCLEAR], before=now + HOUR, now=now + 2 * HOUR)
    assert ended == 1
    assert [each.subject for each in notices.open_notices(db)] == ["person:2"]


def test_ended_notices_are_forgotten_and_open_ones_never(db: sqlite3.Connection, now: datetime) -> None:
    """What nobody has mended stays in sight, however old."""
    notices.report(db, NoticeKind.STORAGE, now)
    notices.end(db, NoticeKind.STORAGE, now)
    notices.report(db, NoticeKind.BACKUP_FAILED, now)
    assert notices.forget_older(db, now + HOUR) == 1
    assert [each.kind for each in notices.open_notices(db)] == ["backup-failed"]
