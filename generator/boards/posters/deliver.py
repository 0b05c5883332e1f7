"""Finished files for whoever prints: office printer, offset printer, wide-format shop."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from boards.board import Board
from boards.cache import home, tidy
from boards.editions import Edition
from boards.errors import Problem
from boards.formats import KINDS, Size, known_size
from boards.output import MARKER, require_ours, write_whole
from boards.posters.make import Order, Workshop, coarse_of, make, workshop
from boards.posters.press import for_offset
from boards.posters.room import by_age, file_name, posters_of
from boards.posters.setting import Layout, as_json, office_layout, version
from boards.posters.tiling import tile
from boards.posters.wide import spec_sheet, with_resolution
from boards.progress import Progress, silent
from boards.records import Profile
from boards.views.posters import Poster


def deliver(
    shop: Workshop, poster: Poster, size: Size, profile: Profile, sheet: Size, folder: Path
) -> list[Path]:
    """Write one poster for one way of printing.

    `sheet` is what an office printer takes, for boards that are pasted together. Raises BoardError
    if the poster cannot hold its text, and RefusedTarget if the folder is not ours.
    """
    require_ours(folder)
    files: dict[str, bytes] = {}
    if profile is Profile.OFFICE:
        files[file_name(poster, size)] = _set(shop, poster, size, office_layout(size))
    elif profile is Profile.OFFSET:
        document = _set(shop, poster, size, Layout.BLEED)
        files[file_name(poster, size, "-offset.pdf")] = for_offset(document, size)
    elif profile is Profile.TILED:
        document = _set(shop, poster, size, Layout.FINISHED)
        tiles = tile(document, size, sheet, shop.typesetter, _title(shop, poster))
        files[file_name(poster, size, f"-tiled-{sheet.name}.pdf")] = tiles
    else:
        files = _wide(shop, poster, size)
    written = _write(folder, files)
    _note(folder, _written(folder) | set(files))
    return written


def notices(shop: Workshop, poster: Poster, size: Size) -> list[Problem]:
    """What whoever prints a poster in this size should know of its photos."""
    return coarse_of(shop, make(shop, [Order(poster, size, office_layout(size))])[0])


def _set(shop: Workshop, poster: Poster, size: Size, layout: Layout) -> bytes:
    made = make(shop, [Order(poster, size, layout)])[0]
    assert made.pdf
    return made.pdf.read_bytes()


def _title(shop: Workshop, poster: Poster) -> str:
    """What marks and spec sheets call a poster; 〓 stands for what only a picture can show."""
    settings = shop.board.branch.posters
    drawn = {glyph.character for glyph in settings.glyphs} if settings else set()
    return "".join("〓" if letter in drawn else letter for letter in poster.title)


def _wide(shop: Workshop, poster: Poster, size: Size) -> dict[str, bytes]:
    """PDF, picture and spec sheet; a picture of a board drawn at 1:2 has all its pixels."""
    names = [file_name(poster, size, f"-wide{suffix}") for suffix in (".pdf", ".png")]
    document = _set(shop, poster, size, Layout.FINISHED)
    ppi = size.dpi * size.scale
    content = as_json(shop.studio, poster, size, Layout.FINISHED)
    picture = with_resolution(shop.typesetter.png(poster.kind, content, ppi), ppi)
    settings = shop.board.branch.posters
    sheet = spec_sheet(
        title=_title(shop, poster),
        size=size,
        files=names,
        version=version(shop.board, poster),
        contact=(settings.contact if settings else None) or "",
        owner=str(shop.studio.shared["owner"]),
        typesetter=shop.typesetter,
    )
    spec = file_name(poster, size, "-wide-spec.pdf")
    return {names[0]: document, names[1]: picture, spec: sheet}


def deliver_all(
    board: Board,
    edition: Edition,
    folder: Path,
    years: Collection[int] = (),
    progress: Progress = silent,
) -> tuple[list[Path], list[str], list[Problem]]:
    """Write the posters of a board, as it was read, in their usual size; with photos too coarse.

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
        file_name(row.order.poster, row.order.size): row.pdf.read_bytes() for row in made if row.pdf
    }
    old = sorted(name for name in _written(folder) - set(files) if (folder / name).exists())
    for name in old:
        (folder / name).unlink()
    written = _write(folder, files)
    _note(folder, set(files))
    tidy(home(board.data))
    return written, old, [problem for row in made for problem in coarse_of(shop, row)]


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
