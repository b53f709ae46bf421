"""What may stand in a chat, and for how long: decided in one place, and late enough for nobody's phone."""

import ast
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs import vanishing
from dialogs.effects import UNASKED, Purpose
from dialogs.vanishing import CHOICES, DELETABLE_FOR, LONGEST, USUAL
from tests.dialogs.cast import NOW, leyla, mina

HOUR = timedelta(hours=1)
DIALOGS = Path(vanishing.__file__).parent
LINES_THAT_TELL_NOTHING = [
    "check_in._menu_if",  # "What would you like to do?"
    "helper_joining.send",  # to contact persons: the test alert
    "joining._ready",  # "Done. The buttons below are always there.", twice
    "joining._ready",
    "language_choice.choose",  # "I now write in this language."
    "menu.hello",
    "menu.home",
    "my_chat.press",  # "OK."
    "privacy.hide",  # "OK."
    "talk._veil",  # "Hello. There is something new here, whenever you have a moment."
]


def _staying() -> list[str]:
    """Where something is said that stays."""
    found = []
    for path in sorted(DIALOGS.glob("*.py")):
        for function in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(function, ast.FunctionDef):
                found += [f"{path.stem}.{function.name}" for each in ast.walk(function) if _stays(each)]
    return sorted(found)


def _stays(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.keyword) and node.arg == "stays" and getattr(node.value, "value", False) is True
    )


def test_what_stays_is_decided_here_line_by_line() -> None:
    """A new line that stays for good on her phone is a decision, and not a word in passing."""
    assert _staying() == LINES_THAT_TELL_NOTHING


@given(st.sampled_from(Purpose), st.integers(0, 10_000_000), st.booleans())
def test_everything_else_goes_while_telegram_lets_us(purpose: Purpose, minutes: int, contact: bool) -> None:
    """Whatever an old document says was chosen: never later than hour 46, so that hour 47 is kept (R36)."""
    person = mina() if contact else leyla(clears_after=minutes)
    lasts = vanishing.lasts(person, purpose.value, stays=False)
    assert lasts is not None
    assert lasts <= LONGEST <= timedelta(hours=46) < DELETABLE_FOR
    assert vanishing.lasts(person, purpose.value, stays=True) is None


@pytest.mark.parametrize("purpose", [each for each in Purpose if each not in UNASKED])
def test_what_she_is_told_goes_after_the_time_she_chose(purpose: Purpose) -> None:
    """Two hours, unless she says otherwise."""
    assert vanishing.lasts(leyla(), purpose.value, stays=False) == USUAL == 2 * HOUR
    assert vanishing.lasts(leyla(clears_after=15), purpose.value, stays=False) == HOUR / 4


@pytest.mark.parametrize("purpose", UNASKED)
def test_what_comes_by_itself_waits_until_she_has_been_there(purpose: Purpose) -> None:
    """A reminder that was gone before she looked would be none."""
    assert vanishing.lasts(leyla(clears_after=15), purpose.value, stays=False) == LONGEST


def test_her_own_words_go_in_time_also_where_they_come_late() -> None:
    """Telegram counts from when she wrote, and a bot that was down hears of it a day later."""
    assert vanishing.hers_until(leyla(), NOW, NOW) == NOW + USUAL
    late = leyla(clears_after=LONGEST // timedelta(minutes=1))
    assert vanishing.hers_until(late, NOW - 20 * HOUR, NOW) == NOW + 26 * HOUR
    assert vanishing.hers_until(mina(), NOW - HOUR, NOW) == NOW + 45 * HOUR


def test_other_words_go_only_into_a_message_that_can_be_deleted_afterwards() -> None:
    """A press on an old button must not write today's words where they stay for ever."""
    assert vanishing.can_change(NOW - 45 * HOUR, NOW)
    assert not vanishing.can_change(NOW - 46 * HOUR, NOW)
    assert vanishing.can_change(None, NOW)


def test_one_choice_is_the_usual_one_and_one_the_longest() -> None:
    """Whatever is shown as chosen is one of the buttons."""
    assert vanishing.chosen(leyla()) in CHOICES
    assert max(CHOICES) == LONGEST
