"""JSON Schema for editors, made of the models: completion, Chinese help and checks while typing.

The files stand in the site itself, so that an editor needs no network: data/schema/ beside the
data, a first line in each data file that names its schema, and settings for Visual Studio Code.
"""

from __future__ import annotations

import json
from pathlib import PurePosixPath
from typing import Any

from boards.board.board import MODELS
from boards.board.folder import FILES, FOLDERS, TABLES
from boards.board.version import VERSION, VERSION_FILE, VERSION_KEY
from boards.records import Keyed

DRAFT = "http://json-schema.org/draft-07/schema#"
SETTINGS = ".vscode/settings.json"
_FOLDER = "data/schema"
_OURS = {"audience", "asked", "approved", "$ref", "anyOf", "default"}
"""What the models' own schema says in a way that editors do not need."""


def editor_files() -> dict[str, str]:
    """Every file an editor needs, by its path in the site's folder."""
    made = {f"{_FOLDER}/{_schema_name(PurePosixPath(name).stem)}": list_schema(name, tables)
            for name, tables in FILES.items()}  # fmt: skip
    made |= {f"{_FOLDER}/{_schema_name(name)}": record_schema(name) for name in FOLDERS}
    return {path: as_json(made[path]) for path in sorted(made)} | {SETTINGS: as_json(settings())}


def modeline(name: str) -> str:
    """The first line of a data file, such as `cases/x.yml`, that tells editors of its schema."""
    path = PurePosixPath(name)
    schema = f"schema/{_schema_name(path.stem)}"
    if path.parent.name:
        schema = f"../schema/{_schema_name(path.parent.name)}"
    return f"# yaml-language-server: $schema={schema}"


def settings() -> dict[str, Any]:
    """Settings of Visual Studio Code: which schema is for which files, and nothing from outside."""
    files = {PurePosixPath(name).stem: f"data/{name}" for name in FILES}
    files |= {name: f"data/{name}/*.yml" for name in FOLDERS}
    return {
        "files.encoding": "utf8",
        "yaml.schemaStore.enable": False,
        "yaml.schemas": {f"./{_FOLDER}/{_schema_name(n)}": files[n] for n in sorted(files)},
    }


def as_json(content: dict[str, Any]) -> str:
    """As it stands in a file."""
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def list_schema(name: str, tables: tuple[str, ...]) -> dict[str, Any]:
    """The schema of a file of lists, such as members.yml."""
    parts: dict[str, Any] = {}
    if name == VERSION_FILE:
        said = f"台账的格式版本，由程序填写，现在是 {VERSION}"
        parts[VERSION_KEY] = {
            "title": "格式版本",
            "description": said,
            "enum": [VERSION, str(VERSION)],
        }
    for word in tables:
        model = MODELS[TABLES.get(word, word)]
        one = table_schema(model)
        if word in TABLES:
            parts[word] = {"description": f"{model.kind}自己的情况，只有一份", **one}
        else:
            rows = f"每条{model.kind}另起一行，以“- ”开头"
            parts[word] = {
                "title": model.kind, "description": rows, "type": ["array", "null"], "items": one,
            }  # fmt: skip
    required = [word for word in tables if word in TABLES]
    return {"$schema": DRAFT, "title": f"data/{name}", **_fields(parts, required)}


def record_schema(folder: str) -> dict[str, Any]:
    """The schema of a file that is one record, whose name is its id."""
    one = table_schema(MODELS[folder])
    one["properties"].pop("id")
    one["required"].remove("id")
    return {"$schema": DRAFT, **one}


def _schema_name(stem: str) -> str:
    return f"{stem}.schema.json"


def _fields(properties: dict[str, Any], required: list[str]) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": required,
        "properties": properties,
    }


def table_schema(model: type[Keyed]) -> dict[str, Any]:
    """The schema of one record of a kind."""
    whole = model.model_json_schema()
    required = [name for name in whole["required"] if name != "id" or not model.natural_key]
    parts = {name: _part(part, whole) for name, part in whole["properties"].items()}
    return {"title": model.kind, **_fields(parts, required)}


def _part(part: dict[str, Any], whole: dict[str, Any]) -> dict[str, Any]:
    """One field, with groups of fields written out where they are used."""
    shape: dict[str, Any] = next(
        (one for one in part.get("anyOf", ()) if one != {"type": "null"}), {}
    )
    kept = {key: value for key, value in {**shape, **part}.items() if key not in _OURS}
    if "$ref" in part or "$ref" in shape:
        name = str(part.get("$ref") or shape["$ref"]).rsplit("/", 1)[1]
        group = whole["$defs"][name]
        inner = {key: _part(value, whole) for key, value in group["properties"].items()}
        kept |= _fields(inner, group.get("required", []))
    if "items" in kept:
        kept["items"] = _part(kept["items"], whole)
    if "title" in part and "description" in part:
        kept["description"] = f"{part['title']}：{part['description']}"
    if part.get("default") not in (None, [], ""):
        kept["default"] = part["default"]
    return dict(sorted(kept.items()))
