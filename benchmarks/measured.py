"""Programs as fresh processes: seconds, peak memory, and how much they have written.

Linux and macOS only (wait4). Imports nothing large: a child's peak begins at its parent's size.
"""

from __future__ import annotations

import datetime
import os
import platform
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import BinaryIO

LIMIT = 1800.0
"""Seconds after which a program is stopped."""
_UNIT = 1024**2 if sys.platform == "darwin" else 1024
_KNOWN = ("mkdocs", "mkdocs-material", "typst", "pillow", "pydantic", "pikepdf")


@dataclass(frozen=True, slots=True)
class Measured:
    """What a run cost."""

    seconds: float
    processor: float
    """Seconds of all its threads: the figure that a busy machine does not change."""
    megabytes: float
    failure: str = ""
    """What it said when it failed; nothing if it went well."""


def on_day(day: datetime.date) -> dict[str, str]:
    """The environment of programs that live on a day."""
    noon = datetime.datetime.combine(day, datetime.time(12), datetime.UTC)
    return {**os.environ, "SOURCE_DATE_EPOCH": str(int(noon.timestamp()))}


def run(
    command: Sequence[str], folder: Path, environment: Mapping[str, str], typed: str = ""
) -> Measured:
    """Run a program to its end, with lines typed for it."""
    start = time.perf_counter()
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as keys:
        keys.write(typed.encode())
        keys.seek(0)
        child = subprocess.Popen(
            command, cwd=folder, env=environment, stdin=keys, stdout=said, stderr=said
        )
        alarm = threading.Timer(LIMIT, child.kill)
        alarm.start()
        _, status, usage = os.wait4(child.pid, 0)
        alarm.cancel()
        child.returncode = code = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - start
        said.seek(0)
        words = said.read().decode(errors="replace").strip()
    failure = "" if code == 0 else _last_words(words, code)
    return Measured(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / _UNIT, failure)


def watched(
    command: Sequence[str],
    folder: Path,
    environment: Mapping[str, str],
    tasks: Sequence[Callable[[], bool]],
    told: BinaryIO | None = None,
) -> list[Measured]:
    """Start a program that runs until it is stopped, and time each of the tasks with it.

    A task begins something when it is first called, and is asked until it says it is done. The
    peak is that of all of them; processor time is told as that of the whole run, to the first.
    What the program says first goes to `told`, where somebody wants to read it meanwhile.
    """
    with tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        child = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=told or said, stderr=said
        )
        walls, failure = [], ""
        for done in tasks:
            while not failure and not done():
                time.sleep(0.02)
                if child.poll() is not None or time.perf_counter() - start > LIMIT:
                    failure = "did not go on"
            walls.append(time.perf_counter() - start)
            start = time.perf_counter()
        child.terminate()  # an interrupt is ignored by what was started in the background
        _, _, usage = os.wait4(child.pid, 0) if child.returncode is None else (0, 0, None)
        child.returncode = child.returncode or 0
        said.seek(0)
        words = said.read().decode(errors="replace").strip()
    peak = usage.ru_maxrss / _UNIT if usage else 0.0
    processor = usage.ru_utime + usage.ru_stime if usage else 0.0
    why = f"{failure}: {_last_words(words, child.returncode)}" if failure else ""
    return [Measured(wall, 0.0 if n else processor, peak, why) for n, wall in enumerate(walls)]


def _last_words(said: str, code: int) -> str:
    lines = [line for line in said.splitlines() if line.strip()]
    return f"exit {code}: {'　'.join(lines[-2:])[-300:]}"


def megabytes_in(*places: Path) -> float:
    """How much stands in files and folders, those absent left aside."""
    files = (file for place in places for file in (place, *place.rglob("*")))
    return sum(file.stat().st_size for file in files if file.is_file()) / 1e6


def machine() -> str:
    """What this was measured on, and with which versions, in one line."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.is_file() else []
    model = next((ln.split(":", 1)[1].strip() for ln in lines if ln.startswith("model name")), "")
    cores = f"{os.cpu_count()} cores{f' of {model}' if model else ''}"
    libraries = ", ".join(f"{name} {version(name)}" for name in _KNOWN)
    system = f"{platform.system()} {platform.machine()}"
    return f"{cores}, {system}, Python {platform.python_version()}, {libraries}"
