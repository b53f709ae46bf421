"""A place's page: chosen from a list by name, kept only where she says so, forgotten in one tap."""

from dataclasses import replace
from datetime import timedelta

import pytest

from dialogs.effects import FindActivitiesIn, Toast
from dialogs.events import DataGathered
from dialogs.knowledge import Described
from dialogs.near import PLACES_A_PAGE
from dialogs.people import Resident
from dialogs.words import Word
from tests.dialogs.cast import Talk, leyla, only
from tests.dialogs.near_examples import PLACE, bergby, described, exempelstad


def talk(where: Described | None = None, /, **changes: object) -> Talk:
    """Leyla, where an operator described two places."""
    here = Talk(leyla(**changes))
    here.knowledge = replace(here.knowledge, near=where or described())
    return here


def test_the_list_asks_for_no_address() -> None:
    """She chooses a name; what she chose is not kept by itself (off by default)."""
    here = talk().writes("near you", Word.NEAR)
    assert "near:open:bergby" in here.offers
    assert "do not ask where you live" in here.words
    here.presses("near:open:exempelstad")
    assert (here.resident.near, here.resident.news_from) == ("", ())


def test_the_page_shows_who_helps() -> None:
    """Kind, name, number, hours and link, in her language where there is one."""
    page = talk().presses("near:open:exempelstad").words
    for shown in ("Social services: Socialtjänsten", "Phone: 08-465 004 10", "Weekdays 9-15", "https://www"):
        assert shown in page


def test_a_number_can_be_copied() -> None:
    """As a sentence in the guides: typing a number from one app into another goes wrong."""
    (say,) = talk().presses("near:open:exempelstad").says
    assert [button.copy for row in say.keyboard for button in row if button.copy] == ["08-465 004 10"]


def test_what_comes_back_every_week_stands_on_a_page_of_its_own() -> None:
    """Day, time, who and where in words."""
    here = talk().presses("near:weekly:exempelstad")
    assert "Tuesday 17:30:00: Language café" in here.words
    assert "Föreningen Exempel, The library" in here.words
    assert "near:back:exempelstad" in here.offers


def test_a_place_is_kept_when_she_says_so_and_the_page_says_why() -> None:
    """Next time it opens at once; one tap forgets it."""
    here = talk().presses("near:open:exempelstad").presses("near:keep:exempelstad")
    assert here.resident.near == "exempelstad"
    assert "need not choose it each time" in here.words
    assert "Phone: 08-465 004 10" in here.writes("near you", Word.NEAR).words
    assert "near:drop" in here.offers
    here.presses("near:drop")
    assert here.resident.near == ""
    assert only(Toast, here.effects)
    assert "near:open:bergby" in here.writes("near you", Word.NEAR).offers


def test_news_are_off_until_she_says_yes_and_end_in_one_tap() -> None:
    """Twice yes is one yes."""
    here = talk().presses("near:news:exempelstad").presses("near:news:exempelstad")
    assert here.resident.news_from == ("exempelstad",)
    assert "near:quiet:exempelstad" in here.offers
    assert here.presses("near:quiet:exempelstad").resident.news_from == ()


def test_a_place_that_is_gone_is_forgotten_and_she_hears_so() -> None:
    """A page that silently became a list would look like her mistake."""
    here = talk(described(bergby()), near="exempelstad", news_from=("exempelstad", "bergby"))
    here.writes("near you", Word.NEAR)
    assert "not here any more" in here.words
    assert "near:open:bergby" in here.offers
    assert (here.resident.near, here.resident.news_from) == ("", ("bergby",))


@pytest.mark.parametrize("data", ["near:open:exempelstad", "near:keep:exempelstad", "near:news:exempelstad"])
def test_an_old_button_of_a_place_that_is_gone_keeps_nothing(data: str) -> None:
    """It says so and shows the list."""
    here = talk(described(bergby())).presses(data)
    assert "not here any more" in here.words
    assert (here.resident.near, here.resident.news_from) == ("", ())


def test_a_page_that_nobody_checked_says_so() -> None:
    """A wrong number is worse than none."""
    here = talk()
    here.now += timedelta(days=200)
    assert "Ask before you rely on it" in here.presses("near:open:exempelstad").words
    assert "Ask before" not in talk().presses("near:open:exempelstad").words


def test_without_places_there_is_no_button_and_the_word_is_answered() -> None:
    """The feature is off where an operator described none; the word still leads to a human."""
    nowhere = talk(Described())
    assert "near:begin" not in nowhere.writes("guides", Word.GUIDES).offers
    assert nowhere.writes("near you", Word.NEAR).offers == ["someone"]
    assert "near:begin" in talk().writes("guides", Word.GUIDES).offers


def test_a_long_list_is_turned_over_and_begins_again() -> None:
    """Telegram shows a hundred buttons; nobody reads them."""
    many = [replace(exempelstad(), id=f"p{chr(97 + number)}") for number in range(PLACES_A_PAGE + 3)]
    here = talk(described(*many)).presses("near:list")
    assert here.offers.count(f"near:more:{PLACES_A_PAGE}") == 1
    here.presses(f"near:more:{PLACES_A_PAGE}")
    assert [each for each in here.offers if each.startswith("near:open")] == [
        f"near:open:{each.id}" for each in many[PLACES_A_PAGE:]
    ]
    assert "near:more:0" in here.offers
    assert "near:open:pa" in here.presses("near:more:99999").offers


def test_what_is_coming_up_is_looked_up() -> None:
    """The table knows."""
    assert talk().presses("near:next:bergby").effects == (FindActivitiesIn("bergby"),)


def test_a_newcomer_is_joined_first() -> None:
    """The list remembers things about her; she has not said yes to anything yet."""
    here = talk()
    here.resident = Resident(1, "Linden")
    assert not [each for each in here.writes("near you", Word.NEAR).offers if each.startswith("near:")]


def test_what_is_kept_about_places_stands_in_my_data() -> None:
    """Whatever is kept is shown (R38)."""
    here = talk(near="exempelstad", news_from=("bergby",), coming=(7,), activities_told=(7, 8)).happens(
        DataGathered(0, 0, 0)
    )
    assert "The place I keep for you: Exempelstad" in here.words
    assert "You hear about activities in: Bergby" in here.words
    assert "2 activities I told you about" in here.words
    assert "1 activity you said yes to" in here.words
    assert "place I keep" not in talk().happens(DataGathered(0, 0, 0)).words


def test_privacy_names_places_where_there_are_any() -> None:
    """It says what is kept, and that nobody sees who comes."""
    assert "never who" in talk().writes("privacy", Word.PRIVACY).words
    assert "never who" not in talk(Described()).writes("privacy", Word.PRIVACY).words


@pytest.mark.parametrize(
    "data", ["near", "near:", "near:x", "near:x:exempelstad", "near:more:x", "near:a:b:c"]
)
def test_what_is_no_button_of_ours_changes_nothing(data: str) -> None:
    """Old versions of Telegram keep old buttons."""
    here = talk().presses(data)
    assert here.resident == talk().resident
    assert here.effects


def test_the_largest_page_fits_into_a_message() -> None:
    """Telegram refuses more than 4096 characters."""
    entry = (
        f"  - kind: citizens-office\n    name: {'n' * 60}\n    phone: 08-465 004 2%d\n    hours: {'h' * 80}\n"
        f"    link: https://{'l' * 88}.se\n    note: {'o' * 160}\n"
    )
    text = PLACE.split("entries:")[0] + "entries:\n" + "".join(entry % number for number in range(8))
    words = talk(described(exempelstad(text)), near="exempelstad").presses("near:open:exempelstad").words
    assert 3000 < len(words) < 4000
