"""What the commands write can be read where it arrives: on a console, in a pipe, in a file."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from boards.__main__ import speak_chinese
from helpers import changed, write_tree

FAULTY = changed("data/members.yml", "name: 王伟\n", "name: 王㛃\n    titel: x\n")


def boards(root: Path, *arguments: str, **settings: str) -> tuple[bytes, bytes]:
    """Both streams as bytes, as a program behind a pipe gets them."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        [sys.executable, "-m", "boards", *arguments],
        cwd=root, check=False, capture_output=True, env={**kept, **settings},
    )  # fmt: skip
    return done.stdout, done.stderr


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    """A site with a fault whose message holds a character that GBK lacks."""
    return write_tree(tmp_path, FAULTY)


def test_in_the_code_page_of_a_pipe_it_is_readable(faulty: Path) -> None:
    out, _ = boards(faulty, "check", PYTHONIOENCODING="cp936")
    assert "没有“titel”这个字段" in out.decode("gbk")
    assert "人员“王?”" in out.decode("gbk"), "what the code page lacks is replaced"
    _, err = boards(faulty, "build", PYTHONIOENCODING="cp936")
    assert "有错误，网站没有重新生成" in err.decode("gbk")


def test_what_was_asked_for_is_respected(faulty: Path) -> None:
    out, _ = boards(faulty, "check", PYTHONIOENCODING="gbk:backslashreplace")
    assert "人员“王\\u36c3”" in out.decode("gbk")
    out, _ = boards(faulty, "check", PYTHONUTF8="1")
    assert "人员“王㛃”" in out.decode("utf-8")


def test_where_the_machine_knows_no_chinese_it_is_utf_8(faulty: Path) -> None:
    plain = {"LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    out, _ = boards(faulty, "check", **plain)
    assert "人员“王㛃”" in out.decode("utf-8")


def test_json_for_programs_loses_nothing_in_any_code_page(faulty: Path) -> None:
    for encoding in ("cp936", "utf-8"):
        out, _ = boards(faulty, "check", "--format", "json", PYTHONIOENCODING=encoding)
        assert "王㛃" in json.loads(out.decode(encoding))[0]["record"]


class Console(io.TextIOWrapper):
    """A stream that says it is a console."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("kind", "python_chose", "asked", "encoding"),
    [
        (Console, "cp936", "", "utf-8"),
        (Console, "utf-8", "", "utf-8"),
        (Console, "cp936", "cp936", "cp936"),
        (io.TextIOWrapper, "cp936", "", "cp936"),
        (io.TextIOWrapper, "gb18030", "", "gb18030"),
        (io.TextIOWrapper, "utf-8", "", "utf-8"),
        (io.TextIOWrapper, "cp1252", "", "utf-8"),
        (io.TextIOWrapper, "big5", "", "big5"),
    ],
)
def test_a_stream_keeps_its_encoding_if_it_is_a_pipe_that_knows_chinese(
    kind: type[io.TextIOWrapper], python_chose: str, asked: str, encoding: str
) -> None:
    bytes_out = io.BytesIO()
    stream = kind(bytes_out, encoding=python_chose, errors="strict")
    speak_chinese(stream, asked)
    stream.write("展板㛃\ud800")
    stream.flush()
    assert stream.encoding == encoding
    assert bytes_out.getvalue().startswith("展板".encode(encoding))
