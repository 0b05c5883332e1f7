"""What is somebody's own is neither kept nor shown again, wherever in a file it stands."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from boards.intake.page import read_page
from boards.intake.roster import plan_table
from boards.intake.wanted import Wanted
from boards.intake.write_up import About, WriteUpPlan, plan_pieces, plan_write_up
from boards.sheets.values import Refused
from brought import jpeg
from helpers import TODAY
from workbooks import saved

NUMBER = "340602198001010017"
PHONE = "13812345678"


def _write_up(put: Callable[[Any], None]) -> bytes:
    """A whole case, with something put behind what was done."""
    made = docx.Document()
    made.add_heading("过断层里的每班一量", 0)
    for part in ("背景", "难题", "做法", "成效"):
        made.add_heading(part, 1)
        made.add_paragraph("工作面倾角大，支架姿态难保持。")
        if part == "做法":
            put(made)
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


def _planned(site: Path, content: bytes, headline: str = "每班一量") -> WriteUpPlan:
    return plan_write_up(site, content, "a.docx", TODAY, About("质量", "攻坚案例", headline))


def _table(made: Any) -> None:
    table = made.add_table(2, 3)
    for row, words in enumerate((("姓名", "班次", "号码"), ("李涛", "早班", NUMBER))):
        for at, word in enumerate(words):
            table.cell(row, at).text = word


def _caption(made: Any) -> None:
    made.add_picture(io.BytesIO(jpeg()))
    made.add_paragraph(f"图1 李涛 {PHONE}")


def _alt(made: Any) -> None:
    picture = made.add_picture(io.BytesIO(jpeg()))
    picture._inline.docPr.set("descr", f"李涛{PHONE}")


@pytest.mark.parametrize("put", [_table, _caption, _alt], ids=["表格", "图注", "图的说明"])
def test_a_number_anywhere_in_a_write_up_refuses_it(put: Any, site: Path) -> None:
    with pytest.raises(Refused, match="材料里出现了") as refused:
        _planned(site, _write_up(put))
    assert NUMBER[:6] not in refused.value.found and PHONE[:6] not in refused.value.found


def test_all_the_places_are_counted(site: Path) -> None:
    content = _write_up(lambda made: [made.add_paragraph(f"打{PHONE[:-1]}{n}。") for n in range(3)])
    with pytest.raises(Refused, match="共 3 处"):
        _planned(site, content)


def test_of_a_text_box_only_what_may_be_said_is_shown(site: Path) -> None:
    def box(made: Any) -> None:
        made.add_paragraph()._p.append(
            parse_xml(
                f'<w:r {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape>'
                f"<v:textbox><w:txbxContent><w:p><w:r><w:t>先停机，打{PHONE}</w:t></w:r></w:p>"
                "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
            )
        )

    plan = _planned(site, _write_up(box))
    [left] = [one for one in plan.proposal.left_out if one.what == "文本框"]
    assert "先停机，打（略）" in left.why
    assert PHONE not in str(plan.proposal)


def test_a_page_is_not_to_be_mended_in_its_code(site: Path) -> None:
    text = "<html><body><article>" + "<p>支架姿态难保持，党员每班去量。</p>" * 5
    page = read_page(f"{text}<p>打{PHONE}</p></article></body></html>".encode(), "a.html")
    with pytest.raises(Refused) as refused:
        plan_pieces(site, page, "a.html", TODAY, About("质量"))
    assert "存成 .docx" in refused.value.hint


def test_the_cells_that_are_shown_of_a_column_hold_nobodys_number(site: Path) -> None:
    rows = [["姓名", "政治面貌", "备注"], ["李涛", "党员", f"身份证{NUMBER}"],
            ["赵敏", "党员", f"打{PHONE}"], ["王磊", "党员", "调来"]]  # fmt: skip
    plan = plan_table(site, saved({"表": rows}), "表.xlsx", TODAY, Wanted("members"))
    assert plan.layout.columns[2].samples == ("调来",)


def test_of_a_case_that_the_rules_refuse_nothing_is_written(site: Path) -> None:
    content = _write_up(lambda made: made.add_picture(io.BytesIO(jpeg())))
    plan = _planned(site, content, "零死亡" * 30)
    assert not plan.proposal.entries and not plan.proposal.files
    assert any("一起才能带进来" in left.why for left in plan.proposal.left_out)


@pytest.mark.parametrize("remark", ["妻子王某，在家务农", "有高血压", "低保户"])
def test_a_remark_on_family_or_health_is_left_out(remark: str, site: Path) -> None:
    rows = [["姓名", "政治面貌", "备注", "承诺"], ["李涛", "党员", remark, "不让妻子担心"]]
    wanted = Wanted("members", columns={"C": "remark"})
    proposal = plan_table(site, saved({"表": rows}), "表.xlsx", TODAY, wanted).proposal
    fields = proposal.entries[-1].fields
    assert "remark" not in fields and fields["pledge"] == "不让妻子担心"
    assert [left.why[:11] for left in proposal.left_out] == ["里面写着家庭或健康情况"]
