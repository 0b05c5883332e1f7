"""Options and fixtures shared by all tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from helpers import MINIMAL, TODAY, noon, write_tree

if TYPE_CHECKING:
    from canary import PutOut


for _name, _times, _same in (("ci", 1, True), ("fuzz", 20, False)):
    settings.register_profile(
        _name,
        max_examples=100 * _times,
        derandomize=_same,
        database=None,
        deadline=None,  # machines differ; what hangs is stopped by `harmless.bounded`
        suppress_health_check=list(HealthCheck),
    )
settings.load_profile("ci")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--refresh", action="store_true", help="rewrite golden files with what is found now"
    )
    parser.addoption(
        "--kills", type=int, default=10, help="how often tests kill a program at a random instant"
    )


@pytest.fixture(scope="session", autouse=True)
def today() -> Iterator[None]:
    """Commands go by the day the tests live on, whatever the clock says."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", noon(TODAY))
        yield


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


@pytest.fixture(scope="session")
def put_out(tmp_path_factory: pytest.TempPathFactory) -> PutOut:
    """Everything that can be made of a site full of tokens; made once for all that search it."""
    from canary import make_everything  # noqa: PLC0415 - heavy

    return make_everything(tmp_path_factory.mktemp("canary"))
