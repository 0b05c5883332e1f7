"""Commands for paper: all posters, one poster."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from boards.cli.common import (
    clean_board,
    date_option,
    failures_said,
    folder_option,
    progress_bar,
    refuse,
    say_left_out,
    today,
)
from boards.cli.poster_meant import (
    LOOKS,
    VARIANTS,
    kind_meant,
    look_meant,
    poster_meant,
    size_meant,
)
from boards.editions.edition import Edition, EditionName
from boards.errors import listing
from boards.formats import KINDS, OUTPUT, Family, known_size
from boards.records import Profile

if TYPE_CHECKING:
    from boards.posters.views import Poster

_publish = click.option("--publish", is_flag=True, help="只做已审批的真实内容，不带示例和待审。")


@click.command(options_metavar="[选项]", short_help="生成全部海报的 PDF")
@folder_option
@date_option
@_publish
@click.option("--list", "only_list", is_flag=True, help="只列出有哪些海报和尺寸，不生成。")
@click.option(
    "--year", "years", metavar="年份", type=int, multiple=True, help="只做这一年的季度海报。"
)
def posters(
    folder: Path,
    day: datetime.datetime | None,
    publish: bool,
    only_list: bool,
    years: tuple[int, ...],
) -> None:
    """生成现在可以挂的海报，PDF 放在 posters 文件夹，每种一个常用尺寸；没改过的不重做。

    以前年度的季度海报不随着做，要用时加 --year。

    \b
    例：
      boards posters --list    先看有哪些
      boards posters           生成现在可以挂的
      boards posters --year 2019    生成 2019 年各季度的
    """
    from boards.posters.deliver import deliver_all  # noqa: PLC0415 - heavy
    from boards.posters.room import posters_of  # noqa: PLC0415

    edition = _edition(publish, day)
    board = clean_board(folder, edition.today)
    with failures_said("海报没有生成。"):
        say_left_out(board, edition)
    with failures_said("海报没有生成。"), progress_bar("生成海报") as told:
        if only_list:
            _say_posters(posters_of(board, edition)[1])
            return
        if years:
            _require_years(posters_of(board, edition)[1], years)
        written, old, notices = deliver_all(board, edition, folder / OUTPUT, years, told)
    for problem in notices:
        click.echo(problem.as_text())
    if old:
        click.echo(f"删掉了以前做的 {len(old)} 个文件：{listing(old)}；还要的用 boards poster 再做")
    click.echo(
        f"生成了 {len(written)} 张海报，在 {folder / OUTPUT}；挂出去的登记到 data/prints.yml"
    )


def _variant_options(command: Callable[..., None]) -> Callable[..., None]:
    for name, (kind, label) in VARIANTS.items():
        said = f"{kind.label}的{label}版。"
        option = click.option(f"--{name}", "variant", flag_value=name, default="", help=said)
        command = option(command)
    return command


@click.command(options_metavar="[选项]", short_help="生成一张海报，尺寸和印法自选")
@click.argument("kind", metavar="种类")
@click.argument("record", metavar="[编号]", default="")
@click.option("--size", metavar="尺寸", help="A2、A2横、80x120 这样写；不写就用这一种的常用尺寸。")
@click.option(
    "--profile",
    type=click.Choice([str(profile) for profile in Profile]),
    default=str(Profile.OFFICE),
    help="office 办公打印；tiled 拼接；offset 胶印；wide-format 写真喷绘。",
)
@click.option(
    "--sheet",
    type=click.Choice(["A4", "A3"]),
    default="A4",
    help="拼接用的纸，默认 A4。",
)
@click.option("--look", metavar="样式", help=f"{LOOKS}；不写就用网站的样式。")
@_variant_options
@folder_option
@date_option
@_publish
def poster(kind: str, record: str, folder: Path, **options: Any) -> None:
    """生成一张海报。种类和编号用 boards posters --list 查看。

    \b
    例：
      boards poster star 2019-Q2                              常用尺寸，办公打印
      boards poster star 2019-Q2 --size A2 --profile tiled    拼 A2，用 A4 纸打
    """
    from boards.posters.deliver import deliver  # noqa: PLC0415 - heavy
    from boards.posters.room import posters_of  # noqa: PLC0415
    from boards.posters.setting import version  # noqa: PLC0415
    from boards.posters.workshop import workshop  # noqa: PLC0415

    edition = _edition(options["publish"], options["day"])
    kind = kind_meant(kind).id
    size = size_meant(KINDS[kind], options["size"])
    if size.family is Family.SCREEN and options["profile"] != Profile.OFFICE:
        refuse("大屏不用印；去掉 --profile，用电视全屏打开生成的文件。")
    board = clean_board(folder, edition.today)
    with failures_said("海报没有生成。"):
        prepared, there = posters_of(board, edition)
        say_left_out(board, edition)
        chosen = poster_meant(there, kind, record, options["variant"])
        shop = workshop(prepared, look_meant(options["look"]))
        profile = Profile(options["profile"])
        sheet = known_size(options["sheet"])
        made = deliver(shop, chosen, size, profile, sheet, folder / OUTPUT)
    for file in made.files:
        click.echo(f"生成了 {file}")
    if len(made.sheets) > 1:
        click.echo(f"一张放不下，分成了 {len(made.sheets)} 张。")
    for problem in made.notices:
        click.echo(problem.as_text())
    if size.scale == 2:
        click.echo("画面超过 5 米，按 1:2 制作，输出时放大到 200%。")
    if not prepared.branch.site_url:
        click.echo("没有二维码：data/branch.yml 里没有 site_url；写上网站的内网地址再生成就有。")
    click.echo("挂出去以后，把下面几行登记到 data/prints.yml，补上日期和地点：")
    for row in made.sheets:
        number = f"    sheet: {row.sheet}\n" if row.sheets > 1 else ""
        click.echo(
            f"  - poster: {row.id}\n    size: {size.name}\n{number}    profile: {profile}\n"
            f"    version: {version(prepared, row)}\n    printed_on: \n    place: "
        )


def _edition(publish: bool, day: datetime.datetime | None) -> Edition:
    return Edition(EditionName.PUBLISH if publish else EditionName.PREVIEW, today(day))


def _require_years(there: list[Poster], years: tuple[int, ...]) -> None:
    known = sorted({poster.year for poster in there if poster.year}, reverse=True)
    if missing := [str(year) for year in years if year not in known]:
        said = f"可选：{listing([str(year) for year in known], 20)}" if known else "还没有季度记录"
        refuse(f"没有 {listing(missing)} 年的季度海报；{said}")


def _say_posters(there: list[Poster]) -> None:
    for kind in KINDS.values():
        same = [poster for poster in there if poster.kind == kind.id]
        if same:
            click.echo(
                f"{kind.label} {kind.id}，常用 {kind.default}；尺寸：{'、'.join(kind.sizes)}"
            )
        for poster in same:
            marks = f"（{'、'.join(poster.marks)}）" if poster.marks else ""
            click.echo(f"  {poster.command}    {poster.title}{marks}")
    click.echo(f"共 {len(there)} 张。")
