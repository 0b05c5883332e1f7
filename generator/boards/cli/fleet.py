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
from boards.cli.new import answers_to

if TYPE_CHECKING:
    from boards.fleet.build import Executor, FleetBuilt
    from boards.fleet.fleet import Fleet

_KEPT = "原来的门户和各支部的网站没有动。"
fleet_argument = click.argument(
    "file",
    metavar="[fleet.yml]",
    default="fleet.yml",
    type=click.Path(dir_okay=False, path_type=Path),
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


@fleet.command(options_metavar="[选项]", short_help="各支部的情况：要改、过时、旧格式、不统一")
@fleet_argument
@date_option
def status(file: Path, day: datetime.datetime | None) -> None:
    """各支部的情况：哪些有错误、过时了、还是旧格式、和集团模板差得远。只看，不改，也不生成。

    \b
    例：
      boards fleet status
    """
    from boards.fleet.status import status_of  # noqa: PLC0415 - heavy

    with _refusals_said():
        rows = status_of(_read(file), today(day))
        for row in rows:
            for line in row.lines:
                click.echo(f"{row.branch.id}：{line}")
        good = sum(not row.lines for row in rows)
        click.echo(f"{len(rows)} 个支部，{good} 个没有要办的。")


@fleet.command(options_metavar="[选项]", short_help="照集团模板新建一个支部，列进 fleet.yml")
@fleet_argument
@click.option("--name", metavar="名称", help="支部名称，例如 综采一区党支部。")
@click.option("--unit", metavar="名称", help="支部所在的区队，例如 综采一区。")
@click.option("--mine", metavar="名称", help="矿。")
@click.option("--brand", metavar="名称", help="党建品牌，例如 党员先锋岗。")
@click.option("--id", metavar="编号", help="支部的编号，用拼音，例如 zong-cai-yi-qu。")
@date_option
def new(file: Path, day: datetime.datetime | None, **given: str | None) -> None:
    """照集团模板新建一个支部，放在 fleet.yml 旁边，并列进去；导航、样式和叫法和模板一样。

    \b
    例：
      boards fleet new
    """
    from boards.amend.starter import AnswerRefused, FolderRefused  # noqa: PLC0415 - heavy
    from boards.fleet.members import add_branch  # noqa: PLC0415

    try:
        with _refusals_said():
            found = _read(file)
            answers = answers_to({**given, "group": found.said.group})
            made = add_branch(found, answers, today(day))
    except (AnswerRefused, FolderRefused) as error:
        refuse(f"没有建：{error}。")
    click.echo(f"建好了 {made}，已经列进 {file.name}。")
    click.echo("里面都是示例，换成真实内容、审批以后才会进门户。")


@fleet.command(options_metavar="[选项]", short_help="程序换了新版，把各支部的台账升到新格式")
@click.option("--dry-run", is_flag=True, help="只列出会改什么，不动文件。")
@fleet_argument
@date_option
def upgrade(file: Path, day: datetime.datetime | None, dry_run: bool) -> None:
    """程序换了新版以后，把各支部的台账升到新格式，各自先备份；升不了的说明原因，不影响别的支部。

    \b
    例：
      boards fleet upgrade --dry-run    先看看会改什么
      boards fleet upgrade              升级
    """
    from boards.fleet.members import upgrade_all  # noqa: PLC0415 - heavy

    failed = 0
    with _refusals_said():
        for row in upgrade_all(_read(file), today(day), dry=dry_run):
            failed += bool(row.failure)
            kept = f"，原来的文件备份在 {row.backup}" if row.backup else ""
            count = f"{'要改' if dry_run else '改了'} {len(row.changes)} 处{kept}"
            state = count if row.changes else "已经是最新的格式"
            click.echo(f"{row.branch.id}：{f'没有升级：{row.failure}' if row.failure else state}")
            for line in row.changes:
                click.echo(f"    {line}")
    if failed:
        refuse(f"{failed} 个支部没有升级；改好以后再运行一次。")


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
