"""Older data moves on with one command: nothing typed is lost, and what changed is told."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from boards.amend.approval import awaiting
from boards.amend.upgrade import STEPS, apply, plan
from boards.board.editors import SETTINGS, editor_files
from boards.board.load import load
from boards.board.version import VERSION
from boards.cli import main
from boards.errors import BoardError
from boards.records import Keyed, Record
from boards.records.seal import seal
from helpers import MINIMAL, TODAY, TYPED, changed, check_tree, write_tree
from sites import ROOT, change, copy_site, tree


def without_version(content: bytes) -> bytes:
    """A data file as it was before versions were written down."""
    first, _, rest = content.partition(b"\n")
    assert first.startswith(b"# yaml-language-server:")
    return without_digests(rest.replace(b"\nschema: 2\n\n", b"\n", 1))


def without_digests(content: bytes) -> bytes:
    """A file as it was when nothing but names was said of an approval."""
    return re.sub(b" +approved_content: .*\n", b"", content)


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """This repository's site, of version 0."""
    root = copy_site(tmp_path / "旧 站", made=False)
    shutil.rmtree(root / "data" / "schema")
    for file in (root / "data").rglob("*.yml"):
        file.write_bytes(without_version(file.read_bytes()))
    for file in (root / "content").rglob("*.md"):
        file.write_bytes(without_digests(file.read_bytes()))
    return root


def upgraded(root: Path) -> Path | None:
    return apply(root, plan(root), str(TODAY))


def run(root: Path, *options: str, code: int = 0) -> str:
    done = CliRunner().invoke(main, ["upgrade", "--folder", str(root), *options])
    assert done.exit_code == code, done.output
    return done.output


def test_there_is_a_step_from_every_version() -> None:
    assert len(STEPS) == VERSION


def test_an_old_site_is_read_and_told_what_to_run(old: Path) -> None:
    said = [problem for problem in check_tree(old) if "boards upgrade" in problem.hint]
    version = [problem for problem in said if problem.field.startswith("schema")]
    assert [(p.place.path, str(p.severity)) for p in version] == [("data/branch.yml", "notice")]
    assert {p.found.split("，")[0] for p in said if p not in version} == {"写了审批"}


def test_an_upgraded_site_is_byte_for_byte_what_it_is_here(old: Path) -> None:
    before = tree(old)
    backup = upgraded(old)
    kept = ("data/", "content/")
    assert {name: text for name, text in tree(old).items() if name.startswith(kept)} == {
        f"{folder}/{name}": text
        for folder in ("data", "content")
        for name, text in tree(ROOT / folder).items()
    }
    assert backup == old / "backups" / f"{TODAY}-upgrade"
    assert tree(backup) == {name: text for name, text in before.items()
                            if name.startswith(kept) and not name.endswith(".jpg")}  # fmt: skip
    assert not [p for p in check_tree(old) if "boards upgrade" in p.hint]


def test_the_records_are_the_same_after_it(old: Path) -> None:
    before = load(old / "data", old / "content")[0]
    upgraded(old)
    after = load(old / "data", old / "content")[0]
    assert [without_digest(row) for row in before.everything()] == [
        without_digest(row) for row in after.everything()
    ]


def without_digest(row: Keyed) -> Keyed:
    if not (isinstance(row, Record) and row.review):
        return row
    review = row.review.model_copy(update={"approved_content": None})
    return row.model_copy(update={"review": review})


def test_all_that_was_published_is_published_after_it_and_no_longer_changed_unseen(
    old: Path,
) -> None:
    upgraded(old)
    board = load(old / "data", old / "content")[0]
    assert awaiting(board) == []
    change(old / "data/honours.yml", "title: 标准化区队", "title: 标准化示范区队")
    board = load(old / "data", old / "content")[0]
    assert [row.id for row in awaiting(board)] == ["standard-team-2017"]


def test_the_report_names_file_line_and_change(old: Path) -> None:
    said = run(old)
    assert "data/branch.yml:4 写明格式版本 schema: 1\n" in said
    assert "data/branch.yml:4 写明格式版本 schema: 2\n" in said
    assert "data/honours.yml:1 登记 6 条审批的是什么内容\n" in said
    assert "data/cases/ii1057-jack-seat.yml:1 第一行写明编辑器按哪个格式检查\n" in said
    assert "data/schema/members.schema.json:1 编辑器用的文件，由程序更新\n" in said
    assert re.search(r"共改了 \d+ 处，原来的文件备份在 .*2026-11-23-upgrade。", said)
    lines = (old / "data/branch.yml").read_text(encoding="utf-8").split("\n")
    assert lines[3] == "schema: 2"


def test_a_second_upgrade_has_nothing_to_do(old: Path) -> None:
    upgraded(old)
    before = tree(old)
    assert "没有要改的" in run(old)
    assert tree(old) == before


def test_a_dry_run_tells_all_and_touches_nothing(old: Path) -> None:
    before = tree(old)
    said = run(old, "--dry-run")
    assert "data/members.yml:1 " in said
    assert "还没有改" in said
    assert tree(old) == before


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [("utf-8", b""), ("utf-8", b"\xef\xbb\xbf"), ("gb18030", b""), ("utf-16-le", b"\xff\xfe"),
     ("utf-16-be", b"\xfe\xff")],
)  # fmt: skip
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_encoding_and_line_ends_stay(encoding: str, mark: bytes, ends: str, tmp_path: Path) -> None:
    text = "# 支部\n\nbranch:\n  name: 综采\n".replace("\n", ends)
    write_tree(tmp_path, {"data/branch.yml": mark + text.encode(encoding)})
    upgraded(tmp_path)
    written = (tmp_path / "data/branch.yml").read_bytes()
    wanted = (
        "# yaml-language-server: $schema=schema/branch.schema.json\n"
        "# 支部\n\nschema: 2\n\nbranch:\n  name: 综采\n"
    )
    assert written == mark + wanted.replace("\n", ends).encode(encoding)


def test_what_is_no_text_stays_as_it_is(tmp_path: Path) -> None:
    broken = b"\xff\xfea"
    write_tree(tmp_path, {**MINIMAL, "data/honours.yml": broken})
    change(tmp_path / "data/branch.yml", "\nschema: 2\n", "")
    upgraded(tmp_path)
    assert (tmp_path / "data/honours.yml").read_bytes() == broken


def test_indented_data_keeps_its_indent(tmp_path: Path) -> None:
    write_tree(tmp_path, {"data/branch.yml": "---\n  branch:\n    name: 甲\n"})
    upgraded(tmp_path)
    assert "---\n  schema: 2\n\n  branch:\n" in (tmp_path / "data/branch.yml").read_text("utf-8")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("schema: 9\nbranch:\n  name: 甲\n", "只认得 2"),
        ("schema: 新\nbranch:\n  name: 甲\n", "不是数字"),
        ('branch:\n  name: "甲\n', "先运行 boards check"),
        ("- 甲\n", "先运行 boards check"),
        ("", "先运行 boards check"),
        ("{branch: {name: 甲}}\n", "先运行 boards check"),
        (b"\xff\xfea", "先运行 boards check"),
    ],
)
def test_what_cannot_be_upgraded_is_told_and_untouched(
    text: str | bytes, said: str, tmp_path: Path
) -> None:
    write_tree(tmp_path, {**MINIMAL, "data/branch.yml": text})
    before = tree(tmp_path)
    assert said in run(tmp_path, code=1)
    assert tree(tmp_path) == before


def test_a_folder_without_a_site_gets_an_answer(tmp_path: Path) -> None:
    assert "在网站文件夹里运行" in run(tmp_path, code=1)


def test_whoever_is_interrupted_begins_again(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = plan(old).files
    written: list[str] = []
    replace = Path.replace

    def cut_off(self: Path, target: Path) -> Path:
        if target.name == "branch.yml" and "schema: 2" in self.read_text(encoding="utf-8"):
            written.append("branch.yml")
            raise OSError(28, "No space left on device", str(target))
        if "branch.yml" not in written:
            written.append(target.name)
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", cut_off)
    assert "磁盘满了" in run(old, code=1)
    assert len(written) == len(wanted), "the version is written last"
    monkeypatch.undo()
    assert plan(old).files == wanted, "what was written was put back"
    assert upgraded(old) == old / "backups" / f"{TODAY}-upgrade-2", "an earlier backup is kept"
    assert (old / "data/branch.yml").read_bytes() == (ROOT / "data/branch.yml").read_bytes()


def test_schemas_of_an_older_program_are_replaced(old: Path) -> None:
    upgraded(old)
    file = old / "data/schema/members.schema.json"
    file.write_text("{}\n", encoding="utf-8")
    assert plan(old).files == {
        "data/schema/members.schema.json": editor_files()[
            "data/schema/members.schema.json"
        ].encode()
    }


def test_settings_of_somebodys_own_are_kept(old: Path) -> None:
    own = {"editor.fontSize": 18, "files.encoding": "gb18030", "yaml.schemas": {"x.json": "x.yml"}}
    write_tree(old, {SETTINGS: json.dumps(own)})
    upgraded(old)
    now = json.loads((old / SETTINGS).read_text(encoding="utf-8"))
    assert now | own | {"yaml.schemas": now["yaml.schemas"]} == now
    assert now["yaml.schemas"].items() > own["yaml.schemas"].items()
    assert (old / "backups" / f"{TODAY}-upgrade" / SETTINGS).read_text(
        encoding="utf-8"
    ) == json.dumps(own)
    assert plan(old).changes == ()


@pytest.mark.parametrize("text", ["{\n  // 字大一点\n}\n", "[]", '{"yaml.schemas": 1}'])
def test_settings_that_are_not_understood_are_left_alone(text: str, old: Path) -> None:
    write_tree(old, {SETTINGS: text})
    upgraded(old)
    assert (old / SETTINGS).read_text(encoding="utf-8") == text


def test_data_of_a_newer_program_is_not_read_further(tmp_path: Path) -> None:
    write_tree(tmp_path, {**MINIMAL, "data/honours.yml": "honours:\n  - new_field: 1\n"})
    change(tmp_path / "data/branch.yml", "schema: 2", "schema: 3")
    board, problems = load(tmp_path / "data", tmp_path / "content")
    assert [problem.place.path for problem in problems] == ["data/branch.yml"]
    assert not board.branches
    with pytest.raises(BoardError, match="只认得 2"):
        plan(tmp_path)


def test_a_record_that_cannot_be_changed_is_told_and_waits(tmp_path: Path) -> None:
    write_tree(tmp_path, TYPED)
    change(tmp_path / "data/branch.yml", "\nschema: 2\n", "\nschema: 1\n")
    flow = "honours: [{id: a, title: 甲, # 一\n holder: branch, level: mine, source: people,"
    flow += " review: {basis: published}}]\n"
    write_tree(tmp_path, {"data/honours.yml": flow})
    assert "data/honours.yml:1 没有登记审批的内容：data/honours.yml 第 1 行附近" in run(tmp_path)
    board = load(tmp_path / "data", tmp_path / "content")[0]
    assert [row.id for row in awaiting(board)] == ["a"]
    assert (tmp_path / "data/honours.yml").read_text(encoding="utf-8") == flow


def test_pictures_known_by_their_path_alone_are_known_by_their_bytes_after_it(
    tmp_path: Path,
) -> None:
    photo = "    photo:\n      file: media/a.jpg\n      alt: 王伟\n"
    files = changed("data/members.yml", "    name: 王伟\n", f"    name: 王伟\n{photo}")
    root = write_tree(tmp_path, {**files, "data/media/a.jpg": b"one"})
    board = load(root / "data", root / "content")[0]
    by_bytes, by_path = (seal(board.members["wang-wei"], how) for how in (board.picture, str))
    members = root / "data/members.yml"
    text = members.read_text(encoding="utf-8")
    assert board.members["wang-wei"].review
    old = str(board.members["wang-wei"].review.approved_content)
    members.write_text(text.replace(old, by_path), encoding="utf-8")
    change(root / "data/branch.yml", "\nschema: 2\n", "\nschema: 1\n")
    upgraded(root)
    assert members.read_text(encoding="utf-8") == text.replace(old, by_bytes)
