"""A contact person's record, without somebody who was erased."""

from dialogs.letters import Held, Letter, Thread
from dialogs.letting_go import everything_shown, without
from dialogs.people import PromisedCall
from tests.dialogs.cast import NOW, mina

FULL = mina(
    threads=(Thread(1, 7, "Linden"), Thread(2, 8, "Björk")),
    writing_to=1,
    held=(Held(Letter("words", NOW)),),
    calls=(PromisedCall(7, "Linden", NOW), PromisedCall(8, "Björk", NOW)),
    noting=7,
    calling=7,
    offered=(("to linden", "tk:to:1"), ("menu", "menu")),
    keyboard=(("linden", "tk:to:1"),),
)


def test_nothing_of_her_is_left_and_of_the_others_everything() -> None:
    """R38: erased means erased, also where her name stands with somebody else."""
    left = without(FULL, (7,), lambda label: "linden" in label)
    assert left == mina(
        threads=(Thread(2, 8, "Björk"),),
        held=FULL.held,
        calls=(PromisedCall(8, "Björk", NOW),),
        offered=(("menu", "menu"),),
    )
    assert "inden" not in repr(left)


def test_what_was_held_goes_with_the_last_talk() -> None:
    """There is nobody left whom it could be for."""
    assert without(FULL, (7, 8), everything_shown) == mina()


def test_another_talk_stays_chosen() -> None:
    """Her next words go where they would have gone."""
    assert without(mina(threads=FULL.threads, writing_to=2), (7,), everything_shown).writing_to == 2
