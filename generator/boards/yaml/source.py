"""Strict YAML: structure and positions from the file, every value left as the text typed.

Types belong to the schema, so `8103`, `010`, `12:30`, `NO` and `2018-09` stay what was typed.
What a keeper of records never needs is refused by name: anchors, aliases, tags, merge keys,
several documents, keys given twice, depth over 32.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, replace
from pathlib import Path

from boards.errors import Place, Problem, Severity, why
from boards.yaml import faults as yaml_faults
from boards.yaml.composer import Composer
from boards.yaml.tree import Node

MAX_BYTES = 8 * 1024 * 1024
MAX_REPAIRS = 50
"""How many mistyped lines of one file are mended in memory to find the faults after them."""


@dataclass(frozen=True, slots=True)
class Document:
    """One file read: its tree (None if it has no usable one), its lines, and what was wrong."""

    path: str
    root: Node | None
    lines: tuple[str, ...]
    problems: list[Problem]


def read_yaml(file: Path, shown_as: str, content: bytes | None = None) -> Document:
    """Read a YAML file, or `content` in its stead; bad input becomes problems, no exception."""
    if content is None:
        content, problems = read_bytes(file, shown_as)
        if content is None:
            return Document(shown_as, None, (), problems)
    return parse_bytes(content, shown_as)


def parse_bytes(content: bytes, shown_as: str) -> Document:
    """Decode and compose what a YAML file holds."""
    text, problems = decode_text(content, shown_as)
    if text is None:
        return Document(shown_as, None, (), problems)
    return parse_yaml(text, shown_as, problems)


def read_bytes(file: Path, shown_as: str) -> tuple[bytes | None, list[Problem]]:
    """A file as it is, or why it cannot be opened."""
    try:
        return file.read_bytes(), []
    except OSError as error:
        found = f"文件打不开（{why(error)}）"
        hint = "检查文件权限，或关掉正占用它的程序后重试"
        return None, [Problem(Place(shown_as), found, hint)]


def decode_text(data: bytes, shown_as: str) -> tuple[str | None, list[Problem]]:
    """Decode: UTF-8 with or without BOM, UTF-16 with BOM, then GB18030 with a notice."""
    place = Place(shown_as)
    if len(data) > MAX_BYTES:
        found = f"文件有 {len(data) // 1024 // 1024} MB，超过 8 MB"
        return None, [Problem(place, found, "确认放进来的是台账文件，不是照片或压缩包")]
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decode(data, "utf-16", "UTF-16（记事本的“Unicode”）", place)
    if b"\0" in data:
        hint = "确认没有把照片、Word 或 Excel 文件改名放进来；台账用记事本另存为 UTF-8"
        return None, [Problem(place, "这不是文本文件", hint)]
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        return _decode(data, "gb18030", "GBK", place)


def _decode(
    data: bytes, encoding: str, name: str, place: Place
) -> tuple[str | None, list[Problem]]:
    hint = "用记事本打开，另存为，编码选 UTF-8"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None, [Problem(place, "文件编码认不出来，可能已损坏", hint)]
    found = f"文件按 {name} 编码保存，这次已按该编码读入"
    return text, [Problem(place, found, hint, severity=Severity.NOTICE)]


def with_unix_line_ends(text: str) -> str:
    """The text as any system would have saved it."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def parse_yaml(text: str, shown_as: str, problems: list[Problem] | None = None) -> Document:
    """Compose `text` into nodes; every fault that can be told apart gets its own message."""
    text = with_unix_line_ends(text)
    made = (_remembered if len(text) > _LONG else _composed)(text, shown_as)
    return replace(made, problems=[*(problems or ()), *made.problems])


_LONG = 4096
"""Characters of a text from which on it pays to remember what was made of it."""


@functools.lru_cache(4)
def _remembered(text: str, shown_as: str) -> Document:
    """The same: whoever tries out a change reads the old text and the new one again and again."""
    return _composed(text, shown_as)


def _composed(text: str, shown_as: str) -> Document:
    problems: list[Problem] = []
    clean, character_problems = yaml_faults.replace_unsafe_characters(text, shown_as)
    problems += character_problems
    lines = clean.split("\n")
    # Lines are mended by guess, so that another complaint of the same kind may be our doing.
    quoted: set[int] = set()
    indented = False
    for _ in range(MAX_REPAIRS):
        composer = Composer(lines, shown_as)
        fault = composer.compose()
        if fault is None:
            problems += composer.problems
            break
        our_doing = fault.problem.place.line - 1 in quoted or (indented and fault.about_indents)
        if not our_doing:
            problems.append(fault.problem)
        changed = [number for number, line in fault.repairs.items() if lines[number] != line]
        if our_doing or not changed:
            composer.root = None
            break
        for number in changed:
            if '"' in fault.repairs[number]:
                quoted.add(number)
            lines[number] = fault.repairs[number]
        indented = indented or fault.about_indents
    return Document(shown_as, composer.root, tuple(text.split("\n")), problems)
