"""`python -m boards` and the `boards` command: Chinese everywhere, then the commands."""

import gettext
import io
import os
import sys
from pathlib import Path

from boards.memory import settle


def main() -> None:
    """Run the command line with click's own words in Chinese, and output that can be read."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            speak_chinese(stream, os.environ.get("PYTHONIOENCODING", ""))
    # click translates itself through gettext's default domain; the language is read from here.
    os.environ["LANGUAGE"] = "zh_CN"
    gettext.bindtextdomain("messages", str(Path(__file__).with_name("locale")))
    settle()
    from boards.cli import main as commands  # noqa: PLC0415 - after the words are bound

    commands(prog_name="boards")


def speak_chinese(stream: io.TextIOWrapper, asked: str) -> None:
    """Let a stream take every character there is, as far as whoever reads it can show them.

    A console is written to in UTF-8. Into a pipe or file goes what Python took for the machine's
    own encoding, such as code page 936, in which the next program or Notepad reads it; only where
    that knows no Chinese, UTF-8. `asked` is PYTHONIOENCODING, which stands above both.
    """
    encoding, _, handler = asked.partition(":")
    if not encoding and (stream.isatty() or not _has_chinese(stream.encoding)):
        stream.reconfigure(encoding="utf-8", errors="replace")
    elif not handler:
        stream.reconfigure(errors="replace")


def _has_chinese(encoding: str) -> bool:
    try:
        return bool("展板".encode(encoding))
    except (UnicodeEncodeError, LookupError):
        return False


if __name__ == "__main__":
    main()
