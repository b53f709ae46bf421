"""The first week of Leyla and her contact person Mina, in each language, as one story."""

import re

import pytest

from bot.locale_folder import base
from dialogs.text import Message, _
from dialogs.words import LABELS, Word
from tests.stories.story import Phone, Story, texts

THREATS = {
    "ar": "أخوي قال انه رح يقتلني",
    "ckb": "براکەم دەڵێت دەتکوژم",
    "en": "my brother said he is going to kill me",
    "fa": "برادرم گفت منو می‌کشه",
    "fa_AF": "برادرم گفت مرا می‌کشد",
    "ku": "birayê min got ez ê te bikujim",
    "ps": "ورور مې غواړي ما ووژني",
    "so": "walaalkay wuxuu yidhi waan ku dilayaa",
    "sv": "min bror sa att han ska döda mig",
    "ti": "ሓወይ ክቐትለኪ እየ ኢሉኒ",
    "tr": "abim beni öldüreceğini söyledi",
    "uk": "брат сказав що вб'є мене",
    "ur": "بھائی نے کہا وہ مجھے مار دے گا",
}
CASES = pytest.mark.parametrize("locale", texts().translator.locales)
ENGLISH = re.compile(r"\b(the|you|your|how|what)\b", re.IGNORECASE)


@CASES
async def test_the_first_week(story: Story, locale: str) -> None:
    """The main job, end to end: check-ins, a guide, silence, a threat, and a human who answers."""
    story.restarts_in_joining = True
    mina = await story.contact("Mina", locale)
    leyla = await story.resident("Leyla", locale)
    assert leyla.reads(
        _("joining", "With “I need someone” I ask a person to get in touch, at any time, without questions.")
    )

    await _monday_is_fine(story, leyla)
    await _tuesday_bills_weigh(story, leyla, mina)
    await _wednesday_one_reminder(story, leyla, mina)
    await _then_silence_until_mina_is_told(story, leyla, mina)
    await _a_late_answer_clears_it(leyla, mina)
    await _sunday_a_threat(story, leyla, mina, THREATS[base(locale)])
    if locale != "en":
        _nothing_was_left_in_english(leyla, mina)


async def _monday_is_fine(story: Story, leyla: Phone) -> None:
    await story.until(18)
    assert leyla.reads(_("check-in", "Hello. How is today?"))
    await leyla.press("ci:…:d:4")
    assert leyla.reads(_("check-in", "Good to hear. Thank you for answering."))


async def _tuesday_bills_weigh(story: Story, leyla: Phone, mina: Phone) -> None:
    await story.until(18)
    await leyla.press("ci:…:d:2")
    await leyla.press("cw:…:money")
    await leyla.press("g:open:bills")
    await leyla.press("g:bills:…:next") if leyla.offers("g:bills:…:next") else await leyla.press(
        "g:bills:…:to.0"
    )
    page = leyla.last.text
    await leyla.types(LABELS[Word.GUIDES])
    await leyla.press("g:open:bills")
    await leyla.press("g:go-on:bills")
    assert leyla.last.text == page, "she goes on where she was"
    await leyla.press("g:bills:…:stuck")
    assert not mina.reads(_("alert", "🔵 Case {case}: a quiet note. Today is soon enough.", case=1))
    await leyla.press("g:bills:…:tell")
    assert mina.reads(_("alert", "🔵 Case {case}: a quiet note. Today is soon enough.", case=1))
    await mina.press("al:1:…:have")
    assert leyla.reads(
        _(
            "resident alert",
            "Seen, {time}. {name} will get in touch with you.",
            time=story.clock.now(),
            name="Mina",
        )
    )
    await mina.types(LABELS[Word.SAFE])
    assert mina.reads(_("alert", "Case {case} is closed. Thank you for being there.", case=1))


async def _wednesday_one_reminder(story: Story, leyla: Phone, mina: Phone) -> None:
    await story.until(18)
    told = len(mina.seen)
    await story.pass_time(hours=3)
    reminder = _("check-in", "Hello again. One tap is enough, and it is fine to skip.")
    assert leyla.reads(reminder)
    before = len(leyla.seen)
    await story.pass_time(hours=3)
    assert len(leyla.seen) == before, "one reminder, never a second"
    await leyla.types(_("face", "🙂 Good"))
    assert leyla.reads(_("check-in", "Good to hear. Thank you for answering."))
    assert len(mina.seen) == told


async def _then_silence_until_mina_is_told(story: Story, leyla: Phone, mina: Phone) -> None:
    quiet = _("alert", "🔵 Case {case}: a quiet note. Today is soon enough.", case=2)
    await story.until(18)
    await story.until(18)
    assert not mina.reads(quiet), "one missed day is not told"
    await story.until(18)
    assert mina.reads(quiet)
    assert leyla.reads(
        _(
            "check-in",
            "As we agreed, I have told {contact} that I have not heard from you.",
            contact=Message("", "{value}", (("value", "Mina"),)),
        )
    )


async def _a_late_answer_clears_it(leyla: Phone, mina: Phone) -> None:
    await leyla.press("ci:…:d:5")
    clear = _("alert", "Case {case}: {alias} has answered. Nothing more to do.", case=2, alias="Leyla")
    assert mina.reads(clear)


async def _sunday_a_threat(story: Story, leyla: Phone, mina: Phone, threat: str) -> None:
    await story.until(20, days=1)
    await leyla.write(threat)
    assert leyla.reads(_("risk", "Thank you for telling me. This sounds serious.")) or leyla.reads(
        _("risk", "If you are in danger, call {emergency} now.")
    )
    headlines = (
        _("alert", "🟠 Case {case}: urgent. Please read this now.", case=3),
        _("alert", "🔴 Case {case}: emergency. Please act now.", case=3),
    )
    assert any(mina.reads(each) for each in headlines)
    assert all(threat not in shown.text for shown in mina.seen), "her words stay hers"
    await mina.types(LABELS[Word.HAVE_IT])
    assert leyla.reads(
        _(
            "resident alert",
            "Seen, {time}. {name} will get in touch with you.",
            time=story.clock.now(),
            name="Mina",
        )
    )
    await mina.press("al:3:…:safe")
    assert mina.reads(_("alert", "Case {case} is closed. Thank you for being there.", case=3))


def _nothing_was_left_in_english(*phones: Phone) -> None:
    for phone in phones:
        for shown in phone.seen[1:]:  # the first asks for the language, in the language of the app
            assert not ENGLISH.search(shown.text), shown.text
