"""
Residents and contact persons who write with each other: what they see, what they mean, and what they do.

Each text says in itself who wrote it and whom it is meant for; 0 is the bot. They mean what a person means: the one
their screen says they write to, the letter they reply to, the ones a question is about. Where a contact person's screen
gives a reason to mean somebody else (another one wrote, a long pause), they may mean any of them.
"""

import re
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Final, Self

from bot.outgoing import Send
from dialogs.threads import ASK_AFTER
from faults.exchange import Arrival
from faults.post import Post

MARK: Final = re.compile(r"w(\d+)m(\d+)n(\d+)e")
WRITES_TO, ASK_FOR, SENT = "✍️ ", "→ ", "Sent to "
REMEMBERED: Final = 12
PICTURES: Final = 0.05
NEWEST: Final = 0.8
TYPES_FOR: Final = timedelta(seconds=30)
BELIEVED_FOR: Final = timedelta(minutes=1)
"""So long whoever has pressed a button goes by it, although nothing has come of it yet."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Who wrote it and whom it is meant for, by number; 0 is the bot."""

    writer: int
    meant: int
    number: int

    def __str__(self) -> str:
        return f"w{self.writer}m{self.meant}n{self.number}e"


def marks_in(text: str) -> list[Mark]:
    """All of them, in order."""
    return [Mark(*map(int, found)) for found in MARK.findall(text)]


@dataclass(slots=True)
class Somebody:
    """What both have in common: a chat, and what they wrote."""

    id: int
    chat: int
    post: Post
    chance: Random
    name: str = ""
    wrote: list[tuple[int, int]] = field(default_factory=list)  # message, and whom it was meant for

    def _write(self, meant: int, at: datetime, reply_to: int | None = None) -> None:
        mark = self._mark(meant)
        photo = f"file-{mark}" if self.chance.random() < PICTURES else ""
        message = self.post.say(self.chat, at, f"words {mark}", reply_to=reply_to, photo=photo)
        if not photo:
            self.wrote = [*self.wrote, (message, meant)][-REMEMBERED:]

    def _mark(self, meant: int) -> Mark:
        return Mark(self.id, meant, self.post.next_number())

    def _change(self, at: datetime) -> None:
        """A change of words is meant for whoever the words were meant for."""
        if self.wrote:
            message, meant = self.chance.choice(self.wrote)
            self.post.edit(self.chat, at, message, f"changed {self._mark(meant)}")


HERE: Final = re.compile(r"^Hello\. (.+) is here now\.")
OVER: Final = ("It is over.", "has gone for now", "is not there any more")


@dataclass(slots=True)
class Resident(Somebody):
    """She writes with one person at a time, and looks at her screen before she writes."""

    helpers: dict[str, int] = field(default_factory=dict)
    partner: int = 0
    shows: list[int] = field(default_factory=list)  # messages with "Show" below them

    @classmethod
    def of(cls, somebody: Somebody, name: str) -> Self:
        """With the name others know her by."""
        return cls(somebody.id, somebody.chat, somebody.post, somebody.chance, name)

    def gets(self, arrival: Arrival, _at: datetime) -> None:
        """Something came, and she sees it."""
        found = HERE.match(arrival.words)
        if found:
            self.partner = self.helpers[found[1]]
        elif any(each in arrival.words for each in OVER):
            self.partner = 0
        if any(data == "tk:show" for _label, data in arrival.buttons):
            self.shows = [*self.shows, arrival.message][-3:]

    def acts(self, at: datetime) -> None:
        """One thing of what she can do."""
        match self.chance.randrange(20):
            case 0:
                self.post.say(self.chat, at, "/endtalk")
            case 1:
                self._change(at)
            case 2:
                helper = self.chance.choice(tuple(self.helpers.values()))
                answer = "no" if self.chance.random() < 0.5 else "yes"
                self.post.press(self.chat, at, 1, f"set:see:{helper}:talk:{answer}")
            case 3 | 4 | 5 if self.shows:
                self.post.press(self.chat, at, self.shows[-1], "tk:show")
            case 6:
                self.post.say(self.chat, at, "/show")
            case _:
                self._write(self.partner, at)


@dataclass(frozen=True, slots=True)
class Question:
    """ "To whom?", with the marks of what is held and the buttons below it."""

    message: int
    marks: tuple[Mark, ...]
    buttons: tuple[tuple[str, str], ...]
    above: frozenset[int]  # who wrote what stands above it and was not answered yet


@dataclass(slots=True)
class Helper(Somebody):
    """A contact person in several talks, who now and then writes before looking."""

    residents: dict[str, int] = field(default_factory=dict)
    unseen: deque[tuple[datetime, Arrival]] = field(default_factory=deque)
    chosen: int = 0  # by what her screen says
    mind: int | None = None  # whom she has been writing to since she last looked at that
    sure: bool = False  # it was said by a reply or an answer, and not only meant
    hope: tuple[int, datetime] | None = None  # whom she has just asked for, and when
    open: frozenset[int] = frozenset()
    acted_at: datetime | None = None
    heard: set[int] = field(default_factory=set)  # who wrote since she last wrote or chose
    letters: list[tuple[int, int]] = field(default_factory=list)  # message, and who wrote it
    questions: list[Question] = field(default_factory=list)
    ends: list[tuple[int, str]] = field(default_factory=list)

    @classmethod
    def of(cls, somebody: Somebody, name: str) -> Self:
        """With the name others know her by."""
        return cls(somebody.id, somebody.chat, somebody.post, somebody.chance, name)

    def gets(self, arrival: Arrival, at: datetime) -> None:
        """Something came; she sees it when she looks."""
        self.unseen.append((at, arrival))

    def looks(self, until: datetime) -> None:
        """Read what came until then: whoever types does not see what comes meanwhile."""
        while self.unseen and self.unseen[0][0] <= until:
            self._sees(self.unseen.popleft()[1])

    def _sees(self, arrival: Arrival) -> None:
        marks = marks_in(arrival.words)
        if self.hope is not None and arrival.words.startswith(SENT):
            self.mind, self.sure, self.hope = self.hope[0], True, None
        questioned = any(data.startswith("tk:send:") for _label, data in arrival.buttons)
        self.questions = [each for each in self.questions if each.message != arrival.message]
        if questioned:
            self.questions.append(
                Question(arrival.message, tuple(marks), arrival.buttons, frozenset(self.heard))
            )
        elif marks and marks[0].writer != self.id:
            self.letters = [*self.letters, (arrival.message, marks[0].writer)][-REMEMBERED:]
            self.heard.add(marks[0].writer)
        self.ends += [
            (arrival.message, data) for _label, data in arrival.buttons if data.startswith("tk:end:")
        ]
        if isinstance(arrival.what, Send) and arrival.what.reply_keyboard is not None:
            self._keyboard([label for row in arrival.what.reply_keyboard for label in row])

    def _keyboard(self, labels: list[str]) -> None:
        """What stands below the input line says who is there, and which of them she writes to."""
        chosen = [
            self.residents.get(each.removeprefix(WRITES_TO), 0)
            for each in labels
            if each.startswith(WRITES_TO)
        ]
        others = [
            self.residents.get(each.removeprefix(ASK_FOR), 0) for each in labels if each.startswith(ASK_FOR)
        ]
        self.chosen = chosen[0] if chosen else 0
        self.open = frozenset({*chosen, *others} - {0})
        self.hope = self.mind = None
        if self.chosen:
            self.heard.clear()  # the line stands below what they wrote

    # --- what she does ---

    def acts(self, at: datetime) -> None:
        """One thing; mostly after a look, and always where something she pressed does not show."""
        in_vain = self.hope is not None and at - self.hope[1] >= BELIEVED_FOR
        types = self.chance.random() < 0.2 and not in_vain
        self.looks(at - TYPES_FOR if types else at)
        if in_vain:
            self.hope = self.mind = None
        if self.questions and self.chance.random() < 0.7:
            self._answers(at)
            return
        match self.chance.randrange(20):
            case 0 | 1:
                self._begins(at)
            case 2 | 3 | 4 if self.open:
                self._chooses(at)
            case 5 | 6 | 7 | 8 | 9 if self.letters:
                message, meant = self.chance.choice(self.letters)
                self._write(meant, at, reply_to=message)
                self._acted(meant, at)
            case 10:
                self._change(at)
            case 11:
                self._ends(at)
            case _:
                self._writes(at)

    def _acted(self, meant: int, at: datetime, *, sure: bool = True) -> None:
        self.mind, self.acted_at, self.sure, self.hope = meant, at, sure, None
        self.heard.clear()

    def _begins(self, at: datetime) -> None:
        """A talk with anybody; from the press on she means this one."""
        resident = self.chance.choice(tuple(self.residents.values()))
        self.post.press(self.chat, at, 1, f"tk:with:{resident}")
        self._hopes(resident, at)

    def _hopes(self, resident: int, at: datetime) -> None:
        self._acted(resident, at)
        self.hope, self.mind = (resident, at), None

    def _chooses(self, at: datetime) -> None:
        """By what stands below the input line; it is typed, so it is not lost."""
        resident = self.chance.choice(sorted(self.open))
        name = next(name for name, each in self.residents.items() if each == resident)
        self.post.say(self.chat, at, f"{ASK_FOR}{name}")
        self._hopes(resident, at)

    def _writes(self, at: datetime) -> None:
        meant = self._means(at)
        self._write(meant, at)
        self._acted(meant, at, sure=self.sure and meant == self.mind)

    def _means(self, at: datetime) -> int:
        """The one she writes to, unless the screen gave a reason to mean another; what she pressed is believed in."""
        if self.hope is not None:
            return self.hope[0]
        one = self.chosen if self.mind is None else self.mind
        paused = self.acted_at is None or at - self.acted_at > ASK_AFTER
        others = self.heard - {one}
        if one and not others and not (paused and len(self.open) > 1):
            return one
        return self.chance.choice(sorted({*others, *self.open, one} - {0}) or [0])

    def _answers(self, at: datetime) -> None:
        """To whom: where all that is held was meant for one it goes there, else to nobody; now and then an old one."""
        question = self.questions.pop(-1 if self.chance.random() < NEWEST else 0)
        meant = {each.meant for each in question.marks}
        data = dict(question.buttons)
        name = next((name for name, each in self.residents.items() if {each} == meant), None)
        send = data.get(f"To {name}")
        drop = next(each for each in data.values() if each.startswith("tk:drop"))
        self.post.press(self.chat, at, question.message, send or drop)
        if send is not None:
            heard = self.heard - question.above
            self._hopes(self.residents[name or ""], at)
            self.heard = heard
        elif not self.sure or self.mind in meant or not meant:
            self.mind = None  # whoever is not offered cannot be reached

    def _ends(self, at: datetime) -> None:
        if self.ends and self.chance.random() < 0.7:
            self.post.press(self.chat, at, *self.ends.pop())
        else:
            self.post.say(self.chat, at, "/endtalk")


GAPS: Final = (
    *(timedelta(seconds=each) for each in (0, 1, 1, 2, 3, 5, 8, 13)),
    timedelta(seconds=40),
    timedelta(minutes=3),
)
