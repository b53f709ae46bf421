"""Walking through a guide, and every page of every guide we ship."""

from dataclasses import replace
from datetime import date, timedelta

import msgspec
import pytest

from bot.library import load
from dialogs.guide import (
    LIST,
    Guide,
    Page,
    Press,
    Walk,
    before_page,
    follow,
    move,
    overdue,
    page,
    parse_press,
    resumed,
    start,
)
from dialogs.screen import Button
from tests.dialogs.guide_examples import TODAY, directory, english, read_example, walks

LIBRARY = load()
MESSAGE = 4096
"""Characters Telegram takes in one message."""
each_guide = pytest.mark.parametrize("guide", LIBRARY.guides.values(), ids=list(LIBRARY.guides))


@pytest.fixture
def example() -> Guide:
    return read_example()


def test_next_and_back_lead_there_and_here_again(example: Guide) -> None:
    """Back brings a resident to exactly where she was."""
    first = start(example)
    second = move(example, first, "next")
    assert second == Walk("example", "question", ("start",))
    assert move(example, second, "back") == first


def test_a_choice_leads_to_its_own_step(example: Guide) -> None:
    """Yes, no and not sure go three ways."""
    asked = Walk("example", "question", ("start",))
    went = [move(example, asked, f"to.{n}") for n in range(3)]
    assert [walk and walk.step for walk in went] == ["protected", "answer", "unsure"]


@pytest.mark.parametrize("action", ["next", "to.3", "to.-1", "to.x", "stuck", "copy.0", ""])
def test_what_a_page_does_not_offer_moves_nobody(example: Guide, action: str) -> None:
    """A button that does not belong to the page is answered with the page."""
    assert move(example, Walk("example", "question", ("start",)), action) is None


def test_there_is_no_back_on_the_first_page(example: Guide) -> None:
    """Nothing lies behind it."""
    assert move(example, start(example), "back") is None
    assert "back" not in _actions(_page(example, start(example)))


def test_a_button_of_an_old_page_does_not_move_the_present_one(example: Guide) -> None:
    """Pressing "Next" twice, or far up in the chat, must not skip a step."""
    here = Walk("example", "answer", ("start", "question"))
    assert follow(example, here, Press("example", "start", "next")) is None
    assert follow(example, here, Press("other", "answer", "next")) is None
    assert follow(example, here, Press("example", "answer", "next")) == move(example, here, "next")


def test_a_step_that_was_edited_away_leaves_a_page(example: Guide) -> None:
    """A guide may change while somebody is inside it."""
    lost = Walk("example", "gone", ("start",))
    assert resumed(example, lost) == start(example)
    assert _page(example, lost) == _page(example, start(example))
    assert resumed(example, Walk("example", "answer", ("gone", "start"))).trail == ("start",)


def test_a_walk_is_kept_and_read_again_unchanged(example: Guide) -> None:
    """Resume: where she was is stored as bytes and taken up days later."""
    walk = Walk("example", "answer", ("start", "question"))
    assert msgspec.json.decode(msgspec.json.encode(walk), type=Walk) == walk
    assert _page(example, walk).number == 3


def test_a_press_is_read_as_it_was_written(example: Guide) -> None:
    """Page and press agree on the data of a button."""
    buttons = [button for row in _page(example, start(example)).keyboard for button in row]
    presses = [parse_press(button.data) for button in buttons]
    assert presses == [None, Press("example", "start", "next"), Press("example", "start", "stuck"), None]


@pytest.mark.parametrize("data", ["", "g", LIST, "g:a:b", "g:a:b:c:d", "x:a:b:c", "g::b:c", "g:a:b:"])
def test_other_data_is_no_press(data: str) -> None:
    """Buttons of other topics pass through here too."""
    assert parse_press(data) is None


def test_a_page_says_where_it_stands(example: Guide) -> None:
    """A number makes the way foreseeable; it counts the longest way on."""
    text = english(_page(example, start(example)).text)
    assert text.startswith("🧾 An example · 1/6\n\n📄 Take a paper.")
    assert "An example · 3/5" in english(
        _page(example, Walk("example", "answer", ("start", "question"))).text
    )


def test_a_page_explains_words_sentences_and_lines(example: Guide) -> None:
    """The Swedish stays Swedish, with sound and meaning; a number comes with its hours."""
    said = _page(example, Walk("example", "protected", ("start", "question")))
    assert (
        "In Swedish you can say or write:\nJag har skyddade personuppgifter.\nThis means: I have"
        in english(said.text)
    )
    assert "Jag har skyddade personuppgifter." in [button.copy for row in said.keyboard for button in row]
    call = english(_page(example, Walk("example", "call", ())).text)
    assert "Call 010-123 45 67 and ask" in call
    labels = [
        english((button.label,)) for row in _page(example, Walk("example", "call")).keyboard for button in row
    ]
    assert "📖 hjälp" in labels
    assert english((example.steps["call"].terms[0].shown(),)) == "hjälp (yelp): help"
    assert "Help line: 010-123 45 67. Day and night." in call


def test_the_last_page_names_what_the_walk_rested_on(example: Guide) -> None:
    """R16: authority, link and date, for what was read on this way and nothing else."""
    last = _page(example, Walk("example", "call", ("start", "question", "answer", "opening")))
    assert last.last
    assert "checked on 2026-11-23" in english(last.text)
    assert "An authority: https://authority.example/answer" in english(last.text)
    assert "/hours" not in english(_page(example, Walk("example", "call", ("answer",))).text)
    assert "https" not in english(_page(example, Walk("example", "answer", ())).text)


def test_a_guide_past_its_date_warns_on_every_page(example: Guide) -> None:
    """R16: what nobody checked for a year is not said as if it were sure."""
    warning = "This was last checked on 2026-11-23. Ask before you rely on it."
    late = example.expires + timedelta(days=1)
    for walk in walks(example):
        assert warning in english(page(example, walk, directory().lines, late).text)
        assert warning not in english(page(example, walk, directory().lines, example.expires).text)
    assert overdue({"example": example}, late) == ("example",)
    assert overdue({"example": example}, example.expires) == ()


@each_guide
def test_every_way_ends_in_an_action_or_a_person(guide: Guide) -> None:
    """R15: nobody is led to a page with nothing to do and nobody to call."""
    seen = set()
    for walk in walks(guide):
        step = guide.steps[walk.step]
        seen.add(step.id)
        assert step.targets or step.end
        assert len(walk.trail) < 12
    assert seen == set(guide.steps)


@each_guide
def test_every_page_fits_into_a_message_twice(guide: Guide) -> None:
    """R14: a second language may stand below the first."""
    for walk in walks(guide):
        shown = page(guide, walk, LIBRARY.lines, guide.expires + timedelta(days=1))
        assert 2 * len(english(shown.text)) <= MESSAGE, walk
        for button in (button for row in shown.keyboard for button in row):
            assert len(english((button.label,))) <= 64
            assert len(button.data.encode()) <= 64


@each_guide
def test_every_page_has_a_way_out(guide: Guide) -> None:
    """S12: from each page there is "I am stuck" and the way back to all guides."""
    for walk in walks(guide):
        shown = page(guide, walk, LIBRARY.lines, TODAY)
        assert {"stuck", LIST} <= _actions(shown)
        assert shown.last is (guide.steps[walk.step].end is not None)
        assert 1 <= shown.number <= shown.of
        assert (shown.number == shown.of) is shown.last


@each_guide
def test_every_button_of_a_page_leads_on_from_that_page(guide: Guide) -> None:
    """No button is drawn that does nothing; what does not lead on is a matter of `guidance`."""
    for walk in walks(guide):
        for action in _actions(page(guide, walk, LIBRARY.lines, TODAY)):
            leads_on = action in ("next", "back") or action.startswith("to.")
            assert leads_on is (move(guide, walk, action) is not None)


@each_guide
def test_people_with_protected_identity_have_a_way_of_their_own(guide: Guide) -> None:
    """R17: the branch is there, and its three levels."""
    if guide.protected_identity != "branch":
        pytest.skip(guide.protected_identity)
    labels = [choice.label.source for step in guide.steps.values() for choice in step.choices]
    for words in (
        ("Yes, I have", "Yes, we have"),
        ("No, I do not", "No, we do not"),
        ("I am not sure",),
        ("Sekretess",),
        ("Skyddad folk",),
        ("Fingerade",),
    ):
        assert any(label.startswith(words) for label in labels), words


def test_a_fact_past_its_own_date_warns_where_it_is_used(example: Guide) -> None:
    """R16: an amount that changes every January is doubted from then on, the rest of the guide is not."""
    early = replace(example.facts["F9.01"], good_until=date(2027, 1, 1))
    aged = replace(example, facts={**example.facts, "F9.01": early})
    asked, answer = (
        page(aged, Walk("example", step), directory().lines, date(2027, 1, 2))
        for step in ("question", "answer")
    )
    assert "last checked" not in english(asked.text)
    assert "last checked on 2026-11-23" in english(answer.text)
    assert overdue({"example": aged}, date(2027, 1, 2)) == ("example",)


def test_the_page_before_the_start_is_a_list_to_tick(example: Guide) -> None:
    """What to bring, how long, what it costs, what can go wrong: known before she sets out."""
    text, keyboard = before_page(example, {1}, TODAY)
    said = english(text)
    assert all(part in said for part in ("⏳ About ten days.", "💰 It costs 60 kr.", "⚠️ They may say no."))
    labels = [english((button.label,)) for row in keyboard for button in row]
    assert labels == ["⬜ A pen", "✅ Your paper", "To the guide"]


def test_the_page_of_an_empty_walk_shows_the_oldest_date(example: Guide) -> None:
    """A last page that rests on no fact still says when the guide was checked."""
    bare = replace(example, checked=date(2026, 1, 2))
    last = page(bare, Walk("example", "call", ()), directory().lines, TODAY)
    assert "checked on 2026-01-02" in english(last.text)


def _page(guide: Guide, walk: Walk) -> Page:
    return page(guide, walk, directory().lines, TODAY)


def _actions(shown: Page) -> set[str]:
    return {_action(button) for row in shown.keyboard for button in row}


def _action(button: Button) -> str:
    press = parse_press(button.data)
    return press.action if press else button.data
