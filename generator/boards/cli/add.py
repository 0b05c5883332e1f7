"""The command that registers a new record by questions, or changes one: add."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import click

from boards.amend import AmendFault
from boards.amend.adding.answers import Refused, lacking
from boards.amend.adding.drafts import (
    PERIODS,
    Draft,
    Tried,
    new_activity,
    new_record,
    period_id,
    read_id,
    save,
    try_out,
    wants,
)
from boards.amend.adding.proposed import (
    Proposals,
    known_answers,
    proposals,
    proposed_as_of,
    proposed_id,
)
from boards.amend.adding.questions import (
    ACTIVITIES,
    BY_NAME,
    KINDS,
    THERE,
    Question,
    kind_of,
    questions,
)
from boards.amend.adding.rivals import is_sample, rival, said_of, telling
from boards.board.board import MODELS
from boards.board.naming import names_of
from boards.cli.asking import Asking, ask, prompt, until
from boards.cli.common import clean_board, failures_said, folder_option, refuse
from boards.clock import build_date
from boards.records.understood import folded

if TYPE_CHECKING:
    from boards.amend import Value
    from boards.board.board import Board
    from boards.records import Keyed

_KEPT = "什么也没有写。"


@click.command(options_metavar="[选项]", short_help="按提问登记一条，或改一条：各种台账都行")
@click.argument("kind", metavar="[种类]", required=False, type=click.Choice(list(BY_NAME)))
@click.argument("name", metavar="[编号]", required=False)
@folder_option
def add(kind: str | None, name: str | None, folder: Path) -> None:
    """按提问登记一条，写进台账：不用懂文件格式，填错了马上告诉您。

    \b
    有哪些种类：输入 boards add 再回车。种类写中文也行，例如 boards add 人员
    例：
      boards add honour            登记一项荣誉
      boards add quarter 2019-Q3   联动会议以后，登记这个季度
      boards add member zhang-san  已经有的，改这一条
      boards add branch            改支部的名称、品牌、简介
    最后先给您看要写的内容，您同意才写；中途按 Ctrl+C，什么也不写。
    """
    if kind is None:
        kinds = "\n".join(f"  {word:9}{kind_of(table)}" for word, table in KINDS.items())
        refuse(f"登记什么？种类写在后面，例如 boards add honour\n{kinds}")
    table, today = BY_NAME[kind], build_date()
    board = clean_board(folder, today)
    try:
        with failures_said(_KEPT):
            if there := _existing(board, table, name):
                from boards.cli.changing import change  # noqa: PLC0415 - seldom

                change(board, folder, there, today)
                return
            if missing := lacking(board, questions(table), today):
                raise Refused(
                    f"“{missing}”还没有可选的真实记录（示例不算），"
                    f"先登记它，再来登记{kind_of(table)}。"
                )
            register(board, folder, table, name, today)
    except (AmendFault, Refused) as error:
        refuse(f"{error}\n{_KEPT}")
    except click.Abort:
        refuse(f"\n停下了，{_KEPT}")


def _existing(board: Board, table: str, name: str | None) -> Keyed | None:
    """The real record that is to be changed, if one is named or there is no other."""
    if table == ACTIVITIES:
        return None
    rows = board.table(table)
    if name is None and table in THERE:
        if len(rows) > 1:
            for key, row in rows.items():
                click.echo(f"  {key} {row.title_text}")
        name = prompt("改哪一个", "") if len(rows) > 1 else next(iter(rows))
    meant = folded(period_id(table, name or ""))
    named = [key for key, row in rows.items() if meant in map(folded, (key, *names_of(row)))]
    found = rows[named[0]] if len(named) == 1 else None
    if found is None and table in THERE:
        raise Refused(f"没有{kind_of(table)}“{name}”")
    return None if getattr(found, "sample", False) and table not in THERE else found


def register(
    board: Board,
    folder: Path,
    table: str,
    name: str | None,
    today: datetime.date,
    heard: Proposals = MappingProxyType({}),
) -> None:
    """Ask for a new record, show it, and write it if somebody agrees; raises Abort, Refused.

    What is `heard` is proposed before what the program works out.
    """
    click.echo(
        f"登记{kind_of(table)}。不想写的直接回车（必填的最后再补）；按 Ctrl+C 停下，什么也不写。\n"
    )
    has_id = table != ACTIVITIES and not MODELS[table].natural_key
    record_id = _read_id(board, table, name) if name and has_id else ""
    asked = questions(table)
    answers = {
        key: value
        for key, value in known_answers(board).items()
        if key in {question.name for question in asked}
    }
    if table in PERIODS:
        record_id = record_id or _ask_id(board, table, answers, today)
    proposed = {**_gathered(board, table, record_id, today), **heard}
    asking = Asking(board, proposed, today)
    seen = set(answers)
    for question in [row for row in asked if row.name not in answers]:
        answer(asking, question, answers)
        seen.add(question.name)
        if question.name in telling(table) and seen.issuperset(telling(table)):
            _stand_alone(asking, table, asked, answers)
    _make_up_for(asking, asked, answers)
    if has_id:
        record_id = record_id or _ask_id(board, table, answers, today)
    while True:
        drafted = (
            new_activity(board, answers)
            if table == ACTIVITIES
            else new_record(board, table, record_id, answers)
        )
        tried = try_out(board, folder, drafted, today)
        show(tried)
        there = [row for row in asked if wants(board, row.name, answers)]
        again = choose_again(tried, there, own_id=has_id and table not in PERIODS)
        if again is None:
            break
        if isinstance(again, Question):
            answer(asking, again, answers)
            _stand_alone(asking, table, asked, answers)
        else:
            record_id = _ask_id(board, table, answers, today)
    keep(board, folder, drafted, tried, today)


def keep(board: Board, folder: Path, draft: Draft, tried: Tried, today: datetime.date) -> None:
    """Write what was agreed to, and say what comes next."""
    backup = save(board, folder, draft, today)
    click.echo(f"写好了 {tried.place.path}:{tried.place.line}")
    if backup:
        click.echo(f"原来的文件在 {backup}")
    click.echo("接下来：boards check 再查一遍，boards build 看看页面。")
    if tried.name:
        click.echo(f"审批用 boards approve {tried.name}。")


def _stand_alone(
    asking: Asking, table: str, asked: Sequence[Question], answers: dict[str, Value]
) -> None:
    """Ask again for what tells records apart while a real one is there; say if it is a sample."""
    while (there := rival(asking.board, table, answers)) and not is_sample(there):
        click.echo(f"  {said_of(asking.board, there)}；要另登记一条，请重新回答：")
        for question in (row for row in asked if row.name in telling(table)):
            answer(asking, question, answers)
    if there:
        place = asking.board.origins[(there.table, there.id)].place(())
        where = f"{place.path} 第 {place.line} 行"
        click.echo(f"  “{there.title_text}”现在是一条示例（{where}），写好以后用真的换掉它。")


def _make_up_for(asking: Asking, asked: Sequence[Question], answers: dict[str, Value]) -> None:
    """Ask again for what must be filled in and was left open; raises Abort to stop."""
    while missing := [row for row in asked if row.required and row.name not in answers]:
        click.echo(f"\n还缺必填的：{'、'.join(question.label for question in missing)}。")
        if prompt("现在补，请回车；不写了，输入 n", "").casefold() in ("n", "否"):
            raise click.Abort
        for question in missing:
            answer(asking, question, answers)


def _gathered(board: Board, table: str, record_id: str, today: datetime.date) -> Proposals:
    """What is proposed; of a quarter, what its months say, and a word about it."""
    proposed, gathered = proposals(board, table, record_id, today)
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
    return until(lambda: _read_id(board, table, prompt(label, proposed)))


def _read_id(board: Board, table: str, typed: str) -> str:
    """The id that was typed; raises Refused. What is kept otherwise is said."""
    record_id = read_id(board, table, typed)
    if table in PERIODS and record_id != typed.strip():
        click.echo(f"  记作 {record_id}")
    return record_id


def answer(asking: Asking, question: Question, answers: dict[str, Value]) -> None:
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


def show(tried: Tried) -> None:
    """What would be written, and what is wrong with it."""
    instead = "（换掉那里的示例，示例留在 backups）" if tried.replaces else ""
    click.echo(f"\n要写进 {tried.place.path} 的内容{instead}：\n")
    for line in tried.lines:
        click.echo(f"    {line}".rstrip())
    click.echo()
    say_what_is_wrong(tried)


def say_what_is_wrong(tried: Tried) -> None:
    """Errors anywhere, and notices of what is new."""
    for problem in (*tried.errors, *tried.notices):
        click.echo(problem.as_text())


def choose_again(tried: Tried, asked: Sequence[Question], *, own_id: bool) -> Question | str | None:
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
