"""All records out in open formats, and back, equal."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner

from boards.board.board import MODELS, Board
from boards.board.load import load
from boards.cli import main
from boards.errors import BoardError
from boards.intake.proposal import carry_out
from boards.interchange.arriving import plan_whole, read_whole
from boards.interchange.csv_files import csv_files
from boards.interchange.document import as_json, exported, schema
from boards.sheets.values import Refused
from full_site import write_site
from helpers import MINIMAL, TODAY, write_tree
from sites import copy_site

pytestmark = pytest.mark.slow  # and of no day


def board_of(root: Path) -> Board:
    return load(root / "data", root / "content")[0]


def records_of(board: Board) -> dict[str, object]:
    """Every table but what other units have signed, by id."""
    return {name: dict(board.table(name)) for name in MODELS if name != "received"}


def _json(root: Path, target: Path) -> Path:
    file = target / "records.json"
    file.write_bytes(as_json(exported(board_of(root))))
    return file


def _csv(root: Path, target: Path) -> Path:
    for name, content in csv_files(board_of(root)).items():
        (target / name).write_bytes(content)
    return target


@pytest.mark.parametrize("out", [_json, _csv])
def test_what_went_out_changes_nothing_where_it_came_from(out, tmp_path: Path) -> None:
    root = write_site(tmp_path / "site")
    (tmp_path / "out").mkdir()
    proposal = plan_whole(root, read_whole(out(root, tmp_path / "out")), TODAY)
    assert proposal.entries == ()
    assert not proposal.files


@pytest.mark.parametrize("out", [_json, _csv])
def test_what_went_out_comes_back_equal_elsewhere(out, tmp_path: Path) -> None:
    full = write_site(tmp_path / "full")
    other = write_tree(
        tmp_path / "other",
        {
            **{name: text for name, text in MINIMAL.items() if name != "data/prints.yml"},
            "data/outcomes.yml": "outcomes:\n  - id: other\n    name: 别的\n    value: 1\n"
            "    source: ledger\n    as_of: 2019-08\n",
        },
    )
    for folder in ("media", "fonts"):
        if (full / "data" / folder).is_dir():
            shutil.copytree(full / "data" / folder, other / "data" / folder, dirs_exist_ok=True)
    text = (other / "data" / "branch.yml").read_text(encoding="utf-8")
    own = board_of(full).branch.id
    text = text.replace("  id: er-qu\n", f"  id: {own}\n")
    (other / "data" / "branch.yml").write_text(text, encoding="utf-8")
    (tmp_path / "out").mkdir()
    proposal = plan_whole(other, read_whole(out(full, tmp_path / "out")), TODAY)
    assert {str(entry.action) for entry in proposal.entries} == {"add", "change", "remove"}
    carry_out(proposal, other, TODAY)
    there, here = records_of(board_of(other)), records_of(board_of(full))
    if out is _csv:  # a kind without records has no file, and stays as it is
        here = {name: rows for name, rows in here.items() if rows}
        there = {name: there[name] for name in here}
    assert there == here


def test_the_schema_says_what_every_field_is_and_holds_of_all_records(tmp_path: Path) -> None:
    said = schema()
    jsonschema.Draft7Validator.check_schema(said)
    for root in (write_site(tmp_path / "full"), copy_site(tmp_path / "ours")):
        jsonschema.Draft7Validator(said).validate(json.loads(as_json(exported(board_of(root)))))
    for table in said["properties"]["records"]["properties"].values():
        for field in table["items"]["properties"].values():
            assert field["title"]


def test_the_command_writes_json_schema_and_a_csv_a_kind(site: Path, tmp_path: Path) -> None:
    target = tmp_path / "全部台账"
    arguments = ["export", str(target), "--folder", str(site)]
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 0, done.output
    names = {file.name for file in target.iterdir()}
    assert {"records.json", "records.schema.json", "members.csv", "honours.csv"} <= names
    first = (target / "members.csv").read_bytes()
    assert first.startswith(b"\xef\xbb\xbf"), "Excel takes it for GBK otherwise"
    assert "name（姓名）" in first.decode("utf-8-sig").splitlines()[0]
    again = CliRunner().invoke(main, arguments)
    assert again.exit_code == 1
    assert "--replace" in again.output
    assert CliRunner().invoke(main, [*arguments, "--replace"]).exit_code == 0
    back = CliRunner().invoke(main, ["import", "records", str(target), "--folder", str(site)])
    assert "台账没有动" in back.output


def test_a_cell_that_was_changed_in_a_spreadsheet_is_shown_and_written(
    site: Path, tmp_path: Path
) -> None:
    _csv(site, tmp_path)
    file = tmp_path / "members.csv"
    file.write_bytes(file.read_bytes().replace("王伟".encode(), "王卫".encode()))
    [entry] = plan_whole(site, read_whole(file), TODAY).entries
    assert [(d.label, d.old, d.new) for d in entry.differences] == [("姓名", "王伟", "王卫")]


def _document(**changed: object) -> bytes:
    whole = {"format": "branch-boards", "version": 2, "branch": "er-qu", "records": {}}
    return json.dumps({**whole, **changed}).encode()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"{", "这里不是 JSON"),
        (b"[]", "不是 boards export 导出的"),
        (b"[" * 100_000, "读不了"),
        (_document(version=9), "格式版本是 9"),
        (_document(branch="yi-qu"), "这些是“yi-qu”的台账"),
        (_document(records={"cats": []}), "不认识“cats”"),
        (_document(records={"members": [{"id": "a"}]}), "缺少必填的“姓名”"),
        (_document(records={"members": [{"id": "a", "name": "甲", "standing": "king"}]}), "king"),
        (_document(records={"members": []}), "找不到编号"),
        (_document(records={"members": 3}), "列表"),
    ],
)
def test_what_is_wrong_is_told_all_at_once_and_nothing_is_written(
    content: bytes, said: str, site: Path, tmp_path: Path
) -> None:
    file = tmp_path / "records.json"
    file.write_bytes(content)
    with pytest.raises(BoardError) as error:
        plan_whole(site, read_whole(file), TODAY)
    assert said in str(error.value)


def test_an_empty_folder_holds_no_records(tmp_path: Path) -> None:
    with pytest.raises(Refused):
        read_whole(tmp_path)


def test_csv_headings_that_nobody_knows_are_told_with_their_place(
    site: Path, tmp_path: Path
) -> None:
    (tmp_path / "members.csv").write_text("id（编号）,wage（工资）\na,1\n", encoding="utf-8")
    with pytest.raises(BoardError) as error:
        plan_whole(site, read_whole(tmp_path), TODAY)
    assert "members.csv:1:2" in str(error.value)
