"""People who write with each other: they mean what a person means."""

from datetime import datetime, timedelta
from random import Random

import pytest

from bot.outgoing import Edit, Forwarded, Out, Send
from faults.correspondents import Helper, Mark, Resident, Somebody, marks_in
from faults.exchange import Arrival
from faults.post import Post
from faults.theatre import BEGIN

LEYLA, LINDEN = 11, 12
MINUTE = timedelta(minutes=1)


def _helper() -> Helper:
    chance = Random(2)
    mina = Helper.of(Somebody(1, 70, Post(chance), chance), "Mina")
    mina.residents = {"Leyla": LEYLA, "Linden": LINDEN}
    return mina


def _shown(
    mina: Helper, text: str, *buttons: tuple[str, str], keyboard: tuple[str, ...] = (), message: int = 5
) -> None:
    """Something comes, and she looks."""
    rows = tuple((Out(label, data),) for label, data in buttons)
    what = Send(70, text, rows, (keyboard,) if keyboard else None)
    mina.gets(Arrival(70, message, what), BEGIN)
    mina.looks(BEGIN)


@pytest.fixture
def mina() -> Helper:
    """In a talk with both, and she writes to Leyla."""
    helper = _helper()
    _shown(helper, "What you write now goes to Leyla", keyboard=("✍️ Leyla", "→ Linden", "End a talk"))
    helper._acted(LEYLA, BEGIN)
    return helper


def test_a_mark_says_who_wrote_it_and_for_whom() -> None:
    """Wherever it turns up, in words or as the name of a file."""
    assert marks_in(f"💬 Leyla: words {Mark(11, 1, 7)} file-{Mark(11, 0, 8)}") == [
        Mark(11, 1, 7),
        Mark(11, 0, 8),
    ]


def test_she_means_the_one_her_screen_names(mina: Helper) -> None:
    """As long as nothing gives a reason to mean another."""
    assert (mina.chosen, set(mina.open)) == (LEYLA, {LEYLA, LINDEN})
    assert {mina._means(BEGIN + MINUTE) for _ in range(20)} == {LEYLA}


@pytest.mark.parametrize("reason", ["another wrote", "a long pause"])
def test_with_a_reason_she_may_mean_another(mina: Helper, reason: str) -> None:
    """Who has just written, or anybody after half an hour."""
    at = BEGIN + MINUTE
    if reason == "another wrote":
        _shown(mina, f"💬 Linden: {Mark(LINDEN, 1, 3)}")
    else:
        at += timedelta(minutes=40)
    assert LINDEN in {mina._means(at) for _ in range(40)}


def test_what_she_pressed_is_believed_in_and_then_looked_after(mina: Helper) -> None:
    """For a minute; then her screen says what is so."""
    mina._hopes(LINDEN, BEGIN)
    assert {mina._means(BEGIN + timedelta(seconds=30)) for _ in range(20)} == {LINDEN}
    mina.acts(BEGIN + 2 * MINUTE)
    assert mina.hope is None or mina.hope[1] > BEGIN


def test_while_she_types_she_does_not_see_what_comes(mina: Helper) -> None:
    """What came before is on her screen."""
    for message, at in ((6, BEGIN), (7, BEGIN + MINUTE)):
        mina.gets(Arrival(70, message, Send(70, f"{Mark(LINDEN, 1, message)}")), at)
    mina.looks(BEGIN + MINUTE / 2)
    assert [each[0] for each in mina.letters] == [6]
    assert len(mina.unseen) == 1


def test_held_words_go_where_they_were_meant_or_nowhere(mina: Helper) -> None:
    """A question about words for two can only be answered with nobody."""
    ask = (("To Leyla", "tk:send:3:9"), ("To Linden", "tk:send:4:9"), ("To nobody", "tk:drop:9"))
    _shown(mina, f"To whom? {Mark(1, LINDEN, 1)}", *ask, message=8)
    mina._answers(BEGIN)
    _shown(mina, f"To whom? {Mark(1, LINDEN, 1)} {Mark(1, LEYLA, 2)}", *ask, message=9)
    mina._answers(BEGIN)
    assert _pressed(mina) == ["tk:send:4:9", "tk:drop:9"]


def _pressed(who: Somebody) -> list[str]:
    return [each.body["callback_query"]["data"] for each in who.post.waiting if each.is_press]


def test_a_question_that_is_answered_is_gone(mina: Helper) -> None:
    """What stands in its place has no buttons."""
    _shown(
        mina,
        f"To whom? {Mark(1, LINDEN, 1)}",
        ("To nobody", "tk:drop:9"),
        ("To Linden", "tk:send:4:9"),
        message=8,
    )
    mina.gets(Arrival(70, 8, Edit(70, 8, "Sent to Linden.")), BEGIN)
    mina.looks(BEGIN)
    assert mina.questions == []


def _resident() -> Resident:
    chance = Random(2)
    leyla = Resident.of(Somebody(LEYLA, 80, Post(chance), chance), "Leyla")
    leyla.helpers = {"Mina": 1}
    return leyla


def _tells(leyla: Resident, text: str, at: datetime = BEGIN) -> None:
    leyla.gets(Arrival(80, 5, Send(80, text)), at)


@pytest.mark.parametrize(
    "end", ["It is over.", "Hello. Mina has gone for now.", "Mina is not there any more."]
)
def test_she_writes_to_who_is_here(end: str) -> None:
    """And to the bot when nobody is, or no longer."""
    leyla = _resident()
    _tells(leyla, "Hello. Mina is here now.\n\nWhat you write here goes to Mina")
    assert leyla.partner == 1
    _tells(leyla, end)
    assert leyla.partner == 0


def test_both_do_everything_there_is() -> None:
    """In some hundred acts."""
    mina, leyla = _helper(), _resident()
    _shown(mina, f"💬 {Mark(LINDEN, 1, 3)}", keyboard=("✍️ Leyla", "→ Linden"))
    _shown(mina, "Which one?", ("Leyla", "tk:end:3"))
    leyla.gets(Arrival(80, 6, Send(80, "There is something new", ((Out("Show", "tk:show"),),))), BEGIN)
    for place in range(300):
        mina.acts(BEGIN + place * MINUTE)
        leyla.acts(BEGIN + place * MINUTE)
    kinds = {kind for each in mina.post.waiting for kind in each.body}
    assert kinds == {"message", "edited_message", "callback_query"}
    assert {"tk:end:3"} < set(_pressed(mina)) <= {"tk:end:3", f"tk:with:{LEYLA}", f"tk:with:{LINDEN}"}
    assert {"tk:show", "set:see:1:talk:no", "set:see:1:talk:yes"} == set(_pressed(leyla))


def test_a_file_has_its_mark_in_its_name() -> None:
    """The words below it are a message of their own."""
    file = Arrival(70, 5, Forwarded(70, "photo", f"file-{Mark(11, 1, 4)}", "", "💬 Leyla"))
    assert marks_in(file.words) == [Mark(11, 1, 4)]
    assert file.buttons == ()
