"""Second channels: an address opens for one ring, and whether it works is known without a key."""

import sqlite3
from datetime import datetime, timedelta

import pytest

from dialogs.notices import NoticeKind
from storage import channels, notices, people
from storage.channels import Channel, ChannelNotFound
from storage.people import Known
from storage.sealing import Keyring, SealBroken

ADDRESS = "mailto://bot:secret@mail.example?to=mina@example.org"


def test_an_address_is_sealed_and_opens_with_its_persons_key(
    db: sqlite3.Connection, keyring: Keyring, mina: Known, now: datetime
) -> None:
    """A stolen file names no mailbox."""
    channel = channels.add(db, mina.box, mina.id, ADDRESS, now)
    assert channels.address(db, keyring, channel) == ADDRESS
    assert b"example" not in b"".join(
        bytes(each) for each in db.execute("SELECT sealed_address FROM channels").fetchone()
    )
    assert "secret" not in repr(db.execute("SELECT * FROM channels").fetchall())


def test_an_address_moved_to_another_channel_does_not_open(
    db: sqlite3.Connection, keyring: Keyring, mina: Known, now: datetime
) -> None:
    """Not even between two channels of one person."""
    first, second = (channels.add(db, mina.box, mina.id, ADDRESS, now) for _ in range(2))
    db.execute(
        "UPDATE channels SET sealed_address = (SELECT sealed_address FROM channels WHERE id = ?)", (first,)
    )
    assert channels.address(db, keyring, first)
    with pytest.raises(SealBroken):
        channels.address(db, keyring, second)


def test_what_can_be_told_without_a_key(
    db: sqlite3.Connection, mina: Known, josef: Known, now: datetime
) -> None:
    """Whoever runs the bot sees which channel fails, and not whose mailbox it is."""
    hers = channels.add(db, mina.box, mina.id, ADDRESS, now)
    his = channels.add(db, josef.box, josef.id, ADDRESS, now)
    channels.worked(db, his, now)
    assert channels.everybodys(db) == [
        Channel(hers, mina.id, now, None, 0),
        Channel(his, josef.id, now, now, 0),
    ]
    assert [each.id for each in channels.of_person(db, josef.id)] == [his]


def test_failures_are_counted_in_a_row(db: sqlite3.Connection, mina: Known, now: datetime) -> None:
    """A bad day last month is no news."""
    channel = channels.add(db, mina.box, mina.id, ADDRESS, now)
    assert [channels.failed(db, channel) for _ in range(2)] == [1, 2]
    channels.worked(db, channel, now)
    assert channels.failed(db, channel) == 1
    assert channels.failed(db, 99) == 0


def test_an_operator_hears_of_the_third_failure_and_of_the_end(
    db: sqlite3.Connection, mina: Known, now: datetime
) -> None:
    """One failure is the weather; a channel nobody looks after is a hole in the net."""
    channel = channels.add(db, mina.box, mina.id, ADDRESS, now)
    heard = []
    for _ in range(4):
        channels.failed(db, channel)
        heard.append(channels.report_failing(db, now))
    assert heard == [[], [], [f"channel:{channel}"], []]
    channels.worked(db, channel, now)
    channels.report_failing(db, now)
    assert notices.open_notices(db) == []


def test_a_channel_that_is_gone_fails_no_more(db: sqlite3.Connection, mina: Known, now: datetime) -> None:
    """Otherwise its notice would stay open for ever, and be about nothing."""
    for _ in range(2):
        channel = channels.add(db, mina.box, mina.id, ADDRESS, now)
        for _ in range(channels.FAILING_AFTER):
            channels.failed(db, channel)
    channels.report_failing(db, now)
    assert {each.kind for each in notices.open_notices(db)} == {NoticeKind.CHANNEL_FAILING.value}
    assert channels.remove(db, channel)
    assert not channels.remove(db, channel)
    people.erase(db, mina.id)
    channels.report_failing(db, now + timedelta(hours=1))
    assert notices.open_notices(db) == []


def test_erasing_a_person_takes_her_channels(
    db: sqlite3.Connection, keyring: Keyring, mina: Known, josef: Known, now: datetime
) -> None:
    """Her number is hers; his stays."""
    hers = channels.add(db, mina.box, mina.id, ADDRESS, now)
    his = channels.add(db, josef.box, josef.id, ADDRESS, now)
    people.erase(db, mina.id)
    assert [each.id for each in channels.everybodys(db)] == [his]
    with pytest.raises(ChannelNotFound, match=f"channel {hers}"):
        channels.address(db, keyring, hers)
