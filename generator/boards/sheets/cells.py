"""What a cell holds, as the text that was typed; what Excel has made of it is refused."""

from __future__ import annotations

import datetime
from typing import Any, NoReturn

from boards.sheets.columns import Column
from boards.sheets.values import Refused
from boards.yaml.faults import WIDE_SPACES, unsafe_characters
from boards.yaml.source import with_unix_line_ends

AS_TEXT = "把这一格的格式设为“文本”"


def text_of(value: Any, column: Column, *, is_formula: bool) -> str:
    """The text of a cell; raises Refused for anything that may not be what was typed."""
    if value == "" and is_formula:  # not yet computed, or found nothing: nobody has emptied it
        raise Refused("这一格是公式，没有算出内容", f"{AS_TEXT}，直接输入内容；不填就清空这一格")
    if isinstance(value, str):
        return _clean(value)
    if isinstance(value, bool) and column.is_flag and not is_formula:
        return "是" if value else "否"
    if isinstance(value, bool):
        hint = "从下拉里选“是”或“否”" if column.is_flag else f"{AS_TEXT}，再重新输入"
        raise Refused(f"这一格是逻辑值 {str(value).upper()}，不是文字", hint)
    if isinstance(value, int | float):
        return _number(value, column, is_formula=is_formula)
    if column.is_day and not is_formula and (day := _day_of(value)):
        return day
    raise Refused(*_date(value, column))


_ERRORS = {"#N/A", "#NAME?", "#REF!", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"}


def refuse_error(value: str) -> NoReturn:
    """Refuse what a formula left that found nothing."""
    raise Refused(f"这一格是错误值 {value}", "清空后重新输入内容，不要用公式")


def _clean(value: str) -> str:
    text = with_unix_line_ends(value)
    if text.strip().upper() in _ERRORS:  # pasted as a value
        refuse_error(text.strip())
    if text and not text.strip(" \n\t" + "".join(WIDE_SPACES)):
        raise Refused("这一格只有空格", "清空这一格（Delete 键），或填上内容")
    for at, name in unsafe_characters(text)[:1]:
        hint = "删掉这个字符后重新输入；它多半是从网页或聊天记录里一起粘贴来的"
        raise Refused(f"夹着{name}（U+{ord(text[at]):04X}）", hint)
    return text


def _number(value: float, column: Column, *, is_formula: bool) -> str:
    if is_formula:
        raise Refused(f"这一格是公式，现在算得 {_said(value)}", f"{AS_TEXT}，直接输入结果")
    if column.is_whole and not column.many and value == int(value) and 0 <= value < 1e15:
        return str(int(value))  # a whole number below 10^15 is what was typed, to the last digit
    found = f"这一格是数字 {_said(value)}，不是文字"
    if abs(value) >= 1e11:
        return _lost(found)
    if column.is_whole and not column.many:  # as a number it would have been taken
        raise Refused(f"这一格是数字 {_said(value)}，不是整数", "这里只写 0 或更大的整数，没有小数")
    raise Refused(found, f"{AS_TEXT}，再重新输入原来的内容（例如 8103、010、95.0）")


def _lost(found: str) -> str:
    hint = f"{AS_TEXT}，再对照原件重新输入；后几位可能已被 Excel 变成 0，不能照抄"
    raise Refused(found, hint)


def _said(value: float) -> str:
    return f"{value:.15g}".upper()


def _day_of(value: Any) -> str:
    """What Excel has made of a day that was typed, and shows as the same day; else empty."""
    if isinstance(value, datetime.datetime) and value.time() != datetime.time():
        return ""
    return f"{value:%Y-%m-%d}" if isinstance(value, datetime.date) else ""


def _date(value: Any, column: Column) -> tuple[str, str]:
    if isinstance(value, datetime.datetime | datetime.date):
        day = f"{value:%Y-%m-%d}"
        wanted = f"{day[:7]} 或 {day}" if column.is_partial_date else day
        again = f"输入 {wanted}（先核对是不是这一天）"
        if not (column.is_day or column.is_partial_date):
            again = "重新输入原来的内容"
        return f"这一格是日期格式（{day}），不是文字", f"{AS_TEXT}，再{again}"
    return f"这一格是时间格式（{value}），不是文字", f"{AS_TEXT}，再重新输入原来的内容，例如 12:30"
