"""
Forged and replayed presses: a client that is made for it sends whatever button data its owner likes.

Nothing of what stands on a button gives a right: who presses is what counts, and what the tables say at that moment.
"""

from collections.abc import Iterable, Iterator
from itertools import product
from typing import Final

import pytest

from dialogs.alert_texts import ACTIONS
from dialogs.hand_over import NOTES
from dialogs.menu import old_button
from faults import buttons
from tests.attacks.siege import CANARY, Siege
from tests.stories.story import Phone

HERS, HELPERS, BOTH = "a resident's", "a helper's", "of both"
WHOSE: Final = {
    **dict.fromkeys(
        ("act", "ca", "ci", "company", "cw", "cw-word", "e", "g", "hd", "j", "menu", "near", "p", "plan"),
        HERS,
    ),
    **dict.fromkeys(
        ("q", "q-open", "set", "someone", "t", "talk", "told", "words", "chat", "ph", "who"), HERS
    ),
    **dict.fromkeys(
        (
            "al",
            "an",
            "aw",
            "ch",
            "cl",
            "db",
            "hn",
            "hr",
            "in",
            "nm",
            "no",
            "pr",
            "rd",
            "ro",
            "rs",
            "td",
            "test",
        ),
        HELPERS,
    ),
    **dict.fromkeys(("l", "sp", "tk"), BOTH),
}
HIS_TO_SAY: Final = frozenset({"ch:leave-yes", "db:talk:{}"})
"""To leave, and to wish to talk with a coordinator: nobody else's business, whatever number of a case is with it."""
HOSTILE: Final = (
    "0",
    "-1",
    "007",
    "4300",
    "2147483648",
    "999999999999999",
    "9223372036854775807",
    "9223372036854775808",
    "99999999999999999999",
    "9" * 57,
    "1e9",
    "0x10",
    "1_000",
    " 1",
    "٣",
    "１２",
    "³",
    "𝟗" * 12,
    "",
    ":",
    "::::::::",
    "null",
    "NaN",
    "%s%n",
    "{0.__class__}",
    "' OR 1=1 --",
    "../../etc/passwd",
    "\x00",
    "\x1b[2J",
    "\u202eabc",
    "\u200d\u200b",
    "\ufffd",
    "😀",
    "<b>x</b>",
)
"""What no button of ours carries where it carries a number, a code or a name."""


def test_whose_each_topic_is_stands_here() -> None:
    """Whoever adds a topic says who may press it, and the tests below press it as everybody else."""
    assert buttons.topics() == WHOSE.keys()


def _forms(whose: str) -> list[str]:
    return [form for form in buttons.forms() if WHOSE[buttons.topic_of(form)] == whose]


def _filled(forms: Iterable[str], values: Iterable[object]) -> Iterator[str]:
    """Every form with every combination of values in it, as far as Telegram would carry it."""
    known = [str(each) for each in values]
    for form in forms:
        for chosen in product(known, repeat=form.count("{}")):
            data = form.format(*chosen)
            if 0 < len(data.encode()) <= 64:
                yield data


def _in_each_place(forms: Iterable[str], values: Iterable[str]) -> Iterator[str]:
    """Every form with one value in all its places, cut to what Telegram carries."""
    for form, value in product(forms, values):
        if "{}" in form:
            yield form.format(*[value] * form.count("{}")).encode()[:64].decode("utf-8", "ignore")


def _answers(case: int) -> list[str]:
    """All that can be said about a case, at the tellings it had and at others."""
    said = [f"al:{case}:{step}:{action}" for step in range(4) for action in ACTIONS]
    return [*said, *(f"hn:{case}:{what}" for what in (*NOTES, "all"))]


async def _nothing_comes_of(siege: Siege, who: Phone, presses: list[str]) -> list[str | None]:
    """Press; nothing that is stored has changed, nobody's chat looks different; returns the answers."""
    before, screens = await siege.dump(), siege.screens()
    answers = siege.answers(await siege.forge(who, presses))
    assert await siege.set_aside() == []
    assert await siege.dump() == before
    assert siege.screens() == screens
    return answers


async def _nothing_comes_of_it_for_others(siege: Siege, who: Phone, presses: list[str]) -> None:
    """The same, but for her own document and chat, which are hers to change."""
    before, screens = await siege.dump(without=who), siege.screens(without=who)
    answers = siege.answers(await siege.forge(who, presses))
    assert await siege.set_aside() == []
    assert await siege.dump(without=who) == before
    assert siege.screens(without=who) == screens
    assert None not in answers, "her phone goes on waiting"


async def test_a_resident_can_press_nothing_of_a_contact_person(siege: Siege) -> None:
    """Not the case about herself, not another's: she hears kindly that this button is old."""
    leyla = await siege.number_of(siege.leyla)
    presses = list(_filled(_forms(HELPERS), [leyla, siege.open_case, siege.activity, "have"]))
    presses += _answers(siege.open_case)
    answers = await _nothing_comes_of(siege, siege.leyla, presses)
    assert set(answers) == {siege.say(old_button(), "en")}


async def test_a_contact_person_can_press_nothing_of_a_resident(siege: Siege) -> None:
    """Neither her answers nor her choices, also where the number in it is a resident of his own."""
    linden = await siege.number_of(siege.linden)
    presses = list(_filled(_forms(HERS), [linden, siege.activity, "yes", "no"]))
    answers = await _nothing_comes_of(siege, siege.josef, presses)
    assert set(answers) == {siege.say(old_button(), "en")}


async def test_a_coordinator_can_press_nothing_of_a_resident(siege: Siege) -> None:
    """Whoever runs the house answers for nobody who lives outside it."""
    presses = list(_filled(_forms(HERS), [await siege.number_of(siege.leyla), "yes", "no"]))
    answers = await _nothing_comes_of(siege, siege.karin, presses)
    assert set(answers) == {siege.say(old_button(), "en")}


async def test_a_stranger_can_press_nothing(siege: Siege) -> None:
    """Whoever found the bot's name knows no more about it after pressing everything there is."""
    presses = list(_filled(buttons.forms(), [siege.open_case, siege.talk, "yes"]))
    before = await siege.dump()
    others = siege.screens(without=siege.stranger)
    await siege.forge(siege.stranger, presses)
    assert await siege.set_aside() == []
    assert await siege.dump() == before
    assert siege.screens(without=siege.stranger) == others
    assert len({each.text for each in siege.stranger.seen}) == 1


def _not_his(siege: Siege, leyla: int, mina: int) -> list[str]:
    """All presses with numbers that are Leyla's and Mina's."""
    values = [siege.open_case, siege.talk, siege.activity, leyla, mina]
    forms = [form for form in (*_forms(HELPERS), *_forms(BOTH)) if form not in HIS_TO_SAY]
    return [*_filled(forms, values), *_answers(siege.open_case)]


async def test_a_contact_person_reaches_nobody_who_is_not_his(siege: Siege) -> None:
    """Her case, her talk, her notes, her page, her plan, her calls, another's activity: all of it stays as it is."""
    leyla, mina = await siege.number_of(siege.leyla), await siege.number_of(siege.mina)
    await _nothing_comes_of_it_for_others(siege, siege.josef, _not_his(siege, leyla, mina))
    assert not any(CANARY in each.text for each in siege.josef.seen), "he has read a note about her"
    assert not any("Leyla" in each.text for each in siege.josef.seen), "he has learnt that she is here"


async def test_a_closed_case_stays_closed(siege: Siege) -> None:
    """Whoever presses on it, at whatever step, hears that it is over; so does the one who closed it."""
    for who in (siege.josef, siege.mina, siege.karin):
        await _nothing_comes_of_it_for_others(siege, who, _answers(siege.closed_case))
    assert not any("Linden" in each.text for each in siege.mina.seen), "she has learnt that Linden is here"


async def test_what_was_pressed_once_works_once(siege: Siege) -> None:
    """A press that is sent again, by Telegram or by whoever recorded it, changes nothing a second time."""
    before = await siege.dump(), siege.screens()
    assert siege.sandbox.redeliver(0) > 50
    await siege.settle()
    assert (await siege.dump(), siege.screens()) == before
    recorded = ["al:{0}:1:have", "tk:open:{0}", "test:have", "in:0", "in:3", "l:en"]
    presses = [each.format(siege.open_case) for each in recorded]
    await _nothing_comes_of_it_for_others(siege, siege.mina, presses)


async def test_joining_is_not_done_again(siege: Siege) -> None:
    """A press from the time of her joining cannot take a contact person away, or a yes."""
    presses = list(
        _filled([form for form in buttons.forms() if form.startswith("j:")], [*range(6), "reading"])
    )
    await _nothing_comes_of(siege, siege.leyla, presses)


@pytest.mark.parametrize("name", ["leyla", "mina", "karin"])
async def test_no_value_breaks_a_press(siege: Siege, name: str) -> None:
    """Numbers no table can hold, digits of other scripts, control characters: answered, and nobody else is touched."""
    who: Phone = getattr(siege, name)
    whose = (HERS, BOTH) if name == "leyla" else (HELPERS, BOTH)
    forms = [form for each in whose for form in _forms(each) if form not in HIS_TO_SAY]
    await _nothing_comes_of_it_for_others(siege, who, list(_in_each_place(forms, HOSTILE)))


async def test_unknown_topics_are_old_buttons(siege: Siege) -> None:
    """Data of 64 bytes, of nothing, of a later version, of a former one."""
    presses = [
        "x" * 64,
        "ö" * 32,
        "zz:1",
        "AL:1:1:have",
        "al;1;1;have",
        ":",
        "al ",
        " al:1:1:have",
        "al:1:1:have\n",
    ]
    for who in (siege.leyla, siege.mina):
        answers = await _nothing_comes_of(siege, who, presses)
        assert set(answers) == {siege.say(old_button(), "en")}
