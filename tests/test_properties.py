"""Whatever stands in the files: told in words or shown harmlessly, from bytes to every surface.

Five hundred cases in CI, always the same; ten thousand others by `just fuzz`.
"""

from __future__ import annotations

import functools
import json
import operator
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boards.build import build
from boards.check import check_folders
from boards.editions.edition import Edition, EditionName
from boards.editions.faulty import salvage
from boards.words.text import to_blocks, to_prose
from dirty_photos import pixels
from full_site import Slot, spoiled, untouched, write_site
from harmless import (
    PREVIEW,
    Refused,
    Shape,
    assert_harmless,
    assert_told,
    bounded,
    shape_of,
    shape_of_all,
    surfaces_of,
)
from helpers import MINIMAL, TODAY, write_tree
from naughty import ALL
from sites import change
from strategies import FILES, damaged_files, hostile_words

pytestmark = pytest.mark.slow

PART = settings().max_examples
"""A fifth of all cases: 100 in CI, 2000 in the long run."""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tree(tmp_path_factory.mktemp("small"), MINIMAL)


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_site(tmp_path_factory.mktemp("full"))


@pytest.fixture(scope="module")
def usual(full: Path) -> Shape:
    return shape_of_all(surfaces_of(full))


@pytest.mark.slow
@settings(max_examples=PART * 2)
@given(files=damaged_files())
def test_no_bytes_end_in_a_traceback(small: Path, files: dict[str, bytes]) -> None:
    """200 cases: every problem has words, a cure and a place inside its file."""
    try:
        write_tree(small, files)
        with bounded():
            board, problems = check_folders(small / "data", small / "content", TODAY)
            assert_told(small, problems)
            salvage(board, PREVIEW)
    finally:
        write_tree(small, {name: FILES[name] for name in files})


@pytest.mark.slow
@settings(max_examples=PART * 2)
@given(changes=hostile_words())
def test_no_words_become_markup(full: Path, usual: Shape, changes: dict[Slot, str]) -> None:
    """200 cases: refused in words, or on every surface nothing but words."""
    files = spoiled(changes)
    try:
        write_tree(full, {n: text.encode("utf-8", "surrogatepass") for n, text in files.items()})
        with bounded():
            assert_harmless(surfaces_of(full), usual)
    except Refused as refused:
        assert refused.problems
    finally:
        write_tree(full, {**untouched(files)})


@given(
    markdown=st.lists(
        st.one_of(st.sampled_from(ALL).map(lambda row: row[1]), st.text(max_size=20)), max_size=8
    ).map("\n".join)
)
def test_no_markdown_becomes_more_than_prose(markdown: str) -> None:
    """100 cases, straight into the converter: what a lint might one day let pass."""
    with bounded():
        shape = shape_of(str(to_prose(markdown).html))
        blocks = to_blocks(markdown)
    assert not {tag for tag, _ in shape.elements} & {"script", "style", "img", "iframe", "svg"}
    assert not [name for _, name in shape.elements if name.startswith("on") or name == "style"]
    assert shape.schemes <= {"http", "https"}
    assert all(block.text.strip() for block in blocks)


typed = functools.partial(json.dumps, ensure_ascii=False)
WHOLE = {
    "data/branch.yml": ("党建要做在中心工作里", "{{ 7*7 }}</script><script>alert(1)</script>"),
    "data/zones.yml": ("区干党员和班长", '#eval("1") $x$ <b onclick="alert(1)">'),
    "data/members.yml": ("王伟", "王𰻝"),
    "data/honours.yml": ("五星红旗党支部", '"><img src=x onerror=alert(1)>'),
    "data/outcomes.yml": ("职工日常出勤率", '#import "a.typ": * </title>'),
    "data/cases/fault-crossing.yml": ("每班一量", "<svg/onload=alert(1)>"),
    "data/quarters/2019-Q1.yml": ("区队会议室", "{% include 'x' %}'-->"),
}
"""In each file one line of text, and what stands there instead."""


@pytest.mark.slow
def test_a_whole_build_is_as_harmless(tmp_path: Path) -> None:
    """Through MkDocs and Typst as well: nothing in the finished pages that was not there."""
    shapes, glyph = [], {"character": "𰻝", "file": "media/a.jpg"}
    root = write_tree(tmp_path, MINIMAL)
    (root / "data" / "media").mkdir()
    pixels().save(root / "data" / "media" / "a.jpg", "JPEG")
    branch = root / "data" / "branch.yml"
    drawn = f"  motto: 围绕中心抓党建\n  posters: {typed({'glyphs': [glyph]})}\n"
    change(branch, "  motto: 围绕中心抓党建\n", drawn)
    for changes in ({}, WHOLE):
        for name, (old, new) in changes.items():
            change(root / name, old, typed(new))
        with bounded(300):
            site = build(root, Edition(EditionName.PREVIEW, TODAY)).target
        pages = [file.read_text(encoding="utf-8") for file in sorted(site.rglob("*.html"))]
        shapes.append(functools.reduce(operator.or_, map(shape_of, pages)))
    usual, found = shapes
    assert found.elements <= usual.elements
    assert found.schemes <= usual.schemes
    assert not [script for script in found.scripts - usual.scripts if "alert" in script]
    assert any("&lt;svg/onload=alert(1)&gt;" in page for page in pages)


LARGE = r"""
import pathlib, re, resource, sys
resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))
from boards.check import check_folders
from boards.clock import build_date
root = pathlib.Path(sys.argv[1])
board, problems = check_folders(root / "data", root / "content", build_date())
status = pathlib.Path("/proc/self/status").read_text()
print(len(problems), int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) // 1024)
"""
# Not `ru_maxrss`: on Linux a program inherits the largest size of whoever started it.
BOMBS = {
    "brackets": b"lessons: " + b"[" * 200_000,
    "mappings": b"lessons: " + b"{a: " * 100_000,
    "aliases": b"a: &a [x,x,x,x,x,x,x,x,x]\n"
    + b"".join(b"b%d: &b%d [%s]\n" % (n, n, b"*a," * 9) for n in range(2000)),
    "one long line": b"branch:\n  name: " + "党".encode() * 2_000_000,
    "many lines": b"lessons:\n" + b"  - id: a\n" * 20_000,
    "many keys": b"".join(b"k%d: 1\n" % n for n in range(20_000)),
    "odd characters": b"branch:\n  name: " + "\u202e".encode() * 500_000,
    "quotes": b"branch:\n  name: " + b"'\"" * 500_000,
    "colons": b"lessons:\n" + b"  a: b: c: d\n" * 10_000,
    "tabs": b"\t" * 1_000_000,
}


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="用 Linux 的办法量内存")
@pytest.mark.parametrize("name", BOMBS)
def test_no_file_takes_all_memory_or_all_day(name: str, tmp_path: Path) -> None:
    """Files of up to 6 MB, in a process that may have 3 GB and has to do with a fifth of it."""
    root = write_tree(tmp_path, {**MINIMAL, "data/branch.yml": BOMBS[name]})
    run = subprocess.run(
        [sys.executable, "-c", LARGE, str(root)],
        capture_output=True, encoding="utf-8", timeout=240, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr[-2000:]
    problems, megabytes = (int(number) for number in run.stdout.split())
    assert problems > 0
    assert megabytes < 600
