"""Exchange with sister units: own packs made, those of others looked through and taken in."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlencode

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import Response

from boards.amend import AmendFault, Files
from boards.clock import build_date
from boards.desk.office import Office
from boards.desk.rooms.files import MadeFile, made_of
from boards.desk.said import told
from boards.desk.saving import told_of, write_down
from boards.editions.edition import Edition, EditionName
from boards.errors import BoardError, why
from boards.output import write_whole
from boards.packs.keys import KeyFault
from boards.packs.receive import Arrival, examine, store, trusting, untrusted
from boards.packs.refused import PackRefused
from boards.packs.share import OUTPUT, make_pack, shared_of, write
from boards.posters.workshop import workshop
from boards.records import Audience, Shared

_PARCELS = Path("desk") / "parcels"
_NAME = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Offer:
    """A write-up that may go out."""

    id: str
    kind: str
    title: str


@dataclass(frozen=True, slots=True)
class Parcel:
    """A pack that has come and is being looked through."""

    name: str
    unit: str
    title: str
    kind: str
    level: str
    signature: str
    fingerprint: str
    notices: str
    words: str
    """What it says, as text."""
    can_be_trusted: bool
    """Whether it brings a key that is not on record."""


@dataclass(frozen=True, slots=True)
class ExchangeView:
    """What may go out, what has come, and what was just made."""

    faulty: bool
    offers: tuple[Offer, ...] = ()
    received: tuple[Offer, ...] = ()
    parcel: Parcel | None = None
    files: tuple[MadeFile, ...] = ()
    said: str = ""
    done: str = ""


def show(office: Office, request: Request, _: FormData) -> Response:
    """What may go out and what has come in."""
    asked = request.query_params
    view = replace(_view(office), done=asked.get("done", ""))
    file = office.root / _PARCELS / asked.get("parcel", "")
    if not _NAME.fullmatch(file.name) or not file.is_file():
        return _page(office, view)
    try:
        arrival = _examined(office, file.read_bytes())
    except PackRefused as error:
        return _page(office, replace(view, said=told(error.problems)))
    return _page(office, replace(view, parcel=_parcel(file.name, arrival)))


def undecided(root: Path) -> list[str]:
    """The names of packs that were looked through and neither taken in nor thrown away."""
    return sorted(file.name for file in (root / _PARCELS).glob("*") if _NAME.fullmatch(file.name))


def _page(office: Office, view: ExchangeView) -> Response:
    status = HTTPStatus.CONFLICT if view.said else HTTPStatus.OK
    return office.page("exchange", "exchange.html", status, view=view)


def _there(office: Office) -> dict[str, Shared]:
    board = office.desk.look().board
    edition = Edition(EditionName.PUBLISH, build_date())
    return {row.id: row for row in shared_of(board, edition, Audience.SISTER_UNITS)}


def _view(office: Office) -> ExchangeView:
    look = office.desk.look()
    if look.errors:
        return ExchangeView(faulty=True)
    received = tuple(look.board.received.values())
    offers = (row for row in _there(office).values() if row not in received)
    return ExchangeView(
        faulty=False,
        offers=tuple(Offer(row.id, row.type.label, row.title) for row in offers),
        received=tuple(Offer(row.id, row.unit.name, row.title) for row in received),
    )


def give(office: Office, _: Request, form: FormData) -> Response:
    """Make a pack in all its forms."""
    shared = _there(office).get(str(form.get("id", "")))
    if shared is None:
        return office.missing()
    board, view = office.desk.look().board, _view(office)
    try:
        traditional = bool(form.get("traditional"))
        pack = make_pack(workshop(board), board, shared, office.root, traditional=traditional)
        made = write(pack, office.root / OUTPUT)
    except BoardError as error:
        return _page(office, replace(view, said=told(error.problems)))
    except KeyFault as error:
        return _page(office, replace(view, said=f"{error.found}；{error.hint}"))
    forms = sorted(file for file in made.with_suffix("").iterdir() if file.is_file())
    notes = "\n".join(pack.notes)
    files = made_of(office, [made, *forms])
    return _page(office, replace(view, files=files, done=f"做好了“{shared.title}”。{notes}"))


def arrive(office: Office, _: Request, form: FormData) -> Response:
    """Look through a pack that was sent here; nothing of it is taken in yet."""
    sent = form.get("pack")
    if not isinstance(sent, UploadFile) or not sent.filename:
        return _page(office, replace(_view(office), said="没有选材料包"))
    content = sent.file.read()
    try:
        _examined(office, content)
    except PackRefused as error:
        return _page(office, replace(_view(office), said=told(error.problems)))
    name = hashlib.sha256(content).hexdigest()
    (office.root / _PARCELS).mkdir(parents=True, exist_ok=True)
    write_whole(office.root / _PARCELS / name, content)
    return office.to(f"exchange?parcel={name}")


def _examined(office: Office, content: bytes) -> Arrival:
    board = office.desk.look().board
    return examine(content, board.keys, board.branch.id)


def _parcel(name: str, arrival: Arrival) -> Parcel:
    shared = arrival.shared
    return Parcel(
        name=name,
        unit=shared.unit.full_name,
        title=shared.title,
        kind=shared.type.label,
        level=shared.level.label,
        signature=arrival.signature.label,
        fingerprint=arrival.fingerprint or "",
        notices=told(arrival.problems),
        words="\n\n".join(f"{part.title}\n{part.text}" for part in shared.sections),
        can_be_trusted=not untrusted(arrival),
    )


def take(office: Office, _: Request, form: FormData) -> Response:
    """Take in a pack that was looked through, or throw it away."""
    name = str(form.get("name", ""))
    file = office.root / _PARCELS / name
    if not _NAME.fullmatch(name) or not file.is_file():
        return office.missing()
    if form.get("what") == "refuse":
        file.unlink()
        return office.to("exchange?done=没有收下")
    try:
        arrival = _examined(office, file.read_bytes())
        with office.desk.writing():
            known = _trusted(office, arrival) if form.get("trust") else {}
            store(arrival, office.root / "data", replace=bool(form.get("replace")))
            fault = _noted(office, arrival, known) if known else ""
    except PackRefused as error:
        return _page(office, replace(_view(office), said=told(error.problems)))
    except AmendFault as error:
        said = f"对方的公钥登记不了：{error}；没有收下"
        return _page(office, replace(_view(office), said=said))
    title = arrival.shared.title
    if fault:
        said = f"收下了“{title}”，公钥没有登记：{fault}；再收一次，勾上“换成这份”"
        return _page(office, replace(_view(office), said=said))
    file.unlink()
    noted = "，登记了对方的公钥，登记错了到“历史和撤销”里撤销" if known else ""
    return office.to(f"exchange?{urlencode({'done': f'收下了“{title}”{noted}'})}")


def _trusted(office: Office, arrival: Arrival) -> Files:
    """What the file of keys holds once the sender's is noted; see `trusting` for what it raises."""
    return trusting(arrival, office.desk.look().board, office.root, build_date())


def _noted(office: Office, arrival: Arrival, known: Files) -> str:
    """Write the sender's key down, to be taken back like every save; why not, if it cannot be."""
    key = office.desk.tried(known).board.keys[arrival.shared.unit.id]
    try:
        write_down(office.desk, known, [told_of(office.settings.who, None, key)])
    except OSError as error:
        return f"{error.filename or '公钥'} 写不进去（{why(error)}）"
    return ""
