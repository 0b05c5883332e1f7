"""What the schema refuses, in the words of somebody filling in a ledger."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, ValidationError

from boards.errors import Cure, Either, Named, Remove, listing, nearest
from boards.records.schema import FieldPath, FieldSpec, spec_at, specs
from boards.records.typed import FAULT, FILL_IN, nothing_said, says_nothing

_PERSONAL = "属个人隐私，本系统不设这一项"
_CONTACT = ("只在", Named("contact", "联系方式"), "里留底，任何页面都不出现")
NEVER: dict[str, tuple[str, Cure]] = {
    "birthday": ("生日", _PERSONAL),
    "birth_date": ("生日", _PERSONAL),
    "生日": ("生日", _PERSONAL),
    "出生日期": ("生日", _PERSONAL),
    "id_card": ("身份证号", _PERSONAL),
    "id_number": ("身份证号", _PERSONAL),
    "身份证": ("身份证号", _PERSONAL),
    "身份证号": ("身份证号", _PERSONAL),
    "phone": ("手机号", _CONTACT),
    "mobile": ("手机号", _CONTACT),
    "手机号": ("手机号", _CONTACT),
    "address": ("住址", _PERSONAL),
    "住址": ("住址", _PERSONAL),
    "family": ("家庭情况", _PERSONAL),
    "家庭情况": ("家庭情况", _PERSONAL),
    "illness": ("病情", _PERSONAL),
    "income": ("收入", _PERSONAL),
    "收入": ("收入", _PERSONAL),
    "hardship": ("困难情况", "帮扶只登记合计数，不登记个人和家庭"),
    "困难职工": ("困难情况", "帮扶只登记合计数，不登记个人和家庭"),
    "warning_level": ("预警级别", "红黄蓝预警只登记合计数，从不与个人对应"),
    "预警级别": ("预警级别", "红黄蓝预警只登记合计数，从不与个人对应"),
    "violator": ("三违人员", "三违只登记人次合计，不登记姓名"),
    "violators": ("三违人员", "三违只登记人次合计，不登记姓名"),
    "三违人员": ("三违人员", "三违只登记人次合计，不登记姓名"),
    "grievance": ("职工诉求", "诉求只登记件数，不登记内容和个人"),
    "grievances": ("职工诉求", "诉求只登记件数，不登记内容和个人"),
    "signature": ("签名扫描", "签名只留在纸质责任状上"),
    "bank_card": ("银行卡号", _PERSONAL),
}
"""What is never collected: words it might be typed as, its label, and the reason."""


_LIST = {"tuple_type", "list_type"}
_GROUP = {"model_type", "model_attributes_type", "dict_type"}
"""What pydantic calls it where a list, or a group of fields, should stand."""


def refusals(
    model: type[BaseModel], error: ValidationError
) -> Iterator[tuple[FieldPath, str, Cure]]:
    """Path, what was found and what to type, for every fault of one record."""
    details = error.errors(include_url=False)
    renamed = {
        (*detail["loc"][:-1], _meant(model, detail["loc"]))
        for detail in details
        if detail["type"] == "extra_forbidden"
    }
    for detail in details:
        path: FieldPath = detail["loc"]
        kind = detail["type"]
        context: dict[str, Any] = detail.get("ctx", {})
        if kind == FAULT:
            yield path, context["found"], context["cure"]
        elif kind == "missing":
            if path not in renamed:  # its name was mistyped, which is said
                yield path, *_missing(model, path)
        elif kind == "extra_forbidden":
            yield path, *_unknown(model, path)
        elif kind in {*_LIST, *_GROUP} and _is_empty(typed := detail.get("input")):
            yield path, nothing_said(typed if isinstance(typed, str) else ""), FILL_IN
        else:
            yield path, *_wrong_shape(model, path, kind, context, detail.get("input"))


def _is_empty(typed: Any) -> bool:
    return says_nothing(typed) if isinstance(typed, str) else not typed


def _missing(model: type[BaseModel], path: FieldPath) -> tuple[str, Cure]:
    spec = spec_at(model, path)
    if spec is None:
        return "缺少必填内容", "照别的记录补上"
    return f"缺少必填的“{spec.label}”", Either(
        f"补上一行 {spec.name}: …（{spec.description}）", "填上这一项"
    )


def _unknown(model: type[BaseModel], path: FieldPath) -> tuple[str, Cure]:
    name = str(path[-1])
    if name in NEVER:
        label, reason = NEVER[name]
        return f"不设“{label}”这一项", (Remove(), "：", reason)
    known = _siblings(model, path)
    guess = _meant(model, path)
    options = listing([f"{spec.name}（{spec.label}）" for spec in known.values()], limit=30)
    found = f"没有“{name}”这个字段"
    if guess:
        return found, f"改成 {guess}（{known[guess].label}）"
    return found, (Remove(), f"；可用字段：{options}")


def _siblings(model: type[BaseModel], path: FieldPath) -> dict[str, FieldSpec]:
    """The fields that may stand where `path` ends."""
    parent = spec_at(model, path[:-1])
    return specs(parent.model if parent and parent.model else model)


def _meant(model: type[BaseModel], path: FieldPath) -> str | None:
    """The field that an unknown name was probably meant to be."""
    name = str(path[-1])
    if name in NEVER:
        return None
    known = _siblings(model, path)
    by_label = {spec.label: spec.name for spec in known.values()}
    return by_label.get(name) or nearest(name, known)


def _wrong_shape(
    model: type[BaseModel], path: FieldPath, kind: str, context: dict[str, Any], typed: Any
) -> tuple[str, Cure]:
    spec = spec_at(model, path)
    about = f"（{spec.description}）" if spec and spec.description else ""
    shape = "一组字段" if isinstance(typed, dict) else "一个列表"
    if isinstance(typed, str):
        shape = f"“{typed[:20]}”"
    if kind == "too_short":
        return f"只有 {context['actual_length']} 项", f"至少要 {context['min_length']} 项{about}"
    if kind == "too_long":
        return f"有 {context['actual_length']} 项", f"最多 {context['max_length']} 项{about}"
    if kind in _LIST:
        return f"这里写成了{shape}", f"这里要列表：每项另起一行，以“- ”开头{about}"
    if kind in _GROUP:
        if isinstance(typed, str):
            fields = listing([*specs(spec.model)]) if spec and spec.model else ""
            return f"这里写成了{shape}", f"另起几行，各缩进两格，写 {fields}{about}"
        if isinstance(typed, list) and len(typed) > 1:
            return f"这里写了 {len(typed)} 项", f"只能留一项，并去掉“- ”{about}"
        return f"这里写成了{shape}", f"只有一项就不用列表，去掉“- ”{about}"
    return f"{shape} 填得不对", f"对照说明修改{about}"
