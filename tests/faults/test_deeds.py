"""What people do: only what the bot must take, and each of it noted."""

from dataclasses import replace
from random import Random
from typing import Any

import pytest

from bench.messages import ORDINARY, RISKY
from bench.processes import NO_TOKEN
from bot.sandbox.people import Message
from bot.translating import fold
from dialogs.words import Word
from faults.deeds import HAVE_IT, Crowd, day_asked_in, telling_in
from faults.stage import Arrival, Stage
from tests.bot.town import NOW, texts

CASE = ("al:7:1:have", "al:7:1:cannot")
MINA, STAND_IN, LEYLA, SARA = 3, 7, 10, 12


class Chosen(Random):
    """Chance that was settled before: what is chosen from `ANSWERS`, and a coin that falls on one side."""

    def __init__(self, answer: str, coin: float = 0.0) -> None:
        super().__init__(1)
        self.answer, self.coin = answer, coin

    def choice(self, choices: Any) -> Any:
        return self.answer if self.answer in choices else super().choice(choices)

    def random(self) -> float:
        return self.coin


def arrives(stage: Stage, person: int, *data: str) -> Arrival:
    """The bot has written to this person."""
    chat = stage.sandbox.chat(stage.chats[person])
    number = stage.sandbox.next_message_id()
    keyboard = {"inline_keyboard": [[{"text": "x", "callback_data": each}] for each in data]}
    chat.by_id[number] = Message(number, True, NOW, text="hej", reply_markup=keyboard)
    stage.arrivals.append(Arrival(person, number, "hej", data))
    return stage.arrivals[-1]


def test_the_words_are_words_the_bot_knows() -> None:
    """Or nobody would ever take a case on by typing, and nobody would notice."""
    assert texts().translator.word(HAVE_IT) is Word.HAVE_IT
    assert fold(HAVE_IT) == HAVE_IT


def test_ordinary_words_and_cries_are_what_they_are_taken_for() -> None:
    """A cry that is heard as nothing would make "alerts unsent" count too many."""
    read = texts().knowledge.reader.read
    assert {read(each).level for each in ORDINARY} == {0}
    assert min(read(each).level for each in RISKY) >= 2


def test_buttons_say_what_a_message_is() -> None:
    """The text is in a language; the data is not."""
    telling = Arrival(MINA, 1, "🔴", CASE)
    asked = Arrival(SARA, 2, "Hej", ("ci:20261124:d:5", "ci:20261124:d:4"))
    other = Arrival(SARA, 3, "Hej", ("ci:20261124:x1830:5", "al:7:1:reached", "menu"))
    assert telling_in(telling) == (7, 1)
    assert day_asked_in(asked) == "20261124"
    assert (telling_in(other), day_asked_in(other), telling_in(asked), day_asked_in(telling)) == (None,) * 4


@pytest.mark.parametrize(("answer", "updates"), [("press", 1), ("word", 1), ("nothing", 0)])
async def test_a_case_is_taken_on_once_however_often_it_is_told(
    stage: Stage, answer: str, updates: int
) -> None:
    """Two presses of the same would be two answers, of which only one can have an effect."""
    crowd = Crowd(stage, Chosen(answer, 1.0))
    for _ in range(2):
        arrives(stage, MINA, *CASE)
        crowd.answer_everything()
    assert len(stage.queue.pushed) == updates
    assert crowd.deeds.taken == ({7: MINA} if updates else {})
    assert crowd.deeds.presses[MINA] == (answer == "press")


async def test_a_stand_in_takes_only_what_was_handed_on(stage: Stage) -> None:
    """Her own contact person comes first."""
    crowd = Crowd(stage, Chosen("hand on", 1.0))
    arrives(stage, STAND_IN, *CASE)
    crowd.answer_everything()
    assert crowd.deeds.taken == {}
    arrives(stage, MINA, *CASE)
    crowd.answer_everything()
    assert crowd.deeds.handed_on == {7: MINA}
    arrives(stage, STAND_IN, *CASE)
    crowd.answer_everything()
    assert crowd.deeds.taken == {7: STAND_IN}


async def test_whoever_has_a_case_may_say_that_she_was_reached(stage: Stage) -> None:
    """The end of a case is an answer too."""
    crowd = Crowd(stage, Chosen("press"))
    arrives(stage, MINA, "al:7:1:reached")
    crowd.answer_everything()
    assert crowd.deeds.reached == {7: MINA}


async def test_a_face_is_chosen_once(stage: Stage) -> None:
    """The second press would be refused kindly, and is no effect that could be lost."""
    crowd = Crowd(stage, Chosen(""))
    for _ in range(2):
        arrives(stage, SARA, *(f"ci:20261124:d:{face}" for face in range(1, 6)))
        crowd.answer_everything()
    assert (crowd.deeds.faces, crowd.deeds.presses[SARA]) == ({SARA: "20261124"}, 1)


async def test_a_button_that_is_gone_is_not_pressed(stage: Stage) -> None:
    """No phone can do that."""
    crowd = Crowd(stage, Chosen("press", 1.0))
    arrived = arrives(stage, MINA, *CASE)
    stage.sandbox.chat(stage.chats[MINA]).by_id[arrived.message_id].reply_markup = None
    crowd.answer_everything()
    assert (stage.queue.pushed, crowd.deeds.taken) == (set(), {})


async def test_each_cries_once_and_then_nobody(stage: Stage) -> None:
    """One message of danger, one alert: so a second alert is one too many."""
    crowd = Crowd(stage, Random(1))
    assert crowd.next_endangered == LEYLA
    for _ in range(5):
        crowd.cry()
    assert (crowd.deeds.endangered, len(stage.queue.pushed)) == ({LEYLA, LEYLA + 1}, 2)


async def test_check_ins_fall_due_anew_and_again(stage: Stage) -> None:
    """Who was asked is made due once more: that must lead to nothing."""
    crowd = Crowd(stage, Random(1))
    assert crowd.arm(1) == [SARA]
    assert crowd.arm(1) == [SARA + 1, SARA]
    assert crowd.arm_new(3) == []
    assert crowd.deeds.armed == {SARA, SARA + 1}


async def test_texts_are_counted_where_they_were_written(stage: Stage) -> None:
    """Each is answered once."""
    crowd = Crowd(stage, Random(1))
    for _ in range(20):
        crowd.act()
    assert crowd.deeds.texts.keys() == set(stage.writers)
    assert crowd.deeds.texts.total() == len(stage.queue.pushed) == 20
    assert stage.sandbox.token == NO_TOKEN


async def test_the_same_seed_does_the_same(stage: Stage) -> None:
    """What was found once can be looked for again."""
    crowds = [Crowd(stage, Random(seed)) for seed in (5, 5, 6)]
    for crowd in crowds:
        for _ in range(30):
            crowd.act()
    first, second, other = (replace(crowd.deeds) for crowd in crowds)
    assert first == second
    assert first != other
