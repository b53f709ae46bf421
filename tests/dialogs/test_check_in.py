"""Check-ins: asked once, answered by an answer only, missed calmly, never in the way."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from dialogs import check_in
from dialogs.alert import ResidentAnswered, Track
from dialogs.effects import (
    Purpose,
    RaiseAlert,
    RecordCheckIn,
    Say,
    SetTimer,
    StopTimer,
    TellAlertOnTrack,
    Toast,
)
from dialogs.events import CheckInUndelivered, Kind, Pressed, Sent, Timer, TimerFell
from dialogs.people import CheckIn, Consent, Place, Rhythm
from dialogs.schedule import moment_on
from dialogs.words import Word
from tests.dialogs.cast import NOW, YES, Talk, english, leyla, neutral, offered, only

FACES = ["1", "2", "3", "4", "5"]
LATE = timedelta(hours=6)


def asked(**changes: object) -> Talk:
    """Leyla, whose daily check-in has just come."""
    return Talk(leyla(**changes)).asks()


def records(talk: Talk) -> list[tuple[str, str | None]]:
    """What was written about check-ins just now."""
    return [(each.state, each.answer) for each in only(RecordCheckIn, talk.effects)]


# --- asking ---


def test_a_check_in_is_one_neutral_line_with_five_faces() -> None:
    """All that may show on a locked screen (R35)."""
    talk = asked(name="L")
    (say,) = talk.says
    assert (say.purpose, talk.words) == (Purpose.CHECK_IN, "Hello L. How is today?")
    assert neutral(say)
    assert [data.rpartition(":")[2] for data in talk.offers[:5]] == list(reversed(FACES))
    assert english(tuple(button.label for button in say.keyboard[0])).startswith("😀")


def test_her_name_is_only_used_where_she_gave_one() -> None:
    """No name is a good name."""
    assert asked().words == "Hello. How is today?"


def test_the_next_one_is_planned_before_this_one_is_answered() -> None:
    """No active person without a future timer (R4)."""
    assert asked().timers[Timer.CHECK_IN] == NOW + timedelta(days=1)


@pytest.mark.parametrize(
    "changes",
    [
        {"stopped": True},
        {"paused_until": NOW + timedelta(hours=1)},
        {"consent": Consent(check_ins=False)},
        {"consent": Consent()},
        {"asked_on": date(2026, 11, 24)},
    ],
)
def test_who_does_not_want_to_be_asked_is_not_asked(changes: dict[str, object]) -> None:
    """Stopped, paused, no yes, or asked today already: a row that was forgotten asks nobody."""
    assert asked(**changes).says == []


@pytest.mark.parametrize(
    ("late", "is_asked"),
    [(timedelta(0), True), (timedelta(hours=5, minutes=59), True), (LATE + timedelta(minutes=1), False)],
)
def test_after_an_outage_a_check_in_comes_within_six_hours_or_not_at_all(
    late: timedelta, *, is_asked: bool
) -> None:
    """A question about the evening makes no sense at night (R4)."""
    talk = Talk(leyla(rhythm=Rhythm(at=time(9))), now=NOW + late)
    assert bool(talk.happens(TimerFell(Timer.CHECK_IN, NOW)).says) is is_asked
    assert Timer.CHECK_IN in talk.timers


def test_on_another_local_day_it_is_not_asked() -> None:
    """Tuesday's question is not asked on Wednesday, though only two hours passed."""
    due = NOW + timedelta(hours=5)  # 23:00 in Stockholm
    talk = Talk(leyla(rhythm=Rhythm(at=time(23))), now=due + timedelta(hours=2))
    talk.happens(TimerFell(Timer.CHECK_IN, due))
    assert talk.says == []
    assert talk.timers[Timer.CHECK_IN] == due + timedelta(days=1)


def test_after_days_away_it_is_the_last_time_that_counts() -> None:
    """The row knows Sunday's question only; Tuesday's, an hour late, is still one (R4)."""
    talk = Talk(leyla(), now=NOW + timedelta(hours=1))
    talk.happens(TimerFell(Timer.CHECK_IN, NOW - timedelta(days=2)))
    assert talk.words.startswith("Hello. How is today?")
    assert "since 2026-11-22" in talk.words
    late = Talk(leyla(), now=NOW + timedelta(hours=7))
    assert late.happens(TimerFell(Timer.CHECK_IN, NOW - timedelta(days=2))).says == []


@pytest.mark.parametrize(("hour", "hours"), [(17, 6), (18, 6), (19, 5), (22, 2), (23, 1)])
def test_what_is_said_unasked_does_not_wait_into_the_night(hour: int, hours: int) -> None:
    """Six hours, or to the end of her day; but a minute before midnight is no reason to drop it."""
    now = moment_on(NOW.date(), time(hour), "Europe/Stockholm")
    assert check_in.unasked_until(leyla(), now) == now + timedelta(hours=hours)
    last = moment_on(NOW.date(), time(23, 59), "Europe/Stockholm")
    assert check_in.unasked_until(leyla(), last) == last + timedelta(hours=1)


def test_a_moved_time_asks_no_second_time_that_day() -> None:
    """At most one daily check-in a date, whatever she changes (R2)."""
    talk = asked().presses(asked().button("4")).presses("t:2000")
    talk.passes(hours=6)
    assert talk.says == []
    assert talk.passes(hours=22).words.startswith("Hello. How is today?")


def test_a_moved_time_leaves_todays_question_open() -> None:
    """She moved tomorrow's hour; today's faces are still hers to press, and no day was missed."""
    talk = asked().presses("t:2000").passes(hours=3)
    assert talk.resident.missed == 0
    assert talk.presses(talk.button("4")).resident.missed == 0


def test_the_next_check_in_that_is_announced_is_one_that_comes() -> None:
    """She was asked at six and moves the time to eight: the next one is tomorrow's."""
    talk = asked().presses("t:2000")
    assert talk.timers[Timer.CHECK_IN] == NOW + timedelta(days=1, hours=2)


@pytest.mark.parametrize("hours", [2, 12])
def test_after_days_that_the_bot_missed_one_question_says_so_for_all_of_them(hours: int) -> None:
    """In its window today, or at her next time: no burst of old questions, no blame for our silence (R4)."""
    talk = Talk(leyla(), now=NOW + timedelta(days=9, hours=hours))
    talk.happens(TimerFell(Timer.CHECK_IN, NOW))
    said = list(talk.says)
    said += talk.passes(days=1).says
    questions = [say for say in said if say.purpose is Purpose.CHECK_IN]
    assert len(questions) == (2 if hours == 2 else 1)
    assert "asked nothing since 2026-11-24" in english(questions[0].text)
    assert neutral(questions[0])
    assert talk.resident.not_asked_since is None
    assert all("asked nothing" not in english(say.text) for say in questions[1:])


@pytest.mark.parametrize("changes", [{"stopped": True}, {"paused_until": NOW + timedelta(days=30)}])
def test_who_wanted_no_questions_gets_no_apology_for_them(changes: dict[str, object]) -> None:
    """She asked for quiet; nothing was missed."""
    talk = Talk(leyla(**changes), now=NOW + timedelta(days=9))
    assert talk.happens(TimerFell(Timer.CHECK_IN, NOW)).resident.not_asked_since is None


# --- a question that did not arrive ---


def test_a_question_that_did_not_arrive_is_no_silence() -> None:
    """No reminder, no missed day, nobody told: undelivered is not unanswered (R5)."""
    talk = asked(missed=1, rhythm=Rhythm(missed_days=2)).happens(CheckInUndelivered())
    assert records(talk) == [("undelivered", None)]
    assert Timer.REMINDER not in talk.timers
    talk.passes(days=1)
    assert talk.alarms == []
    assert talk.resident.missed == 1


def test_a_question_that_arrived_after_all_can_be_answered() -> None:
    """Nobody knew; she did."""
    talk = asked().happens(CheckInUndelivered())
    assert records(talk.presses(talk.button("4"))) == [("answered", "face:4")]


def test_what_she_has_seen_has_arrived() -> None:
    """She pressed "not now": a late report of the network changes nothing."""
    talk = asked()
    talk.presses(talk.button("later"))
    before = talk.resident
    assert talk.happens(CheckInUndelivered()).resident == before


# --- answering ---


@pytest.mark.parametrize("face", FACES)
def test_every_face_is_an_answer(face: str) -> None:
    """The day is settled, silence is over, and whoever was alarmed about silence hears it (R7)."""
    talk = asked(missed=3)
    talk.presses(talk.button(face))
    assert records(talk) == [("answered", f"face:{face}")]
    assert talk.resident.missed == 0
    assert TellAlertOnTrack(Track.QUIET, ResidentAnswered()) in talk.effects
    assert {Timer.REMINDER, Timer.SNOOZE}.isdisjoint(talk.timers)
    assert talk.says[0].in_place
    assert talk.alarms == []


@pytest.mark.parametrize(
    ("face", "weighs"), [("1", True), ("2", True), ("3", False), ("4", False), ("5", False)]
)
def test_only_the_two_low_faces_are_asked_what_weighs(face: str, *, weighs: bool) -> None:
    """Who says "so-so" is not questioned."""
    talk = asked()
    talk.presses(talk.button(face))
    assert any(data.startswith("cw:") for data in talk.offers) is weighs


def test_a_fall_from_what_is_usual_is_asked_about_too() -> None:
    """Four good weeks and then "so-so" is a change; only with her yes to being read is it known at all."""
    usual = tuple((NOW.date() - timedelta(days=day), 5) for day in range(1, 5))
    talk = asked(faces=usual)
    talk.presses(talk.button("3"))
    assert any(data.startswith("cw:") for data in talk.offers)
    assert talk.resident.faces == (*usual, (NOW.date(), 3))
    silent = asked(consent=Consent(check_ins=True, reading=False, telling=True))
    silent.presses(silent.button("3"))
    assert silent.resident.faces == ()


@pytest.mark.parametrize(
    ("weight", "leads_to"),
    [
        (
            "money",
            [*(f"g:open:{each}" for each in ("bills", "money-support", "debts", "bank-account")), "someone"],
        ),
        ("home", ["g:open:housing", "g:open:home-care", "someone"]),
        ("lonely", ["company", "menu"]),
        ("family", ["company", "menu"]),
        ("health", ["company", "menu"]),
        ("threat", ["q:TV:yes", "q:TV:no", "q:TV:skip", "someone"]),
        ("else", ["someone"]),
    ],
)
def test_what_weighs_leads_to_a_guide_or_a_human(weight: str, leads_to: list[str]) -> None:
    """No answer ends in "sorry to hear that"."""
    talk = asked()
    talk.presses(talk.button("1"))
    data = next(each for each in talk.offers if each.endswith(f":{weight}"))
    assert talk.presses(data).offers == leads_to


def test_every_weight_that_is_offered_leads_somewhere() -> None:
    """Also one that is added later."""
    low = asked()
    low.presses(low.button("2"))
    for data in low.offers:
        again = asked()
        again.presses(again.button("2")).presses(data)
        assert again.offers or again.alarms, data


def test_the_guides_a_weight_leads_to_exist() -> None:
    """A button to a guide that was renamed would lead nowhere."""
    for weight in ("money", "home"):
        talk = asked()
        talk.presses(talk.button("1")).presses(talk.button("1").replace("ci:", "cw:")[:-1] + weight)
        for data in [each for each in talk.offers if each.startswith("g:open:")]:
            assert data.removeprefix("g:open:") in talk.knowledge.guides


def test_yes_to_company_tells_a_contact_person_quietly_today() -> None:
    """A request is a yes, whatever she said about telling before."""
    talk = Talk(leyla(consent=replace(YES, telling=False))).presses("company")
    assert talk.alarms == [RaiseAlert(Track.QUIET, 1, ("company",))]


def test_yesterdays_faces_change_nothing_today() -> None:
    """An old button is kindly refused (R8)."""
    talk = asked()
    yesterday = talk.button("5")
    talk.passes(days=1)
    before = talk.resident
    talk.presses(yesterday)
    assert only(Toast, talk.effects)
    assert records(talk) == []
    assert talk.resident == replace(
        before,
        check_in=replace(before.check_in, seen=True) if before.check_in else None,
        last_sign=talk.now,
    )


def test_a_second_tap_is_thanked_and_counts_once() -> None:
    """Double taps happen on every phone (R8)."""
    talk = asked()
    face = talk.button("4")
    talk.presses(face).presses(face)
    assert records(talk) == []
    assert "already" in talk.words


@pytest.mark.parametrize(
    "data", ["ci:", "ci::", "ci:20261124:d:9", "ci:20261124:d:", "ci:x:y:z", "cw:20261124:d:odd"]
)
def test_a_forged_button_changes_nothing(data: str) -> None:
    """Whoever holds the phone may send anything."""
    talk = asked()
    check_in_before = talk.resident.check_in
    talk.presses(data)
    assert records(talk) == []
    assert check_in_before is not None
    assert talk.resident.check_in == replace(check_in_before, seen=True)


def test_skipping_is_an_answer() -> None:
    """No penalty for a day without words (S6)."""
    talk = asked(missed=1)
    talk.presses(talk.button("skip"))
    assert records(talk) == [("skipped", None)]
    assert talk.resident.missed == 0


def test_her_own_words_are_an_answer() -> None:
    """After "write instead" the next text is the check-in."""
    talk = asked()
    talk.presses(talk.button("write")).writes("a long day")
    assert records(talk) == [("answered", "words:a long day")]
    assert "someone" in talk.offers


def test_words_that_worry_are_an_answer_too() -> None:
    """What they say is dealt with, and the day is still answered."""
    talk = asked()
    talk.presses(talk.button("write")).writes("TV2")
    assert ("answered", "words:TV2") in records(talk)
    assert [alarm.level for alarm in talk.alarms] == [2]
    assert talk.resident.question is not None


@pytest.mark.parametrize("ending", ["stop", "pause", "outage"])
def test_words_that_come_too_late_for_a_check_in_are_answered_all_the_same(ending: str) -> None:
    """She pressed "write instead", the check-in ended meanwhile, and now she writes: never silence."""
    talk = asked()
    talk.presses(talk.button("write"))
    if ending == "stop":
        talk.writes("stop", Word.STOP)
    elif ending == "pause":
        talk.presses("set:pause:1")
    else:
        talk.now += timedelta(days=2)
        talk.happens(TimerFell(Timer.CHECK_IN, NOW + timedelta(days=1)))
    assert talk.writes("a long day").says


# --- not answering ---


def test_other_things_she_does_are_seen_but_are_no_answer() -> None:
    """Only an explicit answer satisfies a check-in (R7)."""
    for event in (Pressed("g:list"), Pressed("ci:20200101:d:5"), Sent(Kind.STICKER), Pressed("l:sv")):
        talk = asked(missed=1).happens(event)
        assert talk.resident.check_in is not None
        assert (talk.resident.check_in.stage, talk.resident.check_in.seen) == ("face", True)
        assert talk.resident.missed == 1


def test_writing_while_the_faces_wait_is_thanked_and_the_question_stays() -> None:
    """She is not ignored, and nobody decides for her that this was the answer."""
    talk = asked().writes("it rains")
    assert talk.button("4") in talk.offers
    assert records(talk) == []


def test_one_soft_reminder_after_three_hours_and_never_a_second() -> None:
    """A reminder is an offer, a second one is pressure."""
    talk = asked().passes(hours=2.9)
    assert talk.says == []
    talk.passes(hours=0.2)
    assert [say.purpose for say in talk.says] == [Purpose.ROUTINE]
    assert neutral(talk.says[0])
    assert talk.passes(hours=20).says == []
    assert talk.happens(TimerFell(Timer.REMINDER, talk.now)).says == []


def test_no_reminder_after_an_answer() -> None:
    """Also when the row could not be taken away in time."""
    talk = asked()
    talk.presses(talk.button("4")).happens(TimerFell(Timer.REMINDER, NOW))
    assert talk.says == []


def test_not_now_asks_again_in_two_hours_instead_of_reminding() -> None:
    """Her rhythm, not ours."""
    talk = asked()
    talk.presses(talk.button("later"))
    assert (Timer.REMINDER in talk.timers, talk.timers[Timer.SNOOZE]) == (False, NOW + timedelta(hours=2))
    assert talk.passes(hours=2).words == "Hello. How is today?"
    assert talk.button("4") in talk.offers


def test_not_now_is_seen_but_unanswered() -> None:
    """It says that she is there, not how she is."""
    talk = asked()
    talk.presses(talk.button("later"))
    assert talk.resident.check_in is not None
    assert talk.resident.check_in.seen


def test_not_now_is_not_taken_up_again_a_week_later() -> None:
    """The bot was down when her two hours were over: what she put off then is not today's question (R4)."""
    talk = asked()
    talk.presses(talk.button("later"))
    due = talk.timers[Timer.SNOOZE]
    late = Talk(talk.resident, now=due + timedelta(days=7))
    assert late.happens(TimerFell(Timer.SNOOZE, due)).says == []


def test_nothing_is_asked_again_after_an_answer() -> None:
    """Two hours later she has answered by herself."""
    talk = asked()
    talk.presses(talk.button("later")).presses(talk.button("4"))
    assert talk.passes(hours=12).says == []


@pytest.mark.parametrize("days", [1, 2, 3])
def test_silence_is_told_after_as_many_days_as_she_chose(days: int) -> None:
    """One missed day is a missed day; she said when it is more."""
    talk = asked(rhythm=Rhythm(missed_days=days))
    for missed in range(1, days):
        assert talk.passes(days=1).alarms == []
        assert talk.resident.missed == missed
    assert talk.passes(days=1).alarms == [RaiseAlert(Track.QUIET, 1, (f"silence:{days}",))]
    assert "Mina" in talk.words


def test_the_days_count_on_and_are_told_again_after_as_many_more() -> None:
    """A note every day would wear out whoever reads it."""
    talk = asked()
    codes = []
    for _day in range(6):
        codes += [alarm.reasons for alarm in talk.passes(days=1).alarms]
    assert codes == [("silence:2",), ("silence:4",), ("silence:6",)]


def test_seen_counts_as_unanswered_and_says_so() -> None:
    """She used the guides: the contact person should know that she was there (R7)."""
    talk = asked(missed=1).presses("g:list").passes(days=1)
    assert [alarm.reasons for alarm in talk.alarms] == [("seen:2",)]


def test_without_a_yes_nobody_is_told_of_silence() -> None:
    """Days are counted, for her own page, and that is all."""
    talk = asked(consent=replace(YES, telling=False)).passes(days=5)
    assert talk.alarms == []
    assert talk.resident.missed == 5


def test_without_contact_persons_nobody_is_told_of_silence() -> None:
    """She named nobody for this."""
    assert asked(contacts=()).passes(days=5).alarms == []


def test_telling_about_silence_tells_her_too_and_a_lock_screen_nothing() -> None:
    """Nothing about me without me (S9)."""
    talk = asked(missed=1).passes(days=1)
    note = next(say for say in talk.says if "Mina" in english(say.text))
    assert (note.purpose, neutral(note)) == (Purpose.ROUTINE, True)
    assert len(note.text[0].source) >= 120


def test_a_trial_or_an_extra_one_is_no_missed_day() -> None:
    """Only what she agreed to be asked counts."""
    for slot in (check_in.TRIAL, "x1200"):
        open_one = CheckIn(date(2026, 11, 24), slot, NOW - timedelta(hours=5))
        talk = asked(check_in=open_one)
        assert records(talk)[0] == ("missed", None)
        assert talk.resident.missed == 0


def test_time_the_bot_was_down_is_not_her_silence() -> None:
    """Asked on Tuesday, then nothing worked until Thursday: her press never reached us (R4)."""
    talk = asked(rhythm=Rhythm(missed_days=1))
    talk.now += timedelta(days=2)
    talk.happens(TimerFell(Timer.CHECK_IN, NOW + timedelta(days=1), down=timedelta(days=1, hours=20)))
    assert talk.alarms == []
    assert talk.resident.missed == 0


# --- by herself ---


def test_she_can_check_in_whenever_she_likes() -> None:
    """An offer works both ways."""
    talk = Talk(leyla()).writes("check-in", Word.CHECK_IN)
    assert talk.resident.check_in is not None
    assert talk.resident.check_in.slot == "x1700"
    assert talk.says[0].purpose is Purpose.REPLY
    talk.presses(talk.button("4"))
    assert records(talk) == [("answered", "face:4")]


def test_checking_in_while_the_daily_one_is_open_shows_that_one() -> None:
    """One question, not two."""
    talk = asked()
    daily = talk.button("4")
    assert daily in talk.presses("ci:now").offers


def test_an_extra_one_does_not_take_the_place_of_the_daily_one() -> None:
    """She checked in at noon and is still asked in the evening."""
    talk = Talk(leyla(), now=NOW - timedelta(hours=6)).presses("ci:now")
    talk.presses(talk.button("4")).passes(hours=6)
    assert talk.asks().words == "Hello. How is today?"


@pytest.mark.parametrize("text", ["stop", "pause"])
def test_next_is_says_when_or_that_nothing_comes(text: str) -> None:
    """What is said is what is planned."""
    if text == "stop":
        assert "nothing by myself" in english((check_in.next_is(leyla(stopped=True), NOW),))
    else:
        paused = leyla(paused_until=NOW + timedelta(days=3, hours=1))
        assert f"{NOW + timedelta(days=4)}" in english((check_in.next_is(paused, NOW),))


def test_where_none_is_wanted_all_timers_of_check_ins_stop() -> None:
    """A forgotten reminder is an unwanted message."""
    stops = check_in.plan_next(leyla(consent=Consent()), NOW)
    assert stops == [StopTimer(Timer.CHECK_IN), StopTimer(Timer.REMINDER), StopTimer(Timer.SNOOZE)]
    assert check_in.plan_next(leyla(), NOW) == [SetTimer(Timer.CHECK_IN, NOW + timedelta(days=1))]


def test_faces_know_their_day_and_slot() -> None:
    """So that yesterday's cannot answer today, in any language (R8)."""
    shown = check_in.faces(CheckIn(date(2026, 11, 24), "d", NOW))
    data = offered([Say((), shown)])
    assert all(each.startswith("ci:20261124:d:") for each in data)
    assert len(set(data)) == len(data) == 8


def test_a_check_in_ends_a_question_about_settings() -> None:
    """What she writes next is about today, not about a time of day."""
    assert asked(place=Place.TIME).resident.place is Place.MENU
