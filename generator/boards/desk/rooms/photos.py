"""Photos as they come to the desk: looked at, turned, named for their record, and put into data."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from boards.clock import moment
from boards.desk import drafts
from boards.desk.drafts import Draft, draft_name, is_name, new_name
from boards.desk.forms import typed_of
from boards.desk.office import Office
from boards.desk.posted import pairs_of
from boards.intake.naming import plain_name
from boards.intake.sniffing import is_name as is_surname_and_name
from boards.output import write_whole
from boards.pixels.decode import PhotoRefused, decode, require_size
from boards.records import Member
from boards.records.understood import folded
from boards.words.pinyin import spelled_out

if TYPE_CHECKING:
    from PIL.Image import Image

_LONGEST = 60
_TURNS = {"left": 90, "right": 270, "over": 180}
"""Degrees against the clock."""
_QUALITY = 95
_FINE = 1000
"""Pixels of the longer side from which on a portrait is sharp at 17 cm by 150 dpi."""


def take_in(office: Office, _: Request, form: FormData) -> Response:
    """Keep a photo for a record; what is no photo is refused with the reason."""
    sent = form.get("photo")
    if not isinstance(sent, UploadFile):
        return _refused("没有收到照片")
    try:
        file, size = _taken_in(office, sent, str(form.get("name", "")))
    except PhotoRefused as refusal:
        return _refused(f"{refusal.found}；{refusal.hint}")
    return _kept(office, file, size)


def _taken_in(office: Office, sent: UploadFile, name: str) -> tuple[Path, tuple[int, int]]:
    """A photo as it is kept, called after its record or as it came, and its width and height.

    Raises PhotoRefused.
    """
    content, came = sent.file.read(), Path(sent.filename or "photo.jpg")
    ending = came.suffix.casefold()
    require_size(len(content))
    size = decode(content, ending).size
    stem = spelled_out(name or came.stem, _LONGEST)
    media = office.root / "data" / "media"
    media.mkdir(parents=True, exist_ok=True)
    return _place(media, re.sub(r"[^a-z0-9-]", "", stem) or "photo", ending, content), size


@dataclass(frozen=True, slots=True)
class Matched:
    """A photo of several, and whose it is."""

    name: str
    """Of its file."""
    said: str
    member: str = ""
    """The id of whose draft it stands in; empty if it is nobody's."""
    draft: str = ""
    """The draft of a new record that it stands in, if nobody on record is called so."""


def take_in_several(office: Office, _: Request, form: FormData) -> Response:
    """Put photos that are called after members into drafts of them, to be looked at and saved."""
    rows = [
        _matched(office, sent)
        for sent in form.getlist("photos")
        if isinstance(sent, UploadFile) and sent.filename
    ]
    told = [
        pair
        for row in rows
        for pair in zip(_ROW, (row.name, row.said, row.member, row.draft), strict=True)
    ]
    return office.to(f"photos?{urlencode(told)}")


_ROW = ("name", "said", "member", "draft")
"""How a row of the page is called in its address, by which one can come back to it."""


def several(office: Office, request: Request, _: FormData) -> Response:
    """What became of photos that were sent together; whose draft has gone has been saved."""
    columns = (request.query_params.getlist(name) for name in _ROW)
    rows = [
        _row(office, *row)
        for row in zip(*columns, strict=False)  # whatever an address says
    ]
    return office.page("members", "photos.html", rows=rows)


def _row(office: Office, name: str, said: str, member: str, draft: str) -> PhotoRow:
    if is_name(draft):
        kept = drafts.kept(office.root, draft)
        return PhotoRow(name, said, f"new/{Member.table}?draft={draft}", not kept)
    kept = drafts.kept(office.root, draft_name(Member.table, member))
    link = f"record/{Member.table}/{quote(member)}" if member else ""
    return PhotoRow(name, said, link, not kept)


@dataclass(frozen=True, slots=True)
class PhotoRow:
    """One of several photos on the page that they are gone through from."""

    name: str
    said: str
    link: str
    """Where it is looked at and saved; empty if it is nobody's."""
    saved: bool


def _matched(office: Office, sent: UploadFile) -> Matched:
    came = Path(sent.filename or "")
    called = plain_name(came.stem)
    there = office.desk.look().board.members.values()
    whose = [row for row in there if {called, folded(came.stem)} & {folded(row.name), row.id}]
    if len(whose) > 1:
        return Matched(came.name, "几个人叫这个名字，打开那一条再放")
    if not whose and not is_surname_and_name(called):
        return Matched(came.name, "没有叫这个名字的人")
    try:
        file, size = _taken_in(office, sent, whose[0].id if whose else "")
    except PhotoRefused as refusal:
        return Matched(came.name, f"{refusal.found}；{refusal.hint}")
    if not whose:
        return _begun(office, came.name, called, file, size)
    [member] = whose
    name = draft_name(member.table, member.id)
    kept = drafts.kept(office.root, name)
    base = kept.base if kept and kept.base else typed_of(member)
    pairs = list(kept.pairs) if kept else list(pairs_of(base))
    has_words = any(key == "photo.alt" for key, _ in pairs)
    pairs = [pair for pair in pairs if pair[0] != "photo.file"]
    pairs += [("photo.file", _in_data(office, file))]
    pairs += [] if has_words else [("photo.alt", f"{member.name}的照片")]
    drafts.keep(
        office.root,
        Draft(member.table, member.id, name, member.name, moment(), tuple(pairs), base),
    )
    said = f"{member.name}：写上本人哪天同意的，再保存。{_coarse(size)}"
    return Matched(came.name, said, member.id)


def _begun(office: Office, came: str, called: str, file: Path, size: tuple[int, int]) -> Matched:
    """The photo of somebody who is not on record yet, in the form of a new record.

    Where one was begun before, it is put there.
    """
    before = [
        row
        for row in drafts.all_kept(office.root)
        if (row.table, row.id, row.title) == (Member.table, "", called)
    ]
    name = before[0].name if before else new_name()
    typed = [pair for pair in before[0].pairs if pair[0] != "photo.file"] if before else []
    there = {key for key, _ in typed}
    new = (("name", called), ("photo.alt", f"{called}的照片"))
    pairs = (
        *typed,
        *(pair for pair in new if pair[0] not in there),
        ("photo.file", _in_data(office, file)),
    )
    drafts.keep(office.root, Draft(Member.table, "", name, called, moment(), pairs, None))
    return Matched(came, f"还没有登记这个人，照片放进了新的一条。{_coarse(size)}", draft=name)


def _in_data(office: Office, file: Path) -> str:
    return file.resolve().relative_to((office.root / "data").resolve()).as_posix()


def turn(office: Office, _: Request, form: FormData) -> Response:
    """Turn a photo by a quarter: a new file beside it, so that nothing else that shows it turns."""
    media = (office.root / "data" / "media").resolve()
    file = (office.root / "data" / str(form.get("file", ""))).resolve()
    degrees = _TURNS.get(str(form.get("way", "")))
    if not file.is_relative_to(media) or not file.is_file() or degrees is None:
        return _refused("没有这张照片")
    try:
        image = decode(file.read_bytes(), file.suffix.casefold())
    except PhotoRefused as refusal:
        return _refused(f"{refusal.found}；{refusal.hint}")
    turned = image.rotate(degrees, expand=True)
    content = _jpeg(turned)
    stem = re.sub(r"-turned(-\d+)?$", "", file.stem)
    return _kept(office, _place(media, f"{stem}-turned", ".jpg", content), turned.size)


def _jpeg(image: Image) -> bytes:
    content = io.BytesIO()
    image.convert("RGB").save(content, "JPEG", quality=_QUALITY)
    return content.getvalue()


def _place(media: Path, stem: str, ending: str, content: bytes) -> Path:
    """Where a photo is kept: in a file of that name that holds the same, or in a new one."""
    number = 1
    while True:
        file = media / (f"{stem}{ending}" if number == 1 else f"{stem}-{number}{ending}")
        if not file.exists():
            write_whole(file, content, lasting=True)
            return file
        if file.read_bytes() == content:
            return file
        number += 1


def _kept(office: Office, file: Path, size: tuple[int, int]) -> Response:
    place = _in_data(office, file)
    return JSONResponse({"file": place, "shown": f"{office.at}/{place}", "coarse": _coarse(size)})


def _coarse(size: tuple[int, int]) -> str:
    """What to know of a photo that is too coarse for paper; nothing of others."""
    if max(size) >= _FINE:
        return ""
    return f"只有 {size[0]}×{size[1]} 点，网页上够用，印大了会糊；微信里要“原图”"


def _refused(said: str) -> Response:
    return JSONResponse({"refused": said}, HTTPStatus.CONFLICT)
