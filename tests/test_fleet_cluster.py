"""The same tasks on a cluster: a real scheduler, two workers, and what happens when one is lost."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from boards.fleet import cluster
from boards.fleet.build import build_fleet
from boards.fleet.fleet import read_fleet
from boards.fleet.store import Outcome, Store
from boards.fleet.tasks import Place, Task
from boards.releases.manifest import read_manifest
from fleets import HEAD, branch_files, built, list_branches, warm, write_fleet
from helpers import TODAY, noon

pytest.importorskip("distributed", reason="没有安装 distributed，跳过集群的测试")
pytestmark = pytest.mark.slow

KEYS = ("yi-qu", "er-qu")
SPARED = ("quarters/2019-Q1", "cases/fault-crossing", "outcomes", "coverage", "honours",
          "months/2019-01", "messages", "prints")  # fmt: skip
"""Records that these branches do without, and posters that they need not have set."""
PATIENCE = 60.0


class Cluster:
    """A scheduler and its workers, each a process on this machine, none with a dashboard."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = folder / "scheduler.json"
        self._environment = {
            **os.environ,
            "SOURCE_DATE_EPOCH": noon(TODAY),
            "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "5",
            "DASK_DISTRIBUTED__DIAGNOSTICS__NVML": "False",
        }
        self.scheduler = self._start(
            "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0",
            "--no-dashboard", "--scheduler-file", str(self._file),
        )  # fmt: skip
        _until(self._file.is_file)
        self.workers = [self.worker(number) for number in range(2)]

    def worker(self, number: int) -> subprocess.Popen[bytes]:
        """A worker of one thread; one process, so that killing it kills what it does."""
        return self._start(
            "distributed.cli.dask_worker", "--scheduler-file", str(self._file), "--no-nanny",
            "--nthreads", "1", "--no-dashboard", "--local-directory",
            str(self._folder / f"worker-{number}"), "--death-timeout", "60",
        )  # fmt: skip

    @property
    def address(self) -> str:
        import json  # noqa: PLC0415

        return str(json.loads(self._file.read_text(encoding="utf-8"))["address"])

    def _start(self, module: str, *arguments: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", module, *arguments]
        with (self._folder / f"{module.rpartition('.')[2]}.log").open("ab") as log:
            return subprocess.Popen(command, env=self._environment, stdout=log, stderr=log)

    def stop(self) -> None:
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()


def _until(done) -> None:  # type: ignore[no-untyped-def]
    waited = threading.Event()
    for _ in range(int(PATIENCE / 0.02)):
        if done():
            return
        waited.wait(0.02)
    raise AssertionError("it never came to that")


@pytest.fixture
def machines(tmp_path: Path) -> Iterator[Cluster]:
    started = Cluster(tmp_path)
    yield started
    started.stop()


def fleet_of(root: Path) -> Path:
    """Two branches that differ in a word, one for each worker."""
    root.mkdir()
    branches = {}
    for key in KEYS:
        files = branch_files(key, {"data/zones.yml": [("修旧利废", f"节约{key[0]}")]})
        branches[key] = {name: text for name, text in files.items() if name[5:-4] not in SPARED}
    return write_fleet(root, branches)


def manifests(root: Path) -> dict[str, object]:
    return {key: read_manifest(root / "publish" / "branches" / key).files for key in KEYS}


@pytest.fixture(scope="module")
def by_itself(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """What one process makes of them."""
    root = tmp_path_factory.mktemp("alone") / "fleet"
    built(fleet_of(root))
    return manifests(root)


class Watched:
    """The cluster's executor; does something when both workers are at it, and counts beginnings."""

    def __init__(self, address: str, then=None, patience: float = PATIENCE) -> None:  # type: ignore[no-untyped-def]
        self._run = partial(cluster.outcomes, address=address, patience=patience, jobs=2)
        self._then = then
        self.begun: dict[str, int] = {}

    def __call__(self, tasks: list[Task], place: Place) -> Iterator[tuple[Task, Outcome]]:
        store = Store(place.store)
        if self._then:
            begun = lambda: sum(store.attempts(place.run, t.key) for t in tasks) == 2  # noqa: E731
            threading.Thread(target=lambda: (_until(begun), self._then()), daemon=True).start()
        for task, outcome in self._run(tasks, place):
            self.begun[task.branch] = store.attempts(place.run, task.key)
            yield task, outcome


def test_a_killed_worker_loses_nothing_and_nothing_is_done_twice(
    machines: Cluster, tmp_path: Path, by_itself: dict[str, object]
) -> None:
    root = tmp_path / "fleet"
    file = fleet_of(root)
    watched = Watched(machines.address, machines.workers[0].kill)
    told = build_fleet(read_fleet(file), TODAY, watched, store=str(tmp_path / "store"))
    assert [row.failure for row in told.branches] == [""] * len(KEYS)
    assert machines.workers[0].wait() != 0
    assert manifests(root) == by_itself, "the same sites, whoever makes them"
    assert sum(watched.begun.values()) == len(KEYS) + 1, "only what the dead one had begun"


def test_a_branch_goes_to_the_worker_that_has_its_posters(
    machines: Cluster, tmp_path: Path
) -> None:
    root = tmp_path / "fleet"
    file = fleet_of(root)
    run = Watched(machines.address)
    build_fleet(read_fleet(file), TODAY, run)
    for number in range(4):  # by chance it would go to the other one sooner or later
        branch = root / "branches" / KEYS[0] / "data" / "branch.yml"
        branch.write_text(f"{branch.read_text('utf-8')}# {number}\n", encoding="utf-8")
        told = build_fleet(read_fleet(file), TODAY, run)
        assert [row.failure for row in told.branches] == [""] * len(KEYS)
    kept = [place for place in tmp_path.glob("worker-*/**/.boards") if place.parent.name in KEYS]
    assert len(kept) == len(KEYS), "each in one place"


def test_a_lost_scheduler_leaves_the_rest_to_this_machine(
    machines: Cluster, tmp_path: Path, by_itself: dict[str, object]
) -> None:
    root = tmp_path / "fleet"
    file = fleet_of(root)
    warm(root, KEYS)
    watched = Watched(machines.address, machines.scheduler.kill, patience=1)
    told = build_fleet(read_fleet(file), TODAY, watched)
    assert [row.failure for row in told.branches] == [""] * len(KEYS)
    assert manifests(root) == by_itself


def test_no_cluster_is_said(tmp_path: Path) -> None:
    file = list_branches(tmp_path, ["  - id: a\n    folder: a\n"], HEAD)
    (tmp_path / "a" / "data").mkdir(parents=True)
    (tmp_path / "a" / "data" / "branch.yml").write_text("", encoding="utf-8")
    with pytest.raises(cluster.NoCluster, match="连不上"):
        build_fleet(
            read_fleet(file), TODAY,
            partial(cluster.outcomes, address="tcp://127.0.0.1:9", patience=1),
        )  # fmt: skip
