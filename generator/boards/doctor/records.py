"""The records: their version, what is wrong with them, what publishing would leave out."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from boards.board.board import Board
from boards.board.version import VERSION, VERSION_KEY
from boards.doctor.finding import Finding, good, notice, problem
from boards.editions.edition import Edition, EditionName
from boards.editions.editions import prepare
from boards.errors import BoardError, Either, Problem, Severity, errors_in
from boards.foresight import check_site
from boards.report import redactions
from boards.typst.font_files import FontsUnusable
from boards.typst.fonts import font_set

_RECORDS = "台账"
_VERSION = "台账格式"
_PUBLISHING = "发布版"


def findings(root: Path, today: datetime.date | None) -> Iterator[Finding]:
    """Version and faults of a folder's records; if there is no fault, what follows from them."""
    if today is None:
        yield notice(_RECORDS, "没有检查：日期不对", "先改正上面的日期")
        return
    board, problems = check_site(root, today)
    yield from _version(board, problems)
    yield _faults(problems)
    if not errors_in(problems):
        yield _address(board)
        yield from _own_fonts(root, board)
        yield _publishing(board, today)


def _version(board: Board, problems: list[Problem]) -> Iterator[Finding]:
    """Of which version the data is, if it can be told."""
    told = [row for row in problems if row.field.startswith(f"{VERSION_KEY}（")]
    for row in told:
        old = row.severity is Severity.NOTICE
        yield (notice if old else problem)(_VERSION, row.found, row.cure)
    if not told and board.table("branches"):
        yield good(_VERSION, f"版本 {VERSION}，是最新的")


def _faults(problems: list[Problem]) -> Finding:
    errors = len(errors_in(problems))
    found = f"{errors} 个错误、{len(problems) - errors} 条提醒"
    if errors:
        return problem(_RECORDS, found, Either("运行 boards check，逐条改正", "在“今天”里逐条改正"))
    if problems:
        return notice(
            _RECORDS, found, Either("运行 boards check 看是哪几条", "在“今天”里看是哪几条")
        )
    return good(_RECORDS, "没有错误，没有提醒")


def _address(board: Board) -> Finding:
    if not board.branch.site_url:
        found = "没有写网站地址；海报没有二维码，订阅和材料里没有完整网址"
        where = Either("data/branch.yml 的 site_url", "“设置”里“支部”的“网站地址”")
        return notice("网址", found, ("网站放到内网以后，把网址写进", where))
    return good("网址", f"{board.branch.site_url}；海报上有二维码")


def _own_fonts(root: Path, board: Board) -> Iterator[Finding]:
    """The typefaces that a site has of its own, if it has."""
    settings = board.branch.posters and board.branch.posters.fonts
    if not settings:
        return
    try:
        fonts = font_set(root / "data", settings)
    except FontsUnusable as error:
        yield problem(
            "自备字体", str(error), Either("换好以后再运行 boards doctor", "换好以后再看一遍")
        )
    else:
        yield good("自备字体", "、".join(sorted(set(fonts.families.values()))))


def _publishing(board: Board, today: datetime.date) -> Finding:
    edition = Edition(EditionName.PUBLISH, today)
    try:
        prepare(board, edition)
    except BoardError as error:
        first = error.problems[0]
        found = f"现在还不能发布（预览不受影响），{len(error.problems)} 处；第一处：{first.found}"
        rest = Either(
            "待审的用 boards approve 登记；运行 boards publish 看全部",
            "待审的在“审批”里登记；全部在“发布”里看",
        )
        return notice(_PUBLISHING, found, (first.cure, "；", rest))
    left_out = {row.item for row in redactions(board, edition)}  # each once, not by surface
    counts = Counter(item.cause for item in left_out)
    if not counts:
        return good(_PUBLISHING, "什么也不略去")
    said = "、".join(f"{reason} {count} 项" for reason, count in counts.most_common())
    found = f"会略去 {counts.total()} 项：{said}"
    where = Either("运行 boards publish，在 reports 文件夹里看是哪些", "在“发布”里看是哪些")
    return notice(_PUBLISHING, found, where)
