"""Long text: what of it reaches a page."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from boards.words.text import to_html, to_prose


@pytest.mark.parametrize(
    "typed",
    [
        "<script>alert(1)</script>",
        "<scr<script>ipt>alert(1)</script>",
        '<p onclick="alert(1)">x</p>',
        "<img src=x onerror=alert(1)>",
        "![照片](http://a/b.jpg)",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](vbscript:alert(1))",
        '<a href="javascript:alert(1)">x</a>',
        "<iframe src=http://a></iframe>",
        "<style>body{display:none}</style>",
        '<p style="position:fixed">x</p>',
        "<svg onload=alert(1)>",
        "<form action=http://a><input></form>",
        "<object data=a></object><embed src=a>",
        '<a href="http://a" onmouseover="alert(1)" class="x" target="_blank">x</a>',
        "<math><mtext></mtext></math>",
        "<base href=http://a>",
        "<meta http-equiv=refresh content=0>",
        "<link rel=stylesheet href=http://a>",
    ],
)
def test_nothing_that_acts_or_loads_gets_through(typed: str) -> None:
    tree = LexborHTMLParser(to_html(f"前\n\n{typed}\n\n后"))
    assert tree.body
    elements = [(node.tag, node.attributes) for node in tree.body.css("*:not(.bb-kept)")][1:]
    assert elements == [("p", {})] * 3
    assert tree.body.text(separator="").split("\n") == ["前", typed, "后"]


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        ("**思想**是根本", "<p><strong>思想</strong>是根本</p>"),
        ("- 一\n- 二", "<ul>\n<li>一</li>\n<li>二</li>\n</ul>"),
        ("[人民网](http://people.com.cn/)", '<p><a href="http://people.com.cn/">人民网</a></p>'),
        ("5 < 6 & 7", "<p>5 &lt; 6 &amp; 7</p>"),
        ("Ⅱ830", "<p>Ⅱ830</p>"),
    ],
)
def test_ordinary_markdown(typed: str, html: str) -> None:
    assert to_html(typed) == html


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        ("第一行\n第二行", "<p>第一行第二行</p>"),
        ("第一行，\n第二行", "<p>第一行，第二行</p>"),
        ("“第一行”\n第二行", "<p>“第一行”第二行</p>"),
        ("first\nsecond", "<p>first\nsecond</p>"),
        ("第一行\n830", "<p>第一行\n830</p>"),
        ("一段\n\n二段", "<p>一段</p>\n<p>二段</p>"),
        ("\u3000\u3000首行缩进，\n折到下一行", "<p>首行缩进，折到下一行</p>"),
        ("生僻字𠅤\n在行末", "<p>生僻字𠅤在行末</p>"),
        ("“破折号”\n在行末", "<p>“破折号”在行末</p>"),
        ("在\nⅡ830工作面", "<p>在Ⅱ830工作面</p>"),
    ],
)
def test_chinese_lines_join_without_a_space(typed: str, html: str) -> None:
    assert to_html(typed) == html


def test_nothing_is_nothing() -> None:
    assert to_html(None) == to_html("") == ""


def test_headings_have_anchors_of_their_own_words() -> None:
    prose = to_prose("## 怎样联动\n\n### Ⅱ830 工作面\n\n## 怎样联动\n")
    assert [(h.level, h.title) for h in prose.headings] == [
        (2, "怎样联动"), (3, "Ⅱ830 工作面"), (2, "怎样联动"),
    ]  # fmt: skip
    anchors = [heading.anchor for heading in prose.headings]
    assert len(set(anchors)) == 3
    assert anchors[:2] == ["怎样联动", "ii830-工作面"]
    for anchor in anchors:
        assert f'id="{anchor}"' in prose.html


def test_one_text_does_not_leak_into_the_next() -> None:
    to_prose("## 一\n\n[a]: http://a.example/\n")
    assert to_prose("[a]").html == "<p>[a]</p>"
    assert to_prose("x").headings == ()


@pytest.mark.parametrize("typed", [">" * 3000 + "x", "*" * 5000, "[" * 300, "- " * 1500 + "x"])
def test_absurd_nesting_does_not_stop_a_build(typed: str) -> None:
    assert "<script" not in to_html(typed)
