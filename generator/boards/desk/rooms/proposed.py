"""A proposal as the desk shows it: columns, what would change, what is left out, what is asked."""

from __future__ import annotations

from collections.abc import Iterator

from starlette.datastructures import FormData

from boards.amend import Action
from boards.amend.adding.questions import kind_of
from boards.board.board import MODELS, Board
from boards.desk.brought import Brought, owners_of
from boards.desk.rooms.proposal_views import (
    ColumnView,
    ConsentView,
    Control,
    EntryView,
    LeftView,
    LotView,
    Option,
)
from boards.desk.waiting import Lot
from boards.intake.column_matching import NOT_WANTED
from boards.intake.photos import PhotosPlan
from boards.intake.proposal import Entry, Proposal, fingerprint
from boards.intake.results import Heard
from boards.intake.roster import TablePlan
from boards.intake.targets import Target, tables, targets
from boards.intake.write_up import ONLY_TEXT
from boards.records.months import QuarterId
from boards.records.work import CaseType

_WORDS = {Action.ADD: "新增", Action.CHANGE: "改动", Action.REMOVE: "删除"}
_MOST = 400
"""Records that are shown; a form has no more controls than are read."""


def kinds(chosen: str = "") -> tuple[Option, ...]:
    """The kinds of records that a table can hold."""
    return tuple(Option(name, kind_of(name), name == chosen) for name in tables())


def lot_view(board: Board, lot: Lot, found: Brought, form: FormData) -> LotView:
    """What the desk shows of a lot."""
    proposal = found.proposal
    shown = proposal.entries[:_MOST]
    names = "、".join(name for name, _ in lot.files[:2])
    title = names if len(lot.files) < 3 else f"{names} 等 {len(lot.files)} 个"
    return LotView(
        name=lot.name,
        title=title or "粘贴的内容",
        about=_about(found),
        controls=tuple(_controls(board, lot, found, form)),
        seen=" ".join(map(fingerprint, proposal.entries)),
        was=_was(found.table) if found.table else (),
        columns=tuple(_columns(found.table)) if found.table else (),
        asks=tuple(_asks(proposal, form)) if found.table else tuple(_zone(board, found, form)),
        consents=tuple(_consents(board, found.photos, form)) if found.photos else (),
        entries=tuple(_entry(entry) for entry in shown),
        count=sum(entry.table != "sources" for entry in proposal.entries),
        more=len(proposal.entries) - len(shown),
        may_skip=found.table is not None,
        skipped=found.skipped,
        left=tuple(_left(board, found)),
        notes=found.results.said if found.results else proposal.said,
        same=proposal.same,
        can_take=bool(proposal.files),
        draft=_draft_button(board, found),
        is_told=found.results is not None,
        following=len(lot.then),
    )


def _about(found: Brought) -> str:
    if found.table:
        layout = found.table.layout
        where = f"第 {layout.header} 行是表头" if layout.header else "没有表头，按内容认"
        rows = f"{where}，{layout.count} 行"
        return f"{MODELS[layout.table].kind}，工作表“{layout.grid.name}”，{rows}"
    if found.results:
        return (
            f"{QuarterId.of(found.results.quarter).title}的评定结果，先放进表单，核对、补齐再保存"
        )
    return "照片" if found.photos else "案例和文章"


def _draft_button(board: Board, found: Brought) -> str:
    if found.text is not None:
        return "放进案例表单接着写"
    return "放进季度表单接着填" if found.results and not _held(board, found.results) else ""


def _held(board: Board, results: Heard) -> bool:
    """Whether the quarter is on record already."""
    there = board.quarters.get(results.quarter)
    return there is not None and not there.sample


def _was(plan: TablePlan) -> tuple[Option, ...]:
    return Option("was.kind", plan.layout.table), Option("was.sheet", plan.layout.grid.name)


def _columns(plan: TablePlan) -> Iterator[ColumnView]:
    layout = plan.layout
    known = targets(layout.table)
    for column in layout.columns:
        options = [
            Option(NOT_WANTED, "不要这一列", not (column.field or column.second)),
            *(
                Option(name, t.label, name == (column.field or column.second))
                for name, t in known.items()
            ),
        ]
        yield ColumnView(
            column.letter,
            column.heading or "（没有表头）",
            "、".join(text[:16] for text in column.samples),
            column.why,
            tuple(options) if column.may_be_chosen else (),
        )


def _controls(board: Board, lot: Lot, found: Brought, form: FormData) -> Iterator[Control]:
    """What can be said of all of it."""
    if found.table:
        yield from _of_a_table(found.table, form)
    elif found.photos:
        names = {left.place.path for left in found.proposal.left_out if left.what == ""}
        names |= {key.removeprefix("owner.") for key in form if key[:6] == "owner." and form[key]}
        numbers = {name: at for at, (name, _) in enumerate(lot.files)}
        for name in sorted(names & numbers.keys())[:60]:
            said = str(form.get(f"owner.{name}", ""))
            options = (Option("", "—"), *(Option(k, v, k == said) for k, v in owners_of(board)))
            small = f"waiting/{lot.name}/{numbers[name]}"
            yield Control(f"owner.{name}", f"{name} 是", options, picture=small)
    elif found.text:
        case = found.text.case
        if not found.proposal.asks:
            yield _zones(board, str(case.get("zone", form.get("zone", ""))))
        types = tuple(Option(str(t), t.label, t == case.get("type")) for t in CaseType)
        yield Control("type", "类型", types)
        line = str(case.get("headline", ""))
        yield Control("headline", "一句话", value=line, help="展板上最大的那句话，不超过 28 个字")


def _zone(board: Board, found: Brought, form: FormData) -> Iterator[Control]:
    """The zone of a case, where nobody has said it yet."""
    if found.text and found.proposal.asks:
        yield _zones(board, str(form.get("zone", "")))


def _zones(board: Board, chosen: str) -> Control:
    zones = (Option(zone.id, zone.name, zone.id == chosen) for zone in board.zones.values())
    only = Option(ONLY_TEXT, "先不做案例，只做文章", chosen == ONLY_TEXT)
    return Control("zone", "这个案例是哪个责任区的", (Option("", "请选"), *zones, only))


def _consents(board: Board, photos: PhotosPlan, form: FormData) -> Iterator[ConsentView]:
    """Those whose consent nobody has noted, and those of whom it has just been said."""
    said = {key.removeprefix("consent.") for key in form if key[:8] == "consent." and form[key]}
    unasked = {member.id for member in photos.unasked}
    for member in (row for row in board.members.values() if row.id in said | unasked):
        was = member.id in said
        places = tuple(
            Option(f"where.{member.id}.{word}", label,
                   not was or bool(form.get(f"where.{member.id}.{word}")))
            for word, label in (("site", "网页"), ("print", "展板"), ("share", "兄弟单位"))
        )  # fmt: skip
        day = str(form.get(f"consent.{member.id}", ""))
        yield ConsentView(member.id, member.name, day, places)


def _of_a_table(plan: TablePlan, form: FormData) -> Iterator[Control]:
    table = plan.layout.table
    yield Control("kind", "这张表是", kinds(table))
    if len(plan.sheets) > 1:
        here = plan.layout.grid.name
        yield Control("sheet", "工作表", tuple(Option(s, s, s == here) for s in plan.sheets))
    said = {key.removeprefix("every."): str(form.get(key)) for key in form if key[:6] == "every."}
    known = targets(table)
    for field in dict.fromkeys([*(f for f in known if known[f].label in plan.lacking), *said]):
        if field in known:
            yield _every(known[field], said.get(field, ""))


def _every(target: Target, said: str) -> Control:
    """What all rows have alike in a field that no column gives."""
    name, label = f"every.{target.field}", f"每一行的{target.label}"
    choices = target.column.choices if target.column else None
    if not choices:
        return Control(name, label, value=said, help="表里没有这一列，每一行都一样的话写在这里")
    options = (Option(c.label, c.label, c.label == said) for c in choices)
    return Control(name, label, (Option("", "请选"), *options))


def _asks(proposal: Proposal, form: FormData) -> Iterator[Control]:
    """Questions that are open, and those answered before, so that the answers stay."""
    for ask in proposal.asks:
        options = (Option(choice.key, choice.label) for choice in ask.choices)
        yield Control(f"who.{ask.key}", ask.question, (Option("", "请选"), *options))
    for key in form:
        value = str(form.get(key))
        if key.startswith("who.") and value and key[4:] not in {ask.key for ask in proposal.asks}:
            label = f"第 {key[4:].split()[-1]} 行是"
            yield Control(key, label, (Option(value, value, True), Option("", "重新选")))


def _entry(entry: Entry) -> EntryView:
    lines = [
        f"{one.label}：{one.new}" if entry.action is Action.ADD else
        f"{one.label}：{one.old} → {one.new}"
        for one in entry.differences
    ]  # fmt: skip
    title = f"{entry.title}（{entry.id}）"
    what, kind = _WORDS[entry.action], MODELS[entry.table].kind
    is_row = entry.key.replace(".", "").isdecimal()
    return EntryView(entry.key, what, kind, title, (*lines, *entry.said), entry.lapses, is_row)


def _left(board: Board, found: Brought) -> Iterator[LeftView]:
    for left in found.proposal.left_out:
        place = left.place
        where = str(place).removeprefix(f"{place.path} ") if place.sheet else place.path
        yield LeftView(where, left.what, left.why, left.cure)
    if found.results and _held(board, found.results):
        title = QuarterId.of(found.results.quarter).title
        yield LeftView(title, "", "已经登记了", "要改，在“台账”的季度里打开那一条")
    for line in found.results.unheard if found.results else ():
        yield LeftView("没有认出", "", line)
