"""Pictures that come in: decoded whole, named for their record, kept once, the rest told of."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from boards.amend import Value
from boards.errors import Place
from boards.intake.pieces import Picture
from boards.intake.proposal import LeftOut
from boards.pixels.decode import PhotoRefused, decode, require_size
from boards.pixels.kinds import kind_of
from boards.records.filenames import ENDINGS

_SMALLEST = 200
"""Pixels below which a picture in a text is a sign or a rule, not a photo."""
COARSE = 900
"""Pixels of the longer side below which a photo prints badly on a board."""
_MEANS_NOTHING = ("图片", "image", "img", "picture", "未命名", "wps图片", "屏幕截图", "screenshot")


@dataclass(frozen=True, slots=True)
class Kept:
    """Pictures of a write-up as they would be kept."""

    figures: list[Value] = field(default_factory=list)
    files: Mapping[Path, bytes] = field(default_factory=dict)
    left_out: tuple[LeftOut, ...] = ()
    said: tuple[str, ...] = ()


def ending_of(content: bytes) -> str:
    """What the file of a picture ends with, by what it holds; empty if it is none that we take."""
    return ENDINGS.get(kind_of(content), ("",))[0]


def free_file(media: Path, stem: str, content: bytes, taken: Mapping[Path, bytes]) -> Path:
    """Where a picture is kept: in a file that holds the same already, or in a new one."""
    ending, number = ending_of(content), 1
    while True:
        file = media / (f"{stem}{ending}" if number == 1 else f"{stem}-{number}{ending}")
        held = taken.get(file) or (file.read_bytes() if file.is_file() else None)
        if held is None or held == content:
            return file
        number += 1


def kept_pictures(
    media: Path, record_id: str, title: str, pictures: Sequence[Picture], file: str
) -> Kept:
    """The pictures of a write-up, each once; nothing is written."""
    figures: list[Value] = []
    files: dict[Path, bytes] = {}
    left: list[LeftOut] = []
    said: list[str] = []
    seen: set[str] = set()
    for number, picture in enumerate(pictures, 1):
        what = f"第 {number} 张图片"
        digest = hashlib.sha256(picture.content).hexdigest()
        if digest in seen:
            left.append(LeftOut(Place(file), what, "和前面的一张完全一样"))
            continue
        seen.add(digest)
        try:
            require_size(len(picture.content))
            image = decode(picture.content, ending_of(picture.content) or ".jpg")
        except PhotoRefused as refused:
            left.append(LeftOut(Place(file), what, refused.found, refused.hint))
            continue
        if max(image.size) < _SMALLEST:
            why = f"只有 {image.width}×{image.height} 像素，像是图标"
            left.append(LeftOut(Place(file), what, why))
            continue
        kept = free_file(media, f"{record_id}-{len(figures) + 1}", picture.content, files)
        files[kept] = picture.content
        figure: dict[str, Value] = {
            "file": f"media/{kept.name}",
            "alt": _alt(picture, title),
        }
        if picture.caption:
            figure["caption"] = picture.caption
        figures.append(figure)
        if max(image.size) < COARSE:
            said.append(coarse(what, image.size))
    return Kept(figures, files, tuple(left), tuple(said))


def coarse(what: str, size: tuple[int, int]) -> str:
    """What is said of a picture that comes in and is too coarse for a board."""
    return f"{what}只有 {size[0]}×{size[1]} 像素，印展板会糊；向拍照的人要原图，再换"


def _alt(picture: Picture, title: str) -> str:
    alt = " ".join(picture.alt.split())
    told = alt and not alt.casefold().startswith(_MEANS_NOTHING) and "\\" not in alt
    return alt[:100] if told else picture.caption or f"{title[:40]}的图片"
