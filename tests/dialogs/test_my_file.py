"""Her file: all of it, and nothing that whoever holds the phone must not learn."""

from dataclasses import fields, replace
from datetime import date, time, timedelta
from typing import Any

import pytest

from dialogs.alert import Alert, AlertState, Told, Track
from dialogs.effects import SendMyFile
from dialogs.escalation_policy import Policy
from dialogs.guide import Remind, Walk
from dialogs.kinds import Sight
from dialogs.letters import TalkNow
from dialogs.my_file import LEFT_OUT, Kept, PastAnswer, PastTalk, sections
from dialogs.people import (
    Agreed,
    Consent,
    Errand,
    ExpectedCall,
    HardDay,
    Heard,
    Plan,
    Question,
    Resident,
    Rhythm,
)
from dialogs.plan_entry import Helper, PlanEntry
from dialogs.words import Word
from tests.dialogs.cast import JOSEF, MINA, NOW, Talk, a_lock, english, knowledge, leyla, neutral, only, words

DAY = date(2026, 3, 8)
KEPT = Kept(since=NOW)
CHANGED: dict[str, Any] = {
    "id": 77,
    "alias": "Rowan",
    "locale": "fa",
    "below": "sv",
    "name": "L",
    "joined": False,
    "consent": Consent(False, False, False, True),
    "proposed": (MINA, JOSEF, Agreed(9, "Sara")),
    "contacts": (MINA,),
    "rhythm": Rhythm(time(7, 15)),
    "paused_until": NOW + timedelta(days=2),
    "stopped": True,
    "missed": 3,
    "walks": (Walk("bills", "due", ("find",)),),
    "finished": ("bills",),
    "ticks": ("bills:0",),
    "judged": ("bills:paid",),
    "errands": (Errand("bills", "due", Remind.MONTHLY, DAY, 8),),
    "plan": Plan(DAY, ("bills",), ("housing",)),
    "traditions": ("newroz",),
    "hard_days": (HardDay(3, 8, "the day"),),
    "question": Question("TV.near", NOW),
    "policy": Policy(),
    "not_asked_since": DAY,
    "asked": (("LF", NOW),),
    "heard": (Heard(NOW, "PV", 1),),
    "nights": (NOW,),
    "faces": ((DAY, 4),),
    "told": ("TV2",),
    "told_at": NOW,
    "unsure": ("DI",),
    "talk": TalkNow(1, 2, "Mina", NOW),
    "near": "bergby",
    "news_from": ("bergby",),
    "activities_told": (1, 2),
    "activities_waiting": (3,),
    "coming": (2,),
    "sight": ((2, (Sight.TREND.value,)),),
    "last_sign": NOW - timedelta(hours=2),
    "sip": (PlanEntry(1, "home-look", Helper.HERSELF, 2, 1, DAY, True, True),),
    "calls": (ExpectedCall(2, "Mina", NOW),),
    "safer": ("lock",),
    "lock": a_lock(),
    "clears_after": 15,
    "protected": True,
    "silent": True,
    "bare": True,
}
"""For each field of her record that is in the file: something that it must then say."""


def text(her: Resident, kept: Kept = KEPT) -> str:
    """The file, as a reader of English sees it."""
    found = sections(her, kept, knowledge(), NOW)
    return "\n".join(english((heading, *lines)) for heading, lines in found)


def test_each_field_of_her_record_is_in_the_file_or_on_the_list_of_what_is_not() -> None:
    """Whoever adds a field must decide whether she sees it, and say why not (R39)."""
    names = {each.name for each in fields(Resident)}
    listed = names & set(LEFT_OUT)
    assert names == set(CHANGED) | listed
    assert not set(CHANGED) & listed
    assert all(LEFT_OUT.values())


@pytest.mark.parametrize("field", CHANGED)
def test_what_changes_in_her_record_changes_the_file(field: str) -> None:
    """A field that is only believed to be in it is not."""
    assert text(replace(leyla(), **{field: CHANGED[field]})) != text(leyla())


@pytest.mark.parametrize(
    ("whole", "kind"), [("consent", Consent), ("rhythm", Rhythm), ("plan", Plan)], ids=str
)
def test_each_part_of_what_she_chose_is_in_it(whole: str, kind: type) -> None:
    """A purpose or a day that was added later must not be missing."""
    others: dict[str, Any] = {
        "check_ins": False,
        "reading": False,
        "telling": False,
        "counting": True,
        "at": time(7, 15),
        "days": (2,),
        "zone": "Asia/Kabul",
        "missed_days": 1,
        "since": DAY,
        "later": ("bills",),
        "not_for_me": ("bills",),
    }
    for each in fields(kind):
        changed = replace(getattr(leyla(), whole), **{each.name: others[each.name]})
        assert text(replace(leyla(), **{whole: changed})) != text(leyla()), each.name


@pytest.mark.parametrize(
    "kept",
    [
        Kept(NOW - timedelta(days=40)),
        Kept(NOW, reachable=False),
        Kept(NOW, answers=(PastAnswer(DAY, "missed"),)),
        Kept(NOW, cases=(Alert(4, 1, "Linden", Track.URGENT, 2, (), NOW, NOW),)),
        Kept(NOW, talks=(PastTalk(2, NOW),)),
        Kept(NOW, letters=3),
        Kept(NOW, notes=3),
        Kept(NOW, messages=3),
        Kept(NOW, updates=3),
        Kept(NOW, moments=3),
        Kept(NOW, openings=3),
        Kept(NOW, invitations=3),
    ],
    ids=repr,
)
def test_what_the_tables_hold_is_in_it(kept: Kept) -> None:
    """Besides her own record."""
    assert text(leyla(), kept) != text(leyla())


def test_answers_are_said_as_she_gave_them() -> None:
    """A face, her own words, a day without an answer; and a state of a newer program as it stands."""
    said = text(
        leyla(),
        Kept(
            NOW,
            answers=(
                PastAnswer(DAY, "answered", "face:2"),
                PastAnswer(DAY, "answered", "words:It was long"),
                PastAnswer(DAY, "missed"),
                PastAnswer(DAY, "moonlit"),
            ),
        ),
    )
    for line in ("2 of 5, where 5 is best", "in your words: It was long", "not answered", "moonlit"):
        assert line in said


def test_a_case_names_her_contact_persons_and_nobody_else() -> None:
    """When, how urgent, why, who of those she knows, and how it ended; a coordinator's name is not hers to read."""
    told = tuple(Told(step, number, name, NOW) for step, number, name in ((1, 2, "Mina"), (2, 9, "Karin")))
    closed = Alert(
        4, 1, "Linden", Track.URGENT, 3, ("someone",), NOW, None, AlertState.CLOSED, told=told, closed_at=NOW
    )
    said = text(leyla(), Kept(NOW, cases=(replace(closed, outcome="safe"), replace(closed, outcome="left"))))
    assert "emergency" in said
    assert "Linden asked for somebody." in said
    assert "Asked: Mina" in said
    assert "Karin" not in said
    assert "you were safe" in said


def test_a_talk_with_somebody_who_is_gone_names_nobody() -> None:
    """Her name went with her."""
    said = text(leyla(), Kept(NOW, talks=(PastTalk(9, NOW, NOW), PastTalk(2, NOW))))
    assert "You wrote with –" in said
    assert "You wrote with Mina" in said


def test_an_unknown_category_or_guide_is_said_as_it_stands() -> None:
    """A newer program may have written it."""
    said = text(leyla(unsure=("ZZ",), finished=("moon",), traditions=("lunar",)))
    assert all(each in said for each in ("ZZ", "moon", "lunar"))


def test_every_file_says_that_there_may_be_more() -> None:
    """So that the sentence tells whoever holds the phone nothing (R25)."""
    assert "I do not show everything here" in text(leyla())
    assert text(leyla(covert="bluebird")) == text(leyla())


def test_a_section_without_a_line_is_left_out() -> None:
    """A heading above nothing looks like a fault."""
    assert "Your shared plan" not in text(leyla())


# --- how she gets it ---


@pytest.mark.parametrize("how", ["word", "button"])
def test_one_tap_or_one_word_sends_it(how: str) -> None:
    """To be read in this chat only; what is said beside it is harmless (R39)."""
    talk = Talk(leyla())
    talk = talk.writes("my file", Word.MY_FILE) if how == "word" else talk.presses("p:file")
    (file,) = only(SendMyFile, talk.effects)
    assert not file.to_keep
    assert "p:file-keep" in talk.offers
    assert neutral(talk.says[0])
    assert english((file.caption,)) == "Here is the text you asked for."


def test_a_file_to_keep_takes_a_tap_of_its_own() -> None:
    """She has a right to take it along; whoever has the phone could as well, so she is told before."""
    talk = Talk(leyla()).presses("p:file")
    assert "by anybody who has your phone" in words(talk.effects)
    (file,) = only(SendMyFile, talk.presses("p:file-keep").effects)
    assert file.to_keep
