"""What YAML's own complaints mean to somebody who has never heard of YAML."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from boards.errors import Place, Problem

WIDE_SPACES = ("\u3000", "\u00a0")
MAX_CHARACTERS = 20
"""How many unsafe characters of one file are told one by one."""

_FIELD = re.compile(r"^[\s\u3000\u00a0]*(?:- +)?([A-Za-z_]+)([：:])(\S.*)?$")
_WIDE_COLON = re.compile(r"^[\s\u3000]*(?:- +)?[A-Za-z_]+\s*：")
_TIGHT_COLON = re.compile(r"^\s*(?:- +)?[A-Za-z_]+:[^\s/]")
_WIDE_SPACE_VALUE = re.compile(r"^\s*(?:- +)?[A-Za-z_]+:[\u3000\u00a0]")
_VALUE = re.compile(r"^\s*(?:- +)?(?:[A-Za-z_]+: +)?(.*)$")

_UNSAFE = {
    "\u0000": "空字符", "\u0085": "换行控制符", "\u00ad": "软连字符", "\u061c": "方向控制符",
    "\u200b": "零宽空格", "\u200c": "零宽字符", "\u200d": "零宽连接符", "\u200e": "方向控制符",
    "\u200f": "方向控制符", "\u2028": "行分隔符", "\u2029": "段分隔符", "\u2060": "零宽字符",
    "\ufeff": "多余的 BOM", "\ufffd": "乱码（�）", "\ufffe": "非法字符", "\uffff": "非法字符",
    **{chr(code): "方向控制符" for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))},
}  # fmt: skip
_SUSPECT = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ud800-\udfff\ue000-\uf8ff\ufeff\ufff0-\uffff\U000e0000-\U000e007f\U000f0000-\U0010ffff]"
    "|[\U0001fffe\U0001ffff]"
)


def unsafe_characters(text: str) -> list[tuple[int, str]]:
    """Positions and names of characters that are invisible, steer direction, or mean a bad file."""
    return [(match.start(), _name(match.group())) for match in _SUSPECT.finditer(text)]


def _name(character: str) -> str:
    known = _UNSAFE.get(character)
    if known:
        return known
    category = unicodedata.category(character)
    return {"Co": "自造字（别的电脑上显示不出来）", "Cf": "看不见的格式字符"}.get(
        category, "控制字符"
    )


def replace_unsafe_characters(text: str, path: str) -> tuple[str, list[Problem]]:
    """Report such characters and put an ordinary one in their place, so that reading goes on."""
    problems: list[Problem] = []
    found = unsafe_characters(text)
    for offset, name in found[:MAX_CHARACTERS]:
        line = text.count("\n", 0, offset) + 1
        column = offset - (text.rfind("\n", 0, offset) + 1) + 1
        said = f"夹着{name}（U+{ord(text[offset]):04X}）"
        if len(found) > MAX_CHARACTERS and len(problems) == MAX_CHARACTERS - 1:
            said += f"，后面还有 {len(found) - MAX_CHARACTERS} 处这样的字符"
        hint = "删掉这个字符后重新输入；它多半是从网页或聊天记录里一起粘贴来的"
        if name.startswith("乱码"):
            hint = "这个字在别的程序里存坏了，重新输入原来的字"
        problems.append(Problem(Place(path, line, column), said, hint))
    return _SUSPECT.sub("_", text) if problems else text, problems


def looks_like_field(line: str) -> bool:
    """Whether a continuation line was meant as a field of its own."""
    return bool(
        _WIDE_COLON.match(line) or _TIGHT_COLON.match(line) or _WIDE_SPACE_VALUE.match(line)
    )


def field_line_problem(line: str, index: int, path: str) -> Problem:
    """Say what is wrong with a line that looks like `name：x`, `name:x` or `name:　x`."""
    match = _FIELD.match(line)
    key = match.group(1) if match else ""
    column = (match.start(2) if match else 0) + 1
    place = Place(path, index + 1, column)
    if _WIDE_COLON.match(line):
        value = line.split("：", 1)[1].strip()
        return Problem(place, "冒号是全角的“：”", f"改成半角冒号加一个空格：{key}: {value}")
    value = line.split(":", 1)[1].strip(" \u3000\u00a0")
    if _WIDE_SPACE_VALUE.match(line):
        return Problem(place, "冒号后面是全角空格", f"改成半角空格：{key}: {value}")
    return Problem(place, "冒号后面缺一个空格", f"改成：{key}: {value}")


@dataclass(frozen=True, slots=True)
class Fault:
    """Why parsing stopped, and the line as it was probably meant, to go on from there."""

    problem: Problem
    line: int
    repaired: str | None = None


def explain(error: Any, lines: list[str], last_line: int, path: str) -> Fault:
    """Turn a parser's exception into a message about the line that was mistyped."""
    mark = getattr(error, "problem_mark", None)
    line = min(mark.line if mark else last_line, max(len(lines) - 1, 0))
    problem = str(getattr(error, "problem", "") or error)
    context = getattr(error, "context_mark", None)
    start = context.line if context else line
    if (index := _tab_line(lines, line)) is not None:
        column = lines[index].index("\t") + 1
        said = Problem(
            Place(path, index + 1, column),
            "缩进用了制表符（Tab）",
            "删掉 Tab，改用空格，每一级两个空格",
        )
        return Fault(said, index, lines[index].replace("\t", "  "))
    for index in sorted({start, max(line - 1, 0), line}):
        if index < len(lines) and looks_like_field(lines[index]):
            said = field_line_problem(lines[index], index, path)
            return Fault(said, index, _with_ascii_colon(lines[index]))
    in_quotes = "quoted scalar" in str(getattr(error, "context", ""))
    if "unexpected end of stream" in problem or in_quotes:
        opened = Place(path, start + 1, (context.column if context else 0) + 1)
        return Fault(
            Problem(
                opened, "引号没有配对，从这里开始一直没有结束", "在这个值的末尾补上同样的英文引号"
            ),
            start,
        )
    return _explain_value(
        lines, line, Place(path, line + 1, (mark.column if mark else 0) + 1), problem
    )


def _explain_value(lines: list[str], line: int, place: Place, problem: str) -> Fault:
    typed = lines[line]
    match = _VALUE.match(typed)
    value = match.group(1).strip() if match else ""
    at = Place(place.path, place.line, typed.find(value) + 1) if value else place
    quoted = '"' + value.replace("\\", "\\\\").replace('"', "”") + '"'
    repaired = typed.replace(value, quoted) if value else None
    advice = f"整个值用英文双引号括起来：{quoted}"
    if value[:1] in tuple("[{"):
        return Fault(
            Problem(at, f"值以 {value[0]} 开头，被当成了列表或对象", advice), line, repaired
        )
    if value[:1] in tuple("@`%*&!|>") or "cannot start any token" in problem:
        return Fault(
            Problem(at, f"值以 {value[:1]} 开头，在 YAML 里有特殊含义", advice), line, repaired
        )
    if value[:1] in ('"', "'"):
        said = Problem(
            at, "引号后面还有字", "把整个值放进一对引号里；值里要出现引号时用中文引号“ ”"
        )
        return Fault(said, line, repaired)
    if "mapping values are not allowed" in problem and ": " in value:
        return Fault(
            Problem(at, "值里有英文冒号加空格", f"冒号改成中文冒号，或{advice}"), line, repaired
        )
    if "could not find expected ':'" in problem:
        lonely = _lonely_line(lines, line)
        found = f"这一行不是“字段: 内容”的样子：{lines[lonely].strip()[:20]}"
        hint = "补上字段名和半角冒号加空格；长文字换行时整段缩进在 | 下面"
        return Fault(Problem(Place(place.path, lonely + 1), found, hint), lonely)
    if "did not find expected" in problem or "mapping values are not allowed" in problem:
        hint = "同级字段左对齐，每一级缩进两个空格；列表每项以“- ”开头，对齐在同一列"
        return Fault(Problem(place, "缩进和上面的内容对不齐", hint), line)
    hint = "对照手册里的样例检查这一行和上一行的缩进、冒号和引号"
    return Fault(Problem(place, "这里的写法 YAML 读不懂", hint), line)


def _with_ascii_colon(line: str) -> str:
    match = _FIELD.match(line)
    if match is None:
        return line
    return f"{line[: match.start(2)]}: {line[match.end(2) :].lstrip(' ' + WIDE_SPACES[0])}".rstrip()


def _lonely_line(lines: list[str], line: int) -> int:
    """The line just before the complaint that has text but no `key: value`."""
    for index in range(min(line, len(lines) - 1), -1, -1):
        text = lines[index].strip()
        if text and ": " not in text and not text.endswith(":"):
            return index
    return line


def _tab_line(lines: list[str], line: int) -> int | None:
    for index in (line, line - 1, line + 1):
        if 0 <= index < len(lines):
            text = lines[index]
            if "\t" in text[: len(text) - len(text.lstrip())]:
                return index
    return None
