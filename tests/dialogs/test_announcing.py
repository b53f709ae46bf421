"""Announcing: who may, one question after the other, a preview, and never twice."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from dialogs.activity import Activity, ActivityState, Draft, Then
from dialogs.announcing import may, read_moment
from dialogs.conversation import decide_contact
from dialogs.effects import AnnounceActivity, CancelActivity, Effect, FindActivities, FindMyActivities
from dialogs.events import ActivitiesFound, Event, Pressed, Wrote
from dialogs.kinds import ContactKind
from dialogs.knowledge import Described, Knowledge
from dialogs.people import Contact, Place, Role
from dialogs.words import Word
from tests.dialogs.cast import NOW, knowledge, mina, offered, only, words
from tests.dialogs.near_examples import described, dinner

BEGINS = datetime(2026, 12, 3, 17, 0, tzinfo=UTC)
DINNER = Draft("exempelstad", "Middag", BEGINS, "Mat finns.")


class Desk:
    """Mina, who comes from civil society, and what followed last."""

    def __init__(self, near: Described | None = None, **changes: object) -> None:
        self.contact: Contact = mina(**{"kind": ContactKind.CIVIL, "locale": "en", **changes})
        self.knowledge: Knowledge = replace(knowledge(), near=near or described())
        self.now = NOW
        self.effects: tuple[Effect, ...] = ()

    def happens(self, event: Event) -> "Desk":
        """One event."""
        outcome = decide_contact(self.contact, event, self.now, self.knowledge)
        self.contact, self.effects = outcome.person, outcome.effects
        return self

    def writes(self, text: str, word: Word | None = None) -> "Desk":
        """She types something."""
        return self.happens(Wrote(text, word))

    def presses(self, data: str) -> "Desk":
        """She presses a button."""
        return self.happens(Pressed(data))

    def found(self, then: Then, *activities: Activity) -> "Desk":
        """What the table answered."""
        return self.happens(ActivitiesFound(activities, then))

    @property
    def says(self) -> str:
        """What she reads."""
        return words(self.effects)


def test_coordinators_and_civil_society_may_announce() -> None:
    """Nobody else speaks to residents who never met them."""
    assert may(mina(kind=ContactKind.CIVIL))
    assert may(mina(role=Role.COORDINATOR))
    assert not may(mina(kind=ContactKind.CIVIL, joined=False))
    assert not [kind for kind in ContactKind if kind is not ContactKind.CIVIL and may(mina(kind=kind))]


def test_from_the_word_to_the_preview_and_out() -> None:
    """Place, title, day and time, a few words; it goes out when she has seen it."""
    desk = Desk().writes("activity", Word.ACTIVITY)
    assert "an:place:exempelstad" in offered(desk.effects)
    desk.presses("an:place:exempelstad").writes("Middag").writes("3/12 18:00").writes("Mat finns.")
    assert "Mat finns." in desk.says
    assert not only(AnnounceActivity, desk.effects)
    desk.presses("an:send")
    assert only(AnnounceActivity, desk.effects) == [AnnounceActivity(DINNER)]
    assert (desk.contact.draft, desk.contact.place) == (None, Place.MENU)


def test_sending_twice_sends_once() -> None:
    """Two presses at once, or an old button."""
    desk = Desk(place=Place.ACTIVITY, draft=DINNER).presses("an:send").presses("an:send")
    assert not only(AnnounceActivity, desk.effects)
    assert "earlier message" in desk.says


def test_everything_can_be_typed() -> None:
    """A place by its name in any language or case; the words may be left out."""
    desk = Desk().writes("activity", Word.ACTIVITY).writes("nowhere")
    assert "do not know that place" in desk.says
    desk.writes("EXEMPELSTAD").writes("Middag").writes("2026-12-03 18:00").presses("an:skip")
    assert desk.contact.draft == replace(DINNER, words="")


@pytest.mark.parametrize("text", ["Ring 08-465 004 10", "x" * 61, "https://x.example", "   "])
def test_a_title_that_is_not_fit_is_asked_for_again(text: str) -> None:
    """The question stays, and she hears why."""
    desk = Desk(place=Place.ACTIVITY, draft=Draft("exempelstad")).writes(text)
    assert desk.contact.draft == Draft("exempelstad")
    assert "What is it called" in desk.says


@pytest.mark.parametrize(
    "text", ["tomorrow", "31/2 18:00", "1/11", "2025-12-03 18:00", "2028-12-03 18:00", "3/12 25:00"]
)
def test_a_time_that_is_none_is_asked_for_again(text: str) -> None:
    """Past, too far away, or no date at all."""
    desk = Desk(place=Place.ACTIVITY, draft=Draft("exempelstad", "Middag")).writes(text)
    assert desk.contact.draft == Draft("exempelstad", "Middag")
    assert "still to come" in desk.says


@pytest.mark.parametrize("text", ["3/12 18:00", "3.12. kl 18.00", "2026-12-03, 18:00", "٣/١٢ ١٨:٠٠"])
def test_a_time_is_read_as_people_write_it(text: str) -> None:
    """In the digits of any script."""
    assert read_moment(text, NOW) == BEGINS


def test_a_day_that_was_is_next_year() -> None:
    """In November, 3/2 is February."""
    assert read_moment("3/2 18:00", NOW) == datetime(2027, 2, 3, 17, 0, tzinfo=UTC)


def test_a_time_that_passed_while_she_wrote_is_asked_for_again() -> None:
    """A preview may stand for days."""
    desk = Desk(place=Place.ACTIVITY, draft=DINNER)
    desk.now = BEGINS + timedelta(minutes=1)
    desk.presses("an:send")
    assert not only(AnnounceActivity, desk.effects)
    assert desk.contact.draft == replace(DINNER, begins_at=None)
    assert desk.writes("10/12 18:00").contact.draft is not None
    assert "Shall I send it" in desk.says


def test_a_place_that_is_gone_is_asked_for_again() -> None:
    """Nobody would hear of it."""
    desk = Desk(Described({"bergby": described().places["bergby"]}), place=Place.ACTIVITY, draft=DINNER)
    desk.presses("an:send")
    assert not only(AnnounceActivity, desk.effects)
    assert "In which place" in desk.says


def test_another_word_sets_it_down() -> None:
    """Her next words are not a title then."""
    desk = Desk(place=Place.ACTIVITY, draft=Draft("exempelstad")).writes("activities", Word.ACTIVITIES)
    assert (desk.contact.place, desk.contact.draft) == (Place.MENU, None)
    assert desk.effects == (FindMyActivities(2),)


@pytest.mark.parametrize(("data", "draft"), [("an:drop", None), ("an:again", Draft())])
def test_it_can_be_left_or_begun_again(data: str, draft: Draft | None) -> None:
    """Nothing is sent by mistake."""
    desk = Desk(place=Place.ACTIVITY, draft=DINNER).presses(data)
    assert desk.contact.draft == draft
    assert not only(AnnounceActivity, desk.effects)


def test_without_places_nothing_is_begun() -> None:
    """There is nobody who could be told."""
    desk = Desk(Described({})).writes("activity", Word.ACTIVITY)
    desk.knowledge = replace(desk.knowledge, near=Described())
    desk.writes("activity", Word.ACTIVITY)
    assert "No places are described" in desk.says
    assert desk.contact.place is Place.MENU


def test_the_number_is_shown_and_nobodys_name() -> None:
    """How many plates, never whose."""
    desk = Desk().found(Then.MINE, dinner(coming=4), dinner(id=8, by=3, coming=9))
    assert "Middag: 4 come" in desk.says
    assert "9 come" not in desk.says
    assert "9 come" in Desk(role=Role.COORDINATOR).found(Then.MINE, dinner(id=8, by=3, coming=9)).says
    assert "Nothing is announced" in Desk().found(Then.MINE).says


def test_a_coordinator_looks_after_all_of_them() -> None:
    """Whoever announced it may be on holiday."""
    assert Desk(role=Role.COORDINATOR).writes("", Word.ACTIVITIES).effects == (FindMyActivities(None),)


def test_cancelling_asks_once() -> None:
    """A slip would send people a message."""
    desk = Desk().presses("an:cancel:7")
    assert desk.effects == (FindActivities((7,), Then.ASK_CANCEL),)
    desk.found(Then.ASK_CANCEL, dinner())
    assert "an:really:7" in offered(desk.effects)
    desk.presses("an:really:7").found(Then.CANCEL, dinner())
    assert only(CancelActivity, desk.effects) == [CancelActivity(7)]


@pytest.mark.parametrize(
    "activity", [dinner(by=3), dinner(by=None), dinner(state=ActivityState.CANCELLED), dinner(ends_at=NOW)]
)
def test_what_is_not_hers_or_over_is_not_cancelled(activity: Activity) -> None:
    """An id can be guessed."""
    desk = Desk().found(Then.CANCEL, activity)
    assert not only(CancelActivity, desk.effects)
    assert "Nothing was changed" in desk.says


def test_others_cannot_reach_any_of_it() -> None:
    """The word is ordinary to them, the buttons are old, and what the table says is not shown."""
    desk = Desk(kind=ContactKind.ORDINARY)
    assert "an:" not in str(offered(desk.writes("activity", Word.ACTIVITY).effects))
    assert "earlier message" in desk.presses("an:cancel:7").says
    assert desk.found(Then.CANCEL, dinner()).effects == ()
