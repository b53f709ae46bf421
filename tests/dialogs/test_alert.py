"""The table of an alert's life: what it holds, what it refuses, and its drawing."""

from typing import get_args

import pytest

from dialogs.alert import (
    TRANSITIONS,
    Acknowledged,
    Alert,
    AlertEvent,
    AlertState,
    ContactGone,
    ContactTold,
    Declined,
    IllegalTransition,
    Mistaken,
    MistakenAfterTalk,
    NotReached,
    Reached,
    ReachedNeedsMore,
    ReachedSafe,
    Repeated,
    ResidentAnswered,
    ResidentLeft,
    TakenOver,
    TellingFailed,
    Told,
    Track,
    Worsened,
    drawing,
    next_state,
)
from tests.dialogs.cast import NOW

EVENTS: tuple[type[AlertEvent], ...] = get_args(AlertEvent)
ENDINGS = {ReachedSafe, MistakenAfterTalk, ResidentAnswered, ResidentLeft}


def an_event(kind: type[AlertEvent]) -> AlertEvent:
    """An example of each event."""
    examples: list[AlertEvent] = [
        ContactTold(1),
        TellingFailed(1),
        Acknowledged(2, 1),
        Declined(2),
        Reached(2),
        ReachedSafe(2),
        ReachedNeedsMore(2),
        NotReached(2),
        Mistaken(2),
        MistakenAfterTalk(2),
        TakenOver(2),
        ContactGone(2),
        Worsened(3, ("TV3",)),
        Repeated(("TV2",)),
    ]
    return next((each for each in examples if type(each) is kind), None) or kind()  # type: ignore[call-arg]


def alert(state: AlertState) -> Alert:
    """An alert about Leyla."""
    return Alert(7, 1, "Linden", Track.URGENT, 2, ("TV2",), NOW, NOW, state)


@pytest.mark.parametrize("state", AlertState)
@pytest.mark.parametrize("kind", EVENTS)
def test_what_is_not_in_the_table_is_refused(state: AlertState, kind: type[AlertEvent]) -> None:
    """The table is the truth: a step nobody drew does not happen."""
    if (state, kind) in TRANSITIONS:
        assert next_state(alert(state), an_event(kind)) is TRANSITIONS[state, kind]
        return
    with pytest.raises(IllegalTransition) as raised:
        next_state(alert(state), an_event(kind))
    assert (raised.value.alert, raised.value.state, raised.value.event) == (7, state, kind)
    assert "Linden" not in str(raised.value), "errors end in logs, and logs hold no names"


def test_only_a_person_ends_an_alert() -> None:
    """Time, failures and further signs never do."""
    closing = {
        kind
        for (state, kind), target in TRANSITIONS.items()
        if target is AlertState.CLOSED and state is not AlertState.CLOSED
    }
    assert closing == ENDINGS


@pytest.mark.parametrize("state", [state for state in AlertState if state is not AlertState.CLOSED])
def test_every_open_state_can_be_ended_made_worse_and_repeated(state: AlertState) -> None:
    """Whatever the alert waits for, she can be reached meanwhile, or be in greater danger."""
    known = {kind for start, kind in TRANSITIONS if start is state}
    assert known >= {*ENDINGS, Worsened, Repeated}


def test_nothing_opens_a_closed_alert() -> None:
    """A new sign is a new alert, with a new number; the network may still report late."""
    assert {kind for state, kind in TRANSITIONS if state is AlertState.CLOSED} == {ContactTold, TellingFailed}


def test_the_drawing_names_every_state_and_event() -> None:
    """Whoever reads the docs sees the whole table."""
    drawn = drawing()
    assert all(f" {state} " in f" {drawn.replace(':', ' ')} " for state in AlertState)
    assert all(kind.__name__ in drawn for kind in EVENTS)
    assert drawn.startswith("stateDiagram-v2\n    [*] --> raised\n")
    assert drawn.endswith("closed --> [*]\n")


def test_the_drawing_holds_each_row_of_the_table_once() -> None:
    """An arrow that is missing would be believed."""
    rows = [
        (start, end, name)
        for line in drawing().splitlines()[2:-1]
        for start, end, names in [line.strip().replace(": ", " --> ").split(" --> ")]
        for name in names.split(", ")
    ]
    assert sorted(rows) == sorted((s, t, e.__name__) for (s, e), t in TRANSITIONS.items())


def test_who_was_told_is_known_whether_it_arrived_or_not() -> None:
    """A telling that failed may have been seen on another device."""
    told = Alert(
        7, 1, "Linden", Track.URGENT, 2, ("TV2",), NOW, NOW, told=(Told(1, 2, "Mina", NOW, arrived=False),)
    )
    assert told.was_told(2)
    assert not told.was_told(3)
