"""What each field accepts, and what the schema says of itself."""

from __future__ import annotations

import datetime
import re

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

from boards.board.board import MODELS
from boards.errors import worded
from boards.records import ActivityType, Audience, Level, Member, PartialDate, Record, Standing
from boards.records import fields as types
from boards.records.choices import Choice
from boards.records.posters import PosterId, SizeName
from boards.records.schema import leaves, project, specs
from boards.records.work import Comparator


def _models() -> list[type[BaseModel]]:
    found: dict[type[BaseModel], None] = {}
    waiting: list[type[BaseModel]] = list(MODELS.values())
    while waiting:
        model = waiting.pop(0)
        if model not in found:
            found[model] = None
            waiting += [spec.model for spec in specs(model).values() if spec.model]
    return list(found)


ALL_FIELDS = [(model, name) for model in _models() for name in specs(model)]
NARROW = [
    (model, name)
    for model, name in ALL_FIELDS
    if not specs(model)[name].audience.reaches(Audience.INTRANET)
]


@pytest.mark.parametrize(("model", "name"), ALL_FIELDS)
def test_every_field_has_a_chinese_label_a_description_and_an_audience(
    model: type[BaseModel], name: str
) -> None:
    info = model.model_fields[name]
    assert re.search(r"[\u4e00-\u9fff]", info.title or ""), "label"
    assert info.description, "description"
    extra = info.json_schema_extra
    assert isinstance(extra, dict) and extra["audience"] in set(Audience), "audience"


def test_labels_of_one_record_differ() -> None:
    for model in _models():
        labels = [spec.label for spec in specs(model).values()]
        assert len(set(labels)) == len(labels), model


@pytest.mark.parametrize(("model", "name"), NARROW)
def test_a_field_that_stays_in_the_branch_can_be_left_out(
    model: type[BaseModel], name: str
) -> None:
    assert not model.model_fields[name].is_required()


def test_the_fields_that_stay_in_the_branch() -> None:
    assert {name for _, name in NARROW} == {"remark", "contact", "allow"}


def test_no_record_has_a_field_for_what_must_never_be_kept() -> None:
    names = {name for _, name in ALL_FIELDS}
    assert not names & {"birthday", "phone", "id_card", "violators", "warning_level", "address"}


def test_projecting_puts_narrower_fields_back_to_their_defaults() -> None:
    member = Member.model_validate(
        {
            "id": "a", "name": "王伟", "standing": "member", "contact": "8001", "remark": "备注",
            "review": {"checked_by": "宣传委员", "approved_by": "书记"},
        }
    )  # fmt: skip
    seen = project(member, Audience.INTRANET)
    assert (seen.contact, seen.remark) == (None, None)
    assert seen.name == "王伟"
    assert seen.review.checked_by == "宣传委员"
    outside = project(member, Audience.SISTER_UNITS).review
    assert (outside.checked_by, outside.approved_by) == (None, "书记")
    assert project(member, Audience.BRANCH) == member


def test_a_leaf_is_no_wider_than_what_it_stands_in() -> None:
    member = Member.model_validate(
        {"id": "a", "name": "王伟", "standing": "member", "review": {"checked_by": "书记"}}
    )
    found = {leaf.path: leaf.audience for leaf in leaves(member)}
    assert found[("review", "checked_by")] is Audience.INTRANET
    narrow = {leaf.path: leaf.audience for leaf in leaves(member, Audience.BRANCH)}
    assert set(narrow.values()) == {Audience.BRANCH}


def test_circles_contain_each_other() -> None:
    order = list(Audience)
    for wide, audience in enumerate(order):
        assert [audience.reaches(circle) for circle in order] == [n <= wide for n in range(4)]


ACCEPTED = [
    (types.Line, "8103", "8103"),
    (types.Line, "综采二区 工作面", "综采二区 工作面"),
    (types.PersonName, "㛃𠅤", "㛃𠅤"),
    (types.PersonName, "䶮𰻝", "䶮𰻝"),
    (types.PersonName, "买买提·吐尔逊", "买买提·吐尔逊"),
    (types.PersonName, "Smith", "Smith"),
    (types.AsOf, "2019", PartialDate(2019)),
    (types.AsOf, "2018-09", PartialDate(2018, 9)),
    (types.AsOf, "2020-02-29", PartialDate(2020, 2, 29)),
    (types.Day, "2019-08-19", datetime.date(2019, 8, 19)),
    (types.AsOf, "2019年", PartialDate(2019)),
    (types.AsOf, "２０１９-０８", PartialDate(2019, 8)),
    (types.AsOf, "2019年 8月", PartialDate(2019, 8)),
    (types.AsOf, "2019.8", PartialDate(2019, 8)),
    (types.Day, "2026-9-25", datetime.date(2026, 9, 25)),
    (types.Day, "2026/09/25", datetime.date(2026, 9, 25)),
    (types.Day, "2026.9.25", datetime.date(2026, 9, 25)),
    (types.Day, "2026年9月25日", datetime.date(2026, 9, 25)),
    (types.Day, "２０２６年９月２５日", datetime.date(2026, 9, 25)),
    (types.Day, "20260925", datetime.date(2026, 9, 25)),
    (types.Year, "2016", 2016),
    (types.Year, "2024年", 2024),
    (types.Year, "2024年度", 2024),
    (types.Year, "２０２４", 2024),
    (types.Count, "11人", 11),
    (types.Count, "93分", 93),
    (types.Count, "共12台次", 12),
    (types.Count, "１，２００", 1200),
    (types.Count, "12.0", 12),
    (types.Count, "100%", 100),
    (types.Figure, "９５.０", "95.0"),
    (types.Flag, "True", True),
    (types.Flag, "√", True),
    (types.Flag, "不同意", False),
    (Standing, "党员", Standing.MEMBER),
    (Standing, "中共党员", Standing.MEMBER),
    (Standing, "正式党员", Standing.MEMBER),
    (Standing, "预备", Standing.PROBATIONARY),
    (Standing, "群众", Standing.WORKER),
    (Level, "集团公司", Level.GROUP),
    (Level, "全国", Level.COUNTRY),
    (Level, "矿", Level.MINE),
    (ActivityType, "宣讲", ActivityType.TALK),
    (Comparator, "大于", Comparator.MORE),
    (Comparator, "≥", Comparator.AT_LEAST),
    (Audience, "兄弟单位", Audience.SISTER_UNITS),
    (types.PersonName, "王　伟", "王伟"),
    (PosterId, "党员亮身份", "roster"),
    (SizeName, "80×120厘米", "80x120"),
    (types.PersonName, "Li Si", "Li Si"),
    (types.Count, "010", 10),
    (types.Count, "0", 0),
    (types.Figure, "95.0", "95.0"),
    (types.Flag, "是", True),
    (types.Flag, "true", True),
    (types.Flag, "否", False),
    (types.Id, "8103", "8103"),
    (types.Id, "Zhang-San-2", "Zhang-San-2"),
    (types.MediaPath, "media/王伟.JPG", "media/王伟.JPG"),
    (types.MediaPath, "media/2019/a.b.jpeg", "media/2019/a.b.jpeg"),
    (types.WebAddress, "http://10.1.2.3:8080/a?b=1", "http://10.1.2.3:8080/a?b=1"),
    (types.MemberId, "王伟", "王伟"),
]


@pytest.mark.parametrize(("kind", "typed", "value"), ACCEPTED)
def test_what_is_accepted(kind: object, typed: str, value: object) -> None:
    assert TypeAdapter(kind).validate_python(typed) == value


@pytest.mark.parametrize("kind", Choice.__subclasses__(), ids=lambda kind: kind.__name__)
def test_every_choice_is_taken_in_chinese_and_by_every_other_name(kind: type[Choice]) -> None:
    for choice in kind:
        for typed in (str(choice), choice.label, *choice.also):
            assert kind.read(typed) is choice


REFUSED = [
    (types.Line, "", "没有填写内容"),
    (types.Line, "\u3000", "没有填写内容"),
    (types.Line, "x\u3000", "内容末尾有空格（可能是全角空格）"),
    (types.PersonName, "张三（班长）", "姓名“张三（班长）”里有不该出现的符号"),
    (types.PersonName, "张三1", "姓名“张三1”里有不该出现的符号"),
    (types.PersonName, "[张三](x)", "姓名“[张三](x)”里有不该出现的符号"),
    (types.AsOf, "2019-00", "没有“2019-00”这个日期"),
    (types.AsOf, "2019-08-00", "没有“2019-08-00”这个日期"),
    (types.AsOf, "0000", "没有“0000”这个日期"),
    (types.AsOf, "2019-13", "没有“2019-13”这个日期"),
    (types.AsOf, "2019-02-29", "没有“2019-02-29”这个日期"),
    (types.AsOf, "2019-2-30", "没有“2019-2-30”这个日期"),
    (types.AsOf, "去年8月", "日期“去年8月”认不出来"),
    (types.AsOf, "2019年底", "日期“2019年底”认不出来"),
    (types.Day, "2019-08", "日期“2019-08”认不出来"),
    (types.Day, "8/9/2019", "日期“8/9/2019”认不出来"),
    (types.Day, "2019—8—9", "日期“2019—8—9”认不出来"),
    (types.Year, "二〇一九", "年份“二〇一九”认不出来"),
    (types.Year, "2019年前", "年份“2019年前”认不出来"),
    (types.Count, "11多人", "“11多人”不是数目"),
    (types.Count, "3万", "“3万”不是数目"),
    (types.Count, "约11人", "“约11人”不是数目"),
    (types.Count, "93/100", "“93/100”不是数目"),
    (types.Count, "十一人", "“十一人”不是数目"),
    (types.Flag, "有", "“有”不是“是”或“否”"),
    (Standing, "党", "“党”不在可选范围里"),
    (Standing, "入党积极分子", "“入党积极分子”不在可选范围里"),
    (Level, "级", "“级”不在可选范围里"),
    (types.Year, "1816", "年份“1816”认不出来"),
    (types.Count, "1.5", "“1.5”不是数目"),
    (types.Count, "1234567890", "“1234567890”不是数目"),
    (types.Figure, "-5", "“-5”不是数字"),
    (types.Id, "a--b", "编号“a--b”用了不支持的字符"),
    (types.Id, "-a", "编号“-a”用了不支持的字符"),
    (types.Id, "lpt9", "编号“lpt9”是 Windows 的保留名，不能做文件名"),
    (types.Seal, "张三", "审批内容指纹“张三”不对"),
    (types.MediaPath, "media/a.jpg.exe", "照片“a.jpg.exe”的扩展名认不出来"),
    (types.MediaPath, "media/nul.tar.jpg", "照片“nul.tar.jpg”的文件名是 Windows 的保留名 nul"),
    (types.MediaPath, "MEDIA/a.SVG", "照片“a.SVG”是 SVG 图形，用不了"),
    (types.SiteAddress, "http://a..b/", "网站地址“http://a..b/”的域名不对"),
    (types.SiteAddress, f"http://{'展' * 70}.cn", f"网站地址“http://{'展' * 70}.cn”的域名不对"),
    (types.SiteAddress, "http://a/展\\b", "网站地址“http://a/展\\b”里有 \\"),
    (
        types.SiteAddress,
        "http://10.10.3.8/朱仙庄矿综采二区",
        "网站地址有 89 个字符（中文每个字要占 9 个），二维码会太密",
    ),
    (types.SiteAddress, "http://a/b c", "网址“http://a/b c”认不出来"),
    (types.WebAddress, "http://a:８０/", "网址“http://a:８０/”认不出来"),
    (types.WebAddress, 'http://a/"><script>', '网址“http://a/"><script>”认不出来'),
]


@pytest.mark.parametrize(("kind", "typed", "found"), REFUSED)
def test_what_is_refused_and_why(kind: object, typed: str, found: str) -> None:
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(kind).validate_python(typed)
    context = caught.value.errors()[0]["ctx"]
    assert context["found"] == found
    assert worded(context["cure"])


GUESSES = [
    (types.Day, "2019年8月", "写成 2019-08-19 的样子"),
    (types.Count, "3到5", "只写"),
    (types.Count, "2.5", "只写"),
    (types.Figure, "-5", "只写"),
    (types.Id, "zhang_san", "改成 zhang-san："),
    (types.Id, "张三", "只用英文字母、数字和中间的短横线，例如 zhang-san"),
    (types.WebAddress, "people.com.cn", "改成 http://people.com.cn；"),
    (types.WebAddress, "人民网", "网址以 http"),
    (types.WebAddress, "http：//10.10.3.8：8080/展板", "改成 http://10.10.3.8:8080/展板；"),
    (types.WebAddress, "１０.10.3.8", "改成 http://10.10.3.8；"),
    (types.SiteAddress, "http://a/展板\\", "改成 http://a/展板/"),
]


@pytest.mark.parametrize(("kind", "typed", "hint"), GUESSES)
def test_a_guess_is_offered_only_when_it_would_be_right(
    kind: object, typed: str, hint: str
) -> None:
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(kind).validate_python(typed)
    assert worded(caught.value.errors()[0]["ctx"]["cure"]).startswith(hint)


def test_a_partial_date_ends_where_what_it_names_ends() -> None:
    assert PartialDate(2019).last_day == datetime.date(2019, 12, 31)
    assert PartialDate(2020, 2).last_day == datetime.date(2020, 2, 29)
    assert PartialDate(2019, 8, 19).last_day == datetime.date(2019, 8, 19)
    assert [str(PartialDate(2019, 8)), PartialDate(2019, 8).wording] == ["2019-08", "2019年8月"]


def test_every_claim_says_where_it_comes_from_and_who_may_see_it() -> None:
    for model in MODELS.values():
        if issubclass(model, Record):
            assert {"source", "as_of", "audience", "review", "sample"} <= specs(model).keys()


@pytest.mark.parametrize("typed", ["50,35", "50，35", "50%，35%", "50、35", "50, 35"])
def test_where_the_eyes_are_is_two_percentages(typed: str) -> None:
    assert TypeAdapter(types.Spot).validate_python(typed) == "50,35"


@pytest.mark.parametrize("typed", ["50", "150,35", "0.5,0.3", "左上", "50,35,2"])
def test_another_place_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError, match="认不出来"):
        TypeAdapter(types.Spot).validate_python(typed)


@pytest.mark.parametrize("typed", ["0.5", "5", "大一点"])
def test_a_face_is_enlarged_up_to_four_times(typed: str) -> None:
    assert TypeAdapter(types.Zoom).validate_python("1.5倍") == "1.5"
    with pytest.raises(ValidationError, match="放大"):
        TypeAdapter(types.Zoom).validate_python(typed)
