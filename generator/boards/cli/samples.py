"""Commands for the samples that a new site comes with: samples, samples remove."""

from __future__ import annotations

import datetime
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from boards.board.load import load
from boards.cli.common import date_option, failures_said, folder_option, refuse, say_problems, today

if TYPE_CHECKING:
    from collections.abc import Sequence

    from boards.board.board import Board
    from boards.records import Keyed

_KEPT = "什么也没有删。"


@click.group(
    invoke_without_command=True,
    options_metavar="[选项]",
    subcommand_metavar="[命令]",
    short_help="列出示例；写好自己的以后一次删完",
)
@folder_option
@click.pass_context
def samples(context: click.Context, folder: Path) -> None:
    """列出全部示例：哪些还在，在哪个文件。

    \b
    例：
      boards samples           只看看
      boards samples remove    一次删完：先列出来，问过再删
    """
    if context.invoked_subcommand is None:
        from boards.amend.samples import samples as samples_of  # noqa: PLC0415 - heavy

        board, _ = load(folder / "data", folder / "content")
        there = samples_of(board)
        _list(board, there)
        more = "；一次删完：boards samples remove" if there else ""
        click.echo(f"共 {len(there)} 条示例{more}。")


@samples.command(options_metavar="[选项]")
@click.option("--yes", is_flag=True, help="不再询问，直接删。")
@folder_option
@date_option
def remove(folder: Path, yes: bool, day: datetime.datetime | None) -> None:
    """把示例一次删完，连同文章文件、照片和别处对它们的引用；先列出来，问过再删，删之前备份。

    例：boards samples remove
    """
    from boards.amend import AmendFault, write  # noqa: PLC0415 - heavy
    from boards.amend.samples import removal  # noqa: PLC0415

    try:
        with failures_said(_KEPT):
            board, _ = load(folder / "data", folder / "content")
            planned = removal(board, folder, today(day))
            _list(board, planned.gone)
            for path in planned.pictures:
                click.echo(f"照片 data/{path}（只有示例用到）")
            for row, label in planned.freed:
                click.echo(f"{row.kind}“{row.title_text}”的“{label}”提到示例，提到的去掉")
            for row in planned.needed:
                said = "网站缺不了，留着；改成自己的，再去掉 sample"
                click.echo(f"{row.kind}“{row.title_text}”{said}")
            if planned.problems:
                say_problems(list(planned.problems))
                refuse(f"删了示例就会有这些错误，先改好再删。{_KEPT}")
            if not planned.gone:
                click.echo("没有可删的示例。")
                return
            if not yes and not click.confirm(f"这 {len(planned.gone)} 条示例全部删掉吗？"):
                refuse(_KEPT)
            backup = write(planned.files, folder, f"{today(day)}-samples")
    except AmendFault as error:
        refuse(f"{error}\n{_KEPT}")
    click.echo(f"删掉了 {len(planned.gone)} 条示例，原来的文件备份在 {backup}。")


def _list(board: Board, rows: Sequence[Keyed]) -> None:
    """Rows by kind, each with where it stands."""
    for kind, same in groupby(rows, key=lambda row: row.kind):
        click.echo(kind)
        for row in same:
            place = board.origins[(row.table, row.id)].place(())
            click.echo(f"  {row.title_text}（{place.path}:{place.line}）")
