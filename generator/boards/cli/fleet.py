"""Commands for all branches of a group: fleet build, status, new, upgrade."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from boards.cli.common import date_option, failures_said, progress_bar, refuse, today

if TYPE_CHECKING:
    from boards.fleet.build import Executor, FleetBuilt
    from boards.fleet.fleet import Fleet

_KEPT = "原来的门户和各支部的网站没有动。"
fleet_argument = click.argument(
    "file",
    metavar="[fleet.yml]",
    default="fleet.yml",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)


@click.group(
    options_metavar="[选项]",
    subcommand_metavar="命令",
    short_help="集团用：一次生成所有支部的网站和门户",
)
def fleet() -> None:
    """集团用：所有支部各生成各的网站，上面加一个门户。支部都列在 fleet.yml 里。

    \b
    例：
      boards fleet build
    """


@fleet.command(options_metavar="[选项]", short_help="生成变了的支部和门户")
@fleet_argument
@click.option("--jobs", type=click.IntRange(1), metavar="个数", help="本机同时生成几个支部。")
@click.option("--cluster", metavar="地址", help="交给集群做，例如 tcp://10.1.2.3:8786。")
@click.option("--store", metavar="存放处", help="集群各机器都能读写的文件夹或网址。")
@date_option
def build(
    file: Path,
    jobs: int | None,
    cluster: str | None,
    store: str | None,
    day: datetime.datetime | None,
) -> None:
    """生成变了的支部，各是一个核对过的网站，再生成门户；没变的支部不重新生成。

    \b
    有错误的支部不影响别的：它的上一版留着，怎么改写在 reports/fleet.txt 里。
    例：
      boards fleet build                                  列在当前文件夹的 fleet.yml 里
      boards fleet build D:\\集团\\fleet.yml
      boards fleet build --cluster tcp://10.1.2.3:8786    交给几台电脑一起做
    """
    from boards.fleet.build import build_fleet  # noqa: PLC0415 - heavy

    with _refusals_said(), progress_bar("生成支部") as told:
        found = _read(file)
        built = build_fleet(found, today(day), _executor(jobs, cluster), told, store or "")
    for line in _said(built, found, today(day)):
        click.echo(line)


def _read(file: Path) -> Fleet:
    from boards.fleet.fleet import read_fleet  # noqa: PLC0415 - heavy

    return read_fleet(file)


def _executor(jobs: int | None, cluster: str | None) -> Executor:
    from boards.fleet import processes  # noqa: PLC0415 - heavy

    if cluster is None:
        return partial(processes.outcomes, jobs=jobs)
    from boards.fleet import cluster as dask  # noqa: PLC0415 - heavy

    return partial(dask.outcomes, address=cluster, jobs=jobs)


def _said(built: FleetBuilt, fleet: Fleet, day: datetime.date) -> Iterator[str]:
    failing = [row for row in built.branches if row.failure]
    stale = [row for row in built.branches if row.is_stale(fleet, day)]
    for row in failing:
        yield f"要改：{row.called}：{row.failure.splitlines()[0]}"
    yield (
        f"{len(built.branches)} 个支部：更新 {sum(row.renewed for row in built.branches)} 个，"
        f"要改 {len(failing)} 个，过时 {len(stale)} 个。"
    )
    yield f"各支部情况（只给集团内部看）：{built.report}"
    yield f"门户 {built.pages} 页，打开 {built.portal / 'index.html'}"


@contextmanager
def _refusals_said() -> Iterator[None]:
    """What the commands share say, and what only a fleet can meet."""
    from boards.fleet.cluster import NoCluster  # noqa: PLC0415 - heavy
    from boards.fleet.store import StoreRefused  # noqa: PLC0415

    try:
        with failures_said(_KEPT):
            yield
    except (NoCluster, StoreRefused) as error:
        refuse(f"没有生成：{error}")
