"""The machine and the program on it, as facts that the checks judge."""

from __future__ import annotations

import datetime
import importlib
import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

from boards.clock import build_date
from boards.releases.manifest import sum_of
from boards.typst.fonts import PINNED, house_file

DISTRIBUTION = "branch-boards"
COMPILED = {
    "brotli": "_brotli",
    "typst": "typst",
    "pikepdf": "pikepdf",
    "selectolax": "selectolax.lexbor",
    "pillow": "PIL._imaging",
    "pydantic-core": "pydantic_core",
    "nh3": "nh3",
    "opencc": "opencc",
    "cryptography": "cryptography.hazmat.bindings._rust",
    "css-inline": "css_inline",
    "lxml": "lxml.etree",
    "pyyaml": "yaml.cyaml",
    "python-calamine": "python_calamine",
}
"""Packages with machine code of their own, each with the module that holds it."""

OPTIONAL = {"pillow-heif": "pillow_heif"}
"""The same, of packages that a site can do without."""


@dataclass(frozen=True, slots=True)
class Machine:
    """What the checks judge; a test says otherwise in one field or another."""

    today: datetime.date | None
    """The date that builds go by; None if `epoch` holds no time."""
    epoch: str
    """SOURCE_DATE_EPOCH as it stands in the environment."""
    system: str
    """As `sys.platform` calls it."""
    python: tuple[int, int, int]
    executable: str
    running: Path
    """The folder of the program that is running."""
    required: tuple[str, ...]
    """What the installed program asks for; nothing if it runs without having been installed."""
    installed: dict[str, str]
    """Versions by name, of this program and of what it requires, as far as they are there."""
    unloadable: dict[str, str]
    """Packages whose machine code cannot be loaded, with what Python says of it."""
    fonts: dict[str, str]
    """SHA-256 of the house faces by file name, as far as they are there."""
    code_page: int
    """Of the console on Windows; 0 elsewhere."""
    legacy_console: bool
    """PYTHONLEGACYWINDOWSSTDIO is set: bytes go to the console as they are."""


def this_machine() -> Machine:
    """The machine that this runs on."""
    required = _required()
    names = [DISTRIBUTION, *(Requirement(line).name for line in required)]
    return Machine(
        today=_today(),
        epoch=os.environ.get("SOURCE_DATE_EPOCH", ""),
        system=sys.platform,
        python=sys.version_info[:3],
        executable=sys.executable,
        running=Path(__file__).parents[1],
        required=required,
        installed=dict(_versions(names)),
        unloadable=dict(_unloadable({**COMPILED, **OPTIONAL})),
        fonts=dict(_fonts()),
        code_page=_code_page(),
        legacy_console=bool(os.environ.get("PYTHONLEGACYWINDOWSSTDIO")),
    )


def _today() -> datetime.date | None:
    try:
        return build_date()
    except SystemExit:
        return None


def _required() -> tuple[str, ...]:
    try:
        lines = metadata.requires(DISTRIBUTION) or []
    except metadata.PackageNotFoundError:
        return ()
    conditions = ((line, Requirement(line).marker) for line in lines)
    return tuple(line for line, when in conditions if when is None or when.evaluate({"extra": ""}))


def _versions(names: Iterable[str]) -> Iterable[tuple[str, str]]:
    for name in names:
        try:
            yield name, metadata.version(name)
        except metadata.PackageNotFoundError:
            continue


def _unloadable(modules: dict[str, str]) -> Iterable[tuple[str, str]]:
    for package, module in modules.items():
        try:
            importlib.import_module(module)
        except Exception as error:  # a damaged wheel may raise whatever its start stumbles over
            yield package, str(error)


def _fonts() -> Iterable[tuple[str, str]]:
    for package, name in PINNED:
        if file := house_file(package, name):
            yield file.name, sum_of(file)


def _code_page() -> int:
    if sys.platform != "win32":
        return 0
    import ctypes  # noqa: PLC0415 - windll is on Windows only

    return int(ctypes.windll.kernel32.GetConsoleOutputCP())
