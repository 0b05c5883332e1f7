"""Rules about photo files: each is there, is itself, and has a name that holds on every system."""

from __future__ import annotations

import os
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from boards.board.board import Board
from boards.errors import Place, Problem, Remove, listing, nearest
from boards.leftovers import is_unread
from boards.records import Keyed, Photo
from boards.records.schema import FieldPath


def photo_file(board: Board, row: Keyed, path: FieldPath, photo: Photo) -> Iterator[Problem]:
    """Whether a photo is where its record says."""
    if (board.data / photo.file).is_file():
        yield from astray(board, row, (*path, "file"), photo.file)
        return
    cure = _meant(board, photo.file) or ("把照片放进 data/media，或", Remove(str(path[0])))
    yield board.problem(row, (*path, "file"), f"找不到照片 {photo.file}", cure)


def _meant(board: Board, name: str) -> str:
    """What to write instead, if a file is there that was probably meant."""
    files = (file for file in (board.data / "media").rglob("*") if file.is_file())
    names = (file.relative_to(board.data).as_posix() for file in files)
    there = sorted(name for name in names if not is_unread(name))
    same = [other for other in there if _folded(other) == _folded(name)]
    if same:
        return f"改成 {same[0]}（只差在空格、大小写、全角半角，最好从文件上复制名字）"
    guess = nearest(name, there)
    return f"改成 {guess}" if guess else ""


def _folded(name: str) -> str:
    """A name without what eyes do not see, or keyboards mix up."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def astray(board: Board, row: Keyed, path: FieldPath, name: str) -> Iterator[Problem]:
    """Whether a file is reached by a link, or by a name that only Windows takes for its own."""
    data = board.data.resolve()
    stands = os.path.realpath(data / name)  # twice as quick as Path.resolve
    if stands == str(data / name):
        return
    real = Path(stands)
    if str(real).casefold() == str(data / name).casefold():
        found = f"照片 {name} 的大小写和文件名不一样"
        yield board.problem(row, path, found, f"改成 {real.relative_to(data).as_posix()}")
        return
    hint = "把照片本身复制到 data/media，不放快捷方式或链接"
    yield board.problem(row, path, f"照片 {name} 是一个链接，指到别处", hint)


def names_alike(board: Board) -> Iterator[Problem]:
    """Files that Windows cannot keep apart: the site could not be copied there whole."""
    alike: dict[str, list[str]] = defaultdict(list)
    for file in sorted((board.data / "media").rglob("*")):
        name = file.relative_to(board.data).as_posix()
        if is_unread(name):
            continue
        alike[name.casefold()].append(name)
    for names in alike.values():
        if len(names) > 1:
            place = Place(f"{board.data.name}/{names[0]}")
            found = f"{listing(names)} 只有大小写不同，在 Windows 上分不开"
            yield Problem(place, found, "只留一个，或改名；台账里的路径一起改")
