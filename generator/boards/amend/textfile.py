"""A text file as it was saved: its encoding, its BOM and the end of every single line."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

_BOMS = {
    "utf-8": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
}
_END = re.compile(r"(\r\n|\r|\n)")


@dataclass(frozen=True, slots=True)
class TextFile:
    """Lines without their ends, the ends beside them (the last line has none), and the encoding."""

    lines: tuple[str, ...] = ("",)
    ends: tuple[str, ...] = ("",)
    encoding: str = "utf-8"
    bom: bytes = b""

    @classmethod
    def of(cls, data: bytes) -> TextFile:
        """What `source.read_text` would read; raises UnicodeDecodeError if it could not."""
        encoding, bom = "utf-8", b""
        for name, mark in _BOMS.items():
            if data.startswith(mark):
                encoding, bom = name, mark
        try:
            text = data[len(bom) :].decode(encoding)
        except UnicodeDecodeError:
            encoding, bom = "gb18030", b""
            text = data.decode(encoding)
        parts = _END.split(text)
        return cls(tuple(parts[::2]), (*parts[1::2], ""), encoding, bom)

    @property
    def text(self) -> str:
        """The text with the line ends of any system."""
        return "\n".join(self.lines)

    def with_lines(self, spliced: Sequence[int | str]) -> bytes:
        """The file with other lines: numbers stand for its own, texts for new ones.

        A file in GBK stays one as long as every character has a place there; else it becomes UTF-8
        with a BOM, which the oldest Notepad knows.
        """
        usual = Counter(self.ends[:-1]).most_common(1)
        end = usual[0][0] if usual else "\n"
        parts = []
        for number, line in enumerate(spliced):
            last = number == len(spliced) - 1
            if isinstance(line, str):
                parts += [line, end]
            else:
                parts += [self.lines[line], self.ends[line] or ("" if last else end)]
        text = "".join(parts)
        if self.encoding != "gb18030":
            return self.bom + text.encode(self.encoding)
        try:
            text.encode("gbk")
            data = text.encode("gb18030")
            if TextFile.of(data).text == re.sub(_END, "\n", text):
                return data
        except UnicodeEncodeError:
            pass
        return codecs.BOM_UTF8 + text.encode("utf-8")
