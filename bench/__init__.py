"""
How fast Vidare is, beside two bots that do nothing but answer with the same words: `make bench`.

Nothing here is a test, and no test asserts a duration. What is compared is measured in turns in one run,
because a machine that others use as well is faster one minute than the next.
"""
