"""A fleet's build, told as a story: what has changed, built anew, put in place, and the portal."""

from __future__ import annotations

import datetime
import json
import shutil
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from boards.built import of_program
from boards.errors import why
from boards.fleet.archives import digest_in, digest_of, of_inputs, pack
from boards.fleet.fleet import Branch, Fleet
from boards.fleet.installed import Installed, NotAdopted, adopt, install, is_whole, standing
from boards.fleet.report import BranchTold, write_report
from boards.fleet.store import Outcome, Store
from boards.fleet.tasks import Place, Task
from boards.output import RefusedTarget, write_whole
from boards.progress import Progress, silent
from boards.releases.lock import Busy, alone
from boards.releases.renewal import DiskFull

Executor = Callable[[Sequence[Task], Place], Iterator[tuple[Task, Outcome]]]
"""Who does tasks, telling of each when it is done."""


@dataclass(frozen=True, slots=True)
class FleetBuilt:
    """What came of it."""

    branches: tuple[BranchTold, ...]
    sites: tuple[Installed, ...]
    """Those of branches that the portal shows, in the order of fleet.yml."""
    leftovers: tuple[str, ...]
    report: Path
    portal: Path
    pages: int
    """Of the portal."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A branch whose folder was read."""

    branch: Branch
    task: Task


def build_fleet(
    fleet: Fleet,
    day: datetime.date,
    executor: Executor,
    progress: Progress = silent,
    store: str = "",
) -> FleetBuilt:
    """Build every branch that has changed, and the portal over all of them.

    A branch that cannot be built keeps its last site, and the report says what to mend. `store` is
    the address of another store than the fleet's own. Raises StoreRefused, NoCluster, Busy, and
    what `renewal` raises of the portal.
    """
    from boards.fleet.portal import build_portal  # noqa: PLC0415 - heavy

    fleet.kept.mkdir(parents=True, exist_ok=True)
    with alone(fleet.kept / fleet.root.name):
        place = Place(
            store or str(fleet.kept / "store"),
            str(fleet.kept / "work"),
            uuid.uuid4().hex,
        )
        told = _built(fleet, day, executor, place, progress)
        sites = [
            (branch, site)
            for branch in fleet.said.branches
            if (site := standing(fleet.site(branch), fleet.said.circle))
        ]
        pages = build_portal(fleet, sites, day)
        there = {branch.id: site for branch, site in sites}
        rows = [_with_what_stands(told[b.id], there.get(b.id)) for b in fleet.said.branches]
        leftovers = _leftovers(fleet)
        report = write_report(fleet, rows, leftovers, day)
        return FleetBuilt(
            tuple(rows), tuple(site for _, site in sites), leftovers, report, fleet.portal, pages
        )


def _built(
    fleet: Fleet, day: datetime.date, executor: Executor, place: Place, progress: Progress
) -> dict[str, BranchTold]:
    """How it went with each branch, by id."""
    store, told = Store(place.store), {}
    wanted: list[_Wanted] = []
    for branch in fleet.said.branches:
        if branch.release:
            told[branch.id] = _adopted(fleet, branch)
        elif isinstance(found := _looked_at(fleet, branch, store, day), _Wanted):
            wanted.append(found)
        else:
            told[branch.id] = found
    tasks = {one.task.key: one.task for one in wanted}  # equal content is built once
    for done, (key, outcome) in enumerate(_outcomes(tasks, store, executor, place), 1):
        for one in (one for one in wanted if one.task.key == key):
            told[one.branch.id] = _put(fleet, one, outcome, store)
        progress(done, len(tasks))
    store.forget(place.run)
    _tidy(fleet, store, [one.task for one in wanted])
    return told


def _outcomes(
    tasks: Mapping[str, Task], store: Store, executor: Executor, place: Place
) -> Iterator[tuple[str, Outcome]]:
    """What came of tasks, by key: those that somebody has done before are not done again."""
    known = {key: outcome for key in tasks if (outcome := store.outcome(key))}
    yield from ((key, replace(outcome, seconds=0.0)) for key, outcome in known.items())
    if rest := [task for key, task in tasks.items() if key not in known]:
        yield from ((task.key, outcome) for task, outcome in executor(rest, place))


def _looked_at(
    fleet: Fleet, branch: Branch, store: Store, day: datetime.date
) -> _Wanted | BranchTold:
    """What is to be built of a branch, or what is told of one that need not or cannot be."""
    folder = fleet.place(branch)
    try:
        if not (folder / "data").is_dir():
            said = f"找不到 {folder} 里的 data 文件夹；检查 fleet.yml 里的路径，共享文件夹先连上"
            return BranchTold(branch.id, "", branch.place, said)
        files = of_inputs(folder)
        inputs = digest_of(files)
        task = Task(branch.id, inputs, day, str(fleet.said.circle), of_program())
        if _is_unchanged(fleet, branch, task):
            return BranchTold(branch.id, "", branch.place)
        if not store.has(f"inputs/{inputs}.zip"):
            archive = fleet.kept / f"{branch.id}.zip"
            pack(files, archive)
            if digest_in(archive) != inputs:
                archive.unlink()
                return BranchTold(branch.id, "", branch.place, "台账正在改；改完再生成一次")
            store.put(archive, f"inputs/{inputs}.zip")
        return _Wanted(branch, task)
    except OSError as error:
        where = Path(error.filename).name if error.filename else folder
        said = f"{where} 读不了（{why(error)}）；关掉正打开它的程序，或检查权限"
        return BranchTold(branch.id, "", branch.place, said)


def _note_of(fleet: Fleet, branch: Branch) -> Path:
    """Where it is noted what a branch's site was made of."""
    return fleet.kept / "made" / f"{branch.id}.json"


def _is_unchanged(fleet: Fleet, branch: Branch, task: Task) -> bool:
    """Whether the site that stands is what the task would make again."""
    try:
        noted = json.loads(_note_of(fleet, branch).read_text(encoding="utf-8"))
        site = standing(fleet.site(branch), fleet.said.circle)
        return bool(
            site
            and noted["inputs"] == task.inputs
            and noted["program"] == task.program
            and noted["circle"] == task.circle
            and noted["fingerprint"] == site.fingerprint
            and noted["from"] <= task.day.isoformat() < noted["until"]
            and is_whole(site)
        )
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _put(fleet: Fleet, one: _Wanted, outcome: Outcome, store: Store) -> BranchTold:
    """Put in place what was built of a branch."""
    told = BranchTold(
        one.branch.id, "", one.branch.place, notices=outcome.notices, seconds=outcome.seconds
    )
    if outcome.failure:
        return replace(told, failure=outcome.failure)
    target = fleet.site(one.branch)
    try:
        there = standing(target, fleet.said.circle)
        if not (there and there.fingerprint == outcome.fingerprint and is_whole(there)):
            install(store, outcome.archive, target)
    except (NotAdopted, RefusedTarget, Busy, DiskFull, OSError) as error:
        return replace(told, failure=_said(error))
    noted = {
        "inputs": one.task.inputs,
        "program": one.task.program,
        "circle": one.task.circle,
        "from": one.task.day.isoformat(),
        "until": outcome.until,
        "fingerprint": outcome.fingerprint,
        "key": outcome.key,
        "archive": outcome.archive,
    }
    with suppress(OSError):  # it is built again, that is all
        content = json.dumps(noted, ensure_ascii=False).encode("utf-8")
        write_whole(_note_of(fleet, one.branch), content)
    return replace(told, renewed=True)


def _adopted(fleet: Fleet, branch: Branch) -> BranchTold:
    """Take a branch's finished site, if it is another than the one that stands."""
    try:
        renewed = adopt(fleet.place(branch), fleet.site(branch), fleet.said.circle)
        return BranchTold(branch.id, "", branch.place, renewed=renewed)
    except (NotAdopted, RefusedTarget, Busy, DiskFull, OSError) as error:
        return BranchTold(branch.id, "", branch.place, _said(error))


def _said(error: Exception) -> str:
    if isinstance(error, OSError):
        return f"{error.filename} 读写不了（{why(error)}）；检查路径、权限和剩余空间"
    return str(error)


def _with_what_stands(told: BranchTold, site: Installed | None) -> BranchTold:
    if site is None:
        return told
    name, latest = f"{site.told.unit.mine}{site.told.unit.name}", site.told.latest
    return replace(told, name=name, latest=latest, standing=str(site.manifest.date))


def _leftovers(fleet: Fleet) -> tuple[str, ...]:
    """Sites of branches that fleet.yml no longer has: readers can still open them."""
    ids = {branch.id for branch in fleet.said.branches}
    folder = fleet.published / "branches"
    there = folder.iterdir() if folder.is_dir() else ()
    names = sorted(one.name for one in there if one.is_dir() and not one.name.startswith("."))
    return tuple(f"{folder.parent.name}/branches/{name}" for name in names if name not in ids)


def _tidy(fleet: Fleet, store: Store, tasks: Sequence[Task]) -> None:
    """Drop what no branch's site is made of any more, and workspaces of branches that are gone."""
    if store.address != str(fleet.kept / "store"):
        return  # others may use it
    notes = []
    for branch in fleet.said.branches:
        with suppress(OSError, ValueError):
            notes.append(json.loads(_note_of(fleet, branch).read_text(encoding="utf-8")))
    store.keep_only(
        {str(note.get("archive")) for note in notes},
        {*(str(note.get("inputs")) for note in notes), *(task.inputs for task in tasks)},
        {*(str(note.get("key")) for note in notes), *(task.key for task in tasks)},
    )
    ids = {branch.id for branch in fleet.said.branches}
    work = fleet.kept / "work"
    for folder in work.iterdir() if work.is_dir() else ():
        if folder.name not in ids:
            shutil.rmtree(folder, ignore_errors=True)
