"""What may be said of texts that were brought: never anybody's number, dwelling or birthday."""

from __future__ import annotations

from collections.abc import Iterable

from boards.errors import Severity
from boards.rules.privacy import Finding, birthday_findings, private_findings

_INSTEAD = "（略）"


def findings(text: str) -> tuple[Finding, ...]:
    """What must not, or perhaps should not, be kept of a text."""
    return (*private_findings(text), *birthday_findings(text))


def called(finding: Finding) -> str:
    """What was found, without saying it again: 出现了手机号."""
    return finding.found.partition("“")[0] or "有像住址的内容"


def is_private(text: str) -> bool:
    """Whether somebody's number, dwelling or birthday stands in a text."""
    return bool(findings(text))


def private_texts(texts: Iterable[str]) -> list[tuple[str, Finding]]:
    """The texts with what must not be kept, each with the first such thing in it."""
    found = ((text, one) for text in texts for one in findings(text))
    errors = ((text, one) for text, one in found if one.severity == Severity.ERROR)
    return list(dict(reversed([*errors])).items())[::-1]


def excerpt(text: str, most: int) -> str:
    """The beginning of a text, without what is private in it."""
    for finding in findings(text):
        text = text.replace(finding.snippet, _INSTEAD)
    if is_private(text):  # typed in a way that cannot be cut out
        return _INSTEAD
    return text if len(text) <= most else f"{text[:most]}……"
