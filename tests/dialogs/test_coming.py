"""Activities as she meets them: neutral, once, by day; counted without a name."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from dialogs.activity import Activity, ActivityState, Then
from dialogs.coming import MOST_WAITING, REMEMBERED
from dialogs.effects import CountComing, FindActivities, ForgetPerson, Purpose, SetTimer
from dialogs.events import ActivitiesFound, ActivityComes, Timer
from dialogs.people import Rhythm
from tests.dialogs.cast import Talk, leyla, neutral, only, unprompted
from tests.dialogs.near_examples import described, dinner

NIGHT = datetime(2026, 11, 24, 20, 30, tzinfo=UTC)
"""Half past nine in the evening in Stockholm."""


def talk(**changes: object) -> Talk:
    """Leyla, who wants to hear from Exempelstad."""
    here = Talk(leyla(**{"news_from": ("exempelstad",), **changes}))
    here.knowledge = replace(here.knowledge, near=described())
    return here


def found(here: Talk, then: Then, *activities: Activity) -> Talk:
    """What the table answered."""
    return here.happens(ActivitiesFound(activities, then))


def test_the_unasked_line_says_nothing() -> None:
    """Whoever looks at her phone learns neither what nor where (R35)."""
    (say,) = unprompted(talk().happens(ActivityComes(dinner())).effects)
    assert neutral(say)
    assert (say.purpose, say.until) == (Purpose.ROUTINE, datetime(2026, 11, 24, 19, 0, tzinfo=UTC))
    assert [button.data for row in say.keyboard for button in row] == ["act:see:7"]
    assert "Middag" not in str(say.text)


def test_each_activity_is_told_once() -> None:
    """A wave that reached her twice would be noise, and a second light on her screen."""
    here = talk().happens(ActivityComes(dinner()))
    assert here.happens(ActivityComes(dinner())).effects == ()


def test_what_is_remembered_of_what_was_told_is_bounded() -> None:
    """Her document does not grow for ever."""
    here = talk()
    for number in range(REMEMBERED + 5):
        here.happens(ActivityComes(dinner(id=number + 1)))
    assert len(here.resident.activities_told) == REMEMBERED


@pytest.mark.parametrize(
    ("changes", "activity"),
    [
        ({"news_from": ()}, dinner()),
        ({"news_from": ("bergby",)}, dinner()),
        ({"stopped": True}, dinner()),
        ({}, dinner(state=ActivityState.DRAFT)),
        ({}, dinner(state=ActivityState.CANCELLED)),
    ],
)
def test_nobody_is_told_who_did_not_ask_for_it(changes: dict[str, object], activity: Activity) -> None:
    """Only a yes is a yes, per place."""
    assert talk(**changes).happens(ActivityComes(activity)).effects == ()


def test_after_an_outage_what_is_over_is_not_told() -> None:
    """Late news about yesterday's dinner help nobody."""
    here = talk()
    here.now = dinner().ends_at
    assert here.happens(ActivityComes(dinner())).effects == ()


def test_at_night_it_waits_for_the_morning() -> None:
    """A phone that lights up at night is asked about."""
    here = talk()
    here.now = NIGHT
    here.happens(ActivityComes(dinner()))
    assert not here.says
    assert here.timers[Timer.ACTIVITY] == datetime(2026, 11, 25, 7, 0, tzinfo=UTC)
    here.falls_due(Timer.ACTIVITY)
    assert only(FindActivities, here.effects) == [FindActivities((7,), Then.MORNING)]
    (say,) = unprompted(found(here, Then.MORNING, dinner()).effects)
    assert neutral(say)
    assert here.resident.activities_waiting == ()


@pytest.mark.parametrize(
    "now_is",
    [dinner(state=ActivityState.CANCELLED), dinner(ends_at=NIGHT), dinner(place="bergby")],
)
def test_what_is_no_longer_so_in_the_morning_is_not_told(now_is: Activity) -> None:
    """Cancelled at night, over, or no longer wanted: her morning stays quiet."""
    here = talk(activities_waiting=(7,))
    here.now = NIGHT + timedelta(hours=11)
    assert found(here, Then.MORNING, now_is).effects == ()
    assert here.resident.activities_waiting == ()


def test_several_that_waited_are_one_message() -> None:
    """One light on the screen, not three."""
    here = talk(activities_waiting=(7, 8))
    (say,) = found(here, Then.MORNING, dinner(), dinner(id=8)).says
    assert [button.data for row in say.keyboard for button in row] == ["act:see:7", "act:see:8"]
    assert neutral(say)


def test_a_morning_timer_that_falls_late_at_night_waits_again() -> None:
    """After an outage it may fall at any hour."""
    here = talk(activities_waiting=(7,))
    here.now = NIGHT
    here.falls(Timer.ACTIVITY)
    assert here.effects == (SetTimer(Timer.ACTIVITY, datetime(2026, 11, 25, 7, 0, tzinfo=UTC)),)


def test_her_own_clock_says_what_night_is() -> None:
    """Half past nine in Stockholm is midnight in Kabul, and an hour later in London still evening."""
    here = talk(rhythm=Rhythm(zone="Asia/Kabul"))
    here.now = datetime(2026, 11, 24, 16, 0, tzinfo=UTC)
    here.happens(ActivityComes(dinner()))
    assert here.timers[Timer.ACTIVITY] == datetime(2026, 11, 25, 3, 30, tzinfo=UTC)


def test_eight_in_the_morning_after_the_clock_change_is_eight_on_her_clock() -> None:
    """The night of 25 October 2026 has an hour more."""
    here = talk()
    here.now = datetime(2026, 10, 24, 19, 0, tzinfo=UTC)
    here.happens(ActivityComes(dinner()))
    assert here.timers[Timer.ACTIVITY] == datetime(2026, 10, 25, 7, 0, tzinfo=UTC)


def test_a_pause_holds_it_back() -> None:
    """She asked for quiet; afterwards it may still be to come."""
    here = talk(paused_until=NIGHT)
    here.happens(ActivityComes(dinner()))
    assert not here.says
    assert here.timers[Timer.ACTIVITY] == datetime(2026, 11, 25, 7, 0, tzinfo=UTC)


def test_so_many_wait_at_most() -> None:
    """A message has so many buttons."""
    here = talk()
    here.now = NIGHT
    for number in range(MOST_WAITING + 3):
        here.happens(ActivityComes(dinner(id=number + 1)))
    assert len(here.resident.activities_waiting) == MOST_WAITING


def test_the_words_come_after_a_tap() -> None:
    """What, when, where; and that coming is only counted."""
    here = talk().presses("act:see:7")
    assert here.effects == (FindActivities((7,), Then.SEE),)
    page = found(here, Then.SEE, dinner()).words
    for shown in ("Middag", "Where: Exempelstad", "Mat finns.", "Nobody sees who"):
        assert shown in page
    assert {"act:come:7", "act:not:7", "act:quiet:7"} <= set(here.offers)


def test_coming_is_counted_once_and_can_be_taken_back() -> None:
    """Two presses at once are one yes; the button that stands there then takes it back."""
    here = found(talk(), Then.COME, dinner())
    assert only(CountComing, here.effects) == [CountComing(7, 1)]
    assert "act:back:7" in here.offers
    assert only(CountComing, found(here, Then.COME, dinner()).effects) == []
    assert 7 in here.resident.coming
    assert only(CountComing, found(here, Then.BACK, dinner()).effects) == [CountComing(7, -1)]
    assert only(CountComing, found(here, Then.BACK, dinner()).effects) == []
    assert not here.resident.coming


@pytest.mark.parametrize("activity", [dinner(state=ActivityState.CANCELLED), dinner(ends_at=NIGHT)])
def test_what_is_over_or_cancelled_refuses_kindly(activity: Activity) -> None:
    """She is not counted for a door that stays shut."""
    here = talk()
    here.now = NIGHT
    found(here, Then.COME, activity)
    assert here.resident.coming == ()
    assert not only(CountComing, here.effects)
    assert "over now" in here.words or "cancelled" in here.words


@pytest.mark.parametrize("then", [Then.SEE, Then.COME, Then.BACK, Then.QUIET])
def test_what_is_gone_or_a_draft_is_answered(then: Then) -> None:
    """Ids can be guessed; a draft is nobody's yet."""
    assert "not here any more" in found(talk(), then).words
    assert "not here any more" in found(talk(), then, dinner(state=ActivityState.DRAFT)).words


def test_no_more_of_these_is_one_tap() -> None:
    """And it concerns that place only."""
    here = found(talk(news_from=("exempelstad", "bergby")), Then.QUIET, dinner())
    assert here.resident.news_from == ("bergby",)
    assert here.happens(ActivityComes(dinner())).effects == ()


def test_whoever_comes_hears_that_it_is_cancelled() -> None:
    """Neutral too; and whoever said no hears nothing."""
    cancelled = dinner(state=ActivityState.CANCELLED)
    here = talk(coming=(7,), activities_told=(7,)).happens(ActivityComes(cancelled))
    (say,) = unprompted(here.effects)
    assert neutral(say)
    assert here.resident.coming == ()
    assert "has been cancelled" in found(here, Then.SEE, cancelled).words


def test_a_cancellation_at_night_waits_too() -> None:
    """It is told in the morning, where she still wants to come."""
    cancelled = dinner(state=ActivityState.CANCELLED)
    here = talk(coming=(7,), activities_told=(7,))
    here.now = NIGHT
    here.happens(ActivityComes(cancelled)).falls_due(Timer.ACTIVITY)
    assert unprompted(found(here, Then.MORNING, cancelled).effects)


def test_what_is_coming_up_in_a_place() -> None:
    """Whoever wants no messages can still look."""
    here = found(talk(news_from=()), Then.NEXT, dinner(), dinner(id=8, state=ActivityState.CANCELLED))
    assert "act:see:7" in here.offers
    assert "act:see:8" not in here.offers
    assert "Nothing is announced" in found(here, Then.NEXT).words


def test_whoever_erases_herself_is_counted_no_longer() -> None:
    """The number is true without her."""
    here = talk(coming=(7, 9)).presses("p:erase")
    assert only(CountComing, here.effects) == [CountComing(7, -1), CountComing(9, -1)]
    assert only(ForgetPerson, here.effects)


@pytest.mark.parametrize("data", ["act", "act:see", "act:see:x", "act:see:99999999999999999999", "act:x:7"])
def test_what_is_no_button_of_ours_is_an_old_one(data: str) -> None:
    """A number no table can hold is no number."""
    assert "earlier message" in talk().presses(data).words


def test_a_timer_without_anything_waiting_stops() -> None:
    """Or it would fall for ever."""
    assert not talk().falls(Timer.ACTIVITY).says
    assert not talk(stopped=True, activities_waiting=(7,)).falls(Timer.ACTIVITY).says
