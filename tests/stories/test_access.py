"""
Who can open what of a resident: deny by default, and each opening is a line in the audit (S10).

Every order that a decision can give is either here, as one that opens something of hers, or on the list of those that
do not, with the reason. A new one fails the first test until somebody has decided which it is.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, get_args

import pytest

from bot.outgoing import Send, Trend
from dialogs import effects
from dialogs.events import Event, Pressed, Timer, TimerFell, Wrote
from dialogs.internal_notes import InternalNote
from dialogs.kinds import Sight
from dialogs.people import Role
from dialogs.plan_entry import Helper, PlanEntry
from dialogs.words import Word
from storage import audit, internal_notes, links, people
from tests.bot.conftest import town
from tests.bot.town import NOW, Town

__all__ = ["town"]

NAME, NOTE, PLAN = "Canary", "the note sings", "Look for a home together"


@dataclass(frozen=True)
class Opening:
    """What a contact person does, what an agreed one then gets to see, and the line that stays (none: a list)."""

    does: Callable[[int], list[Event]]
    shows: str
    line: str | None


OPENINGS: dict[str, Opening] = {
    "GatherDay": Opening(lambda _her: [Wrote("today", Word.TODAY)], "", None),
    "GatherResidents": Opening(lambda _her: [Wrote("residents", Word.RESIDENTS)], "Linden", None),
    "GatherWeek": Opening(lambda _her: [TimerFell(Timer.WEEK, NOW)], "", None),
    "OpenResident": Opening(lambda her: [Pressed(f"rd:{her}")], "Linden", "opened-resident"),
    "NoteOpening": Opening(lambda her: [Pressed(f"rd:{her}")], "Linden", "opened-resident"),
    "ShowTrend": Opening(lambda her: [Pressed(f"rd:{her}:trend")], "(picture)", "opened-trend"),
    "GatherInternalNotes": Opening(lambda her: [Pressed(f"no:read:{her}")], NOTE, "opened-notes"),
    "ShowInternalNotes": Opening(lambda her: [Pressed(f"no:read:{her}")], NOTE, "opened-notes"),
    "WriteInternalNote": Opening(lambda her: [Pressed(f"no:write:{her}"), Wrote("more")], "Kept", None),
    "GatherPlans": Opening(lambda _her: [Wrote("plan", Word.PLAN)], "", None),
    "GatherPlan": Opening(lambda her: [Pressed(f"sp:{her}")], PLAN, "opened-plan"),
    "AskPlan": Opening(lambda her: [Pressed(f"sp:{her}:d:home-visit:partner:none")], "Linden", "opened-plan"),
    "OpenTalk": Opening(lambda her: [Pressed(f"tk:with:{her}")], "Linden", "talk-begun"),
    "PassOn": Opening(
        lambda her: [Pressed(f"tk:with:{her}"), Wrote("hello", message=9, at=NOW)], "Linden", "talk-begun"
    ),
    "PromiseCall": Opening(
        lambda her: [Pressed(f"cl:for:{her}"), Pressed(f"cl:in:{her}:30")], "Linden", None
    ),
}
"""Orders that open something of a resident, or do something to her. A list shows aliases of those who agreed only."""

OPEN_NOTHING = {
    "Say": "words that a decision has made; whoever they go to is decided there",
    "Toast": "as `Say`",
    "ShowPicture": "a picture of a guide",
    "CountStep": "nobody's",
    "SetTimer": "her own moments",
    "StopTimer": "her own moments",
    "RecordCheckIn": "her own",
    "RaiseAlert": "her own decision; who is told stands in the links (tests/stories/test_ladder.py)",
    "TellAlert": "an answer to a case; refused where she was not told (tests/dialogs/test_escalation.py)",
    "TellAlertOnTrack": "her own case",
    "TellOwnAlert": "cases that this person was told about",
    "UnbuttonAlert": "takes buttons away",
    "RingChannels": "a number and a fixed sentence",
    "ReportNotice": "ids",
    "SetContacts": "her own",
    "SetState": "her own",
    "ShowCommands": "a menu",
    "ClearChat": "her own chat",
    "GatherData": "her own",
    "CheckChain": "whether there is anybody",
    "GatherColleagues": "names of contact persons",
    "ForgetPerson": "her own",
    "PassEdit": "as `PassOn`: only what was passed on before, and only while the talk is open",
    "KeepLetter": "the reader's own",
    "OpenLetters": "the reader's own",
    "SendFile": "a letter that was passed on",
    "EndTalk": "ends; who is not in it ends nothing (tests/bot/test_relaying.py)",
    "CheckHours": "when somebody reads",
    "FindActivities": "open to all",
    "FindMyActivities": "the announcer's own",
    "FindActivitiesIn": "open to all",
    "CountComing": "nobody's",
    "AnnounceActivity": "open to all",
    "CancelActivity": "open to all",
    "RenameHelper": "the contact person's own name",
    "LetHappen": "made by decisions above",
    "TellCoordinators": "words of the contact person",
    "OpenDesk": "coordinators only (tests/bot/desk/test_door.py)",
    "AnswerAsStranger": "what everybody hears",
    "ShortenStay": "her own chat",
    "DeleteWritten": "her own chat",
    "SendMyFile": "her own, from her own record (tests/bot/test_my_file.py)",
}


def test_each_order_is_reviewed() -> None:
    """Deny by default begins with knowing what there is."""
    there = {each.__name__ for each in get_args(effects.Effect)}
    assert there == set(OPENINGS) | set(OPEN_NOTHING)
    assert not set(OPENINGS) & set(OPEN_NOTHING)


@dataclass
class Scene:
    """Leyla, Mina whom she agreed to and lets see everything, and Josef who is nobody to her."""

    town: Town
    leyla: int
    mina: int
    josef: int

    async def gets(self, person: int, does: list[Event]) -> str:
        """What this person is sent because of that."""
        said = []
        for event in does:
            ordered = await self.town.happen(person, event)
            mine = [each.outgoing for each in ordered.queued if each.person_id == person]
            said += [each.text for each in mine if isinstance(each, Send)]
            said += ["(picture)" for each in mine if isinstance(each, Trend)]
        return "\n".join(said)

    async def lines(self, person: int) -> list[str]:
        """What the audit says this person opened."""
        found = await self.town.run(audit.entries)
        return [each.did for each in found if each.actor == person]

    async def hers(self) -> Any:
        """All that could be done to her: her record, and what waits for her."""
        written = await self.town.run(internal_notes.count, self.leyla)
        return await self.town.person(self.leyla), len(await self.town.outbox(self.leyla)), written


@pytest.fixture
async def scene(town: Town) -> Scene:
    """Everything that can be opened is there."""
    mina, josef = await town.contact(), await town.contact("Josef", 22)
    entry = PlanEntry(1, "home-look", Helper.HERSELF, mina, 1, her_yes=True, their_yes=True)
    leyla = await town.resident(
        "Linden",
        contacts=(mina,),
        sight=((mina, tuple(each.value for each in Sight)),),
        faces=((NOW.date(), 2),),
        sip=(entry,),
    )

    def work(db: Any) -> None:
        known = people.get(db, town.house.keyring, leyla)
        people.save_person(db, known.box, replace(known.person, name=NAME), NOW)
        internal_notes.write(db, known.box, leyla, InternalNote(NOTE, NOW, mina))

    await town.run(work)
    return Scene(town, leyla, mina, josef)


@pytest.mark.parametrize("order", OPENINGS)
async def test_whom_she_agreed_to_sees_it_and_that_is_noted(scene: Scene, order: str) -> None:
    """By numbers, never by what was seen; and her own name is nobody's."""
    opening = OPENINGS[order]
    shown = await scene.gets(scene.mina, opening.does(scene.leyla))
    assert opening.shows in shown
    assert NAME not in shown
    assert await scene.lines(scene.mina) == ([opening.line] if opening.line else [])


@pytest.mark.parametrize("order", OPENINGS)
async def test_whoever_is_nobody_to_her_sees_and_changes_nothing(scene: Scene, order: str) -> None:
    """Whatever number he sends; not even that she is here by that name."""
    await _nothing(scene, scene.josef, order)


@pytest.mark.parametrize("order", OPENINGS)
async def test_a_proposal_is_no_agreement(scene: Scene, order: str) -> None:
    """The operator named him; she has not said yes."""
    await scene.town.run(links.propose, scene.leyla, scene.josef, 5)
    await _nothing(scene, scene.josef, order)


@pytest.mark.parametrize("order", OPENINGS)
async def test_who_was_unlinked_a_moment_ago_sees_nothing_any_more(scene: Scene, order: str) -> None:
    """The next tap after her no; also where she had a talk open with her (S7)."""
    await scene.town.happen(scene.mina, Pressed(f"tk:with:{scene.leyla}"))
    await scene.town.happen(scene.leyla, Pressed(f"set:see:{scene.mina}:told:no"))
    before = await scene.lines(scene.mina)
    await _nothing(scene, scene.mina, order, before)


async def _nothing(scene: Scene, person: int, order: str, before: list[str] | None = None) -> None:
    hers = await scene.hers()
    shown = await scene.gets(person, OPENINGS[order].does(scene.leyla))
    for secret in (NAME, NOTE, PLAN, "Linden", "(picture)"):
        assert secret not in shown
    assert await scene.hers() == hers
    assert await scene.lines(person) == (before or [])


@pytest.mark.parametrize("order", OPENINGS)
async def test_a_coordinator_sees_a_pseudonym_and_no_more_than_a_coordinator_may(
    scene: Scene, order: str
) -> None:
    """Notes and open cases are her work; plan, trend, talk and page are not, unless a resident says so."""
    karin = await scene.town.contact("Karin", 31, Role.COORDINATOR)
    shown = await scene.gets(karin, OPENINGS[order].does(scene.leyla))
    for secret in (NAME, PLAN, "(picture)"):
        assert secret not in shown
    notes = order in ("GatherInternalNotes", "ShowInternalNotes")
    assert (NOTE in shown) is notes
    assert await scene.lines(karin) == (["opened-notes"] if notes else [])


async def test_who_lost_the_role_opens_nothing_the_same_second(scene: Scene) -> None:
    """She left: her rows are gone, and with them whatever she could open."""
    await scene.town.run(people.erase, scene.mina)
    assert await scene.town.run(links.residents_of, scene.mina) == []
    handled = await scene.town.take(scene.town.press(21, f"rd:{scene.leyla}"))
    said = [each.text for each in handled.ordered.loose if isinstance(each, Send)]
    assert said == ["Hello. This chat works by invitation."]
