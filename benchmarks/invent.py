"""Make an invented branch's site, to try things on: members × years.

python benchmarks/invent.py 15x5 FOLDER
"""

import argparse
from pathlib import Path

from invented import Load, write_branch


def main() -> None:
    """Make it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("load", type=Load.read)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    write_branch(options.folder, options.load)


if __name__ == "__main__":
    main()
