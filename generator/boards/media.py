"""The one way a photo gets in: decoded whole, turned upright, put into sRGB, drawn afresh.

Nothing of the original file survives but its pixels: no EXIF, no GPS, no comments, no profile.
Results are cached by content, so a photo is worked on once.
"""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from boards.board import Board
from boards.cache import Cache, Entry, home
from boards.errors import Problem, why
from boards.records import Photo
from boards.records.schema import FieldPath

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_BYTES = 40 * 1024 * 1024
MAX_PIXELS = 120_000_000
"""Above any phone's sensor that is in use at its full size, far below what exhausts memory."""
MAX_SCANS = 50
"""A progressive JPEG has some ten; each costs a pass over all pixels and may take twenty bytes."""

SIZES = {"small": 480, "large": 1200, "print": 3000}
"""Longest sides in pixels: two for the web, one for paper (3000 px is 50 cm at 150 dpi)."""

QUALITY = {"small": 80, "large": 82, "print": 90}
_RECIPE = "2"
"""Raise it when the steps below change."""

_FORMATS = {
    "JPEG": (".jpg", ".jpeg"),
    "PNG": (".png",),
    "WEBP": (".webp",),
    "HEIF": (".heic",),
}


_BROKEN = (OSError, ValueError, SyntaxError, TypeError, KeyError, struct.error, OverflowError)
"""What Pillow raises over files that are damaged in one way or another."""


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


class PhotoRefused(Exception):
    """A photo that cannot be used: what was found, and what to do."""

    def __init__(self, found: str, hint: str) -> None:
        super().__init__(found)
        self.found = found
        self.hint = hint


def cache_of(data: Path) -> Path:
    """Where renditions of a site's photos are kept, beside its data."""
    return home(data) / "media"


def ingest(file: Path, cache: Path) -> Picture:
    """The photo in all sizes, from the cache or made anew; raises PhotoRefused or OSError."""
    size = file.stat().st_size
    if size > MAX_BYTES:
        raise _too_large(size)
    content = file.read_bytes()
    kept = Cache(cache, _RECIPE)
    key = kept.key(content)
    entry = kept.get(key) or kept.put(key, *_renditions(_decode(content, file.suffix)))
    return _as_picture(entry)


def _as_picture(entry: Entry) -> Picture:
    sizes = {
        kind: Rendition(entry.files[end], width, height, entry.sums[end])
        for kind, (width, height) in entry.facts.items()
        for end in (_ending(kind, width, height),)
    }
    return Picture(**sizes)


def check_picture(content: bytes, suffix: str, max_pixels: int = MAX_PIXELS) -> None:
    """Decode a stranger's picture whole as `ingest` would, and keep nothing of it.

    Raises PhotoRefused, also for what a reader's own photos never are: made to be slow.
    """
    if len(content) > MAX_BYTES:
        raise _too_large(len(content))
    if (scans := content.count(b"\xff\xda")) > MAX_SCANS:
        found = f"照片要解码 {scans} 遍，正常的不超过 {MAX_SCANS} 遍"
        raise PhotoRefused(found, "用看图软件打开后另存为 jpg")
    _decode(content, suffix, max_pixels)


def _decode(content: bytes, suffix: str, max_pixels: int = MAX_PIXELS) -> Image:
    """The pixels, upright and in sRGB, in an image that knows nothing else."""
    from PIL import Image, ImageOps, UnidentifiedImageError  # noqa: PLC0415 - only with photos

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            opened = Image.open(io.BytesIO(content), formats=_readable())
    except (UnidentifiedImageError, *_BROKEN) as error:
        raise PhotoRefused(
            "打不开，不是能用的照片", "支持 jpg、png、webp；其他格式先另存为 jpg"
        ) from error
    except Image.DecompressionBombError as error:
        raise _too_many_pixels(max_pixels) from error
    kind = "JPEG" if opened.format == "MPO" else str(opened.format)
    if opened.width * opened.height > max_pixels:
        raise _too_many_pixels(max_pixels, opened.width, opened.height)
    if suffix.casefold() not in _FORMATS.get(kind, ()):
        hint = f"把文件扩展名改成 {_FORMATS.get(kind, ('.jpg',))[0]}，台账里的路径一起改"
        raise PhotoRefused(f"扩展名是 {suffix}，内容却是 {kind}", hint)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            opened.load()
            pixels = _to_srgb(_on_white(ImageOps.exif_transpose(opened)))
    except _BROKEN as error:
        raise PhotoRefused(
            "照片不完整，可能没有传完", "重新传一份原图，微信里要点“原图”"
        ) from error
    clean = Image.new("RGB", pixels.size)
    clean.paste(pixels)
    return clean


def _too_large(size: int) -> PhotoRefused:
    found = f"照片有 {size // 1024 // 1024} MB，超过 {MAX_BYTES // 1024 // 1024} MB"
    return PhotoRefused(found, "用手机或看图软件另存一张小一些的")


def _too_many_pixels(max_pixels: int, width: int = 0, height: int = 0) -> PhotoRefused:
    size = f"（{width}×{height}）" if width else ""
    found = f"照片像素太多{size}，超过 {max_pixels // 10_000} 万"
    return PhotoRefused(found, "用看图软件缩小后再放进来")


def _readable() -> list[str]:
    """The formats that can be read here: HEIC from phones only where that wheel is installed."""
    try:
        import pillow_heif  # type: ignore[import-not-found,unused-ignore]  # noqa: PLC0415
    except ImportError:
        return [name for name in _FORMATS if name != "HEIF"]
    pillow_heif.register_heif_opener()
    return list(_FORMATS)


def _on_white(image: Image) -> Image:
    """Without transparency, the way it would look on paper."""
    from PIL import Image  # noqa: PLC0415

    if "A" not in image.getbands() and "transparency" not in image.info:
        return image
    layer = image.convert("RGBA")
    flat = Image.new("RGB", image.size, "white")
    flat.paste(layer, mask=layer.getchannel("A"))
    flat.info["icc_profile"] = image.info.get("icc_profile")
    return flat


def _to_srgb(image: Image) -> Image:
    """In sRGB: the colours every browser and printer takes an unmarked picture to be in."""
    from PIL import ImageCms  # noqa: PLC0415

    profile = image.info.get("icc_profile")
    if not profile:
        return image.convert("RGB")
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        target = ImageCms.createProfile("sRGB")
        converted = ImageCms.profileToProfile(image, source, target, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):  # a profile that is itself broken
        return image.convert("RGB")
    assert converted is not None
    return converted


def _renditions(image: Image) -> tuple[dict[str, bytes], dict[str, tuple[int, int]]]:
    """The files of all sizes by the end of their names, and the width and height of each."""
    from PIL import Image  # noqa: PLC0415

    files: dict[str, bytes] = {}
    sizes: dict[str, tuple[int, int]] = {}
    for kind, longest in SIZES.items():
        scaled = image.copy()
        scaled.thumbnail((longest, longest), Image.Resampling.LANCZOS)
        content = io.BytesIO()
        scaled.save(content, "JPEG", quality=QUALITY[kind], optimize=True, progressive=True)
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


def check_photos(board: Board) -> Iterator[Problem]:
    """Photos that cannot be used; one that is missing is the business of `rules`."""
    for record, path, photo in (*photos(board), *_glyphs(board)):
        file = board.data / photo.file
        if not file.is_file():
            continue
        try:
            ingest(file, cache_of(board.data))
        except PhotoRefused as refused:
            found = f"照片 {photo.file}：{refused.found}"
            yield board.problem(record, path, found, refused.hint)
        except OSError as error:
            found = f"照片 {photo.file} 读不了（{why(error)}）"
            yield board.problem(record, path, found, "检查文件权限和磁盘剩余空间")


def picture(board: Board, photo: Photo) -> Picture:
    """A photo that has passed `check_photos`."""
    return ingest(board.data / photo.file, cache_of(board.data))
