"""Options of the test run."""

from pathlib import Path

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """`make screenshots` keeps what the browser test sees."""
    parser.addoption("--screenshots", type=Path, help="write the browser test's screenshots to this folder")
