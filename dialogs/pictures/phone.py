"""
A phone drawn so simply that it is anybody's: where to tap to hide, to lock, and to let messages disappear.

No word stands on the phone itself, because the app's own words differ with its language and its version: numbers do,
and the list below says what each of them is. It is mirrored where her language runs from the right, as her app is.
"""

from typing import Final

from dialogs.pictures.drawing import AMBER, BLUE, GREEN, GREY, INK, LINE, PALE, WIDTH, Sheet
from dialogs.text import _

BODY: Final = 520
TALL: Final = 640
LEFT: Final = (WIDTH - BODY) / 2
ROW: Final = 96


def hide(sheet: Sheet) -> str:
    """A list of settings with three switches off."""
    top = sheet.title(_("picture", "Hide your number, and what messages say"))
    _body(sheet, top)
    _bar(sheet, top)
    for place in range(4):
        y = top + 130 + place * 120
        _box(sheet, LEFT + 24, y, BODY - 48, ROW, PALE, PALE)
        _box(sheet, LEFT + 120, y + 36, 170, 24, LINE, LINE, 12)
        if place:
            _switch_off(sheet, y + 28)
        _mark(sheet, place + 1, LEFT + 70, y + ROW / 2)
    end = sheet.legend(
        top + TALL + 70,
        (
            _("picture", "In Telegram: Settings, then Privacy and Security"),
            _("picture", "Your phone number: nobody sees it"),
            _("picture", "When you were last there: nobody sees it"),
            _("picture", "In the settings for notifications: preview off"),
        ),
    )
    return sheet.finished(end + 10)


def lock(sheet: Sheet) -> str:
    """A padlock and the keys of a code."""
    top = sheet.title(_("picture", "Lock Telegram with a code"))
    _body(sheet, top)
    middle = WIDTH / 2
    sheet.shape(f"M{middle - 52} {top + 178} v-46 a52 52 0 0 1 104 0 v46", edge=GREEN, width=20)
    sheet.box(middle - 84, top + 172, 168, 122, GREEN, GREEN, 20)
    sheet.circle(middle, top + 226, 16, "white", "white")
    for place in range(4):
        sheet.circle(middle - 90 + place * 60, top + 340, 14, INK, INK)
    for place in range(9):
        x, y = middle - 120 + place % 3 * 120, top + 416 + place // 3 * 82
        sheet.circle(x, y, 32, PALE, LINE)
    _mark(sheet, 1, LEFT + 66, top + 230)
    _mark(sheet, 2, LEFT + 66, top + 340)
    _mark(sheet, 3, LEFT + BODY - 66, top + 230)
    end = sheet.legend(
        top + TALL + 70,
        (
            _("picture", "In Telegram: Settings, then Privacy and Security, then Passcode"),
            _("picture", "Choose a code that nobody knows or can guess"),
            _("picture", "Let it lock by itself after a short time"),
        ),
    )
    return sheet.finished(end + 10)


def disappear(sheet: Sheet) -> str:
    """A chat whose name and menu are marked, with messages that fade."""
    top = sheet.title(_("picture", "Let the messages of this chat disappear"))
    _body(sheet, top)
    _bar(sheet, top)
    _circle(sheet, LEFT + 76, top + 60, 34, BLUE, BLUE)
    _box(sheet, LEFT + 130, top + 44, 150, 28, "white", "white", 12)
    for dot in range(3):
        _circle(sheet, LEFT + BODY - 56, top + 36 + dot * 24, 6, "white", "white")
    for place, (inset, wide, fill) in enumerate(((24, 250, LINE), (190, 306, PALE), (24, 200, "#f7f9fb"))):
        _box(sheet, LEFT + inset, top + 160 + place * 112, wide, 84, fill, fill, 24)
    clock = top + 530
    _circle(sheet, LEFT + 260, clock, 52, "white", AMBER)
    sheet.line(WIDTH / 2, clock, WIDTH / 2, clock - 34, AMBER, 8)
    sheet.line(WIDTH / 2, clock, WIDTH / 2 + 24, clock + 10, AMBER, 8)
    _mark(sheet, 1, LEFT + 322, top + 60)
    _mark(sheet, 2, LEFT + BODY - 114, top + 60)
    _mark(sheet, 3, LEFT + 360, clock)
    end = sheet.legend(
        top + TALL + 70,
        (
            _("picture", "Tap the name at the top of this chat"),
            _("picture", "Open the menu of that page"),
            _("picture", "Look for the clock: set auto-delete to one day"),
        ),
    )
    return sheet.finished(end + 10)


def _body(sheet: Sheet, top: float) -> None:
    sheet.box(LEFT, top, BODY, TALL, "white", INK, 48)


def _bar(sheet: Sheet, top: float) -> None:
    sheet.box(LEFT + 3, top + 3, BODY - 6, 112, GREY, GREY, 44)
    sheet.box(LEFT + 3, top + 70, BODY - 6, 46, GREY, GREY, 0)


def _switch_off(sheet: Sheet, y: float) -> None:
    _box(sheet, LEFT + BODY - 130, y, 82, 40, LINE, LINE, 20)
    _circle(sheet, LEFT + BODY - 110, y + 20, 15, "white", "white")


# --- from her side ---


def _box(
    sheet: Sheet, x: float, y: float, width: float, height: float, fill: str, edge: str, round_by: float = 14
) -> None:
    sheet.box(WIDTH - x - width if sheet.mirrored else x, y, width, height, fill, edge, round_by)


def _circle(sheet: Sheet, x: float, y: float, radius: float, fill: str, edge: str) -> None:
    sheet.circle(WIDTH - x if sheet.mirrored else x, y, radius, fill, edge)


def _mark(sheet: Sheet, number: int, x: float, y: float, colour: str = BLUE) -> None:
    sheet.mark(number, WIDTH - x if sheet.mirrored else x, y, colour)
