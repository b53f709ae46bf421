"""How long the texts are."""

from bot import catalogues
from bot.text_lengths import SHOWN, measured, page


def test_every_language_is_measured() -> None:
    """With its longest texts first."""
    found = {each.locale: each for each in measured()}
    assert set(found) == set(catalogues.locales())
    for each in found.values():
        assert 0.5 < each.ratio < 2, each.locale
        assert len(each.longest) == SHOWN
        assert list(each.longest) == sorted(each.longest, reverse=True)
        assert 0 < each.buttons[0][0] < each.longest[0][0] <= catalogues.LONGEST


def test_the_page_has_a_line_for_each() -> None:
    """In the order of the locales."""
    lines = [line for line in page().splitlines() if line.startswith("| ")]
    assert [line.split("|")[1].strip() for line in lines[1:]] == catalogues.locales()
