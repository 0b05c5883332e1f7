"""The desk's forms: whoever opens a record and saves it changes nothing; what is typed is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from boards.board.board import MODELS, Board
from boards.desk.fields import Control, FieldView, FormView
from boards.desk.forms import asked_of, form_of, typed_of
from boards.desk.office import TABLES
from boards.desk.posted import BLANK, bare, pairs_of, posted
from boards.records import Keyed
from boards.records.schema import describe, described
from full_site import write_site
from helpers import TODAY, read_board
from sites import ROOT


@pytest.fixture(scope="module", params=["the branch", "a site with every field filled in"])
def board(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Board:
    if request.param == "the branch":
        return read_board(ROOT)
    return read_board(write_site(tmp_path_factory.mktemp("full")))


def controls(fields: Iterable[FieldView]) -> Iterator[tuple[str, str]]:
    """What a browser sends of a form."""
    for field in fields:
        match field.control:
            case Control.GROUP:
                yield from controls(field.fields)
            case Control.GROUPS:
                for part in (*field.parts, *([field.pattern] if field.pattern else [])):
                    yield from controls(part.fields)
            case Control.LINES:
                yield from ((field.path, value) for value in field.values)
            case Control.FLAG:
                yield field.path, "false"
                if field.value == "true":
                    yield field.path, "true"
            case Control.SEVERAL | Control.CHIPS | Control.PICK | Control.ROLE:
                yield from ((field.path, row.id) for row in field.choices if row.chosen)
            case _:
                yield field.path, field.value.replace("\n", "\r\n")


def rows(board: Board) -> list[Keyed]:
    return [row for row in board.everything() if row.table in TABLES]


def test_a_form_that_is_sent_as_it_was_opened_changes_nothing(board: Board) -> None:
    seen = set()
    for row in rows(board):
        typed = typed_of(row)
        form = form_of(board, row.table, typed, {}, TODAY)
        read = posted(board, asked_of(row.table), controls([*form.fields, *form.seldom]))
        asked = {question.name for question in asked_of(row.table)}
        wanted = {name: value for name, value in bare(typed).items() if name in asked}
        assert (read.values, read.refused) == (wanted, {}), f"{row.table}/{row.id}"
        seen.add(row.table)
    assert len(seen) > 12


def test_what_a_browser_would_send_can_be_told_without_a_form(board: Board) -> None:
    for row in rows(board):
        asked = asked_of(row.table)
        typed = {q.name: typed_of(row)[q.name] for q in asked if q.name in typed_of(row)}
        assert posted(board, asked, pairs_of(typed)).values == bare(typed), f"{row.table}/{row.id}"


def test_every_field_can_be_filled_in_but_the_id_and_the_approval() -> None:
    for table in TABLES:
        left = MODELS[table].model_fields.keys() - {row.name for row in asked_of(table)}
        assert left <= {"id", "review"}, table


def test_groups_stand_in_the_order_in_which_they_are_sent() -> None:
    board = read_board(ROOT)
    sent = [
        ("posts.b.zone", "safety"), ("posts.b.role", "manager"),
        (f"posts.{BLANK}.zone", "quality"),
        ("posts.a.zone", "thought"), ("posts.a.role", "speaker"),
    ]  # fmt: skip
    read = posted(board, asked_of("members"), sent)
    assert [row["zone"] for row in read.values["posts"]] == ["safety", "thought"]  # type: ignore[index, union-attr, call-overload]
    assert read.control(("posts", 1, "role")) == "posts.a.role"
    assert read.control(("posts", 7)) == "posts"


def test_days_are_read_as_people_type_them_and_what_is_kept_is_said() -> None:
    read = posted(read_board(ROOT), asked_of("messages"), [("date", "2019年9月3日")])
    assert read.values["date"] == "2019-09-03"
    assert "2019-09-03" in read.kept["date"]


def test_what_will_not_do_stays_as_it_was_typed() -> None:
    read = posted(read_board(ROOT), asked_of("messages"), [("date", "明天")])
    assert read.values["date"] == "明天"
    assert "明天" in read.refused["date"]


def test_a_field_is_found_by_the_name_that_a_message_gives_it() -> None:
    for path in (("name",), ("posts", 1, "zone"), ("photo", "file")):
        assert described(describe(MODELS["members"], path)) == path


def test_what_only_the_branch_sees_is_marked(tmp_path: Path) -> None:
    board = read_board(write_site(tmp_path))
    form = form_of(board, "members", {}, {}, TODAY)
    marked = {row.path for row in (*form.fields, *form.seldom) if row.branch_only}
    assert marked == {"contact", "remark"}


def fields_of(form: FormView) -> Iterator[FieldView]:
    """Every field of a form, those of groups and of what can be added included."""
    waiting = [*form.fields, *form.seldom]
    while waiting:
        field = waiting.pop()
        yield field
        waiting += field.fields
        for part in (*field.parts, *([field.pattern] if field.pattern else [])):
            waiting += part.fields


def test_where_there_is_nothing_to_choose_the_way_to_register_it_is_shown(board: Board) -> None:
    without = replace(board, groups={})
    form = form_of(without, "members", {}, {}, TODAY)
    [field] = (field for field in form.fields if field.path == "groups")
    assert (field.control, field.lacks) == (Control.NOTHING, ("groups", "小组"))
    kept = form_of(without, "members", {"groups": ["gone"]}, {}, TODAY)
    [field] = (field for field in kept.fields if field.path == "groups")
    assert field.control is Control.LINES, "what stands there is not lost"


def test_no_form_speaks_of_files_and_ids(board: Board) -> None:
    for table in TABLES:
        for field in fields_of(form_of(board, table, {}, {}, TODAY)):
            for word in ("data/", ".yml", "的编号"):
                assert word not in field.help, (table, field.path)


def test_of_a_group_that_may_be_left_out_nothing_must_be_filled_in(board: Board) -> None:
    fields = {row.path: row for row in fields_of(form_of(board, "members", {}, {}, TODAY))}
    assert not fields["photo.file"].required
    assert fields["name"].required
