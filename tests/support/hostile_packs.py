"""Packs that must be refused, each beside the exact words it gets."""

from __future__ import annotations

import base64
import json
import struct
import zlib
from collections.abc import Callable
from typing import Any

from boards.packs.archive import MANIFEST, SIGNATURE
from boards.packs.keys import PublicKey
from boards.packs.record import RECORD
from boards.packs.zipped import read_zip
from boards.records import Audience
from boards.records.shared import SharedFigure
from packs import (
    OWN,
    PICTURE,
    SENDER,
    STRANGER,
    Entry,
    deflated,
    good_files,
    good_pack,
    jpeg,
    manifest_of,
    sealed,
    with_picture,
    with_record,
    with_words,
    write_up,
    zip_of,
)

MB = 1024 * 1024
RECORD_BYTES = good_files()[RECORD]


def named(name: str | bytes, data: bytes = b"x") -> bytes:
    """A zip with one more file, of this name."""
    return zip_of(Entry(RECORD, RECORD_BYTES), Entry(name, data))


def odd(**lies: Any) -> bytes:
    """A zip with one odd file."""
    return zip_of(Entry(RECORD, RECORD_BYTES), Entry("cover.pdf", b"x", **lies))


def manifest(change: Callable[[dict[str, Any]], object]) -> bytes:
    """A pack with this change to its manifest."""
    return sealed(change=change)


def changed_manifest(old: str, new: str) -> bytes:
    """A pack whose manifest's text says something else."""
    text = json.dumps(manifest_of(good_files()), ensure_ascii=False)
    assert text.count(old) == 1
    return sealed(raw=text.replace(old, new).encode())


def huge_header() -> bytes:
    """A JPEG that says it is 30000 by 30000."""
    picture = bytearray(jpeg())
    at = picture.index(b"\xff\xc0") + 5
    picture[at : at + 4] = struct.pack(">HH", 30000, 30000)
    return bytes(picture)


def with_signature(text: bytes) -> bytes:
    """A signed pack with another text for a signature."""
    files = read_zip(good_pack())
    return zip_of(
        *(Entry(name, text if name == SIGNATURE else data) for name, data in files.items())
    )


def without_member(name: str) -> bytes:
    """A signed pack without one of its files."""
    files = read_zip(good_pack())
    return zip_of(*(Entry(other, data) for other, data in files.items() if other != name))


def unfinished(data: bytes) -> bytes:
    """Raw deflate of all of `data`, without the mark that it is all."""
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush(zlib.Z_SYNC_FLUSH)


def only_directory() -> bytes:
    """A zip whose directory lists a file that is not there."""
    content = zip_of(Entry("a.pdf"))
    return content[35:-6] + bytes(6)


def in_unit(**changes: str) -> bytes:
    """A pack in the name of another unit."""
    return with_words(unit=write_up().unit.model_copy(update=changes))


def record(content: bytes) -> bytes:
    """A pack with these bytes for a record."""
    return sealed({**good_files(), RECORD: content})


def changed_after_signing() -> bytes:
    """A signed pack of which the manifest has one space more than when it was signed."""
    files = read_zip(good_pack())
    files[MANIFEST] = files[MANIFEST].replace(b'"schema": 1', b'"schema":  1')
    return zip_of(*(Entry(name, data) for name, data in files.items()))


def forged(claimed: PublicKey | None) -> bytes:
    """A pack said to be signed by `claimed`, with a stranger's signature, or one for a weak key."""
    said = manifest_of(good_files())
    if claimed:
        said["signer"] = {"public_key": claimed.text, "fingerprint": claimed.fingerprint}
    text = json.dumps(said).encode()
    weak = claimed is not None and not claimed.public.strip(b"\0\1")
    signature = claimed.public + bytes(32) if weak and claimed else STRANGER.sign(text)
    members = {**good_files(), MANIFEST: text, SIGNATURE: base64.b64encode(signature)}
    return zip_of(*(Entry(name, data) for name, data in members.items()))


Case = tuple[Callable[[], bytes], list[str]]

HOSTILE: dict[str, Case] = {
    # names
    "zip-slip": (lambda: named("../../evil.yml"), ["../../evil.yml 文件名指到了材料包外面"]),
    "zip-slip-inside": (
        lambda: named("images/../../evil.yml"),
        ["images/../../evil.yml 文件名指到了材料包外面"],
    ),
    "dot": (lambda: named("./evil.yml"), ["./evil.yml 文件名指到了材料包外面"]),
    "absolute": (lambda: named("/etc/evil.yml"), ["/etc/evil.yml 文件名是绝对路径"]),
    "drive": (lambda: named("C:/evil.yml"), ["C:/evil.yml 文件名带盘符"]),
    "drive-relative": (lambda: named("C:evil.yml"), ["C:evil.yml 文件名带盘符"]),
    "unc": (
        lambda: named("\\\\server\\share\\evil.yml"),
        ["\\\\server\\share\\evil.yml 文件名是绝对路径"],
    ),
    "backslash": (lambda: named("images\\1.jpg"), ["images\\1.jpg 文件名用了反斜杠"]),
    "device": (lambda: named("images/con.jpg"), ["images/con.jpg 文件名是 Windows 的保留名"]),
    "device-with-two-endings": (
        lambda: named("Lpt1.txt.pdf"),
        ["Lpt1.txt.pdf 文件名是 Windows 的保留名"],
    ),
    "trailing-dot": (lambda: named("cover.pdf."), ["cover.pdf. 文件名有一段以点或空格结尾"]),
    "trailing-space": (
        lambda: named("images /1.jpg"),
        ["images /1.jpg 文件名有一段以点或空格结尾"],
    ),
    "stream": (
        lambda: named("cover.pdf:evil.txt"),
        ["cover.pdf:evil.txt 文件名用了英文字母、数字和 . _ - / 以外的字符"],
    ),
    "nul": (
        lambda: named("cover.pdf\0.txt"),
        ["cover.pdf?.txt 文件名用了英文字母、数字和 . _ - / 以外的字符"],
    ),
    "newline": (
        lambda: named("cover\n.pdf"),
        ["cover?.pdf 文件名用了英文字母、数字和 . _ - / 以外的字符"],
    ),
    "two-newlines": (
        lambda: named("cover\nof\n.pdf"),
        ["cover?of?.pdf 文件名用了英文字母、数字和 . _ - / 以外的字符"],
    ),
    "gbk-name": (
        lambda: named("材料.docx".encode("gbk")),
        ["材料.docx 文件名用了英文字母、数字和 . _ - / 以外的字符"],
    ),
    "utf-8-name": (
        lambda: named("材料.docx"),
        ["材料.docx 文件名用了英文字母、数字和 . _ - / 以外的字符"],
    ),
    "right-to-left-name": (
        lambda: named("cover\u202efdp.txt"),
        ["cover?fdp.txt 文件名用了英文字母、数字和 . _ - / 以外的字符"],
    ),
    "full-width-name": (
        lambda: named("．．/evil.yml"),
        ["．．/evil.yml 文件名用了英文字母、数字和 . _ - / 以外的字符"],
    ),
    "empty-name": (lambda: named(""), ["（没有名字） 文件名是文件夹，或有空的一段"]),
    "empty-part": (lambda: named("images//1.jpg"), ["images//1.jpg 文件名是文件夹，或有空的一段"]),
    "folder-entry": (lambda: named("images/", b""), ["images/ 文件名是文件夹，或有空的一段"]),
    "long-name": (
        lambda: named("a" * 60000 + ".pdf"),
        ["aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa… 文件名超过 100 个字符，或超过 3 层"],
    ),
    "deep": (lambda: named("a/b/c/d.pdf"), ["a/b/c/d.pdf 文件名超过 100 个字符，或超过 3 层"]),
    "program": (
        lambda: named("setup.exe"),
        ["setup.exe 材料包里不放这种文件，只放 Word、PDF、网页、图片和文字"],
    ),
    "nested-zip": (
        lambda: named("inner.zip", good_pack()),
        ["inner.zip 材料包里不放这种文件，只放 Word、PDF、网页、图片和文字"],
    ),
    "case-clash": (
        lambda: zip_of(Entry("cover.pdf", b"1"), Entry("Cover.pdf", b"2")),
        ["Cover.pdf 有两个文件名只差大小写"],
    ),
    "twice": (
        lambda: zip_of(Entry("cover.pdf", b"1"), Entry("cover.pdf", b"2")),
        ["cover.pdf 有两个同名的文件"],
    ),
    "file-and-folder": (
        lambda: zip_of(Entry("a.pdf", b"1"), Entry("A.pdf/b.pdf", b"2")),
        ["a.pdf 同一个名字既是文件又是文件夹"],
    ),
    # kinds
    "symlink": (
        lambda: odd(attributes=0o120777 << 16),
        ["cover.pdf 不是普通文件，是链接、文件夹或设备"],
    ),
    "fifo": (
        lambda: odd(attributes=0o010644 << 16),
        ["cover.pdf 不是普通文件，是链接、文件夹或设备"],
    ),
    "reparse-point": (
        lambda: odd(attributes=0x400),
        ["cover.pdf 不是普通文件，是链接、文件夹或设备"],
    ),
    "encrypted": (lambda: odd(flags=1), ["cover.pdf 文件加了密"]),
    "strongly-encrypted": (lambda: odd(flags=0x41), ["cover.pdf 文件加了密"]),
    "streamed": (lambda: odd(flags=8), ["cover.pdf 是用别的程序重新压缩的"]),
    "lzma": (lambda: odd(method=14), ["cover.pdf 用了不支持的压缩方法（14）"]),
    "comment-of-a-file": (lambda: odd(comment=b"hello"), ["cover.pdf 带有注释"]),
    # sizes
    "too-many-bytes": (lambda: bytes(61 * MB), ["材料包 材料包有 61 MB，超过 60 MB"]),
    "bomb-by-ratio": (
        lambda: zip_of(Entry("cover.pdf", bytes(20 * MB), method=8)),
        ["cover.pdf 解开后大了 100 倍以上，像是压缩炸弹"],
    ),
    "bomb-by-count": (
        lambda: zip_of(*(Entry(f"{n}.txt") for n in range(201))),
        ["材料包 材料包里有 201 个文件，超过 200 个"],
    ),
    "bomb-by-zip64-count": (
        lambda: zip_of(Entry("a.txt"), count=0xFFFF),
        ["材料包 材料包里有 65535 个文件，超过 200 个"],
    ),
    "bomb-by-member": (
        lambda: odd(size=41 * MB, packed=MB),
        ["cover.pdf 解开后有 41 MB，超过 40 MB"],
    ),
    "bomb-by-zip64-size": (
        lambda: odd(size=0xFFFFFFFF, packed=0xFFFFFFFF),
        ["cover.pdf 解开后有 4095 MB，超过 40 MB", "材料包 解开后共 4096 MB，超过 120 MB"],
    ),
    "bomb-by-total": (
        lambda: zip_of(*(Entry(f"{n}.pdf", size=39 * MB, packed=MB) for n in range(4))),
        ["材料包 解开后共 156 MB，超过 120 MB"],
    ),
    "bomb-that-lies": (
        lambda: zip_of(Entry("cover.pdf", bytes(20 * MB), method=8, size=1000)),
        ["cover.pdf 文件内容损坏，或和写明的大小不一致"],
    ),
    "stored-that-lies": (lambda: odd(size=1000), ["cover.pdf 文件内容损坏，或和写明的大小不一致"]),
    "size-too-small": (
        lambda: zip_of(Entry("cover.pdf", b"12345", method=8, size=4)),
        ["cover.pdf 文件内容损坏，或和写明的大小不一致"],
    ),
    "size-too-large": (
        lambda: zip_of(Entry("cover.pdf", b"12345", method=8, size=6)),
        ["cover.pdf 文件内容损坏，或和写明的大小不一致"],
    ),
    "bad-deflate": (lambda: odd(method=8, content=b"\xff\xff"), ["cover.pdf 文件内容损坏，解不开"]),
    "deflate-without-end": (
        lambda: odd(method=8, content=unfinished(b"x")),
        ["cover.pdf 文件内容损坏，或和写明的大小不一致"],
    ),
    "data-behind-the-deflate": (
        lambda: odd(method=8, content=deflated(b"x") + b"more"),
        ["cover.pdf 文件内容损坏，或和写明的大小不一致"],
    ),
    "bad-crc": (
        lambda: odd().replace(b"cover.pdfx", b"cover.pdfy"),
        ["cover.pdf 文件内容损坏，或和写明的大小不一致"],
    ),
    # the zip's own shape
    "not-a-zip": (lambda: b"%PDF-1.7 " * 10, ["材料包 这不是材料包（zip 文件）"]),
    "rar": (lambda: b"Rar!\x1a\x07\x01\0" + bytes(100), ["材料包 这不是材料包（zip 文件）"]),
    "nothing": (lambda: b"", ["材料包 这不是材料包（zip 文件）"]),
    "empty-zip": (zip_of, ["材料包 材料包是空的"]),
    "truncated": (
        lambda: good_pack()[:-30],
        ["材料包 材料包不完整，或末尾多出了别的内容（例如注释）"],
    ),
    "truncated-in-the-middle": (
        lambda: good_pack()[:2000],
        ["材料包 材料包不完整，或末尾多出了别的内容（例如注释）"],
    ),
    "prefix": (
        lambda: b"MZ this program cannot be run" + good_pack(),
        ["材料包 材料包开头或中间多出了别的内容"],
    ),
    "prefix-with-true-offsets": (
        lambda: zip_of(Entry("cover.pdf", b"x", before=b"MZ")),
        ["cover.pdf 前面有不属于任何文件的内容"],
    ),
    "gap": (
        lambda: zip_of(Entry("a.pdf", b"1"), Entry("b.pdf", b"2", before=b"hidden")),
        ["b.pdf 前面有不属于任何文件的内容"],
    ),
    "behind-the-last": (
        lambda: zip_of(Entry("a.pdf"), behind=b"hidden"),
        ["材料包 最后一个文件不完整，或后面有不属于任何文件的内容"],
    ),
    "suffix": (
        lambda: good_pack() + b"more",
        ["材料包 材料包不完整，或末尾多出了别的内容（例如注释）"],
    ),
    "zip-comment": (
        lambda: zip_of(Entry("a.pdf"), comment=b"c" * 2000),
        ["材料包 材料包不完整，或末尾多出了别的内容（例如注释）"],
    ),
    "two-zips-in-one": (
        lambda: zip_of(Entry("a.pdf"), comment=zip_of(Entry("b.pdf"))),
        ["材料包 材料包开头或中间多出了别的内容"],
    ),
    "overlap": (
        lambda: zip_of(Entry("a.pdf", b"1" * 99), Entry("b.pdf", b"2", offset=10)),
        ["b.pdf 和前一个文件重叠"],
    ),
    "one-content-for-two-names": (
        lambda: zip_of(Entry("a.pdf", b"1"), Entry("b.pdf", b"1", offset=0)),
        ["b.pdf 和前一个文件重叠"],
    ),
    "other-name-in-front": (
        lambda: odd(local_name=b"evil.yml."),
        ["cover.pdf 文件自己的说明和目录里的不一致"],
    ),
    "offset-beyond-the-end": (
        lambda: odd(offset=0xFFFFFFFF),
        ["cover.pdf 前面有不属于任何文件的内容"],
    ),
    "runs-into-the-directory": (
        lambda: odd(packed=10**6),
        ["材料包 最后一个文件不完整，或后面有不属于任何文件的内容"],
    ),
    "split-over-disks": (
        lambda: good_pack()[:-18] + b"\1" + good_pack()[-17:],
        ["材料包 材料包是分卷的，或结尾损坏"],
    ),
    "directory-damaged": (
        lambda: good_pack().replace(b"PK\x01\x02", b"PK\x01\x01"),
        ["材料包 材料包的目录损坏"],
    ),
    "header-damaged": (
        lambda: good_pack().replace(b"PK\x03\x04", b"PK\x03\x03"),
        ["cover.pdf 文件自己的说明和目录里的不一致"],
    ),
    "no-file-before-the-directory": (only_directory, ["a.pdf 文件自己的说明和目录里的不一致"]),
    "directory-cut": (lambda: zip_of(Entry("a.pdf"), count=2), ["材料包 材料包的目录损坏"]),
    "directory-longer-than-said": (
        lambda: zip_of(Entry("a.pdf"), Entry("b.pdf"), count=1),
        ["材料包 材料包的目录损坏"],
    ),
    # the manifest
    "no-manifest": (
        lambda: without_member(MANIFEST),
        ["材料包 没有清单 manifest.json，不是本程序导出的材料包"],
    ),
    "wrong-hash": (
        lambda: manifest(lambda said: said["files"][PICTURE].update(sha256="0" * 64)),
        ["images/1.jpg 内容和清单里的校验值不符，传输中损坏或被改过"],
    ),
    "wrong-size": (
        lambda: manifest(lambda said: said["files"][PICTURE].update(size=1)),
        ["images/1.jpg 大小是 653 字节，清单里是 1 字节"],
    ),
    "not-in-the-manifest": (
        lambda: manifest(lambda said: said["files"].pop("cover.pdf")),
        ["cover.pdf 清单里没有这个文件"],
    ),
    "missing-file": (
        lambda: without_member("cover.pdf"),
        ["cover.pdf 清单里有，材料包里却没有这个文件"],
    ),
    "manifest-lists-itself": (
        lambda: manifest(
            lambda said: said["files"].update({MANIFEST: {"sha256": "0" * 64, "size": 1}})
        ),
        ["manifest.json 清单里有，材料包里却没有这个文件"],
    ),
    "double-key": (
        lambda: changed_manifest('"schema": 1', '"schema": 1, "schema": 1'),
        ["manifest.json 清单里有重复的名字"],
    ),
    "double-file": (
        lambda: changed_manifest('"cover.pdf"', '"cover.pdf": {}, "cover.pdf"'),
        ["manifest.json 清单里有重复的名字"],
    ),
    "deep-json": (lambda: sealed(raw=b"[" * 200_000), ["manifest.json 清单嵌套太深"]),
    "huge-json": (lambda: sealed(raw=b" " * 300_000), ["manifest.json 清单有 292 KB，太长"]),
    "nan": (
        lambda: changed_manifest('"schema": 1', '"schema": NaN'),
        ["manifest.json 清单里有不是数字的数（NaN）"],
    ),
    "infinity": (
        lambda: changed_manifest('"schema": 1', '"schema": -Infinity'),
        ["manifest.json 清单里有不是数字的数（-Infinity）"],
    ),
    "endless-number": (
        lambda: changed_manifest('"schema": 1', '"schema": ' + "1" * 5000),
        ["manifest.json 清单不是 JSON，或已损坏"],
    ),
    "schema-99": (
        lambda: manifest(lambda said: said.update(schema=99)),
        ["manifest.json 清单的格式版本是 99，本程序认得 1"],
    ),
    "schema-true": (
        lambda: manifest(lambda said: said.update(schema=True)),
        ["manifest.json 清单里的“schema”缺少、多余或填得不对"],
    ),
    "schema-text": (
        lambda: manifest(lambda said: said.update(schema="1")),
        ["manifest.json 清单里的“schema”缺少、多余或填得不对"],
    ),
    "no-schema": (
        lambda: manifest(lambda said: said.pop("schema")),
        ["manifest.json 清单里的“schema”缺少、多余或填得不对"],
    ),
    "json-list": (
        lambda: sealed(raw=b"[]"),
        ["manifest.json 清单里的“最外层”缺少、多余或填得不对"],
    ),
    "json-gbk": (
        lambda: sealed(raw='{"title": "材料"}'.encode("gbk")),
        ["manifest.json 清单不是 JSON，或已损坏"],
    ),
    "json-bom": (lambda: sealed(raw=b"\xef\xbb\xbf{}"), ["manifest.json 清单不是 JSON，或已损坏"]),
    "unknown-field": (
        lambda: manifest(lambda said: said.update(run="calc.exe")),
        ["manifest.json 清单里的“run”缺少、多余或填得不对"],
    ),
    "escape-in-a-field-name": (
        lambda: manifest(lambda said: said.update({"\x1b[2J\ud800": 1})),
        ["manifest.json 清单里的“最外层”缺少、多余或填得不对"],
    ),
    "hash-in-capitals": (
        lambda: manifest(lambda said: said["files"][PICTURE].update(sha256="A" * 64)),
        ["manifest.json 清单里的“files.images/1.jpg.sha256”缺少、多余或填得不对"],
    ),
    "size-as-float": (
        lambda: manifest(lambda said: said["files"][PICTURE].update(size=653.0)),
        ["manifest.json 清单里的“files.images/1.jpg.size”缺少、多余或填得不对"],
    ),
    "negative-size": (
        lambda: manifest(lambda said: said["files"][PICTURE].update(size=-1)),
        ["manifest.json 清单里的“files.images/1.jpg.size”缺少、多余或填得不对"],
    ),
    "other-title": (
        lambda: manifest(lambda said: said.update(title="别的")),
        ["record.yml title（标题） 清单写的和 record.yml 不一致"],
    ),
    "other-level": (
        lambda: manifest(lambda said: said.update(level="public")),
        ["record.yml level（公开范围） 清单写的和 record.yml 不一致"],
    ),
    "other-key": (
        lambda: manifest(lambda said: said.update(key="case-other")),
        ["record.yml key（名称） 清单写的和 record.yml 不一致"],
    ),
    "other-unit": (
        lambda: manifest(lambda said: said["unit"].update(id="yi-qu")),
        ["record.yml unit（发出单位） 清单写的和 record.yml 不一致"],
    ),
    # signatures
    "altered-manifest": (
        changed_after_signing,
        ["manifest.sig 签名不对：清单在签名以后被改过，或签名是伪造的"],
    ),
    "altered-signature": (
        lambda: with_signature(base64.b64encode(bytes(64))),
        ["manifest.sig 签名不对：清单在签名以后被改过，或签名是伪造的"],
    ),
    "signature-of-another-key": (
        lambda: forged(SENDER),
        ["manifest.sig 签名不对：清单在签名以后被改过，或签名是伪造的"],
    ),
    "signature-short": (
        lambda: with_signature(base64.b64encode(bytes(63))),
        ["manifest.sig 签名损坏"],
    ),
    "signature-with-spaces": (
        lambda: with_signature(b" " + read_zip(good_pack())[SIGNATURE]),
        ["manifest.sig 签名损坏"],
    ),
    "signature-no-base64": (lambda: with_signature("签名".encode()), ["manifest.sig 签名损坏"]),
    "signature-missing": (
        lambda: without_member(SIGNATURE),
        ["manifest.json 签名不完整：缺少manifest.sig"],
    ),
    "signature-without-signer": (
        lambda: forged(None),
        ["manifest.json 签名不完整：缺少签名单位的公钥"],
    ),
    "wrong-fingerprint": (
        lambda: sealed(
            change=lambda said: said["signer"].update(fingerprint=STRANGER.fingerprint),
            signer=SENDER,
        ),
        ["manifest.json 清单里的公钥或指纹不对"],
    ),
    "weak-key": (
        lambda: forged(PublicKey(bytes([1]) + bytes(31))),
        ["manifest.json 清单里的公钥或指纹不对"],
    ),
    "short-key": (
        lambda: sealed(change=lambda said: said["signer"].update(public_key="AAAA"), signer=SENDER),
        ["manifest.json 清单里的公钥或指纹不对"],
    ),
    # the record
    "no-record": (
        lambda: sealed({PICTURE: jpeg()}),
        ["材料包 没有 record.yml，不知道材料写的是什么"],
    ),
    "record-alias": (
        lambda: with_record("title: 背景\n", "title: &a 背景\n"),
        ["record.yml 值以 & 开头，在 YAML 里有特殊含义"],
    ),
    "record-tag": (
        lambda: with_record("title: 背景\n", "title: !!python/object:os.system 背景\n"),
        ["record.yml 值以 ! 开头，在 YAML 里有特殊含义"],
    ),
    "record-merge": (
        lambda: with_record("schema_version: '1'\n", "schema_version: '1'\n<<: {a: b}\n"),
        ["record.yml 不支持 << 合并写法"],
    ),
    "record-gbk": (
        lambda: record(good_files()[RECORD].decode().encode("gbk", "replace")),
        ["record.yml 不是 UTF-8 文字"],
    ),
    "record-utf-16": (
        lambda: record(good_files()[RECORD].decode().encode("utf-16")),
        ["record.yml 不是 UTF-8 文字"],
    ),
    "record-bom": (
        lambda: record(b"\xef\xbb\xbf" + good_files()[RECORD]),
        ["record.yml 夹着多余的 BOM（U+FEFF）"],
    ),
    "record-binary": (lambda: record(bytes(range(256))), ["record.yml 不是 UTF-8 文字"]),
    "record-empty": (lambda: record(b""), ["record.yml 文件是空的"]),
    "record-deep": (lambda: record(b"[" * 50_000), ["record.yml 嵌套超过 32 层"]),
    "record-laughs": (
        lambda: record(b"a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\n"),
        [
            "record.yml 值以 & 开头，在 YAML 里有特殊含义",
            "record.yml 值以 & 开头，在 YAML 里有特殊含义",
            "record.yml 值以 * 开头，在 YAML 里有特殊含义",
        ],
    ),
    "record-long": (lambda: record(b"#" * 300_000), ["record.yml 有 292 KB，太长"]),
    "record-two-documents": (
        lambda: record(good_files()[RECORD] + b"---\na: b\n"),
        ["record.yml 文件里有第二个 --- 分隔的文档"],
    ),
    "record-comment": (
        lambda: record(good_files()[RECORD] + b"# hidden\n"),
        ["record.yml 写法和本程序导出的不一样，可能被改过"],
    ),
    "record-windows-line-ends": (
        lambda: record(good_files()[RECORD].replace(b"\n", b"\r\n")),
        ["record.yml 写法和本程序导出的不一样，可能被改过"],
    ),
    "record-quoted": (
        lambda: with_record("type: case\n", 'type: "case"\n'),
        ["record.yml 写法和本程序导出的不一样，可能被改过"],
    ),
    "record-in-another-order": (
        lambda: with_record(
            "type: case\nlevel: sister-units\n", "level: sister-units\ntype: case\n"
        ),
        ["record.yml 写法和本程序导出的不一样，可能被改过"],
    ),
    "record-with-id": (
        lambda: record(b"id: zongcai-er-qu-case-ii830-fault-crossing\n" + good_files()[RECORD]),
        ["record.yml 写法和本程序导出的不一样，可能被改过"],
    ),
    "record-unknown-field": (
        lambda: with_record("type: case\n", "type: case\nphone: '123'\n"),
        ["record.yml phone 不设“手机号”这一项"],
    ),
    "record-schema-99": (
        lambda: with_record("schema_version: '1'", "schema_version: '99'"),
        ["record.yml schema_version（格式版本） 材料包的格式版本是“99”，本程序认得 1"],
    ),
    "record-key-with-dots": (
        lambda: with_record("key: case-ii830-fault-crossing", "key: ../../x"),
        [
            "record.yml id（编号） 编号“../../x”用了不支持的字符",
            "record.yml key（名称） 编号“../../x”用了不支持的字符",
        ],
    ),
    "record-unit-device": (
        lambda: with_record("  id: zongcai-er-qu", "  id: con"),
        ["record.yml unit.id（发出单位·编号） 编号“con”是 Windows 的保留名，不能做文件名"],
    ),
    "record-ids-too-long-together": (
        lambda: in_unit(id="a" * 50),
        ["record.yml id（编号） 编号有 76 个字符，太长"],
    ),
    "record-zone": (
        lambda: with_words(zone="marketing"),
        ["record.yml zone（责任区） 没有“marketing”这个责任区"],
    ),
    "record-level-intranet": (
        lambda: with_words(level=Audience.INTRANET),
        ["record.yml level（公开范围） 公开范围只到矿内网，不是给兄弟单位的"],
    ),
    "record-level-branch": (
        lambda: with_words(level=Audience.BRANCH),
        ["record.yml level（公开范围） 公开范围只到支部内部，不是给兄弟单位的"],
    ),
    "own-unit": (
        lambda: in_unit(id=OWN),
        ["record.yml unit.id（发出单位·编号） 这是本支部自己发出的材料"],
    ),
    "own-unit-in-capitals": (
        lambda: in_unit(id=OWN.upper()),
        ["record.yml unit.id（发出单位·编号） 这是本支部自己发出的材料"],
    ),
    "id-number": (
        lambda: with_words(summary="身份证 11010519491231002X"),
        ["record.yml summary（摘要） 出现了身份证号"],
    ),
    "mobile-in-a-name": (
        lambda: in_unit(name="综采二区 13800138000"),
        ["record.yml unit.name（发出单位·支部） 出现了手机号"],
    ),
    "coordinates-in-alt": (
        lambda: with_words(
            figures=(write_up().figures[0].model_copy(update={"alt": "X=3712345.1"}),)
        ),
        ["record.yml figures[1].alt（图片·替代文字） 出现了坐标"],
    ),
    "script": (
        lambda: with_words(summary="好<script src=x>"),
        ["record.yml summary（摘要） HTML 代码会照原样显示出来"],
    ),
    "script-in-a-title": (
        lambda: with_words(title="<img src=x onerror=alert(1)>"),
        ["record.yml title（标题） HTML 代码会照原样显示出来"],
    ),
    "javascript-link": (
        lambda: with_words(summary="[点这里](javascript:alert(1))"),
        ["record.yml summary（摘要） 这不是能点开的链接，会照原样显示出来"],
    ),
    "remote-picture": (
        lambda: with_words(summary="![x](http://evil.example/track.gif)"),
        ["record.yml summary（摘要） 正文里的图片不显示"],
    ),
    "right-to-left-words": (
        lambda: with_record("title: 背景\n", "title: 背\u202e景\n"),
        ["record.yml 夹着方向控制符（U+202E）"],
    ),
    "escaped-control": (
        lambda: with_record("title: 背景\n", 'title: "背\\e[2J景"\n'),
        ["record.yml 双引号里的 \\ 转义出了控制字符"],
    ),
    # pictures
    "exif": (
        lambda: with_picture(jpeg()[:2] + b"\xff\xe1\x00\x0aExif\0\0MM" + jpeg()[2:]),
        ["images/1.jpg 图片里带有拍摄信息（可能有地点、时间、机型）"],
    ),
    "comment": (
        lambda: with_picture(jpeg()[:2] + b"\xff\xfe\x00\x06\xe5\xb7\xb7\x20" + jpeg()[2:]),
        ["images/1.jpg 图片里带有拍摄信息（可能有地点、时间、机型）"],
    ),
    "png": (lambda: with_picture(jpeg(kind="PNG")), ["images/1.jpg 内容是 PNG，只是名字叫 jpg"]),
    "svg": (
        lambda: with_picture(b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
        ["images/1.jpg 内容是 SVG 图形，只是名字叫 jpg"],
    ),
    "html": (
        lambda: with_picture(b"<html><script>alert(1)</script></html>"),
        ["images/1.jpg 内容是网页，只是名字叫 jpg"],
    ),
    "cut-picture": (
        lambda: with_picture(jpeg(800, 600)[:-800]),
        ["images/1.jpg 照片不完整，可能没有传完"],
    ),
    "empty-picture": (lambda: with_picture(b""), ["images/1.jpg 文件是空的（0 字节）"]),
    "900-megapixels": (
        lambda: with_picture(huge_header()),
        ["images/1.jpg 照片像素太多，超过 900 万"],
    ),
    "12-megapixels": (
        lambda: with_picture(jpeg(4000, 3000)),
        ["images/1.jpg 照片像素太多（4000×3000），超过 900 万"],
    ),
    "words-without-end": (
        lambda: with_words(summary="好" * 20_001),
        ["record.yml summary（摘要） 超过 20000 个字，或连着空了 16 格以上"],
    ),
    "gap-in-words": (
        lambda: with_words(summary="1.234" + " " * 200 + "好"),
        ["record.yml summary（摘要） 超过 20000 个字，或连着空了 16 格以上"],
    ),
    "41-pictures": (
        lambda: with_words(
            figures=tuple(
                SharedFigure(file=f"images/{number}.jpg", alt="好") for number in range(1, 42)
            )
        ),
        ["record.yml figures（图片） 有 41 张图片，超过 40 张"],
    ),
    "a-thousand-scans": (
        lambda: with_picture(jpeg()[:-2] + b"\xff\xda\0\0" * 1000),
        ["images/1.jpg 照片要解码 1001 遍，正常的不超过 50 遍"],
    ),
    "picture-not-in-the-record": (
        lambda: sealed({**good_files(), "images/2.jpg": jpeg()}),
        ["images/2.jpg record.yml 里没有提到这张图片"],
    ),
    "picture-not-in-the-pack": (
        lambda: sealed({RECORD: good_files()[RECORD]}),
        ["images/1.jpg record.yml 里有，材料包里却没有这张图片"],
    ),
    "picture-elsewhere": (
        lambda: with_record("file: images/1.jpg", "file: ../media/1.jpg"),
        ["record.yml figures[1].file（图片·文件） 图片“../media/1.jpg”不是材料包里的图片"],
    ),
}
"""How each is made, and place, field and finding of each problem that is told, at most three."""
