"""Make an invented branch's site, to try things on: members × years.

python benchmarks/invent.py 15x5 FOLDER
"""

import argparse
from pathlib import Path

from invented.loads import Load
from invented.site import write_branch


def main() -> None:
    """Make it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("load", type=Load.read)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--id", help="call the branch otherwise", default="mo-ni-zong-cai-dui")
    options = parser.parse_args()
    write_branch(options.folder, options.load, {"id": options.id})


if __name__ == "__main__":
    main()
