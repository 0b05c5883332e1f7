"""Photos as they come to the desk: looked at, turned, named for their record, and put into data."""

from __future__ import annotations

import io
import re
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from boards.desk.office import Office
from boards.output import write_whole
from boards.pixels.decode import PhotoRefused, decode, require_size
from boards.words.pinyin import spelled_out

if TYPE_CHECKING:
    from PIL.Image import Image

_LONGEST = 60
_TURNS = {"left": 90, "right": 270, "over": 180}
"""Degrees against the clock."""
_QUALITY = 95


def take_in(office: Office, _: Request, form: FormData) -> Response:
    """Keep a photo for a record; what is no photo is refused with the reason."""
    sent = form.get("photo")
    if not isinstance(sent, UploadFile):
        return _refused("没有收到照片")
    content, name = sent.file.read(), Path(sent.filename or "photo.jpg")
    ending = name.suffix.casefold()
    try:
        require_size(len(content))
        decode(content, ending)
    except PhotoRefused as refusal:
        return _refused(f"{name.name}：{refusal}")
    stem = spelled_out(str(form.get("name") or name.stem), _LONGEST) or "photo"
    media = office.root / "data" / "media"
    media.mkdir(parents=True, exist_ok=True)
    file = _place(media, re.sub(r"[^a-z0-9-]", "", stem) or "photo", ending, content)
    return _kept(office, file)


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
        return _refused(str(refusal))
    content = _jpeg(image.rotate(degrees, expand=True))
    stem = re.sub(r"-turned(-\d+)?$", "", file.stem)
    return _kept(office, _place(media, f"{stem}-turned", ".jpg", content))


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
            write_whole(file, content)
            return file
        if file.read_bytes() == content:
            return file
        number += 1


def _kept(office: Office, file: Path) -> Response:
    place = file.resolve().relative_to((office.root / "data").resolve()).as_posix()
    return JSONResponse({"file": place, "shown": f"{office.at}/{place}"})


def _refused(said: str) -> Response:
    return JSONResponse({"refused": said}, HTTPStatus.CONFLICT)
