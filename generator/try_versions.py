"""Run the tests on the newest or the oldest versions of all that the project builds on.

Both in an environment of its own, thrown away afterwards; the lock file plays no part. What the
project asks for itself is tried at its bounds; what that asks for in turn is the newest that fits.

Run in the project's folder (or `just fresh`, `just floor`), with `uv` installed:
    python generator/try_versions.py newest|oldest [WORDS FOR PYTEST]
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).parent.parent
WANTED = ".[heic,test]"
RESOLUTIONS = {"newest": "highest", "oldest": "lowest-direct"}


def main() -> None:
    """Install, say what was taken, run the tests; ends as they do."""
    which, *words = sys.argv[1:] or [""]
    if which not in RESOLUTIONS:
        sys.exit(__doc__)
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=False)
        python = Path(folder, "Scripts" if sys.platform == "win32" else "bin", "python")
        _uv("install", python, "--upgrade", "--resolution", RESOLUTIONS[which], "-e", WANTED)
        _uv("list", python)
        tests = [str(python), "-m", "pytest", *words]
        sys.exit(subprocess.run(tests, cwd=ROOT, check=False).returncode)


def _uv(what: str, python: Path, *words: str) -> None:
    command = [sys.executable, "-m", "uv", "--quiet", "pip", what, "--python", str(python), *words]
    if subprocess.run(command, cwd=ROOT, check=False).returncode:
        sys.exit("not installed; is there uv (python -m pip install uv)?")


if __name__ == "__main__":
    main()
