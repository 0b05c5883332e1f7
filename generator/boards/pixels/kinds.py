"""What a file really is, by its first bytes, whatever it is called."""

from __future__ import annotations

import io
import zipfile

_HEIF = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1"}
"""Brands of ISO/IEC 23008-12, as phones write them."""
_BRANDS = {
    **dict.fromkeys(_HEIF, "HEIF"),
    b"avif": "AVIF 图片",
    b"avis": "AVIF 图片",
    b"crx ": "相机的 RAW 原片",
}
_ATOMS = {b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip"}
"""What films of QuickTime and MPEG-4 begin with."""
_STARTS = {
    b"\xff\xd8\xff": "JPEG",
    b"\x89PNG\r\n\x1a\n": "PNG",
    b"GIF8": "GIF 图片",
    b"FUJIFILMCCD-RAW": "相机的 RAW 原片",
    b"IIRO": "相机的 RAW 原片",
    b"IIU\0": "相机的 RAW 原片",
    b"II*\0": "TIFF 图片",
    b"MM\0*": "TIFF 图片",
    b"II+\0": "TIFF 图片",
    b"MM\0+": "TIFF 图片",
    b"\0\0\0\x0cjP  ": "JPEG 2000 或 JPEG XL 图片",
    b"\0\0\0\x0cJXL ": "JPEG 2000 或 JPEG XL 图片",
    b"\xff\x0a": "JPEG 2000 或 JPEG XL 图片",
    b"8BPS": "Photoshop 文件",
    b"%PDF-": "PDF 文件",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "Office 文档",
    b"Rar!": "压缩包",
    b"7z\xbc\xaf\x27\x1c": "压缩包",
    b"\x1f\x8b": "压缩包",
    b"L\0\0\0\x01\x14\x02\0": "快捷方式",
    b"[InternetShortcut]": "快捷方式",
}
_OFFICE = {"word/": "Word 文档", "xl/": "Excel 表格", "ppt/": "PPT 演示文稿"}
_MARKUP = (b"<!doctype html", b"<html")


def kind_of(content: bytes) -> str:
    """One of `filenames.ENDINGS` or `filenames.FOREIGN`; empty if it is none of them."""
    if content[:4] == b"RIFF":
        return "WEBP" if content[8:12] == b"WEBP" else "视频"
    if content[4:8] in _ATOMS:
        return _BRANDS.get(content[8:12], "视频") if content[4:8] == b"ftyp" else "视频"
    if content.startswith(b"PK\x03\x04"):
        return _archive(content)
    if content.startswith(b"BM") and content[6:10] == bytes(4):
        return "BMP 图片"
    known = next((kind for start, kind in _STARTS.items() if content.startswith(start)), "")
    if known == "TIFF 图片" and content[8:10] == b"CR":
        return "相机的 RAW 原片"
    return known or _markup(content)


def _archive(content: bytes) -> str:
    """What a ZIP is of; one that was cut off is known by the name of its first file at least."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as opened:
            names = opened.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        names = []
    for folder, kind in _OFFICE.items():
        if any(name.startswith(folder) for name in names):
            return kind
    endings = {name.rpartition(".")[2].casefold() for name in names}
    return "苹果的实况照片" if endings == {"heic", "mov"} else "压缩包"


def _markup(content: bytes) -> str:
    start = content[:1024].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith(_MARKUP):
        return "网页"
    return "SVG 图形" if start.startswith((b"<svg", b"<?xml")) and b"<svg" in start else ""
