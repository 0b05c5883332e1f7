"""A site with something in every text field there is, to be spoiled field by field."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from boards.board.board import MODELS
from boards.board.folder import FILES, FOLDERS, RECEIVED
from boards.packs.record import to_yaml
from boards.records.schema import FieldPath, specs
from boards.yaml.source import parse_yaml
from canary import is_text, read_minimal
from dirty_photos import pixels
from helpers import MINIMAL
from packs import write_up

RECEIVED_FILE = f"data/{RECEIVED}/yi-qu/case-far/record.yml"
_PHOTO = {"file": "media/a.jpg", "alt": "党员量落差", "caption": "现场", "credit": "张宣传"}
_MORE: dict[tuple[str, str], dict[str, Any]] = {
    ("data/branch.yml", "branch"): {
        "keep_script": ["发票"],
        "allow": ["放行"],
        "screen": {"slides": [{"part": "notice", "title": "通知", "text": "明天开会。"}]},
        "posters": {
            "fonts": {"folder": "fonts"},
            "contact": "区队内勤",
            "glyphs": [{"character": "𰻝", "file": "media/a.jpg"}],
        },
    },
    ("data/members.yml", "wang-wei"): {
        "photo": _PHOTO,
        "consent": {"site": "true", "print": "true", "share": "true", "date": "2019-01-01"},
    },
    ("data/cases/fault-crossing.yml", ""): {
        "facts": [{"label": "工作面", "value": "Ⅱ830"}],
        "figures": [{**_PHOTO, "people": ["nobody"]}],
        "people_note": "当班党员",
    },
    ("data/months/2019-01.yml", ""): {
        "safety": {
            **dict.fromkeys(
                ("reports_due", "reports_done", "suggestions_due", "suggestions_done",
                 "hazards_found", "hazards_closed", "violations"), "6",
            ),
            "adopted": ["支柱卸载前确认手势"],
        },
    },
}  # fmt: skip


@dataclass(frozen=True)
class Slot:
    """One place for text: its file, the path to it there, and the field that it is."""

    file: str
    path: FieldPath
    model: type[BaseModel]
    name: str

    def __str__(self) -> str:
        return f"{self.file}:{'.'.join(map(str, self.path))}"


@functools.cache
def _files() -> dict[str, Any]:
    files = read_minimal()
    for (name, row_id), more in _MORE.items():
        row = files[name]
        if row_id == "branch":
            row = row["branch"]
        elif row_id:
            row = next(r for rows in row.values() for r in rows if r["id"] == row_id)
        row.update(more)
    unit = write_up().unit.model_copy(update={"id": "yi-qu", "name": "综采一区党支部"})
    shared = write_up().model_copy(update={"key": "case-far", "unit": unit, "figures": ()})
    root = parse_yaml(to_yaml(shared).decode(), RECEIVED_FILE).root
    assert root
    files[RECEIVED_FILE] = root.plain()
    for file, path, model, row in _rows(files):
        _fill(file, path, model, row)
    return files


def _fill(file: str, path: FieldPath, model: type[BaseModel], row: dict[str, Any]) -> None:
    """Something harmless in each optional text that no rule minds."""
    for spec in specs(model).values():
        value = row.get(spec.name)
        if value is None and is_text(model, spec.name) and spec.reference is None:
            if spec.name not in ("id", "statement", "site_url", "song", "hei", "role"):
                row[spec.name] = "核过的人" if spec.name == "checked_by" else "补上的话"
        elif spec.model and value:
            for item in value if isinstance(value, list) else [value]:
                _fill(file, path, spec.model, item)


def _rows(
    files: dict[str, Any],
) -> Iterator[tuple[str, FieldPath, type[BaseModel], dict[str, Any]]]:
    """Every record: its file, the path to it, its model, its fields."""
    for name, content in files.items():
        kind = Path(name).parts[1]
        if name.startswith("content/") or kind in FOLDERS or kind == RECEIVED:
            table = "articles" if name.startswith("content/") else kind
            yield name, (), MODELS[table], content
            continue
        for key in FILES[kind]:
            rows = content.get(key, [])
            if isinstance(rows, dict):
                yield name, (key,), MODELS["branches"], rows
                continue
            for number, row in enumerate(rows):
                yield name, (key, number), MODELS[key], row


@functools.cache
def slots() -> tuple[Slot, ...]:
    """Every value that is typed, in every record: texts, and what must not be taken for one."""
    found = []
    for file, path, model, row in _rows(_files()):
        found += _slots(file, path, model, row)
    return tuple(found)


def _slots(
    file: str, path: FieldPath, model: type[BaseModel], row: dict[str, Any]
) -> Iterator[Slot]:
    for spec in specs(model).values():
        if spec.name not in row:
            continue
        value = row[spec.name]
        items = [((*path, spec.name), value)]
        if isinstance(value, list):
            items = [((*path, spec.name, number), item) for number, item in enumerate(value)]
        for at, item in items:
            if spec.model:
                yield from _slots(file, at, spec.model, item)
            else:
                yield Slot(file, at, model, spec.name)


def spoiled(changes: dict[Slot, str]) -> dict[str, str]:
    """The files that change when these slots say something else."""
    made = {}
    for name in {slot.file for slot in changes}:
        content = json.loads(json.dumps(_files()[name]))
        for slot, text in changes.items():
            if slot.file == name:
                inner = content
                for step in slot.path[:-1]:
                    inner = inner[step]
                inner[slot.path[-1]] = text
        made[name] = as_typed(name, content)
    return made


def typed_in(slot: Slot, files: dict[str, str], file: str, line: int) -> bool:
    """Whether a line of these files is one that a slot's text stands in."""
    if file != slot.file:
        return False
    text = files[file]
    if slot.path == ("body",):
        return line > text.split("\n").index("---", 1)
    front = text.removeprefix("---").split("\n---\n")[0] if text.startswith("---") else text
    root = parse_yaml(front, file).root
    return root is not None and root.position(slot.path)[0] == line


def untouched(names: Iterable[str]) -> dict[str, str]:
    """These files as they are."""
    return {name: as_typed(name, _files()[name]) for name in names}


def as_typed(name: str, content: dict[str, Any]) -> str:
    """A file as JSON, which is YAML; an article with its body behind it."""
    content = dict(content)
    body = content.pop("body", None) if name.startswith("content/") else None
    text = json.dumps(content, ensure_ascii=False, indent=1)
    return text if body is None else f"---\n{text}\n---\n{body}\n"


def write_site(root: Path) -> Path:
    """Write the whole site below `root`."""
    for name, content in _files().items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(as_typed(name, content), encoding="utf-8")
    site = MINIMAL["mkdocs.yml"]
    assert isinstance(site, bytes)
    (root / "mkdocs.yml").write_bytes(site)
    (root / "data" / "fonts").mkdir(parents=True)
    (root / "data" / "media").mkdir()
    pixels().save(root / "data" / "media" / "a.jpg", "JPEG")
    return root
