"""Protected data, letters from authorities, the phone, and the people around."""

from math import cos, pi, sin

from dialogs.pictures.drawing import AMBER, BLUE, GREEN, GREY, INK, MARGIN, PALE, PAPER, RED, WIDTH, Sheet
from dialogs.text import Message, _


def protection_levels(sheet: Sheet) -> str:
    """The three levels of protected data as three steps."""
    top = sheet.title(_("picture", "The three levels of protected data"))
    levels: tuple[tuple[str, str, tuple[Message, ...]], ...] = (
        (
            "1  Sekretessmarkering",
            AMBER,
            (
                _("picture", "Your address stays in the register, with a warning flag."),
                _("picture", "Skatteverket decides."),
            ),
        ),
        (
            "2  Skyddad folkbokföring",
            BLUE,
            (
                _("picture", "You are registered in another place than where you live."),
                _("picture", "Skatteverket decides, and sends your letters on."),
            ),
        ),
        (
            "3  Fingerade personuppgifter",
            GREEN,
            (
                _("picture", "You get a new identity."),
                _("picture", "You apply to the police."),
            ),
        ),
    )
    y = top + 6
    for place, (name, colour, lines) in enumerate(levels):
        inset = place * 30
        start = len(sheet.parts)
        sheet.swedish(MARGIN + 40 + inset, y + 70, name, 46, colour, bold=True)
        end = y + 96
        for line in lines:
            end = sheet.words(MARGIN + 40 + inset, end + 44, PAPER - 80 - inset, line, 40) - 34
        sheet.box(MARGIN + inset, y, PAPER - inset, end - y + 30, PALE, colour, under=start)
        y = end + 56
    return sheet.finished(y + 4)


def mail_forwarding(sheet: Sheet) -> str:
    """A letter in a letter: how post reaches somebody whose address nobody may know."""
    top = sheet.title(_("picture", "Post without your address: a letter in a letter"))
    sheet.box(MARGIN, top, PAPER, 480, "#fff7e6", AMBER)
    sheet.swedish(MARGIN + 130, top + 80, "Skatteverkets förmedlingsuppdrag", 38, bold=True)
    sheet.swedish(MARGIN + 130, top + 132, "Box 2820", 38)
    sheet.swedish(MARGIN + 130, top + 184, "403 20 Göteborg", 38)
    sheet.mark(2, MARGIN + 70, top + 70, AMBER)
    sheet.box(WIDTH / 2 - 60, top + 230, WIDTH / 2 - 60, 210, "white", BLUE)
    sheet.swedish(WIDTH / 2 + 60, top + 316, "Personnummer:", 36)
    sheet.swedish(WIDTH / 2 + 60, top + 376, "ÅÅMMDD-NNNN", 40, bold=True)
    sheet.mark(1, WIDTH / 2, top + 300)
    end = sheet.legend(
        top + 560,
        (
            _("picture", "Inside: an envelope with only your personal number on it."),
            _("picture", "Outside: an envelope with this address. They send it on to you."),
        ),
    )
    return sheet.finished(end + 10)


def decision_letter(sheet: Sheet) -> str:
    """A decision of an authority: what to look for when the answer is no."""
    top = sheet.title(_("picture", "A decision: look for these things"))
    sheet.box(MARGIN, top, PAPER, 640)
    sheet.swedish(MARGIN + 50, top + 84, "BESLUT", 48, BLUE, bold=True)
    sheet.swedish(MARGIN + 130, top + 170, "Datum: 2026-11-10   Ärende: 0000-26", 34)
    sheet.swedish(MARGIN + 130, top + 260, "Din ansökan avslås.", 40, bold=True)
    sheet.swedish(MARGIN + 130, top + 350, "Skälen för beslutet: ...", 34)
    for place in range(2):
        sheet.line(
            MARGIN + 130, top + 390 + place * 34, WIDTH - MARGIN - 80, top + 390 + place * 34, PALE, 12
        )
    sheet.swedish(MARGIN + 130, top + 500, "Hur man överklagar", 38, bold=True)
    sheet.swedish(MARGIN + 130, top + 580, "Handläggare: namn, telefon", 34)
    for number, y in enumerate((158, 246, 338, 488, 568), start=1):
        sheet.mark(number, MARGIN + 76, top + y)
    end = sheet.legend(
        top + 710,
        (
            _("picture", "The date, and the number of your case. Write down the day you got it."),
            _("picture", "Yes or no. “Avslås” means no."),
            _("picture", "Why they decided so."),
            _("picture", "How to appeal, to whom, and until when."),
            _("picture", "Who can explain it to you."),
        ),
    )
    return sheet.finished(end + 20)


def phone_privacy(sheet: Sheet) -> str:
    """Four switches of a phone to look at."""
    top = sheet.title(_("picture", "Your phone: look at these four things"))
    things = (
        (_("picture", "Location: switch off sharing with everybody, in each app"), RED),
        (_("picture", "Accounts: log out all devices you do not know"), RED),
        (_("picture", "Password and PIN: new ones that nobody knows"), AMBER),
        (_("picture", "Bluetooth trackers: look for unknown ones near you"), AMBER),
    )
    phone_width = 300
    x = WIDTH - MARGIN - phone_width if sheet.mirrored else MARGIN
    sheet.box(x, top, phone_width, 620, "white", INK, 44)
    sheet.circle(x + phone_width / 2, top + 580, 16, PALE, GREY)
    start = MARGIN if sheet.mirrored else MARGIN + phone_width + 40
    for place, (message, colour) in enumerate(things):
        y = top + 90 + place * 130
        sheet.box(x + 30, y - 44, phone_width - 60, 84, PALE, PALE, 14)
        sheet.box(x + phone_width - 130, y - 22, 80, 40, colour, colour, 20)
        sheet.circle(x + phone_width - 110, y - 2, 15, "white", "white")
        sheet.mark(place + 1, x + 78, y - 2, colour)
        sheet.fitted(start, y - 62, PAPER - phone_width - 40, 120, message, 36)
    return sheet.finished(top + 660)


def people(sheet: Sheet) -> str:
    """Who can help with what: a circle of people around her."""
    top = sheet.title(_("picture", "You are in the middle. Who is around you?"))
    middle, radius = (WIDTH / 2, top + 480), 350
    around = (
        (_("picture", "Contact person: talk, come along"), GREEN),
        (_("picture", "Social services: money, home, support"), BLUE),
        (_("picture", "Health centre: body and mind"), RED),
        (_("picture", "Women’s shelter: safety, advice"), AMBER),
        (_("picture", "School or work: a day with people"), BLUE),
        (_("picture", "A friend, a neighbour, a group"), GREEN),
    )
    for place, (_message, colour) in enumerate(around):
        angle = -pi / 2 + place * 2 * pi / len(around)
        x, y = middle[0] + radius * cos(angle), middle[1] + radius * sin(angle)
        sheet.line(*middle, x, y, colour, 6)
    sheet.circle(*middle, 84, PALE, INK)
    sheet.circle(middle[0], middle[1] - 22, 26, INK, INK)
    sheet.shape(f"M{middle[0] - 48} {middle[1] + 58} q48 -92 96 0 z", fill=INK)
    for place, (message, colour) in enumerate(around):
        angle = -pi / 2 + place * 2 * pi / len(around)
        x, y = middle[0] + radius * cos(angle), middle[1] + radius * sin(angle)
        wide = 330
        x = min(max(x, MARGIN + wide / 2), WIDTH - MARGIN - wide / 2)
        sheet.box(x - wide / 2, y - 84, wide, 168, "white", colour)
        sheet.fitted(x - wide / 2 + 14, y - 78, wide - 28, 156, message, 34, centred=True)
    return sheet.finished(middle[1] + radius + 130)


def clear_chat(sheet: Sheet) -> str:
    """Where a whole chat is cleared: the menu at its top, one line of it, and a tick."""
    top = sheet.title(_("picture", "Clear a chat for both sides"))
    sheet.box(MARGIN, top, PAPER, 560, "white", INK, 44)
    sheet.line(MARGIN, top + 120, WIDTH - MARGIN, top + 120)
    sheet.circle(MARGIN + 90, top + 62, 34, PALE, GREY)
    sheet.line(MARGIN + 150, top + 62, MARGIN + 430, top + 62, PALE, 24)
    for place in range(3):
        sheet.circle(WIDTH - MARGIN - 60, top + 40 + place * 22, 5, INK)
    sheet.mark(1, WIDTH - MARGIN - 130, top + 62)
    for place, wide in enumerate((300, 220, 340)):
        y = top + 190 + place * 90
        colour = RED if place == 1 else PALE
        sheet.line(WIDTH / 2 + 60, y, WIDTH / 2 + 60 + wide, y, colour, 26)
    sheet.mark(2, WIDTH / 2 - 10, top + 280)
    sheet.box(MARGIN + 70, top + 440, 64, 64, "white", BLUE, 10)
    sheet.shape(f"M{MARGIN + 84} {top + 472} l16 16 l28 -32", edge=BLUE)
    sheet.line(MARGIN + 170, top + 472, MARGIN + 480, top + 472, PALE, 26)
    sheet.mark(3, MARGIN + 560, top + 472)
    end = sheet.legend(
        top + 640,
        (
            _("picture", "Tap the three dots at the top. Or hold the chat in your list."),
            _("picture", "Choose “Clear history”."),
            _("picture", "Tick that it is cleared for both sides, and confirm."),
        ),
    )
    return sheet.finished(end + 10)
