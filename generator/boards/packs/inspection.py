"""What a pack holds, held against the rules: its record, its pictures, its words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from boards.errors import Cure, Place, Problem, Severity
from boards.packs.archive import ReadPack, facts_of
from boards.packs.record import RECORD, from_yaml, to_yaml
from boards.packs.refused import AGAIN, PackRefused, refusal
from boards.pixels.decode import PhotoRefused, check_picture
from boards.records import ZONE_IDS, Audience, Shared
from boards.records.declared import Trait
from boards.records.schema import FieldPath, describe, leaves
from boards.rules.markup import markup_findings
from boards.rules.privacy import private_findings

MAX_RECORD_BYTES = 128 * 1024
"""Ten times the longest write-up there is; with many faults the parser takes a second over it."""
MAX_TEXT = 20_000
MAX_SPACES = 16
"""Longer texts, and wider gaps in them, could keep the patterns of `rules` busy for hours."""
MAX_PICTURES = 40
MAX_PICTURE_PIXELS = 3000 * 3000
"""A pack's pictures are at most of print size (media.SIZES)."""
_PICTURES = "images/"


def read_record(pack: ReadPack) -> Shared:
    """The write-up; raises PackRefused unless it is written exactly as this program writes it."""
    content = pack.files.get(RECORD)
    if content is None:
        raise refusal(f"没有 {RECORD}，不知道材料写的是什么")
    if len(content) > MAX_RECORD_BYTES:
        raise refusal(f"有 {len(content) // 1024} KB，太长", place=RECORD)
    shared, problems = from_yaml(content, RECORD)
    if shared is not None:  # the id it will have in our tables is held to the same rule
        row_id = f"{shared.unit.id}-{shared.key}"
        shared, problems = from_yaml(content, RECORD, row_id)
    if shared is None:
        raise PackRefused(replace(row, cure=_for_sender(row.cure)) for row in problems)
    if to_yaml(shared) != content:
        raise refusal("写法和本程序导出的不一样，可能被改过", place=RECORD)
    return shared


def faults(pack: ReadPack, shared: Shared, own_unit_id: str) -> Iterator[Problem]:
    """Everything wrong with a pack whose record could be read; notices among it."""
    yield from _standing(pack, shared, own_unit_id)
    yield from _pictures(pack, shared)
    yield from _words(shared)


def _standing(pack: ReadPack, shared: Shared, own_unit_id: str) -> Iterator[Problem]:
    """From another unit, meant for others, and what its manifest says it is."""
    if shared.unit.id.casefold() == own_unit_id.casefold():
        found = "这是本支部自己发出的材料"
        yield _at(("unit", "id"), found, "不用接收；自己的经验写在 data/cases 里")
    if not shared.level.reaches(Audience.SISTER_UNITS):
        found = f"公开范围只到{shared.level.label}，不是给兄弟单位的"
        yield _at(("level",), found, "不要使用，告诉发出单位发错了")
    if shared.zone not in ZONE_IDS:
        yield _at(("zone",), f"没有“{shared.zone[:20]}”这个责任区", AGAIN)
    for name, said in facts_of(shared).items():
        if pack.facts[name] != said:
            found = f"清单写的和 {RECORD} 不一致"
            yield _at((name,), found, AGAIN)


def _pictures(pack: ReadPack, shared: Shared) -> Iterator[Problem]:
    """Each picture is named by the record, is there, and is a whole photo within limits."""
    if len(shared.figures) > MAX_PICTURES:
        yield _at(("figures",), f"有 {len(shared.figures)} 张图片，超过 {MAX_PICTURES} 张", AGAIN)
        return
    named = {figure.file for figure in shared.figures}
    there = {name for name in pack.files if name.startswith(_PICTURES)}
    for name in sorted(named - there):
        yield Problem(Place(name), f"{RECORD} 里有，材料包里却没有这张图片", AGAIN)
    for name in sorted(there - named):
        yield Problem(Place(name), f"{RECORD} 里没有提到这张图片", AGAIN)
    for name in sorted(named & there):
        try:
            check_picture(pack.files[name], ".jpg", MAX_PICTURE_PIXELS)
        except PhotoRefused as refused:
            yield Problem(Place(name), refused.found, AGAIN)
            continue
        if _tells_more_than_pixels(pack.files[name]):
            found = "图片里带有拍摄信息（可能有地点、时间、机型）"
            yield Problem(Place(name), found, AGAIN)


_PLAIN_SEGMENTS = {0xC0, 0xC1, 0xC2, 0xC4, 0xDB, 0xDD, 0xE0, 0xEE}
"""Frames, tables, intervals, JFIF and Adobe's colour transform (ITU T.81, B.1.1.3)."""


def _tells_more_than_pixels(jpeg: bytes) -> bool:
    """Whether segments before the scan hold EXIF, XMP, comments or the like."""
    at = 2
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF and jpeg[at + 1] != 0xDA:
        if jpeg[at + 1] not in _PLAIN_SEGMENTS:
            return True
        at += 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
    return False


def _words(shared: Shared) -> Iterator[Problem]:
    """Private data and markup, wherever there are words; an address is checked as an address."""
    for leaf in leaves(shared):
        if type(leaf.value) is not str or Trait.ADDRESS in leaf.spec.traits:
            continue
        if len(leaf.value) > MAX_TEXT or re.search(rf"\s{{{MAX_SPACES + 1}}}", leaf.value):
            found = f"超过 {MAX_TEXT} 个字，或连着空了 {MAX_SPACES} 格以上"
            yield _at(leaf.path, found, AGAIN)
            continue
        private = private_findings(leaf.value, markdown=leaf.markdown)
        for finding in (*private, *markup_findings(leaf.value)):
            cure = _for_sender(finding.cure)
            yield _at(leaf.path, finding.found, cure, finding.severity)


def _for_sender(cure: Cure) -> Cure:
    """A pack is mended where it comes from: changed by its reader it would be another."""
    return ("请发出单位改好再发（", cure, "）")


def _at(path: FieldPath, found: str, cure: Cure, severity: Severity = Severity.ERROR) -> Problem:
    name = describe(Shared, path)
    return Problem(Place(RECORD), found, cure, Shared.kind, name, severity)
