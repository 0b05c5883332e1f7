"""What stands on a poster: words that know the field they came from, and people."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from boards.board.board import Board
from boards.drawings import bust_of
from boards.editions.edition import Edition
from boards.formats import KINDS, Face
from boards.media import picture
from boards.records import Branch, Keyed, Member, Photo, Record, Zone
from boards.records.months import QuarterId
from boards.records.schema import FieldPath
from boards.records.terms import Terms
from boards.words.common import Provenance, in_chinese, marks, provenances
from boards.words.text import Block, to_blocks


@dataclass(frozen=True, slots=True)
class Words:
    """A line of text, its typeface, and where it was typed, so that a fault can be placed."""

    text: str
    face: Face
    at: str
    """Table, id and field path joined by slashes; empty for words of the program's own."""


@dataclass(frozen=True, slots=True)
class Prose:
    """Paragraphs and lists, likewise."""

    blocks: tuple[Block, ...]
    text: str
    face: Face
    at: str


@dataclass(frozen=True, slots=True)
class PosterPhoto:
    """A photo for paper: its file in the cache, and its size in pixels."""

    file: str
    width: int
    height: int
    alt: str
    caption: str


@dataclass(frozen=True, slots=True)
class PosterPerson:
    """A member on a poster."""

    name: Words
    standing: str
    job: Words | None
    posts: tuple[str, ...]
    pledge: Words | None
    zone: str
    """Whose accent the drawn bust takes; empty without a post."""
    photo: PosterPhoto | None
    bust: str
    """Which drawing stands there without a photo."""
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PosterZone:
    """A zone on a poster."""

    id: str
    name: Words
    short: Words
    character: Words
    tag: Words


@dataclass(frozen=True, slots=True)
class Poster:
    """One poster before it is set: what it is, what it says, where it leads."""

    kind: str
    record: str
    """The id of its record; empty for kinds that show the whole branch."""
    title: str
    """What the print room calls it."""
    url: str
    """The page it belongs to and its QR code leads to, from the site's root."""
    view: object
    provenance: tuple[Provenance, ...]
    marks: tuple[str, ...]
    variant: str = ""
    records: tuple[Record, ...] = ()
    """What it is made of, for the sources of each sheet."""
    sheet: int = 1
    """Which of its sheets this is; see `views.posters.sheets`."""
    sheets: int = 1

    @property
    def heading(self) -> str:
        """Its title with the number of the sheet: 党员亮身份（二）."""
        return self.title if self.sheets == 1 else f"{self.title}（{in_chinese(self.sheet)}）"

    @property
    def id(self) -> str:
        """What its files and commands call it, such as star-2019-Q2."""
        return "-".join(part for part in (self.kind, self.record, self.variant) if part)

    @property
    def command(self) -> str:
        """What to type for it, without size and way of printing."""
        variant = f"--{self.variant}" if self.variant else ""
        words = ("boards", "poster", self.kind, self.record, variant)
        return " ".join(word for word in words if word)

    @property
    def year(self) -> int | None:
        """The year of its quarter; nothing for kinds that are not of one quarter."""
        is_quarterly = KINDS[self.kind].table == "quarters"
        return QuarterId.of(self.record).year if is_quarterly else None


def parts_of(view: object) -> Iterator[object]:
    """A view and every view inside it."""
    if isinstance(view, tuple):
        for item in view:
            yield from parts_of(item)
    elif dataclasses.is_dataclass(view):
        yield view
        for field in dataclasses.fields(view):
            yield from parts_of(getattr(view, field.name))


def words_of(view: object) -> Iterator[Words | Prose]:
    """Every text of a view that a record holds."""
    return (part for part in parts_of(view) if isinstance(part, Words | Prose) and part.at)


def said(row: Keyed, *path: str | int, face: Face = Face.HEI) -> Words:
    """The text of a field that is filled in."""
    return Words(str(_value(row, path)), face, _at(row, path))


def said_if(row: Keyed, *path: str | int, face: Face = Face.HEI) -> Words | None:
    """The text of a field, or nothing if it is empty."""
    return said(row, *path, face=face) if _value(row, path) else None


def said_all(row: Keyed, *path: str | int, face: Face = Face.HEI) -> tuple[Words, ...]:
    """The lines of a list."""
    return tuple(said(row, *path, number, face=face) for number in range(len(_value(row, path))))


def told(row: Keyed, *path: str | int, face: Face = Face.HEI) -> Prose:
    """A long text of a field that is filled in."""
    blocks = to_blocks(_value(row, path))
    return Prose(blocks, "".join(block.text for block in blocks), face, _at(row, path))


def termed(branch: Branch, name: str, face: Face = Face.HEI) -> Words:
    """What the branch calls a part of its brand; a default is a word of the program's own."""
    text, own = getattr(branch.words, name), getattr(Terms(), name)
    field = {"quarterly": "meeting_short", "gathering_day": "gathering", "sharing_day": "sharing"}
    at = "" if text == own else _at(branch, ("terms", field.get(name, name)))
    return Words(text, face, at)


def some_of(prose: Prose, blocks: Sequence[Block]) -> Prose:
    """Some paragraphs of a long text."""
    text = "".join(block.text for block in blocks)
    return Prose(tuple(blocks), text, prose.face, prose.at)


def _value(row: Keyed, path: FieldPath) -> Any:
    value: Any = row
    for step in path:
        value = value[step] if isinstance(step, int) else getattr(value, step)
    return value


def _at(row: Keyed, path: FieldPath) -> str:
    return "/".join(str(part) for part in (row.table, row.id, *path))


def poster_photo(board: Board, photo: Photo) -> PosterPhoto:
    """A photo in the size for paper (`editions` has seen to its consent)."""
    made = picture(board, photo).print
    return PosterPhoto(made.path.name, made.width, made.height, photo.alt, photo.caption or "")


def poster_person(
    board: Board, member: Member, *, face: bool = True, pledge: bool = False
) -> PosterPerson:
    """A member on a poster, on some with the photo, on some with the member's own pledge.

    A board that shows no face has no photo either: it is quicker to set, and stays as it is when a
    photo changes.
    """
    posts = [
        f"{zone.short}·{role.name}"
        for post in member.posts
        if (zone := board.zones.get(post.zone))
        for role in zone.roles
        if role.id == post.role
    ]
    return PosterPerson(
        name=said(member, "name", face=Face.SONG),
        standing=member.standing.label,
        job=said_if(member, "job"),
        posts=tuple(posts),
        pledge=said_if(member, "pledge") if pledge else None,
        zone=member.posts[0].zone if member.posts else "",
        photo=poster_photo(board, member.photo) if face and member.photo else None,
        bust=bust_of(member).name,
        marks=marks(board, member),
    )


def poster_zone(zone: Zone) -> PosterZone:
    """A zone on a poster."""
    return PosterZone(
        id=zone.id,
        name=said(zone, "name", face=Face.SONG),
        short=Words(zone.short, Face.SONG, f"zones/{zone.id}/name"),
        character=said(zone, "character", face=Face.SONG),
        tag=said(zone, "tag"),
    )


def poster(
    board: Board,
    kind: str,
    view: object,
    records: list[Record],
    url: str,
    title: str = "",
) -> Poster:
    """A poster of `records`, the first of which it is named after unless it shows the branch.

    `title` is what the print room calls it, if not by its kind.
    """
    whole_branch = not KINDS[kind].table
    return Poster(
        kind=kind,
        record="" if whole_branch else records[0].id,
        title=title or KINDS[kind].label,
        url=url,
        view=view,
        provenance=provenances(board, records),
        marks=() if whole_branch else marks(board, records[0]),
        records=tuple(records),
    )


def here(board: Board, edition: Edition) -> list[Member]:
    """Members in the Party who have not left."""
    return [
        member
        for member in board.members.values()
        if member.standing.in_party and not member.has_left(edition.today)
    ]
