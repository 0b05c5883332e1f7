"""What a site's folder holds: which files and folders, their names, and what does not belong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from boards.errors import Place, Problem, Severity, listing, nearest
from boards.leftovers import is_unread

FILES: dict[str, tuple[str, ...]] = {
    "branch.yml": ("branch", "sources", "faces", "lessons", "quotes"),
    "zones.yml": ("zones", "practices", "areas", "groups", "counts"),
    "members.yml": ("members",),
    "honours.yml": ("honours",),
    "outcomes.yml": ("outcomes",),
    "coverage.yml": ("crews",),
    "messages.yml": ("kinds", "messages"),
    "prints.yml": ("prints",),
    "keys.yml": ("keys",),
}
"""What each file of data/ holds; `branch` is one record, the others are lists."""

FOLDERS = {
    "cases": (
        r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*",
        "英文字母、数字和短横线，例如 ii830-fault-crossing",
    ),
    "quarters": (r"(?:19|20)[0-9]{2}-Q[1-4]", "年份-Q季度，例如 2019-Q2"),
    "months": (r"(?:19|20)[0-9]{2}-(?:0[1-9]|1[0-2])", "年份-月份，例如 2019-06"),
}
"""Folders of data/ that hold one record a file, and what may stand before .yml in its name."""

TABLES = {"branch": "branches"}
"""Tables whose name is not the word that stands in the file."""

ARTICLE_NAMES = (
    r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*",
    "英文字母、数字和短横线，例如 about.md；中文标题写在文件里的 title",
)
REQUIRED = ("branch.yml", "zones.yml")
RECEIVED = "received"
"""Write-ups of other units: a folder a unit, in it a folder a write-up: record.yml and images."""
PACK_RECORD, PACK_MANIFEST = "record.yml", "manifest.json"
"""Of what was received: the write-up, and the digest of every file as it came."""
KEPT = "approved.jsonl"
"""Beside the records: the wording each was last approved with; see `kept`."""
KEY_FILE = Path("keys") / "signing.pem"
"""The key that packs are signed with, beside data/; nobody else has it."""
NOT_RECORDS = {"media", "schema", "fonts", RECEIVED}


def strangers(data: Path) -> Iterator[Problem]:
    """Files that nothing reads: a misnamed ledger is an error, anything else a notice."""
    for item in sorted(data.iterdir()):
        shown = f"{data.name}/{item.name}"
        if is_unread(item.name):
            continue
        if item.name in FILES and item.is_dir():
            yield Problem(Place(shown), "这里应是文件，却是文件夹", "改名或移走，换成同名文件")
        elif item.name in FOLDERS and not item.is_dir():
            yield Problem(Place(shown), "这里应是文件夹，却是文件", "改名或移走，换成同名文件夹")
        elif item.is_dir():
            if item.name in FOLDERS:
                yield from _strange_files(sorted(item.iterdir()), shown, ())
            elif item.name not in NOT_RECORDS:
                records = any(item.glob("*.y*ml"))
                severity = Severity.ERROR if records else Severity.NOTICE
                there = tuple(name for name in FOLDERS if (data / name).is_dir())
                yield _stranger(shown, item.name, tuple(FOLDERS), severity, there)
        elif item.name not in (*FILES, KEPT):
            yield from _strange_files([item], data.name, tuple(FILES))


def _strange_files(items: list[Path], folder: str, known: tuple[str, ...]) -> Iterator[Problem]:
    for item in items:
        if is_unread(item.name):
            continue
        shown = f"{folder}/{item.name}"
        if item.suffix == ".yml" and not known:
            if item.is_dir():
                yield Problem(Place(shown), "这里应是文件，却是文件夹", "改名或移走")
            continue
        meant = re.search(r"\.ya?ml", item.name.casefold())
        there = tuple(name for name in known if (item.parent / name).is_file())
        severity = Severity.ERROR if meant else Severity.NOTICE
        yield _stranger(shown, item.name, known, severity, there)


def meant_file(name: str, known: tuple[str, ...]) -> str | None:
    """What a misnamed file was probably meant to be called."""
    return nearest(re.sub(r"\.ya?ml.*$", ".yml", name.casefold()), known)


def _stranger(
    shown: str,
    name: str,
    known: tuple[str, ...],
    severity: Severity,
    there: tuple[str, ...] = (),
) -> Problem:
    guess = meant_file(name, known)
    if guess in there:
        hint = f"已有 {guess}：把有用的内容并进去，再把 {name} 移出 data 文件夹"
    elif guess:
        hint = f"改名为 {guess}"
    elif severity is Severity.ERROR:
        hint = f"这里只认：{listing(known, 12)}" if known else "扩展名改成 .yml"
    else:
        hint = "不需要就移出 data 文件夹"
    return Problem(Place(shown), f"不认识“{name}”，没有读取", hint, severity=severity)
