"""The day it is, asked of the clock here and nowhere else."""

from __future__ import annotations

import datetime
import os
import sys


def build_date() -> datetime.date:
    """The day SOURCE_DATE_EPOCH names, or today: the only reading of the clock.

    Ends the program with a message if the variable holds no time.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return datetime.date.today()
    try:
        return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).date()
    except (ValueError, OverflowError, OSError):
        sys.exit(f"环境变量 SOURCE_DATE_EPOCH“{epoch}”不是秒数；改正它，或删掉这个变量")


def moment() -> str:
    """The time it is, as people read it: 2019-08-19 08:30."""
    return datetime.datetime.now().strftime("%Y-%m-%d %H:%M")
