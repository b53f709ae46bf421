"""Activities looked up and announced; who is told of one, and when, is the wave's to see to (`bot/waves.py`)."""

from typing import TypeAlias

from bot.transaction import Transaction
from dialogs.activity import Draft, Then
from dialogs.effects import FindActivities, FindActivitiesIn, FindMyActivities
from dialogs.events import ActivitiesFound
from storage import activities

Search: TypeAlias = FindActivities | FindActivitiesIn | FindMyActivities


def find(transaction: Transaction, order: Search) -> ActivitiesFound:
    """Those she means, those to come in a place, or those to come that she announced."""
    db, now, system = transaction.db, transaction.now, transaction.house.doors.system
    match order:
        case FindActivities(ids, then):
            return ActivitiesFound(activities.find(db, system, ids), then)
        case FindActivitiesIn(place):
            return ActivitiesFound(activities.to_come(db, system, now, place), Then.NEXT)
        case FindMyActivities(by):
            return ActivitiesFound(activities.to_come(db, system, now, by=by), Then.MINE)


def announce(transaction: Transaction, by: int, draft: Draft) -> None:
    """Kept and begun at once: who presses twice has no draft the second time."""
    if draft.place is None or draft.title is None or draft.begins_at is None:
        raise ValueError("an activity that is not whole cannot be announced")
    activity_id = activities.add(
        transaction.db,
        transaction.house.doors.system,
        transaction.now,
        place=draft.place,
        begins_at=draft.begins_at,
        ends_at=draft.begins_at,
        title=draft.title,
        words=draft.words or "",
        by=by,
    )
    activities.send(transaction.db, activity_id)
