"""The account: each fault there may be makes its own figure greater than nothing, and no other."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import pytest

from dialogs.alert import Alert, AlertState, Track
from faults import account
from faults.account import WRONG, Account
from faults.books import Books, Row
from faults.deeds import Deeds
from faults.stage import Arrival

NOW = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)
DAY = "20261124"
MINA, JOSEF, LEYLA, AISHA, SARA = 1, 2, 11, 12, 13


@dataclass(slots=True)
class World:
    """Leyla writes twice, Aisha is in danger and Mina takes it on and reaches her, Sara is asked and answers."""

    deeds: Deeds = field(default_factory=Deeds)
    pushed: set[int] = field(default_factory=lambda: set(range(100, 106)))
    arrivals: list[Arrival] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    recorded: set[int] = field(default_factory=lambda: set(range(100, 106)))
    set_aside: int = 0
    alerts: list[Alert] = field(default_factory=list)
    check_ins: dict[tuple[int, str], str] = field(default_factory=lambda: {(SARA, DAY): "answered"})

    def __post_init__(self) -> None:
        self.deeds.texts[LEYLA] = 2
        self.deeds.endangered.add(AISHA)
        self.deeds.taken[1], self.deeds.reached[1] = MINA, MINA
        self.deeds.faces[SARA] = DAY
        self.deeds.armed.add(SARA)
        self.deeds.presses.update({MINA: 2, SARA: 1})
        self.rows += [Row(LEYLA, "reply", "sent", None, 0), Row(LEYLA, "reply", "unclear", None, 0)]
        self.rows += [Row(AISHA, "emergency", "sent", None, 0), Row(MINA, "alert", "sent", 1, 1)]
        self.rows += [Row(AISHA, "note", "sent", 1, 0), Row(SARA, "routine", "sent", None, 0)]
        self.rows += [Row(each, "press", "sent", None, 0) for each in (MINA, MINA, SARA)]
        self.arrivals += [self.telling(), Arrival(SARA, 51, "Hej. Hur är det?", (f"ci:{DAY}:d:5",))]
        self.alerts.append(
            Alert(
                1,
                AISHA,
                "Aisha",
                Track.URGENT,
                3,
                ("TV3",),
                NOW,
                None,
                AlertState.CLOSED,
                holder=MINA,
                acknowledged_at=NOW,
                closed_at=NOW,
            )
        )

    def telling(self, text: str = "🔴 Ärende 1") -> Arrival:
        """The alert, as Mina's phone shows it."""
        return Arrival(MINA, 50, text, ("al:1:1:have", "al:1:1:cannot"))

    def becomes(self, row: Row, state: str) -> None:
        """Let something else have become of a message."""
        self.rows[self.rows.index(row)] = row._replace(state=state)

    def take(self) -> Account:
        """Lay both sides beside one another."""
        books = Books(
            frozenset(self.recorded), self.set_aside, tuple(self.rows), tuple(self.alerts), self.check_ins
        )
        return account.take(self.deeds, self.pushed, self.arrivals, books)


def wrong(took: Account) -> dict[str, int]:
    """The figures that are not nothing."""
    return {name: getattr(took, name) for name in WRONG if getattr(took, name)}


def test_a_world_in_order_has_nothing_wrong() -> None:
    """And the counts say that there was something to be lost."""
    took = World().take()
    assert wrong(took) == {}
    assert (took.updates, took.effects, took.alerts, took.tellings, took.answers, took.asked) == (
        6,
        6,
        1,
        1,
        2,
        1,
    )


def _lose_an_update(world: World) -> None:
    world.recorded.discard(103)


def _set_one_aside(world: World) -> None:
    world.set_aside = 1


def _leave_an_answer_out(world: World) -> None:
    world.rows.remove(Row(LEYLA, "reply", "unclear", None, 0))


def _handle_a_text_twice(world: World) -> None:
    world.rows.append(Row(LEYLA, "reply", "sent", None, 0))


def _handle_a_press_twice(world: World) -> None:
    world.rows.append(Row(SARA, "press", "sent", None, 0))


def _forget_a_face(world: World) -> None:
    world.check_ins[SARA, DAY] = "asked"


def _say_twice_that_somebody_has_it(world: World) -> None:
    world.rows.append(Row(AISHA, "note", "sent", 1, 0))


def _raise_twice(world: World) -> None:
    world.alerts.append(replace(world.alerts[0], id=2))
    world.rows.append(Row(AISHA, "note", "sent", 2, 0))
    world.arrivals.append(replace(world.telling(), data=("al:2:1:have",)))


def _hide_the_alert(world: World) -> None:
    world.arrivals = [each for each in world.arrivals if each.person != MINA]
    world.becomes(Row(MINA, "alert", "sent", 1, 1), "dropped")


def _show_a_telling_to_nobody(world: World) -> None:
    world.rows.append(Row(JOSEF, "alert", "sent", 1, 2))


def _give_a_telling_up(world: World) -> None:
    world.rows.append(Row(JOSEF, "alert", "unclear", 1, 2))


def _forget_who_has_it(world: World) -> None:
    world.alerts[0] = replace(world.alerts[0], holder=JOSEF)


def _forget_the_end(world: World) -> None:
    world.alerts[0] = replace(world.alerts[0], state=AlertState.ACKNOWLEDGED, next_step_at=NOW)


def _ask_twice(world: World) -> None:
    world.arrivals.append(Arrival(SARA, 52, "Hej. Hur är det?", (f"ci:{DAY}:d:5",)))


def _ask_nobody(world: World) -> None:
    world.arrivals = [each for each in world.arrivals if each.person != SARA]


def _repeat_without_a_word(world: World) -> None:
    world.arrivals.append(world.telling())


def _leave_something_lying(world: World) -> None:
    world.rows.append(Row(LEYLA, "note", "pending", None, 0))


FAULTS: dict[str, tuple[Callable[[World], None], ...]] = {
    "updates_lost": (_lose_an_update, _set_one_aside),
    "effects_lost": (_leave_an_answer_out, _forget_a_face),
    "effects_twice": (_handle_a_text_twice, _handle_a_press_twice, _raise_twice),
    "notes_twice": (_say_twice_that_somebody_has_it,),
    "alerts_unsent": (_hide_the_alert,),
    "tellings_unsent": (_show_a_telling_to_nobody, _give_a_telling_up),
    "answers_lost": (_forget_who_has_it, _forget_the_end),
    "asked_twice": (_ask_twice,),
    "not_asked_unflagged": (_ask_nobody,),
    "copies_unmarked": (_repeat_without_a_word,),
    "unfinished": (_leave_something_lying,),
}


@pytest.mark.parametrize(
    ("figure", "fault"), [(name, each) for name, all_ in FAULTS.items() for each in all_]
)
def test_each_fault_is_counted_where_it_belongs(figure: str, fault: Callable[[World], None]) -> None:
    """A figure that no fault can move proves nothing; one that every fault moves says nothing."""
    world = World()
    fault(world)
    assert wrong(world.take()) == {figure: 1}


def test_every_figure_that_must_be_nothing_has_its_fault() -> None:
    """Whoever adds a figure adds what makes it red."""
    assert FAULTS.keys() == set(WRONG)


def test_a_cry_nobody_heard_is_an_alert_unsent() -> None:
    """She wrote of danger, the update is there, and there is no alert: the worst there is."""
    world = World()
    world.deeds.endangered.add(LEYLA)
    world.rows.append(Row(LEYLA, "emergency", "sent", None, 0))
    assert wrong(world.take()) == {"alerts_unsent": 1}


def test_a_copy_that_says_so_is_none_too_many() -> None:
    """To hear twice is better than never; a slow network may bring the plain one last."""
    world = World()
    world.arrivals[0] = world.telling("↻ Ärende 1 igen")
    world.arrivals.append(world.telling())
    took = world.take()
    assert (wrong(took), took.copies) == ({}, 1)


@pytest.mark.parametrize("flag", ["unclear", "refused", "undelivered"])
def test_a_check_in_that_did_not_arrive_and_says_so_is_counted_and_no_fault(flag: str) -> None:
    """It is never sent twice, so it may be missing; but somebody can see that it is."""
    world = World()
    _ask_nobody(world)
    if flag == "undelivered":
        world.check_ins[SARA, DAY], world.deeds.faces = flag, {}
    else:
        world.becomes(Row(SARA, "routine", "sent", None, 0), flag)
    took = world.take()
    assert (wrong(took), took.not_asked) == ({}, 1)


def test_accounts_of_several_worlds_add_up() -> None:
    """One table for all of them."""
    total = World().take() + World().take()
    assert (total.updates, total.wrong) == (12, 0)
    assert replace(total, updates_lost=2, asked_twice=1).wrong == 3
