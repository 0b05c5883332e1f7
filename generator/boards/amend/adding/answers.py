"""What may be answered, and reading what was typed: a number, an id, a name, or plain text."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pydantic import TypeAdapter, ValidationError

from boards.amend import Value
from boards.amend.adding.questions import Question, Shape, within
from boards.board.board import Board
from boards.board.naming import names_of, ready_names
from boards.errors import Remove, Step, in_files, listing, nearest, worded
from boards.records import Member, Record
from boards.records.choices import Choice
from boards.records.fields import Flag
from boards.records.schema import as_typed
from boards.records.typed import FAULT, WIDE_SPACES
from boards.records.understood import NO, YES, folded, one_of
from boards.yaml.faults import unsafe_characters


@dataclass(frozen=True, slots=True)
class Option:
    """Something to choose: what is written, and what people call it."""

    id: str
    label: str
    also: tuple[str, ...] = ()
    """Other names for it."""


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
        ready = ready_names(reference, board.branch.name)
        also = [
            Option(word, name, tuple(others))
            for word, (name, *others) in ready.items()
            if word not in rows
        ]
        there = [
            Option(row.id, row.title_text, names_of(row))
            for row in rows.values()
            if _can_be_named(row, today)
        ]
        return (*also, *there)
    if question.spec.is_role:
        zone = board.zones.get(str(given.get("zone")))
        return tuple(Option(role.id, role.name) for role in zone.roles) if zone else ()
    if isinstance(question.kind, type) and issubclass(question.kind, Choice):
        return tuple(Option(str(choice), choice.label, choice.also) for choice in question.kind)
    if question.kind == Flag:
        return (Option("true", "是", YES), Option("false", "否", NO))
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


def read(question: Question, text: str, choices: Sequence[Option] | None) -> str:
    """The value that was typed, as it stands in the ledger; raises Refused."""
    text = text.strip(" \n" + WIDE_SPACES)
    if not text:
        raise Refused("没有填写内容")
    if unsafe := unsafe_characters(text):
        raise Refused(f"夹着{unsafe[0][1]}，请重新输入")
    if choices is not None:
        return _chosen(text, choices)
    try:
        return str(as_typed(TypeAdapter(question.kind).validate_python(text)))
    except ValidationError as error:
        detail = error.errors()[0]
        context = detail.get("ctx", {})
        if detail["type"] != FAULT:
            raise Refused(f"“{text[:20]}”填得不对") from error
        raise Refused(f"{context['found']}；{worded(context['cure'], in_answers)}") from error


def in_answers(step: Step) -> str:
    """A step in the words of somebody who answers a question, and has not typed a line yet."""
    return "直接回车" if step == Remove() else in_files(step)


def _chosen(text: str, choices: Sequence[Option]) -> str:
    """The id of what was meant: by id, else by number, else by name, else by part of one name."""
    ids = {option.id for option in choices}
    if text in ids:
        return text
    if text.isdecimal() and 1 <= int(text) <= len(choices):
        return choices[int(text) - 1].id
    called = {option.id: (option.label, *option.also) for option in choices}
    meant = folded(text)
    named = [key for key, names in called.items() if meant in map(folded, names)]
    if len(named) > 1:
        raise Refused(f"叫“{text}”的有 {listing(named)}，输入其中一个编号")
    if found := one_of(text, called):
        return found
    guess = nearest(text, [*ids, *(option.label for option in choices)])
    near = f"，是不是“{guess}”？" if guess else "；"
    raise Refused(f"没有“{text}”{near}输入序号、编号或名称")


def kept_as(text: str, value: str, choices: Sequence[Option] | None) -> str:
    """What is said of an answer that is kept otherwise than it was typed; else nothing."""
    labels = {option.id: option.label for option in choices or ()}
    shown = labels.get(value, value)
    return "" if text.strip(" \n" + WIDE_SPACES) in (value, shown) else f"记作 {shown}"


def paragraphs(lines: Sequence[str]) -> str:
    """Pasted lines as paragraphs: a word processor gives one line a paragraph, and indents it."""
    kept = (line.strip(" \t\r" + WIDE_SPACES) for line in lines)
    return "\n\n".join(line for line in kept if line)
