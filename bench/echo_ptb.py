"""
The least a bot on python-telegram-bot can be: it answers with what it heard.

As its documentation shows it, defaults everywhere. With ECHO_TRANSPORT=aiohttp it sends and fetches through
our own transport instead: then the difference to the full bot is the work, and no longer the transport.
"""

import logging
import os
from typing import Any

from telegram import Update
from telegram.ext import Application, ApplicationBuilder, ContextTypes, MessageHandler, filters

from bot.request import AiohttpRequest


async def _echo(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    if update.message is not None and update.message.text is not None:
        await update.message.reply_text(update.message.text)


def build(token: str, api: str, transport: str) -> Application[Any, Any, Any, Any, Any, Any]:
    """The bot, ready to run."""
    builder = ApplicationBuilder().token(token).base_url(f"{api}/bot")
    if transport == "aiohttp":
        builder = builder.request(AiohttpRequest()).get_updates_request(AiohttpRequest(connections=2))
    application = builder.build()
    application.add_handler(MessageHandler(filters.TEXT, _echo))
    return application


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING)
    build(
        os.environ["ECHO_TOKEN"], os.environ["ECHO_API"], os.environ.get("ECHO_TRANSPORT", "")
    ).run_polling()
