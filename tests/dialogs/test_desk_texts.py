"""What a coordinator hears in the chat about her desk."""

from dialogs import desk_texts


def test_the_link_stands_alone_and_says_nothing_of_what_is_behind_it() -> None:
    """It is tapped or copied; a look at her phone tells nobody what it is for."""
    first, second = desk_texts.link("http://127.0.0.1:8434/in/abc")
    assert second.values == (("value", "http://127.0.0.1:8434/in/abc"),)
    for text in (first, *desk_texts.not_yet()):
        assert not any(word in text.source for word in ("resident", "alert", "case"))
