"""Whatever comes to a resident unasked opens with a line of one small set: no room speaks for itself here (R35, S4)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs import conversation, neutral, talk
from dialogs.alert import TRANSITIONS, AlertEvent, AlertState
from dialogs.effects import Effect, Purpose, Say
from dialogs.events import (
    ActivitiesFound,
    ChainChecked,
    DataGathered,
    Event,
    HoursChecked,
    Joined,
    LetterCame,
    LetterLost,
    LetterPassed,
    LettersOpened,
    Pressed,
    Sent,
    Started,
    TalkBegun,
    TalkOver,
    Wrote,
)
from dialogs.letters import Letter, TalkNow
from dialogs.people import Resident
from dialogs.text import Message, Text, _
from tests.dialogs.cast import NOW, approved, english, knowledge, leyla, only, unprompted
from tests.dialogs.near_examples import described
from tests.dialogs.test_alert import an_event
from tests.dialogs.test_conversation import Again, events, residents, whenever
from tests.dialogs.test_escalation import in_state

MOST = 35
"""Lines: whoever approves or translates the set reads it in one go."""
ASKED = Joined | Wrote | Pressed | Sent | Started
LOOKED_UP = (
    ChainChecked | DataGathered | ActivitiesFound | LettersOpened | LetterPassed | HoursChecked | TalkOver
)
"""What follows from an order of the same moment; the purpose tells where it was nobody's order."""
Play: TypeAlias = Sequence[tuple[int, Event | Again]]

letters = st.builds(Letter, st.sampled_from(["", "He is here", "Police!"]), st.just(NOW), st.just("Mina"))
whys = st.sampled_from(["resident", "stopped", "contact", "time", "replaced", "blocked", "gone", "lost"])
talks: st.SearchStrategy[Event | Again] = st.one_of(
    st.builds(TalkBegun, st.just(4), st.just(1), st.just(2), st.just("Linden"), st.just("Mina")),
    st.builds(LetterCame, st.just(4), st.integers(1, 9), letters),
    st.builds(LetterPassed, st.just(4), st.none() | whenever, st.booleans()),
    st.builds(LetterLost, st.just(4), st.just("Mina"), st.sampled_from(["blocked", "refused", "unclear"])),
    st.builds(TalkOver, st.just(4), whys),
    st.builds(LettersOpened, st.lists(st.tuples(st.integers(1, 9), letters), max_size=2).map(tuple)),
    st.builds(HoursChecked, st.none() | whenever),
)
plays = st.lists(st.tuples(st.integers(0, 900), events | talks), max_size=25)


def _check(before: Resident, event: Event, effects: Sequence[Effect]) -> None:
    for say in unprompted(effects):
        assert approved(say), english(say.text)
    if isinstance(event, ASKED | LOOKED_UP):
        return
    for say in only(Say, effects):
        if say.to in (None, before.id) and not _is_a_letter_she_waits_for(before, say):
            assert neutral.opens(say.text), (event, english(say.text))


def _is_a_letter_she_waits_for(before: Resident, say: Say) -> bool:
    """She wrote in this talk a moment ago, and looks at it."""
    looking = before.talk is not None and before.talk.active_at is not None and not before.talk.veiled
    return say.purpose is Purpose.RELAY and looking


@settings(max_examples=300, deadline=None)
@given(resident=residents, play=plays)
def test_whatever_happens_only_the_set_comes_unasked(resident: Resident, play: Play) -> None:
    """Timers, other people, talks and places: what she did not just ask for opens neutrally, whatever its purpose."""
    now, known, shown = NOW, replace(knowledge(), near=described()), ["menu"]
    for minutes, move in play:
        now += timedelta(minutes=minutes)
        event = Pressed(shown[move.number % len(shown)]) if isinstance(move, Again) else move
        outcome = conversation.decide(resident, event, now, known)
        _check(resident, event, outcome.effects)
        resident = outcome.person
        shown += [button.data for say in only(Say, outcome.effects) for row in say.keyboard for button in row]


@pytest.mark.parametrize(("state", "kind"), TRANSITIONS)
def test_whatever_becomes_of_a_case_she_hears_it_neutrally(state: AlertState, kind: type[AlertEvent]) -> None:
    """A human who takes it on is good news, and none for who holds her phone."""
    for say in unprompted(in_state(state).happens(an_event(kind)).effects):
        assert approved(say), english(say.text)


def test_a_letter_shows_only_to_who_is_looking() -> None:
    """Three minutes after her last word she may have put the phone down."""
    here = TalkNow(4, 2, "Mina", NOW, active_at=NOW)
    came = LetterCame(4, 1, Letter("Are you safe?", NOW, "Mina"))
    for later, shows in ((talk.LOOKS_FOR - timedelta(seconds=1), True), (talk.LOOKS_FOR, False)):
        outcome = conversation.decide(leyla(talk=here), came, NOW + later, knowledge())
        (say,) = only(Say, outcome.effects)
        assert ("safe" in english(say.text)) is shows
        assert neutral.opens(say.text) is not shows


# --- the set itself ---


def test_the_set_is_small_and_each_line_stands_in_it_once() -> None:
    """What nobody reads through is approved by nobody."""
    lines = neutral.lines("Mina", NOW)
    assert len({(line.context, line.source) for line in lines}) == len(lines) <= MOST
    assert {(line.context, line.source) for line in lines} == neutral.APPROVED


@pytest.mark.parametrize("line", neutral.lines("Mina", NOW), ids=lambda line: line.source[:40])
def test_a_line_holds_no_telling_word(line: Message) -> None:
    """The same in every language is for `tests/bot/test_lock_screen.py`."""
    assert approved(Say((line,)))


def test_what_is_long_in_english_is_known_as_long() -> None:
    """So that its translations are kept as long."""
    for line in neutral.lines("Mina", NOW):
        long = any((line.context, line.source) == (each.context, each.source) for each in neutral.LONG)
        assert (len(english((line,))) >= neutral.SHOWN) is long, line.source


@pytest.mark.parametrize("text", [(), (_("check-in", "Hello."),), (_("odd", neutral.one_tap().source),)])
def test_whatever_else_is_none_of_them(text: Text) -> None:
    """Nor is the same sentence said in another room: its translation would be another."""
    assert not neutral.opens(text)
    assert neutral.opens(neutral.covered(text))
    assert neutral.covered(text)[1:] == text


def test_a_line_may_hold_any_name() -> None:
    """It is known by what it says, not by whom it names."""
    assert neutral.opens((neutral.is_here("Josef"), _("odd", "more")))
