"""The records as an Excel workbook: what an officer finds in it; it comes back unchanged."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from boards.board.board import MODELS
from boards.errors import BoardError
from boards.records import ZONE_IDS
from boards.records.refusals import NEVER
from boards.sheets.columns import TABLES, all_sheets
from boards.sheets.out import workbook
from boards.sheets.plan import plan
from helpers import MINIMAL, TODAY, changed, read_board, write_tree
from sites import ROOT, copy_site, tree
from workbooks import at, got, opened

AWKWARD = {
    **MINIMAL,
    "data/members.yml": str(MINIMAL["data/members.yml"])
    + """
  - id: rare
    name: 王㛃𠅤
    standing: worker
    job: "=1+1"
    pledge: "'引号开头，8103、010、1E+17，_x000D_ 也是字"
    contact: "013800"
    sample: true
    remark: |
      第一段，两个  空格。

      第二段\t有制表符
        缩进的行 & 尖角 "引号"
      +86 -1 @x #井号
""",
    "data/outcomes.yml": str(MINIMAL["data/outcomes.yml"])
    + """
  - id: "010"
    name: 达标率
    value: 95.0
    unit: "%"
    as_of: 2019
    sample: true
  - id: "1e17"
    name: 2019-08
    comparator: ">="
    value: 007
    unit: 12:30
    as_of: 2019-08-19
    sample: true
""",
}
"""Values that a spreadsheet likes to make something else of."""


def parts(content: bytes, pattern: str) -> dict[str, str]:
    """The XML parts of a workbook whose name matches."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        names = [name for name in packed.namelist() if re.search(pattern, name)]
        return {name: packed.read(name).decode("utf-8") for name in names}


@pytest.fixture(scope="module")
def content() -> bytes:
    """This branch's own workbook."""
    return workbook(read_board(ROOT), TODAY)


def test_every_ledger_is_a_sheet() -> None:
    assert set(MODELS) - set(TABLES) == {"articles", "received", "keys"}
    for sheet in all_sheets():
        headings = [column.heading for column in sheet.columns]
        assert len(set(headings)) == len(headings), sheet.name
        assert len(sheet.name) <= 31


def test_names_read_as_people_say_them(content: bytes) -> None:
    cells = opened(content)
    assert got(cells, "人员", 2, "政治面貌") == "党员"
    assert got(cells, "人员", 5, "小组") == "management-group 生产管理组"
    assert got(cells, "人员", 5, "示例") == "是"
    assert got(cells, "荣誉", 2, "获得者") == "branch 综采二区党支部"
    assert got(cells, "荣誉", 5, "获得者") == "zhu-jun-wen 祝君文"
    assert got(cells, "人员·责任区岗位", 2, "岗位") == "speaker 宣讲人"
    assert got(cells, "季度·四区成绩", 2, "所属季度") == "2019-Q1 2019年第一季度"
    assert got(cells, "工作面", 4, "编号") == "8103"
    assert got(cells, "微消息", 2, "编号") == "", "made of date and kind, nobody types it"


def test_every_cell_is_text(content: bytes) -> None:
    for rows in opened(content).values():
        assert all(isinstance(value, str) for row in rows for value in row)
    styles = parts(content, r"styles\.xml")["xl/styles.xml"]
    formats = re.findall(r'<xf numFmtId="(\d+)"', styles.split("<cellXfs")[1])
    names = re.findall('<sheet name="([^"]+)"', parts(content, "workbook.xml$")["xl/workbook.xml"])
    for number, name in enumerate(names, 1):
        if name in {sheet.name for sheet in all_sheets()}:
            page = parts(content, rf"sheet{number}\.xml$")[f"xl/worksheets/sheet{number}.xml"]
            looks = set(re.findall(r'<col [^>]*style="(\d+)"', page))
            looks |= set(re.findall(r'<c r="[A-Z]+\d+" s="(\d+)"', page))
            assert {formats[int(look)] for look in looks} == {"49"}, "49 is Excel's text format"


def test_choices_and_ids_have_drop_downs(content: bytes) -> None:
    pages = "".join(parts(content, r"worksheets/sheet\d+\.xml$").values())
    assert "党员,预备党员,职工,政治面貌待核" in pages
    assert "是,否" in pages
    offered = [value for row in opened(content)["下拉列表"] for value in row]
    assert {"thought 思想责任区", "zhu-jun-wen 祝君文", "gatekeeper 把关者"} <= set(offered)
    assert offered.count("branch 综采二区党支部") == 1, "for holders of honours only"


def test_every_heading_says_what_to_write(content: bytes) -> None:
    said = "".join(parts(content, "comments").values())
    assert said.count("<comment ") == sum(len(sheet.columns) for sheet in all_sheets())
    texts = [re.sub("<[^>]+>", "", one) for one in re.findall("<comment .*?</comment>", said, re.S)]
    assert "只写姓名\n必填" in texts
    columns = [column for sheet in all_sheets() for column in sheet.columns]
    of_yaml = {"true", "false", "yml", *ZONE_IDS}
    of_yaml |= {str(choice) for column in columns for choice in column.choices or ()}
    words = {word for text in texts for word in re.findall("[a-z-]+", text)}
    assert not words & of_yaml, "the labels are chosen from, not these"


def test_required_headings_wear_a_red_star(content: bytes) -> None:
    line, column = at(opened(content), "人员", 1, "姓名")
    assert line[column] == "姓名*"
    assert at(opened(content), "人员", 1, "承诺")[0][5] == "承诺"


def test_the_first_sheet_explains(content: bytes) -> None:
    cells = opened(content)
    assert next(iter(cells)) == "说明"
    words = "\n".join(value for row in cells["说明"] for value in row)
    assert "内部使用，不要外传" in words
    for label, _ in NEVER.values():
        assert label in words
    for sheet in all_sheets():
        assert sheet.name in words


def test_samples_are_grey_and_new_ones_turn_grey(content: bytes) -> None:
    names = list(opened(content))
    page = parts(content, rf"sheet{names.index('人员') + 1}\.xml$")
    text = next(iter(page.values()))
    looks = {row: set(re.findall(rf'<c r="[A-Z]+{row}" s="(\d+)"', text)) for row in ("2", "5")}
    assert looks["2"].isdisjoint(looks["5"])
    assert "conditionalFormatting" in text


def test_equal_boards_give_equal_bytes(content: bytes) -> None:
    assert workbook(read_board(ROOT), TODAY) == content


@pytest.mark.parametrize("text", ["长" * 32768, "𠅤" * 16384], ids=["usual", "rare"])
def test_a_text_too_long_for_a_cell_is_refused(tmp_path: Path, text: str) -> None:
    files = changed("data/months/2019-01.yml", "sample: true", f"sample: true\nremark: {text}")
    with pytest.raises(BoardError, match="Excel 一格放不下"):
        workbook(read_board(write_tree(tmp_path, files)), TODAY)


def unchanged(root: Path, content: bytes) -> None:
    before = tree(root)
    planned = plan(root, content, root / "台账.xlsx", TODAY)
    assert planned.made == ()
    assert planned.files == {}
    assert tree(root) == before


def test_out_and_in_changes_nothing(tmp_path: Path, content: bytes) -> None:
    unchanged(copy_site(tmp_path), content)


@pytest.mark.parametrize("files", [MINIMAL, AWKWARD], ids=["minimal", "awkward"])
def test_out_and_in_keeps_every_value(files: Mapping[str, str | bytes], tmp_path: Path) -> None:
    root = write_tree(tmp_path, files)
    unchanged(root, workbook(read_board(root), TODAY))


def saved_by_libreoffice(content: bytes, folder: Path) -> bytes:
    """The workbook as LibreOffice opens and saves it."""
    if not shutil.which("soffice"):
        pytest.skip("没有 LibreOffice")
    (folder / "in").mkdir(parents=True)
    (folder / "in" / "ledger.xlsx").write_bytes(content)
    profile = (folder / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless"]
    command += ["--convert-to", "xlsx", "--outdir", str(folder / "out")]
    command += [str(folder / "in" / "ledger.xlsx")]
    subprocess.run(command, check=False, capture_output=True, timeout=120)
    made = folder / "out" / "ledger.xlsx"
    if not made.is_file():
        pytest.skip("LibreOffice 没有装 Calc")
    return made.read_bytes()


def test_libreoffice_may_save_it_in_between(tmp_path: Path, content: bytes) -> None:
    saved = saved_by_libreoffice(content, tmp_path / "office")
    assert saved != content
    unchanged(copy_site(tmp_path / "site"), saved)


def test_libreoffice_keeps_awkward_values(tmp_path: Path) -> None:
    root = write_tree(tmp_path / "site", AWKWARD)
    saved = saved_by_libreoffice(workbook(read_board(root), TODAY), tmp_path / "office")
    unchanged(root, saved)
