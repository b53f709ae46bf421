"""What we do to the bot on purpose: kill it, starve it, lie to it; and count what came of it."""
