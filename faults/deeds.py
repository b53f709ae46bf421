"""
What people do while the bot is killed, and a note of it: the one side of the account.

Chance is an argument, so the same seed does the same deeds; only when each falls depends on the machine. Every
deed is one the bot must take: who is asked answers once, who is told of a case answers as it was decided for that
case, and nobody presses a button that is no longer there.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from random import Random
from typing import Final, NamedTuple

from bench.messages import ORDINARY, RISKY
from faults.stage import Arrival, Stage

HAVE_IT: Final = "jag har det"
"""What a contact person types, in Swedish as the whole town; the word must be known to the bot (a test asks it)."""

ANSWERS: Final = ("press", "press", "press", "word", "word", "hand on", "hand on", "nothing")
FACES: Final = (3, 4, 5)
"""The two low faces ask on, which is another story."""


class Telling(NamedTuple):
    """What the data of a telling's buttons name."""

    case: int
    step: int


def telling_in(arrival: Arrival) -> Telling | None:
    """Return which telling this is; None where it is none."""
    for each in arrival.data:
        topic, *rest = each.split(":")
        if topic == "al" and rest[-1] == "have":
            return Telling(int(rest[0]), int(rest[1]))
    return None


def day_asked_in(arrival: Arrival) -> str | None:
    """Return the day of the check-in this asks for; None where it asks for none."""
    for each in arrival.data:
        topic, *rest = each.split(":")
        if topic == "ci" and rest[1:] == ["d", "5"]:
            return rest[0]
    return None


@dataclass(slots=True)
class Deeds:
    """What was done. Persons by their number in the database, cases by theirs."""

    texts: Counter[int] = field(default_factory=Counter)  # ordinary words
    presses: Counter[int] = field(default_factory=Counter)
    endangered: set[int] = field(default_factory=set)
    taken: dict[int, int] = field(default_factory=dict)  # case -> who said "I have it"
    handed_on: dict[int, int] = field(default_factory=dict)  # case -> who said "cannot now"
    reached: dict[int, int] = field(default_factory=dict)  # case -> who said "reached"
    faces: dict[int, str] = field(default_factory=dict)  # resident -> the day she answered
    armed: set[int] = field(default_factory=set)  # residents whose check-in was made due


@dataclass(slots=True)
class Crowd:
    """The people on the stage, and what each is about to do."""

    stage: Stage
    chance: Random
    deeds: Deeds = field(default_factory=Deeds)
    _read: int = 0  # arrivals looked at so far
    _waiting: list[Callable[[], None]] = field(default_factory=list)
    _answers: dict[int, str] = field(default_factory=dict)

    def act(self) -> None:
        """One deed of somebody: mostly words, sometimes an answer to what has arrived."""
        self._read_what_came()
        if self._waiting and self.chance.random() < 0.5:
            self._waiting.pop(self.chance.randrange(len(self._waiting)))()
        else:
            self.write(self.chance.choice(self.stage.writers), self.chance.choice(ORDINARY))

    def answer_everything(self) -> None:
        """Whoever still wants to answer does."""
        self._read_what_came()
        for act in self._waiting:
            act()
        self._waiting.clear()

    def write(self, person: int, text: str) -> None:
        """Ordinary words, each of which brings exactly one answer."""
        self.stage.sandbox.say(self.stage.chats[person], text)
        self.deeds.texts[person] += 1

    @property
    def next_endangered(self) -> int:
        """Who writes of danger next."""
        return self.stage.endangered.start + len(self.deeds.endangered)

    def cry(self) -> None:
        """The next resident writes of danger, once in her life; nothing happens when all have."""
        person = self.next_endangered
        if person in self.stage.endangered:
            self.stage.sandbox.say(self.stage.chats[person], self.chance.choice(RISKY))
            self.deeds.endangered.add(person)

    def arm(self, count: int) -> list[int]:
        """Return whose check-ins are to be made due: new ones, and one who was asked before and must not be again."""
        again = [self.chance.choice(sorted(self.deeds.armed))] if self.deeds.armed else []
        return [*self.arm_new(count), *again]

    def arm_new(self, count: int) -> list[int]:
        """Return whose check-ins are to be made due for the first time; fewer where there are no more."""
        first = self.stage.asked.start + len(self.deeds.armed)
        chosen = [each for each in range(first, first + count) if each in self.stage.asked]
        self.deeds.armed.update(chosen)
        return chosen

    # --- answers ---

    def _read_what_came(self) -> None:
        came, self._read = self.stage.arrivals[self._read :], len(self.stage.arrivals)
        for arrival in came:
            telling = telling_in(arrival)
            if telling is not None:
                self._told(arrival, telling.case)
            self._asked(arrival)
            self._outcome(arrival)

    def _told(self, arrival: Arrival, case: int) -> None:
        """One answer a case, decided when it is first heard of; a stand-in takes what was handed on to her."""
        answer = self._answers.setdefault(case, self.chance.choice(ANSWERS))
        if self.stage.is_stand_in(arrival.person):
            if case in self.deeds.handed_on and case not in self.deeds.taken:
                self._waiting.append(lambda: self._take(arrival, case))
        elif answer == "press":
            self._waiting.append(lambda: self._take(arrival, case))
        elif answer == "word":
            self._waiting.append(lambda: self._say_it(arrival.person, case))
        elif answer == "hand on":
            self._waiting.append(lambda: self._hand_on(arrival, case))

    def _take(self, arrival: Arrival, case: int) -> None:
        if case not in self.deeds.taken and self._press(arrival, f"al:{case}:", ":have"):
            self.deeds.taken[case] = arrival.person

    def _say_it(self, person: int, case: int) -> None:
        if case not in self.deeds.taken:
            self.stage.sandbox.say(self.stage.chats[person], HAVE_IT)
            self.deeds.taken[case] = person

    def _hand_on(self, arrival: Arrival, case: int) -> None:
        if case not in self.deeds.handed_on and self._press(arrival, f"al:{case}:", ":cannot"):
            self.deeds.handed_on[case] = arrival.person

    def _outcome(self, arrival: Arrival) -> None:
        """Every second one who has a case says in the end that she was reached."""
        for data in arrival.data:
            if data.startswith("al:") and data.endswith(":reached") and self.chance.random() < 0.5:
                case = int(data.split(":")[1])
                self._waiting.append(partial(self._reach, arrival, case))

    def _reach(self, arrival: Arrival, case: int) -> None:
        if case not in self.deeds.reached and self._press(arrival, f"al:{case}:", ":reached"):
            self.deeds.reached[case] = arrival.person

    def _asked(self, arrival: Arrival) -> None:
        day = day_asked_in(arrival)
        if day is not None and self.chance.random() < 0.7:
            face = self.chance.choice(FACES)
            self._waiting.append(lambda: self._choose(arrival, day, face))

    def _choose(self, arrival: Arrival, day: str, face: int) -> None:
        if arrival.person not in self.deeds.faces and self._press(arrival, f"ci:{day}:d:{face}", ""):
            self.deeds.faces[arrival.person] = day

    def _press(self, arrival: Arrival, start: str, end: str) -> bool:
        """Press where the button is still there; False where it is not."""
        chat = self.stage.chats[arrival.person]
        message = self.stage.sandbox.chat(chat).find(arrival.message_id)
        data = next((each for each in arrival.data if each.startswith(start) and each.endswith(end)), None)
        if message is None or data is None or not message.has_button(data):
            return False
        self.stage.sandbox.press(chat, arrival.message_id, data)
        self.deeds.presses[arrival.person] += 1
        return True
