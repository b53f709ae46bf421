"""The first year: one suggestion at a time, only when asked, in an order that fits."""

from datetime import date, timedelta

import pytest

from dialogs.effects import Say
from dialogs.first_year import SUGGESTED, Phase, phase_of, suggestion
from dialogs.people import Plan
from tests.dialogs.cast import NOW, Talk, knowledge, leyla, library, only

TODAY = NOW.date()
HERE = [guide for guides in SUGGESTED.values() for guide in guides if guide in library().guides]


def test_it_asks_since_when_and_then_suggests_one() -> None:
    """One thing at a time."""
    talk = Talk(leyla()).presses("plan")
    assert talk.resident.plan.since is None
    talk.presses("plan:since:0")
    assert talk.resident.plan.since == TODAY
    assert [data for data in talk.offers if data.startswith("g:open:")] == [f"g:open:{HERE[0]}"]


def test_it_never_comes_by_itself() -> None:
    """It suggests, and never nags: no timer belongs to it."""
    talk = Talk(leyla()).presses("plan").presses("plan:since:0")
    assert talk.timers == {}
    assert len(only(Say, talk.effects)) == 1


def test_done_later_and_not_for_me_lead_on() -> None:
    """What is put aside comes last, what is not for her not at all."""
    talk = Talk(leyla(plan=Plan(TODAY - timedelta(days=300))))
    first, second, third = HERE[:3]
    talk.presses(f"plan:later:{first}").presses(f"plan:not:{second}").presses(f"plan:done:{third}")
    left = [guide for guide in HERE if guide not in (first, second, third)]
    for guide in left:
        assert f"g:open:{guide}" in talk.offers
        talk.presses(f"plan:done:{guide}")
    assert f"g:open:{first}" in talk.offers
    talk.presses(f"plan:done:{first}")
    assert "plan:anew" in talk.offers
    assert talk.presses("plan:anew").resident.plan == Plan()


def test_a_guide_read_to_its_end_is_done() -> None:
    """She need not say so twice."""
    resident = leyla(plan=Plan(TODAY), finished=(HERE[0],))
    found = suggestion(resident, knowledge(), TODAY)
    assert found is not None
    assert found.id != HERE[0]


def test_what_belongs_to_now_comes_before_what_comes_later() -> None:
    """In the first week nobody needs to think of a court; but who has done all of it may go ahead."""
    fresh = leyla(plan=Plan(TODAY))
    this_week = [guide for guide in HERE if phase_of(guide) is Phase.WEEK]
    found = suggestion(fresh, knowledge(), TODAY)
    assert found is not None
    assert not this_week or found.id == this_week[0]
    ahead = suggestion(leyla(plan=Plan(TODAY), finished=tuple(this_week)), knowledge(), TODAY)
    assert ahead is not None


def test_every_guide_has_its_place_in_the_year() -> None:
    """None is forgotten, none stands there twice."""
    named = [guide for guides in SUGGESTED.values() for guide in guides]
    assert len(named) == len(set(named))
    assert set(library().guides) <= set(named)
    assert phase_of("a new one") is Phase.YEAR


@pytest.mark.parametrize("data", ["plan:since:x", "plan:done:nothing", "plan:x:bills", "plan:"])
def test_a_forged_button_changes_nothing(data: str) -> None:
    """It is answered kindly."""
    talk = Talk(leyla()).presses(data)
    assert talk.resident.plan == Plan()
    assert talk.resident.finished == ()


def test_the_date_is_hers() -> None:
    """Somebody who left long ago is offered all of it."""
    talk = Talk(leyla()).presses("plan:since:200")
    assert talk.resident.plan.since == date(2026, 5, 8)
