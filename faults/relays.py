"""
Twenty residents and three contact persons write with each other, all at once, while the bot starts anew in between.

Nothing may come to anybody it is not meant for (R32). What is meant stands in each text; how people mean it is told in
`faults/correspondents.py`. The bot's own handling, storage and texts decide; the network is left out.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Final

from bot.wiring import Texts
from dialogs import people as folk
from dialogs.people import Agreed, Consent, Person, Place, Role
from faults.correspondents import GAPS, Helper, Mark, Resident, Somebody, marks_in
from faults.exchange import Arrival, Exchange
from faults.findings import Finding
from faults.post import Post
from faults.scale import Scale
from faults.theatre import BEGIN, listening, read_everything, settled
from storage import links

PART: Final = "relays"
RESIDENTS: Final = 20
HELPERS: Final = 3
FIRST_CHAT: Final = 70_000
HELPER_ACTS: Final = 0.45
OF_HER_TALK: Final = 0.85
"""How often a resident acts who is in a talk, where one is."""
HANDLED: Final = 0.6
"""How often the bot is as quick as people are."""
AWAY: Final = 0.003
AWAY_FOR: Final = (20, 60)
"""So many things people do while the bot is away."""
RESTARTS: Final = 0.004
PAUSES: Final = 0.002
LONG: Final = (timedelta(minutes=31), timedelta(minutes=31), timedelta(hours=3), timedelta(hours=25))


async def prove(scale: Scale, folder: Path) -> list[Finding]:
    """Let them write until so many letters have arrived."""
    with listening() as heard:
        course = await written(folder, read_everything(), scale.seed, scale.letters)
    return report(replace(course, errors=heard.errors))


@dataclass(slots=True)
class Course:
    """What came of it. `wrong`: letters that came to somebody they were not meant for."""

    arrived: int = 0
    wrong: list[Mark] = field(default_factory=list)
    set_aside: int = 0
    questions: int = 0
    away: int = 0
    lost_presses: int = 0
    overtaken: int = 0
    restarts: int = 0
    errors: int = 0


async def written(folder: Path, texts: Texts, seed: int, letters: int) -> Course:
    """The whole course of it."""
    exchange = Exchange(folder, texts)
    await exchange.open()
    try:
        town = await _settle(exchange, Random(seed))
        return await town.write_until(letters)
    finally:
        await exchange.close()


@dataclass(slots=True)
class Town:
    """Everybody, the post between them and the bot, and a clock."""

    exchange: Exchange
    post: Post
    chance: Random
    helpers: list[Helper] = field(default_factory=list)
    residents: list[Resident] = field(default_factory=list)
    now: datetime = BEGIN
    course: Course = field(default_factory=Course)
    _away: int = 0

    # --- who is there ---

    async def settle(self, role: Role, build: Callable[[int], Person]) -> Somebody:
        """Somebody with a chat of her own; chats are numbered from the first one on."""
        chat = FIRST_CHAT + len(self.helpers) + len(self.residents)
        number = await self.exchange.run(settled, self.exchange.house, role, build, chat, BEGIN)
        return Somebody(number, chat, self.post, self.chance)

    # --- what happens ---

    async def write_until(self, letters: int) -> Course:
        """One thing after the other, until so many letters have arrived."""
        while self.course.arrived < letters:
            await self._goes_on()
            self._who_acts().acts(self.now)
        self.course.restarts = self.exchange.restarts
        self.course.lost_presses, self.course.overtaken = self.post.lost, self.post.overtaken
        return self.course

    def _who_acts(self) -> Helper | Resident:
        if self.chance.random() < HELPER_ACTS:
            return self.chance.choice(self.helpers)
        in_a_talk = [each for each in self.residents if each.partner]
        some = in_a_talk if in_a_talk and self.chance.random() < OF_HER_TALK else self.residents
        return self.chance.choice(some)

    async def _goes_on(self) -> None:
        """Time passes; mostly the bot handles what waits, and now and then it is away for a while."""
        pause = self.chance.random() < PAUSES
        self.now += self.chance.choice(LONG if pause else GAPS)
        if self._away:
            self._away -= 1
        elif self.chance.random() < AWAY:
            self._away = self.chance.randint(*AWAY_FOR)
            self.course.away += 1
        elif pause or self.chance.random() < HANDLED:
            await self._handled(look=pause)

    async def _handled(self, *, look: bool) -> None:
        """All that waits; sometimes the bot starts anew before it has sent what came of it."""
        self.course.set_aside += await self.exchange.take(self.post.hand_out(self.now), self.now)
        if look:
            await self.exchange.look(self.now)
        if self.chance.random() < RESTARTS:
            await self.exchange.restart(self.now)
        for arrival in await self.exchange.send(self.now):
            self._came(arrival)

    def _came(self, arrival: Arrival) -> None:
        place = arrival.chat - FIRST_CHAT
        person = self.helpers[place] if place < HELPERS else self.residents[place - HELPERS]
        self._counted(person, arrival)
        person.gets(arrival, self.now)

    def _counted(self, person: Somebody, arrival: Arrival) -> None:
        theirs = [mark for mark in marks_in(arrival.words) if mark.writer != person.id]
        self.course.arrived += len(theirs)
        self.course.wrong += [mark for mark in theirs if mark.meant != person.id]
        self.course.questions += any(data.startswith("tk:send:") for _label, data in arrival.buttons)


async def _settle(exchange: Exchange, chance: Random) -> Town:
    """Everybody has agreed to everybody, so that nothing but the talk itself says who may write to whom."""
    town = Town(exchange, Post(chance), chance)
    for place in range(HELPERS):
        contact = folk.Contact(0, f"Mina-{place}", locale="en", place=Place.MENU, joined=True)
        town.helpers.append(Helper.of(await town.settle(Role.CONTACT, _numbered(contact)), contact.name))
    agreed = tuple(Agreed(each.id, each.name) for each in town.helpers)
    for place in range(RESIDENTS):
        her = folk.Resident(
            0,
            f"Leyla-{place:02}",
            locale="en",
            place=Place.MENU,
            joined=True,
            consent=Consent(check_ins=True, reading=True, telling=True),
            proposed=agreed,
            contacts=agreed,
        )
        resident = Resident.of(await town.settle(Role.RESIDENT, _numbered(her)), her.alias)
        for turn, each in enumerate(town.helpers):
            await exchange.run(links.propose, resident.id, each.id, turn)
        await exchange.run(links.agree, resident.id, [each.id for each in town.helpers])
        town.residents.append(resident)
    for helper in town.helpers:
        helper.residents = {each.name: each.id for each in town.residents}
    for resident in town.residents:
        resident.helpers = {each.name: each.id for each in town.helpers}
    return town


def _numbered(person: Person) -> Callable[[int], Person]:
    return lambda number: replace(person, id=number)


def report(course: Course) -> list[Finding]:
    """The lines of the table."""
    met = (course.questions, course.away, course.lost_presses, course.overtaken, course.restarts)
    wrong = ", ".join(map(str, course.wrong[:5]))
    return [
        Finding(
            PART,
            "letters that came to somebody they were not meant for",
            f"{len(course.wrong)} of {course.arrived}{': ' if wrong else ''}{wrong}",
            "0",
            not course.wrong,
        ),
        Finding(
            PART,
            "questions “to whom?”, times away, presses lost, presses that overtook words, restarts",
            ", ".join(map(str, met)),
            "some of each",
            all(met),
        ),
        Finding(
            PART,
            "updates set aside, errors in the log",
            f"{course.set_aside}, {course.errors}",
            "0, 0",
            not (course.set_aside or course.errors),
        ),
    ]
