"""Bills, pay and letters about money, as they look in Sweden; every name, number and amount on them is made up."""

from dialogs.pictures.drawing import AMBER, BLUE, GREEN, GREY, INK, MARGIN, PALE, PAPER, RED, WIDTH, Sheet
from dialogs.text import Message, _


def bill(sheet: Sheet) -> str:
    """A bill with the five things to look for."""
    top = sheet.title(_("picture", "A bill: look for these five things"))
    sheet.box(MARGIN, top, PAPER, 640)
    sheet.swedish(MARGIN + 110, top + 84, "Elbolaget Exempel AB", 40, bold=True)
    sheet.swedish(WIDTH - MARGIN - 50, top + 84, "FAKTURA", 46, BLUE, bold=True, anchor="end")
    sheet.swedish(MARGIN + 50, top + 170, "Fakturadatum 2026-11-05", 32, GREY)
    sheet.swedish(MARGIN + 50, top + 220, "Avser: el oktober", 32, GREY)
    sheet.box(MARGIN + 50, top + 260, PAPER - 100, 150, PALE, PALE)
    sheet.swedish(MARGIN + 140, top + 320, "Förfallodatum", 32, GREY)
    sheet.swedish(MARGIN + 140, top + 376, "2026-11-30", 46, bold=True)
    sheet.swedish(WIDTH / 2 + 120, top + 320, "Att betala", 32, GREY)
    sheet.swedish(WIDTH / 2 + 120, top + 376, "412,00 kr", 46, bold=True)
    sheet.swedish(MARGIN + 140, top + 480, "OCR-nummer", 32, GREY)
    sheet.swedish(MARGIN + 140, top + 536, "7310 4422 1806", 46, bold=True)
    sheet.swedish(WIDTH / 2 + 120, top + 480, "Bankgiro", 32, GREY)
    sheet.swedish(WIDTH / 2 + 120, top + 536, "000-0000", 46, bold=True)
    sheet.line(MARGIN + 50, top + 580, WIDTH - MARGIN - 50, top + 580)
    sheet.mark(1, MARGIN + 64, top + 70)
    sheet.mark(2, MARGIN + 94, top + 340)
    sheet.mark(3, WIDTH / 2 + 76, top + 340)
    sheet.mark(4, MARGIN + 94, top + 500)
    sheet.mark(5, WIDTH / 2 + 76, top + 500)
    end = sheet.legend(
        top + 710,
        (
            _("picture", "Who sent it. Do you know them?"),
            _("picture", "The last day to pay. Pay a few days before."),
            _("picture", "How much you pay."),
            _("picture", "The number of this bill. Write it without a mistake."),
            _("picture", "Where the money goes."),
        ),
    )
    return sheet.finished(end + 20)


def invoice_ways(sheet: Sheet) -> str:
    """Paper, e-invoice and autogiro side by side."""
    top = sheet.title(_("picture", "Three ways a bill can come"))
    ways: tuple[tuple[str, str, tuple[Message, ...]], ...] = (
        (
            "Pappersfaktura",
            AMBER,
            (
                _("picture", "A letter comes to your address."),
                _("picture", "You type all numbers yourself."),
                _("picture", "You decide the day."),
            ),
        ),
        (
            "e-faktura",
            BLUE,
            (
                _("picture", "The bill comes into your bank app."),
                _("picture", "The numbers are already there."),
                _("picture", "You say yes each time."),
            ),
        ),
        (
            "Autogiro",
            GREEN,
            (
                _("picture", "The company takes the money itself."),
                _("picture", "You do nothing on the day."),
                _("picture", "There must be enough money in the account."),
            ),
        ),
    )
    y = top + 10
    for name, colour, lines in ways:
        ends = y + 84
        start = len(sheet.parts)
        sheet.swedish(MARGIN + 40, y + 66, name, 46, colour, bold=True)
        for line in lines:
            ends = sheet.words(MARGIN + 40, ends + 52, PAPER - 80, line, 38) - 40
        height = ends - y + 44
        sheet.box(MARGIN, y, PAPER, height, PALE, colour, under=start)
        y += height + 30
    return sheet.finished(y + 10)


def payslip(sheet: Sheet) -> str:
    """A payslip: before tax, tax, and what comes into the account."""
    top = sheet.title(_("picture", "A payslip: what you see each month"))
    sheet.box(MARGIN, top, PAPER, 620)
    sheet.swedish(MARGIN + 50, top + 80, "LÖNESPECIFIKATION", 44, BLUE, bold=True)
    sheet.swedish(MARGIN + 50, top + 130, "Period: november 2026", 32, GREY)
    rows = (
        ("Timlön 120 h x 150,00", "18 000,00", INK, 1),
        ("Semesterersättning", "2 160,00", INK, 2),
        ("Bruttolön", "20 160,00", INK, 3),
        ("Skatt", "- 4 210,00", RED, 4),
    )
    for place, (name, amount, colour, number) in enumerate(rows):
        y = top + 220 + place * 84
        sheet.swedish(MARGIN + 130, y, name, 38)
        sheet.swedish(WIDTH - MARGIN - 50, y, amount, 38, colour, anchor="end")
        sheet.mark(number, MARGIN + 76, y - 14)
    sheet.box(MARGIN + 40, top + 520, PAPER - 80, 80, PALE, GREEN)
    sheet.swedish(MARGIN + 130, top + 574, "Nettolön, betalas 25/11", 38, bold=True)
    sheet.swedish(WIDTH - MARGIN - 60, top + 574, "15 950,00", 38, GREEN, bold=True, anchor="end")
    sheet.mark(5, MARGIN + 76, top + 560)
    end = sheet.legend(
        top + 690,
        (
            _("picture", "Hours and pay for each hour. Count if it is right."),
            _("picture", "Holiday pay."),
            _("picture", "All together, before tax."),
            _("picture", "Tax that the employer pays for you. No tax line? Ask why."),
            _("picture", "What comes into your account, and on which day."),
        ),
    )
    return sheet.finished(end + 20)


def kronofogden_letter(sheet: Sheet) -> str:
    """A letter with a claim from Kronofogden."""
    top = sheet.title(_("picture", "A letter from Kronofogden: open it today"))
    sheet.box(MARGIN, top, PAPER, 620)
    sheet.swedish(MARGIN + 50, top + 86, "KRONOFOGDEN", 46, BLUE, bold=True)
    sheet.swedish(MARGIN + 50, top + 170, "Föreläggande i mål om betalningsföreläggande", 34, bold=True)
    sheet.swedish(MARGIN + 130, top + 250, "Sökande: Telebolaget Exempel AB", 34)
    sheet.swedish(MARGIN + 130, top + 330, "Belopp: 1 840 kr", 34)
    sheet.swedish(MARGIN + 130, top + 410, "Svara senast: se datum i brevet", 34)
    sheet.box(MARGIN + 50, top + 460, 400, 110, PALE, GREEN)
    sheet.swedish(MARGIN + 140, top + 530, "Jag betalar", 36, GREEN, bold=True)
    sheet.box(WIDTH / 2 + 30, top + 460, 400, 110, PALE, RED)
    sheet.swedish(WIDTH / 2 + 120, top + 530, "Jag bestrider", 36, RED, bold=True)
    for number, (x, y) in enumerate(
        (
            (MARGIN + 80, top + 238),
            (MARGIN + 80, top + 318),
            (MARGIN + 80, top + 398),
            (MARGIN + 96, top + 516),
            (WIDTH / 2 + 76, top + 516),
        ),
        start=1,
    ):
        sheet.mark(number, x, y)
    end = sheet.legend(
        top + 690,
        (
            _("picture", "Who says that you owe them."),
            _("picture", "How much they want."),
            _("picture", "The last day to answer. It is important."),
            _("picture", "Is it right? Pay them, or ask them for a plan."),
            _("picture", "Is it wrong? Say so in writing, and why."),
        ),
    )
    return sheet.finished(end + 20)


def budget(sheet: Sheet) -> str:
    """A month's money: what comes in, what must go first, and what is left."""
    top = sheet.title(_("picture", "A month’s money, in this order"))
    boxes = (
        (_("picture", "Money that comes in: pay, support, child allowance"), GREEN, "+"),
        (_("picture", "First: the rent"), RED, "1"),
        (_("picture", "Then: electricity, phone, insurance"), AMBER, "2"),
        (_("picture", "Then: food for the whole month, divided by weeks"), AMBER, "3"),
        (_("picture", "Then: bus card, clothes, medicine"), BLUE, "4"),
        (_("picture", "A little put aside, for what you cannot foresee"), BLUE, "5"),
        (_("picture", "What is left is yours"), GREEN, "="),
    )
    y = top + 6
    for place, (message, colour, sign) in enumerate(boxes):
        inset = 0 if place in (0, len(boxes) - 1) else 60
        start = len(sheet.parts)
        text_x = MARGIN + (30 if sheet.mirrored else inset + 120)
        end = sheet.words(text_x, y + 66, PAPER - inset - 160, message, 40, bold=place in (0, len(boxes) - 1))
        mark_x = WIDTH - MARGIN - inset - 64 if sheet.mirrored else MARGIN + inset + 64
        sheet.swedish(mark_x, y + 70, sign, 48, colour, bold=True, anchor="middle")
        left = MARGIN + (0 if sheet.mirrored else inset)
        sheet.box(left, y, PAPER - inset, end - y, PALE, colour, under=start)
        y = end + 22
    return sheet.finished(y + 10)
