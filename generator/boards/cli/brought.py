"""Bringing in what is no table: Word write-ups, photos, saved pages."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from boards.cli.common import date_option, folder_option, refuse, today
from boards.cli.proposed import (
    KEPT,
    answers,
    content_of,
    file_argument,
    finish,
    pairs,
    refusals_said,
    say_proposal,
    source_option,
    yes_option,
)

if TYPE_CHECKING:
    from boards.intake.pieces import WriteUp


zone_option = click.option(
    "--zone", default="", metavar="责任区", help="主要属于哪个责任区，例如 安全；只做文章写 text。"
)
type_option = click.option(
    "--type", "kind", default="", metavar="类型", help="攻坚案例，或者创新案例。"
)
headline_option = click.option(
    "--headline", default="", metavar="一句话", help="展板上最大的那句话。"
)


@click.command("write-up", options_metavar="[选项]", short_help="Word 写的案例、经验材料")
@file_argument
@zone_option
@type_option
@headline_option
@source_option
@yes_option
@folder_option
@date_option
def write_up(file: Path, folder: Path, day: datetime.datetime | None, **options: Any) -> None:
    """把 Word 材料（.docx）带进来：按标题分成背景、难题、做法、成效、启示，配图，另存全文。

    .doc、.wps、PPT、PDF 先另存为 .docx。

    例：boards import write-up 过断层.docx --zone 质量
    """
    from boards.intake.word import read_word  # noqa: PLC0415 - heavy

    with refusals_said(file):
        _bring_text(read_word(content_of(file), file.name), file, (folder, today(day)), options)


@click.command("page", options_metavar="[选项]", short_help="存下来的网页、公众号文章")
@file_argument
@click.option("--url", default="", metavar="网址", help="文章的网址，网页里没有写时用。")
@zone_option
@type_option
@headline_option
@yes_option
@folder_option
@date_option
def page(file: Path, folder: Path, day: datetime.datetime | None, **options: Any) -> None:
    """把存下来的网页或公众号文章（.html、.mhtml）带进来：记作出处，正文作案例和文章的草稿。

    不上网；图片不带，另外用 boards import photos。

    例：boards import page 报道.html --zone 质量
    """
    from boards.intake.page import read_page  # noqa: PLC0415 - heavy

    with refusals_said(file):
        read = read_page(content_of(file), file.name, options["url"])
        _bring_text(read, file, (folder, today(day)), {**options, "source": ""})


def _bring_text(
    read: WriteUp, file: Path, at: tuple[Path, datetime.date], options: dict[str, Any]
) -> None:
    """A write-up that was read, as a case and an article."""
    from boards.intake.write_up import About, plan_pieces  # noqa: PLC0415 - heavy

    folder, day = at
    about = About(options["zone"], options["kind"], options["headline"], options["source"])
    plan = plan_pieces(folder, read, file.name, day, about)
    if plan.proposal.asks and not plan.lacking and not options["yes"]:
        about = replace(about, zone=answers(plan.proposal)["zone"])
        plan = plan_pieces(folder, read, file.name, day, about)
    say_proposal(plan.proposal)
    if plan.proposal.asks:
        click.echo("要做成案例，加上 --zone，例如 --zone 安全")
    finish(plan.proposal, folder, day, yes=options["yes"])


@click.command("photos", options_metavar="[选项]", short_help="一个文件夹的照片")
@click.argument("photos", metavar="照片文件夹", type=click.Path(path_type=Path))
@click.option(
    "--consent",
    "consents",
    multiple=True,
    metavar="姓名=日期",
    help="本人哪天同意的：--consent 王伟=2026-11-01；同意一部分：王伟=2026-11-01/网页。",
)
@click.option(
    "--who",
    multiple=True,
    metavar="照片=编号",
    help="照片是谁的：--who IMG_1.jpg=wang-wei；不带写 skip。",
)
@yes_option
@folder_option
@date_option
def photos(photos: Path, folder: Path, day: datetime.datetime | None, **options: Any) -> None:
    """把一个文件夹的照片带进来：文件名是姓名的归人，是案例标题的归案例；逐人问同意书。

    没有同意书的，照片收下，但不显示。

    例：boards import photos 党员照片
    """
    from boards.intake.consents import Surfaces, consents_of  # noqa: PLC0415 - heavy
    from boards.intake.photos import Agreed, photos_in, plan_photos  # noqa: PLC0415

    today_ = today(day)
    if not photos.is_dir():
        refuse(f"没有“{photos}”这个文件夹；照片先放在一个文件夹里。")
    with refusals_said(photos):
        read = list(photos_in(photos))
        given = pairs(options["consents"], "--consent")
        owners = pairs(options["who"], "--who")
        agreed = Agreed(consents_of(folder, given, today_), owners)
        plan = plan_photos(folder, read, today_, agreed)
        if plan.unasked and not options["yes"]:
            click.echo("这些人的同意书还没有登记；没有同意书的直接回车，照片收下但不显示。")
            for member in plan.unasked:
                typed = click.prompt(f"{member.name} 哪天同意的", default="", show_default=False)
                if typed:
                    where = click.prompt(f"  同意用在哪里：{Surfaces.ASKED}", default="123")
                    given[member.name] = f"{typed}/{where}"
            agreed = Agreed(consents_of(folder, given, today_), owners)
            plan = plan_photos(folder, read, today_, agreed)
        say_proposal(plan.proposal)
        if plan.unasked:
            names = "、".join(member.name for member in plan.unasked)
            click.echo(f"没有登记同意书，照片先不显示：{names}")
        finish(plan.proposal, folder, today_, yes=options["yes"])


@click.command("records", options_metavar="[选项]", short_help="boards export 导出的全部台账")
@click.argument("source", metavar="文件夹或文件", type=click.Path(path_type=Path))
@yes_option
@folder_option
@date_option
def records(source: Path, folder: Path, day: datetime.datetime | None, yes: bool) -> None:
    """把 boards export 导出的台账整个带回来：JSON，或者 CSV。

    文件里有的那几类，少了的记录会删掉；没有的那几类不动。

    例：boards import records 全部台账
    """
    from boards.interchange.arriving import plan_whole, read_whole  # noqa: PLC0415 - heavy

    if not source.exists():
        refuse(f"没有“{source}”；核对 boards export 导出的文件夹或文件的名字。")
    with refusals_said(source):
        proposal = plan_whole(folder, read_whole(source), today(day))
        say_proposal(proposal)
        finish(proposal, folder, today(day), yes=yes)


@click.command("results", options_metavar="[选项]", short_help="一条消息里的季度评定结果")
@file_argument
@folder_option
@date_option
def results(file: Path, folder: Path, day: datetime.datetime | None) -> None:
    """把一条消息（存成 .txt）里的季度评定结果带进来：认出得分、党员之星、优质责任区，再按提问补齐。

    认出的放在方括号里，回车就用；最后先看要写的内容，同意才写。

    例：boards import results 三季度结果.txt
    """
    from boards.amend.adding.answers import Refused as Unanswered  # noqa: PLC0415 - heavy
    from boards.cli.add import register  # noqa: PLC0415
    from boards.cli.common import clean_board  # noqa: PLC0415
    from boards.intake.results import heard  # noqa: PLC0415
    from boards.intake.tables import read_text  # noqa: PLC0415

    today_ = today(day)
    board = clean_board(folder, today_)
    with refusals_said(file):
        told = heard(board, read_text(content_of(file), file.name), today_)
        held = board.quarters.get(told.quarter)
        if held and not held.sample:
            refuse(f"{held.title_text}已经登记了；要改，用 boards add quarter {held.id}。{KEPT}")
        for line in told.said:
            click.echo(f"  {line}")
        for line in told.unheard:
            click.echo(f"  没有认出：{line}")
        click.echo()
        try:
            register(board, folder, "quarters", told.quarter, today_, told.proposed)
        except Unanswered as error:
            refuse(f"{error}\n{KEPT}")
        except click.Abort:
            refuse(f"\n停下了，{KEPT}")
