"""The version of the data's schema: where it stands, and what to say of another one.

It stands at the head of data/branch.yml, which every site has; a site that says none is of
version 0, from before versions were written down.
"""

from __future__ import annotations

from boards.errors import Place, Problem, Severity
from boards.yaml.source import Document

VERSION = 2
"""What this program reads and writes; `upgrade` has a step to it from every earlier one."""
VERSION_FILE = "branch.yml"
VERSION_KEY = "schema"


def version_of(document: Document) -> int | None:
    """The version that data/branch.yml says; None if what it says is no version."""
    root = document.root
    if root is None or not isinstance(root.value, dict) or VERSION_KEY not in root.value:
        return 0
    typed = root.value[VERSION_KEY].value
    if not isinstance(typed, str) or not typed.isascii() or not typed.isdecimal():
        return None
    return int(typed) if len(typed) < 6 else None


def version_problem(document: Document) -> Problem | None:
    """What to do about data of another version: an older one is read, a newer one is not."""
    root = document.root
    if root is None or not isinstance(root.value, dict):
        return None  # what is wrong with the file is said by who reads it
    version = version_of(document)
    if version == VERSION:
        return None
    place = Place(document.path, *root.keys.get(VERSION_KEY, (1, 1)))
    field = f"{VERSION_KEY}（格式版本）"
    if version is None:
        hint = f"改成 {VERSION_KEY}: {VERSION}；这一行由程序填写"
        return Problem(place, "格式版本不是数字", hint, field=field)
    if version > VERSION:
        found = f"台账的格式版本是 {version}，本程序只认得 {VERSION}"
        hint = "把这台电脑上的 boards 程序换成新版；不要改这个数字"
        return Problem(place, found, hint, field=field)
    found = f"台账是旧格式（版本 {version}，现在是 {VERSION}）"
    hint = "运行 boards upgrade：先备份再升级，填写的内容不变"
    return Problem(place, found, hint, field=field, severity=Severity.NOTICE)
