"""What is kept how long: one table, said the same everywhere."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from dialogs.letters import Held, Letter
from dialogs.people import Heard
from dialogs.retention import ASKED, FACES, PAST, SIGNS, UNOPENED, Keep, Kind, drawing, pruned, rules
from dialogs.words import Word
from tests.dialogs.cast import NOW, Talk, knowledge, leyla, mina

A_SECOND = timedelta(seconds=1)


def test_each_kind_has_a_length_and_a_reason() -> None:
    """A kind without one would be kept for ever, for nothing (S8)."""
    found = rules(Keep())
    assert set(found) == set(Kind)
    for rule in found.values():
        assert (rule.keeps is None) == (rule.until != "")
        assert rule.why


def test_what_an_operator_may_choose_is_what_the_table_says() -> None:
    """Four lengths are a choice; the others are promised to everybody."""
    keep = Keep(*(timedelta(days=days) for days in (10, 40, 100, 20)))
    found = rules(keep)
    kinds = (Kind.ANSWERS, Kind.CLOSED_CASES, Kind.AUDIT, Kind.NOTES)
    assert [found[kind].keeps for kind in kinds] == [keep.answers, keep.alerts, keep.audit, keep.notes]
    assert all(found[kind].setting for kind in kinds)


@pytest.mark.parametrize("page", ["docs/operating.md", "docs/privacy/retention.md"])
def test_the_documents_say_what_the_program_does(page: str) -> None:
    """An operator copies this table into a register; a wrong figure there was wrong twice elsewhere (alkemio#2103)."""
    assert drawing(Keep()) in (Path(__file__).parents[2] / page).read_text("utf-8")


def test_she_reads_the_lengths_that_hold() -> None:
    """What `/privacy` says follows the operator's choice."""
    talk = Talk(leyla())
    talk.knowledge = replace(knowledge(), keep=Keep(answers=timedelta(days=21), alerts=timedelta(days=60)))
    said = talk.writes("privacy", Word.PRIVACY).words
    assert "your answers for 21 days" in said
    assert "for 60 days after it ended" in said


def test_what_is_too_old_leaves_her_record_without_her_doing_anything() -> None:
    """Somebody who fell silent does nothing that would tidy up."""
    full = leyla(
        heard=(Heard(NOW, "TV", 1),),
        nights=(NOW,),
        faces=((NOW.date(), 2),),
        asked=(("TV", NOW),),
        told=("TV2",),
        told_at=NOW,
    )
    limits = {"asked": ASKED, "heard": SIGNS, "nights": SIGNS, "told": PAST, "told_at": PAST}
    for field, limit in limits.items():
        assert getattr(pruned(full, NOW + limit - A_SECOND), field) == getattr(full, field)
        assert not getattr(pruned(full, NOW + limit), field)
    day = timedelta(days=1)
    assert pruned(full, NOW + FACES) == replace(full, heard=(), nights=(), asked=())
    assert pruned(full, NOW + FACES + day) == replace(full, heard=(), nights=(), asked=(), faces=())


def test_a_letter_that_was_held_too_long_goes() -> None:
    """It was meant for a talk that ended."""
    holding = mina(held=(Held(Letter("words", NOW)),))
    assert pruned(holding, NOW + UNOPENED - A_SECOND) == holding
    assert pruned(holding, NOW + UNOPENED) == mina()


def test_nothing_else_is_touched() -> None:
    """Whoever has nothing old stays as she is, so that nothing need be saved."""
    assert pruned(leyla(), NOW + 2 * PAST) == leyla()
    assert pruned(mina(), NOW + 2 * PAST) == mina()
