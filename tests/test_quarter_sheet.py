"""The sheet of the quarterly meeting: the months' numbers, the arithmetic, a proposal."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner

from boards.cli import main
from boards.editions.edition import Edition, EditionName
from boards.editions.editions import prepare
from boards.papers.meeting import draft, to_pdf
from boards.papers.views.meeting import MeetingSheet, meeting_sheet, proposal
from boards.papers.views.meeting_zones import ZoneSheet
from boards.records import Audience
from boards.records.counts import COUNTS
from boards.records.months import QuarterId
from boards.records.schema import project
from boards.site.html import render
from boards.views.quarters import quarter_pages
from boards.words.scoreboard import Scoreboard, scoreboard, whole
from helpers import MINIMAL, TODAY, changed, check_tree, read_board, report, write_tree
from sites import copy_site, tree

needs_poppler = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="没有安装 poppler，跳过读取 PDF 文字的测试"
)
THOUGHT = {
    "pairs": 5, "visits": 12, "pairs_closed": 0, "ideas_raised": 10, "ideas_answered": 9,
    "ideas_closed": 8, "warnings_raised": 0, "warnings_closed": 0,
}  # fmt: skip
SAFETY = {
    "reports_due": 60, "reports_done": 57, "suggestions_due": 15, "suggestions_done": 15,
    "hazards_found": 40, "hazards_closed": 40, "violations": 4,
}  # fmt: skip
QUALITY = {"found": 20, "fixed_on_site": 19, "escalated": 1}
PRODUCTION = {"plans": 2, "measures": 3, "services": 50, "long_stops": 1}


def month(*, sample: bool = False, **zones: Mapping[str, int]) -> str:
    groups = [
        f"{zone}:\n" + "".join(f"  {name}: {value}\n" for name, value in counts.items())
        for zone, counts in zones.items()
    ]
    return "".join(groups) + ("sample: true\n" if sample else "source: ledger\n")


ALL = month(thought=THOUGHT, safety=SAFETY, quality=QUALITY, production=PRODUCTION)


def gathered(
    tmp_path: Path,
    months: Mapping[str, str],
    site: Mapping[str, str | bytes] | None = None,
) -> tuple[Scoreboard, MeetingSheet]:
    """The third quarter of 2019 with these months."""
    files = {f"data/months/2019-{name}.yml": text for name, text in months.items()}
    root = write_tree(tmp_path, {**(site or MINIMAL), **files})
    assert not [line for line in report(check_tree(root)).splitlines() if " 错误 " in line]
    board = read_board(root)
    found = scoreboard(board, "2019-Q3")
    return found, meeting_sheet(board, found, TODAY)


def arithmetic(zone: ZoneSheet) -> list[tuple[str, str]]:
    """Each rate's name and how it follows from the counts."""
    return [(rate.label, rate.words) for rate in zone.rates]


def scores(found: Scoreboard) -> dict[str, str]:
    return {zone.zone: str(zone.score) for zone in found.zones}


def quarter(root: Path, *arguments: str, code: int = 0) -> str:
    done = CliRunner().invoke(main, ["quarter", "--folder", str(root), *arguments])
    assert done.exit_code == code, done.output
    return done.output


def test_a_quarter_has_its_three_months() -> None:
    assert tuple(map(str, QuarterId(2019, 1).months)) == ("2019-01", "2019-02", "2019-03")
    assert tuple(map(str, QuarterId.of("2019-Q4").months)) == ("2019-10", "2019-11", "2019-12")


def test_scores_are_means_of_rates_over_the_whole_quarter(tmp_path: Path) -> None:
    better = month(thought=THOUGHT, safety={**SAFETY, "reports_done": 60})
    found, sheet = gathered(tmp_path, {"07": ALL, "08": ALL, "09": better})
    # 思想 (90.0 + 80.0) / 2, no warnings at all; 安全 174/180 = 96.7, 100, 100
    # 质量 38/40 = 95.0 and 100; 生产 (100 - 2) / 100
    assert scores(found) == {
        "thought": "85.0", "safety": "98.9", "quality": "97.5", "production": "98.0",
    }  # fmt: skip
    thought, safety, quality, production = sheet.zones
    assert ("诉求答复率", "答复 ÷ 提出 = 27 ÷ 30 = 90.0%") in arithmetic(thought)
    assert ("预警闭合率", "闭合 ÷ 预警：预警是 0，不算") in arithmetic(thought)
    assert thought.score == "得分（90.0 ＋ 80.0）÷ 2 = 85.0"
    assert safety.score == "得分（96.7 ＋ 100.0 ＋ 100.0）÷ 3 = 98.9"
    handled = "（现场解决 ＋ 上报解决） ÷ 发现 = 40 ÷ 40 = 100.0%"
    assert ("问题处理率", handled) in arithmetic(quality)
    services = "（检修 － 影响） ÷ 检修 = 98 ÷ 100 = 98.0%"
    assert arithmetic(production) == [("检修无停机率", services)]
    assert production.gap == "9月的台账里没有这个区的数。"
    assert sheet.proposal == "安全责任区折算分 98.9，最高，推荐为优质责任区。"


def test_months_stand_side_by_side_with_totals(tmp_path: Path) -> None:
    other = month(thought={**THOUGHT, "pairs": 3})
    _, sheet = gathered(tmp_path, {"07": ALL, "08": other})
    rows = {row.label: row for group in sheet.zones[0].groups for row in group.rows}
    assert sheet.months == ("7月", "8月", "9月")
    assert (rows["走访"].values, rows["走访"].total) == (("12", "12", "—"), "24")
    assert (rows["结对"].values, rows["结对"].total) == (("5", "3", "—"), "8月末 3")


def test_missing_months_are_said(tmp_path: Path) -> None:
    _, sheet = gathered(tmp_path, {"07": ALL, "09": ALL})
    assert sheet.notices == ("缺2019年8月：没有台账。",)
    assert sheet.proposal.endswith("缺2019年8月的数。")


def test_a_zone_without_numbers_has_no_score_and_is_not_compared(tmp_path: Path) -> None:
    text = month(safety=SAFETY)
    found, sheet = gathered(tmp_path, {"07": text, "08": text, "09": text})
    assert scores(found)["quality"] == "None"
    assert sheet.zones[2].gap == "三个月都没有这个区的数。"
    assert sheet.scores[2].score == "—"
    said = "思想责任区、质量责任区、生产责任区没有数，没有参加比较。"
    assert sheet.proposal == f"安全责任区折算分 98.3，最高，推荐为优质责任区。{said}"


def test_a_quarter_without_any_number_proposes_nothing(tmp_path: Path) -> None:
    found, sheet = gathered(tmp_path, {})
    assert found.leaders == ()
    assert sheet.proposal == "三个月没有能算得分的数，推荐不出优质责任区，请会议评定。"
    assert len(sheet.notices) == 3


def test_a_tie_is_said_and_not_broken(tmp_path: Path) -> None:
    text = month(quality={**QUALITY, "fixed_on_site": 20, "escalated": 0},
                 production={**PRODUCTION, "long_stops": 0})  # fmt: skip
    found, sheet = gathered(tmp_path, {"07": text, "08": text, "09": text})
    assert found.leaders == ("quality", "production")
    assert "质量责任区、生产责任区折算分都是 100.0，并列最高" in sheet.proposal
    assert not any(row.leads for row in sheet.scores)


def test_what_prints_alike_is_a_tie(tmp_path: Path) -> None:
    text = month(quality={"found": 3000, "fixed_on_site": 2999, "escalated": 1},
                 production={**PRODUCTION, "long_stops": 0})  # fmt: skip
    found, _ = gathered(tmp_path, {"07": text})
    assert found.leaders == ("quality", "production")


def test_weights_change_what_is_proposed_and_are_shown(tmp_path: Path) -> None:
    old = "  linkage: 每季度开一次联动会议。\n"
    site = changed("data/branch.yml", old, f"{old}  weights:\n    quality: 110\n")
    found, sheet = gathered(tmp_path, {"07": ALL, "08": ALL, "09": ALL}, site)
    assert scores(found)["safety"] == "98.3"
    assert found.leaders == ("quality",)
    row = sheet.scores[2]
    assert (row.score, row.weight, row.weighted, row.leads) == ("97.5", "110%", "107.3", True)
    assert any("branch.yml 的 weights" in rule for rule in sheet.rules)


def test_more_done_than_due_counts_as_all(tmp_path: Path) -> None:
    over = month(safety={**SAFETY, "suggestions_done": 20})
    _, sheet = gathered(tmp_path, {"07": over})
    rates = dict(arithmetic(sheet.zones[1]))
    assert rates["建议完成率"] == "实提 ÷ 应提 = 20 ÷ 15，超过 100%，按 100.0% 算"
    assert sheet.zones[1].score == "得分（95.0 ＋ 100.0 ＋ 100.0）÷ 3 = 98.3"


def test_rates_are_rounded_half_up_before_they_are_used(tmp_path: Path) -> None:
    some = month(quality={"found": 16, "fixed_on_site": 1, "escalated": 0})
    _, sheet = gathered(tmp_path, {"07": some})
    ends = [words.rpartition(" = ")[2] for _, words in arithmetic(sheet.zones[2])]
    assert ends == ["6.3%", "6.3%"]
    assert sheet.zones[2].score == "得分（6.3 ＋ 6.3）÷ 2 = 6.3"


def test_fiction_is_never_added_to_facts(tmp_path: Path) -> None:
    fiction = month(sample=True, safety={**SAFETY, "hazards_closed": 0})
    found, sheet = gathered(tmp_path / "one", {"07": ALL, "08": fiction})
    assert not found.is_sample
    assert found.months["2019-08"] is None
    assert "缺2019年8月：只有示例，没有算进来。" in sheet.notices
    found, sheet = gathered(tmp_path / "two", {"08": fiction})
    assert found.is_sample
    assert sheet.notices[0].startswith("这个季度的台账是示例")
    assert sheet.proposal.startswith("示例：")


def test_formulas_name_counts_that_the_sheet_shows() -> None:
    for model in COUNTS.values():
        for formula in model.rates:
            assert {*formula.plus, *formula.minus, formula.of} <= set(model.shown())


def test_a_score_is_recorded_without_decimals(tmp_path: Path) -> None:
    found, _ = gathered(tmp_path, {"07": ALL})
    assert [whole(zone.score) for zone in found.zones if zone.score is not None] == [
        "85", "98", "98", "98",
    ]  # fmt: skip


def test_the_command_writes_a_sheet_and_no_record(tmp_path: Path) -> None:
    root = copy_site(tmp_path)
    before = tree(root / "data")
    said = quarter(root, "2019-Q1")
    assert tree(root / "data") == before
    assert "示例" in said
    assert "推荐为优质责任区" in said
    assert "会后登记：boards add quarter 2019-Q1" in said
    assert re.sub(r".*生成了 (\S+)，.*", r"\1", said, flags=re.DOTALL).endswith("2019-Q1.pdf")
    assert (root / "meetings" / "2019-Q1.pdf").is_file()
    quarter(root, "2019-Q1")
    assert [file.name for file in (root / "meetings").glob("*.pdf")] == ["2019-Q1.pdf"]


def test_a_slip_in_the_quarter_is_answered(tmp_path: Path) -> None:
    root = write_tree(tmp_path, MINIMAL)
    assert "写成年份-Q季度，例如 2019-Q2" in quarter(root, "2019-Q5", code=1)
    assert not (root / "meetings").exists()


def test_a_folder_that_is_not_ours_is_left_alone(tmp_path: Path) -> None:
    root = write_tree(tmp_path, {**MINIMAL, "meetings/纪要.docx": b"x"})
    assert "meetings 里有不是本程序生成的文件" in quarter(root, "2019-Q1", code=1)
    assert [file.name for file in (root / "meetings").iterdir()] == ["纪要.docx"]


@needs_poppler
def test_the_paper_says_what_the_sheet_holds(tmp_path: Path) -> None:
    root = copy_site(tmp_path)
    (root / "data" / "months" / "2019-02.yml").unlink()
    board = read_board(root)
    found = scoreboard(board, "2019-Q1")
    file = draft(board, root, found, TODAY)
    text = subprocess.run(
        ["pdftotext", "-layout", str(file), "-"], check=True, capture_output=True, encoding="utf-8"
    ).stdout
    flat = re.sub(r"\s", "", text)
    for words in (
        "四区创建联动会议评议单", "缺2019年2月：没有台账", "2019年第一季度",
        "得分和推荐", "党员之星", "优质责任区", "票数", "理由", "支部书记签字", "日期",
    ):  # fmt: skip
        assert re.sub(r"\s", "", words) in flat, words
    assert re.sub(r"\s", "", proposal(board, found)) in flat
    sheet = meeting_sheet(board, found, TODAY)
    for zone in sheet.zones:
        assert re.sub(r"\s", "", zone.score) in flat
    assert file.read_bytes() == to_pdf(board, sheet, TODAY), "the same bytes each time"
    assert b"pdfaid:part" in file.read_bytes()


def test_the_quarters_page_says_who_decided_inside_the_mine_only(tmp_path: Path) -> None:
    edition = Edition(EditionName.PREVIEW, TODAY)
    board, _ = prepare(read_board(copy_site(tmp_path)), edition)
    pages = [render(page) for page in quarter_pages(board, edition)]
    assert len(pages) == 2
    assert all("评定：到会党员举手表决" in page for page in pages)
    outside = project(board.quarters["2019-Q1"], Audience.SISTER_UNITS)
    assert outside.meeting.decided_by is None


def test_what_was_before_stands_beside_it(tmp_path: Path) -> None:
    better = month(thought=THOUGHT, safety=SAFETY, quality=QUALITY, production=PRODUCTION)
    worse = month(quality={**QUALITY, "fixed_on_site": 9})
    months = dict.fromkeys(("04", "05", "06"), worse) | dict.fromkeys(("07", "08"), better)
    _, sheet = gathered(tmp_path, months)
    assert sheet.scores[2].before == "47.5"
    assert [rate.before for rate in sheet.zones[2].rates] == ["上季 45.0%", "上季 50.0%"]
    assert sheet.scores[1].before == "—"


def test_a_quarter_that_lacks_a_month_is_laid_beside_nothing(tmp_path: Path) -> None:
    _, sheet = gathered(tmp_path, {"05": ALL, "06": ALL, "07": ALL})
    assert {row.before for row in sheet.scores} == {"—"}
    assert not any(rate.before for zone in sheet.zones for rate in zone.rates)
