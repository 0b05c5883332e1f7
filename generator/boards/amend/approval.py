"""The steps of the 党务公开条例 (2017, article 15): what awaits them, and recording them.

提出: whoever drafts what is made public, to whom and how. 审核: secrecy, necessity, accuracy.
审批: the Party organisation, within its powers. 实施: publishing. Checking and approving are two
acts by two parties, so one person cannot do both; who proposes may also check, since the rule has
the same department do it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from boards.amend import Edit, Files, Value, amended
from boards.board.board import Approval, Board
from boards.board.called import Names
from boards.board.folder import KEPT
from boards.board.kept import keep
from boards.check import check_folders
from boards.errors import BoardError, errors_in
from boards.records import Audience, Record, Review
from boards.records.base import Basis
from boards.records.schema import as_typed, leaves
from boards.records.seal import is_one_person


@dataclass(frozen=True, slots=True)
class Steps:
    """Who took the steps, and on which day the last of them; nothing for what is still to do."""

    proposed_by: str = ""
    checked_by: str = ""
    approved_by: str = ""
    approved_on: datetime.date | None = None

    @property
    def wording(self) -> str:
        """The steps in one line."""
        proposed = f"{self.proposed_by} 提出，" if self.proposed_by else ""
        return f"{proposed}{self.checked_by} 审核，{self.approved_by} 审批，{self.approved_on}"


class CannotApprove(Exception):
    """Records that cannot be approved, or steps that cannot be taken so; one message for each."""

    def __init__(self, messages: Iterable[str]) -> None:
        self.messages = list(messages)
        super().__init__("\n".join(self.messages))


def awaiting(board: Board) -> list[Record]:
    """Every record that could be published and awaits approval."""
    return [
        record
        for record in board.records()
        if not record.sample
        and record.audience is not Audience.BRANCH
        and not board.is_approved(record)
    ]


def missing_steps(board: Board, record: Record) -> list[str]:
    """The steps before publication that a record does not name, and what else it lacks."""
    match board.approval(record):
        case Approval.SOURCE:
            return ["出处不是公开发表的（缺发表单位、日期或网址）"]
        case Approval.UNSEALED:
            return ["登记（写了审批，没有用 boards approve 登记是什么内容）"]
        case Approval.CHANGED:
            return ["重新审批（审批以后内容改过）"]
    review = record.review or Review()
    steps = {
        "提出": review.proposed_by,
        "审核": review.checked_by,
        "审批": review.approved_by,
        "审批日期": review.approved_on,
    }
    return [name for name, taken in steps.items() if not taken]


def chosen(board: Board, typed: Sequence[str], *, again: bool) -> list[Record]:
    """The records that were asked for, each once.

    Raises CannotApprove with everything that is wrong with them; `again` lets those pass that are
    approved already.
    """
    names = Names(board, awaiting(board))
    found: dict[tuple[str, str], Record] = {}
    messages = []
    for name in typed:
        meant = names.meant(name)
        if isinstance(meant, str):
            messages.append(meant)
            continue
        for record in meant:
            if refused := _refusal(board, record, again=again):
                messages.append(f"{record.kind}“{record.title_text}”{refused}")
            found[(record.table, record.id)] = record
    if messages:
        raise CannotApprove(messages)
    return list(found.values())


def _refusal(board: Board, record: Record, *, again: bool) -> str:
    if record.sample:
        cure = "换成真实内容，删掉 sample: true，补上出处（source），再来审批"
        return f"是示例，内容是虚构的，不能审批；{cure}"
    if record.audience is Audience.BRANCH:
        return "公开范围是支部内部（branch），不对外公开，不用审批"
    if board.is_approved(record) and not again:
        review = record.review
        if review and review.approved_by:
            day = f"{review.approved_on}，" if review.approved_on else ""
            return f"已经审批过（{day}{review.approved_by}）；内容改了要重新审批，加 --again"
        return "事实已公开发表，内容也登记过，不用审批；确要走审批，加 --again"
    return ""


def leaning_on(board: Board, records: Sequence[Record]) -> list[Record]:
    """What awaits approval and is referred to, directly or not, by records about to be approved.

    The publishing edition leaves out what of an approved record needs one that is left out.
    """
    waiting = {(row.table, row.id): row for row in awaiting(board)}
    seen = {(row.table, row.id) for row in records}
    found: list[Record] = []
    queue = list(records)
    while queue:
        for target in _references(queue.pop(0)):
            if target in waiting and target not in seen:
                seen.add(target)
                found.append(waiting[target])
                queue.append(waiting[target])
    return found


def _references(record: Record) -> Iterator[tuple[str, str]]:
    for leaf in leaves(record):
        if leaf.reference and leaf.value not in leaf.reference.also:
            yield from ((name, leaf.value) for name in leaf.reference.tables)


def amended_files(
    board: Board, root: Path, records: Sequence[Record], steps: Steps, today: datetime.date
) -> Files:
    """What the files hold once the steps are recorded, checked as a whole; nothing is written.

    Among them is the wording that is approved, kept for as long as a later one awaits approval.
    Raises CannotApprove over steps that cannot be, AmendFault over a file that cannot be changed
    and BoardError if the records would have a fault then.
    """
    if problems := list(_wrong_steps(steps, today)):
        raise CannotApprove(problems)
    files = amended(board, root, [_edit(board, record, steps) for record in records])
    after, found = check_folders(board.data, root / "content", today, files)
    if errors := errors_in(found):
        raise BoardError(errors)
    assert all(after.is_approved(_same(after, record)) for record in records)
    return {**files, board.data / KEPT: keep(after)}


def _same(board: Board, record: Record) -> Record:
    found = board.table(record.table)[record.id]
    assert isinstance(found, Record)
    return found


def _wrong_steps(steps: Steps, today: datetime.date) -> Iterator[str]:
    if is_one_person(steps.checked_by, steps.approved_by):
        yield (
            f"审核人和审批人都是“{steps.approved_by}”；条例把审核和审批分成两步，"
            "由两个人分别负责，换一个人审核"
        )
    if steps.approved_on and steps.approved_on > today:
        yield f"审批日期 {steps.approved_on} 还没有到；开会审批以后再登记"


def _edit(board: Board, record: Record, steps: Steps) -> Edit:
    named: dict[str, Value]
    if wants_names(board, record):
        named = {
            "proposed_by": proposer(record, steps),
            "checked_by": steps.checked_by,
            "approved_by": steps.approved_by,
            "approved_on": str(steps.approved_on),
        }
    else:
        typed = as_typed(record.review)
        assert isinstance(typed, dict)
        named = {**typed}
    return Edit(
        record.table, record.id, {"review": {**named, "approved_content": board.seal(record)}}
    )


def wants_names(board: Board, record: Record) -> bool:
    """Whether the steps are to be taken; else they stand there, or a publication stands in."""
    state = board.approval(record)
    published = record.review is not None and record.review.basis is Basis.PUBLISHED
    return not (state is Approval.UNSEALED or (published and state is Approval.CHANGED))


def taken(board: Board, record: Record, steps: Steps) -> str:
    """The steps of a record in one line, once `steps` are recorded."""
    review = record.review
    if review is None or wants_names(board, record):
        return replace(steps, proposed_by=proposer(record, steps)).wording
    if review.basis is Basis.PUBLISHED:
        return "事实已公开发表，登记了内容"
    who = (review.proposed_by or "", review.checked_by or "", review.approved_by or "")
    return Steps(*who, review.approved_on).wording


def proposer(record: Record, steps: Steps) -> str:
    """Who proposed a record: whoever it names already, else whoever `steps` names."""
    return (record.review.proposed_by if record.review else None) or steps.proposed_by


def unproposed(records: Sequence[Record]) -> list[Record]:
    """Those that do not say who proposed them."""
    return [row for row in records if not proposer(row, Steps())]


def recorded(records: Sequence[Record], steps: Steps) -> Steps:
    """The steps as a sheet shows them: as given, else as all the records have them already."""
    reviews = [record.review or Review() for record in records]
    proposers = (proposer(record, steps) for record in records)
    checkers, approvers, days = (
        {getattr(review, name) for review in reviews}
        for name in ("checked_by", "approved_by", "approved_on")
    )
    return Steps(
        "、".join(dict.fromkeys(name for name in proposers if name)),
        steps.checked_by or (checkers.pop() or "" if len(checkers) == 1 else ""),
        steps.approved_by or (approvers.pop() or "" if len(approvers) == 1 else ""),
        steps.approved_on or (days.pop() if len(days) == 1 else None),
    )
