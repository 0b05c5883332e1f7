"""One poster in one size: what Typst is told, as JSON, and what identifies it."""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from boards.addresses import in_ascii
from boards.board.board import Board
from boards.figures import Figure
from boards.formats import BLEED, KINDS, OFFICE_MARGIN, SLUG, Family, Size
from boards.looks import USUAL
from boards.posters.views import Poster
from boards.posters.views.words import Words
from boards.records import PosterSettings, WhenFull
from boards.typst.fonts import FontSet
from boards.typst.glyphs import glyph_files
from boards.typst.qr import qr_rows
from boards.words.common import Provenance, in_chinese


class Layout(StrEnum):
    """How the page relates to the finished board."""

    INSET = "inset"
    """The page is a sheet; what an office printer cannot reach stays white."""
    FINISHED = "finished"
    """The page is the board."""
    BLEED = "bleed"
    """The page is larger than the board by bleed and crop marks."""


def office_layout(size: Size) -> Layout:
    """Sheets go through a printer with margins; boards are made by others."""
    return Layout.INSET if size.family is Family.SHEET else Layout.FINISHED


@dataclass(frozen=True)
class Studio:
    """What all posters of a site are set with."""

    board: Board
    fonts: FontSet
    chosen: str = ""
    """The look that was asked for; the branch's own if none was."""

    @property
    def look(self) -> str:
        """The look of all its posters."""
        return self.chosen or self.board.branch.look or USUAL

    @property
    def suffix(self) -> str:
        """What tells files of another look than the branch's own."""
        return f"-{self.look}" if self.look != (self.board.branch.look or USUAL) else ""

    @functools.cached_property
    def shared(self) -> dict[str, Any]:
        """What every poster's JSON holds alike."""
        branch = self.board.branch
        return {
            "owner": owner(self.board),
            "look": self.look,
            "faces": {str(face): family for face, family in self.fonts.families.items()},
            "zone_marks": {zone.id: zone.drawing for zone in self.board.zones.values()},
            "unbroken": sorted(
                {face.name for face in self.board.faces.values() if len(face.name) > 1}
            ),
            "glyphs": [
                {"character": glyph.character, "files": glyph_files(self.board, glyph)}
                for glyph in (branch.posters.glyphs if branch.posters else ())
            ],
        }

    def goes_on(self, poster: Poster) -> bool:
        """Whether it rather takes further sheets than leave anything out."""
        settings = self.board.branch.posters or PosterSettings()
        return KINDS[poster.kind].goes_on and settings.when_full is WhenFull.MORE_SHEETS


def owner(board: Board) -> str:
    """Whose poster it is, as it stands at the head."""
    return f"{board.branch.group}{board.branch.mine} {board.branch.name}"


def around(board: Board, poster: Poster) -> list[str]:
    """The texts that stand on a poster besides its view."""
    return [owner(board), *foot_lines(board, poster)]


Fit = Mapping[str, Mapping[str, float]]
"""The drawing and the size in millimetres that the sheets of a list share, by the poster's part."""


def as_json(
    studio: Studio,
    poster: Poster,
    size: Size,
    layout: Layout,
    fit: Fit = MappingProxyType({}),
    photos: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """Everything a template needs to know of a poster, or a sheet of it, in one size.

    `photos` names lighter files to set in place of those of its photos.
    """
    site = studio.board.branch.site_url
    address = f"{site.rstrip('/')}/{poster.url}" if site else ""
    content = {
        **studio.shared,
        "title": poster.heading,
        "sheet": _numbered(poster),
        "fit": dict(fit),
        "photos": dict(photos),
        "whole": studio.goes_on(poster),
        "marks": poster.marks,
        "view": poster.view,
        "foot": foot_lines(studio.board, poster),
        "qr": qr_rows(in_ascii(address)) if address else [],
        "board": page(size, layout),
    }
    return _dump(content)


def version(board: Board, poster: Poster) -> str:
    """Eight characters that change when what the poster says does, in whatever size.

    Words of the program's own do not count, whether a template or a view holds them. A list on
    several sheets has a version for each.
    """
    branch = board.branch
    words = _fields(poster)
    sheet = [words.pop(name) for name in ("records", "sheet", "sheets")][1:]
    said = (branch.group, branch.mine, branch.name, words, *(sheet if poster.sheets > 1 else ()))
    return hashlib.sha256(_dump(said, _told).encode("utf-8")).hexdigest()[:8].upper()


def _numbered(poster: Poster) -> dict[str, str] | None:
    """What is said of a sheet among several."""
    if poster.sheets == 1:
        return None
    running = f"第 {poster.sheet} 张，共 {poster.sheets} 张"
    return {"number": in_chinese(poster.sheet), "running": running}


def page(size: Size, layout: Layout) -> dict[str, Any]:
    """The board's measures on the page in millimetres, halved where the board is made at 1:2."""
    scale = size.scale
    inset = OFFICE_MARGIN if layout is Layout.INSET else 0.0
    edge = (BLEED + SLUG) * 2 if layout is Layout.BLEED else 0.0
    return {
        "size": size.name,
        "width": size.width / scale - 2 * inset,
        "height": size.height / scale - 2 * inset,
        "u": (size.short / scale - 2 * inset) / 100,
        "shape": size.shape,
        "inset": inset,
        "bleed": BLEED if layout is Layout.BLEED else 0.0,
        "slug": SLUG if layout is Layout.BLEED else 0.0,
        "page_width": size.width / scale + edge,
        "page_height": size.height / scale + edge,
        "key_floor": size.key_floor / scale,
        "body_floor": size.body_floor / scale,
        "qr_side": size.qr_side / scale,
        "stand": size.stand / scale,
    }


def foot_lines(board: Board, poster: Poster) -> list[str]:
    """Source, approval, date and version, each once, as they stand at the foot."""
    found = poster.provenance
    lines = [
        ("出处：", _each(found, "source")),
        ("公开依据：", _each(found, "approval")),
        ("数据截至：", _each(found, "as_of")),
    ]
    said = [label + "；".join(values) for label, values in lines if values]
    return [*said, f"版本：{version(board, poster)}"]


def _each(found: tuple[Provenance, ...], name: str) -> list[str]:
    return list(dict.fromkeys(value for row in found if (value := getattr(row, name))))


def _fields(value: Any) -> dict[str, Any]:
    return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}


def _told(value: Any) -> dict[str, Any]:
    """The fields that hold something a record says."""
    return {name: part for name, part in _fields(value).items() if not _is_own(part)}


def _is_own(value: Any) -> bool:
    """Whether these are words of the program's own, or several and nothing else; a figure says
    again what its record does.
    """
    if isinstance(value, tuple):
        return bool(value) and all(map(_is_own, value))
    if isinstance(value, Figure):
        return True
    return isinstance(value, Words) and not value.at


def _dump(content: Any, fields: Callable[[Any], dict[str, Any]] = _fields) -> str:
    return json.dumps(content, ensure_ascii=False, default=fields, separators=(",", ":"))
