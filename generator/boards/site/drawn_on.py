"""Whether a site's mkdocs.yml lets MkDocs draw on what stands elsewhere."""

from __future__ import annotations

import re
from pathlib import Path

_MORE = re.compile(rb"custom_dir|hooks|INHERIT|!ENV")


def draws_on_more(config_file: Path) -> bool:
    """Whether what MkDocs makes of the settings cannot be known from them; so if there are none."""
    try:
        return bool(_MORE.search(config_file.read_bytes()))
    except OSError:
        return True
