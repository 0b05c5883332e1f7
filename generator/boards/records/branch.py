"""The branch itself, and what it says about its own work."""

from __future__ import annotations

from typing import Any

from boards.records.base import Model, Record
from boards.records.brand import ZONES
from boards.records.choices import Audience
from boards.records.declared import Asked, aside, field
from boards.records.fields import Count, Exact, Flag, Line, LookName, SiteAddress, Text
from boards.records.posters import PosterSettings
from boards.records.screen import Screen
from boards.records.terms import Terms


def _weight(zone_id: str) -> Any:
    about = "这个区的得分按百分之几折算，100 就是不折算"
    return field(ZONES[zone_id].name, about, 100, asked=Asked.USUALLY)


class Weights(Model):
    """What a zone's points count when the quarter's excellent zone is proposed, in per cent."""

    thought: Count = _weight("thought")
    safety: Count = _weight("safety")
    quality: Count = _weight("quality")
    production: Count = _weight("production")


class Branch(Record):
    """Who keeps these boards, and the settings of the site."""

    table = "branches"
    kind = "支部"

    name: Line = field("支部名称", "例如 综采二区党支部")
    unit: Line = field("区队", "支部所在的区队，例如 综采二区")
    mine: Line = field("矿", "例如 朱仙庄矿")
    group: Line = field("集团公司", "例如 淮北矿业集团")
    brand: Exact = field("品牌", "党建品牌的全称，全站只用这一种写法")
    brand_short: Exact = field("品牌简称", "例如 四区联动")
    motto: Line = field("理念", "品牌面板上的一句话")
    introduction: Line = field("简介", "两三句话介绍支部和品牌")
    member_count: Count | None = field("党员人数", "党员总数，不带单位", None)
    linkage: Line = field("联动机制", "四区怎样联动：会议、评选、展示、分享")
    terms: Terms | None = field(
        "用语", "会议、例会、责任区在本支部的叫法；不写的就用程序备好的叫法", None
    )
    weights: Weights | None = aside(
        "评比权重", "季度评议单推荐优质责任区时，四区得分各按百分之几折算；不写都按 100", None
    )
    look: LookName | None = aside("样式", "海报的样子；不写就用红厅", None)
    site_url: SiteAddress | None = aside("网站地址", "发布后的内网地址，用于二维码", None)
    screen: Screen | None = aside("大屏", "电视大屏播放什么、每页几秒", None)
    posters: PosterSettings | None = aside("海报", "多做的尺寸、自备字体、生僻字图片", None)
    stale_after_months: Count = aside("过时提醒", "相对说法超过多少个月就提醒核对", 12)
    keep_script: tuple[Line, ...] = aside(
        "繁体不变词", "导出繁体材料时照原样写的词；人名、单位名本来就不变", ()
    )
    allow: tuple[Exact, ...] = field("放行词", "检查时误报的词句，逐字列出", (), Audience.BRANCH)

    @property
    def words(self) -> Terms:
        """What this branch calls the parts of its brand."""
        return self.terms or Terms()


class Lesson(Record):
    """What the branch has learned and passes on (启示)."""

    table = "lessons"
    kind = "启示"

    title: Line = field("标题", "一句话说清这条启示")
    text: Text = field("内容", "两三句话")


class Quote(Record):
    """Something said about the work, by role and without a name."""

    table = "quotes"
    kind = "评价"

    text: Line = field("内容", "话的内容；转述时不加引号")
    role: Line = field("说话人身份", "只写职务，不写姓名，例如 综采二区区长")
    paraphrase: Flag = field("转述", "true 表示不是原话，页面注明大意", True)
