"""The types a field can have, read from typed text, and what each says when the text is wrong.

Every value arrives as text (see `source`), so each type parses for itself and answers in Chinese.
"""

from __future__ import annotations

import calendar
import datetime
import functools
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema

from boards.addresses import in_ascii
from boards.errors import Choose, Named, Remove, Value
from boards.looks import called_looks
from boards.marks import behind
from boards.records.brand import ZONES
from boards.records.choices import Audience
from boards.records.editor_types import (
    ANY_TEXT,
    COUNT,
    DAY,
    FIGURE,
    FLAG,
    IDENTIFIER,
    MEDIA_PATH,
    NAME,
    PARTIAL_DATE,
    SEAL,
    SITE_ADDRESS,
    SPOT,
    TIME,
    WEB_ADDRESS,
    YEAR,
    ZOOM,
    choice,
)
from boards.records.filenames import DEVICES, media_path
from boards.records.typed import fault, typed_line, typed_text
from boards.records.understood import counted, dated, figured, folded, one_of, year_of, yes_or_no

_ID = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")
_NAME = re.compile(
    r"[\w\u3400-\u9fff\U00020000-\U0003ffff]+(?:[·. ][\w\u3400-\u9fff\U00020000-\U0003ffff]+)*"
)
_CHINESE_NAME = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff\s]+")
_WEB = re.compile(r"https?://[\w.-]+(?::[0-9]+)?(?:/[^\s<>\"]*)?")
_TIME = re.compile(r"([0-9]{1,2}) *(?::|点|时) *(?:([0-9]{1,2}) *分?)?")
_SPOT = re.compile(r"([0-9]{1,3})%?[,、]([0-9]{1,3})%?")
MAX_ZOOM = 4
"""Beyond it nothing of a face is sharp."""
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")


class Trait(StrEnum):
    """What values of a type are, for all that treat them by it; it stands in `Annotated[...]`."""

    MARKDOWN = "markdown"
    PICTURE = "picture"
    """The path of a picture in data/media."""
    ID = "id"
    """The id of a record, or of a part of one."""
    ROLE = "role"
    """One of the roles of the zone that stands beside it."""
    ADDRESS = "address"
    """An address on the web."""
    EXACT = "exact"
    """Text that stands for itself and is nobody's wording, such as a name that has one spelling."""
    NUMBER = "number"
    """A few characters wide: a number, a year."""
    TELEPHONE = "telephone"
    """The one place for a telephone number."""
    SEALED = "sealed"
    """Written by `boards approve` alone: copied with a row, it would pass for another record's."""


class Asked(StrEnum):
    """Whether somebody who adds a record by answering questions is asked for a field."""

    ALWAYS = "always"
    USUALLY = "usually"
    """It may be passed over, but is mostly there."""
    MAYBE = "maybe"
    """As the schema has it: if there is no default, or if it is wanted."""
    LATER = "later"
    """Once the record is there: a new one has no use for it."""
    NEVER = "never"
    """The program proposes it, or a command of its own sees to it."""


def field(  # noqa: PLR0913 - each is one thing that a field says of itself
    label: str,
    description: str,
    default: Any = ...,
    audience: Audience = Audience.PUBLIC,
    *,
    asked: Asked = Asked.MAYBE,
    approved: bool = True,
    min_length: int | None = None,
    max_length: int | None = None,
) -> Any:
    """A field: its Chinese label, what to write in it, the widest circle it may reach."""
    return Field(
        default,
        title=label,
        description=description,
        json_schema_extra={"audience": str(audience), "asked": str(asked), "approved": approved},
        min_length=min_length,
        max_length=max_length,
    )


aside = functools.partial(field, approved=False)
"""A field that no approval is about: how the site is made, or what every build asks anew."""


@dataclass(frozen=True, slots=True)
class Reference:
    """Marks a field whose value is the id of a record in `table` (or one of the words `also`)."""

    table: str
    also: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    """Further tables; an id that several have is that of the first."""
    called: tuple[str, ...] = ()
    """What the words `also` are called, one by one; without it, as the branch is."""

    def names(self, branch: str) -> dict[str, str]:
        """The words `also` with what people call them; `branch` is the branch's own name."""
        return dict(zip(self.also, self.called or (branch,) * len(self.also), strict=True))

    @property
    def tables(self) -> tuple[str, ...]:
        """Every table that it may lead to, in the order they are looked through."""
        return (self.table, *self.others)


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date known to the year, month or day, as sources give them."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def last_day(self) -> datetime.date:
        """The last day it can mean; what is known `as of` a month is known as of its end."""
        month = self.month or 12
        return datetime.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    @property
    def wording(self) -> str:
        """2019年8月19日, as far as it is known."""
        month = f"{self.month}月" if self.month else ""
        day = f"{self.day}日" if self.day else ""
        return f"{self.year}年{month}{day}"

    def __str__(self) -> str:
        parts = [f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part)]
        return "-".join(parts)


def _paragraphs(value: Any) -> str:
    return typed_text(value).strip("\n")


def _person_name(value: Any) -> str:
    name = typed_line(value)
    if _CHINESE_NAME.fullmatch(name):  # 王　伟 is spaced out to be as wide as three characters
        name = folded(name)
    for at in range(1, len(name)):
        if marked := behind(name[:at], name[at]):
            fault(*marked)
    if re.search(r"[<>&*_`#\[\]()（）【】\d]", name) or not _NAME.fullmatch(name):
        fault(f"姓名“{name}”里有不该出现的符号", "只写姓名的汉字或字母，间隔号用 ·")
    return name


def _identifier(value: Any) -> str:
    text = typed_line(value)
    if not _ID.fullmatch(text):
        guess = re.sub(r"[\s_.-]+", "-", text).strip("-")
        hint = f"改成 {guess}：" if _ID.fullmatch(guess) else ""
        hint += "只用英文字母、数字和中间的短横线"
        fault(f"编号“{text}”用了不支持的字符", hint if guess in hint else f"{hint}，例如 zhang-san")
    if text.casefold() == "index":
        fault("编号不能叫 index，这是目录页的地址", "换一个编号")
    if text.casefold() in DEVICES:
        fault(f"编号“{text}”是 Windows 的保留名，不能做文件名", "换一个编号")
    if len(text) > 60:
        fault(f"编号有 {len(text)} 个字符，太长", "缩到 60 个字符以内")
    return text


def _partial_date(value: Any) -> Any:
    if isinstance(value, PartialDate):
        return value
    text = typed_line(value)
    numbers = dated(text)
    if not numbers:
        fault(f"日期“{text}”认不出来", "写成 2019、2019-08 或 2019-08-19 的样子")
    _require_day(text, numbers)
    return PartialDate(*numbers)


def _day(value: Any) -> Any:
    if isinstance(value, datetime.date):
        return value
    text = typed_line(value)
    numbers = dated(text)
    if len(numbers) != 3:
        fault(f"日期“{text}”认不出来", "写成 2019-08-19 的样子")
    return _require_day(text, numbers)


def _require_day(text: str, numbers: Sequence[int]) -> datetime.date:
    """The first day that is meant, if there is such a day."""
    year, month, day = (*numbers, 1, 1)[:3]
    try:
        return datetime.date(year, month, day)
    except ValueError:
        fault(f"没有“{text}”这个日期", "核对年月日")


def _year(value: Any) -> Any:
    if isinstance(value, int):
        return value
    text = typed_line(value)
    year = year_of(text)
    if year is None:
        unknown = ("不知道年份就", Remove(), "，页面会写“年份待核”")
        fault(f"年份“{text}”认不出来", ("只写四位数字，例如 2018；", unknown))
    return year


def _count(value: Any) -> Any:
    if isinstance(value, int):
        return value
    text = typed_line(value)
    count = counted(text)
    if count is None:
        guess = _number_guess(text)
        hint = f"改成 {guess}：" if guess.isdecimal() else ""
        fault(f"“{text}”不是数目", f"{hint}只写整数")
    return count


def _figure(value: Any) -> str:
    text = typed_line(value)
    figure = figured(text)
    if not figure:
        guess = _number_guess(text)
        hint = f"改成 {guess}：" if guess else ""
        elsewhere = ("单位写到", Named("unit"), "，“大于”等写到", Named("comparator"))
        fault(f"“{text}”不是数字", (f"{hint}只写数字，", elsewhere))
    return figure


def _number_guess(text: str) -> str:
    """The only number in `text`; empty if there is none, several, or it may be negative."""
    plain = folded(text)
    numbers = _NUMBER.findall(plain)
    return numbers[0] if len(numbers) == 1 and not plain.startswith(("-", "负")) else ""


def _time(value: Any) -> str:
    text = typed_line(value)
    found = _TIME.fullmatch(folded(text))
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (24, 0)
    if hour > 23 or minute > 59:
        fault(f"时刻“{text}”认不出来", "写成 08:00 的样子，从 00:00 到 23:59")
    return f"{hour:02}:{minute:02}"


def _spot(value: Any) -> str:
    text = typed_line(value)
    found = _SPOT.fullmatch(folded(text))
    if not found or max(int(found[1]), int(found[2])) > 100:
        cure = "写成 50,35 的样子：离左边百分之 50，离上边百分之 35"
        fault(f"位置“{text}”认不出来", cure)
    return f"{int(found[1])},{int(found[2])}"


def _zoom(value: Any) -> str:
    text = typed_line(value)
    times = figured(text.removesuffix("倍"))
    if not times or not 1 <= float(times) <= MAX_ZOOM:
        fault(f"放大“{text}”不对", f"写 1 到 {MAX_ZOOM} 的数字，例如 1.5；不放大就不写")
    return times


def _look(value: Any) -> str:
    text = typed_line(value)
    called = called_looks()
    if found := one_of(text, called):
        return found
    options = tuple(Value(name, names[0]) for name, names in called.items())
    fault(f"没有“{text}”这种样式", (Choose(options),))


def _flag(value: Any) -> Any:
    if isinstance(value, bool):
        return value
    text = typed_line(value)
    said = yes_or_no(text)
    if said is None:
        fault(f"“{text}”不是“是”或“否”", ("写", Value("true", "是"), "或", Value("false", "否")))
    return said


def _seal(value: Any) -> str:
    text = typed_line(value)
    if not re.fullmatch("[0-9a-f]{16}", text):
        cure = (Remove(), "，用 boards approve 重新审批；不要手填")
        fault(f"审批内容指纹“{text[:20]}”不对", cure)
    return text


def _web_address(value: Any) -> str:
    text = typed_line(value)
    if not _WEB.fullmatch(text):
        plain = unicodedata.normalize("NFKC", text)
        guesses = (plain, f"http://{plain}" if "." in plain else "")
        guess = next((f"改成 {guess}；" for guess in guesses if _WEB.fullmatch(guess)), "")
        fault(f"网址“{text}”认不出来", f"{guess}网址以 http:// 或 https:// 开头，中间不留空格")
    return text


def _site_address(value: Any) -> str:
    text = _web_address(value)
    if "?" in text or "#" in text:
        fault(
            f"网站地址“{text}”里有 ? 或 #", "只写到网站的首页文件夹，例如 http://10.10.3.8/dangjian"
        )
    if "\\" in text:
        fault(f"网站地址“{text}”里有 \\", f"改成 {text.replace(chr(92), '/')}")
    try:
        length = len(in_ascii(text))
    except ValueError:
        fault(f"网站地址“{text}”的域名不对", "两个点之间不能空着，也不能超过 63 个字符；核对后重写")
    if length > 80:
        wide = "（中文每个字要占 9 个）" if not text.isascii() else ""
        fault(
            f"网站地址有 {length} 个字符{wide}，二维码会太密",
            "换一个 80 个字符以内的短地址；文件夹名用英文字母",
        )
    return text


Line = Annotated[str, BeforeValidator(typed_line), ANY_TEXT]
"""One line of plain text."""
Exact = Annotated[str, BeforeValidator(typed_line), Trait.EXACT, ANY_TEXT]
"""One line that stands for itself."""
Contact = Annotated[str, BeforeValidator(typed_line), Trait.TELEPHONE, ANY_TEXT]
"""One line that says how to reach somebody."""
Text = Annotated[str, BeforeValidator(_paragraphs), Trait.MARKDOWN, ANY_TEXT]
"""Paragraphs, with Markdown."""
PersonName = Annotated[str, BeforeValidator(_person_name), NAME]
Id = Annotated[str, BeforeValidator(_identifier), Trait.ID, IDENTIFIER]
"""Names a record and its page; unique in its table, safe as a file name everywhere."""
AsOf = Annotated[PartialDate, BeforeValidator(_partial_date), PARTIAL_DATE]
Day = Annotated[datetime.date, BeforeValidator(_day), DAY]
Time = Annotated[str, BeforeValidator(_time), Trait.EXACT, TIME]
"""A time of day, 08:00."""
Year = Annotated[int, BeforeValidator(_year), Trait.NUMBER, YEAR]
Count = Annotated[int, BeforeValidator(_count), Trait.NUMBER, COUNT]
Figure = Annotated[str, BeforeValidator(_figure), Trait.NUMBER, FIGURE]
"""A number kept as it was typed, so that 10 stays 10 and 95.0 stays 95.0."""
Flag = Annotated[bool, BeforeValidator(_flag), FLAG]
MediaPath = Annotated[str, BeforeValidator(media_path), Trait.PICTURE, Trait.EXACT, MEDIA_PATH]
"""A picture in data/media."""
Spot = Annotated[str, BeforeValidator(_spot), Trait.EXACT, SPOT]
"""A place in a picture, as percent of its width and of its height: 50,35."""
Zoom = Annotated[str, BeforeValidator(_zoom), Trait.EXACT, ZOOM]
"""How many times a picture is enlarged within its frame, as it was typed."""
LookName = Annotated[str, BeforeValidator(_look), WithJsonSchema(choice(called_looks()))]
"""One of the looks that the theme has."""
Seal = Annotated[str, BeforeValidator(_seal), Trait.SEALED, Trait.EXACT, SEAL]
_ADDRESS = (Trait.ADDRESS, Trait.EXACT)
WebAddress = Annotated[str, BeforeValidator(_web_address), *_ADDRESS, WEB_ADDRESS]
SiteAddress = Annotated[str, BeforeValidator(_site_address), *_ADDRESS, SITE_ADDRESS]
"""Where a site will stand; short enough for the pages below it to make a QR code that scans."""

ZONE = WithJsonSchema(choice({zone.id: (zone.name, zone.short) for zone in ZONES.values()}))
# A reference may be any text: who types a name instead of an id is told the id by the rules.
SourceId = Annotated[str, BeforeValidator(typed_line), Reference("sources"), ANY_TEXT]
FaceId = Annotated[str, BeforeValidator(typed_line), Reference("faces"), ANY_TEXT]
ZoneId = Annotated[str, BeforeValidator(typed_line), Reference("zones"), ZONE]
RoleId = Annotated[str, BeforeValidator(typed_line), Trait.ROLE, ANY_TEXT]
"""One of the roles of the zone that stands beside it."""
CountId = Annotated[str, BeforeValidator(typed_line), Reference("counts"), ANY_TEXT]
GroupId = Annotated[str, BeforeValidator(typed_line), Reference("groups"), ANY_TEXT]
MemberId = Annotated[str, BeforeValidator(typed_line), Reference("members"), ANY_TEXT]
NOBODY = "nobody"
_NOBODY = "无可辨认的人"


def _in_picture(value: Any) -> str:
    text = typed_line(value)
    return NOBODY if text == _NOBODY else text


InPicture = Annotated[
    str,
    BeforeValidator(_in_picture),
    Reference("members", also=(NOBODY,), called=(_NOBODY,)),
    ANY_TEXT,
]
"""Somebody who can be recognised in a picture, or that nobody can."""
CaseId = Annotated[str, BeforeValidator(typed_line), Reference("cases"), ANY_TEXT]
HolderId = Annotated[
    str,
    BeforeValidator(typed_line),
    Reference("members", also=("branch",), others=("crews",)),
    ANY_TEXT,
]
