"""Which texts somebody's safety hangs on."""

import pytest

from bot.catalogues import sources
from dialogs import alert_texts, languages, menu
from dialogs.text import Message, _, plain, stacked


@pytest.mark.parametrize(
    "message", [menu.what_i_am(), alert_texts.repeat_line(1), _("consent", "May I?")], ids=str
)
def test_danger_alerts_and_consent_are(message: Message) -> None:
    """Two named people read them in each language (R12)."""
    assert languages.is_for_safety(message) == (message.context in languages.SAFETY)


def test_a_text_within_another_counts() -> None:
    """A composed text is as grave as the gravest part of it."""
    grave = _("risk", "Call.")
    assert languages.is_for_safety(stacked(_("menu", "Menu"), grave))
    assert languages.is_for_safety(plain((_("menu", "Menu"), grave)))
    assert not languages.is_for_safety(stacked(_("menu", "Menu"), plain("risk")))


def test_every_safety_context_exists() -> None:
    """A context that was renamed would drop out of the second look unseen."""
    known = {entry.context for domain in ("bot", "guides") for entry in sources(domain)}
    assert known >= languages.SAFETY
