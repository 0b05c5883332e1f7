"""Word write-ups in the shapes that branches write them in, each with what should come in."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from PIL import Image

from boards.board.load import load
from boards.check import check_folders
from boards.errors import errors_in
from boards.intake.proposal import carry_out
from boards.intake.write_up import ONLY_TEXT, About, WriteUpPlan, plan_write_up
from boards.records import Case
from boards.sheets.values import Refused
from brought import bomb, encrypted, old, said_in, with_part
from helpers import TODAY

pytestmark = pytest.mark.slow  # and of no day

TEXTS = {
    "背景": ["工作面倾角大，又要过断层，支架姿态很难保持，班组压力不小。"],
    "难题": ["支架容易歪，质量上不去。"],
    "做法": ["定标准。干活以前先把标准定下来。", "每班测量：每班到倾角大的地段量落差。"],
    "成效": ["落差有了数据，质量有了保证。"],
    "启示": ["量得出来，才管得住", "党员站到最难的地段"],
}


def photo(width: int = 1200, height: int = 900, colour: str = "steelblue") -> io.BytesIO:
    content = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(content, "JPEG")
    content.seek(0)
    return content


def saved(document: Any) -> bytes:
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def with_styles() -> Any:
    """By Word's own headings, with pictures, a caption and a small table."""
    made = docx.Document()
    made.add_heading("过断层里的每班一量", 0)
    for part, lines in TEXTS.items():
        made.add_heading(part, 1)
        for line in lines:
            made.add_paragraph(line)
        if part == "做法":
            made.add_picture(photo())
            caption = made.add_paragraph("图1 党员在测量落差")
            caption.alignment = WD_ALIGN_PARAGRAPH.CENTER
    table = made.add_table(2, 2)
    for row, (label, value) in enumerate((("工作面", "Ⅱ830"), ("测量", "每班"))):
        table.cell(row, 0).text, table.cell(row, 1).text = label, value
    return made


def typed_numbers() -> Any:
    """By numbers typed by hand, as official papers are written: 一、… （一）…"""
    made = docx.Document()
    made.add_paragraph("过断层里的每班一量")
    made.add_paragraph("——综采二区党支部的做法")
    called = ["一、背景情况", "二、遇到的难题", "三、主要做法", "四、取得的成效", "五、几点启示"]
    for heading, lines in zip(called, TEXTS.values(), strict=True):
        made.add_paragraph(heading)
        if "做法" in heading:
            made.add_paragraph("（一）定标准")
            made.add_paragraph("干活以前先把标准定下来。")
            made.add_paragraph("（二）每班测量")
            made.add_paragraph("每班到倾角大的地段量落差。")
            continue
        for number, line in enumerate(lines, 1):
            made.add_paragraph(f"{number}.{line}" if "启示" in heading else line)
    return made


def form() -> Any:
    """A form of a call for entries: labels on the left, texts on the right."""
    made = docx.Document()
    made.add_paragraph("党建创新案例申报表")
    rows = [("案例名称", "过断层里的每班一量"), ("申报单位", "综采二区党支部"),
            ("联系人及电话", "张三 13812345678")]  # fmt: skip
    called = ["案例背景", "存在问题", "主要做法（不超过1000字）", "取得成效", "经验启示"]
    rows += [(one, "\n".join(lines)) for one, lines in zip(called, TEXTS.values(), strict=True)]
    table = made.add_table(len(rows), 2)
    for number, (label, text) in enumerate(rows):
        table.cell(number, 0).text, table.cell(number, 1).text = label, text
    return made


def bold_headings() -> Any:
    """By bold lines, in a frame that is a table of one cell."""
    made = docx.Document()
    frame = made.add_table(1, 1).cell(0, 0)
    frame.paragraphs[0].text = "过断层里的每班一量"
    called = ["工作概况", "瓶颈在哪里", "具体举措", "实际效果", "工作体会"]
    for heading, lines in zip(called, TEXTS.values(), strict=True):
        frame.add_paragraph().add_run(heading).bold = True
        for line in lines:
            frame.add_paragraph(line)
    return made


def labels() -> Any:
    """Each part in one paragraph with its label."""
    made = docx.Document()
    made.add_paragraph("过断层里的每班一量")
    for label, lines in TEXTS.items():
        first, *rest = lines
        made.add_paragraph(f"{label}：{first}")
        for line in rest:
            made.add_paragraph(line)
    return made


CASES: dict[str, Callable[[], Any]] = {
    "标题样式": with_styles,
    "手打的一二三": typed_numbers,
    "申报表": form,
    "加粗的标题": bold_headings,
    "同一行的标签": labels,
}


def planned(
    site: Path, document: Any, zone: str = "质量", name: str = "过断层.docx"
) -> WriteUpPlan:
    return plan_write_up(site, saved(document), name, TODAY, About(zone))


@pytest.mark.parametrize("name", CASES)
def test_a_write_up_becomes_a_case_and_its_article(name: str, site: Path) -> None:
    plan = planned(site, CASES[name]())
    assert plan.lacking == ()
    carry_out(plan.proposal, site, TODAY)
    board, problems = check_folders(site / "data", site / "content", TODAY)
    assert not errors_in(problems)
    case: Case = next(row for row in board.cases.values() if row.title == "过断层里的每班一量")
    assert case.background == TEXTS["背景"][0]
    assert case.challenge == TEXTS["难题"][0]
    assert [one.title for one in case.measures] == ["定标准", "每班测量"]
    assert "先把标准定下来" in case.measures[0].text
    assert case.results == TEXTS["成效"][0]
    assert list(case.lessons) == TEXTS["启示"]
    assert not case.review, "nobody has approved it"
    article = next(row for row in board.articles.values() if row.case == case.id)
    for lines in TEXTS.values():
        for line in lines:
            assert line.split("：")[-1].split("。")[-1] in article.body


def test_pictures_come_with_their_captions_and_tables_as_facts(site: Path) -> None:
    plan = planned(site, with_styles())
    carry_out(plan.proposal, site, TODAY)
    case = next(
        row
        for row in load(site / "data", site / "content")[0].cases.values()
        if row.title == "过断层里的每班一量"
    )
    [figure] = case.figures
    assert figure.caption == figure.alt == "党员在测量落差"
    assert (site / "data" / figure.file).read_bytes() == photo().getvalue()
    assert [(fact.label, fact.value) for fact in case.facts] == [
        ("工作面", "Ⅱ830"), ("测量", "每班"),
    ]  # fmt: skip
    assert not figure.people, "who is in it must be said before it is shown"


def test_what_of_a_form_is_about_the_form_stays_out(site: Path) -> None:
    plan = planned(site, form())
    assert "联系人及电话：是报送用的，不带进来" in "\n".join(said_in(plan.proposal))
    assert "13812345678" not in str(plan.proposal)
    carry_out(plan.proposal, site, TODAY)
    written = b"".join(file.read_bytes() for file in site.rglob("*") if file.is_file())
    assert b"13812345678" not in written


def test_without_a_zone_it_is_asked_and_only_the_article_is_proposed(site: Path) -> None:
    plan = planned(site, with_styles(), "")
    [ask] = plan.proposal.asks
    assert [choice.key for choice in ask.choices][-2:] == ["production", ONLY_TEXT]
    assert [entry.table for entry in plan.proposal.entries] == ["articles"]


def test_a_text_without_such_headings_is_an_article(site: Path) -> None:
    made = docx.Document()
    made.add_paragraph("一次难忘的夜班")
    made.add_paragraph("那天夜里，断层来得比图上早，大家一直守到天亮，谁也没有先走。")
    made.add_heading("后来", 1)
    made.add_paragraph("大家都升了井。")
    plan = planned(site, made)
    assert plan.lacking == ("背景", "难题", "做法", "成效")
    [entry] = plan.proposal.entries
    assert (entry.table, entry.title) == ("articles", "一次难忘的夜班")
    assert "## 后来" in str(entry.fields["body"])
    assert "还做不成案例：没有找到背景、难题、做法、成效" in "\n".join(said_in(plan.proposal))


def test_it_comes_in_again_as_a_change(site: Path) -> None:
    carry_out(planned(site, with_styles()).proposal, site, TODAY)
    again = planned(site, with_styles()).proposal
    assert not again.files
    assert len(again.same) == 2
    made = with_styles()
    made.paragraphs[-1].text = "党员总在最难的地段"
    changed = planned(site, made).proposal
    assert {str(entry.action) for entry in changed.entries} == {"change"}


def _revised() -> bytes:
    made = with_styles()
    made.paragraphs[2]._p.append(
        parse_xml(f'<w:ins {nsdecls("w")} w:id="1" w:author="a"><w:r><w:t>改</w:t></w:r></w:ins>')
    )
    return saved(made)


BAD = {
    "doc": (lambda: old("WordDocument"), "旧格式的 Word"),
    "加密": (encrypted, "加了密码"),
    "PPT": (lambda: old("PowerPoint Document"), "PPT"),
    "PDF": (lambda: b"%PDF-1.7", "PDF 文件，不是 Word"),
    "坏的": (lambda: saved(with_styles())[:3000], "已损坏"),
    "炸弹": (lambda: bomb("word/document.xml"), "展开后太大"),
    "宏": (lambda: with_part(saved(with_styles()), "word/vbaProject.bin", b"x"), "宏"),
    "修订": (_revised, "修订还没有接受"),
    "实体": (
        lambda: with_part(saved(with_styles()), "word/document.xml", "<!DOCTYPE a><a/>"),
        "不该有的内容",
    ),
    "深": (lambda: _with_body("<w:sdt><w:sdtContent>" * 30_000, 30_000), "已损坏"),
    "长": (lambda: _with_body("<w:p/>" * 100_000, 0), "5000 段以上"),
    "只有图": (lambda: saved(_only_a_picture()), "没有文字"),
    "号码": (lambda: saved(_with_a_number()), "材料里出现了手机号"),
    "文本": ("只是文字".encode, "不是 Word"),
}  # fmt: skip


def _with_body(xml: str, deep: int) -> bytes:
    main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    closed = "</w:sdtContent></w:sdt>" * deep
    body = f'<w:document xmlns:w="{main}"><w:body>{xml}{closed}</w:body></w:document>'
    return with_part(saved(with_styles()), "word/document.xml", body)


def _only_a_picture() -> Any:
    made = docx.Document()
    made.add_picture(photo())
    return made


def _with_a_number() -> Any:
    made = docx.Document()
    made.add_paragraph("有事打 13812345678 找张三。")
    return made


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_read_is_refused_with_the_way_to_mend_it(name: str, site: Path) -> None:
    content, said = BAD[name][0](), BAD[name][1]
    before = {file: file.read_bytes() for file in site.rglob("*") if file.is_file()}
    began = time.perf_counter()
    with pytest.raises(Refused) as refused:
        plan_write_up(site, content, "材料.docx", TODAY, About("质量"))
    assert time.perf_counter() - began < 5
    assert said in f"{refused.value.found}；{refused.value.hint}"
    assert {file: file.read_bytes() for file in site.rglob("*") if file.is_file()} == before


def test_what_has_no_place_is_shown_and_not_dropped(site: Path) -> None:
    made = with_styles()
    box = (
        f'<w:r {nsdecls("w")}><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox>'
        "<w:txbxContent><w:p><w:r><w:t>框里的话</w:t></w:r></w:p></w:txbxContent>"
        "</v:textbox></v:shape></w:pict></w:r>"
    )
    made.paragraphs[2]._p.append(parse_xml(box))
    hidden = made.paragraphs[2].add_run("藏着的话")
    hidden.font.hidden = True
    made.sections[0].header.paragraphs[0].text = "内部材料注意保存"
    made.add_picture(photo(40, 40))
    made.add_heading("附记", 1)
    made.add_paragraph("还有一段话。")
    told = "\n".join(said_in(planned(site, made).proposal))
    for words in ("框里的话", "隐藏的文字没有带进来", "内部材料注意保存", "像是图标",
                  "“附记”：不是案例的哪一部分"):  # fmt: skip
        assert words in told
    assert "藏着的话" not in told


def test_a_picture_that_lies_elsewhere_is_not_fetched(site: Path) -> None:
    made = with_styles()
    for relation in made.part.rels.values():
        if relation.reltype.endswith("/image"):
            relation._is_external, relation._target = True, "http://example.com/a.jpg"
    plan = planned(site, made)
    assert "只是链接到别处" in "\n".join(said_in(plan.proposal))
    assert not plan.media
