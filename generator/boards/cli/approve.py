"""The command that records approval: approve."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from boards.amend import AmendFault
from boards.amend.approval import (
    CannotApprove,
    Steps,
    amended_files,
    awaiting,
    chosen,
    leaning_on,
    missing_steps,
    taken,
    unproposed,
    wants_names,
)
from boards.board.called import Names, names_of
from boards.board.folder import KEPT
from boards.cli.common import clean_board, failures_said, folder_option, refuse
from boards.clock import build_date

if TYPE_CHECKING:
    from boards.board.board import Board
    from boards.records import Record

_KEPT = "什么也没有登记。"
_WHICH = "审批哪几条？写序号（如 1 3-5）、名称或类别，全部就写 全部；都不审批直接回车"


@click.command(options_metavar="[选项]", short_help="登记审核和审批，印审批单")
@click.argument("names", metavar="[编号、名称或类别]...", nargs=-1)
@click.option("--proposed-by", metavar="姓名", help="提出人；记录里已经写了的不改。")
@click.option("--checked-by", metavar="姓名", help="审核人：核过保密、必要、准确；不能是审批人。")
@click.option("--approved-by", metavar="姓名", help="审批人。")
@click.option(
    "--date",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="年-月-日",
    help="哪一天审批的，默认今天。例：--date 2019-08-19",
)
@click.option("--all", "everything", is_flag=True, help="等待审批的全部一起，印在一份审批单上。")
@click.option("--list", "only_list", is_flag=True, help="只列出哪些等待审批，缺哪一步。")
@click.option("--sheet-only", is_flag=True, help="只印审批单带到会上签字，不登记。")
@click.option("--together", is_flag=True, help="引用到的、也在待审的记录一起审批。")
@click.option("--again", is_flag=True, help="审批过的重新审批一次。")
@click.option("-n", "--dry-run", is_flag=True, help="只说会改哪些文件，不写入。")
@folder_option
def approve(names: tuple[str, ...], folder: Path, **options: Any) -> None:
    """登记谁提出、谁审核、谁审批，并印一份 A4 审批单签字存档。

    \b
    列出哪些等待审批、缺哪一步，再从里面挑：
      boards approve
    印出来带到会上（写姓名、标题或编号；写“荣誉”是这一类待审的全部）：
      boards approve 张三 荣誉 --sheet-only
    批准以后登记：
      boards approve 张三 荣誉 --checked-by 李宣传 --approved-by 王书记
    """
    from boards.papers.approval import draft  # noqa: PLC0415 - heavy

    today = build_date()
    board = clean_board(folder, today)
    again = options["again"] or options["sheet_only"]
    waiting = awaiting(board)
    if options["everything"] and waiting:
        names += tuple(names_of(board, waiting))
    if names and not options["only_list"]:
        try:
            records = chosen(board, names, again=again)
        except CannotApprove as error:
            refuse(f"{error}\n{_KEPT}")
    else:
        _say_awaiting(board, waiting)
        records = [] if options["only_list"] or not waiting else _picked(board, waiting, again)
    if not records:
        return
    records += _together(board, records, options["together"])
    steps_by = ("proposed_by", "checked_by", "approved_by")
    proposed, checked, approved = ((options[name] or "").strip() for name in steps_by)
    steps = Steps(proposed, checked, approved, options["day"].date() if options["day"] else None)
    with failures_said(_KEPT):
        if options["sheet_only"]:
            sheets = draft(board, folder, records, steps, today)
            click.echo(f"生成了 {_all(sheets)}，打印出来带到会上签字。")
            click.echo("批准以后，去掉 --sheet-only 再运行一次来登记。")
            return
        try:
            _record(
                board,
                folder,
                records,
                _asked(board, records, steps, today),
                today,
                options["dry_run"],
            )
        except (AmendFault, CannotApprove) as error:
            refuse(f"{error}\n{_KEPT}")


def _say_awaiting(board: Board, waiting: list[Record]) -> None:
    for number, (name, record) in enumerate(zip(names_of(board, waiting), waiting, strict=True), 1):
        place = board.origins[(record.table, record.id)].place(())
        click.echo(
            f"{number}  {name}    {record.kind}“{record.title_text}”"
            f"（{place.path}:{place.line}）缺：{'、'.join(missing_steps(board, record))}"
        )
    samples = sum(record.sample for record in board.records())
    without = f"另有示例 {samples} 条，不能审批。" if samples else ""
    click.echo(f"共 {len(waiting)} 条等待审批。{without}")


def _picked(board: Board, waiting: list[Record], again: bool) -> list[Record]:
    """The records that somebody picks from the list; none where nobody is there to."""
    while True:
        try:
            said = click.prompt(_WHICH, default="", show_default=False).strip()
        except click.Abort:
            said = ""
        if not said:
            return []
        try:
            return chosen(board, Names(board, waiting).picked(said), again=again)
        except CannotApprove as error:
            click.echo(error)


def _together(board: Board, records: list[Record], together: bool) -> list[Record]:
    """What the records refer to and awaits approval as well, if it is to go with them."""
    more = leaning_on(board, records)
    if not more:
        return []
    names = [
        f"{name}（{row.kind}“{row.title_text}”）"
        for name, row in zip(names_of(board, more), more, strict=True)
    ]
    click.echo(f"这些记录引用了还在待审的 {len(more)} 条：{'、'.join(names)}")
    if together or _yes("一起审批吗？不一起，发布版会略去引用它们的地方"):
        click.echo("一起审批。")
        return more
    click.echo("没有一起审批；要一起，加 --together。")
    return []


def _yes(question: str) -> bool:
    """Whether somebody agrees; nobody does where nobody is there."""
    try:
        return click.confirm(question, default=True)
    except click.Abort:
        click.echo()
        return False


def _asked(board: Board, records: list[Record], steps: Steps, today: datetime.date) -> Steps:
    """The same with every name that is still missing asked for."""
    wanting = [row for row in records if wants_names(board, row)]
    if not wanting:
        return steps
    proposed = steps.proposed_by
    if not proposed and (missing := unproposed(wanting)):
        titles = "、".join(f"“{row.title_text}”" for row in missing)
        click.echo(f"还没有写提出人：{titles}")
        proposed = _name("提出人")
    return Steps(
        proposed,
        steps.checked_by or _name("审核人（核过保密、必要、准确）"),
        steps.approved_by or _name("审批人"),
        steps.approved_on or today,
    )


def _name(label: str) -> str:
    """A name that is typed; spaces are none."""
    name = ""
    while not name:
        name = click.prompt(label).strip()
    return name


def _record(
    board: Board, folder: Path, records: list[Record], steps: Steps, today: datetime.date, dry: bool
) -> None:
    from boards.papers.approval import record  # noqa: PLC0415 - heavy

    if dry:
        for file in amended_files(board, folder, records, steps, today):
            if file.name != KEPT:
                click.echo(f"会改 {file}")
        for row in records:
            click.echo(f"  {row.kind}“{row.title_text}”：{taken(board, row, steps)}")
        click.echo("只是看看，没有写入；去掉 --dry-run 再运行就登记。")
        return
    done = record(board, folder, records, steps, today)
    for row in records:
        click.echo(f"已登记 {row.kind}“{row.title_text}”：{taken(board, row, steps)}")
    for file in done.changed:
        click.echo(f"改了 {file}")
    click.echo(f"原来的文件在 {done.backup}")
    if done.sheets:
        click.echo(f"审批单 {_all(done.sheets)}，打印出来签字存档。")
    click.echo("接下来：boards publish 生成发布版。以后内容再改，要重新审批。")


def _all(sheets: tuple[Path, ...]) -> str:
    """One sheet, or the first and the last of several."""
    if len(sheets) == 1:
        return str(sheets[0])
    return f"{sheets[0]} 到 {sheets[-1].name}，共 {len(sheets)} 份，每份都要签字"
