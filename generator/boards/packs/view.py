"""What the templates of packs may see: a write-up in words, the same in every format."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from boards.packs.content import PackContent, approval_line, source_line
from boards.records.base import Basis
from boards.records.shared import SharedFigure
from boards.records.work import Fact
from boards.words.text import to_html

_PAUSES = re.compile("(?<=[：，；？！])|(?<=——)")


@dataclass(frozen=True, slots=True)
class PartView:
    """A part of the text with its heading."""

    title: str
    text: Markup


@dataclass(frozen=True, slots=True)
class PictureView:
    """A picture: where it is loaded from, what it shows, what stands below it."""

    address: str
    alt: str
    caption: str


@dataclass(frozen=True, slots=True)
class ClosingRow:
    """One line of what stands behind the write-up."""

    label: str
    text: str
    address: str = ""
    """Where the source was published on the web, if it was."""


@dataclass(frozen=True, slots=True)
class WriteUp:
    """Everything of a write-up that a page shows; empty where the record has nothing."""

    language: str
    kind: str
    title: str
    title_pieces: tuple[str, ...]
    """The title between its pauses, where its lines may break."""
    headline: str
    unit: str
    author: str
    summary: Markup
    facts: tuple[Fact, ...]
    parts: tuple[PartView, ...]
    opening: PictureView | None
    """The first picture: it stands before the text."""
    pictures: tuple[PictureView, ...]
    """The others: they stand after it."""
    closing_title: str
    closing: tuple[ClosingRow, ...]


def write_up(content: PackContent, addresses: Mapping[str, str]) -> WriteUp:
    """The write-up for a template; `addresses` says where each picture is loaded from.

    Raises KeyError for a figure without an address.
    """
    shared = content.shared
    pictures = [
        PictureView(addresses[figure.file], figure.alt, caption(content, number))
        for number, figure in enumerate(shared.figures, 1)
    ]
    return WriteUp(
        language=content.language,
        kind=own_words(content)(shared.type.label),
        title=shared.title,
        title_pieces=pieces(shared.title),
        headline=shared.headline or "",
        unit=shared.unit.full_name,
        author=shared.author or "",
        summary=to_html(shared.summary),
        facts=shared.facts,
        parts=tuple(PartView(part.title, to_html(part.text)) for part in shared.sections),
        opening=pictures[0] if pictures else None,
        pictures=tuple(pictures[1:]),
        closing_title=closing_title(content),
        closing=closing(content),
    )


def pieces(title: str) -> tuple[str, ...]:
    """A title cut behind each pause: lines that end elsewhere are hard to read aloud."""
    return tuple(piece for piece in _PAUSES.split(title) if piece)


def caption(content: PackContent, number: int) -> str:
    """What stands below a picture: its number if there are several, its words, who took it."""
    own = own_words(content)
    figure: SharedFigure = content.shared.figures[number - 1]
    numbered = f"{own('图')}{number}" if len(content.shared.figures) > 1 else ""
    credit = f"（{own('摄影')}：{figure.credit}）" if figure.credit else ""
    return "　".join(part for part in (numbered, f"{figure.caption or ''}{credit}") if part)


def closing_title(content: PackContent) -> str:
    """The heading above the closing rows."""
    return own_words(content)("出处与审批")


def closing(content: PackContent) -> tuple[ClosingRow, ...]:
    """Source, approval, as-of, circle and sender, as the 党务公开条例 asks; no row for nothing."""
    shared = content.shared
    own = own_words(content)
    published = shared.approval.basis == Basis.PUBLISHED
    approval = approval_line(shared)
    rows = (
        ClosingRow(own("出处"), source_line(shared), (shared.source and shared.source.url) or ""),
        ClosingRow(own("审批"), own(approval) if published else approval),
        ClosingRow(own("数据截至"), shared.as_of.wording if shared.as_of else ""),
        ClosingRow(own("公开范围"), own(shared.level.label)),
        ClosingRow(own("发出单位"), shared.unit.full_name),
    )
    return tuple(row for row in rows if row.text)


def own_words(content: PackContent) -> Callable[[str], str]:
    """Turns a word of the program's own into the write-up's script; the record's are in it."""
    if not content.traditional:
        return str
    import opencc  # noqa: PLC0415 - heavy

    convert: Callable[[str], str] = opencc.OpenCC("s2t").convert
    return convert
