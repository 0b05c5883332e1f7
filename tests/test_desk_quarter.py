"""The officer's quarter at the desk, from an empty folder to a hung board, with what it costs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from boards.clock import build_date
from boards.records.months import QuarterId
from boards.records.shared import Unit
from browsers import browser, in_browser, tab
from desks import OpenDesk, open_desk
from helpers import read_board
from officers import Officer, photo
from packs import OWN, with_words

__all__ = ["browser", "tab"]
pytestmark = [*in_browser, pytest.mark.slow]

NAMES = (
    "赵刚", "钱海", "孙涛", "李强", "周军", "吴斌", "郑伟", "王磊", "冯勇", "陈杰", "褚亮", "卫国",
)  # fmt: skip
QUARTER = QuarterId.around(build_date()).shifted(-1)
MOST_CLICKS, MOST_KEYS = 174, 483
"""As docs/manual.md has it."""


class Counted(Officer):
    """Somebody whose clicks and keystrokes are counted: a character typed is one."""

    def __init__(self, tab: Any, desk: OpenDesk) -> None:
        self.clicks = self.keys = 0
        super().__init__(tab, desk)

    def click(self, selector: str, words: str = "") -> None:
        self.clicks += 1
        self.tab.wait_for_load_state("domcontentloaded")  # nobody is as fast as a test
        place = self.tab.locator(selector)
        (place.filter(has_text=words) if words else place).first.click()

    def type(self, name: str, text: str) -> None:
        """Into the control of this name, or of this label."""
        self.clicks += 1
        self.keys += len(text)
        self.tab.locator(f"[name='{name}']").first.fill(text)

    def chosen(self, name: str, words: str) -> None:
        """One of the choices that stand side by side, or of a list."""
        self.clicks += 1
        field = self.tab.locator(f"[data-field='{name}']")
        chip = field.locator(".chip", has_text=words)
        if chip.count():
            chip.first.click()
        else:
            self.clicks += 1
            field.locator("select").select_option(label=words)

    def drop(self, selector: str, *names: str) -> None:
        """Files that are dragged from a folder: one move of the mouse."""
        self.clicks += 1
        files = [{"name": n, "mimeType": "image/jpeg", "buffer": photo()} for n in names]
        self.tab.locator(selector).first.set_input_files(files)

    def begin(self, words: str) -> None:
        """A new record of a ledger that is chosen at the side."""
        self.click(".side a", words)
        self.click(".head a", "新登记")
        self.tab.locator("#state:not(:empty)").wait_for()

    def done(self) -> None:
        self.keys += 1
        self.save()


def test_the_quarter_from_an_empty_folder_to_a_hung_board(browser: Any, tmp_path: Path) -> None:
    root = tmp_path / "综采一区"
    root.mkdir()
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    with open_desk(root) as desk:
        officer = Counted(context.new_page(), desk)
        counts = [_beginning(officer), _members(officer), _months(officer), _messages(officer)]
        counts += [_case(officer), _meeting(officer), _approval(officer)]
        counts += [_published(officer, tmp_path / "内网"), _poster(officer), _packs(officer)]
        _wrong_edit(officer)
        context.close()  # before the desk, of which an open page would still ask something
    with open_desk(root) as desk:
        context = browser.new_context(viewport={"width": 1366, "height": 768})
        again = Counted(context.new_page(), desk)
        again.clicks, again.keys = officer.clicks, officer.keys
        again.click(".side a", "历史和撤销")
        again.click("button", "撤销这一次")
        again.tab.get_by_text("已经撤销").wait_for()
        context.close()
    print(*counts, f"{again.clicks} clicks, {again.keys} keys", sep="\n")
    assert read_board(root).members["zhao-gang"].job == "采煤机司机"
    assert officer.complaints == again.complaints == []
    assert again.clicks <= MOST_CLICKS
    assert again.keys <= MOST_KEYS


def _so_far(officer: Counted, what: str) -> str:
    return f"{what}: {officer.clicks} clicks, {officer.keys} keys"


def _beginning(officer: Counted) -> str:
    for name, text in {
        "name": "综采一区党支部", "mine": "某某煤矿", "group": "某某集团", "brand": "党员先锋岗",
    }.items():  # fmt: skip
        officer.type(name, text)
    officer.click("button", "建网站")
    officer.click(".top__who")
    officer.type("who", "李宣传")
    officer.click("button", "记住")
    return _so_far(officer, "settings")


def _members(officer: Counted) -> str:
    tab = officer.tab
    for name in NAMES:
        officer.begin("人员")
        officer.type("name", name)
        officer.chosen("standing", "党员")
        officer.type("job", "采煤机司机")
        officer.done()
    officer.click(".side a", "人员")
    officer.drop("#photos", *(f"{name}.jpg" for name in NAMES[:3]))
    tab.get_by_role("link", name="打开").first.wait_for()
    page = tab.url
    for number, _ in enumerate(NAMES[:3]):
        officer.clicks += 1
        tab.get_by_role("link", name="打开").nth(number).click()
        tab.locator("#state:not(:empty)").wait_for()
        for where in ("site", "print", "share"):
            officer.chosen(f"consent.{where}", "是")
        officer.type("consent.date", str(build_date()))
        if not number:
            officer.clicks += 1
            tab.locator(".framing__stage").click(position={"x": 60, "y": 60})
        officer.until("没有保存")
        officer.done()
        officer.clicks += 1
        tab.goto(page)
    return _so_far(officer, "twelve members, three photos")


def _months(officer: Counted) -> str:
    tab = officer.tab
    officer.click(".side a", "这一季")
    for month in QUARTER.months:
        officer.click("a.button", "登记")
        tab.locator("#state:not(:empty)").wait_for()
        for field in tab.locator(".field--group .field--short input").all():
            officer.keys += 2  # a figure, and Tab to the next
            field.fill("9")
        if month == QUARTER.months[-1]:
            officer.click("[data-add=activities]")
            for name, text in {"date": f"{month}-12", "topic": "安全知识宣讲"}.items():
                officer.type(f"activities.n1.{name}", text)
            officer.chosen("activities.n1.zone", "安全")
            officer.chosen("activities.n1.type", "宣讲")
        officer.done()
        officer.click(".side a", "这一季")
    return _so_far(officer, "three months, an activity")


def _messages(officer: Counted) -> str:
    officer.begin("微消息")
    officer.chosen("type", "安全")
    officer.type("text", "明天检修，停电挂牌再动手")
    officer.done()
    return _so_far(officer, "a message")


def _case(officer: Counted) -> str:
    officer.begin("案例")
    officer.chosen("type", "攻坚案例")
    officer.chosen("zone", "质量")
    for name, text in {
        "title": "过断层每班量一次", "headline": "每班一量，差一点也要管",
        "summary": "倾角大，党员分段包保，每班测量。", "background": "过断层时容易走样。",
        "challenge": "支架姿态难保持。", "results": "没有发生倒架。",
    }.items():  # fmt: skip
        officer.type(name, text)
    officer.click("[data-add=measures]")
    officer.type("measures.n1.title", "每班测量")
    officer.type("measures.n1.text", "哪里倾角大，就量到哪里。")
    officer.click("[data-add-line=lessons]")
    officer.type("lessons", "先定标准，再谈干劲")
    for number in (2, 3):
        officer.click("[data-add=figures]")
        officer.drop(f"[data-field='figures.n{number}.file'] .pick", f"现场{number}.jpg")
        officer.type(f"figures.n{number}.alt", "井下测量")
        officer.chosen(f"figures.n{number}.people", "赵刚")
    officer.click("#form > details > summary")
    officer.chosen("audience", "兄弟单位")
    officer.done()
    return _so_far(officer, "a case with two pictures")


def _meeting(officer: Counted) -> str:
    officer.click(".side a", "这一季")
    officer.click("button", "做评议单")
    officer.tab.get_by_text("评议单做好了").wait_for()
    officer.click("a.button", "登记")
    officer.tab.locator("#state:not(:empty)").wait_for()
    officer.type("meeting.date", str(build_date()))
    officer.type("meeting.decided_by", "到会党员举手表决")
    for number in range(4):
        officer.type(f"results.{number}.summary", "抓得实")
    officer.chosen("star.member", "钱海")
    officer.type("star.citation", "坚持开机前点检。")
    officer.chosen("excellent_zone.zone", "安全")
    officer.type("excellent_zone.citation", "隐患当班有回音。")
    officer.done()
    return _so_far(officer, "the meeting")


def _approval(officer: Counted) -> str:
    officer.click(".side a", "审批")
    officer.click("button", "全选")
    for name, text in {
        "proposed_by": "李宣传", "checked_by": "王委员", "approved_by": "赵书记",
    }.items():  # fmt: skip
        officer.type(name, text)
    officer.click("button", "先做审批单来签字")
    officer.tab.get_by_text("审批单做好了").wait_for()
    officer.click("button", "已经批准，登记")
    officer.tab.get_by_text("登记了").wait_for()
    return _so_far(officer, "approval")


def _published(officer: Counted, target: Path) -> str:
    officer.click(".side a", "发布")
    officer.clicks += 1
    officer.keys += len(r"Z:\内网\展板")
    officer.tab.locator("[name=target]").fill(str(target))
    officer.click("button", "生成发布版")
    officer.tab.get_by_text("逐个核对无误").wait_for(timeout=120_000)
    assert (target / "index.html").is_file()
    return _so_far(officer, "published")


def _poster(officer: Counted) -> str:
    tab, root = officer.tab, officer.desk.root
    officer.click(".side a", "这一季")
    officer.click("a.button", "做成文件")
    officer.click("label", "要挂出去")
    officer.click("button", "做成文件")
    tab.locator(".said a").first.wait_for()
    officer.clicks += 2
    tab.locator("#size").select_option("A2")
    officer.clicks += 2
    tab.locator("#profile").select_option("tiled")
    officer.click("button", "做成文件")
    tab.locator(".said a", has_text="tiled").first.wait_for()
    officer.click(".said a.button", "挂出去了")
    tab.locator("#state:not(:empty)").wait_for()
    officer.type("place", "井口等候室")
    officer.done()
    assert list((root / "posters").glob("star-*A2*.pdf"))
    return _so_far(officer, "a star poster, hung")


def _packs(officer: Counted) -> str:
    officer.click(".side a", "交流")
    officer.click("button", "做材料包")
    officer.tab.get_by_text("做好了").wait_for()
    other = Unit(id=OWN, name="采煤三区党支部", mine="某矿", group="某集团")
    sent = {"name": "来的.zip", "mimeType": "application/zip", "buffer": with_words(unit=other)}
    officer.clicks += 1
    officer.tab.set_input_files("#pack", [sent])
    officer.tab.locator(".parcel").wait_for()
    officer.click("button", "收下")
    officer.tab.get_by_text("收下了").wait_for()
    return _so_far(officer, "a pack made, a pack received")


def _wrong_edit(officer: Counted) -> None:
    officer.click(".side a", "人员")
    officer.click(".rows a", NAMES[0])
    officer.tab.locator("#state:not(:empty)").wait_for()
    officer.type("job", "写错了")
    officer.done()
