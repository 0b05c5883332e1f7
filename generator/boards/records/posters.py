"""How a site's posters are made, and where those that were printed hang."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator

from boards.formats import KINDS, Kind, kind_of, parse_size
from boards.records.base import Keyed, Model
from boards.records.choices import Choice
from boards.records.declared import Asked, Trait, field
from boards.records.editor_types import ANY_TEXT
from boards.records.fields import Count, Day, Flag, Line, MediaPath
from boards.records.filenames import require_short_names
from boards.records.typed import fault, typed_line
from boards.records.understood import folded


def _size(value: Any) -> str:
    text = typed_line(value)
    size = parse_size(text)
    if size is None:
        fault(f"尺寸“{text}”认不出来", "写成 A2、A2-landscape，或宽x高（厘米），例如 80x120")
    return size.name


def _folder(value: Any) -> str:
    text = typed_line(value)
    if text.startswith("/") or "\\" in text or ":" in text or ".." in text.split("/"):
        fault(f"文件夹“{text}”指到了 data 外面", "把字体放进 data/fonts，写成 fonts")
    require_short_names(text)
    return text


def _one_character(value: Any) -> str:
    text = typed_line(value)
    if len(text) != 1:
        fault(f"“{text}”不是一个字", "一条只写一个字")
    return text


def _poster(value: Any) -> str:
    text = typed_line(value)
    called = next((kind.id for kind in KINDS.values() if kind.label == folded(text)), "")
    text = called or text
    if kind_of(text) is None:
        fault(f"海报“{text}”认不出来", "写成海报文件名的前半部分，例如 star-2019-Q2")
    return text


SizeName = Annotated[str, BeforeValidator(_size), ANY_TEXT]
Folder = Annotated[str, BeforeValidator(_folder), ANY_TEXT]
Character = Annotated[str, BeforeValidator(_one_character), ANY_TEXT]
PosterId = Annotated[str, BeforeValidator(_poster), Trait.EXACT, ANY_TEXT]


class FontSettings(Model):
    """Licensed typefaces of the site's own."""

    folder: Folder = field("字体文件夹", "data 里放字体的文件夹，例如 fonts")
    song: Line | None = field(
        "宋体",
        "代替宋体的字体名，例如 方正小标宋_GBK；标题和姓名用它的粗体（600 以上），没有就描粗",
        None,
    )
    hei: Line | None = field("黑体", "代替黑体的字体名，要有 400 和 700 两种粗细", None)


class GlyphPicture(Model):
    """A rare character that no typeface has, given as a picture."""

    character: Character = field("字", "一个字")
    file: MediaPath = field("文件", "这个字的黑白图片，黑字白底，例如 media/zi-biang.png")


class WhenFull(Choice):
    """What gives way when a list has more than a poster holds."""

    MORE_SHEETS = "more-sheets"
    FEWER_WORDS = "fewer-words"

    @property
    def label(self) -> str:
        return {"more-sheets": "加张", "fewer-words": "少写"}[self]


class PosterSettings(Model):
    """What is particular about a site's posters."""

    sizes: tuple[SizeName, ...] = field(
        "多做的尺寸", "默认尺寸和 A4 之外还要生成的尺寸，例如 A3、80x120", ()
    )
    years: Count = field("海报年数", "随网站做好最近几年的季度海报；更早的要用时再做", 2)
    when_full: WhenFull = field(
        "写满时",
        "名单一张放不下时：more-sheets 加张，什么都不少；fewer-words 先少写（不印承诺等），再加张",
        WhenFull.MORE_SHEETS,
    )
    fonts: FontSettings | None = field("自备字体", "支部有版权的字体；不写就用自带的", None)
    glyphs: tuple[GlyphPicture, ...] = field("生僻字图片", "字库没有的字，用图片代替", ())
    contact: Line | None = field("喷绘联系人", "写在喷绘说明单上，例如 综采二区内勤", None)


class Profile(Choice):
    """The ways a poster is printed."""

    OFFICE = "office"
    TILED = "tiled"
    OFFSET = "offset"
    WIDE_FORMAT = "wide-format"

    @property
    def label(self) -> str:
        return {
            "office": "办公打印",
            "tiled": "办公打印拼接",
            "offset": "印刷厂胶印",
            "wide-format": "写真喷绘",
        }[self]


class Print(Keyed):
    """A poster that was printed and where it hangs; an internal ledger, on no page."""

    table = "prints"
    kind = "张挂登记"
    natural_key: ClassVar[tuple[str, ...]] = ("poster", "size", "sheet", "printed_on", "place")

    id: Line = field(
        "编号", "不用填，由海报、尺寸、第几张、印制日期和张挂地点合成", asked=Asked.NEVER
    )
    """Unlike other ids it names no file, and places are Chinese."""
    poster: PosterId = field("海报", "海报文件名的前半部分，例如 star-2019-Q2")
    size: SizeName = field("尺寸", "例如 A2、80x120")
    sheet: Count | None = field("第几张", "一种海报分成几张的写，例如 2；只有一张的不写", None)
    profile: Profile = field("印制方式", "office、tiled、offset、wide-format", Profile.OFFICE)
    version: Line = field("版本", "海报下沿“版本”后面的八位字符")
    printed_on: Day = field("印制日期", "例如 2019-07-08")
    place: Line = field("张挂地点", "例如 井口等候室")
    count: Count = field("张数", "印了几张", 1)
    taken_down: Day | None = field(
        "撤下日期", "撤下后填写；没有撤下就不写", None, asked=Asked.LATER
    )
    sample: Flag = field("示例", "true 表示虚构的示例，清单里标明", False, asked=Asked.NEVER)

    @property
    def poster_kind(self) -> Kind:
        """What kind of poster it is."""
        kind = kind_of(self.poster)
        assert kind, self.poster  # or the schema had not let it pass
        return kind

    @property
    def title_text(self) -> str:
        sheet = f" 第 {self.sheet} 张" if self.sheet else ""
        return f"{self.poster}{sheet} {self.place}{'（示例）' if self.sample else ''}"
