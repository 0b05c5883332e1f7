"""Why an edition may not hold a record, or a part of one: its circle, its approval, a consent."""

from __future__ import annotations

from collections.abc import Mapping

from boards.board.board import Approval, Board
from boards.board.called import command
from boards.editions.edition import Edition, EditionName, Surface
from boards.editions.leaning import Part, Refusal
from boards.records import Case, Keyed, Member, Quarter, Record
from boards.records.schema import FieldPath

SAMPLE = "示例"
"""Why the publishing edition leaves a sample out."""
AWAITING = {
    Approval.STEPS: "待审",
    Approval.SOURCE: "待审，出处不是公开发表的",
    Approval.UNSEALED: "待审，写了审批却没有登记内容",
    Approval.CHANGED: "待审，审批以后改过",
}
"""Why it leaves out what is not approved."""


def kept_back(
    board: Board, record: Record, edition: Edition, borne: Mapping[str, int]
) -> Refusal | None:
    """Why an edition may not hold a record, and what lets it in."""
    reason = reason_of(board, record, edition)
    if not reason:
        return None
    named = f"{record.kind}“{record.title_text}”"
    approving = command(board, [record], borne)
    if not record.audience.reaches(edition.circle):
        wide = f"{edition.circle}（{edition.circle.label}）"
        cure = f"要公开{named}，把它的公开范围（audience）改成 {wide}，再审批：{approving}"
    elif reason == SAMPLE:
        cure = f"{named}换成真实内容，删掉 sample: true，再审批：{approving}"
    else:
        cure = f"先审批{named}：{approving}"
    return Refusal(reason, reason, cure)


def reason_of(board: Board, record: Record, edition: Edition) -> str | None:
    """Why an edition may not hold a record, if it may not."""
    if not record.audience.reaches(edition.circle):
        return f"公开范围只到{record.audience.label}"
    if edition.name is EditionName.PUBLISH and record.sample:
        return SAMPLE
    if edition.name is EditionName.PUBLISH and not board.is_approved(record):
        return AWAITING[board.approval(record)]
    return None


def without_consent(board: Board, row: Keyed, edition: Edition) -> list[Part]:
    """What of a row shows people who have not agreed to it, or have left, and why it may not.

    A photo wants the consent of all who can be recognised in it, and to say who they are or that
    nobody can be; a talk wants its speaker's.
    """
    wanted: list[tuple[FieldPath, tuple[Member | None, ...]]] = []
    if isinstance(row, Member) and row.photo:
        wanted = [(("photo",), (row,))]
    elif isinstance(row, Case):
        seen = [tuple(map(board.members.get, figure.people)) for figure in row.figures]
        wanted = [(("figures", number), people) for number, people in enumerate(seen)]
    elif isinstance(row, Quarter):
        speakers = [board.members.get(talk.member) for talk in row.talks]
        wanted = [(("talks", number), (who,)) for number, who in enumerate(speakers)]
    found: list[tuple[FieldPath, Refusal]] = []
    if isinstance(row, Case) and edition.surfaces:
        unsaid = (number for number, figure in enumerate(row.figures) if not figure.people)
        unknown = Refusal("没有写照片里认得出谁", "没有写照片里认得出谁")
        found = [(("figures", number), unknown) for number in unsaid]
    for path, people in wanted:
        reasons = (_refusal(board, who, edition, text=path[0] == "talks") for who in people if who)
        if reason := next(filter(None, reasons), None):
            found.append((path, reason))
    return found


def _refusal(board: Board, member: Member, edition: Edition, *, text: bool) -> Refusal | None:
    """Why a member may not be seen, or read, where the edition will be seen."""
    if reason := reason_of(board, member, edition):
        return Refusal(f"{member.name}不在这一版里（{reason}）", "本人不在这一版里")
    if member.has_left(edition.today) and not text:  # a talk that was given stays given
        return Refusal(f"{member.name}已离开（{member.left_on}）", "本人已离开")
    consent = member.consent
    missing = [s.label for s in Surface if s in edition.surfaces and not getattr(consent, s, False)]
    said = f"没有同意{'、'.join(missing)}"
    return Refusal(f"{member.name}{said}", f"本人{said}") if missing else None
