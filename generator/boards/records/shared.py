"""Experience that travels between units: one neutral write-up, whatever record it was made from."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator

from boards.records.base import Basis, Keyed, Model
from boards.records.brand import ONE_ZONE
from boards.records.choices import Audience, Choice
from boards.records.declared import Trait, field
from boards.records.fields import AsOf, Day, Id, Line, Text, WebAddress, ZoneId
from boards.records.typed import fault, typed_line
from boards.records.work import Fact

SCHEMA = 1
"""Version of the write-up's own format; a reader of a later one says so instead of guessing."""


def _schema(value: Any) -> int:
    if value == SCHEMA:
        return SCHEMA
    text = typed_line(value)
    if text != str(SCHEMA):
        fault(
            f"材料包的格式版本是“{text}”，本程序认得 {SCHEMA}",
            "请对方用同一版程序重新导出，或升级程序",
        )
    return SCHEMA


def _picture(value: Any) -> str:
    text = typed_line(value)
    stem = text.removeprefix("images/").removesuffix(".jpg")
    if f"images/{stem}.jpg" != text or not stem.isascii() or not stem.isdecimal():
        fault(f"图片“{text}”不是材料包里的图片", "请对方重新导出")
    return text


Schema = Annotated[int, BeforeValidator(_schema)]
PackPicture = Annotated[str, BeforeValidator(_picture), Trait.EXACT]


class SharedKind(Choice):
    """What a shared write-up was made from."""

    CASE = "case"
    INNOVATION = "innovation"
    TALK = "talk"
    PRACTICE = "practice"

    @property
    def label(self) -> str:
        return {
            "case": "攻坚案例",
            "innovation": "创新案例",
            "talk": "心得分享",
            "practice": "责任区做法",
        }[self]


class Unit(Model):
    """Who sends it."""

    id: Id = field("编号", "发出支部的编号，例如 zongcai-er-qu")
    name: Line = field("支部", "例如 综采二区党支部")
    mine: Line = field("矿", "例如 朱仙庄矿")
    group: Line = field("集团公司", "例如 淮北矿业集团")

    @property
    def full_name(self) -> str:
        """淮北矿业集团朱仙庄矿 综采二区党支部."""
        return f"{self.group}{self.mine} {self.name}"


class SharedSection(Model):
    """A part of the write-up: 背景, 做法, 成效, 启示, or what its author called it."""

    title: Line = field("标题", "例如 背景")
    text: Text = field("内容", "Markdown")


class SharedFigure(Model):
    """A picture of the pack with its words."""

    file: PackPicture = field("文件", "材料包里的图片，例如 images/1.jpg")
    alt: Line = field("替代文字", "给看不见图的人")
    caption: Line | None = field("图注", "图下的一句话", None)
    credit: Line | None = field("拍摄", "拍摄者", None)


class SharedSource(Model):
    """Where the facts come from."""

    title: Line = field("标题", "文章或台账的名称")
    publisher: Line | None = field("发表单位", "刊物、网站或部门", None)
    date: Day | None = field("发表日期", "例如 2019-08-19", None)
    url: WebAddress | None = field("网址", "公开发表的网址", None)
    passage: Line | None = field("位置", "在出处的哪一部分", None)


class SharedApproval(Model):
    """What the right to share rests on (党务公开条例)."""

    basis: Basis = field("依据", "steps 走四步审批；published 事实已公开发表")
    approved_by: Line | None = field("审批人", "谁批准公开", None)
    approved_on: Day | None = field("审批日期", "哪天批准", None)


class Shared(Keyed):
    """A write-up as it leaves one unit and stands in another's received folder, byte for byte."""

    table = "received"
    kind = "兄弟单位经验"

    schema_version: Schema = field("格式版本", "由程序填写")
    key: Id = field("名称", "种类和编号，例如 case-ii830-fault-crossing")
    type: SharedKind = field("种类", "case、innovation、talk、practice")
    level: Audience = field("公开范围", "sister-units 兄弟单位；public 公开")
    unit: Unit = field("发出单位", "谁发出的")
    title: Line = field("标题", "一句话")
    zone: ZoneId = field("责任区", ONE_ZONE)
    headline: Line | None = field("一句话", "展板上最大的那句话", None)
    author: Line | None = field("作者", "谁写的、谁讲的，或参与的集体", None)
    summary: Text = field("摘要", "两三句话")
    facts: tuple[Fact, ...] = field("要点", "要点框里的几行", ())
    sections: tuple[SharedSection, ...] = field("正文", "背景、做法、成效、启示", min_length=1)
    figures: tuple[SharedFigure, ...] = field("图片", "材料包里的图片", ())
    source: SharedSource | None = field("出处", "事实出自哪里", None)
    as_of: AsOf | None = field("数据截至", "例如 2019-08", None)
    approval: SharedApproval = field("审批", "凭什么公开")
    left_out: tuple[Line, ...] = field("略去的内容", "没有随包发出的项目", ())
