"""
Everything that puts messages into the outbox: words, pictures, files, keyboards, and the answer to a press.

It decides nothing. Whoever has no chat is sent nothing; whoever has just been erased has no rows, so what is for her
is left loose.
"""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from bot import oddities
from bot.ordering import Queued, Turn
from bot.outgoing import (
    AnswerPress,
    Delete,
    Edit,
    Forwarded,
    MyFile,
    Outgoing,
    Photo,
    Picture,
    Send,
    SetCommands,
    Trend,
    Unbutton,
    encode,
)
from bot.transaction import Transaction
from bot.wording import Wording
from dialogs import freezing, neutral, strangers, vanishing
from dialogs.effects import UNASKED, Priority, Purpose, Say, SendFile, ShowPicture
from dialogs.notices import NoticeKind
from dialogs.people import Contact, Person, Resident
from dialogs.text import Text
from dialogs.who_reads import is_covered
from storage import notices, outbox, talks
from storage.sealing import Box

LONGEST_TOAST: Final = 200
"""Characters Telegram takes in the answer to a press; a translation may be longer than its source."""


class Speaking:
    """In one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._db, self._house = transaction.db, transaction.house
        self._now, self._ordered = transaction.now, transaction.ordered
        self.wording = Wording(transaction.house, transaction.now)

    # --- words ---

    def tell(self, person_id: int, text: Text) -> None:
        """Say something to a helper that no event of theirs led to."""
        self.say_to_other(Say(text, purpose=Purpose.NOTE), person_id)

    def say_to_other(self, effect: Say, person_id: int) -> None:
        """Say something to somebody whose turn it is not."""
        other = self._transaction.read(person_id)
        if other is None:
            return
        oddities.note(self._db, self._house, other, self._now)
        self.say(replace(effect, to=None), Turn(other, other.person, None))

    def say(self, effect: Say, turn: Turn) -> None:
        """Say something to whoever it is for: in the message that was pressed, or as new ones."""
        if effect.purpose in UNASKED and turn.silenced:
            return
        if effect.to is not None and effect.to != turn.known.id:
            self.say_to_other(effect, effect.to)
            return
        if turn.known.chat_id is None or (effect.alert is not None and is_covered(turn.person)):
            return
        if (
            isinstance(turn.person, Resident)
            and neutral.is_unasked(effect)
            and not neutral.opens(effect.text)
        ):
            notices.report(self._db, NoticeKind.NOT_NEUTRAL, self._now)
        pieces = self.wording.pieces(effect, turn.person)
        buttons, offered = self.wording.buttons(effect.keyboard, turn.person)
        turn.offered += offered
        message_id = self._changeable(turn) if effect.in_place else None
        if message_id is not None and len(pieces) == 1:
            turn.pressing = replace(turn.pressing, message_id=None) if turn.pressing else None
            self.put(turn, Edit(turn.known.chat_id, message_id, pieces[0], buttons), "edit", 1, effect)
            return
        for piece in pieces[:-1]:
            self._put_piece(turn, effect, piece)
        keyboard = (
            self._reply_keyboard(turn) if self._carries_keyboard(effect, turn) and not buttons else None
        )
        outgoing = Send(
            turn.known.chat_id,
            pieces[-1],
            buttons,
            keyboard,
            silent=is_silent(turn.person, effect.purpose, effect.quietly),
            protect=_is_protected(turn.person),
            if_repeated=self.wording.repeat(effect, turn.person),
            until=self.wording.until(effect, turn.person),
        )
        self.put(turn, outgoing, effect.purpose.value, effect.priority.value, effect)

    def _put_piece(self, turn: Turn, effect: Say, piece: str) -> None:
        """What goes before the end of a long text: it is no telling of its own, and stops nothing when it is taken."""
        purpose = Purpose.NOTE if effect.purpose is Purpose.ALERT else effect.purpose
        outgoing = Send(
            turn.known.chat_id or 0,
            piece,
            silent=is_silent(turn.person, effect.purpose, effect.quietly),
            protect=_is_protected(turn.person),
            if_repeated=self.wording.repeat(effect, turn.person),
            until=self.wording.until(effect, turn.person),
        )
        self.put(turn, outgoing, purpose.value, effect.priority.value, None)

    def _changeable(self, turn: Turn) -> int | None:
        """The message that was pressed; None where what would be written into it could not be deleted any more."""
        pressing = turn.pressing
        if pressing is None or pressing.message_id is None:
            return None
        fresh = vanishing.can_change(pressing.sent_at, self._now)
        going = outbox.is_going(self._db, turn.known.id, pressing.message_id)
        return pressing.message_id if fresh and not going else None

    def _carries_keyboard(self, effect: Say, turn: Turn) -> bool:
        """A phone forgets the keyboard with the message that brought it; a contact person gets it often enough."""
        return effect.menu and (effect.stays or isinstance(turn.person, Contact))

    def _reply_keyboard(self, turn: Turn) -> tuple[tuple[str, ...], ...]:
        laid, offered = self.wording.reply_keyboard(turn.person)
        if offered is not None:
            turn.keyboard = offered
        return laid

    # --- presses ---

    def toast(self, text: Text, turn: Turn) -> None:
        """Answer the press with it; a typed press has no button that could show it, and a long text no room there."""
        said = self.wording.text(text, turn.person)
        if turn.pressing is None or turn.pressing.press_id is None or len(said) > LONGEST_TOAST:
            self.say(Say(text), turn)
        else:
            turn.toast = said

    def answer_press(self, turn: Turn) -> None:
        """Every press is answered, so that the phone stops waiting."""
        if turn.pressing is not None and turn.pressing.press_id is not None:
            answer = AnswerPress(turn.pressing.press_id, turn.toast, bool(turn.toast))
            self.put(turn, answer, "press", 1, None)

    def unbutton(self, person_id: int, message_id: int) -> None:
        """Take the buttons of an earlier message away."""
        other = self._transaction.read(person_id)
        if other is not None and other.chat_id is not None:
            self.put_change(Turn(other, other.person, None), Unbutton(other.chat_id, message_id))

    # --- pictures, files, commands ---

    def show_picture(self, effect: ShowPicture, turn: Turn) -> None:
        """A picture of ours, on the side her language is read from."""
        if turn.known.chat_id is None:
            return
        person = turn.person
        caption = self.wording.text((effect.caption,), person)
        how = {"silent": is_silent(person, Purpose.REPLY), "protect": _is_protected(person)}
        self.put_reply(turn, Picture(turn.known.chat_id, effect.name, person.locale, caption, **how))

    def send_file(self, effect: SendFile, turn: Turn) -> None:
        """Pass a file on; what becomes of the letter is known by the row that carries it."""
        if turn.known.chat_id is None:
            return
        caption = self.wording.text((effect.caption,), turn.person)
        file = Forwarded(
            turn.known.chat_id,
            effect.kind,
            effect.file,
            effect.ending,
            caption,
            silent=is_silent(turn.person, Purpose.RELAY, effect.quietly),
            protect=_is_protected(turn.person),
        )
        row = self.put(turn, file, Purpose.RELAY.value, Priority.REPLY.value, None)
        talks.carried_by(self._db, effect.relay, row)

    def show_commands(self, turn: Turn) -> None:
        """What the phone's menu lists for her."""
        if turn.known.chat_id is not None:
            self.put_change(turn, SetCommands(turn.known.chat_id, self.wording.commands(turn.person)))

    def answer_as_stranger(self, turn: Turn) -> None:
        """As a stranger is answered: in no table, and not offered to be hidden later."""
        if turn.known.chat_id is not None:
            hello = self.wording.text((strangers.hello(),), turn.person)
            self._ordered.loose.append(Send(turn.known.chat_id, hello))

    # --- the outbox ---

    def put_reply(self, turn: Turn, outgoing: Outgoing) -> None:
        """What she asked for and is about nothing else."""
        self.put(turn, outgoing, Purpose.REPLY.value, Priority.REPLY.value, None)

    def put_change(self, turn: Turn, outgoing: Outgoing) -> None:
        """A change in her chat that is no message."""
        self.put(turn, outgoing, "edit", 1, None)

    def put(self, turn: Turn, outgoing: Outgoing, purpose: str, priority: int, about: Say | None) -> int:
        """
        Returns the row of the outbox; 0 where there is none.

        Nothing goes into a frozen chat, whoever ordered it; only a press there stops waiting.
        """
        if freezing.is_frozen(turn.person) and not isinstance(outgoing, AnswerPress):
            return 0
        if turn.forgotten:
            self._ordered.loose.append(outgoing)
            return 0
        telling = (about.alert, about.step) if about is not None else (None, 0)
        lasts = self._lasts(turn, outgoing, purpose, about)
        row = self._queue(turn.known.id, turn.known.box, outgoing, purpose, priority, telling, lasts)
        if isinstance(outgoing, Edit) and lasts is not None:
            outbox.changed(self._db, turn.known.id, outgoing.message_id, self._now + lasts)
        if about is not None and about.relay is not None:
            talks.carried_by(self._db, about.relay, row)
        return row

    def delete(self, person_id: int, box: Box, order: Delete) -> None:
        """Delete messages of somebody of whom no more is at hand than this."""
        self._queue(person_id, box, order, "edit", Priority.REPLY.value, (None, 0), None)

    def _queue(
        self,
        person_id: int,
        box: Box,
        outgoing: Outgoing,
        purpose: str,
        priority: int,
        telling: tuple[int | None, int],
        lasts: timedelta | None,
    ) -> int:
        alert_id, step = telling
        row = outbox.put(
            self._db,
            box,
            person_id=person_id,
            purpose=purpose,
            priority=priority,
            due_at=self._now,
            now=self._now,
            content=encode(outgoing),
            alert_id=alert_id,
            step=step,
            lasts=lasts,
            changes=outgoing.message_id if isinstance(outgoing, Edit) else None,
        )
        self._ordered.queued.append(
            Queued(row, person_id, purpose, priority, self._now, alert_id, step, outgoing)
        )
        return row

    def _lasts(self, turn: Turn, outgoing: Outgoing, purpose: str, about: Say | None) -> timedelta | None:
        """How long it may stand there; what is no message stands nowhere."""
        stays = about is not None and about.stays
        match outgoing:
            case Send() | Picture() | Photo() | Trend() | Forwarded() | MyFile():
                return vanishing.lasts(turn.person, purpose, stays=stays)
            case Edit() if about is not None:
                lasts = vanishing.lasts(turn.person, about.purpose.value, stays=stays)
                sent_at = turn.pressing.sent_at if turn.pressing is not None else None
                if lasts is None or sent_at is None:
                    return lasts
                return min(lasts, max(sent_at + vanishing.LONGEST - self._now, timedelta(0)))
            case _:
                return None


def is_silent(person: Person, purpose: Purpose, quietly: bool = False) -> bool:
    """As she chose; but words that may save her life are heard."""
    hers = isinstance(person, Resident) and person.silent and purpose is not Purpose.EMERGENCY
    return quietly or hers


def _is_protected(person: Person) -> bool:
    return isinstance(person, Resident) and person.protected
