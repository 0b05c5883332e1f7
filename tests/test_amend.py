"""Records are changed in their files, and nothing else in those files is."""

from __future__ import annotations

import codecs
import difflib
from pathlib import Path

import pytest

from boards.amend import Action, AmendFault, Edit, Value, amended, write
from boards.board.board import Board
from boards.board.load import load
from boards.check import check_folders
from boards.yaml.source import parse_yaml
from helpers import MINIMAL, TODAY, changed, read_board, report, write_tree
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
    added = {line.strip() for line in lines if line not in old_lines}
    assert added == {b"as_of: 2020-01", 'passage: "九 # 1"'.encode()}


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


def lines_changed(before: bytes, now: bytes | None) -> str:
    """Lines that went and came, with their ends shown."""
    assert now is not None
    both = difflib.ndiff(
        before.decode().splitlines(keepends=True), now.decode().splitlines(keepends=True)
    )
    return "".join(line for line in both if line[0] in "+-")


@pytest.mark.parametrize("eol", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("start", [b"", codecs.BOM_UTF8])
@pytest.mark.parametrize("end", ["\n", "", "\n\n\n"])
def test_what_people_typed_stays_as_they_typed_it(
    tmp_path: Path, eol: str, start: bytes, end: str
) -> None:
    root = hand_typed(tmp_path, eol, start, end)
    before = (root / "data/members.yml").read_bytes()
    board = read_board(root)
    for own in (("members", "wang-wei"), ("members", "zhu-jun-wen")):
        same = amended(board, root, [Edit(*own, fields_of(board, *own))])
        assert [*same.values()] == [before]
    edits = [
        Edit("members", "wang-wei", {"name": "王卫", "review": REVIEW, "groups": ["a", "b"]}),
        Edit("members", "zhu-jun-wen", {"pledge": "做在前", "job": "班长"}),
    ]
    ((_, new),) = amended(board, root, edits).items()
    assert new is not None
    changed = HAND_TYPED.rstrip("\n") + end
    for old, now in (
        ("  \"name\": '王伟'\n", "  name: 王卫\n"),
        ("  -   quality-group   # 组\n", "  - a   # 组\n  - b\n"),
        ("      approved_by: 支部书记\n", "      approved_by: 王书记\n"),
        ("  standing: member\n  pledge: >-\n     干在前\n     做在前\n",
         "  standing: member\n  job: 班长\n  pledge: 做在前\n"),
    ):  # fmt: skip
        assert changed.count(old) == 1
        changed = changed.replace(old, now)
    assert new == start + changed.replace("\n", eol).encode()


def test_fields_are_taken_out_and_the_dash_stays(tmp_path: Path) -> None:
    root = hand_typed(tmp_path)
    board = read_board(root)
    edits = [
        Edit("members", "wang-wei", {"posts": None, "groups": None, "remark": None}),
        Edit("messages", "2019-06-24-weather", {"date": None, "text": "晴"}),
    ]
    new = amended(board, root, edits)
    assert lines_changed(HAND_TYPED.encode(), new[root / "data/members.yml"]) == (
        "-   posts: [ {zone: quality,  role: gatekeeper} ]   # 一岗\n"
        "-   groups:\n-   # 只有一个组\n-   -   quality-group   # 组\n"
        "-   remark: 第一行\n-     第二行\n"
    )
    assert new[root / "data/messages.yml"].startswith(
        "messages:\n  - type: weather\n    text: 晴\n    sample: true\n".encode()
    )


def test_records_go_and_come_at_their_places(tmp_path: Path) -> None:
    root = write_tree(tmp_path, MINIMAL)
    before = tree(root)
    wanted: dict[str, Value | None] = {
        "review": REVIEW,
        "source": "ledger",
        "name": "李涛",
        "standing": "unstated",
        "pledge": "把“关”守住: 不放松",
    }
    board = after(
        root,
        Edit("members", "sample-jia", {}, Action.REMOVE),
        Edit("members", "li-tao", wanted, Action.ADD),
        Edit("faces", "010", {"name": "010"}, Action.ADD),
        Edit("messages", "2019-06-24-weather", {}, Action.REMOVE),
        Edit("months", "2019-01", {}, Action.REMOVE),
        Edit("months", "2019-02", {"sample": "true"}, Action.ADD),
        Edit("articles", "new", {"type": "about", "title": "NO", "summary": "无", "sample": "是",
                                 "body": "\n## 题\n"}, Action.ADD),
    )  # fmt: skip
    assert board.members["li-tao"].pledge == "把“关”守住: 不放松"
    assert board.faces["010"].name == "010"
    assert list(board.messages) == []
    now = tree(root)
    members = before["data/members.yml"].decode()
    kept = members[: members.index("  - id: sample-jia")]
    assert now["data/members.yml"].decode() == kept + (
        "  - id: li-tao\n    name: 李涛\n    standing: unstated\n"
        '    pledge: "把“关”守住: 不放松"\n'
        "    source: ledger\n    review:\n      proposed_by: 张内勤\n"
        "      checked_by: 李宣传\n      approved_by: 王书记\n      approved_on: 2019-07-05\n"
    )
    schema = b"# yaml-language-server: $schema=../schema/months.schema.json\n"  # for editors
    assert now["data/months/2019-02.yml"] == schema + b"sample: true\n"
    assert now["content/new.md"].decode() == (
        "---\ntitle: NO\ntype: about\nsummary: 无\nsample: 是\n---\n\n## 题\n"
    )
    assert "data/months/2019-01.yml" not in now
    assert {
        name.removeprefix("backups/test/"): content
        for name, content in now.items()
        if name.startswith("backups/")
    } == {
        name: before[name]
        for name in (
            "data/branch.yml", "data/members.yml", "data/messages.yml", "data/months/2019-01.yml"
        )
    }  # fmt: skip


@pytest.mark.parametrize(
    "typed",
    ["", "# 还没有人\n", "# 没有换行", "messages:\n", "messages: []  # 空\n", "other"],
    ids=["none", "comment", "unended", "nothing", "brackets", "no file"],
)
def test_the_first_record_of_a_list_finds_its_place(tmp_path: Path, typed: str) -> None:
    files = {**MINIMAL, "data/messages.yml": typed}
    if typed == "other":
        del files["data/messages.yml"]
        typed = ""
    root = write_tree(tmp_path, files)
    message: dict[str, Value | None] = {"date": "2019-06-25", "type": "weather", "text": "#1: 晴"}
    message["sample"] = "true"
    board = after(root, Edit("messages", "2019-06-25-weather", message, Action.ADD))
    assert board.messages["2019-06-25-weather"].text == "#1: 晴"
    text = (root / "data/messages.yml").read_text(encoding="utf-8")
    assert text.startswith(typed.split(" []")[0].rstrip("\n"))
    assert ("# 空" in text) == ("# 空" in typed)


@pytest.mark.parametrize("brackets", ["[{id: a, name: 甲}, {id: b, name: 乙}]", "[\n  {id: a,\n"
    "   name: 甲}, {id: b, name: 乙}]"])  # fmt: skip
def test_lists_in_brackets_are_written_out(tmp_path: Path, brackets: str) -> None:
    text = str(MINIMAL["data/branch.yml"])
    faces = text[text.index("faces:") : text.index("lessons:")]
    files = changed("data/branch.yml", faces, f"faces: {brackets}\n\n")
    root = write_tree(tmp_path, files)
    board = read_board(root)
    new = amended(board, root, [Edit("faces", "b", {"name": "丙"})])[root / "data/branch.yml"]
    assert new is not None
    assert "faces:\n  - id: a\n    name: 甲\n\n  - id: b\n    name: 丙\n\nlessons:" in new.decode()


def test_a_comment_is_never_lost(tmp_path: Path) -> None:
    text = str(MINIMAL["data/members.yml"]).replace(
        "    groups:\n      - quality-group\n", "    groups: [quality-group, # 组\n      other]\n"
    )
    root = write_tree(tmp_path, {**MINIMAL, "data/members.yml": text})
    with pytest.raises(AmendFault, match=r"data/members.yml 第 1\d 行附近的注释"):
        amended(read_board(root), root, [Edit("members", "wang-wei", {"groups": ["a"]})])


MEASURES = {
    "每班测量": """\
  - title: 每班测量   # 尺子在班组
    text: |
      精度要求到毫米。
""",
    "分段包保": """\
  - title:  "分段包保"
    # 谁的段谁负责
    text: 划分范围。
""",
    "现场盯守": """\
  -
    title: 现场盯守
    text: |
      过断层期间盯住。

      当班处理。
""",
}


@pytest.mark.parametrize(
    "order",
    ["每班测量 现场盯守", "分段包保 现场盯守", "现场盯守", "现场盯守 每班测量 分段包保",
     "分段包保 现场盯守 每班测量", "现场盯守 分段包保 每班测量", "现场盯守 每班测量"],
)  # fmt: skip
def test_what_moves_in_a_list_takes_its_comments_along(tmp_path: Path, order: str) -> None:
    name = "data/cases/fault-crossing.yml"
    old = "  - title: 每班测量\n    text: 精度要求到毫米。\n"
    root = write_tree(tmp_path, changed(name, old, "".join(MEASURES.values())))
    before = (root / name).read_text(encoding="utf-8")
    own = ("cases", "fault-crossing")
    there = {row["title"]: row for row in fields_of(read_board(root), *own)["measures"]}
    wanted = [{**there[title], "text": there[title]["text"].strip()} for title in order.split()]
    after(root, Edit(*own, {"measures": wanted}))
    now = "".join(MEASURES[title] for title in order.split())
    expected = before.replace("".join(MEASURES.values()), now)
    assert (root / name).read_text(encoding="utf-8") == expected


NAUGHTY = [
    " 前面", "后面 ", "\u3000全角", "#井号", "文 #1", "文 # 1", "文#1", "a: b", "a:", ": a", ":",
    "- a", "-", "--- a", "---", "...", "? a", "'", "''", '"', '""', "'引'", '"引"', "it's",
    'say "a"', "\\", "\\n", "a\\", "[优秀]", "[]", "{}", "{a}", "[", "]", "a, b", "@张三", "*优秀*",
    "&a", "!a", "|", ">", "|-", "%", "`a`", "NO", "yes", "null", "~", "010", "0x1F", "1e3", "12:30",
    "2018-09", "+1", ".5", "true", "=", "<<", "😀", "𠮷𠅤䶮𰻝", "ＡＢ：，",
    "名：值", "\t",
    "a\tb", "\ta", "a\t", " ", "  ", "", "一\n二", "一\n二\n", "一\n二\n\n", "\n一", "\n", "\n\n",
    "一\n\n二\n", " 一\n二\n", "一\n  二\n", "一 \n二\n", "一\n \n二\n", "一\n\t二\n",
    "\t一\n二\n", "# 一\n# 二\n", "- 一\n- 二\n", "a: b\nc: d\n", "---\n...\n", "一\n---\n二\n",
    "字" * 3000, "a b " * 500, "一：\n二：三", "\u00a0", "é\u0301", "≤1㎡",
]  # fmt: skip
"""What stands in no textbook and in every ledger."""


@pytest.mark.parametrize("text", NAUGHTY, ids=[ascii(text)[:20] for text in NAUGHTY])
@pytest.mark.parametrize("eol", ["\n", "\r\n"])
def test_any_text_comes_back_as_it_was_given(tmp_path: Path, text: str, eol: str) -> None:
    """In fields, lists and groups of one, and articles; the line ends around paragraphs go."""
    root = write_tree(tmp_path, MINIMAL)
    steps: list[Value] = [text, "中", text]
    measures: list[Value] = [{"title": text, "text": text}]
    edits = [
        Edit("members", "wang-wei", {"job": text, "pledge": text, "name": text}),
        Edit("practices", "mutual-check", {"steps": steps, "name": text}),
        Edit("cases", "fault-crossing", {"headline": text, "summary": text, "measures": measures}),
        Edit("faces", "new", {"name": text}, Action.ADD),
        Edit("articles", "about", {"title": text}),
    ]
    if eol == "\r\n":
        for name in MINIMAL:
            (root / name).write_bytes((root / name).read_bytes().replace(b"\n", b"\r\n"))
    read = {}
    for file, new in amended(read_board(root), root, edits).items():
        assert new is not None
        document = parse_yaml(
            new.decode().removeprefix("---").split(f"{eol}---{eol}{eol}##")[0], ""
        )
        assert document.problems == []
        assert document.root
        read[file.name] = document.root.plain()
    member = read["members.yml"]["members"][1]
    assert (member["job"], member["pledge"], member["name"]) == (text, text, text)
    assert read["zones.yml"]["practices"][0]["steps"] == steps
    case = read["fault-crossing.yml"]
    assert (case["headline"], case["measures"][0]["title"]) == (text, text)
    assert case["summary"].strip("\n") == text.strip("\n")
    assert case["measures"][0]["text"].strip("\n") == text.strip("\n")
    assert read["branch.yml"]["faces"][-1]["name"] == text
    assert read["about.md"]["title"] == text


@pytest.mark.parametrize(
    "text", ["a\0b", "a\u200bb", "a\u202eb", "a\rb", "\ufeffa", "\ud800", "\x1b"]
)
def test_what_the_reader_refuses_is_not_written(tmp_path: Path, text: str) -> None:
    root = write_tree(tmp_path, MINIMAL)
    for value in (text, [text], {"a": [{"b": text}]}):
        with pytest.raises(AmendFault, match="人员“wang-wei”的 job 里夹着"):
            amended(read_board(root), root, [Edit("members", "wang-wei", {"job": value})])


def test_a_file_in_gbk_stays_one_until_a_character_has_no_place_there(tmp_path: Path) -> None:
    text = str(MINIMAL["data/members.yml"])
    root = write_tree(tmp_path, {**MINIMAL, "data/members.yml": text.encode("gb18030")})
    board = read_board(root)
    edit = [Edit("members", "wang-wei", {"name": "李涛"})]
    ((file, new),) = amended(board, root, edit).items()
    assert new == text.replace("王伟", "李涛").encode("gb18030")
    assert amended(board, root, [Edit("members", "wang-wei", {"name": "王䶮"})])[file] == (
        codecs.BOM_UTF8 + text.replace("王伟", "王䶮").encode()
    )


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_a_file_in_utf_16_stays_one(tmp_path: Path, encoding: str) -> None:
    text = str(MINIMAL["data/members.yml"])
    mark = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}[encoding]
    root = write_tree(tmp_path, {**MINIMAL, "data/members.yml": mark + text.encode(encoding)})
    new = amended(read_board(root), root, [Edit("members", "wang-wei", {"name": "王䶮"})])
    assert [*new.values()] == [mark + text.replace("王伟", "王䶮").encode(encoding)]


def test_a_file_changed_since_it_was_read_is_left_alone(tmp_path: Path) -> None:
    root = write_tree(tmp_path, MINIMAL)
    board = read_board(root)
    file = root / "data/members.yml"
    file.write_text(file.read_text(encoding="utf-8") + "# 新\n", encoding="utf-8")
    with pytest.raises(AmendFault, match=r"data/members\.yml 刚刚被改过"):
        amended(board, root, [Edit("members", "wang-wei", {"name": "李涛"})])


def test_a_file_with_a_fault_is_left_alone(tmp_path: Path) -> None:
    files = changed("data/members.yml", "name: 王伟", "name：王伟")
    root = write_tree(tmp_path, files)
    with pytest.raises(AmendFault, match=r"data/members\.yml 第 13 行有错误"):
        amended(read_board(root), root, [Edit("members", "zhu-jun-wen", {"name": "李涛"})])


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (Edit("members", "wang-wei", {}, Action.ADD), "人员“wang-wei”已经有了"),
        (Edit("members", "nobody", {}), "没有人员“nobody”"),
        (Edit("branches", "er-qu", {}, Action.REMOVE), "不能新加也不能删除"),
    ],
)
def test_what_cannot_be_done_is_said(tmp_path: Path, edit: Edit, said: str) -> None:
    root = write_tree(tmp_path, MINIMAL)
    with pytest.raises(AmendFault, match=said):
        amended(read_board(root), root, [edit])


def test_a_new_record_does_not_take_the_place_of_an_unreadable_one(tmp_path: Path) -> None:
    files = {**MINIMAL, "data/cases/other.yml": "title: 没写完\n"}
    root = write_tree(tmp_path, files)
    with pytest.raises(AmendFault, match=r"已经有 data/cases/other\.yml"):
        amended(read_board(root), root, [Edit("cases", "other", {"title": "新"}, Action.ADD)])


@pytest.mark.parametrize(
    "wrong", ["    job: 别的", "    job: [一", "  job: 班长", "    job: 班长\n    jop: 1"]
)
def test_what_is_not_read_back_is_not_given_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wrong: str
) -> None:
    """Whatever goes wrong in writing a value, or in the lines around it, is found by reading."""
    root = write_tree(tmp_path, MINIMAL)
    board = read_board(root)
    monkeypatch.setattr("boards.amend.splice.entry", lambda *_: wrong.split("\n"))
    with pytest.raises(AmendFault, match=r"data/members\.yml 改了以后读不回原样"):
        amended(board, root, [Edit("members", "wang-wei", {"job": "班长"})])


def test_content_is_tried_before_it_is_written(tmp_path: Path) -> None:
    root = write_tree(tmp_path, MINIMAL)
    before = tree(root)
    files = amended(
        read_board(root),
        root,
        [
            Edit("members", "wang-wei", {}, Action.REMOVE),
            Edit("quarters", "2019-Q1", {}, Action.REMOVE),
        ],
    )
    _, problems = check_folders(root / "data", root / "content", TODAY, files)
    said = report(problems)
    assert "wang-wei" in said and "data/zones.yml" in said
    assert "2019-Q1" not in said
    assert tree(root) == before


def test_if_one_file_cannot_be_written_all_are_as_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write_tree(tmp_path, MINIMAL)
    before = tree(root)
    edits = [
        Edit("members", "wang-wei", {"name": "李涛"}),
        Edit("faces", "010", {"name": "010"}, Action.ADD),
        Edit("months", "2019-01", {}, Action.REMOVE),
        Edit("months", "2019-02", {"sample": "true"}, Action.ADD),
        Edit("cases", "fault-crossing", {"order": "1"}),
    ]
    files = amended(read_board(root), root, edits)
    whole = Path.replace

    def full(self: Path, target: Path) -> Path:
        if target.name == "fault-crossing.yml" and b"order" in self.read_bytes():
            raise OSError(28, "No space left on device")
        return whole(self, target)

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space"):
        write(files, root, "test")
    kept = {name: content for name, content in tree(root).items() if "backups/" not in name}
    assert kept == before


def test_one_backup_does_not_replace_another(tmp_path: Path) -> None:
    root = write_tree(tmp_path, MINIMAL)
    folders = []
    for name in ("甲", "乙"):
        files = amended(read_board(root), root, [Edit("faces", "ii830", {"name": name})])
        folders.append(write(files, root, "2026-11-23-approve"))
    assert [folder.name for folder in folders] == ["2026-11-23-approve", "2026-11-23-approve-2"]
    kept = [(folder / "data/branch.yml").read_text(encoding="utf-8") for folder in folders]
    assert "name: Ⅱ830" in kept[0] and "name: 甲" in kept[1]
