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

# Compile the command line's Chinese.
locale:
    msgfmt -o generator/boards/locale/zh_CN/LC_MESSAGES/messages.mo generator/boards/locale/zh_CN/LC_MESSAGES/messages.po
