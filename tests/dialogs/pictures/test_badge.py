"""The bot's own picture says nothing."""

from xml.etree import ElementTree

from dialogs.pictures.badge import SIDE, badge


def test_it_is_square_and_has_no_words() -> None:
    """Telegram cuts a circle out of it, and every language sees the same."""
    drawn = ElementTree.fromstring(badge())  # noqa: S314 -- our own
    assert (drawn.attrib["width"], drawn.attrib["height"]) == (str(SIDE), str(SIDE))
    assert "".join(drawn.itertext()) == ""
