"""Publishing: what will be public, what is withheld and why, making it, sending it, going back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from http import HTTPStatus
from pathlib import Path

from filelock import Timeout
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from boards.backup import Backup, BackupFault, back_up, last_backup
from boards.board.board import MODELS, Board
from boards.build import build
from boards.clock import build_date
from boards.desk.office import TABLES, Office
from boards.desk.said import told
from boards.desk.settings import keep_settings
from boards.editions.edition import Edition, EditionName
from boards.editions.editions import Withheld
from boards.errors import BoardError, BuildFailed, why
from boards.output import RefusedTarget
from boards.packs.keys import KeyFault
from boards.records.schema import described, labels
from boards.releases.lock import Busy
from boards.releases.manifest import ReleaseFault
from boards.releases.renewal import DiskFull
from boards.releases.rollback import Kept, kept_releases, roll_back
from boards.releases.send import require_elsewhere, send
from boards.report import withheld
from boards.typst.engine import NotSet
from boards.typst.font_files import FontsUnusable
from boards.yaml.faults import unsafe_characters

_FAILURES = (
    RefusedTarget, BuildFailed, FontsUnusable, NotSet, Busy, DiskFull, ReleaseFault, KeyFault,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Left:
    """What a release leaves out for one reason."""

    why: str
    what: tuple[LeftOut, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A record, or part of one, and the way to it."""

    said: str
    link: str


@dataclass(frozen=True, slots=True)
class ReleaseView:
    """Releases and what the next one holds."""

    faulty: bool
    left: tuple[Left, ...]
    kept: tuple[Kept, ...]
    target: str
    backups: str
    """Where backups go."""
    last: Backup | None
    """The last one."""
    said: str
    done: str


def show(office: Office, _: Request, __: FormData) -> Response:
    """What the next release holds, and the ones that were."""
    return _page(office)


def _page(office: Office, said: str = "", done: str = "") -> Response:
    look = office.desk.look()
    left: tuple[Left, ...] = ()
    if not look.errors:
        edition = Edition(EditionName.PUBLISH, build_date())
        left = tuple(_left(look.board, withheld(look.board, edition)))
    view = ReleaseView(
        faulty=bool(look.errors),
        left=left,
        kept=tuple(kept_releases(office.root / "publish")),
        target=office.settings.target,
        backups=office.settings.backups,
        last=last_backup(office.root),
        said=said,
        done=done,
    )
    status = HTTPStatus.CONFLICT if said else HTTPStatus.OK
    return office.page("release", "release.html", status, view=view)


def _left(board: Board, rows: Iterable[Withheld]) -> Iterator[Left]:
    causes: dict[str, list[LeftOut]] = {}
    for row in rows:
        table, key = next(iter(board.records_at([row.place])), ("", ""))
        known = labels(MODELS[table], described(row.part)) if table in MODELS else ""
        part = f"的{known or row.part}" if row.part else ""
        link = f"record/{table}/{key}" if table in TABLES else ""
        what = LeftOut(f"{row.kind}“{row.title}”{part}", link)
        causes.setdefault(row.cause, []).append(what)
    yield from (Left(why, tuple(what)) for why, what in causes.items())


def publish(office: Office, _: Request, form: FormData) -> Response:
    """Make a release, and copy it to where it is read."""
    target = str(form.get("target", "")).strip()
    if unsafe := unsafe_characters(target):
        return _page(office, f"文件夹的名字里夹着{unsafe[0][1]}")
    keep_settings(office.root, replace(office.settings, target=target))
    place = office.root / target if target else None
    try:
        if place:
            require_elsewhere(office.root, place)
        built = build(office.root, Edition(EditionName.PUBLISH, build_date()))
        done = f"生成了 {built.pages} 页，在 {built.target}"
        if place:
            count = send(built.target, place)
            done += f"；拷到 {target}，{count} 个文件逐个核对无误"
    except BoardError as error:
        said = told(error.problems)
        return _page(office, said)
    except _FAILURES as error:
        return _page(office, f"没有发布：{error}；原来的网站没有动")
    return _page(office, done=done)


def preview(office: Office, _: Request, __: FormData) -> Response:
    """Make the preview with samples and what awaits approval."""
    try:
        built = build(office.root, Edition(EditionName.PREVIEW, build_date()))
    except BoardError as error:
        said = told(error.problems)
        return _page(office, said)
    except _FAILURES as error:
        return _page(office, f"没有生成：{error}；原来的网站没有动")
    done = f"预览网站有 {built.pages} 页、{built.posters} 种海报，在 {built.target / 'index.html'}"
    return _page(office, done=done)


def keep_copy(office: Office, _: Request, form: FormData) -> Response:
    """Make a backup where it was put before, or elsewhere."""
    where = str(form.get("backups", "")).strip()
    if not where:
        return _page(office, "没有备份：还没有写放在哪里")
    if unsafe := unsafe_characters(where):
        return _page(office, f"文件夹的名字里夹着{unsafe[0][1]}")
    keep_settings(office.root, replace(office.settings, backups=where))
    try:
        with office.desk.writing():
            made = back_up(office.root, office.root / where, build_date())
    except BackupFault as error:
        return _page(office, f"没有备份：{error}")
    except Timeout:  # an OSError to others, that knows of no file
        raise
    except OSError as error:
        return _page(office, f"没有备份：{error.filename or where} 读写不了（{why(error)}）")
    kept = "keys 文件夹不在里面，另外放在只有您拿得到的地方"
    return _page(office, done=f"备份了 {made.count} 个文件，读过一遍，都对：{made.file}。{kept}")


def back(office: Office, _: Request, form: FormData) -> Response:
    """Go back to an earlier release, here and where it was copied to."""
    number = str(form.get("number", ""))
    places = [office.root / "publish"]
    if form.get("there") and office.settings.target:
        places = [office.root / office.settings.target]
    try:
        now = [
            roll_back(Path(place), int(number) if number.isdecimal() else None) for place in places
        ]
    except _FAILURES as error:
        return _page(office, f"没有换回：{error}")
    return _page(office, done=f"换成了第 {now[0].number} 版（{now[0].date}，{now[0].pages} 页）")
