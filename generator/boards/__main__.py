"""`python -m boards` and the `boards` command: Chinese everywhere, then the commands."""

import gettext
import os
import sys
from pathlib import Path


def main() -> None:
    """Run the command line with click's own words in Chinese and output in UTF-8."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    # click translates itself through gettext's default domain; the language is read from here.
    os.environ["LANGUAGE"] = "zh_CN"
    gettext.bindtextdomain("messages", str(Path(__file__).with_name("locale")))
    from boards.cli import main as commands  # noqa: PLC0415 - after the words are bound

    commands(prog_name="boards")


if __name__ == "__main__":
    main()
