"""Tasks on this machine: as many processes as there are processors, each a branch at a time."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool

from boards.errors import why
from boards.fleet.archives import ArchiveFault
from boards.fleet.store import Outcome, Store, StoreRefused
from boards.fleet.tasks import Place, ProgramDiffers, Task, run
from boards.memory import settle
from boards.releases.lock import Busy
from boards.releases.renewal import DiskFull


def outcomes(
    tasks: Sequence[Task], place: Place, jobs: int | None = None
) -> Iterator[tuple[Task, Outcome]]:
    """Do all tasks, telling of each when it is done.

    A process that dies takes the others with it; what was begun then goes again one by one, so that
    the branch that kills its process is found, and the rest as before.
    """
    store = Store(place.store)
    waiting = list(tasks)
    while waiting:
        begun = [task for task in waiting if store.attempts(place.run, task.key)]
        batch = begun[:1] or waiting
        for task, outcome in _batch(batch, place, 1 if begun else jobs):
            waiting.remove(task)
            yield task, outcome


def _batch(tasks: Sequence[Task], place: Place, jobs: int | None) -> Iterator[tuple[Task, Outcome]]:
    """Do some tasks; those whose process died are not told of."""
    count = min(jobs or os.cpu_count() or 1, len(tasks))
    context = multiprocessing.get_context("spawn")  # the same on every system
    with ProcessPoolExecutor(count, mp_context=context, initializer=settle) as pool:
        futures = {pool.submit(run, task, place): task for task in tasks}
        for future in as_completed(futures):
            try:
                yield futures[future], future.result()
            except BrokenProcessPool:
                continue
            except Exception as error:
                yield futures[future], interrupted(futures[future], error)


def interrupted(task: Task, error: BaseException) -> Outcome:
    """What is told of a task that could not be done here and now; it is not kept."""
    if isinstance(error, OSError):
        said = f"{error.filename or '文件'} 读写不了（{why(error)}）；检查磁盘和权限，再生成一次"
    elif isinstance(error, MemoryError):
        said = "内存不够；关掉别的程序，或在内存大些的电脑上再生成一次"
    elif isinstance(error, ProgramDiffers | Busy | DiskFull | ArchiveFault | StoreRefused):
        said = str(error)
    else:
        said = f"程序出错（{type(error).__name__}: {error}）；把这一行发给维护程序的人"
    return Outcome(task.key, failure=said)
