"""
Pictures that explain what words alone do not: drawn by code as SVG, with labels in the resident's language.

Each is a pure function from labels to SVG text; `bot/painter.py` makes a PNG of it.
"""
