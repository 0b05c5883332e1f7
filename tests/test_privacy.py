"""What may never stand in published text, and what only looks like it."""

from __future__ import annotations

import pytest

from boards.errors import Severity
from boards.rules.markup import markup_findings
from boards.rules.privacy import birthday_findings, private_findings


def kinds(text: str) -> list[str]:
    return [finding.found.removeprefix("出现了") for finding in private_findings(text)]


ID_NUMBER = "11010519491231002X"  # the example printed in GB 11643
CARD = "4111111111111111"  # the test number of ISO/IEC 7812

PRIVATE = [
    ("电话13800138000", "手机号"),
    ("13800138000.", "手机号"),
    ("见.13800138000", "手机号"),
    ("138 0013 8000", "手机号"),
    ("138-0013-8000", "手机号"),
    ("1 3 8 0 0 1 3 8 0 0 0", "手机号"),
    ("１３８００１３８０００", "手机号"),
    ("+86 13800138000", "手机号"),
    ("8613800138000", "手机号"),
    ("2019-08-19 13800138000", "手机号"),
    ("13800138000 2019-08-19", "手机号"),
    ("工号1234 13800138000", "手机号"),
    (f"证件{ID_NUMBER}", "身份证号"),
    (ID_NUMBER.lower(), "身份证号"),
    ("１１０１０５１９４９１２３１００２Ｘ", "身份证号"),
    ("110105 19491231 002X", "身份证号"),
    (f"{ID_NUMBER}，", "身份证号"),
    (CARD, "银行卡号"),
    ("4111 1111 1111 1111", "银行卡号"),
    ("4111-1111-1111-1111", "银行卡号"),
    ("6222021234567890128", "银行卡号"),
    ("33.12345, 116.98765", "坐标"),
    ("北纬33.123°、东经116.987°", "坐标"),
    ("33°38′", "坐标"),
    ("X=3756123", "坐标"),
    ("138—0013—8000", "手机号"),
    ("138\u20110013\u20118000", "手机号"),  # Word's dash that does not break
    ("138·0013·8000", "手机号"),
    ("138.0013.8000", "手机号"),
    ("138\t0013\t8000", "手机号"),
    ("008613800138000", "手机号"),
    ("13800138000x", "手机号"),
    ("138 0013 8000 5", "手机号"),
    ("①③⑧⓪⓪①③⑧⓪⓪⓪", "手机号"),
    ("一三八零零一三八零零零", "手机号"),
    ("幺三八〇〇一三八 零零零", "手机号"),
    ("110105.19491231.002X", "身份证号"),
    ("11010519491231002 X", "身份证号"),
    ("110105 19491231 002 x 2019", "身份证号"),
    ("6222\u20130212\u20133456\u20137890\u2013128", "银行卡号"),
    ("33度38分12秒", "坐标"),
    ("东经116度59分、北纬33度38分", "坐标"),
    ("经度：116.98，纬度：33.63", "坐标"),
    ("X：3756123.45", "坐标"),
    ("坐标（3756123，39512345）", "坐标"),
]


@pytest.mark.parametrize(("text", "kind"), PRIVATE)
def test_private_numbers_are_found_however_they_are_typed(text: str, kind: str) -> None:
    assert kinds(text) == [kind]


MARKED = [
    ("138**0013**8000", "手机号"),
    ("**138** 0013 8000", "手机号"),
    ("`138`00138000", "手机号"),
    ("138~~0013~~8000", "手机号"),
    ("138\\-0013\\-8000", "手机号"),
    ("138\n00138000", "手机号"),
    ("138  \n00138000", "手机号"),
    ("138&nbsp;0013&#32;8000", "手机号"),
    ("110105_19491231_002X", "身份证号"),
]


@pytest.mark.parametrize(("text", "kind"), MARKED)
def test_private_numbers_are_read_as_markdown_shows_them(text: str, kind: str) -> None:
    assert [f.found for f in private_findings(text, markdown=True)] == [f"出现了{kind}"]


ORDINARY = [
    "Ⅱ830、8103工作面",
    "2019-08-19 10:30",
    "2019-08-19 2019-08-20",
    "13:00 13:30 14:00",
    "110105194912310021",  # a wrong check digit
    "4111111111111112",  # fails Luhn
    "12800138000",  # no mobile prefix
    "138001380001",  # twelve digits
    "1380013800",  # ten
    "3.13800138000",  # a fraction
    "13800138000.5",
    "月产10万吨，灰分低于指标",
    "倾角33.5度，采高3.2米",
    "0561-3030303",
    "第5届，15名，28人",
    "x = 3",
    "150×1500×8000",
    "150*1500*8000",  # of a line, which shows its asterisks
    "二〇一九年八月十九日",
    "一二三四五六七八九十",
    "10.10.3.8",
    "192.168.100.200",
    "倾角33度，加热33度5分钟",
    "支架1·2·3·4",
]


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_numbers_are_left_alone(text: str) -> None:
    assert kinds(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "家住幸福路12号",
        "朱仙庄小区3栋",
        "矿东村 5 单元",
        "人民路１２号楼",
        "人民路12-3号",
        "和平大道100号",
        "宿舍3号楼",
        "家属区3排",
        "住在12栋3单元",
        "A栋301",
        "2单元501",
    ],
)
def test_what_looks_like_a_home_is_mentioned(text: str) -> None:
    (finding,) = private_findings(text)
    assert finding.severity == "notice"
    assert finding.found.endswith("像是住址")


@pytest.mark.parametrize("text", ["上巷12号支架", "3号煤仓", "机巷掘进120米"])
def test_places_underground_are_no_homes(text: str) -> None:
    assert [finding.found for finding in private_findings(text)] == []


@pytest.mark.parametrize("item", ["-", "*", "1.", ">", "|"])
def test_numbers_of_a_list_are_not_put_together(item: str) -> None:
    text = "\n".join(f"{item} {part}" for part in ("4111", "1111", "1111", "1111"))
    assert list(private_findings(text, markdown=True)) == []


def test_what_was_typed_is_quoted_as_it_was_typed() -> None:
    (finding,) = private_findings("电话１３８ ００１３ ８０００。")
    assert finding.snippet == "１３８ ００１３ ８０００"


def test_several_numbers_in_one_text_are_each_found() -> None:
    assert kinds(f"13800138000 13900139000，{ID_NUMBER} {CARD}") == [
        "手机号", "手机号", "身份证号", "银行卡号",
    ]  # fmt: skip


def test_a_long_row_of_digits_takes_no_long_time() -> None:
    assert kinds("1234 " * 5000) == []


@pytest.mark.parametrize(
    "text",
    [
        "1.234" + " " * 5000 + "x",
        "1.2345, " * 4000,
        "<a" * 50_000,
        "[" * 50_000,
        "![a](" * 20_000,
        "1" + "*" * 5000 + "x",
        "一" * 50_000,
        "123." * 20_000,
        "1 " * 20_000 + "x",
    ],
    ids=["spaces", "numbers", "tags", "brackets", "pictures", "stars", "ones", "dots", "pairs"],
)
def test_no_text_keeps_the_lint_busy(text: str) -> None:
    """Each of these once took minutes; a hang is what fails here, not a time."""
    list(private_findings(text, markdown=True))
    list(markup_findings(text))


def test_a_tag_broken_over_two_lines_is_found() -> None:
    found = [finding.found for finding in markup_findings('前<img\nsrc="x">后')]
    assert found == ["HTML 代码会照原样显示出来"]


@pytest.mark.parametrize(
    "text",
    [
        "生日3月5日", "生日：1985-03-12", "他的生日是十月初六", "1985年3月12日出生",
        "出生日期 1985.3.12", "生于1985年3月", "3月5日（生日）", "３月５日是他的生日",
        "王伟，1985年3月12日生，汉族",
    ],
)  # fmt: skip
def test_a_birthday_is_found_however_it_is_told(text: str) -> None:
    assert [finding.found[:6] for finding in birthday_findings(text)] == ["出现了生日“"]


@pytest.mark.parametrize(
    "text",
    [
        "七月一日是党的生日", "7月1日党的生日", "10月1日祖国生日", "本周过生日的工友",
        "生日祝福每周一次", "3月5日生产任务", "2019年8月19日生效", "8月3日生产准备",
        "他生于矿区", "2019年10月1日国庆",
    ],
)  # fmt: skip
def test_what_is_nobodys_birthday_passes(text: str) -> None:
    assert [*birthday_findings(text)] == []


def test_a_long_run_of_spaces_is_looked_through_at_once() -> None:
    assert [*birthday_findings("1 月" + " " * 100_000 + "1" + " 1" * 50_000)] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("身份证14010219850312001X", "出现了身份证号"),
        ("身份证号：140102198503120011", "出现了身份证号"),
        ("电话：0351-8612345", "出现了电话号码"),
        ("座机 05578612345", "出现了电话号码"),
    ],
)
def test_what_is_called_private_is_private_whatever_its_digits(text: str, found: str) -> None:
    assert [finding.found for finding in private_findings(text)] == [found]


@pytest.mark.parametrize(
    "text",
    ["属牛，腊月初八生日", "生日：腊月初八", "85年3月12日生人", "85年生人", "正月十五是他的生日"],
)
def test_birthdays_of_the_old_calendar_are_found(text: str) -> None:
    assert len(list(birthday_findings(text))) == 1


def test_a_flat_in_an_estate_is_refused_and_a_street_only_mentioned() -> None:
    home, _ = private_findings("住在矿东小区3号楼2单元501")
    (street,) = private_findings("矿东路3号楼")
    assert (home.severity, street.severity) == (Severity.ERROR, Severity.NOTICE)


@pytest.mark.parametrize("text", ["腊月初八慰问", "身份证复印件2份", "电话通知2019-08-19开会"])
def test_days_and_words_alone_are_nobodys_secret(text: str) -> None:
    assert not list(birthday_findings(text))
    assert not list(private_findings(text))
