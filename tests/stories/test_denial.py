"""Taking it back ends nothing: only a person who has it can end a case (R23)."""

import pytest

from dialogs.alert import AlertState
from dialogs.words import LABELS, Word
from storage import alerts
from tests.stories.story import Story

DENIALS = {
    "sv": ("fel", "det var ett misstag", "jag skojade bara", "allt är bra nu", "glöm det", "falskt larm"),
    "en": ("mistake", "it was a mistake", "i was joking", "everything is fine, stop", "safe", "false alarm"),
    "ar": ("خطأ", "كان خطأ", "كنت أمزح", "كل شيء بخير الآن", "إنذار كاذب", "انسَ الأمر"),
}


@pytest.mark.parametrize("locale", DENIALS)
async def test_whatever_she_types_afterwards_the_case_stays_open(story: Story, locale: str) -> None:
    """A hand on her phone types "it was a mistake" as well as she does."""
    await story.contact("Mina", "sv")
    leyla = await story.resident("Leyla", locale)
    await leyla.types(LABELS[Word.SOMEONE])
    for denial in DENIALS[locale]:
        await leyla.write(denial)
    await leyla.press("set")
    (case,) = await story.bot.db.run(alerts.open_alerts)
    assert case.state is AlertState.WAITING
    assert case.next_step_at is not None
