"""What every format of a pack is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from boards.records import Shared


@dataclass(frozen=True, slots=True)
class PackContent:
    """A write-up, its pictures, and the script it is written in."""

    shared: Shared
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    """JPEG by the name it has in the pack, images/1.jpg; re-encoded, without any metadata."""
    traditional: bool = False

    @property
    def language(self) -> str:
        """zh-Hans or zh-Hant, for readers that ask."""
        return "zh-Hant" if self.traditional else "zh-Hans"


def source_line(shared: Shared) -> str:
    """Where the facts come from, in one line; empty without a source."""
    source = shared.source
    if source is None:
        return ""
    published = (
        f"{source.date.year}年{source.date.month}月{source.date.day}日" if source.date else ""
    )
    parts = [f"《{source.title}》", source.publisher, published, source.passage]
    return "，".join(part for part in parts if part)


def approval_line(shared: Shared) -> str:
    """What the right to share rests on, in one line."""
    approval = shared.approval
    if approval.basis == "published":
        return "原已公开发表"
    on = approval.approved_on
    when = f"{on.year}年{on.month}月{on.day}日" if on else ""
    if not approval.approved_by and not when:
        return "已按党务公开程序批准"
    return f"{approval.approved_by or ''} {when}批准".strip()
