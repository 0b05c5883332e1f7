"""Fleets of small branches for tests, built in the test's own process as far as that will do."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from boards.fleet.build import FleetBuilt, build_fleet
from boards.fleet.fleet import read_fleet
from boards.fleet.store import Outcome
from boards.fleet.tasks import Place, Task, run
from helpers import TODAY, TYPED, settled, write_tree

_MADE = Path(tempfile.mkdtemp(prefix="boards-fleets-"))
"""Posters and packs that a test has made already, by content, for all others to take."""
atexit.register(shutil.rmtree, _MADE, ignore_errors=True)

HEAD = "name: 示范集团党支部展板\ngroup: 示范集团\n"


def branch_files(
    key: str, changes: Mapping[str, Sequence[tuple[str, str]]] = {}
) -> dict[str, str | bytes]:
    """The small valid site under another id, with some words changed, all of it approved."""
    files = dict(TYPED)
    for name, pairs in {"data/branch.yml": (("id: er-qu", f"id: {key}"),), **changes}.items():
        for old, new in pairs:
            text = files[name]
            assert isinstance(text, str) and old in text, (name, old)
            files[name] = text.replace(old, new, 1)
    return settled(files)


def write_fleet(
    root: Path, branches: Mapping[str, Mapping[str, str | bytes]], head: str = HEAD
) -> Path:
    """Write branches and the fleet.yml that lists them; returns that file."""
    rows = []
    for key, files in branches.items():
        write_tree(root / "branches" / key, files)
        rows.append(f"  - id: {key}\n    folder: branches/{key}\n")
    return list_branches(root, rows, head)


def list_branches(root: Path, rows: Sequence[str], head: str = HEAD) -> Path:
    """Write a fleet.yml with these branches."""
    file = root / "fleet.yml"
    file.write_text(f"{head}branches:\n{''.join(rows)}", encoding="utf-8")
    return file


def warm(root: Path, keys: Sequence[str]) -> None:
    """Put what other tests have made where the fleet's workspaces look for it."""
    for key in keys:
        target = root / ".boards" / "fleet" / "work" / key / ".boards"
        if any(_MADE.iterdir()) and not target.exists():
            shutil.copytree(_MADE, target)


def keep(root: Path) -> None:
    """Keep what a fleet's workspaces have made."""
    for made in (root / ".boards" / "fleet" / "work").glob("*/.boards"):
        shutil.copytree(made, _MADE, dirs_exist_ok=True)


class Here:
    """An executor that does all in this process, and remembers what it was asked to do."""

    def __init__(self) -> None:
        self.done: list[str] = []

    def __call__(self, tasks: Sequence[Task], place: Place) -> Iterator[tuple[Task, Outcome]]:
        for task in tasks:
            self.done.append(task.branch)
            yield task, run(task, place)


def built(file: Path, executor: Here | None = None) -> FleetBuilt:
    """Build a fleet on the day of all tests."""
    fleet = read_fleet(file)
    warm(fleet.root, [branch.id for branch in fleet.said.branches])
    made = build_fleet(fleet, TODAY, executor or Here())
    keep(fleet.root)
    return made
