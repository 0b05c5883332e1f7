"""What may be answered, and reading what was typed: a number, an id, a name, or plain text."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pydantic import TypeAdapter, ValidationError

from boards.adding.questions import Question, Shape, within
from boards.amend import Value
from boards.board import Board
from boards.errors import listing, nearest
from boards.records import Member, Record
from boards.records.choices import Choice
from boards.records.fields import Flag
from boards.records.typed import FAULT, WIDE_SPACES
from boards.yaml_faults import unsafe_characters


@dataclass(frozen=True, slots=True)
class Option:
    """Something to choose: what is written, and what people call it."""

    id: str
    label: str


class Refused(Exception):
    """An answer that will not do; the message says why and what to type."""


def options(
    board: Board, question: Question, given: Mapping[str, Value], today: datetime.date
) -> tuple[Option, ...] | None:
    """What can be chosen, None where anything can be typed.

    A real record cannot refer to a sample, nor a new one to who has left, so neither is offered.
    """
    reference = question.spec.reference
    if reference:
        rows = board.nameable(reference)
        ready = reference.names(board.branch.name)
        also = [Option(word, name) for word, name in ready.items() if word not in rows]
        there = [
            Option(row.id, row.title_text) for row in rows.values() if _can_be_named(row, today)
        ]
        return (*also, *there)
    if question.name == "role":
        zone = board.zones.get(str(given.get("zone")))
        return tuple(Option(role.id, role.name) for role in zone.roles) if zone else ()
    if isinstance(question.kind, type) and issubclass(question.kind, Choice):
        return tuple(Option(str(choice), choice.label) for choice in question.kind)
    if question.kind == Flag:
        return (Option("true", "是"), Option("false", "否"))
    return None


def _can_be_named(row: object, today: datetime.date) -> bool:
    if isinstance(row, Member) and row.has_left(today):
        return False
    return not (isinstance(row, Record) and row.sample)


def lacking(board: Board, asked: Sequence[Question], today: datetime.date) -> str:
    """What must be registered first because a required question has nothing to choose; or empty."""
    for question in asked:
        if not question.required:
            continue
        if question.shape in (Shape.GROUP, Shape.GROUPS) and question.spec.model:
            if found := lacking(board, within(question.spec.model), today):
                return found
        elif question.spec.reference and not options(board, question, {}, today):
            return question.label
    return ""


def read(question: Question, typed: str, choices: Sequence[Option] | None) -> str:
    """The value that was typed, as it stands in the ledger; raises Refused."""
    text = typed.strip(" \n" + WIDE_SPACES)
    if not text:
        raise Refused("没有填写内容")
    if unsafe := unsafe_characters(text):
        raise Refused(f"夹着{unsafe[0][1]}，请重新输入")
    if choices is not None:
        return _chosen(text, choices)
    try:
        kept = TypeAdapter(question.kind).validate_python(text)
    except ValidationError as error:
        detail = error.errors()[0]
        context = detail.get("ctx", {})
        if detail["type"] != FAULT:
            raise Refused(f"“{text[:20]}”填得不对") from error
        hint = context["hint"]
        for typed_line in ("把这一行删掉", "删掉这一行"):  # nobody has typed a line yet
            hint = hint.replace(typed_line, "直接回车")
        raise Refused(f"{context['found']}；{hint}") from error
    return kept if isinstance(kept, str) else text


def _chosen(text: str, choices: Sequence[Option]) -> str:
    """The id of what was meant: by id, else by number, else by name."""
    ids = {option.id for option in choices}
    if text in ids:
        return text
    if text.isdecimal() and 1 <= int(text) <= len(choices):
        return choices[int(text) - 1].id
    named = [option.id for option in choices if option.label == text]
    if len(named) == 1:
        return named[0]
    if named:
        raise Refused(f"叫“{text}”的有 {listing(named)}，输入其中一个编号")
    guess = nearest(text, [*ids, *(option.label for option in choices)])
    meant = f"，是不是“{guess}”？" if guess else "；"
    raise Refused(f"没有“{text}”{meant}输入序号、编号或名称")


def paragraphs(lines: Sequence[str]) -> str:
    """Pasted lines as paragraphs: a word processor gives one line a paragraph, and indents it."""
    kept = (line.strip(" \t\r" + WIDE_SPACES) for line in lines)
    return "\n\n".join(line for line in kept if line)
