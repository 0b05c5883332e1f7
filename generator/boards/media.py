"""The one way a photo gets in: decoded whole, turned upright, put into sRGB, drawn afresh.

Nothing of the original file survives but its pixels: no EXIF, no GPS, no comments, no profile.
Results are cached by content, so a photo is worked on once.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from boards.board.board import Board
from boards.cache import Cache, Entry, home
from boards.errors import Problem, why
from boards.pixels.decode import PhotoRefused, decode, require_size
from boards.records import Photo, Portrait
from boards.records.posters import GlyphPicture
from boards.records.schema import FieldPath

if TYPE_CHECKING:
    from PIL.Image import Image

SIZES = {"small": 480, "large": 1200, "print": 3000}
"""Longest sides in pixels: two for the web, one for paper (3000 px is 50 cm at 150 dpi)."""

QUALITY = {"small": 80, "large": 82, "print": 90}
_RECIPE = "4"
"""Raise it when the steps below, or in `pixels`, change."""


@dataclass(frozen=True, slots=True)
class Rendition:
    """One size of a photo, ready for any surface."""

    path: Path
    width: int
    height: int
    digest: str
    """The SHA-256 of its bytes."""

    @property
    def url(self) -> str:
        """Its address on the site."""
        return f"media/{self.path.name}"


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo in all its sizes."""

    small: Rendition
    large: Rendition
    print: Rendition


def cache_of(data: Path) -> Path:
    """Where renditions of a site's photos are kept, beside its data."""
    return home(data) / "media"


@dataclass(frozen=True, slots=True)
class Framing:
    """How a portrait is cut to 3:4, so that the eyes of all stand at one height."""

    across: float = 0.5
    """Where the middle between the eyes is, as a share of the photo's width."""
    down: float = 0.35
    """The same of its height; without anything known, what portraits mostly have."""
    zoom: float = 1.0
    """How many times larger the face is to be than in the largest cut there is."""


EYES_AT = 0.42
"""How far down a portrait's eyes are, as a share of its height."""


def framing_of(portrait: Portrait) -> Framing:
    """The cut that a record asks for."""
    framing = Framing(zoom=float(portrait.zoom or 1))
    if not portrait.eyes:
        return framing
    across, down = (int(share) / 100 for share in portrait.eyes.split(","))
    return replace(framing, across=across, down=down)


def _framed(image: Image, framing: Framing) -> Image:
    """The 3:4 of an image in which the eyes stand where they should, as far as its edges allow."""
    high = min(image.height, image.width * 4 / 3) / framing.zoom
    wide = high * 3 / 4
    left = min(max(framing.across * image.width - wide / 2, 0), image.width - wide)
    upper = min(max(framing.down * image.height - EYES_AT * high, 0), image.height - high)
    return image.crop((round(left), round(upper), round(left + wide), round(upper + high)))


def ingest(file: Path, cache: Path, framing: Framing | None = None) -> Picture:
    """The photo in all sizes, from the cache or made anew; raises PhotoRefused or OSError."""
    require_size(file.stat().st_size)
    content = file.read_bytes()
    ending = file.suffix.casefold()  # the same bytes under another format's ending are refused
    kept = Cache(cache, _RECIPE)
    key = kept.key(ending, content, repr(framing) if framing else "")
    entry = kept.get(key)
    if not entry:
        image = decode(content, ending)
        entry = kept.put(key, *_renditions(_framed(image, framing) if framing else image))
    return _as_picture(entry)


def _as_picture(entry: Entry) -> Picture:
    sizes = {
        kind: Rendition(entry.files[end], width, height, entry.sums[end])
        for kind, (width, height) in entry.facts.items()
        for end in (_ending(kind, width, height),)
    }
    return Picture(**sizes)


def _renditions(image: Image) -> tuple[dict[str, bytes], dict[str, tuple[int, int]]]:
    """The files of all sizes by the end of their names, and the width and height of each."""
    from PIL import Image  # noqa: PLC0415

    files: dict[str, bytes] = {}
    sizes: dict[str, tuple[int, int]] = {}
    for kind, longest in SIZES.items():
        scaled = image.copy()
        scaled.thumbnail((longest, longest), Image.Resampling.LANCZOS)
        content = io.BytesIO()
        scaled.save(content, "JPEG", quality=QUALITY[kind], optimize=True)
        files[_ending(kind, *scaled.size)] = content.getvalue()
        sizes[kind] = scaled.size
    return files, sizes


def _ending(kind: str, width: int, height: int) -> str:
    return f"-{kind}-{width}x{height}.jpg"


def photos(board: Board) -> Iterator[tuple[Any, FieldPath, Photo]]:
    """Every photo a board refers to, with the record and field it stands in."""
    for member in board.members.values():
        if member.photo:
            yield member, ("photo", "file"), member.photo
    for case in board.cases.values():
        for number, figure in enumerate(case.figures):
            yield case, ("figures", number, "file"), figure


def _glyphs(board: Board) -> Iterator[tuple[Any, FieldPath, Any]]:
    """Pictures of rare characters: checked like photos, shown on posters alone."""
    settings = board.branch.posters if board.branches else None
    for number, glyph in enumerate(settings.glyphs if settings else ()):
        yield board.branch, ("posters", "glyphs", number, "file"), glyph


def every_photo(board: Board) -> tuple[tuple[Any, FieldPath, Any], ...]:
    """Every photo and picture of a rare character, with the record and field it stands in."""
    return (*photos(board), *_glyphs(board))


def check_photos(
    board: Board, is_wanted: Callable[[Photo | GlyphPicture], bool] = lambda _: True
) -> Iterator[Problem]:
    """Photos that cannot be used; one that is missing is the business of `rules`.

    Whoever cannot wait until all are worked on leaves out those that are not wanted.
    """
    for record, path, photo in every_photo(board):
        if not (board.data / photo.file).is_file() or not is_wanted(photo):
            continue
        try:
            picture(board, photo)
        except PhotoRefused as refused:
            found = f"照片 {photo.file}：{refused.found}"
            yield board.problem(record, path, found, refused.hint)
        except OSError as error:
            found = f"照片 {photo.file} 读不了（{why(error)}）"
            yield board.problem(record, path, found, "检查文件权限和磁盘剩余空间")


def picture(board: Board, photo: Photo | GlyphPicture) -> Picture:
    """A photo that has passed `check_photos`; a portrait is cut as its record says."""
    return picture_at(board, board.data / photo.file, _cut(photo))


def picture_key(board: Board, photo: Photo | GlyphPicture) -> PictureKey:
    """What a photo is remembered by, with its size and time of change; raises OSError."""
    return _key(board.data / photo.file, _cut(photo))


def _cut(photo: Photo | GlyphPicture) -> Framing | None:
    return framing_of(photo) if isinstance(photo, Portrait) else None


PictureKey = tuple[Path, int, int, Framing | None]


def _key(file: Path, framing: Framing | None) -> PictureKey:
    now = file.stat()
    return (file, now.st_size, now.st_mtime_ns, framing)


def picture_at(board: Board, file: Path, framing: Framing | None = None) -> Picture:
    """What `ingest` makes of a file in a board's data.

    Remembered with the board and all boards made of it, until the file is changed: one build asks
    for every photo some hundred times, and to know it again is to read it whole.
    """
    key = _key(file, framing)
    if key not in board.pictures:
        board.pictures[key] = ingest(file, cache_of(board.data), framing)
    made: Picture = board.pictures[key]
    return made
