"""Decoding a photo whole, within limits, or saying why it cannot be used."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from boards.pixels.beside import Parts, take_apart
from boards.pixels.colours import to_srgb
from boards.pixels.kinds import kind_of
from boards.records.filenames import ENDINGS, FOREIGN, SUPPORTED, spaced

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_BYTES = 40 * 1024 * 1024
MAX_PIXELS = 120_000_000
"""Above any phone's sensor that is in use at its full size, far below what exhausts memory."""
MAX_SCANS = 50
"""A progressive JPEG has some ten; each costs a pass over all pixels and may take twenty bytes."""

_CALLED = {"HEIF": "苹果手机的 HEIC", "WEBP": "WebP"}
"""What people call a format; others go by their own names."""
_AGAIN = "重新传一份原图，微信里要点“原图”"
_RESAVE = "用看图软件打开，另存为 jpg；看图软件也打不开"
_NO_HEIF = "这台电脑没有装读 HEIC 的 pillow-heif"
_WITHOUT_HEIF = (
    "把照片另存为 jpg；要直接用 HEIC，请管电脑的人从安装包文件夹 wheelhouse 里装，不用上网："
    "python -m pip install --no-index --find-links wheelhouse pillow-heif"
)


class PhotoRefused(Exception):
    """A photo that cannot be used: what was found, and what to do."""

    def __init__(self, found: str, hint: str) -> None:
        super().__init__(found)
        self.found = found
        self.hint = hint


def require_size(size: int) -> None:
    """Refuse a file of too many bytes."""
    if size > MAX_BYTES:
        found = f"照片有 {size // 1024 // 1024} MB，超过 {MAX_BYTES // 1024 // 1024} MB"
        raise PhotoRefused(found, "用手机或看图软件另存一张小一些的")


def check_picture(content: bytes, ending: str, max_pixels: int = MAX_PIXELS) -> None:
    """Decode a stranger's picture whole as `decode` would, and keep nothing of it.

    Raises PhotoRefused, also for what a reader's own photos never are: made to be slow.
    """
    require_size(len(content))
    if (scans := content.count(b"\xff\xda")) > MAX_SCANS:
        found = f"照片要解码 {scans} 遍，正常的不超过 {MAX_SCANS} 遍"
        raise PhotoRefused(found, "用看图软件打开后另存为 jpg")
    decode(content, ending, max_pixels)


def decode(content: bytes, ending: str, max_pixels: int = MAX_PIXELS) -> Image:
    """The pixels, upright and in sRGB, in an image that knows nothing else.

    `ending` is what the file's name ends with. Raises PhotoRefused.
    """
    kind = _require_kind(content, ending.casefold())
    parts = take_apart(content)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with _or_refused("打不开，照片坏了，或是少见的存法", f"{_RESAVE}，就重新传一份原图"):
            opened = _opened(parts, kind, max_pixels)
        with _or_refused("照片不完整，可能没有传完", _AGAIN):
            opened.load()
        with _or_refused("照片的颜色读不出来", f"{_RESAVE}，就重新传一份原图"):
            return _pixels(opened, parts, kind)


@contextmanager
def _or_refused(found: str, hint: str) -> Iterator[None]:
    """Refuse a photo over whatever is raised: decoders stumble in many ways over damaged files."""
    try:
        yield
    except PhotoRefused:
        raise
    except MemoryError as error:
        raise PhotoRefused("照片太大，这台电脑的内存不够", "用看图软件缩小后再放进来") from error
    except Exception as error:
        raise PhotoRefused(found, hint) from error


def _opened(parts: Parts, kind: str, max_pixels: int) -> Image:
    """What the file says of itself; no pixel is decoded yet."""
    from PIL import Image  # noqa: PLC0415 - only with photos

    try:
        opened = Image.open(io.BytesIO(parts.drawing), formats=[kind])
    except Image.DecompressionBombError as error:
        raise _too_many_pixels(max_pixels) from error
    if opened.width * opened.height > max_pixels:
        raise _too_many_pixels(max_pixels, opened.width, opened.height)
    return opened


def _pixels(opened: Image, parts: Parts, kind: str) -> Image:
    from PIL import Image  # noqa: PLC0415

    if kind in ("WEBP", "HEIF"):  # these came whole to their decoders
        parts = _from_decoder(opened, kind)
    pixels = _upright(to_srgb(opened, parts.profile), parts.orientation)
    clean = Image.new("RGB", pixels.size)
    clean.paste(pixels)
    return clean


def _from_decoder(opened: Image, kind: str) -> Parts:
    """What the decoder of a WebP or HEIC tells; the latter's has turned the picture by itself."""
    told = (opened.info.get(name) for name in ("exif", "xmp", "icc_profile"))
    exif, xmp, profile = (part if isinstance(part, bytes) else b"" for part in told)
    return Parts(b"", () if kind == "HEIF" else (exif,), b"" if kind == "HEIF" else xmp, profile)


def _upright(image: Image, orientation: int) -> Image:
    from PIL.Image import Transpose  # noqa: PLC0415

    turns = {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }
    return image.transpose(turns[orientation]) if orientation in turns else image


def _require_kind(content: bytes, ending: str) -> str:
    """The format; refuses what is no photo, and a photo under another format's ending."""
    kind = kind_of(content)
    called = f"只是名字叫{spaced(ending.removeprefix('.'))}"
    if kind in FOREIGN:
        is_called_so = ending.removeprefix(".").casefold() in kind.casefold()
        found = f"是{spaced(kind)}" if is_called_so else f"内容是{spaced(kind)}，{called}"
        raise PhotoRefused(found, f"{FOREIGN[kind][1]}；{SUPPORTED}")
    if not kind:
        raise _no_photo(content)
    said = spaced(_CALLED.get(kind, kind))
    readable = kind != "HEIF" or _reads_heif()
    if ending in ENDINGS[kind] and not readable:
        raise PhotoRefused(f"是{said}，{_NO_HEIF}", _WITHOUT_HEIF)
    if ending not in ENDINGS[kind]:
        cure = f"把文件扩展名改成 {ENDINGS[kind][0]}，台账里的路径一起改"
        if readable:
            raise PhotoRefused(f"内容是{said}，{called}", cure)
        raise PhotoRefused(f"内容是{said}，{called}；{_NO_HEIF}", _WITHOUT_HEIF)
    return kind


def _no_photo(content: bytes) -> PhotoRefused:
    if not content:
        return PhotoRefused("文件是空的（0 字节）", _AGAIN)
    if not any(content[:4096]):
        found = "文件里没有内容（全是 0），多半没有传完，或只在网盘上"
        return PhotoRefused(found, "把原图重新拷到这台电脑上；网盘里的先下载")
    return PhotoRefused("打不开，不是能用的照片", f"{SUPPORTED}；其他格式先另存为 jpg")


def _too_many_pixels(max_pixels: int, width: int = 0, height: int = 0) -> PhotoRefused:
    size = f"（{width}×{height}）" if width else ""
    found = f"照片像素太多{size}，超过 {max_pixels // 10_000} 万"
    return PhotoRefused(found, "用看图软件缩小后再放进来")


def _reads_heif() -> bool:
    """Whether HEIC from phones can be read here: only where that wheel is installed."""
    try:
        import pillow_heif  # type: ignore[import-not-found,unused-ignore]  # noqa: PLC0415
    except ImportError:
        return False
    pillow_heif.register_heif_opener()
    return True
