"""People and chats as both sides see them."""

from datetime import UTC, datetime

from bot.sandbox.people import Button, Chat, Message, Notification, Person, message_json

AT = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)


def chat_with(*messages: Message) -> Chat:
    """Leyla's chat, with a notification for each message."""
    chat = Chat(Person(700, "Leyla"))
    for message in messages:
        chat.by_id[message.message_id] = message
        chat.notifications.append(Notification(message.message_id, message.text, AT, silent=False))
    return chat


def test_a_person_says_no_more_than_she_has() -> None:
    """Telegram leaves out what is not set."""
    assert Person(700, "Leyla").user_json() == {"id": 700, "is_bot": False, "first_name": "Leyla"}
    full = Person(700, "Leyla", language_code="ar", username="leyla")
    assert full.user_json()["language_code"] == "ar"
    assert full.chat_json() == {"id": 700, "first_name": "Leyla", "type": "private", "username": "leyla"}


def test_buttons_are_read_row_by_row() -> None:
    """What a test presses is what the phone shows."""
    rows = [
        [{"text": "Yes", "callback_data": "y"}, {"text": "Site", "url": "https://a.example"}],
        [{"text": "Copy", "copy_text": {"text": "112"}}],
    ]
    message = Message(1, from_bot=True, date=AT, reply_markup={"inline_keyboard": rows})
    assert message.buttons == [
        [Button("Yes", data="y"), Button("Site", url="https://a.example")],
        [Button("Copy", copy="112")],
    ]
    assert message.has_button("y")
    assert not message.has_button("112")
    assert Message(2, from_bot=True, date=AT).buttons == []


def test_the_lock_screen_shows_the_last_unread_message_that_still_stands() -> None:
    """A deleted message takes its notification with it; looking takes all of them."""
    chat = chat_with(Message(1, True, AT, "one"), Message(2, True, AT, "two"))
    assert chat.notification is not None
    assert chat.notification.text == "two"
    chat.by_id[2].deleted = True
    assert chat.notification.text == "one"
    chat.look()
    assert chat.notification is None


def test_a_deleted_message_is_gone_for_the_bot_and_kept_for_the_record() -> None:
    """Tests look at what was deleted; the bot cannot."""
    chat = chat_with(Message(1, True, AT, "one"))
    assert chat.find(1) is chat.messages[0]
    chat.by_id[1].deleted = True
    assert chat.find(1) is None
    assert len(chat.messages) == 1


def test_a_reply_keyboard_is_its_texts() -> None:
    """Telegram takes buttons as texts or as objects."""
    chat = chat_with()
    assert chat.reply_keyboard is None
    chat.reply_markup = {"keyboard": [["Guides", {"text": "Settings"}]]}
    assert chat.reply_keyboard == [["Guides", "Settings"]]


def test_words_are_a_text_or_a_caption() -> None:
    """Under a photo they have another name."""
    text = message_json({}, {}, Message(1, True, AT, "words"))
    photo = message_json({}, {}, Message(2, True, AT, "words", kind="photo", content={"photo": []}))
    assert (text["text"], "caption" in text) == ("words", False)
    assert (photo["caption"], photo["photo"], "text" in photo) == ("words", [], False)


def test_an_edited_message_says_when() -> None:
    """That is how Telegram marks it."""
    message = Message(1, True, AT, "words", edited_at=AT, protect_content=True)
    assert message.edited
    described = message_json({}, {}, message)
    assert (described["edit_date"], described["has_protected_content"]) == (int(AT.timestamp()), True)
