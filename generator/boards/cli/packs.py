"""Commands for experience that travels: share, receive, keys."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from boards.amend import AmendFault, Files, write
from boards.check import check_folders
from boards.cli.common import (
    date_option,
    failures_said,
    folder_option,
    progress_bar,
    refuse,
    say_left_out,
    say_problems,
    today,
)
from boards.editions.edition import Edition, EditionName
from boards.errors import BoardError, errors_in, listing, nearest, why
from boards.records import Audience, SharedKind
from boards.records.understood import folded, one_of, period

if TYPE_CHECKING:
    from boards.board.board import Board
    from boards.packs.receive import Arrival
    from boards.records import Shared

RECEIVED = "received"
_NOT_STORED = "没有收下，什么也没有写入。"
KINDS = [*(str(kind) for kind in SharedKind), RECEIVED]
_SHORT = {"case": "案例", "innovation": "创新", "talk": "心得", "practice": "做法"}
_CALLED: dict[str, tuple[str, ...]] = {
    str(kind): (kind.label, _SHORT[kind]) for kind in SharedKind
} | {RECEIVED: ("兄弟单位经验",)}
"""What people call the kinds."""


@click.command(options_metavar="[选项]", short_help="做给兄弟单位的材料包")
@click.argument("kind", metavar="[种类]", default="")
@click.argument("record", metavar="[编号]", default="")
@click.option(
    "--to",
    "circle",
    type=click.Choice([str(Audience.SISTER_UNITS), str(Audience.PUBLIC)]),
    default=str(Audience.SISTER_UNITS),
    help="给谁看：sister-units 兄弟单位；public 公开。默认给兄弟单位。",
)
@click.option(
    "--script",
    type=click.Choice(["hans", "hant"]),
    default="hans",
    help="hans 简体；hant 繁体（人名、单位名不变）。",
)
@click.option(
    "--limit",
    type=click.Choice(["case", "item"]),
    help="核对字数：case 征集案例不超过 3000 字；item 信息稿 300–500 字。",
)
@click.option("--list", "only_list", is_flag=True, help="只列出有哪些可以给出去，不生成。")
@folder_option
@date_option
def share(kind: str, record: str, folder: Path, **options: Any) -> None:
    """把一个案例、心得或做法做成材料包：Word、PDF、网页、公众号文章和一个 zip。

    \b
    种类：case 案例、innovation 创新、talk 心得、practice 责任区做法、received 兄弟单位经验。
    例：
      boards share --list                       先看有哪些
      boards share case ii830-fault-crossing    做一份
    """
    from boards.packs.limits import LIMITS, check_length, length  # noqa: PLC0415 - heavy
    from boards.packs.share import OUTPUT, make_pack, shared_of, write  # noqa: PLC0415
    from boards.packs.shareable import sharing  # noqa: PLC0415
    from boards.posters.workshop import workshop  # noqa: PLC0415

    edition = Edition(EditionName.PUBLISH, today(options["day"]))
    board = _read(folder, edition)
    with failures_said("材料包没有生成。"):
        circle = Audience(options["circle"])
        there = shared_of(board, edition, circle)
        say_left_out(board, sharing(edition, circle))
        if options["only_list"] or not kind:
            _say_shareable(board, there)
            return
        chosen = _chosen(board, there, kind, record)
        over = False
        for shared in chosen:
            limit = options["limit"]
            if limit and (wrong := check_length(shared, LIMITS[limit])):
                click.echo(f"{shared.title}：{wrong}。", err=True)
                over = True
            elif limit:
                click.echo(f"{shared.title}：{length(shared)} 字，合要求。")
        if over:
            refuse("字数不合要求，材料包没有生成。")
        shop = workshop(board)
        said = []
        with progress_bar("生成材料包") as told:
            for number, shared in enumerate(chosen, start=1):
                traditional = options["script"] == "hant"
                pack = make_pack(shop, board, shared, folder, traditional=traditional)
                made = write(pack, folder / OUTPUT)
                said += [f"生成了 {made}，同名文件夹里是各种格式"]
                said += [f"提醒：{note}" for note in pack.notes]
                told(number, len(chosen))
        click.echo("\n".join(said))


@click.command(options_metavar="[选项]", short_help="收下兄弟单位的材料包")
@click.argument("pack", metavar="材料包", type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True, help="不再询问，直接收下。")
@click.option("--replace", is_flag=True, help="收过同一份材料时，换成新的。")
@click.option("--trust", is_flag=True, help="登记对方的公钥；先用电话核对指纹。")
@folder_option
@date_option
def receive(pack: Path, folder: Path, day: datetime.datetime | None, **options: bool) -> None:
    """查看并收下兄弟单位的材料包：谁发的、有什么、是否完整、有没有签名。

    \b
    例：
      boards receive zongcai-er-qu-case-ii830-fault-crossing.zip
    """
    from boards.packs.archive import PackRefused  # noqa: PLC0415 - heavy
    from boards.packs.receive import examine, store, trusting  # noqa: PLC0415

    day_of = today(day)
    board = _read(folder, Edition(EditionName.PUBLISH, day_of))
    try:
        content = pack.read_bytes()
    except OSError as error:
        refuse(f"{pack} 打不开（{why(error)}）；核对文件名和所在的文件夹。")
    try:
        arrival = examine(content, board.keys, board.branch.id)
        _say_arrival(arrival)
        keys_file = trusting(arrival, board, folder, day_of) if options["trust"] else {}
        if not options["yes"] and not click.confirm("收下吗？"):
            refuse(_NOT_STORED)
        where = store(arrival, folder / "data", replace=options["replace"])
    except PackRefused as error:
        for problem in error.problems:
            click.echo(problem.as_text())
        refuse(_NOT_STORED)
    except BoardError as error:
        say_problems(error.problems)
        refuse(_NOT_STORED)
    except AmendFault as error:
        refuse(f"对方的公钥登记不了：{error}\n{_NOT_STORED}")
    except OSError as error:
        refuse(f"没有收下：{error.filename} 写不进去（{why(error)}）。")
    click.echo(f"收下了，存在 {where}；运行 boards build，“经验交流”里就能看到。")
    if options["trust"]:
        _note_key(arrival, keys_file, folder, f"{day_of}-receive")


def _note_key(arrival: Arrival, keys_file: Files, folder: Path, backup: str) -> None:
    """Write the key of a unit whose pack has been stored, and say so, or why there is none."""
    from boards.packs.receive import untrusted  # noqa: PLC0415 - heavy

    if not keys_file:
        click.echo(f"{untrusted(arrival)}。")
        return
    try:
        kept = write(keys_file, folder, backup)
    except OSError as error:
        cure = "关掉正打开它的程序，再运行一次，加上 --replace"
        refuse(f"公钥没有登记：{error.filename} 写不进去（{why(error)}）；{cure}。")
    click.echo(f"已把对方的公钥记到 data/keys.yml。{f'原来的文件在 {kept}' if kept else ''}")


@click.command(options_metavar="[选项]", short_help="材料包的签名钥匙")
@click.option("--new", is_flag=True, help="给本支部做一把签名钥匙（只做一次）。")
@folder_option
@date_option
def keys(folder: Path, day: datetime.datetime | None, new: bool) -> None:
    """列出签名钥匙的指纹：本支部的和认得的兄弟单位的。

    \b
    私钥在 keys 文件夹里，不能给任何人；指纹和公钥可以给。
    例：
      boards keys --new    做一把，只做一次
      boards keys          看指纹，打电话核对时念
    """
    from boards.packs.keys import KeyFault, fingerprint, make_key, own_key  # noqa: PLC0415

    board = _read(folder, Edition(EditionName.PUBLISH, today(day)))
    try:
        own = make_key(folder) if new else own_key(folder)
    except KeyFault as error:
        refuse(f"{error.found}\n改法：{error.hint}")
    if own:
        click.echo(f"{board.branch.name}（本支部）\n  指纹 {own.fingerprint}\n  公钥 {own.text}")
    else:
        click.echo("本支部还没有钥匙，材料包不签名；用 boards keys --new 做一把。")
    if new:
        click.echo("把 keys 文件夹备份到只有您拿得到的地方，丢了补不回来；指纹用电话告诉兄弟单位。")
    for known in board.keys.values():
        shown = f"指纹 {fingerprint(known.public)}\n  公钥 {known.public_key}"
        click.echo(f"{known.name}（{known.id}）\n  {shown}")


def _read(folder: Path, edition: Edition) -> Board:
    board, problems = check_folders(folder / "data", folder / "content", edition.today)
    if errors := errors_in(problems):
        refuse(f"台账有 {len(errors)} 个错误，先用 boards check 查看并改正。")
    return board


def _name(board: Board, shared: Shared) -> tuple[str, str]:
    """What is typed for a write-up: kind and record."""
    if shared.id in board.received:
        return RECEIVED, shared.id
    return str(shared.type), shared.key.removeprefix(f"{shared.type}-")


def _say_shareable(board: Board, there: list[Shared]) -> None:
    for shared in there:
        kind, record = _name(board, shared)
        click.echo(f"boards share {kind} {record}    {shared.title}")
    click.echo(f"共 {len(there)} 份可以给出去。")


def _chosen(board: Board, there: list[Shared], kind: str, record: str) -> list[Shared]:
    """What was asked for, by ids or in Chinese: one write-up, or all talks of a quarter."""
    kind = one_of(kind, _CALLED) or kind
    if kind not in KINDS:
        guess = nearest(kind, KINDS)
        hint = f"是不是 {guess}？" if guess else ""
        refuse(f"没有“{kind}”这一类。{hint}可选：{listing(KINDS)}")
    names = {_name(board, shared): shared for shared in there}
    same = [found for wanted, found in names if wanted == kind]
    if (kind, record) in names:
        return [names[(kind, record)]]
    titled = [s for (wanted, _), s in names.items() if wanted == kind and _is(s, record)]
    if len(titled) == 1:
        return titled
    record = period(record) or record
    if kind == SharedKind.TALK and record:
        talks = [names[(kind, name)] for name in same if name.rsplit("-", 1)[0] == record]
        if talks:
            return talks
    others = (name for name, s in names.items() if name[1] == record or _is(s, record))
    if other := next((name for name in others if name[0] != kind), None):
        refuse(f"“{record}”不是 {kind} 这一类；输入 boards share {other[0]} {other[1]}")
    if not same:
        refuse("这一类没有可以给出去的：要已审批、不是示例，公开范围到兄弟单位。")
    guess = nearest(record, same)
    hint = f"是不是 {guess}？" if guess else ""
    refuse(f"没有编号是“{record}”、可以给出去的材料。{hint}可选：{listing(same, 20)}")


def _is(shared: Shared, typed: str) -> bool:
    """Whether a write-up's title was typed."""
    return bool(typed) and folded(shared.title) == folded(typed)


def _say_arrival(arrival: Arrival) -> None:
    shared = arrival.shared
    click.echo(f"发出单位：{shared.unit.full_name}")
    click.echo(f"材料：{shared.type.label}《{shared.title}》，公开范围：{shared.level.label}")
    for name, size in arrival.files.items():
        click.echo(f"  {name}  {size / 1024:.1f} KB")
    click.echo("完整：清单上的文件一个不少，内容没有改动。")
    click.echo(f"签名：{arrival.signature.label}")
    if arrival.fingerprint:
        click.echo(f"指纹：{arrival.fingerprint}")
    for problem in arrival.problems:
        click.echo(problem.as_text())
