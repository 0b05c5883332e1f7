"""A write-up as pieces in their order, whatever file it came in: headings, paragraphs, pictures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, auto

from boards.intake.proposal import LeftOut


class Kind(Enum):
    """What a piece is."""

    TITLE = auto()
    HEADING = auto()
    PARAGRAPH = auto()
    BULLET = auto()
    NUMBER = auto()
    CAPTION = auto()
    TABLE = auto()
    PICTURE = auto()


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of a write-up as it stood there."""

    content: bytes
    alt: str = ""
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of a write-up."""

    kind: Kind
    text: str = ""
    level: int = 0
    """Of a heading: 1 for the widest."""
    rows: tuple[tuple[str, ...], ...] = ()
    """Of a table."""
    picture: Picture | None = None
    is_bold: bool = False
    is_centred: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """Where a page was published, as far as it says so itself."""

    title: str = ""
    publisher: str = ""
    date: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class WriteUp:
    """A write-up that was read, and what of it has no place."""

    pieces: tuple[Piece, ...]
    left_out: tuple[LeftOut, ...] = ()
    said: tuple[str, ...] = ()
    source: Source | None = None


def markdown(pieces: Iterable[Piece], highest: int = 1) -> str:
    """Pieces as long text: tables line by line, pictures left out; `highest` heading becomes ##."""
    return "\n\n".join(_joined(_written(piece, highest) for piece in pieces)).strip()


def _joined(texts: Iterable[tuple[str, bool]]) -> Iterator[str]:
    """Paragraphs, the items of one list in one."""
    items: list[str] = []
    for text, is_item in texts:
        if is_item:
            items.append(text)
            continue
        if items:
            yield "\n".join(items)
            items = []
        if text:
            yield text
    if items:
        yield "\n".join(items)


def _written(piece: Piece, highest: int) -> tuple[str, bool]:
    text = " ".join(piece.text.split())
    match piece.kind:
        case Kind.HEADING:
            return f"{'#' * min(max(piece.level - highest, 0) + 2, 4)} {text}", False
        case Kind.BULLET:
            return f"- {text}", True
        case Kind.NUMBER:
            return f"1. {text}", True
        case Kind.TABLE:
            return "\n".join(f"- {line}" for line in table_lines(piece)), True
        case Kind.PICTURE | Kind.CAPTION | Kind.TITLE:
            return "", False
    return text, False


def table_lines(piece: Piece) -> list[str]:
    """A table's rows as lines: of two columns 项目：内容, of more each cell behind its heading."""
    rows = [tuple(" ".join(cell.split()) for cell in row) for row in piece.rows if any(row)]
    if not rows:
        return []
    if len(rows[0]) <= 2:
        return ["：".join(cell for cell in row if cell) for row in rows]
    heads, *rest = rows
    return [
        "；".join(
            f"{head}：{cell}" if head else cell
            for head, cell in zip(heads, row, strict=False)
            if cell
        )
        for row in rest or [heads]
    ]
