"""The front room: harmless pages that hang together, and nothing else."""

from dataclasses import replace
from datetime import timedelta

import pytest

from dialogs import front_room
from dialogs.activity import Activity, ActivityState
from dialogs.alert import Track
from dialogs.effects import Purpose, RaiseAlert, Say, StopTimer, Toast
from dialogs.events import ActivityComes, Timer, TimerFell
from dialogs.front_room import HARMLESS
from dialogs.guide import move, page, start
from dialogs.outcome import Outcome, say
from dialogs.text import _
from tests.dialogs.cast import NOT_ON_A_LOCK_SCREEN, NOW, Calm, Talk, english, knowledge, leyla, library

DAY = timedelta(days=1)
TELLS = (*(word for word in NOT_ON_A_LOCK_SCREEN if word not in ("safe", "112")), "skydd", "våld", "polis")
"""A safe place for a paper is none; the rest says why somebody is here."""


@pytest.mark.parametrize("guide", HARMLESS)
def test_the_harmless_pages_are_there_and_say_nothing_about_anybody(guide: str) -> None:
    """Guides are edited; a page that begins to tell must not stay in this list."""
    whole = library().guides[guide]
    assert not [step for step in HARMLESS[guide] if step not in whole.steps]
    trimmed = front_room.trimmed(whole, HARMLESS[guide])
    for name in trimmed.steps:
        from_here = front_room.trimmed(whole, HARMLESS[guide])
        walk = start(from_here)
        shown = page(from_here, walk.__class__(guide, name), library().lines, NOW.date())
        said = english(shown.text).casefold()
        buttons = " ".join(english((each.label,)) for row in shown.keyboard for each in row).casefold()
        assert not [word for word in TELLS if word in said], (name, said)
        assert not [word for word in TELLS if word in buttons], (name, buttons)


@pytest.mark.parametrize("guide", HARMLESS)
def test_all_of_them_are_reached_and_each_way_ends(guide: str) -> None:
    """No page is a dead end, although pages between were left out."""
    trimmed = front_room.trimmed(library().guides[guide], HARMLESS[guide])
    reached, waiting = set(), [start(trimmed)]
    while waiting:
        walk = waiting.pop()
        reached.add(walk.step)
        step = trimmed.steps[walk.step]
        actions = ["next"] if step.next else [f"to.{n}" for n in range(len(step.choices))]
        assert actions or step.end is not None, walk.step
        for action in actions:
            moved = move(trimmed, walk, action)
            assert moved is not None
            if moved.step not in reached:
                waiting.append(moved)
    assert reached == set(HARMLESS[guide])


def test_a_guide_that_lost_its_pages_is_not_offered() -> None:
    """An operator edits guides; the front room must not fail over it."""
    known = knowledge()
    renamed = {**known.guides, "bills": front_room.trimmed(known.guides["bills"], ("easier",))}
    assert "bills" not in front_room.narrowed(replace(known, guides=renamed)).guides


@pytest.mark.parametrize(
    ("data", "harmless"),
    [
        ("g:list", True),
        ("g:open:bills", True),
        ("g:bills:find:next", True),
        ("g:home-care:kind:to.0", True),
        ("g:bills:find:term.1", True),
        ("g:bills:find:stuck", False),
        ("g:bills:due:remind", False),
        ("g:bills:due:show", False),
        ("g:bills:wrong-name:next", False),
        ("g:open:police-court", False),
        ("g:before:bills", False),
        ("g:shelf:safety", False),
        ("g:more", False),
        ("g:bills:find:term.x", False),
        ("g", False),
    ],
)
def test_what_is_harmless_is_listed_and_all_else_is_not(data: str, harmless: bool) -> None:
    """Help with a step names a contact person; what a reminder is about is hers."""
    assert front_room.is_harmless(data.split(":")) is harmless


def test_it_is_a_room_one_can_walk_in() -> None:
    """Somebody who looks around finds an ordinary little helper."""
    from tests.dialogs.test_who_reads import covered, harmless

    talk = Talk(covered(talk=None, check_in=None), Calm()).presses("menu")
    for data in ("g:list", "g:open:bills", "g:bills:what:to.0", "g:bills:find:next", "g:bills:due:next"):
        talk.presses(data)
        harmless(talk.effects, helps=False)
        assert "There is nothing here." not in talk.words, data
    assert "How would you like to pay it?" in talk.words


def test_names_of_people_are_left_out_of_what_is_said_here() -> None:
    """The sentence stays true."""
    named = _("someone", "I have asked {contact} to get in touch with you today.", contact="Mina")
    said = front_room.unnamed(Outcome(leyla(), (say(named), Toast((named,)))))
    assert "Mina" not in english(said.effects[0].text)  # type: ignore[union-attr]


def test_only_neutral_lines_come_by_themselves() -> None:
    """And orders that show nothing are carried out all the same."""
    question = Say((), purpose=Purpose.CHECK_IN)
    told = Say((), purpose=Purpose.ROUTINE)
    other = Say((), to=2, purpose=Purpose.NOTE)
    alarm = RaiseAlert(Track.QUIET, 1, ("silence:2",))
    outcome = Outcome(leyla(), (question, told, other, alarm, Toast(()), StopTimer(Timer.SNOOZE)))
    activity = Activity(3, "town", NOW + DAY, NOW + 2 * DAY, ActivityState.SENT, "Tea")
    assert front_room.held_back(ActivityComes(activity), outcome).effects[0] == told
    held = front_room.held_back(TimerFell(Timer.CHECK_IN, NOW), outcome)
    assert held.effects == (question, other, alarm, StopTimer(Timer.SNOOZE))
