"""Reading YAML: what was typed stays as typed, and every fault has its place."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from yaml import Mark
from yaml.cyaml import CParser
from yaml.scanner import ScannerError

from boards.errors import Severity
from boards.yaml.source import MAX_BYTES, Document, parse_yaml, read_yaml

pytestmark = pytest.mark.slow  # and of no day

AS_TYPED = [
    "8103",
    "010",
    "12:30",
    "NO",
    "2018-09",
    "yes",
    "~",
    "null",
    "1e3",
    "0x1F",
    "1_000",
    ".",
]


def read(text: str) -> Document:
    return parse_yaml(text, "data/x.yml")


def plain(text: str) -> object:
    document = read(text)
    assert document.problems == []
    assert document.root
    return document.root.plain()


@pytest.mark.parametrize("typed", AS_TYPED)
def test_a_value_stays_the_text_that_was_typed(typed: str) -> None:
    assert plain(f"name: {typed}\n") == {"name": typed}
    assert plain(f"- {typed}\n") == [typed]


@pytest.mark.parametrize(
    "typed", ["[优秀] 党员", "@张三", "*优秀", "&a", "!重要", "% 优秀", "综采 #1"]
)
def test_quotes_allow_what_means_something_to_yaml(typed: str) -> None:
    assert plain(f'name: "{typed}"\n') == {"name": typed}
    assert plain(f"name: '{typed}'\n") == {"name": typed}


@pytest.mark.parametrize(
    "line", ["name: 综采 # 说明", "name: 综采  #1 说明", "name: 综采#1", "# 说明"]
)
def test_a_comment_is_a_comment(line: str) -> None:
    assert read(f"{line}\nother: x\n").problems == []


def test_a_hash_inside_a_word_stays() -> None:
    assert plain("name: 综采#1面\n") == {"name": "综采#1面"}


def test_windows_line_ends_and_old_ones_make_no_difference() -> None:
    text = "name: 综采二区\ntext: |\n  一\n  二\n"
    assert plain(text.replace("\n", "\r\n")) == plain(text.replace("\n", "\r")) == plain(text)


def test_a_byte_order_mark_makes_no_difference(tmp_path: Path) -> None:
    file = tmp_path / "x.yml"
    file.write_bytes("name: 综采二区\n".encode("utf-8-sig"))
    document = read_yaml(file, "x.yml")
    assert document.problems == []
    assert document.root and document.root.plain() == {"name": "综采二区"}


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16"])
def test_other_encodings_are_read_with_a_notice(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "x.yml"
    file.write_bytes("name: 综采二区\n".encode(encoding))
    document = read_yaml(file, "x.yml")
    assert [problem.severity for problem in document.problems] == [Severity.NOTICE]
    assert document.root and document.root.plain() == {"name": "综采二区"}


def test_utf_16_without_a_mark_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "x.yml"
    file.write_bytes("name: 综采二区\n".encode("utf-16-le"))
    assert [problem.found for problem in read_yaml(file, "x.yml").problems] == ["这不是文本文件"]


@pytest.mark.parametrize("name", ["㛃", "𠅤", "䶮", "𰻝", "邓𠅤", "乌日娜·图雅"])
def test_rare_characters_are_ordinary_characters(name: str) -> None:
    assert plain(f"name: {name}\n") == {"name": name}


def test_positions_count_characters_not_bytes() -> None:
    document = read("姓名: 𰻝x\n列表:\n  - 一\n  - 名: 二\n")
    assert document.root
    assert document.root.position(("姓名",)) == (1, 5)
    assert document.root.position(("列表", 1, "名")) == (4, 8)
    assert document.root.key_position(("列表", 1, "名")) == (4, 5)


def test_a_position_that_does_not_exist_is_that_of_the_nearest_thing_above() -> None:
    document = read("a:\n  b: 1\n")
    assert document.root
    assert document.root.position(("a", "c", "d")) == (1, 1)


def test_a_file_of_nine_megabytes_is_refused_unread(tmp_path: Path) -> None:
    file = tmp_path / "x.yml"
    with file.open("wb") as stream:
        stream.truncate(MAX_BYTES + 1024 * 1024)
    document = read_yaml(file, "x.yml")
    assert document.root is None
    assert [problem.found for problem in document.problems] == ["文件有 9 MB，超过 8 MB"]


@pytest.mark.parametrize("text", ["[" * 50_000, "{a: " * 50_000, "- " * 50_000 + "x"])
def test_fifty_thousand_levels_are_one_message(text: str) -> None:
    document = read(text)
    assert document.root is None
    assert [problem.found for problem in document.problems] == ["嵌套超过 32 层"]


def test_32_levels_are_allowed_and_33_are_not() -> None:
    assert read("[" * 32 + "x" + "]" * 32).problems == []
    assert [p.found for p in read("[" * 33 + "x" + "]" * 33).problems] == ["嵌套超过 32 层"]


def impatient(begins: int, refused: int) -> type:
    """A parser that looks from `begins` as far as `refused`, and complains in its own words.

    Releases of PyYAML differ in how far they look ahead and at how many levels they refuse.
    """

    class Impatient:
        def __init__(self, text: str) -> None:
            self.parser = CParser(text)

        def get_event(self) -> Any:
            event = self.parser.get_event()
            if event is not None and event.start_mark.index >= begins:
                at = Mark("", refused, 0, refused, None, None)
                raise ScannerError("deep", at, "no", at)
            return event

        def dispose(self) -> None:
            self.parser.dispose()

    return Impatient


@pytest.mark.parametrize("reach", [33, 64, 1000])
@pytest.mark.parametrize(
    "before", ["", "a: ", "- ", "- - b: ", "? ", "x: &b ", "x: [a, ", 'x: ["[", ', "x: ['[]', y, "]
)
def test_depth_is_judged_here_however_the_parser_judges_it(
    before: str, reach: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = before + "[" * 2000
    told = read(before + "[" * 40).problems[-1]
    assert told.found == "嵌套超过 32 层"
    assert read(text).problems[-1] == told
    for begins in {text.index("["), len(before)}:
        parser = impatient(begins, len(before) + reach)
        monkeypatch.setattr("boards.yaml.composer.CParser", parser)
        assert read(text).problems[-1] == told


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('- "' + "[" * 40 + '" x\n', "引号后面还有字"),
        ("a: b " + "[" * 40 + ": c\n", "值里有英文冒号加空格"),
        ("a: |\n  " + "[" * 40 + "\nb: @c\n", "值以 @ 开头"),
        ("a: [b, # " + "[" * 40 + "\n", "对不齐"),
        ("a: [" + "[]," * 40 + "@]\n", "值以 [ 开头"),
    ],
)
def test_brackets_that_nest_nothing_are_not_taken_for_depth(text: str, said: str) -> None:
    assert said in " ".join(problem.found for problem in read(text).problems)
    assert "嵌套" not in " ".join(problem.found for problem in read(text).problems)


def test_aliases_are_never_followed() -> None:
    bomb = "a: &a [x]\n" + "".join(f"a{n}: &a{n} [*a, *a]\n" for n in range(30))
    document = read(bomb)
    assert document.root
    assert len(str(document.root.plain())) < 2000


def test_a_file_full_of_control_characters_is_read_quickly_and_reported_briefly() -> None:
    began = time.process_time()
    problems = read("name: " + "\x07" * 200_000).problems
    assert time.process_time() - began < 2
    assert len(problems) == 20
    assert problems[-1].found.endswith("后面还有 199980 处这样的字符")


@pytest.mark.parametrize("text", ['"": x\n', "? \n: x\n", "a: 1\n'': x\n"])
def test_a_value_without_a_field_name_is_told_once(text: str) -> None:
    assert [problem.found for problem in read(text).problems] == ["冒号前面没有字段名"]


@pytest.mark.parametrize("text", ['a: >"95"\nb: x\n', 'a: "x" y: "z"\n', "a: 1\n  - b: 2\nc: 3\n"])
def test_a_line_that_cannot_be_mended_by_guess_is_told_of_once(text: str) -> None:
    problems = read(text).problems
    assert [(problem.place.line > 2, problem.found != "") for problem in problems] == [
        (False, True)
    ]


def test_several_faults_of_one_file_are_found_in_one_pass() -> None:
    problems = read("a：一\nb: @二\nc:三\nd: [四] 五\ne: 六\ne: 七\n").problems
    assert [problem.place.line for problem in problems] == [1, 2, 3, 4, 6]


def test_a_file_that_cannot_be_opened_says_so(tmp_path: Path) -> None:
    (tmp_path / "x.yml").mkdir()
    document = read_yaml(tmp_path / "x.yml", "x.yml")
    assert document.root is None
    assert document.problems[0].found.startswith("文件打不开")
