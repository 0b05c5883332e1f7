"""The paragraph that opens a text, past the lines that say who wrote it and when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from boards.intake.pieces import Kind, Piece

_WHO_AND_WHEN = re.compile(
    r"(?:来源|稿源|作者|文字|责编|责任编辑|编辑|编审|记者|通讯员|供稿|撰稿|摄影|图片|审核|校对|监制|"
    r"发布(?:时间|日期)?|时间|日期|浏览(?:次数|量)?|阅读(?:量|次数)?|点击(?:数|量)?|字号|字体)\s*[:：|｜／/丨]"
)
_SENTENCE = re.compile("[。！？…]")


def is_about(text: str) -> bool:
    """Whether a line says who wrote a text, where it stood and when, and nothing of its matter."""
    return not _SENTENCE.search(text) and _WHO_AND_WHEN.search(text) is not None


def openings(pieces: Iterable[Piece]) -> Iterator[str]:
    """The paragraphs that can stand for a summary: sentences first, then what else there is."""
    texts = [
        " ".join(piece.text.split())
        for piece in pieces
        if piece.kind in (Kind.PARAGRAPH, Kind.BULLET, Kind.NUMBER) and piece.text.strip()
    ]
    texts = [text for text in texts if not is_about(text)]
    yield from (text for text in texts if _SENTENCE.search(text))
    yield from (text for text in texts if not _SENTENCE.search(text))
