"""Adding a branch to a fleet, and bringing the records of all of them to the present format."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from boards.amend import AmendFault, Edit, amended
from boards.amend.starter import FolderRefused, make_site
from boards.amend.upgrade import Upgrade, apply, plan
from boards.board.load import load
from boards.errors import BoardError, why
from boards.fleet.fleet import Branch, Fleet, read_fleet
from boards.fleet.status import ALIKE, is_branch
from boards.output import RefusedTarget, write_whole
from boards.records.schema import as_typed


@dataclass(frozen=True, slots=True)
class Upgraded:
    """What an upgrade has changed, or would change, of one branch."""

    branch: Branch
    changes: tuple[str, ...]
    backup: Path | None = None
    failure: str = ""


def add_branch(fleet: Fleet, answers: Mapping[str, str], day: datetime.date) -> Path:
    """Make a new branch's folder beside fleet.yml and list it there; returns the folder.

    Raises FolderRefused, AnswerRefused, OSError; fleet.yml stays as it was then.
    """
    key = answers["id"]
    if any(branch.id.casefold() == key.casefold() for branch in fleet.said.branches):
        raise FolderRefused(f"编号 {key} 在 {fleet.file.name} 里已经有了；换一个编号")
    folder = fleet.root / "branches" / key
    folder.parent.mkdir(exist_ok=True)
    made = make_site(folder, answers, day)
    try:
        _take_from_template(fleet, made)
        _list(fleet, key)
    except AmendFault as error:
        shutil.rmtree(made, ignore_errors=True)
        raise FolderRefused(f"集团模板的写法放不进新支部（{error}）；改好模板再试") from error
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise
    return made


def _take_from_template(fleet: Fleet, folder: Path) -> None:
    """Let a new branch have the template's navigation, looks and words for what all have alike."""
    if not fleet.said.template:
        return
    template = fleet.root / fleet.said.template
    if not is_branch(template) or not (template / "mkdocs.yml").is_file():
        raise FolderRefused(f"集团模板 {fleet.said.template} 不是网站文件夹；核对 template 的路径")
    write_whole(folder / "mkdocs.yml", (template / "mkdocs.yml").read_bytes())
    said, _ = load(template / "data", template / "content")
    made, _ = load(folder / "data", folder / "content")
    values = {name: getattr(said.branch, name) for name in ALIKE}
    wanted = {name: as_typed(value) for name, value in values.items() if value is not None}
    edits = [Edit("branches", made.branch.id, wanted)]
    for path, content in amended(made, folder, edits).items():
        assert content is not None
        write_whole(path, content)


def _list(fleet: Fleet, key: str) -> None:
    """Add a line to fleet.yml, and see that it reads as it should."""
    before = fleet.file.read_bytes()
    end = b"" if before.endswith(b"\n") else b"\n"
    line = f"  - id: {key}\n    folder: branches/{key}\n".encode()
    write_whole(fleet.file, before + end + line, lasting=True)
    try:
        there = read_fleet(fleet.file)
        if there.said.branches[-1].id == key:
            return
    except BoardError:
        pass
    write_whole(fleet.file, before, lasting=True)
    said = "支部的列表不在文件末尾，没法自己加上去；在 branches 下面照别的支部加一条"
    raise RefusedTarget(f"{fleet.file.name}：{said}")


def upgrade_all(fleet: Fleet, day: datetime.date, *, dry: bool) -> Iterator[Upgraded]:
    """Bring every branch's records to the present format, each with a backup of its own.

    One that fails stops no other.
    """
    for branch in fleet.said.branches:
        folder = fleet.place(branch)
        if branch.release or not is_branch(folder):
            continue
        try:
            found: Upgrade = plan(folder)
            changes = tuple(change.as_text() for change in found.changes)
            backup = None if dry or not changes else apply(folder, found, str(day))
            yield Upgraded(branch, changes, backup)
        except BoardError as error:
            yield Upgraded(branch, (), failure=error.problems[0].as_text())
        except RefusedTarget as error:
            yield Upgraded(branch, (), failure=str(error))
        except OSError as error:
            yield Upgraded(branch, (), failure=f"{error.filename} 读写不了（{why(error)}）")
