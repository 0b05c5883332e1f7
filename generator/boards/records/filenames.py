"""Names of files that hold on every system, and what may be typed for a photo's."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from boards.errors import nearest
from boards.records.typed import fault, typed_line
from boards.yaml.faults import unsafe_characters

ENDINGS = {
    "JPEG": (".jpg", ".jpeg", ".jfif"),
    "PNG": (".png",),
    "WEBP": (".webp",),
    "HEIF": (".heic", ".heif", ".hif"),
}
"""What photos of each format may be called; the first is what we call them ourselves."""
_ALL_ENDINGS = tuple(ending for endings in ENDINGS.values() for ending in endings)
SUPPORTED = "支持 jpg、png、webp、heic"

_SAVE_AS = "用看图软件打开，另存为 jpg"
_FROM_DOCUMENT = "把里面的照片单独存成 jpg（在图片上点右键，另存为图片），或向拍照的人要原图"
_UNPACK = "先解压，把里面的照片放进 data/media"
_STILL = "用手机相册重新导出，选静态照片（jpg），不选视频或实况"
FOREIGN = {
    "GIF 图片": ((".gif",), _SAVE_AS),
    "BMP 图片": ((".bmp", ".dib"), _SAVE_AS),
    "AVIF 图片": ((".avif",), _SAVE_AS),
    "TIFF 图片": ((".tif", ".tiff"), _SAVE_AS),
    "JPEG 2000 或 JPEG XL 图片": ((".jp2", ".j2k", ".jxl"), _SAVE_AS),
    "Photoshop 文件": ((".psd",), "在 Photoshop 里导出为 jpg"),
    "相机的 RAW 原片": (
        (".raw", ".dng", ".cr2", ".cr3", ".nef", ".arw", ".raf", ".orf", ".rw2"),
        "用相机自带的软件或看图软件导出为 jpg",
    ),
    "SVG 图形": ((".svg",), "换成 jpg 或 png 照片"),
    "视频": ((".mov", ".mp4", ".avi", ".3gp", ".mkv"), _STILL),
    "苹果的实况照片": ((".livp",), _STILL),
    "PDF 文件": ((".pdf",), _FROM_DOCUMENT),
    "Word 文档": ((".docx", ".doc", ".wps"), _FROM_DOCUMENT),
    "Excel 表格": ((".xlsx", ".xls", ".et"), _FROM_DOCUMENT),
    "PPT 演示文稿": ((".pptx", ".ppt", ".dps"), _FROM_DOCUMENT),
    "Office 文档": ((), _FROM_DOCUMENT),
    "压缩包": ((".zip", ".rar", ".7z"), _UNPACK),
    "快捷方式": ((".lnk", ".url"), "把照片本身复制到 data/media"),
    "网页": ((".html", ".htm"), "在网页里的照片上点右键，图片另存为"),
}
"""What is put in a photo's place by mistake: its usual endings, and how to come to a photo."""

DEVICES = {
    "con", "prn", "aux", "nul", "conin$", "conout$",
    *(f"{name}{n}" for name in ("com", "lpt") for n in "123456789¹²³"),
}  # fmt: skip
"""Names that Windows keeps for devices, whatever ending follows."""
_FORBIDDEN = '<>:"|?*'
"""Not allowed in names of files on Windows, besides slashes and control characters."""
_LONGEST, _BYTES = 80, 240
"""Characters of a name, and what they may take on a disk: 255 bytes, of which some are ours."""

_ABSOLUTE = re.compile(r"/|[A-Za-z]:/|[a-z]+://", re.IGNORECASE)
_HOME = re.compile(r"(?:\./)*(?:data[/／]+)?media[/／]+", re.IGNORECASE)
_FULL_HOME = re.compile(r".*/data/+media/+", re.IGNORECASE)
_ENDING = re.compile(r"\.(?=[a-z0-9]*[a-z])[a-z0-9]{2,5}")
_MISTYPED_ENDING = re.compile(r"(.+?) *[.。,、]+ *([a-z]{3,4})", re.IGNORECASE | re.DOTALL)


def media_path(value: Any) -> str:
    """A photo's path as it is kept, `media/…`; refuses names that some system would not hold.

    Taken as well: the name alone, backslashes, the folder's other spellings, and a path that was
    copied whole, as long as it ends below data/media.
    """
    text = typed_line(value)
    path = text.strip('"').replace("\\", "/")
    if whole := _FULL_HOME.match(path):
        path = path[whole.end() :]
    elif not _ABSOLUTE.match(path):
        path = path[home.end() :] if (home := _HOME.match(path)) else path
    else:
        _refuse_outside(text, path)
    parts = [part for part in path.split("/") if part not in ("", ".")]
    if ".." in parts:
        _refuse_outside(text, path)
    if not parts or path.endswith("/"):
        fault(f"照片路径“{text}”里没有文件名", "写成 media/文件名.jpg")
    wrong = list(dict.fromkeys(matter for part in parts for matter in _matters(part)))
    if wrong:
        said = "、".join(wrong)
        use = "/".join(map(_mended, parts))
        fault(f"照片“{path}”的文件名{said}", f"把文件改名为 {use}，台账里写 media/{use}")
    _require_photo(parts)
    kept = "/".join(("media", *parts))
    require_short_names(kept)
    return kept


def _refuse_outside(text: str, path: str) -> None:
    name = path.rpartition("/")[2]
    as_file = name if name.casefold().endswith(_ALL_ENDINGS) else "文件名.jpg"
    hint = f"把照片放进 data/media，写成 media/{_mended(as_file)}"
    fault(f"照片路径“{text}”指到了 data/media 外面", hint)


def _matters(name: str) -> Iterator[str]:
    """What of a name some system would not take."""
    if found := "".join(dict.fromkeys(c for c in name if c in _FORBIDDEN)):
        yield f"有 Windows 不许用的 {' '.join(found)}"
    for offset, called in unsafe_characters(name):
        yield f"夹着{called}（U+{ord(name[offset]):04X}）"
    if name != name.rstrip(". "):
        yield f"末尾有{'空格' if name.endswith(' ') else '多余的点'}"
    if _is_device(name):
        yield f"是 Windows 的保留名 {name.partition('.')[0].strip()}"


def _is_device(name: str) -> bool:
    return name.partition(".")[0].strip().casefold() in DEVICES


def _mended(name: str) -> str:
    """The nearest name that every system takes."""
    unsafe = {name[offset] for offset, _ in unsafe_characters(name)}
    plain = "".join(c for c in name if c not in unsafe).rstrip(". ")
    plain = re.sub(rf"[{re.escape(_FORBIDDEN)}]+", "-", plain)
    stem, dot, rest = plain.partition(".")
    if _is_device(plain):
        stem = f"{stem.strip()}-1"
    return f"{stem or '照片'}{dot}{rest}"


def _require_photo(parts: list[str]) -> None:
    """Refuse a name that is no photo's by its ending."""
    *folders, name = parts
    where = "/".join(("media", *folders, ""))
    stem, dot, ending = name.rpartition(".")
    ending = f".{ending.casefold()}"
    if ending in _ALL_ENDINGS:
        if not stem:
            fault(f"照片“{name}”只有扩展名，没有名字", f"给文件起个名字，例如 {where}照片{name}")
        return
    for kind, (endings, cure) in FOREIGN.items():
        if ending in endings and dot:
            fault(f"照片“{name}”是{spaced(kind)}，用不了", f"{cure}，再写新的文件名；{SUPPORTED}")
    unknown = f"照片“{name}”的扩展名认不出来"
    if meant := _meant(name):
        fault(unknown, f"文件名和台账里都写成 {where}{meant}")
    if dot and _ENDING.fullmatch(ending):
        fault(unknown, f"照片文件的名字以 {'、'.join(_ALL_ENDINGS)} 结尾；核对文件名")
    hint = "文件夹窗口的“查看”里勾选“文件扩展名”就能看到"
    fault(f"照片“{name}”没有写扩展名", f"补上扩展名，例如 {where}{name}.jpg；{hint}；{SUPPORTED}")


def _meant(name: str) -> str:
    """The name with the ending that was meant, where it can be told."""
    folded = unicodedata.normalize("NFKC", name)
    found = _MISTYPED_ENDING.fullmatch(folded)
    near = nearest(f".{found[2]}", _ALL_ENDINGS) if found else None
    if not found or not near:
        return ""
    kept = len(name) == len(folded)  # full-width letters are as many as those they stand for
    return f"{name[: len(found[1])] if kept else found[1]}{near}"


def spaced(word: str) -> str:
    """A word behind Chinese: Latin letters stand off by a space, as in all that is printed here."""
    return f" {word}" if word[:1].isascii() else word


def require_short_names(path: str) -> None:
    """Refuse a path with a name that no disk can hold."""
    longest = max(path.split("/"), key=lambda part: len(part.encode("utf-8")))
    too_long = len(longest) > _LONGEST or len(longest.encode("utf-8")) > _BYTES
    if too_long or len(path) > 2 * _LONGEST:
        fault(f"文件名“{longest[:20]}…”太长", f"文件名缩到 {_LONGEST} 个字以内")
