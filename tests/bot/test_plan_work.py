"""A shared plan is opened and changed by its rules, and each look is noted."""

from dialogs.events import Pressed, Timer, Wrote
from dialogs.text import _
from dialogs.words import Word
from storage import timers
from tests.bot.town import Town

HAVE_IT = Wrote("I have it", Word.HAVE_IT)


async def _with_plan(town: Town) -> tuple[int, int]:
    mina = await town.contact()
    leyla = await town.resident("Linden", contacts=(mina,), sight=((mina, ("plan",)),))
    return leyla, mina


async def _audited(town: Town) -> int:
    found: int = await town.cell("SELECT count(*) FROM audit WHERE did = 'opened-plan'")
    return found


async def test_a_proposal_of_a_contact_person_waits_in_the_residents_own_record(town: Town) -> None:
    """It is hers; the other one sees it because she lets her."""
    leyla, mina = await _with_plan(town)
    await town.happen(mina, Pressed(f"sp:{leyla}:d:home-visit:partner:none"))
    (entry,) = (await town.person(leyla)).sip
    assert (entry.by, entry.agreed) == (mina, False)
    assert [each.kind for each in await town.run(timers.of_person, leyla)] == [Timer.PLAN]
    assert len(await town.texts(mina)) == 2, "what became of it, and the plan as it is"


async def test_each_look_at_a_plan_is_noted(town: Town) -> None:
    """By ids; choosing what to propose is no look."""
    leyla, mina = await _with_plan(town)
    await town.happen(mina, Pressed(f"sp:{leyla}"))
    await town.happen(mina, Pressed(f"sp:{leyla}:new"))
    assert await _audited(town) == 1
    assert await town.cell("SELECT about FROM audit WHERE actor = ?", mina) == f"person:{leyla}"


async def test_a_closed_plan_is_refused_and_nothing_is_noted_or_changed(town: Town) -> None:
    """The next tap after her no."""
    leyla, mina = await _with_plan(town)
    await town.happen(leyla, Pressed(f"set:see:{mina}:plan:no"))
    for data in (f"sp:{leyla}", f"sp:{leyla}:d:home-visit:partner:none", "sp:99", f"sp:{mina}"):
        await town.happen(mina, Pressed(data))
    assert (await town.person(leyla)).sip == ()
    assert await _audited(town) == 0
    assert set(await town.texts(mina)) == {
        town.say(
            _("sip", "That plan is not open to you. Each resident decides who sees it, and can change that.")
        )
    }
