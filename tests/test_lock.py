"""requirements.lock has an exact version of all that the project asks for, and is installed."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib import metadata
from types import ModuleType

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from sites import ROOT
from test_wheelhouse import wheels

__all__ = ["wheels"]

LOCK = (ROOT / "requirements.lock").read_text(encoding="ascii")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
EXTRAS = PROJECT["project"]["optional-dependencies"]
ASKED = [*PROJECT["project"]["dependencies"], *(row for rows in EXTRAS.values() for row in rows)]


def test_every_line_is_one_exact_version_from_no_place_in_particular() -> None:
    lines = [line for line in LOCK.splitlines() if not line.startswith("#")]
    line = re.compile(r"[a-z0-9-]+==[0-9][0-9a-z.]*( ; [a-z_ '<>=!.0-9PyPy]+)?\s+# via [^:/]+")
    assert [one for one in lines if not line.fullmatch(one)] == []


def test_the_lock_and_the_project_agree_on_every_machine(wheels: ModuleType) -> None:
    """If not: `just lock`."""
    for target in wheels.TARGETS:
        assert list(_disagreements(ASKED, wheels.locked(target), target.environment)) == []


def _disagreements(asked: list[str], pins: dict[str, str], facts: dict[str, str]) -> Iterator[str]:
    for requirement in map(Requirement, asked):
        pin = pins.get(canonicalize_name(requirement.name))
        if requirement.marker and not requirement.marker.evaluate(facts):
            continue
        if pin is None:
            yield f"{requirement} is not in the lock"
        elif not requirement.specifier.contains(pin, prereleases=True):
            yield f"{requirement} does not take {pin}"


def test_what_the_locked_packages_ask_for_is_locked_as_well(wheels: ModuleType) -> None:
    """As far as they are installed in the version of the lock: all are after the README's line."""
    for target in wheels.TARGETS:
        pins = wheels.locked(target)
        for name, version in pins.items():
            try:
                installed = metadata.distribution(name)
            except metadata.PackageNotFoundError:
                continue
            if installed.version == version:
                facts = {**target.environment, "extra": ""}
                assert list(_disagreements(installed.requires or [], pins, facts)) == [], name


@pytest.mark.parametrize("file", ["README.md", "CONTRIBUTING.md", ".ci/run", "docs/it.md"])
def test_whatever_installs_takes_the_lock(file: str) -> None:
    text = (ROOT / file).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if re.search(r"pip install (?!uv\b)", line)]
    assert lines
    for line in lines:
        assert re.search(r"-c (wheelhouse/)?requirements\.lock", line), line
