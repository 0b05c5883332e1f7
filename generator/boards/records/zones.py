"""The four zones: what each is for, its roles, mechanisms, areas and groups."""

from __future__ import annotations

from boards.records.base import Keyed, Model, Record
from boards.records.brand import OF_ZONES, ONE_ZONE, ZONES, Mark
from boards.records.declared import aside, field
from boards.records.fields import Day, Flag, Id, Line, MemberId, RoleId, ZoneId

_CHARACTERS = "、".join(zone.character for zone in ZONES.values())


class Role(Model):
    """One of a zone's three roles."""

    id: Id = field("编号", "例如 speaker")
    name: Line = field("名称", "例如 宣讲人")
    does: Line = field("做什么", "一两句话说明这个岗位做什么")


class Zone(Record):
    """A zone of responsibility (责任区)."""

    table = "zones"
    kind = "责任区"

    name: Line = field("名称", "例如 安全责任区")
    character: Line = field("单字", f"代表这个区的一个字：{_CHARACTERS}")
    tag: Line = field("定位", "根本、底线、关键、重点")
    summary: Line = field("简介", "两三句话")
    meeting_input: Line = field("联动会议评议内容", "季度联动会议评比这个区的哪一项，例如 安全效果")
    roles: tuple[Role, ...] = field("三个岗位", "正好三个", min_length=3, max_length=3)
    mark: Mark | None = aside("图标", "这个区用哪个图标；不写就用原来的", None)

    @property
    def short(self) -> str:
        """The name without 责任区, which says nothing where four of them stand side by side."""
        return self.name.removesuffix(OF_ZONES) or self.name

    @property
    def drawing(self) -> Mark:
        """The mark it wears."""
        return self.mark or ZONES[self.id].mark


class Practice(Record):
    """A mechanism of a zone: what is done, how often, in which steps."""

    table = "practices"
    kind = "做法"

    zone: ZoneId = field("责任区", ONE_ZONE)
    role: RoleId = field("岗位", "这个责任区里某个岗位的编号")
    name: Line = field("名称", "例如 三步互查")
    text: Line = field("说明", "怎么做，一两句话")
    cadence: Line | None = field("频次", "例如 每周、每月初", None)
    steps: tuple[Line, ...] = field("步骤", "有先后顺序的步骤，画成流程", ())


class OwnCount(Keyed):
    """What a zone of this branch counts each month besides what is counted everywhere."""

    table = "counts"
    kind = "自设统计"

    zone: ZoneId = field("责任区", ONE_ZONE)
    name: Line = field("名称", "例如 皮带巡检")
    unit: Line = field("单位", "例如 次")
    paired: Flag = field("有应完成数", "true 表示每月还填应完成数，和完成数对照", False)


class Area(Record):
    """A stretch of the workplace with its plate (责任管理牌): who answers for it and for what."""

    table = "areas"
    kind = "责任范围"

    zone: ZoneId = field("责任区", ONE_ZONE)
    name: Line = field("名称", "挂牌地点")
    scope: Line = field("范围", "从哪里到哪里；不写坐标和图纸编号")
    members: tuple[MemberId, ...] = field(
        "责任党员", "members.yml 里的编号，至少一名", min_length=1
    )
    duties: tuple[Line, ...] = field("职责", "逐条写，每条一行")
    pledge: tuple[Line, ...] = field("承诺", "逐条写，每条一行", ())
    valid_from: Day = field("生效日期", "例如 2019-01-01")
    valid_to: Day | None = field("到期日期", "长期有效就不写", None)


class Group(Record):
    """A standing group of a zone (生产组织组、改革创新小组……)."""

    table = "groups"
    kind = "小组"

    zone: ZoneId = field("责任区", ONE_ZONE)
    name: Line = field("名称", "例如 机电保障组")
    make_up: Line = field("组成", "由哪些人组成，写岗位不写姓名")
    duties: tuple[Line, ...] = field("职责", "逐条写，每条一行")
    rhythm: Line | None = field("节奏", "多久活动一次，例如 每月初", None)
