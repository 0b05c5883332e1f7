"""Collect into wheelhouse/ all that installs Branch Boards without internet, on Windows and Linux.

`pip download` evaluates a requirement's conditions (`; sys_platform == "win32"`) for the machine
it runs on, not for the one it downloads for. So the wheels' own metadata is read afterwards for
every target, and what a target still needs is fetched until nothing is missing.

Every package is taken in the version of requirements.lock, and the lock is put beside them.

Run in the project's folder (or `just wheelhouse`), where there is internet:
    python generator/collect_wheels.py [FOLDER]
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from email.parser import Parser
from pathlib import Path

from packaging.markers import Environment, default_environment
from packaging.requirements import Requirement
from packaging.tags import compatible_tags, cpython_tags
from packaging.utils import canonicalize_name, parse_wheel_filename

ROOT = Path(__file__).parent.parent
PROJECT = "branch-boards"
EXTRAS = ("heic",)
LOCK = ROOT / "requirements.lock"
"""The exact version of every package, for every target; `just lock` writes it."""
PYTHONS = ("3.11", "3.12", "3.13")
SUMS = "SHA256SUMS.txt"


@dataclass(frozen=True)
class Target:
    """A kind of machine to install on."""

    name: str
    python: str
    patch: int
    """The last number of its Python's version: the first there was, or one beyond all there are."""
    platforms: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    """What its Python says of itself, as conditions of requirements ask for it."""

    @property
    def full_python(self) -> str:
        """Its Python's version in three numbers."""
        return f"{self.python}.{self.patch}"

    @property
    def environment(self) -> Environment:
        """What conditions of requirements are evaluated in."""
        version = {
            "python_version": self.python,
            "python_full_version": self.full_python,
        }
        environment = default_environment()
        environment.update({**version, **dict(self.facts)})  # type: ignore[typeddict-item]
        return environment

    def takes(self, wheel: Path) -> bool:
        """Whether pip on such a machine would install a wheel."""
        version = tuple(int(part) for part in self.python.split("."))
        own = {*cpython_tags(version, platforms=self.platforms)}
        interpreter = f"cp{''.join(self.python.split('.'))}"
        own |= {*compatible_tags(version, interpreter, self.platforms)}
        return bool(own & parse_wheel_filename(wheel.name)[3])


_WINDOWS = (("sys_platform", "win32"), ("platform_system", "Windows"), ("os_name", "nt"),
            ("platform_machine", "AMD64"))  # fmt: skip
_LINUX = (("sys_platform", "linux"), ("platform_system", "Linux"), ("os_name", "posix"),
          ("platform_machine", "x86_64"))  # fmt: skip
_MANYLINUX = (*(f"manylinux_2_{minor}_x86_64" for minor in range(28, 4, -1)),
              "manylinux2014_x86_64", "manylinux2010_x86_64", "manylinux1_x86_64")  # fmt: skip
"""glibc 2.28 and newer: Debian 10, RHEL 8, Kylin V10."""

_PATCHES = {"": 0, ", newest": 99}
TARGETS = tuple(
    Target(f"{system}, Python {python}{called}", python, patch, platforms, facts)
    for system, platforms, facts in (
        ("Windows", ("win_amd64",), _WINDOWS), ("Linux", _MANYLINUX, _LINUX),
    )
    for python in PYTHONS
    for called, patch in _PATCHES.items()
)  # fmt: skip
"""The lock may hold one version for the first releases of a Python, another for its later ones."""


def main() -> None:
    """Fill the folder, list what it holds, and end with 1 if a target lacks something."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "wheelhouse")
    folder.mkdir(parents=True, exist_ok=True)
    if stale := sorted(file.name for file in folder.glob("*.whl") if not _of_the_lock(file)):
        sys.exit(f"{folder} holds other versions; empty it first: {', '.join(stale)}")
    if not _pip("wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), str(ROOT)):
        sys.exit("the project's own wheel was not built")
    wanted = f"{PROJECT}[{','.join(EXTRAS)}]"
    lacking: list[str] = []
    for target in TARGETS:
        pins = locked(target)
        asked: set[str] = set()
        while missing := {_pinned(one, pins) for one in _missing(folder, target, wanted)} - asked:
            asked |= missing
            if not _download(folder, target, *sorted(missing)):
                for requirement in sorted(missing):  # one without a wheel must not keep the rest
                    _download(folder, target, requirement)
        lacking += [f"{target.name}: {one}" for one in sorted(_missing(folder, target, wanted))]
    shutil.copy(LOCK, folder)
    wheels = sorted(folder.glob("*.whl"))
    files = (*wheels, folder / LOCK.name, *put_batch_files(folder))
    sums = [f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}" for file in files]
    (folder / SUMS).write_text("\n".join(sums) + "\n", encoding="utf-8", newline="\n")
    _report(wheels)
    if lacking:
        sys.exit("no wheel for\n  " + "\n  ".join(lacking))


def put_batch_files(folder: Path) -> list[Path]:
    """Put what is double-clicked on Windows beside the wheels, as cmd.exe reads it there."""
    put = []
    for file in sorted((ROOT / "generator" / "windows").glob("*.cmd")):
        text = file.read_text(encoding="utf-8").replace("\n", "\r\n")
        (folder / file.name).write_bytes(text.encode("gbk"))
        put.append(folder / file.name)
    return put


def locked(target: Target) -> dict[str, str]:
    """The exact versions that the lock has for a target, by name."""
    lines = (line.split("#")[0].strip() for line in LOCK.read_text(encoding="utf-8").splitlines())
    rows = [Requirement(line) for line in lines if line]
    holding = [row for row in rows if not row.marker or row.marker.evaluate(target.environment)]
    return {canonicalize_name(row.name): str(row.specifier)[len("==") :] for row in holding}


def _pinned(requirement: str, pins: dict[str, str]) -> str:
    """A requirement in the version of the lock; one that it lacks stays as it is."""
    name = canonicalize_name(Requirement(requirement).name)
    return f"{name}=={pins[name]}" if name in pins else requirement


def _of_the_lock(wheel: Path) -> bool:
    name, version = parse_wheel_filename(wheel.name)[:2]
    return name == PROJECT or any(locked(one).get(name) == str(version) for one in TARGETS)


def _missing(folder: Path, target: Target, wanted: str) -> Iterator[str]:
    """What no wheel in the folder satisfies for a target, of all that `wanted` leads to.

    A wheel in another version than the lock's satisfies nothing: pip would refuse it.
    """
    pins = locked(target)
    there: dict[str, list[Path]] = {}
    for file in folder.glob("*.whl"):
        if target.takes(file):
            there.setdefault(canonicalize_name(file.name.split("-")[0]), []).append(file)
    waiting = [Requirement(wanted)]
    seen: set[str] = set()
    while waiting:
        requirement = waiting.pop()
        if str(requirement) in seen:
            continue
        seen.add(str(requirement))
        name = canonicalize_name(requirement.name)
        fitting = []
        for file in there.get(name, ()):
            version = parse_wheel_filename(file.name)[1]
            as_locked = str(version) == pins.get(name, str(version))
            if as_locked and requirement.specifier.contains(version):
                fitting.append(file)
        if not fitting:
            yield f"{requirement.name}{requirement.specifier}"
            continue
        newest = max(fitting, key=lambda file: parse_wheel_filename(file.name)[1])
        waiting += _requirements(newest, target, requirement.extras)


def _requirements(wheel: Path, target: Target, extras: set[str]) -> Iterator[Requirement]:
    with zipfile.ZipFile(wheel) as archive:
        name = next(n for n in archive.namelist() if n.endswith(".dist-info/METADATA"))
        metadata = Parser().parsestr(archive.read(name).decode("utf-8"))
    for line in metadata.get_all("Requires-Dist", []):
        requirement = Requirement(line)
        marker = requirement.marker
        environments = [{**target.environment, "extra": extra} for extra in ("", *extras)]
        if marker is None or any(marker.evaluate(one) for one in environments):
            yield requirement


def _download(folder: Path, target: Target, *requirements: str) -> bool:
    """Fetch requirements; whether there is a wheel for all of them."""
    platforms = [word for one in target.platforms for word in ("--platform", one)]
    return _pip(
        "download", "--quiet", "--no-deps", "--only-binary=:all:", "--dest", str(folder),
        "--python-version", target.full_python, *platforms, *requirements,
    )  # fmt: skip


def _pip(*arguments: str) -> bool:
    return subprocess.run([sys.executable, "-m", "pip", *arguments], check=False).returncode == 0


def _report(wheels: list[Path]) -> None:
    for target in TARGETS:
        own = [file for file in wheels if target.takes(file)]
        size = sum(file.stat().st_size for file in own) / 1e6
        print(f"{target.name}: {len(own)} wheels, {size:.0f} MB")
    whole = sum(file.stat().st_size for file in wheels) / 1e6
    print(f"all: {len(wheels)} wheels, {whole:.0f} MB, {SUMS}")


if __name__ == "__main__":
    main()
