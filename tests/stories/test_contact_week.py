"""A contact person's week with three residents: calls, a case taken over, one handed on, an emergency, Monday."""

from datetime import timedelta

from dialogs.people import Role
from dialogs.text import Message, _, _n, plain
from dialogs.words import LABELS, Word
from tests.stories.story import Phone, Story

OUTSIDE = "han står utanför dörren nu och ska döda mig"


class Week:
    """Everybody of the week on their phones."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.mina: Phone
        self.josef: Phone
        self.karin: Phone
        self.leyla: Phone
        self.samira: Phone
        self.dalia: Phone

    async def everybody_joins(self) -> None:
        """Mina is asked first, then Josef; Karin is the coordinator."""
        story = self.story
        self.karin = await story.contact("Karin", "sv", Role.COORDINATOR)
        self.mina = await story.contact("Mina")
        self.josef = await story.contact("Josef")
        both = ["Mina", "Josef"]
        self.leyla = await story.resident("Leyla", consents="nyy", contacts=both)
        self.samira = await story.resident("Samira", contacts=both)
        self.dalia = await story.resident("Dalia", consents="nyy", contacts=both)


async def test_a_week_with_three_residents(story: Story) -> None:
    """With a restart between any two steps: whatever was promised stands in the database or nowhere."""
    week = Week(story)
    await week.everybody_joins()
    await _monday_practice_and_a_call(week)
    await _monday_evening_no_answer(week)
    await _tuesday_josef_takes_over(week)
    await _wednesday_an_emergency(week)
    await _thursday_a_word_to_mina(week)
    await _friday_handed_on_with_a_note(week)
    await _saturday_the_bot_is_down_when_the_call_was_to_be(week)
    await _monday_the_summary(week)


async def _monday_practice_and_a_call(week: Week) -> None:
    story, mina, samira = week.story, week.mina, week.samira
    await mina.types(LABELS[Word.PRACTICE])
    for word in (Word.HAVE_IT, Word.REACHED, Word.SAFE):
        await mina.types(LABELS[word])
    assert mina.reads(_("practice", "That was a whole case. It ends only when somebody has reached her."))
    assert not await story.bot.db.run(lambda db: db.execute("SELECT count(*) FROM alerts").fetchone()[0])

    await mina.types(LABELS[Word.TODAY])
    assert mina.reads(_("day", "Nothing waits for you today."))
    await _opens(mina, "Samira")
    await mina.press("cl:for:…")
    await mina.write("15:00")
    assert samira.reads(
        _("her call", "You two know how. You can say whether that suits; you do not have to.")
    )
    await samira.types(_("her call", "Suits me"))
    assert _says(mina, _("calls", "🔵 About a call that you have promised."))

    await story.until(14, 46)
    assert _says(samira, _("her call", "Soon: {name}, {time}.", name="Mina", time=plain("15:00")))
    await story.until(14, 56)
    assert _says(mina, _("calls", "You call {alias}, {time}.", alias="Samira", time=plain("15:00")))
    await story.until(15, 11)
    await mina.types(_("calls", "We have talked"))
    assert mina.reads(_("calls", "Good. Thank you for calling {alias}.", alias="Samira"))


async def _monday_evening_no_answer(week: Week) -> None:
    story, mina, samira = week.story, week.mina, week.samira
    await story.until(18)
    await story.until(21, 5)
    await mina.write("/today")
    assert story.say(_("day", "Unanswered check-ins:"), "sv") in mina.last.text
    assert "Samira" in mina.last.text
    await samira.press("ci:…:d:4")
    await mina.write("/today")
    assert mina.last.text == story.say(_("day", "Nothing waits for you today."), "sv")
    await samira.types(LABELS[Word.SETTINGS])
    await samira.write("/pause")
    await samira.press("set:pause:14")
    await mina.types(LABELS[Word.RESIDENTS])
    sign = story.say(_("day", "Last sign: {time}, to the hour", time="§"), "sv").partition("§")[0]
    assert mina.last.text.count(sign) == 3
    assert "Paus" in mina.last.text


async def _tuesday_josef_takes_over(week: Week) -> None:
    story, mina, josef, leyla = week.story, week.mina, week.josef, week.leyla
    await story.until(9)
    await leyla.types(LABELS[Word.SOMEONE])
    await story.pass_time(minutes=15, seconds=1)
    await mina.press("al:1:…:have")
    await josef.types(LABELS[Word.HAVE_IT])
    assert josef.reads(_("alert", "No open case is waiting for that from you. Nothing was changed."))
    await josef.types(LABELS[Word.TAKE_OVER])
    assert _says(
        mina, _("alert", "{name} has taken case {case} over from you. Thank you.", name="Josef", case=1)
    )
    assert sum("Josef" in shown.text for shown in leyla.seen[-2:]) == 1, "she hears once who comes now"
    await mina.press("al:1:…:safe")
    assert mina.offers("al:1:…:over"), "her old button ends nothing"
    await josef.press("al:1:…:safe")
    assert mina.reads(
        _("alert", "Case {case} is closed: {name} has reached {alias}.", case=1, name="Josef", alias="Leyla")
    )


async def _wednesday_an_emergency(week: Week) -> None:
    story, mina, dalia = week.story, week.mina, week.dalia
    await story.until(22, days=1)
    await dalia.write(OUTSIDE)
    await mina.press("al:2:…:have")
    await mina.press("al:2:…:safe")
    await story.pass_time(hours=2)
    assert not _says(mina, _heavy(2)), "not in the same night"


def _heavy(case: int) -> Message:
    return _(
        "debrief", "Case {case} was a heavy one. Thank you for having been there. How are you?", case=case
    )


async def _thursday_a_word_to_mina(week: Week) -> None:
    story, mina, karin, josef = week.story, week.mina, week.karin, week.josef
    await story.until(10)
    assert _says(mina, _heavy(2))
    assert not _says(josef, _heavy(2))
    await mina.types(_("debrief", "I would like to talk with somebody"))
    wish = _(
        "debrief",
        "{name} had case {case} and would like to talk with somebody. Please get in touch.",
        name="Mina",
        case=2,
    )
    assert _says(karin, wish)
    assert "Dalia" not in karin.last.text


async def _friday_handed_on_with_a_note(week: Week) -> None:
    story, mina, josef, samira = week.story, week.mina, week.josef, week.samira
    await story.until(12, days=1)
    await samira.types(LABELS[Word.SOMEONE])
    await mina.press("al:3:…:have")
    await mina.press("al:3:…:cannot")
    assert josef.offers("al:3:…:have"), "it goes on at once, note or no note"
    await mina.press("hn:3:later")
    note = _("hand-over", "{name}: {note}", name="Mina", note=_("hand-over", "Calling later is better."))
    assert _says(josef, note)
    await josef.press("al:3:…:have")
    await josef.press("al:3:…:safe")


async def _saturday_the_bot_is_down_when_the_call_was_to_be(week: Week) -> None:
    story, mina, leyla = week.story, week.mina, week.leyla
    await story.until(12, days=1)
    await _opens(mina, "Leyla")
    await mina.press("cl:for:…")
    await mina.press("cl:at:…:1800")
    before = len(leyla.seen)
    await story.sleep()
    story.clock.move(timedelta(hours=8))
    await story.wake()
    await story.step()
    assert len(leyla.seen) == before, "a reminder that is over is not sent"
    asked = story.say(_("calls", "We have talked"), "sv")
    assert any(button.text == asked for row in mina.last.buttons for button in row)
    await mina.types(_("calls", "Nobody answered"))
    assert "Mina" in leyla.last.text
    assert len(leyla.seen) == before + 1


async def _monday_the_summary(week: Week) -> None:
    story, mina, josef, karin = week.story, week.mina, week.josef, week.karin
    await story.until(9, days=2)
    assert story.clock.now().isoweekday() == 1
    lines = (
        _("week", "Cases you took on: {count}", count=3),
        _("week", "Cases you closed: {count}", count=1),
        _("week", "Open with you now: {count}", count=0),
        _("week", "Calls kept: {kept}, not kept: {missed}", kept=1, missed=1),
        _n("week", "Calls not settled yet: {count}", "Calls not settled yet: {count}", 0),
        _("week", "Residents with a pause: {count}", count=1),
    )
    for line in lines:
        assert _says(mina, line), line
    assert _says(josef, _("week", "Cases you closed: {count}", count=2))
    assert _says(karin, _("week", "{name}: {residents} of {most}", name="Mina", residents=3, most=5))
    assert not mina.reads(_("week", "Residents for each contact person:"))


async def test_a_whole_case_of_calls_that_end_otherwise(story: Story) -> None:
    """She asks for another time, then leaves; Mina hears both, and no reason."""
    week = Week(story)
    await week.everybody_joins()
    mina, leyla, samira = week.mina, week.leyla, week.samira
    await _opens(mina, "Leyla")
    await mina.press("cl:for:…")
    await mina.press("cl:am:…")
    await leyla.types(_("her call", "Another time please"))
    assert _says(mina, _("calls", "{alias} has asked for another time.", alias="Leyla"))
    await mina.press("cl:for:…")
    await mina.press("cl:in:…:60")
    await leyla.write("/stop")
    assert "Leyla" in mina.last.text
    assert not any("stop" in shown.text.casefold() for shown in mina.seen[-2:])

    await _opens(mina, "Samira")
    await mina.press("cl:for:…")
    await mina.press("cl:in:…:60")
    await mina.write("/stop")
    await mina.press("ch:leave-yes")
    assert "Mina" in samira.last.text
    count = len(samira.seen)
    await story.pass_time(hours=2)
    assert len(samira.seen) == count, "no reminder of what does not come"


async def _opens(phone: Phone, alias: str) -> None:
    """Her page, by the name on the button."""
    await phone.types(LABELS[Word.RESIDENTS])
    await phone.types(plain(alias))


def _says(phone: Phone, message: Message) -> bool:
    """Whether one of the last four messages contains it."""
    said = phone.story.say(message, phone.locale)
    return any(said in shown.text for shown in phone.seen[-4:])
