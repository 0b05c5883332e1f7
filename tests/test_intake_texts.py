"""Write-ups and pages as they lie about: bold headings, lists of contents, captions, bylines."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH

from boards.intake.page import read_page
from boards.intake.write_up import About, WriteUpPlan, plan_pieces, plan_write_up
from brought import jpeg
from helpers import TODAY

pytestmark = pytest.mark.slow  # and of no day

COLOURS = iter(["red", "green", "blue", "navy", "gold", "pink", "teal", "gray"] * 9)


def _planned(site: Path, make: Callable[[Any], None], name: str = "a.docx") -> WriteUpPlan:
    made = docx.Document()
    make(made)
    content = io.BytesIO()
    made.save(content)
    return plan_write_up(site, content.getvalue(), name, TODAY, About("质量", "攻坚案例", "一句"))


def _photo() -> io.BytesIO:
    return io.BytesIO(jpeg(next(COLOURS), 900, 1200))


def _captions(site: Path, put: Callable[[Any], None]) -> list[str]:
    """The captions of pictures that stand behind what was done."""

    def make(made: Any) -> None:
        made.add_heading("减速机改造", 0)
        for part in ("背景", "难题", "成效", "做法"):
            made.add_heading(part, 1)
            made.add_paragraph("减速机发热，停机多。")
        put(made)

    plan = _planned(site, make)
    told = str(plan.case["measures"])
    captions = [figure.get("caption", "") for figure in plan.case["figures"]]
    assert not [caption for caption in captions if caption and caption in told]
    return captions


def _beside(made: Any) -> None:
    table = made.add_table(2, 2)
    for at, words in enumerate(("图1 改造前", "图2 改造后")):
        table.cell(0, at).paragraphs[0].add_run().add_picture(_photo())
        table.cell(1, at).text = words


def _in_one_cell(made: Any) -> None:
    table = made.add_table(1, 2)
    for at, words in enumerate(("改造前", "改造后")):
        table.cell(0, at).paragraphs[0].add_run().add_picture(_photo())
        table.cell(0, at).add_paragraph(words)


def _above(made: Any) -> None:
    _beside(made)
    made.add_paragraph("图3 现场测温")
    made.add_picture(_photo())
    made.add_paragraph("接着讲下面的内容，温度降了下来。")


def _left_and_right(made: Any) -> None:
    paragraph = made.add_paragraph()
    paragraph.add_run().add_picture(_photo())
    paragraph.add_run().add_picture(_photo())
    made.add_paragraph("左：测温；右：冷却水管")


def _of_drawings(made: Any) -> None:
    made.add_picture(_photo())
    made.add_paragraph("图纸会审").alignment = 1
    made.add_picture(_photo())
    made.add_paragraph("图书角里学习").alignment = 1


def _as_papers_do(made: Any) -> None:
    made.add_picture(_photo())
    made.add_paragraph("图为党员在测温")
    made.add_picture(_photo())
    made.add_paragraph("▲冷却水管")


@pytest.mark.parametrize(
    ("put", "captions"),
    [
        (_beside, ["改造前", "改造后"]),
        (_in_one_cell, ["改造前", "改造后"]),
        (_above, ["改造前", "改造后", "现场测温"]),
        (_left_and_right, ["测温", "冷却水管"]),
        (_as_papers_do, ["图为党员在测温", "冷却水管"]),
        (_of_drawings, ["图纸会审", "图书角里学习"]),
    ],
)
def test_each_picture_has_its_own_caption(put: Any, captions: list[str], site: Path) -> None:
    assert _captions(site, put) == captions


def test_a_table_of_pictures_and_words_keeps_its_words(site: Path) -> None:
    def make(made: Any) -> None:
        made.add_paragraph("减速机改造")
        table = made.add_table(2, 2)
        table.cell(0, 0).text = "改造的办法是加装一条冷却水路，把热量带走。" * 3
        table.cell(0, 1).paragraphs[0].add_run().add_picture(_photo())
        table.cell(1, 0).text = "停机三次。"

    body = str(_planned(site, make).proposal.entries[-1].fields["body"])
    assert "冷却水路" in body and "停机三次" in body


def test_headings_that_are_only_bold_part_a_text(site: Path) -> None:
    def make(made: Any) -> None:
        made.add_paragraph("支架漏液治理")
        for words in ("起因", "难在哪里", "我们怎么办", "逐架排查", "结果如何", "想到的"):
            made.add_paragraph().add_run(words).bold = True
            made.add_paragraph(f"{words}，后面是一句话。")

    case = _planned(site, make).case
    assert case["background"] and case["challenge"] and case["results"] and case["lessons"]
    assert [one["title"] for one in case["measures"]][-1] == "逐架排查"


@pytest.mark.parametrize("line", ["一、背景……1", "一、背景.......12", "目　录", "二、做法 ··· 3"])
def test_a_list_of_contents_is_no_part_and_is_told(line: str, site: Path) -> None:
    def make(made: Any) -> None:
        made.add_heading("综采二区案例", 0)
        made.add_paragraph(line)
        made.add_heading("背景", 1)
        made.add_paragraph("减速机发热。")

    plan = _planned(site, make)
    assert "目录没有带进来" in plan.proposal.said
    assert str(plan.proposal.entries[-1].fields["body"]).startswith("## 背景")


@pytest.mark.parametrize("is_centred", [True, False])
def test_a_title_may_speak_of_what_was_done(is_centred: bool, site: Path) -> None:
    def make(made: Any) -> None:
        title = made.add_paragraph("关于党员包保做法的交流材料")
        title.alignment = WD_ALIGN_PARAGRAPH.CENTER if is_centred else None
        made.add_paragraph("综采二区党支部　2019年8月")
        made.add_paragraph("我支部坚持党员包保，每人包保十架支架，效果很好。")

    fields = _planned(site, make, "新建文档.docx").proposal.entries[-1].fields
    assert fields["title"] == "关于党员包保做法的交流材料"
    assert fields["summary"] == "我支部坚持党员包保，每人包保十架支架，效果很好。"


_PAGE = """<html><head><meta charset=utf-8><title>每班一量_要闻_某矿业集团网</title></head><body>
<div class="article"><h2>每班一量</h2><p>发布时间：2019-08-19 来源：本站 浏览次数：9</p>
<p>点击上方蓝字关注我们</p><p>支架姿态难保持，党员每班到倾角大的地段去量。</p>
<p>量得出来，才管得住，这是综采二区的体会。</p><p>来源 | 综采二区　编辑 | 小张</p>
<p>往期推荐</p><p>另一篇文章</p></div></body></html>"""


def test_what_stands_around_a_pages_text_is_told_and_is_not_its_summary(site: Path) -> None:
    read = read_page(_PAGE.encode(), "a.html")
    plan = plan_pieces(site, read, "a.html", TODAY, About("text"))
    fields = plan.proposal.entries[-1].fields
    assert fields["body"] == (
        "支架姿态难保持，党员每班到倾角大的地段去量。\n\n量得出来，才管得住，这是综采二区的体会。"
    )
    assert fields["summary"] == "支架姿态难保持，党员每班到倾角大的地段去量。"
    [left] = [one for one in plan.proposal.left_out if one.what == "正文前后的话"]
    assert "蓝字" in left.why and "往期推荐" in left.why


def test_a_page_is_called_by_its_own_title_and_publisher() -> None:
    source = read_page(_PAGE.encode(), "a.html").source
    assert source and (source.title, source.publisher) == ("每班一量", "某矿业集团网")


def test_a_line_like_a_byline_inside_an_article_ends_nothing() -> None:
    more = "第二天，党员又到倾角大的地段去量，把落差一架一架地记下来，交给下一班核对。"
    page = _PAGE.replace("<p>来源", f"<p>{more}</p><p>时间：每班</p><p>{more}{more}</p><p>来源")
    pieces = read_page(page.encode(), "a.html").pieces
    assert sum("一架一架地记" in piece.text for piece in pieces) == 2


@pytest.mark.parametrize(
    "words", ["编辑整理了", "版权登记了两项，是", "扫码点检上线以后，", "长按"]
)
def test_a_paragraph_that_begins_like_an_end_ends_nothing(words: str) -> None:
    more = f"{words}一套口诀。党员到倾角大的地段去量，把落差一架一架地记下来，交给下一班核对。"
    page = _PAGE.replace("<p>来源", f"<p>{more}</p><p>下一班照着核对，差一毫米也追。</p><p>来源")
    pieces = read_page(page.encode(), "a.html").pieces
    assert any("一架一架地记" in piece.text for piece in pieces)
    assert any("差一毫米也追" in piece.text for piece in pieces)
