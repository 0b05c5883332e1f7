"""Records are changed in their files, and nothing else in those files is."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from boards.amend import Action, AmendFault, Edit, amended, write
from boards.board import Board
from boards.load import load
from boards.spelling import Value
from helpers import MINIMAL, changed, check_tree, read_board, report, write_tree
from sites import ROOT, tree

OWN = load(ROOT / "data", ROOT / "content")[0]
REVIEW: Value = {
    "proposed_by": "张内勤",
    "checked_by": "李宣传",
    "approved_by": "王书记",
    "approved_on": "2019-07-05",
}


def fields_of(board: Board, table: str, key: str) -> dict[str, Value]:
    found = board.origins[(table, key)].node.plain()
    assert isinstance(found, dict)
    return found


def after(root: Path, *edits: Edit) -> Board:
    """The board once the edits are written, the same as it was tried before."""
    files = amended(read_board(root), root, edits)
    tried, problems = load(root / "data", root / "content", files)
    assert report(problems) == ""
    write(files, root, "test")
    now = read_board(root)
    assert {own: row.node.plain() for own, row in now.origins.items()} == {
        own: row.node.plain() for own, row in tried.origins.items()
    }
    return now


def text_of(root: Path, name: str) -> str:
    return (root / name).read_bytes().decode("utf-8")


@pytest.mark.parametrize("own", sorted(OWN.origins), ids="/".join)
def test_setting_every_field_to_what_it_is_changes_no_byte(own: tuple[str, str]) -> None:
    files = amended(OWN, ROOT, [Edit(*own, fields_of(OWN, *own))])
    assert [*files.values()] == [file.read_bytes() for file in files]


@pytest.mark.parametrize("own", sorted(OWN.origins), ids="/".join)
def test_one_changed_field_changes_its_own_line(own: tuple[str, str]) -> None:
    files = amended(OWN, ROOT, [Edit(*own, {"as_of": "2020-01", "passage": "九 # 1"})])
    ((file, new),) = files.items()
    assert new is not None
    old_lines, lines = file.read_bytes().split(b"\n"), new.split(b"\n")
    added = [line.strip() for line in lines if line not in old_lines]
    assert added == [b"as_of: 2020-01", 'passage: "九 # 1"'.encode()] or sorted(added) == sorted(
        [b"as_of: 2020-01", 'passage: "九 # 1"'.encode()]
    )


HAND_TYPED = """\
# 人员
members:   # 全部

- id:   wang-wei   # 编号
  # 名字在前
  "name": '王伟'
  standing: member # 党员
  posts: [ {zone: quality,  role: gatekeeper} ]   # 一岗

  groups:
  # 只有一个组
  -   quality-group   # 组
  remark: 第一行
    第二行
  source: ledger
  review:   # 审批
      proposed_by:   张内勤   # 提出
      # 审核在后
      checked_by: 李宣传
      approved_by: 支部书记
      approved_on: 2019-07-05


# 祝君文在下面
- id: zhu-jun-wen
  name:    祝君文
  standing: member
  pledge: >-
     干在前
     做在前

# 完
"""
"""As a person types: aligned by eye, comments everywhere, every kind of quoting."""


def hand_typed(tmp_path: Path, eol: str = "\n", start: bytes = b"", end: str = "\n") -> Path:
    text = HAND_TYPED.rstrip("\n") + end
    files = {**MINIMAL, "data/members.yml": start + text.replace("\n", eol).encode()}
    return write_tree(tmp_path, files)


def lines_changed(before: str, now: str) -> list[str]:
    import difflib  # noqa: PLC0415

    both = difflib.ndiff(before.split("\n"), now.split("\n"))
    return [line for line in both if line[0] in "+-"]


@pytest.mark.parametrize("eol", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("start", [b"", codecs.BOM_UTF8])
@pytest.mark.parametrize("end", ["\n", "", "\n\n\n"])
def test_what_people_typed_stays_as_they_typed_it(
    tmp_path: Path, eol: str, start: bytes, end: str
) -> None:
    root = hand_typed(tmp_path, eol, start, end)
    before = (root / "data/members.yml").read_bytes()
    review = {**dict(REVIEW), "proposed_by": "张内勤", "approved_by": "支部书记"}  # type: ignore[arg-type]
    board = read_board(root)
    for own in (("members", "wang-wei"), ("members", "zhu-jun-wen")):
        same = amended(board, root, [Edit(*own, fields_of(board, *own))])
        assert [*same.values()] == [before]
    edits = [
        Edit("members", "wang-wei", {"name": "王卫", "review": review, "groups": ["a", "b"]}),
        Edit("members", "zhu-jun-wen", {"pledge": "做在前", "job": "班长"}),
    ]
    ((_, new),) = amended(board, root, edits).items()
    assert new is not None and new.startswith(start)
    text = new.removeprefix(start).decode()
    assert text.count(eol) == HAND_TYPED.rstrip("\n").count("\n") + len(end) + (0 if end else 0) + 1
    assert lines_changed(HAND_TYPED.rstrip("\n") + end, text.replace(eol, "\n")) == []
