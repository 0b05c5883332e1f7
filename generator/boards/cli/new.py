"""Commands for a site's folder: new, upgrade."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from boards.cli.common import date_option, failures_said, folder_option, refuse, today


@click.command(options_metavar="[选项]", short_help="给一个支部新建网站")
@click.argument("folder", metavar="文件夹", type=click.Path(path_type=Path))
@click.option("--name", metavar="名称", help="支部名称，例如 综采一区党支部。")
@click.option("--unit", metavar="名称", help="支部所在的区队，例如 综采一区。")
@click.option("--mine", metavar="名称", help="矿。")
@click.option("--group", metavar="名称", help="集团公司。")
@click.option("--brand", metavar="名称", help="党建品牌，例如 党员先锋岗。")
@click.option("--id", metavar="编号", help="支部的编号，用拼音，例如 zong-cai-yi-qu。")
@date_option
def new(folder: Path, day: datetime.datetime | None, **given: str | None) -> None:
    """给一个支部新建网站：问六个问题，建好文件夹，里面有各种示例。

    \b
    文件夹要么还没有，要么是空的。
    例：
      boards new 综采一区
    """
    from boards.amend.starter import AnswerRefused, FolderRefused, make_site  # noqa: PLC0415 - heavy

    try:
        answers = answers_to(given)
        with failures_said("网站没有建。"):
            made = make_site(folder, answers, today(day))
    except (AnswerRefused, FolderRefused) as error:
        refuse(f"没有建：{error}。")
    click.echo(f"建好了 {made}")
    click.echo("接下来，在这个文件夹里运行：")
    click.echo("  boards build    生成预览，双击打开 site/index.html；内容都是示例")
    click.echo("然后照 README.md 一步一步换成自己的。")


@click.command(options_metavar="[选项]", short_help="程序换了新版，把台账升到新格式")
@click.option("--dry-run", is_flag=True, help="只列出会改什么，不动文件。")
@folder_option
@date_option
def upgrade(folder: Path, day: datetime.datetime | None, dry_run: bool) -> None:
    """程序换了新版以后，把台账升到新格式；先备份，再列出改了什么。

    \b
    填写的内容和注释一字不动。
    例：
      boards upgrade --dry-run    先看看会改什么
      boards upgrade              升级
    """
    from boards.amend.upgrade import apply, plan  # noqa: PLC0415 - heavy

    with failures_said("台账没有升级；原来的文件没有动。"):
        found = plan(folder)
        for change in found.changes:
            click.echo(change.as_text())
        if not found.changes:
            click.echo("已经是最新的格式，没有要改的。")
        elif dry_run:
            click.echo(f"共 {len(found.changes)} 处要改；还没有改，去掉 --dry-run 再运行一次。")
        else:
            backup = apply(folder, found, str(today(day)))
            kept = f"，原来的文件备份在 {backup}" if backup else ""
            click.echo(f"共改了 {len(found.changes)} 处{kept}。")


def answers_to(given: dict[str, str | None]) -> dict[str, str]:
    """The six answers: those given as options, and the rest asked for until each will do."""
    from boards.amend.starter import (  # noqa: PLC0415 - heavy
        QUESTIONS,
        AnswerRefused,
        proposed_answer,
        read_answer,
    )

    answers: dict[str, str] = {}
    for question, (label, example) in QUESTIONS.items():
        typed = given[question]
        while question not in answers:
            proposed = proposed_answer(question, answers)
            asked = typed is None
            if typed is None:
                hint = "" if proposed else f"，例如 {example}"
                typed = click.prompt(f"{label}{hint}", default=proposed, type=str)
            try:
                answers[question] = read_answer(question, typed)
            except AnswerRefused as error:
                if not asked:
                    raise AnswerRefused(f"{label}“{typed}”{error}") from error
                click.echo(f"{error}。", err=True)
                typed = None
    return answers
