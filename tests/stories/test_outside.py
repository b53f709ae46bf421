"""What others see: profile, lock screen, a stranger's answers; and in joining, her own phone first."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from bot import lock_screen
from bot.profile import CODE_LENGTH
from bot.sandbox.methods import commands_for
from bot.translating import Reader
from bot.word_lists import TELLING
from dialogs import neutral, profile_texts, safer_phone
from dialogs.people import Role
from dialogs.strangers import hello
from dialogs.text import _
from dialogs.words import LABELS, Word
from storage import notices
from tests.stories.story import Phone, Story, texts

SETTERS = ("setMyName", "setMyDescription", "setMyShortDescription", "setMyCommands", "setMyProfilePhoto")
NAME = "Mina"
TWO_LETTERS = [each for each in texts().translator.locales if len(each) == CODE_LENGTH]
"""Telegram tells no other languages apart."""


def set_calls(story: Story) -> list[str]:
    """What Telegram was asked to show of the bot itself, one chat's own menu aside."""
    return [
        call.method
        for call in story.sandbox.calls
        if call.method in SETTERS and "scope" not in call.parameters
    ]


async def restarted(story: Story, **more: str) -> None:
    """The operator changes a setting, and starts the bot anew."""
    await story.sleep()
    story.more = dict(more)
    await story.wake()
    await story.step()


# --- the profile ---


async def test_a_start_sets_the_profile_in_every_language_once(story: Story) -> None:
    """And no later start asks Telegram again: it allows few changes."""
    await restarted(story, bot_name="Linden")
    profile, languages = story.sandbox.profile, ("", *TWO_LETTERS)
    assert profile.names == {"": "Linden"}
    assert tuple(sorted(profile.descriptions)) == tuple(sorted(profile.short_descriptions)) == languages
    assert profile.descriptions["sv"] == story.say(profile_texts.description(), "sv")
    assert profile.photo is not None
    before = set_calls(story)
    assert len(before) == 2 + 3 * len(languages)
    await story.pass_time(hours=30)
    assert set_calls(story) == before


async def test_a_profile_that_telegram_refuses_is_a_notice_and_no_more(story: Story) -> None:
    """The bot answers meanwhile, and an hour later all is as it should be."""
    story.sandbox.faults.add("refuse", method="setMyName", code=429, retry_after=30)
    await restarted(story, bot_name="Linden")
    assert story.sandbox.profile.names == {}
    assert ("chore-failed", "chore:profile") in [
        (each.kind, each.subject) for each in await story.bot.db.run(notices.open_notices)
    ]
    stranger = story.person("Reza", "sv")
    await stranger.write("hej")
    assert stranger.last.text == story.say(hello(), "sv")
    await story.pass_time(hours=1, seconds=1)
    assert story.sandbox.profile.names == {"": "Linden"}
    assert await story.bot.db.run(notices.open_notices) == []


async def test_what_was_set_with_botfather_can_be_kept(story: Story) -> None:
    """An organisation may have its own neutral name and picture."""
    await restarted(story, profile="keep")
    await story.pass_time(hours=30)
    assert set_calls(story) == []


@pytest.mark.parametrize("locale", ["sv", "en", "ar"])
async def test_a_stranger_learns_nothing_wherever_she_looks(story: Story, locale: str) -> None:
    """The empty chat, the profile, the menu, and every answer."""
    await story.step()
    stranger = story.person("Reza", locale)
    await stranger.write("/privacy")
    profile = story.sandbox.profile
    person = story.sandbox.people[stranger.id]
    seen = [
        stranger.last.text,
        profile.descriptions[locale],
        profile.short_descriptions[locale],
        *(each["description"] for each in commands_for(story.sandbox, person)),
    ]
    assert stranger.last.text == story.say(hello(), locale)
    assert len(seen) == 3 + len(profile_texts.COMMANDS)
    assert [TELLING.found(each, locale) for each in seen] == [()] * len(seen)


# --- the lock screen ---


def approved(story: Story, locale: str) -> list[re.Pattern[str]]:
    """The lines of the set as they read in this language, with Mina or nobody in them and at any time."""
    at, translator = story.clock.now(), texts().translator
    reader = Reader(locale, "Europe/Stockholm", at)
    said = [translator.text((line,), reader) for line in neutral.lines(NAME, at)]
    when = re.escape(translator.value(at, reader))
    return [re.compile(re.escape(each).replace(when, ".+")) for each in said]


@contextmanager
def lying_on_a_table(story: Story, phone: Phone) -> Iterator[list[str]]:
    """Everything the locked screen showed meanwhile, each of it an approved line that tells nothing."""
    chat = story.sandbox.chat(phone.id)
    before, shown = len(chat.notifications), list[str]()
    yield shown
    patterns = approved(story, phone.locale)
    for each in chat.notifications[before:]:
        preview = each.text[: neutral.SHOWN]
        assert any(pattern.match(each.text) for pattern in patterns), preview
        assert not lock_screen.tells(each.text, phone.locale), preview
        buttons = " ".join(button.text for row in chat.by_id[each.message_id].buttons for button in row)
        assert not TELLING.found(buttons, phone.locale), buttons
        shown.append(each.text)


@pytest.mark.parametrize("locale", ["sv", "ar"])
async def test_a_lock_screen_through_a_first_week_shows_only_approved_lines(
    story: Story, locale: str
) -> None:
    """Check-ins, silence, a case that somebody takes, letters, a call that is promised, and somebody who leaves."""
    mina = await story.contact(NAME, locale)
    leyla = await story.resident("Leyla", locale, contacts=[NAME])
    with lying_on_a_table(story, leyla) as days:
        for _day in range(3):
            await story.until(18)
            await story.pass_time(hours=4)
    assert len(days) == 7, "three questions, three reminders, and once that somebody was told"
    await leyla.types(LABELS[Word.SOMEONE])
    with lying_on_a_table(story, leyla) as case:
        await story.pass_time(hours=1)
        await mina.press("al:…:have")
        await mina.press("tk:open:…")
        await mina.write("din bror har ringt oss")
        await story.pass_time(minutes=5)
        await mina.write("och polisen")
    assert len(case) >= 3, case
    assert not any("bror" in each or "polisen" in each for each in case)
    with lying_on_a_table(story, leyla) as calls:
        await story.until(10)
        await mina.write("/residents")
        await mina.press("rd:…")
        await mina.press("cl:for:…")
        await mina.write("15:00")
        await story.until(15)
        await mina.write("/forget")
        await mina.press("ch:leave-yes")
    assert len(calls) >= 3, calls


# --- her own phone first ---


@pytest.mark.parametrize("locale", ["sv", "ar"])
async def test_joining_offers_three_steps_with_drawings_and_the_rest_comes_back(
    story: Story, locale: str
) -> None:
    """One is done, one explained and left, one typed; the settings go on suggesting what is left."""
    await story.contact("Karin", "sv", Role.COORDINATOR)
    leyla = story.person("Leyla", locale)
    await leyla.start(await story.code(Role.RESIDENT, "Leyla"))
    await leyla.press(f"l:{locale}")
    for data in ("j:what", "j:check-ins:no", "j:reading:no", "j:telling:no", "j:no-name", "ph:hide:done"):
        await leyla.press(data)
    await leyla.press("ph:lock:what")
    assert all(leyla.reads(each) for each in safer_phone.THINGS["lock"].why)
    await leyla.press("ph:lock:later")
    await leyla.types(_("safer phone", "Done"))
    drawings = [each for each in leyla.seen if each.kind == "photo"]
    assert len(drawings) == len(safer_phone.ORDER)
    await leyla.press("j:contacts")
    await leyla.write("/settings")
    await leyla.press("ph")
    await leyla.press("ph:lock")
    await leyla.press("ph:lock:done")
    await leyla.write("/settings")
    assert not leyla.offers("ph")
