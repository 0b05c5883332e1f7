"""A pack on paper: the write-up as a PDF of as many pages as it takes, and a cover sheet of one."""

from __future__ import annotations

import datetime
import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from boards.board.board import Board
from boards.errors import Place, Problem
from boards.formats import Face
from boards.output import write_whole
from boards.packs.content import PackContent
from boards.packs.record import RECORD
from boards.packs.view import caption, closing, closing_title, own_words
from boards.records import Audience, Shared
from boards.records.schema import FieldPath, describe, leaves
from boards.typst.engine import Typesetter
from boards.typst.fonts import FontSet
from boards.typst.glyphs import said_of, where
from boards.typst.qr import qr_rows
from boards.words.text import to_blocks, to_plain

_NUMBERED = re.compile(r"[（(]?(?:[一二三四五六七八九十]+|\d+)[）)、.．]|第.{1,3}[章节部]")
"""A title that its author has numbered already."""
_CIRCLES = {
    Audience.SISTER_UNITS: "只在兄弟单位之间传阅，不上公开网站",
    Audience.PUBLIC: "可以转发、张贴、上网",
}
_NEVER_SENT = ("党徽", "没有“同意给兄弟单位”的照片")
_SIGNED = (
    "先运行 boards receive 加文件名：每个文件都对一遍 SHA-256，再验签名；有一处不符，整包不收。",
    "程序显示的指纹要和上面这一串相同。第一次来往，再打电话或当面对一遍；只看这一页不算数。",
    "扫左边的二维码，得到的就是这一串指纹。",
)
_UNSIGNED = (
    "先运行 boards receive 加文件名：每个文件都对一遍 SHA-256；有一处不符，整包不收。",
    "没有签名，看不出是谁发的，也看不出有没有整包换过。收下之前，打电话向发出单位问清楚。",
)


def missing_glyphs(board: Board, shared: Shared, fonts: FontSet) -> Iterator[Problem]:
    """Every character that one of the two typefaces lacks, once a field.

    It is told where a record of `board` holds it: nobody types a pack's own record.
    """
    for leaf in leaves(shared):
        text = str(leaf.value)
        if leaf.markdown:
            text = "".join(block.text for block in to_blocks(text))
        told = set()
        for number, character in enumerate(text):
            face = next((face for face in Face if not fonts.has(face, character)), None)
            if face and character not in told:
                told.add(character)
                found, hint = said_of(text[: number + 1], face, fonts, "材料包的 PDF 里")
                yield _placed(board, shared, leaf.path, found, hint, character)


def _placed(
    board: Board, shared: Shared, path: FieldPath, found: str, hint: str, character: str
) -> Problem:
    """A problem of a pack's words, where they were typed."""
    if shared.id in board.received:
        return board.problem(shared, path, found, hint, snippet=character)
    if at := where(board, character):
        return board.problem_at(at, found, hint, snippet=character)
    named = describe(Shared, path)
    return Problem(Place(RECORD), found, hint, shared.title, named)


def to_pdf(content: PackContent, typesetter: Typesetter) -> bytes:
    """The write-up as PDF/A-2a and PDF/UA-1, so that screen readers and text tools can use it.

    Raises NotSet over a character that `missing_glyphs` would have told.
    """
    shared, say = content.shared, own_words(content)
    titles = [section.title for section in shared.sections]
    figures = [
        {
            "path": _store(content.pictures[figure.file], typesetter.root),
            "alt": figure.alt,
            "caption": caption(content, number),
        }
        for number, figure in enumerate(shared.figures, 1)
    ]
    sheet = {
        **_common(content, typesetter),
        "kind": say(shared.type.label),
        "author": shared.author or "",
        "headline": shared.headline or "",
        "summary": {"label": say("摘要"), "blocks": _blocks(shared.summary)},
        "facts": [{"label": fact.label, "value": fact.value} for fact in shared.facts],
        "sections": [{"title": s.title, "blocks": _blocks(s.text)} for s in shared.sections],
        "numbered": len(titles) > 1 and not any(_NUMBERED.match(title) for title in titles),
        "figures": figures,
        "closing": {"title": closing_title(content), "rows": _closing(content)},
        "page_words": [say(part) for part in ("第", "页 共", "页")],
    }
    return typesetter.pdf("packs/write-up", json.dumps(sheet, ensure_ascii=False), tagged=True)


def cover_sheet(
    content: PackContent,
    fingerprint: str | None,
    files: Sequence[tuple[str, int, str]],
    typesetter: Typesetter,
) -> bytes:
    """The cover sheet (封面单), one page of A4, whatever is in the pack.

    `fingerprint` is that of the key the pack is signed with; `files` are names, sizes in bytes and
    SHA-256 in hex. Raises NotSet as `to_pdf` does.
    """
    shared, say = content.shared, own_words(content)
    left_out = [*shared.left_out, *(say(words) for words in _NEVER_SENT)]
    table = [
        (say("种类"), say(shared.type.label)),
        (say("编号"), shared.key),
        *_closing(content),
        (say("怎样使用"), say(_CIRCLES[shared.level])),
        (say("没有随包发出"), "；".join(left_out)),
    ]
    sheet = {
        **_common(content, typesetter),
        "name": say("经验材料包封面单"),
        "rows": table,
        "file_band": say(f"包里的文件（{len(files)} 个）"),
        "file_words": [say(words) for words in ("文件", "大小", "SHA-256 前 16 位")],
        "files": [
            {"name": name, "size": _size(size), "sum": " ".join(_fours(digest[:16]))}
            for name, size, digest in files
        ],
        "more_files": say("其余的见包里的清单"),
        "signature": {
            "band": say("签名和查验"),
            "title": say("签名公钥的指纹" if fingerprint else "未签名"),
            "groups": _fours("".join((fingerprint or "").split())),
            "qr": qr_rows(fingerprint) if fingerprint else [],
            "steps": [say(words) for words in (_SIGNED if fingerprint else _UNSIGNED)],
        },
        "receipt": {
            "title": say("签收"),
            "ticks": [say(words) for words in ("文件完整", "签名已验", "指纹已当面或电话对过")]
            if fingerprint
            else [say(words) for words in ("文件完整", "已向发出单位问清")],
            "blanks": [say(words) for words in ("收到单位", "收件人", "日期")],
        },
    }
    return typesetter.pdf("packs/cover", json.dumps(sheet, ensure_ascii=False), tagged=True)


def _common(content: PackContent, typesetter: Typesetter) -> dict[str, Any]:
    shared = content.shared
    return {
        "title": shared.title,
        "unit": shared.unit.full_name,
        "description": to_plain(shared.summary),
        "date": dict(zip(("year", "month", "day"), _date(shared).timetuple(), strict=False)),
        "script": "hant" if content.traditional else "hans",
        "faces": {str(face): family for face, family in typesetter.families.items()},
    }


def _date(shared: Shared) -> datetime.date:
    """The day the file bears, which PDF/A asks for: when its text was approved or published."""
    if shared.approval.approved_on:
        return shared.approval.approved_on
    if shared.source and shared.source.date:
        return shared.source.date
    return shared.as_of.last_day if shared.as_of else datetime.date(1970, 1, 1)


def _closing(content: PackContent) -> list[tuple[str, str]]:
    """What stands behind the write-up, by label; an address stands on a line of its own."""
    return [(row.label, f"{row.text}\n{row.address}".strip()) for row in closing(content)]


def _blocks(markdown: str) -> list[dict[str, Any]]:
    return [asdict(block) for block in to_blocks(markdown)]


def _store(picture: bytes, root: Path) -> str:
    """A picture where Typst may read it, by its content; gives its path from `root`."""
    file = root / "packs" / f"{hashlib.sha256(picture).hexdigest()}.jpg"
    if not file.is_file():
        write_whole(file, picture)
    return f"/packs/{file.name}"


def _fours(text: str) -> list[str]:
    return [text[at : at + 4] for at in range(0, len(text), 4)]


def _size(count: int) -> str:
    """1.2 MB; the next larger unit from a thousand on."""
    if count < 1000:
        return f"{count} B"
    return f"{count / 1e3:.0f} KB" if count < 999_500 else f"{count / 1e6:.1f} MB"
