"""Pages: escaped, whole, in the reader's language and on her side."""

import pytest
from jinja2 import UndefinedError

from bot.desk.rendering import TEMPLATES, Paper
from bot.translating import Reader
from tests.bot.town import NOW, texts


@pytest.mark.parametrize(("locale", "side"), [("sv", "ltr"), ("ar", "rtl"), ("en", "ltr"), ("xx", "ltr")])
def test_a_page_has_its_readers_language_and_side(locale: str, side: str) -> None:
    """A language that is not offered any more is our default."""
    page = Paper(texts().translator).page("door.html", Reader(locale, "Europe/Stockholm", NOW), failed=False)
    assert f'dir="{side}"' in page
    assert f'lang="{locale if locale != "xx" else "sv"}"' in page


def test_what_was_not_given_is_an_error() -> None:
    """A hole in a page must be seen in a test and not by a coordinator."""
    with pytest.raises(UndefinedError):
        Paper(texts().translator).page("door.html", Reader("en", "Europe/Stockholm", NOW))


def test_no_template_switches_escaping_off() -> None:
    """One word in a template would undo it all."""
    for path in TEMPLATES.glob("*.html"):
        page = path.read_text("utf-8")
        assert "|safe" not in page.replace(" ", "")
        assert "autoescape" not in page
