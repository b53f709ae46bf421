"""Escalation: who is told when, what each of them hears, and that only a person ends an alert."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.alert import (
    TRANSITIONS,
    Acknowledged,
    AcknowledgementExpired,
    Alert,
    AlertEvent,
    AlertState,
    ContactAnswer,
    ContactGone,
    ContactTold,
    Declined,
    IllegalTransition,
    Mistaken,
    MistakenAfterTalk,
    NoteHanded,
    NotReached,
    Reached,
    ReachedNeedsMore,
    ReachedSafe,
    Repeated,
    ResidentAnswered,
    ResidentLeft,
    SilenceLasted,
    TakenOver,
    TellingFailed,
    TellingStalled,
    Track,
    Worsened,
)
from dialogs.effects import Effect, LetHappen, Purpose, Say, UnbuttonAlert
from dialogs.escalation import begin, clock_set_back, decide, due_event
from dialogs.escalation_policy import Policy
from dialogs.events import HeavyCaseClosed
from dialogs.ladder import Ladder, Link, Reach, Rung, build
from tests.dialogs.cast import NOW, approved, offered, only, unprompted, words
from tests.dialogs.test_alert import an_event

LEYLA, MINA, JOSEF, ANNA = 1, 2, 3, 4
CHAIN = (Link(MINA, "Mina"), Link(JOSEF, "Josef"))


def ladder(chain: tuple[Link, ...], level: int = 2) -> Ladder:
    """The usual policy, and everybody at work."""
    people = [Reach(link.id, link.name, on_duty_at=NOW) for link in chain]
    return build(Policy().of(level), people, [], NOW)


class Case:
    """An alert that is played: keeps the alert, the clock, the chain, and what followed last."""

    def __init__(
        self,
        *reasons: str,
        track: Track = Track.URGENT,
        level: int = 2,
        chain: tuple[Link, ...] = CHAIN,
    ) -> None:
        self.now, self.chain = NOW, chain
        fresh = Alert(7, LEYLA, "Linden", track, level, reasons or ("TV2",), NOW, NOW)
        self.alert, effects = begin(fresh, NOW, ladder(chain, level))
        self.effects: list[Effect] = effects

    def happens(self, event: AlertEvent, *, after: timedelta = timedelta(0)) -> "Case":
        """Let something happen, `after` some time."""
        self.now += after
        level = max(self.alert.level, event.level) if isinstance(event, Worsened) else self.alert.level
        self.alert, self.effects = decide(self.alert, event, self.now, ladder(self.chain, level))
        return self

    def time_comes(self) -> "Case":
        """Its next moment comes."""
        assert self.alert.next_step_at is not None
        return self.happens(due_event(self.alert.state), after=self.alert.next_step_at - self.now)

    @property
    def told(self) -> list[int | None]:
        """Who is told of the alert just now."""
        return [say.to for say in only(Say, self.effects) if say.purpose is Purpose.ALERT]

    def heard_by(self, person: int) -> str:
        """What one person reads just now."""
        return words([say for say in only(Say, self.effects) if say.to == person])


def waiting(*reasons: str) -> Case:
    """Mina was told, and the message arrived."""
    return Case(*reasons).happens(ContactTold(1))


def taken(*reasons: str) -> Case:
    """Mina has it; Josef was told before her."""
    case = Case(*reasons, chain=(Link(JOSEF, "Josef"), Link(MINA, "Mina")))
    case.happens(ContactTold(1)).time_comes().happens(ContactTold(2))
    return case.happens(Acknowledged(MINA, 2))


def in_state(state: AlertState) -> Case:
    """An alert about silence in each of its states, all by Mina."""
    case = Case("silence:2", track=Track.QUIET, level=1)
    path: list[AlertEvent] = [ContactTold(1), Acknowledged(MINA, 1), ReachedSafe(MINA)]
    for event in path[: list(AlertState).index(state)]:
        case.happens(event)
    return case


@pytest.mark.parametrize(("state", "kind"), TRANSITIONS)
def test_every_step_of_the_table_happens(state: AlertState, kind: type[AlertEvent]) -> None:
    """What the drawing promises is what people get."""
    case = in_state(state)
    assert case.alert.state is state
    assert case.happens(an_event(kind)).alert.state is TRANSITIONS[state, kind]


# --- taking over, and handing on ---


def test_a_case_that_somebody_has_can_be_taken_over() -> None:
    """Mina's battery dies: Josef need not wait for eight hours, and everybody knows who comes."""
    case = taken()
    refused = case.happens(Acknowledged(JOSEF))
    assert "al:7:2:over" in offered(refused.effects)
    case.happens(TakenOver(JOSEF, 2), after=timedelta(hours=1))
    assert (case.alert.holder, case.alert.held_by) == (JOSEF, (MINA, JOSEF))
    assert case.alert.next_step_at == case.now + ladder(CHAIN).outcome
    assert "You have case 7" in case.heard_by(JOSEF)
    assert "Josef has taken case 7 over from you" in case.heard_by(MINA)
    (said,) = unprompted(case.effects)
    assert "Josef will get in touch" in words([said])


def test_the_earlier_holder_can_end_nothing_any_more() -> None:
    """Her buttons are still in the chat."""
    case = taken().happens(TakenOver(JOSEF, 2)).happens(ReachedSafe(MINA, 2))
    assert case.alert.state is AlertState.ACKNOWLEDGED
    assert "Josef has case 7 already" in case.heard_by(MINA)


def test_two_presses_take_it_over_once() -> None:
    """She presses again because the network is slow; the resident hears one thing once."""
    case = taken().happens(TakenOver(JOSEF, 2)).happens(TakenOver(JOSEF, 2))
    assert case.heard_by(JOSEF) == "You have case 7 already."
    assert unprompted(case.effects) == []


def test_taking_over_what_nobody_has_is_taking_it_on() -> None:
    """In the meantime it was opened again."""
    case = waiting().happens(TakenOver(MINA, 1))
    assert (case.alert.state, case.alert.holder) == (AlertState.ACKNOWLEDGED, MINA)


def test_who_was_never_told_takes_over_nothing_but_a_coordinator_does() -> None:
    """R27; and the desk sees all that is open."""
    case = Case(chain=(Link(MINA, "Mina"), Link(JOSEF, "Josef"))).happens(ContactTold(1))
    case.happens(Acknowledged(MINA, 1)).happens(TakenOver(JOSEF))
    assert (case.alert.holder, case.heard_by(JOSEF)) == (
        MINA,
        "This case is not yours. Nothing was changed.",
    )
    desk = build(Policy().of(2), [Reach(MINA, "Mina")], [Reach(ANNA, "Anna", coordinator=True)], NOW)
    alert, effects = decide(case.alert, TakenOver(ANNA), NOW, desk)
    assert alert.holder == ANNA
    assert "Anna has taken case 7 over" in words(effects)
    closed, _effects = decide(alert, ReachedSafe(ANNA), NOW, desk)
    assert closed.state is AlertState.CLOSED, "from then on she was told as the others were"


@pytest.mark.parametrize("handing_on", [Declined(MINA, 2), NotReached(MINA, 2)])
def test_who_hands_a_case_on_may_leave_a_note(handing_on: AlertEvent) -> None:
    """It goes on at once; the note follows if she likes, to who was told and to who is told later."""
    case = taken().happens(handing_on)
    assert case.told == [JOSEF]
    assert {"hn:7:called", "hn:7:ask"} <= set(offered(case.effects))
    case.happens(NoteHanded(MINA, "called"))
    assert case.alert.notes == ("hand:called:2",)
    assert "Mina: I have called." in case.heard_by(JOSEF)
    assert "hn:7:called" not in offered(case.effects)
    case.happens(ContactTold(3)).time_comes()
    assert "Mina: I have called." in words(case.effects)


def test_a_note_is_read_by_who_has_it_meanwhile() -> None:
    """Josef was quick."""
    case = taken().happens(Declined(MINA, 2)).happens(ContactTold(3)).happens(Acknowledged(JOSEF, 3))
    case.happens(NoteHanded(MINA, "later"))
    assert "Calling later is better" in case.heard_by(JOSEF)
    assert (case.alert.holder, case.alert.state) == (JOSEF, AlertState.ACKNOWLEDGED)


@pytest.mark.parametrize(
    "note", [NoteHanded(JOSEF, "called"), NoteHanded(MINA, "anything"), NoteHanded(99, "called")]
)
def test_nobody_else_leaves_a_note_and_no_other_words(note: NoteHanded) -> None:
    """Who did not have it knows nothing of it."""
    case = taken().happens(Declined(MINA, 2)).happens(note)
    assert case.alert.notes == ()
    assert "Nothing was changed" in words(case.effects)


def test_a_note_is_passed_on_once_and_not_about_a_closed_case() -> None:
    """The button stays in the chat."""
    case = taken().happens(Declined(MINA, 2)).happens(NoteHanded(MINA, "ask"))
    assert "already" in case.happens(NoteHanded(MINA, "ask")).heard_by(MINA)
    case.happens(ContactTold(3)).happens(ReachedSafe(JOSEF, 3)).happens(NoteHanded(MINA, "wrote"))
    assert "closed already" in case.heard_by(MINA)
    assert case.alert.notes == ("hand:ask:2",)


@pytest.mark.parametrize(("level", "asked"), [(3, [MINA, JOSEF]), (2, [])])
def test_after_an_emergency_whoever_had_it_is_asked_about_it(level: int, asked: list[int]) -> None:
    """Also who handed it over: it was hers for an hour (S21)."""
    case = Case(level=level).happens(ContactTold(1)).time_comes().happens(ContactTold(2))
    case.happens(Acknowledged(MINA)).happens(TakenOver(JOSEF)).happens(ReachedSafe(JOSEF))
    assert [passed.person for passed in only(LetHappen, case.effects)] == asked
    assert all(passed.event == HeavyCaseClosed(7) for passed in only(LetHappen, case.effects))


# --- who is told, and when ---


def test_the_first_of_the_chain_is_told_at_once() -> None:
    """Nobody waits for a tick."""
    assert Case().told == [MINA]


def test_silence_brings_the_next_contact_person_round_and_round() -> None:
    """No answer is never taken for an answer."""
    case = Case().happens(ContactTold(1))
    order = []
    for step in range(2, 6):
        order += case.time_comes().told
        case.happens(ContactTold(step))
    assert order == [JOSEF, MINA, JOSEF, MINA]


@pytest.mark.parametrize(("level", "minutes"), [(3, 2), (2, 15), (1, 240)])
def test_each_level_waits_its_own_time(level: int, minutes: int) -> None:
    """Contact persons are promised these times when they join."""
    case = Case(level=level).happens(ContactTold(1))
    assert case.alert.next_step_at == NOW + timedelta(minutes=minutes)


def test_a_telling_that_failed_brings_the_next_person_at_once() -> None:
    """Who blocked the bot will not answer, however long we wait."""
    assert Case().happens(TellingFailed(1)).told == [JOSEF]


def test_when_every_telling_failed_the_round_rests_before_it_begins_again() -> None:
    """Hurrying on would spin without end and reach nobody."""
    case = Case().happens(TellingFailed(1)).happens(TellingFailed(2))
    assert case.told == []
    assert case.alert.next_step_at == NOW + ladder(CHAIN).answer
    assert case.time_comes().told == [MINA]


def test_a_telling_that_is_unclear_for_too_long_brings_the_next_person() -> None:
    """A message that hangs in the net is no reason to wait."""
    assert Case().time_comes().told == [JOSEF]


def test_who_has_a_telling_under_way_is_not_told_twice() -> None:
    """The sender still holds it and will deliver it."""
    case = Case().time_comes()
    assert case.time_comes().told == []
    assert case.alert.next_step_at == case.now + ladder(CHAIN).delivery


def test_a_late_delivery_of_an_earlier_telling_moves_no_clock() -> None:
    """Only the latest telling is waited for."""
    case = Case().time_comes()
    before = case.alert.next_step_at
    case.happens(ContactTold(1))
    assert (case.alert.state, case.alert.next_step_at) == (AlertState.RAISED, before)
    assert case.alert.told[0].arrived


def test_somebody_who_cannot_is_thanked_and_the_next_is_told() -> None:
    """Saying no is a good answer: it saves time."""
    case = waiting().happens(Declined(MINA))
    assert case.told == [JOSEF]
    assert "Thank you" in case.heard_by(MINA)


def test_declining_twice_tells_nobody_else() -> None:
    """A double tap is one answer; whoever was told meanwhile has her own time to answer."""
    case = Case(chain=(*CHAIN, Link(ANNA, "Anna"))).happens(ContactTold(1)).happens(Declined(MINA))
    case.happens(ContactTold(2)).happens(Declined(MINA))
    assert case.told == []


def test_an_empty_chain_keeps_looking_and_the_resident_hears_it() -> None:
    """Nobody to tell is the worst time for silence."""
    case = Case(chain=())
    assert "No answer yet" in case.heard_by(LEYLA)
    case.chain = CHAIN
    assert case.time_comes().told == [MINA]


def test_who_handed_it_on_to_nobody_no_longer_has_it() -> None:
    """Further signs go to whoever has it; she has said that she has not."""
    case = waiting().happens(Acknowledged(MINA, 1))
    case.chain = CHAIN[:1]
    assert case.happens(NotReached(MINA)).alert.holder is None


# --- made worse, repeated ---


def test_a_worse_sign_tells_everybody_anew_from_the_first() -> None:
    """Whoever rested on a lower level must hear that it is another one now."""
    case = taken().happens(Worsened(3, ("TV3",)))
    assert case.told == [JOSEF]
    assert (case.alert.level, case.alert.reasons, case.alert.holder) == (3, ("TV2", "TV3"), None)
    assert "🔴" in case.heard_by(JOSEF)


def test_an_alert_never_becomes_milder() -> None:
    """A later, smaller sign takes nothing back (R23)."""
    assert waiting().happens(Worsened(1, ("DI1",))).alert.level == 2


@pytest.mark.parametrize("chain", [CHAIN, CHAIN[:1]])
def test_a_worse_sign_is_told_to_whom_the_earlier_telling_was_dropped(chain: tuple[Link, ...]) -> None:
    """What waits unsent is dropped when it gets worse; the new telling must take its place."""
    case = Case(chain=chain).happens(Worsened(3, ("TV3",)))
    assert UnbuttonAlert(7) in case.effects
    told = list(case.told)
    for _round in range(2 * len(chain)):
        told += case.time_comes().told
    assert MINA in told


def test_whose_telling_was_dropped_when_somebody_took_it_on_is_told_when_it_opens_again() -> None:
    """Mina takes it on late, while Josef's message waits; she does not reach her; Josef is still there."""
    case = waiting().time_comes().happens(Acknowledged(MINA, 1)).happens(NotReached(MINA))
    told = list(case.told)
    for step in range(3, 6):
        case.happens(ContactTold(step))
        told += case.time_comes().told
    assert JOSEF in told


def test_a_further_sign_is_a_note_to_whoever_has_it() -> None:
    """One person deals with it; the others are not alarmed again."""
    case = taken().happens(Repeated(("LF2",)))
    assert [say.to for say in only(Say, case.effects)] == [MINA]
    assert case.alert.state is AlertState.ACKNOWLEDGED
    assert case.alert.reasons == ("TV2", "LF2")


def test_before_anybody_has_it_the_note_goes_to_whoever_was_told_last() -> None:
    """That is who is about to answer."""
    case = waiting().time_comes().happens(ContactTold(2)).happens(Repeated(("someone",)))
    assert [say.to for say in only(Say, case.effects)] == [JOSEF]


def test_the_same_sign_is_noted_once_in_five_minutes_and_a_new_one_at_once() -> None:
    """Somebody in fear presses often; her contact person must still be able to read."""
    case = taken().happens(Repeated(("TV2",)))
    assert case.happens(Repeated(("TV2",)), after=timedelta(minutes=4)).effects == []
    assert case.happens(Repeated(("LF2",))).effects != []
    assert case.happens(Repeated(("LF2",)), after=timedelta(minutes=6)).effects != []


# --- taken on ---


def test_everybody_learns_who_has_it() -> None:
    """Two who both go, or none, is what this prevents (R30, R31)."""
    case = taken()
    assert case.effects[0] == UnbuttonAlert(7)
    assert "You have case 7" in case.heard_by(MINA)
    assert "Mina has case 7" in case.heard_by(JOSEF)
    assert "Mina will get in touch with you" in case.heard_by(LEYLA)


def test_whoever_has_it_can_say_how_it_went() -> None:
    """Acknowledged is not finished."""
    answers = [data for data in offered(taken().effects) if data.startswith("al:")]
    assert {data.rpartition(":")[2] for data in answers} == {
        "safe",
        "more",
        "missed",
        "mistaken",
        "cannot",
    }


def test_taken_on_and_then_nothing_opens_it_again() -> None:
    """At night taken on, in the morning forgotten: it comes back by itself (R26)."""
    case = taken()
    expiry = case.alert.next_step_at
    assert expiry == case.now + ladder(CHAIN).outcome
    case.time_comes()
    assert "open again" in case.heard_by(MINA)
    assert case.told == [JOSEF]
    assert case.alert.holder is None


def test_not_reached_goes_on_to_the_next_and_the_resident_hears_it() -> None:
    """Trying is not reaching."""
    case = taken().happens(NotReached(MINA))
    assert case.told == [JOSEF]
    assert "Mina tried" in case.heard_by(LEYLA)
    assert case.alert.state is AlertState.RAISED


def test_reached_ends_it_and_the_others_hear_it() -> None:
    """Nobody goes on looking for her."""
    case = taken().happens(ReachedSafe(MINA))
    assert (case.alert.outcome, case.alert.closed_by) == ("safe", MINA)
    assert (case.alert.state, case.alert.next_step_at, case.alert.closed_at) == (
        AlertState.CLOSED,
        None,
        case.now,
    )
    assert case.effects[0] == UnbuttonAlert(7)
    assert "closed" in case.heard_by(JOSEF)
    assert case.heard_by(LEYLA) == ""


@pytest.mark.parametrize(
    ("case", "event", "hint"),
    [
        (waiting(), Acknowledged(JOSEF, 1), "not yours"),
        (waiting(), Reached(ANNA), "not yours"),
        (waiting(), NotReached(MINA), "Take it on first"),
        (taken(), Acknowledged(JOSEF, 1), "Mina has case 7 already"),
        (taken(), Declined(JOSEF), "Mina has case 7 already"),
        (taken(), Reached(JOSEF), "Mina has case 7 already"),
        (taken(), Acknowledged(MINA, 2), "You have case 7 already"),
        (taken().happens(ReachedSafe(MINA)), ReachedSafe(MINA), "closed already"),
        (taken().happens(ReachedSafe(MINA)), Acknowledged(JOSEF, 1), "closed already"),
    ],
)
def test_a_press_that_is_stale_repeated_or_foreign_is_refused_kindly(
    case: Case, event: ContactAnswer, hint: str
) -> None:
    """The alert itself refuses; whoever pressed hears why, and nobody else hears anything (R27)."""
    before = case.alert
    case.happens(event)
    assert case.alert == before
    assert [say.to for say in only(Say, case.effects)] == [event.by]
    assert hint in words(case.effects)


def test_a_button_from_before_it_was_opened_anew_is_stale_and_one_tap_says_it_again() -> None:
    """A months-old button must not end tonight's case; but whoever means it needs only one tap (R27)."""
    case = taken().time_comes()
    for old in (ReachedSafe(MINA, 2), Acknowledged(MINA, 2), Declined(JOSEF, 1)):
        before = case.alert
        case.happens(old)
        assert case.alert == before
        assert "opened again" in case.heard_by(old.by)
    case.happens(ReachedSafe(MINA, 2))
    (fresh,) = offered(case.effects)
    assert fresh == f"al:7:{case.alert.step}:safe"
    assert case.happens(ReachedSafe(MINA, case.alert.step)).alert.state is AlertState.CLOSED


def test_the_buttons_of_whoever_takes_it_on_late_are_not_stale_from_the_beginning() -> None:
    """Opened anew while nobody could be told, and then taken on: its own buttons must work."""
    case = taken()
    case.chain = ()
    case.time_comes()
    case.chain = CHAIN
    case.happens(Acknowledged(MINA))
    step = int(offered(case.effects)[0].split(":")[2])
    assert case.happens(ReachedSafe(MINA, step)).alert.state is AlertState.CLOSED


def test_a_removed_colleague_is_refused() -> None:
    """She was told, and the resident has taken her yes back since (R27)."""
    case = waiting()
    case.chain = CHAIN[1:]
    before = case.alert
    assert "no longer yours" in case.happens(Acknowledged(MINA, 1)).heard_by(MINA)
    assert case.alert == before


def test_who_may_no_longer_be_told_no_longer_has_it() -> None:
    """The holder hears so, the next one is asked, and her old buttons are stale."""
    case = taken()
    case.chain = CHAIN[1:]
    case.happens(ContactGone(MINA))
    assert "no longer yours" in case.heard_by(MINA)
    assert case.told == [JOSEF]
    assert case.alert.holder is None


def test_whoever_leaves_while_being_asked_is_not_waited_for() -> None:
    """A quarter of an hour for somebody who is gone would be a quarter of an hour lost."""
    case = waiting()
    case.chain = CHAIN[1:]
    assert case.happens(ContactGone(MINA)).told == [JOSEF]
    assert case.happens(ContactGone(ANNA)).told == [], "who was never asked changes nothing"


# --- outcomes ---


def test_reached_alone_is_a_question_and_ends_nothing() -> None:
    """Closing needs an outcome: is she safe, or does she need more?"""
    case = taken()
    before = case.alert
    case.happens(Reached(MINA))
    assert case.alert == before
    assert [data.rpartition(":")[2] for data in offered(case.effects)] == ["safe", "more"]


def test_a_mistake_ends_it_only_after_a_talk() -> None:
    """Anybody can type "a mistake" on her phone; a voice is harder to imitate (R23)."""
    case = taken().happens(Mistaken(MINA))
    assert case.alert.state is AlertState.ACKNOWLEDGED
    assert "talked" in offered(case.effects)[0]
    case.happens(MistakenAfterTalk(MINA))
    assert (case.alert.state, case.alert.outcome) == (AlertState.CLOSED, "mistaken")
    assert "mistake" in case.heard_by(JOSEF)


def test_needs_more_stays_with_whoever_has_it_and_the_desk_hears_it() -> None:
    """Reached is not helped; and one person alone need not carry it."""
    case = taken()
    wide = replace(ladder(case.chain), desk=(Link(9, "Karin"),))
    alert, effects = decide(case.alert, ReachedNeedsMore(MINA), NOW + timedelta(hours=3), wide)
    assert (alert.state, alert.holder) == (AlertState.ACKNOWLEDGED, MINA)
    assert alert.next_step_at == NOW + timedelta(hours=11)
    assert [say.to for say in only(Say, effects)] == [MINA, 9]
    assert "More help is needed" in words([say for say in only(Say, effects) if say.to == 9])


def test_two_who_are_asked_together_both_have_to_say_no() -> None:
    """One "cannot" of a rung does not end the other's turn."""
    together = replace(
        ladder(CHAIN),
        rungs=(Rung(CHAIN, timedelta(minutes=5)), Rung((Link(ANNA, "Anna"),), timedelta(minutes=5))),
    )
    fresh = Alert(7, LEYLA, "Linden", Track.URGENT, 2, ("TV2",), NOW, NOW)
    alert, effects = begin(fresh, NOW, together)
    assert [say.to for say in only(Say, effects)] == [MINA, JOSEF]
    alert, _said = decide(alert, ContactTold(1), NOW, together)
    assert alert.next_step_at == NOW + timedelta(minutes=5)
    alert, effects = decide(alert, Declined(MINA, 1), NOW, together)
    assert [say.to for say in only(Say, effects)] == [MINA]
    _alert, effects = decide(alert, Declined(JOSEF, 2), NOW, together)
    assert ANNA in [say.to for say in only(Say, effects)]


def test_a_late_answer_counts() -> None:
    """Mina answers when Josef was asked already: somebody has it, that is what matters."""
    case = waiting().time_comes().happens(Acknowledged(MINA, 1))
    assert (case.alert.state, case.alert.holder) == (AlertState.ACKNOWLEDGED, MINA)
    assert "Mina has case 7" in case.heard_by(JOSEF)


# --- what the resident hears, and what she can end ---


def test_the_resident_hears_when_nobody_has_answered_but_not_every_time() -> None:
    """Honest, and no hail of bad news (R31)."""
    case = waiting().time_comes()
    assert "No answer yet" in case.heard_by(LEYLA)
    assert case.happens(ContactTold(2)).time_comes().heard_by(LEYLA) == ""
    assert "No answer yet" in case.happens(TellingStalled(), after=timedelta(hours=1)).heard_by(LEYLA)


def test_a_quiet_alert_brings_her_no_news_of_nobody() -> None:
    """She is not waiting for it; it would only frighten."""
    case = Case("silence:2", track=Track.QUIET, level=1).happens(ContactTold(1)).time_comes()
    assert case.heard_by(LEYLA) == ""


def test_who_cannot_be_written_to_is_not_written_to() -> None:
    """She blocked the bot: a message would only fail, or come on the day she is back."""
    case = Case("blocked", track=Track.QUIET, level=1).happens(ContactTold(1)).happens(Acknowledged(MINA, 1))
    assert case.heard_by(LEYLA) == ""


def test_a_late_answer_ends_an_alert_about_silence_and_all_who_were_alarmed_hear_it() -> None:
    """All-clear to exactly those who were told (R7)."""
    case = Case("silence:2", "seen:4", track=Track.QUIET, level=1, chain=(*CHAIN, Link(ANNA, "Anna")))
    case.happens(ContactTold(1)).time_comes().happens(ContactTold(2)).happens(ResidentAnswered())
    assert case.alert.state is AlertState.CLOSED
    assert [say.to for say in only(Say, case.effects)] == [MINA, JOSEF]


@pytest.mark.parametrize(
    "reasons", [("TV2",), ("silence:2", "stuck:3:guide|Bills"), ("blocked",), ("company",)]
)
def test_her_answer_ends_nothing_but_silence(reasons: tuple[str, ...]) -> None:
    """A tap on a smiling face does not say that a threat is over (R23)."""
    case = waiting(*reasons)
    before = case.alert
    assert case.happens(ResidentAnswered()).alert == before
    assert case.effects == []


def test_when_she_leaves_those_who_were_told_hear_why_to_look_twice() -> None:
    """A hand on her phone could have erased her."""
    case = taken().happens(ResidentLeft())
    assert case.alert.state is AlertState.CLOSED
    for person in (MINA, JOSEF):
        assert "cannot tell whether it was" in case.heard_by(person)


@pytest.mark.parametrize("state", AlertState)
def test_each_open_state_knows_what_its_next_time_means(state: AlertState) -> None:
    """A due row says only "look now"; the state says why."""
    if state is AlertState.CLOSED:
        with pytest.raises(ValueError, match="no next time"):
            due_event(state)
    else:
        assert (state, type(due_event(state))) in TRANSITIONS


# --- whatever happens ---

people = st.sampled_from([LEYLA, MINA, JOSEF, ANNA, 9])
steps = st.integers(0, 6)
codes = st.lists(
    st.sampled_from(
        ["silence:2", "seen:3", "TV2", "SU3", "someone", "blocked", "stuck:2:guide|Bills", "odd"]
    ),
    min_size=1,
    max_size=3,
).map(tuple)
events = st.one_of(
    st.builds(ContactTold, steps),
    st.builds(TellingFailed, steps),
    *(st.builds(kind, people, st.none() | steps) for kind in get_args(ContactAnswer)),
    st.builds(ContactGone, people),
    st.builds(Worsened, st.integers(1, 3), codes),
    st.builds(Repeated, codes),
    st.sampled_from(
        [TellingStalled(), SilenceLasted(), AcknowledgementExpired(), ResidentAnswered(), ResidentLeft()]
    ),
)
chains = st.lists(st.sampled_from([*CHAIN, Link(ANNA, "Anna")]), max_size=3, unique=True).map(tuple)
moves = st.lists(st.tuples(st.integers(-5, 600), events, chains), max_size=30)


def _next(alert: Alert, event: AlertEvent, now: datetime, chain: tuple[Link, ...]) -> Alert:
    """One step, with everything that holds for each step."""
    try:
        level = max(alert.level, event.level) if isinstance(event, Worsened) else alert.level
        after, effects = decide(alert, event, now, ladder(chain, level))
    except IllegalTransition:
        assert (alert.state, type(event)) not in TRANSITIONS
        return alert
    for say in only(Say, effects):
        assert words([say]).strip()
        assert say.alert == alert.id
        assert say.to is not None
    assert all(len(data.encode()) <= 64 for data in offered(effects))
    assert all(approved(say) for say in unprompted(effects, LEYLA))
    if after.state is AlertState.CLOSED and alert.state is not AlertState.CLOSED:
        assert isinstance(event, ReachedSafe | MistakenAfterTalk | ResidentLeft | ResidentAnswered)
        if isinstance(event, ResidentAnswered):
            assert all(code.startswith(("silence:", "seen:")) for code in alert.reasons)
    assert after.level >= alert.level
    assert set(after.reasons) >= set(alert.reasons)
    return after


@settings(max_examples=200, deadline=None)
@given(track=st.sampled_from(Track), level=st.integers(1, 3), reasons=codes, first=chains, play=moves)
def test_whatever_happens_an_open_alert_has_a_next_time_and_only_a_person_ends_it(
    track: Track,
    level: int,
    reasons: tuple[str, ...],
    first: tuple[Link, ...],
    play: list[tuple[int, AlertEvent, tuple[Link, ...]]],
) -> None:
    """No order of presses, failures, restarts and late clocks loses a cry for help (R26)."""
    now = NOW
    fresh = Alert(7, LEYLA, "Linden", track, level, reasons, now, now)
    alert, _effects = begin(fresh, now, ladder(first, level))
    for minutes, event, chain in play:
        now += timedelta(minutes=minutes)
        if alert.next_step_at is not None and alert.next_step_at <= now:
            alert = _next(alert, due_event(alert.state), now, chain)
        alert = _next(alert, event, now, chain)
        if alert.state is AlertState.CLOSED:
            assert alert.next_step_at is None
            assert alert.closed_at is not None
        else:
            assert alert.next_step_at is not None
            assert alert.next_step_at > now
            assert replace(alert, next_step_at=None).closed_at is None


def test_a_clock_set_back_leaves_every_distance_as_it_was() -> None:
    """What was to come in two minutes comes in two minutes; what is past stays past."""
    case = waiting("TV2")
    noted = replace(case.alert, resident_told_at=NOW - timedelta(hours=3), noted_at=NOW)
    by, now = timedelta(hours=2), NOW - timedelta(hours=2)
    back = clock_set_back(noted, by, now)
    assert noted.next_step_at is not None
    assert back.next_step_at == noted.next_step_at - by
    assert (back.resident_told_at, back.noted_at) == (NOW - timedelta(hours=3), now)
    assert replace(back, next_step_at=noted.next_step_at, noted_at=NOW) == noted


def test_a_closed_alert_has_no_moment_to_move() -> None:
    """It has no next time, and gets none."""
    closed = waiting().happens(ReachedSafe(MINA)).alert
    assert clock_set_back(closed, timedelta(hours=2), NOW - timedelta(hours=2)).next_step_at is None


# --- from the desk ---

KARIN = 9


def _desk_ladder() -> Ladder:
    people = [Reach(link.id, link.name, on_duty_at=NOW) for link in CHAIN]
    karin = Reach(KARIN, "Karin", coordinator=True, on_duty_at=NOW)
    return build(Policy().of(2), people, [karin], NOW)


def _told() -> Alert:
    fresh = Alert(1, LEYLA, "Leyla", Track.URGENT, 2, ("someone",), NOW, NOW)
    alert, _effects = begin(fresh, NOW, _desk_ladder())
    return decide(alert, ContactTold(1), NOW, _desk_ladder())[0]


def _to(effects: list[Effect], person: int) -> list[str]:
    return [words([each]) for each in effects if isinstance(each, Say) and each.to == person]


def test_a_coordinator_acts_without_having_been_told() -> None:
    """She sees it at the desk; a contact person nobody told is still refused."""
    taken, _effects = decide(_told(), Acknowledged(KARIN), NOW, _desk_ladder())
    assert (taken.state, taken.holder) == (AlertState.ACKNOWLEDGED, KARIN)
    same, effects = decide(_told(), Acknowledged(JOSEF), NOW, _desk_ladder())
    assert same == _told()
    assert len(effects) == 1


@pytest.mark.parametrize("state", [AlertState.RAISED, AlertState.WAITING, AlertState.ACKNOWLEDGED])
def test_a_case_is_taken_over_from_any_open_state(state: AlertState) -> None:
    """Whoever had it hears of it once, and she whom it is about hears who comes now, once."""
    holder = MINA if state is AlertState.ACKNOWLEDGED else None
    before = replace(_told(), state=state, holder=holder)
    taken, effects = decide(before, TakenOver(KARIN), NOW, _desk_ladder())
    assert (taken.state, taken.holder) == (AlertState.ACKNOWLEDGED, KARIN)
    assert len(_to(effects, MINA)) == len(_to(effects, LEYLA)) == len(_to(effects, KARIN)) == 1
    assert UnbuttonAlert(1) in effects


def test_a_holder_who_was_never_told_hears_that_it_was_taken_over() -> None:
    """Another coordinator took it on at her desk: she must not go on alone."""
    before = replace(_told(), state=AlertState.ACKNOWLEDGED, holder=KARIN)
    anna = Reach(ANNA, "Anna", coordinator=True, on_duty_at=NOW)
    karin = Reach(KARIN, "Karin", coordinator=True, on_duty_at=NOW)
    both = build(Policy().of(2), [Reach(MINA, "Mina", on_duty_at=NOW)], [karin, anna], NOW)
    _taken, effects = decide(before, TakenOver(ANNA), NOW, both)
    assert len(_to(effects, KARIN)) == 1


def test_taking_over_what_one_has_changes_nothing() -> None:
    """A second press is no second news."""
    taken, _effects = decide(_told(), TakenOver(KARIN), NOW, _desk_ladder())
    again, effects = decide(taken, TakenOver(KARIN), NOW, _desk_ladder())
    assert again == taken
    assert len(effects) == 1


def test_whoever_hands_it_on_is_not_asked_next() -> None:
    """Late in a round she takes it on and hands it on: the round comes to her, under "I ask the next person"."""
    case = taken()
    case.happens(AcknowledgementExpired())
    assert case.alert.told[-1].contact == JOSEF
    case.happens(Acknowledged(MINA)).happens(Declined(MINA))
    assert case.alert.told[-1].contact == JOSEF
