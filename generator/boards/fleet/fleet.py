"""fleet.yml: which branches a group has, where each keeps its boards, who may see the portal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from boards.errors import BoardError, Place, Problem, errors_in
from boards.looks import USUAL
from boards.records import Audience
from boards.records.base import Model
from boards.records.declared import field
from boards.records.fields import Count, Id, Line, LookName
from boards.records.refusals import refusals
from boards.records.schema import describe, spec_at
from boards.yaml.source import Document, read_yaml
from boards.yaml.tree import Node

KEYWORDS = (
    "支架", "采煤机", "刮板", "皮带", "锚杆", "顶板", "断层", "瓦斯", "通风", "防尘", "防治水",
    "机电", "电缆", "液压", "乳化液", "减速器", "喷雾", "护栏", "运输", "检修", "验收", "标准化",
    "隐患", "班前会", "修旧利废", "降本", "培训", "帮扶",
)  # fmt: skip
"""What cases are looked up by where fleet.yml names no words of its own."""
STALE_AFTER = 100
"""Days: a quarter and the time until its meeting's results stand on the board."""


class Branch(Model):
    """A branch of the group: its folder, or a finished site of it."""

    id: Id = field("编号", "门户里这个支部的网址，例如 zong-cai-er-qu")
    folder: Line | None = field("文件夹", "支部的网站文件夹，本机或共享文件夹的路径", None)
    release: Line | None = field("成品", "支部自己发布好的网站，写它所在的文件夹", None)

    @property
    def place(self) -> str:
        """The path as it was typed."""
        return self.folder or self.release or ""


class FleetFile(Model):
    """All that fleet.yml says."""

    name: Line = field("门户名称", "例如 淮北矿业集团党支部展板")
    group: Line = field("集团公司", "例如 淮北矿业集团")
    circle: Audience = field(
        "公开范围", "门户给谁看：intranet、sister-units 或 public", Audience.INTRANET
    )
    look: LookName | None = field("样式", "门户的样子；不写就用红厅", None)
    stale_after_days: Count = field("多久算过时", "多少天没有新内容就提醒", STALE_AFTER)
    template: Line | None = field("模板", "集团的样板支部，写它的网站文件夹", None)
    keywords: tuple[Line, ...] = field("案例词", "案例按哪些词查；不写就用备好的词", ())
    branches: tuple[Branch, ...] = field("支部", "逐个列出", min_length=1)


@dataclass(frozen=True, slots=True)
class Fleet:
    """A fleet as it was read, and where its files stand."""

    file: Path
    said: FleetFile

    @property
    def root(self) -> Path:
        """The folder that fleet.yml stands in."""
        return self.file.parent

    @property
    def look(self) -> str:
        """The name of the portal's look."""
        return self.said.look or USUAL

    @property
    def keywords(self) -> tuple[str, ...]:
        """What cases are looked up by."""
        return self.said.keywords or KEYWORDS

    @property
    def published(self) -> Path:
        """All that readers are given; each circle has a folder of its own, and sees no other's."""
        circle = self.said.circle
        return self.root / ("publish" if circle is Audience.INTRANET else f"publish-{circle}")

    @property
    def portal(self) -> Path:
        """Where the portal stands."""
        return self.published / "portal"

    @property
    def kept(self) -> Path:
        """What can be made again: workspaces, what was made, what was found out."""
        return self.root / ".boards" / "fleet"

    def site(self, branch: Branch) -> Path:
        """Where a branch's verified site stands."""
        return self.published / "branches" / branch.id

    def place(self, branch: Branch) -> Path:
        """Where a branch keeps its boards, or its finished site."""
        return (self.root / branch.place).resolve()


def read_fleet(file: Path) -> Fleet:
    """The fleet that a file describes; raises BoardError with every fault in it."""
    file = file.resolve()
    document = read_yaml(file, file.name)
    problems = list(document.problems)
    said = None
    if document.root is None or not isinstance(document.root.value, dict):
        if not problems:
            found, hint = "没有列出支部", "照手册写 name、group 和 branches"
            problems.append(Problem(Place(file.name), found, hint))
    else:
        said, faults = _read(document, document.root)
        problems += faults
    if said is not None and document.root is not None:
        problems += _rules(said, document, document.root)
    if errors := errors_in(problems):
        raise BoardError(errors)
    assert said is not None
    return Fleet(file, said)


def _read(document: Document, root: Node) -> tuple[FleetFile | None, list[Problem]]:
    try:
        return FleetFile.model_validate(root.plain()), []
    except ValidationError as error:
        return None, [
            Problem(
                Place(document.path, *(root.position if _known(path) else root.key_position)(path)),
                found,
                cure,
                field=describe(FleetFile, path),
            )
            for path, found, cure in refusals(FleetFile, error)
        ]


def _known(path: tuple[str | int, ...]) -> bool:
    return spec_at(FleetFile, path) is not None


def _rules(said: FleetFile, document: Document, root: Node) -> Iterator[Problem]:
    """What the fields cannot say one by one."""

    def problem(path: tuple[str | int, ...], found: str, cure: str) -> Problem:
        place = Place(document.path, *root.position(path))
        return Problem(place, found, cure, field=describe(FleetFile, path))

    if not said.circle.reaches(Audience.INTRANET):
        found = "门户不能只给支部内部看"
        yield problem(("circle",), found, "写 circle: intranet（矿内网）、sister-units 或 public")
    ids: dict[str, str] = {}
    places: dict[str, str] = {}
    for number, branch in enumerate(said.branches):
        path = ("branches", number)
        if bool(branch.folder) == bool(branch.release):
            both = "folder 和 release 都写了" if branch.folder else "没有写 folder 或 release"
            yield problem(
                path, f"支部 {branch.id} {both}", "有台账的写 folder，只有成品的写 release"
            )
        if (first := ids.setdefault(branch.id.casefold(), branch.id)) is not branch.id:
            yield problem((*path, "id"), f"编号 {branch.id} 用过了（{first}）", "换一个编号")
        typed = branch.place.rstrip("/\\")
        if typed and (owner := places.setdefault(typed, branch.id)) is not branch.id:
            found = f"和支部 {owner} 是同一个文件夹"
            yield problem((*path, "folder"), found, "删掉多写的一条，或改成它自己的文件夹")
