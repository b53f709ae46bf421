"""Telling: who hears next, when second channels ring, and what a quiet note may wait for."""

from dataclasses import replace
from datetime import timedelta

from dialogs.alert import Alert, AlertState, ContactTold, SilenceLasted, TellingFailed, Track
from dialogs.effects import Effect, Purpose, ReportNotice, RingChannels, Say
from dialogs.escalation import begin, decide, due_event
from dialogs.escalation_policy import Policy
from dialogs.ladder import Ladder, Reach, build
from dialogs.notices import NoticeKind
from tests.dialogs.cast import NOW, only

LEYLA, MINA, JOSEF, KARIN = 1, 2, 3, 9
LATER = NOW + timedelta(hours=10)


AT_WORK = (Reach(MINA, "Mina", on_duty_at=NOW), Reach(JOSEF, "Josef", on_duty_at=NOW))


def ladder(level: int, *people: Reach) -> Ladder:
    """The usual policy; Mina and Josef at work unless others are given."""
    return build(Policy().of(level), people or AT_WORK, [], NOW)


def fresh(level: int = 2) -> Alert:
    """An alert nobody has heard of yet."""
    track = Track.QUIET if level == 1 else Track.URGENT
    return Alert(7, LEYLA, "Linden", track, level, ("TV2",), NOW, NOW)


def told(effects: list[Effect]) -> list[int | None]:
    """Who is told just now."""
    return [say.to for say in only(Say, effects) if say.purpose is Purpose.ALERT]


def rung(effects: list[Effect]) -> list[int]:
    """Whose second channels ring."""
    return [each.person for each in only(RingChannels, effects)]


def test_whom_telegram_refuses_is_rung_another_way() -> None:
    """She blocked the bot by mistake, and would come at once if she knew."""
    alert, _effects = begin(fresh(), NOW, ladder(2))
    _alert, effects = decide(alert, TellingFailed(1), NOW, ladder(2))
    assert rung(effects) == [MINA]
    assert told(effects) == [JOSEF]


def test_when_telegram_is_away_for_two_minutes_an_emergency_rings_everybody() -> None:
    """Nothing arrives: then a text message or a mail must say "open the app" (R29)."""
    alert, _effects = begin(fresh(3), NOW, ladder(3))
    rings = []
    now = NOW
    while now < NOW + timedelta(minutes=3):
        assert alert.next_step_at is not None
        now = alert.next_step_at
        alert, effects = decide(alert, due_event(alert.state), now, ladder(3))
        rings += [(now - NOW, each) for each in rung(effects)]
    assert [who for _at, who in rings] == [MINA, JOSEF]
    assert timedelta(minutes=1) <= rings[0][0] <= timedelta(minutes=2)


def test_while_tellings_arrive_telegram_is_not_away() -> None:
    """Somebody has heard it: a second ring after ten seconds only frightens."""
    alert, _effects = begin(fresh(3), NOW, ladder(3))
    alert, _effects = decide(alert, ContactTold(1), NOW, ladder(3))
    _alert, effects = decide(alert, SilenceLasted(), NOW + timedelta(minutes=2), ladder(3))
    assert rung(effects) == []


def test_when_a_whole_round_was_silent_second_channels_ring() -> None:
    """Arrived and not answered: a phone on silent in another room."""
    alert, _effects = begin(fresh(), NOW, ladder(2))
    alert, _effects = decide(alert, ContactTold(1), NOW, ladder(2))
    alert, effects = decide(alert, SilenceLasted(), NOW + timedelta(minutes=15), ladder(2))
    assert rung(effects) == []
    alert, _effects = decide(alert, ContactTold(2), NOW + timedelta(minutes=15), ladder(2))
    alert, effects = decide(alert, SilenceLasted(), NOW + timedelta(minutes=30), ladder(2))
    assert rung(effects) == [MINA, JOSEF]
    assert alert.rang_at == NOW + timedelta(minutes=30)


def test_second_channels_do_not_ring_every_round() -> None:
    """With one contact person a round of an emergency is two minutes: a hail of texts helps nobody."""
    alone = ladder(3, Reach(MINA, "Mina", on_duty_at=NOW))
    alert, _effects = begin(fresh(3), NOW, alone)
    rings = []
    for minute in range(0, 20, 2):
        now = NOW + timedelta(minutes=minute)
        alert, _effects = decide(alert, ContactTold(alert.step), now, alone)
        alert, effects = decide(alert, SilenceLasted(), now + timedelta(minutes=2), alone)
        rings += rung(effects)
    assert rings == [MINA] * 2


def test_a_quiet_note_waits_for_hours_and_is_told_in_their_first_minute() -> None:
    """Nobody's night is disturbed for what can wait until the morning."""
    night = ladder(1, Reach(MINA, "Mina", on_duty_at=LATER))
    alert, effects = begin(fresh(1), NOW, night)
    assert told(effects) == []
    assert (alert.state, alert.next_step_at) == (AlertState.RAISED, LATER)
    day = ladder(1, Reach(MINA, "Mina", on_duty_at=NOW))
    _alert, effects = decide(alert, due_event(alert.state), LATER, day)
    assert told(effects) == [MINA]


def test_a_quiet_note_does_not_wait_for_hours_that_never_come() -> None:
    """A rota nobody keeps up must not swallow a worry."""
    never = ladder(1, Reach(MINA, "Mina", on_duty_at=None))
    alert, _effects = begin(fresh(1), NOW, never)
    assert alert.next_step_at == NOW + timedelta(hours=24)
    _alert, effects = decide(alert, due_event(alert.state), NOW + timedelta(hours=24), never)
    assert told(effects) == [MINA]


def test_nobody_to_tell_is_reported_and_tried_again() -> None:
    """The worst bug: an alert that reaches nobody. It stays open, and whoever runs the bot hears of it at once."""
    nobody = build(Policy().urgent, [], [], NOW)
    alert, effects = begin(fresh(), NOW, nobody)
    assert only(ReportNotice, effects) == [ReportNotice(NoticeKind.NOBODY_TO_TELL, "person:1")]
    assert alert.next_step_at is not None
    _alert, effects = decide(alert, due_event(alert.state), alert.next_step_at, ladder(2))
    assert told(effects) == [MINA]


def test_a_rung_of_two_waits_for_both_failures() -> None:
    """Mina's telling failed, Josef's is under way: he is still to be waited for."""
    together = replace(ladder(2), rungs=(replace(ladder(2).rungs[0], links=ladder(2).everybody),))
    alert, effects = begin(fresh(), NOW, together)
    assert told(effects) == [MINA, JOSEF]
    alert, effects = decide(alert, TellingFailed(1), NOW, together)
    assert (alert.state, told(effects)) == (AlertState.RAISED, [])
    alert, _effects = decide(alert, ContactTold(2), NOW, together)
    assert alert.state is AlertState.WAITING


def test_a_failure_after_the_end_rings_nobody() -> None:
    """The case is closed; a late "blocked" is the operator's business."""
    alert, _effects = begin(fresh(), NOW, ladder(2))
    closed = replace(alert, state=AlertState.CLOSED, next_step_at=None)
    assert decide(closed, TellingFailed(1), NOW, ladder(2))[1] == []
