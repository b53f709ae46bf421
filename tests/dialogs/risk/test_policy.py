"""What follows from a reading: who is told, what is asked, how often, and that a "no" ends no worry."""

from dataclasses import replace
from datetime import timedelta

import pytest

from dialogs.alert import Track
from dialogs.effects import Purpose, RaiseAlert, StopTimer, TellAlertOnTrack, Toast
from dialogs.events import BotBlocked, Kind, Sent, Timer, TimerFell
from dialogs.people import Consent, Heard, Question
from dialogs.risk import policy
from dialogs.risk.categories import REASONS
from dialogs.risk.policy import FOLLOW_UPS, ORDER, SILENCE_IS_URGENT, WHERE_URGENT_ASKS_ON, theme
from dialogs.words import Word
from tests.dialogs.cast import NOW, YES, MustNotRead, Talk, leyla, neutral, only

NO_TELLING = replace(YES, telling=False)
DANGEROUS = [(key, each) for key, each in FOLLOW_UPS.items() if each.level >= 2]


def asking(key: str, **changes: object) -> Talk:
    """Leyla, to whom this question was just put."""
    talk = Talk(leyla(question=Question(key, NOW), **changes))
    talk.timers[Timer.QUESTION] = NOW + policy.ASK_AGAIN_AFTER
    return talk


def asked_themes(talk: Talk) -> str | None:
    """The theme of the question that was put just now."""
    keys = {data.split(":")[1] for data in talk.offers if data.startswith("q:")}
    return theme(keys.pop()) if keys else None


def forgotten(talk: Talk) -> Talk:
    """What she wrote before is out of mind: else several weak signs together are an alarm (below)."""
    talk.resident = replace(talk.resident, heard=(), nights=())
    return talk


# --- consent ---


@pytest.mark.parametrize("consent", [Consent(), replace(YES, reading=False)])
@pytest.mark.parametrize("edited", [False, True])
def test_without_a_yes_to_reading_nothing_is_read(consent: Consent, *, edited: bool) -> None:
    """Only a yes is a yes; not yet asked is none."""
    talk = Talk(leyla(consent=consent), MustNotRead()).writes("TV3")
    talk.happens(Sent(Kind.PHOTO, "TV3"))
    if edited:
        talk.presses("set:reading:no")
    assert talk.says


@pytest.mark.parametrize("words", ["TV2", "SU3", "CH3 TV2"])
def test_without_a_yes_to_telling_nobody_is_told(words: str) -> None:
    """She hears that nobody was told, and how a person is asked."""
    talk = Talk(leyla(consent=NO_TELLING)).writes(words)
    assert talk.alarms == []
    assert "I have told nobody" in talk.words
    assert "someone" in talk.offers


def test_without_a_yes_to_telling_her_silence_tells_nobody() -> None:
    """Not even about a threat: it was her choice."""
    talk = Talk(leyla(consent=NO_TELLING)).writes("TV1")
    assert talk.passes(days=3).alarms == []


@pytest.mark.parametrize(
    ("ask", "reason"), [("someone", "someone"), ("company", "company"), ("g:bills:what:tell", "stuck")]
)
def test_asking_for_a_person_is_a_yes_for_that_time(ask: str, reason: str) -> None:
    """A request outweighs an earlier no."""
    alarms = Talk(leyla(consent=NO_TELLING)).presses(ask).alarms
    assert [alarm.reasons[0].partition(":")[0] for alarm in alarms] == [reason]


def test_words_that_ask_for_a_person_get_one_without_a_question() -> None:
    """Never "are you sure?" (risk.md 2.2)."""
    talk = Talk(leyla(consent=NO_TELLING)).writes("HU1 DI1")
    assert talk.alarms == [RaiseAlert(Track.URGENT, 2, ("someone",))]
    assert asked_themes(talk) is None


# --- levels ---


def test_level_0_is_ordinary_talk() -> None:
    """Sadness is not an alarm."""
    talk = Talk(leyla()).writes("it rains")
    assert talk.alarms == []
    assert asked_themes(talk) is None


def test_level_1_asks_one_question_and_tells_nobody() -> None:
    """Danger is possible: ask her first."""
    talk = Talk(leyla()).writes("TV1 DI1 HO1")
    assert talk.alarms == []
    assert asked_themes(talk) == "TV"
    assert talk.timers[Timer.QUESTION] == NOW + timedelta(minutes=30)


def test_level_2_tells_her_and_a_contact_person_and_asks_what_is_still_worth_knowing() -> None:
    """The answer says what is done before it asks anything."""
    talk = Talk(leyla()).writes("TV2 DI1")
    assert talk.alarms == [RaiseAlert(Track.URGENT, 2, ("TV2",))]
    assert talk.says[0].purpose is Purpose.EMERGENCY
    assert "Mina or Josef" in talk.words
    assert talk.resident.question == Question("TV.near", NOW)


def test_level_3_gives_the_emergency_number_first_and_asks_nothing() -> None:
    """Every minute counts."""
    talk = Talk(leyla(question=Question("DI", NOW))).writes("SU3")
    assert talk.alarms == [RaiseAlert(Track.URGENT, 3, ("SU3",))]
    assert talk.words.startswith("If you are in danger, call <emergency> now.")
    assert talk.resident.question is None
    assert StopTimer(Timer.QUESTION) in talk.effects


@pytest.mark.parametrize("words", ["TV1", "TV2", "TV3", "reader1"])
def test_every_reply_about_risk_offers_a_human(words: str) -> None:
    """One tap, from wherever she is."""
    assert "someone" in Talk(leyla()).writes(words).offers


@pytest.mark.parametrize("words", ["TV2", "TV3"])
def test_every_alarm_says_that_this_is_a_program_and_names_the_number(words: str) -> None:
    """No false security (R24, S1)."""
    said = Talk(leyla()).writes(words).words
    assert "not an emergency service" in said
    assert "<emergency>" in said


def test_a_reader_that_failed_asks_whether_a_person_shall_get_in_touch() -> None:
    """A crash must never look like calm (R22)."""
    assert asked_themes(Talk(leyla()).writes("reader1")) == "reader"


def test_a_caption_is_read_like_any_words() -> None:
    """A picture of a message from him says it in the caption."""
    assert Talk(leyla()).happens(Sent(Kind.PHOTO, "TV2")).alarms


# --- how often ---


def test_at_most_two_questions_a_day_and_the_third_theme_waits() -> None:
    """A person is not a form (risk.md 2.5)."""
    talk = Talk(leyla())
    assert asked_themes(talk.writes("TV1")) == "TV"
    talk.presses("q:TV:yes").passes(hours=1)
    assert asked_themes(talk.writes("DI1")) == "DI"
    talk.presses("q:DI:no").passes(hours=1)
    forgotten(talk).writes("HO1")
    assert asked_themes(talk) is None
    assert talk.resident.unsure.count("HO") == 1
    assert "someone" in talk.offers


def test_a_theme_is_asked_about_once_in_two_days() -> None:
    """The same words tomorrow are heard, and not asked about again."""
    talk = Talk(leyla(contacts=())).writes("DI1").presses("q:DI:no")
    assert asked_themes(talk.passes(hours=47).writes("DI1")) is None
    assert asked_themes(forgotten(talk.passes(hours=2)).writes("DI1")) == "DI"


def test_the_day_of_two_questions_is_a_day_and_not_longer() -> None:
    """After 24 hours there is room again."""
    talk = Talk(leyla()).writes("DI1").presses("q:DI:no").writes("EX1").presses("q:EX:yes")
    assert asked_themes(forgotten(talk.passes(hours=25)).writes("HO1")) == "HO"


@pytest.mark.parametrize("words", ["TV2", "TV3", "SU2"])
def test_levels_2_and_3_know_no_limit(words: str) -> None:
    """Danger is never put off."""
    exhausted = leyla(asked=(("TV", NOW), ("SU", NOW), ("DI", NOW)))
    assert Talk(exhausted).writes(words).alarms


def test_a_theme_she_named_herself_counts_for_no_limit() -> None:
    """She pressed "someone threatens me": asking is an answer to her."""
    talk = Talk(leyla(asked=(("TV", NOW), ("DI", NOW))))
    talk.asks().presses(talk.button("1")).presses(talk.button("1").replace("ci:", "cw:")[:-1] + "threat")
    assert asked_themes(talk) == "TV"


def test_what_stayed_unsure_is_asked_softly_after_the_next_answered_check_in() -> None:
    """One theme, and only when she is there anyway."""
    talk = Talk(leyla(unsure=("HO", "DI"))).asks()
    talk.presses(talk.button("4"))
    assert asked_themes(talk) == "HO"
    assert talk.resident.unsure == ("DI",)


def test_a_low_face_is_not_followed_by_a_question_from_before() -> None:
    """First what weighs today."""
    talk = Talk(leyla(unsure=("HO",))).asks()
    assert asked_themes(talk.presses(talk.button("1"))) is None


def test_the_question_after_a_check_in_is_not_the_third_of_the_day() -> None:
    """Two a day, whatever the occasion."""
    asked = (("TV", NOW - timedelta(hours=5)), ("DI", NOW - timedelta(hours=4)))
    talk = Talk(leyla(unsure=("HO",), asked=asked)).asks()
    assert asked_themes(talk.presses(talk.button("4"))) is None


def test_the_question_after_a_check_in_is_not_the_one_she_just_answered() -> None:
    """She said no at noon; being asked the same in the evening says that nobody listened."""
    talk = (
        Talk(leyla(), now=NOW - timedelta(hours=5)).writes("HO1").presses("q:HO:yes").passes(hours=5).asks()
    )
    assert asked_themes(talk.presses(talk.button("4"))) is None


def test_an_open_question_is_not_lost_to_a_lesser_one() -> None:
    """ "Are you safe?" is open; something about sleep must not make its silence mean nothing."""
    talk = Talk(leyla()).writes("TV1").passes(minutes=5).writes("DI1")
    still = {talk.resident.question.category if talk.resident.question else "", *talk.resident.unsure}
    assert "TV" in still


# --- answers ---


@pytest.mark.parametrize(("key", "follow_up"), DANGEROUS)
def test_the_answer_that_means_danger_alarms_at_its_level(key: str, follow_up: policy.FollowUp) -> None:
    """And asks on only where the next answer changes something."""
    talk = asking(key).presses(f"q:{key}:{follow_up.danger}")
    assert talk.alarms == [RaiseAlert(Track.URGENT, follow_up.level, (f"{theme(key)}{follow_up.level}",))]
    question = talk.resident.question
    assert (question.category if question else None) == follow_up.then


@pytest.mark.parametrize(("key", "follow_up"), DANGEROUS)
def test_the_answer_that_means_danger_tells_nobody_without_a_yes(
    key: str, follow_up: policy.FollowUp
) -> None:
    """Consent holds for answers too."""
    assert asking(key, consent=NO_TELLING).presses(f"q:{key}:{follow_up.danger}").alarms == []


@pytest.mark.parametrize("key", [key for key, each in FOLLOW_UPS.items() if each.level == 1])
def test_yes_to_company_is_a_quiet_word(key: str) -> None:
    """No alarm for loneliness."""
    assert asking(key).presses(f"q:{key}:yes").alarms == [RaiseAlert(Track.QUIET, 1, ("company",))]


@pytest.mark.parametrize("key", FOLLOW_UPS)
@pytest.mark.parametrize("answer", ["calm", "skip"])
def test_a_no_is_never_taken_for_the_end_of_a_worry(key: str, answer: str) -> None:
    """It is kept quietly, asked about once more, and nothing that is open is closed (R23)."""
    if answer == "calm":
        answer = "yes" if FOLLOW_UPS[key].danger == "no" else "no"
    talk = asking(key).presses(f"q:{key}:{answer}")
    assert talk.alarms == []
    assert only(TellAlertOnTrack, talk.effects) == []
    assert theme(key) in talk.resident.unsure
    assert "someone" in talk.offers
    assert Timer.QUESTION not in talk.timers


@pytest.mark.parametrize("words", ["no", "wrong", "you misunderstood", "it was a joke", "stop worrying"])
def test_denial_in_words_closes_nothing(words: str) -> None:
    """Neither the question nor an alert (R23)."""
    talk = asking("TV").writes(words)
    assert only(TellAlertOnTrack, talk.effects) == []
    assert talk.resident.question is not None


@pytest.mark.parametrize(
    "data", ["q:SU:yes", "q:TV.near:yes", "q:", "q::", "q:XX:yes", "q-open:SU", "q-open:"]
)
def test_only_the_open_question_can_be_answered(data: str) -> None:
    """An old or forged button starts nothing."""
    talk = asking("TV").presses(data)
    assert only(Toast, talk.effects)
    assert (talk.alarms, talk.resident.question) == ([], Question("TV", NOW))


# --- no answer ---


def test_an_unanswered_question_comes_back_once_and_shows_nothing_on_a_lock_screen() -> None:
    """The question itself only after a tap (R35)."""
    talk = asking("SU").passes(minutes=31)
    (say,) = talk.says
    assert (say.purpose, neutral(say)) == (Purpose.ROUTINE, True)
    assert talk.presses(talk.offers[0]).words == "Are you thinking of ending your life?"
    assert talk.says[0].in_place


@pytest.mark.parametrize("key", [key for key in FOLLOW_UPS if theme(key) in SILENCE_IS_URGENT])
def test_after_two_hours_of_silence_about_danger_somebody_is_told(key: str) -> None:
    """Who cannot answer may be in danger (risk.md 2.4)."""
    talk = asking(key).passes(minutes=119)
    assert talk.alarms == []
    talk.passes(minutes=2)
    assert talk.alarms == [RaiseAlert(Track.URGENT, 2, ("unanswered", f"{theme(key)}1"))]
    note = talk.says[-1]
    assert (note.purpose, neutral(note)) == (Purpose.NOTE, True)
    assert "Mina or Josef" in talk.words


@pytest.mark.parametrize("key", [key for key in FOLLOW_UPS if theme(key) not in SILENCE_IS_URGENT])
def test_silence_about_the_rest_waits_for_the_next_check_in(key: str) -> None:
    """Not every unanswered question is an emergency."""
    talk = asking(key).passes(hours=3)
    assert talk.alarms == []
    assert talk.resident.unsure == (theme(key),)
    assert talk.resident.question is None


def test_silence_is_told_once() -> None:
    """A row that fell twice alarms nobody twice."""
    talk = asking("TV").passes(hours=3)
    assert talk.happens(TimerFell(Timer.QUESTION, talk.now)).effects == ()


def test_time_the_bot_was_down_is_not_silence_about_a_question() -> None:
    """Reminded five hours late, she still has time to answer before anybody is told (R4)."""
    talk = asking("TV")
    talk.now += timedelta(hours=5)
    talk.happens(TimerFell(Timer.QUESTION, NOW + timedelta(minutes=30)))
    assert talk.passes(minutes=10).alarms == []


# --- the table of questions ---


def test_every_theme_has_a_question_a_place_in_the_order_and_words_for_contact_persons() -> None:
    """What the reader hears and the table does not know would be dropped."""
    assert {theme(key) for key in FOLLOW_UPS} == set(ORDER)
    assert set(ORDER) | {"HU"} == {category for category, _level in REASONS}
    assert set(WHERE_URGENT_ASKS_ON) == SILENCE_IS_URGENT
    for key, follow_up in FOLLOW_UPS.items():
        assert follow_up.then is None or follow_up.then in FOLLOW_UPS, key
        assert (theme(key), follow_up.level) in REASONS, key


@pytest.mark.parametrize("first", ORDER)
def test_questions_of_a_theme_come_to_an_end(first: str) -> None:
    """At most three, each asked once."""
    seen: list[str] = []
    key: str | None = first
    while key is not None:
        assert key not in seen
        seen.append(key)
        key = FOLLOW_UPS[key].then
    assert len(seen) <= 3


@pytest.mark.parametrize("place", range(len(ORDER) - 1))
def test_the_gravest_theme_is_asked_about_first(place: int) -> None:
    """One question at a time, in the order of risk.md 2.4."""
    talk = Talk(leyla()).writes(f"{ORDER[place + 1]}1 {ORDER[place]}1")
    assert asked_themes(talk) == ORDER[place]


def test_a_bare_word_for_someone_is_heard_before_anything_is_read() -> None:
    """It needs no consent and no reader."""
    talk = Talk(leyla(consent=Consent()), MustNotRead()).writes("someone", Word.SOMEONE)
    assert talk.alarms == [RaiseAlert(Track.URGENT, 2, ("someone",))]


# --- several weak signs together ---


def test_three_weak_signs_of_two_themes_in_a_week_are_urgent() -> None:
    """Each alone would only be asked about; together they are how danger looks from afar (risk.md 2.6)."""
    talk = Talk(leyla()).writes("TV1").passes(days=2).writes("DI1").passes(days=2).writes("LF1")
    (alarm,) = talk.alarms
    assert (alarm.track, alarm.level, alarm.reasons[0]) == (Track.URGENT, 2, "several")
    assert talk.resident.heard == (), "counted once, or each further word would alarm again"


def test_three_of_one_theme_are_not_unless_it_is_despair() -> None:
    """The same worry told three times is one worry; three days without hope are not."""
    talk = Talk(leyla())
    for _day in range(3):
        talk.passes(days=1, hours=1).writes("HO1")
    assert talk.alarms == []
    talk = Talk(leyla())
    for _day in range(3):
        talk.passes(days=1, hours=1).writes("DI1")
    assert [alarm.reasons[0] for alarm in talk.alarms] == ["several"]


def test_twice_in_a_day_not_wanting_to_live_is_urgent() -> None:
    """Once may be a manner of speaking."""
    assert Talk(leyla()).writes("SU1").passes(hours=25).writes("SU1").alarms == []
    assert Talk(leyla()).writes("SU1").passes(hours=5).writes("SU1").alarms[0].reasons[0] == "twice"


def test_after_a_week_nothing_is_remembered() -> None:
    """And nothing at all without her yes."""
    talk = Talk(leyla()).writes("TV1").passes(days=1).writes("DI1").passes(days=7).writes("LF1")
    assert talk.alarms == []
    assert Talk(leyla(consent=replace(YES, reading=False)), MustNotRead()).writes("TV1").resident.heard == ()


def test_who_blocks_the_bot_right_after_something_worrying_is_looked_for() -> None:
    """A hand may have taken the phone (risk.md 2.6)."""
    worried = Talk(leyla()).writes("LF1").passes(hours=3).happens(BotBlocked())
    assert [(alarm.track, alarm.level) for alarm in worried.alarms] == [(Track.URGENT, 2)]
    calm = Talk(leyla()).happens(BotBlocked())
    assert [(alarm.track, alarm.level) for alarm in calm.alarms] == [(Track.QUIET, 1)]


def test_all_is_fine_in_another_script_is_no_all_clear() -> None:
    """Somebody else may be writing; she is answered as always, and her contact persons hear of it."""
    talk = Talk(leyla(heard=(Heard(NOW, "TV", 1, "arabic"),)))
    talk.passes(hours=1).writes("everything is fine", Word.ALL_FINE)
    assert [alarm.reasons for alarm in talk.alarms] == [("calm", "covert")]
    ordinary = Talk(leyla()).writes("everything is fine", Word.ALL_FINE)
    assert talk.words == ordinary.words
    assert ordinary.alarms == []
    same_script = Talk(leyla(heard=(Heard(NOW, "TV", 1, "latin"),)))
    assert same_script.passes(hours=1).writes("everything is fine", Word.ALL_FINE).alarms == []


# --- what was told ---


def test_she_can_read_what_was_said_about_her() -> None:
    """Exactly the words her contact person reads (S9)."""
    talk = Talk(leyla()).writes("TV2")
    assert "told" in talk.offers
    talk.presses("told")
    assert "what a contact person reads about why" in talk.words
    assert "Linden writes about a blow or a threat" in talk.words
    assert "told nobody" in Talk(leyla()).presses("told").words
