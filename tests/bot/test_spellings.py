"""One spelling must not mean two things."""

from bot.spellings import collisions


def test_two_languages_may_not_use_one_spelling_for_two_things() -> None:
    """She would get the other thing, and neither translator could see why."""
    words = [("sv", "menu|back", "meny|Tillbaka"), ("tr", "i am back", "tillbaka!")]
    assert list(collisions(words)) == [
        ("tillbaka", "one spelling for two things: “i am back” in tr; “menu” in sv")
    ]


def test_one_thing_may_have_one_spelling_everywhere() -> None:
    """Loan words are the same in many languages, and the English spellings always count."""
    assert list(collisions([("sv", "plan", "plan"), ("tr", "plan", "plan|planım")])) == []
    assert list(collisions([("sv", "stop", "stopp"), ("tr", "pause", "stop")])) != []
