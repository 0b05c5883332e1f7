"""Commands for those who keep the records in Excel: sheets out, sheets in."""

from __future__ import annotations

import datetime
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from boards.board.board import MODELS, Board
from boards.board.load import load
from boards.cli.common import date_option, failures_said, folder_option, refuse, today
from boards.errors import BoardError, errors_in, listing, why

if TYPE_CHECKING:
    from boards.sheets.changes import Change, Difference
    from boards.sheets.plan import Plan

_WORDS = {"add": "新增", "change": "改动", "remove": "删除"}


@click.group(
    options_metavar="[选项]",
    subcommand_metavar="命令",
    short_help="用 Excel 或 WPS 填台账：导出、读回",
)
def sheets() -> None:
    """用 Excel 或 WPS 填台账：导出一个工作簿，填好再读回来。

    \b
    例：
      boards sheets out 台账.xlsx    导出全部台账
      boards sheets in 台账.xlsx     读回来：先列出改动，问过再写
    """


file_argument = click.argument("file", metavar="文件.xlsx", type=click.Path(path_type=Path))


@sheets.command(options_metavar="[选项]")
@file_argument
@click.option("--replace", is_flag=True, help="同名文件已经有了，也换成新的。")
@folder_option
@date_option
def out(file: Path, replace: bool, folder: Path, day: datetime.datetime | None) -> None:
    """把全部台账导出成一个工作簿，带下拉、说明和填写提示。

    例：boards sheets out 台账.xlsx
    """
    from boards.output import write_whole  # noqa: PLC0415
    from boards.sheets.out import workbook  # noqa: PLC0415 - heavy
    from boards.sheets.renewal import forget  # noqa: PLC0415

    if file.suffix.casefold() != ".xlsx":
        refuse(f"文件名要以 .xlsx 结尾，例如 {file.stem}.xlsx。")
    if file.exists() and not replace:
        refuse(f"{file} 已经有了。里面填过的先用 boards sheets in 读回来；不要了就加 --replace。")
    with failures_said("没有导出。"):
        write_whole(file, workbook(_read(folder), today(day)))
        forget(folder, file)
    click.echo(f"导出到 {file}（内部使用，不要外传）。填好保存，再运行 boards sheets in {file}")


@sheets.command("in", options_metavar="[选项]")
@file_argument
@click.option("--yes", is_flag=True, help="不再询问，直接写入。")
@folder_option
@date_option
def in_(file: Path, yes: bool, folder: Path, day: datetime.datetime | None) -> None:
    """读回填好的工作簿：检查、列出改动、问过再写；写之前备份。

    例：boards sheets in 台账.xlsx
    """
    from boards.amend import AmendFault, write  # noqa: PLC0415 - heavy
    from boards.sheets.plan import plan  # noqa: PLC0415 - heavy

    kept = "什么也没有写入，台账没有动。"
    try:
        content = file.read_bytes()
    except OSError as error:
        refuse(f"{file} 打不开（{why(error)}）；在 Excel 或 WPS 里保存并关闭后再试。")
    try:
        with failures_said(kept):
            planned = plan(folder, content, file, today(day))
            _say_plan(planned)
            if not planned.made:
                _renew(folder, file, content, planned)
                return
            if not yes and not click.confirm("写入台账吗？"):
                refuse(kept)
            backup = write(planned.files, folder, f"{today(day)}-sheets-in")
    except AmendFault as error:
        refuse(f"{error}\n{kept}")
    kept = f"原来的文件备份在 {backup}。" if backup else ""
    click.echo(f"写好了。{kept}")
    _renew(folder, file, content, planned)
    click.echo(f"{file.name} 可以接着填，保存了再读。")


def _renew(folder: Path, file: Path, content: bytes, planned: Plan) -> None:
    """Note what workbook and records agree on now; whoever keeps it open needs it next time."""
    from boards.sheets.renewal import renew  # noqa: PLC0415 - heavy

    if planned.baseline and not renew(folder, file, content, planned.token, planned.baseline):
        click.echo("这次读到哪里没能记下（写不进网站文件夹）；接着填以前，重新导出一份。", err=True)


def _read(folder: Path) -> Board:
    board, problems = load(folder / "data", folder / "content")
    if errors := errors_in(problems):
        raise BoardError(errors)
    return board


def _say_plan(planned: Plan) -> None:
    """What is going to change, record by record, then how much."""
    for table, changes in groupby(planned.made, key=lambda change: change.table):
        click.echo(MODELS[table].kind)
        for change in changes:
            _say_change(change)
    if lapsed := [change.title for change in planned.made if change.lapses]:
        click.echo(f"这些审批过，现在改了内容，要重新审批：{'、'.join(lapsed)}")
    if typed := [change.title for change in planned.made if change.is_typed]:
        click.echo(f"这些填了审批，读回以后还要用 boards approve 登记才算：{'、'.join(typed)}")
    if planned.untouched:
        click.echo(f"文件里没有这些表，不动：{'、'.join(planned.untouched)}")
    if planned.made_ids:
        named = listing([f"{name[:20]} {key}" for name, key in planned.made_ids], 40)
        click.echo(f"没有写编号的，按拼音拟好了：{named}")
        click.echo("要换成别的，写进表里“编号”一列再读一次；写入以后不要再改。")
    if planned.kept:
        kept = listing(planned.kept, 20)
        click.echo(f"在台账里改过、表里还是旧的，保留台账里的：{kept}")
    if planned.notices:
        click.echo(f"{len(planned.notices)} 条提醒，写入后用 boards check 查看。")
    counts = {
        word: sum(c.action == action for c in planned.made) for action, word in _WORDS.items()
    }
    if planned.made:
        click.echo("共" + "、".join(f"{word} {count} 条" for word, count in counts.items()) + "。")
    else:
        click.echo("没有改动，台账没有动。")


def _say_change(change: Change) -> None:
    click.echo(f"  {_WORDS[change.action]} {change.title}（{change.id}）")
    for difference in change.differences:
        said = _understood if change.action == "add" else _said
        click.echo(f"       {said(difference)}")


def _understood(reading: Difference) -> str:
    typed = f"“{reading.old}”" if reading.old else ""
    return f"{reading.label}：{typed}记作 {reading.new}"


def _said(difference: Difference) -> str:
    from boards.sheets.changes import excerpt  # noqa: PLC0415 - heavy

    old, new = (
        excerpt(difference.old, difference.new),
        excerpt(difference.new, difference.old),
    )
    return f"{difference.label}：{old} → {new}"
