"""How long a site with many members takes to build, as a fresh process, and how much memory.

    python benchmarks/members.py            2000 members, three runs
    python benchmarks/members.py 10000 5    10000 members, five runs

The members are laid over a copy of this repository's own site. Linux and macOS only (getrusage).
"""

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
DIGITS = "零一二三四五六七八九"
ZONES = {
    "thought": "speaker",
    "safety": "inspector",
    "quality": "designer",
    "production": "organiser",
}


def main() -> None:
    """Make the site, build it, print medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("members", type=int, nargs="?", default=2000)
    parser.add_argument("runs", type=int, nargs="?", default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder)
        make_site(site, options.members)
        walls = []
        for _ in range(options.runs):
            start = time.perf_counter()
            command = [sys.executable, "-m", "boards", "build", "--folder", str(site)]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            walls.append(time.perf_counter() - start)
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        megabytes = (
            peak / (1 if sys.platform == "darwin" else 1024) / (1024 if os.name != "posix" else 1)
        )
        print(
            f"members {options.members}: wall median {statistics.median(walls):.2f} s "
            f"(min {min(walls):.2f}, max {max(walls):.2f}), peak {megabytes:.0f} MB"
        )


def make_site(site: Path, members: int) -> None:
    """A copy of this repository's site with generated sample members added."""
    for name in ("data", "content"):
        shutil.copytree(ROOT / name, site / name)
    shutil.copy(ROOT / "mkdocs.yml", site)
    rows = []
    zones = list(ZONES.items())
    for number in range(members):
        zone, role = zones[number % len(zones)]
        name = "员" + "".join(DIGITS[int(digit)] for digit in f"{number:05}")
        rows.append(
            f"  - id: generated-{number}\n    name: {name}\n    standing: member\n"
            f"    job: 采煤工\n    sample: true\n    pledge: 在岗一分钟，安全六十秒。\n"
            f"    posts:\n      - zone: {zone}\n        role: {role}\n"
        )
    file = site / "data" / "members.yml"
    file.write_text(
        file.read_text(encoding="utf-8").rstrip() + "\n" + "".join(rows), encoding="utf-8"
    )


main()
