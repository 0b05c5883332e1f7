"""What a run frees goes back to the system: photos and posters come and go among what stays."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

_RUN = """
import sys
from pathlib import Path
from boards.memory import settle

def held() -> int:  # megabytes
    return int(Path("/proc/self/statm").read_text(encoding="utf-8").split()[1]) * 4096 >> 20

if sys.argv[1:] == ["settle"]:
    settle()
photo = bytearray(8 << 20)
del photo  # the first large block that is freed raises the C library's own bound
large, small = [], []
for _ in range(100):
    large.append(bytearray(1 << 20))
    small.append(bytearray(600))
before = held()
large.clear()
print(before - held())
"""


def given_back(*words: str) -> int:
    """Megabytes that go back to the system of a hundred that are freed among what stays."""
    done = subprocess.run(
        [sys.executable, "-c", _RUN, *words], check=True, capture_output=True, encoding="utf-8"
    )
    return int(done.stdout)


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="只有 glibc 这样留内存")
def test_what_is_freed_among_what_stays_goes_back_to_the_system() -> None:
    assert given_back("settle") > 90
    assert given_back() < 50, "without it the C library keeps it: nothing is measured here"
