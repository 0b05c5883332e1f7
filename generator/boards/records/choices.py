"""Closed lists of words, each with its Chinese; first of all, who may see what."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from pydantic import GetJsonSchemaHandler
from pydantic_core import CoreSchema
from pydantic_core.core_schema import no_info_plain_validator_function

from boards.errors import Choose, Value, nearest
from boards.records.editor_types import choice
from boards.records.typed import fault, typed_line
from boards.records.understood import one_of


class Choice(StrEnum):
    """A closed list of words, each with the Chinese that stands for it."""

    @property
    def label(self) -> str:
        """The Chinese for this choice; each list of choices defines its own."""
        return str(self)

    @property
    def also(self) -> tuple[str, ...]:
        """Other words that people have for it."""
        return ()

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: Any) -> CoreSchema:
        return no_info_plain_validator_function(cls.read)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, _schema: CoreSchema, _handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return choice({str(member): (member.label, *member.also) for member in cls})

    @classmethod
    def read(cls, value: Any) -> Any:
        """The choice that was typed, by word or in Chinese; refuses anything else with a guess."""
        if isinstance(value, cls):
            return value
        words = {str(member): member for member in cls}
        is_word = isinstance(value, str) and value in words  # which may be "none"
        text = value if is_word else typed_line(value)
        if text in words:
            return words[text]
        called = {word: (member.label, *member.also) for word, member in words.items()}
        if meant := one_of(text, called):
            return words[meant]
        guess = nearest(text, words)
        options = {word: Value(word, member.label) for word, member in words.items()}
        meaning = ("改成", options[guess], "；") if guess else ()
        fault(f"“{text}”不在可选范围里", (*meaning, Choose(tuple(options.values()))))


class Audience(Choice):
    """The widest circle that may see a record or field; each circle contains the ones before it."""

    BRANCH = "branch"
    INTRANET = "intranet"
    SISTER_UNITS = "sister-units"
    PUBLIC = "public"

    @property
    def label(self) -> str:
        return {
            "branch": "支部内部",
            "intranet": "矿内网",
            "sister-units": "兄弟单位",
            "public": "公开",
        }[self]

    def reaches(self, circle: Audience) -> bool:
        """Whether somebody standing in `circle` may see what has this audience."""
        return _WIDTH[self] >= _WIDTH[circle]


_WIDTH = {audience: width for width, audience in enumerate(Audience)}
