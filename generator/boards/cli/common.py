"""What the commands share: options, and how problems are said."""

from __future__ import annotations

import datetime
import errno
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from boards.clock import build_date
from boards.errors import BoardError, BuildFailed, Problem, errors_in, why
from boards.output import RefusedTarget
from boards.progress import Progress

if TYPE_CHECKING:
    from boards.board.board import Board
    from boards.editions.edition import Edition

_READER_GONE = (errno.EPIPE, errno.EINVAL)
"""What writing to a program that has ended gives: on Linux, and on Windows."""

folder_option = click.option(
    "--folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=".",
    metavar="文件夹",
    help="网站所在的文件夹，默认当前文件夹。",
)
date_option = click.option(
    "--date",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="年-月-日",
    help="按哪一天检查和生成，默认今天。例：--date 2019-08-19",
)
style_option = click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json"]),
    default="text",
    help="text 给人看，json 给程序读。",
)


def today(day: datetime.datetime | None) -> datetime.date:
    """The day that was asked for, or this one."""
    return day.date() if day else build_date()


def say_problems(problems: list[Problem]) -> None:
    """Every problem, then how many."""
    for problem in problems:
        click.echo(problem.as_text())
    errors = len(errors_in(problems))
    notices = len(problems) - errors
    if problems:
        click.echo(f"\n共 {errors} 个错误、{notices} 条提醒。")
    else:
        click.echo("没有发现问题。")


def clean_board(folder: Path, today: datetime.date) -> Board:
    """The board of a site without errors; ends with a message if there are some."""
    from boards.check import check_folders  # noqa: PLC0415 - heavy

    board, problems = check_folders(folder / "data", folder / "content", today)
    if errors := errors_in(problems):
        refuse(f"台账有 {len(errors)} 个错误，先用 boards check 查看并改正。")
    return board


def say_left_out(board: Board, edition: Edition) -> None:
    """What is made of the wording approved last, and what goes with somebody not shown, to stderr.

    In the words of `boards publish`, which says it of a whole site.
    """
    from boards.board.called import command  # noqa: PLC0415 - heavy
    from boards.editions.leaning import NEEDED  # noqa: PLC0415
    from boards.report import REWORDED, withheld  # noqa: PLC0415

    told = withheld(board, edition)
    waiting = {item.place: item for item in told if item.part == REWORDED}
    for item in waiting.values():
        where = f"{item.place.path}:{item.place.line}"
        click.echo(f"{item.kind}“{item.title}”改过，{item.reason}  {where}", err=True)
    if keys := board.records_at(waiting):
        rows = [row for row in board.records() if (row.table, row.id) in keys]
        click.echo(f"待审的核对以后审批：{command(board, rows)}", err=True)
    needing = [item for item in told if item.cause == NEEDED]
    for item in needing:
        part = f"的 {item.part}" if item.part else ""
        where = f"{item.place.path}:{item.place.line}"
        click.echo(f"略去 {item.kind}“{item.title}”{part}（{item.reason}）  {where}", err=True)
    for cure in dict.fromkeys(item.cure for item in needing):
        click.echo(f"    改法：{cure}", err=True)


def say_json(rows: list[dict[str, Any]]) -> None:
    """The same for programs; what the output's encoding lacks is escaped, not lost."""
    whole = (sys.stdout.encoding or "").casefold().startswith("utf")
    click.echo(json.dumps(rows, ensure_ascii=not whole, indent=2))


def refuse(message: str) -> NoReturn:
    """End with a message and exit code 1."""
    click.echo(message, err=True)
    sys.exit(1)


@contextmanager
def failures_said(kept: str) -> Iterator[None]:
    """End with a message, never a traceback, when something cannot be made.

    `kept` says what happened to what was there before.
    """
    from boards.packs.keys import KeyFault  # noqa: PLC0415
    from boards.posters.press import InkMissing  # noqa: PLC0415
    from boards.releases.lock import Busy  # noqa: PLC0415
    from boards.releases.manifest import ReleaseFault  # noqa: PLC0415
    from boards.releases.renewal import DiskFull  # noqa: PLC0415
    from boards.typst.engine import NotSet  # noqa: PLC0415
    from boards.typst.font_files import FontsUnusable  # noqa: PLC0415

    try:
        yield
    except BoardError as error:
        say_problems(error.problems)
        refuse(f"有错误，{kept}")
    except (RefusedTarget, BuildFailed, FontsUnusable, NotSet, InkMissing) as error:
        refuse(f"没有生成：{error}")
    except (Busy, DiskFull, ReleaseFault) as error:
        refuse(f"没有完成：{error}")
    except KeyFault as error:
        refuse(f"没有生成：{error.found}\n改法：{error.hint}")
    except MemoryError:
        refuse("没有生成：内存不够，画面太大；换小一些的尺寸，或只做 PDF（--profile office）。")
    except OSError as error:
        if error.filename is None and error.errno in _READER_GONE:
            click.echo("后面的话没有说完：接收输出的程序先结束了；已经写好的文件都算数。", err=True)
            raise BrokenPipeError(errno.EPIPE, error.strerror) from error  # click ends quietly
        if error.errno == errno.ENOSPC:
            refuse(f"没有完成：磁盘满了，写不下 {error.filename or '文件'}；{kept}腾出空间后再试。")
        click.echo(f"没有完成：{error.filename} 读写不了（{why(error)}）。", err=True)
        refuse(f"{kept}关掉正打开这个文件夹或文件的程序，或检查权限和剩余空间后再试。")


@contextmanager
def progress_bar(label: str) -> Iterator[Progress]:
    """A bar that grows with what is done; nothing where no one looks at a terminal."""
    unseen = not sys.stderr.isatty()
    with click.progressbar(length=1, label=label, file=sys.stderr, hidden=unseen) as bar:

        def told(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        yield told
