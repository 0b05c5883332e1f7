"""What somebody types into a long text is what is read, on page, poster, in Word, WeChat, search.

One oracle for all of it: a text without spaces, without the few signs that the manual names.
"""

from __future__ import annotations

import io
import json
import string
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import assume, given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from boards.packs.content import PackContent
from boards.packs.page import to_html as to_page
from boards.packs.wechat import to_wechat
from boards.packs.word import to_docx
from boards.words.text import to_blocks, to_html, to_plain
from boards.yaml.source import parse_yaml
from full_site import RECEIVED_FILE, write_site
from harmless import surfaces_of
from helpers import write_tree
from packs import write_up
from signs import CONTEXTS, EVERYTHING, SIGNS, expected, squeezed
from sites import change


def shown_by(html: str) -> str:
    body = LexborHTMLParser(html).body
    return squeezed(body.text(separator="")) if body else ""


def words_of(docx_file: bytes) -> str:
    body = docx.Document(io.BytesIO(docx_file)).element.body
    return squeezed("".join(node.text or "" for node in body.iter(qn("w:t"))))


def said_in(data: Any) -> str:
    """All strings of a poster's data, one after the other."""
    if isinstance(data, dict):
        return "".join(said_in(value) for value in data.values())
    if isinstance(data, list):
        return "".join(said_in(value) for value in data)
    return data if isinstance(data, str) else ""


def kinds(text: str) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in to_blocks(text)]


# Signs


@pytest.mark.parametrize(
    "typed",
    [
        "支座钢板规格1200*800*600毫米",
        "规格1200**800**600毫米，孔径12_3_4，约~5~毫米，2^3^次，按`键`操作",
        "*注：本表截至8月",
        "* 注：本表截至8月",
        "+5℃和-5℃",
        "-5℃以下停机",
        "#2皮带机同时停机检修。",
        "##2号皮带机",
        "# 一号",
        "> 5米",
        "| 区 | 分 |",
        "||",
        "1.5米",
        "2019. 8月",
        "01. 编号",
        "1)先停机",
        "（1）先停机",
        "1、先停机",
        "5 < 6 & 7 > 3，瓦斯<500，CH4<1%",
        "&nbsp;&lt;&#49;&amp;copy",
        "[1]见附件，[2](附后)，[注]",
        "![",
        r"\\10.10.3.8\展板\*.pdf",
        "http://10.10.3.8/a_b_c/d*e*f.html?x=1&copy=2",
        "data/ii830_fault_crossing_2.yml",
        "李**、王**等人",
        "138****5678",
        "李**获奖，张**、王**也获奖",
        "2 ** 3 ** 4",
        "***粗斜***",
        "```代码```",
        "[TOC]",
        "a@b.cn <a@b.cn> <http://a.cn>",
        "---",
        "* * *",
        "~~删~~",
        ": 定义",
        "[^1]",
        "*[HTML]: 缩写",
        "{: .x }",
        "$x$ #strong[y] @z",
    ],
)
def test_a_sign_that_means_nothing_here_stays(typed: str) -> None:
    assert kinds(typed) == [("paragraph", typed)]
    assert kinds(f"前一段。\n\n{typed}\n\n后一段。")[1] == ("paragraph", typed)
    assert shown_by(to_html(typed)) == squeezed(typed)


@pytest.mark.parametrize(
    ("typed", "strong"),
    [
        ("**思想**是根本", "思想"),
        ("先讲**“思想”。**再讲安全", "“思想”。"),
        ("共**15**名，规格**1200*800**毫米", "15 1200*800"),
        ("**稳、准、狠**", "稳、准、狠"),
        ("**没有写完，**，李**", ""),
        ("** 空格 **", ""),
        ("**", ""),
        ("****", ""),
    ],
)
def test_bold_stands_between_two_asterisks_that_fit_a_word(typed: str, strong: str) -> None:
    found = [run.text for block in to_blocks(typed) for run in block.runs if run.strong]
    assert " ".join(found) == strong
    if not strong:
        assert kinds(typed) == [("paragraph", typed)]


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("[人民网](http://people.cn/a_b_c)", "http://people.cn/a_b_c"),
        ("[条目](https://a.cn/x_(y)?a=1&b=2)", "https://a.cn/x_(y)?a=1&b=2"),
        ("**[人民网](http://people.cn/)**", "http://people.cn/"),
        ("[**人民网**](http://people.cn/)", "http://people.cn/"),
        ("[1](附后)", None),
        ("![图](http://a.cn/b.jpg)", None),
        ("[x](http://a.cn 题)", None),
        ("[[1]](http://a.cn)", None),
    ],
)
def test_a_link_has_a_name_and_an_address(typed: str, address: str | None) -> None:
    link = LexborHTMLParser(to_html(typed)).css_first("a")
    assert (link.attributes["href"] if link else None) == address
    if address is None:
        assert kinds(typed) == [("paragraph", typed)]


# Lines


@pytest.mark.parametrize("indent", ["\u3000\u3000", "    ", "\u3000", "  ", "\t", "\u00a0\u00a0"])
def test_an_indented_line_is_a_paragraph(indent: str) -> None:
    lines = ["思想是根本，", "安全是底线，", "质量是关键。"]
    assert kinds("\n".join(f"{indent}{line}" for line in lines)) == [
        ("paragraph", line) for line in lines
    ]
    # Only its first line is indented where a paragraph is wrapped by hand.
    wrapped = f"{indent}思想是根本，\n安全是底线。\n{indent}质量是关键，\n生产是重点。"
    assert kinds(wrapped) == [
        ("paragraph", "思想是根本，安全是底线。"), ("paragraph", "质量是关键，生产是重点。"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "lines",
    [
        ["一、加强巡查", "二、落实责任", "十一、总结"],
        ["（一）加强巡查", "（二）落实责任"],
        ["1、加强巡查", "2、2019年8月起落实责任"],
        ["1.加强巡查", "2.落实责任", "3.2019年总结"],
        ["1)加强巡查", "2)落实责任"],
        ["（1）加强巡查", "(2)落实责任"],
        ["①加强巡查", "②落实责任"],
        ["•加强巡查", "● 落实责任", "◆总结"],
        ["* 加强巡查", "* 落实责任"],
        ["+ 加强巡查", "+ 落实责任"],
        ["*注：加强巡查", "*注：落实责任"],
        ["> 加强巡查", "> 落实责任"],
        ["| 区 | 分 |", "| --- | --- |", "| 思想 | 95 |"],
        ["**一、加强巡查**", "**二、落实责任**"],
    ],
)
def test_lines_that_bear_a_number_or_a_sign_stand_below_each_other(lines: list[str]) -> None:
    plain = [("paragraph", line.replace("**", "")) for line in lines]
    assert kinds("\n".join(lines)) == plain
    assert kinds("\n".join(["成效如下：", *lines])) == [("paragraph", "成效如下："), *plain]


def test_a_line_of_signs_stands_alone() -> None:
    lines = ["标题", "---", "加强巡查", "===", "落实责任", "* * *", "总结", "~~~~", "```"]
    assert kinds("\n".join(lines)) == [("paragraph", line) for line in lines]


@pytest.mark.parametrize(
    "second",
    [
        "1、2号支架",
        "一、二区",
        "1.5米深处",
        "2019. 8月的数",
        "#2皮带机",
        "-5℃",
        "*800毫米",
        "“二”区",
    ],
)
def test_a_paragraph_wrapped_by_hand_stays_one(second: str) -> None:
    (block,) = to_blocks(f"当班检查了\n{second}，\n没有发现问题。")
    assert squeezed(block.text) == squeezed(f"当班检查了{second}，没有发现问题。")


def test_a_list_needs_no_blank_line() -> None:
    expected = [
        ("paragraph", "成效如下："), ("number", "加强巡查"), ("number", "落实责任"),
        ("paragraph", "以上两条要落实。"),
    ]  # fmt: skip
    lines = ["成效如下：", "1. 加强巡查", "2. 落实责任", "以上两条要落实。"]
    assert kinds("\n".join(lines)) == expected
    assert kinds("\n\n".join(lines)) == expected
    assert kinds("\n".join(f"\u3000\u3000{line}" for line in lines)) == expected
    assert kinds("成效如下\n- 一\n- 二") == [
        ("paragraph", "成效如下"), ("bullet", "一"), ("bullet", "二"),
    ]  # fmt: skip


def test_items_keep_the_numbers_they_were_given() -> None:
    typed = "3. 三\n4. 四\n\n插一句。\n\n5. 五\n7. 七\n1. 一"
    numbers = [block.ordinal for block in to_blocks(typed) if block.kind == "number"]
    assert numbers == [3, 4, 5, 7, 1]
    tree = LexborHTMLParser(to_html(typed))
    assert [item.attributes["value"] for item in tree.css("li")] == ["3", "4", "5", "7", "1"]
    assert to_plain(typed).split("\n") == ["3. 三", "4. 四", "插一句。", "5. 五", "7. 七", "1. 一"]


def test_what_is_indented_under_an_item_belongs_to_it() -> None:
    html = to_html("1. 停机：\n   先停电，\n   后挂牌\n   - 甲\n   - 乙\n\n   再验电\n2. 检修")
    items = LexborHTMLParser(html).css("body > ol > li")
    assert [squeezed(item.text(separator="")) for item in items] == [
        "停机：先停电，后挂牌甲乙再验电", "检修",
    ]  # fmt: skip
    assert [node.text() for node in items[0].css("ul > li")] == ["甲", "乙"]


# All of it


def assert_read(typed: str) -> None:
    assert shown_by(to_html(typed)) == expected(typed)
    assert squeezed("".join(block.text for block in to_blocks(typed))) == expected(typed)


@pytest.mark.parametrize("sign", string.punctuation)
def test_every_sign_is_read_wherever_it_is_typed(sign: str) -> None:
    for context in CONTEXTS:
        assert_read(context.format(sign))


_pieces = st.one_of(
    st.sampled_from([*string.punctuation, *"，。：、（）“”…—·　"]),
    st.sampled_from([" ", "\n", "\n\n", "　　", "    ", "甲", "乙方", "8", "1200", "a", "Bc", "①"]),
)


@given(typed=st.lists(_pieces, max_size=30).map("".join))
def test_any_mixture_is_read_as_it_is_typed(typed: str) -> None:
    assume(not SIGNS.search(typed))
    assert_read(typed)
    assert squeezed(to_plain(typed)) == squeezed(typed)


def test_every_sign_arrives_on_every_surface(site: Path) -> None:
    """A case whose background is all of it: no sign is lost or gained on the way."""
    case = site / "data" / "cases" / "fault-crossing.yml"
    change(case, "background: 工作面倾角大。", f"background: {json.dumps(EVERYTHING)}")
    change(site / "data" / "branch.yml", "  motto:", "  allow: ['&lt;']\n  motto:")
    made = surfaces_of(site, packs=1)
    wanted = squeezed(EVERYTHING)
    assert wanted in shown_by(made.html["cases/fault-crossing.html"])
    assert wanted in shown_by(made.html["pack case-fault-crossing"])
    assert wanted in shown_by(made.html["article case-fault-crossing"])
    assert wanted in words_of(made.docx["case-fault-crossing"])
    assert wanted in squeezed(said_in(json.loads(made.typst["case-fault-crossing"])["view"]))
    index = json.loads(made.index.removeprefix("window.boardsSearchIndex=").rstrip(";\n"))
    assert wanted in squeezed("".join(said_in(entry) for entry in index["entries"]))


def test_a_list_and_bold_arrive_on_every_surface() -> None:
    typed = "成效如下：\n3. **加强**巡查\n4. 落实责任\n以上两条要落实。"
    shared = write_up()
    part = shared.sections[0].model_copy(update={"text": typed})
    content = PackContent(shared.model_copy(update={"sections": (part,), "figures": ()}))
    for html in (to_page(content).decode(), to_wechat(content).html.decode()):
        tree = LexborHTMLParser(html)
        items = [(i.attributes["value"], i.text()) for i in tree.css("ol > li")]
        assert items == [("3", "加强巡查"), ("4", "落实责任")]
        assert [node.text() for node in tree.css("li strong")] == ["加强"]
    document = docx.Document(io.BytesIO(to_docx(content)))
    numbered = [p for p in document.paragraphs if p.style and p.style.name == "List Number"]
    assert [p.text for p in numbered] == ["加强巡查", "落实责任"]
    (used,) = {p._p.pPr.numPr.numId.val for p in numbered}
    numbering = document.part.numbering_part.element
    starts = [
        number.find(f"{qn('w:lvlOverride')}/{qn('w:startOverride')}").get(qn("w:val"))
        for number in numbering.findall(qn("w:num"))
        if number.numId == used
    ]
    assert starts == ["3"]


def test_what_is_typed_into_a_measure_arrives_in_packs(site: Path) -> None:
    case = site / "data" / "cases" / "fault-crossing.yml"
    typed = "李**获奖，\n规格1200*800。"
    change(case, "    text: 精度要求到毫米。", f"    text: {json.dumps(typed)}")
    change(case, "summary: 每班测量支架落差。", "summary: 每班**测量**落差。")
    measure = "  - title: 做法\n    text: |\n      1. 先停电\n      2. 后挂牌\n"
    change(case, "results:", f"{measure}results:")
    made = surfaces_of(site, packs=1)
    tree = LexborHTMLParser(made.html["pack case-fault-crossing"])
    assert [item.text() for item in tree.css("ol > li[value]")] == ["先停电", "后挂牌"]
    bold = [node.text() for node in tree.css("main strong")]
    assert bold == ["测量", "每班测量", "做法"]
    assert squeezed(typed) in shown_by(made.html["pack case-fault-crossing"])
    zone = LexborHTMLParser(made.html["zones/quality.html"]).text()
    assert "每班测量落差" in zone and "**" not in zone


def test_the_headings_of_a_write_up_part_a_pack(site: Path) -> None:
    article = (
        "---\ntitle: 怎样过断层\ntype: write-up\ncase: fault-crossing\nsummary: 一篇。\n"
        "audience: public\nsource: people\nas_of: 2019-08\nreview:\n  basis: published\n---\n\n"
        "\u3000\u3000## **背景**\n断层。\n##\u3000做法\n#2皮带机停机。\n"
    )
    write_tree(site, {"content/fault.md": article})
    tree = LexborHTMLParser(surfaces_of(site, packs=1).html["pack case-fault-crossing"])
    parts = [squeezed(node.text()) for node in tree.css("main h2")]
    assert parts[:2] == ["背景", "做法"]
    assert "#2皮带机停机。" in tree.text()


def test_the_index_holds_received_write_ups_as_they_read(tmp_path: Path) -> None:
    root = write_site(tmp_path)
    change(root / RECEIVED_FILE, '"summary": "', '"summary": "**重点**')
    assert "**" not in surfaces_of(root, packs=0).index


# Lines of YAML


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("第一句。\n  第二句。\n  第三句。", "第一句。第二句。第三句。"),
        ('"第一“句”。\n  第二句。"', "第一“句”。第二句。"),
        ("'第一句。\n  it''s\n  第二\n  句。'", "第一句。 it's 第二句。"),
        (">\n  第一句。\n  第二句。\n", "第一句。第二句。\n"),
        ("8103工作面\n  Ⅱ830工作面\n  8103", "8103工作面Ⅱ830工作面 8103"),
        ("a b\n  c d", "a b c d"),
        ("第一句。 第二句。\n  第二句。", "第一句。 第二句。第二句。"),
        ("第一段。\n\n  第二段。", "第一段。\n\n第二段。"),
        ("成效如下：\n  1. 加强\n  2. 落实", "成效如下：\n1. 加强\n2. 落实"),
        ("成效如下：\n  - 加强\n  - 落实", "成效如下：\n- 加强\n- 落实"),
        ("一句，\n  \u3000\u3000另一段", "一句，\n\u3000\u3000另一段"),
        ("|\n  第一句。\n  第二句。\n", "第一句。\n第二句。\n"),
        (">\n  第一句。\n    缩进\n  第二句。\n", "第一句。\n  缩进\n第二句。\n"),
    ],
)
def test_a_value_wrapped_over_lines_has_no_gaps(typed: str, value: str) -> None:
    document = parse_yaml(f"a: {typed}\nb: 后面", "x.yml")
    assert not document.problems and document.root
    assert document.root.plain() == {"a": value, "b": "后面"}
    last = document.root.position(("b",))
    assert last == (typed.count("\n") + 2, 4)


def test_a_list_wrapped_into_a_plain_value_is_a_list(site: Path) -> None:
    case = site / "data" / "cases" / "fault-crossing.yml"
    change(
        case, "results: 落差有了数据。", "results: 成效如下：\n  1. 加强\n  2. 落实。\n    有数据。"
    )
    page = LexborHTMLParser(surfaces_of(site, packs=0).html["cases/fault-crossing.html"])
    assert [item.text() for item in page.css("ol > li[value]")] == ["加强", "落实。有数据。"]
