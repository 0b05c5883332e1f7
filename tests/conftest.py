"""Options and fixtures shared by all tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers import MINIMAL, write_tree


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--refresh", action="store_true", help="rewrite golden files with what is found now"
    )
    parser.addoption(
        "--kills", type=int, default=10, help="how often tests kill a program at a random instant"
    )


@pytest.fixture
def kills(request: pytest.FixtureRequest) -> int:
    """How often to kill: a few times in every run, hundreds of times by `just torture`."""
    return int(request.config.getoption("--kills"))


@pytest.fixture
def refresh(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be rewritten."""
    return bool(request.config.getoption("--refresh"))


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder with the small valid site."""
    return write_tree(tmp_path, MINIMAL)
