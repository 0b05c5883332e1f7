"""What is double-clicked to open the desk on Windows.

cmd.exe reads a batch file in the code page of its window, 936 where Windows is Chinese.
"""

from __future__ import annotations

import sys
from importlib.resources import files
from pathlib import Path

from boards.output import write_whole

NAME = "打开支部展板.cmd"
CODE_PAGE = "gbk"
_TEMPLATE = "open.cmd"
_HERE = "%~dp0"
"""The folder that a batch file stands in, as it says itself."""


class PathUnsuited(Exception):
    """A path that cannot stand in a batch file; the message says why."""


def put(root: Path, where: Path, python: str = sys.executable) -> Path:
    """Write the batch file that opens the desk of a site's folder into some folder.

    It starts the program that writes it. Raises PathUnsuited, OSError.
    """
    folder = _HERE if where.resolve() == root.resolve() else str(root.resolve())
    if unsuited := [path for path in (python, folder) if set(path.replace(_HERE, "")) & set('%"')]:
        raise PathUnsuited(f"路径里有 % 或引号，双击打不开：{unsuited[0]}")
    text = (files("boards_theme") / "desk" / _TEMPLATE).read_text(encoding="utf-8")
    lines = text.replace("@PYTHON@", python).replace("@FOLDER@", folder).splitlines()
    try:
        content = "".join(f"{line}\r\n" for line in lines).encode(CODE_PAGE)
    except UnicodeEncodeError as error:
        raise PathUnsuited(f"路径里有批处理写不了的字：{python}，{folder}") from error
    write_whole(where / NAME, content)
    return where / NAME
