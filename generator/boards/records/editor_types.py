"""What an editor lets pass for each type, as JSON Schema.

An editor's YAML server types plain scalars by YAML 1.2, where this product reads them as text:
`8103` is a number to it, `2019` an integer, `true` a boolean. What is usually typed for a field
must pass in both; what only we can judge (whether a day exists, whether a photo is there) is left
to us.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import WithJsonSchema

from boards.records.filenames import ENDINGS, SUPPORTED

_CHINESE = "[\u3400-\u9fff]"


def choice(words: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """A closed list of words, each with its names, of which an editor shows the first beside it.

    The names may be typed as well. Parts of names, which we take too, an editor does not know.
    """
    options = "、".join(f"{word}（{names[0]}）" for word, names in words.items())
    shown = {word: names[0] for word, names in words.items()}
    also = {name: word for word, names in words.items() for name in names if name not in words}
    return {
        "enum": [*shown, *also],
        "enumDescriptions": [*shown.values(), *also.values()],
        "errorMessage": f"只能写 {options}，写中文名称也行",
    }


def _matching(types: list[str], pattern: str, refusal: str, **more: Any) -> WithJsonSchema:
    """Text of a pattern, and the same where an editor takes it for a number; else `refusal`."""
    said = {"patternErrorMessage": refusal, "errorMessage": refusal}
    kinds = types if len(types) > 1 else types[0]
    return WithJsonSchema({"type": kinds, "pattern": pattern, **said, **more})


ANY_TEXT = WithJsonSchema({"type": ["string", "number", "boolean"]})
_D = "[0-9０-９]"
_BETWEEN = "[-./年月－．／]"

NAME = _matching(["string"], r"^[^<>&*_`#\[\]()（）【】0-9]+$", "只写姓名的汉字或字母")
IDENTIFIER = _matching(
    ["string", "integer"],
    "^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$",
    "只用英文字母、数字和中间的短横线",
    maxLength=60,
)
PARTIAL_DATE = _matching(
    ["string", "number"],
    rf"^{_D}{{4}}( *{_BETWEEN} *{_D}{{1,2}}( *{_BETWEEN} *{_D}{{1,2}})?)? *[年月日]?$|^{_D}{{8}}$",
    "写成 2019、2019-08 或 2019-08-19 的样子",
    minimum=1,
    maximum=99_999_999,
)
DAY = _matching(
    ["string", "integer"],
    rf"^{_D}{{4}} *{_BETWEEN} *{_D}{{1,2}} *{_BETWEEN} *{_D}{{1,2}} *日?$|^{_D}{{8}}$",
    "写成 2019-08-19 的样子",
    minimum=10_000_101,
    maximum=99_991_231,
)
TIME = _matching(
    ["string"],
    f"^{_D}{{1,2}} *([:：] *{_D}{{2}}|[点时]( *{_D}{{1,2}} *分)?)$",
    "写成 08:00 的样子",
)
YEAR = _matching(
    ["integer", "string"],
    f"^[1１2２]{_D}{{3}} *(年度?)?$",
    "只写四位数字",
    minimum=1900,
    maximum=2099,
)
COUNT = _matching(
    ["number", "string"],
    f"^共?{_D}[0-9０-９,，]*([.．][0０]+)? *({_CHINESE}{{0,3}}|[%％])$",
    "只写整数",
    minimum=0,
    maximum=999_999_999,
)
FIGURE = _matching(
    ["number", "string"], rf"^{_D}+([.．]{_D}+)?$", "只写数字，单位写到 unit", minimum=0
)
SPOT = _matching(
    ["string"],
    f"^{_D}{{1,3}}[%％]? *[,，、] *{_D}{{1,3}}[%％]?$",
    "写成 50,35：离左边、离上边各百分之几",
)
ZOOM = _matching(
    ["number", "string"], rf"^{_D}([.．]{_D}+)?倍?$", "1 到 4，例如 1.5", minimum=1, maximum=4
)
FLAG = _matching(
    ["boolean", "string"],
    "^([a-zA-Zａ-ｚ]+|[√✓✔×✗✘]|不?是|[否对不]|不?同意)$",
    "写 true（是）或 false（否）",
)
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
