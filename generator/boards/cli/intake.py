"""Commands that bring in what a branch has already, each a proposal that is looked through."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from boards.board.board import MODELS
from boards.cli.brought import page, photos, records, results, write_up
from boards.cli.common import date_option, folder_option, today
from boards.cli.proposed import (
    answers,
    content_of,
    file_argument,
    finish,
    pairs,
    refusals_said,
    say_asks,
    say_proposal,
    source_option,
    yes_option,
)

if TYPE_CHECKING:
    from boards.intake.roster import TablePlan
    from boards.intake.wanted import Wanted


@click.group(
    "import",
    options_metavar="[选项]",
    subcommand_metavar="命令",
    short_help="把已有的名册、荣誉表、Word 材料、照片、网页带进来",
)
def import_() -> None:
    """把支部已有的材料带进来：先列出认出了什么、要改什么、哪些不带和为什么，问过再写。

    \b
    例：
      boards import roster 花名册.xlsx      人员名册
      boards import honours 荣誉.xls        荣誉
      boards import write-up 过断层.docx    案例、经验材料
      boards import photos 党员照片         照片，按文件名归人
      boards import page 报道.html          存下来的网页、公众号文章
      boards import results 三季度.txt      一条消息里的季度评定结果
      boards import records 全部台账        boards export 导出的，整个带回来
    """


def _options(command: Callable[..., None]) -> Callable[..., None]:
    """The options of all tables."""
    given = (
        file_argument,
        click.option(
            "--sheet", default="", metavar="表名", help="读哪张工作表，默认第一张认得出的。"
        ),
        click.option(
            "--column",
            "columns",
            multiple=True,
            metavar="列=项目",
            help="改认错的列，例如 --column F=职务；不要这一列：--column G=不要。",
        ),
        click.option(
            "--all",
            "every",
            multiple=True,
            metavar="项目=内容",
            help="表里没写的，每一行都一样，例如 --all 政治面貌=党员。",
        ),
        click.option(
            "--who",
            multiple=True,
            metavar="行=编号",
            help="重名的是哪一个：--who 5=wang-wei；新人写 new，不带写 skip。",
        ),
        click.option("--skip", multiple=True, metavar="行", help="哪几行不带，例如 --skip 7。"),
        source_option,
        yes_option,
        folder_option,
        date_option,
    )
    for option in reversed(given):
        command = option(command)
    return command


@import_.command("roster", options_metavar="[选项]", short_help="人员名册")
@_options
def roster(file: Path, **options: Any) -> None:
    """把人员名册带进来：WPS、Excel（.xlsx、.xls）、.ods、.csv 都行。

    出生年月、身份证、电话、住址、家庭、健康这些列不登记，一个字也不留。

    例：boards import roster 花名册.xlsx
    """
    _bring_table("members", file, options)


@import_.command("honours", options_metavar="[选项]", short_help="荣誉表")
@_options
def honours(file: Path, **options: Any) -> None:
    """把荣誉表带进来；一格里写几个人，就是几条。

    例：boards import honours 荣誉.xlsx
    """
    _bring_table("honours", file, options)


@import_.command("table", options_metavar="[选项]", short_help="别的表")
@click.option(
    "--as", "kind", default="", metavar="种类", help="是哪一类，例如 荣誉；不写就看表头。"
)
@_options
def table(file: Path, kind: str, **options: Any) -> None:
    """把别的表带进来：微消息、成效……不说是哪一类，就看表头。

    例：boards import table 微消息.csv --as 微消息
    """
    _bring_table(kind, file, options)


def _bring_table(kind: str, file: Path, options: dict[str, Any]) -> None:
    from boards.intake.remembered import remember  # noqa: PLC0415 - heavy
    from boards.intake.roster import plan_table  # noqa: PLC0415
    from boards.intake.wanted import Wanted  # noqa: PLC0415

    folder, day = options["folder"], today(options["day"])
    content = content_of(file)
    with refusals_said(file):
        wanted = Wanted(
            kind,
            options["sheet"],
            pairs(options["columns"], "--column"),
            pairs(options["every"], "--all"),
            {key.replace("-", " "): who for key, who in pairs(options["who"], "--who").items()},
            frozenset(options["skip"]),
            options["source"],
        )
        planned = plan_table(folder, content, file.name, day, wanted)
        _say_columns(planned)
        if not options["yes"]:
            planned, wanted = _asked(planned, wanted, (folder, content, file, day))
        say_proposal(planned.proposal)
        say_asks(planned.proposal, "--who")
        if planned.lacking:
            named = " ".join(f"--all {label}=……" for label in planned.lacking)
            click.echo(f"表里没有{'、'.join(planned.lacking)}：补上这一列，或加上 {named}")
        finish(planned.proposal, folder, day, yes=options["yes"])
        if planned.proposal.files:
            remember(folder, planned.layout, wanted.columns)


def _asked(
    planned: TablePlan, wanted: Wanted, given: tuple[Path, bytes, Path, datetime.date]
) -> tuple[TablePlan, Wanted]:
    """The plan once columns have been put right and namesakes told apart."""
    from boards.intake.roster import plan_table  # noqa: PLC0415 - heavy

    folder, content, file, day = given
    hint = "列认对了就回车；要改，例如 F=职务，几处用空格隔开"
    while typed := click.prompt(hint, default="", show_default=False).split():
        columns = {**wanted.columns, **pairs(tuple(typed), "--column")}
        wanted = replace(wanted, columns=columns)
        planned = plan_table(folder, content, file.name, day, wanted)
        _say_columns(planned)
    if planned.proposal.asks:
        wanted = replace(wanted, who={**wanted.who, **answers(planned.proposal)})
        planned = plan_table(folder, content, file.name, day, wanted)
    return planned, wanted


def _say_columns(planned: TablePlan) -> None:
    """Which column is which, and which are left out."""
    layout = planned.layout
    where = f"第 {layout.header} 行是表头" if layout.header else "没有表头，按内容认"
    click.echo(f"“{layout.grid.name}”：{MODELS[layout.table].kind}，{where}，{layout.count} 行")
    for column in layout.columns:
        if column.field:
            heading = column.heading or "（没有表头）"
            why = f"（{column.why}）" if column.why else ""
            click.echo(f"  {column.letter} {heading} → {column.label}{why}")
    for column in layout.columns:
        if not column.field:
            what = column.why if column.second else f"不带：{column.why}"
            click.echo(f"  {column.letter} {column.heading or '（没有表头）'} {what}")
    click.echo()


for command in (write_up, photos, page, results, records):
    import_.add_command(command)
