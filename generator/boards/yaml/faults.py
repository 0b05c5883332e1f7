"""What YAML's own complaints mean to somebody who has never heard of YAML."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from boards.errors import Place, Problem
from boards.marks import shown_at_end

WIDE_SPACES = ("\u3000", "\u00a0")
MAX_CHARACTERS = 20
"""How many unsafe characters of one file are told one by one."""

_FIELD = re.compile(r"^\s*(?:- +)?([A-Za-z_]+)(\s*[：:])(.*)$")
_CHINESE_FIELD = re.compile(r"^\s*(?:- +)?([\u4e00-\u9fff]{1,8})(\s*：)(.*)$")
_WIDE_COLON = re.compile(r"^[\s\u3000]*(?:- +)?[A-Za-z_]+\s*：")
_TIGHT_COLON = re.compile(r"^\s*(?:- +)?[A-Za-z_]+:[^\s/]")
_WIDE_SPACE_VALUE = re.compile(r"^\s*(?:- +)?[A-Za-z_]+:[\u3000\u00a0]")
TIGHT_DASH = re.compile(r"\s*-[A-Za-z_\u4e00-\u9fff]")
_VALUE = re.compile(r"^\s*(?:- +)?(?:[\w-]+: +)?(.*)$")
_HEX = "[0-9a-fA-F]"
_BAD_ESCAPE = re.compile(
    r"((?<!\\)(?:\\\\)*)"
    rf"(\\(?:x(?!{_HEX}{{2}})|u(?!{_HEX}{{4}})|u[dD][89a-fA-F]|U(?!00(?:0{_HEX}|10){_HEX}{{4}})"
    r'|[^\W0abtnvfreNLPxuU_]|[^\w\s"/\\]))'
)

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
        if text[offset] == "\u200d" and (shown := shown_at_end(text[:offset])):
            said = f"“{shown}”后面{said}"
            hint = "这是用几个符号拼成的一个表情：把整个表情删掉，改成文字"
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
    match = _FIELD.match(line) or _CHINESE_FIELD.match(line)
    assert match
    colon = match[2].strip()
    value = match[3].strip()
    place = Place(path, index + 1, match.end(2))
    meant = f"{match[1]}: {value}".strip()
    if colon == "：":
        hint = "改成半角冒号加一个空格" if value else "改成半角冒号"
        return Problem(place, "冒号是全角的“：”", f"{hint}：{meant}")
    if match[3][:1] in WIDE_SPACES:
        return Problem(place, "冒号后面是全角空格", f"改成半角空格：{meant}")
    return Problem(place, "冒号后面缺一个空格", f"改成：{meant}")


def special_value(start: str, whole: str = "") -> tuple[str, str]:
    """What to say of a value that begins with a character YAML keeps for itself."""
    advice = f"：{_quoted(whole)}" if whole else ""
    return f"值以 {start} 开头，在 YAML 里有特殊含义", f"整个值用英文双引号括起来{advice}"


def tight_dash(line: str) -> tuple[str, str]:
    """What to say of a list item written `-name: x`."""
    return "短横线后面缺一个空格", f"改成：- {line.strip().removeprefix('-')}"


def _quoted(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', "”") + '"'


@dataclass(frozen=True, slots=True)
class Fault:
    """Why parsing stopped, and lines as they were probably meant, to go on from there."""

    problem: Problem
    repairs: Mapping[int, str] = field(default_factory=dict)
    about_indents: bool = False


def explain(error: Any, lines: list[str], last_line: int, path: str) -> Fault:
    """Turn a parser's exception into a message about the line that was mistyped."""
    mark = getattr(error, "problem_mark", None)
    line = min(mark.line if mark else last_line, max(len(lines) - 1, 0))
    problem = str(getattr(error, "problem", "") or error)
    context = getattr(error, "context_mark", None)
    start = context.line if context else line
    near = [n for n in sorted({start, max(line - 1, 0), line, line + 1}) if n < len(lines)]
    if fault := _indent_fault(lines, near, path):
        return fault
    for index in near:
        if index <= line and looks_like_field(lines[index]):
            said = field_line_problem(lines[index], index, path)
            return Fault(said, {index: _with_ascii_colon(lines[index])})
        if index <= line and TIGHT_DASH.match(lines[index]):
            place = Place(path, index + 1, lines[index].index("-") + 1)
            repaired = lines[index].replace("-", "- ", 1)
            return Fault(Problem(place, *tight_dash(lines[index])), {index: repaired}, True)
    within = str(getattr(error, "context", ""))
    if "flow sequence" in within or "flow mapping" in within:
        return _explain_value(lines, start, Place(path, start + 1), problem)
    if "quoted scalar" in within:
        if bad := _BAD_ESCAPE.search(lines[line]):
            return _explain_escape(lines, Place(path, line + 1, bad.start(2) + 1), bad[2])
        opened = Place(path, start + 1, (context.column if context else 0) + 1)
        found = "引号没有配对，从这里开始一直没有结束"
        return Fault(Problem(opened, found, "在这个值的末尾补上同样的英文引号"))
    return _explain_value(
        lines, line, Place(path, line + 1, (mark.column if mark else 0) + 1), problem
    )


def _indent_fault(lines: list[str], near: list[int], path: str) -> Fault | None:
    """Tabs or wide spaces in the indent near a complaint; all such lines are mended at once."""
    for wrong, name, instead in (
        ("\t", "制表符（Tab）", "删掉 Tab，改用空格"),
        ("\u3000", "全角空格", "删掉全角空格，改用半角空格"),
        ("\u00a0", "不换行空格", "删掉这些空格，重新输入半角空格"),
    ):
        indents = {n: line[: len(line) - len(line.lstrip())] for n, line in enumerate(lines)}
        used = [n for n, indent in indents.items() if wrong in indent and lines[n].strip()]
        if not set(near) & set(used):
            continue
        more = f"，共 {len(used)} 行" if len(used) > 1 else ""
        place = Place(path, used[0] + 1, lines[used[0]].index(wrong) + 1)
        said = Problem(place, f"缩进用了{name}{more}", f"{instead}，每一级两个空格")
        width = " " if wrong == "\u00a0" else "  "
        repairs = {n: indents[n].replace(wrong, width) + lines[n].lstrip() for n in used}
        return Fault(said, repairs, about_indents=True)
    return None


def _explain_escape(lines: list[str], place: Place, typed: str) -> Fault:
    """Say what is wrong with a path such as "D:\\照片" in double quotes."""
    number = place.line - 1
    repaired = _BAD_ESCAPE.sub(r"\1\\\2", lines[number])
    hint = "整个值改用英文单引号括起来，或每个 \\ 写两个：\\\\"
    said = Problem(place, f"双引号里的 {typed} 读不懂，\\ 在双引号里有特殊含义", hint)
    return Fault(said, {number: repaired})


def _explain_value(lines: list[str], line: int, place: Place, problem: str) -> Fault:
    typed = lines[line]
    match = _VALUE.match(typed)
    value = match.group(1).strip() if match else ""
    at = Place(place.path, place.line, typed.find(value) + 1) if value else place
    repairs = {line: typed.replace(value, _quoted(value))} if value else {}
    advice = f"整个值用英文双引号括起来：{_quoted(value)}"
    if value[:1] in tuple("[{"):
        said = Problem(at, f"值以 {value[0]} 开头，被当成了列表或对象", advice)
        return Fault(said, repairs)
    if value[:1] in tuple("@`%*&!|>") or value[:2] in ("- ", "? "):
        return Fault(Problem(at, *special_value(value[:1], value)), repairs)
    if value[:1] in ('"', "'"):
        said = Problem(
            at, "引号后面还有字", "把整个值放进一对引号里；值里要出现引号时用中文引号“ ”"
        )
        return Fault(said, repairs)
    if "mapping values are not allowed" in problem and (": " in value or value.endswith(":")):
        where = "值里有英文冒号加空格" if ": " in value else "值的末尾是英文冒号"
        return Fault(Problem(at, where, f"冒号改成中文冒号，或{advice}"), repairs)
    if "could not find expected ':'" in problem:
        return _explain_line(lines, _lonely_line(lines, line), place.path)
    if typed.lstrip().startswith(":"):
        start = Place(place.path, place.line, typed.index(":") + 1)
        return Fault(Problem(start, "冒号前面没有字段名", "补上字段名，写成“字段: 内容”"))
    if "did not find expected" in problem or "mapping values are not allowed" in problem:
        hint = "同级字段左对齐，每一级缩进两个空格；列表每项以“- ”开头，对齐在同一列"
        start = Place(place.path, place.line, len(typed) - len(typed.lstrip()) + 1)
        return Fault(Problem(start, "缩进和上面的内容对不齐", hint), about_indents=True)
    hint = "对照别的记录检查这一行和上一行的缩进、冒号和引号"
    return Fault(Problem(place, "这里的写法 YAML 读不懂", hint))


def _explain_line(lines: list[str], line: int, path: str) -> Fault:
    """Say what is wrong with a line that stands alone, without a field's name."""
    typed = lines[line]
    if _CHINESE_FIELD.match(typed):
        said = field_line_problem(typed, line, path)
        return Fault(said, {line: typed.replace("：", ": ", 1)})
    found = f"这一行不是“字段: 内容”的样子：{typed.strip()[:20]}"
    hint = "补上字段名和半角冒号加空格；长文字换行时整段缩进在 | 下面"
    place = Place(path, line + 1, len(typed) - len(typed.lstrip()) + 1)
    return Fault(Problem(place, found, hint))


def _with_ascii_colon(line: str) -> str:
    match = _FIELD.match(line)
    return f"{line[: match.start(2)]}: {match[3].strip()}".rstrip() if match else line


def _lonely_line(lines: list[str], line: int) -> int:
    """The line just before the complaint that has text but no `key: value`."""
    for index in range(min(line, len(lines) - 1), -1, -1):
        text = lines[index].strip()
        if text and ": " not in text and not text.endswith(":"):
            return index
    return line
