"""What a finished site must be before anybody sees it: whole, alone, and safe everywhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from boards.errors import BuildFailed
from boards.site.shell import cut, mark
from boards.site.verify import verify, visited

SHELL = (
    f"<!doctype html><title>{mark('title')}</title><nav><a href='#foot'>x</a></nav>"
    f"<article class=a>{mark('article')}</article><p id=foot>页脚</p>"
)


def checked(
    folder: Path,
    files: dict[str, str],
    expected: set[str] | None = None,
    shells: Sequence[str] = (),
) -> str:
    """What verification says of a site of these files; nothing if it is content."""
    files = {"index.html": "<!doctype html><p id=top>首页</p>", **files}
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    try:
        seen = visited(folder, list(map(cut, shells))) if shells else None
        verify(folder, set(files) if expected is None else expected, (), seen)
    except BuildFailed as error:
        return str(error)
    return ""


def test_a_whole_site_is_accepted_and_its_pages_counted(tmp_path: Path) -> None:
    assert checked(tmp_path, {"a/b.html": '<a href="../index.html#top">x</a>'}) == ""
    assert verify(tmp_path, {"index.html", "a/b.html"}) == 2


FAULTS = [
    ('<a href="gone.html">', "链接 gone.html 没有对应的文件"),
    ('<a href="index.html#gone">', "链接 index.html#gone 没有对应的位置"),
    ('<a href="#gone">', "链接 #gone 没有对应的位置"),
    ('<a href="/index.html">', "链接 /index.html 没有对应的文件"),  # of a folder's root
    ('<img src="gone.png">', "gone.png"),
    ('<img srcset="index.html 1x, gone.png 2x">', "gone.png"),
    ('<video poster="gone.png">', "gone.png"),
    ('<object data="gone.pdf">', "gone.pdf"),
    ('<script src="https://cdn.example/x.js"></script>', "从外部加载"),
    ('<link rel="stylesheet" href="//fonts.example/x.css">', "从外部加载"),
    ('<link rel="preconnect" href="https://fonts.example">', "从外部加载"),
    ('<img src="http://example/x.png">', "从外部加载"),
    ('<iframe src="https://example/"></iframe>', "从外部加载"),
    ('<form action="https://example/"></form>', "从外部加载"),
    ('<a href="index.html" ping="https://example/">x</a>', "从外部加载"),
    ('<svg><use xlink:href="https://example/x.svg#a"/></svg>', "从外部加载"),
    ('<base href="https://example/">', "从外部加载"),
    ('<meta http-equiv="refresh" content="0;url=https://example/">', "refresh|没有对应"),
    ("<p style=\"background:url('https://example/x.png')\">", "从外部加载"),
    ('<style>@import "https://example/x.css";</style>', "从外部加载"),
    ('<script>fetch("https://example/x")</script>', "从外部加载"),
    ("<script>new WebSocket(`wss://example/x`)</script>", "从外部加载"),
    ("<p>电话 13800138000</p>", "出现了手机号"),
    ('<img alt="电话 13800138000" src="index.html">', "出现了手机号"),
    ("<title>13800138000</title>", "出现了手机号"),
    ('<meta name="description" content="13800138000">', "出现了手机号"),
    ('<a href="http://[">x</a>', "网址 http://[ 不完整"),
    ('<a href="javascript:alert(1)">x</a>', "不是网址"),
    ('<a href="file:///c:/x">x</a>', "不是网址"),
    ('<iframe src="data:text/html,x"></iframe>', "从外部加载"),
    ("<iframe srcdoc=\"<img src='https://example/x'>\"></iframe>", "从外部加载"),
    ("<p onclick=\"fetch('https://example/x')\">", "从外部加载"),
    ('<svg fill="url(https://example/x#a)"/>', "从外部加载"),
    ('<svg><set attributeName="href" to="https://example/x"/></svg>', "从外部加载"),
    ('<svg><animate attributeName="href" values="https://example/x"/></svg>', "从外部加载"),
    ('<html manifest="https://example/x">', "从外部加载"),
    ('<link imagesrcset="gone.png 1x">', "gone.png"),
    ('<script>load("\\/\\/example/x")</script>', "从外部加载 //example/x"),
    ('<object codebase="https://example/" data="index.html">', "从外部加载"),
    ("<style>a{background:URL(https://example/x)}</style>", "从外部加载"),
    ("<style>a{background:\\75rl(https://example/x)}</style>", "从外部加载"),
    ('<style>@IMPORT/**/"https://example/x";</style>', "从外部加载"),
    ('<style>a{b:image-set("index.html" 1x, "https://example/x" 2x)}</style>', "从外部加载"),
    ('<script>fetch("HTTPS://example/x")</script>', "从外部加载"),
    ('<script>fetch("https:\\/\\/example/x")</script>', "从外部加载"),
]


@pytest.mark.parametrize(("page", "fault"), FAULTS)
def test_pages_are_searched_for_what_fails_on_an_intranet(
    tmp_path: Path, page: str, fault: str
) -> None:
    assert any(part in checked(tmp_path, {"x.html": page}) for part in fault.split("|"))


@pytest.mark.parametrize(
    "page",
    [
        '<a href="https://example/">只有点了才打开</a>',
        '<a href="//mine/"><a href="mailto:a@mine"><a href="tel:119">有人点了才打开</a>',
        '<map><area href="https://example/"></map><q cite="https://example/">x</q>',
        '<blockquote cite="https://example/">x</blockquote>',
        '<a href="y.json#page=2">没有位置的文件</a>',
        "<p>会场在幸福路12号</p>",  # a notice, which `boards check` has given
        '<link rel="canonical" href="http://intranet/x.html">',
        '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">',
        '<script type="application/json">{"a": "https://example/x"}</script>',
        '<script>window.x = {"a": "https://example/x"};</script>',
        "<p>2019</p><p>2020</p><p>2021</p><p>2022</p>",
        "<p>url(gone.png) @import 'gone.css' //example javascript:x</p>",
        '<p title="开关 onx=1 &quot;//example/x&quot;">x</p>',
        "<style>/* url(gone.png) */</style>",
        '<svg fill="url(#top)"/>',
        '<p id="首 页"><a href="x%2ehtml#%E9%A6%96%20%E9%A1%B5">x</a>',
    ],
)
def test_what_loads_nothing_is_no_fault(tmp_path: Path, page: str) -> None:
    assert checked(tmp_path, {"x.html": page, "y.json": "{}"}) == ""


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("x.css", "a{background:url(https://example/x.png)}", "x.css：从外部加载"),
        ("x.css", '@import "https://example/x.css";', "x.css：从外部加载"),
        ("x.css", "a{background:url('gone.png')}", "gone.png"),
        ("x.svg", "<svg style='fill:url(https://example/x)'/>", "从外部加载"),
        ("x.js", 'import("https://example/x.js")', "x.js：从外部加载"),
        ("x.js", "s.src='//example/x.js'", "x.js：从外部加载"),
        ("x.js", 'window.index = {"a": "手机 13800138000"};', "出现了手机号"),
        ("feed.xml", "<feed>13800138000</feed>", "出现了手机号"),
        ("feed.xml", "<feed>url(gone.png) @import 'gone.css'</feed>", ""),
        ("data.json", '{"a": "13800138000"}', "出现了手机号"),
        ("x.svg", "<svg><image href='https://example/x'/></svg>", "从外部加载"),
        ("404.html", '<img src="https://example/x">', "从外部加载"),
        ("404.html", '<img src="//example/x">', "从外部加载"),
        ("404.html", '<img src="/boards/x.png">', ""),
        ("con.html", "<p>x</p>", "在 Windows 上存不了"),
        ("a/nul.txt", "x", "在 Windows 上存不了"),
        ("a .html", "<p>x</p>", ""),
        ("a./x.html", "<p>x</p>", "在 Windows 上存不了"),
        ("a?.html", "<p>x</p>", "在 Windows 上存不了"),
        (f"{'长' * 80}/{'长' * 70}/{'a' * 20}", "x", "在 Windows 上存不了"),
        ("INDEX.html", "<p>x</p>", "只差大小写"),
        ("empty.pdf", "", "empty.pdf 是空的"),
    ],
)
def test_every_file_is_looked_at(tmp_path: Path, name: str, text: str, fault: str) -> None:
    said = checked(tmp_path, {name: text})
    assert fault in said
    assert bool(said) == bool(fault)


def test_the_same_link_may_hold_in_one_place_and_not_in_another(tmp_path: Path) -> None:
    link = '<a href="y.html">x</a><a href="#here">x</a>'
    said = checked(
        tmp_path,
        {"a/1.html": f"<p id=here>{link}", "a/2.html": link, "a/y.html": "<p>x", "b/1.html": link},
    )
    assert said.splitlines() == [
        "a/2.html：链接 #here 没有对应的位置",
        "b/1.html：链接 y.html 没有对应的文件",
        "b/1.html：链接 #here 没有对应的位置",
    ]


def test_a_file_too_many_or_too_few_is_told(tmp_path: Path) -> None:
    said = checked(tmp_path, {"more.html": "<p>x</p>"}, {"index.html", "posters/star.pdf"})
    assert said.splitlines() == ["缺少 posters/star.pdf", "多出 more.html"]


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    said = checked(
        tmp_path, {"x.html": '<a href="a.html"><a href="b.html">', "y.css": "a{b:url(c)}"}
    )
    assert len(said.splitlines()) == 3


def test_words_that_the_branch_lets_pass_pass(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<p>矿调度 13800138000</p>", encoding="utf-8")
    assert verify(tmp_path, {"index.html"}, ["矿调度 13800138000"]) == 1


def test_the_digits_of_a_digest_are_no_phone(tmp_path: Path) -> None:
    digest = "ab13800138000cd" + "e" * 49
    assert checked(tmp_path, {"boards.json": f'{{"sha256": "{digest}"}}'}) == ""
    assert "出现了手机号" in checked(tmp_path, {"boards.json": f'{{"key": "{digest}f"}}'})


def in_shell(article: str, title: str = "页") -> str:
    """A page in the shell of these tests."""
    return SHELL.replace(mark("title"), title).replace(mark("article"), article)


@pytest.mark.parametrize(("page", "fault"), FAULTS)
def test_what_stands_in_a_known_shell_is_searched_as_well(
    page: str, fault: str, tmp_path: Path
) -> None:
    files = {"a.html": in_shell("<p>好</p>"), "b.html": in_shell(page), "c.html": in_shell("")}
    said = checked(tmp_path, files, shells=[SHELL])
    assert re.search(fault if "|" in fault else re.escape(fault), said), said
    assert all(line.startswith("b.html") for line in said.splitlines())


@pytest.mark.parametrize(
    "article",
    ["<!-- ", "<script>", "<style>", "<textarea>", "<title>", "<table><tr><td>", "<svg><style>",
     "</article><!-- ", "<a href=\"", "<template>", "<p id=foot>", "<div><p>", "</div></p>"],
)  # fmt: skip
def test_an_article_that_reaches_into_its_shell_is_read_with_it(
    article: str, tmp_path: Path
) -> None:
    """What is told of a page does not depend on whether its shell was known."""
    files = {"a.html": in_shell("<p>好</p>"), "b.html": in_shell(article)}
    known = checked(tmp_path / "known", files, shells=[SHELL])
    assert known == checked(tmp_path / "unknown", files)


@pytest.mark.parametrize(("page", "fault"), FAULTS)
def test_drawings_that_are_read_once_hide_nothing(page: str, fault: str, tmp_path: Path) -> None:
    """Neither what follows them on one page, nor what stands in those of one page."""
    drawings = "<svg><path id=bust /></svg>"
    files = {"a.html": in_shell(drawings), "c.html": in_shell(f"{drawings}<p>好</p>")}
    for article in (f"{drawings}{page}", f"<svg>{page}</svg>", f"<svg><g>{page}</g></svg>{page}"):
        files["b.html"] = in_shell(article)
        known = set(checked(tmp_path / "known", files, shells=[SHELL]).splitlines())
        assert known == set(checked(tmp_path / "unknown", files).splitlines())
        assert all(line.startswith("b.html") for line in known)


@pytest.mark.parametrize(
    "drawings",
    ["<svg><style></svg>", "<svg><!-- </svg>", "<svg><foreignObject><p></svg>",
     "<svg><title></svg>", "<svg><a href=gone.html></svg>", "<svg></p></svg>", "<svg><svg></svg>"],
)  # fmt: skip
def test_drawings_that_reach_beyond_their_end_are_read_with_the_rest(
    drawings: str, tmp_path: Path
) -> None:
    files = {
        "a.html": in_shell(f"{drawings}<a href=lost.html>x</a> --> </style>"),
        "b.html": in_shell(f"{drawings}<p>13800138000</p>"),
    }
    known = set(checked(tmp_path / "known", files, shells=[SHELL]).splitlines())
    assert known == set(checked(tmp_path / "unknown", files).splitlines())


@pytest.mark.parametrize("title", ["</title><script src=x.js></script>", "13800138000", 'a"b'])
def test_the_words_put_into_a_shell_are_looked_at(title: str, tmp_path: Path) -> None:
    files = {"a.html": in_shell("<p>好</p>"), "b.html": in_shell("<p>好</p>", title)}
    known = checked(tmp_path / "known", files, shells=[SHELL])
    assert known == checked(tmp_path / "unknown", files)


def test_a_page_that_only_looks_like_its_shell_is_read_whole(tmp_path: Path) -> None:
    page = in_shell("<p>好</p>").replace("<p id=foot>", "<img src=gone.png><p id=foot>")
    assert "gone.png" in checked(tmp_path, {"a.html": in_shell(""), "b.html": page}, shells=[SHELL])
