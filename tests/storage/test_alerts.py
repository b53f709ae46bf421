"""Alerts: what is due is a column, why is sealed."""

import sqlite3
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from dialogs.alert import Alert, AlertState, Told, Track
from storage import alerts
from storage.alerts import AlertAlreadyOpen, AlertNotFound, AlertUnreadable
from storage.people import Known

HOUR = timedelta(hours=1)


def new_alert(leyla: Known, now: datetime, track: Track = Track.URGENT) -> Alert:
    return Alert(0, leyla.id, "Blue Heron", track, 2, ("threat",), raised_at=now, next_step_at=now)


def closed(alert: Alert, now: datetime) -> Alert:
    return replace(alert, state=AlertState.CLOSED, next_step_at=None, closed_at=now)


def test_an_alert_comes_back_as_saved(db: sqlite3.Connection, leyla: Known, now: datetime) -> None:
    """Who was told, and when, is in it."""
    alert = alerts.insert(db, leyla.box, new_alert(leyla, now))
    changed = replace(
        alert, state=AlertState.WAITING, told=(Told(1, 2, "Mina", now, True),), next_step_at=now + HOUR
    )
    alerts.save(db, leyla.box, changed)
    assert alerts.get(db, leyla.box, alert.id) == changed
    assert alerts.open_on_track(db, leyla.box, leyla.id, Track.URGENT) == changed
    assert alerts.resident_of(db, alert.id) == leyla.id
    assert "threat" not in repr(db.execute("SELECT * FROM alerts").fetchall())


def test_one_open_alert_on_each_track(db: sqlite3.Connection, leyla: Known, now: datetime) -> None:
    """The table says so; a closed one makes room."""
    first = alerts.insert(db, leyla.box, new_alert(leyla, now))
    alerts.insert(db, leyla.box, new_alert(leyla, now, Track.QUIET))
    with pytest.raises(AlertAlreadyOpen):
        alerts.insert(db, leyla.box, new_alert(leyla, now))
    alerts.save(db, leyla.box, closed(first, now))
    assert alerts.open_on_track(db, leyla.box, leyla.id, Track.URGENT) is None
    assert alerts.insert(db, leyla.box, new_alert(leyla, now)).id > first.id
    assert alerts.count(db, leyla.id) == 3


def test_a_week_is_what_is_open_and_what_was_closed_in_it(
    db: sqlite3.Connection, leyla: Known, now: datetime
) -> None:
    """Whatever is older was in another summary."""
    old = alerts.insert(db, leyla.box, new_alert(leyla, now))
    alerts.save(db, leyla.box, closed(old, now - 200 * HOUR))
    late = alerts.insert(db, leyla.box, new_alert(leyla, now))
    alerts.save(db, leyla.box, closed(late, now - 100 * HOUR))
    still = alerts.insert(db, leyla.box, new_alert(leyla, now))
    assert [each.alert_id for each in alerts.of_week(db, now - 168 * HOUR)] == [late.id, still.id]


def test_what_is_due_comes_longest_overdue_first(db: sqlite3.Connection, leyla: Known, now: datetime) -> None:
    """And a closed alert is never due."""
    urgent = alerts.insert(db, leyla.box, new_alert(leyla, now))
    quiet = alerts.insert(db, leyla.box, replace(new_alert(leyla, now, Track.QUIET), next_step_at=now - HOUR))
    assert alerts.due(db, now, 10) == [(quiet.id, leyla.id), (urgent.id, leyla.id)]
    assert alerts.next_due(db) == now - HOUR
    assert [alert.id for alert in alerts.open_alerts(db)] == [urgent.id, quiet.id]
    for alert in (urgent, quiet):
        alerts.save(db, leyla.box, closed(alert, now))
    assert alerts.due(db, now + HOUR, 10) == []
    assert alerts.open_alerts(db) == []


def test_an_open_alert_without_a_next_time_cannot_be_stored(
    db: sqlite3.Connection, leyla: Known, now: datetime
) -> None:
    """Nobody would ever look at it again."""
    alert = alerts.insert(db, leyla.box, new_alert(leyla, now))
    with pytest.raises(sqlite3.IntegrityError):
        alerts.save(db, leyla.box, replace(alert, next_step_at=None))


def test_an_alert_opens_with_its_residents_box_only(
    db: sqlite3.Connection, leyla: Known, mina: Known, now: datetime
) -> None:
    """The error names the alert and nothing in it."""
    alert = alerts.insert(db, leyla.box, new_alert(leyla, now))
    with pytest.raises(AlertUnreadable, match=f"^alert {alert.id} cannot be read$"):
        alerts.get(db, mina.box, alert.id)
    sealed = leyla.box.seal(b"{}", f"alerts.sealed_alert:{alert.id}")
    db.execute("UPDATE alerts SET sealed_alert = ?", (sealed,))
    with pytest.raises(AlertUnreadable):
        alerts.get(db, leyla.box, alert.id)


def test_an_unknown_alert_is_not_found(db: sqlite3.Connection, leyla: Known, now: datetime) -> None:
    """A button of a forgotten resident's alert leads here."""
    for attempt in (
        lambda: alerts.get(db, leyla.box, 9),
        lambda: alerts.resident_of(db, 9),
        lambda: alerts.save(db, leyla.box, replace(new_alert(leyla, now), id=9)),
    ):
        with pytest.raises(AlertNotFound):
            attempt()


def test_only_closed_alerts_are_forgotten(db: sqlite3.Connection, leyla: Known, now: datetime) -> None:
    """An open one stays, however old."""
    urgent = alerts.insert(db, leyla.box, new_alert(leyla, now))
    alerts.insert(db, leyla.box, new_alert(leyla, now, Track.QUIET))
    alerts.save(db, leyla.box, closed(urgent, now))
    assert alerts.forget_older(db, now) == 0
    assert alerts.forget_older(db, now + HOUR) == 1
    assert alerts.count(db, leyla.id) == 1


def test_an_odd_state_or_track_hides_no_other_alert(
    db: sqlite3.Connection, leyla: Known, now: datetime
) -> None:
    """It is taken for what needs more care, and its neighbours are listed (R9)."""
    urgent = alerts.insert(db, leyla.box, new_alert(leyla, now))
    quiet = alerts.insert(db, leyla.box, new_alert(leyla, now, Track.QUIET))
    db.execute("PRAGMA ignore_check_constraints = ON")
    db.execute("UPDATE alerts SET state = 'odd', track = 'odd' WHERE id = ?", (quiet.id,))
    found = alerts.open_alerts(db)
    assert [each.id for each in found] == [urgent.id, quiet.id]
    assert (found[1].state, found[1].track) == (AlertState.RAISED, Track.URGENT)


def test_what_stands_in_the_clear_needs_no_key(db: sqlite3.Connection, leyla: Known, now: datetime) -> None:
    """Enough to tell people that there is a case, whatever has become of its record."""
    alert = alerts.insert(db, leyla.box, new_alert(leyla, now))
    db.execute("UPDATE alerts SET sealed_alert = x'00'")
    clear = alerts.in_the_clear(db, alert.id)
    assert clear is not None
    assert (clear.resident_id, clear.level, clear.next_step_at) == (leyla.id, 2, now)
    assert alerts.open_in_the_clear(db, leyla.id, Track.URGENT) == clear
    assert alerts.open_in_the_clear(db, leyla.id, Track.QUIET) is None
    assert alerts.in_the_clear(db, 9) is None


def test_an_alert_can_be_raised_without_a_key(db: sqlite3.Connection, leyla: Known, now: datetime) -> None:
    """Somebody asks for a person, and her row does not open: the cry is kept all the same."""
    raised = alerts.raise_unwritten(db, leyla.id, Track.URGENT, 2, now, now + HOUR)
    assert raised is not None
    assert alerts.raise_unwritten(db, leyla.id, Track.URGENT, 2, now, now) is None, "one on each track"
    assert alerts.is_unwritten(db, raised)
    assert alerts.due(db, now, 10) == []
    assert alerts.due(db, now + HOUR, 10) == [(raised, leyla.id)]
    with pytest.raises(AlertUnreadable):
        alerts.get(db, leyla.box, raised)


def test_an_alert_that_was_written_is_not_unwritten(
    db: sqlite3.Connection, leyla: Known, now: datetime
) -> None:
    """What a backup could bring back must not be written over."""
    alert = alerts.insert(db, leyla.box, new_alert(leyla, now))
    db.execute("UPDATE alerts SET sealed_alert = x'00'")
    assert not alerts.is_unwritten(db, alert.id)
    assert not alerts.is_unwritten(db, 9)


def test_an_alert_is_hastened_and_never_delayed(db: sqlite3.Connection, leyla: Known, now: datetime) -> None:
    """Another sign may bring people sooner, not later; a closed case stays closed."""
    alert = alerts.insert(db, leyla.box, new_alert(leyla, now))
    alerts.hasten(db, alert.id, now + HOUR)
    assert alerts.next_due(db) == now
    alerts.hasten(db, alert.id, now - HOUR)
    assert alerts.next_due(db) == now - HOUR
    alerts.save(db, leyla.box, closed(alert, now))
    alerts.hasten(db, alert.id, now - HOUR)
    assert alerts.next_due(db) is None


def test_an_alert_is_begun_anew_under_its_number(db: sqlite3.Connection, leyla: Known, now: datetime) -> None:
    """No less urgent than it was, and its tellings go on counting, so that no old news is taken for new."""
    old = alerts.insert(db, leyla.box, replace(new_alert(leyla, now), level=3))
    db.execute("UPDATE alerts SET sealed_alert = x'00'")
    db.execute(
        "INSERT INTO outbox (person_id, purpose, priority, state, due_at, created_at, alert_id, step)"
        " VALUES (?, 'alert', 0, 'sent', 0, 0, ?, 4)",
        (leyla.id, old.id),
    )
    anew = alerts.anew(db, old.id, "Blue Heron", 1, ("someone",), now + HOUR)
    assert (anew.id, anew.level, anew.step, anew.raised_at) == (old.id, 3, 4, now)
    alerts.save(db, leyla.box, anew)
    assert alerts.get(db, leyla.box, old.id) == anew
    with pytest.raises(AlertNotFound):
        alerts.anew(db, 9, "Blue Heron", 1, (), now)


def test_an_alert_is_ended_without_a_key_once(db: sqlite3.Connection, leyla: Known, now: datetime) -> None:
    """An operator ends what nobody can read."""
    alert = alerts.insert(db, leyla.box, new_alert(leyla, now))
    assert alerts.end_unread(db, alert.id, now)
    assert not alerts.end_unread(db, alert.id, now)
    assert alerts.open_alerts(db) == []


def test_the_record_of_another_case_is_not_this_one(
    db: sqlite3.Connection, leyla: Known, now: datetime
) -> None:
    """Saving it would write over the other case."""
    alert = alerts.insert(db, leyla.box, new_alert(leyla, now))
    other = alerts._seal(leyla.box, replace(alert, id=alert.id))
    assert alerts._open(leyla.box, alert.id, other) == alert
    plain = alerts._encoder.encode(replace(alert, id=8))
    with pytest.raises(AlertUnreadable):
        alerts._open(leyla.box, alert.id, leyla.box.seal(plain, f"alerts.sealed_alert:{alert.id}"))


def test_what_was_raised_since_is_listed_open_and_closed(
    db: sqlite3.Connection, leyla: Known, now: datetime
) -> None:
    """For figures, which look back a month."""
    closed = replace(_fresh(leyla, now), state=AlertState.CLOSED, next_step_at=None, closed_at=now)
    first = alerts.insert(db, leyla.box, closed)
    second = alerts.insert(db, leyla.box, _fresh(leyla, now))
    assert [each.id for each in alerts.raised_since(db, now)] == [first.id, second.id]
    assert alerts.raised_since(db, now + timedelta(seconds=1)) == []


def _fresh(leyla: Known, now: datetime) -> Alert:
    return Alert(0, leyla.id, "Leyla", Track.URGENT, 2, ("someone",), now, now)


def told_about(leyla: Known, now: datetime) -> Alert:
    """Called unseen, with words, and told to Mina."""
    reasons = ("word", "covert", "words:x")
    return replace(new_alert(leyla, now), reasons=reasons, told=(Told(1, 2, "Mina", now),))


def test_words_go_from_a_closed_alert_and_from_no_open_one(
    db: sqlite3.Connection, leyla: Known, now: datetime
) -> None:
    """Who was told and how it ended stays, and so does that it was called unseen."""
    urgent = alerts.insert(db, leyla.box, told_about(leyla, now))
    quiet = alerts.insert(db, leyla.box, new_alert(leyla, now, Track.QUIET))
    alerts.save(db, leyla.box, closed(urgent, now))
    assert alerts.closed_with_words(db, now, 10) == []
    assert alerts.closed_with_words(db, now + HOUR, 10) == [(urgent.id, leyla.id)]
    for each in (urgent, quiet):
        alerts.take_words_out(db, leyla.box, each.id)
    assert alerts.closed_with_words(db, now + HOUR, 10) == []
    told = (replace(urgent.told[0], name=""),)
    assert alerts.get(db, leyla.box, urgent.id) == replace(
        closed(urgent, now), reasons=("covert",), told=told
    )
    assert alerts.get(db, leyla.box, quiet.id) == quiet


def test_all_of_hers_that_open_are_found(db: sqlite3.Connection, leyla: Known, now: datetime) -> None:
    """The latest first; one that does not open hides no other."""
    urgent = alerts.insert(db, leyla.box, new_alert(leyla, now))
    quiet = alerts.insert(db, leyla.box, new_alert(leyla, now, Track.QUIET))
    assert alerts.of_resident(db, leyla.box, leyla.id) == [quiet, urgent]
    db.execute("UPDATE alerts SET sealed_alert = x'00' WHERE id = ?", (quiet.id,))
    assert alerts.of_resident(db, leyla.box, leyla.id) == [urgent]
