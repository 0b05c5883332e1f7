"""The command that registers a new record by questions: add."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from boards.adding.answers import Refused, lacking
from boards.adding.drafts import (
    PERIODS,
    Proposals,
    Tried,
    kind_of,
    known_answers,
    proposals,
    proposed_as_of,
    proposed_id,
    read_id,
    save,
    try_out,
    wants,
)
from boards.adding.questions import BY_NAME, KINDS, Question, questions
from boards.amend import AmendFault
from boards.cli.asking import Asking, ask, prompt, until
from boards.cli.common import clean_board, failures_said, folder_option, refuse
from boards.editions import build_date

if TYPE_CHECKING:
    from boards.amend import Value
    from boards.board import Board

_KEPT = "什么也没有写。"


@click.command(options_metavar="[选项]", short_help="按提问登记党员、荣誉、案例、季度、月份")
@click.argument("kind", metavar="[种类]", required=False, type=click.Choice(list(BY_NAME)))
@click.argument("name", metavar="[编号]", required=False)
@folder_option
def add(kind: str | None, name: str | None, folder: Path) -> None:
    """按提问登记一条，写进台账：不用懂文件格式，填错了马上告诉您。

    \b
    种类：member 人员　honour 荣誉　case 案例　quarter 季度　month 月份（写中文也行）
    例：
      boards add honour            登记一项荣誉
      boards add quarter 2019-Q3   联动会议以后，登记这个季度
    最后先给您看要写的内容，您同意才写；中途按 Ctrl+C，什么也不写。
    """
    if kind is None:
        kinds = "　".join(f"{word} {kind_of(table)}" for word, table in KINDS.items())
        refuse(f"登记什么？种类写在后面，例如 boards add honour\n{kinds}")
    table, today = BY_NAME[kind], build_date()
    board = clean_board(folder, today)
    if missing := lacking(board, questions(table), today):
        refuse(f"“{missing}”还没有可选的真实记录（示例不算），先登记它，再来登记{kind_of(table)}。")
    try:
        with failures_said(_KEPT):
            _register(board, folder, table, name, today)
    except (AmendFault, Refused) as error:
        refuse(f"{error}\n{_KEPT}")
    except click.Abort:
        refuse(f"\n停下了，{_KEPT}")


def _register(
    board: Board, folder: Path, table: str, name: str | None, today: datetime.date
) -> None:
    click.echo(f"登记{kind_of(table)}。不想写的直接回车；按 Ctrl+C 停下，什么也不写。\n")
    record_id = read_id(board, table, name) if name else ""
    answers = known_answers(board)
    asked = questions(table)
    proposed: Proposals = {}
    if table in PERIODS:
        record_id = record_id or _ask_id(board, table, answers, today)
        proposed = _gathered(board, table, record_id)
    for question in [row for row in asked if row.name not in answers]:
        _answer(Asking(board, proposed, today), question, answers)
    record_id = record_id or _ask_id(board, table, answers, today)
    while True:
        tried = try_out(board, folder, table, record_id, answers, today)
        _show(tried)
        there = [row for row in asked if wants(board, row.name, answers)]
        again = _again(tried, there, own_id=table not in PERIODS)
        if again is None:
            break
        if isinstance(again, Question):
            _answer(Asking(board, proposed, today), again, answers)
        else:
            record_id = _ask_id(board, table, answers, today)
    backup = save(board, folder, table, record_id, answers, today)
    click.echo(f"写好了 {tried.place.path}:{tried.place.line}")
    if backup:
        click.echo(f"原来的文件在 {backup}")
    click.echo("接下来：boards check 再查一遍，boards build 看看页面，")
    click.echo(f"审批用 boards approve {tried.name}。")


def _gathered(board: Board, table: str, record_id: str) -> Proposals:
    """What the quarter's months propose, and a word about it."""
    proposed, gathered = proposals(board, table, record_id)
    if gathered:
        missing = [name for name, month in gathered.months.items() if month is None]
        if missing:
            click.echo(f"缺 {'、'.join(missing)} 的台账，下面的得分只按其余月份算。")
        click.echo("方括号里的得分和优质责任区是按三个月台账算的，照会议评定的填。")
        click.echo(f"怎么算的，看评议单：boards quarter {record_id}\n")
    return proposed


def _ask_id(board: Board, table: str, answers: Mapping[str, Value], today: datetime.date) -> str:
    proposed = proposed_id(board, table, answers, today)
    label = {"quarters": "哪个季度，例如 2019-Q3", "months": "哪个月，例如 2019-06"}.get(
        table, "编号（用在文件名和网址里，回车就用方括号里的）"
    )
    return until(lambda: read_id(board, table, prompt(label, proposed)))


def _answer(asking: Asking, question: Question, answers: dict[str, Value]) -> None:
    """Ask for one field of a record, and keep the answer."""
    answers.pop(question.name, None)
    if not wants(asking.board, question.name, answers):
        return
    if question.name == "as_of":
        day = proposed_as_of(asking.board, answers, asking.today)
        asking = Asking(asking.board, {("as_of",): day}, asking.today)
    value = ask(asking, question, answers, (question.name,))
    if value is not None:
        answers[question.name] = value


def _show(tried: Tried) -> None:
    instead = "（换掉那里的示例，示例留在 backups）" if tried.replaces else ""
    click.echo(f"\n要写进 {tried.place.path} 的内容{instead}：\n")
    for line in tried.lines:
        click.echo(f"    {line}".rstrip())
    click.echo()
    for problem in (*tried.errors, *tried.notices):
        click.echo(problem.as_text())


def _again(tried: Tried, asked: Sequence[Question], *, own_id: bool) -> Question | str | None:
    """A question to ask again, "id" for the id, None to write; raises Abort to stop."""
    names = [question.label for question in asked] + (["编号"] if own_id else [])
    listed = "　".join(f"{number} {name}" for number, name in enumerate(names, 1))
    click.echo(f"可以重填：{listed}")
    ready = "写入请输入 y；" if not tried.errors else "有错误，还不能写；"
    while True:
        typed = prompt(f"{ready}重填请输入序号；不写输入 n", "").casefold()
        if typed in ("n", "否"):
            raise click.Abort
        if typed in ("y", "是") and not tried.errors:
            return None
        if typed.isdecimal() and 1 <= int(typed) <= len(names):
            return asked[int(typed) - 1] if int(typed) <= len(asked) else "id"
        # Enter is no answer either: whoever has skipped questions by it would lose them all.
        click.echo("  输入上面说的一个。")
