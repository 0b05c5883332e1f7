"""The officer at the desk in a real browser: mouse and keyboard, no prompt, no file opened."""

from __future__ import annotations

import io
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from boards.records.shared import Unit
from browsers import browser, in_browser, tab
from desks import OpenDesk, open_desk
from helpers import read_board
from packs import OWN, with_words
from sites import change, copy_site

__all__ = ["browser", "tab"]
pytest.importorskip("axe_playwright_python", reason="没有安装 axe，跳过无障碍测试")
pytestmark = in_browser

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
ROOMS = {
    "today": "",
    "ledger": "ledger/members",
    "member": "record/members/sample-jia",
    "case": "record/cases/ii830-fault-crossing",
    "quarter": "record/quarters/2019-Q2",
    "month": "record/months/2019-06",
    "branch": "record/branches/zongcai-er-qu",
    "new member": "new/members",
    "new month": "new/months",
    "approval": "approval",
    "quarter step by step": "quarter/2019-Q2",
    "bring": "bring",
    "exchange": "exchange",
    "posters": "posters",
    "poster": "posters/roster",
    "release": "release",
    "history": "past",
    "settings": "settings",
    "file": "text?file=data/members.yml",
    "nothing": "ledger/nothing",
}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[OpenDesk]:
    with open_desk(copy_site(tmp_path)) as opened:
        yield opened


SECRET = "不能让人看见的话".encode()


class Officer:
    """Somebody who sits at the desk."""

    def __init__(self, tab: Any, desk: OpenDesk) -> None:
        self.tab, self.desk = tab, desk
        self.complaints: list[str] = []
        tab.on("console", lambda told: self.complaints.append(told.text))
        tab.on("pageerror", lambda error: self.complaints.append(str(error)))
        tab.on("dialog", lambda dialog: dialog.accept())
        tab.goto(desk.given.address)

    def go(self, place: str) -> None:
        self.tab.goto(f"http://127.0.0.1:{self.desk.given.port}{self.desk.given.at}/{place}")

    def open_record(self, place: str) -> None:
        self.go(place)
        self.until("没有改动")

    def until(self, state: str) -> None:
        """Wait until the form says so."""
        self.tab.locator("#state", has_text=state).wait_for()

    def save(self) -> None:
        self.tab.keyboard.press("Control+s")
        self.until("保存了")


@pytest.fixture
def officer(tab: Any, desk: OpenDesk) -> Officer:
    return Officer(tab, desk)


def photo() -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (900, 1200), "#a05030").save(content, "JPEG")
    return content.getvalue()


def test_a_member_with_a_photo_is_registered(officer: Officer) -> None:
    tab, root = officer.tab, officer.desk.root
    tab.get_by_role("link", name="人员").first.click()
    tab.get_by_role("link", name="新登记").click()
    tab.get_by_label("姓名").fill("张三丰")
    tab.get_by_text("党员", exact=True).first.click()
    tab.get_by_label("职务或工种").fill("采煤机司机")
    tab.get_by_role("button", name="再加一条责任区岗位").click()
    tab.locator(".part").get_by_text("安全责任区").click()
    tab.locator(".part select[data-roles]").select_option(label="管理员")
    with tab.expect_file_chooser() as chooser:
        tab.get_by_text("选照片").click()
    chooser.value.set_files({"name": "一寸照.jpg", "mimeType": "image/jpeg", "buffer": photo()})
    tab.locator("[name='photo.alt']").fill("张三丰近照")
    tab.locator("[name='consent.site'][type=checkbox]").check()
    tab.locator("[name='consent.date']").fill("2019年8月1日")
    tab.locator("[data-field='consent.date'] .wrong--kept", has_text="2019-08-01").wait_for()
    assert tab.locator(".said--wrong").count() == 0, "nobody is told before it is to be saved"
    tab.keyboard.press("Control+s")
    tab.locator(".said--wrong", has_text="补上“出处”").wait_for()
    tab.locator("[name=source]").first.check()
    officer.save()
    member = read_board(root).members["zhang-san-feng"]
    assert [(post.zone, post.role) for post in member.posts] == [("safety", "manager")]
    assert member.photo
    assert (root / "data" / member.photo.file).read_bytes() == photo()
    assert officer.complaints == []


def test_the_page_and_the_poster_change_while_one_types(officer: Officer) -> None:
    tab = officer.tab
    officer.open_record("record/cases/ii830-fault-crossing")
    tab.get_by_label("一句话").fill("每班一量，差一毫米也要追")
    tab.frame_locator("#page").get_by_text("差一毫米也要追").first.wait_for()
    tab.get_by_role("tab", name="海报").click()
    tab.locator("#poster[src^='blob:']").wait_for()
    first = tab.locator("#poster").get_attribute("src")
    tab.get_by_label("一句话").fill("每班一量")
    tab.wait_for_function("src => document.querySelector('#poster').src !== src", arg=first)


def test_what_is_wrong_stands_at_its_field_and_is_not_saved(officer: Officer) -> None:
    officer.open_record("record/members/sample-jia")
    before = (officer.desk.root / "data/members.yml").read_bytes()
    officer.tab.get_by_label("姓名").fill("党员甲1")
    officer.tab.locator("[data-field=name] .wrong", has_text="不该出现的符号").wait_for()
    officer.tab.keyboard.press("Control+s")
    officer.until("还不能保存")
    assert officer.tab.evaluate("document.activeElement.name") == "name"
    assert (officer.desk.root / "data/members.yml").read_bytes() == before


def test_a_draft_survives_a_tab_that_is_closed_and_a_desk_that_is_killed(
    officer: Officer, browser: Any
) -> None:
    officer.go("new/members")
    officer.tab.get_by_label("姓名").fill("张三丰")
    officer.until("草稿已记下")
    officer.tab.close()
    with open_desk(officer.desk.root) as later:
        again = Officer(browser.new_context().new_page(), later)
        again.tab.get_by_role("link", name="接着写").click()
        assert again.tab.get_by_label("姓名").input_value() == "张三丰"
        again.tab.get_by_text("丢掉草稿").click()
        again.tab.wait_for_url("**/ledger/members")
        again.go("")
        assert again.tab.get_by_role("link", name="接着写").count() == 0
        again.tab.context.close()


def test_who_changed_the_same_field_elsewhere_is_not_overwritten(officer: Officer) -> None:
    officer.open_record("record/members/sample-jia")
    officer.tab.get_by_label("承诺").fill("这里写的承诺")
    file = officer.desk.root / "data/members.yml"
    old = read_board(officer.desk.root).members["sample-jia"].pledge
    change(file, f"pledge: {old}", "pledge: 别处写的承诺")
    officer.tab.keyboard.press("Control+s")
    officer.tab.locator(".clash", has_text="别处写的承诺").wait_for()
    assert "别处写的承诺" in file.read_text(encoding="utf-8")
    officer.tab.locator(".clash").get_by_text("这里写的：").click()
    officer.until("没有保存")
    officer.save()
    assert "这里写的承诺" in file.read_text(encoding="utf-8")


def test_a_save_is_undone(officer: Officer) -> None:
    file = officer.desk.root / "data/members.yml"
    before = file.read_bytes()
    officer.open_record("record/members/sample-jia")
    officer.tab.get_by_label("承诺").fill("写错的承诺")
    officer.save()
    officer.go("past")
    officer.tab.get_by_role("button", name="撤销这一次").click()
    officer.tab.get_by_text("已经撤销").wait_for()
    assert file.read_bytes() == before


def test_a_record_is_approved_made_into_a_poster_and_published(officer: Officer) -> None:
    tab, root = officer.tab, officer.desk.root
    officer.open_record("record/cases/ii830-fault-crossing")
    tab.get_by_label("一句话").fill("每班一量")
    officer.save()
    officer.go("approval")
    waiting = tab.locator(".waiting li", has_text="Ⅱ830")
    assert waiting.locator("del, ins").count() > 0
    waiting.get_by_role("checkbox").check()
    for label, name in (("提出人", "李宣传"), ("审核人", "王委员"), ("审批人", "赵书记")):
        tab.get_by_label(label).fill(name)
    tab.get_by_role("button", name="已经批准，登记").click()
    tab.get_by_text("登记了").wait_for()
    case = read_board(root).cases["ii830-fault-crossing"]
    assert read_board(root).is_approved(case)
    officer.go("posters/case-ii830-fault-crossing")
    tab.get_by_label("要挂出去").check()
    tab.get_by_role("button", name="做成文件").click()
    tab.locator(".said a").first.wait_for()
    assert list((root / "posters").glob("case-ii830-fault-crossing*.pdf"))
    officer.open_record("record/members/zhu-jun-wen")
    tab.locator("#form details summary").click()
    tab.get_by_label("内部备注").fill("不能让人看见的话")
    officer.until("草稿已记下")
    officer.go("release")
    tab.get_by_role("button", name="生成发布版").click()
    tab.get_by_text("生成了").wait_for(timeout=120_000)
    assert (root / "publish" / "index.html").is_file()
    seen = [file for file in (root / "publish").rglob("*") if file.is_file()]
    assert [file for file in seen if SECRET in file.read_bytes()] == []
    assert "每班一量" in (root / "publish/cases/ii830-fault-crossing.html").read_text("utf-8")


def test_a_faulty_file_is_mended_as_text(officer: Officer) -> None:
    file = officer.desk.root / "data/honours.yml"
    change(file, "honours:", "honours:\n  - [")
    officer.go("")
    officer.tab.locator("#errors").wait_for()
    officer.tab.locator(".problems .button").first.click()
    text = officer.tab.locator("#text")
    text.fill(text.input_value().replace("\n  - [", ""))
    officer.tab.get_by_role("button", name="保存").click()
    officer.tab.get_by_text("这个文件没有错误了").wait_for()
    assert read_board(officer.desk.root).honours


def test_the_quarter_is_walked_through(officer: Officer) -> None:
    tab, root = officer.tab, officer.desk.root
    officer.go("quarter/2019-Q3")
    assert tab.get_by_role("link", name="登记", exact=True).count() == 4
    tab.get_by_role("link", name="登记", exact=True).first.click()
    assert tab.locator("[name='-id']").input_value() == "2019-07"
    for counted in tab.locator(".field--short input:not([type=hidden])").all():
        counted.fill("3")
    tab.locator("[name=source]").first.check()
    officer.save()
    assert read_board(root).months["2019-07"].safety
    officer.go("quarter/2019-Q3")
    assert tab.get_by_role("link", name="登记", exact=True).count() == 3
    tab.get_by_role("button", name="做评议单").click()
    tab.locator(".said a").wait_for()
    assert (root / "meetings/2019-Q3.pdf").is_file()


def test_photos_are_put_into_the_drafts_of_those_they_are_called_after(officer: Officer) -> None:
    tab = officer.tab
    officer.go("ledger/members")
    names = ("祝君文.jpg", "chen-hua-yong.jpg", "谁也不是.jpg")
    tab.set_input_files(
        "#photos", [{"name": n, "mimeType": "image/jpeg", "buffer": photo()} for n in names]
    )
    tab.get_by_role("button", name="放进去").click()
    tab.get_by_text("没有叫这个名字的人").wait_for()
    assert tab.get_by_role("link", name="打开").count() == 2
    tab.get_by_role("link", name="打开").first.click()
    tab.locator("[name='consent.date']").fill("2019-08-01")
    officer.save()
    member = read_board(officer.desk.root).members["zhu-jun-wen"]
    assert member.photo
    assert member.photo.alt == "祝君文的照片"


def test_a_pack_is_made_and_one_of_another_unit_is_taken_in(officer: Officer) -> None:
    tab, root = officer.tab, officer.desk.root
    officer.go("exchange")
    tab.get_by_role("button", name="做材料包").first.click()
    tab.get_by_text("做好了").wait_for()
    assert list((root / "share").glob("*.zip"))
    other = Unit(id=OWN, name="采煤三区党支部", mine="某矿", group="某集团")
    sent = {"name": "来的.zip", "mimeType": "application/zip", "buffer": with_words(unit=other)}
    tab.set_input_files("#pack", [sent])
    tab.get_by_role("button", name="看一看").click()
    tab.locator(".parcel").wait_for()
    assert not read_board(root).received
    tab.get_by_role("button", name="收下").click()
    tab.get_by_text("收下了").wait_for()
    assert read_board(root).received


def test_a_roster_is_dropped_looked_through_and_taken(officer: Officer) -> None:
    tab, root = officer.tab, officer.desk.root
    officer.go("bring")
    rows = [
        "姓名,电话,面貌,干啥的",
        "李强,13812345678,党员,电工",
        "周敏,,党员,司机",
        "周敏,,党员,电工",
    ]
    roster = {
        "name": "名册.csv",
        "mimeType": "text/csv",
        "buffer": "\n".join(rows).encode("gb18030"),
    }
    tab.set_input_files("#files", [roster])
    tab.get_by_role("button", name="看一看").click()
    tab.get_by_label("D 列 干啥的 记到").select_option(label="职务或工种")
    tab.get_by_label("第 3 行是哪一个").select_option(label="台账里还没有，新登记一条人员")
    tab.get_by_label("第 4 行是哪一个").select_option(label="这一行不带")
    assert faults_of(tab, "what was brought") == []
    tab.get_by_role("button", name="按改的再看一遍").click()
    tab.get_by_text("职务或工种：电工").wait_for()
    assert "13812345678" not in tab.content()
    tab.get_by_role("button", name="收下 2 条").click()
    tab.get_by_text("带进来了 2 条").wait_for()
    assert read_board(root).members["li-qiang"].job == "电工"
    assert officer.complaints == []


def faults_of(tab: Any, name: str) -> list[str]:
    """What stands in the way of somebody who cannot see or use a mouse, and what is too wide."""
    tab.evaluate(AXE)
    report = tab.evaluate("rules => axe.run({exclude: ['iframe']}, {runOnly: rules})", RULES)
    found = [f"{name}: {v['id']}: {v['nodes'][0]['html'][:120]}" for v in report["violations"]]
    wide = tab.evaluate("document.documentElement.scrollWidth") > 1366
    return [*found, f"{name} is too wide"] if wide else found


def test_every_room_is_quiet_fits_and_can_be_used_by_all(officer: Officer) -> None:
    found = []
    for name, place in ROOMS.items():
        officer.go(place)
        if officer.tab.locator("#form").count():
            officer.tab.locator("#state:not(:empty)").wait_for()
        found += faults_of(officer.tab, name)
    assert found == []
    assert [told for told in officer.complaints if "404" not in told] == []
