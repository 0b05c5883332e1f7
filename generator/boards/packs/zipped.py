"""A zip as narrow as ours, read in memory with every byte accounted for, never put on a disk.

Python's zipfile is made to be lenient: it takes archives with data before them, and members that
overlap or that two headers name differently. Here members follow each other without a gap from
the first byte to the directory, and the directory ends the file (APPNOTE.TXT 4.3).
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from boards.errors import Place, Problem
from boards.packs.refused import AGAIN, PACK, PackRefused, name_fault, refusal, shown

MAX_BYTES = 60 * 1024 * 1024
MAX_MEMBERS = 200
MAX_MEMBER_BYTES = 40 * 1024 * 1024
MAX_TOTAL_BYTES = 120 * 1024 * 1024
MAX_RATIO = 100
"""Of members over a megabyte; text seldom shrinks to a tenth, zeros to a thousandth."""

_END = struct.Struct("<4s4H2LH")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_STORED, _DEFLATED = 0, 8
_ENCRYPTED = 0x0001 | 0x0040 | 0x2000
_HARMLESS = 0x0002 | 0x0004 | 0x0800
"""Flags: how hard the deflater tried, and names in UTF-8."""
_PLAIN_FILE = 0x01 | 0x02 | 0x04 | 0x20 | 0x80
"""DOS attributes: read-only, hidden, system, archive, normal; not volume, folder or link."""


@dataclass(frozen=True, slots=True)
class _Member:
    """What the directory says of one file, and where its local header should be."""

    raw_name: bytes
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    attributes: int
    comment: int
    offset: int

    @property
    def name(self) -> str:
        """Its name; one that is not ASCII is decoded to be shown, and refused."""
        try:
            return self.raw_name.decode("utf-8")
        except UnicodeDecodeError:
            return self.raw_name.decode("gb18030", "replace")


def write_zip(files: Mapping[str, bytes]) -> bytes:
    """The same bytes for the same files on every system: sorted, stored, without a date."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            member.create_system, member.external_attr = 3, 0o100644 << 16
            archive.writestr(member, files[name])
    return target.getvalue()


def read_zip(content: bytes) -> dict[str, bytes]:
    """Every file of a zip by name; raises PackRefused for whatever is not as we write it."""
    if len(content) > MAX_BYTES:
        found = f"材料包有 {len(content) // 1024 // 1024} MB，超过 {MAX_BYTES // 1024 // 1024} MB"
        raise refusal(found, "请发出单位减少图片，重新导出")
    members, directory = _directory(content)
    if faults := [*_all_faults(members)]:
        raise PackRefused(faults)
    starts = _laid_out(content, members, directory)
    return {member.name: _unpacked(content, member, starts[member.name]) for member in members}


def _directory(content: bytes) -> tuple[list[_Member], int]:
    """What the central directory lists, and where it begins."""
    at = len(content) - _END.size
    if at < 0 or content[at : at + 4] != b"PK\x05\x06":
        if content[:4] == b"PK\x03\x04":
            raise refusal("材料包不完整，或末尾多出了别的内容（例如注释）")
        raise refusal("这不是材料包（zip 文件）", "选对方发来的 .zip 文件")
    _, disk, first_disk, here, count, size, start, comment = _END.unpack_from(content, at)
    if disk or first_disk or here != count or comment:
        raise refusal("材料包是分卷的，或结尾损坏")
    if count > MAX_MEMBERS:
        raise refusal(f"材料包里有 {count} 个文件，超过 {MAX_MEMBERS} 个")
    if count == 0:
        raise refusal("材料包是空的")
    if start + size != at:
        raise refusal("材料包开头或中间多出了别的内容")
    members, position = [], start
    for _ in range(count):
        if position + _CENTRAL.size > at or content[position : position + 4] != b"PK\x01\x02":
            raise refusal("材料包的目录损坏")
        (_, _, _, flags, method, _, _, crc, packed, size, name, extra, comment, _, _, attributes,
         offset) = _CENTRAL.unpack_from(content, position)  # fmt: skip
        position += _CENTRAL.size
        raw_name = content[position : position + name]
        members.append(
            _Member(raw_name, flags, method, crc, packed, size, attributes, comment, offset)
        )
        position += name + extra + comment
    if position != at:
        raise refusal("材料包的目录损坏")
    return members, start


def _all_faults(members: list[_Member]) -> Iterator[Problem]:
    """What can be told from the directory alone, before anything is unpacked."""
    taken: dict[str, _Member] = {}
    for member in members:
        for found in (name_fault(member.name), *_kind_faults(member)):
            if found:
                yield Problem(Place(shown(member.name)), found, AGAIN)
        first = taken.setdefault(member.name.casefold(), member)
        if first is not member:
            same = first.raw_name == member.raw_name
            found = "有两个同名的文件" if same else "有两个文件名只差大小写"
            yield Problem(Place(shown(member.name)), found, AGAIN)
    for folder in {name[:at] for name in taken for at, mark in enumerate(name) if mark == "/"}:
        if folder in taken:
            yield Problem(Place(shown(folder)), "同一个名字既是文件又是文件夹", AGAIN)
    total = sum(member.size for member in members)
    if total > MAX_TOTAL_BYTES:
        found = f"解开后共 {total // 1024 // 1024} MB，超过 {MAX_TOTAL_BYTES // 1024 // 1024} MB"
        yield Problem(Place(PACK), found, AGAIN)


def _kind_faults(member: _Member) -> Iterator[str]:
    kind = member.attributes >> 28
    if kind not in {0, 0o10} or member.attributes & 0xFFFF & ~_PLAIN_FILE:
        yield "不是普通文件，是链接、文件夹或设备"
    if member.flags & _ENCRYPTED:
        yield "文件加了密"
    elif member.flags & ~_HARMLESS:
        yield "是用别的程序重新压缩的"
    if member.method not in {_STORED, _DEFLATED}:
        yield f"用了不支持的压缩方法（{member.method}）"
    if member.comment:
        yield "带有注释"
    if member.size > MAX_MEMBER_BYTES:
        size = member.size // 1024 // 1024
        yield f"解开后有 {size} MB，超过 {MAX_MEMBER_BYTES // 1024 // 1024} MB"
    if member.size > 1024 * 1024 and member.size > MAX_RATIO * member.packed:
        yield f"解开后大了 {MAX_RATIO} 倍以上，像是压缩炸弹"


def _laid_out(content: bytes, members: list[_Member], directory: int) -> dict[str, int]:
    """Where each file's data begins; together they fill the zip up to its directory."""
    starts, position = {}, 0
    for member in sorted(members, key=lambda member: member.offset):
        place = shown(member.name)
        if member.offset != position:
            overlap = member.offset < position
            found = "和前一个文件重叠" if overlap else "前面有不属于任何文件的内容"
            raise refusal(found, place=place)
        mark, _, flags, method, _, _, crc, packed, size, name, extra = _LOCAL.unpack_from(
            content, position
        )
        position += _LOCAL.size
        here = (content[position : position + name], flags, method, crc, packed, size)
        said = (member.raw_name, member.flags, member.method, member.crc, member.packed)
        if mark != b"PK\x03\x04" or here != (*said, member.size):
            raise refusal("文件自己的说明和目录里的不一致", place=place)
        starts[member.name] = position + name + extra
        position = starts[member.name] + packed
    if position != directory:
        found = "最后一个文件不完整，或后面有不属于任何文件的内容"
        raise refusal(found)
    return starts


def _unpacked(content: bytes, member: _Member, start: int) -> bytes:
    """A file's bytes; unpacking stops one byte after the size the directory promised."""
    packed = content[start : start + member.packed]
    if member.method == _DEFLATED:
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            data = inflater.decompress(packed, member.size + 1)
        except zlib.error as error:
            raise refusal("文件内容损坏，解不开", place=member.name) from error
        whole = inflater.eof and not inflater.unused_data
    else:
        data, whole = packed, True
    if not whole or len(data) != member.size or zlib.crc32(data) != member.crc:
        raise refusal("文件内容损坏，或和写明的大小不一致", place=member.name)
    return data
