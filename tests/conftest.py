"""Options and fixtures shared by all tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers import MINIMAL, write_tree


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--refresh", action="store_true", help="rewrite golden files with what is found now"
    )


@pytest.fixture
def refresh(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be rewritten."""
    return bool(request.config.getoption("--refresh"))


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder with the small valid site."""
    return write_tree(tmp_path, MINIMAL)
