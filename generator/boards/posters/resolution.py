"""Photos that are too coarse for the size they are printed in: measured on the finished poster."""

from __future__ import annotations

import hashlib
import io
import math
from collections.abc import Iterator, Mapping
from typing import Any

from boards.board.board import Board
from boards.errors import Problem, Severity
from boards.formats import Size
from boards.media import Picture, photos, picture
from boards.posters.views.words import Poster, PosterPhoto, parts_of
from boards.records import Photo
from boards.records.schema import FieldPath

_UPRIGHT = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


Sought = dict[str, tuple[Any, FieldPath, Photo]]
"""Photos with the record and field each stands in, by the digest of what is printed of it."""


def sought(board: Board) -> Sought:
    """The photos of a board that has passed `check_photos`."""
    return {
        rendition.digest: (record, path, photo)
        for record, path, photo in photos(board)
        for made in (picture(board, photo),)
        for rendition in (made.large, made.print)
    }


def pictures(board: Board) -> dict[str, Picture]:
    """The board's photos by the name of the file that is made for paper."""
    found = (picture(board, photo) for _, _, photo in photos(board))
    return {made.print.path.name: made for made in found}


def lighter(poster: Poster, known: Mapping[str, Picture], kind: str) -> dict[str, str]:
    """The files of a poster's photos in the renditions for a page: `kind` is small or large."""
    on_it = [part.file for part in parts_of(poster.view) if isinstance(part, PosterPhoto)]
    return {file: getattr(known[file], kind).path.name for file in on_it if file in known}


def coarse_photos(
    board: Board, size: Size, dpi: Mapping[str, float], photos: Sought
) -> Iterator[Problem]:
    """A notice for each photo with fewer dots per inch than `size` is printed with.

    `dpi` is what `dots_per_inch` found on the finished poster.
    """
    if size.family == "screen":
        return
    for digest, drawn in dpi.items():
        found = photos.get(digest)
        dots = math.floor(drawn / size.scale)
        if found and dots < size.dpi:
            record, path, photo = found
            said = f"照片 {photo.file} 在 {size.label}海报上只有 {dots} dpi，至少要 {size.dpi} dpi"
            hint = "换一张原图，微信里要点“原图”；没有就选小一号的尺寸"
            yield board.problem(record, path, said, hint, severity=Severity.NOTICE)


def dots_per_inch(document: bytes) -> dict[str, float]:
    """What each photo of a finished poster is drawn with, the least of it, by its digest."""
    if b"/DCTDecode" not in document:  # no photo; others need not be opened
        return {}
    least: dict[str, float] = {}
    for digest, dpi in _drawn(document):
        least[digest] = min(dpi, least.get(digest, dpi))
    return least


def _drawn(document: bytes) -> Iterator[tuple[str, float]]:
    """Each JPEG of a page, by the hash of its bytes, with the dots per inch it is drawn with."""
    import pikepdf  # noqa: PLC0415 - heavy, and posters without photos do without

    with pikepdf.open(io.BytesIO(document)) as opened:
        for page in opened.pages:
            yield from _on(page.obj, _UPRIGHT)


def _on(drawing: Any, matrix: tuple[float, ...]) -> Iterator[tuple[str, float]]:
    """The same for a page, or for a form that is drawn on one under `matrix`."""
    import pikepdf  # noqa: PLC0415

    things = drawing.get("/Resources", {}).get("/XObject", {})
    kept: list[tuple[float, ...]] = []
    for instruction in pikepdf.parse_content_stream(drawing):
        operands, name = instruction.operands, str(instruction.operator)
        if name == "q":
            kept.append(matrix)
        elif name == "Q" and kept:
            matrix = kept.pop()
        elif name == "cm":
            matrix = _product([float(str(number)) for number in operands], matrix)
        elif name == "Do":
            thing = things[str(operands[0])]
            if thing.get("/Subtype") == "/Form":
                inner = [float(number) for number in thing.get("/Matrix", _UPRIGHT)]
                yield from _on(thing, _product(inner, matrix))
            elif thing.get("/Filter") == "/DCTDecode":
                wide = math.hypot(matrix[0], matrix[1]) / 72
                high = math.hypot(matrix[2], matrix[3]) / 72
                dpi = min(int(thing.Width) / wide, int(thing.Height) / high)
                yield hashlib.sha256(thing.read_raw_bytes()).hexdigest(), dpi


def _product(inner: Any, outer: tuple[float, ...]) -> tuple[float, ...]:
    """Two of PDF's matrices, the inner one applied first (ISO 32000-1, 8.3.4)."""
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (
        a * p + b * r, a * q + b * s,
        c * p + d * r, c * q + d * s,
        e * p + f * r + t, e * q + f * s + u,
    )  # fmt: skip
