"""Editors get schemas that let every valid file pass, catch slips, and speak Chinese."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from boards.board.editors import SETTINGS, editor_files, modeline
from boards.board.folder import FILES, FOLDERS
from helpers import MINIMAL, check_tree, write_tree
from sites import ROOT

SCHEMAS = {
    PurePosixPath(path).name.removesuffix(".schema.json"): json.loads(text)
    for path, text in editor_files().items()
    if path != SETTINGS
}
DATA = sorted(
    file.relative_to(ROOT).as_posix() for file in (ROOT / "data").rglob("*.yml") if file.is_file()
)
SMALL = sorted(name for name in MINIMAL if name.startswith("data/"))


class Core(yaml.SafeLoader):
    """Scalars as YAML 1.2 types them (core schema, 10.3.2), which is how editors see them."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - as PyYAML has it


for tag, pattern in {
    "null": r"(?:null|Null|NULL|~|)$",
    "bool": r"(?:true|True|TRUE|false|False|FALSE)$",
    "int": r"[-+]?[0-9]+$|0x[0-9a-fA-F]+$",
    "float": r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$",
}.items():
    Core.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(pattern), None)


def schema_of(name: str) -> dict[str, Any]:
    path = PurePosixPath(name)
    return SCHEMAS[path.stem if path.parent.name == "data" else path.parent.name]


def faults(name: str, content: Any) -> list[str]:
    return [error.message for error in Draft7Validator(schema_of(name)).iter_errors(content)]


def small(name: str) -> Any:
    return yaml.load(MINIMAL[name], Core)


def test_the_committed_files_are_what_the_models_say() -> None:
    for path, text in editor_files().items():
        assert (ROOT / path).read_text(encoding="utf-8") == text, f"{path}: run `just schema`"
    there = {file.relative_to(ROOT).as_posix() for file in (ROOT / "data" / "schema").iterdir()}
    assert there == editor_files().keys() - {SETTINGS}


def test_every_data_file_has_a_schema() -> None:
    assert SCHEMAS.keys() == {PurePosixPath(name).stem for name in FILES} | FOLDERS.keys()
    for schema in SCHEMAS.values():
        Draft7Validator.check_schema(schema)


@pytest.mark.parametrize("name", DATA)
def test_real_data_shows_no_false_error(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert faults(name, yaml.load(text, Core)) == []


@pytest.mark.parametrize("name", SMALL)
def test_nor_does_a_site_with_one_of_everything(name: str) -> None:
    assert faults(name, small(name)) == []


AS_PEOPLE_WRITE = [
    ("data/members.yml", ("members", 0, "standing"), "中共党员"),
    ("data/members.yml", ("members", 1, "posts", 0, "zone"), "质量"),
    ("data/honours.yml", ("honours", 0, "year"), "2016年"),
    ("data/quarters/2019-Q1.yml", ("results", 0, "score"), "92分"),
    ("data/quarters/2019-Q1.yml", ("meeting", "date"), "2019年4月3日"),
    ("data/quarters/2019-Q1.yml", ("meeting", "date"), 20190403),
    ("data/quarters/2019-Q1.yml", ("meeting", "date"), "2019/4/3"),
    ("data/zones.yml", ("zones", 0, "as_of"), "2019年8月"),
    ("data/zones.yml", ("zones", 0, "as_of"), 2019.8),
    ("data/messages.yml", ("messages", 0, "sample"), "yes"),
    ("data/coverage.yml", ("crews", 0, "strength"), "20人"),
    ("data/coverage.yml", ("crews", 0, "strength"), "１，２００"),
]


@pytest.mark.parametrize(("name", "path", "typed"), AS_PEOPLE_WRITE)
def test_what_people_write_passes(name: str, path: tuple[str | int, ...], typed: Any) -> None:
    content = small(name)
    at = content
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = typed
    assert faults(name, content) == []


@pytest.mark.parametrize("name", SMALL)
def test_what_is_in_quotes_passes_as_well(name: str) -> None:
    assert faults(name, yaml.load(MINIMAL[name], yaml.BaseLoader)) == []


TYPED = """\
schema: 2
branch:
  id: 8103
  name: 8103
  unit: true
  mine: 3.5
  group: NO
  brand: 12:30
  brand_short: 0x1F
  motto: 2019-08
  introduction: 一
  linkage: 二
  member_count: 15
  site_url: http://10.10.3.8/dangjian
  as_of: 2019
  sample: 是
sources:
  - id: 010
    type: internal
    title: 2018
faces:
"""


def test_text_that_yaml_takes_for_something_else_passes(tmp_path: Path) -> None:
    assert faults("data/branch.yml", yaml.load(TYPED, Core)) == []
    said = check_tree(write_tree(tmp_path, {**MINIMAL, "data/branch.yml": TYPED}))
    assert [p for p in said if p.place.path == "data/branch.yml" and p.place.line < 21] == [], (
        "the strict reader takes it, too"
    )


def groups(content: Any) -> Iterator[dict[str, Any]]:
    """Every group of fields in a file."""
    if isinstance(content, dict):
        yield content
    for inner in content.values() if isinstance(content, dict) else content:
        if isinstance(inner, dict | list):
            yield from groups(inner)


@pytest.mark.parametrize("name", SMALL)
def test_an_unknown_field_is_refused_wherever_it_stands(name: str) -> None:
    content = small(name)
    for number in range(len(list(groups(content)))):
        changed = copy.deepcopy(content)
        list(groups(changed))[number]["birthday"] = "1990-01-01"
        assert any("birthday" in fault for fault in faults(name, changed)), number


@pytest.mark.parametrize(
    ("name", "path", "field"),
    [
        ("data/members.yml", ("members", 0), "name"),
        ("data/branch.yml", (), "branch"),
        ("data/branch.yml", ("branch",), "linkage"),
        ("data/zones.yml", ("zones", 0, "roles", 0), "does"),
        ("data/coverage.yml", ("crews", 0, "takers", 0), "heads"),
        ("data/messages.yml", ("messages", 0), "text"),
        ("data/prints.yml", ("prints", 0), "version"),
        ("data/cases/fault-crossing.yml", (), "headline"),
        ("data/quarters/2019-Q1.yml", ("star",), "citation"),
        ("data/months/2019-01.yml", ("safety",), "reports_due"),
    ],
)
def test_a_missing_field_is_missed(name: str, path: tuple[str | int, ...], field: str) -> None:
    content = small(name)
    at = content
    for step in path:
        at = at[step]
    del at[field]
    assert faults(name, content) == [f"'{field}' is a required property"]


@pytest.mark.parametrize(
    ("name", "path", "wrong"),
    [
        ("data/members.yml", ("members", 0, "standing"), "积极分子"),
        ("data/members.yml", ("members", 0, "name"), "王伟<b>"),
        ("data/members.yml", ("members", 1, "posts", 0, "zone"), "qualty"),
        ("data/honours.yml", ("honours", 0, "level"), "集团"),
        ("data/honours.yml", ("honours", 0, "year"), 18),
        ("data/cases/fault-crossing.yml", ("type",), "cases"),
        ("data/cases/fault-crossing.yml", ("id",), "fault-crossing"),
        ("data/quarters/2019-Q1.yml", ("results", 0, "score"), "很高"),
        ("data/quarters/2019-Q1.yml", ("meeting", "date"), "4月3日"),
        ("data/months/2019-01.yml", ("activities", 0, "type"), "宣教"),
        ("data/months/2019-01.yml", ("safety", "violations"), -1),
        ("data/branch.yml", ("branch", "audience"), "everybody"),
        ("data/branch.yml", ("branch", "id"), "二区"),
        ("data/branch.yml", ("branch", "review", "basis"), "public"),
        ("data/branch.yml", ("sources", 0, "url"), "dangjian.people.com.cn"),
        ("data/branch.yml", ("schema",), 3),
        ("data/zones.yml", ("zones", 0, "as_of"), "去年8月"),
        ("data/zones.yml", ("zones", 0, "roles"), []),
        ("data/messages.yml", ("messages", 0, "sample"), "有"),
        ("data/prints.yml", ("prints", 0, "profile"), "print"),
        ("data/keys.yml", ("keys", 0, "public_key"), "A6EHv"),
        ("data/coverage.yml", ("crews", 0, "strength"), "二十"),
        ("data/outcomes.yml", ("outcomes", 0, "value"), "95%"),
    ],
)
def test_a_wrong_value_is_refused(name: str, path: tuple[str | int, ...], wrong: Any) -> None:
    content = small(name)
    at = content
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = wrong
    assert faults(name, content)


def fields(schema: dict[str, Any], path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every field of a schema, nested ones included."""
    for name, part in schema.get("properties", {}).items():
        yield f"{path}.{name}", part
        yield from fields(part, f"{path}.{name}")
        yield from fields(part.get("items", {}), f"{path}.{name}[]")


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_field_is_explained_in_chinese_and_typed(name: str) -> None:
    for path, part in fields(SCHEMAS[name]):
        assert re.search("[\u4e00-\u9fff]", part["title"]), path
        assert re.search("[\u4e00-\u9fff]", part["description"]), path
        assert part.keys() & {"type", "enum"}, path
        leaf = part.get("items", part)
        assert leaf.keys() & {"type", "enum"}, path
        assert leaf.get("type") not in ("integer", "number", "boolean"), "quoted is text, too"
        assert leaf.get("type") != "string" or "pattern" in leaf, "8103 is text, too"
        if "enum" in leaf and path != ".schema":
            assert len(leaf["enumDescriptions"]) == len(leaf["enum"]), path
            assert leaf["errorMessage"].startswith("只能写 "), path


@pytest.mark.parametrize("name", DATA)
def test_the_first_line_of_a_data_file_names_its_schema(name: str) -> None:
    file = ROOT / name
    first = file.read_text(encoding="utf-8").split("\n", 1)[0]
    assert first == modeline(name.removeprefix("data/"))
    assert (file.parent / first.split("$schema=")[1]).resolve().is_file()


def test_settings_give_each_data_file_its_schema_and_need_no_network() -> None:
    settings = json.loads((ROOT / SETTINGS).read_text(encoding="utf-8"))
    assert settings["yaml.schemaStore.enable"] is False
    for name in DATA:
        found = [
            s for s, glob in settings["yaml.schemas"].items() if PurePosixPath(name).match(glob)
        ]
        assert len(found) == 1, name
        assert (ROOT / found[0]).is_file()
        assert json.loads((ROOT / found[0]).read_text(encoding="utf-8")) == schema_of(name)
