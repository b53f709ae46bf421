"""What a letter carries."""

from dataclasses import fields

from dialogs.letters import Held, Letter, TalkNow, Thread


def test_a_letter_has_no_place_for_an_account() -> None:
    """Neither sees the other's number, name in Telegram, or the name of a file."""
    names = {each.name for kind in (Letter, TalkNow, Thread, Held) for each in fields(kind)}
    assert not names & {"chat", "chat_id", "username", "phone", "file_name", "user"}
