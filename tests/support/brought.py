"""Files as branches have them, built for tests: workbooks old and new, ODS, Word, saved pages."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

import xlwt
from PIL import Image

from boards.intake.proposal import Proposal

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip of these parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return target.getvalue()


def with_part(content: bytes, name: str, part: str | bytes) -> bytes:
    """An office file with one part more, or another one in its place."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        parts: dict[str, str | bytes] = {one: packed.read(one) for one in packed.namelist()}
    return zipped({**parts, name: part})


def xls(rows: Sequence[Sequence[Any]], name: str = "Sheet1") -> bytes:
    """A workbook of Excel 97 to 2003, as older computers save it."""
    book = xlwt.Workbook(encoding="utf-8")
    page = book.add_sheet(name)
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            page.write(number, column, value)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def ods(rows: Sequence[Sequence[str]], name: str = "名册") -> bytes:
    """A spreadsheet of LibreOffice, the least there can be of one."""
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{escape(text)}</text:p>'
            "</table:table-cell>"
            for text in row
        )
        + "</table:table-row>"
        for row in rows
    )
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
        for short in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces}><office:body>'
        f'<office:spreadsheet><table:table table:name="{name}">{cells}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    )
    return zipped({"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest})


def many_rows(count: int) -> bytes:
    """A workbook of so many rows, written without anything that counts them."""
    row = '<row><c t="inlineStr"><is><t>王伟</t></is></c><c><v>1</v></c></row>'
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return zipped(
        {
            "[Content_Types].xml": (
                f'<Types xmlns="{package}/content-types">'
                '<Default Extension="rels" '
                'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                f'<Override PartName="/xl/workbook.xml" ContentType="{kinds}.sheet.main+xml"/>'
                f'<Override PartName="/xl/s.xml" ContentType="{kinds}.worksheet+xml"/></Types>'
            ),
            "_rels/.rels": (
                f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
                f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
            ),
            "xl/workbook.xml": (
                f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
                '<sheet name="大表" sheetId="1" r:id="r1"/></sheets></workbook>'
            ),
            "xl/_rels/workbook.xml.rels": (
                f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
                f'Type="{office}/worksheet" Target="s.xml"/></Relationships>'
            ),
            "xl/s.xml": (
                f'<worksheet xmlns="{main}"><sheetData>{row * count}</sheetData></worksheet>'
            ),
        }
    )


def encrypted() -> bytes:
    """What begins as a new office file does that needs a password."""
    return OLE + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(512)


def old(kind: str) -> bytes:
    """What an old office file of a kind begins with and holds: WordDocument, PowerPoint …"""
    return OLE + bytes(504) + kind.encode("utf-16-le") + bytes(512)


def bomb(name: str, megabytes: int = 300) -> bytes:
    """A zip with a part that unfolds to so much."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        with packed.open(name, "w") as part:
            for _ in range(megabytes):
                part.write(bytes(2**20))
    return target.getvalue()


def lines(*rows: Iterable[str], between: str = ",") -> str:
    """Rows as a text file has them."""
    return "\n".join(between.join(row) for row in rows) + "\n"


def said_in(proposal: Proposal) -> list[str]:
    """All that is said of a proposal: what is left out, and what is read otherwise."""
    left = [f"{one.what}：{one.why} {one.cure}" for one in proposal.left_out]
    return [*left, *proposal.said, *(line for one in proposal.entries for line in one.said)]


def jpeg(colour: str = "navy", width: int = 1200, height: int = 1600) -> bytes:
    """A photo of one colour."""
    content = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(content, "JPEG")
    return content.getvalue()
