"""The posters that every site is built with: each in its usual size, in A4, and as asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from boards.board.board import Board
from boards.editions.edition import Edition, EditionName, Surface
from boards.editions.editions import prepare
from boards.formats import KINDS, Family, Size, known_size, parse_size
from boards.posters.make import Made, Order, Sheet, make
from boards.posters.notices import coarse_of
from boards.posters.setting import office_layout, version
from boards.posters.tiling import grid
from boards.posters.views import Poster, all_posters
from boards.posters.views.room import PosterCard, PosterFile, PosterSize, PrintRoom
from boards.posters.workshop import Workshop, workshop
from boards.progress import Progress, silent
from boards.records import PosterSettings

A4 = known_size("A4")


def file_name(poster: Poster, size: Size, ending: str = ".pdf") -> str:
    """What a poster's file is called: star-2019-Q2-A2.pdf, or roster-A2-2.pdf for a second sheet.

    It says so if it is drawn at 1:2.
    """
    half = "-1to2" if size.scale == 2 else ""
    sheet = f"-{poster.sheet}" if poster.sheets > 1 else ""
    return f"{poster.id}-{size.name}{half}{sheet}{ending}"


ON_PAPER = frozenset({Surface.PRINT})
IN_PRINT_ROOM = frozenset({Surface.PRINT, Surface.SITE})
"""The print room's files and pictures can be seen on the site, too."""


def posters_of(
    board: Board, edition: Edition, surfaces: frozenset[Surface] = ON_PAPER
) -> tuple[Board, list[Poster]]:
    """The board as posters may hold it, and its posters; `board` is as it was read."""
    prepared, _ = prepare(board, replace(edition, surfaces=surfaces))
    return prepared, all_posters(prepared, edition)


def print_room(board: Board, edition: Edition, progress: Progress = silent) -> PrintRoom:
    """Make the posters of a board, as it was read, for its print room.

    Raises BoardError for characters and texts that cannot be set, FontsUnusable.
    """
    prepared, there = posters_of(board, edition, IN_PRINT_ROOM)
    posters, older = by_age(prepared, there)
    wanted = [order for poster in posters for order in _orders(prepared, poster)]
    made: dict[str, list[Made]] = {}
    shop = workshop(prepared)
    for row in make(shop, wanted, progress):
        made.setdefault(row.order.poster.id, []).append(row)
    preview = edition.name is EditionName.PREVIEW
    return PrintRoom(
        cards=tuple(_card(shop, poster, made[poster.id]) for poster in posters),
        older=tuple(older),
        tiled={kind.id: _tiled(known_size(kind.default)) for kind in KINDS.values()},
        look=shop.studio.look,
        wants_address=preview and not prepared.branch.site_url,
        preview=preview,
    )


def by_age(board: Board, posters: list[Poster]) -> tuple[list[Poster], list[Poster]]:
    """What may be hung now, and the quarters before the years that are made with the site.

    Years count from the newest quarter on record: the turn of a year takes nothing away.
    """
    settings = board.branch.posters or PosterSettings()
    newest = max((poster.year for poster in posters if poster.year), default=0)
    first = newest - settings.years + 1
    now: list[Poster] = []
    older: list[Poster] = []
    for poster in posters:
        (now if poster.year is None or poster.year >= first else older).append(poster)
    return now, older


def _orders(board: Board, poster: Poster) -> list[Order]:
    kind = KINDS[poster.kind]
    usual = known_size(kind.default)
    orders = [Order(poster, usual, office_layout(usual), preview=True)]
    if kind.comes_in(A4) and usual != A4:
        orders.append(Order(poster, A4, office_layout(A4), optional=True))
    for name in board.branch.posters.sizes if board.branch.posters else ():
        size = parse_size(name)
        if size and kind.comes_in(size) and size not in (usual, A4):
            orders.append(Order(poster, size, office_layout(size), chosen=True))
    return orders


def _card(shop: Workshop, poster: Poster, made: list[Made]) -> PosterCard:
    first = made[0]
    shape = first.order.size
    longest = max(shape.width, shape.height)
    return PosterCard(
        id=poster.id,
        kind=poster.kind,
        title=poster.title,
        marks=poster.marks,
        version=versions_said(shop.board, [sheet.poster for sheet in first.sheets]),
        pictures=tuple(_picture(sheet, shape) for sheet in first.sheets),
        width=round(720 * shape.width / longest),
        height=round(720 * shape.height / longest),
        sizes=tuple(_size(row) for row in made if row.sheets),
        command=poster.command,
        notes=tuple(note for row in made for note in _notes(shop, row)),
        page=poster.url,
    )


def _picture(sheet: Sheet, size: Size) -> PosterFile:
    assert sheet.preview
    poster = sheet.poster
    name = file_name(poster, size, ".png") if poster.sheets > 1 else f"{poster.id}.png"
    return PosterFile(f"posters/{name}", sheet.preview, poster.heading)


def _size(made: Made) -> PosterSize:
    size = made.order.size
    files = tuple(
        PosterFile(f"posters/{file_name(sheet.poster, size)}", sheet.pdf, sheet_said(sheet.poster))
        for sheet in made.sheets
    )
    return PosterSize(size.label, paper(size, len(files)), files)


def sheet_said(poster: Poster) -> str:
    """Which of several sheets it is; nothing if it is the only one."""
    return f"第 {poster.sheet} 张" if poster.sheets > 1 else ""


def versions_said(board: Board, sheets: Sequence[Poster]) -> str:
    """The version of a poster, or of each of its sheets in a size."""
    return "，".join(f"{sheet_said(row)} {version(board, row)}".strip() for row in sheets)


def _notes(shop: Workshop, made: Made) -> Iterator[str]:
    label = made.order.size.label
    if not made.sheets:
        yield f"{label}放不下，没有生成"
    if made.without:
        yield f"{label}上地方不够，没有写：{made.without}"
    for coarse in coarse_of(shop, made):
        yield coarse.found


def paper(size: Size, sheets: int = 1) -> str:
    """What a poster in its finished size is printed on."""
    if size.family is Family.SHEET:
        return f"{size.name[:2]} 纸 {sheets} 张"
    if size.family is Family.SCREEN:
        return "不用纸"
    if size.family is Family.DESK:
        return f"20×10 cm 卡纸 {sheets} 张"
    return f"{size.label} 写真 {sheets} 块"


def _tiled(size: Size) -> str:
    if size.family in (Family.DESK, Family.SCREEN) or size.long <= A4.long:
        return ""
    return f"A4 纸 {grid(size, A4).sheets} 张，或 A3 纸 {grid(size, known_size('A3')).sheets} 张"
