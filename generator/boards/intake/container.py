"""What a file really is, and office files opened within limits: no bomb, no code, no key needed."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from xml.etree import ElementTree

from boards.pixels.kinds import kind_of
from boards.records.filenames import spaced
from boards.sheets.values import Refused

MAX_BYTES = 64 * 1024 * 1024
"""Bytes of a file that is looked at; a write-up with thirty photos of a phone has less."""
MAX_UNPACKED = 256 * 1024 * 1024
"""Bytes that an office file may unfold to."""
_MAX_PARTS = 5000
_PIECE = 1024 * 1024

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""What files of Office 97 to 2003 begin with, and those of newer ones that need a password."""
_ZIPPED = {"xl/": "工作簿", "word/": "Word 文档", "ppt/": "PPT 演示文稿"}
_MACROS = ("vbaproject.bin", "vbadata.xml", "macrosheets/", "basic/script-lc.xml")

UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    ElementTree.ParseError,
    LookupError,  # of a part that is missing, of an encoding that nobody knows
    ValueError,
    NotImplementedError,
    RuntimeError,
    AttributeError,
    TypeError,
)
"""What broken files raise while they are unpacked."""

AGAIN = "用 WPS 或 Office 打开，另存一份新的再带进来；打不开就是坏了，向发文件的人再要一份"
_WORD = "用 WPS 或 Word 打开，“另存为”选“Word 文档（.docx）”，再带进来"
_TEXT_OF = "把里面的文字复制到 Word 里存成 .docx，图片点右键另存，再带进来"
_ELSEWHERE = {
    "PPT 演示文稿": _TEXT_OF,
    "PDF 文件": f"向写的人要 Word 原稿；没有原稿，{_TEXT_OF}",
    "压缩包": "先解压，再把里面的文件带进来",
    "网页": "这是网页，只是扩展名改了；用 WPS 打开，另存为 .xlsx 或 .docx，再带进来",
    "快捷方式": "这是快捷方式，把文件本身带进来",
    "视频": "视频不能带进来",
}


@dataclass(frozen=True, slots=True)
class Container:
    """The parts of an office file, unpacked."""

    parts: Mapping[str, bytes]

    def tree(self, name: str) -> ElementTree.Element:
        """A part as XML; raises KeyError if there is none, Refused if it may do more than say."""
        return parsed(self.parts[name])


def require_size(size: int) -> None:
    """Refuse a file of too many bytes."""
    if size > MAX_BYTES:
        most = MAX_BYTES // 1024 // 1024
        raise Refused(f"文件有 {size // 1024 // 1024} MB，超过 {most} MB", "拆成几个小的再带进来")
    if not size:
        raise Refused("文件是空的，一个字也没有", "核对文件；可能没有存上，或没有传完")


def what_it_is(content: bytes) -> str:
    """What people call a file by what it holds: 工作簿, 表格（旧）, Word 文档 …; empty for text."""
    if content.startswith(_OLE):
        return _old(content)
    if content.startswith(b"PK\x03\x04"):
        return _zipped(content)
    return kind_of(content)


def _old(content: bytes) -> str:
    """Which of the old office files it is, by the names that stand in its directory."""
    for word, kind in (
        ("EncryptedPackage", "加密文件"),
        ("Workbook", "旧表格"),
        ("WordDocument", "旧 Word 文档"),
        ("PowerPoint Document", "PPT 演示文稿"),
        ("Book", "旧表格"),
    ):
        if word.encode("utf-16-le") in content:
            return kind
    return "Office 文档"


def _zipped(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = packed.namelist()
            if "mimetype" in names and packed.getinfo("mimetype").file_size < 100:
                kind = packed.read("mimetype")
                if b"spreadsheet" in kind:
                    return "ODS 表格"
                return "ODT 文档" if b"opendocument.text" in kind else "压缩包"
    except UNREADABLE:
        return "坏文件"
    kinds = (kind for folder, kind in _ZIPPED.items() if any(n.startswith(folder) for n in names))
    return next(kinds, "压缩包")


def refuse_kind(kind: str, wanted: str) -> Refused:
    """Why a file of this kind is not taken where `wanted` is, and what to do with it."""
    if kind == "加密文件":
        hint = "用 WPS 或 Office 打开，在“文件—信息—保护”里去掉密码，另存一份再带进来"
        return Refused("文件加了密码，打不开", hint)
    if kind == "坏文件":
        return Refused("文件已损坏，或者没有传完", AGAIN)
    if kind in ("旧 Word 文档", "ODT 文档"):
        return Refused("这是旧格式的 Word 文档（.doc、.wps 一类）", _WORD)
    hint = _ELSEWHERE.get(kind, f"这里要{spaced(wanted)}；核对选的是不是这个文件")
    return Refused(f"这是{spaced(kind or '文本文件')}，不是{spaced(wanted)}", hint)


@contextmanager
def readable() -> Iterator[None]:
    """Refuse a file over whatever its inside raises."""
    try:
        yield
    except UNREADABLE as error:
        raise Refused("文件里的内容读不了，可能已损坏", AGAIN) from error


def unpacked(content: bytes) -> Container:
    """An office file's parts; raises Refused for a bomb, a key, code, or what is broken.

    Every part is unpacked and counted: what a part says of its size may be a lie.
    """
    parts: dict[str, bytes] = {}
    left = MAX_UNPACKED
    with readable(), zipfile.ZipFile(io.BytesIO(content)) as packed:
        listed = packed.infolist()
        if len(listed) > _MAX_PARTS or sum(item.file_size for item in listed) > MAX_UNPACKED:
            raise _too_large()
        for item in listed:
            name = item.filename.replace("\\", "/").removeprefix("/")
            if item.flag_bits & 1:
                raise refuse_kind("加密文件", "")
            if any(word in name.casefold() for word in _MACROS):
                hint = "用 WPS 或 Office 打开，另存为不带宏的 .xlsx 或 .docx，再带进来"
                raise Refused("文件里带着宏（会自动运行的程序）", hint)
            pieces = []
            with packed.open(item) as part:
                while piece := part.read(_PIECE):
                    left -= len(piece)
                    if left < 0:
                        raise _too_large()
                    pieces.append(piece)
            parts[name] = b"".join(pieces)
    return Container(parts)


def _too_large() -> Refused:
    return Refused("文件展开后太大，不像正常的文件", "只留要用的内容，另存为一个新文件")


def parsed(content: bytes) -> ElementTree.Element:
    """XML without declarations of its own, which could unfold to anything or ask for files."""
    if b"<!ENTITY" in content or b"<!DOCTYPE" in content:
        raise Refused("文件里有不该有的内容", AGAIN)
    return ElementTree.fromstring(content)


def plain_name(tag: str) -> str:
    """A tag or attribute without its namespace."""
    return tag.rpartition("}")[2]
