"""Guides in the conversation: open, walk, put down, go on, and "I am stuck"."""

import pytest

from dialogs.effects import RaiseAlert, Toast
from dialogs.guide import Walk
from dialogs.people import Resident
from tests.dialogs.cast import Talk, leyla, library, only, words

GUIDES = list(library().guides)


def at_second_page() -> Talk:
    """Leyla, who has gone one page into the guide about bills."""
    talk = Talk(leyla()).presses("g:open:bills")
    return talk.presses(next(data for data in talk.offers if data.endswith((":next", ":to.0"))))


def test_every_guide_stands_on_a_shelf() -> None:
    """Twenty titles on one screen are a wall; the shelves lead to all of them, and home."""
    shelves = Talk(leyla()).presses("g:list").offers
    assert shelves[-1] == "menu"
    found = [
        data
        for shelf in shelves
        if shelf.startswith("g:shelf:")
        for data in Talk(leyla()).presses(shelf).offers
        if data.startswith("g:open:")
    ]
    assert sorted(found) == sorted(f"g:open:{guide}" for guide in GUIDES)


@pytest.mark.parametrize("guide", GUIDES)
def test_every_guide_can_be_walked_to_an_end(guide: str) -> None:
    """Each first branch leads on until the sources are named."""
    talk = Talk(leyla()).presses(f"g:open:{guide}")
    for _page in range(30):
        onward = [data for data in talk.offers if data.endswith((":next", ":to.0"))]
        if not onward:
            break
        talk.presses(onward[0])
    assert "Where this comes from" in talk.words


def test_she_goes_on_where_she_was() -> None:
    """A guide is put down for a day and picked up again (R15)."""
    talk = at_second_page()
    page = talk.words
    assert talk.presses("g:list").presses("g:open:bills").offers == ["g:go-on:bills", "g:again:bills"]
    assert talk.presses("g:go-on:bills").words == page


def test_she_may_begin_again() -> None:
    """Her choice, one tap."""
    talk = at_second_page().presses("g:again:bills")
    assert talk.resident.walks == (Walk("bills", library().guides["bills"].first),)


def test_each_guide_keeps_its_own_place() -> None:
    """Opening one loses no other."""
    talk = at_second_page()
    bills = talk.resident.walks[0]
    talk.presses("g:open:housing")
    assert bills in talk.resident.walks
    assert len(talk.resident.walks) == 2


def test_back_leads_back() -> None:
    """A way out on every screen (S12)."""
    talk = at_second_page()
    first = Talk(leyla()).presses("g:open:bills").words
    assert talk.presses(next(data for data in talk.offers if data.endswith(":back"))).words == first


def test_a_button_of_an_older_page_shows_the_page_she_is_on() -> None:
    """It never moves her."""
    talk = Talk(leyla()).presses("g:open:bills")
    old = next(data for data in talk.offers if data.endswith((":next", ":to.0")))
    walk = talk.presses(old).resident.walks
    page = words(talk.says)
    talk.presses(old)
    assert only(Toast, talk.effects)
    assert talk.resident.walks == walk
    assert words(talk.says) == page


def test_a_guide_that_was_edited_meanwhile_begins_again() -> None:
    """Her step is gone; she is not."""
    talk = Talk(leyla(walks=(Walk("bills", "gone", ("gone-too",)),))).presses("g:go-on:bills")
    assert talk.words == Talk(leyla()).presses("g:open:bills").words


@pytest.mark.parametrize("data", ["g:open:gone", "g:gone:what:next", "g:", "g:a:b:c:d", "g:open:"])
def test_a_guide_that_no_longer_exists_is_answered(data: str) -> None:
    """An old button, after an author took the guide away."""
    talk = Talk(leyla(walks=(Walk("gone", "x"),))).presses(data)
    assert only(Toast, talk.effects)
    assert talk.alarms == []


def test_stuck_asks_first() -> None:
    """Nothing about me without me (S9)."""
    talk = at_second_page()
    talk.presses(next(data for data in talk.offers if data.endswith(":stuck")))
    assert talk.alarms == []
    assert "Mina" in talk.words
    assert [data.rpartition(":")[2] for data in talk.offers] == ["tell", "write", "bills"]


@pytest.mark.parametrize("resident", [leyla(), leyla(contacts=())])
def test_stuck_tells_guide_and_page_and_nothing_else(resident: Resident) -> None:
    """Quietly, and whoever helps reads the guide's title in her own language."""
    talk = Talk(resident).presses("g:open:bills")
    talk.presses(next(data for data in talk.offers if data.endswith((":next", ":to.0"))))
    talk.presses(next(data for data in talk.offers if data.endswith(":stuck"))).presses(talk.offers[0])
    (alarm,) = only(RaiseAlert, talk.effects)
    title = library().guides["bills"].title
    assert (alarm.level, alarm.reasons) == (1, (f"stuck:2:{title.context}|{title.source}",))
    assert "someone" in talk.offers


def test_a_page_offers_its_swedish_to_copy() -> None:
    """What stands on the clipboard comes from the guide, never from her."""
    talk = Talk(leyla()).presses("g:open:bills").presses("g:bills:what:to.1")
    step = library().guides["bills"].steps[talk.resident.walks[0].step]
    copies = [button.copy for say in talk.says for row in say.keyboard for button in row if button.copy]
    assert copies == [sentence.swedish for sentence in step.say] != []
