"""`vidare duty`: hours and absences, written by an operator."""

from datetime import date, timedelta

import pytest

from tests.bot.commands.conftest import Operator


async def test_hours_are_set_listed_and_taken_away(operator: Operator) -> None:
    """What is listed can be typed again."""
    await operator.types("invite", "contact", "--name", "Mina")
    code, out, _err = await operator.types("duty", "set", "1", "mon-fri 08:00-17:00", "sat 10:00-14:00")
    assert code == 0
    assert "mon-fri 08:00-17:00; sat 10:00-14:00" in out
    assert out in (await operator.types("duty", "list"))[1]
    assert "at any time" in (await operator.types("duty", "always", "1"))[1]
    assert "Mina" not in (await operator.types("duty", "list"))[1], "a terminal has onlookers"


async def test_an_absence_has_an_end_and_may_have_a_stand_in(operator: Operator) -> None:
    """And ends early with one word."""
    await operator.types("invite", "contact", "--name", "Mina")
    day = (date.today() + timedelta(days=20)).isoformat()  # noqa: DTZ011 -- the operator's own date
    code, out, _err = await operator.types("duty", "away", "1", "--until", day, "--stand-in", "2")
    assert code == 0
    assert f"away until {day}" in out
    assert "2 stands in" in out
    assert "away" not in (await operator.types("duty", "back", "1"))[1]


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("set", "1", "always"), "mon-fri 08:00-17:00"),
        (("away", "1", "--until", "2020-01-01"), "from tomorrow on"),
        (("away", "1", "--until", "2099-01-01"), "90 days"),
        (("back", "99"), "no contact person 99"),
        (("always", "2"), "no contact person 2"),
    ],
)
async def test_what_cannot_be_is_refused_with_a_reason(
    operator: Operator, words: tuple[str, ...], hint: str
) -> None:
    """A resident has no duty, and nobody is away for ever."""
    await operator.types("invite", "contact", "--name", "Mina")
    await operator.types("invite", "resident", "--name", "Linden")
    code, _out, err = await operator.types("duty", *words)
    assert code == 2
    assert hint in err
