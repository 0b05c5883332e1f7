"""Pages saved from the web and from WeChat, each with the source and text that it should be."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from boards.board.load import load
from boards.check import check_folders
from boards.errors import errors_in
from boards.intake.page import read_page
from boards.intake.proposal import carry_out
from boards.intake.write_up import About, plan_pieces
from boards.sheets.values import Refused
from brought import said_in
from helpers import TODAY

pytestmark = pytest.mark.slow  # and of no day

_TEXT = """
<h2>一、背景</h2><p>工作面倾角大，又要过断层，支架姿态很难保持，班组压力不小。</p>
<h2>二、难题</h2><p>支架容易歪，质量上不去。</p>
<h2>三、做法</h2><p>定标准：干活以前先把标准定下来。</p>
<h2>四、成效</h2><p>落差有了数据。</p><h2>五、启示</h2><ul><li>量得出来，才管得住</li></ul>
"""
WECHAT = f"""<!DOCTYPE html><html><head><meta charset="utf-8">
<meta property="og:title" content="每班一量过断层">
<meta property="og:url" content="https://mp.weixin.qq.com/s/abc?x=1&amp;y=2">
<script>var ct = "1566184412"; var msg_link = "https://mp.weixin.qq.com/s/other";</script></head>
<body><h1 id="activity-name">  每班一量过断层 </h1><a id="js_name">朱仙庄矿微信</a>
<div id="js_content" style="visibility: hidden"><section><section>{_TEXT}</section></section>
<p><img data-src="https://mmbiz.qpic.cn/a.jpg"></p><p>责任编辑：张三</p><p>长按关注我们</p>
</div><script>alert(1)</script></body></html>"""
NEWS = f"""<html><head><meta http-equiv=Content-Type content="text/html; charset=gb2312">
<title>每班一量过断层--某网</title></head><body>
<!-- saved from url=(0029)http://dj.example.com.cn/n1.html -->
<div class="nav"><a href="/">首页</a></div><h1>每班一量过断层</h1>
<div class="info">2019年08月19日 来源：人民网－中国共产党新闻网</div>
<div class="rm_txt_con">{_TEXT}</div><footer>版权所有</footer></body></html>"""
PLAIN = f"""<html><body><table><tr><td><h1>每班一量过断层</h1><p>2019/8/19</p>
<div>{_TEXT}<br>还有一句话，写在后面。</div></td></tr></table></body></html>"""
MHTML = (
    "From: <Saved by Blink>\nSnapshot-Content-Location: http://example.com/n2.html\n"
    "MIME-Version: 1.0\n"
    'Content-Type: multipart/related; type="text/html"; boundary="----b"\n\n\n------b\n'
    "Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n"
    f"Content-Location: http://example.com/n2.html\n\n{NEWS}\n------b--\n"
)


@pytest.mark.parametrize(
    ("content", "source"),
    [
        (
            WECHAT.encode(),
            ("朱仙庄矿微信", "2019-08-19", "https://mp.weixin.qq.com/s/abc?x=1&y=2"),
        ),
        (
            NEWS.encode("gb18030"),
            ("人民网－中国共产党新闻网", "2019-08-19", "http://dj.example.com.cn/n1.html"),
        ),
        (MHTML.encode(), ("人民网－中国共产党新闻网", "2019-08-19", "http://example.com/n2.html")),
        (PLAIN.encode("utf-8-sig"), ("", "2019-08-19", "")),
    ],
)
def test_a_saved_page_is_a_source_and_the_draft_of_a_case(
    content: bytes, source: tuple[str, str, str], site: Path
) -> None:
    read = read_page(content, "报道.html")
    assert read.source
    assert (read.source.publisher, read.source.date, read.source.url) == source
    plan = plan_pieces(site, read, "报道.html", TODAY, About("质量"))
    carry_out(plan.proposal, site, TODAY)
    board, problems = check_folders(site / "data", site / "content", TODAY)
    assert not errors_in(problems)
    case = next(row for row in board.cases.values() if row.title == "每班一量过断层")
    assert case.lessons[0] == "量得出来，才管得住"
    assert case.source
    where = board.sources[case.source]
    assert where.title == "每班一量过断层"
    assert where.is_published == all(source)
    article = next(row for row in board.articles.values() if row.case == case.id)
    for unwanted in ("责任编辑", "长按", "版权所有", "首页", "alert"):
        assert unwanted not in article.body


def test_what_a_page_does_not_say_can_be_said_for_it(site: Path) -> None:
    read = read_page(PLAIN.encode(), "报道.html", "http://example.com/a?名=1")
    assert read.source
    assert read.source.url == "http://example.com/a?%E5%90%8D=1"
    assert "网页里没有写发表单位" in "\n".join(read.said)


def test_a_page_that_came_before_is_the_same_source(site: Path) -> None:
    read = read_page(WECHAT.encode(), "报道.html")
    carry_out(plan_pieces(site, read, "报道.html", TODAY, About("质量")).proposal, site, TODAY)
    before = load(site / "data", site / "content")[0].sources
    again = plan_pieces(site, read, "报道.html", TODAY, About("质量")).proposal
    assert not again.files
    assert load(site / "data", site / "content")[0].sources == before


def test_pictures_of_a_page_are_told_and_not_fetched(site: Path) -> None:
    read = read_page(WECHAT.encode(), "报道.html")
    plan = plan_pieces(site, read, "报道.html", TODAY, About("质量"))
    assert "1 张图片不在文件里" in "\n".join(said_in(plan.proposal))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "空的"),
        ("只是一段文字，没有网页。".encode(), "不是网页"),
        (b"<html><body><p>x</p></body></html>", "没有找到正文"),
        (b"%PDF-1.7", "PDF"),
        (b"\xff\xd8\xff\xe0" + bytes(50), "JPEG"),
        (b"<html>" + b"<div>" * 150_000, "太复杂"),
        (b"<html>" + b"<div>" * 60_000 + "话".encode() * 10 + b"</div>" * 9, "太复杂"),
        (b"From: <Saved by Blink>\nMIME-Version: 1.0\nContent-Type: text/plain\n\nx", "没有网页"),
    ],
)
def test_what_is_no_article_is_refused(content: bytes, said: str, site: Path) -> None:
    began = time.perf_counter()
    with pytest.raises(Refused) as refused:
        read_page(content, "报道.html")
    assert said in f"{refused.value.found}；{refused.value.hint}"
    assert time.perf_counter() - began < 5
