"""The coordinator's desk: pages on this machine, beside the bot, on the same database."""
