"""A first site for another branch: its own names, sample records of every kind, no fact of ours.

The site is made beside the folder asked for, checked whole and then put in place: what is there
is never overwritten, and nothing that is taken for a site is ever half of one.
"""

from __future__ import annotations

import contextlib
import datetime
import json
import re
import tempfile
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from pydantic import TypeAdapter, ValidationError

from boards.board.editors import editor_files
from boards.check import check_folders
from boards.errors import errors_in, worded
from boards.leftovers import is_as_good_as_empty
from boards.records.fields import Id, Line
from boards.records.months import QuarterId
from boards.records.typed import says_nothing
from boards.words.pinyin import spelled_out
from boards.yaml.faults import unsafe_characters

STARTER = Path(str(files("boards_theme") / "starter"))
QUESTIONS: dict[str, tuple[str, str]] = {
    "name": ("支部名称", "综采一区党支部"),
    "unit": ("区队", "综采一区"),
    "mine": ("矿", "某某煤矿"),
    "group": ("集团公司", "某某集团"),
    "brand": ("党建品牌", "党员先锋岗"),
    "id": ("编号（拼音，用在材料包的文件名里）", "zong-cai-yi-qu"),
}
"""What a site cannot do without: the question, and an answer as an example."""
LONGEST = 30
"""Characters of an answer; longer ones do not fit the heads of small posters."""


class AnswerRefused(Exception):
    """An answer that the schema does not take; the message says why and what to type."""


class FolderRefused(Exception):
    """A folder where no site can be made; the message says why and what to do."""


def read_answer(question: str, typed: str) -> str:
    """What was typed, if the schema takes it; raises AnswerRefused."""
    text = typed.strip()
    if says_nothing(text):
        raise AnswerRefused("没有填写内容，不能空着")
    if unsafe := unsafe_characters(text):
        raise AnswerRefused(f"夹着{unsafe[0][1]}，请重新输入")
    if len(text) > LONGEST:
        raise AnswerRefused(f"有 {len(text)} 个字，太长；缩到 {LONGEST} 个字以内")
    kind: TypeAdapter[str] = TypeAdapter(Id if question == "id" else Line)
    try:
        return kind.validate_python(text)
    except ValidationError as error:
        said = error.errors()[0]["ctx"]
        raise AnswerRefused(f"{said['found']}；{worded(said['cure'])}") from error


def proposed_answer(question: str, answers: Mapping[str, str]) -> str | None:
    """What follows from earlier answers, for whoever agrees; None if nothing does."""
    if question == "unit":
        return re.sub("(?:中共)?(.+?)(?:党)?(?:总支|支部)(?:委员会)?", r"\1", answers["name"])
    if question == "id":
        return spelled_out(answers["unit"], LONGEST) or None
    return None


def make_site(folder: Path, answers: Mapping[str, str], day: datetime.date) -> Path:
    """Make a site in `folder`, with samples dated before `day`; returns the folder.

    Raises FolderRefused unless the folder is absent or empty and stands in one that exists,
    AnswerRefused if the site would have errors with these answers, and OSError.
    """
    folder = folder.absolute()
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise FolderRefused(f"{folder.name} 已经有了，而且不是文件夹；换一个名字")
    if folder.is_dir() and not is_as_good_as_empty(folder):
        raise FolderRefused(f"文件夹 {folder.name} 里已经有文件；换一个名字，或先把它清空")
    if not folder.parent.is_dir():
        raise FolderRefused(f"上一级文件夹 {folder.parent} 不存在；先建好它")
    near = folder if folder.is_dir() else folder.parent  # on the same disk, and ours to write to
    with tempfile.TemporaryDirectory(dir=near, prefix=".boards-new-") as beside:
        made = Path(beside) / "site"
        for path, text in _files(answers, day).items():
            file = made / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text.encode("utf-8"))
        (made / "data" / "media").mkdir()
        _, problems = check_folders(made / "data", made / "content", day)
        if errors := errors_in(problems):
            said = "\n".join(problem.as_text() for problem in errors)
            raise AnswerRefused(f"照这样填，台账会有错误，请换个写法：\n{said}")
        if folder.is_dir():
            _fill(folder, made)
        else:
            made.rename(folder)
    return folder


def _fill(folder: Path, made: Path) -> None:
    """Move a site into a folder that is there, and may be open: Windows renames no open one.

    The records go last, for by them a folder is known to be a site. What was moved is taken out
    again if anything will not go; raises OSError then.
    """
    moved: list[Path] = []
    try:
        for item in sorted(made.iterdir(), key=lambda item: item.name == "data"):
            moved.append(item.rename(folder / item.name))
    except BaseException:
        for item in reversed(moved):
            with contextlib.suppress(OSError):  # one that will not go back stops no other
                item.rename(made / item.name)
        raise


def _files(answers: Mapping[str, str], day: datetime.date) -> dict[str, str]:
    """Every file of a site by its path; the names of files are templates, too."""
    environment = Environment(
        loader=FileSystemLoader(STARTER, encoding="utf-8"),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        autoescape=False,  # nothing of it is HTML; what is YAML is quoted
    )
    environment.filters.update(yaml=_yaml, quoted=_quoted)
    values = {**answers, **_dates(day)}
    made = editor_files()
    for file in sorted(STARTER.rglob("*")):
        if file.is_file():
            path = file.relative_to(STARTER).as_posix()
            shown = environment.from_string(path).render(values)
            shown = ".gitignore" if shown == "gitignore" else shown
            made[shown] = environment.get_template(path).render(values)
    return made


def _quoted(text: str) -> str:
    """Text as one scalar of YAML that no reader takes for anything but text."""
    return json.dumps(text, ensure_ascii=False)


def _yaml(text: str) -> str:
    """The same, and plain where nothing in it could be misread."""
    return text if re.fullmatch("[\u4e00-\u9fff]+", text) else _quoted(text)


def _dates(day: datetime.date) -> dict[str, str]:
    """Dates of the samples: the last whole quarter, its last month, its last Friday."""
    quarter = QuarterId.around(day).shifted(-1)
    end = quarter.last_day
    friday = end - datetime.timedelta(days=(end.isoweekday() - 5) % 7)
    return {
        "day": str(day),
        "tomorrow": str(day + datetime.timedelta(days=1)),
        "quarter": str(quarter),
        "month": f"{end:%Y-%m}",
        "meeting": str(friday - datetime.timedelta(days=3)),
        "friday": str(friday),
        "year": str(end.year),
        "last_year": str(end.year - 1),
    }
