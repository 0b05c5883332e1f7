"""What is double-clicked to open the desk on Windows.

cmd.exe reads a batch file in the code page of its window, 936 where Windows is Chinese.
"""

from __future__ import annotations

import sys
from importlib.resources import files
from pathlib import Path

from boards.output import write_whole

NAME = "打开支部展板.cmd"
_CODE_PAGE = "gbk"
_TEMPLATE = "open.cmd"


class PathUnsuited(Exception):
    """A path that cannot stand in a batch file; the message says why."""


def put(root: Path, python: str = sys.executable) -> Path:
    """Write the batch file into a site's folder; it starts the program that writes it.

    Raises PathUnsuited, OSError.
    """
    if "%" in python or '"' in python:
        raise PathUnsuited(f"程序所在的路径里有 % 或引号，双击打不开：{python}")
    text = (files("boards_theme") / "desk" / _TEMPLATE).read_text(encoding="utf-8")
    lines = text.replace("@PYTHON@", python).splitlines()
    try:
        content = "".join(f"{line}\r\n" for line in lines).encode(_CODE_PAGE)
    except UnicodeEncodeError as error:
        raise PathUnsuited(f"程序所在的路径里有批处理写不了的字：{python}") from error
    write_whole(root / NAME, content)
    return root / NAME
