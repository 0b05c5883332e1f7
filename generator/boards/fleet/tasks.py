"""One task a branch: its records in, its finished site out, both by content, on any machine."""

from __future__ import annotations

import datetime
import functools
import hashlib
import shutil
import threading
import time
from dataclasses import dataclass, replace
from pathlib import Path

from boards.board.board import Board
from boards.board.load import load
from boards.built import READ, of_program
from boards.errors import BoardError, BuildFailed, Problem, errors_in
from boards.fleet.archives import pack, unpack
from boards.fleet.store import Outcome, Store
from boards.output import RefusedTarget
from boards.records import Audience
from boards.records.schema import leaves
from boards.releases.manifest import MANIFEST, files_of, sum_of
from boards.releases.places import beside
from boards.site.drawn_on import draws_on_more

MOST_ATTEMPTS = 3
"""How often a task may be begun in one run before it is held to be what kills its workers."""

_RECIPE = "1"
"""Raise it when the same task would come out otherwise."""
_TURN = threading.Lock()
"""One build at a time in a process: a worker with several threads would mix what they remember."""


class ProgramDiffers(Exception):
    """This machine has another program than the one that asks."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where tasks are done."""

    store: str
    """The store's address."""
    work: str
    """A folder for workspaces, which keep posters and photos between runs; one machine's own."""
    run: str
    """The run that it is for."""


@dataclass(frozen=True, slots=True)
class Task:
    """A site to be made. All but the branch's name decides what comes of it."""

    branch: str
    inputs: str
    """The digest of what it is made of, by which the store has it."""
    day: datetime.date
    circle: str
    program: str

    @property
    def key(self) -> str:
        """The same for tasks of which the same comes."""
        words = (_RECIPE, self.inputs, self.day.isoformat(), self.circle, self.program)
        return hashlib.sha256("\n".join(words).encode("ascii")).hexdigest()[:32]


def run(task: Task, place: Place) -> Outcome:
    """Do a task, unless somebody has done it; what comes of it stands in the store as well.

    Raises what may go better another time: OSError, MemoryError, ProgramDiffers.
    """
    store = Store(place.store)
    if known := store.outcome(task.key):
        return known
    if _own_program() != task.program:
        raise ProgramDiffers("这台机器上的程序和发起的机器不同；都按同一份 requirements.lock 安装")
    if store.begin(place.run, task.key) >= MOST_ATTEMPTS:
        said = f"生成时程序中断了 {MOST_ATTEMPTS} 次（可能内存不够）；在内存大些的电脑上再试"
        return Outcome(task.key, failure=said)
    with _TURN:
        began = time.process_time()
        outcome = _done(task, store, Path(place.work) / task.branch)
        outcome = replace(outcome, seconds=round(time.process_time() - began, 2))
    store.note(outcome)
    return outcome


@functools.cache
def _own_program() -> str:
    return of_program()


def _done(task: Task, store: Store, root: Path) -> Outcome:
    """Build in a workspace of the branch's own, and put the site into the store."""
    from boards.build import build  # noqa: PLC0415 - heavy
    from boards.editions.edition import Edition, EditionName  # noqa: PLC0415
    from boards.posters.press import InkMissing  # noqa: PLC0415
    from boards.typst.engine import NotSet  # noqa: PLC0415
    from boards.typst.font_files import FontsUnusable  # noqa: PLC0415

    _lay_out(task, store, root)
    if draws_on_more(root / "mkdocs.yml"):
        return Outcome(task.key, failure=_FOREIGN if (root / "mkdocs.yml").exists() else _MISSING)
    edition = Edition(EditionName.PUBLISH, task.day, Audience(task.circle))
    try:
        built = build(root, edition)
    except BoardError as error:
        return Outcome(task.key, failure=_told(error.problems))
    except (BuildFailed, FontsUnusable, NotSet, InkMissing, RefusedTarget) as error:
        return Outcome(task.key, failure=str(error))
    archive = root / "release.zip"
    pack([(MANIFEST, built.target / MANIFEST), *sorted(files_of(built.target))], archive)
    digest = sum_of(archive)
    store.put(archive, f"releases/{digest}.zip")
    for folder in (built.target, beside(built.target)):
        shutil.rmtree(folder, ignore_errors=True)
    board, _ = load(root / "data", root / "content")
    return Outcome(
        key=task.key,
        archive=digest,
        fingerprint=built.fingerprint,
        pages=built.pages,
        posters=built.posters,
        notices=len(built.notices),
        until=holds_until(board, task.day).isoformat(),
    )


_FOREIGN = (
    "mkdocs.yml 里有 hooks、custom_dir、INHERIT 或 !ENV：集团生成时不运行别处来的程序\n"
    "    改法：删掉这些行；一定要用，就由支部自己发布，在 fleet.yml 里写 release"
)
_MISSING = "缺少 mkdocs.yml\n    改法：从备份换回它，或从别的支部拷一份"


def _lay_out(task: Task, store: Store, root: Path) -> None:
    """The branch's records as they are now, in a workspace that may hold earlier ones."""
    for name in READ:
        if (root / name).is_dir():
            shutil.rmtree(root / name)
        else:
            (root / name).unlink(missing_ok=True)
    root.mkdir(parents=True, exist_ok=True)
    with store.opened(f"inputs/{task.inputs}.zip") as stream:
        for _ in unpack(stream, root):
            pass


def _told(problems: list[Problem]) -> str:
    errors = errors_in(problems)
    return "\n".join(problem.as_text() for problem in errors or problems)


def holds_until(board: Board, day: datetime.date) -> datetime.date:
    """The first day on which unchanged records could give another site than on `day`.

    That is the next day any of them names, such as that of somebody's leaving, and no later than
    the next month's first: what grows stale, or is missing, is counted by months and quarters.
    """
    month = (day.replace(day=1) + datetime.timedelta(days=32)).replace(day=1)
    named = (
        leaf.value
        for row in board.everything()
        for leaf in leaves(row)
        if isinstance(leaf.value, datetime.date)
    )
    return min([month, *(one for one in named if one > day)])
