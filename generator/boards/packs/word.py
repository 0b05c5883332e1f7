"""A write-up as a Word file, set as Chinese official documents are (GB/T 9704-2012).

The blank document stands unpacked in theme/boards_theme/packs/word: page, fonts, styles and
numbering are there, and only text, pictures and properties come from here.
"""

from __future__ import annotations

import datetime
import io
import itertools
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING

from boards.packs.content import PackContent
from boards.packs.view import caption, closing, closing_title, own_words, pieces
from boards.packs.zipped import write_zip
from boards.records import Shared
from boards.records.shared import SharedFigure
from boards.words.text import Block, to_blocks

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_BLANK = files("boards_theme") / "packs" / "word"
_NUMBERED_LISTS = 2
"""The numbering of numbered lists in numbering.xml."""
_TITLE_LINE = 20
"""Characters of 二号 between the margins."""
_NUMBERED = re.compile(r"^[一二三四五六七八九十]+、\s*")
_PROPERTY = 255
"""Characters a property may have."""
_NO_DAY = datetime.date(2000, 1, 1)
_PICTURE_WIDTH, _PICTURE_HEIGHT = 14.0, 9.5
"""Centimetres a picture may take: two and their captions fit on a page."""
_PIXEL = 2.54 / 96
"""Centimetres of a pixel at most: small pictures stay small."""
_JFIF = bytes.fromhex("ffe000104a46494600010100000100010000")
_COLUMNS = (3.0, 12.6)
"""Widths of a table's labels and texts, in centimetres."""
_CELLS = ("表格项目", "表格文字")
"""Their styles."""


@dataclass
class _Numbering:
    """The numbered list that is being written: its number among the lists, its next item."""

    list_id: int = 0
    following: int = 0


def to_docx(content: PackContent) -> bytes:
    """The document; the same content gives the same bytes, on every machine and day.

    Raises KeyError for a figure whose picture is not in `content`.
    """
    import docx  # noqa: PLC0415 - heavy

    document = docx.Document(io.BytesIO(write_zip(_parts(_BLANK))))
    _describe(document, content)
    _write(document, content)
    made = io.BytesIO()
    document.save(made)
    with zipfile.ZipFile(made) as archive:
        return write_zip({name: archive.read(name) for name in archive.namelist()})


def _parts(folder: Traversable, above: str = "") -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for entry in folder.iterdir():
        name = f"{above}{entry.name}"
        found |= _parts(entry, f"{name}/") if entry.is_dir() else {name: entry.read_bytes()}
    return found


def _describe(document: Document, content: PackContent) -> None:
    """Properties and language; dates are those of the write-up, as the clock's would differ."""
    from docx.oxml.ns import qn  # noqa: PLC0415

    shared = content.shared
    day = _day_of(shared)
    about = document.core_properties
    about.title, about.author = shared.title[:_PROPERTY], shared.unit.full_name[:_PROPERTY]
    about.last_modified_by = about.author
    about.category = own_words(content)(shared.type.label)
    about.created = about.modified = datetime.datetime.combine(day, datetime.time())
    about.revision = 1
    about.language = "zh-TW" if content.traditional else "zh-CN"
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), about.language)


def _day_of(shared: Shared) -> datetime.date:
    known = shared.as_of.last_day if shared.as_of else _NO_DAY
    return shared.approval.approved_on or known


def _write(document: Document, content: PackContent) -> None:
    """The document from top to bottom."""
    shared = content.shared
    _write_title(document, shared.title)
    if shared.headline:
        document.add_paragraph(f"——{shared.headline}", "Subtitle")
    for line in (shared.unit.full_name, shared.author):
        if line:
            document.add_paragraph(line, "发出单位")
    _write_blocks(document, to_blocks(shared.summary), "摘要")
    if shared.facts:
        document.add_paragraph(own_words(content)("要点"), "表格标题")
        _write_table(document, ((fact.label, fact.value) for fact in shared.facts))
    for part in shared.sections:
        heading = document.add_paragraph(_NUMBERED.sub("", part.title), "Heading 1")
        if len(shared.sections) == 1:
            _number(heading, 0)
        _write_blocks(document, to_blocks(part.text), "Body Text")
    for number, figure in enumerate(shared.figures, 1):
        _write_picture(document, figure, content.pictures[figure.file], number)
        if words := caption(content, number):
            document.add_paragraph(words, "Caption")
    document.add_paragraph(closing_title(content), "表格标题")
    rows = closing(content)
    _write_table(document, ((r.label, f"{r.text}\n{r.address}".strip()) for r in rows))


def _write_title(document: Document, title: str) -> None:
    """A title of two lines breaks at a pause, where reading it does."""
    cuts = list(itertools.accumulate(len(piece) for piece in pieces(title)))[:-1]
    whole = [cut for cut in cuts if max(cut, len(title) - cut) <= _TITLE_LINE]
    if len(title) > _TITLE_LINE and whole:
        cut = min(whole, key=lambda cut: abs(cut - len(title) / 2))
        title = f"{title[:cut]}\n{title[cut:]}"
    document.add_paragraph(title, "Title")


def _write_blocks(document: Document, blocks: Iterable[Block], body: str) -> None:
    numbering = _Numbering()
    for block in blocks:
        paragraph = document.add_paragraph(style=_style(block, body))
        for run in block.runs:
            paragraph.add_run(run.text).bold = run.strong or None
        if block.kind == "number" and block.ordinal:
            _number(paragraph, _list_of(document, block.ordinal, numbering))


def _style(block: Block, body: str) -> str:
    """The style of a block; 一、 is the section's own, so headings inside it start at （一）."""
    if block.kind == "heading":
        return "Heading 3" if block.level == 4 else "Heading 2"
    if block.kind == "paragraph":
        return body
    if not block.ordinal:
        return "List Continue"
    return "List Bullet" if block.kind == "bullet" else "List Number"


def _list_of(document: Document, ordinal: int, numbering: _Numbering) -> int:
    """The list an item belongs to; where its number is not the next one, a new list starts."""
    if ordinal != numbering.following:
        lists = document.part.numbering_part.element
        found = lists.add_num(_NUMBERED_LISTS)
        found.add_lvlOverride(0).add_startOverride(ordinal)
        numbering.list_id = found.numId
    numbering.following = ordinal + 1
    return numbering.list_id


def _number(paragraph: Paragraph, list_id: int) -> None:
    """Put a paragraph into a list; 0 takes it out of the one that its style is in."""
    numbered = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    numbered.get_or_add_ilvl().val = 0
    numbered.get_or_add_numId().val = list_id


def _write_picture(document: Document, figure: SharedFigure, picture: bytes, number: int) -> None:
    from docx.shared import Cm  # noqa: PLC0415
    from PIL import Image  # noqa: PLC0415

    with Image.open(io.BytesIO(picture)) as opened:
        width, height = opened.size
    share = min(_PICTURE_WIDTH / width, _PICTURE_HEIGHT / height, _PIXEL)
    # python-docx knows a JPEG by its JFIF header, which other programs may leave out.
    file = picture if picture[6:10] == b"JFIF" else picture[:2] + _JFIF + picture[2:]
    run = document.add_paragraph(style="图片").add_run()
    shape = run.add_picture(io.BytesIO(file), Cm(width * share), Cm(height * share))
    properties = shape._inline.docPr
    properties.set("name", f"Figure {number}")
    properties.set("descr", figure.alt)


def _write_table(document: Document, rows: Iterable[tuple[str, str]]) -> None:
    """Labels and what they say, in a box that stays on one page."""
    from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT  # noqa: PLC0415
    from docx.shared import Cm  # noqa: PLC0415

    table = document.add_table(0, len(_COLUMNS), "Table Grid")
    table.autofit = False
    for row in rows:
        cells = table.add_row().cells
        for cell, text, style, width in zip(cells, row, _CELLS, _COLUMNS, strict=True):
            cell.width = Cm(width)
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
            cell.text = text
            cell.paragraphs[0].style = style
            cell.paragraphs[0].paragraph_format.keep_with_next = True
    for column, width in zip(table.columns, _COLUMNS, strict=True):
        column.width = Cm(width)
    for cell in table.rows[-1].cells:
        cell.paragraphs[0].paragraph_format.keep_with_next = None
