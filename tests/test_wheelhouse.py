"""What `just wheelhouse` collects is whole for every machine, not for the one it ran on."""

from __future__ import annotations

import importlib.util
import sys
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

from sites import ROOT


@pytest.fixture(scope="module")
def wheels() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "collect_wheels", ROOT / "generator" / "collect_wheels.py"
    )
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def wheel(folder: Path, name: str, *required: str) -> None:
    """A wheel with nothing in it but what it requires."""
    distribution, version = name.split("-")[:2]
    head = f"Metadata-Version: 2.1\nName: {distribution}\nVersion: {version}\n"
    lines = "".join(f"Requires-Dist: {line}\n" for line in required)
    with zipfile.ZipFile(folder / f"{name}.whl", "w") as archive:
        archive.writestr(f"{distribution}-{version}.dist-info/METADATA", head + lines)


def missing(wheels: ModuleType, folder: Path) -> dict[str, list[str]]:
    return {
        target.name: sorted(wheels._missing(folder, target, "boards[heic]"))
        for target in wheels.TARGETS
    }


def test_conditions_are_those_of_the_target(wheels: ModuleType, tmp_path: Path) -> None:
    wheel(
        tmp_path, "boards-1.0-py3-none-any",
        'colour>=1; sys_platform == "win32"',
        'older; python_version < "3.12"',
        'photos; extra == "heic"',
        'tests; extra == "test"',
    )  # fmt: skip
    found = missing(wheels, tmp_path)
    assert found["Windows, Python 3.11"] == ["colour>=1", "older", "photos"]
    assert found["Windows, Python 3.13"] == ["colour>=1", "photos"]
    assert found["Linux, Python 3.13"] == ["photos"]


def test_a_wheel_counts_only_where_it_can_be_installed(wheels: ModuleType, tmp_path: Path) -> None:
    wheel(tmp_path, "boards-1.0-py3-none-any", "engine>=2", "old>=2")
    wheel(tmp_path, "engine-2.1-cp312-cp312-win_amd64", "deep")
    wheel(tmp_path, "engine-2.1-cp39-abi3-manylinux_2_17_x86_64.manylinux2014_x86_64")
    wheel(tmp_path, "old-1.0-py3-none-any")
    found = missing(wheels, tmp_path)
    assert found["Windows, Python 3.12"] == ["deep", "old>=2"]
    assert found["Windows, Python 3.13"] == ["engine>=2", "old>=2"]
    assert found["Linux, Python 3.11"] == ["old>=2"]


def test_a_wheel_in_another_version_than_the_locks_satisfies_nothing(
    wheels: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when the lock has one version for the first releases of a Python and another for later."""
    lock = tmp_path / "lock.txt"
    lines = ("1.0 ; python_full_version < '3.11.5'", "2.0 ; python_full_version >= '3.11.5'")
    lock.write_text("".join(f"words=={line}\n" for line in lines), encoding="utf-8")
    monkeypatch.setattr(wheels, "LOCK", lock)
    wheel(tmp_path, "boards-1.0-py3-none-any", "words>=1")
    wheel(tmp_path, "words-1.0-py3-none-any")
    found = missing(wheels, tmp_path)
    assert found["Windows, Python 3.11"] == []
    assert found["Windows, Python 3.11, newest"] == ["words>=1"]
    assert found["Linux, Python 3.12"] == ["words>=1"]


def test_the_it_page_and_the_recipe_speak_of_the_same_folder() -> None:
    assert "/wheelhouse/" in (ROOT / ".gitignore").read_text(encoding="utf-8")
    assert "python generator/collect_wheels.py" in (ROOT / "justfile").read_text(encoding="utf-8")
