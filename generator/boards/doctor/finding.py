"""What a check found, and how it is said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from boards.errors import Cure, worded


class State(StrEnum):
    """How a check ended; only a problem stops a build."""

    GOOD = "good"
    NOTICE = "notice"
    PROBLEM = "problem"

    @property
    def label(self) -> str:
        return {"good": "好", "notice": "注意", "problem": "有问题"}[self]


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: what it looked at, how it ended, what was found, what to do next."""

    check: str
    state: State
    found: str
    cure: Cure = ""

    @property
    def advice(self) -> str:
        """What to do next, for somebody who types commands."""
        return worded(self.cure)

    def as_text(self) -> str:
        """One line for people."""
        advice = f"。下一步：{self.advice}" if self.cure else ""
        return f"【{self.state.label}】{self.check}：{self.found}{advice}"

    def as_dict(self) -> dict[str, str]:
        """The same for tools, by name."""
        return {
            "check": self.check,
            "state": str(self.state),
            "found": self.found,
            "advice": self.advice,
        }


def good(check: str, found: str, cure: Cure = "") -> Finding:
    """Nothing that must be done."""
    return Finding(check, State.GOOD, found, cure)


def notice(check: str, found: str, cure: Cure) -> Finding:
    """A build works; people should know all the same."""
    return Finding(check, State.NOTICE, found, cure)


def problem(check: str, found: str, cure: Cure) -> Finding:
    """No build works until this is mended."""
    return Finding(check, State.PROBLEM, found, cure)


def stops_a_build(findings: Iterable[Finding]) -> bool:
    """Whether anything would stop `boards build`."""
    return any(finding.state is State.PROBLEM for finding in findings)
