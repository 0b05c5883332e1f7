# Short names for what is done often; `just --list` shows them.

# Lint, types and tests.
check:
    ruff check .
    ruff format --check .
    mypy
    python -m pytest

test *ARGS:
    python -m pytest {{ARGS}}

# Ten thousand hostile inputs, other ones each time; CI tries the same five hundred.
fuzz *ARGS:
    python -m pytest tests/test_properties.py --hypothesis-profile=fuzz {{ARGS}}

# Rewrite the expected messages of tests/hostile; read every change.
golden:
    python -m pytest tests/test_hostile.py --refresh
    git diff --stat tests/hostile

# Rewrite data/schema and .vscode/settings.json after a change to the models.
schema:
    python -m boards upgrade

# Rewrite requirements.lock to what pyproject.toml asks for; `--upgrade` takes the newest (needs uv).
lock *ARGS:
    python -m uv pip compile --quiet --universal --python-version 3.11 --all-extras --annotation-style line --custom-compile-command "just lock" --output-file requirements.lock {{ARGS}} pyproject.toml

# The tests on the newest versions that pyproject.toml allows (needs uv).
fresh *ARGS:
    python generator/try_versions.py newest {{ARGS}}

# The tests on the oldest.
floor *ARGS:
    python generator/try_versions.py oldest {{ARGS}}

# Compile the command line's Chinese.
locale:
    msgfmt -o generator/boards/locale/zh_CN/LC_MESSAGES/messages.mo generator/boards/locale/zh_CN/LC_MESSAGES/messages.po

# Kill renewals and whole builds at random instants, two hundred times each.
torture:
    python -m pytest tests/test_releases.py tests/test_publishing.py -k killed --kills 200

# All that installs the program without internet, on Windows and Linux, into wheelhouse/.
wheelhouse:
    python generator/collect_wheels.py

# Take the manual's pictures again (needs playwright, chromium, poppler-utils).
screenshots:
    python docs/make_screenshots.py
