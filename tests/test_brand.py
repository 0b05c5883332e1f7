"""A branch with a brand of its own: what it calls things is seen wherever they are named."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from boards.amend.approval import leaning_on
from boards.board.board import Board
from boards.editions.edition import Edition, EditionName, Surface
from boards.editions.editions import prepare
from boards.errors import Severity
from boards.papers.views.meeting import meeting_sheet
from boards.posters.setting import version
from boards.posters.views import Poster, all_posters
from boards.records.brand import ZONE_IDS, ZONES, Mark
from boards.records.terms import Terms, Weekday
from boards.sheets.columns import sheets_of
from boards.sheets.out import workbook
from boards.sheets.plan import plan
from boards.sheets.values import Wording, names_of
from boards.typst.inks import colours, inks
from boards.views.charts import charts
from boards.views.honours import honour_wall
from boards.views.measures import measures
from boards.views.messages import message_days, messages_pages
from boards.words.scoreboard import scoreboard
from helpers import MINIMAL, TODAY, changed, check_tree, read_board, write_tree
from sites import ROOT, build_site, change, copy_site, tree

TERMS = """\
  terms:
    zones: 四块责任田
    meeting: 匠心四季评议会
    meeting_short: 评议会
    scores: 四田收成
    scoreboard: 四田比收成
    chosen: 一人一田
    display: 上墙亮榜
    weekday: wednesday
    gathering: 班前会
    sharing: 谈心得
"""
"""Words of another branch, each unlike the usual one."""
USUAL = (
    "四大责任区", "联动会议", "四区成绩", "四区联动", "一星一区", "看板展示", "周五", "安全例会",
    "四区创建",
)  # fmt: skip
"""Words that are nobody's but the first branch's."""

SHORT = "  brand_short: 四区联动\n"
"""The line of the small site that words can stand behind."""

OWN_ZONES = {
    "thought": ("思想责任区", "文化创建责任区", "book", "根本", "凝聚之魂"),
    "safety": ("安全责任区", "本质安全区", "shield", "底线", "立身之本"),
    "quality": ("质量责任区", "工匠质量责任区", "wrench", "关键", "看家本领"),
    "production": ("生产责任区", "检修保障区", "gear", "重点", "饭碗"),
}
"""What each zone is called, and what it is called here; its mark; what it is to the work."""


def another_brand(root: Path) -> Path:
    """The repository's site as a workshop might call things; the first branch's prose goes, too."""
    for file in sorted((root / "data").rglob("*.yml")):
        prose = file.read_text(encoding="utf-8")
        file.write_text(prose.replace("周五", "").replace("安全例会", "会"), encoding="utf-8")
    branch = root / "data" / "branch.yml"
    text = branch.read_text(encoding="utf-8")
    text = re.sub(r"  linkage: \|\n.*\n", "  linkage: 每季度评一次，评完就讲。\n", text)
    text = re.sub(r"  introduction: \|\n.*\n", "  introduction: 一个检修车间的支部。\n", text)
    text = text.replace("brand: 四区联动党旗红", "brand: 红扳手匠心工程")
    text = text.replace("brand_short: 四区联动", "brand_short: 红扳手匠心工程")
    text = text.replace("title: 淮北矿业集团朱仙庄矿综采二区党支部：“四区联动党旗红”", "title: ")
    text = text.replace("  stale_after_months", TERMS + "  stale_after_months")
    branch.write_text(text, encoding="utf-8")
    zones = root / "data" / "zones.yml"
    for zone, (usual, name, mark, tag, said) in OWN_ZONES.items():
        old = f"  - id: {zone}\n    name: {usual}\n"
        change(zones, old, f"  - id: {zone}\n    name: {name}\n    mark: {mark}\n")
        change(zones, f"    tag: {tag}\n", f"    tag: {said}\n")
    return root


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return another_brand(copy_site(tmp_path_factory.mktemp("brand")))


@pytest.fixture(scope="module")
def site(root: Path) -> dict[str, bytes]:
    nav = root / "mkdocs.yml"
    change(nav, "  - 季度之星: quarters/index.md\n", "  - 每季评议: quarters/index.md\n")
    return tree(build_site(root).target)


def main(site: dict[str, bytes], page: str) -> LexborHTMLParser:
    return LexborHTMLParser(site[page].decode("utf-8"))


PAGES = [
    "index.html", "zones/index.html", "zones/thought.html", "zones/safety.html", "outcomes.html",
    "quarters/index.html", "quarters/2019-Q2.html", "honours.html", "screen.html",
]  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.slow
def test_no_page_uses_a_word_of_the_first_branch(site: dict[str, bytes], page: str) -> None:
    parsed = main(site, page)
    for source in parsed.css(".bb-provenance"):
        source.decompose()
    assert parsed.body
    labels = [node.attributes.get("aria-label") or "" for node in parsed.css("[aria-label]")]
    text = parsed.body.text() + "".join(labels)
    said = [word for word in USUAL if word in text.replace("四区联动党旗红", "")]
    assert said == []


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("index.html", "季度 评议会 一人一田 上墙亮榜 周三谈心得 文化创建 立身之本"),
        ("zones/index.html", "四块责任田 本质安全区是立身之本 评议会评议："),
        ("zones/quality.html", "四块责任田 季度评议会评议："),
        ("quarters/index.html", "匠心四季评议会"),
        ("quarters/2019-Q2.html", "匠心四季评议会 四田收成 周三班前会"),
    ],
)
@pytest.mark.slow
def test_pages_use_the_words_of_the_branch(site: dict[str, bytes], page: str, words: str) -> None:
    parsed = main(site, page)
    assert parsed.body
    text = parsed.body.text()
    assert [word for word in words.split() if word not in text] == []


@pytest.mark.slow
def test_the_figure_says_to_those_who_cannot_see_it_what_it_shows(site: dict[str, bytes]) -> None:
    figure = main(site, "index.html").css_first(".bb-loop")
    assert figure and figure.attributes["aria-label"] == (
        "红扳手匠心工程：四个责任区汇入季度评议会，评出一人一田，上墙亮榜，周三谈心得，再带动四区"
    )


@pytest.mark.slow
def test_a_word_in_mkdocs_yml_is_used_by_navigation_heading_title_and_search(
    site: dict[str, bytes],
) -> None:
    page = main(site, "quarters/index.html")
    links = [node.text(strip=True) for node in page.css(".md-tabs__link")]
    assert "每季评议" in links and "季度之星" not in links
    assert "四块责任田" in links  # written nowhere but in the branch's terms
    for place in ("h1", "title"):
        found = page.css_first(place)
        assert found and "每季评议" in found.text()
    assert "每季评议" in site["assets/search-index.js"].decode("utf-8")


@pytest.mark.slow
def test_zones_wear_the_marks_they_name(site: dict[str, bytes]) -> None:
    page = main(site, "zones/index.html")
    worn = [use.attributes["href"] for use in page.css(".bb-zone-card__mark use")]
    assert worn == ["#bb-mark-book", "#bb-mark-shield", "#bb-mark-wrench", "#bb-mark-gear"]


def test_every_mark_is_drawn() -> None:
    symbols = ROOT / "theme/boards_theme/pages/parts/symbols.html"
    drawn = re.findall(r'id="bb-mark-(\w+)"', symbols.read_text(encoding="utf-8"))
    assert sorted(drawn) == sorted(Mark)
    assert {zone.mark for zone in ZONES.values()} < set(Mark)


@pytest.mark.parametrize("zone", ZONE_IDS)
def test_every_zone_has_its_accent_by_day_by_night_and_in_ink(zone: str) -> None:
    css = (ROOT / "theme/boards_theme/site/assets/tokens.css").read_text(encoding="utf-8")
    assert len(re.findall(rf"--bb-{zone}: #[0-9a-f]{{6}};", css)) == 2
    assert f'[data-zone="{zone}"] {{ --bb-accent: var(--bb-{zone}); }}' in css
    assert colours()[zone] in inks()


def posters_of(board: Board) -> list[Poster]:
    edition = Edition(EditionName.PREVIEW, TODAY, surfaces=frozenset({Surface.PRINT}))
    return all_posters(prepare(board, edition)[0], edition)


def said_by(board: Board) -> str:
    """Every text of the posters."""
    return "".join(str((poster.title, poster.view)) for poster in posters_of(board))


def test_posters_and_papers_use_the_words_of_the_branch(root: Path) -> None:
    board = read_board(root)
    sheet = meeting_sheet(board, scoreboard(board, "2019-Q2"), TODAY)
    assert (sheet.title, sheet.asks) == ("匠心四季评议会评议单", "评议会评议：")
    text = said_by(board)
    for word in ("四田比收成", "四田收成", "季度评议会", "一人一田", "上墙亮榜", "周三谈心得"):
        assert word in text
    assert [word for word in ("四区成绩", "一星一区", "看板展示", "周五") if word in text] == []


@pytest.mark.parametrize(
    ("weekday", "said"),
    [("friday", []), ("none", []), ("wednesday", ["不是星期三"])],
)
def test_talks_are_expected_on_the_weekday_of_the_gathering(
    tmp_path: Path, weekday: str, said: list[str]
) -> None:
    new = f"{SHORT}  terms:\n    weekday: {weekday}\n"
    problems = check_tree(write_tree(tmp_path, changed("data/branch.yml", SHORT, new)))
    found = [problem for problem in problems if "星期" in problem.found]
    assert [problem.found[-5:] for problem in found] == said
    assert all(problem.severity is Severity.NOTICE for problem in found)


def test_without_a_weekday_none_is_named() -> None:
    terms = Terms(weekday=Weekday.NONE)
    assert (terms.gathering_day, terms.sharing_day) == ("安全例会", "分享")


def test_a_meeting_with_the_quarter_in_its_name_says_it_once() -> None:
    assert Terms(meeting_short="季度评议会").quarterly == "季度评议会"


def versions(board: Board) -> dict[str, str]:
    return {poster.id: version(board, poster) for poster in posters_of(board)}


def test_only_posters_that_say_a_word_are_to_be_replaced_when_it_changes(tmp_path: Path) -> None:
    plain = read_board(write_tree(tmp_path / "plain", MINIMAL))
    new = f"{SHORT}  terms:\n    chosen: 双优\n    scoreboard: 四区联动成绩\n"
    own = read_board(write_tree(tmp_path / "own", changed("data/branch.yml", SHORT, new)))
    before, after = versions(plain), versions(own)
    assert [name for name in before if before[name] != after[name]] == ["brand"]


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("branch", SHORT, "  terms:\n    chosen: 一名标兵和一块样板田\n", "8"),
        ("branch", SHORT, "  terms:\n    sharing: 交流学习心得体会\n", "8"),
        ("branch", SHORT, "  terms:\n    gathering: 党员安全生产形势分析会\n", "10"),
        ("zones", "    name: 安全责任区\n", "    name: 安全生产标准化创建责任区\n", "不算“责任区”"),
        ("zones", "    tag: 底线\n", "    tag: 一切工作的出发点和底线\n", "8"),
    ],
)  # fmt: skip
def test_a_word_that_no_figure_holds_is_refused_with_its_length(
    tmp_path: Path, file: str, old: str, new: str, said: str
) -> None:
    kept = old if file == "branch" else ""
    problems = check_tree(write_tree(tmp_path, changed(f"data/{file}.yml", old, kept + new)))
    [found] = [problem for problem in problems if "联动图里放不下" in problem.found]
    assert said in found.hint
    assert found.severity is Severity.ERROR


CREW_HONOUR = """\
  - id: model-crew
    title: 煤炭工业先进班组
    holder: mining-1
    level: industry
    year: 2018
    audience: public
    source: people
    as_of: 2019-08
    review:
      basis: published
"""


def with_crew_honour(root: Path, honour: str = CREW_HONOUR) -> Path:
    return write_tree(root, changed("data/honours.yml", "honours:\n", "honours:\n" + honour))


def test_a_crew_may_hold_an_honour_of_its_trade(tmp_path: Path) -> None:
    root = with_crew_honour(tmp_path)
    assert [problem for problem in check_tree(root) if "honours" in problem.place.path] == []
    board = read_board(root)
    wall = honour_wall(board)
    assert [group.title for group in wall.by_level] == ["行业级", "集团公司级"]
    [card] = next(group.honours for group in wall.by_holder if group.title == "采煤一班")
    assert (card.level, card.holder_url) == ("行业级", "coverage.html")
    [poster] = [poster for poster in posters_of(board) if poster.kind == "honours"]
    shared = poster.view.groups[0]  # type: ignore[attr-defined]
    assert shared.title == "集体荣誉"
    assert [row.holder.text for row in shared.honours] == ["采煤一班", "综采二区党支部"]


def test_a_crews_name_is_taken_for_its_id(tmp_path: Path) -> None:
    root = with_crew_honour(tmp_path, CREW_HONOUR.replace("mining-1", "采煤一班"))
    assert [problem for problem in check_tree(root) if "honours" in problem.place.path] == []
    assert "mining-1" in {honour.holder for honour in read_board(root).honours.values()}


def test_an_approved_honour_waits_for_its_crew(tmp_path: Path) -> None:
    root = with_crew_honour(tmp_path)
    change(root / "data/coverage.yml", "      approved_on: 2019-07-05\n", "")
    board = read_board(root)
    [honour] = [row for row in board.honours.values() if row.holder == "mining-1"]
    assert leaning_on(board, [honour]) == [board.crews["mining-1"]]


KINDS = """\
kinds:
  - id: study
    name: 每日一学
  - id: weather
    name: 今日天气
"""
OWN_MESSAGE = """\
  - date: 2019-06-24
    type: study
    text: 停电以后先验电，再挂接地线。
    sample: true
"""


def with_kinds(root: Path, kinds: str = KINDS, message: str = OWN_MESSAGE) -> Path:
    files = dict(MINIMAL)
    messages = str(files["data/messages.yml"]).partition("kinds:")[0]
    files["data/messages.yml"] = kinds + messages + message
    return write_tree(root, files)


def test_a_branch_has_kinds_of_messages_of_its_own_beside_or_instead(tmp_path: Path) -> None:
    root = with_kinds(tmp_path)
    assert [problem for problem in check_tree(root) if "messages" in problem.place.path] == []
    board = read_board(root)
    [day] = message_days(board)
    assert [card.type for card in day.messages] == ["每日一学", "今日天气"]
    assert "每日一学：停电以后先验电" in day.paste
    view = messages_pages(board, Edition(EditionName.PREVIEW, TODAY))[0].view
    assert view.types == ("每日一学", "今日天气")  # type: ignore[attr-defined]


def test_the_six_kinds_need_not_be_registered(tmp_path: Path) -> None:
    message = OWN_MESSAGE.replace("study", "health")
    root = with_kinds(tmp_path, "kinds:\n  - id: study\n    name: 每日一学\n", message)
    assert [problem for problem in check_tree(root) if "messages" in problem.place.path] == []
    [day] = message_days(read_board(root))
    assert [card.type for card in day.messages] == ["天气预报", "健康生活小贴士"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("stduy", "改成 study（每日一学）"),
        ("wether", "改成 weather"),
        ("每日一学", "kinds 里登记编号和名称，这里写编号"),
    ],
)
def test_a_kind_that_is_not_known_is_answered(tmp_path: Path, typed: str, said: str) -> None:
    root = with_kinds(tmp_path, message=OWN_MESSAGE.replace("study", typed))
    [found] = [problem for problem in check_tree(root) if "messages" in problem.place.path]
    assert said in found.hint


def test_a_workbook_offers_and_takes_kinds_by_name(tmp_path: Path) -> None:
    board = read_board(with_kinds(tmp_path))
    [column] = [column for column in sheets_of("messages")[0].columns if column.path == ("type",)]
    words = Wording(names_of(board), board.branch.name)
    assert words.shown(column, "study", "") == "study 每日一学"
    assert words.typed_cell(column, "每日一学", "") == "study"
    assert words.typed_cell(column, "健康生活小贴士", "") == "health"


COUNTS = """\
counts:
  - id: belt-checks
    zone: production
    name: 皮带巡检
    unit: 次
    paired: true
  - id: spares
    zone: production
    name: 修旧利废
    unit: 件
"""
FIGURES = """\
own:
  - count: belt-checks
    due: 30
    done: 28
  - count: spares
    done: 7
"""


def with_counts(root: Path, figures: str = FIGURES) -> Path:
    files = dict(MINIMAL)
    files["data/zones.yml"] = str(files["data/zones.yml"]).partition("counts:")[0] + COUNTS
    files[MONTH] = str(files[MONTH]) + figures
    return write_tree(root, files)


MONTH = "data/months/2019-01.yml"


def test_what_a_branch_counts_besides_is_drawn_and_stands_on_the_sheet(tmp_path: Path) -> None:
    root = with_counts(tmp_path)
    assert [problem for problem in check_tree(root) if problem.severity is Severity.ERROR] == []
    board = read_board(root)
    found = charts(measures(board, "production", [*board.months.values()]))
    drawn = {chart.name: (chart.unit, chart.columns, chart.rows) for chart in found}
    assert drawn["皮带巡检"] == ("次", ("应完成", "完成"), (("1月", (30, 28)),))
    assert drawn["修旧利废"] == ("件", ("修旧利废",), (("1月", (7,)),))
    sheet = meeting_sheet(board, scoreboard(board, "2019-Q1"), TODAY)
    [zone] = [zone for zone in sheet.zones if zone.name == "生产责任区"]
    groups = {group.title: [(row.label, row.total) for row in group.rows] for group in zone.groups}
    assert groups["皮带巡检（次）"] == [("应完成", "30"), ("完成", "28")]
    assert groups["修旧利废（件）"] == [("完成", "7")]
    assert "自设的统计只列出，不算分。" in sheet.rules


def test_counts_of_ones_own_go_out_into_a_workbook_and_back(tmp_path: Path) -> None:
    root = with_counts(tmp_path)
    planned = plan(root, workbook(read_board(root), TODAY), root / "台账.xlsx", TODAY)
    assert (planned.made, planned.files) == ((), {})


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("    due: 30\n", "", "“皮带巡检”没有写应完成数"),
        ("    done: 7\n", "    done: 7\n    due: 7\n", "“修旧利废”没有应完成数这一项"),
        ("count: spares", "count: belt-checks\n    due: 1", "“皮带巡检”这个月写了 2 次"),
        ("count: spares", "count: spare", "找不到编号“spare”"),
    ],
)
def test_a_figure_that_fits_no_count_is_answered(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    problems = check_tree(with_counts(tmp_path, FIGURES.replace(old, new)))
    assert said in [problem.found for problem in problems]
