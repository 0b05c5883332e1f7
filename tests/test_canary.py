"""What somebody may not see stands in nothing that is put out, in no form, not a byte of it."""

from __future__ import annotations

import fnmatch
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from boards.board.board import MODELS
from boards.media import ingest
from boards.records import Audience, Member, Record
from boards.records.base import Model
from boards.records.declared import field
from boards.records.fields import Day, Line
from boards.records.schema import specs
from canary import (
    INTERNAL,
    ONE_ONLY,
    PACKS,
    PAPER,
    ROOMS,
    SITES,
    STRAYS,
    TWINS,
    Garden,
    PutOut,
    plant_fields,
)
from leaks import HAS_PDFTOTEXT

pytestmark = pytest.mark.slow


def misplaced(put_out: PutOut) -> list[str]:
    """Every token that was read where it may not be: what it is, and where it was read."""
    found = []
    for token, paths in put_out.search.found.items():
        planted = put_out.garden.tokens.get(token)
        if planted is None:
            continue
        wrong = sorted(path for path in paths if path.split("/")[0] not in planted.seen_in)
        if wrong:
            found.append(f"{planted.where}: {wrong[:3]}")
    return found


def test_nothing_is_read_by_whom_it_is_not_for(put_out: PutOut) -> None:
    assert misplaced(put_out) == []


def test_the_search_was_no_small_one(put_out: PutOut) -> None:
    tokens = put_out.garden.tokens.values()
    assert sum(1 for planted in tokens if not planted.seen_in) > 400
    assert sum(1 for planted in tokens if len(planted.seen_in) < len(ROOMS)) > 800
    assert put_out.search.files > 500
    assert put_out.search.bytes > 15_000_000
    rooms = {path.split("/")[0] for paths in put_out.search.found.values() for path in paths}
    assert rooms == set(ROOMS)


def test_the_private_key_stays_where_it_is(put_out: PutOut) -> None:
    found = put_out.search.found
    assert "private key" not in found
    assert "private key, raw" not in found
    assert any("manifest.json" in path for path in found["public key"])


def test_photos_are_seen_where_it_was_agreed_to(put_out: PutOut, tmp_path: Path) -> None:
    seen: dict[str, set[str]] = {}
    for name, planted in put_out.garden.photos.items():
        made = ingest(put_out.root / "data" / name, tmp_path)
        rooms = {
            path.split("/")[0]
            for size in (made.small, made.large, made.print)
            for digest, paths in put_out.search.pictures.items()
            if put_out.search.contents[digest] == size.path.read_bytes()
            for path in paths
        }
        assert rooms <= planted.seen_in, name
        seen.setdefault(planted.where, set()).update(rooms)
    assert seen == {
        "wang-wei": {*SITES, *PAPER},
        "zhu-jun-wen": set(),
        "on-site-only": set(SITES),
        "gone": set(),
        "case": set(ROOMS),
    }


IN_ALL_FORMS = [
    "sister-units/*.zip!record.yml",
    "sister-units/*/*.docx!word/document.xml",
    "sister-units/*-hant/*.docx!word/document.xml",
    "sister-units/*.zip!*.html",
    "sister-units/*-hant/*.html",
    "sister-units/*/wechat/article.html",
]
FOUND = {
    "case/title": [
        *IN_ALL_FORMS,
        *(pattern.replace("sister-units", "public") for pattern in IN_ALL_FORMS),
        "preview/cases/fault-crossing.html",
        "publish/cases/fault-crossing.html",
        "publish/assets/search-index.js",
        "publish/screen.html",
        "publish/exchange/feed.xml",
        "publish/exchange/boards.json",
        "sister-units/exchange/*.zip!*.docx!word/document.xml",
        "sister-units/*.docx!docProps/core.xml",
        "sister-units/*/wechat/title-and-summary.txt",
        "public/*.zip!manifest.json",
    ],
    "case/summary": ["publish/cases/fault-crossing.html", *IN_ALL_FORMS],
    "practice/text": ["publish/zones/quality.html", *IN_ALL_FORMS],
    "quarter/talks/0/text": ["publish/quarters/2019-Q1.html", *IN_ALL_FORMS],
    "outcome/name": ["preview/outcomes.html", "publish/outcomes.html"],
    "member/job": ["publish/members/wang-wei.html", "publish/assets/search-index.js"],
    "data/members.yml/zhu-jun-wen#sample/name": ["preview/members/*.html"],
    "data/cases/fault-crossing.yml/review/0/approved_by": [
        "preview/cases/fault-crossing.html", "sister-units/*.docx!word/document.xml",
    ],
    "data/cases/fault-crossing.yml/review/0/approved_on": ["sister-units/*.zip!record.yml"],
    "received/text": ["publish/exchange/yi-qu-case-far.html", "sister-units/yi-qu-case-far.zip!*"],
}  # fmt: skip
ON_PAPER = {
    "case/title": [
        "*-paper/posters/case-fault-crossing-80x120.pdf#text",
        "*-paper/case-fault-crossing-A4-offset.pdf#text",
        "*-paper/case-fault-crossing-A3-tiled-A4.pdf#text",
        "*-paper/case-fault-crossing-A4-wide.pdf#text",
        "*-paper/case-fault-crossing-A4-wide-spec.pdf#text",
        "sister-units/*.pdf#text",
        "public/*.zip!cover.pdf#text",
    ],
    "member/job": [
        "publish-paper/roster-80x120.pdf#text",
        "publish-paper/posters/desk-card*.pdf#text",
    ],
    "quarter/star/0/citation": ["publish-paper/star-2019-Q1-A2.pdf#text"],
    "outcome/name": ["preview-paper/posters/outcomes-80x120.pdf#text"],
    "data/members.yml/zhu-jun-wen#sample/name": ["preview-paper/*.pdf#text"],
}


@pytest.mark.parametrize("where", FOUND)
def test_what_may_be_seen_is_found_wherever_it_belongs(put_out: PutOut, where: str) -> None:
    """If the search went blind, or a surface were left out of it, this would fail."""
    require(put_out, where, FOUND[where])


@pytest.mark.skipif(not HAS_PDFTOTEXT, reason="没有安装 poppler，跳过读取 PDF 文字的测试")
@pytest.mark.parametrize("where", ON_PAPER)
def test_what_may_be_printed_is_found_on_paper(put_out: PutOut, where: str) -> None:
    require(put_out, where, ON_PAPER[where])


def require(put_out: PutOut, where: str, patterns: list[str]) -> None:
    tokens = [t for t, planted in put_out.garden.tokens.items() if planted.where == where]
    assert len(tokens) == 1
    paths = put_out.search.found.get(tokens[0], set())
    for pattern in patterns:
        assert fnmatch.filter(paths, pattern), (
            f"{where} is not in {pattern}, but in {sorted(paths)[:5]}"
        )


def narrow_fields(model: type[BaseModel]) -> Iterator[tuple[type[BaseModel], str]]:
    """Every field of a model, nested ones included, that not everybody may see."""
    for spec in specs(model).values():
        if spec.audience is not Audience.PUBLIC:
            yield model, spec.name
        elif spec.model:
            yield from narrow_fields(spec.model)


def test_every_narrow_field_of_the_schema_holds_a_token(put_out: PutOut) -> None:
    wanted = {found for model in MODELS.values() for found in narrow_fields(model)}
    named = {(model.__name__, name) for model, name in wanted}
    assert {("Member", "contact"), ("Branch", "allow"), ("Review", "checked_by")} <= named
    assert wanted <= put_out.garden.fields


def test_every_kind_of_record_stands_beside_some_that_are_kept_back(put_out: PutOut) -> None:
    where = {planted.where for planted in put_out.garden.tokens.values()}
    tables = {t for t, model in MODELS.items() if issubclass(model, Record)} - set(ONE_ONLY)
    for kind in TWINS:
        assert sum(1 for place in where if place.endswith(f"#{kind}/remark")) == len(tables)
    for name in STRAYS:
        assert name in where
    assert set(INTERNAL) == {"prints", "keys"}
    assert set(PACKS) < set(ROOMS)


class Grudge(Model):
    """Something a branch might come to note."""

    text: Line = field("内容", "写什么")
    day: Day = field("日期", "哪天")


class MemberOfTomorrow(Member):
    """A member with fields that are not there yet."""

    nickname: Line | None = field("外号", "只在支部里用", None, Audience.BRANCH)
    spoken_to: Day | None = field("谈话日期", "哪天谈的话", None, Audience.BRANCH)
    aliases: tuple[Line, ...] = field("别名", "逐条写", (), Audience.INTRANET)
    grudges: tuple[Grudge, ...] = field("意见", "逐条写", (), Audience.BRANCH)


def test_a_field_added_tomorrow_is_covered_without_a_change_here() -> None:
    garden = Garden()
    row: dict[str, Any] = {"id": "x", "grudges": [{"text": "a", "day": "2019-01-01"}]}
    plant_fields(garden, MemberOfTomorrow, row, "row", Audience.PUBLIC)
    names = {"nickname", "spoken_to", "aliases", "grudges", "contact", "remark", "consent"}
    wanted = {name for owner, name in narrow_fields(MemberOfTomorrow) if issubclass(owner, Member)}
    assert wanted == names
    assert {name for _, name in garden.fields} == names - {"consent"}  # the row has none
    assert {row["nickname"], *row["aliases"], row["grudges"][0]["text"]} <= set(garden.tokens)
    assert garden.tokens[row["aliases"][0]].seen_in == {*SITES, *PAPER}
    assert garden.tokens[row["spoken_to"]].seen_in == set()


def test_a_field_that_not_everybody_may_see_can_be_left_out() -> None:
    """`project` puts such a field back to its default; without one, rules would meet nothing."""
    for model in MODELS.values():
        for owner, name in narrow_fields(model):
            assert not owner.model_fields[name].is_required(), f"{owner.__name__}.{name}"
