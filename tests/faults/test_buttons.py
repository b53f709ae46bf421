"""What can stand on a button, read from the source."""

from pathlib import Path

import pytest

from faults import buttons


@pytest.mark.parametrize("topic", ["al", "tk", "someone", "j", "t", "sp"])
def test_topics_come_from_the_doors_and_from_the_buttons(topic: str) -> None:
    """Some are told apart at the door, some are only made elsewhere."""
    assert topic in buttons.topics()


@pytest.mark.parametrize(
    "form", ["al:{}:{}:{}", "tk:send:{}:{}", "set:see:{}:{}:{}", "sp:d:{}:{}:{}", "menu"]
)
def test_a_form_has_a_gap_for_each_value(form: str) -> None:
    """So that a test can put in what it likes; the name of a module stands for its text."""
    assert form in buttons.forms()


def test_words_are_what_the_parts_are_compared_with() -> None:
    """Chance alone would never hit on them."""
    assert {"cancel", "really", "send", "trend"} <= set(buttons.words())


def test_a_new_topic_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """At the door or on a button; nobody has to remember to add it."""
    (tmp_path / "conversation.py").write_text(
        'match topic:\n    case "new" | "newer":\n        pass\n    case "newest" if here:\n        pass\n'
    )
    (tmp_path / "contact_person.py").write_text('match topic, rest:\n    case "hers", [x]:\n        pass\n')
    (tmp_path / "page.py").write_text(
        'NAME = "odd"\nButton(text, f"{NAME}:{x}")\nButton(text, data="last")\n'
    )
    monkeypatch.setattr(buttons, "SOURCE", tmp_path)
    buttons.topics.cache_clear()
    try:
        assert buttons.topics() == {"new", "newer", "newest", "hers", "odd", "last"}
    finally:
        buttons.topics.cache_clear()
