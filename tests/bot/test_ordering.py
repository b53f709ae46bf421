"""What is ordered in parts is sent as a whole."""

from bot.ordering import Ordered
from bot.outgoing import Unbutton
from dialogs.events import Wrote
from dialogs.words import Word

HAVE_IT = Wrote("I have it", Word.HAVE_IT)


def test_orders_of_parts_are_orders_of_the_whole() -> None:
    """What one part rang must not be forgotten because the next rang nothing."""
    whole = Ordered()
    whole.add(Ordered(loose=[Unbutton(1, 2)], ringing=True))
    whole.add(Ordered(loose=[Unbutton(3, 4)]))
    assert whole == Ordered([], [Unbutton(1, 2), Unbutton(3, 4)], True)
