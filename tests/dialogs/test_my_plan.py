"""Her side of the shared plan, by button and by word."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from dialogs.effects import Purpose, Toast
from dialogs.events import PlanChangeAsked
from dialogs.kinds import ContactKind
from dialogs.people import Place
from dialogs.plan_entry import Helper, MarkDone, PlanChange, SayNo, SayYes, Suggest, TakeBack
from dialogs.words import Word
from tests.dialogs.cast import Talk, leyla, neutral, only
from tests.dialogs.test_sip import HER, JOSEF, MINA, TODAY, suggested

BOTH = replace(HER, contacts=(MINA, replace(JOSEF, kind=ContactKind.HOME_SUPPORT)))


def to_mina(talk: Talk) -> list[str]:
    """What Mina is told."""
    return [say.text[0].source for say in talk.says if say.to == 2]


@pytest.mark.parametrize("how", ["word", "settings"])
def test_her_plan_is_one_word_or_one_tap_away(how: str) -> None:
    """And it says who sees it (S9)."""
    talk = Talk(suggested())
    talk = talk.writes("my plan", Word.PLAN) if how == "word" else talk.presses("set").presses("sp")
    assert "waits for your answer" in talk.words
    assert "seen by you and by: Mina" in talk.words
    assert talk.offers[:2] == ["sp:e:1", "sp:new"]


def test_she_proposes_by_taps_and_it_waits_for_the_other() -> None:
    """Area, step, who, day; nothing is written about anybody (S8)."""
    talk = Talk(HER).presses("sp:new").presses("sp:a:home").presses("sp:s:home-visit")
    assert {"sp:d:home-visit:partner:2", "sp:w:home-visit:care", "sp:w:home-visit:herself"} <= set(
        talk.offers
    )
    talk.presses("sp:d:home-visit:partner:2").presses("sp:d:home-visit:partner:2:20261201")
    (entry,) = talk.resident.sip
    assert (entry.on, entry.by, entry.agreed) == (date(2026, 12, 1), 1, False)
    assert to_mina(talk) == ["🔵 {alias} has a proposal for the shared plan."]
    assert talk.resident.place is Place.MENU


def test_with_several_who_see_it_she_says_with_whom() -> None:
    """Nobody's yes is taken for another's."""
    talk = Talk(BOTH).presses("sp:w:home-visit:care")
    assert talk.offers == ["sp:d:home-visit:care:2", "sp:d:home-visit:care:3", "sp"]
    one = Talk(HER).presses("sp:w:home-visit:care")
    assert one.resident.asking == "d:home-visit:care:2", "with one there is no question"


def test_a_day_may_be_written() -> None:
    """As for every other reminder."""
    talk = Talk(HER).presses("sp:d:home-visit:partner:2").writes("soon")
    assert "did not understand" in talk.words
    assert talk.writes("24/12").resident.sip[0].on == date(2026, 12, 24)


def test_danger_is_heard_while_a_day_is_asked_for() -> None:
    """Whatever was asked, her words are read first."""
    talk = Talk(HER).presses("sp:d:home-visit:partner:2").writes("TV2 DI2")
    assert talk.resident.sip == ()
    assert talk.resident.place is not Place.PLAN_DAY


def test_another_word_leaves_the_question() -> None:
    """A day written later is not taken for this one."""
    talk = Talk(HER).presses("sp:d:home-visit:partner:2").writes("menu", Word.MENU).writes("24/12")
    assert talk.resident.sip == ()


def test_without_anybody_who_sees_it_there_is_nobody_to_agree_with() -> None:
    """She is led to where she can change that."""
    talk = Talk(leyla()).presses("sp:new")
    assert talk.offers == ["set:contacts", "sp"]
    assert "Nobody but you sees it." in talk.presses("sp").words


def test_her_yes_and_no_are_told_to_the_one_who_asked() -> None:
    """Only then can the other one count on it, or leave it."""
    yes = Talk(suggested()).presses("sp:e:1").presses("sp:yes:1")
    assert yes.resident.sip[0].agreed
    assert to_mina(yes) == ["🔵 {alias} said yes to your proposal for the shared plan."]
    no = Talk(suggested()).presses("sp:no:1")
    assert no.resident.sip == ()
    assert to_mina(no) == ["🔵 {alias} said no to your proposal for the shared plan."]


def test_another_day_asks_the_other_one_again() -> None:
    """The third answer to a proposal."""
    talk = Talk(suggested()).presses("sp:when:1").presses("sp:on:1:20261203")
    (entry,) = talk.resident.sip
    assert (entry.id, entry.by, entry.agreed) == (2, 1, False)
    assert to_mina(talk) == ["🔵 {alias} has a proposal for the shared plan."]


def test_she_marks_done_and_takes_out_anything() -> None:
    """It is her plan."""
    talk = Talk(suggested()).presses("sp:yes:1").presses("sp:done:1")
    assert talk.resident.sip[0].done
    assert talk.presses("sp:del:1").resident.sip == ()
    assert to_mina(talk) == [], "what is done is no news when it goes"


@pytest.mark.parametrize(
    "data",
    [
        "sp:yes:9",
        "sp:odd:1",
        "sp:a:odd",
        "sp:s:odd",
        "sp:w:home-visit:odd",
        "sp:d:home-visit:care:9:none",
        "sp:d:home-visit:care:2:20200101",
        "sp:on:1:odd",
        "sp:on:9:none",
        "sp:d:odd:partner:2",
        "sp:d:home-visit:odd:2",
        "sp:done:1",
        "sp:1:2:3:4:5",
        "sp:d",
    ],
)
def test_a_button_that_fits_nothing_changes_nothing(data: str) -> None:
    """Old ones, and whatever else comes from outside."""
    before = suggested()
    talk = Talk(before).presses(data)
    assert only(Toast, talk.effects)
    assert talk.resident.sip == before.sip


def test_a_full_plan_says_so_to_both() -> None:
    """With a way out."""
    her = HER
    for _number in range(20):
        her = suggested(her=her)
    assert "plan is full" in Talk(her).presses("sp:new").words
    assert "plan is full" in Talk(her).presses("sp:d:home-visit:partner:2:none").words
    talk = Talk(her).happens(PlanChangeAsked(2, Suggest("home-visit", Helper.PARTNER)))
    assert to_mina(talk) == ["The plan is full: {most} lines. One has to be taken out before another fits."]


def test_taking_back_the_sight_keeps_her_lines_and_names_nobody() -> None:
    """The plan is hers; who helped is no longer promised."""
    agreed = Talk(suggested()).presses("sp:yes:1").presses("set:see:2:plan:no").presses("sp")
    assert "Visit a home (nobody at present)" in agreed.words
    assert agreed.presses("set:see:2:plan:yes").presses("sp").words.count("Mina") == 2


def test_an_open_proposal_of_somebody_who_no_longer_sees_it_cannot_be_agreed() -> None:
    """There is nobody on the other side."""
    talk = Talk(suggested()).presses("set:see:2:plan:no").presses("sp:yes:1")
    assert only(Toast, talk.effects)
    assert not talk.resident.sip[0].agreed


# --- what a contact person asks ---


@pytest.mark.parametrize(
    ("by", "change", "said"),
    [
        (
            2,
            Suggest("home-visit", Helper.PARTNER),
            "I ask {alias}, by day. It counts when both have said yes.",
        ),
        (1, SayYes(1), "It is agreed."),
        (1, SayNo(1), "I tell {alias} that it is not possible for you."),
        (2, TakeBack(1), "It is taken back."),
        (2, MarkDone(1), "That line is no longer as you saw it. Nothing was changed."),
        (2, SayYes(9), "That line is no longer as you saw it. Nothing was changed."),
    ],
)
def test_what_is_asked_is_done_or_refused_and_said_to_the_asker(
    by: int, change: PlanChange, said: str
) -> None:
    """She herself hears of it by day, not now."""
    talk = Talk(suggested(by)).happens(PlanChangeAsked(2, change))
    assert to_mina(talk) == [said]
    assert [say for say in talk.says if say.to is None] == []


def test_done_by_the_other_is_seen_when_she_looks() -> None:
    """It is good news that can wait: no message."""
    talk = Talk(suggested()).presses("sp:yes:1").happens(PlanChangeAsked(2, MarkDone(1)))
    assert talk.resident.sip[0].done
    assert to_mina(talk) == ["It is marked as done."]
    assert talk.passes(days=3).says == []


@pytest.mark.parametrize("by", [3, 99])
def test_who_may_not_see_it_changes_nothing_and_hears_nothing(by: int) -> None:
    """Josef is her contact person, and no more than that."""
    talk = Talk(suggested()).happens(PlanChangeAsked(by, Suggest("home-visit", Helper.PARTNER)))
    assert (talk.effects, talk.resident) == ((), suggested())


def test_what_contact_persons_hear_says_nothing_of_the_plan() -> None:
    """Their phones lie on tables too; what it is about comes after a tap."""
    talk = Talk(suggested()).presses("sp:yes:1")
    (note,) = [say for say in talk.says if say.to == 2]
    assert note.purpose is Purpose.NOTE
    assert neutral(note)
    assert note.keyboard[0][0].data == "sp:1"


def test_the_day_of_a_proposal_is_told_on_her_clock() -> None:
    """An hour after midnight in Kabul it is still yesterday in Stockholm."""
    kabul = replace(HER, rhythm=replace(HER.rhythm, zone="Asia/Kabul"))
    talk = Talk(kabul).passes(hours=4).presses("sp:d:home-visit:partner:2")
    assert f"sp:d:home-visit:partner:2:{TODAY + timedelta(days=2):%Y%m%d}" in talk.offers
