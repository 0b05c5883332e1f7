"""Commands for the records and the site: check, build, publish, serve."""

from __future__ import annotations

import datetime
import json
import sys
from collections import Counter
from pathlib import Path

import click

from boards.build import build as build_site
from boards.check import check_folders
from boards.cli.common import (
    date_option,
    failures_said,
    folder_option,
    progress_bar,
    refuse,
    say_problems,
    style_option,
    today,
)
from boards.editions import Edition, EditionName, Withheld
from boards.errors import BuildFailed, errors_in


@click.command(options_metavar="[选项]")
@folder_option
@date_option
@style_option
def check(folder: Path, day: datetime.datetime | None, style: str) -> None:
    """检查全部台账，一次列出所有问题。

    有错误时退出码为 1；只有提醒时为 0。例：boards check
    """
    _, problems = check_folders(folder / "data", folder / "content", today(day))
    if style == "json":
        rows = [problem.as_dict() for problem in problems]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        say_problems(problems)
    sys.exit(1 if errors_in(problems) else 0)


@click.command(options_metavar="[选项]")
@folder_option
@date_option
def build(folder: Path, day: datetime.datetime | None) -> None:
    """生成预览网站和海报到 site 文件夹，示例和待审内容都带标记。

    例：boards build，然后双击打开 site/index.html
    """
    _build(folder, Edition(EditionName.PREVIEW, today(day)))


@click.command(options_metavar="[选项]")
@folder_option
@date_option
def publish(folder: Path, day: datetime.datetime | None) -> None:
    """生成发布版到 publish 文件夹，略去示例和待审内容并逐条列出。

    例：boards publish
    """
    _build(folder, Edition(EditionName.PUBLISH, today(day)))


@click.command(options_metavar="[选项]")
@folder_option
@click.option("--port", type=click.IntRange(1, 65535), default=8000, help="端口，默认 8000。")
def serve(folder: Path, port: int) -> None:
    """边改边看：打开本机网址预览，保存台账后网页自动刷新。

    例：boards serve，然后用浏览器打开 http://127.0.0.1:8000/
    """
    from boards.site import serve_site  # noqa: PLC0415 - heavy

    address = f"用浏览器打开 http://127.0.0.1:{port}/ ，按 Ctrl+C 结束。"
    try:
        serve_site(folder / "mkdocs.yml", port, lambda: click.echo(address))
    except BuildFailed as error:
        refuse(f"没有打开：{error}")
    except OSError as error:
        refuse(f"没有打开：端口 {port} 用不了（{error.strerror}），换一个 --port 再试。")


def _build(folder: Path, edition: Edition) -> None:
    with failures_said("网站没有重新生成；原来的网站没有动。"), progress_bar("生成海报") as told:
        built = build_site(folder, edition, told)
    if built.notices:
        click.echo(f"{len(built.notices)} 条提醒，用 boards check 查看。")
    _say_withheld(built.withheld)
    where = folder / built.target.name / "index.html"
    click.echo(f"生成了 {built.pages} 页、{built.posters} 种海报，打开 {where}")


def _say_withheld(withheld: list[Withheld]) -> None:
    for item in withheld:
        where = f"{item.place.path}:{item.place.line}"
        click.echo(f"略去 {item.kind}“{item.title}”（{item.reason}）  {where}")
    if withheld:
        counts = Counter(item.reason for item in withheld)
        said = "、".join(f"{reason} {count} 条" for reason, count in counts.items())
        click.echo(f"共略去 {len(withheld)} 条：{said}。")
