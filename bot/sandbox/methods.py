"""
The methods of the Bot API that act on chats and on the bot's profile: one function each.

A function gets the world and the checked parameters and returns the `result` of the answer, or raises Refused in
Telegram's words. getUpdates and the webhook are elsewhere, because they concern the connection, not the chats.
"""

import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from bot.sandbox.entities import Formatted, format_text
from bot.sandbox.files import StoredFile, media_type, picture_size
from bot.sandbox.markup import check_inline, check_markup
from bot.sandbox.names import CHAT_ACTIONS, REACTIONS, SCOPES
from bot.sandbox.parameters import Parameters, Upload
from bot.sandbox.people import TYPING_LASTS, Chat, Json, Message, Notification, Person, Toast
from bot.sandbox.refusals import Refused, bad
from bot.sandbox.world import World

MAX_TEXT = 4096
MAX_CAPTION = 1024
MAX_CALLBACK_ANSWER = 200
MAX_PHOTO_BYTES = 10 * 1024 * 1024
MAX_PHOTO_SIDES = 10_000
MAX_PHOTO_RATIO = 20
MAX_FILE_BYTES = 50 * 1024 * 1024
MAX_DOWNLOAD_BYTES = 20 * 1024 * 1024
MAX_COMMANDS = 100
MAX_DELETE = 100
DELETABLE_FOR = timedelta(hours=48)

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current"
    " content and reply markup of the message"
)


# Sending


def send_message(world: World, p: Parameters) -> Json:
    """Send a text."""
    text, entities = _text(p["text"], p.get("parse_mode"), p.get("entities"))
    markup = _markup(p)
    person = _reachable(world, p["chat_id"])
    if len(text) > MAX_TEXT:
        raise bad("message is too long")
    return _post(world, person, p, markup, text=text, entities=entities)


def send_photo(world: World, p: Parameters) -> Json:
    """Send a photo, uploaded or known by its file id."""
    caption, entities = _caption(p)
    markup = _markup(p)
    person = _reachable(world, p["chat_id"])
    _check_photo(p["photo"])
    stored = _stored(world, p["photo"], "photos")
    content = {"photo": stored.photo_json(), **({"has_media_spoiler": True} if p.get("has_spoiler") else {})}
    return _post(
        world,
        person,
        p,
        markup,
        text=caption,
        entities=entities,
        kind="photo",
        content=content,
        photo=stored.file_id,
    )


def send_document(world: World, p: Parameters) -> Json:
    """Send a file, uploaded or known by its file id."""
    caption, entities = _caption(p)
    markup = _markup(p)
    person = _reachable(world, p["chat_id"])
    stored = _stored(world, p["document"], "documents")
    content = {"document": stored.document_json()}
    return _post(
        world,
        person,
        p,
        markup,
        text=caption,
        entities=entities,
        kind="document",
        content=content,
        document=stored.file_id,
    )


def send_voice(world: World, p: Parameters) -> Json:
    """Send a voice message, uploaded or known by its file id."""
    caption, entities = _caption(p)
    markup = _markup(p)
    person = _reachable(world, p["chat_id"])
    stored = _stored(world, p["voice"], "voice")
    content = {"voice": {**stored.json(), "duration": p.get("duration", 0), "mime_type": "audio/ogg"}}
    return _post(world, person, p, markup, text=caption, entities=entities, kind="voice", content=content)


def send_chat_action(world: World, p: Parameters) -> bool:
    """Show "typing…" until the next message, for five seconds at most."""
    person = _reachable(world, p["chat_id"])
    if p["action"] not in CHAT_ACTIONS:
        raise bad("wrong parameter action in request")
    world.chats[person.id].typing_until = world.clock.now() + TYPING_LASTS
    world.changed(person.id)
    return True


def _text(text: str, mode: str | None, given: list[Json] | None) -> Formatted:
    formatted = format_text(text, mode, given)
    if not formatted[0]:
        raise bad("message text is empty")
    return formatted


def _caption(p: Parameters) -> Formatted:
    caption, entities = format_text(p.get("caption", ""), p.get("parse_mode"), p.get("caption_entities"))
    if len(caption) > MAX_CAPTION:
        raise bad("message caption is too long")
    return caption, entities


def _markup(p: Parameters) -> Json | None:
    markup: Json | None = p.get("reply_markup")
    if markup is not None:
        check_markup(markup)
    return markup


def _person(world: World, chat_id: int | str) -> Person:
    """Return somebody who has started the bot; to Telegram's bots nobody else exists."""
    person = world.people.get(chat_id) if isinstance(chat_id, int) else None
    if person is None or not person.started:
        raise bad("chat not found")
    return person


def _reachable(world: World, chat_id: int | str) -> Person:
    person = _person(world, chat_id)
    if person.deactivated:
        raise Refused(403, "Forbidden: user is deactivated")
    if person.blocked:
        raise Refused(403, "Forbidden: bot was blocked by the user")
    return person


def _check_photo(photo: Upload | str) -> None:
    if isinstance(photo, str):
        return
    if len(photo.data) > MAX_PHOTO_BYTES:
        raise bad(
            f"file of size {len(photo.data)} bytes is too big for a photo; the maximum size is {MAX_PHOTO_BYTES} bytes"
        )
    width, height = picture_size(photo.data)
    narrow = max(width, height) > MAX_PHOTO_RATIO * max(min(width, height), 1)
    if width + height > MAX_PHOTO_SIDES or narrow:
        raise bad("PHOTO_INVALID_DIMENSIONS")


def _stored(world: World, sent: Upload | str, folder: str) -> StoredFile:
    if isinstance(sent, Upload):
        if not sent.data:
            raise bad("file must be non-empty")
        if len(sent.data) > MAX_FILE_BYTES:
            raise Refused(413, "Request Entity Too Large")
        return world.files.add(folder, sent.name, sent.mime, sent.data)
    known = world.files.get(sent)
    if known is None:  # the sandbox fetches nothing from the network
        raise bad("wrong file identifier/HTTP URL specified")
    return known


def _post(world: World, person: Person, p: Parameters, markup: Json | None, **parts: Any) -> Json:
    """Put the message into the chat, where neither Telegram's limits nor a wrong reply stand against it."""
    chat = world.chats[person.id]
    reply_to = _reply_to(chat, p.get("reply_parameters"))
    now = world.clock.now()
    world.limiter.take(person.id, now)
    inline = markup if markup is not None and markup.get("inline_keyboard") else None
    message = Message(
        world.next_message_id(),
        True,
        now,
        reply_markup=inline,
        silent=p.get("disable_notification", False),
        protect_content=p.get("protect_content", False),
        reply_to=reply_to,
        **parts,
    )
    chat.by_id[message.message_id] = message
    chat.notifications.append(Notification(message.message_id, _preview(message), now, message.silent))
    chat.typing_until = now
    _change_keyboard(chat, markup)
    world.changed(person.id)
    return world.json_of(person.id, message)


def _reply_to(chat: Chat, reply: Json | None) -> int | None:
    if reply is None:
        return None
    message_id = reply.get("message_id")
    if isinstance(message_id, int) and chat.find(message_id) is not None:
        return message_id
    if reply.get("allow_sending_without_reply"):
        return None
    raise bad("message to be replied not found")


def _preview(message: Message) -> str:
    return message.text or f"({message.kind})"


def _change_keyboard(chat: Chat, markup: Json | None) -> None:
    if markup is None:
        return
    if markup.get("remove_keyboard"):
        chat.reply_markup = None
    elif "keyboard" in markup:
        chat.reply_markup = markup if markup["keyboard"] else None


# Changing and deleting


def edit_message_text(world: World, p: Parameters) -> Json:
    """Change a text; a keyboard that is not sent again goes."""
    text, entities = _text(p["text"], p.get("parse_mode"), p.get("entities"))
    markup = _inline(p)
    chat, message = _editable(world, p)
    if message.kind != "text":
        raise bad("there is no text in the message to edit")
    if len(text) > MAX_TEXT:
        raise bad("message is too long")
    if (message.text, message.entities, message.reply_markup) == (text, entities, markup):
        raise bad(_NOT_MODIFIED)
    _take_edit(world, chat)
    message.text, message.entities, message.reply_markup = text, entities, markup
    message.edited_at = world.clock.now()
    world.changed(chat.person.id)
    return world.json_of(chat.person.id, message)


def edit_message_reply_markup(world: World, p: Parameters) -> Json:
    """Change or take away the buttons under a message."""
    markup = _inline(p)
    chat, message = _editable(world, p)
    if message.reply_markup == markup:
        raise bad(_NOT_MODIFIED)
    _take_edit(world, chat)
    message.reply_markup, message.edited_at = markup, world.clock.now()
    world.changed(chat.person.id)
    return world.json_of(chat.person.id, message)


def _take_edit(world: World, chat: Chat) -> None:
    world.limiter.take(chat.person.id, world.clock.now())


def _inline(p: Parameters) -> Json | None:
    markup: Json | None = p.get("reply_markup")
    if markup is None:
        return None
    check_inline(markup)
    return markup if any(markup["inline_keyboard"]) else None


def _editable(world: World, p: Parameters) -> tuple[Chat, Message]:
    if "chat_id" not in p:
        raise bad("chat_id is empty")
    if "message_id" not in p:
        raise bad("message identifier is not specified")
    chat = world.chats[_person(world, p["chat_id"]).id]
    message = chat.find(p["message_id"])
    if message is None:
        raise bad("message to edit not found")
    if not message.from_bot:
        raise bad("message can't be edited")
    return chat, message


def delete_message(world: World, p: Parameters) -> bool:
    """Delete one message for both sides, the person's own as well."""
    chat = world.chats[_person(world, p["chat_id"]).id]
    message = chat.find(p["message_id"])
    if message is None:
        raise bad("message to delete not found")
    if world.clock.now() - message.date >= DELETABLE_FOR:
        raise bad("message can't be deleted for everyone")
    message.deleted = True
    world.changed(chat.person.id)
    return True


def delete_messages(world: World, p: Parameters) -> bool:
    """Delete up to a hundred messages; those not found, or too old, are passed over without a word."""
    ids = p["message_ids"]
    if not ids:
        raise bad("message identifiers are not specified")
    if len(ids) > MAX_DELETE:
        raise bad("too many message identifiers specified")
    chat = world.chats[_person(world, p["chat_id"]).id]
    earliest = world.clock.now() - DELETABLE_FOR
    for message_id in ids:
        message = chat.find(message_id)
        if message is not None and message.date > earliest:
            message.deleted = True
    world.changed(chat.person.id)
    return True


def set_message_reaction(world: World, p: Parameters) -> bool:
    """Put a mark under a message, or take it away."""
    chat = world.chats[_person(world, p["chat_id"]).id]
    message = chat.find(p["message_id"])
    if message is None:
        raise bad("message to react not found")
    reactions = p.get("reaction", [])
    if len(reactions) > 1:
        raise bad("REACTIONS_TOO_MANY")
    if any(each.get("type") != "emoji" or each.get("emoji") not in REACTIONS for each in reactions):
        raise bad("REACTION_INVALID")
    message.reactions = reactions
    world.changed(chat.person.id)
    return True


def answer_callback_query(world: World, p: Parameters) -> bool:
    """End the waiting circle on a button, with a short text or without."""
    if len(p.get("text", "")) > MAX_CALLBACK_ANSWER:
        raise bad("MESSAGE_TOO_LONG")
    query = world.live_query(p["callback_query_id"])
    if query is None:
        raise bad("query is too old and response timeout expired or query ID is invalid")
    query.answer = {"text": p.get("text"), "show_alert": p.get("show_alert", False)}
    if p.get("text"):
        world.chats[query.chat_id].toast = Toast(p["text"], p.get("show_alert", False))
    world.changed(query.chat_id)
    return True


# What the bot may know


def get_me(world: World, _: Parameters) -> Json:
    """Describe the bot."""
    return {
        **world.bot_json,
        "can_join_groups": False,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def get_chat(world: World, p: Parameters) -> Json:
    """Describe a chat with the fields every answer must have."""
    return {
        **_person(world, p["chat_id"]).chat_json(),
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": False,
            "limited_gifts": False,
            "unique_gifts": False,
            "premium_subscription": False,
            "gifts_from_channels": False,
        },
    }


def get_file(world: World, p: Parameters) -> Json:
    """Tell where a file can be fetched."""
    stored = world.files.get(p["file_id"])
    if stored is None or stored.file_id != p["file_id"]:
        raise bad("invalid file_id")
    if len(stored.data) > MAX_DOWNLOAD_BYTES:
        raise bad("file is too big")
    return {**stored.json(), "file_path": stored.path}


def log_out(_world: World, _p: Parameters) -> bool:
    """Say yes; there is no other server to go to."""
    return True


# The bot's profile


def set_my_commands(world: World, p: Parameters) -> bool:
    """Set the menu of commands for a scope and a language."""
    commands = p["commands"]
    if len(commands) > MAX_COMMANDS:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    for each in commands:
        name, description = each.get("command"), each.get("description")
        if not isinstance(name, str) or not _COMMAND.fullmatch(name.removeprefix("/")):
            raise bad("BOT_COMMAND_INVALID")
        if not isinstance(description, str) or not 1 <= len(description) <= 256:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    world.profile.commands[_scope(world, p), p.get("language_code", "")] = commands
    _profile_changed(world)
    return True


def delete_my_commands(world: World, p: Parameters) -> bool:
    """Fall back to the next wider scope."""
    world.profile.commands.pop((_scope(world, p), p.get("language_code", "")), None)
    _profile_changed(world)
    return True


def get_my_commands(world: World, p: Parameters) -> list[Json]:
    """Return what was set for exactly this scope and language."""
    return world.profile.commands.get((_scope(world, p), p.get("language_code", "")), [])


def commands_for(world: World, person: Person) -> list[Json]:
    """Return the menu this person sees: narrow scopes first, and their own language first in each."""
    for scope in (f"chat:{person.id}", "all_private_chats", "default"):
        for language in (person.language_code or "", ""):
            commands = world.profile.commands.get((scope, language))
            if commands is not None:
                return commands
    return []


def _scope(world: World, p: Parameters) -> str:
    scope = p.get("scope") or {"type": "default"}
    kind = scope.get("type")
    if kind not in SCOPES:
        raise bad("can't parse BotCommandScope: Unsupported type specified")
    if "chat_id" not in scope:
        return str(kind)
    try:
        chat_id = int(scope["chat_id"])
    except (TypeError, ValueError) as error:
        raise bad("chat not found") from error
    return f"{kind}:{_person(world, chat_id).id}"


def _profile_changed(world: World) -> None:
    for person_id in world.people:
        world.changed(person_id)


def set_my_name(world: World, p: Parameters) -> bool:
    """Set the name for people whose app speaks this language."""
    return _set_text(world, world.profile.names, p, "name", 64)


def set_my_description(world: World, p: Parameters) -> bool:
    """Set what an empty chat shows."""
    return _set_text(world, world.profile.descriptions, p, "description", 512)


def set_my_short_description(world: World, p: Parameters) -> bool:
    """Set what the profile page shows."""
    return _set_text(world, world.profile.short_descriptions, p, "short_description", 120)


def _set_text(world: World, texts: dict[str, str], p: Parameters, field: str, longest: int) -> bool:
    text, language = p.get(field, ""), p.get("language_code", "")
    if len(text) > longest:
        raise bad(f"{field.replace('_', ' ')} is too long")
    if text:
        texts[language] = text
    else:
        texts.pop(language, None)
    _profile_changed(world)
    return True


def get_my_name(world: World, p: Parameters) -> Json:
    """Return the name people with this language see."""
    return {"name": _get_text(world.profile.names, p) or world.bot_json["first_name"]}


def get_my_description(world: World, p: Parameters) -> Json:
    """Return the description people with this language see."""
    return {"description": _get_text(world.profile.descriptions, p)}


def get_my_short_description(world: World, p: Parameters) -> Json:
    """Return the short description people with this language see."""
    return {"short_description": _get_text(world.profile.short_descriptions, p)}


def _get_text(texts: dict[str, str], p: Parameters) -> str:
    return texts.get(p.get("language_code", ""), texts.get("", ""))


def set_my_profile_photo(world: World, p: Parameters) -> bool:
    """Set the picture of the bot; only a still one, which must be a JPEG."""
    photo = p["photo"]
    if photo.get("type") != "static":
        raise bad("can't parse InputProfilePhoto: Unsupported type specified")
    if not isinstance(photo.get("photo"), Upload):
        raise bad("profile photo must be uploaded as a file")
    if media_type(photo["photo"].data) != "image/jpeg":
        raise bad("PHOTO_INVALID")
    world.profile.photo = photo["photo"].data
    _profile_changed(world)
    return True


def remove_my_profile_photo(world: World, _p: Parameters) -> bool:
    """Have no picture any more."""
    world.profile.photo = None
    _profile_changed(world)
    return True


def set_chat_menu_button(world: World, p: Parameters) -> bool:
    """Set the button beside the text field, for one chat or for all."""
    button = p.get("menu_button") or {"type": "default"}
    if button.get("type") not in ("default", "commands", "web_app"):
        raise bad("can't parse MenuButton: Unsupported type specified")
    if "chat_id" in p:
        world.chats[_person(world, p["chat_id"]).id].menu_button = button
    else:
        world.profile.menu_button = button
    return True


def get_chat_menu_button(world: World, p: Parameters) -> Json:
    """Return the button beside the text field."""
    if "chat_id" not in p:
        return world.profile.menu_button
    return world.chats[_person(world, p["chat_id"]).id].menu_button or world.profile.menu_button


METHODS: Mapping[str, Callable[[World, Parameters], Any]] = {
    "sendMessage": send_message,
    "sendPhoto": send_photo,
    "sendVoice": send_voice,
    "sendDocument": send_document,
    "sendChatAction": send_chat_action,
    "editMessageText": edit_message_text,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
    "setMessageReaction": set_message_reaction,
    "answerCallbackQuery": answer_callback_query,
    "getMe": get_me,
    "getChat": get_chat,
    "getFile": get_file,
    "logOut": log_out,
    "close": log_out,
    "setMyCommands": set_my_commands,
    "deleteMyCommands": delete_my_commands,
    "getMyCommands": get_my_commands,
    "setMyName": set_my_name,
    "setMyDescription": set_my_description,
    "setMyShortDescription": set_my_short_description,
    "setMyProfilePhoto": set_my_profile_photo,
    "removeMyProfilePhoto": remove_my_profile_photo,
    "getMyName": get_my_name,
    "getMyDescription": get_my_description,
    "getMyShortDescription": get_my_short_description,
    "setChatMenuButton": set_chat_menu_button,
    "getChatMenuButton": get_chat_menu_button,
}
