"""YAML's events to nodes: strict, without recursion, refusing by name what records never need."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]

from boards.dialect import unfolded
from boards.errors import Place, Problem
from boards.yaml import faults as yaml_faults
from boards.yaml.tree import Node

MAX_DEPTH = 32
_TOO_DEEP = (f"嵌套超过 {MAX_DEPTH} 层", "检查缩进和括号，台账用不到这么深的层次")

_INTO_BRACKETS = re.compile(r"(?:\s|[-?:](?=\s)|[&!]\S*+)*+(?=[\[{])")
_TOKENS = re.compile(  # within brackets, for who only counts these
    r"""[\[\]{}]|"(?:\\.|[^"\\])*"?|'[^']*'?|(?<=\s)\#[^\n]*|[^\s\[\]{},:]+""", re.DOTALL
)
_LOST_TAIL = re.compile(r" ?(?<=[^ ] )(#\S.*)")
EMPTY = ("文件是空的", "照别的文件填写；不用的文件可以删掉")
"""What is said of a file that holds nothing."""
_SECOND_DOCUMENT = (
    "文件里有第二个 --- 分隔的文档",
    "一个文件只放一份台账，删掉多出的 --- 及其后内容",
)


class Composer:
    """Turns the parser's events into nodes without recursion, so depth cannot end the process."""

    def __init__(self, lines: list[str], path: str) -> None:
        self.path = path
        self.lines = lines
        self.problems: list[Problem] = []
        self.root: Node | None = None
        self.stack: list[Node] = []
        self.pending: list[tuple[str, int, int] | None] = []

    def compose(self) -> yaml_faults.Fault | None:
        """Fill `root` and `problems`, or return the fault that stops the parser."""
        parser: Any = CParser("\n".join(self.lines))
        documents = 0
        event: Any = None
        try:
            for event in _events(parser):
                if isinstance(event, yaml.DocumentStartEvent):
                    documents += 1
                    if documents > 1:
                        self._report(event, *_SECOND_DOCUMENT)
                        break
                elif not self._accept(event):
                    self.root = None
                    return None
        except yaml.YAMLError as error:
            if self._refused_for_depth(error, event):
                self.root = None
                return None
            last_line = event.start_mark.line if event else 0
            return yaml_faults.explain(error, self.lines, last_line, self.path)
        finally:
            parser.dispose()
        if self.root is None:
            self.problems.append(Problem(Place(self.path), *EMPTY))
        return None

    def _accept(self, event: Any) -> bool:
        if isinstance(event, yaml.AliasEvent):
            found, hint = yaml_faults.special_value("*", f"*{event.anchor}")
            self._report(event, found, hint)
            self._place(Node(f"*{event.anchor}", *_start(event)))
        elif isinstance(event, yaml.ScalarEvent):
            self._refuse_specials(event)
            self._check_plain(event)
            self._check_escapes(event)
            value = self._value(event)
            if not value.strip():  # what was typed stands in, so that it is not also missing
                tail = self._lost_tail(event)
                value = tail[1] if tail else (event.style or "").strip("\"'") + value
            self._place(Node(value, *_start(event), style=event.style or "", end=_end(event)))
        elif isinstance(event, yaml.SequenceStartEvent | yaml.MappingStartEvent):
            self._refuse_specials(event)
            empty: Any = [] if isinstance(event, yaml.SequenceStartEvent) else {}
            node = Node(empty, *_start(event), style="[" if event.flow_style else "")
            self._place(node)
            self.stack.append(node)
            self.pending.append(None)
            if len(self.stack) > MAX_DEPTH:
                self._report(event, *_TOO_DEEP)
                return False
        elif isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
            self.stack.pop().end = _end(event)
            self.pending.pop()
        return True

    def _refused_for_depth(self, error: Any, last: Any) -> bool:
        """Whether brackets go too deep between the last event and what the parser refused.

        It looks ahead by up to 1 024 characters, and how many levels it takes there differs from
        release to release, so that its own refusal may come before the event that is one too many.
        """
        mark = getattr(error, "problem_mark", None)
        line, column = (last.end_mark.line, last.end_mark.column) if last else (0, 0)
        ahead = "\n".join(self.lines[line : mark.line + 1 if mark else None])
        in_brackets = bool(self.stack) and self.stack[-1].style == "["
        if not in_brackets and not _INTO_BRACKETS.match(ahead, column):
            return False
        depth = len(self.stack)
        for found in _TOKENS.finditer(ahead, column):
            depth += (found[0] in ("[", "{")) - (found[0] in ("]", "}"))
            if depth > MAX_DEPTH:
                at = found.start()
                place = (line + ahead.count("\n", 0, at) + 1, at - ahead.rfind("\n", 0, at))
                self.problems.append(Problem(Place(self.path, *place), *_TOO_DEEP))
                return True
        return False

    def _value(self, event: Any) -> str:
        """The text of a scalar; Chinese over several lines is put together without spaces."""
        start, end = event.start_mark, event.end_mark
        value: str = event.value
        if start.line == end.line or event.style == "|":
            return value
        first = "" if event.style == ">" else self.lines[start.line][start.column :]
        last = self.lines[end.line][: end.column] if end.line < len(self.lines) else ""
        return unfolded(value, [first, *self.lines[start.line + 1 : end.line], last])

    def _place(self, node: Node) -> None:
        """Put a node where it belongs: root, list item, key or value."""
        if not self.stack:
            self.root = node
            return
        parent = self.stack[-1]
        if isinstance(parent.value, list):
            parent.value.append(node)
        elif isinstance(parent.value, dict):
            if self.pending[-1] is None:
                self.pending[-1] = self._key(node)
                return
            key, line, column = self.pending[-1]
            self.pending[-1] = None
            self._enter(parent, key, (line, column), node)

    def _key(self, node: Node) -> tuple[str, int, int]:
        if isinstance(node.value, str):
            key = node.value
            if key[:1] in yaml_faults.WIDE_SPACES:
                key = key.strip("".join(yaml_faults.WIDE_SPACES))
                self._problem(node, f"“{key}”前面是全角空格", "删掉全角空格，缩进用半角空格")
            if key == "<<":
                self._problem(node, "不支持 << 合并写法", "把内容完整写出来")
                key = ""
            elif not key:
                self._problem(node, "冒号前面没有字段名", "补上字段名，写成“字段: 内容”")
            elif yaml_faults.TIGHT_DASH.match(key):
                found, hint = yaml_faults.tight_dash(self.lines[node.line - 1])
                self._problem(node, found, hint)
                key = ""
            return key, node.line, node.column
        self._problem(
            node, "字段名不是文字", "字段名写成“名称: 内容”，内容以 [ 或 { 开头时用英文双引号括起来"
        )
        return "", node.line, node.column

    def _enter(self, parent: Node, key: str, at: tuple[int, int], node: Node) -> None:
        assert isinstance(parent.value, dict)
        if not key:  # what is wrong with it has been said
            return
        if key in parent.value:
            first = parent.keys[key][0]
            place = Place(self.path, *at)
            found = f"“{key}”写了两次，第一次在第 {first} 行"
            self.problems.append(Problem(place, found, "只留一个，另一个删掉或改名"))
            return
        parent.value[key] = node
        parent.keys[key] = at

    def _refuse_specials(self, event: Any) -> None:
        if event.tag is not None:
            self._refuse_special(event, "!")
        if event.anchor is not None:
            self._refuse_special(event, "&")

    def _refuse_special(self, event: Any, character: str) -> None:
        start, end = event.start_mark, event.end_mark
        typed = ""
        if start.line == end.line and isinstance(event, yaml.ScalarEvent):
            typed = self.lines[start.line][start.column : end.column].strip()
        found, hint = yaml_faults.special_value(character, typed)
        self._report(event, found, hint)

    def _check_escapes(self, event: Any) -> None:
        """Refuse what escapes such as \\u202e in double quotes, or a bare | or >, turn into."""
        if event.style == '"':
            for _, name in yaml_faults.unsafe_characters(event.value)[:1]:
                found = f"双引号里的 \\ 转义出了{name}"
                self._report(event, found, "删掉 \\ 和它后面的代码；要写 \\ 本身就把引号去掉")
        elif event.style in ("|", ">") and not event.value.strip():
            found = f"“{event.style}”后面没有内容"
            hint = f'长文字在下面缩进两格写；要写这个符号本身就加英文双引号："{event.style}"'
            self._report(event, found, hint)

    def _check_plain(self, event: Any) -> None:
        """Refuse unquoted values that YAML reads otherwise than they look."""
        if event.style:  # the C parser gives plain values an empty one
            return
        end_line = event.end_mark.line
        if tail := self._lost_tail(event):
            place = Place(self.path, end_line + 1, tail.start(1) + 1)
            found = f"“{tail[1].strip()[:20]}”会被当成注释丢掉"
            whole = f'"{event.value} {tail[1].strip()}"' if event.value else f'"{tail[1].strip()}"'
            hint = f"要保留就整个值加英文双引号：{whole}；确是注释就在 # 后加空格"
            self.problems.append(Problem(place, found, hint))
        if end_line > event.start_mark.line:
            for number in range(event.start_mark.line + 1, end_line + 1):
                if yaml_faults.looks_like_field(self.lines[number]):
                    self.problems.append(
                        yaml_faults.field_line_problem(self.lines[number], number, self.path)
                    )

    def _lost_tail(self, event: Any) -> re.Match[str] | None:
        """What follows a plain value after one space and `#` with no space after it."""
        line = event.end_mark.line
        if event.style or line >= len(self.lines):
            return None
        # The parser's end of a plain value is before or after the space that follows it.
        return _LOST_TAIL.match(self.lines[line], event.end_mark.column)

    def _report(self, event: Any, found: str, hint: str) -> None:
        self.problems.append(Problem(Place(self.path, *_start(event)), found, hint))

    def _problem(self, node: Node, found: str, hint: str) -> None:
        self.problems.append(Problem(Place(self.path, node.line, node.column), found, hint))


def _events(parser: Any) -> Iterator[Any]:
    get: Callable[[], Any] = parser.get_event
    while (event := get()) is not None:
        yield event


def _start(event: Any) -> tuple[int, int]:
    return event.start_mark.line + 1, event.start_mark.column + 1


def _end(event: Any) -> tuple[int, int]:
    return event.end_mark.line + 1, event.end_mark.column + 1
