"""
Telling: who hears of an alert next, and what it means that a telling arrived, failed or stayed unanswered.

The promises it keeps: an alert that is open has a next time; nobody is told twice while a telling is under way; where
Telegram does not carry, second channels ring; and where nobody can be told, she and the operator hear so.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from dialogs import alert_texts, neutral, notices
from dialogs.alert import Alert, AlertState, Told, Track
from dialogs.effects import Effect, Purpose, ReportNotice, RingChannels, Say
from dialogs.escalation_policy import EMERGENCY
from dialogs.ladder import LONGEST_WAIT_FOR_HOURS, Ladder
from dialogs.notices import NoticeKind
from dialogs.text import _

SAY_NOBODY_AT_MOST_EVERY = timedelta(hours=1)
TELEGRAM_IS_AWAY_AFTER = timedelta(minutes=2)
"""When no telling of an emergency has arrived for so long, second channels are rung (issue 2)."""
RING_AT_MOST_EVERY: Mapping[int, timedelta] = {
    3: timedelta(minutes=10),
    2: timedelta(hours=1),
    1: timedelta(hours=24),
}

Step = tuple[Alert, list[Effect]]


def tell_next(alert: Alert, now: datetime, ladder: Ladder) -> Step:
    """Tell the next rung, round and round; who still has an unsent telling is not told twice."""
    if not ladder.rungs:
        return _nobody_there(alert, now, ladder)
    waits_until = _waits_until(alert, now, ladder)
    if waits_until is not None:
        return replace(alert, state=AlertState.RAISED, holder=None, next_step_at=waits_until), []
    rung, round_over = ladder.rung(alert.turn), ladder.begins_round(alert.turn)
    alert = replace(
        alert, state=AlertState.RAISED, turn=alert.turn + 1, holder=None, next_step_at=now + ladder.delivery
    )
    rings: list[Effect] = []
    if round_over or _telegram_is_away(alert, now):
        alert, rings = _ring_everybody(alert, now, ladder)
    underway = {told.contact for told in alert.told if told.arrived is None}
    fresh = [link for link in rung.links if link.id not in underway]
    if not fresh:
        return alert, rings
    first = alert.step + 1
    tellings = tuple(Told(first + place, link.id, link.name, now) for place, link in enumerate(fresh))
    alert = replace(alert, step=tellings[-1].step, rung_from=first, told=(*alert.told, *tellings))
    return alert, [*rings, *(_telling(alert, told) for told in tellings)]


def _telling(alert: Alert, told: Told) -> Say:
    return Say(
        alert_texts.telling(alert),
        alert_texts.take_on(alert, told.step),
        to=told.contact,
        purpose=Purpose.ALERT,
        alert=alert.id,
        step=told.step,
    )


def _waits_until(alert: Alert, now: datetime, ladder: Ladder) -> datetime | None:
    """A quiet note may wait for somebody's hours, but not longer than a day since it was raised or last told."""
    since = alert.told[-1].at if alert.told else alert.raised_at
    if ladder.waits_until is None or now - since >= LONGEST_WAIT_FOR_HOURS:
        return None
    return min(ladder.waits_until, since + LONGEST_WAIT_FOR_HOURS)


def _nobody_there(alert: Alert, now: datetime, ladder: Ladder) -> Step:
    """The worst: nobody can be told. She hears so, the operator hears so, and it is tried again."""
    alert = replace(alert, state=AlertState.RAISED, holder=None, next_step_at=now + ladder.delivery)
    alert, honest = tell_resident_nobody(alert, now)
    return alert, [ReportNotice(NoticeKind.NOBODY_TO_TELL, notices.person(alert.resident)), *honest]


def tell_resident_nobody(alert: Alert, now: datetime) -> Step:
    """Say honestly that nobody has answered; the first line tells a stranger nothing (R31, R35)."""
    last = alert.resident_told_at
    if not alert_texts.may_hear(alert) or alert.track is Track.QUIET:
        return alert, []
    if last is not None and now - last < SAY_NOBODY_AT_MOST_EVERY:
        return alert, []
    text = (
        neutral.no_answer_yet(now),
        _(
            "resident alert",
            "If you are in danger, call {emergency}. You can also talk to somebody at {violence_line}, at any hour.",
        ),
    )
    alert = replace(alert, resident_told_at=now)
    return alert, [Say(text, to=alert.resident, purpose=Purpose.NOTE, alert=alert.id)]


def _telegram_is_away(alert: Alert, now: datetime) -> bool:
    """Whether no telling of this emergency has arrived for two minutes, since it was opened."""
    tellings = [told for told in alert.told if told.step >= alert.opening]
    if alert.level < EMERGENCY or not tellings or any(told.arrived for told in tellings):
        return False
    return now - tellings[0].at >= TELEGRAM_IS_AWAY_AFTER


def _ring_everybody(alert: Alert, now: datetime, ladder: Ladder) -> Step:
    """Second channels carry a number only; they are not rung again at once."""
    pause = RING_AT_MOST_EVERY.get(alert.level, RING_AT_MOST_EVERY[EMERGENCY])
    if alert.rang_at is not None and now - alert.rang_at < pause:
        return alert, []
    rings = [RingChannels(link.id, alert.id) for link in ladder.called(alert.turn)]
    return replace(alert, rang_at=now), list(rings)


def delivered(before: Alert, alert: Alert, step: int, arrived: bool, now: datetime, ladder: Ladder) -> Step:
    """Note what became of telling `step`; only tellings of the latest rung move the clock."""
    told = tuple(replace(each, arrived=arrived) if each.step == step else each for each in alert.told)
    alert = replace(alert, told=told)
    rings = [] if arrived or before.state is AlertState.CLOSED else _ring_instead(alert, step)
    if before.state is not AlertState.RAISED or step < alert.rung_from:
        return replace(alert, state=before.state), rings
    if arrived:
        return replace(alert, next_step_at=now + _wait(alert, ladder)), []
    if any(each.arrived is None for each in latest_rung(alert)):
        return alert, rings
    if _tried_everybody(alert, ladder):
        return replace(alert, next_step_at=now + ladder.answer), rings
    alert, effects = tell_next(alert, now, ladder)
    return alert, [*rings, *effects]


def _ring_instead(alert: Alert, step: int) -> list[Effect]:
    """Telegram refuses to carry this telling: her second channel may reach her."""
    return [RingChannels(each.contact, alert.id) for each in alert.told if each.step == step]


def _wait(alert: Alert, ladder: Ladder) -> timedelta:
    return ladder.rung(max(alert.turn - 1, 0)).wait if ladder.rungs else ladder.answer


def latest_rung(alert: Alert) -> list[Told]:
    return [told for told in alert.told if told.step >= alert.rung_from]


def _tried_everybody(alert: Alert, ladder: Ladder) -> bool:
    """Whether the last telling to each of the ladder failed: then hurrying on would spin without end."""
    last = {told.contact: told.arrived for told in alert.told}
    return all(last.get(link.id) is False for rung in ladder.rungs for link in rung.links)


def nobody_answered(alert: Alert, now: datetime, ladder: Ladder) -> Step:
    alert, honest = tell_resident_nobody(alert, now) if alert.told else (alert, [])
    alert, effects = tell_next(alert, now, ladder)
    return alert, [*honest, *effects]


def opened_anew(alert: Alert) -> Alert:
    """Buttons from before are stale, and whoever still waited for an unsent telling was not told."""
    return replace(without_unsent(alert), opening=alert.step + 1)


def without_unsent(alert: Alert) -> Alert:
    """`UnbuttonAlert` drops tellings that have not left: whoever waited for one was not told."""
    told = tuple(replace(each, arrived=False) if each.arrived is None else each for each in alert.told)
    return replace(alert, told=told)
