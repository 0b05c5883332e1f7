"""The form of a record, made from what its fields say of themselves."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from boards.amend import Value
from boards.amend.adding.answers import Option, options
from boards.amend.adding.questions import Question, Shape, every, kind_of
from boards.board.board import MODELS, Board
from boards.desk.fields import Choice, Control, FieldView, FormView, Part
from boards.desk.posted import BLANK
from boards.records import Keyed, Member
from boards.records.declared import Asked, Trait
from boards.records.fields import Day, Flag
from boards.records.schema import as_typed, specs

FEW = 8
"""Choices that all stand side by side; of more one is picked from a list."""


_WIDE = 26
"""Characters of a line that are seen at once on a screen of 1366."""
_ASIDE = ("source", "passage", "as_of", "audience", "sample", "remark", "order")
"""Fields that every record has, and that stand below its own."""


def asked_of(table: str) -> tuple[Question, ...]:
    """Every field of a record that is filled in at the desk: not its id, nor its approval."""
    return tuple(row for row in every(MODELS[table]) if row.name not in ("id", "review"))


def typed_of(record: Keyed) -> dict[str, Value]:
    """A record as its file has it, without its id."""
    typed = as_typed(record)
    assert isinstance(typed, dict)
    return {name: value for name, value in typed.items() if name != "id"}


def form_of(
    board: Board,
    table: str,
    values: Mapping[str, Value],
    refused: Mapping[str, str],
    today: datetime.date,
) -> FormView:
    """The form of a record with these values; `refused` says by path what is wrong with some."""
    drawing = _Drawing(board, refused, today)
    asked = asked_of(table)
    rest = [row for row in asked if row.name in _ASIDE]
    own = [row for row in asked if row.name not in _ASIDE]
    often = [row for row in own if row.required or row.spec.asked is not Asked.LATER]
    always = [row for row in rest if row.name in ("source", "passage", "as_of")]
    seldom = [row for row in own if row not in often] + [row for row in rest if row not in always]
    shown = [*sorted(often, key=lambda row: not row.required), *always]
    return FormView(
        tuple(drawing.fields(shown, values, "")), tuple(drawing.fields(seldom, values, ""))
    )


class _Drawing:
    """One form being drawn."""

    def __init__(self, board: Board, refused: Mapping[str, str], today: datetime.date) -> None:
        self._board = board
        self._refused = refused
        self._today = today

    def fields(
        self, asked: Iterable[Question], values: Mapping[str, Value], at: str
    ) -> Iterator[FieldView]:
        """The fields of a group that stands at a path."""
        return (self._field(row, values.get(row.name), values, f"{at}{row.name}") for row in asked)

    def _field(
        self, question: Question, value: Value | None, beside: Mapping[str, Value], path: str
    ) -> FieldView:
        spec = question.spec
        usual = as_typed(spec.default) if spec.default is not None else ""
        if value is None and isinstance(usual, str) and usual:
            value = usual
        more: dict[str, Any] = {}
        text = value if isinstance(value, str) else ""
        choices = self._choices(question, value, beside)
        match question.shape:
            case Shape.GROUP if spec.model:
                control = Control.GROUP
                inner = value if isinstance(value, Mapping) else {}
                fields = self.fields(every(spec.model), inner, f"{path}.")
                if not question.required:  # nothing of what may be left out must be filled in
                    fields = (replace(field, required=False) for field in fields)
                more["fields"] = tuple(fields)
            case Shape.GROUPS:
                control = Control.GROUPS
                more["parts"] = tuple(self._parts(question, value, path))
                more["pattern"] = None if question.each else self._part(question, {}, path, BLANK)
            case Shape.LIST:
                control = Control.SEVERAL if choices else Control.LINES
                rows = value if isinstance(value, list | tuple) else ()
                more["values"] = tuple(str(row) for row in rows)
            case Shape.PROSE:
                control = Control.PROSE
            case _:
                control = _of_line(question, choices)
        if spec.reference and not choices and not value:
            control, lacks = Control.NOTHING, spec.reference.tables[0]
            more["lacks"] = (lacks, kind_of(lacks))
        return FieldView(
            path=path,
            label=spec.label,
            help=_help(question, choices),
            control=control,
            value=text,
            choices=choices,
            required=question.required,
            can_be_empty=not (question.required or usual),
            short=question.shape is Shape.LINE and Trait.NUMBER in spec.traits,
            long=len(text) > _WIDE,
            day=question.kind == Day,
            dialect=Trait.MARKDOWN in spec.traits,
            branch_only=spec.audience == "branch",
            refused=self._refused.get(path, ""),
            **more,
        )

    def _parts(self, question: Question, value: Value | None, path: str) -> Iterator[Part]:
        rows = value if isinstance(value, list | tuple) else ()
        there = [row for row in rows if isinstance(row, Mapping)]
        for zone in question.each:  # a group for each zone, whether it says anything yet or not
            if not any(row.get("zone") == zone for row in there):
                there.append({"zone": zone})
        for number, row in enumerate(there):
            yield self._part(question, row, path, str(number))

    def _part(self, question: Question, row: Mapping[str, Value], path: str, token: str) -> Part:
        assert question.spec.model
        fields = list(self.fields(every(question.spec.model), row, f"{path}.{token}."))
        title = _title(fields)
        if question.each:
            fields[0] = replace(fields[0], control=Control.FIXED, value=str(row["zone"]))
        return Part(token, title, tuple(fields))

    def _choices(
        self, question: Question, value: Value | None, beside: Mapping[str, Value]
    ) -> tuple[Choice, ...]:
        chosen = [value] if isinstance(value, str) else list(value or ())
        if question.spec.is_role:
            return tuple(self._roles(chosen, str(beside.get("zone"))))
        there = list(options(self._board, question, beside, self._today) or ())
        reference = question.spec.reference
        if reference:
            rows = self._board.nameable(reference)
            known = {option.id for option in there}
            there += [
                Option(key, rows[key].title_text)
                for key in map(str, chosen)
                if key in rows and key not in known
            ]
            if question.shape is Shape.LIST:  # those that are chosen first, in their order
                places = {str(key): place for place, key in enumerate(chosen)}
                there.sort(key=lambda one: places.get(one.id, len(places)))
        return tuple(
            Choice(one.id, one.label, one.id in chosen, face=self._face(one.id)) for one in there
        )

    def _roles(self, chosen: Sequence[Value], here: str) -> Iterator[Choice]:
        """The roles of all zones: the page shows those of the zone that is chosen beside."""
        for zone in self._board.zones.values():
            for role in zone.roles:
                yield Choice(role.id, role.name, role.id in chosen and zone.id == here, zone.id)

    def _face(self, record_id: str) -> str:
        member = self._board.members.get(record_id)
        return member.photo.file if isinstance(member, Member) and member.photo else ""


def _help(question: Question, choices: tuple[Choice, ...]) -> str:
    spec = question.spec
    if spec.reference or (choices and question.shape is not Shape.GROUPS):
        return ""
    if spec.picture:
        return _PICTURE
    if (
        question.shape is Shape.GROUPS
        and spec.model
        and any(inner.picture for inner in specs(spec.model).values())
    ):
        return ""  # each of them says how it comes here
    return _SIGNS if spec.description == "Markdown" else spec.description


_PICTURE = "也可以从文件夹拖到这里，或复制了粘贴"
_SIGNS = "空一行另起一段；行首“- ”是列表，“## ”是小标题；**两边加星号** 加粗"


def _of_line(question: Question, choices: tuple[Choice, ...]) -> Control:
    if question.kind == Flag:
        return Control.FLAG
    if question.spec.is_role:
        return Control.ROLE
    if question.spec.picture:
        return Control.PICTURE
    if not choices:
        return Control.LINE
    return Control.CHIPS if len(choices) <= FEW else Control.PICK


def _title(fields: Iterable[FieldView]) -> str:
    """What a group of a list is about: the first thing that was chosen or typed in it."""
    for field in fields:
        chosen = [choice.label for choice in field.choices if choice.chosen]
        if chosen or field.value or field.values:
            return "、".join(chosen) or field.value or field.values[0]
    return ""
