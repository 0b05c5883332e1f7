"""The officer at the desk in a real browser: mouse and keyboard, no prompt, no file opened."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from boards.records.shared import Unit
from browsers import browser, in_browser, sync_api, tab
from desks import OpenDesk, open_desk
from helpers import read_board
from officers import Officer, photo
from packs import OWN, with_words
from sites import change, copy_site

__all__ = ["browser", "tab"]
pytestmark = in_browser


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[OpenDesk]:
    with open_desk(copy_site(tmp_path)) as opened:
        yield opened


SECRET = "不能让人看见的话".encode()


@pytest.fixture
def officer(tab: Any, desk: OpenDesk) -> Officer:
    return Officer(tab, desk)


def test_a_member_with_a_photo_is_registered(officer: Officer) -> None:
    tab, root = officer.tab, officer.desk.root
    tab.get_by_role("link", name="人员").first.click()
    tab.get_by_role("link", name="新登记").click()
    tab.get_by_label("姓名").fill("张三丰")
    tab.get_by_text("党员", exact=True).first.click()
    tab.get_by_label("职务或工种").fill("采煤机司机")
    tab.get_by_role("button", name="加一条责任区岗位").click()
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
    tab.locator("[data-field=source] .wrong", has_text="没有写出处").wait_for()
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
    sync_api.expect(tab.locator("#poster")).not_to_have_attribute("src", first)


def test_what_is_wrong_stands_at_its_field_and_is_not_saved(officer: Officer) -> None:
    officer.open_record("record/members/sample-jia")
    before = (officer.desk.root / "data/members.yml").read_bytes()
    officer.tab.get_by_label("姓名").fill("党员甲1")
    officer.tab.locator("[data-field=name] .wrong", has_text="不该出现的符号").wait_for()
    officer.tab.keyboard.press("Control+s")
    officer.until("还不能保存")
    assert officer.tab.evaluate("document.activeElement.name") == "name"
    assert (officer.desk.root / "data/members.yml").read_bytes() == before


def test_whoever_saves_in_a_long_form_stays_where_he_was(officer: Officer) -> None:
    tab = officer.tab
    officer.open_record("record/cases/ii830-fault-crossing")
    tab.get_by_label("出处位置").fill("二（三）第一")
    there = tab.evaluate("scrollY")
    assert there > 500
    officer.save()
    assert abs(tab.evaluate("scrollY") - there) < 100


def test_a_ledger_that_one_comes_back_to_is_as_it_is_now(officer: Officer) -> None:
    """As the browser hands out a page that it kept whole, which no test browser does itself."""
    officer.go("ledger/members")
    change(officer.desk.root / "data/members.yml", "name: 党员甲", "name: 党员新")
    officer.tab.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    officer.tab.get_by_role("link", name="党员新").wait_for()


def test_a_form_that_cannot_be_saved_says_how_much_is_wrong(officer: Officer) -> None:
    officer.go("new/members")
    officer.tab.get_by_label("姓名").fill("张三丰")
    officer.until("还不能保存：必填的还没填完")
    officer.tab.keyboard.press("Control+s")
    officer.until("还不能保存：红字 1 处")


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
    tab.get_by_label("提出人").fill("李宣传")
    tab.get_by_role("button", name="已经批准，登记").click()
    sync_api.expect(tab.get_by_label("审核人")).to_be_focused()
    sync_api.expect(tab.get_by_role("alert")).to_have_text("还没有写审核人、审批人")
    for label, name in (("审核人", "王委员"), ("审批人", "赵书记")):
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
    names = (
        "祝君文照片.jpg", "chen-hua-yong.jpg", "张三丰.jpg", "IMG_2031.jpg", "现场合影.jpg",
    )  # fmt: skip
    tab.set_input_files(
        "#photos", [{"name": n, "mimeType": "image/jpeg", "buffer": photo()} for n in names]
    )
    sync_api.expect(tab.get_by_text("没有叫这个名字的人")).to_have_count(2)
    assert tab.get_by_role("link", name="打开").count() == 3
    tab.get_by_role("link", name="打开").first.click()
    officer.until("没有保存")
    tab.locator("[name='consent.date']").fill("2019-08-01")
    officer.save()
    member = read_board(officer.desk.root).members["zhu-jun-wen"]
    assert member.photo
    assert member.photo.alt == "祝君文的照片"
    tab.go_back()
    tab.get_by_role("link", name="打开").nth(2).click()
    officer.until("还不能保存")
    assert tab.get_by_label("姓名").input_value() == "张三丰"
    assert tab.locator("[name='photo.file']").input_value() == "media/zhang-san-feng.jpg"


def test_files_are_chosen_in_chinese_and_named(officer: Officer) -> None:
    tab = officer.tab
    officer.go("bring")
    sync_api.expect(tab.get_by_text("或者拖到这里")).to_be_visible()
    button = tab.locator("#files")
    button.focus()
    outline = "node => getComputedStyle(node.parentElement).outlineStyle"
    assert button.evaluate(outline) == "solid", "whoever comes by keyboard sees where"
    button.set_input_files([{"name": "名册.csv", "mimeType": "text/csv", "buffer": b"a"}])
    sync_api.expect(tab.locator("[data-chosen]")).to_have_text("名册.csv")


def test_a_pack_is_made_and_one_of_another_unit_is_taken_in(officer: Officer) -> None:
    tab, root = officer.tab, officer.desk.root
    officer.go("exchange")
    tab.get_by_role("button", name="做材料包").first.click()
    tab.get_by_text("做好了").wait_for()
    assert list((root / "share").glob("*.zip"))
    other = Unit(id=OWN, name="采煤三区党支部", mine="某矿", group="某集团")
    sent = {"name": "来的.zip", "mimeType": "application/zip", "buffer": with_words(unit=other)}
    tab.set_input_files("#pack", [sent])
    tab.locator(".parcel").wait_for()
    officer.go("")
    tab.get_by_role("link", name="看一看").click()
    assert not read_board(root).received
    tab.get_by_role("button", name="收下").click()
    tab.get_by_text("收下了").wait_for()
    assert read_board(root).received


def test_a_portrait_is_framed_by_hand_and_by_keyboard(officer: Officer) -> None:
    tab, root = officer.tab, officer.desk.root
    officer.open_record("record/members/sample-jia")
    sent = {"name": "近照.jpg", "mimeType": "image/jpeg", "buffer": photo()}
    tab.locator(".picture .pick").set_input_files([sent])
    tab.locator("[name='photo.alt']").fill("党员甲近照")
    tab.wait_for_function("() => document.querySelector('.framing__frame')?.clientWidth > 50")
    stage = tab.locator(".framing__stage")
    wide, high = stage.evaluate("stage => [stage.clientWidth, stage.clientHeight]")
    stage.click(position={"x": wide * 0.6, "y": high * 0.25})
    assert tab.locator("[name='photo.eyes']").input_value() == "60,25"
    tab.get_by_label("眼睛左右").focus()
    tab.keyboard.press("ArrowLeft")
    tab.get_by_role("slider", name="放大").focus()
    for _ in range(5):
        tab.keyboard.press("ArrowRight")
    officer.until("没有保存")
    officer.save()
    kept = read_board(root).members["sample-jia"].photo
    assert kept
    assert (kept.eyes, kept.zoom) == ("59,25", "1.5")


def test_parts_are_dragged_and_moved_by_keyboard(officer: Officer) -> None:
    tab = officer.tab
    officer.open_record("record/cases/ii830-fault-crossing")
    titles = "rows => rows.map((row) => row.querySelector('input').value)"
    parts = tab.locator("ol[data-path=measures] > .part")
    before = parts.evaluate_all(titles)
    parts.nth(1).scroll_into_view_if_needed()
    grip = parts.nth(1).locator("[data-drag]").bounding_box()
    first = parts.nth(0).bounding_box()
    assert grip
    assert first
    tab.mouse.move(grip["x"] + 5, grip["y"] + 5)
    tab.mouse.down()
    tab.mouse.move(first["x"] + 20, first["y"] + 5, steps=4)
    tab.mouse.up()
    dragged = [before[1], before[0], *before[2:]]
    assert parts.evaluate_all(titles) == dragged
    officer.until("草稿已记下")
    parts.nth(1).locator("[data-move=up]").focus()
    tab.keyboard.press("Enter")
    assert parts.evaluate_all(titles) == before
    officer.until("没有改动")


def test_a_long_text_is_shown_as_it_is_read(officer: Officer) -> None:
    tab = officer.tab
    officer.open_record("record/articles/about")
    text = tab.locator("textarea[data-dialect]").first
    text.fill("**先定标准**\n\n- 一条\n- 两条\n\n<script>alert(1)</script>")
    shown = tab.locator(".prose").first
    shown.locator("strong", has_text="先定标准").wait_for()
    assert shown.locator("li").count() == 2
    assert shown.locator("script").count() == 0


def test_a_day_is_typed_or_chosen_from_a_calendar(officer: Officer) -> None:
    tab = officer.tab
    officer.open_record("record/messages/" + next(iter(read_board(officer.desk.root).messages)))
    typed = tab.locator(".day [name=date]")
    typed.fill("2019年9月3日")
    tab.get_by_role("button", name="日期：从日历上选").click()
    calendar = tab.locator(".day [type=date]")
    sync_api.expect(calendar).to_have_value("2019-09-03")
    calendar.evaluate(
        "one => { one.value = '2019-10-08';"
        " one.dispatchEvent(new Event('change', { bubbles: true })) }"
    )
    sync_api.expect(typed).to_have_value("2019-10-08")
    sync_api.expect(typed).to_be_focused()
    officer.until("没有保存")


def test_cases_are_put_in_order(officer: Officer) -> None:
    tab = officer.tab
    officer.go("ledger/cases")
    rows = tab.locator("[data-list] li")
    last = rows.nth(1).locator("b").inner_text()
    rows.nth(1).get_by_role("button", name="上移").click()
    tab.get_by_role("button", name="保存次序").click()
    sync_api.expect(rows.first.locator("b")).to_have_text(last)
    sync_api.expect(tab.locator("[data-keeps]")).to_be_hidden()


def test_a_problem_leads_to_its_field(officer: Officer) -> None:
    change(
        officer.desk.root / "data/members.yml", "pledge: 把任务", "pledge: 电话13912345678把任务"
    )
    officer.go("")
    officer.tab.locator("#errors ~ .problems a").first.click()
    sync_api.expect(officer.tab.locator("[name=pledge]")).to_be_focused()
