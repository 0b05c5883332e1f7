"""What looks after the site: its health, the format of its records, the key it signs with."""

from __future__ import annotations

from dataclasses import dataclass, replace
from http import HTTPStatus

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from boards.amend.upgrade import Upgrade, apply, plan
from boards.clock import build_date
from boards.desk.office import Office
from boards.desk.said import at_desk, told
from boards.digests import digest_of_files
from boards.doctor import Finding, State, examine, this_machine
from boards.errors import BoardError, worded
from boards.packs.keys import KeyFault, fingerprint, make_key, own_key


@dataclass(frozen=True, slots=True)
class KeyView:
    """A key that packs are signed with, as it is read out on the telephone."""

    unit: str
    fingerprint: str
    public: str


@dataclass(frozen=True, slots=True)
class FindingView:
    """What a check found, and what to do about it at the desk."""

    row: Finding
    cure: str


@dataclass(frozen=True, slots=True)
class UpkeepView:
    """What an upgrade would change, and whose keys are known."""

    changes: tuple[str, ...]
    """Each of them as the command says it; none if the records have the present format."""
    seen: str
    """What tells these changes from others."""
    own: KeyView | None
    others: tuple[KeyView, ...]
    faults: tuple[str, ...] = ()
    """Why an upgrade or the key cannot be told."""
    said: str = ""
    done: str = ""


def show(office: Office, request: Request, _: FormData) -> Response:
    """What can be looked after."""
    done = _DONE.get(request.query_params.get("done", ""), "")
    return _page(office, replace(_view(office), done=done))


def _page(office: Office, view: UpkeepView) -> Response:
    status = HTTPStatus.CONFLICT if view.said else HTTPStatus.OK
    return office.page("settings", "upkeep.html", status, view=view)


def _view(office: Office) -> UpkeepView:
    board = office.desk.look().board
    faults: list[str] = []
    found, own = Upgrade({}, ()), None
    try:
        found = plan(office.root)
    except BoardError as error:
        faults.append(told(error.problems))
    try:
        own = own_key(office.root)
    except KeyFault as error:
        faults.append(f"{error.found}；{error.hint}")
    unit = next((row.name for row in board.branches.values()), "")
    return UpkeepView(
        changes=tuple(change.as_text() for change in found.changes),
        seen=digest_of_files(found.files),
        own=KeyView(unit, own.fingerprint, own.text) if own else None,
        others=tuple(
            KeyView(row.name, fingerprint(row.public), row.public_key)
            for row in board.keys.values()
        ),
        faults=tuple(faults),
    )


def health(office: Office, _: Request, __: FormData) -> Response:
    """How everything is, as `boards doctor` has it; it takes a moment."""
    findings = examine(office.root, this_machine())
    rows = sorted(findings, key=lambda row: list(State).index(row.state), reverse=True)
    shown = tuple(FindingView(row, worded(row.cure, at_desk)) for row in rows)
    return office.part("parts/findings.html", rows=shown)


def upgrade(office: Office, _: Request, form: FormData) -> Response:
    """Bring the records to the present format, if it is what was shown."""
    with office.desk.writing():
        found = plan(office.root)
        if digest_of_files(found.files) != form.get("seen"):
            said = "和刚才看到的不一样了（台账在别处改过）：再看一眼，对了再升级。还没有写"
            return _page(office, replace(_view(office), said=said))
        kept = apply(office.root, found, str(build_date()))
    office.desk.forget()
    return office.to(f"upkeep?done={'kept' if kept else 'upgraded'}")


def new_key(office: Office, _: Request, __: FormData) -> Response:
    """Make the key of this unit, which is never made anew while there is one."""
    try:
        make_key(office.root)
    except KeyFault as error:
        return _page(office, replace(_view(office), said=f"{error.found}；{error.hint}"))
    return office.to("upkeep?done=key")


_DONE = {
    "kept": "升级好了，没有写过的字一个没动；原来的文件在 backups 文件夹里，今天升级以前的那一份。",
    "upgraded": "升级好了。",
    "key": "钥匙做好了。把 keys 文件夹拷一份，放在只有您拿得到的地方，丢了补不回来；"
    "指纹打电话念给兄弟单位。",
}
"""What was done, in words."""
