"""Values as people type them: each read by one function, which says in Chinese what is wrong.

Every value arrives as text (see `source`). What will not do raises as `typed.fault` does.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from boards.addresses import in_ascii
from boards.errors import Choose, Named, Remove, Value
from boards.looks import called_looks
from boards.marks import behind
from boards.records.filenames import DEVICES
from boards.records.partial_date import PartialDate
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
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
MAX_ZOOM = 4
"""Beyond it nothing of a face is sharp."""
NOBODY = "nobody"
NOBODY_CALLED = "无可辨认的人"
"""What is written where nobody can be recognised in a picture."""


def paragraphs(value: Any) -> str:
    """Long text, without empty lines around it."""
    return typed_text(value).strip("\n")


def person_name(value: Any) -> str:
    """A name in Chinese characters or letters, spaced however it was."""
    name = typed_line(value)
    if _CHINESE_NAME.fullmatch(name):  # 王　伟 is spaced out to be as wide as three characters
        name = folded(name)
    for at in range(1, len(name)):
        if marked := behind(name[:at], name[at]):
            fault(*marked)
    if re.search(r"[<>&*_`#\[\]()（）【】\d]", name) or not _NAME.fullmatch(name):
        fault(f"姓名“{name}”里有不该出现的符号", "只写姓名的汉字或字母，间隔号用 ·")
    return name


def identifier(value: Any) -> str:
    """An id that can stand in addresses and file names of every system."""
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


def partial_date(value: Any) -> Any:
    """A year, a month or a day."""
    if isinstance(value, PartialDate):
        return value
    text = typed_line(value)
    numbers = dated(text)
    if not numbers:
        fault(f"日期“{text}”认不出来", "写成 2019、2019-08 或 2019-08-19 的样子")
    _require_day(text, numbers)
    return PartialDate(*numbers)


def day(value: Any) -> Any:
    """A day."""
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


def year(value: Any) -> Any:
    """A year of four digits."""
    if isinstance(value, int):
        return value
    text = typed_line(value)
    year = year_of(text)
    if year is None:
        unknown = ("不知道年份就", Remove(), "，页面会写“年份待核”")
        fault(f"年份“{text}”认不出来", ("只写四位数字，例如 2018；", unknown))
    return year


def count(value: Any) -> Any:
    """A whole number, with or without its unit."""
    if isinstance(value, int):
        return value
    text = typed_line(value)
    count = counted(text)
    if count is None:
        guess = _number_guess(text)
        hint = f"改成 {guess}：" if guess.isdecimal() else ""
        fault(f"“{text}”不是数目", f"{hint}只写整数")
    return count


def figure(value: Any) -> str:
    """A number as it was typed."""
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


def time(value: Any) -> str:
    """A time of day, as 08:00."""
    text = typed_line(value)
    found = _TIME.fullmatch(folded(text))
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (24, 0)
    if hour > 23 or minute > 59:
        fault(f"时刻“{text}”认不出来", "写成 08:00 的样子，从 00:00 到 23:59")
    return f"{hour:02}:{minute:02}"


def spot(value: Any) -> str:
    """A place in a picture, as 50,35."""
    text = typed_line(value)
    found = _SPOT.fullmatch(folded(text))
    if not found or max(int(found[1]), int(found[2])) > 100:
        cure = "写成 50,35 的样子：离左边百分之 50，离上边百分之 35"
        fault(f"位置“{text}”认不出来", cure)
    return f"{int(found[1])},{int(found[2])}"


def zoom(value: Any) -> str:
    """How many times a picture is enlarged, as it was typed."""
    text = typed_line(value)
    times = figured(text.removesuffix("倍"))
    if not times or not 1 <= float(times) <= MAX_ZOOM:
        fault(f"放大“{text}”不对", f"写 1 到 {MAX_ZOOM} 的数字，例如 1.5；不放大就不写")
    return times


def look(value: Any) -> str:
    """A look by what it is called."""
    text = typed_line(value)
    called = called_looks()
    if found := one_of(text, called):
        return found
    options = tuple(Value(name, names[0]) for name, names in called.items())
    fault(f"没有“{text}”这种样式", (Choose(options),))


def flag(value: Any) -> Any:
    """Yes or no."""
    if isinstance(value, bool):
        return value
    text = typed_line(value)
    said = yes_or_no(text)
    if said is None:
        fault(f"“{text}”不是“是”或“否”", ("写", Value("true", "是"), "或", Value("false", "否")))
    return said


def seal(value: Any) -> str:
    """What `boards approve` notes of the content it is about."""
    text = typed_line(value)
    if not re.fullmatch("[0-9a-f]{16}", text):
        cure = (Remove(), "，用 boards approve 重新审批；不要手填")
        fault(f"审批内容指纹“{text[:20]}”不对", cure)
    return text


def web_address(value: Any) -> str:
    """An address on the web."""
    text = typed_line(value)
    if not _WEB.fullmatch(text):
        plain = unicodedata.normalize("NFKC", text)
        guesses = (plain, f"http://{plain}" if "." in plain else "")
        guess = next((f"改成 {guess}；" for guess in guesses if _WEB.fullmatch(guess)), "")
        fault(f"网址“{text}”认不出来", f"{guess}网址以 http:// 或 https:// 开头，中间不留空格")
    return text


def site_address(value: Any) -> str:
    """Where a site will stand, short enough for a code that scans."""
    text = web_address(value)
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


def in_picture(value: Any) -> str:
    """Somebody in a picture, or that nobody can be recognised."""
    text = typed_line(value)
    return NOBODY if text == NOBODY_CALLED else text
