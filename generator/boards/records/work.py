"""What the branch has done: outcomes, cases, daily messages, write-ups."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, TypeAdapter, model_validator

from boards.errors import listing
from boards.records.base import Keyed, Model, Photo, Record
from boards.records.brand import ONE_ZONE
from boards.records.choices import Choice
from boards.records.declared import Asked, Reference, aside, field
from boards.records.editor_types import ANY_TEXT
from boards.records.fields import (
    CaseId,
    Count,
    Day,
    FaceId,
    Figure,
    GroupId,
    Id,
    InPicture,
    Line,
    MemberId,
    Text,
    ZoneId,
)
from boards.records.partial_date import PartialDate
from boards.records.typed import fault, typed_line
from boards.records.understood import folded, measured, one_of


class Comparator(Choice):
    """How an outcome's number is to be read."""

    EQUAL = "="
    MORE = ">"
    AT_LEAST = ">="
    LESS = "<"
    AT_MOST = "<="

    @property
    def label(self) -> str:
        return {"=": "等于", ">": "超过", ">=": "不低于", "<": "低于", "<=": "不高于"}[self]

    @property
    def also(self) -> tuple[str, ...]:
        return {
            ">": ("大于", "多于", "高于"),
            ">=": ("≥", "大于等于", "不少于", "不小于", "至少"),
            "<": ("小于", "少于", "不到"),
            "<=": ("≤", "小于等于", "不超过", "不大于", "不多于", "至多"),
        }.get(self, ())

    @property
    def sign(self) -> str:
        """What stands before the number."""
        return {"=": "", ">": "＞", ">=": "≥", "<": "＜", "<=": "≤"}[self]


class Outcome(Record):
    """A result with its unit, period and date; a number or a statement."""

    table = "outcomes"
    kind = "成效"

    name: Line = field("名称", "例如 职工日常出勤率")
    zone: ZoneId | None = field("责任区", "主要属于哪个责任区", None)
    comparator: Comparator = field("比较", "=、>、>=、<、<=", Comparator.EQUAL)
    value: Figure | None = field("数值", "只写数字", None)
    unit: Line | None = field("单位", "例如 %、万吨/月", None)
    statement: Line | None = field("表述", "没有数字时写一句短语，例如 低于考核指标", None)
    period: Line | None = field("期间", "说的是哪段时间，例如 正常回采期间", None)
    original_wording: Line | None = field("原文说法", "出处里的叫法与通行叫法不同时写在这里", None)
    note: Line | None = field("说明", "口径说明", None)

    @model_validator(mode="before")
    @classmethod
    def _taken_apart(cls, fields: Any) -> Any:
        """Put what stands around the number where it belongs: 超过95% is three fields."""
        typed = fields.get("value") if isinstance(fields, dict) else None
        compared, value, unit = measured(typed if isinstance(typed, str) else "")
        if not value or (compared and compared not in _COMPARED):
            return fields
        around = {"comparator": _COMPARED.get(compared, ""), "unit": unit}
        for name, part in around.items():
            if part and folded(str(fields.get(name) or part)) not in (part, compared):
                return fields  # it is not clear which of the two is meant
        around = {name: part for name, part in around.items() if part}
        return {**fields, "value": value, **around}


_COMPARED = {folded(word): str(one) for one in Comparator for word in (one, one.label, *one.also)}


class CaseType(Choice):
    """What kind of experience a case tells."""

    CASE = "case"
    INNOVATION = "innovation"

    @property
    def label(self) -> str:
        return {"case": "攻坚案例", "innovation": "创新案例"}[self]


class Measure(Model):
    """One thing that was done."""

    title: Line = field("标题", "做了什么")
    text: Text = field("内容", "怎么做的")


class Fact(Model):
    """A line of a case's facts box."""

    label: Line = field("项目", "例如 工作面")
    value: Line = field("内容", "例如 Ⅱ830")


class CasePhoto(Photo):
    """A picture of a case, with who can be recognised in it."""

    people: tuple[InPicture, ...] = field(
        "照片里的人",
        "照片里认得出的人的编号；认不出任何人，写 nobody（无可辨认的人）。"
        "没有写，或有一人没同意、已离开，照片就不显示",
        (),
    )


class Case(Record):
    """A case as a story: background, challenge, measures, results, lessons."""

    table = "cases"
    kind = "案例"

    title: Line = field("标题", "一句话")
    type: CaseType = field("类型", "case 攻坚案例；innovation 创新案例")
    zone: ZoneId = field("责任区", ONE_ZONE)
    face: FaceId | None = field("工作面", "branch.yml 里 faces 的编号", None)
    headline: Line = field("一句话", "展板上最大的那句话")
    summary: Text = field("摘要", "两三句话")
    background: Text = field("背景", "在什么条件下")
    challenge: Text = field("难题", "难在哪里")
    measures: tuple[Measure, ...] = field("做法", "逐条写", min_length=1)
    results: Text = field("成效", "结果怎样；没有数据就不写数据")
    lessons: tuple[Line, ...] = field("启示", "逐条写")
    people: tuple[MemberId, ...] = field("人员", "只写出处点到名的人", ())
    people_note: Line | None = field("参与者", "出处只写了群体时，写群体", None)
    groups: tuple[GroupId, ...] = field("小组", "参与的小组", ())
    facts: tuple[Fact, ...] = field("要点", "要点框里的几行", ())
    figures: tuple[CasePhoto, ...] = field("图片", "data/media 里的照片", ())
    order: Count | None = aside("排序", "数字小的在前；不写就排在后面", None, asked=Asked.LATER)


class MessageType(Choice):
    """The kinds of 微消息 sent to the crews' groups."""

    WEATHER = "weather"
    TRAVEL = "travel"
    TASK = "task"
    SAFETY = "safety"
    HEALTH = "health"
    GREETING = "greeting"

    @property
    def label(self) -> str:
        return {
            "weather": "天气预报",
            "travel": "出行提示",
            "task": "生产任务",
            "safety": "安全注意事项",
            "health": "健康生活小贴士",
            "greeting": "生日祝福",
        }[self]


class MessageKind(Keyed):
    """A kind of messages of the branch's own; with the id of one of the six, a name for that."""

    table = "kinds"
    kind = "微消息类别"

    id: Id = field("编号", "例如 daily-lesson；也可以写备好的六类，另起名称", asked=Asked.NEVER)
    name: Line = field("名称", "例如 每日一学")


_KINDS = {str(kind): kind.label for kind in MessageType}


def _kind_id(value: Any) -> str:
    text = typed_line(value)
    if meant := one_of(text, {word: (label,) for word, label in _KINDS.items()}):
        return meant
    if not text.isascii():
        ready = listing([f"{word}（{label}）" for word, label in _KINDS.items()], limit=12)
        own = f"可选：{ready}；自己的类别在 messages.yml 的 kinds 里登记编号和名称，这里写编号"
        fault(f"“{text}”不在可选范围里", own)
    return str(TypeAdapter(Id).validate_python(text))


KindId = Annotated[
    str,
    BeforeValidator(_kind_id),
    Reference("kinds", also=tuple(_KINDS), called=tuple(_KINDS.values())),
    ANY_TEXT,
]


class Message(Record):
    """One short message for one day; its id is the day and the kind."""

    table = "messages"
    kind = "微消息"
    natural_key: ClassVar[tuple[str, ...]] = ("date", "type")
    says_itself: ClassVar[tuple[str, ...]] = ("as_of", "passage")

    date: Day = field("日期", "哪天发，例如 2019-08-19")
    type: KindId = field(
        "类别", "weather、travel、task、safety、health、greeting，或 kinds 里登记的编号"
    )
    text: Line = field("内容", "一段话；不写产量数字，不写谁的生日是哪天")

    @property
    def title_text(self) -> str:
        day = PartialDate(self.date.year, self.date.month, self.date.day).wording
        return f"{day} {_KINDS.get(self.type, self.type)}"


class ArticleType(Choice):
    """The hand-written pages of content/."""

    ABOUT = "about"
    WRITE_UP = "write-up"

    @property
    def label(self) -> str:
        return {"about": "关于", "write-up": "经验材料"}[self]


class Article(Record):
    """A hand-written page: front matter of these fields, and a Markdown body."""

    table = "articles"
    kind = "文章"

    title: Line = field("标题", "一句话")
    type: ArticleType = field("类型", "about 关于；write-up 经验材料")
    case: CaseId | None = field("案例", "经验材料对应的案例编号", None)
    summary: Line = field("摘要", "一句话")
    body: Text = field("正文", "Markdown")
