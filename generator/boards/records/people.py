"""People: members, their honours, and the workers each member looks after."""

from __future__ import annotations

import datetime
from typing import ClassVar

from boards.records.base import Consent, Model, Photo, Record
from boards.records.brand import ONE_ZONE
from boards.records.choices import Audience, Choice
from boards.records.declared import Asked, aside, field
from boards.records.fields import (
    Contact,
    Count,
    Day,
    Exact,
    GroupId,
    HolderId,
    Line,
    MemberId,
    PersonName,
    RoleId,
    Spot,
    Year,
    ZoneId,
    Zoom,
)


class Standing(Choice):
    """What is known of a person's Party membership."""

    MEMBER = "member"
    PROBATIONARY = "probationary"
    WORKER = "worker"
    UNSTATED = "unstated"

    @property
    def label(self) -> str:
        return {
            "member": "党员",
            "probationary": "预备党员",
            "worker": "职工",
            "unstated": "政治面貌待核",
        }[self]

    @property
    def also(self) -> tuple[str, ...]:
        return {
            "member": ("中共党员", "正式党员", "中共正式党员"),
            "probationary": ("中共预备党员",),
            "worker": ("群众", "非党员"),
            "unstated": ("不清楚", "不详"),
        }[self]

    @property
    def in_party(self) -> bool:
        """Whether the person is in the Party, on probation or in full."""
        return self in (Standing.MEMBER, Standing.PROBATIONARY)


class Drawn(Choice):
    """How a person without a photo is drawn."""

    MAN = "man"
    WOMAN = "woman"

    @property
    def label(self) -> str:
        return {"man": "男同志", "woman": "女同志"}[self]

    @property
    def also(self) -> tuple[str, ...]:
        return {"man": ("男",), "woman": ("女",)}[self]


class Post(Model):
    """A member's role in a zone."""

    zone: ZoneId = field("责任区", ONE_ZONE)
    role: RoleId = field("岗位", "这个责任区里某个岗位的编号")


class Portrait(Photo):
    """A member's photo, which every surface shows upright as 3:4."""

    eyes: Spot | None = aside(
        "眼睛位置",
        "两眼中间离照片左边、上边各百分之几，例如 50,35；脸没有居中时写",
        None,
        asked=Asked.LATER,
    )
    zoom: Zoom | None = aside("放大", "脸太小时放大到几倍，1 到 4", None, asked=Asked.LATER)


class Member(Record):
    """A person the boards may name."""

    table = "members"
    kind = "人员"

    name: PersonName = field("姓名", "只写姓名")
    standing: Standing = field("政治面貌", "member、probationary、worker；不清楚写 unstated")
    job: Line | None = field("职务或工种", "例如 采煤机司机", None)
    posts: tuple[Post, ...] = field("责任区岗位", "在哪个责任区担任哪个岗位", ())
    groups: tuple[GroupId, ...] = field("小组", "所在小组的编号", ())
    pledge: Line | None = field("承诺", "一句话承诺", None)
    pinyin: Exact | None = field("拼音", "多音字姓名的拼音，例如 shan xiao ming", None)
    photo: Portrait | None = field("照片", "没有照片或没有同意书就显示画像", None)
    consent: Consent | None = aside("肖像同意", "没有同意书不显示照片", None, Audience.INTRANET)
    drawn: Drawn | None = aside(
        "画像", "没有照片时画成 man 还是 woman；不写按 man 画", None, asked=Asked.LATER
    )
    contact: Contact | None = field(
        "联系方式", "只留支部台账，任何页面都不出现", None, Audience.BRANCH
    )
    left_on: Day | None = aside(
        "离开日期", "调离或退休的日期；照片随即撤下", None, asked=Asked.LATER
    )

    def has_left(self, day: datetime.date) -> bool:
        """Whether the member had left by `day`."""
        return self.left_on is not None and self.left_on <= day


class Level(Choice):
    """Who gave an honour, from the widest down."""

    COUNTRY = "country"
    PROVINCE = "province"
    INDUSTRY = "industry"
    CITY = "city"
    GROUP = "group"
    MINE = "mine"
    TEAM = "team"

    @property
    def label(self) -> str:
        return {
            "country": "国家级",
            "province": "省部级",
            "industry": "行业级",
            "city": "市级",
            "group": "集团公司级",
            "mine": "矿级",
            "team": "区队级",
        }[self]

    @property
    def also(self) -> tuple[str, ...]:
        return {"country": ("全国",), "province": ("省级", "部级"), "mine": ("矿",)}.get(self, ())


class Honour(Record):
    """An honour of the branch, of a crew or of one person."""

    table = "honours"
    kind = "荣誉"
    only_once: ClassVar[tuple[str, ...]] = ("holder", "year", "title")

    title: Line = field("名称", "例如 五星红旗党支部")
    holder: HolderId = field("获得者", "人员编号；支部的荣誉写 branch，班组的写班组编号")
    level: Level = field("级别", "country、province、industry、city、group、mine、team")
    year: Year | None = field("年度", "四位年份；不知道就不写，页面显示“年份待核”", None)
    order: Count | None = aside("排序", "数字小的在前；不写就按姓氏笔画", None, asked=Asked.LATER)


class Taking(Model):
    """How many of a crew's workers one member looks after (包保)."""

    member: MemberId = field("包保党员", "members.yml 里的编号")
    heads: Count = field("包保人数", "只写人数，不写姓名")


class Crew(Record):
    """A crew and the members who between them look after all of it."""

    table = "crews"
    kind = "班组"

    name: Line = field("名称", "例如 采煤一班")
    strength: Count = field("在册人数", "班组总人数")
    takers: tuple[Taking, ...] = field(
        "包保分工", "每名党员包保几人，合计必须等于在册人数", min_length=1
    )
