"""One event, one transaction: exactly once, and whatever one breaks, the others go on."""

import logging
import sqlite3
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from babel.messages import Catalog

from bot.handling import PUT_OFF_BY, Delivered
from bot.outgoing import AnswerPress, Failure, Send
from bot.translating import Translator
from dialogs import strangers
from dialogs.alert import AlertState
from dialogs.effects import Purpose
from dialogs.events import Pressed, Timer, TimerFell
from dialogs.notices import NoticeKind
from dialogs.notices import person as subject_of
from dialogs.people import CheckIn, Role
from dialogs.risk.reader import Reading
from storage import alerts, notices, outbox, set_aside, timers
from storage.database import StorageFull
from tests.bot.town import NOW, Town, built, compile_catalogue

HOUR = timedelta(hours=1)


async def _set_aside(town: Town) -> list[tuple[int | None, str]]:
    return [(each.update_id, each.error) for each in await town.run(set_aside.latest)]


async def _open(town: Town) -> list[tuple[str, str, int]]:
    return [(each.kind, each.subject, each.times) for each in await town.run(notices.open_notices)]


# --- one bad update ---


async def test_an_update_that_breaks_something_is_set_aside_and_its_neighbours_go_on(
    torn_town: Town, caplog: pytest.LogCaptureFixture
) -> None:
    """One message nobody can handle must not silence a whole town."""
    await torn_town.resident()
    before, bad, after = (torn_town.text(11, text) for text in ("hello", "torn and secret", "goodbye"))
    with caplog.at_level(logging.DEBUG, "bot"):
        handled = await torn_town.take(before, bad, after)
    assert (handled.done, handled.failed, handled.next_offset) == (3, 1, 104)
    assert len([each for each in handled.ordered.queued if isinstance(each.outgoing, Send)]) == 2
    assert await _set_aside(torn_town) == [(102, "RuntimeError")]
    assert "secret" not in caplog.text
    assert "update set aside" in caplog.text
    assert await _open(torn_town) == [("update-set-aside", "", 1)]


async def test_what_was_set_aside_is_sealed_and_whole(torn_town: Town) -> None:
    """Whoever looks for the reason can read it with the key, and nobody without."""
    await torn_town.resident()
    bad = torn_town.text(11, "torn and secret")
    await torn_town.take(bad)
    row = (await torn_town.run(set_aside.latest))[0].id
    assert await torn_town.run(set_aside.raw_update, torn_town.house.doors.system, row) == bad
    sealed = await torn_town.cell("SELECT sealed_update FROM set_aside")
    assert b"secret" not in sealed


async def test_a_failed_update_leaves_nothing_half_done(torn_town: Town) -> None:
    """What happened before the failure is undone with it."""
    leyla = await torn_town.resident(check_in=CheckIn(NOW.date(), "t", NOW))
    await torn_town.take(torn_town.text(11, "torn"))
    assert not (await torn_town.person(leyla)).check_in.seen
    assert await torn_town.outbox(leyla) == []


async def test_a_damaged_person_is_set_aside_and_others_are_answered(town: Town) -> None:
    """A bad page of the disk is one person's trouble."""
    leyla, reza = await town.resident(), await town.resident("Reza", 12)
    await town.damage(leyla)
    handled = await town.take(town.text(11, "hello"), town.text(12, "hello"))
    assert handled.failed == 1
    assert await _set_aside(town) == [(101, "PersonUnreadable")]
    assert len(await town.texts(reza)) == 1


async def test_an_update_nobody_can_read_is_set_aside_once(town: Town) -> None:
    """It is confirmed, so Telegram does not bring it for ever."""
    broken = town.update(message={"message_id": "not a number"})
    first, second = await town.take(broken), await town.take(broken)
    assert (first.failed, second.failed) == (1, 0)
    assert first.next_offset == second.next_offset == 102
    assert await _set_aside(town) == [(101, "UpdateUnreadable")]


async def test_an_update_without_an_id_is_kept_and_confirms_nothing(town: Town) -> None:
    """There is nothing to confirm it by."""
    handled = await town.take(b'{"message": {}}')
    assert (handled.failed, handled.next_offset) == (1, None)
    assert await _set_aside(town) == [(None, "UpdateUnreadable")]


# --- exactly once ---


async def test_an_update_that_comes_again_changes_nothing(town: Town) -> None:
    """Telegram repeats what was not confirmed, also in the same batch."""
    leyla = await town.resident()
    someone = town.press(11, "someone")
    first = await town.take(someone, someone)
    again = await town.take(someone)
    assert len([each for each in first.ordered.queued if isinstance(each.outgoing, AnswerPress)]) == 1
    assert again.ordered.queued == []
    assert again.next_offset == first.next_offset, "it is confirmed all the same"
    assert len(await town.texts(leyla)) == len([t for t in first.ordered.queued if t.purpose != "press"])


class FullDisk:
    """A reader that meets a full disk once."""

    def __init__(self) -> None:
        self.full = True

    def read(self, text: str) -> Reading:  # noqa: ARG002 -- the reader's shape
        if self.full:
            raise StorageFull("the disk is full")
        return Reading(0, (), "none")


async def test_a_storage_error_passes_through_and_confirms_nothing(tmp_path: Path) -> None:
    """The disk is not the update's fault: the whole batch comes again, and is handled as if for the first time."""
    reader = FullDisk()
    async with built(tmp_path, reader) as town:
        leyla = await town.resident()
        batch = [town.press(11, "ci:now"), town.text(11, "hello")]
        with pytest.raises(StorageFull):
            await town.take(*batch)
        assert await town.outbox(leyla) == []
        assert await town.cell("SELECT count(*) FROM updates") == 0
        assert await _set_aside(town) == []
        reader.full = False
        assert (await town.take(*batch)).failed == 0
        assert len(await town.texts(leyla)) == 2


async def test_each_update_passes_the_probe(town: Town) -> None:
    """Tests of crashes kill the program there."""
    points: list[str] = []
    town.handler = type(town.handler)(replace(town.house, probe=points.append))
    await town.take(town.text(11, "one"), town.text(11, "two"))
    assert points == ["update-handled", "update-handled", "batch-handled"]


# --- what an update means ---


@pytest.mark.parametrize("kind", ["group", "supergroup", "channel"])
async def test_groups_are_ignored(town: Town, kind: str) -> None:
    """Nothing about a resident may be said where others read it."""
    await town.resident()
    handled = await town.take(town.text(11, "I need someone", kind=kind))
    assert (handled.ordered.queued, handled.ordered.loose, handled.next_offset) == ([], [], 102)


async def test_blocking_is_remembered_and_somebody_is_told_quietly(town: Town) -> None:
    """Undelivered is not unanswered: it may mean danger, and it may mean a new phone (R5)."""
    mina = await town.contact()
    leyla = await town.resident(contacts=(mina,))
    await town.take(town.block(11, True))
    assert not (await town.known(leyla)).reachable
    assert (await town.alert(1)).reasons == ("blocked",)
    await town.take(town.block(11, False))
    assert (await town.known(leyla)).reachable


async def test_whoever_writes_can_be_reached(town: Town) -> None:
    """The notice that she let the bot back may have been lost."""
    leyla = await town.resident()
    await town.take(town.block(11, True))
    await town.take(town.text(11, "hello"))
    assert (await town.known(leyla)).reachable


async def test_a_stranger_who_blocks_is_left_alone(town: Town) -> None:
    """An answer could not arrive anyway."""
    handled = await town.take(town.block(99, True))
    assert handled.ordered.loose == []


async def test_a_typed_label_is_a_press(town: Town) -> None:
    """Whatever a button does, its words do too: they wait 24 hours, a press 150 seconds."""
    leyla = await town.resident()
    await town.take(town.press(11, "ci:now"))
    await town.take(town.text(11, "  SO-SO! "))
    assert (await town.person(leyla)).check_in.stage == "done"


async def test_an_edited_label_is_no_press(town: Town) -> None:
    """What she changed later may be about a question that is long past."""
    leyla = await town.resident()
    await town.take(town.press(11, "ci:now"))
    chat = {"id": 11, "type": "private"}
    await town.take(
        town.update(edited_message={"message_id": 9, "date": 0, "edit_date": 1, "chat": chat, "text": "Good"})
    )
    assert (await town.person(leyla)).check_in.stage == "face"


async def test_a_known_word_beats_a_label(town: Town) -> None:
    """ "Hide" must hide, whatever button somebody once gave that name."""
    leyla = await town.resident(offered=(("hide", "someone"),))
    await town.take(town.text(11, "Hide"))
    assert await town.run(alerts.count, leyla) == 0


async def test_start_without_a_code_is_home_for_who_is_known(town: Town) -> None:
    """Also where the code is one that was used: she is in already."""
    leyla = await town.resident()
    await town.take(town.text(11, "/start"), town.text(11, "/start used-code"))
    assert await town.texts(leyla) == 2 * ["Hello.", "What would you like to do?"]


@pytest.mark.parametrize(
    ("language", "expected"),
    [("sv", "Hej."), ("sv-SE", "Hej."), ("en", "Hello. This chat works by invitation."), ("tlh", "Hej.")],
)
async def test_a_stranger_is_answered_in_the_phones_language_or_the_default(
    town: Town, tmp_path: Path, language: str, expected: str
) -> None:
    """ "sv-SE" is Swedish; a language we do not speak gets the default."""
    catalogue = Catalog(locale="sv")
    catalogue.add(strangers.hello().source, "Hej.", context="stranger")
    compile_catalogue(tmp_path, "sv", "bot", catalogue)
    house = replace(town.house, translator=Translator(("en", "sv"), "sv", folder=tmp_path))
    town.handler = type(town.handler)(house)
    handled = await town.take(town.text(99, "hello", language=language))
    assert handled.ordered.loose == [Send(99, expected)]


async def test_a_strangers_press_is_ended(town: Town) -> None:
    """Somebody who was erased may still press an old button."""
    handled = await town.take(town.press(99, "someone"))
    assert [type(each) for each in handled.ordered.loose] == [Send, AnswerPress]


# --- moments ---


async def test_a_damaged_persons_timer_is_put_off_and_the_others_are_handled(town: Town) -> None:
    """It is looked at again later; it may have been mended meanwhile."""
    leyla, reza = await town.resident(), await town.resident("Reza", 12)
    for person in (leyla, reza):
        await town.run(timers.set_timer, person, Timer.CHECK_IN, NOW)
    await town.damage(leyla)
    handled = await town.run(town.handler.due, NOW, 100)
    assert (handled.done, handled.failed) == (2, 1)
    assert [each.person_id for each in handled.ordered.queued] == [reza]
    assert [each.due_at for each in await town.run(timers.of_person, leyla)] == [NOW + PUT_OFF_BY]
    assert (await town.run(town.handler.due, NOW, 100)).done == 0, "it does not spin"


async def test_what_cannot_be_handled_is_reported_by_its_kind(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A row that does not open wants a backup, a failure wants a programmer."""
    leyla, reza = await town.resident(), await town.resident("Reza", 12)
    for each in (leyla, reza):
        await town.run(timers.set_timer, each, Timer.CHECK_IN, NOW)
    await town.damage(leyla)

    def torn(*_arguments: object) -> None:
        raise RuntimeError("a mistake of ours")

    monkeypatch.setattr("dialogs.conversation.decide", torn)
    await town.run(town.handler.due, NOW, 100)
    assert await town.notices() == [
        ("person-unreadable", f"person:{leyla}"),
        ("record-failed", f"person:{reza}"),
    ]


async def test_a_timer_of_a_newer_program_is_put_off_and_the_others_are_handled(town: Town) -> None:
    """Nobody knows what it means; it waits for the program that does."""
    leyla, reza = await town.resident(), await town.resident("Reza", 12)
    await town.write("INSERT INTO timers VALUES (?, 'moon-phase', 1)", leyla)
    for each in (leyla, reza):
        await town.run(timers.set_timer, each, Timer.CHECK_IN, NOW)
    handled = await town.run(town.handler.due, NOW, 100)
    assert (handled.done, handled.failed) == (3, 1)
    assert [each.person_id for each in handled.ordered.queued] == [leyla, reza]
    assert await town.notices() == [("record-failed", f"person:{leyla}")]
    assert (await town.run(town.handler.due, NOW, 100)).done == 0
    odd = [each for each in await town.run(timers.of_person, leyla) if each.kind == "moon-phase"]
    assert [each.due_at for each in odd] == [NOW + PUT_OFF_BY]


async def test_a_damaged_residents_alert_is_put_off(town: Town) -> None:
    """It stays open, and the alerts of others do not wait for it."""
    mina = await town.contact()
    leyla, reza = await town.resident(contacts=(mina,)), await town.resident("Reza", 12, contacts=(mina,))
    for person in (leyla, reza):
        await town.happen(person, Pressed("someone"))
    await town.damage(leyla)
    handled = await town.run(town.handler.due, NOW + HOUR, 100)
    assert (handled.done, handled.failed) == (2, 1)
    steps = {each.id: each.next_step_at for each in await town.run(alerts.open_alerts)}
    assert steps[1] == NOW + HOUR + PUT_OFF_BY
    assert (await town.alert(2)).next_step_at > NOW + HOUR


async def test_a_timer_that_is_not_due_is_left_alone(town: Town) -> None:
    """A look too early changes nothing."""
    leyla = await town.resident()
    await town.run(timers.set_timer, leyla, Timer.CHECK_IN, NOW + HOUR)
    assert (await town.run(town.handler.due, NOW, 100)).done == 0


# --- what became of messages ---


async def test_the_answer_clock_starts_when_the_telling_has_arrived(town: Town) -> None:
    """Time in our own queue is nobody's silence (R4)."""
    mina = await town.contact()
    leyla = await town.resident(contacts=(mina,))
    ordered = await town.happen(leyla, Pressed("someone"))
    telling = next(each for each in ordered.queued if each.step)
    arrived = Delivered(telling.id, mina, "alert", 1, 1, message_id=700)
    await town.run(town.handler.settle, [arrived], NOW + HOUR)
    alert = await town.alert(1)
    assert (alert.state, alert.next_step_at) == (AlertState.WAITING, NOW + HOUR + timedelta(minutes=15))


async def test_a_message_she_blocked_marks_her_unreachable(town: Town) -> None:
    """We hear of it by a refusal when the notice was missed."""
    mina = await town.contact()
    leyla = await town.resident(contacts=(mina,))
    letter = await town.letter(leyla)
    refused = Delivered(letter.id, leyla, "reply", None, 0, failure=Failure.BLOCKED)
    await town.run(town.handler.settle, [refused], NOW)
    again = await town.run(town.handler.settle, [refused], NOW)
    assert not (await town.known(leyla)).reachable
    assert await town.state(letter.id) == "refused"
    assert await town.run(alerts.count, leyla) == 1
    assert again.ordered.queued == [], "told once, not for every refused message"


async def test_an_unclear_message_is_written_down_as_that(
    town: Town, caplog: pytest.LogCaptureFixture
) -> None:
    """Staff can see it; nobody can know more."""
    leyla = await town.resident()
    letter = await town.letter(leyla, "a secret")
    await town.run(
        town.handler.settle, [Delivered(letter.id, leyla, "reply", None, 0, failure=Failure.UNCLEAR)], NOW
    )
    assert await town.state(letter.id) == "unclear"
    assert "unclear" in caplog.text
    assert "secret" not in caplog.text


@pytest.mark.parametrize("failure", [Failure.UNCLEAR, Failure.INVALID])
async def test_a_check_in_that_may_not_have_arrived_is_flagged(town: Town, failure: Failure) -> None:
    """Each message that is not sent twice leaves a visible flag, and her silence counts for nothing (R2, R5)."""
    leyla = await town.resident()
    await town.happen(leyla, TimerFell(Timer.CHECK_IN, NOW))
    row = await town.cell("SELECT id FROM outbox WHERE purpose = 'check-in'")
    lost = Delivered(row, leyla, Purpose.CHECK_IN, None, 0, failure=failure)
    await town.run(town.handler.settle, [lost], NOW)
    assert await town.cell("SELECT state FROM check_ins") == "undelivered"
    assert (await town.person(leyla)).check_in.arrived is False


async def test_a_check_in_that_was_too_late_to_be_sent_is_flagged(town: Town) -> None:
    """Telegram was away until the evening was over."""
    leyla = await town.resident()
    await town.happen(leyla, TimerFell(Timer.CHECK_IN, NOW))
    gone = outbox.Unclear(1, leyla, Purpose.CHECK_IN.value)
    other = outbox.Unclear(2, 999, Purpose.CHECK_IN.value)
    await town.run(town.handler.not_sent, [other, gone], NOW)
    assert await town.cell("SELECT state FROM check_ins") == "undelivered"


@pytest.mark.parametrize(("purpose", "times"), [("routine", 2), ("reply", 0), ("alert", 0)])
async def test_a_check_in_that_may_be_missing_is_a_notice(town: Town, purpose: str, times: int) -> None:
    """It is never sent twice, so somebody must see that it may not be there (R2); the next screen repeats a reply."""
    leyla = await town.resident()
    for _time in range(2):
        letter = await town.letter(leyla, purpose=purpose)
        lost = Delivered(letter.id, leyla, purpose, None, 0, failure=Failure.UNCLEAR)
        await town.run(town.handler.settle, [lost], NOW)
    assert await _open(town) == ([("message-unclear", f"person:{leyla}", times)] if times else [])


async def test_a_check_in_a_crash_left_unclear_is_a_notice_too(town: Town) -> None:
    """Found at the next start, among what goes again."""
    leyla, mina = await town.resident(), await town.contact()
    letters = [
        await town.letter(leyla, purpose="routine"),
        await town.letter(leyla, purpose="reply"),
        await town.letter(mina, purpose="alert"),
    ]
    await town.run(outbox.claim, [each.id for each in letters])
    found = await town.run(town.handler.recover, NOW)
    assert (found.again, len(found.unclear)) == (1, 2)
    assert await _open(town) == [("message-unclear", f"person:{leyla}", 1)]


async def test_a_message_telegram_will_never_take_is_a_notice(town: Town) -> None:
    """We made it, so it is our mistake, and somebody waits for it."""
    leyla = await town.resident()
    letter = await town.letter(leyla)
    refused = Delivered(letter.id, leyla, "reply", None, 0, failure=Failure.INVALID)
    await town.run(town.handler.settle, [refused], NOW)
    assert await _open(town) == [("message-refused", f"person:{leyla}", 1)]


async def test_news_of_a_case_that_is_gone_harms_nothing(town: Town) -> None:
    """Its resident may have left while the message was on its way."""
    mina = await town.contact()
    letter = await town.letter(mina, purpose="alert", alert=77, step=1)
    for failure in (None, Failure.BLOCKED):
        news = Delivered(letter.id, mina, "alert", 77, 1, message_id=5, failure=failure)
        assert (await town.run(town.handler.settle, [news], NOW)).failed == 0


async def test_news_of_somebody_who_is_gone_harms_nothing(town: Town) -> None:
    """Her rows went while her message was on its way."""
    sent = Delivered(5, 99, "reply", None, 0, message_id=7)
    refused = Delivered(6, 99, "reply", None, 0, failure=Failure.BLOCKED)
    handled = await town.run(town.handler.settle, [sent, refused], NOW)
    assert handled.ordered.queued == []


async def test_a_batch_of_results_is_one_transaction(town: Town) -> None:
    """All of them are written, or none and they are written again."""
    leyla = await town.resident()
    letters = [await town.letter(leyla) for _number in range(3)]

    def work(db: sqlite3.Connection) -> None:
        town.handler.settle(
            db,
            [Delivered(each.id, leyla, "reply", None, 0, message_id=each.id) for each in letters],
            NOW,
        )
        raise StorageFull("the disk is full")

    with pytest.raises(StorageFull):
        await town.run(work)
    assert len(await town.run(outbox.waiting, 10)) == 3


# --- what is wrong with the bot itself ---


@pytest.mark.parametrize(
    ("failure", "kind"),
    [(Failure.UNAUTHORISED, "token-refused"), (Failure.CONFLICT, "second-bot"), (Failure.NOT_SENT, None)],
)
async def test_what_only_an_operator_can_put_right_is_a_notice(
    town: Town, failure: Failure, kind: str | None
) -> None:
    """A network that is away comes back by itself."""
    await town.run(town.handler.refused, failure, NOW)
    assert await _open(town) == ([(kind, "", 1)] if kind else [])


@pytest.mark.parametrize(("hours", "known"), [(0.5, False), (5, True)])
async def test_a_long_outage_is_a_notice_that_helpers_need_not_read_twice(
    town: Town, hours: float, known: bool
) -> None:
    """They hear of it when it ends, with its times."""
    karin = await town.contact("Karin", 31, Role.COORDINATOR)
    await town.run(town.handler.beat, NOW - hours * HOUR)
    await town.run(town.handler.started, NOW)
    assert await _open(town) == ([("outage", "", 1)] if known else [])
    before = await town.texts(karin)
    await town.run(town.handler.tell_notices, NOW)
    assert (len(before), await town.texts(karin)) == (int(known), before)


async def test_coordinators_hear_of_all_that_is_open_in_one_message(town: Town) -> None:
    """Every active one, nobody else, and no name and no id in it."""
    karin, mina = await town.contact("Karin", 31, Role.COORDINATOR), await town.contact()
    leyla = await town.resident()
    for person in (leyla, mina):
        await town.run(notices.report, NoticeKind.MESSAGE_UNCLEAR, NOW, subject_of(person))
    await town.run(notices.report, NoticeKind.BACKUP_FAILED, NOW)
    handled = await town.run(town.handler.tell_notices, NOW)
    [text] = await town.texts(karin)
    assert "2 messages may not have arrived" in text
    assert "backup" in text
    assert "Leyla" not in text
    assert [each.purpose for each in handled.ordered.queued] == ["note"]
    assert await town.texts(mina) == await town.texts(leyla) == []


async def test_what_happened_often_is_counted_as_often(town: Town) -> None:
    """One notice for each subject, but ten messages that may be missing are ten."""
    karin = await town.contact("Karin", 31, Role.COORDINATOR)
    for _time in range(10):
        await town.run(notices.report, NoticeKind.MESSAGE_UNCLEAR, NOW, subject_of(7))
        await town.run(notices.report, NoticeKind.PERSON_UNREADABLE, NOW, subject_of(7))
    await town.run(town.handler.tell_notices, NOW)
    [text] = await town.texts(karin)
    assert "10 messages" in text
    assert "one person cannot be read" in text


async def test_a_notice_is_told_once_and_again_after_a_day_while_it_is_open(town: Town) -> None:
    """What goes on is not told every ten minutes, and not forgotten either."""
    karin = await town.contact("Karin", 31, Role.COORDINATOR)
    await town.run(notices.report, NoticeKind.BACKUP_FAILED, NOW)
    told = []
    for hours in (0, 0.2, 23.9, 24, 47, 48):
        await town.run(town.handler.tell_notices, NOW + hours * HOUR)
        told.append(len(await town.texts(karin)))
    assert told == [1, 1, 1, 2, 2, 3]
    await town.run(notices.end, NoticeKind.BACKUP_FAILED, NOW + 49 * HOUR)
    await town.run(town.handler.tell_notices, NOW + 99 * HOUR)
    assert len(await town.texts(karin)) == 3


async def test_what_happened_ends_after_a_quiet_day(town: Town) -> None:
    """A message that was unclear on Monday is no news on Wednesday; a backup that fails is."""
    karin = await town.contact("Karin", 31, Role.COORDINATOR)
    await town.run(notices.report, NoticeKind.MESSAGE_UNCLEAR, NOW, subject_of(7))
    await town.run(notices.report, NoticeKind.BACKUP_FAILED, NOW)
    await town.run(town.handler.tell_notices, NOW)
    await town.run(town.handler.tell_notices, NOW + 25 * HOUR)
    assert await _open(town) == [("backup-failed", "", 1)]
    first, second = await town.texts(karin)
    assert "may not have arrived" in first
    assert "may not have arrived" not in second


async def test_a_notice_waits_for_somebody_who_can_hear_it(town: Town) -> None:
    """Told to nobody is not told."""
    await town.run(notices.report, NoticeKind.BACKUP_FAILED, NOW)
    await town.run(town.handler.tell_notices, NOW)
    karin = await town.contact("Karin", 31, Role.COORDINATOR)
    await town.run(town.handler.tell_notices, NOW + HOUR)
    assert len(await town.texts(karin)) == 1
