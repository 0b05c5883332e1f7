"""Every kind can be registered by questions, what is there changed, and Enter skips anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from boards.amend.adding.questions import KINDS, kind_of
from boards.board.board import MODELS
from helpers import MINIMAL, changed, check_tree, read_board, report
from sites import tree
from test_add import add, refused, site


def test_all_kinds_can_be_registered_but_what_others_send(tmp_path: Path) -> None:
    assert set(MODELS) - set(KINDS.values()) == {"received", "keys"}
    said = refused(site(tmp_path))
    for word, table in KINDS.items():
        assert f"  {word:9}{kind_of(table)}\n" in said


def test_a_message_is_of_today_and_has_no_id_to_type(tmp_path: Path) -> None:
    root = site(tmp_path)
    said = add(root, "message", typed=("", "安全", "进入工作面先看顶板。", "y"))
    assert "记作 安全注意事项" in said
    message = read_board(root).messages["2026-11-23-safety"]
    assert (message.text, message.source) == ("进入工作面先看顶板。", "ledger")
    again = ("2026-11-23", "safety", "再发一条。")
    assert "“2026年11月23日 安全注意事项”已经有了" in refused(root, "message", typed=again)


CREW = ("检修班", "12人", "王伟", "12", "n", "", "")
OUTCOME = ("设备完好率", "质量", ">=", "98", "%", "", "", "", "", "", "")
AREA = (
    "安全",
    "三号皮带",
    "机头到机尾",
    "王伟",
    "",
    "每班巡一遍",
    "",
    "2026年1月1日",
    "",
    "",
    "",
    "",
)
GROUP = ("生产", "机电保障组", "电工和钳工", "包机检修", "", "每周", "", "")
LESSON = ("从小事做起", "先做成一件。", "。", "", "")
LEDGER = ("内部台账", "安全台账", "", "", "", "")
PRACTICE = ("质量", "把关者", "三步互查", "干完互相查。", "", "", "", "")


@pytest.mark.parametrize(
    ("kind", "typed", "key", "kept"),
    [
        ("crew", CREW, "jian-xiu-ban", ("strength", 12)),
        ("outcome", OUTCOME, "she-bei-wan-hao-lv", ("unit", "%")),
        ("area", AREA, "san-hao-pi-dai", ("members", ("wang-wei",))),
        ("group", GROUP, "ji-dian-bao-zhang-zu", ("zone", "production")),
        ("practice", PRACTICE, "san-bu-hu-cha", ("role", "gatekeeper")),
        ("lesson", LESSON, "cong-xiao-shi-zuo-qi", ("text", "先做成一件。")),
        ("source", LEDGER, "an-quan-tai-zhang", ("title", "安全台账")),
        ("face", ("Ⅱ840", ""), "ii840", ("name", "Ⅱ840")),
        ("kind", ("班前提醒", ""), "ban-qian-ti-xing", ("name", "班前提醒")),
    ],
)
def test_a_record_of_each_kind(
    tmp_path: Path, kind: str, typed: tuple[str, ...], key: str, kept: tuple[str, object]
) -> None:
    root = site(tmp_path)
    add(root, kind, typed=(*typed, "y"))
    field, value = kept
    assert getattr(read_board(root).table(KINDS[kind])[key], field) == value
    assert report(check_tree(root)) == ""


ACTIVITY = ("安全", "排查", "查皮带机头", "", "", "")


def test_an_activity_begins_its_month_or_joins_it(tmp_path: Path) -> None:
    root = site(tmp_path)
    add(root, "活动", typed=("", *ACTIVITY, "y"))
    add(root, "activity", typed=("2026年11月5日", *ACTIVITY, "y"))
    month = read_board(root).months["2026-11"]
    assert [str(one.date) for one in month.activities] == ["2026-11-23", "2026-11-05"]
    assert month.source == "ledger"
    assert month.safety is None
    assert report(check_tree(root)) == ""


def test_an_activity_takes_the_place_of_a_sample_month(tmp_path: Path) -> None:
    root = site(tmp_path)
    sample = tree(root)["data/months/2019-01.yml"]
    said = add(root, "activity", typed=("2019-01-20", *ACTIVITY, "y"))
    assert "换掉那里的示例" in said
    assert [one.topic for one in read_board(root).months["2019-01"].activities] == ["查皮带机头"]
    assert (root / "backups/2026-11-23-add/data/months/2019-01.yml").read_bytes() == sample


def test_the_branch_is_changed_line_by_line(tmp_path: Path) -> None:
    root = site(tmp_path)
    before = tree(root)["data/branch.yml"].decode()
    said = add(root, "branch", typed=("理念", "把党建做在现场", "党员人数", "16人", "y", "y"))
    assert "理念：围绕中心抓党建 → 把党建做在现场\n" in said
    assert "记作 16" in said
    after = (root / "data/branch.yml").read_text(encoding="utf-8")
    assert after == before.replace("围绕中心抓党建", "把党建做在现场").replace(
        "member_count: 15", "member_count: 16"
    )


def test_a_zone_is_changed_and_one_must_be_named(tmp_path: Path) -> None:
    root = site(tmp_path)
    add(root, "zone", "安全", typed=("定位", "底线第一", "y", "y"))
    add(root, "zone", typed=("质量", "三个岗位", "3", "", "", "查细一点。", "y", "y"))
    zones = read_board(root).zones
    assert zones["safety"].tag == "底线第一"
    assert [role.does for role in zones["quality"].roles][2] == "查细一点。"
    assert [role.id for role in zones["quality"].roles] == ["designer", "leader", "gatekeeper"]
    assert "没有责任区“后勤”" in refused(root, "zone", "后勤")


def test_a_person_is_changed_and_what_was_approved_awaits_approval(tmp_path: Path) -> None:
    root = site(tmp_path)
    changes = ("职务或工种", "采煤机司机", "责任区岗位", "+", "安全", "监察员", "小组", "", "y")
    said = add(root, "member", "王伟", typed=(*changes, "y", "y"))
    assert "这一条审批过，改了内容，要重新审批。" in said
    member = read_board(root).members["wang-wei"]
    assert (member.job, member.groups) == ("采煤机司机", ())
    assert [post.role for post in member.posts] == ["gatekeeper", "inspector"]
    assert member.review and member.review.approved_by is None


def test_enter_changes_nothing_and_leaving_writes_nothing(tmp_path: Path) -> None:
    root = site(tmp_path)
    before = tree(root)
    assert "什么也没有改" in add(root, "member", "wang-wei", typed=("姓名", "", "y"))
    add(root, "member", "wang-wei", typed=("承诺", "量了再说。", "n"), code=1)
    add(root, "member", "wang-wei", typed=("承诺", "量了再说。", "y", "n"), code=1)
    add(root, "member", "wang-wei", typed=("承诺", "我是13812345678", "y"), code=1)
    assert tree(root) == before


def test_a_filled_field_is_emptied_only_on_purpose(tmp_path: Path) -> None:
    files = changed("data/members.yml", "    name: 王伟\n", "    name: 王伟\n    job: 电工\n")
    root = site(tmp_path, files)
    add(root, "member", "wang-wei", typed=("职务或工种", "", "", "y"))
    assert read_board(root).members["wang-wei"].job == "电工"
    add(root, "member", "wang-wei", typed=("职务或工种", "", "y", "y", "y"))
    assert read_board(root).members["wang-wei"].job is None


def test_a_sample_is_no_record_to_change(tmp_path: Path) -> None:
    said = refused(site(tmp_path), "member", "sample-jia")
    assert "那是一条示例" in said


def test_enter_skips_any_question_and_what_is_missing_is_asked_for_at_the_end(
    tmp_path: Path,
) -> None:
    root = site(tmp_path)
    skipped = ("", "", "", "", "")
    said = add(root, "honour", typed=(*skipped, "", "状元", "2", "矿级", "", "y"))
    assert said.count("这一项必填，先空着，写入以前要补上。") == 3
    assert "还缺必填的：名称、获得者、级别。" in said
    assert read_board(root).honours["zhuang-yuan"].level == "mine"
    assert "什么也没有写" in refused(root, "honour", typed=(*skipped, "n"))


def test_a_group_left_open_is_no_group(tmp_path: Path) -> None:
    root = site(tmp_path)
    said = add(root, "crew", typed=("检修班", "12", "", "", "", "", "王伟", "12", "n", "", "y"))
    assert "还缺必填的：包保分工。" in said
    assert read_board(root).crews["jian-xiu-ban"].takers[0].heads == 12


def test_the_whole_small_site_stays_as_it_is(tmp_path: Path) -> None:
    root = site(tmp_path)
    for kind in ("branch", "zone"):
        add(root, kind, *(["safety"] if kind == "zone" else []), typed=("y",))
    assert {name: text for name, text in tree(root).items() if name in MINIMAL} == {
        name: text if isinstance(text, bytes) else text.encode() for name, text in MINIMAL.items()
    }
