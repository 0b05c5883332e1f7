"""Looking for tokens in every byte of a file, however deep they lie and however they are written.

A token is `zq....kv` with four letters from a to j; nothing else in the product looks like it. It
survives whatever turns Chinese into something else: escapes, glyph numbers, Traditional script.
"""

from __future__ import annotations

import base64
import hashlib
import html
import io
import re
import shutil
import subprocess
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote_to_bytes

import pikepdf

_TOKEN = re.compile(rb"zq[a-j]{4}kv")
_DAY = re.compile("(19[34]\\d)(?:[-/.]|年)(\\d{1,2})(?:[-/.]|月)(\\d{1,2})(?!\\d)".encode())
_HEX = re.compile(rb"(?:[0-9a-fA-F]{2}\s?){8,}")
_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{12,}={0,2}")
_URL_SAFE = bytes.maketrans(b"-_", b"+/")
_ESCAPE = re.compile(rb"\\u00([0-9a-fA-F]{2})|\\x([0-9a-fA-F]{2})")
_TAG_OR_SPACE = re.compile(rb"<[^<>]*>|\s+|\\n")
_TEXT = (".html", ".xml", ".json", ".js", ".txt", ".yml", ".css", ".rels", "#text")
HAS_PDFTOTEXT = shutil.which("pdftotext") is not None


def word(number: int) -> str:
    """The token with a number."""
    return f"zq{''.join('abcdefghij'[int(digit)] for digit in f'{number:04}')}kv"


def tokens_in(content: bytes, *, text: bool = True) -> set[str]:
    """Every token, and every day of the 1930s and 1940s, that can be read out of some bytes.

    Bytes that are no `text` are taken as they are, in any width of characters and in hex.
    """
    found: set[str] = set()
    for reading in _readings(content, text):
        found |= {token.decode() for token in _TOKEN.findall(reading.lower())}
        found |= {
            f"{int(year)}-{int(month):02}-{int(day):02}"
            for year, month, day in _DAY.findall(reading)
        }
    return found


def _readings(content: bytes, text: bool) -> Iterator[bytes]:
    yield content
    yield content.replace(b"\0", b"")  # UTF-16 and UTF-32, either way round
    for run in _HEX.findall(content):
        yield bytes.fromhex(run.decode()[: len(run) // 2 * 2] if b" " not in run else "").replace(
            b"\0", b""
        )
    if not text:
        return
    unescaped = _ESCAPE.sub(lambda m: bytes([int(m[1] or m[2], 16)]), content)
    yield unescaped
    yield unquote_to_bytes(content)
    yield html.unescape(content.decode("utf-8", "replace")).encode()
    yield _TAG_OR_SPACE.sub(b"", unescaped)
    for run in _BASE64.findall(content):
        for start in range(4):  # text in the middle of something longer may begin anywhere
            part = run[start:].rstrip(b"=").translate(_URL_SAFE)
            yield base64.b64decode(part[: len(part) // 4 * 4])


def members(content: bytes) -> Iterator[tuple[str, bytes]]:
    """What is packed into a file, each with the end of its path, such as !word/document.xml."""
    if content.startswith(b"PK\x03\x04"):
        yield from _zip(content)
    elif content.startswith(b"%PDF"):
        yield from _pdf(content)
    elif content.startswith(b"\x89PNG"):
        yield from _png(content)
    else:
        for number, run in enumerate(re.findall(rb";base64,([A-Za-z0-9+/=]+)", content)):
            yield f"!data-{number}", base64.b64decode(run)


def _zip(content: bytes) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        yield "!comment", archive.comment
        for row in archive.infolist():
            yield f"!{row.filename}!about", row.filename.encode() + row.comment + row.extra
            yield f"!{row.filename}", archive.read(row)


def _pdf(content: bytes) -> Iterator[tuple[str, bytes]]:
    with pikepdf.open(io.BytesIO(content)) as document:
        for number, thing in enumerate(document.objects):
            if isinstance(thing, pikepdf.Stream):
                coded = thing.get("/Filter") in ("/DCTDecode", "/JPXDecode")
                data = thing.read_raw_bytes() if coded else thing.read_bytes()
                yield f"!stream-{number}", data
        yield "!strings", b"\n".join(s for thing in document.objects for s in _strings(thing))
    if HAS_PDFTOTEXT:
        said = subprocess.run(
            ["pdftotext", "-raw", "-", "-"], input=content, capture_output=True, check=True
        ).stdout
        yield "#text", said


def _strings(thing: object) -> Iterator[bytes]:
    """Every string and name in a PDF object, as bytes."""
    if isinstance(thing, pikepdf.String):
        yield bytes(thing)
    inner: list[object] = []
    if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        names = list(thing.keys())
        yield "".join(names).encode()
        inner = [thing[name] for name in names]
    elif isinstance(thing, pikepdf.Array):
        inner = list(thing)
    for item in inner:
        if isinstance(item, pikepdf.Object) and not item.is_indirect:  # those have their own turn
            yield from _strings(item)


def _png(content: bytes) -> Iterator[tuple[str, bytes]]:
    for number, (kind, data) in enumerate(png_chunks(content)):
        if kind in (b"zTXt", b"iTXt", b"iCCP"):
            for start in (m.start() for m in re.finditer(b"\x78[\x01\x5e\x9c\xda]", data)):
                try:
                    yield f"!{kind.decode()}-{number}", zlib.decompress(data[start:])
                except zlib.error:
                    continue


def png_chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The chunks of a PNG, and what stands behind the last as one more without a name."""
    at = 8
    while at + 8 <= len(content):
        size = int.from_bytes(content[at : at + 4], "big")
        kind = content[at + 4 : at + 8]
        yield kind, content[at + 8 : at + 8 + size]
        at += 12 + size
        if kind == b"IEND":
            break
    if at < len(content):
        yield b"", content[at:]


def jpeg_segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """The segments of a JPEG by their marker, and what stands behind its end as marker 0."""
    at = 2
    while at + 4 <= len(content):
        marker = content[at + 1]
        if content[at] != 0xFF:
            at += 1  # between restart markers and inside a scan
        elif marker in (0x00, 0x01, 0xFF) or 0xD0 <= marker <= 0xD7:
            at += 1 if marker == 0xFF else 2
        elif marker == 0xD9:
            break
        else:
            size = int.from_bytes(content[at + 2 : at + 4], "big")
            yield marker, content[at + 4 : at + 2 + size]
            at += 2 + size
    end = content.rfind(b"\xff\xd9") + 2
    if end < len(content):
        yield 0, content[end:]


class Search:
    """What was found in many files: tokens, files, pictures, and given bytes."""

    def __init__(self, needles: dict[str, bytes]) -> None:
        self.needles = needles
        self.found: dict[str, set[str]] = {}
        """Where each token was found, by the path of its layer."""
        self.pictures: dict[str, set[str]] = {}
        """Where each picture was found, by the hash of its bytes."""
        self.contents: dict[str, bytes] = {}
        """Each picture's bytes by the same hash."""
        self.files = 0
        self.bytes = 0
        self._known: dict[str, list[tuple[str, set[str], str]]] = {}

    def read(self, room: str, folder: Path, names: Iterable[Path]) -> None:
        """Search files of a room, their names included."""
        for file in names:
            name = f"{room}/{file.relative_to(folder).as_posix()}"
            self.files += 1
            for end, tokens, picture in self._look(name, file.read_bytes()):
                path = f"{name}{end}"
                for token in tokens | tokens_in(path.encode()):
                    self.found.setdefault(token, set()).add(path)
                if picture:
                    self.pictures.setdefault(picture, set()).add(path)

    def _look(self, name: str, content: bytes) -> list[tuple[str, set[str], str]]:
        """What stands in a file and in all that is packed into it; equal ones are read once."""
        text = name.endswith(_TEXT)
        digest = hashlib.sha256(content).hexdigest()
        key = f"{digest} {text}"
        if key not in self._known:
            self.bytes += len(content)
            tokens = tokens_in(content, text=text)
            tokens |= {what for what, needle in self.needles.items() if needle in content}
            is_picture = content.startswith((b"\xff\xd8\xff", b"\x89PNG"))
            if is_picture:
                self.contents[digest] = content
            rows = [("", tokens, digest if is_picture else "")]
            for end, inner in members(content):
                rows += [(f"{end}{deeper}", *found) for deeper, *found in self._look(end, inner)]
            self._known[key] = rows
        return self._known[key]
