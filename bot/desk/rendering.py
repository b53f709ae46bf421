"""
Pages made of templates: everything that is not a template's own text is escaped, and nothing may be missing.

`_` and `_n` in a template say a text in the reader's language, as everywhere (`bot/translating.py`).
"""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bot.desk import labels
from bot.translating import Reader, Translator
from dialogs import text as texts
from dialogs.text import Message, Value

TEMPLATES: Final = Path(__file__).parent / "templates"


class Paper:
    """One for a desk: the templates, read once, and the texts."""

    def __init__(self, translator: Translator) -> None:
        self._translator = translator
        self._pages = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def page(self, name: str, reader: Reader, **values: Any) -> str:
        """Return a page in the reader's language."""
        words = _Words(self._translator, reader)
        locale = self._translator.offered(reader.locale)
        here = {
            "_": words.text,
            "_n": words.counted,
            "say": words.message,
            "moment": words.moment,
            "date": words.date,
            "clock": words.clock,
            "lang": locale.replace("_", "-").partition("@")[0],
            "dir": "rtl" if locale in self._translator.right_to_left else "ltr",
            "labels": labels,
        }
        return self._pages.get_template(name).render({**here, **values})


class _Words:
    """How a template speaks to one reader."""

    def __init__(self, translator: Translator, reader: Reader) -> None:
        self._translator, self._reader = translator, reader

    def text(self, context: str, source: str, **values: Value) -> str:
        return self.message(texts.Message(context, source, tuple(values.items())))

    def counted(self, context: str, one: str, many: str, count: int, **values: Value) -> str:
        return self.message(texts._n(context, one, many, count, **values))

    def message(self, message: Message | Sequence[Message]) -> str:
        if isinstance(message, Message):
            return self._translator.message(message, self._reader)
        return self._translator.value(message, self._reader)

    def moment(self, at: datetime | None) -> Markup:
        """A moment, for people and for programs; "–" where there is none."""
        if at is None:
            return Markup("–")
        said = self._translator.value(at, self._reader)
        return Markup('<time datetime="{}">{}</time>').format(at.isoformat(timespec="seconds"), said)

    def date(self, day: date) -> str:
        return self._translator.value(day, self._reader)

    def clock(self, at: datetime | None) -> str:
        """How long ago, or how long until, in whole minutes; nothing where there is no moment."""
        if at is None:
            return "–"
        return self.message(labels.distance(at, self._reader.now))
