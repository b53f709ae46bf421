"""The rules of the shared plan, on their own and under everything both sides may do in any order."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from dialogs import conversation, sip
from dialogs.effects import Effect, Say
from dialogs.events import ContactPersonLeft, PlanChangeAsked, Pressed, Timer, TimerFell
from dialogs.kinds import ContactKind, Sight
from dialogs.people import Agreed, Resident
from dialogs.plan_entry import Helper, MarkDone, PlanChange, PlanEntry, SayNo, SayYes, Suggest, TakeBack
from tests.dialogs.cast import NOW, knowledge, leyla, only

MINA = Agreed(2, "Mina", ContactKind.PROFESSIONAL)
JOSEF = Agreed(3, "Josef")
TODAY = date(2026, 11, 24)
HER = leyla(proposed=(MINA, JOSEF), contacts=(MINA, JOSEF))


def suggested(by: int = 2, her: Resident = HER, on: date | None = None) -> Resident:
    """One proposal, of Mina's unless said otherwise."""
    found = sip.suggested(her, by, 2, "home-visit", Helper.PARTNER, on, TODAY)
    assert found is not None
    return found


def test_those_who_see_the_plan_can_agree_on_it() -> None:
    """Nobody is asked about a plan she may not look at."""
    assert [each.id for each in sip.partners(HER)] == [2]
    assert sip.partner(HER, 3) is None
    assert sip.suggested(HER, 1, 3, "home-visit", Helper.PARTNER, None, TODAY) is None


@pytest.mark.parametrize("by", [1, 2])
def test_a_proposal_is_one_yes_and_waits_for_the_other(by: int) -> None:
    """Whoever proposes has said yes; nothing counts yet."""
    (entry,) = suggested(by).sip
    assert (entry.her_yes, entry.their_yes, entry.agreed) == (by == 1, True if by == 2 else None, False)
    assert entry.news is (by == 2), "she hears of what others propose"


def test_her_yes_agrees_once() -> None:
    """A second tap changes nothing."""
    her = sip.accepted(suggested(), 1, TODAY)
    assert her is not None
    assert her.sip[0].agreed
    assert sip.accepted(her, 1, TODAY) is None
    assert sip.accepted(her, 9, TODAY) is None


def test_she_cannot_answer_for_the_other_nor_the_other_for_her() -> None:
    """Each yes is somebody's own."""
    assert sip.accepted(suggested(by=1), 1, TODAY) is None
    assert sip.answered(suggested(by=2), 2, 1, True, TODAY) is None
    assert sip.answered(suggested(by=1), 3, 1, True, TODAY) is None
    both = replace(suggested(by=1), contacts=(MINA, replace(JOSEF, kind=ContactKind.HOME_SUPPORT)))
    assert sip.answered(both, 3, 1, True, TODAY) is None, (
        "Josef sees the plan, but it was not he who was asked"
    )


def test_another_day_is_a_new_proposal_of_hers() -> None:
    """An old button must not say yes to a day that nobody saw on it."""
    agreed = sip.accepted(suggested(), 1, TODAY)
    assert agreed is not None
    her = sip.moved(agreed, 1, TODAY + timedelta(days=3), TODAY)
    assert her is not None
    (entry,) = her.sip
    assert (entry.id, entry.by, entry.agreed, entry.on) == (2, 1, False, TODAY + timedelta(days=3))
    assert sip.moved(her, 1, None, TODAY) is None


@pytest.mark.parametrize("days", [-1, 401])
def test_a_day_that_is_over_or_too_far_away_is_none(days: int) -> None:
    """A slip of the finger, or an old button."""
    on = TODAY + timedelta(days=days)
    assert sip.suggested(HER, 2, 2, "home-visit", Helper.PARTNER, on, TODAY) is None


def test_a_full_plan_takes_no_more() -> None:
    """Twenty lines can be read; a hundred cannot."""
    her = HER
    for _number in range(sip.MOST):
        her = suggested(her=her)
    assert sip.is_full(her)
    assert sip.suggested(her, 1, 2, "home-visit", Helper.PARTNER, None, TODAY) is None


def test_an_id_is_never_used_again() -> None:
    """A button of a line that is gone must not mean another one."""
    her = sip.taken_out(suggested(), 1)
    assert her is not None
    assert suggested(her=her).sip[0].id == 2


def test_done_needs_an_agreement() -> None:
    """What was never agreed on is not done either."""
    assert sip.done(suggested(), 1) is None
    agreed = sip.accepted(suggested(), 1, TODAY)
    assert agreed is not None
    assert sip.done_by(agreed, 3, 1) is None
    finished = sip.done_by(agreed, 2, 1)
    assert finished is not None
    assert finished.sip[0].done
    assert sip.done(finished, 1) is None


def test_a_contact_person_takes_back_only_her_own_open_proposal() -> None:
    """What is agreed is the resident's to take out."""
    assert sip.taken_back(suggested(by=1), 2, 1) is None
    agreed = sip.accepted(suggested(), 1, TODAY)
    assert agreed is not None
    assert sip.taken_back(agreed, 2, 1) is None
    gone = sip.taken_back(suggested(), 2, 1)
    assert gone is not None
    assert gone.sip == ()


def test_the_plan_is_read_in_the_order_of_days() -> None:
    """What was for a day that is over stands first, what is done last."""
    base = PlanEntry(0, "home-visit", Helper.CARE, 2, 1, None, True, True)
    entries = [
        replace(base, id=1, done=True),
        replace(base, id=2, their_yes=None),
        replace(base, id=3),
        replace(base, id=4, on=TODAY),
        replace(base, id=5, on=TODAY - timedelta(days=9)),
    ]
    assert [each.id for each in sip.in_order(entries)] == [5, 4, 3, 2, 1]


def test_a_contact_person_sees_no_open_talk_with_another() -> None:
    """What two have not agreed on yet stays between them."""
    josef = replace(JOSEF, kind=ContactKind.HOME_SUPPORT)
    her = suggested(her=replace(HER, contacts=(MINA, josef)))
    assert [each.id for each in sip.shown_to(her, 2)] == [1]
    assert sip.shown_to(her, 3) == ()
    agreed = sip.accepted(her, 1, TODAY)
    assert agreed is not None
    assert [each.id for each in sip.shown_to(agreed, 3)] == [1]


def test_looking_is_having_heard() -> None:
    """Whoever has seen the news need not be told."""
    her = suggested()
    assert sip.seen(her).sip[0].news is False
    assert sip.seen(HER) is HER


contact_ids = st.sampled_from([2, 3])
numbers = st.integers(1, 5)
steps = st.sampled_from(["home-visit", "auth-call", "odd"])
helpers = st.sampled_from(Helper)
days = st.none() | st.integers(-3, 9).map(lambda ahead: TODAY + timedelta(days=ahead))


class Plan(RuleBasedStateMachine):
    """She, Mina and Josef do anything in any order; every yes that was really said is written down."""

    def __init__(self) -> None:
        super().__init__()
        josef = replace(JOSEF, kind=ContactKind.HOME_SUPPORT)
        self.her = leyla(proposed=(MINA, josef), contacts=(MINA, josef))
        self.now, self.known = NOW, knowledge()
        self.effects: tuple[Effect, ...] = ()
        self.yeses: set[tuple[int, int]] = set()

    def _happens(self, event: Pressed | PlanChangeAsked | ContactPersonLeft | TimerFell) -> set[int]:
        before = {entry.id for entry in self.her.sip}
        outcome = conversation.decide(self.her, event, self.now, self.known)
        self.her, self.effects = outcome.person, outcome.effects
        return {entry.id for entry in self.her.sip} - before

    def _asks(self, by: int, change: PlanChange) -> None:
        seen = {entry.id for entry in sip.shown_to(self.her, by)}
        before = self.her
        new = self._happens(PlanChangeAsked(by, change))
        self.yeses |= {(number, by) for number in new}
        if isinstance(change, SayYes) and change.entry in seen:
            self.yeses.add((change.entry, by))
        if sip.partner(before, by) is None:
            assert (self.her, self.effects) == (before, ()), "who may not see it changes nothing"

    @rule(by=contact_ids, step=steps, helper=helpers, on=days)
    def somebody_proposes(self, by: int, step: str, helper: Helper, on: date | None) -> None:
        """With a right step or a wrong one."""
        self._asks(by, Suggest(step, helper, on))

    @rule(by=contact_ids, number=numbers, change=st.sampled_from([SayYes, SayNo, MarkDone, TakeBack]))
    def somebody_answers(
        self, by: int, number: int, change: type[SayYes | SayNo | MarkDone | TakeBack]
    ) -> None:
        """Also about what is not hers."""
        self._asks(by, change(number))

    @rule(contact=contact_ids, step=steps, helper=helpers, on=days)
    def she_proposes(self, contact: int, step: str, helper: Helper, on: date | None) -> None:
        """By the last of her taps."""
        day = "none" if on is None else f"{on:%Y%m%d}"
        new = self._happens(Pressed(f"sp:d:{step}:{helper}:{contact}:{day}"))
        self.yeses |= {(number, 1) for number in new}

    @rule(number=numbers, deed=st.sampled_from(["yes", "no", "done", "del", "e", "when"]))
    def she_presses(self, number: int, deed: str) -> None:
        """Old buttons too."""
        self._happens(Pressed(f"sp:{deed}:{number}"))
        if deed == "yes":
            self.yeses.add((number, 1))

    @rule(number=numbers, on=days)
    def she_chooses_another_day(self, number: int, on: date | None) -> None:
        """Which is a proposal of her own."""
        day = "none" if on is None else f"{on:%Y%m%d}"
        new = self._happens(Pressed(f"sp:on:{number}:{day}"))
        self.yeses |= {(fresh, 1) for fresh in new}

    @rule(
        contact=contact_ids, what=st.sampled_from(["told", Sight.PLAN]), answer=st.sampled_from(["yes", "no"])
    )
    def she_switches(self, contact: int, what: str, answer: str) -> None:
        """In the middle of everything."""
        self._happens(Pressed(f"set:see:{contact}:{what}:{answer}"))

    @rule(contact=contact_ids)
    def somebody_leaves(self, contact: int) -> None:
        """For good."""
        self._happens(ContactPersonLeft(contact))

    @rule(hours=st.integers(1, 60))
    def time_passes(self, hours: int) -> None:
        """And the timer falls, needed or not."""
        self.now += timedelta(hours=hours)
        self._happens(TimerFell(Timer.PLAN, self.now))

    @invariant()
    def nothing_counts_without_both_yeses(self) -> None:
        """Each was really said, by that person, to that very line."""
        for entry in self.her.sip:
            if entry.agreed or entry.done:
                assert {(entry.id, 1), (entry.id, entry.contact)} <= self.yeses

    @invariant()
    def nobody_without_sight_gets_a_line_or_a_word(self) -> None:
        """Not even that there is one."""
        for contact in (2, 3):
            if sip.partner(self.her, contact) is None:
                assert sip.shown_to(self.her, contact) == ()
                assert not [say for say in only(Say, self.effects) if say.to == contact]

    @invariant()
    def the_plan_can_be_taken_in(self) -> None:
        """Few lines, each with an id of its own."""
        ids = [entry.id for entry in self.her.sip]
        assert len(ids) == len(set(ids)) <= sip.MOST
        assert max(ids, default=0) <= self.her.sip_count


TestPlan = Plan.TestCase
TestPlan.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)


@given(entries=st.lists(st.integers(0, 3), max_size=8), kind=st.sampled_from(ContactKind))
def test_what_is_shown_follows_sight_alone(entries: list[int], kind: ContactKind) -> None:
    """Whatever stands in the plan, a kind that does not see it by default is shown none of it."""
    base = PlanEntry(0, "home-visit", Helper.CARE, 2, 1)
    states = [(True, True), (True, None), (False, True), (True, False)]
    lines = tuple(
        replace(base, id=number, her_yes=states[state][0], their_yes=states[state][1])
        for number, state in enumerate(entries, 1)
    )
    mina = replace(MINA, kind=kind)
    her = leyla(contacts=(mina,), proposed=(mina,), sip=lines)
    sees = kind in (ContactKind.PROFESSIONAL, ContactKind.HOME_SUPPORT, ContactKind.SOCIAL_SERVICES)
    assert len(sip.shown_to(her, 2)) == (sum(state != 3 for state in entries) if sees else 0)
