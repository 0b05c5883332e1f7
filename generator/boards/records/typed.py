"""Typed text as every field reads it first, and the way a field refuses it."""

from __future__ import annotations

from typing import Any, NoReturn

from pydantic_core import PydanticCustomError

from boards.errors import Cure, Remove

FAULT = "boards"
"""The type of every refusal that is ours, among pydantic's own."""

WIDE_SPACES = "\u3000\u00a0"
NOTHING = {"~", "null", "none", "nil", "undefined", "n/a"}
"""What programs write for a field that was emptied: YAML's own nulls (1.2, 10.3.2) and the like."""
FILL_IN = ("填上内容；不需要就", Remove())


def fault(found: str, cure: Cure) -> NoReturn:
    """Refuse a value, in words."""
    raise PydanticCustomError(FAULT, "{found}", {"found": found, "cure": cure})


def says_nothing(text: str) -> bool:
    """Whether a field holds nothing, or a program's word for nothing."""
    bare = text.strip(" \n" + WIDE_SPACES)
    return not bare or bare.casefold() in NOTHING


def nothing_said(text: str) -> str:
    """What is said of such a field."""
    bare = text.strip(" \n" + WIDE_SPACES)
    return f"没有填写内容（“{bare}”是程序写的空值）" if bare else "没有填写内容"


def _shape(value: Any) -> str:
    return "一个列表" if isinstance(value, list | tuple) else "一组字段"


def typed_text(value: Any) -> str:
    """Text that says something; refuses lists and groups of fields."""
    if not isinstance(value, str):
        if not value:
            fault(nothing_said(""), FILL_IN)
        fault(f"这里写成了{_shape(value)}", "只写一个值；内容以 [ 或 { 开头时用英文双引号括起来")
    if says_nothing(value):
        fault(nothing_said(value), FILL_IN)
    return value


def typed_line(value: Any) -> str:
    """One line of text without spaces around it."""
    text = typed_text(value)
    if "\n" in text.strip("\n"):
        fault("这里写成了多行", "写在一行里")
    text = text.strip("\n")
    if text != text.strip(" " + WIDE_SPACES):
        where = "开头" if text[:1] in " " + WIDE_SPACES else "末尾"
        fault(f"内容{where}有空格（可能是全角空格）", f"去掉空格：{text.strip(' ' + WIDE_SPACES)}")
    return text
