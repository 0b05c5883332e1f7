"""What an editor lets pass for each type, as JSON Schema.

An editor's YAML server types plain scalars by YAML 1.2, where this product reads them as text:
`8103` is a number to it, `2019` an integer, `true` a boolean. What can be typed for a field must
pass in both; what only we can judge (whether a day exists, whether a photo is there) is left to us.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import WithJsonSchema

from boards.records.filenames import ENDINGS, SUPPORTED


def choice(words: Mapping[str, str]) -> dict[str, Any]:
    """A closed list of words, each with the Chinese that an editor shows beside it."""
    options = "、".join(f"{word}（{label}）" for word, label in words.items())
    return {
        "enum": [*words],
        "enumDescriptions": [*words.values()],
        "errorMessage": f"只能写 {options}",
    }


def _matching(types: list[str], pattern: str, refusal: str, **more: Any) -> WithJsonSchema:
    """Text of a pattern, and the same where an editor takes it for a number; else `refusal`."""
    said = {"patternErrorMessage": refusal, "errorMessage": refusal}
    kinds = types if len(types) > 1 else types[0]
    return WithJsonSchema({"type": kinds, "pattern": pattern, **said, **more})


ANY_TEXT = WithJsonSchema({"type": ["string", "number", "boolean"]})
NAME = _matching(["string"], r"^[^<>&*_`#\[\]()（）【】0-9]+$", "只写姓名的汉字或字母")
IDENTIFIER = _matching(
    ["string", "integer"],
    "^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$",
    "只用英文字母、数字和中间的短横线",
    maxLength=60,
)
PARTIAL_DATE = _matching(
    ["string", "integer"],
    r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$",
    "写成 2019、2019-08 或 2019-08-19 的样子",
    minimum=1,
    maximum=9999,
)
DAY = _matching(["string"], r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "写成 2019-08-19 的样子")
YEAR = _matching(
    ["integer", "string"], "^(19|20)[0-9]{2}$", "只写四位数字", minimum=1900, maximum=2099
)
COUNT = _matching(
    ["integer", "string"], "^[0-9]{1,9}$", "只写整数，不带单位", minimum=0, maximum=999_999_999
)
FIGURE = _matching(
    ["number", "string"], r"^[0-9]+(\.[0-9]+)?$", "只写数字，单位写到 unit", minimum=0
)
FLAG = _matching(["boolean", "string"], "^(true|false|是|否)$", "写 true（是）或 false（否）")
_MEDIA_ENDINGS = "|".join(
    "".join(f"[{letter}{letter.upper()}]" for letter in ending.removeprefix("."))
    for endings in ENDINGS.values()
    for ending in endings
)
MEDIA_PATH = _matching(
    ["string"], rf"^.+\.({_MEDIA_ENDINGS})$", f"写成 media/文件名.jpg；{SUPPORTED}"
)
WEB_ADDRESS = _matching(["string"], "^https?://[^ ]+$", "以 http:// 或 https:// 开头")
SITE_ADDRESS = _matching(
    ["string"],
    "^https?://[^ ?#]+$",
    "以 http:// 或 https:// 开头，只写到首页文件夹",
    maxLength=80,
)
SEAL = _matching(["string"], "^[0-9a-f]{16}$", "由 boards approve 填写，不要手填")
PUBLIC_KEY = _matching(["string"], "^[A-Za-z0-9+/]{43}=$", "44 个字符，以 = 结尾")
