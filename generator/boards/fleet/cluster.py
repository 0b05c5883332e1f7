"""Tasks on a cluster: the same ones by Dask, which a lost worker or a lost scheduler does not stop.

What is done stands in the store, so that whoever comes back, or takes over, does none of it again.
Workers are best started with one thread each (`dask worker --nthreads 1`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from boards.cache import HOME
from boards.fleet import processes
from boards.fleet.processes import interrupted
from boards.fleet.store import Outcome, Store
from boards.fleet.tasks import Place, Task, run

PATIENCE = 60.0
"""Seconds for which a scheduler that is gone is waited for; then this machine does the rest."""
_LOST = ("cancelled", "lost")


class NoCluster(Exception):
    """The cluster cannot be used; the message says why and what to do."""


def outcomes(
    tasks: Sequence[Task],
    place: Place,
    address: str,
    *,
    patience: float = PATIENCE,
    jobs: int | None = None,
) -> Iterator[tuple[Task, Outcome]]:
    """Do all tasks on the cluster at `address`, telling of each when it is done.

    A worker that dies gives its task to another. If the scheduler is gone and does not come back
    in time, the rest is done on this machine. Raises NoCluster if there is none to begin with.
    """
    client_of = _library()
    waiting = {task.key: task for task in tasks}
    connected = False
    while waiting:
        try:
            with client_of(address, timeout=patience) as client:
                connected = True
                for key, outcome in _done_by(client, list(waiting.values()), place):
                    yield waiting.pop(key), outcome
        except (OSError, TimeoutError) as error:
            if not connected:
                raise NoCluster(f"连不上 {address}；先启动调度程序，核对地址和端口") from error
            yield from processes.outcomes(list(waiting.values()), place, jobs)
            return


def _library() -> Any:
    try:
        import dask  # noqa: PLC0415
        from distributed import Client  # noqa: PLC0415
    except ImportError:
        raise NoCluster(
            '没有装集群用的程序；用 pip install "branch-boards[cluster]" 装上'
        ) from None
    dask.config.set({"distributed.scheduler.dashboard.status.task-stream-length": 0})
    return Client


def _done_by(client: Any, tasks: Sequence[Task], place: Place) -> Iterator[tuple[str, Outcome]]:
    """What a cluster has done of some tasks, until all are told of or the scheduler is gone."""
    from distributed import as_completed  # noqa: PLC0415

    # Named by content: the scheduler gives one answer to whoever asks for the same. A branch goes
    # to a worker that has its posters and photos, if that is free.
    warm = _who_has(client)
    futures = {
        client.submit(
            _here, task, place, key=f"boards-{task.key}", retries=1,
            workers=warm.get(task.branch), allow_other_workers=task.branch in warm,
        ): task
        for task in tasks
    }  # fmt: skip
    for future in as_completed(list(futures)):  # type: ignore[no-untyped-call]
        task = futures[future]
        if future.status == "finished":
            yield task.key, future.result()
        elif future.status in _LOST:
            # What was done before the scheduler went stands in the store all the same.
            if known := Store(place.store).outcome(task.key):
                yield task.key, known
        else:
            yield task.key, _failed(task, future.exception())


def _who_has(client: Any) -> dict[str, list[str]]:
    """The workers that have built a branch before, by the branch's name."""
    found: dict[str, list[str]] = {}
    for worker, branches in client.run(_built_here, on_error="ignore").items():
        for branch in branches:
            found.setdefault(branch, []).append(worker)
    return found


def _built_here(dask_worker: Any) -> list[str]:
    """The branches that a worker has workspaces of."""
    folder = Path(dask_worker.local_directory)
    return [place.name for place in folder.iterdir() if (place / HOME).is_dir()]


def _failed(task: Task, error: BaseException) -> Outcome:
    from distributed.scheduler import KilledWorker  # noqa: PLC0415

    if isinstance(error, KilledWorker):
        said = "几台工作机都在生成它时中断了（可能内存不够）；在内存大些的电脑上再试"
        return Outcome(task.key, failure=said)
    return interrupted(task, error)


def _here(task: Task, place: Place) -> Outcome:
    """Do a task on a worker, in the worker's own folder.

    No other: a worker that lost its scheduler may be at it still when somebody else begins.
    """
    from distributed import get_worker  # noqa: PLC0415

    return run(task, replace(place, work=get_worker().local_directory))
