"""What is said about an alert: understood in five seconds, and telling a lock screen nothing."""

from datetime import UTC, datetime

import pytest

from dialogs import alert_texts
from dialogs.alert import Alert, Track
from dialogs.effects import Say
from dialogs.risk.categories import REASONS
from dialogs.text import _
from tests.dialogs.cast import NOW, english, neutral, offered

WORDED = ["someone", "company", "unsafe", "unanswered", "blocked", "unread", "tried", "silence:2", "seen:3"]


def alert(*reasons: str, level: int = 2, track: Track = Track.URGENT) -> Alert:
    """An alert about Leyla, whom contact persons know as Linden; her tenth telling."""
    raised = datetime(2026, 11, 24, 17, tzinfo=UTC)
    return Alert(7, 1, "Linden", track, level, reasons or ("TV2",), raised, NOW, step=10)


@pytest.mark.parametrize(("level", "sign"), [(3, "🔴"), (2, "🟠"), (1, "🔵")])
def test_the_first_line_says_case_and_urgency_and_no_name(level: int, sign: str) -> None:
    """It may show on a lock screen: urgency yes, person no."""
    first, *rest = alert_texts.telling(alert(level=level))
    line = english((first,))
    assert line.startswith(f"{sign} Case 7")
    assert "Linden" not in line
    assert "Linden" in english(tuple(rest))


@pytest.mark.parametrize(("level", "sign"), [(9, "🔴"), (3, "🔴"), (2, "🟠"), (1, "🔵"), (0, "🔵")])
def test_a_case_of_which_only_number_and_level_are_known_has_the_same_first_line(
    level: int, sign: str
) -> None:
    """A level nobody knows is not made quieter than it may be."""
    assert english((alert_texts.headline_of(7, level),)).startswith(f"{sign} Case 7")


@pytest.mark.parametrize("code", [*WORDED, *(f"{category}{level}" for category, level in REASONS)])
def test_every_reason_has_words_that_name_who_it_is_about(code: str) -> None:
    """A code in a message would help nobody."""
    said = english((alert_texts.reason(code, "Linden"),))
    assert "Linden" in said
    assert code not in said


@pytest.mark.parametrize("code", ["XX9", "odd", "TV9", "", "TV²"])
def test_a_reason_of_another_version_is_still_worth_a_look(code: str) -> None:
    """An alert must survive an update of the program."""
    assert "worrying" in english((alert_texts.reason(code, "Linden"),))


@pytest.mark.parametrize(
    ("code", "days"), [("silence:1", "for 1 day."), ("silence:3", "for 3 days."), ("seen:2", "for 2 days.")]
)
def test_days_are_counted_in_grammar(code: str, days: str) -> None:
    """A sentence that limps costs trust."""
    assert days in english((alert_texts.reason(code, "Linden"),))


def test_stuck_names_guide_and_page_so_that_the_title_can_be_translated() -> None:
    """The contact person may read another language than she does."""
    code = alert_texts.stuck_code(_("guide bills", "Paying a bill"), 3)
    reason = alert_texts.reason(code, "Linden")
    assert english((reason,)) == "Linden asks for help with a guide: Paying a bill, page 3."
    assert _("guide bills", "Paying a bill") in dict(reason.values).values()


@pytest.mark.parametrize(
    ("reasons", "track", "promise"),
    [
        (("silence:2",), Track.QUIET, "I have told Linden that you know"),
        (("blocked",), Track.QUIET, "does not know that I tell you this"),
        (("tried",), Track.QUIET, "does not know that I tell you this"),
        (("TV2",), Track.URGENT, "knows that I am asking you"),
        (("company",), Track.QUIET, "knows that I am asking you"),
    ],
)
def test_a_contact_person_knows_what_the_resident_knows(
    reasons: tuple[str, ...], track: Track, promise: str
) -> None:
    """Who calls must not say more than she was told (S9)."""
    assert promise in english(alert_texts.telling(alert(*reasons, track=track)))


def test_only_an_emergency_names_the_emergency_number() -> None:
    """A quiet note with an alarm number in it is no quiet note."""
    assert "<emergency>" in english(alert_texts.telling(alert(level=3)))
    assert "<emergency>" not in english(alert_texts.telling(alert(level=1)))


def test_buttons_name_case_and_step() -> None:
    """So that an old one is known as such (R27)."""
    say = Say((), (*alert_texts.take_on(alert(), 9), *alert_texts.outcome(alert())))
    assert offered([say]) == [
        "al:7:9:have",
        "al:7:9:cannot",
        "tk:open:7",
        "al:7:10:safe",
        "al:7:10:more",
        "al:7:10:missed",
        "al:7:10:mistaken",
        "cl:for:1",
        "al:7:10:cannot",
    ]


def test_a_repeat_says_that_it_is_one() -> None:
    """Two messages with one number are one case (R3)."""
    line = alert_texts.repeat_line(7)
    assert "case 7" in english((line,))
    assert neutral(Say((line,)))


def test_a_repeat_to_a_resident_names_no_case() -> None:
    """It may show on her lock screen, and she never heard of numbers."""
    line = alert_texts.said_before()
    assert not any(character.isdigit() for character in english((line,)))
    assert neutral(Say((line,)))
