"""What every record has: an id, where it comes from, who may see it, who approved it."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from boards.records.choices import Audience, Choice
from boards.records.declared import Asked, aside, field
from boards.records.fields import (
    AsOf,
    Day,
    Flag,
    Id,
    Line,
    MediaPath,
    Seal,
    SourceId,
    Text,
    WebAddress,
)


class Model(BaseModel):
    """A frozen group of fields that accepts nothing it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class Basis(Choice):
    """What a record's approval rests on (党务公开条例)."""

    STEPS = "steps"
    PUBLISHED = "published"

    @property
    def label(self) -> str:
        return {"steps": "提出、审核、审批、实施四步", "published": "原已公开发表"}[self]


class Review(Model):
    """The four steps of the 党务公开条例: proposed, checked, approved, carried out."""

    basis: Basis = field("依据", "steps 走四步审批；published 事实已公开发表", Basis.STEPS)
    proposed_by: Line | None = field("提出人", "谁提出公开", None, Audience.INTRANET)
    checked_by: Line | None = field("审核人", "谁核过保密、必要和准确", None, Audience.INTRANET)
    approved_by: Line | None = field("审批人", "谁批准公开", None, Audience.SISTER_UNITS)
    approved_on: Day | None = field(
        "审批日期", "哪天批准，例如 2019-08-19", None, Audience.SISTER_UNITS
    )
    approved_content: Seal | None = field(
        "审批内容指纹", "boards approve 记下的，内容改了就对不上，要重新审批；不要手填", None
    )

    @property
    def is_complete(self) -> bool:
        """Whether the steps before publication have all been taken."""
        return all((self.proposed_by, self.checked_by, self.approved_by, self.approved_on))


class Keyed(Model):
    """Anything other records refer to by id."""

    table: ClassVar[str]
    kind: ClassVar[str]
    """What the record is called in messages."""
    natural_key: ClassVar[tuple[str, ...]] = ()
    """Fields that make the id of records whose keepers give none."""
    says_itself: ClassVar[tuple[str, ...]] = ()
    """Fields that need not be asked for, since the rest of the record says as much."""
    only_once: ClassVar[tuple[str, ...]] = ()
    """Fields that no two records with ids of their own have alike, once all of them are known."""

    id: Id = field("编号", "英文字母、数字和短横线，全站不重复，例如 zhang-san", asked=Asked.NEVER)

    def __hash__(self) -> int:
        """The same for equal records, and quickly known: much is remembered by record."""
        return hash((self.table, self.id))

    @classmethod
    def natural_id(cls, fields: Mapping[str, object]) -> str | None:
        """The id made of the natural key, of its parts as they are kept, however they are typed.

        Nothing where ids are typed or a part is missing.
        """
        parts = {name: fields.get(name) for name in cls.natural_key}
        known = {name: _kept(cls, name, part) for name, part in parts.items() if part is not None}
        if any(cls.model_fields[name].is_required() for name in parts.keys() - known):
            return None
        return "-".join(str(value) for value in known.values()) or None

    @property
    def title_text(self) -> str:
        """The record's name for people."""
        for name in ("name", "title"):
            if text := getattr(self, name, None):
                return str(text)
        return self.id


def _kept(model: type[Keyed], name: str, typed: object) -> object:
    """A field as it is kept; what cannot be read stays as it was typed, and is told elsewhere."""
    try:
        return _reader(model, name).validate_python(typed)
    except ValidationError:
        return typed


@functools.cache
def _reader(model: type[Keyed], name: str) -> TypeAdapter[Any]:
    """What reads one field of a model."""
    info = model.model_fields[name]
    kind: Any = info.annotation
    return TypeAdapter(Annotated[kind, *info.metadata] if info.metadata else kind)


class Record(Keyed):
    """A claim that may be shown, with what guards its showing."""

    audience: Audience = field(
        "公开范围",
        "最大可见范围：branch、intranet、sister-units、public",
        Audience.INTRANET,
        asked=Asked.LATER,
    )
    sample: Flag = field("示例", "true 表示虚构的示例，发布时自动略去", False, asked=Asked.NEVER)
    source: SourceId | None = field(
        "出处", "branch.yml 里 sources 的编号", None, asked=Asked.ALWAYS
    )
    passage: Line | None = field("出处位置", "在出处的哪一部分，例如 二（三）", None)
    as_of: AsOf | None = field("数据截至", "这条内容截至何时有效，例如 2019-08", None)
    review: Review | None = aside("审批", "党务公开的提出、审核、审批记录", None, asked=Asked.NEVER)
    remark: Text | None = field(
        "内部备注", "只给支部自己看，任何页面都不出现", None, Audience.BRANCH
    )


class Consent(Model):
    """What a person has agreed to; without it no photo is shown."""

    site: Flag = field("同意上网页", "true 或 false", False)
    print: Flag = field("同意印展板", "true 或 false", False)
    share: Flag = field("同意给兄弟单位", "true 或 false", False)
    date: Day = field("同意日期", "本人哪天同意的")


class Photo(Model):
    """A picture in data/media with the words for those who cannot see it."""

    file: MediaPath = field("文件", "data/media 里的照片，例如 media/zhang-san.jpg")
    alt: Line = field("替代文字", "一句话说明照片里是什么，给看不见图的人")
    caption: Line | None = field("图注", "显示在图片下面的一句话", None)
    credit: Line | None = field("拍摄", "拍摄者", None)


class SourceKind(Choice):
    """Whether anybody can look a source up."""

    PUBLISHED = "published"
    INTERNAL = "internal"

    @property
    def label(self) -> str:
        return {"published": "公开发表", "internal": "内部台账"}[self]


class Source(Keyed):
    """Where facts come from; a published one stands in for the four steps of approval."""

    table = "sources"
    kind = "出处"

    type: SourceKind = field("类型", "published 公开发表；internal 内部台账")
    title: Line = field("标题", "文章或台账的名称")
    publisher: Line | None = field("发表单位", "刊物、网站或部门", None)
    date: Day | None = field("发表日期", "例如 2019-08-19", None)
    url: WebAddress | None = field("网址", "公开发表的网址", None)

    @property
    def is_published(self) -> bool:
        """Whether it names title, publisher, date and address, as the rule asks."""
        return self.type is SourceKind.PUBLISHED and all((self.publisher, self.date, self.url))


class Face(Keyed):
    """A coal face, with the one way its name is written."""

    table = "faces"
    kind = "工作面"

    name: Line = field("名称", "规范写法，例如 Ⅱ830")
