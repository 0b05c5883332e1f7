"""Finished files for whoever prints: office printer, offset printer, wide-format shop."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from boards.board.board import Board
from boards.cache import home, tidy
from boards.editions.edition import Edition
from boards.errors import Problem
from boards.formats import KINDS, Size, known_size
from boards.output import MARKER, require_ours, write_whole
from boards.posters.make import Order, Sheet, make
from boards.posters.notices import notices
from boards.posters.press import for_offset
from boards.posters.room import by_age, file_name, posters_of
from boards.posters.setting import Layout, as_json, office_layout, version
from boards.posters.tiling import tile
from boards.posters.views import Poster
from boards.posters.wide import spec_sheet, with_resolution
from boards.posters.workshop import Workshop, workshop
from boards.progress import Progress, silent
from boards.records import Profile


@dataclass(frozen=True, slots=True)
class Delivered:
    """What was written for whoever prints."""

    files: tuple[Path, ...]
    sheets: tuple[Poster, ...]
    """The poster, or what stands on each of its sheets."""
    notices: tuple[Problem, ...]
    """What whoever prints it should know."""


def deliver(
    shop: Workshop, poster: Poster, size: Size, profile: Profile, paper: Size, folder: Path
) -> Delivered:
    """Write one poster, on as many sheets as it takes, for one way of printing.

    `paper` is what an office printer takes, for boards that are pasted together. Raises BoardError
    if the poster cannot hold its text, and RefusedTarget if the folder is not ours.
    """
    require_ours(folder)
    [made] = make(shop, [Order(poster, size, _layout(profile, size), chosen=True)])
    files: dict[str, bytes] = {}
    for sheet in made.sheets:
        files |= _files(shop, sheet, size, profile, paper)
    there = _written(folder)
    for name in _other_sheets(poster, size, shop.studio.suffix, files, there):
        (folder / name).unlink(missing_ok=True)
        there.discard(name)
    written = _write(folder, files)
    _note(folder, there | set(files))
    sheets = tuple(sheet.poster for sheet in made.sheets)
    return Delivered(tuple(written), sheets, tuple(notices(shop, made)))


def _other_sheets(
    poster: Poster, size: Size, look: str, files: Collection[str], there: Collection[str]
) -> list[str]:
    """What we wrote of the same poster when it took more sheets or fewer: nobody should hang it."""
    stem = re.escape(file_name(poster, size, ""))
    same = re.compile(rf"{stem}(?:-\d+)?{look}(-tiled.*|-wide.*|-offset.*|)\.(pdf|png)")
    forms = {found.groups() for name in files if (found := same.fullmatch(name))}
    return [
        name
        for name in there
        if name not in files and (found := same.fullmatch(name)) and found.groups() in forms
    ]


def _layout(profile: Profile, size: Size) -> Layout:
    if profile is Profile.OFFICE:
        return office_layout(size)
    return Layout.BLEED if profile is Profile.OFFSET else Layout.FINISHED


def _files(
    shop: Workshop, sheet: Sheet, size: Size, profile: Profile, paper: Size
) -> dict[str, bytes]:
    """The files of one sheet, by name."""
    document, look = sheet.pdf.read_bytes(), shop.studio.suffix
    if profile is Profile.OFFICE:
        return {file_name(sheet.poster, size, f"{look}.pdf"): document}
    if profile is Profile.OFFSET:
        return {file_name(sheet.poster, size, f"{look}-offset.pdf"): for_offset(document, size)}
    if profile is Profile.TILED:
        name = file_name(sheet.poster, size, f"{look}-tiled-{paper.name}.pdf")
        return {name: tile(document, size, paper, shop.typesetter, _title(shop, sheet.poster))}
    return _wide(shop, sheet, size, document)


def _title(shop: Workshop, poster: Poster) -> str:
    """What marks and spec sheets call a poster; 〓 stands for what only a picture can show."""
    settings = shop.board.branch.posters
    drawn = {glyph.character for glyph in settings.glyphs} if settings else set()
    return "".join("〓" if letter in drawn else letter for letter in poster.heading)


def _wide(shop: Workshop, sheet: Sheet, size: Size, document: bytes) -> dict[str, bytes]:
    """PDF, picture and spec sheet; a picture of a board drawn at 1:2 has all its pixels."""
    poster, look = sheet.poster, shop.studio.suffix
    names = [file_name(poster, size, f"{look}-wide{suffix}") for suffix in (".pdf", ".png")]
    ppi = size.dpi * size.scale
    content = as_json(shop.studio, poster, size, Layout.FINISHED, sheet.fit)
    picture = with_resolution(shop.typesetter.png(poster.kind, content, ppi), ppi)
    settings = shop.board.branch.posters
    spec = spec_sheet(
        title=_title(shop, poster),
        size=size,
        files=names,
        version=version(shop.board, poster),
        contact=(settings.contact if settings else None) or "",
        owner=str(shop.studio.shared["owner"]),
        typesetter=shop.typesetter,
    )
    spec_name = file_name(poster, size, f"{look}-wide-spec.pdf")
    return {names[0]: document, names[1]: picture, spec_name: spec}


def deliver_all(
    board: Board,
    edition: Edition,
    folder: Path,
    years: Collection[int] = (),
    progress: Progress = silent,
) -> tuple[list[Path], list[str], list[Problem]]:
    """Write the posters of a board, as it was read, in their usual size; with what to know of them.

    They are those that may be hung now, or those of the quarters of `years`.
    What earlier runs wrote and this one does not is removed, and named: nobody should find an old
    poster and hang it.
    Raises BoardError if a poster cannot hold its text, and RefusedTarget if the folder is not ours.
    """
    require_ours(folder)
    prepared, posters = posters_of(board, edition)
    now, _ = by_age(prepared, posters)
    wanted = [poster for poster in posters if poster.year in years] if years else now
    orders = [_usual(poster) for poster in wanted]
    shop = workshop(prepared)
    made = make(shop, orders, progress)
    files = {
        file_name(sheet.poster, row.order.size): sheet.pdf.read_bytes()
        for row in made
        for sheet in row.sheets
    }
    old = sorted(name for name in _written(folder) - set(files) if (folder / name).exists())
    for name in old:
        (folder / name).unlink()
    written = _write(folder, files)
    _note(folder, set(files))
    tidy(home(board.data))
    return written, old, [problem for row in made for problem in notices(shop, row)]


def _note(folder: Path, names: set[str]) -> None:
    """Keep the list of what we wrote, in the marker of the folder."""
    text = "".join(f"{name}\n" for name in sorted(names))
    (folder / MARKER).write_text(text, encoding="utf-8")


def _usual(poster: Poster) -> Order:
    size = known_size(KINDS[poster.kind].default)
    return Order(poster, size, office_layout(size))


def _written(folder: Path) -> set[str]:
    marker = folder / MARKER
    if not marker.is_file():
        return set()
    names = marker.read_text(encoding="utf-8", errors="replace").splitlines()
    return {name for name in names if name == Path(name).name and name.endswith((".pdf", ".png"))}


def _write(folder: Path, files: dict[str, bytes]) -> list[Path]:
    """Only what changed is written, so that nothing is touched that somebody is printing."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        target = folder / name
        if not target.is_file() or target.read_bytes() != content:
            write_whole(target, content)
    return [folder / name for name in files]
