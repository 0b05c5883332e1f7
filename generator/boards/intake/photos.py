"""A folder of photos as a proposal: by file name to members and cases, consent asked per person."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from boards.amend import Value
from boards.board.board import Board
from boards.digests import digest_of
from boards.errors import Place
from boards.intake.entries import Made, Meant, typed_fields
from boards.intake.naming import Owner, owner_of
from boards.intake.pictures import COARSE, coarse, ending_of, free_file
from boards.intake.proposal import LeftOut, Proposal
from boards.intake.trying import checked_board, tried
from boards.intake.wanted import SKIP
from boards.leftovers import is_unread
from boards.pixels.decode import MAX_BYTES, PhotoRefused, decode
from boards.records import Consent, Member
from boards.records.filenames import SUPPORTED
from boards.sheets.values import Refused

MOST = 300
"""Photos that are looked at in one go."""
MOST_BYTES = 512 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo as it came."""

    name: str
    """Its path below the folder, with slashes."""
    content: bytes


@dataclass(frozen=True, slots=True)
class Agreed:
    """Whose photos may be shown where, as somebody has said who has the paper."""

    consents: Mapping[str, Consent] = field(default_factory=dict)
    """By the member's id."""
    owners: Mapping[str, str] = field(default_factory=dict)
    """By the photo's name, whose it is: the id of a member or case, or that it is not wanted."""


@dataclass(frozen=True, slots=True)
class PhotosPlan:
    """Photos that were looked at, and what they would do."""

    proposal: Proposal
    unasked: tuple[Member, ...]
    """Members whose photo comes in and whose consent nobody has noted."""


@dataclass(slots=True)
class _Found:
    """What is known of the photos so far."""

    media: Path
    files: dict[Path, bytes] = field(default_factory=dict)
    portraits: dict[str, Photo] = field(default_factory=dict)
    figures: dict[str, list[Value]] = field(default_factory=dict)
    seen: dict[str, str] = field(default_factory=dict)
    left: list[LeftOut] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def leave(self, photo: Photo, why: str, cure: str = "") -> None:
        """Note a photo that is not brought in."""
        self.left.append(LeftOut(Place(photo.name), "", why, cure))


def photos_in(folder: Path) -> Iterator[Photo]:
    """The files of a folder and of those in it, without what systems leave; links are not followed.

    Raises Refused where there are too many, OSError where one cannot be read.
    """
    files = [
        file
        for pattern in ("*", "*/*")
        for file in sorted(folder.glob(pattern))
        if file.is_file() and not file.is_symlink() and not file.parent.is_symlink()
    ]
    files = [file for file in files if not is_unread(file.relative_to(folder))]
    if not files:
        raise Refused(
            "文件夹里没有文件", "核对是不是这个文件夹；照片放在它里面，或下一层的文件夹里"
        )
    if len(files) > MOST or sum(min(f.stat().st_size, MAX_BYTES) for f in files) > MOST_BYTES:
        most = f"{MOST} 张或 {MOST_BYTES // 1024 // 1024} MB"
        raise Refused(f"文件夹里的照片超过 {most}", "分几个文件夹，一次带一个")
    for file in files:
        name = file.relative_to(folder).as_posix()
        too_large = file.stat().st_size > MAX_BYTES
        yield Photo(name, bytes(MAX_BYTES + 1) if too_large else file.read_bytes())


def plan_photos(
    root: Path, photos: Iterable[Photo], today: datetime.date, agreed: Agreed
) -> PhotosPlan:
    """What photos would become below `root`; nothing is written."""
    board, _ = checked_board(root, today)
    found = _Found(root / "data" / "media")
    for photo in photos:
        owner = _owner(board, photo, agreed, today)
        if isinstance(owner, str) and not ending_of(photo.content):
            found.left.append(LeftOut(Place(photo.name), "文件", "不是照片", SUPPORTED))
        elif isinstance(owner, str):
            roster = "先把这个人带进人员（名册），再带照片" if "台账里没有" in owner else ""
            found.leave(photo, owner, roster or "把文件改名为人的姓名或案例的标题，再带进来")
        elif owner is not None:
            _place(found, board, photo, owner)
    made = Made(board)
    entries = []
    unasked = []
    for key, photo in found.portraits.items():
        member = board.members[key]
        fields = _portrait(member, photo, found, agreed)
        if member.consent is None and key not in agreed.consents:
            unasked.append(member)
        meant = Meant("members", photo.name, Place(photo.name), fields, member)
        entries += [entry] if (entry := made.entry(meant)) else []
    for key, figures in found.figures.items():
        case = board.cases[key]
        meant = Meant("cases", case.title, Place(case.title), {"figures": figures}, case)
        entries += [entry] if (entry := made.entry(meant)) else []
    left = (*found.left, *made.left_out)
    proposal = Proposal(tuple(entries), tuple(made.same), left, said=tuple(found.said))
    return PhotosPlan(tried(root, today, proposal, found.files), tuple(unasked))


def _owner(board: Board, photo: Photo, agreed: Agreed, today: datetime.date) -> Owner | str | None:
    """Whose photo it is; why it is nobody's; nothing if it is not wanted."""
    said = agreed.owners.get(photo.name, "")
    if said == SKIP:
        return None
    if said in board.members:
        return Owner(board.members[said])
    if said in board.cases:
        return Owner(board.cases[said])
    return owner_of(board, photo.name, today)


def _place(found: _Found, board: Board, photo: Photo, owner: Owner) -> None:
    """Note where a photo would be kept, unless it is no photo, or there already."""
    ending = PurePosixPath(photo.name).suffix
    try:
        if len(photo.content) > MAX_BYTES:
            raise PhotoRefused("照片太大，超过 40 MB", "用手机或看图软件另存一张小一些的")
        image = decode(photo.content, ending_of(photo.content) or ending)
    except PhotoRefused as refused:
        found.leave(photo, refused.found, refused.hint or SUPPORTED)
        return
    pixels = hashlib.sha256(image.tobytes() + str(image.size).encode("ascii")).hexdigest()
    if first := found.seen.get(pixels):
        found.leave(photo, f"和 {first} 是同一张", "只带一张")
        return
    found.seen[pixels] = photo.name
    row = owner.record
    if isinstance(row, Member) and row.id in found.portraits:
        found.leave(photo, f"{row.name}已经有一张：{found.portraits[row.id].name}", "留一张最好的")
        return
    shown = [row.photo] if isinstance(row, Member) else row.figures
    digest = hashlib.sha256(photo.content).hexdigest()
    if any(one and digest_of(board.data / one.file) == digest for one in shown):
        found.leave(photo, f"“{row.title_text}”已经有这一张")
        return
    _keep(found, photo, owner)
    if max(image.size) < COARSE:
        found.said.append(coarse(photo.name, image.size))


def _keep(found: _Found, photo: Photo, owner: Owner) -> None:
    row = owner.record
    if isinstance(row, Member):
        found.portraits[row.id] = photo
        return
    figures = found.figures.setdefault(row.id, [])
    stem = f"{row.id}-{len(row.figures) + len(figures) + 1}"
    file = free_file(found.media, stem, photo.content, found.files)
    found.files[file] = photo.content
    alt = owner.caption or f"{row.title[:40]}的图片"
    figures.append({"file": f"media/{file.name}", "alt": alt})


def _portrait(member: Member, photo: Photo, found: _Found, agreed: Agreed) -> dict[str, Value]:
    """A member's fields with the photo; what was cut out of another one does not hold for it."""
    file = free_file(found.media, member.id, photo.content, found.files)
    found.files[file] = photo.content
    shown = {"file": f"media/{file.name}", "alt": f"{member.name}的照片"}
    fields: dict[str, Value] = {"photo": shown}
    consent = agreed.consents.get(member.id)
    if consent is not None:
        typed = typed_fields(Member.model_validate({**_BARE, "consent": consent}))
        fields["consent"] = typed["consent"]
    return fields


_BARE = {"id": "a", "name": "甲", "standing": "member"}
"""A member with nothing but what must be there, to write a consent down with."""
