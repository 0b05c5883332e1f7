"""The command for the records: check."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path

import click

from boards.cli.common import (
    date_option,
    folder_option,
    say_json,
    say_problems,
    style_option,
    today,
)
from boards.errors import errors_in
from boards.foresight import check_site


@click.command(options_metavar="[选项]", short_help="检查台账，列出要改的地方")
@folder_option
@date_option
@style_option
def check(folder: Path, day: datetime.datetime | None, style: str) -> None:
    """检查全部台账，一次列出所有问题：在哪个文件第几行、怎么改。

    \b
    错误要改，不改不能生成；提醒看一看，不改也能生成。
    有错误时退出码为 1；只有提醒时为 0。
    例：
      boards check
    """
    _, problems = check_site(folder, today(day))
    if style == "json":
        say_json([problem.as_dict() for problem in problems])
    else:
        say_problems(problems)
    sys.exit(1 if errors_in(problems) else 0)
