"""Commands for the site: build, publish, rollback, serve."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from boards.built import Asked, made_of, note, standing
from boards.cli.common import (
    date_option,
    failures_said,
    folder_option,
    progress_bar,
    refuse,
    today,
)
from boards.errors import BuildFailed, listing, why

if TYPE_CHECKING:
    from boards.build import Built
    from boards.editions.editions import Withheld


@click.command(
    options_metavar="[选项]", short_help="生成预览网站（带示例、待审标记），里面有海报中心"
)
@folder_option
@date_option
def build(folder: Path, day: datetime.datetime | None) -> None:
    """生成预览网站和海报到 site 文件夹，示例和待审内容都带标记。

    \b
    例：
      boards build    然后双击打开 site/index.html
    """
    _build(folder, "preview", today(day))


@click.command(
    options_metavar="[选项]", short_help="生成发布版（只含已审批的真实内容），拷到内网或 U 盘"
)
@click.argument("target", metavar="[目标文件夹]", required=False, type=click.Path(path_type=Path))
@folder_option
@date_option
def publish(target: Path | None, folder: Path, day: datetime.datetime | None) -> None:
    """生成发布版到 publish 文件夹，略去示例和待审内容，待审的逐条列出；给出目标就再拷过去并核对。

    \b
    目标里原来的网站一直留到新的拷全、核对无误再换上。
    例：
      boards publish                  只生成到 publish 文件夹
      boards publish Z:\\内网\\展板    再拷到共享文件夹
      boards publish E:\\boards        再拷到 U 盘
    """
    from boards.releases.send import require_elsewhere, send  # noqa: PLC0415

    place = folder / target if target else None
    if place:
        with failures_said("目标里原来的网站没有动。"):
            require_elsewhere(folder, place)
    built = _build(folder, "publish", today(day))
    if place:
        with failures_said("目标里原来的网站没有动。"), progress_bar("拷贝") as told:
            count = send(built, place, told)
        click.echo(f"拷到 {target}：{count} 个文件，逐个核对无误")


@click.command(options_metavar="[选项]", short_help="发布错了，换回上一版")
@click.argument("target", metavar="[文件夹]", default="publish", type=click.Path(path_type=Path))
@click.option("--list", "only_list", is_flag=True, help="只列出保留了哪些版本。")
@click.option("--to", "number", type=int, metavar="版本号", help="换回哪一版，默认上一版。")
@folder_option
def rollback(target: Path, only_list: bool, number: int | None, folder: Path) -> None:
    """换回上一版网站；现在这一版也留着，可以再换回来。

    \b
    文件夹默认 publish；预览写 site，拷到别处的写那里的路径。
    例：
      boards rollback --list          先看保留了哪几版
      boards rollback                 换回上一版
      boards rollback Z:\\内网\\展板    换回共享文件夹里的上一版
    """
    from boards.releases.rollback import kept_releases, roll_back  # noqa: PLC0415

    place = (folder / target).resolve()
    with failures_said("现在的网站没有动。"):
        if not only_list:
            now = roll_back(place, number)
            click.echo(f"{target} 换成了第 {now.number} 版（{now.date}，{now.pages} 页）。")
            click.echo("那以后撤下的内容会重新出现，核对以后再让人看。")
            if now.returning:
                click.echo(f"重新出现的页面有 {len(now.returning)} 个：{listing(now.returning)}")
        rows = kept_releases(place)
        if not rows:
            click.echo(f"{target} 没有保留的版本。")
        for row in rows:
            here = "  现在用的" if row.live else ""
            click.echo(f"第 {row.number} 版  {row.date}  {row.pages} 页{here}")


@click.command(options_metavar="[选项]", short_help="边改边看，改完自动刷新")
@folder_option
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8000,
    metavar="端口号",
    help="端口，默认 8000；被占用时换一个，例如 8001。",
)
def serve(folder: Path, port: int) -> None:
    """边改边看：打开本机网址预览，保存台账后网页自动刷新。

    \b
    例：
      boards serve    然后用浏览器打开 http://127.0.0.1:8000/
    """
    from boards.serving.server import serve as serve_site  # noqa: PLC0415 - heavy

    address = f"用浏览器打开 http://127.0.0.1:{port}/ ，按 Ctrl+C 结束。"
    try:
        serve_site(folder, port, lambda: click.echo(address))
    except BuildFailed as error:
        refuse(f"没有打开：{error}")
    except OSError as error:
        refuse(f"没有打开：端口 {port} 用不了（{why(error)}）；用 --port 换一个端口再试。")


def _build(folder: Path, edition: str, day: datetime.date) -> Path:
    """Build an edition, unless it stands already, and say what came of it; returns where it is."""
    asked = Asked(folder.resolve(), edition, day, str(folder))
    if there := standing(asked):
        target, said = there
        for line in said:
            click.echo(line)
        click.echo("台账和程序都没有变，网站不用重新生成。")
        return target
    from boards.build import build as build_site  # noqa: PLC0415 - heavy
    from boards.editions.edition import Edition, EditionName  # noqa: PLC0415

    before = made_of(asked)
    with failures_said("网站没有重新生成；原来的网站没有动。"), progress_bar("生成海报") as told:
        built = build_site(folder, Edition(EditionName(edition), day), told)
    said = list(_said(built, folder))
    for line in said:
        click.echo(line)
    note(asked, before, built.target, built.report, said)
    return built.target


def _said(built: Built, folder: Path) -> Iterator[str]:
    if built.notices:
        yield f"{len(built.notices)} 条提醒，用 boards check 查看。"
    for words in built.poster_notes:
        yield f"海报提醒：{words}"
    yield from _redactions_said(built, folder)
    where = folder / built.target.name / "index.html"
    yield f"生成了 {built.pages} 页、{built.posters} 种海报，打开 {where}"
    yield f"版本指纹 {built.fingerprint}；拷到别处以后用它核对是不是同一版。"


def _redactions_said(built: Built, folder: Path) -> Iterator[str]:
    """Whole records one by one but for samples, then how much for which reason, by surface."""
    from boards.editions.leaning import NEEDED  # noqa: PLC0415
    from boards.editions.reasons import SAMPLE  # noqa: PLC0415
    from boards.report import REWORDED  # noqa: PLC0415

    site = [r.item for r in built.redactions if r.surface == "网站"]
    whole = [item for item in site if not item.part]
    needing = [item for item in site if item.part and item.cause == NEEDED]
    for item in [*(item for item in whole if item.reason != SAMPLE), *needing]:
        where = f"{item.place.path}:{item.place.line}"
        part = f"的 {item.part}" if item.part else ""
        yield f"略去 {item.kind}“{item.title}”{part}（{item.reason}）  {where}"
    for cure in dict.fromkeys(item.cure for item in site if item.cause == NEEDED):
        yield f"    改法：{cure}；不要它了，就在引用它的地方删掉或换掉"
    for item in [item for item in site if item.part == REWORDED]:
        where = f"{item.place.path}:{item.place.line}"
        yield f"{item.kind}“{item.title}”改过，{item.reason}  {where}"
    if whole:
        yield f"共略去 {len(whole)} 条：{_counted(whole, '条')}。"
    if built.to_approve:
        yield f"待审的核对以后审批：{built.to_approve}"
    rest = [row for row in built.redactions if row.item not in whole]
    for surface in dict.fromkeys(row.surface for row in rest):
        items = [row.item for row in rest if row.surface == surface]
        yield f"{surface}另略去 {len(items)} 处：{_counted(items, '处')}。"
    report = folder / built.report.parent.name / built.report.name
    yield f"略去清单（网站、海报、材料包，逐项写明原因）：{report}"


def _counted(items: list[Withheld], unit: str) -> str:
    counts = Counter(item.cause for item in items)
    return "、".join(f"{cause} {count} {unit}" for cause, count in counts.most_common())
