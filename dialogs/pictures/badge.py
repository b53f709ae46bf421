"""
The bot's own picture, as it stands in the list of chats: an arrow that goes on, and nothing else.

Whoever sees the list learns nothing from it (R35, S17), and it claims nothing that is untrue.
"""

from typing import Final

from dialogs.pictures.drawing import BLUE

SIDE: Final = 640


def badge() -> str:
    """The whole as SVG: no words, so it is the same in every language and from both sides."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{SIDE}" height="{SIDE}" viewBox="0 0 {SIDE} {SIDE}">'
        f'<rect width="{SIDE}" height="{SIDE}" fill="{BLUE}"/>'
        '<path d="M184 320 H448 M336 208 L448 320 L336 432" fill="none" stroke="white" stroke-width="44" '
        'stroke-linecap="round" stroke-linejoin="round"/></svg>'
    )
