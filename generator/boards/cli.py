"""The commands. What they do lives elsewhere; here is only how it is asked for and said."""

from __future__ import annotations

import datetime
import json
import sys
from collections import Counter
from pathlib import Path

import click

from boards.build import RefusedTarget
from boards.build import build as build_site
from boards.check import check_folders
from boards.editions import Edition, EditionName, Withheld, build_date
from boards.errors import BoardError, Problem, errors_in

DAY = click.DateTime(["%Y-%m-%d"])

_date = click.option(
    "--date",
    "day",
    type=DAY,
    metavar="年-月-日",
    help="按哪一天检查和生成，默认今天。例：--date 2019-08-19",
)
_folder = click.option(
    "--folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=".",
    metavar="文件夹",
    help="网站所在的文件夹，默认当前文件夹。",
)


@click.group(
    options_metavar="[选项]",
    subcommand_metavar="命令",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(
    package_name="branch-boards", prog_name="boards", message="%(prog)s %(version)s"
)
def main() -> None:
    """支部展板：把台账变成四大责任区展示网站。

    \b
    常用：
      boards check    检查台账，列出要改的地方
      boards build    生成预览网站（带示例、待审标记）
      boards publish  生成发布版（只含已审批的真实内容）
    """


@main.command(options_metavar="[选项]")
@_folder
@_date
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json"]),
    default="text",
    help="text 给人看，json 给程序读。",
)
def check(folder: Path, day: datetime.datetime | None, style: str) -> None:
    """检查全部台账，一次列出所有问题。

    有错误时退出码为 1；只有提醒时为 0。例：boards check
    """
    _, problems = check_folders(folder / "data", folder / "content", _today(day))
    if style == "json":
        rows = [problem.as_dict() for problem in problems]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        _say_problems(problems)
    sys.exit(1 if errors_in(problems) else 0)


@main.command(options_metavar="[选项]")
@_folder
@_date
def build(folder: Path, day: datetime.datetime | None) -> None:
    """生成预览网站到 site 文件夹，示例和待审内容都带标记。

    例：boards build，然后双击打开 site/index.html
    """
    _build(folder, Edition(EditionName.PREVIEW, _today(day)))


@main.command(options_metavar="[选项]")
@_folder
@_date
def publish(folder: Path, day: datetime.datetime | None) -> None:
    """生成发布版到 publish 文件夹，略去示例和待审内容并逐条列出。

    例：boards publish
    """
    _build(folder, Edition(EditionName.PUBLISH, _today(day)))


@main.command(options_metavar="[选项]")
@_folder
@click.option("--port", type=click.IntRange(1, 65535), default=8000, help="端口，默认 8000。")
def serve(folder: Path, port: int) -> None:
    """边改边看：打开本机网址预览，保存台账后网页自动刷新。

    例：boards serve，然后用浏览器打开 http://127.0.0.1:8000/
    """
    from boards.site import BuildFailed, serve_site  # noqa: PLC0415

    address = f"用浏览器打开 http://127.0.0.1:{port}/ ，按 Ctrl+C 结束。"
    try:
        serve_site(folder / "mkdocs.yml", port, lambda: click.echo(address))
    except BuildFailed as error:
        click.echo(f"没有打开：{error}", err=True)
        sys.exit(1)
    except OSError as error:
        click.echo(
            f"没有打开：端口 {port} 用不了（{error.strerror}），换一个 --port 再试。", err=True
        )
        sys.exit(1)


def _build(folder: Path, edition: Edition) -> None:
    from boards.site import BuildFailed  # noqa: PLC0415

    try:
        built = build_site(folder, edition)
    except BoardError as error:
        _say_problems(error.problems)
        click.echo("有错误，网站没有重新生成；原来的网站没有动。", err=True)
        sys.exit(1)
    except (RefusedTarget, BuildFailed) as error:
        click.echo(f"没有生成：{error}", err=True)
        sys.exit(1)
    except OSError as error:
        click.echo(f"没有生成：{error.filename} 写不进去（{error.strerror}）。", err=True)
        click.echo("关掉正打开这个文件夹的程序，或检查权限和剩余空间后再试。", err=True)
        sys.exit(1)
    if built.notices:
        click.echo(f"{len(built.notices)} 条提醒，用 boards check 查看。")
    _say_withheld(built.withheld)
    click.echo(f"生成了 {built.pages} 页，打开 {built.target / 'index.html'}")


def _say_problems(problems: list[Problem]) -> None:
    for problem in problems:
        click.echo(problem.as_text())
    errors = len(errors_in(problems))
    notices = len(problems) - errors
    if problems:
        click.echo(f"\n共 {errors} 个错误、{notices} 条提醒。")
    else:
        click.echo("没有发现问题。")


def _say_withheld(withheld: list[Withheld]) -> None:
    for item in withheld:
        where = f"{item.place.path}:{item.place.line}"
        click.echo(f"略去 {item.kind}“{item.title}”（{item.reason}）  {where}")
    if withheld:
        counts = Counter(item.reason for item in withheld)
        said = "、".join(f"{reason} {count} 条" for reason, count in counts.items())
        click.echo(f"共略去 {len(withheld)} 条：{said}。")


def _today(day: datetime.datetime | None) -> datetime.date:
    return day.date() if day else build_date()
