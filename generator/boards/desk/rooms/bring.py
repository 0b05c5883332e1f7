"""What a branch has already, brought in: dropped, looked through, put right, taken."""

from __future__ import annotations

import io
import threading
from http import HTTPStatus
from pathlib import PurePosixPath
from urllib.parse import urlencode

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import Response

from boards.amend import AmendFault
from boards.amend.adding.proposed import begun
from boards.clock import build_date, moment
from boards.desk import drafts
from boards.desk.brought import Brought, after, brought, lots_of
from boards.desk.changing import take_in
from boards.desk.drafts import Draft
from boards.desk.office import Office
from boards.desk.posted import pairs_of
from boards.desk.rooms.proposal_views import BringView
from boards.desk.rooms.proposed import kinds, lot_view
from boards.desk.said import told
from boards.desk.saving import ID
from boards.desk.waiting import Lot
from boards.errors import BoardError, listing
from boards.intake.pictures import ending_of
from boards.intake.proposal import fingerprint
from boards.intake.remembered import remember
from boards.intake.write_up import WriteUpPlan
from boards.output import write_whole
from boards.pixels.decode import PhotoRefused, decode
from boards.records.months import QuarterId
from boards.sheets.values import Refused

_SMALL = 240
"""Pixels of the longer side of a photo beside which it is asked whose it is."""


_ONE_AT_A_TIME = threading.Lock()
"""A browser asks for six at once, and each takes a hundred megabytes until it is small."""


class _Unseen(Exception):
    """What would be written is not what was shown."""


def show(office: Office, request: Request, _: FormData) -> Response:
    """Where files are dropped, or what is looked through after others."""
    asked = request.query_params
    done, said = asked.get("done", ""), asked.get("said", "")
    if lot := office.waiting.get(asked.get("lot", "")):
        return _looked_at(office, lot, FormData(), said, done)
    return _page(office, BringView(kinds(), done=done, said=said))


def _page(office: Office, view: BringView) -> Response:
    status = HTTPStatus.CONFLICT if view.said else HTTPStatus.OK
    return office.page("bring", "bring.html", status, view=view)


def look(office: Office, _: Request, form: FormData) -> Response:
    """Look through what was sent; nothing of it is taken in yet, nothing is written."""
    files = tuple(
        (PurePosixPath(sent.filename.replace("\\", "/")).name, sent.file.read())
        for sent in form.getlist("files")
        if isinstance(sent, UploadFile) and sent.filename
    )
    pasted = str(form.get("pasted", ""))
    if not files and not pasted.strip():
        return _page(office, BringView(kinds(), said="没有选文件，也没有粘贴内容"))
    lot = lots_of(files, pasted, str(form.get("kind", "")))
    office.waiting.put(lot)
    return _looked_at(office, lot, FormData())


def again(office: Office, _: Request, form: FormData) -> Response:
    """The same with what was put right, or taken in, or thrown away."""
    name = str(form.get("lot", ""))
    lot = office.waiting.get(name)
    if lot is None and (following := office.waiting.after(name)) is not None:
        done = "刚才那一份已经收下，或者放下了；收下的在“历史和撤销”里"
        return _to(office, following, done)
    if lot is None:
        said = "这些文件已经不在了（工作台重新打开过，或者放了别的）；再放一次"
        return _page(office, BringView(kinds(), said=said))
    what = form.get("what")
    if what == "refuse":
        return _go_on(office, lot, "没有带，什么也没有留下", str(form.get("was.sheet", "")))
    if what == "take":
        return _take(office, lot, form)
    if what == "draft":
        return _draft(office, lot, form)
    return _looked_at(office, lot, form)


def picture(office: Office, request: Request, _: FormData) -> Response:
    """A photo that waits, small, so that whoever knows the person can say whose it is."""
    lot = office.waiting.get(request.path_params["lot"])
    number = request.path_params["number"]
    if lot is None or number >= len(lot.files):
        return office.missing()
    _, content = lot.files[number]
    try:
        with _ONE_AT_A_TIME:
            image = decode(content, ending_of(content))
            image.thumbnail((_SMALL, _SMALL))
    except PhotoRefused:
        return office.missing()
    target = io.BytesIO()
    image.save(target, "JPEG", quality=80)
    return Response(target.getvalue(), media_type="image/jpeg")


def _looked_at(
    office: Office, lot: Lot, form: FormData, said: str = "", done: str = ""
) -> Response:
    try:
        found = brought(office.root, lot, form)
    except Refused as fault:
        return _refused(office, lot, form, (said, f"{fault.found}；{fault.hint}"), done)
    except BoardError as error:
        told_of = f"台账有错误，先改好：{told(error.problems)}"
        return _refused(office, lot, form, (said, told_of), done)
    shown = lot_view(office.desk.look().board, lot, found, form)
    return _page(office, BringView(kinds(), done=done, said=said, lot=shown))


def _refused(
    office: Office, lot: Lot, form: FormData, said: tuple[str, str], done: str = ""
) -> Response:
    """What cannot be brought in at all; with what was said of it taken back if that will do.

    `said` is what is to be said already, and why this cannot.
    """
    if list(form.keys()):
        return _looked_at(office, lot, FormData(), said[1], done)
    names = listing([name for name, _ in lot.files], 3) or "粘贴的内容"
    sheet = f"的工作表“{lot.sheet}”" if lot.sheet else ""
    told_of = f"{names}{sheet}：{said[1]}。这一份什么也没有写"
    both = told_of if said[0] in told_of else f"{said[0]}　{told_of}"
    following = after(lot, lot.sheet)
    office.waiting.drop(lot.name, following.name if following else "")
    if following is None:
        return _page(office, BringView(kinds(), done=done, said=both))
    office.waiting.put(following)
    return _looked_at(office, following, FormData(), both, done)


def _go_on(office: Office, lot: Lot, done: str, sheet: str = "") -> Response:
    """Forget what was looked through, and look through what came with it."""
    following = after(lot, sheet)
    office.waiting.drop(lot.name, following.name if following else "")
    if following is None:
        return _to(office, "", done)
    office.waiting.put(following)
    return _to(office, following.name, f"{done}。接着看下面的")


def _to(office: Office, lot: str, done: str) -> Response:
    """Lead a browser to a lot, so that going back or loading anew sends nothing twice."""
    return office.to(f"bring?{urlencode({'lot': lot, 'done': done} if lot else {'done': done})}")


def _take(office: Office, lot: Lot, form: FormData) -> Response:
    """Write what was looked through, as it is now."""
    found: list[Brought] = []

    def planned() -> Brought:
        found.append(brought(office.root, lot, form))
        seen = str(form.get("seen", "")).split()
        if any(fingerprint(entry) not in seen for entry in found[-1].proposal.entries):
            raise _Unseen
        return found[-1]

    try:
        taken = take_in(office.desk, lambda: planned().proposal, office.settings.who)
    except Refused as fault:
        return _refused(office, lot, form, ("", f"{fault.found}；{fault.hint}"))
    except BoardError as error:
        return _refused(office, lot, form, ("", told(error.problems)))
    except AmendFault as error:
        return _refused(office, lot, form, ("", str(error)))
    except _Unseen:
        said = "和刚才看到的不一样了（您改过，或者台账在别处改过）：再看一眼，对了再收下。还没有写"
        return _looked_at(office, lot, form, said)
    if not taken.files:
        return _looked_at(office, lot, form, "没有可以带进来的新内容")
    if table := found[-1].table:
        remember(office.root, table.layout, found[-1].chosen)
    count = sum(entry.table != "sources" for entry in taken.entries)
    done = f"带进来了 {count} 条；不对的，到“历史和撤销”里一条一条撤销"
    table = found[-1].table
    return _go_on(office, lot, done, table.layout.grid.name if table else "")


def _draft(office: Office, lot: Lot, form: FormData) -> Response:
    """Put a case that lacks something, or a quarter's results, into a form to be gone on with."""
    try:
        found = brought(office.root, lot, form)
    except (Refused, BoardError):
        return _looked_at(office, lot, FormData())
    if found.text:
        _keep_pictures(found.text)
        table, title = "cases", str(found.text.case.get("title", ""))
        values = {k: v for k, v in found.text.case.items() if _is_there(office, found.text, k)}
        pairs = tuple(pairs_of(values))
    elif found.results:
        table, title = "quarters", QuarterId.of(found.results.quarter).title
        board, heard = office.desk.look().board, found.results
        values = begun(board, table, heard.quarter, build_date(), heard.proposed)
        pairs = ((ID, heard.quarter), *pairs_of(values))
    else:
        return office.missing()
    name = drafts.new_name()
    drafts.keep(office.root, Draft(table, "", name, title, moment(), pairs, None))
    following = after(lot, "")
    office.waiting.drop(lot.name, following.name if following else "")
    if following is None:
        return office.to(f"new/{table}?draft={name}")
    office.waiting.put(following)
    done = f"“{title}”放进了草稿，在“今天”里接着填。先看下面的"
    return _to(office, following.name, done)


def _is_there(office: Office, text: WriteUpPlan, key: str) -> bool:
    """Whether a field of a draft names only what is on record: a new source is not, yet."""
    return key != "source" or str(text.case[key]) in office.desk.look().board.sources


def _keep_pictures(text: WriteUpPlan) -> None:
    for file, content in text.media.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(file, content, lasting=True)
